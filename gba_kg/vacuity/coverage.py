"""Data that no shape looks at: classes and nodes out of reach of every target, and files that hold nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from gba_kg.facts import Facts, Subject, Term, iri
from gba_kg.findings import Finding
from gba_kg.graph import Graph
from gba_kg.namespaces import shrink
from gba_kg.rules import found
from gba_kg.vacuity.terms import path_steps, values

__all__ = ["coverage"]

_NESTED = ("node", "property", "and", "or", "xone", "not", "qualifiedValueShape")
_TYPE = iri("rdf:type")


def coverage(graph: Graph, facts: Facts, shapes: Graph, language: str) -> Iterator[Finding]:
    """Classes of the data without a shape, by one of their nodes; nodes without a class; and empty files."""
    covered = _Covered(graph, shapes)
    vocabulary = {ox.NamedNode(file.graph) for file in graph.vocabulary}
    classes: dict[Subject, set[Term]] = {}
    for quad in graph.store.quads_for_pattern(None, _TYPE, None):
        if quad.graph_name not in vocabulary:
            classes.setdefault(quad.subject, set()).add(quad.object)
    missed: dict[str, list[Subject]] = {}
    for node, types in classes.items():
        if not (types & covered.classes or covered.reaches(node)):
            missed.setdefault(str(min(types, key=str)).strip("<>"), []).append(node)
    for name, nodes in sorted(missed.items()):
        first = facts.place(min(nodes, key=str), _TYPE)
        yield found("uncovered-class", language, at=first, said={"name": shrink(name), "count": len(nodes)}, value=name)
    yield from _untyped(graph, facts, covered, language)
    for source in (graph, shapes):
        for file in source.files:
            loaded = source.store.quads_for_pattern(None, None, None, ox.NamedNode(file.graph))
            if next(loaded, None) is None and next(file.quads(), None) is None:
                yield found("empty-file", language, at=(file.shown, None, None))


def _untyped(graph: Graph, facts: Facts, covered: _Covered, language: str) -> Iterator[Finding]:
    query = "SELECT DISTINCT ?node { ?node ?any ?value FILTER(isIRI(?node)) FILTER NOT EXISTS { ?node a ?class } }"
    solutions = graph.select(query)
    assert isinstance(solutions, ox.QuerySolutions)
    for (node,) in sorted(solutions, key=str):
        if not covered.reaches(node) and not _only_in(graph, node):
            name = node.value
            yield found("untyped-node", language, at=facts.place(node), said={"name": shrink(name)}, focus=name)


def _only_in(graph: Graph, node: ox.NamedNode) -> bool:
    # Whether only the ontology speaks of a node.
    vocabulary = {ox.NamedNode(file.graph) for file in graph.vocabulary}
    return all(quad.graph_name in vocabulary for quad in graph.store.quads_for_pattern(node, None, None))


class _Covered:
    """What the targets of shapes select, and what their nested shapes reach, by class and by predicate."""

    def __init__(self, graph: Graph, shapes: Graph) -> None:
        self._store = graph.store
        self.classes = set(_below(graph, _objects(shapes, "targetClass")))
        self.classes |= {quad.subject for quad in shapes.store.quads_for_pattern(None, _TYPE, iri("sh:NodeShape"))}
        self._nodes = set(_objects(shapes, "targetNode"))
        self._subjects = [term for term in _objects(shapes, "targetSubjectsOf") if isinstance(term, ox.NamedNode)]
        self._objects = [term for term in _objects(shapes, "targetObjectsOf") if isinstance(term, ox.NamedNode)]
        for nested in _NESTED:
            for quad in shapes.store.quads_for_pattern(None, iri(f"sh:{nested}"), None):
                for path in values(shapes, quad.subject, "sh:path"):
                    self._objects += [ox.NamedNode(step) for step in path_steps(shapes, path)]
        # A target that only an engine can run may select anything.
        self._anything = bool(_objects(shapes, "target"))

    def reaches(self, node: Subject) -> bool:
        """Whether a target other than a class selects a node, or a nested shape is about it."""
        return (
            self._anything
            or node in self._nodes
            or any(next(self._store.quads_for_pattern(node, p, None), None) for p in self._subjects)
            or any(next(self._store.quads_for_pattern(None, p, node), None) for p in self._objects)
        )


def _objects(shapes: Graph, name: str) -> list[Term]:
    return [quad.object for quad in shapes.store.quads_for_pattern(None, iri(f"sh:{name}"), None)]


def _below(graph: Graph, classes: list[Term]) -> Iterator[Term]:
    ahead, seen = list(classes), set()
    while ahead:
        class_ = ahead.pop()
        if class_ not in seen:
            seen.add(class_)
            yield class_
            ahead += [quad.subject for quad in graph.store.quads_for_pattern(None, iri("rdfs:subClassOf"), class_)]
