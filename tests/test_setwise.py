"""The set-wise engine finds what the reference engine finds, in every case file and in the bundled graph.

Where the reference is wrong by the specification, the test says so and gives what is right.
"""

from __future__ import annotations

import gc
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import ROOT
from rdflib import BNode, Literal, URIRef
from rdflib.term import Node
from test_shapes import CASES, _outcome

import gba_kg
from gba_kg import setwise
from gba_kg.engines import compare, run
from gba_kg.graph import Graph, load_files
from gba_kg.reference_engine import reference_results

# A blank node is told from another in one reading only: here all are the same.
Row = tuple[str, ...]
_REPORT = """PREFIX sh: <http://www.w3.org/ns/shacl#>
DELETE { GRAPH ?g { ?node ?p ?o } } WHERE {
  GRAPH ?g { ?report a sh:ValidationReport . ?report sh:result? ?node . ?node ?p ?o }
}"""


def load(*paths: Path) -> Graph:
    """Files in a store, one graph each."""
    return load_files(paths)


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


def found(data: Graph, shapes: Graph) -> list[Row]:
    """The results of the set-wise engine."""
    rows = []
    answer = setwise.evaluate(data, shapes)
    assert answer.left == {}
    for result in answer.results:
        path = result.path if isinstance(result.path, ox.NamedNode) else None
        row = (result.focus, path, result.value, result.source_shape, result.source_constraint)
        rows.append(tuple(_key(term) for term in (*row, result.component, result.severity)))
    return sorted(rows)


@cache
def _vocabulary() -> bytes:
    graph = load(ROOT / "ontology")
    return b"".join(f"{quad.triple} .\n".encode() for quad in graph.store)


@cache
def _shapes(stem: str) -> Graph:
    return load(ROOT / "shapes" / f"{stem}.ttl")


def differences(data: Graph, shapes: Graph) -> list[str]:
    """What the fast engine finds otherwise than the reference engine."""
    return compare(run("fast", data, shapes), run("reference", data, shapes))


def case_data(path: Path) -> Graph:
    """The data of a case with the ontology, without the report that the case expects."""
    graph = load(path)
    graph.store.update(_REPORT)
    graph.store.load(_vocabulary(), format=ox.RdfFormat.N_TRIPLES)
    return graph


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_case(path: Path) -> None:
    rows = found(case_data(path), _shapes(path.parent.name))
    reference = {tuple(_key(row[index]) for index in (0, 1, 6, 2, 5, 3, 4)) for row in _outcome(path)[0]}
    assert set(rows) == reference
    assert bool(rows) == path.name.startswith("invalid.")


def test_bundled_shapes_are_run_wholly(graph: gba_kg.Graph) -> None:
    assert setwise.evaluate(graph, load(ROOT / "shapes")).left == {}


def test_order_is_the_same_in_every_run(tmp_path: Path) -> None:
    data = _written(tmp_path, "data.ttl", DATA)
    shape = "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:closed true . ex:T sh:targetClass ex:C ; sh:path ex:p ; "
    shapes = _written(tmp_path, "shapes.ttl", shape + "sh:minLength 9 .")
    assert setwise.evaluate(data, shapes).results
    assert setwise.evaluate(data, shapes) == setwise.evaluate(data, shapes)


def test_garbage_of_one_thread_is_not_collected_by_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = _written(tmp_path, "data.ttl", DATA)
    shapes = _written(tmp_path, "shapes.ttl", "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:closed true .")
    prepare = setwise.Data.prepare

    def greedy(of: setwise.Data) -> None:
        # Enough to make the collector run here, in the other thread; what it drops wrongly is an unraisable error.
        assert len([[] for _ in range(200_000)]) == 200_000
        prepare(of)

    monkeypatch.setattr(setwise.Data, "prepare", greedy)
    thresholds = gc.get_threshold()
    gc.collect()
    gc.set_threshold(100_000)
    try:
        for _ in range(20):
            half_read: list[object] = [data.store.quads_for_pattern(None, None, None)]
            next(half_read[0])  # type: ignore[call-overload]
            half_read.append(half_read)
        del half_read
        assert setwise.evaluate(data, shapes).results
        assert gc.isenabled()
    finally:
        gc.set_threshold(*thresholds)
        gc.collect()


PREFIXES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://example.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
"""
DATA = """
ex:a a ex:C ; ex:p 1 , 2.5 , "x" , "y"@en , "z"@en , ex:b ; ex:q ex:b , ex:c , [ ex:p 3 ] ;
  ex:d "2024-02-30"^^xsd:date .
ex:b a ex:D ; ex:p "5"^^xsd:byte , "01"^^xsd:integer , "99999999999999999999999"^^xsd:integer ; ex:r ex:a .
ex:c a ex:C , ex:D ; ex:q ex:c ; ex:d "2024-02-28"^^xsd:date , "2024-03-01"^^xsd:date ; ex:e "2024-02-29"^^xsd:date .
ex:D rdfs:subClassOf ex:C .
"""
SHAPE = {
    "class": "sh:property [ sh:path ex:q ; sh:class ex:D ]",
    "datatype integer": "sh:property [ sh:path ex:p ; sh:datatype xsd:integer ]",
    "datatype byte": "sh:property [ sh:path ex:p ; sh:datatype xsd:byte ]",
    "datatype date": "sh:property [ sh:path ex:d ; sh:datatype xsd:date ]",
    "datatype on a longer path": "sh:property [ sh:path ( ex:q ex:p ) ; sh:datatype xsd:byte ]",
    "range": "sh:property [ sh:path ex:p ; sh:minExclusive 1 ; sh:maxInclusive 2.5 ]",
    "length": "sh:property [ sh:path ex:p ; sh:minLength 2 ; sh:maxLength 3 ]",
    "languages": 'sh:property [ sh:path ex:p ; sh:languageIn ( "en" ) ; sh:uniqueLang true ]',
    "counts": "sh:property [ sh:path ex:q ; sh:minCount 2 ; sh:maxCount 2 ]",
    "pattern": 'sh:property [ sh:path ex:p ; sh:pattern "^[a-z]$" ; sh:flags "i" ]',
    "node kind": "sh:nodeKind sh:Literal ; sh:property [ sh:path ex:q ; sh:nodeKind sh:BlankNodeOrIRI ]",
    "in and hasValue": "sh:property [ sh:path ex:p ; sh:in ( 1 ex:b ) ; sh:hasValue 2.5 ]",
    "equals and disjoint": "sh:property [ sh:path ex:p ; sh:equals ex:q ; sh:disjoint ex:q ]",
    "less than": "sh:property [ sh:path ex:d ; sh:lessThanOrEquals ex:e ]",
    "closed": "sh:closed true ; sh:ignoredProperties ( rdf:type ) ; sh:property [ sh:path ex:p ]",
    "not": "sh:not [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ]",
    "or": "sh:property [ sh:path ex:p ; sh:or ( [ sh:datatype xsd:integer ] [ sh:class ex:D ] ) ]",
    "xone": "sh:property [ sh:path ex:q ; sh:xone ( [ sh:class ex:C ] [ sh:class ex:D ] ) ]",
    "and": "sh:property [ sh:path ex:q ; sh:and ( [ sh:class ex:C ] [ sh:nodeKind sh:IRI ] ) ]",
    "node": "sh:property [ sh:path ex:q ; sh:node [ sh:property [ sh:path ex:p ; sh:maxCount 2 ] ] ]",
    "qualified": "sh:property [ sh:path ex:q ; sh:qualifiedValueShape [ sh:class ex:D ] ; sh:qualifiedMaxCount 1 ]",
    "property of property": "sh:property [ sh:path ex:q ; sh:property [ sh:path ex:p ; sh:minCount 4 ] ]",
    "inverse and alternative": "sh:property [ sh:path [ sh:inversePath [ sh:alternativePath ( ex:q ex:r ) ] ] ; "
    "sh:minCount 1 ]",
    "paths of any length": "sh:property [ sh:path ( [ sh:zeroOrMorePath ex:q ] ex:p ) ; sh:maxCount 3 ]",
    "sparql in a union": 'sh:sparql [ sh:select "SELECT $this ?value { { $this ex:q ?value FILTER($this = ?value) } '
    'UNION { FILTER($this = ex:a) BIND(1 AS ?value) } }" ; sh:prefixes ex: ]',
    "sparql without group": 'sh:sparql [ sh:select "SELECT $this { { SELECT $this (COUNT(?v) AS ?n) { $this ex:q ?v } '
    'GROUP BY $this } FILTER(?n > 1) }" ; sh:prefixes ex: ]',
    "sparql with exists": 'sh:sparql [ sh:select "SELECT $this ?value { $this ex:q ?value FILTER NOT EXISTS { ?value '
    'ex:p ?any . OPTIONAL { ?any ex:p ?more } FILTER(!BOUND(?more)) } . }" ; sh:prefixes ex: ]',
}
TARGETS = (
    "sh:targetClass ex:C",
    "sh:targetSubjectsOf ex:p",
    "sh:targetNode ex:a , ex:nowhere",
    "sh:targetObjectsOf ex:q",
)
DECLARED = 'ex: sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ] .\n'


def _written(folder: Path, name: str, text: str) -> Graph:
    path = folder / name
    path.write_text(PREFIXES + text, encoding="utf-8")
    return load(path)


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.split()[0].removeprefix("sh:"))
@pytest.mark.parametrize("name", SHAPE)
def test_each_kind_of_constraint(tmp_path: Path, name: str, target: str) -> None:
    data = _written(tmp_path, "data.ttl", DATA)
    shapes = _written(tmp_path, "shapes.ttl", f"{DECLARED}ex:S a sh:NodeShape ; {target} ; {SHAPE[name]} .")
    # Lengths and patterns of numbers are left to the reference: these data have some.
    assert bool(setwise.evaluate(data, shapes).left) == (name in ("length", "pattern"))
    assert differences(data, shapes) == []


def test_ill_typed_value_is_not_less(tmp_path: Path) -> None:
    """A value that cannot be compared violates sh:lessThan (SHACL, section 4.5.3); the reference does not say so."""
    data = _written(tmp_path, "data.ttl", 'ex:a ex:d "2024-02-30"^^xsd:date ; ex:e "2024-03-01"^^xsd:date .')
    shapes = _written(tmp_path, "shapes.ttl", "ex:S sh:targetNode ex:a ; sh:path ex:d ; sh:lessThan ex:e .")
    assert [(row[0], row[5]) for row in found(data, shapes)] == [
        ("<http://example.org/a>", "<http://www.w3.org/ns/shacl#LessThanConstraintComponent>")
    ]
    assert reference_results(data, shapes) == []


UNSUPPORTED = {
    "recursion": "sh:property [ sh:path ex:p ; sh:node ex:S ]",
    "a target of SHACL-AF": "sh:target [ a sh:SPARQLTarget ]",
    "SHACL-JS": "sh:js [ sh:jsFunctionName 'f' ]",
    "a pattern with look-ahead": 'sh:pattern "a(?!b)"',
    "a path without steps": "sh:property [ sh:path () ]",
    "two datatypes": "sh:property [ sh:path ex:p ; sh:datatype xsd:date , xsd:time ]",
    "MINUS in a query": 'sh:sparql [ sh:select "SELECT $this { $this ?p ?o MINUS { $this ?p 1 } }" ]',
    "a query that is none": 'sh:sparql [ sh:select "SELECT $this { $this ex:p }" ]',
}


@pytest.mark.parametrize("name", UNSUPPORTED)
def test_unsupported_shapes_are_named_and_left(tmp_path: Path, name: str) -> None:
    data = _written(tmp_path, "data.ttl", DATA)
    shapes = _written(tmp_path, "shapes.ttl", f"ex:S a sh:NodeShape ; sh:targetClass ex:C ; {UNSUPPORTED[name]} .")
    answer = setwise.evaluate(data, shapes)
    assert answer.left.keys() == {ox.NamedNode("http://example.org/S")}
    assert answer.results == []


def test_a_statement_in_two_files_counts_once(tmp_path: Path) -> None:
    for name in ("one.ttl", "two.ttl"):
        (tmp_path / name).write_text(PREFIXES + "ex:a a ex:C ; ex:p 1 .", encoding="utf-8")
    data = load(tmp_path)
    query = "SELECT $this { $this ex:p ?v } GROUP BY $this HAVING(COUNT(?v) > 1)"
    shape = f'sh:targetClass ex:C ; sh:sparql [ sh:select "{query}" ; sh:prefixes ex: ]'
    assert found(data, _written(tmp_path, "shapes.ttl", f"{DECLARED}ex:S a sh:NodeShape ; {shape} .")) == []
