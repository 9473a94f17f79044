"""What is exported: the whole graph, one thing with what accounts for it, or the answer of a query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import pyoxigraph as ox

from gba_kg.errors import UsageError
from gba_kg.exports.as_written import Spellings, records_of
from gba_kg.exports.terms import Record, parts
from gba_kg.graph import ENTAILED, Graph
from gba_kg.namespaces import PREFIXES
from gba_kg.resources import bundled
from gba_kg.stored import find_query

__all__ = ["answer_cells", "answer_records", "graph_records", "stored_records", "thing_records"]

_GBA, _OA = PREFIXES["gba"], PREFIXES["oa"]
_ATTESTS, _EVIDENCE, _SELECTOR = (
    ox.NamedNode(iri) for iri in (_GBA + "attests", _GBA + "evidence", _OA + "hasSelector")
)
_Node = ox.NamedNode | ox.BlankNode


def graph_records(graph: Graph) -> Iterator[Record]:
    """All statements of the files, and what reasoning added to the store, if it did."""
    yield from _stated(graph)
    entailed = list(graph.store.quads_for_pattern(None, None, None, ENTAILED))
    if entailed:
        yield from Spellings(_stated(graph)).restore(_record(quad) for quad in entailed)


def thing_records(graph: Graph, node: ox.NamedNode, depth: int = 1) -> Iterator[Record]:
    """The concise bounded description of a thing to ``depth`` steps, with what accounts for its statements.

    A step takes in a thing with its blank nodes; each further step what those name. With every thing come the
    attestations of its statements, its passages and theirs, and the selectors of these. The graph must be loaded.
    Raises UsageError for a depth below 1.
    """
    if depth < 1:
        raise UsageError(f"depth {depth}: it counts steps from 1")
    described: set[_Node] = set()
    border: set[_Node] = {node}
    for _ in range(depth):
        step = _with_blank_nodes(graph, border - described)
        described |= step
        border = {value for each in step for value in _values(graph, each) if isinstance(value, ox.NamedNode)}
    wanted = described | {
        quad.subject
        for each in described
        for quad in graph.store.quads_for_pattern(None, _ATTESTS, each)
        if isinstance(quad.subject, _Node)
    }
    passages = {value for each in wanted for value in _values(graph, each, _EVIDENCE)}
    passages |= {each for each in wanted if _values(graph, each, _SELECTOR)}
    wanted |= passages | {value for each in passages for value in _values(graph, each, _SELECTOR)}
    names = {str(each) for each in wanted}
    return (record for record in graph_records(graph) if record[0] in names)


def answer_records(graph: Graph, answer: ox.QueryTriples) -> Iterator[Record]:
    """The statements of a CONSTRUCT or DESCRIBE, their values as the files write them."""
    records = ((str(triple.subject), str(triple.predicate), str(triple.object), "") for triple in answer)
    return Spellings(_stated(graph)).restore(records)


def answer_cells(graph: Graph, answer: ox.QuerySolutions) -> Iterator[list[str | None]]:
    """The rows of a SELECT as plain text, values as the files write them; None where nothing is bound."""
    spellings = Spellings(_stated(graph))
    for row in answer:
        terms = [None if cell is None else str(cell) for cell in row]
        context = [term for term in terms if term and term[0] == "<"]
        yield [None if term is None else _plain(spellings.written(term, context)) for term in terms]


def stored_records(graph: Graph, name: str) -> Iterator[Record]:
    """The statements of a stored CONSTRUCT of ``queries/exports``."""
    answer = graph.select(find_query(name, bundled("queries") / "exports").text)
    assert isinstance(answer, ox.QueryTriples), name
    return answer_records(graph, answer)


def _stated(graph: Graph) -> Iterator[Record]:
    return chain.from_iterable(records_of(file) for file in (*graph.vocabulary, *graph.files))


def _record(quad: ox.Quad) -> Record:
    return str(quad.subject), str(quad.predicate), str(quad.object), str(quad.graph_name)


def _values(graph: Graph, node: _Node, predicate: ox.NamedNode | None = None) -> set[_Node]:
    found = graph.store.quads_for_pattern(node, predicate, None)
    return {quad.object for quad in found if isinstance(quad.object, _Node)}


def _with_blank_nodes(graph: Graph, nodes: Iterable[_Node]) -> set[_Node]:
    found: set[_Node] = set()
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += [value for value in _values(graph, node) if isinstance(value, ox.BlankNode)]
    return found


def _plain(term: str) -> str:
    return parts(term).name
