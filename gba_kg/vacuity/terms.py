"""Terms of shapes that do not exist: misspelt SHACL, and classes and properties that nothing knows."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from functools import cached_property

import pyoxigraph as ox

from gba_kg.facts import Facts, Subject, Term, iri
from gba_kg.findings import Finding
from gba_kg.graph import Graph
from gba_kg.namespaces import PREFIXES, shrink
from gba_kg.rules import found
from gba_kg.vocabulary import Vocabularies, namespace_of

__all__ = ["path_steps", "terms", "values"]

_SH = PREFIXES["sh"]
_CLASSES = ("targetClass", "class")
_PROPERTIES = ("equals", "disjoint", "lessThan", "lessThanOrEquals", "targetSubjectsOf", "targetObjectsOf")
_STEPS = (
    *("sh:inversePath", "sh:alternativePath", "sh:zeroOrMorePath", "sh:oneOrMorePath", "sh:zeroOrOnePath"),
    *("rdf:first", "rdf:rest"),
)
_NIL = iri("rdf:nil")


def terms(graph: Graph, shapes: Graph, facts: Facts, language: str) -> Iterator[Finding]:
    """Unknown terms of the shapes, each where it stands; ``facts`` are those of the shapes."""
    known = _Known(graph)
    yield from _of_shacl(shapes, facts, known, language)
    for names, rule in ((_CLASSES, "unknown-class"), (_PROPERTIES, "unknown-property")):
        for name in names:
            for quad in shapes.store.quads_for_pattern(None, iri(f"sh:{name}"), None):
                if isinstance(quad.object, ox.NamedNode) and known.lacks(quad.object.value):
                    yield _finding(rule, facts, quad, quad.object.value, known.near(quad.object.value), language)
    for quad in shapes.store.quads_for_pattern(None, iri("sh:path"), None):
        for step in sorted(set(path_steps(shapes, quad.object))):
            if known.lacks(step):
                yield _finding("unknown-property", facts, quad, step, known.near(step), language)


def values(graph: Graph, subject: Subject, name: str) -> list[Term]:
    """The objects of a subject and a property, given as a CURIE, as the store keeps them: no file is read again."""
    return [quad.object for quad in graph.store.quads_for_pattern(subject, iri(name), None)]


def path_steps(shapes: Graph, path: Term) -> Iterator[str]:
    """The IRIs of the properties in a path of any form (SHACL, section 2.3.1)."""
    ahead, seen = [path], set[Term]()
    while ahead:
        node = ahead.pop()
        if isinstance(node, ox.NamedNode) and node != _NIL:
            yield node.value
        elif isinstance(node, ox.BlankNode) and node not in seen:
            seen.add(node)
            ahead += [value for step in _STEPS for value in values(shapes, node, step)]


class _Known:
    """What is known of terms: the outside vocabularies, the ontology, and what the data use."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self.outside = Vocabularies()

    def lacks(self, term: str) -> bool:
        """Whether a term exists nowhere although its vocabulary is known, or looks like a slip for one in use.

        Of a namespace that neither ontology nor table covers, nothing is known: there a term counts as misspelt only
        where the data use one that is nearly the same.
        """
        node = ox.NamedNode(term)
        if term in self.outside.terms or self._occurs(node):
            return False
        namespace = namespace_of(term)
        return namespace in self.outside.namespaces or namespace in self._defined or bool(self.near(term))

    def near(self, term: str) -> list[str]:
        """Known terms of the same namespace whose names are nearly the same, the nearest first."""
        namespace = namespace_of(term)
        names = {
            each.removeprefix(namespace) for each in (*self.outside.terms, *self._used) if each.startswith(namespace)
        }
        return [namespace + name for name in close(term.removeprefix(namespace), names)]

    def _occurs(self, node: ox.NamedNode) -> bool:
        store = self._graph.store
        patterns = ((node, None, None), (None, node, None), (None, None, node))
        return any(next(store.quads_for_pattern(*pattern), None) is not None for pattern in patterns)

    @cached_property
    def _defined(self) -> set[str]:
        # Namespaces in which the ontology defines terms.
        graphs = (ox.NamedNode(file.graph) for file in self._graph.vocabulary)
        quads = (quad for graph in graphs for quad in self._graph.store.quads_for_pattern(None, None, None, graph))
        return {namespace_of(quad.subject.value) for quad in quads if isinstance(quad.subject, ox.NamedNode)}

    @cached_property
    def _used(self) -> set[str]:
        found: set[str] = set()
        for quad in self._graph.store:
            found.add(quad.predicate.value)
            if quad.predicate == iri("rdf:type") and isinstance(quad.object, ox.NamedNode):
                found.add(quad.object.value)
        for graph in self._graph.vocabulary:
            for quad in self._graph.store.quads_for_pattern(None, iri("rdf:type"), None, ox.NamedNode(graph.graph)):
                found.add(quad.subject.value if isinstance(quad.subject, ox.NamedNode) else "")
        return found


def close(name: str, names: Collection[str]) -> list[str]:
    """Names that are nearly ``name``, the nearest first.

    >>> close("mincount", ["minCount", "maxCount", "path"])
    ['minCount']
    """
    return difflib.get_close_matches(name, sorted(names), n=2, cutoff=0.8)


def _of_shacl(shapes: Graph, facts: Facts, known: _Known, language: str) -> Iterator[Finding]:
    for quad in shapes.store:
        for term in (quad.predicate, quad.object):
            if isinstance(term, ox.NamedNode) and term.value.startswith(_SH) and known.outside.lacks(term.value):
                yield _finding("unknown-shacl-term", facts, quad, term.value, known.near(term.value), language)


def _finding(rule: str, facts: Facts, quad: ox.Quad, term: str, near: list[str], language: str) -> Finding:
    hint = f" ({' / '.join(shrink(each) for each in near)}?)" if near else ""
    shape = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else str(quad.subject)
    return found(
        rule,
        language,
        at=facts.place(quad.subject, quad.predicate, quad.object),
        said={"name": shrink(term), "hint": hint},
        shape=shape,
        value=term,
    )
