"""Validating only what changed gives what the full run gives for what the change can affect, and misses nothing."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import hypothesis.strategies as st
import pyoxigraph as ox
import pytest
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from test_engines import SHAPES
from test_setwise import DECLARED, PREFIXES

from gba_kg import setwise
from gba_kg.cli import main
from gba_kg.files import STDIN, RdfFile
from gba_kg.graph import Graph, load_files
from gba_kg.setwise.affected import affected
from gba_kg.setwise.data import Data
from gba_kg.setwise.patterns import read_patterns
from gba_kg.setwise.run import Run
from gba_kg.setwise.shapes import ShapesGraph
from gba_kg.setwise.sparql import Sparql
from gba_kg.setwise.terms import Node, Statements, Term

# Queries of all the forms that the engine knows, and that hang together with $this in different ways or not at all.
SELECTS = (
    "$this ex:p ?value . FILTER NOT EXISTS { ?value ex:q ?other }",
    "$this ex:p/ex:q ?value . ?value a ex:C",
    "?value ex:p $this ; ex:q ?same . FILTER(isIRI(?value) && ?value != $this)",
    "$this ex:p ?value OPTIONAL { ?value ex:q ?other . ?other ex:r ?more } FILTER(BOUND(?more))",
    "$this ex:p ?value OPTIONAL { ?value ex:q ?other } ?other ex:r ?more",
    "$this ex:p ?value OPTIONAL { ?more ex:q ?x } ?more ex:r ?value",
    "{ $this ex:p ?value } UNION { ?value ex:q $this . ?value ex:r 1 , ?more }",
    "$this ?path ?value . FILTER(?path IN (ex:p, ex:q)) FILTER NOT EXISTS { ?value ex:r ?x }",
    "$this ex:m ?value . ?other ex:n ?value",
    "$this ex:m ?value . FILTER EXISTS { ?any ex:n ?number FILTER(?number = ?value) }",
    "$this ex:p ?value . ?value ex:q* ?end . ?end a ex:D",
    "?value a ex:D . FILTER NOT EXISTS { $this (ex:p|^ex:q)+ ?value }",
    "$this a ?class . ?value a ?class . FILTER(?value != $this)",
    "$this ex:p ?value { ?value ex:q ?x FILTER NOT EXISTS { ?x ex:r $this } }",
    "$this ex:p ?value . BIND(EXISTS { ?value ex:q ?x } AS ?known) FILTER(!?known)",
    "$this ex:p [ ex:q ?value ]",
    "$this !ex:p ?value",
    "$this ex:p ?value . { SELECT $this (COUNT(?x) AS ?n) { $this ex:q ?x } GROUP BY $this } FILTER(?n > 1)",
    "$this ex:r? ?value . ?value ex:m ?x",
    "$this (ex:r/ex:p)? ?value FILTER NOT EXISTS { ?value ex:q* ex:b }",
)
SPARQL = [
    f'a sh:NodeShape ; {target} ; {other} sh:sparql [ sh:prefixes ex: ; sh:select "SELECT $this ?value {{ {pattern} }}" ]'
    for target in ("sh:targetClass ex:C", "sh:targetNode ex:a , ex:nowhere", "sh:targetSubjectsOf ex:p")
    for pattern in SELECTS
    for other in ("", "sh:property [ sh:path ex:q ; sh:maxCount 1 ] ;")
]
COMPONENT = """ex:Seen a sh:ConstraintComponent ; sh:parameter [ sh:path ex:seen ] ;
  sh:validator [ a sh:SPARQLAskValidator ; sh:prefixes ex: ;
    sh:ask "ASK { ?other ex:r $value ; a $seen . $this ex:p ?any }" ] .
"""
# What lies some steps away from the focus node, behind each kind of path and constraint that leads on.
PATHS = (
    *("ex:p", "[ sh:inversePath ex:p ]", "( ex:p ex:q )", "[ sh:inversePath ( ex:p ex:q ) ]"),
    *("[ sh:alternativePath ( ex:p [ sh:inversePath ex:q ] ) ]", "[ sh:zeroOrMorePath ex:p ]"),
    *("[ sh:inversePath [ sh:oneOrMorePath ex:p ] ]", "( ex:q [ sh:zeroOrOnePath ex:p ] )"),
)
AT_VALUES = (
    "sh:class ex:C",
    "sh:closed true ; sh:ignoredProperties ( rdf:type ex:p )",
    "sh:property [ sh:path ex:q ; sh:minCount 1 ]",
    "sh:node [ sh:property [ sh:path ex:p ; sh:equals ex:q ] ]",
    "sh:not [ sh:path ( ex:q ex:p ) ; sh:hasValue ex:b ]",
    "sh:or ( [ sh:class ex:D ] [ sh:path ex:p ; sh:disjoint ex:r ] )",
    "sh:qualifiedValueShape [ sh:class ex:D ] ; sh:qualifiedMaxCount 0",
    "sh:maxCount 1",
    "ex:seen ex:D",
)
TARGETS = ("sh:targetClass ex:C", "sh:targetNode ex:a", "sh:targetSubjectsOf ex:r", "sh:targetObjectsOf ex:r")
FAR = [f"a sh:PropertyShape ; {t} ; sh:path {path} ; {c}" for t in TARGETS for path in PATHS for c in AT_VALUES]
OTHERS = [
    "a sh:NodeShape , rdfs:Class ; sh:property [ sh:path ( ex:p ex:q ) ; sh:nodeKind sh:IRI ]",
    "a sh:NodeShape ; sh:targetClass ex:C ; "
    "sh:property [ sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMinCount 1 ; "
    "sh:qualifiedValueShapesDisjoint true ] , [ sh:path ex:p ; sh:qualifiedValueShape "
    "[ sh:property [ sh:path ex:q ; sh:minCount 1 ] ] ; sh:qualifiedMinCount 0 ]",
]
# The length and the form of a number are left to the reference engine.
MIXED = SHAPES.map(lambda bodies: bodies[0]).filter(lambda body: "Length" not in body and "pattern" not in body)
NODES = ("ex:a", "ex:b", "ex:c", "_:x")
LINES = [
    *((s, p, o) for s in NODES for p in ("ex:p", "ex:q", "ex:r") for o in (*NODES, "1")),
    *((s, "a", c) for s in NODES for c in ("ex:C", "ex:D", "ex:E", "ex:S0")),
    *((s, p, o) for s in NODES[:2] for p in ("ex:m", "ex:n") for o in ("1", '"x"@en')),
    *(("ex:E", "rdfs:subClassOf", "ex:D"), ("ex:D", "rdfs:subClassOf", "ex:C")),
]


def _graph(lines: Iterable[tuple[str, str, str]]) -> Graph:
    text = PREFIXES + "".join(f"{' '.join(line)} .\n" for line in sorted(lines))
    return _of_file(RdfFile(STDIN, "urn:x:data", content=text.encode()))


def _of_file(file: RdfFile) -> Graph:
    graph = Graph((file,))
    file.load_into(graph.store)
    return graph


def _rows(results: Iterable[setwise.Result]) -> Counter[str]:
    return Counter(str(result) for result in results)


def _run(graph: Graph, shapes: Graph, only: dict[Node, frozenset[Term] | None] | None = None) -> Counter[str]:
    read = ShapesGraph.read(Statements(shapes.quads()))
    data = Data(graph)
    found, left = Run(data, read, Sparql(data, shapes)).evaluate(only)
    assert not left.keys() - read.unsupported.keys(), "then the reference runs them, for all nodes"
    return _rows(found)


def _others(graph: Graph, shapes: Graph, looked_at: dict[Node, frozenset[Term] | None]) -> dict[Node, frozenset[Term]]:
    """Of each shape, the nodes of its targets that are not looked at."""
    read, data, found = ShapesGraph.read(Statements(shapes.quads())), Data(graph), {}
    for node, targets in read.targets.items():
        some, focus = looked_at[node], data.focus(targets)
        if some is not None and focus is not None:
            rows = data.rows(f"SELECT DISTINCT ?this {{ {focus.pattern('this')} }}")
            found[node] = frozenset(row[0] for row in rows if row[0] is not None) - some
    return found


def _prove(before: Graph, after: Graph, shapes: Graph) -> None:
    """The full run after a change is what is kept of the run before it, and what ``changed`` finds."""
    old, new = ({str(quad.triple): quad.triple for quad in graph.quads()} for graph in (before, after))
    changed = [(old | new)[key] for key in old.keys() ^ new.keys()]
    answer = setwise.evaluate(after, shapes, changed)
    assert answer.looked_at is not None
    found = _rows(answer.results)
    touched = dict(affected(Data(after), ShapesGraph.read(Statements(shapes.quads())), changed))
    kept = _run(before, shapes, _others(before, shapes, touched))
    assert found + kept == _run(after, shapes), "the full run is what is found and what is kept"


@settings(max_examples=60, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    lines=st.sets(st.sampled_from(LINES), min_size=12, max_size=25),
    bodies=st.lists(st.sampled_from([*FAR, *SPARQL, *OTHERS * 10]), min_size=30, max_size=30),
    mixed=st.lists(MIXED, max_size=5),
    edits=st.lists(st.sets(st.sampled_from(LINES), min_size=1, max_size=2), min_size=10, max_size=10),
)
def test_random_edits(
    lines: set[tuple[str, str, str]], bodies: list[str], mixed: list[str], edits: list[set[tuple[str, str, str]]]
) -> None:
    """Each edit adds some statements and takes others away."""
    text = "".join(f"ex:S{number} {body} .\n" for number, body in enumerate((*bodies, *mixed)))
    shapes = _of_file(RdfFile(STDIN, "urn:x:shapes", content=(PREFIXES + DECLARED + COMPONENT + text).encode()))
    before = _graph(lines)
    for edit in edits:
        _prove(before, _graph(lines ^ edit), shapes)
