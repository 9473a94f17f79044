"""The closure by owlrl, another implementation of the same rules: slow, and the judge of our own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from gba_kg.reasoning.trivial import expressions, is_trivial

if TYPE_CHECKING:
    from gba_kg.graph import Graph

__all__ = ["MISSED", "owlrl_errors", "owlrl_triples"]

_ERROR = "http://www.daml.org/2002/03/agents/agent-ont#error"

MISSED = {
    "prp-key": "owlrl ignores the last property of a key: with one property, all instances of the class are the same",
    "prp-adp": "owlrl ignores the last property of owl:AllDisjointProperties",
    "dt-not-type": "owlrl checks few datatypes",
}
"""Where owlrl 7.6 departs from the standard, by rule; tests show each."""


def owlrl_triples(graph: Graph) -> list[ox.Triple]:
    """What owlrl adds to a graph, without what is trivial and without literals as subjects, in a stable order."""
    stated = {quad.triple for quad in graph.store}
    unnamed = expressions(graph.store)
    added = {triple for triple in _stored(_closure(graph)) if triple not in stated}
    return sorted((triple for triple in added if not is_trivial(triple, unnamed)), key=str)


def owlrl_errors(graph: Graph) -> list[str]:
    """The messages of the contradictions that owlrl finds."""
    return sorted(str(value) for _, predicate, value in _closure(graph, errors=True) if str(predicate) == _ERROR)


def _closure(graph: Graph, *, errors: bool = False) -> Iterator[tuple[object, object, object]]:
    from owlrl import DeductiveClosure, OWLRL_Semantics

    from gba_kg.rdflib_bridge import to_graph

    closure = to_graph(graph)
    DeductiveClosure(OWLRL_Semantics).expand(closure)
    messages = {subject for subject, predicate, _ in closure if str(predicate) == _ERROR}
    for triple in closure:
        if (triple[0] in messages) == errors:
            yield triple


def _stored(triples: Iterator[tuple[object, object, object]]) -> Iterator[ox.Triple]:
    """The triples that are RDF, in the form of the store, which normalises numbers."""
    from rdflib import Literal, URIRef

    from gba_kg.rdflib_bridge import to_term

    store = ox.Store()
    for subject, predicate, value in triples:
        if not isinstance(subject, Literal) and isinstance(predicate, URIRef):
            store.add(ox.Quad(to_term(subject), to_term(predicate), to_term(value)))  # type: ignore[arg-type]
    return (quad.triple for quad in store)
