"""The store that rules run on: a copy of the graph in which each entailed triple knows the round that found it.

The default graph holds everything known; the triples of each round are in a graph of their own as well. Blank nodes are
IRIs here, as a blank node in a query would be a variable. A literal cannot be a subject: such a conclusion vanishes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from gba_kg.namespaces import PREFIXES
from gba_kg.reasoning.datatypes import FUNCTIONS
from gba_kg.reasoning.notation import OWL, RDF, RDFS, TYPE, Binding, Node, Pattern

if TYPE_CHECKING:
    from gba_kg.graph import Graph

__all__ = ["Scratch", "is_blank", "named", "original"]

_BLANK = "urn:gba-kg:blank:"
_ROUND = "urn:gba-kg:round:"
_NAMED = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(!isBlank(?s) && !isBlank(?o)) }"
_WITH_BLANK = "SELECT ?s ?p ?o WHERE { ?s ?p ?o FILTER(isBlank(?s) || isBlank(?o)) }"
_NTRIPLES = ox.RdfFormat.N_TRIPLES
FIRST, REST, NIL = (ox.NamedNode(RDF + name) for name in ("first", "rest", "nil"))

# Statements about owl:Thing that no rule needs the types of everything for.
_OF_THING = ("type", "subClassOf", "domain", "range", "someValuesFrom", "allValuesFrom", "onClass")


def named(term: object) -> Node:
    """A term as it stands in the scratch store."""
    assert isinstance(term, (ox.NamedNode, ox.Literal, ox.BlankNode)), "RDF 1.1 has no quoted triples"
    return ox.NamedNode(_BLANK + term.value) if isinstance(term, ox.BlankNode) else term


def original(term: object) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """A term of the scratch store as it stands in the graph."""
    assert isinstance(term, (ox.NamedNode, ox.Literal)), "blank nodes are IRIs here"
    if isinstance(term, ox.NamedNode) and term.value.startswith(_BLANK):
        return ox.BlankNode(term.value.removeprefix(_BLANK))
    return term


class Scratch:
    """A copy of a graph to reason on."""

    def __init__(self, graph: Graph) -> None:
        self.store = ox.Store()
        plain = graph.store.query(_NAMED, use_default_graph_as_union=True)
        assert isinstance(plain, ox.QueryTriples)
        self.store.bulk_load(plain.serialize(format=_NTRIPLES), format=_NTRIPLES)
        with_blank = graph.store.query(_WITH_BLANK, use_default_graph_as_union=True)
        assert isinstance(with_blank, ox.QuerySolutions)
        for row in with_blank:
            subject, predicate, value = (named(term) for term in row)
            assert isinstance(subject, ox.NamedNode)
            assert isinstance(predicate, ox.NamedNode)
            self.store.add(ox.Quad(subject, predicate, value))

    def rows(self, patterns: str) -> Iterator[Binding]:
        """The solutions of a group of patterns."""
        solutions = self.store.query(f"SELECT * WHERE {{ {patterns} }}", prefixes=PREFIXES, custom_functions=FUNCTIONS)
        assert isinstance(solutions, ox.QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            yield {name: named(term) for name, term in zip(names, solution, strict=True) if term is not None}

    def asks(self, patterns: str) -> bool:
        """Whether a group of patterns has any solution."""
        return bool(self.store.query(f"ASK {{ {patterns} }}"))

    def update(self, text: str) -> None:
        """Run updates."""
        self.store.update(text, custom_functions=FUNCTIONS)

    @staticmethod
    def graph_of(number: int) -> str:
        """The graph of the triples that a round found, in SPARQL."""
        return f"<{_ROUND}{number}>"

    def close_round(self, number: int) -> bool:
        """Make what a round found known to all rules; returns whether it found anything."""
        if not self.asks(f"GRAPH {self.graph_of(number)} {{ ?s ?p ?o }}"):
            return False
        self.update(f"ADD {self.graph_of(number)} TO DEFAULT")
        return True

    def entailed(self) -> Iterator[ox.Quad]:
        """All triples that the rounds found."""
        for graph in self.store.named_graphs():
            yield from self.store.quads_for_pattern(None, None, None, graph)

    def rank(self, triple: Pattern) -> int | None:
        """The round that found a triple, 0 for a triple of the graph, None for one that does not follow."""
        subject, predicate, value = triple
        if not isinstance(subject, ox.NamedNode) or not isinstance(predicate, ox.NamedNode) or isinstance(value, str):
            return None
        known = False
        for quad in self.store.quads_for_pattern(subject, predicate, value, None):
            if isinstance(quad.graph_name, ox.NamedNode):
                return int(quad.graph_name.value.removeprefix(_ROUND))
            known = True
        return 0 if known else None

    def items(self, head: Node) -> list[Node] | None:
        """The members of a list, or None where it is not a well-formed one."""
        found: list[Node] = []
        seen: set[Node] = set()
        while head != NIL:
            first, rest = self._objects(head, FIRST), self._objects(head, REST)
            if len(first) != 1 or len(rest) != 1 or head in seen:
                return None
            seen.add(head)
            found += first
            head = rest[0]
        return found

    def _objects(self, subject: Node, predicate: ox.NamedNode) -> list[Node]:
        if isinstance(subject, ox.Literal):
            return []
        quads = self.store.quads_for_pattern(subject, predicate, None, ox.DefaultGraph())
        return [named(quad.object) for quad in quads]

    @cached_property
    def inverses(self) -> dict[Node, Node]:
        """The properties without a name that are written as the inverse of another, with that other."""
        rows = self.rows(f"?p <{OWL}inverseOf> ?q")
        return {row["p"]: row["q"] for row in rows if is_blank(row["p"])}

    @cached_property
    def needs_thing(self) -> bool:
        """Whether anything is said of owl:Thing from which more follows than that it has all instances."""
        harmless = ", ".join(
            f"<{(RDF if name == 'type' else RDFS if name in ('subClassOf', 'domain', 'range') else OWL) + name}>"
            for name in _OF_THING
        )
        return self.asks(
            f"{{ <{OWL}Thing> ?p ?o FILTER(?p != {TYPE} && !STRSTARTS(STR(?p), '{RDFS}label')) }}"
            f" UNION {{ ?s ?p <{OWL}Thing> FILTER(?p NOT IN ({harmless})) }}"
        )


def is_blank(term: Node) -> bool:
    """Whether a term stands for a blank node."""
    return isinstance(term, ox.NamedNode) and term.value.startswith(_BLANK)
