"""Validating only what changed gives what the full run gives for what the change can affect, and misses nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import hypothesis.strategies as st
from hypothesis import HealthCheck, assume, given, settings
from test_engines import SHAPES, TRIPLES
from test_setwise import DECLARED, PREFIXES

from gba_kg import setwise
from gba_kg.files import STDIN, RdfFile
from gba_kg.graph import Graph
from gba_kg.setwise.affected import affected
from gba_kg.setwise.data import Data
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
)
SPARQL = st.tuples(
    st.sampled_from(("sh:targetClass ex:C", "sh:targetNode ex:a , ex:nowhere", "sh:targetSubjectsOf ex:p")),
    st.sampled_from(SELECTS),
    st.sampled_from(("", "sh:property [ sh:path ex:q ; sh:maxCount 1 ] ;")),
).map(
    lambda t: (
        f'a sh:NodeShape ; {t[0]} ; {t[2]} sh:sparql [ sh:prefixes ex: ; sh:select "SELECT $this ?value {{ {t[1]} }}" ]'
    )
)
ASK = st.tuples(
    st.sampled_from(("sh:targetClass ex:C", "sh:targetObjectsOf ex:q")), st.sampled_from(("ex:p", "( ex:p ex:q )"))
).map(lambda t: f"a sh:PropertyShape ; {t[0]} ; sh:path {t[1]} ; ex:seen ex:D")
COMPONENT = """ex:Seen a sh:ConstraintComponent ; sh:parameter [ sh:path ex:seen ] ;
  sh:validator [ a sh:SPARQLAskValidator ; sh:prefixes ex: ;
    sh:ask "ASK { ?other ex:r $value ; a $seen . $this ex:p ?any }" ] .
"""
DEEP = st.sampled_from(
    (
        "a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:node "
        "[ sh:property [ sh:path [ sh:inversePath ex:q ] ; sh:class ex:D ] ; sh:property [ sh:path ex:r ; sh:equals ex:p ] ] ]",
        "a sh:NodeShape , rdfs:Class ; sh:property [ sh:path ( ex:p [ sh:zeroOrMorePath ex:q ] ) ; sh:property "
        "[ sh:path ex:r ; sh:nodeKind sh:IRI ] ]",
        "a sh:NodeShape ; sh:targetObjectsOf ex:p ; sh:closed true ; sh:property [ sh:path ex:q ; sh:closed true ]",
    )
)
BODIES = st.tuples(SHAPES, st.lists(st.one_of(SPARQL, ASK, DEEP), min_size=1, max_size=3)).map(lambda t: t[0] + t[1])
HIERARCHY = st.lists(st.sampled_from((("ex:D", "rdfs:subClassOf", "ex:C"), ("ex:E", "rdfs:subClassOf", "ex:D"))))


def _graph(lines: Iterable[tuple[str, str, str]], name: str = "data") -> Graph:
    text = PREFIXES + "".join(f"{' '.join(line)} .\n" for line in lines)
    return _of_file(RdfFile(STDIN, f"urn:x:{name}", content=text.encode()))


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
    assume(not left.keys() - read.unsupported.keys())  # then the reference runs them, for all nodes
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
    assert kept == _run(after, shapes, _others(after, shapes, touched)), "what is not looked at is as it was"
    assert found + kept == _run(after, shapes), "the full run is what is found and what is kept"


@settings(max_examples=400, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(lines=TRIPLES, bodies=BODIES, hierarchy=HIERARCHY, edits=TRIPLES, drop=st.sets(st.integers(0, 15), max_size=3))
def test_random_edits(
    lines: list[tuple[str, str, str]],
    bodies: list[str],
    hierarchy: list[tuple[str, str, str]],
    edits: list[tuple[str, str, str]],
    drop: set[int],
) -> None:
    before = [*lines, *hierarchy]
    after = [line for number, line in enumerate(before) if number not in drop] + edits[: len(edits) // 3]
    text = DECLARED + COMPONENT + "".join(f"ex:S{number} {body} .\n" for number, body in enumerate(bodies))
    shapes = _of_file(RdfFile(STDIN, "urn:x:shapes", content=(PREFIXES + text).encode()))
    _prove(_graph(before), _graph(after), shapes)
