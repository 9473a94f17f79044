"""How the data use the terms of an ontology: counts, examples and the labels of both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from gba_kg.graph import Graph
from gba_kg.namespaces import PREFIXES
from gba_kg.setwise.terms import Statements, Term

__all__ = ["LABELS", "Uses", "labels", "uses"]

LABELS = tuple(
    PREFIXES[prefix] + name
    for prefix, name in (
        *(("skos", "prefLabel"), ("rdfs", "label"), ("dcterms", "title")),
        *(("foaf", "name"), ("schema", "name")),
    )
)
"""The properties that name a thing; the first that it has counts."""

_EXAMPLES = 2
_TYPES = "SELECT DISTINCT ?thing ?class WHERE { ?thing a ?class }"
_STATEMENTS = """SELECT ?property (COUNT(*) AS ?n)
WHERE { SELECT DISTINCT ?s ?property ?o WHERE { ?s ?property ?o } } GROUP BY ?property"""
# SKOS relates concepts to each other and to their list: what carries a concept does so by other properties.
_CONCEPTS = """SELECT DISTINCT ?concept ?property ?thing
WHERE { ?concept a skos:Concept . ?thing ?property ?concept FILTER(!STRSTARTS(STR(?property), STR(skos:))) }"""


@dataclass(frozen=True)
class Uses:
    """Things of each class, how many statements have each property, and which things carry each concept by which."""

    things: dict[Term, set[Term]]
    properties: dict[Term, int]
    concepts: dict[Term, dict[Term, set[Term]]]

    def of(self, classes: Iterable[Term]) -> int:
        """How many things are of one of the classes."""
        return len(set().union(*(self.things.get(class_, ()) for class_ in classes)))

    def carrying(self, concept: Term, properties: Iterable[Term]) -> int:
        """How many things carry a concept by the given properties, or where none is given by any."""
        found = self.concepts.get(concept, {})
        return len(set().union(*(found.get(property_, ()) for property_ in [*properties] or found)))

    def examples(self, class_: Term, graph: Graph) -> list[ox.NamedNode]:
        """One or two things of a class: those with a label come first, then the order of the IRIs."""
        named = sorted(
            (thing for thing in self.things.get(class_, ()) if isinstance(thing, ox.NamedNode)),
            key=lambda thing: thing.value,
        )
        labelled = (thing for thing in named if _own_labels(graph, thing))
        found = [thing for thing, _ in zip(labelled, range(_EXAMPLES), strict=False)]
        return found or named[:_EXAMPLES]


def uses(graph: Graph) -> Uses:
    """Count over the union of the data and the ontology."""
    things: dict[Term, set[Term]] = defaultdict(set)
    for thing, class_ in _rows(graph, _TYPES):
        things[class_].add(thing)
    properties = {property_: int(number.value) for property_, number in _rows(graph, _STATEMENTS)}
    concepts: dict[Term, dict[Term, set[Term]]] = defaultdict(lambda: defaultdict(set))
    for concept, property_, thing in _rows(graph, _CONCEPTS):
        concepts[concept][property_].add(thing)
    return Uses(dict(things), properties, dict(concepts))


def labels(statements: Statements, node: Term, graph: Graph | None = None) -> tuple[ox.Literal, ...]:
    """The labels of a node in all languages: of the ontology, or of the data where it says nothing."""
    for property_ in LABELS:
        found = tuple(text for text in statements.objects(node, property_) if isinstance(text, ox.Literal))
        if found:
            return found
    # Never "if graph": the length of a store is counted, which takes milliseconds.
    return () if graph is None else _own_labels(graph, node)


def _own_labels(graph: Graph, node: Term) -> tuple[ox.Literal, ...]:
    if isinstance(node, ox.Literal):
        return ()
    for property_ in LABELS:
        quads = graph.store.quads_for_pattern(node, ox.NamedNode(property_), None)
        found = {quad.object for quad in quads if isinstance(quad.object, ox.Literal)}
        if found:
            return tuple(sorted(found, key=str))
    return ()


def _rows(graph: Graph, query: str) -> list[list[Term]]:
    solutions = graph.select(query)
    assert isinstance(solutions, ox.QuerySolutions)
    return [[term for term in row if term is not None] for row in solutions]
