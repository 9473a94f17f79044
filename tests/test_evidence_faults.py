"""Each fault that the proof of evidence knows, planted in a small document with a small graph, in three languages."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

import gba_kg
from gba_kg.evidence import prove
from gba_kg.findings import Finding
from gba_kg.rules import LANGUAGES
from gba_kg.rules.evidence import EVIDENCE_TEXTS

PRINTED = (
    "案例一 便利通关\n2023年7月1日起，国务院批复《便利办法》，发放6.4万多副车牌，约3万至5万人受益，又有7家。\n"
    + "文" * 400
    + "到2024年底。\n尾声\n"
)
HEAD = """@prefix b: <https://w3id.org/gba-kg/x/> . @prefix bound: <https://w3id.org/gba-kg/bound/> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix gba: <https://w3id.org/gba-kg/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
RECORDS = """
b:source a gba:Source ; gba:fileName "a.txt" ; gba:sha256 "{digest}" ; gba:characters {length} .
b:case a gba:Case , gba:Section ; gba:heading "案例一" ; dcterms:title "便利通关" ; gba:extent b:extent ;
  gba:evidence b:title .
b:law a gba:Instrument ; dcterms:title "便利办法" ; gba:date "2023-07-01" ; gba:dateStart "2023-07-01" ;
  gba:dateEnd "2023-07-01" ; gba:evidence b:law-title , b:day .
b:plates a gba:Outcome ; gba:evidence b:figure ; gba:verbatim "6.4万多副" ;
  gba:value 64000.0 ; gba:bound bound:more-than ;
  gba:asOf "2023-07-01" ; gba:asOfStart "2023-07-01" ; gba:asOfEnd "2023-07-01" ; gba:asOfEvidence b:day .
b:people a gba:Outcome ; gba:evidence b:range ; gba:verbatim "3万至5万人" ;
  gba:minValue 30000.0 ; gba:maxValue 50000.0 ; gba:bound bound:range .
bound:more-than skos:notation "more-than" .
bound:range skos:notation "range" .
bound:exact skos:notation "exact" .
b:council a gba:Participation ; gba:actor b:actor ; gba:evidence b:name .
b:actor a gba:Agency ; skos:prefLabel "国务院" .
b:reviewed a gba:ReviewedNumeral ; gba:wording "又有7家" .
"""
PASSAGES = {
    "extent": PRINTED[: PRINTED.index("尾声")],
    "title": "便利通关",
    "law-title": "《便利办法》",
    "day": "2023年7月1日",
    "figure": "6.4万多副",
    "range": "3万至5万人",
    "name": "国务院",
    "late": "2024年底",
    "both": "6.4万多副车牌，约3万至5万人",
}
# Of each rule and fault: what is changed in the records, and what the message holds in English.
FAULTS: dict[tuple[str, str], tuple[str, str, str]] = {
    ("evidence-source", "absent"): ('"a.txt"', '"b.txt"', "the document 'b.txt' is not in the folder"),
    ("evidence-source", "digest"): ('gba:sha256 "', 'gba:sha256 "0', "the SHA-256 of the document is "),
    ("evidence-source", "length"): ("gba:characters ", "gba:characters 1", f"has {len(PRINTED)} characters"),
    ("evidence-span", "unreadable"): (
        "b:name oa:hasSource b:source",
        "b:name oa:hasSource b:no",
        "no readable document",
    ),
    ("evidence-span", "beyond"): ("title-span oa:start 4", "title-span oa:start 9999", "the document has no span 9999"),
    ("evidence-span", "outside"): ("extent-span oa:start 0", "extent-span oa:start 5", "the span lies outside "),
    ("evidence-quotation", "differs"): ('oa:exact "国务院"', 'oa:exact "国务局"', "the span reads '国务院'"),
    ("evidence-heading", "extent"): ("gba:extent b:extent ;", "", "the section has no extent"),
    ("evidence-heading", "differs"): (
        'gba:heading "案例一"',
        'gba:heading "案例二"',
        "the section begins with '案例一 便利通关",
    ),
    ("evidence-title", "unquoted"): ('"便利办法"', '"便捷办法"', "no passage of the record quotes its title"),
    ("evidence-name", "unquoted"): ("; gba:evidence b:name", "", "no passage quotes the name of"),
    ("evidence-name", "other"): (
        '"国务院" .\nb:reviewed',
        '"国务厅" .\nb:reviewed',
        "the passage reads 国务院, which is no name",
    ),
    ("evidence-date", "unquoted"): ("; gba:asOfEvidence b:day", "", "no passage quotes the date"),
    ("evidence-date", "far"): ("asOfEvidence b:day", "asOfEvidence b:late", "stands over 400 characters"),
    ("evidence-date", "none"): ("b:law-title , b:day", "b:law-title", "gives no date, not 2023-07-01"),
    ("evidence-date", "differs"): (
        'gba:date "2023-07-01"',
        'gba:date "2023-07-02"',
        "gives 2023-07-01, not 2023-07-02",
    ),
    ("evidence-date", "interval"): ('asOfEnd "2023-07-01"', 'asOfEnd "2023-07-31"', "2023-07-01 makes this 2023-07-01"),
    ("evidence-figure", "unquoted"): ('"6.4万多副"', '"6.4万副"', "no passage of the outcome quotes this figure"),
    ("evidence-figure", "several"): (
        'b:range ; gba:verbatim "3万至5万人"',
        f'b:both ; gba:verbatim "{PASSAGES["both"]}"',
        "holds 2 figures where",
    ),
    ("evidence-figure", "value"): ("gba:value 64000.0", "gba:value 6400.0", "the print gives 64000"),
    ("evidence-figure", "range"): ("gba:maxValue 50000.0", "gba:maxValue 5.0", "the print gives 30000 to 50000"),
    ("evidence-figure", "bound"): ("bound:more-than", "bound:exact", "the print says more-than"),
    ("evidence-numeral", "uncovered"): ('"又有7家"', '"又有8家"', "the numeral '7' at "),
    ("evidence-numeral", "between"): (
        f"oa:start 0 ; oa:end {len(PASSAGES['extent'])}",
        "oa:start 0 ; oa:end 20",
        "stands in no section",
    ),
    ("evidence-wording", "idle"): ('"又有7家"', '"便利"', "this reviewed wording covers no numeral"),
}


def _graph_text() -> str:
    digest = hashlib.sha256(PRINTED.encode()).hexdigest()
    text = HEAD + RECORDS.format(digest=digest, length=len(PRINTED))
    for name, words in PASSAGES.items():
        start = PRINTED.index(words)
        exact = "" if name == "extent" else f' ; oa:exact "{words}"'
        section = "" if name == "extent" else " ; gba:section b:case"
        text += f"b:{name} oa:hasSource b:source ; oa:hasSelector b:{name}-span{section} ; a gba:Passage .\n"
        text += f"b:{name}-span oa:start {start} ; oa:end {start + len(words)}{exact} .\n"
    return text


def _prove(folder: Path, text: str, language: str = "en") -> list[Finding]:
    (folder / "a.txt").write_bytes(PRINTED.encode())
    (folder / "graph.ttl").write_text(text)
    (folder / "ontology.ttl").write_text(HEAD + "b:actor a gba:Agency .")
    return list(prove(gba_kg.load(folder / "graph.ttl", folder / "ontology.ttl"), folder, language).findings)


def test_the_small_graph_is_proved(tmp_path: Path) -> None:
    assert _prove(tmp_path, _graph_text()) == []


def test_every_fault_is_planted() -> None:
    assert set(FAULTS) == {(rule, fault) for rule, (_, _, faults) in EVIDENCE_TEXTS.items() for fault in faults}


@pytest.mark.parametrize(("rule", "fault"), FAULTS, ids=["-".join(key) for key in FAULTS])
def test_fault_is_told_in_three_languages(rule: str, fault: str, tmp_path: Path) -> None:
    old, new, said = FAULTS[rule, fault]
    text = _graph_text()
    assert old in text
    changed = text.replace(old, new, 1)
    pattern = [re.sub(r"\\\{.*?\\\}", ".*", re.escape(words)) for words in EVIDENCE_TEXTS[rule][2][fault]]
    for language, shape in zip(LANGUAGES, pattern, strict=True):
        messages = [finding.message for finding in _prove(tmp_path, changed, language) if finding.rule == rule]
        told = [message for message in messages if re.fullmatch(shape, message, re.DOTALL)]
        assert told, messages
        assert language != "en" or said in told[0]
