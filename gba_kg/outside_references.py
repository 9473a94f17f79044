"""Finds what in shapes reaches outside of their files: imports, scripts, and queries that fetch. None is followed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox

from gba_kg.errors import InputError
from gba_kg.facts import Facts
from gba_kg.findings import Finding
from gba_kg.graph import Graph
from gba_kg.namespaces import PREFIXES, shrink
from gba_kg.query_code import MAX_DEPTH, code, too_deep
from gba_kg.rules import found

__all__ = ["outside_references"]

_SH = PREFIXES["sh"]
_IMPORTS = "http://www.w3.org/2002/07/owl#imports"
_QUERIES = tuple(_SH + name for name in ("select", "ask", "construct", "update"))
_SCRIPTS = tuple(_SH + name for name in ("js", "jsLibrary", "jsLibraryURL", "jsFunctionName"))
_FETCHES = re.compile(r"(?<![\w?$:.-])(SERVICE|FROM|LOAD)(?![\w:-])", re.IGNORECASE)


def outside_references(shapes: Graph, facts: Facts, language: str = "en") -> Iterator[Finding]:
    """What the shapes would fetch or run: an import is a warning, a query or script that must not run a violation.

    Queries are those of ``sh:select``, ``sh:ask``, ``sh:construct`` and ``sh:update`` (SHACL, sections 5 and 6, and
    SHACL-AF); ``FROM`` in them is what SPARQL 1.1, section 13.2, lets an engine fetch. ``facts`` are of the shapes.
    Raises InputError for a query that is nested too deeply for a parser.
    """
    for predicate in (_IMPORTS, *_SCRIPTS, *_QUERIES):
        node = ox.NamedNode(predicate)
        for quad in shapes.store.quads_for_pattern(None, node, None):
            subject, value = quad.subject, quad.object
            text = value.value if isinstance(value, (ox.Literal, ox.NamedNode)) else str(value)
            if predicate in _QUERIES and too_deep(text):
                raise InputError(
                    f"a query is nested deeper than the limit of {MAX_DEPTH}", *facts.place(subject, node, value)
                )
            if predicate == _IMPORTS:
                rule, name = "import-not-followed", text
            elif predicate in _SCRIPTS:
                rule, name = "script-refused", shrink(predicate)
            elif word := _FETCHES.search(code(text)):
                rule, name = "network-refused", word[0].upper()
            else:
                continue
            yield found(
                rule,
                language,
                at=facts.place(subject, node, value),
                said={"name": name},
                focus=subject.value if isinstance(subject, ox.NamedNode) else str(subject),
                path=predicate,
            )
