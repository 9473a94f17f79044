"""Every rule of lint fires at its place, in three languages, is silent on a near miss and on the bundled graph."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT

import gba_kg
from gba_kg.checks import check
from gba_kg.cli import main
from gba_kg.facts import Facts
from gba_kg.files import find_files
from gba_kg.graph import Graph
from gba_kg.lint import lint
from gba_kg.lint.files import formatting, prefixes
from gba_kg.lint.individuals import REFERRED_TO
from gba_kg.lint.subject_matter import Matter
from gba_kg.lint.terms import unused_terms
from gba_kg.lint_texts import LINT_TEXTS
from gba_kg.rules import RULES

HEAD = """@prefix e: <https://e.org/> .
@prefix n: <https://e.org/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
# Of the rules for any data: a fault, near misses, line and column.
GENERIC = {
    "unknown-term": (
        "n:Book a owl:Class . e:a a n:Boook .",
        "n:Book a owl:Class . e:a a n:Book , <https://other.example/ns#Boook> .",
        (5, 28),
    ),
    "undescribed": (
        "e:a a e:C ; e:p e:b .",
        "e:a a e:C ; e:p e:a , <https://other.example/b> , <https://e.org/> ; skos:note <https://e.org/x/y> .",
        (5, 17),
    ),
    "translation-gap": (
        'e:a skos:prefLabel "a"@en-GB , "a"@de .',
        'e:a skos:prefLabel "a"@en-GB , "a"@FR ; skos:altLabel "x"@en ; skos:definition "d"@de ; skos:note "n" .',
        (5, 20),
    ),
    "unused-individual": (
        "e:a a n:Author ; skos:related e:a . e:l a e:List ; skos:member e:a .",
        'e:a a n:Author ; skos:editorialNote "why"@en , "w"@fr . e:b a n:Author . e:c a n:Book ; e:by e:b .',
        (5, 1),
    ),
}
# Terms of which nothing says that they are described elsewhere are not in question there.
ASKED = {"languages": ["en", "fr"], "referred_to": [gba_kg.facts.ox.NamedNode("https://e.org/ns#Author")]}


def _load(folder: Path, text: str) -> Graph:
    path = folder / "x.ttl"
    path.write_text(HEAD + text + "\n", encoding="utf-8")
    return gba_kg.load(path, path)


def _at(graph: Graph, language: str = "en", **asked: object) -> list[tuple[object, ...]]:
    found = lint(graph, Graph(()), bundled_data=False, language=language, **asked).findings
    return [(f.rule, f.line, f.column, f.message) for f in found]


@pytest.mark.parametrize("rule", GENERIC)
@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_rule_for_any_data(rule: str, language: str, tmp_path: Path) -> None:
    bad, good, place = GENERIC[rule]
    found = _at(_load(tmp_path, bad), language, **ASKED)
    assert [entry[:3] for entry in found] == [(rule, *place)]
    assert "e.org" in str(found[0][3])
    assert _at(_load(tmp_path, good), language, **ASKED) == []


def test_two_rules_wait_to_be_asked(tmp_path: Path) -> None:
    for rule in ("translation-gap", "unused-individual"):
        assert _at(_load(tmp_path, GENERIC[rule][0])) == []


OWN = """@prefix gba: <https://w3id.org/gba-kg/ontology#> .
@prefix measure: <https://w3id.org/gba-kg/measures/> .
@prefix place: <https://w3id.org/gba-kg/place/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix zzz: <https://w3id.org/gba-kg/zzz/> .

<https://w3id.org/gba-kg/measure/x> a gba:Mesure ;
    skos:prefLable "x"@en ; gba:connects place:atlantis .
place:macau a gba:City ;
    skos:prefLabel "Macau"@en .
measure:x a zzz:y .
"""


@pytest.fixture
def bad(tmp_path: Path) -> Graph:
    path = tmp_path / "bad.ttl"
    path.write_text(OWN)
    return gba_kg.load(path)


def _shapes() -> Graph:
    return Graph(tuple(find_files([ROOT / "shapes"])))


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_all_rules_for_the_project(bad: Graph, language: str) -> None:
    report = lint(bad, _shapes(), bundled_data=True, language=language)
    assert {finding.rule for finding in report.findings} == set(LINT_TEXTS)
    assert {
        (f.rule, f.line, f.column, f.value or f.focus) for f in report.findings if (f.file or "").endswith("bad.ttl")
    } == {
        ("format", 8, 1, None),
        ("prefix", 2, 9, "https://w3id.org/gba-kg/measures/"),
        ("prefix-unknown", 5, 9, "https://w3id.org/gba-kg/zzz/"),
        ("unknown-term", 7, 39, "https://w3id.org/gba-kg/ontology#Mesure"),
        ("unknown-term", 8, 20, "http://www.w3.org/2004/02/skos/core#prefLable"),
        ("undescribed", 8, 42, "https://w3id.org/gba-kg/place/atlantis"),
        ("translation-gap", 10, 20, "https://w3id.org/gba-kg/place/macau"),
        ("unused-individual", 9, 1, "https://w3id.org/gba-kg/place/macau"),
        ("translation-gap", 8, 20, "https://w3id.org/gba-kg/measure/x"),
    }


def test_without_data_and_queries_terms_are_unused(bad: Graph) -> None:
    matter = Matter(bad, Graph(()), True, Facts(bad))
    found = list(unused_terms(matter, []))
    assert {finding.rule for finding in found} == {"unused-term"}
    unused = {finding.focus for finding in found}
    assert "https://w3id.org/gba-kg/ontology#Measure" in unused
    assert "https://w3id.org/gba-kg/ontology#HengqinMeasure" not in unused, "a skos:editorialNote says why"


def test_bundled_graph_has_no_finding(graph: gba_kg.Graph) -> None:
    report = lint(graph, _shapes(), bundled_data=True)
    assert report.findings == ()
    assert report.checked["files"] == len([*graph.vocabulary, *graph.files, *_shapes().files])


def test_classes_to_be_referred_to_have_individuals(graph: gba_kg.Graph) -> None:
    facts = Facts(graph)
    assert [name for name in REFERRED_TO if not facts.instances(name)] == []


def test_check_runs_lint_and_contradictions(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text(HEAD + GENERIC["undescribed"][0] + "\ne:q a owl:Class , owl:Nothing .\n", encoding="utf-8")
    rules = {finding.rule for finding in check(gba_kg.load(path, path), bundled_data=False).findings}
    assert {"undescribed", "owl-cls-nothing2"} <= rules


def test_what_a_shape_says_is_not_said_again(bad: Graph) -> None:
    report = check(bad, bundled_data=True, sources=ROOT / "data")
    label = [
        f for f in report.findings if f.focus and f.focus.endswith("macau") and (f.path or "").endswith("prefLabel")
    ]
    assert label
    assert "translation-gap" not in {finding.rule for finding in label}


def test_bundled_files_by_themselves(graph: gba_kg.Graph) -> None:
    files = [*graph.vocabulary, *graph.files]
    assert list(formatting({file: list(file.quads()) for file in files})) == []
    assert list(prefixes(files)) == []


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.ttl").write_text(HEAD + GENERIC["translation-gap"][0] + GENERIC["unused-individual"][0])
    words = ["lint", "--data", "x.ttl", "--ontology", "x.ttl"]
    assert main(words) == 0
    assert main([*words, "--languages", "en,fr", "--referred-to", "https://e.org/ns#Author"]) == 1
    said = capsys.readouterr().out
    assert "[translation-gap]" in said
    assert "[unused-individual]" in said
    Path("s.ttl").write_text(HEAD + 'e:s skos:note "only"@en .')
    assert main([*words, "--shapes", "s.ttl", "--languages", "en,fr"]) == 1
    assert "s.ttl:5:15: warning" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [["--languages", "en"], ["--languages", "en,f r"], ["--referred-to", "no iri"], ["--shapes", "none.ttl"]]
)
def test_command_refuses(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", *words]) == 2
    assert capsys.readouterr().err


def test_every_rule_is_in_the_table() -> None:
    assert set(LINT_TEXTS) <= set(RULES)
