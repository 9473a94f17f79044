"""The report in Turtle: it is what the W3C suite expects and pySHACL says, by readers and shapes of others."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import ROOT
from rdflib import RDF, SH, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node

import gba_kg
from gba_kg.findings import Finding, Report
from gba_kg.rdflib_bridge import from_triples, to_term
from gba_kg.reference_engine import reference_report
from gba_kg.reports import render as rendered
from gba_kg.reports.context import Context
from gba_kg.setwise import stored
from gba_kg.validation import NOT_RUN, validate

sys.path.insert(0, str(ROOT / "benchmarks"))
from w3c_shacl import FAILURE, SIZE, cases

EARL, PTR = Namespace("http://www.w3.org/ns/earl#"), Namespace("http://www.w3.org/2009/pointers#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
OF_RESULTS = (
    *(SH.focusNode, SH.resultPath, SH.value, SH.sourceShape, SH.sourceConstraint),
    *(SH.sourceConstraintComponent, SH.resultSeverity),
)
KNOWN = {
    "hasValue-001": "both engines say which node is not the value, the suite says no value",
    "maxExclusive-001": "a literal that is a target has no place in the data: it is 4 for 4.0, as the store has it",
    "minExclusive-001": "the same",
}
"""Reports that are not those of the suite, each with the reason."""
# What SHACL, section 3.6, says of a report, as shapes; and of the pointers of this project.
OF_REPORTS = """
PREFIX earl: <http://www.w3.org/ns/earl#> PREFIX ptr: <http://www.w3.org/2009/pointers#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
[] sh:targetClass sh:ValidationReport ; sh:property
  [ sh:path sh:conforms ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:boolean ] ,
  [ sh:path sh:result ; sh:class sh:ValidationResult ; sh:nodeKind sh:BlankNodeOrIRI ] .
[] sh:targetClass sh:ValidationResult ; sh:property
  [ sh:path [ sh:inversePath sh:result ] ; sh:minCount 1 ; sh:maxCount 1 ] ,
  [ sh:path sh:focusNode ; sh:minCount 1 ; sh:maxCount 1 ] ,
  [ sh:path sh:resultPath ; sh:maxCount 1 ; sh:nodeKind sh:BlankNodeOrIRI ] ,
  [ sh:path sh:value ; sh:maxCount 1 ] ,
  [ sh:path sh:sourceShape ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:BlankNodeOrIRI ] ,
  [ sh:path sh:sourceConstraint ; sh:maxCount 1 ; sh:nodeKind sh:BlankNodeOrIRI ] ,
  [ sh:path sh:sourceConstraintComponent ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
  [ sh:path sh:resultSeverity ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
  [ sh:path sh:resultMessage ; sh:minCount 1 ; sh:uniqueLang true ; sh:or ( [ sh:datatype xsd:string ] [ sh:datatype rdf:langString ] ) ] .
[] sh:targetClass earl:Assertion ; sh:property
  [ sh:path earl:assertedBy ; sh:minCount 1 ; sh:maxCount 1 ; sh:class earl:Software ] ,
  [ sh:path earl:subject ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:BlankNodeOrIRI ] ,
  [ sh:path earl:test ; sh:minCount 1 ; sh:maxCount 1 ; sh:class earl:TestRequirement ] ,
  [ sh:path earl:result ; sh:minCount 1 ; sh:maxCount 1 ; sh:class earl:TestResult ] .
[] sh:targetClass ptr:LineCharPointer ; sh:property
  [ sh:path ptr:reference ; sh:minCount 1 ; sh:maxCount 1 ] ,
  [ sh:path ptr:lineNumber ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:positiveInteger ] ,
  [ sh:path ptr:charNumber ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:positiveInteger ] .
"""  # noqa: E501
DATA = """PREFIX : <urn:x:>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
:a a :Thing ; :p "\\u202e<script>\\n\\"" , 5 , "x"@zh-Hant ; :q [ a :Thing ; :r :a ] ; :day "1"^^xsd:date .
:b a :Thing ; :q [ :r :b ] ; :p 04 .
"""
SHAPES = """PREFIX : <urn:x:>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
:Thing a sh:NodeShape ; sh:targetClass :Thing ; sh:targetObjectsOf :p ;
  sh:property [ sh:path :p ; sh:datatype xsd:string ; sh:message "Text."@en , "文字。"@zh-Hans , "“文字”。"@zh-Hant ] ;
  sh:property [ sh:path ( :q [ sh:alternativePath ( :r [ sh:inversePath :q ] [ sh:zeroOrMorePath :p ] ) ] ) ;
    sh:maxCount 0 ; sh:severity sh:Info ] ;
  sh:property [ sh:path [ sh:oneOrMorePath :q ] ; sh:class :Other ; sh:severity :Own ] ;
  sh:property [ sh:path :day ; sh:datatype xsd:date ; sh:severity sh:Warning ] ;
  sh:nodeKind sh:IRI ;
  sh:sparql [ sh:message "No numbers." ; sh:select "SELECT $this ?value { $this <urn:x:p> ?value FILTER(isNumeric(?value)) }" ] .
"""  # noqa: E501


def render(report: Report, context: Context | None = None) -> str:
    return rendered(report, "turtle", context or Context())


def _parsed(turtle: str) -> Graph:
    """The graph, read by two parsers that agree."""
    graph = Graph().parse(data=turtle, format="turtle")
    assert len(graph) == len(set(ox.parse(turtle, format=ox.RdfFormat.TURTLE)))
    return graph


def _report(folder: Path, language: str = "en") -> tuple[gba_kg.Graph, Report, Graph]:
    for name, text in {"data": DATA, "shapes": SHAPES, "none": ""}.items():
        (folder / f"{name}.ttl").write_text(text, encoding="utf-8")
    graph = gba_kg.load(folder / "data.ttl", folder / "none.ttl")
    report = validate(graph, folder / "shapes.ttl", language=language)
    return graph, report, _parsed(render(report, Context(language, graph)))


def _results(graph: Graph, report: Node) -> Graph:
    """What a report says of its results, messages apart: a graph that is isomorphic for the same results."""
    said = Graph()
    said.add((report, SH.conforms, graph.value(report, SH.conforms)))
    for result in graph.objects(report, SH.result):
        said.add((report, SH.result, result))
        for name in OF_RESULTS:
            for value in graph.objects(result, name):
                said.add((result, name, value))
                if name == SH.resultPath:
                    _copy(graph, value, said)
    return said


def _copy(graph: Graph, node: Node, into: Graph) -> None:
    if isinstance(node, BNode):
        for triple in graph.triples((node, None, None)):
            into.add(triple)
            _copy(graph, triple[2], into)


def _rows(graph: Graph) -> Counter[tuple[str, ...]]:
    rows: Counter[tuple[str, ...]] = Counter()
    for result in graph.objects(None, SH.result):
        row = [graph.value(result, name) for name in OF_RESULTS]
        rows[tuple("_" if isinstance(term, BNode) else _text(term) for term in row)] += 1
    return rows


def _text(term: Node | None) -> str:
    # Numbers and tags in the form of the store.
    return str(stored(to_term(term))) if isinstance(term, Literal) else str(term)


def test_it_is_the_report_that_the_w3c_suite_expects(w3c: Path, tmp_path: Path) -> None:
    (tmp_path / "none.ttl").touch()
    wrong, compared = [], 0
    for case in (case for part in SIZE for case in cases(w3c / "shacl", part)):
        manifest = case.data.parent / f"{case.name}.ttl"
        if case.expected == FAILURE:
            continue
        graph = gba_kg.load(case.data, tmp_path / "none.ttl")
        ours = _parsed(render(validate(graph, case.shapes)))
        expected = from_triples(ox.parse(path=manifest, base_iri=graph.files[0].graph))
        (theirs,) = expected.subjects(RDF.type, SH.ValidationReport)
        (report,) = ours.subjects(RDF.type, SH.ValidationReport)
        compared += 1
        if not isomorphic(_results(ours, report), _results(expected, theirs)):
            wrong.append(case.name)
    assert compared > 110
    assert wrong == list(KNOWN)


@pytest.mark.parametrize("name", ["Case", "Link"])
def test_it_is_what_pyshacl_says_of_the_cases(name: str, tmp_path: Path) -> None:
    """Of a solution of a query that comes twice pySHACL says once what SHACL wants said twice."""
    shapes = Graph().parse(ROOT / "shapes" / f"{name}.ttl")
    paths = sorted((ROOT / "tests" / "cases" / name).glob("invalid.*.ttl"))
    (tmp_path / "none.ttl").touch()
    results = 0
    for path in paths:
        graph = gba_kg.load(path, tmp_path / "none.ttl")
        theirs = reference_report(from_triples(quad.triple for quad in graph.quads()), shapes)
        ours = _parsed(render(validate(graph, ROOT / "shapes" / f"{name}.ttl")))
        assert _rows(ours).keys() == _rows(theirs).keys(), path
        results += len(_rows(ours))
    assert results >= 5


def test_terms_of_all_kinds(tmp_path: Path) -> None:
    """Blank nodes, paths of several steps, numbers, tags, own severities, as pySHACL gives them."""
    graph, report, ours = _report(tmp_path)
    theirs = reference_report(
        from_triples(quad.triple for quad in graph.quads()), Graph().parse(tmp_path / "shapes.ttl")
    )
    assert _rows(ours) == _rows(theirs)
    severities = set(ours.objects(None, SH.resultSeverity))
    assert severities == {SH.Violation, SH.Warning, SH.Info, URIRef("urn:x:Own")}
    focus = set(ours.objects(None, SH.focusNode))
    assert {type(node) for node in focus} == {URIRef, BNode, Literal}
    assert Literal("x", lang="zh-Hant") in focus
    paths = [ours.value(node, SH.resultPath) for node in ours.subjects(RDF.type, SH.ValidationResult)]
    assert (
        len({path for path in paths if isinstance(path, BNode)}) == len([p for p in paths if isinstance(p, BNode)]) > 3
    )
    messages = [{str(said) for said in ours.objects(node, SH.resultMessage)} for node in ours.objects(None, SH.result)]
    assert {"Text.", "文字。", "“文字”。"} in messages
    # Blank nodes of the data and of the shapes have the same names in their files; here they must not meet.
    assert not focus & set(ours.objects(None, SH.sourceShape))
    assert len(report.findings) == len(messages)


def test_every_result_has_its_place(tmp_path: Path) -> None:
    _, report, ours = _report(tmp_path)
    placed = [finding for finding in report.findings if finding.file]
    pointers = [
        tuple(str(ours.value(pointer, name)) for name in (PTR.reference, PTR.lineNumber, PTR.charNumber))
        for pointer in ours.subjects(RDF.type, PTR.LineCharPointer)
    ]
    assert sorted(pointers) == sorted((str(f.file), str(f.line), str(f.column)) for f in placed)
    assert len(pointers) > 5


OTHERS = Report(
    (
        Finding("vacuous-shape", "said", "warning", "urn:x:a", file="a.ttl", line=2, column=1),
        Finding("evidence-figure", "read", focus="not an iri", file="b.ttl"),
        Finding("of-no-table", "nothing else"),
    ),
    {"files": 1},
)


def test_findings_that_are_no_results_are_assertions() -> None:
    graph = _parsed(render(OTHERS, Context("zh-Hant")))
    assert not list(graph.subjects(RDF.type, SH.ValidationReport)), "no shape was run"
    rows = set()
    for assertion in graph.subjects(RDF.type, EARL.Assertion):
        outcome, test = graph.value(assertion, EARL.result), graph.value(assertion, EARL.test)
        subject = graph.value(assertion, EARL.subject)
        assert graph.value(outcome, EARL.outcome) == EARL.failed
        rows.add(
            (
                str(graph.value(test, DCTERMS.identifier)),
                graph.value(outcome, DCTERMS.description),
                graph.value(outcome, SH.resultSeverity),
                subject if isinstance(subject, URIRef) else str(graph.value(subject, DCTERMS.title)),
                str(graph.value(graph.value(outcome, EARL.pointer), PTR.reference)),
            )
        )
    assert rows == {
        ("vacuous-shape", Literal("said", lang="zh-Hant"), SH.Warning, URIRef("urn:x:a"), "a.ttl"),
        ("evidence-figure", Literal("read", lang="zh-Hant"), SH.Violation, "not an iri", "b.ttl"),
        ("of-no-table", Literal("nothing else"), SH.Violation, "gba-kg", "None"),
    }
    (rule,) = graph.subjects(DCTERMS.identifier, Literal("vacuous-shape"))
    assert {said.language for said in graph.objects(rule, DCTERMS.description)} == {"en", "zh-Hans", "zh-Hant"}


def test_conforms_is_said_only_where_shapes_were_run() -> None:
    def conforms(report: Report) -> list[Node]:
        return list(_parsed(render(report)).objects(None, SH.conforms))

    assert conforms(Report((), {"shapes": 1})) == [Literal(True)]
    assert conforms(Report((), {"shapes": 1}, (NOT_RUN,))) == []
    assert conforms(Report((), {"triples": 1})) == []
    # Of the shapes alone: what else was found is no result of theirs.
    assert conforms(Report(OTHERS.findings, {"shapes": 1})) == [Literal(True)]


def test_another_level_than_that_of_the_shape_is_kept(tmp_path: Path) -> None:
    from dataclasses import replace

    _, report, _ = _report(tmp_path)
    lowered = Report(tuple(replace(finding, severity="info") for finding in report.findings), report.checked)
    assert set(_parsed(render(lowered)).objects(None, SH.resultSeverity)) == {SH.Info}


def test_reports_are_valid_by_the_specification(tmp_path: Path) -> None:
    (tmp_path / "report-shapes.ttl").write_text(OF_REPORTS)
    _, report, _ = _report(tmp_path)
    (tmp_path / "report.ttl").write_text(render(report + OTHERS), encoding="utf-8")
    told = gba_kg.load(tmp_path / "report.ttl", tmp_path / "none.ttl")
    found = validate(told, tmp_path / "report-shapes.ttl", engine="both")
    assert [finding for finding in found.findings if finding.shacl] == []
    assert not [finding for finding in found.findings if finding.rule.startswith("vacuous")]
