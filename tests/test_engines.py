"""The engines behind one interface: what the fast one leaves goes to the reference, and differences are said."""

from __future__ import annotations

from pathlib import Path

import hypothesis.strategies as st
import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from test_setwise import DATA, DECLARED, PREFIXES, load

from gba_kg import setwise
from gba_kg.cli import main
from gba_kg.engines import compare, run
from gba_kg.errors import IncompleteError, InputError, UsageError
from gba_kg.graph import Graph
from gba_kg.validation import validate

EX = "http://example.org/"
# Shapes that the fast engine leaves, and the focus nodes that violate them.
LEFT = {
    "a pattern with look-ahead": ('ex:L sh:targetClass ex:C ; sh:path ex:p ; sh:pattern "^(?!x)" .', {"a"}),
    "a SPARQL target": (
        "ex:L a sh:NodeShape ; sh:nodeKind sh:Literal ; sh:target [ a sh:SPARQLTarget ; "
        'sh:select "SELECT ?this { ?this <http://example.org/r> ?any }" ] .',
        {"b"},
    ),
    "a class that is a shape and uses one that is left": (
        'ex:D a rdfs:Class , sh:NodeShape ; sh:property ex:P . ex:P sh:path ex:q ; sh:pattern "(?=n)" .',
        {"c"},
    ),
    "numbers of several datatypes": (
        "ex:L sh:targetNode ex:n ; sh:path ex:p ; sh:datatype xsd:byte .",
        {"n"},
    ),
    "the length of a number": ("ex:L sh:targetNode ex:n ; sh:path ex:p ; sh:minLength 2 .", {"n"}),
}


def _written(folder: Path, name: str, text: str) -> Graph:
    path = folder / name
    path.write_text(PREFIXES + text, encoding="utf-8")
    return load(path)


@pytest.mark.parametrize("name", LEFT)
def test_only_the_shapes_that_are_left_go_to_the_reference(tmp_path: Path, name: str) -> None:
    shape, nodes = LEFT[name]
    data = _written(tmp_path, "data.ttl", DATA + "ex:n ex:p '7'^^xsd:byte , 7 .")
    others = (
        "ex:S sh:targetClass ex:C ; sh:path ex:q ; sh:maxCount 1 . ex:T a rdfs:Class , sh:NodeShape ; sh:not ex:S ."
    )
    shapes = _written(tmp_path, "shapes.ttl", f"{others} ex:t a ex:T . {shape}")
    answer = setwise.evaluate(data, shapes)
    assert len(answer.left) == 1
    assert {result.focus.value for result in answer.results} == {EX + "a"}
    found = run("fast", data, shapes)
    assert {r.focus.value for r in found if r.source_shape.value != EX + "S"} == {EX + node for node in nodes}
    assert run("both", data, shapes) == found
    assert len(found) == len(run("reference", data, shapes))


def test_a_component_that_is_not_sparql_leaves_the_shapes_that_use_it(tmp_path: Path) -> None:
    data = _written(tmp_path, "data.ttl", DATA)
    component = (
        "ex:J a sh:ConstraintComponent ; sh:parameter [ sh:path ex:j ] ; sh:validator [ sh:jsFunctionName 'f' ] ."
    )
    shape = (
        "ex:S sh:targetClass ex:C ; sh:path ex:q ; sh:maxCount 1 . ex:L sh:targetClass ex:C ; sh:path ex:q ; ex:j 1 ."
    )
    answer = setwise.evaluate(data, _written(tmp_path, "shapes.ttl", component + shape))
    assert answer.left == {ox.NamedNode(EX + "L"): "the sh:validator of http://example.org/J is not written in SPARQL"}
    assert answer.results


def test_code_in_shapes_is_not_run_and_rules_add_nothing(tmp_path: Path) -> None:
    data = _written(tmp_path, "data.ttl", DATA)
    shape = "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:new ; sh:maxCount 0 ] "
    rule = "; sh:rule [ a sh:TripleRule ; sh:subject sh:this ; sh:predicate ex:new ; sh:object 1 ] ."
    ruled = _written(tmp_path, "rule.ttl", shape + rule)
    assert run("both", data, ruled) == []
    with pytest.raises(IncompleteError, match="no code of shapes is run"):
        run("fast", data, _written(tmp_path, "js.ttl", shape + "; sh:js [ sh:jsFunctionName 'f' ] ."))


def test_both_says_what_differs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The one difference is a fault of the reference (tests/test_injections.py): it overlooks ill-typed values."""
    many = " , ".join(f"'2024-02-3{day}'^^xsd:date" for day in range(7))
    _written(tmp_path, "data.ttl", f"ex:a ex:d {many} ; ex:e '2024-03-01'^^xsd:date .")
    _written(tmp_path, "shapes.ttl", "ex:S sh:targetNode ex:a ; sh:path ex:d ; sh:lessThan ex:e .")
    words = ["validate", "--data", str(tmp_path / "data.ttl"), "--shapes", str(tmp_path / "shapes.ttl")]
    assert main([*words, "--engine", "both"]) == 3
    said = capsys.readouterr().err.splitlines()
    assert said[0].endswith("the engines differ in 7 results:")
    assert said[1].strip() == (
        'fast alone: http://example.org/a, path http://example.org/d, value "2024-02-30"'
        "^^<http://www.w3.org/2001/XMLSchema#date>, shape http://example.org/S, sh:LessThanConstraintComponent, "
        "sh:Violation"
    )
    assert said[-1].strip() == "and 2 more"
    # Neither rdflib's log nor its warnings reach the reader.
    assert len(said) == 7


def test_an_engine_that_is_none_is_refused(tmp_path: Path) -> None:
    graph = _written(tmp_path, "data.ttl", DATA)
    with pytest.raises(UsageError, match="fast, reference, both"):
        run("slow", graph, graph)


@pytest.mark.parametrize("engine", ["fast", "reference"])
@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("( ex:p ex:q )", (3, 4)),
        ("( ex:p [ sh:zeroOrOnePath ex:q ] )", (0, 1)),
        ("( ex:p [ sh:inversePath ex:r ] )", (0, 1)),
    ],
)
def test_a_value_at_the_end_of_a_sequence_is_told_where_it_stands(
    tmp_path: Path, engine: str, path: str, place: tuple[int, int]
) -> None:
    text = "ex:x ex:p ex:y , ex:z .\nex:y ex:q 4 .\nex:z ex:q 4 ,\n   7.0 .\nex:w ex:r ex:z ."
    data = _written(tmp_path, "data.ttl", text)
    _written(tmp_path, "shapes.ttl", f"ex:S sh:targetNode ex:x ; sh:path {path} ; sh:in ( 4 ex:y ex:z ) .")
    first = PREFIXES.count("\n") + 1
    report = validate(data, tmp_path / "shapes.ttl", engine=engine)
    assert {((f.line or 0) - first, f.column) for f in report.findings if f.rule == "S"} == {place}


# Random shapes over random data: whatever they say, both engines say it.

NODES = ("ex:a", "ex:b", "ex:c", "_:x")
LITERALS = (
    "1",
    "2",
    "2.0",
    "1.5e0",
    '"1"',
    '"x"',
    '""',
    '"x"@en',
    '"y"@en',
    '"x"@fr',
)
PREDICATES = ("ex:p", "ex:q", "ex:r")
CLASSES = ("ex:C", "ex:D")
PATHS = (
    *PREDICATES,
    *("( ex:p ex:q )", "[ sh:inversePath ex:p ]", "[ sh:alternativePath ( ex:p ex:q ) ]"),
    *(
        "[ sh:zeroOrMorePath ex:p ]",
        "[ sh:oneOrMorePath ex:q ]",
        "[ sh:zeroOrOnePath ex:r ]",
        "( ex:p [ sh:inversePath ex:q ] )",
    ),
)
_value = st.sampled_from((*NODES[:3], "1", "2", '"x"', '"x"@en'))
_count = st.integers(0, 2)
VALUE = st.one_of(
    st.sampled_from(CLASSES).map(lambda c: f"sh:class {c}"),
    st.sampled_from(("integer", "decimal", "double", "string", "date", "boolean")).map(
        lambda d: f"sh:datatype xsd:{d}"
    ),
    st.sampled_from(("IRI", "Literal", "BlankNode", "BlankNodeOrIRI")).map(lambda k: f"sh:nodeKind sh:{k}"),
    st.tuples(st.sampled_from(("minInclusive", "minExclusive", "maxInclusive", "maxExclusive")), st.integers(1, 2)).map(
        lambda pair: f"sh:{pair[0]} {pair[1]}"
    ),
    st.tuples(st.sampled_from(("minLength", "maxLength")), st.integers(1, 2)).map(
        lambda pair: f"sh:{pair[0]} {pair[1]}"
    ),
    st.sampled_from(("^[a-z]$", "1", "^$")).map(lambda pattern: f'sh:pattern "{pattern}"'),
    st.sampled_from(('( "en" )', '( "fr" "de" )')).map(lambda tags: f"sh:languageIn {tags}"),
    st.lists(_value, min_size=1, max_size=3).map(lambda values: f"sh:in ( {' '.join(values)} )"),
)
SET = st.one_of(
    _count.map(lambda n: f"sh:minCount {n}"),
    _count.map(lambda n: f"sh:maxCount {n}"),
    st.just("sh:uniqueLang true"),
    _value.map(lambda value: f"sh:hasValue {value}"),
    st.tuples(st.sampled_from(("equals", "disjoint")), st.sampled_from(PREDICATES)).map(
        lambda pair: f"sh:{pair[0]} {pair[1]}"
    ),
)


def _deeper(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Constraints that refer to shapes."""
    shape = inner.map(lambda body: f"[ {body} ]")
    of_path = st.tuples(st.sampled_from(PATHS), inner).map(lambda pair: f"[ sh:path {pair[0]} ; {pair[1]} ]")
    return st.one_of(
        st.one_of(shape, of_path).map(lambda text: f"sh:not {text}"),
        shape.map(lambda text: f"sh:node {text}"),
        st.tuples(
            st.sampled_from(("and", "or", "xone")), st.lists(st.one_of(shape, of_path), min_size=1, max_size=2)
        ).map(lambda pair: f"sh:{pair[0]} ( {' '.join(pair[1])} )"),
        of_path.map(lambda text: f"sh:property {text}"),
    )


BODY = st.recursive(VALUE, _deeper, max_leaves=3)
QUALIFIED = st.tuples(BODY, st.sampled_from(("Min", "Max")), _count).map(
    lambda q: f"sh:qualifiedValueShape [ {q[0]} ] ; sh:qualified{q[1]}Count {q[2]}"
)
# The reference is wrong on what cannot be compared (tests/test_injections.py): of these two are numbers only, and no
# value is a date or a boolean.
LESS = st.sampled_from(("lessThan", "lessThanOrEquals")).map(lambda kind: ("ex:m", f"sh:{kind} ex:n"))
PROPERTY = st.one_of(st.tuples(st.sampled_from(PATHS), st.one_of(BODY, SET, QUALIFIED)), LESS)
TARGET = st.sampled_from(
    ("sh:targetClass ex:C", "sh:targetNode ex:a , ex:nowhere", "sh:targetSubjectsOf ex:p", "sh:targetObjectsOf ex:q")
)
CLOSED = st.sampled_from(("", "sh:closed true ; sh:ignoredProperties ( rdf:type ) ;"))
SHAPES = st.lists(
    st.one_of(
        st.tuples(TARGET, PROPERTY).map(lambda t: f"{t[0]} ; sh:path {t[1][0]} ; {t[1][1]}"),
        st.tuples(TARGET, CLOSED, BODY, PROPERTY).map(
            lambda t: f"a sh:NodeShape ; {t[0]} ; {t[1]} {t[2]} ; sh:property [ sh:path {t[3][0]} ; {t[3][1]} ]"
        ),
    ),
    min_size=1,
    max_size=3,
)
TRIPLES = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(NODES), st.sampled_from(PREDICATES), st.sampled_from((*NODES, *LITERALS))),
        st.tuples(st.sampled_from(NODES), st.just("a"), st.sampled_from(CLASSES)),
        st.tuples(st.sampled_from(NODES), st.sampled_from(("ex:m", "ex:n")), st.sampled_from(LITERALS[:4])),
    ),
    min_size=1,
    max_size=14,
)


@settings(max_examples=250, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(triples=TRIPLES, bodies=SHAPES)
def test_random_shapes_over_random_data(
    tmp_path_factory: pytest.TempPathFactory, triples: list[tuple[str, str, str]], bodies: list[str]
) -> None:
    folder = tmp_path_factory.getbasetemp()
    data = _written(folder, "random-data.ttl", "".join(f"{' '.join(triple)} .\n" for triple in triples))
    text = DECLARED + "".join(f"ex:S{number} {body} .\n" for number, body in enumerate(bodies))
    shapes = _written(folder, "random-shapes.ttl", text)
    assert compare(run("fast", data, shapes), run("reference", data, shapes)) == [], text


# Shapes that no engine can run, as each is written in line 4 of a file; the others are fine, the first is left as well.
ILL_FORMED = {
    "no path": "ex:S sh:targetClass ex:C ; sh:property [ sh:minCount 1 ] .",
    "no integer": "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:q ; sh:minCount 'x' ] .",
    "no SPARQL": "ex:S sh:targetClass ex:C ; sh:sparql [ sh:select 'SELECT $this { $this ?p ?o FILTER( }' ] .",
    "no prefix": "ex:S sh:targetClass ex:C ; sh:property ex:P . ex:P sh:path ex:q ; sh:sparql ex:Q . "
    "ex:Q sh:select 'SELECT $this { $this no:p ?o }' .",
}
OTHERS = """
ex:A sh:targetClass ex:C ; sh:path ex:p ; sh:pattern "^(?!x)" .
ex:Z sh:targetClass ex:C ; sh:path ex:q ; sh:maxCount 9 .
"""


@pytest.mark.parametrize("engine", ["fast", "reference", "both"])
@pytest.mark.parametrize("name", ILL_FORMED)
def test_ill_formed_shapes_are_bad_input_in_one_line(
    tmp_path: Path, engine: str, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    data = _written(tmp_path, "data.ttl", DATA)
    for others in ("", OTHERS):
        shapes = _written(tmp_path, "shapes.ttl", others + ILL_FORMED[name])
        with pytest.raises(InputError, match=r"shapes\.ttl:\d+:1: the shapes are ill-formed: ") as told:
            run(engine, data, shapes)
        assert "\n" not in str(told.value)
        assert told.value.line == (PREFIXES + others).count("\n") + 1
        if name.startswith("no SPARQL"):
            assert "a query is not SPARQL: error at 1:3" in str(told.value)
    assert capfd.readouterr().err == ""


def test_code_in_shapes_is_refused_at_its_shape(tmp_path: Path) -> None:
    data = _written(tmp_path, "data.ttl", DATA)
    shapes = _written(tmp_path, "shapes.ttl", OTHERS + "ex:J sh:targetClass ex:C ; sh:js [ sh:jsFunctionName 'f' ] .")
    with pytest.raises(IncompleteError, match=r"shapes\.ttl:\d+:1: .* has sh:js"):
        run("reference", data, shapes)
