"""RDF terms as the set-wise engine handles them: the shapes graph as dictionaries, and terms as SPARQL text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from gba_kg.errors import IncompleteError
from gba_kg.namespaces import PREFIXES

__all__ = ["EMPTY", "OWL", "RDF", "RDFS", "SH", "XSD", "Node", "Statements", "Term", "is_true", "local", "name"]

SH, RDF, RDFS, OWL, XSD = (PREFIXES[prefix] for prefix in ("sh", "rdf", "rdfs", "owl", "xsd"))
EMPTY = ox.Store()
"""Runs what needs no data: whether a query or a pattern is one that the store knows."""
Node = ox.NamedNode | ox.BlankNode
Term = ox.NamedNode | ox.BlankNode | ox.Literal


class Statements:
    """A graph as subject -> predicate IRI -> objects; objects stand in the order of their text."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self.index: dict[Term, dict[str, list[Term]]] = {}
        for quad in quads:
            assert not isinstance(quad.subject, ox.Triple), "RDF 1.1 has no quoted triples"
            assert not isinstance(quad.object, ox.Triple), "RDF 1.1 has no quoted triples"
            objects = self.index.setdefault(quad.subject, {}).setdefault(quad.predicate.value, [])
            if quad.object not in objects:
                objects.append(quad.object)
        for predicates in self.index.values():
            for objects in predicates.values():
                objects.sort(key=str)

    def objects(self, subject: Term, predicate: str) -> list[Term]:
        """The objects of a subject and a predicate IRI."""
        return self.index.get(subject, {}).get(predicate, [])

    def value(self, subject: Term, predicate: str) -> Term | None:
        """The first object, or None."""
        return next(iter(self.objects(subject, predicate)), None)

    def subjects(self, predicate: str, value: Term | None = None) -> list[Term]:
        """The subjects that have a predicate, or have it with a value, in the order of their text."""
        found = (
            subject
            for subject, predicates in self.index.items()
            if predicate in predicates and (value is None or value in predicates[predicate])
        )
        return sorted(found, key=str)

    def items(self, head: Term) -> list[Term]:
        """The members of an RDF list; raises IncompleteError where it is not a well-formed list."""
        found, seen = [], set()
        while head != ox.NamedNode(RDF + "nil"):
            first, rest = self.objects(head, RDF + "first"), self.objects(head, RDF + "rest")
            if len(first) != 1 or len(rest) != 1 or head in seen:
                raise IncompleteError(f"{head} is not a well-formed list")
            seen.add(head)
            found.append(first[0])
            head = rest[0]
        return found

    def instances(self, class_iri: str) -> Iterator[Term]:
        """The SHACL instances of a class: of it and of its subclasses (SHACL, section 1.2)."""
        classes = self.subclasses([ox.NamedNode(class_iri)])
        for subject in sorted(self.index, key=str):
            if classes & set(self.objects(subject, RDF + "type")):
                yield subject

    def subclasses(self, classes: Iterable[Term]) -> set[Term]:
        """The given classes and all below them."""
        below: dict[Term, list[Term]] = {}
        for subject, predicates in self.index.items():
            for parent in predicates.get(RDFS + "subClassOf", ()):
                below.setdefault(parent, []).append(subject)
        found: set[Term] = set()
        ahead = list(classes)
        while ahead:
            current = ahead.pop()
            if current not in found:
                found.add(current)
                ahead += below.get(current, ())
        return found


def is_true(term: Term | None) -> bool:
    """Whether a term is the boolean true."""
    return isinstance(term, ox.Literal) and term.value in ("true", "1") and term.datatype.value == XSD + "boolean"


def local(iri: str) -> str:
    """The local name of an IRI.

    >>> local("http://www.w3.org/ns/shacl#minCount")
    'minCount'
    """
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def name(term: Term) -> str:
    """How an error message calls a node."""
    return term.value
