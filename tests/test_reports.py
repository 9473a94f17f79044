"""Reports for forges: read back by readers that nobody here wrote, whatever stands in the findings."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gba_kg.findings import Finding, Report
from gba_kg.reports import FORMATS, render
from gba_kg.reports import markdown as markdown_report
from gba_kg.reports import sarif as sarif_report

PLAIN = Finding(
    "Case-title", "A case has a title.", "violation", "https://w3id.org/gba-kg/case/1-01", file="data/a b.ttl", line=3,
    column=7,
)  # fmt: skip
NASTY = 'a\n::error::x%0A|`<b>]]>&amp;,:\r\x1b\u202e"😀'
TEXT = st.one_of(st.text(max_size=30), st.sampled_from([NASTY, "]]>", "::", "%", "|", "\x00", "\ufffe", "-"]))
PLACE = st.none() | st.integers(1, 9)
FINDINGS = st.builds(
    Finding,
    TEXT,
    TEXT,
    st.sampled_from(["violation", "warning", "info"]),
    focus=st.none() | TEXT,
    value=st.none() | TEXT,
    file=st.none() | TEXT.map(lambda text: f"x{text}"),
    line=PLACE,
    column=PLACE,
)


def _report(*findings: Finding) -> Report:
    return Report(findings, {"files": 1}, ("evidence: no documents",))


def test_annotations() -> None:
    line = render(_report(PLAIN), "github")
    assert line == "::error file=data/a b.ttl,line=3,col=7,title=Case-title::A case has a title.\n"
    assert render(_report(Finding("a,b", "50%\r\n", "info")), "github") == "::notice title=a%2Cb::50%25%0D%0A\n"


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(FINDINGS, max_size=4))
def test_every_form_is_well_formed_and_keeps_message_and_place(findings: list[Finding]) -> None:
    report = _report(*findings)
    log = json.loads(render(report, "sarif"))
    (run,) = log["runs"]
    assert [result["message"]["text"] for result in run["results"]] == [finding.message for finding in findings]
    for result, finding in zip(run["results"], findings, strict=True):
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == finding.rule
        if finding.file is not None:
            (place,) = result["locations"]
            assert unquote(place["physicalLocation"]["artifactLocation"]["uri"]) == finding.file
    root = ET.fromstring(render(report, "junit").encode())
    assert int(root.get("failures", "")) == len(list(root.iter("failure"))) == len(findings)
    assert render(report, "github").count("\n") == len(findings)
    rows = [line for line in render(report, "markdown").split("\n") if line.startswith("| ")][1:]
    assert len(rows) == len(findings)
    for row in rows:
        assert len(re.findall(r"(?<!\\)\|", row)) == 6


def test_fingerprints_survive_shifted_lines() -> None:
    def names(line: int) -> list[str]:
        report = _report(Finding(**{**PLAIN.__dict__, "line": line}), PLAIN)
        return [
            r["partialFingerprints"]["finding/v1"] for r in json.loads(render(report, "sarif"))["runs"][0]["results"]
        ]

    assert names(3) == names(40)
    assert len(set(names(3))) == 2


def test_a_report_beyond_the_limits_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif_report, "LIMIT", 2)
    monkeypatch.setattr(markdown_report, "LIMIT", 200)
    report = _report(*[PLAIN] * 5)
    run = json.loads(render(report, "sarif"))["runs"][0]
    assert len(run["results"]) == 2
    said = [note["message"]["text"] for note in run["invocations"][0]["toolExecutionNotifications"]]
    assert said == ["evidence: no documents", "3 more findings are left out"]
    assert "3 more findings are left out here." in render(report, "markdown")


def test_nothing_found() -> None:
    report = _report()
    assert render(report, "github") == ""
    assert render(report, "markdown").startswith("**No findings.** Checked: 1 files.")
    assert json.loads(render(report, "sarif"))["runs"][0]["results"] == []
    (case,) = ET.fromstring(render(report, "junit").encode()).iter("testcase")
    assert case.get("name") == "no findings"


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_bytes_for_any_hash_seed(form: str) -> None:
    words = [sys.executable, "-m", "gba_kg", "validate", "--data", "data/places.ttl", "--format", form]
    outputs = {
        subprocess.run(words, capture_output=True, check=False, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("0", "1")
    }
    assert len(outputs) == 1
    assert outputs.pop()
