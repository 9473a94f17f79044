"""The set-wise engine finds what the reference engine finds: in every case file, in the bundled graph, in edge cases."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import ROOT
from rdflib import SH, BNode, Literal, URIRef
from rdflib import Graph as RdflibGraph
from rdflib.term import Node
from test_shapes import CASES, SHAPES

import gba_kg
from gba_kg import setwise
from gba_kg.errors import IncompleteError
from gba_kg.files import find_turtle
from gba_kg.graph import Graph
from gba_kg.rdflib_bridge import from_triples
from gba_kg.validation import reference_report

# A result that holds only of the blank nodes of one reading says so instead of naming them.
Row = tuple[str, ...]
_REPORT = """PREFIX sh: <http://www.w3.org/ns/shacl#>
DELETE { GRAPH ?g { ?node ?p ?o } } WHERE {
  GRAPH ?g { ?report a sh:ValidationReport . ?report sh:result? ?node . ?node ?p ?o }
}"""


def load(*paths: Path) -> Graph:
    """Turtle files in a store, one graph each."""
    files = tuple(find_turtle(paths))
    graph = Graph(files)
    for file in files:
        file.load_into(graph.store)
    return graph


def _key(term: Node | ox.NamedNode | ox.BlankNode | ox.Literal | str | None) -> str:
    """A term as both engines can give it: as the store keeps it."""
    if term is None or isinstance(term, (BNode, ox.BlankNode)):
        return "" if term is None else "_:"
    if isinstance(term, URIRef):
        return str(ox.NamedNode(str(term)))
    if isinstance(term, Literal):
        if term.language:
            term = ox.Literal(str(term), language=term.language)
        else:
            datatype = term.datatype or "http://www.w3.org/2001/XMLSchema#string"
            term = ox.Literal(str(term), datatype=ox.NamedNode(str(datatype)))
    if isinstance(term, ox.Literal):
        return _stored(term)
    return str(term)


@cache
def _stored(literal: ox.Literal) -> str:
    store, name = ox.Store(), ox.NamedNode("urn:x")
    store.add(ox.Quad(name, name, literal))
    return str(next(iter(store)).object)


def expected(data: RdflibGraph, shapes: RdflibGraph) -> list[Row]:
    """The results of the reference engine."""
    report = reference_report(data, shapes)
    keys = (SH.value, SH.sourceShape, SH.sourceConstraint, SH.sourceConstraintComponent, SH.resultSeverity)
    rows = []
    for result in report.objects(None, SH.result):
        path = report.value(result, SH.resultPath)
        path = path if isinstance(path, URIRef) else None
        row = (report.value(result, SH.focusNode), path, *(report.value(result, key) for key in keys))
        rows.append(tuple(_key(term) for term in row))
    return sorted(rows)


def found(data: Graph, shapes: Graph) -> list[Row]:
    """The results of the set-wise engine."""
    rows = []
    for result in setwise.results(data, shapes):
        path = result.path if isinstance(result.path, ox.NamedNode) else None
        row = (result.focus, path, result.value, result.source_shape, result.source_constraint)
        rows.append(tuple(_key(term) for term in (*row, result.component, result.severity)))
    return sorted(rows)


@cache
def _vocabulary() -> bytes:
    graph = load(ROOT / "ontology")
    return b"".join(f"{quad.triple} .\n".encode() for quad in graph.store)


@cache
def _shapes(stem: str) -> tuple[Graph, RdflibGraph]:
    graph = load(ROOT / "shapes" / f"{stem}.ttl")
    return graph, from_triples(quad.triple for quad in graph.quads())


def case_data(path: Path) -> Graph:
    """The data of a case with the ontology, without the report that the case expects."""
    graph = load(path)
    graph.store.update(_REPORT)
    graph.store.load(_vocabulary(), format=ox.RdfFormat.N_TRIPLES)
    return graph


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_case(path: Path) -> None:
    data = case_data(path)
    shapes, rules = _shapes(path.parent.name)
    assert setwise.unsupported(shapes) == {}
    rows = found(data, shapes)
    assert set(rows) == set(expected(from_triples(quad.triple for quad in data.store), rules))
    assert bool(rows) == path.name.startswith("invalid.")
