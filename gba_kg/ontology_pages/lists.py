"""Code lists (SKOS) as trees in which each concept stands once."""

from __future__ import annotations

from collections import defaultdict

import pyoxigraph as ox

from gba_kg.ontology_pages.entries import definitions, notes
from gba_kg.ontology_pages.model import Concept, Scheme
from gba_kg.ontology_pages.shapes import Shape
from gba_kg.ontology_pages.source import SKOS, Source
from gba_kg.ontology_pages.trees import Tree, forest

__all__ = ["schemes"]

_IN_LIST = ("inScheme", "topConceptOf")


def schemes(source: Source, shapes: list[Shape]) -> list[Scheme]:
    """The code lists in the order of their labels; concepts that are in none come last, in a list without a name.

    A concept of several lists stands in the first of them.
    """
    below = _below(source)
    placed: set[ox.NamedNode] = set()
    found = []
    lists: list[ox.NamedNode | None] = [*source.typed(SKOS + "ConceptScheme"), None]
    for scheme in lists:
        members = source.typed(SKOS + "Concept") if scheme is None else _members(source, scheme)
        nodes = [node for node in members if node not in placed]
        placed.update(nodes)
        carriers = _carriers(source, shapes, scheme) if scheme else ()
        concepts = tuple(_concept(source, tree, carriers) for tree in forest(nodes, below))
        if scheme:
            means = definitions(source, scheme)
            found.append(Scheme(scheme, source.labels(scheme), means, concepts, len(nodes), carriers))
        elif nodes:
            found.append(Scheme(None, (), (), concepts, len(nodes), ()))
    return found


def _below(source: Source) -> dict[ox.NamedNode, set[ox.NamedNode]]:
    """The concepts directly below each, stated from below or from above."""
    below: dict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
    for subject, predicates in source.statements.index.items():
        for predicate, from_below in ((SKOS + "broader", True), (SKOS + "narrower", False)):
            for value in predicates.get(predicate, ()):
                if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode):
                    upper, lower = (value, subject) if from_below else (subject, value)
                    below[upper].add(lower)
    return below


def _carriers(source: Source, shapes: list[Shape], scheme: ox.NamedNode) -> tuple[ox.NamedNode, ...]:
    """The properties whose values a shape takes from a list."""
    rules = [rule for shape in shapes for rule in shape.rules]
    paths = {
        rule.path[0] for rule in rules if len(rule.path) == 1 and any(scheme in parts for parts in rule.constraints)
    }
    return tuple(source.ordered(path for path in paths if isinstance(path, ox.NamedNode)))


def _members(source: Source, scheme: ox.NamedNode) -> list[ox.NamedNode]:
    found = {node for name in _IN_LIST for node in source.subjects(SKOS + name, scheme)}
    found.update(source.statements.objects(scheme, SKOS + "hasTopConcept"))
    return source.ordered(node for node in found if isinstance(node, ox.NamedNode))


def _concept(source: Source, tree: Tree, carriers: tuple[ox.NamedNode, ...]) -> Concept:
    node = tree.node
    return Concept(
        node,
        source.labels(node),
        definitions(source, node),
        source.deprecated(node),
        tuple(sorted(value.value for value in source.statements.objects(node, SKOS + "notation"))),
        tuple(notes(source, node)),
        source.uses.carrying(node, carriers),
        tuple(_concept(source, child, carriers) for child in tree.below),
    )
