"""The proof of evidence holds for the bundled graph and catches each kind of false statement, at its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import ROOT

import gba_kg
from gba_kg.evidence import prove
from gba_kg.findings import Finding, Report

pytestmark = pytest.mark.documents

CASE = "cases/batch-2/01-northbound-travel.ttl"


def test_bundled_graph_is_proved(graph: gba_kg.Graph, documents: Path) -> None:
    report = prove(graph, documents)
    assert report.findings == ()
    outcomes = graph.select("SELECT ?o { ?o a gba:Outcome }")
    assert report.checked["figures"] == len(list(outcomes))  # type: ignore[arg-type]
    participations = graph.select("SELECT ?p { ?p a gba:Participation }")
    assert report.checked["names"] == len(list(participations))  # type: ignore[arg-type]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The bundled data with the first case of the second batch as its only case."""
    shutil.copytree(
        ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("batch-*", "plans", "news", "consultations")
    )
    target = tmp_path / "data" / CASE
    target.parent.mkdir(parents=True)
    shutil.copy(ROOT / "data" / CASE, target)
    return tmp_path / "data"


def _prove(data: Path, documents: Path) -> Report:
    return prove(gba_kg.load(data), documents)


def _of_case(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if (finding.file or "").endswith(CASE)]


FALSE = [
    ("another value", "gba:value 111000.0", "gba:value 110000.0", "evidence-figure", "the print gives 111000"),
    ("another scale", "gba:value 64000.0", "gba:value 640000.0", "evidence-figure", "the print gives 64000"),
    (
        "another bound",
        "gba:bound bound:more-than",
        "gba:bound bound:exact",
        "evidence-figure",
        "the print says more-than",
    ),
    (
        "another verbatim",
        'gba:verbatim "6.4万多副"',
        'gba:verbatim "6.4万副"',
        "evidence-figure",
        "no passage of the outcome",
    ),
    ("another date", 'gba:date "2023-07-01"', 'gba:date "2023-07-02"', "evidence-date", "the print gives 2023-07-01"),
    ("another as-of", 'gba:asOf "2023-12-31"', 'gba:asOf "2023-12"', "evidence-date", "the print gives 2023-12-31"),
    (
        "another interval",
        'gba:asOfStart "2023-12-31"',
        'gba:asOfStart "2023-12-01"',
        "evidence-date",
        "makes this 2023-12-31",
    ),
    (
        "another actor",
        "gba:actor agency:state-council",
        "gba:actor agency:hong-kong-government",
        "evidence-name",
        "which is no name of",
    ),
    ("another quotation", 'oa:exact "国务院"', 'oa:exact "全国人大"', "evidence-quotation", "the span reads '国务院'"),
    (
        "another title",
        'dcterms:title "“港车北上”',
        'dcterms:title "“粤车北上”',
        "evidence-title",
        "no passage of the record quotes",
    ),
    (
        "another heading",
        'gba:heading "案例一"',
        'gba:heading "案例二"',
        "evidence-heading",
        "the section begins with '案例一",
    ),
    ("a span outside the case", "oa:start 1010", "oa:start 10", "evidence-span", "the span lies outside case:2-01"),
    ("a span outside the document", "oa:start 1010", "oa:start 999010", "evidence-span", "no span 999010"),
]


@pytest.mark.parametrize(("old", "new", "rule", "message"), [row[1:] for row in FALSE], ids=[row[0] for row in FALSE])
def test_false_statement_is_found_at_its_line(
    data: Path, documents: Path, old: str, new: str, rule: str, message: str
) -> None:
    path = data / CASE
    text = path.read_text(encoding="utf-8")
    assert old in text
    line = text[: text.index(old)].count("\n") + 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = [finding for finding in _of_case(_prove(data, documents)) if finding.rule == rule]
    assert found
    assert message in found[0].message
    if rule != "evidence-name" and "outside the case" not in message and "lies outside" not in message:
        assert found[0].line == line


def test_true_case_has_no_finding(data: Path, documents: Path) -> None:
    assert _of_case(_prove(data, documents)) == []


def test_numeral_that_nobody_covers_is_found(data: Path, documents: Path) -> None:
    numerals = data / "numerals.ttl"
    text = numerals.read_text(encoding="utf-8")
    numerals.write_text(text.replace('gba:wording "四个首创"', 'gba:wording "四五个首创"'), encoding="utf-8")
    found = _prove(data, documents).findings
    (numeral,) = [finding for finding in found if "in no quoted passage" in finding.message]
    assert (numeral.file, numeral.value) == ("000_5c2deace4a1cdf3a.txt", "四")
    assert any(finding.rule == "evidence-wording" and finding.value == "四五个首创" for finding in found)


def test_changed_document_is_found(data: Path, documents: Path, tmp_path: Path) -> None:
    shutil.copytree(documents, tmp_path / "documents")
    copy = tmp_path / "documents" / "000_5c2deace4a1cdf3a.txt"
    copy.chmod(0o644)
    copy.write_bytes(copy.read_bytes() + b"\n")
    found = [finding for finding in _prove(data, tmp_path / "documents").findings if finding.rule == "evidence-source"]
    assert [finding.path for finding in found] == ["https://w3id.org/gba-kg/ontology#sha256"]
    copy.unlink()
    found = [finding for finding in _prove(data, tmp_path / "documents").findings if finding.rule == "evidence-source"]
    assert "is not in the folder" in found[0].message
