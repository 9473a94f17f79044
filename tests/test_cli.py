"""The command line: answers, exit codes, and what a reader is told when something is wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT

import gba_kg
from gba_kg.cli import COMMANDS, common, main

CASE = next((ROOT / "data" / "cases" / "batch-2").glob("01-*.ttl"))


def run(capsysbinary: pytest.CaptureFixture[bytes], *words: str) -> tuple[int, str, str]:
    code = main(words)
    out, err = capsysbinary.readouterr()
    return code, out.decode(), err.decode()


def test_query_as_csv(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    code, out, err = run(capsysbinary, "query", "cases", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert (code, err) == (0, "")
    assert {row["batch"] for row in rows} >= {"2"}
    assert len([row for row in rows if row["batch"] == "2"]) == 16


def test_query_lists_itself(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    code, out, _ = run(capsysbinary, "query", "--lang", "zh-Hant")
    assert code == 0
    assert "measures [platform] [domain] [jurisdiction] [mode] [batch]\n    按平台" in out


@pytest.mark.parametrize("form", ["table", "markdown", "csv", "tsv", "json", "xml"])
def test_every_format_of_query(capsysbinary: pytest.CaptureFixture[bytes], form: str) -> None:
    code, out, _ = run(capsysbinary, "query", "platform-profile", "--format", form)
    assert code == 0
    assert "Hengqin" in out
    assert "https://w3id.org/gba-kg/platform/" in out or form in ("table", "markdown")


def test_own_queries(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    text = "SELECT (COUNT(?m) AS ?n) WHERE { ?m a gba:Measure }"
    code, out, _ = run(capsysbinary, "query", "--text", text, "--format", "csv")
    assert code == 0
    count = out
    (tmp_path / "my.rq").write_text(text)
    assert run(capsysbinary, "query", "--file", str(tmp_path / "my.rq"), "--format", "csv")[1] == count
    assert run(capsysbinary, "query", "--text", "ASK { ?m a gba:Measure }")[1] == "true\n"
    construct = "CONSTRUCT { ?m a gba:Measure } WHERE { ?m a gba:Measure }"
    assert "a gba:Measure" in run(capsysbinary, "query", "--text", construct)[1]


def test_reasoned_query_finds_what_nobody_stated(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    text = "SELECT ?m WHERE { ?m a gba:HengqinMeasure }"
    data = ("--data", str(ROOT / "data" / "cases" / "batch-2" / "09-hengqin-joint-inspection.ttl"))
    ontology = ("--ontology", str(ROOT / "ontology" / "gba.ttl"))
    assert run(capsysbinary, "query", "--text", text, "--format", "csv", *data, *ontology)[1] == "m\r\n"
    code, out, _ = run(capsysbinary, "query", "--text", text, "--format", "csv", "--reasoned", *data, *ontology)
    assert code == 0
    assert "measure/hengqin-joint-one-stop-inspection" in out


@pytest.mark.parametrize("name", ["measure:northbound-travel-for-macao-vehicles", "澳车北上", "澳車北上"])
def test_show_by_any_name(capsysbinary: pytest.CaptureFixture[bytes], name: str) -> None:
    code, out, _ = run(capsysbinary, "show", name)
    assert code == 0
    assert out.startswith("Northbound Travel for Macao Vehicles  <https://w3id.org/gba-kg/measure/")
    assert "started on: 2023-01-01" in out
    assert "000_5c2deace4a1cdf3a.txt 648-657 '2023年1月1日'" in out


def test_show_as_json(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    code, out, _ = run(capsysbinary, "show", "northbound-travel-for-macao-vehicles", "--format", "json")
    facts = json.loads(out)["facts"]
    assert code == 0
    started = next(fact for fact in facts if fact["property"] == "gba:startedOn")
    assert started["basis"] == "stated"
    assert started["passages"][0]["source"] == "000_5c2deace4a1cdf3a.txt"


def test_show_of_an_ambiguous_name_lists_what_it_may_be(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    code, _, err = run(capsysbinary, "show", "车北上")
    assert code == 2
    assert "may be any of" in err
    assert "measure:northbound-travel-for-macao-vehicles" in err


@pytest.mark.documents
def test_evidence_of_the_bundled_graph(capsysbinary: pytest.CaptureFixture[bytes], documents: Path) -> None:
    code, out, _ = run(capsysbinary, "evidence", "--sources", str(documents), "--format", "json")
    report = json.loads(out)
    assert code == 0
    assert report["conforms"]
    assert report["checked"]["figures"] == len([p for p in report["proved"] if p["rule"] == "evidence-figure"]) > 70


@pytest.mark.documents
def test_evidence_lists_what_it_proved(capsysbinary: pytest.CaptureFixture[bytes], documents: Path) -> None:
    code, out, _ = run(capsysbinary, "evidence", "--sources", str(documents), "--list")
    assert code == 0
    assert "proved: outcome:2-01-users [evidence-figure]\n" in out
    assert out.endswith("no findings\n")


def test_evidence_without_documents_is_incomplete(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    code, _, err = run(capsysbinary, "evidence", "--sources", str(tmp_path / "none"))
    assert code == 3
    assert "name their folder with --sources" in err


def test_stats(capsysbinary: pytest.CaptureFixture[bytes], graph: gba_kg.Graph) -> None:
    code, out, _ = run(capsysbinary, "stats", "--format", "json")
    assert code == 0
    assert json.loads(out)["graph"]["statements"] == len(graph)
    assert "案例" in run(capsysbinary, "stats", "--lang", "zh-Hans")[1]


@pytest.mark.parametrize("form", ["turtle", "ntriples"])
def test_export_is_the_same_twice(capsysbinary: pytest.CaptureFixture[bytes], form: str, tmp_path: Path) -> None:
    target = tmp_path / "out"
    code, out, _ = run(capsysbinary, "export", "--format", form, "--data", str(CASE))
    assert code == 0
    assert run(capsysbinary, "export", "--format", form, "--data", str(CASE), "--output", str(target))[:2] == (0, "")
    assert target.read_bytes().decode() == out


VALID = """@prefix ex: <http://example.org/> .
ex:a a ex:Thing ; ex:name "a" .
"""
SHAPES = """@prefix ex: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
ex:Shape a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property ex:Shape-name .
ex:Shape-name a sh:PropertyShape ; sh:path ex:name ; sh:maxLength 3 ;
  sh:message "A name is short."@en , "名称须短。"@zh-Hans .
"""


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.ttl").write_text(VALID)
    (tmp_path / "shapes.ttl").write_text(SHAPES)
    (tmp_path / "none.ttl").write_text("@prefix ex: <http://example.org/> .\n")
    return tmp_path


def _validate(folder: Path) -> tuple[str, ...]:
    names = ("--data", str(folder / "data"), "--ontology", str(folder / "none.ttl"))
    return ("validate", *names, "--shapes", str(folder / "shapes.ttl"))


def test_validate_other_peoples_data(capsysbinary: pytest.CaptureFixture[bytes], foreign: Path) -> None:
    assert run(capsysbinary, *_validate(foreign))[0] == 0
    (foreign / "data" / "a.ttl").write_text(VALID.replace('"a"', '"too long"'))
    code, out, _ = run(capsysbinary, *_validate(foreign), "--lang", "zh-Hans")
    assert code == 1
    assert "data/a.ttl:2:27: violation: 名称须短。 [Shape-name]" in out
    code, out, _ = run(capsysbinary, *_validate(foreign), "--format", "json")
    (finding,) = json.loads(out)["findings"]
    assert finding | {"file": "", "shape": ""} == {
        "rule": "Shape-name",
        "message": "A name is short.",
        "severity": "violation",
        "focus": "http://example.org/a",
        "path": "http://example.org/name",
        "value": "too long",
        "shape": "",
        "component": "http://www.w3.org/ns/shacl#MaxLengthConstraintComponent",
        "file": "",
        "line": 2,
        "column": 27,
    }


@pytest.mark.parametrize("engine", ["fast", "reference", "both"])
def test_engines_say_the_same(capsysbinary: pytest.CaptureFixture[bytes], foreign: Path, engine: str) -> None:
    (foreign / "data" / "a.ttl").write_text(VALID.replace('"a"', '"too long" , 10.50 , "lang"@zh-Hans'))
    code, out, _ = run(capsysbinary, *_validate(foreign), "--engine", engine, "--format", "json")
    assert code == 1
    places = [(finding["rule"], finding["line"], finding["column"]) for finding in json.loads(out)["findings"]]
    assert places == [("Shape-name", 2, 27), ("Shape-name", 2, 40), ("Shape-name", 2, 48)]


def test_engines_that_differ_give_no_verdict(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, foreign: Path
) -> None:
    (foreign / "data" / "a.ttl").write_text(VALID.replace('"a"', '"too long"'))
    monkeypatch.setattr("gba_kg.reference_engine.reference_results", lambda *_: [])
    code, out, err = run(capsysbinary, *_validate(foreign), "--engine", "both")
    assert (code, out) == (3, "")
    assert "the engines differ in 1 results" in err


def test_what_the_fast_engine_does_not_support_goes_to_the_reference(
    capsysbinary: pytest.CaptureFixture[bytes], foreign: Path
) -> None:
    recursive = SHAPES + "ex:Shape sh:property [ sh:path ex:other ; sh:node ex:Shape ] .\n"
    (foreign / "shapes.ttl").write_text(recursive)
    (foreign / "data" / "a.ttl").write_text(VALID.replace('"a"', '"too long"'))
    assert run(capsysbinary, *_validate(foreign))[0] == 1


@pytest.mark.parametrize(
    ("level", "codes"), [("info", (1, 1)), ("warning", (1, 1)), ("violation", (0, 1)), ("none", (0, 0))]
)
def test_the_level_that_fails(
    capsysbinary: pytest.CaptureFixture[bytes], foreign: Path, level: str, codes: tuple[int, int]
) -> None:
    (foreign / "data" / "a.ttl").write_text(VALID + "ex:b a ex:Other .\n")  # no shape looks at it: a warning
    assert run(capsysbinary, *_validate(foreign), "--fail-on", level)[0] == codes[0]
    (foreign / "data" / "a.ttl").write_text(VALID.replace('"a"', '"too long"'))
    assert run(capsysbinary, *_validate(foreign), "--fail-on", level)[0] == codes[1]


def test_shapes_that_look_at_nothing_are_findings(capsysbinary: pytest.CaptureFixture[bytes], foreign: Path) -> None:
    (foreign / "shapes.ttl").write_text(SHAPES.replace("ex:Thing", "ex:Thimg"))
    code, out, _ = run(capsysbinary, *_validate(foreign))
    assert code == 1
    assert "[vacuous-shape]" in out
    (foreign / "shapes.ttl").write_text("@prefix ex: <http://example.org/> .\nex:a ex:b ex:c .\n")
    assert "[vacuous-shapes]" in run(capsysbinary, *_validate(foreign))[1]


BAD_INPUT = [
    ("syntax", "x.ttl", b"@prefix ex: <http://example.org/> .\nex:a ex:b 'c .\n", ":2:11: "),
    (
        "prefix",
        "x.ttl",
        b"@prefix ex: <http://example.org/> .\nex:a no:b 1 .\n",
        ":2:6: The prefix no: has not been declared",
    ),
    ("binary", "x.ttl", bytes(range(256)), "not UTF-8 text"),
    ("empty folder", None, b"", "holds no .ttl file"),
]


@pytest.mark.parametrize(
    ("name", "content", "message"), [row[1:] for row in BAD_INPUT], ids=[row[0] for row in BAD_INPUT]
)
@pytest.mark.parametrize("command", ["validate", "query cases", "export", "stats", "show x", "check"])
def test_bad_data_is_one_line_with_its_place(
    capsysbinary: pytest.CaptureFixture[bytes],
    tmp_path: Path,
    command: str,
    name: str | None,
    content: bytes,
    message: str,
) -> None:
    if name:
        (tmp_path / name).write_bytes(content)
    code, out, err = run(capsysbinary, *command.split(), "--data", str(tmp_path))
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert message in err
    assert str(tmp_path) in err


WRONG_CALLS = [
    ("query nothing-like-this", "no stored query 'nothing-like-this'"),
    ("query measures -p plattform=x", "no parameter 'plattform'"),
    ("query measures -p platform", "-p takes KEY=VALUE"),
    ("query measures -p batch=1 -p batch=2", "'batch' is given twice"),
    ("query measure-card", "needs parameter 'measure'"),
    ("query measures --text x", "give one of"),
    ("query --file no-such-file.rq", "no-such-file.rq: No such file"),
    ("query --file pyproject.toml", "pyproject.toml:1:10: not valid SPARQL"),
    ("show nothing-is-called-this", "nothing in the graph is called"),
    ("show http://example.org/no", "nothing in the graph is called"),
    ("validate --data no-such-folder", "no-such-folder: no such file or folder"),
    ("validate --shapes no-such-folder", "no-such-folder: no such file or folder"),
    ("export --output no-such-folder/x.ttl", "cannot be written"),
]


@pytest.mark.parametrize(("call", "message"), WRONG_CALLS, ids=[row[0] for row in WRONG_CALLS])
def test_wrong_calls_are_one_line(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, call: str, message: str
) -> None:
    monkeypatch.chdir(ROOT)
    code, out, err = run(capsysbinary, *call.split())
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert message in err


@pytest.mark.parametrize("text", ["SELECT * { ?s ?p }", "SELECT * WHERE {\n ?s no:p ?o }", "DROP ALL"])
def test_broken_query_has_its_place(capsysbinary: pytest.CaptureFixture[bytes], text: str) -> None:
    code, _, err = run(capsysbinary, "query", "--text", text)
    assert code == 2
    assert "not valid SPARQL" in err


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service silent ?x { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER(?o<1)SERVICE?x{?a ?b ?c}FILTER(1>0) }",
    ],
)
def test_queries_reach_no_network(capsysbinary: pytest.CaptureFixture[bytes], text: str) -> None:
    code, _, err = run(capsysbinary, "query", "--text", text)
    assert code == 2
    assert "SERVICE is refused" in err


@pytest.mark.parametrize("opened", ["{", "FILTER NOT EXISTS {", "?s ?p [ <urn:p> [", "?s ?p ((", "FILTER ((("])
def test_a_query_that_would_end_the_process_is_refused(opened: str, tmp_path: Path) -> None:
    (tmp_path / "deep.rq").write_text("SELECT * { " + f"{opened} " * 5000)
    done = _process("query", "--file", str(tmp_path / "deep.rq"), "--data", str(CASE))
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"deeper than the limit of 200" in done.stderr


@pytest.mark.parametrize("form", ["table", "markdown", "csv", "json"])
def test_rows_without_columns(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "--text", "SELECT * {}", "--data", str(CASE), "--format", form]) == 0
    assert form in ("csv", "json") or capsys.readouterr().out == "rows without columns: 1\n"


def test_the_word_service_in_a_string_is_no_service(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    text = 'SELECT ?service { VALUES ?service { "SERVICE <http://x>" } } # SERVICE'
    assert run(capsysbinary, "query", "--text", text)[0] == 0


def test_unknown_option_and_missing_command(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(capsysbinary, "query", "--no-such-option")[0] == 2
    assert run(capsysbinary)[0] == 2
    assert run(capsysbinary, "no-such-command")[0] == 2
    assert run(capsysbinary, "--version")[1] == f"gba-kg {gba_kg.__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_a_worked_example(capsysbinary: pytest.CaptureFixture[bytes], command: str) -> None:
    code, out, _ = run(capsysbinary, command, "--help")
    assert code == 0
    assert f"  gba-kg {command}" in out


def test_internal_errors_show_no_traceback(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr("gba_kg.cli.stats.count", broken)
    code, _, err = run(capsysbinary, "stats")
    assert code == 3
    assert err == "gba-kg: internal error (ZeroDivisionError: a fault of ours); GBA_KG_DEBUG=1 shows where\n"
    monkeypatch.setenv("GBA_KG_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        main(["stats"])


def test_environment_names_data_and_language(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GBA_KG_DATA", str(CASE))
    monkeypatch.setenv("GBA_KG_LANG", "zh-Hant")
    _, out, _ = run(capsysbinary, "query", "measures", "--format", "csv")
    assert "澳車北上" in out
    assert len(out.splitlines()) == 3
    monkeypatch.setenv("GBA_KG_LANG", "fr")
    code, _, err = run(capsysbinary, "query", "measures")
    assert code == 2
    assert "'fr' is not one of" in err


def test_control_characters_of_the_data_reach_no_terminal(
    capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    (tmp_path / "x.ttl").write_text('<urn:a> <http://www.w3.org/2004/02/skos/core#prefLabel> "\\u001b[31mred" .\n')
    for words in (["show", "urn:a"], ["query", "--text", "SELECT ?o { ?s ?p ?o }"]):
        _, out, _ = run(capsysbinary, *words, "--data", str(tmp_path), "--ontology", str(tmp_path))
        assert "\x1b" not in out
        assert "\\x1b[31mred" in out


def _process(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "gba_kg", *words], capture_output=True, check=False, env={**os.environ, **environment}
    )


def test_output_is_the_same_for_any_hash_seed() -> None:
    for words in (["query", "figures", "--format", "csv"], ["export", "--data", str(CASE)]):
        assert len({_process(*words, PYTHONHASHSEED=seed).stdout for seed in ("0", "1", "2")}) == 1


def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = f"{sys.executable} -m gba_kg export | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, check=False, executable="/bin/bash")
    assert done.stdout.startswith(b"@prefix")
    assert done.stderr == b""


@pytest.mark.parametrize(("terminal", "patience", "told"), [(True, 0.01, 1), (True, 60.0, 0), (False, 0.01, 0)])
def test_a_terminal_is_told_of_long_work(
    terminal: bool, patience: float, told: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(common, "_PATIENCE", patience)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    with common.progress("waiting"):
        time.sleep(0.2)
    assert capsys.readouterr().err == "gba-kg: waiting ...\n" * told


def test_import_brings_nothing_heavy() -> None:
    code = (
        "import sys, gba_kg; print(sorted({'rdflib', 'pyshacl', 'owlrl', 'pandas', 'pyoxigraph'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "[]\n"
    code = "import sys; from gba_kg.cli import main; main(['query', 'cases']); "
    code += "print(sorted({'rdflib', 'pyshacl'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.endswith("[]\n")
