"""Profiles and baselines: what is reported, how grave it is, what is accepted, and where a file of them is wrong."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gba_kg.baseline import Baseline, read_baseline
from gba_kg.cli import main
from gba_kg.errors import InputError
from gba_kg.findings import Finding, Report
from gba_kg.fingerprints import fingerprints
from gba_kg.marked_yaml import quoted, read_yaml
from gba_kg.profile import read_profile

EXAMPLE = ROOT / "examples" / "library-loans"
WORDS = [
    "validate", "--ontology", str(EXAMPLE / "ontology"), "--shapes", str(EXAMPLE / "shapes"),
    "--data", str(EXAMPLE / "data"), "--data", str(EXAMPLE / "broken"),
]  # fmt: skip
FOUND = ["Loan-lentOn-first", "Loan-reader", "Loan-book-is-in", "Loan-book-is-in"]
DAY = date(2027, 1, 31)


class Run:
    """Runs the command on the example in an empty folder."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys
        self.err = ""

    def __call__(self, *words: str, command: list[str] = WORDS) -> tuple[int, list[dict[str, object]], dict[str, int]]:
        code = main([*command, "--format", "json", *words])
        out, self.err = self.capsys.readouterr()
        report = json.loads(out) if out else {"findings": [], "checked": {}}
        return code, report["findings"], report["checked"]

    def rules(self, *words: str, command: list[str] = WORDS) -> list[str]:
        return [str(finding["rule"]) for finding in self(*words, command=command)[1]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return Run(capsys)


# Profiles


def test_profile_changes_severities_and_turns_rules_off(run: Run) -> None:
    assert run.rules() == FOUND
    Path("p.yaml").write_text("rules:\n  Loan-*: info\n  Loan-reader: off\n  Loan-lentOn-first: warning\n")
    code, findings, checked = run("--profile", "p.yaml")
    assert [(f["rule"], f["severity"]) for f in findings] == [
        ("Loan-lentOn-first", "warning"),
        ("Loan-book-is-in", "info"),
        ("Loan-book-is-in", "info"),
    ]
    assert (code, checked["off"]) == (1, 1)
    assert run("--profile", "p.yaml", "--fail-on", "warning")[0] == 1
    assert run("--profile", "p.yaml", "--fail-on", "violation")[0] == 0


@pytest.mark.parametrize(
    ("text", "rule", "file", "level"),
    [
        ("rules: {a*: off, ab: info}", "ab", None, "info"),
        ("rules: {ab: info, a*: off}", "ab", None, "info"),
        ("rules: {a*: off, '*b': warning}", "ab", None, "warning"),
        ("rules: {'*b': warning, a*: off}", "ab", None, None),
        ("rules: {'a?': info}", "abc", None, "violation"),
        ("rules: {ab: off}\nfiles: {'old/*': {a*: warning}}", "ab", "old/x/y.ttl", "warning"),
        ("files: {'old/*': {a*: warning}}\nrules: {ab: off}", "ab", "old/x.ttl", "warning"),
        ("files: {'old/*': {a*: warning}}", "ab", "new/old/x.ttl", "violation"),
        ("files: {'old/*': {a*: warning}}", "ab", None, "violation"),
        ('rules: {"ab": "off"}', "AB", None, "violation"),
    ],
)
def test_which_entry_of_a_profile_wins(
    text: str, rule: str, file: str | None, level: str | None, tmp_path: Path
) -> None:
    (tmp_path / "p.yaml").write_text(text)
    report = read_profile(tmp_path / "p.yaml").apply(Report((Finding(rule, "said", file=file),)))
    assert [finding.severity for finding in report.findings] == ([level] if level else [])
    assert report.checked == {"off": 0 if level else 1}


# What a file may hold that is no profile: the place and the words of the error.
NO_PROFILES = {
    "rules:\n  Loan-raeder: off\n": (
        "2:3",
        "no rule has the id 'Loan-raeder' or matches it (did you mean Loan-reader?)",
    ),
    "rules:\n  Loan-reader: off\n  Lone-*: off\n": ("3:3", "no rule has the id 'Lone-*'"),
    "files:\n  '*':\n    nothing-*: off\n": ("3:5", "no rule has the id 'nothing-*'"),
    "rules:\n  Loan-reader: fatal\n": ("2:16", "unknown level 'fatal': there are violation, warning, info, off"),
    "rules:\n  Loan-reader:\n": ("2:15", "unknown level ''"),
    "rules:\n  Loan-reader: [off]\n": ("2:16", "a level is text, not a list"),
    "rules:\n  Loan-reader: off\n  Loan-reader: info\n": ("3:3", "the key 'Loan-reader' stands here a second time"),
    "rules:\n  a: off\nrules:\n  b: off\n": ("3:1", "the key 'rules' stands here a second time, first in line 1"),
    "rule:\n  Loan-reader: off\n": ("1:1", "unknown key 'rule': there are rules and files"),
    "rules: off\n": ("1:8", "is a mapping, not text"),
    "files: [x]\n": ("1:8", "'files' is a mapping, not a list"),
    "rules: {}\n": ("1:1", "says nothing of any rule"),
    "- a\n": ("1:1", "a profile is a mapping, not a list"),
    "": (None, "this file holds no YAML"),
    "# only words\n": (None, "this file holds no YAML"),
    "rules:\n  *-reader: off\n": ("2:3", "anchors and aliases"),
    "rules: &x\n  a: off\n": ("1:8", "anchors and aliases"),
    "rules:\n  Loan-reader: !!python/object/apply:os.system [touch x]\n": ("2:16", "tags are not read"),
    "rules:\n  a: b: c\n": ("2:7", "not YAML"),
    "rules:\n\ta: off\n": ("2:1", "not YAML"),
    "rules:\n  é😀: \x07\n": ("2:7", "must be written as an escape"),
    "rules:\n  ? [a]\n  : off\n": ("2:5", "a key is text, not a list"),
    "rules: {}\n---\nrules: {}\n": ("2:1", "a second document"),
    "[" * 100_000: ("1:9", "stand more than 8 deep"),
}


@pytest.mark.parametrize("text", NO_PROFILES, ids=range(len(NO_PROFILES)))
def test_no_profile(text: str, run: Run) -> None:
    place, said = NO_PROFILES[text]
    Path("p.yaml").write_text(text)
    assert run("--profile", "p.yaml") == (2, [], {})
    assert run.err.startswith(f"gba-kg: p.yaml:{place}: " if place else "gba-kg: p.yaml: ")
    assert said in run.err
    assert not Path("x").exists()


def test_a_profile_that_cannot_be_read(run: Run) -> None:
    assert run("--profile", "none.yaml")[0] == 2
    assert "none.yaml: No such file" in run.err
    Path("p.yaml").write_bytes(b"rules:\n  \xff: off\n")
    assert run("--profile", "p.yaml")[0] == 2
    assert "p.yaml:2: not UTF-8 text" in run.err


def test_every_kind_of_rule_may_stand_in_a_profile(run: Run) -> None:
    """Rules of the package, check queries, shapes without a name; and none of another repository's shapes."""
    rules = ("uncovered-class", "evidence-*", "owl-*", "query-answer", "figure_twice", "unnamed-shape", "label")
    Path("p.yaml").write_text("rules:\n" + "".join(f"  {rule}: off\n" for rule in rules))
    assert run("--profile", "p.yaml")[0] == 1
    Path("p.yaml").write_text("rules: {Measure-title: off}")
    assert run("--profile", "p.yaml")[0] == 2


# Baselines


def _adopt(run: Run, *words: str) -> None:
    code, findings, checked = run("--baseline", "b.yaml", "--update-baseline", "--reason", "old", *words)
    assert (code, findings, checked["accepted"]) == (0, [], 4)


def test_baseline_adopts_what_is_found_in_one_command(run: Run) -> None:
    _adopt(run)
    code, findings, checked = run("--baseline", "b.yaml")
    assert (code, findings, checked["accepted"]) == (0, [], 4)
    text = Path("b.yaml").read_text()
    assert text.startswith("# Findings that gba-kg accepts for now.")
    assert '  - rule: "Loan-reader"\n    focus: "https://library.example/loan/5"\n    file: "' in text
    assert text.count('    reason: "old"\n') == 4
    _adopt(run)
    assert Path("b.yaml").read_text() == text, "the same bytes"
    assert not [path for path in Path().iterdir() if path.name != "b.yaml"]


def test_an_entry_needs_a_reason(run: Run) -> None:
    code, findings, _ = run("--baseline", "b.yaml", "--update-baseline")
    assert (code, {f["rule"] for f in findings}) == (1, {"baseline-reason"})
    assert [(f["file"], f["line"], f["column"]) for f in findings] == [("b.yaml", 4 + 5 * n, 5) for n in range(4)]
    assert all(f["severity"] == "warning" for f in findings)
    assert run("--baseline", "b.yaml")[1] == findings
    Path("b.yaml").write_text(Path("b.yaml").read_text().replace('reason: ""', "reason: because", 1))
    assert len(run("--baseline", "b.yaml")[1]) == 3
    _adopt(run)
    text = Path("b.yaml").read_text()
    assert (text.count('reason: "because"'), text.count('reason: "old"')) == (1, 3)


def test_an_expired_entry_accepts_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    _adopt(run)
    text = Path("b.yaml").read_text()
    first = text.index("fingerprint")
    Path("b.yaml").write_text(text[:first] + "expires: 2027-01-31\n    " + text[first:])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1801439999")  # 2027-01-31T23:59:59Z
    assert run("--baseline", "b.yaml")[0] == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1801440000")
    code, findings, checked = run("--baseline", "b.yaml")
    assert (code, checked["accepted"]) == (1, 3)
    told = {f["rule"]: (f["file"], f["line"]) for f in findings}
    assert told.pop("baseline-expired") == ("b.yaml", 4)
    assert list(told) == ["Loan-book-is-in"], "what was accepted is told again, at its own place"
    code, again, _ = run("--baseline", "b.yaml", "--update-baseline")
    assert again == findings, "an update keeps the day, so that somebody decides"
    assert "    expires: 2027-01-31\n" in Path("b.yaml").read_text()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert run("--baseline", "b.yaml")[0] == 2
    assert "SOURCE_DATE_EPOCH is a number of seconds" in run.err


def test_an_unmatched_entry_is_reported_and_dropped(run: Run) -> None:
    _adopt(run)
    alone = [word for word in WORDS if "broken" not in word][:-1]
    code, findings, checked = run("--baseline", "b.yaml", command=alone)
    assert (code, {f["rule"] for f in findings}, checked["accepted"]) == (1, {"baseline-unmatched"}, 0)
    assert [f["line"] for f in findings] == [4, 9, 14, 19]
    assert run("--baseline", "b.yaml", "--update-baseline", command=alone)[:2] == (0, [])
    assert Path("b.yaml").read_text().endswith("accepted: []\n")
    assert run.rules("--baseline", "b.yaml") == FOUND


@pytest.mark.parametrize(
    ("language", "word"), [("en", "no longer found"), ("zh-Hans", "已不再出现"), ("zh-Hant", "已不再出現")]
)
def test_the_rules_of_a_baseline_in_three_languages(language: str, word: str, run: Run) -> None:
    _adopt(run)
    alone = [word for word in WORDS if "broken" not in word][:-1]
    _, findings, _ = run("--baseline", "b.yaml", "--lang", language, command=alone)
    assert all(word in str(finding["message"]) for finding in findings)
    assert "Loan-reader (https://library.example/loan/5)" in str(findings[3]["message"])


def test_profile_comes_before_baseline_and_has_a_say_on_its_rules(run: Run) -> None:
    _adopt(run)
    Path("p.yaml").write_text("rules: {Loan-reader: off}")
    assert run.rules("--baseline", "b.yaml", "--profile", "p.yaml") == ["baseline-unmatched"]
    Path("p.yaml").write_text("rules: {Loan-reader: off, baseline-*: info}")
    assert run("--baseline", "b.yaml", "--profile", "p.yaml", "--fail-on", "warning")[0] == 0
    Path("p.yaml").write_text("rules: {Loan-*: info}")
    assert run("--baseline", "b.yaml", "--profile", "p.yaml")[0] == 0, "another severity is the same finding"


def test_rules_that_did_not_run_are_not_judged(run: Run, tmp_path: Path) -> None:
    """A baseline may be of ``check``: another command leaves the entries of what it does not look for alone."""
    entry = '  - rule: "{}"\n    reason: "why"\n    fingerprint: "{}"\n'
    others = ("evidence-date", "owl-cax-dw", "concept-label", "figure_twice", "query-answer")
    _adopt(run)
    added = "".join(entry.format(rule, f"{number:032x}") for number, rule in enumerate(others))
    Path("b.yaml").write_text(Path("b.yaml").read_text() + added)
    assert run("--baseline", "b.yaml")[0] == 0
    _adopt(run)
    text = Path("b.yaml").read_text()
    assert all(f'rule: "{rule}"' in text for rule in others)
    for sources, judged in ((tmp_path / "none", {1, 2, 3, 4}), (ROOT / "tests", {0, 1, 2, 3, 4})):
        words = ["check", *WORDS[1:], "--sources", str(sources)]
        _, findings, _ = run("--baseline", "b.yaml", command=words)
        assert {int(str(f["value"]), 16) for f in findings} == judged
        assert {f["rule"] for f in findings} == {"baseline-unmatched"}


def test_rules_that_were_not_asked_for_are_not_judged(run: Run) -> None:
    """Those of ``lint`` that need an option: without it, they were not looked for."""
    Path("d.ttl").write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n<urn:a> skos:definition 'word'@en ."
    )
    words = ["lint", "--data", "d.ttl", "--ontology", "d.ttl"]
    asked = ["--languages", "en,zh-Hans"]
    told = run("--baseline", "b.yaml", "--update-baseline", "--reason", "old", command=[*words, *asked])
    assert (told[0], told[2]["accepted"]) == (0, 1)
    assert 'rule: "translation-gap"' in Path("b.yaml").read_text()
    assert run("--baseline", "b.yaml", command=words)[:2] == (0, [])
    Path("d.ttl").write_text("<urn:a> a <http://www.w3.org/2004/02/skos/core#Concept> .")
    assert "baseline-unmatched" not in run.rules("--baseline", "b.yaml", command=words)
    assert "baseline-unmatched" in run.rules("--baseline", "b.yaml", command=[*words, *asked])


def test_options_that_do_not_go_together(run: Run) -> None:
    for words, said in (
        (("--update-baseline",), "name it with --baseline"),
        (("--baseline", "b.yaml", "--reason", "x"), "--reason goes with --update-baseline"),
        (("--baseline", "b.yaml", "--update-baseline", "--changed-since", "HEAD"), "leave --changed-since out"),
        (("--baseline", "b.yaml"), "b.yaml: No such file"),
        (("--baseline", "no/b.yaml", "--update-baseline"), "no/b.yaml: cannot be written"),
    ):
        assert run(*words) == (2, [], {})
        assert said in run.err
    for words in (("--profile", "p.yaml"), ("--baseline", "b.yaml"), ("--fail-on", "none")):
        assert main(["reason", *words]) == 2
        assert "it goes with --check" in run.capsys.readouterr().err


def test_changed_since_judges_no_entry(run: Run) -> None:
    """What a change cannot affect is not looked for, so its entry may well be right."""
    words = ["validate", "--ontology", "o.ttl", "--shapes", "s.ttl", "--data", "d.ttl"]
    head = "@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    Path("o.ttl").write_text(head + "ex:Thing a <http://www.w3.org/2002/07/owl#Class> .")
    Path("s.ttl").write_text(
        head + "ex:S a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property ex:P . ex:P sh:path ex:n ; sh:minCount 1 ."
    )
    Path("d.ttl").write_text(head + "ex:a a ex:Thing .\n")
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    for step in (["init", "-q"], ["add", "."], ["commit", "-qm", "state"]):
        subprocess.run([*git, *step], check=True)
    full = run("--baseline", "b.yaml", "--update-baseline", "--reason", "old", command=words)
    code, findings, checked = run("--baseline", "b.yaml", "--changed-since", "HEAD", command=words)
    assert (full[0], code, findings) == (0, 0, [])
    assert checked["accepted"] < full[2]["accepted"]


@pytest.mark.parametrize("command", ["evidence", "check", "reason"])
def test_other_commands_take_profile_and_baseline(command: str, run: Run, documents: Path) -> None:
    """A lie in a case: the proof, the check and the reasoner each find their fault and accept it."""
    data = Path("data.ttl")
    head = "@prefix gba: <https://w3id.org/gba-kg/ontology#> .\n@prefix agency: <https://w3id.org/gba-kg/agency/> .\n"
    data.write_text(head + "agency:x a gba:Agency , gba:Place .\n<https://w3id.org/gba-kg/passage/x> a gba:Passage .\n")
    words = [command, *(["--check"] if command == "reason" else []), "--data", str(data)]
    words += ["--sources", str(documents)] if command != "reason" else []
    rule = {"evidence": "evidence-span", "check": "Passage-hasSource", "reason": "owl-cax-adc"}[command]
    code, findings, _ = run(command=words)
    assert code == 1
    rules = {str(finding["rule"]) for finding in findings}
    assert rule in rules
    assert run("--baseline", "b.yaml", "--update-baseline", "--reason", "old", command=words)[:2] == (0, [])
    assert run("--baseline", "b.yaml", command=words)[:2] == (0, [])
    Path("p.yaml").write_text("rules: {'*': off}")
    code, findings, checked = run("--profile", "p.yaml", command=words)
    assert (code, findings) == (0, [])
    assert checked["off"] >= len(rules)
    assert run("--fail-on", "none", command=words)[0] == 0


def test_commands_without_shapes_take_an_unknown_id_for_that_of_a_shape(run: Run) -> None:
    words = ["reason", "--check", "--data", str(ROOT / "data" / "places.ttl")]
    Path("p.yaml").write_text("rules: {MyShape-name: off, owl-cax-*: info}")
    assert run("--profile", "p.yaml", command=words)[0] == 0
    Path("p.yaml").write_text("rules: {owl-cax-dv: info}")
    assert run("--profile", "p.yaml", command=words)[0] == 2
    assert "did you mean owl-cax-dw?" in run.err


COMMANDS = {
    "validate": WORDS,
    "check": ["check", *WORDS[1:]],
    "lint": ["lint", "--data", "bad.ttl"],
    "evidence": ["evidence", "--data", "bad.ttl", "--sources", str(ROOT / "tests")],
    "reason": ["reason", "--check", "--data", "bad.ttl"],
    "fmt": ["fmt", "--check", "bad.ttl"],
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("option", ["profile", "baseline"])
def test_a_fault_in_the_file_is_said_before_the_work(command: str, option: str, run: Run) -> None:
    Path("bad.ttl").write_text("This is no Turtle.")
    Path("p.yaml").write_text("rules: {format: fatal}\naccepted: 1\n")
    words = COMMANDS[command] if command == "fmt" else [*COMMANDS[command], "--data", "bad.ttl"]
    assert run(f"--{option}", "p.yaml", command=words)[0] == 2
    # Only the formatter has to read its files before it can find anything.
    assert run.err.startswith("gba-kg: p.yaml:" if command != "fmt" else "gba-kg: bad.ttl:1:")


def test_the_formatter_takes_a_profile(run: Run) -> None:
    Path("a.ttl").write_text("<urn:a>   <urn:b> 1 .\n")
    Path("p.yaml").write_text("rules: {format: info}\nfiles: {none/*: {format: off}}\n")
    code, findings, _ = run("--profile", "p.yaml", "--fail-on", "warning", command=["fmt", "--check", "a.ttl"])
    assert (code, [(f["rule"], f["severity"]) for f in findings]) == (0, [("format", "info")])


@pytest.mark.parametrize(
    ("language", "word"), [("en", "no file that was read"), ("zh-Hans", "均不匹配"), ("zh-Hant", "均不匹配")]
)
def test_a_glob_that_matches_no_file_is_a_finding(language: str, word: str, run: Run) -> None:
    profile = "files:\n  {}/data/*: {{Loan-*: info}}\n  {}/shapes/*: {{'*': info}}\n  imported/*: {{'*': off}}\n"
    Path("p.yaml").write_text(profile.format(EXAMPLE.as_posix(), EXAMPLE.as_posix()))
    _, findings, _ = run("--profile", "p.yaml", "--lang", language)
    (told,) = (f for f in findings if f["rule"] == "profile-unmatched")
    assert (told["file"], told["line"], told["column"], told["severity"]) == ("p.yaml", 4, 3, "warning")
    assert word in str(told["message"])
    assert "imported/*" in str(told["message"])
    Path("p.yaml").write_text("rules: {profile-unmatched: off}\nfiles: {imported/*: {'*': off}}\n")
    assert run.rules("--profile", "p.yaml", "--lang", language) == FOUND


BLANK = """@prefix : <urn:x:> .
:a a :Thing ; :has [ :k 1 ] , [ :k 2 ] ; :n 4 , "4" ; :m 1 .
"""
OF_BLANK = """@prefix : <urn:x:> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
:Part a sh:NodeShape ; sh:targetObjectsOf :has ; sh:property [ sh:path :m ; sh:minCount 1 ] .
:Thing a sh:NodeShape ; sh:targetClass :Thing ; sh:property :name ; sh:property [ sh:path :has ; sh:nodeKind sh:IRI ] .
:name sh:path :n ; sh:nodeKind sh:IRI .
"""


def test_findings_about_blank_nodes_are_known_again(run: Run) -> None:
    """In a file with other blank nodes before, named in another way, and under shapes that lie elsewhere."""
    for name, text in {"d.ttl": BLANK, "s.ttl": OF_BLANK, "o.ttl": ""}.items():
        Path(name).write_text(text)
    words = ["validate", "--ontology", "o.ttl", "--data", "d.ttl", "--shapes", "s.ttl"]
    rules = run.rules(command=words)
    assert {rule: rules.count(rule) for rule in rules} == {"urn:x:name": 2, "unnamed-shape": 4}
    assert run("--baseline", "b.yaml", "--update-baseline", "--reason", "old", command=words)[0] == 0
    assert "_:" not in Path("b.yaml").read_text()
    Path("d.ttl").write_text(BLANK.replace("\n:a", "\n[] :k 0 .\n# moved\n:a"))
    assert run("--baseline", "b.yaml", command=words)[:2] == (0, [])
    Path("far/off").mkdir(parents=True)
    Path("s.ttl").rename("far/off/s.ttl")
    words = ["validate", "--ontology", "o.ttl", "--data", str(Path.cwd() / "d.ttl"), "--shapes", "far"]
    assert run("--baseline", "b.yaml", command=words)[:2] == (0, [])
    Path("d.ttl").write_text(BLANK.replace("[ :k 2 ]", "[ :k 2 ] , [ :k 3 ]"))
    assert len(run("--baseline", "b.yaml", command=words)[1]) == 2, "one more node is new to both shapes"


def test_equal_findings_are_as_many_for_every_command(run: Run) -> None:
    for name, text in {"d.ttl": BLANK.replace('"4"', "5 , '5'"), "s.ttl": OF_BLANK, "o.ttl": ""}.items():
        Path(name).write_text(text)
    words = ["--ontology", "o.ttl", "--data", "d.ttl", "--shapes", "s.ttl"]
    # On one line and of one column they read the same: of 5 and of "5".
    Path("s.ttl").write_text(OF_BLANK + ":name sh:sparql [ sh:select 'SELECT $this { $this <urn:x:n> ?n }' ] .")
    run("--baseline", "b.yaml", "--update-baseline", "--reason", "old", command=["validate", *words])
    nowhere = ["--sources", str(ROOT / "tests" / "none")]
    assert run("--baseline", "b.yaml", command=["check", *words, *nowhere])[:2] == (0, [])


GOOD = '- {rule: a, fingerprint: "%s"}\n' % ("0" * 32)
NO_BASELINES = {
    "": (None, "this file holds no YAML"),
    "{}": ("1:1", "a baseline has the key accepted"),
    "accepted: []\nexpires: 2027-01-31\n": ("2:1", "unknown key 'expires'"),
    "rules: []\n": ("1:1", "unknown key 'rules'"),
    "accepted: {}\n": ("1:11", "'accepted' is a list, not a mapping"),
    "accepted:\n": ("1:10", "'accepted' is a list, not text"),
    "accepted:\n- a\n": ("2:3", "an accepted finding is a mapping, not text"),
    "accepted:\n" + GOOD + GOOD: ("3:3", "accepted a second time, first in line 2"),
    "accepted:\n- {rule: a}\n": ("2:3", "an accepted finding has a fingerprint"),
    f"accepted:\n- {{fingerprint: '{'0' * 32}'}}\n": ("2:3", "an accepted finding has a rule"),
    f"accepted:\n- rule: a\n  fingerprint: '{'A' * 32}'\n": ("3:16", "32 hexadecimal digits in lower case"),
    "accepted:\n- rule: a\n  reson: b\n": ("3:3", "unknown key 'reson'"),
    "accepted:\n- rule: [a]\n": ("2:9", "'rule' is text, not a list"),
    GOOD.replace("- ", "accepted:\n- ").replace("}", ", expires: 2027-02-30}"): ("2:71", "not '2027-02-30'"),
    GOOD.replace("- ", "accepted:\n- ").replace("}", ", expires: 2027-W01-1}"): ("2:71", "not '2027-W01-1'"),
    GOOD.replace("- ", "accepted:\n- ").replace("}", ", expires: never}"): ("2:71", "a day such as 2027-01-31"),
    "accepted:\n- rule: \"a\n": (None, "not YAML"),
}  # fmt: skip


@pytest.mark.parametrize("text", NO_BASELINES, ids=range(len(NO_BASELINES)))
@pytest.mark.parametrize("words", [(), ("--update-baseline",)], ids=["read", "updated"])
def test_no_baseline(text: str, words: tuple[str, ...], run: Run) -> None:
    place, said = NO_BASELINES[text]
    Path("b.yaml").write_text(text)
    assert run("--baseline", "b.yaml", *words) == (2, [], {})
    assert run.err.startswith(f"gba-kg: b.yaml:{place}: " if place else "gba-kg: b.yaml:")
    assert said in run.err
    assert Path("b.yaml").read_text() == text


def test_an_update_writes_the_baseline_of_the_example(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing changed, an update changes nothing."""
    example = shutil.copytree(EXAMPLE, Path("example"))
    monkeypatch.chdir(example)
    own = ["validate", "--ontology", "ontology", "--shapes", "shapes", "--data", "data", "--data", "broken"]
    Path("p.yaml").write_text("rules: {Loan-lentOn-first: off}")
    assert run("--profile", "p.yaml", "--baseline", "baseline.yaml", "--update-baseline", command=own)[:2] == (0, [])
    assert Path("baseline.yaml").read_bytes() == (EXAMPLE / "baseline.yaml").read_bytes()


# Properties of baselines

TEXT = st.text(max_size=8) | st.sampled_from(
    ["a: b", "- x", "\x1b[0m", "\u202e", "\u2028", '"\\', "#", "*a", "~", "\x00"]
)
FINDINGS = st.builds(
    Finding,
    st.sampled_from(["rule-a", "rule-b"]) | TEXT.filter(bool),
    TEXT,
    focus=st.none() | st.sampled_from(["urn:a", "urn:b"]) | TEXT,
    value=st.none() | TEXT,
    file=st.none() | st.sampled_from(["a.ttl", "b.ttl"]) | TEXT,
    line=st.none() | st.integers(1, 9),
)
READ = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def _baseline(report: Report, folder: Path, reason: str = "old") -> Baseline:
    (folder / "b.yaml").write_bytes(Baseline().updated(report, reason).encode())
    return read_baseline(folder / "b.yaml")


@READ
@given(st.lists(FINDINGS, max_size=8), FINDINGS, st.integers(0, 50), st.randoms(use_true_random=False))
def test_a_baseline_knows_its_findings_again(
    tmp_path_factory: pytest.TempPathFactory, findings: list[Finding], more: Finding, shift: int, order: random.Random
) -> None:
    report = Report.of(findings)
    baseline = _baseline(report, tmp_path_factory.mktemp("baseline"))
    assert baseline.apply(report, DAY) == Report((), {"accepted": len(report.findings)})
    moved = [replace(f, line=f.line and f.line + shift, message="other words") for f in report.findings]
    order.shuffle(moved)
    assert baseline.apply(Report(tuple(moved)), DAY).findings == ()
    told = baseline.apply(Report((*report.findings, more)), DAY).findings
    assert len(told) == 1, "one more is one to report, also where an equal one is accepted"
    assert fingerprints(told) == fingerprints([more])
    if moved:
        (gone,) = baseline.apply(Report(tuple(moved[1:])), DAY).findings
        assert gone.rule == "baseline-unmatched"


@READ
@given(st.lists(FINDINGS, max_size=6), TEXT)
def test_an_update_is_stable_and_keeps_what_people_wrote(
    tmp_path_factory: pytest.TempPathFactory, findings: list[Finding], reason: str
) -> None:
    report = Report.of(findings)
    baseline = _baseline(report, tmp_path_factory.mktemp("baseline"), reason)
    assert {entry.reason for entry in baseline.entries} <= {reason}
    dated = Baseline(tuple(replace(entry, expires=DAY, at=(None, None, None)) for entry in baseline.entries))
    text = dated.updated(report, reason)
    assert text.count("    expires: 2027-01-31\n") == len(report.findings)
    assert all(character.isprintable() or character == "\n" for character in text)
    path = tmp_path_factory.mktemp("again") / "b.yaml"
    path.write_bytes(text.encode())
    assert read_baseline(path).updated(report, "other") == (
        text if reason.strip() else text.replace(quoted(reason), '"other"')
    )


@READ
@given(st.text())
def test_quoted_text_is_read_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("quoted") / "x.yaml"
    path.write_bytes(quoted(text).encode())
    assert read_yaml(path).content == text


@READ
@given(st.text(st.sampled_from("accepted:\n -{}[]'\"rule,fingerprint&*!|>%@`#?\t~01\\x"), max_size=60))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "x.yaml"
    path.write_bytes(text.encode())
    for read in (read_profile, read_baseline):
        with contextlib.suppress(InputError):
            read(path)


def test_ten_thousand_entries_take_seconds_at_most(tmp_path: Path) -> None:
    report = Report.of(Finding(f"rule-{n % 7}", "said", focus=f"urn:{n}", file="a.ttl", line=n) for n in range(10_000))
    began = time.perf_counter()
    baseline = _baseline(report, tmp_path)
    assert baseline.apply(report, DAY).findings == ()
    assert baseline.updated(report) == (tmp_path / "b.yaml").read_text()
    assert time.perf_counter() - began < 30, "a square of 10,000 would take minutes"


def test_the_same_bytes_for_any_hash_seed(tmp_path: Path) -> None:
    words = [*WORDS, "--profile", "p.yaml", "--baseline", "b.yaml", "--update-baseline", "--format", "sarif"]
    outputs = set()
    for seed in ("0", "1"):
        folder = tmp_path / seed
        folder.mkdir()
        (folder / "p.yaml").write_text("rules: {Loan-*: info, Loan-reader: warning}\nfiles: {'*': {'*-first': off}}\n")
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "gba_kg", *words]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
        outputs.add((done.stdout, (folder / "b.yaml").read_bytes()))
    assert len(outputs) == 1


def test_yaml_is_not_imported_without_the_options() -> None:
    code = (
        "import sys; from gba_kg.cli import main; main(sys.argv[1:]); "
        "assert not {'yaml', 'gba_kg.profile', 'gba_kg.baseline'} & sys.modules.keys()"
    )
    command = [sys.executable, "-c", code, *WORDS]
    assert subprocess.run(command, capture_output=True, cwd=ROOT, check=False).returncode == 0
