"""RDF/XML 1.1: one ``rdf:Description`` per subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from gba_kg.errors import InputError
from gba_kg.exports.options import Options
from gba_kg.exports.statements import Statements
from gba_kg.exports.terms import STRING, Record, parts
from gba_kg.namespaces import PREFIXES, shrink

__all__ = ["write"]

_RDF = PREFIXES["rdf"]
# The end of an IRI that can be the local part of an XML name (XML Namespaces 1.0, NCName).
_LOCAL = re.compile(
    r"[A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff"
    r"\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff]"
    r"[-.0-9A-Z_a-z\xb7\xc0-\xd6\xd8-\xf6\xf8-\u037d\u037f-\u1fff\u200c-\u200d\u203f-\u2040\u2070-\u218f\u2c00-\u2fef"
    r"\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff]*\Z"
)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Names of the syntax itself, which cannot be properties, and li, which would be numbered (RDF/XML 1.1, 7.2.2 to 7.2.5).
_SYNTAX = {
    _RDF + name
    for name in [
        "RDF",
        "ID",
        "about",
        "parseType",
        "resource",
        "nodeID",
        "datatype",
        "Description",
        "aboutEach",
        "aboutEachPrefix",
        "bagID",
        "li",
    ]
}


def write(statements: Statements, options: Options) -> Iterator[str]:  # noqa: ARG001 - all formats have one signature
    """The statements; raises InputError for what XML cannot hold: a predicate without a name, a control character."""
    namespaces = _namespaces({record[1] for record in statements})
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'
    for namespace, prefix in sorted({**namespaces, _RDF: "rdf"}.items(), key=lambda item: item[1]):
        yield f"\n    xmlns:{prefix}={quoteattr(namespace)}"
    yield ">\n"
    for subject, records in statements.by_subject():
        yield f"\n  <rdf:Description {_node(subject, 'about')}>\n"
        for record in records:
            yield _property(record, namespaces)
        yield "  </rdf:Description>\n"
    yield "</rdf:RDF>\n"


def _property(record: Record, namespaces: dict[str, str]) -> str:
    namespace, local = _split(record[1][1:-1])
    name = f"{namespaces[namespace]}:{local}"
    value = parts(record[2])
    if not value.is_literal:
        return f"    <{name} {_node(record[2], 'resource')}/>\n"
    if _NOT_XML.search(value.value):
        raise InputError(
            f"RDF/XML cannot hold the control character in {shrink(record[1][1:-1])} of {record[0]}; Turtle can"
        )
    kind = ""
    if value.language:
        kind = f' xml:lang="{value.language}"'
    elif value.datatype != STRING:
        kind = f" rdf:datatype={quoteattr(value.datatype)}"
    return f"    <{name}{kind}>{_text(value.value)}</{name}>\n"


def _node(text: str, attribute: str) -> str:
    return f'rdf:nodeID="{text[2:]}"' if text[0] == "_" else f"rdf:{attribute}={quoteattr(text[1:-1])}"


def _text(text: str) -> str:
    # A parser turns a raw carriage return into a line feed (XML 1.0, 2.11).
    return escape(text, {"\r": "&#13;"})


def _namespaces(predicates: set[str]) -> dict[str, str]:
    """A prefix for each namespace of a predicate: that of the table, or ``ns1``, ``ns2`` ... in order."""
    known = {namespace: prefix for prefix, namespace in PREFIXES.items()}
    found = sorted({_split(predicate[1:-1])[0] for predicate in predicates})
    others = [namespace for namespace in found if namespace not in known]
    return {**{n: known[n] for n in found if n in known}, **{n: f"ns{i}" for i, n in enumerate(others, 1)}}


def _split(iri: str) -> tuple[str, str]:
    """An IRI before and from the start of the longest name at its end."""
    start = next((i for i in range(len(iri)) if _LOCAL.match(iri, i)), 0)
    if not start or iri in _SYNTAX:
        raise InputError(f"RDF/XML cannot write the predicate <{iri}>: its end is no name that XML allows")
    return iri[:start], iri[start:]
