"""The bundled data as a whole: they conform, they are complete, and they are what the documents say (spot checks)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import gba_kg
from gba_kg.cli import main


def _count(graph: gba_kg.Graph, pattern: str) -> int:
    answer = gba_kg.query(graph, f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}")
    return int(answer.texts()[0][0])


@pytest.mark.slow
def test_bundled_data_conform(graph: gba_kg.Graph) -> None:
    report = gba_kg.validate(graph)
    assert [finding for finding in report.findings if finding.rule != "vacuous-shape"] == []
    assert [finding.message for finding in report.findings] == []
    assert report.checked["targets"] > 5000


@pytest.mark.slow
def test_engines_agree_on_the_bundled_data(graph: gba_kg.Graph) -> None:
    assert gba_kg.validate(graph, engine="both").findings == ()


@pytest.mark.slow
@pytest.mark.documents
def test_check_finds_nothing(capsysbinary: pytest.CaptureFixture[bytes], documents: Path) -> None:
    code = main(["check", "--sources", str(documents), "--format", "json"])
    report = json.loads(capsysbinary.readouterr().out)
    assert report["findings"] == []
    assert report["skipped"] == []
    assert code == 0


def test_nothing_is_missing(graph: gba_kg.Graph) -> None:
    assert _count(graph, "?x a gba:Case ; gba:inBatch batch:1") == 20
    assert _count(graph, "?x a gba:Case ; gba:inBatch batch:2") == 16
    assert _count(graph, "?x a gba:Commitment") == 57
    assert _count(graph, "?entry gba:inBatch batch:4 ; gba:presents ?x") == 15
    assert _count(graph, "?x a gba:Source") == 5
    assert _count(graph, "?x a gba:Recommendation ; gba:madeBy agency:guangdong-cppcc") == 17


def test_every_measure_case_and_commitment_has_its_parts(graph: gba_kg.Graph) -> None:
    for missing in (
        "?x a gba:Measure FILTER NOT EXISTS { ?x gba:hasParticipation ?p }",
        "?x a gba:Case FILTER NOT EXISTS { ?x gba:presents ?m . ?m gba:hasComponent ?c }",
        "?x a gba:Commitment FILTER NOT EXISTS { ?x gba:ruleDomain ?d }",
        "?x a gba:Outcome FILTER NOT EXISTS { ?any gba:hasOutcome ?x }",
    ):
        assert _count(graph, missing) == 0, missing


# Read by eye in the documents: outcome, lowest and highest value, unit, bound, as of, verbatim.
FIGURES = [
    ("2-01-crossings", "1329000", "vehicle-trip", "more-than", "2023-12-31", "132.9万多辆次"),
    ("2-07-recovered-debts", "110100000000", "CNY", "more-than", "", "1101亿余元"),
    ("1-04-growth", "99.79", "percent", "exact", "2022-12-31", "99.79%"),
    ("1-16-insured", "72500", "person", "nearly", "2023-01", "近 7.25万人"),
]


def test_figures_read_by_eye(graph: gba_kg.Graph) -> None:
    rows = {row["verbatim"]: row for row in _figures(graph)}
    for _, value, unit, bound, as_of, verbatim in FIGURES:
        row = rows[verbatim]
        assert (row["value"], row["unit"], row["bound"], row["as_of"]) == (value, unit, bound, as_of), verbatim


def test_cars_from_macao_came_first(graph: gba_kg.Graph) -> None:
    answer = gba_kg.query(graph, "measures", domain="vehicles")
    started = {row[0].split(":")[1]: row[4] for row in answer.texts()}
    assert started["northbound-travel-for-macao-vehicles"] == "2023-01-01"
    assert started["northbound-travel-for-hong-kong-vehicles"] == "2023-07-01"


def _figures(graph: gba_kg.Graph) -> list[dict[str, str]]:
    answer = gba_kg.query(graph, "figures")
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.texts()]
