"""Every check query fires on its bad file, and on nothing in the bundled graph."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT

import gba_kg
from gba_kg.checks import answers, run_checks
from gba_kg.files import find_files
from gba_kg.findings import Finding
from gba_kg.graph import Graph
from gba_kg.lint import formatting, prefixes, undescribed, vocabulary
from gba_kg.namespaces import shrink

CHECKS = sorted((ROOT / "queries" / "checks").glob("*.rq"))
CASES = sorted((ROOT / "tests" / "cases" / "checks").glob("*.ttl"))


def test_every_check_has_a_bad_file() -> None:
    assert CHECKS
    assert [path.stem for path in CHECKS] == [path.stem for path in CASES]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_check_fires_on_its_bad_file(path: Path) -> None:
    found = [finding for finding in run_checks(gba_kg.load(path)) if finding.rule == path.stem]
    assert found
    assert all(finding.line and finding.focus for finding in found)


def test_bundled_graph_passes_all_checks(graph: gba_kg.Graph) -> None:
    assert list(run_checks(graph)) == []


def test_bundled_graph_is_described_and_answers(graph: gba_kg.Graph) -> None:
    assert list(undescribed(graph)) == []
    assert list(answers(graph)) == []


def _shapes() -> Graph:
    return Graph((), tuple(find_files([ROOT / "shapes"])))


def test_bundled_files_are_formatted_and_use_the_one_prefix_table(graph: gba_kg.Graph) -> None:
    files = [*graph.vocabulary, *graph.files, *_shapes().vocabulary]
    assert list(formatting(files)) == []
    assert list(prefixes(files)) == []


def test_bundled_terms_exist_and_are_used(graph: gba_kg.Graph) -> None:
    queries = (ROOT / "queries").rglob("*.rq")
    assert list(vocabulary(graph, _shapes(), queries, ROOT / "ontology" / "external-terms.tsv")) == []


BAD = """@prefix gba: <https://w3id.org/gba-kg/ontology#> .
@prefix measure: <https://w3id.org/gba-kg/measures/> .
@prefix place: <https://w3id.org/gba-kg/place/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<https://w3id.org/gba-kg/measure/x> a gba:Mesure ;
    skos:prefLable "x"@en ; gba:connects place:atlantis .
"""


@pytest.fixture
def bad(tmp_path: Path) -> Graph:
    path = tmp_path / "bad.ttl"
    path.write_text(BAD)
    return gba_kg.load(path)


def _at(findings: list[Finding]) -> set[tuple[str, str | None, int | None]]:
    return {(finding.rule, finding.focus or finding.value, finding.line) for finding in findings}


def test_lint_finds_planted_faults(bad: Graph) -> None:
    found = list(vocabulary(bad, _shapes(), [], ROOT / "ontology" / "external-terms.tsv"))
    unknown = _at([finding for finding in found if finding.rule == "unknown-term"])
    assert unknown == {
        ("unknown-term", "https://w3id.org/gba-kg/ontology#Mesure", 6),
        ("unknown-term", "http://www.w3.org/2004/02/skos/core#prefLable", 7),
    }
    assert any(finding.rule == "unused-term" for finding in found), "without data and queries, terms are unused"
    assert [(f.rule, f.line) for f in prefixes(bad.files)] == [("prefix", 2)]
    assert [f.rule for f in formatting(bad.files)] == ["format"]
    assert {shrink(f.value or "") for f in undescribed(bad)} == {"gba:Mesure", "place:atlantis"}
