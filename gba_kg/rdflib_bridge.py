"""The graph as rdflib objects, for Python users and for the libraries that want them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from rdflib import BNode, Dataset, Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

from gba_kg.namespaces import PREFIXES

if TYPE_CHECKING:
    from gba_kg.graph import Graph as StoredGraph

__all__ = ["PreparedGraph", "from_triples", "to_dataset", "to_graph", "to_term"]


def to_graph(graph: StoredGraph) -> Graph:
    """All statements of the store, without their graph names."""
    return from_triples(quad.triple for quad in graph.store)


def to_dataset(graph: StoredGraph) -> Dataset:
    """All statements, each in the named graph of its file."""
    dataset = Dataset(default_union=True)
    _bind(dataset)
    for quad in graph.store:
        name = quad.graph_name
        context = dataset.graph(URIRef(name.value)) if isinstance(name, ox.NamedNode) else dataset.default_graph
        context.add((_node(quad.subject), _node(quad.predicate), _node(quad.object)))
    return dataset


class PreparedGraph(Graph):
    """A graph that parses each query text once: SPARQL constraints run the same text for every focus node."""

    def query(self, query_object: str | Query, *arguments: Any, **options: Any) -> Result:  # noqa: ANN401
        """Run a query, see ``rdflib.Graph.query``."""
        prepared = (
            _prepare(query_object) if isinstance(query_object, str) and not options.get("initNs") else query_object
        )
        return super().query(prepared, *arguments, **options)


@lru_cache(maxsize=256)
def _prepare(text: str) -> Query:
    return prepareQuery(text)


def from_triples(triples: Iterable[ox.Triple]) -> PreparedGraph:
    """An rdflib graph of the given triples, with the prefixes of the project."""
    graph = PreparedGraph(bind_namespaces="none")
    _bind(graph)
    for triple in triples:
        graph.add((_node(triple.subject), _node(triple.predicate), _node(triple.object)))
    return graph


def to_term(node: Node | None) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """The pyoxigraph term of an rdflib node."""
    if isinstance(node, URIRef):
        return ox.NamedNode(str(node))
    if isinstance(node, BNode):
        return ox.BlankNode(str(node))
    assert isinstance(node, Literal), node
    if node.language:
        return ox.Literal(str(node), language=node.language)
    return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype or PREFIXES["xsd"] + "string")))


def _bind(graph: Graph) -> None:
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, override=True, replace=True)


def _node(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    assert isinstance(term, ox.Literal), "RDF 1.1 has no quoted triples"
    if term.language:
        return Literal(term.value, lang=term.language)
    # For rdflib "a" and "a"^^xsd:string are two terms, and only the first is what a query means by "a".
    string = term.datatype.value == PREFIXES["xsd"] + "string"
    return Literal(term.value, datatype=None if string else URIRef(term.datatype.value))
