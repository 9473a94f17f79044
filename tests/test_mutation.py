"""The cases of the shapes notice every mutant, a sample of the data's mutants is noticed or explained.

All shapes take more than a minute: ``make mutation`` runs them, here stand a few.
"""

from __future__ import annotations

from pathlib import Path

import mutation
import pytest

STEMS = ("Delivery", "Lineage", "Organization", "Person", "Post", "Response", "Uptake", "WorkPlan")


@pytest.mark.parametrize("stem", STEMS)
def test_each_mutant_of_shapes_is_noticed_by_a_case(stem: str) -> None:
    assert list(mutation.mutants_of_shapes(stem))
    survivors = mutation.surviving_shapes(stem)
    assert mutation.unexplained(survivors) == []
    assert mutation.stale([stem], survivors) == []


def test_mutants_survive_where_cases_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The run itself can fail: with the valid cases alone, what makes a shape weaker goes unnoticed."""
    cases = tuple(case for case in mutation.cases("Person") if not case[2])
    monkeypatch.setattr(mutation, "cases", lambda _: cases)
    mutants = list(mutation.mutants_of_shapes("Person"))
    assert len({mutant.name for mutant in mutants}) == len(mutants)
    survivors = [mutant.name for mutant in mutants if not mutation.killed_by_cases("Person", mutant)]
    assert any(name.startswith("Person: drop") for name in survivors)
    assert mutation.unexplained(survivors) == survivors


def test_each_mutant_of_a_sample_of_the_data_is_noticed_or_explained(documents: Path) -> None:
    assert documents.is_dir()
    mutants = list(mutation.mutants_of_data(6, seed=1))
    assert mutants == list(mutation.mutants_of_data(6, seed=1))
    graph, _ = mutation.bundled_graph()
    before = len(graph)
    survivors = [mutant.name for mutant in mutants if not mutation.killed_by_findings(mutant)]
    assert len(survivors) < len(mutants)
    assert mutation.unexplained(survivors) == []
    assert len(graph) == before


def test_the_reviewed_list_is_in_order_and_gives_reasons() -> None:
    reasons = mutation.explained()
    assert reasons
    assert list(reasons) == sorted(reasons)
    assert all(len(reason) > 20 for reason in reasons.values())
    stems = {name.split(":")[0] for name in reasons}
    assert stems <= {"data", *mutation.stems_of_shapes()}
