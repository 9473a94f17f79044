"""GraphML for Gephi, yEd and networkx: things are nodes, statements between them edges, literals attributes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from gba_kg.exports.names import best_label, compact
from gba_kg.exports.options import Options
from gba_kg.exports.properties import Properties
from gba_kg.exports.statements import Statements
from gba_kg.exports.terms import TYPE, Record, parts

__all__ = ["write"]

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
# Attributes that every node or edge has; those of nodes are followed by one for each property.
_NODE = {"iri": "n_iri", "label": "n_label", "types": "n_types"}
_EDGE = {"iri": "e_iri", "label": "e_label"}


def write(statements: Statements, options: Options) -> Iterator[str]:  # noqa: ARG001 - all formats have one signature
    """The graph; a property with several values somewhere is a JSON list everywhere, and its name ends in ``[]``."""
    properties = Properties(statements, lambda value: bool(_NOT_XML.search(value)))
    keys = {key: f"p{number}" for number, key in enumerate(properties.keys, 1)}
    yield _HEAD
    for name, key in _NODE.items():
        yield f'  <key id="{key}" for="node" attr.name="{name}" attr.type="string"/>\n'
    for name, key in _EDGE.items():
        yield f'  <key id="{key}" for="edge" attr.name="{name}" attr.type="string"/>\n'
    for name, key in keys.items():
        shown = f"{name}[]" if name in properties.lists else name
        yield f'  <key id="{key}" for="node" attr.name={quoteattr(shown)} attr.type="string"/>\n'
    yield '  <graph id="G" edgedefault="directed">\n'
    for node, records in properties.nodes():
        yield _node(node, records, properties, keys)
    number = 0
    for subject, predicate, object_, _ in statements:
        if object_[0] != '"':
            number += 1
            ends = f'source="{properties.number(subject)}" target="{properties.number(object_)}"'
            iri = predicate[1:-1]
            yield f'    <edge id="e{number}" {ends}>{_data("e_iri", iri)}{_data("e_label", compact(iri))}</edge>\n'
    yield "  </graph>\n</graphml>\n"


def _node(node: str, records: list[Record], properties: Properties, keys: dict[str, str]) -> str:
    name = parts(node).name
    types = " ".join(
        compact(object_[1:-1]) for _, predicate, object_, _ in records if predicate == TYPE and object_[0] == "<"
    )
    label = best_label(records, name if node[0] == "_" else compact(name))
    data = [_data("n_iri", name), _data("n_label", _NOT_XML.sub("\ufffd", label)), _data("n_types", types)]
    for key, values in properties.of(records).items():
        text = json.dumps(values, ensure_ascii=False) if key in properties.lists else values[0]
        data.append(_data(keys[key], text))
    return f'    <node id="{properties.number(node)}">{"".join(data)}</node>\n'


def _data(key: str, text: str) -> str:
    return f'<data key="{key}">{escape(text, {chr(13): "&#13;"})}</data>'
