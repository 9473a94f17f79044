"""A Cypher script for Neo4j and its kin: labels from types, relationships and properties by their short forms."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from gba_kg.exports.names import best_label, compact
from gba_kg.exports.options import Options
from gba_kg.exports.properties import Properties
from gba_kg.exports.statements import Statements
from gba_kg.exports.terms import TYPE, Record, parts

__all__ = ["write"]

_BATCH = 500
"""Nodes or relationships of one statement: transactions stay small."""

_ESCAPED = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_SPECIAL = re.compile("[\\\\'\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def write(statements: Statements, options: Options) -> Iterator[str]:  # noqa: ARG001 - all formats have one signature
    """One statement per line, to be run in order; running the script twice changes nothing."""
    properties = Properties(statements)
    yield "CREATE CONSTRAINT resource_iri IF NOT EXISTS FOR (n:Resource) REQUIRE n.iri IS UNIQUE;\n"
    by_labels: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for node, records in properties.nodes():
        labels = tuple(o[1:-1] for _, p, o, _ in records if p == TYPE and o[0] == "<")
        by_labels[labels].append(_node(node, records, properties))
        if len(by_labels[labels]) == _BATCH:
            yield _create_nodes(labels, by_labels.pop(labels))
    for labels, rows in by_labels.items():
        yield _create_nodes(labels, rows)
    by_type: dict[str, list[str]] = defaultdict(list)
    for subject, predicate, object_, _ in statements:
        if object_[0] != '"':
            by_type[predicate].append(f"[{_string(parts(subject).name)}, {_string(parts(object_).name)}]")
            if len(by_type[predicate]) == _BATCH:
                yield _create_relationships(predicate, by_type.pop(predicate))
    for predicate, rows in by_type.items():
        yield _create_relationships(predicate, rows)


def _node(node: str, records: list[Record], properties: Properties) -> str:
    name = parts(node).name
    label = best_label(records, name if node[0] == "_" else compact(name))
    values = [f"label: {_string(label)}"]
    for key, texts in properties.of(records).items():
        written = f"[{', '.join(map(_string, texts))}]" if key in properties.lists else _string(texts[0])
        values.append(f"{_quoted(key)}: {written}")
    return f"{{iri: {_string(name)}, properties: {{{', '.join(values)}}}}}"


def _create_nodes(labels: tuple[str, ...], rows: Iterable[str]) -> str:
    added = "".join(f":{_quoted(compact(label))}" for label in labels)
    return (
        f"UNWIND [{', '.join(rows)}] AS row MERGE (n:Resource {{iri: row.iri}}) "
        f"SET {f'n{added}, ' if added else ''}n += row.properties;\n"
    )


def _create_relationships(predicate: str, rows: Iterable[str]) -> str:
    return (
        f"UNWIND [{', '.join(rows)}] AS row MATCH (a:Resource {{iri: row[0]}}) MATCH (b:Resource {{iri: row[1]}}) "
        f"MERGE (a)-[:{_quoted(compact(predicate[1:-1]))}]->(b);\n"
    )


def _string(text: str) -> str:
    r"""A Cypher string. ``\u`` in a text is cut in two, as some servers resolve it before they read the string.

    >>> print(_string("it's \\u0027"))
    'it\'s \\' + 'u0027'
    """
    escaped = _SPECIAL.sub(lambda match: _ESCAPED.get(match[0]) or f"\\u{ord(match[0]):04X}", text)
    return "'" + escaped.replace("\\\\u", "\\\\' + 'u") + "'"


def _quoted(name: str) -> str:
    """A name in backticks; a backtick in it is doubled."""
    return "`" + name.replace("`", "``") + "`"
