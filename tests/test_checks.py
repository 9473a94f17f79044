"""Every check query fires on its bad file, and on nothing in the bundled graph."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT

import gba_kg
from gba_kg.checks import answers, run_checks

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


def test_bundled_graph_answers(graph: gba_kg.Graph) -> None:
    assert list(answers(graph)) == []
