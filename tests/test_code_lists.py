"""Every rule of code lists fires at its place and is silent on a near miss and on the bundled graph."""

from __future__ import annotations

from pathlib import Path

import pytest

import gba_kg
from gba_kg.checks import check
from gba_kg.code_lists import code_lists
from gba_kg.facts import Facts
from gba_kg.rules.code_lists import CODE_LIST_TEXTS

HEAD = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix ex: <https://e.org/> .\n"


def _concept(name: str, rest: str = "", *, label: str | None = None) -> str:
    return (
        f'ex:{name} a skos:Concept ; skos:inScheme ex:s ; skos:prefLabel "{label or name}"@en ; '
        f'skos:definition "d"@en .\n{rest}\n'
    )


CASES = {
    "concept-cycle": (_concept("a", "ex:a skos:broader ex:a ."), _concept("a", "ex:b skos:broader ex:a ."), (4, 19)),
    "concept-related-broader": (
        _concept("a", "ex:a skos:related ex:b .") + _concept("b", "ex:b skos:broader ex:a ."),
        _concept("a", "ex:a skos:related ex:b .") + _concept("b"),
        (4, 19),
    ),
    "concept-label": (
        _concept("a") + _concept("b", label="a"),
        _concept("a") + _concept("b", 'ex:b skos:prefLabel "a"@de .'),
        (5, 59),
    ),
    "concept-definition": (
        "ex:a a skos:Concept ; skos:inScheme ex:s .",
        _concept("a"),
        (3, 1),
    ),
    "concept-scheme": (
        'ex:a a skos:Concept ; skos:definition "d"@en .',
        'ex:a a skos:Concept ; skos:definition "d"@en ; skos:topConceptOf ex:s .',
        (3, 1),
    ),
    "concept-top": (
        _concept("a") + _concept("b", "ex:b skos:broader ex:a ; skos:topConceptOf ex:s ."),
        _concept("a") + _concept("b", "ex:b skos:broader ex:a ; skos:topConceptOf ex:t ."),
        (6, 44),
    ),
}


def _load(folder: Path, text: str) -> gba_kg.Graph:
    path = folder / "concepts.ttl"
    path.write_text(HEAD + text, encoding="utf-8")
    return gba_kg.load(path)


def test_every_rule_has_a_case() -> None:
    assert set(CASES) == set(CODE_LIST_TEXTS)


@pytest.mark.parametrize("rule", sorted(CASES))
@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_rule_fires_at_its_place_and_not_on_a_near_miss(rule: str, language: str, tmp_path: Path) -> None:
    bad, good, place = CASES[rule]
    found = [f for f in code_lists(Facts(_load(tmp_path, bad)), language) if f.focus and "e.org" in f.focus]
    assert [(f.rule, f.line, f.column) for f in found] == [(rule, *place)]
    assert "ex:" in found[0].message or "e.org" in found[0].message
    assert [f for f in code_lists(Facts(_load(tmp_path, good)), language) if f.focus and "e.org" in f.focus] == []


def test_cycle_over_two_concepts_stated_from_either_side(tmp_path: Path) -> None:
    text = _concept("a", "ex:a skos:broader ex:b .") + _concept("b", "ex:a skos:narrower ex:b .")
    found = [f for f in code_lists(Facts(_load(tmp_path, text))) if f.rule == "concept-cycle"]
    assert [f.focus for f in found] == ["https://e.org/a", "https://e.org/b"]


def test_check_runs_them(tmp_path: Path) -> None:
    report = check(_load(tmp_path, CASES["concept-cycle"][0]), bundled_data=False)
    assert "concept-cycle" in {finding.rule for finding in report.findings}


def test_bundled_code_lists_are_clean(graph: gba_kg.Graph) -> None:
    assert list(code_lists(Facts(graph))) == []
