"""Every case of the shapes gives exactly the results it says, and every constraint is violated by some case.

A case is a Turtle file ``cases/<shape file>/valid.<why>.ttl`` or ``invalid.<why>.ttl``. An invalid one holds the
report that it must give, in SHACL's own terms, beside its data.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT
from rdflib import RDF, SH, BNode, Graph, URIRef
from rdflib.term import Node

from gba_kg.rdflib_bridge import PreparedGraph
from gba_kg.reference_engine import reference_report

SHAPES = sorted((ROOT / "shapes").glob("*.ttl"))
CASES = sorted(path for path in (ROOT / "tests" / "cases").glob("*/*.ttl") if path.parent.name != "checks")
KEY = (
    SH.focusNode,
    SH.resultPath,
    SH.sourceShape,
    SH.sourceConstraintComponent,
    SH.resultSeverity,
    SH.sourceConstraint,
)
PARAMETERS = {
    SH[name]: SH[name[0].upper() + name[1:] + "ConstraintComponent"]
    for name in [
        "class",
        "datatype",
        "nodeKind",
        "minCount",
        "maxCount",
        "minExclusive",
        "minInclusive",
        "maxExclusive",
        "maxInclusive",
        "minLength",
        "maxLength",
        "pattern",
        "languageIn",
        "uniqueLang",
        "equals",
        "disjoint",
        "lessThan",
        "lessThanOrEquals",
        "not",
        "and",
        "or",
        "xone",
        "node",
        "closed",
        "hasValue",
        "in",
        "qualifiedMinCount",
        "qualifiedMaxCount",
    ]
}
Row = tuple[Node | None, ...]


@cache
def _vocabulary() -> PreparedGraph:
    graph = PreparedGraph()
    for path in sorted((ROOT / "ontology").rglob("*.ttl")):
        graph.parse(path)
    return graph


@cache
def _shapes(stem: str) -> Graph:
    return Graph().parse(ROOT / "shapes" / f"{stem}.ttl")


def _split(path: Path) -> tuple[Graph, set[Row] | None]:
    """The data of a case, and the results that it expects (None: it says nothing of results)."""
    data, expected = Graph().parse(path), None
    for report in list(data.subjects(RDF.type, SH.ValidationReport)):
        expected = expected or set()
        for result in list(data.objects(report, SH.result)):
            expected.add(tuple(data.value(result, key) for key in KEY))
            data.remove((result, None, None))
        data.remove((report, None, None))
    return data, expected


def _rows(report: Graph) -> set[Row]:
    """The results that the report lists; the details of a result are results too, but no findings of their own."""
    rows = set()
    for result in report.objects(None, SH.result):
        row = [report.value(result, key) for key in (*KEY, SH.value)]
        row[1] = row[1] if isinstance(row[1], URIRef) else None
        rows.add(tuple(row))
    return rows


@cache
def _outcome(path: Path) -> tuple[frozenset[Row], frozenset[Row] | None]:
    """The rows of a case, by KEY and then the value, and the rows that it expects, by KEY alone."""
    data, expected = _split(path)
    base = _vocabulary()
    added = [triple for triple in data if triple not in base]
    for triple in added:
        base.add(triple)
    try:
        report = reference_report(base, _shapes(path.parent.name))
    finally:
        for triple in added:
            base.remove(triple)
    return frozenset(_rows(report)), None if expected is None else frozenset(expected)


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def test_shapes_and_case_folders_match() -> None:
    assert SHAPES
    assert {path.stem for path in SHAPES} == {path.parent.name for path in CASES}
    for shape in SHAPES:
        verdicts = {path.name.split(".")[0] for path in CASES if path.parent.name == shape.stem}
        assert verdicts == {"valid", "invalid"}, shape.stem


@pytest.mark.parametrize("path", CASES, ids=_name)
def test_case(path: Path) -> None:
    found, expected = _outcome(path)
    if path.name.startswith("valid."):
        assert expected is None, "a valid case expects no result"
        assert not found
    else:
        assert expected, "an invalid case says what it expects"
        assert {row[: len(KEY)] for row in found} == expected


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.stem)
def test_every_constraint_is_violated_by_some_case(path: Path) -> None:
    violated = {
        (row[2], row[5] or row[3]) for case in CASES if case.parent.name == path.stem for row in _outcome(case)[0]
    }
    assert _declared(_shapes(path.stem)) - violated == set()


def _declared(shapes: Graph) -> set[tuple[Node, Node]]:
    """Pairs of a named shape and each constraint that it declares: a component, or the node of a SPARQL constraint."""
    pairs: set[tuple[Node, Node]] = set()
    for kind in (SH.NodeShape, SH.PropertyShape):
        for shape in shapes.subjects(RDF.type, kind):
            if isinstance(shape, BNode):
                continue
            for predicate, value in shapes.predicate_objects(shape):
                if predicate == SH.sparql:
                    pairs.add((shape, value))
                elif predicate in PARAMETERS:
                    pairs.add((shape, PARAMETERS[predicate]))
    assert pairs
    return pairs


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.stem)
def test_every_shape_speaks_three_languages(path: Path) -> None:
    shapes = _shapes(path.stem)
    nodes = set(shapes.subjects(RDF.type, SH.PropertyShape)) | set(shapes.objects(None, SH.sparql))
    assert nodes
    for node in nodes:
        assert isinstance(node, URIRef), "shapes are named, so that a report names its rule"
        messages = sorted(str(message.language).lower() for message in shapes.objects(node, SH.message))
        assert messages == ["en", "zh-hans", "zh-hant"], node
