"""Hostile input ends with one line and an exit code: nothing hangs, crashes, fetches or speaks to the terminal."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gba_kg.cli import main
from gba_kg.errors import InputError
from gba_kg.files import RdfFile
from gba_kg.input_guards import MAX_DEPTH
from gba_kg.rules import RULES
from gba_kg.syntaxes import syntax_named

DEEP = 100_000
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:"'


def _xml(body: str) -> str:
    return f"<rdf:RDF {RDF}>{body}</rdf:RDF>"


NESTED = {
    "brackets": ("turtle", "<urn:a> <urn:b> {} .", "[ <urn:p> ", "1", "]"),
    "parentheses": ("turtle", "<urn:a> <urn:b> {} .", "(", "", ")"),
    "trig": ("trig", "<urn:g> {{ <urn:a> <urn:b> {} }}", "( [ <urn:p> ", "1", "] )"),
    "unclosed": ("turtle", "<urn:a> <urn:b> {}", "[ <urn:p> ", "", ""),
    "objects": ("jsonld", "{}", '{"urn:p":', "1", "}"),
    "arrays": ("jsonld", '{{"urn:p":{}}}', "[", "1", "]"),
    "contexts": ("jsonld", "{}", '{"@context":', "{}", "}"),
    "elements": ("rdfxml", _xml("{}"), "<rdf:Description><e:p>", "", "</e:p></rdf:Description>"),
    "literal": (
        "rdfxml",
        _xml('<rdf:Description><e:p rdf:parseType="Literal">{}</e:p></rdf:Description>'),
        "<e:a b='>'>",
        "",
        "</e:a>",
    ),
    "triple terms": ("turtle", "<urn:a> <urn:b> {} .", "<<( <urn:a> <urn:b> ", "1", ")>>"),
    "triple terms in a decoy": ("turtle", "<urn:a> <urn:b> '\"' , {} .", "<<( <urn:a> <urn:b> ", "1", ")>>"),
    "annotations": ("turtle", "<urn:a> <urn:b> 1 {} .", "{| <urn:b> 1 ", "", "|}"),
}


@pytest.mark.parametrize("case", NESTED)
def test_bottomless_nesting_in_a_process_of_its_own(tmp_path: Path, case: str) -> None:
    """Its own process, as a parser that overflows its stack takes the whole process with it."""
    name, around, opening, inmost, closing = NESTED[case]
    path = tmp_path / "x"
    path.write_text(around.format(opening * DEEP + inmost + closing * DEEP))
    done = subprocess.run(
        [sys.executable, "-m", "gba_kg", "export", "--data", str(path), "--input-format", name],
        capture_output=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (2, b""), done.stderr[:500]
    assert done.stderr.count(b"\n") == 1
    assert b"nested deeper than the limit" in done.stderr or b"RDF 1.2 is not read" in done.stderr


@pytest.mark.parametrize("case", ["brackets", "parentheses", "objects", "elements"])
def test_nesting_up_to_the_limit_is_read_and_located(tmp_path: Path, case: str) -> None:
    from gba_kg.locate import locate

    name, around, opening, inmost, closing = NESTED[case]
    deep = (MAX_DEPTH - 2) // (2 if name == "rdfxml" else 1)
    path = tmp_path / "x"
    path.write_text(around.format(opening * deep + inmost + closing * deep))
    file = RdfFile(path, "urn:x", syntax_named(name))
    assert len(list(file.quads())) >= deep
    locate(file)


BILLION = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>{_xml("")}'
REFUSED = [
    ("doctype", "rdfxml", BILLION.encode(), "1:22: a DOCTYPE or an entity is refused"),
    ("after a comment", "rdfxml", f"<!-- > --><!DOCTYPE r>{_xml('')}".encode(), "a DOCTYPE"),
    ("utf-16", "rdfxml", BILLION.encode("utf-16"), "not UTF-8 text"),
    ("utf-16 without a mark", "rdfxml", BILLION.encode("utf-16-le"), "1:2: not UTF-8 text"),
    (
        "declared encoding",
        "rdfxml",
        f'<?xml version="1.0" encoding="UTF-7"?>{_xml("")}'.encode(),
        "'UTF-7' is not read",
    ),
    ("ill-formed", "rdfxml", f"<rdf:RDF {RDF}>\n<e:a></e:b>".encode(), "2:"),
    ("remote context", "jsonld", b'{\n"@context": "http://127.0.0.1:9/c", "urn:p": 1}', "2:13: a remote context is"),
    ("among others", "jsonld", b'{"@context": [{}, "c"], "urn:p": 1}', "a remote context is refused"),
    ("escaped", "jsonld", b'{"\\u0040context": "http://127.0.0.1:9/", "urn:p": 1}', "a remote context is refused"),
    ("import", "jsonld", b'{"@context": {"@version": 1.1, "@import": "urn:c"}}', "a remote context is refused"),
    ("direction", "turtle", b'<urn:a> <urn:b> "x"@ar--rtl .', "RDF 1.2 is not read"),
    ("reifier", "turtle", b"<urn:a> <urn:b> 1 ~ <urn:r> .", "RDF 1.2 is not read"),
    ("json", "jsonld", b'{\n"urn:p": nope}', "2:"),
]


@pytest.mark.parametrize(("name", "content", "message"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_refused(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    with pytest.raises(InputError) as raised:
        list(RdfFile(path, "urn:x", syntax_named(name)).quads())
    assert message in str(raised.value)


def test_what_only_looks_like_it_is_read(tmp_path: Path) -> None:
    texts = {
        "x.rdf": _xml("<!-- <!DOCTYPE x> --><rdf:Description><e:p><![CDATA[<!DOCTYPE x>]]></e:p></rdf:Description>"),
        "x.jsonld": '{"urn:p": "\\"@context\\": \\"http://a/\\""}',
        "x.ttl": '<urn:a> <urn:b> \'<<(\', """{| \' """ . # <<(\n<urn:a> <urn:b> <urn:c> .',
    }
    for name, text in texts.items():
        (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
        assert main(["query", "--text", "ASK { ?s ?p ?o }", "--data", str(tmp_path / name)]) == 0


SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:S> a sh:NodeShape ; sh:targetSubjectsOf <urn:p> ;
  {} .
"""
OUTSIDE = [
    ("<http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1:9/x>", "import-not-followed", 43),
    ('sh:js [ sh:jsFunctionName "f" ]', "script-refused", 9),
    ('sh:sparql [ sh:select "SELECT $this { service <http://127.0.0.1:9/> { ?s ?p ?o } }" ]', "network-refused", 25),
    ('sh:sparql [ sh:select "SELECT $this FROM <http://127.0.0.1:9/x> { $this ?p ?o }" ]', "network-refused", 25),
    ('sh:sparql [ sh:update "LOAD <http://127.0.0.1:9/x>" ]', "network-refused", 25),
]


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every connection and look-up of a name is noted and refused."""
    tried: list[object] = []

    def refuse(*arguments: object, **_: object) -> None:
        tried.append(arguments)
        raise AssertionError("the network was reached for")

    for target in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, target, refuse)
    for target in ("create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, target, refuse)
    return tried


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("engine", ["fast", "reference"])
@pytest.mark.parametrize(("what", "rule", "column"), OUTSIDE)
def test_shapes_reach_nothing_and_it_is_reported(
    capsysbinary: pytest.CaptureFixture[bytes],
    no_network: list[object],
    tmp_path: Path,
    what: str,
    rule: str,
    column: int,
    engine: str,
    language: str,
) -> None:
    (tmp_path / "data.ttl").write_text("<urn:a> <urn:p> 1 .")
    (tmp_path / "shapes.ttl").write_text(SHAPES.replace("{}", what))
    data, shapes = str(tmp_path / "data.ttl"), str(tmp_path / "shapes.ttl")
    words = ["--data", data, "--ontology", data, "--shapes", shapes, "--engine", engine, "--lang", language]
    assert main(["validate", *words, "--format", "json"]) == 1
    report = json.loads(capsysbinary.readouterr().out)
    findings = [finding for finding in report["findings"] if finding["rule"] in RULES]
    assert {(finding["rule"], finding["line"], finding["column"]) for finding in findings} >= {(rule, 3, column)}
    assert bool(report["skipped"]) == (rule != "import-not-followed")
    assert no_network == []


@pytest.mark.parametrize("engine", ["fast", "reference"])
def test_a_query_of_a_shape_that_would_end_the_process_is_refused(
    engine: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    select = "SELECT $this { " + "{ " * 5000 + "$this <urn:p> ?o " + "} " * 5001
    (tmp_path / "data.ttl").write_text("<urn:a> <urn:p> 1 .")
    (tmp_path / "shapes.ttl").write_text(SHAPES.replace("{}", f'sh:sparql [ sh:select "{select}" ]'))
    data, shapes = str(tmp_path / "data.ttl"), tmp_path / "shapes.ttl"
    words = ["--data", data, "--ontology", data, "--shapes", str(shapes), "--engine", engine]
    assert main(["validate", *words]) == 2
    assert re.search(r"shapes\.ttl:\d+:\d+: .*deeper than the limit of 200", capsys.readouterr().err)


def test_words_that_fetch_nothing_in_a_query_are_not_findings(tmp_path: Path) -> None:
    select = "SELECT $this { $this <urn:service/LOAD> 'FROM' ; ?from ?load } # SERVICE"
    (tmp_path / "data.ttl").write_text("<urn:a> <urn:p> 1 .")
    (tmp_path / "shapes.ttl").write_text(SHAPES.replace("{}", f'sh:sparql [ sh:select "{select}" ]'))
    data = str(tmp_path / "data.ttl")
    assert main(["validate", "--data", data, "--ontology", data, "--shapes", str(tmp_path / "shapes.ttl")]) == 0


@pytest.mark.parametrize("name", ["ttl", "trig", "nt", "nq", "rdf", "jsonld"])
def test_no_syntax_reaches_the_network(no_network: list[object], tmp_path: Path, name: str) -> None:
    body = (
        '<rdf:Description rdf:about="http://127.0.0.1:9/a"><e:p rdf:resource="http://127.0.0.1:9/b"/></rdf:Description>'
    )
    texts = {"rdf": _xml(body), "jsonld": '{"@id": "http://127.0.0.1:9/a", "urn:p": {"@id": "http://127.0.0.1:9/b"}}'}
    (tmp_path / f"x.{name}").write_text(texts.get(name, "<http://127.0.0.1:9/a> <urn:p> <http://127.0.0.1:9/b> .\n"))
    assert main(["export", "--data", str(tmp_path), "-o", str(tmp_path / "out")]) == 0
    assert no_network == []


def test_messages_do_not_speak_to_the_terminal(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    path = tmp_path / "\u202eevil\x1b[2J.ttl"
    path.write_text("<urn:a> \u202e\x1b]0;x\x07:b 1 .")
    assert main(["export", "--data", str(path)]) == 2
    said = capsysbinary.readouterr().err.decode()
    assert said.count("\n") == 1
    assert said.rstrip("\n").isprintable()
    assert "\\u202eevil\\x1b[2J.ttl:1:" in said


@pytest.fixture
def bomb(tmp_path: Path) -> list[str]:
    (tmp_path / "data.ttl").write_text(f'<urn:a> <urn:p> "{"a" * 60}!" .')
    (tmp_path / "shapes.ttl").write_text(SHAPES.replace("{}", 'sh:property [ sh:path <urn:p> ; sh:pattern "^(a+)+$" ]'))
    data = str(tmp_path / "data.ttl")
    return ["validate", "--data", data, "--ontology", data, "--shapes", str(tmp_path / "shapes.ttl")]


@pytest.mark.slow
def test_timeout_ends_a_regular_expression(
    capfdbinary: pytest.CaptureFixture[bytes], bomb: list[str], tmp_path: Path
) -> None:
    output = tmp_path / "report"
    before, start = sorted(tmp_path.iterdir()), time.monotonic()
    assert main([*bomb, "--engine", "reference", "--timeout", "4", "-o", str(output)]) == 3
    assert time.monotonic() - start < 30
    out, err = capfdbinary.readouterr()
    assert out == b""
    assert err.splitlines()[-1] == b"gba-kg: stopped after 4 seconds (--timeout): there is no verdict"
    assert sorted(tmp_path.iterdir()) == before


def test_a_killed_process_leaves_no_unfinished_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gba_kg.cli import deadline
    from gba_kg.errors import IncompleteError

    output = tmp_path / "out"
    child = (
        "import sys, time; from pathlib import Path; from gba_kg.cli import common\n"
        "Path.chmod = lambda *_: (Path(sys.argv[1]).touch(), time.sleep(60))\n"
        "common.write('x', Path(sys.argv[2]))"
    )
    monkeypatch.setattr(deadline, "_CHILD", child)
    with pytest.raises(IncompleteError):
        deadline.run_within([str(tmp_path / "reached"), str(output)], 4, output)
    assert [path.name for path in tmp_path.iterdir()] == ["reached"]


@pytest.mark.parametrize("command", ["validate", "query cases", "export", "stats"])
def test_within_the_time_all_is_as_without_it(capsysbinary: pytest.CaptureFixture[bytes], command: str) -> None:
    small = ["--data", "ontology/gba.ttl", "--ontology", "ontology/gba.ttl"]
    words = [*command.split(), *small]
    expected = (main(words), *capsysbinary.readouterr())
    assert (main([*words, "--timeout", "60"]), *capsysbinary.readouterr()) == expected


@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf", "x", "1e9"])
def test_a_time_that_is_none(capsysbinary: pytest.CaptureFixture[bytes], value: str) -> None:
    assert main(["validate", f"--timeout={value}"]) == 2
    assert b"--timeout takes a number of seconds" in capsysbinary.readouterr().err


def test_a_name_that_is_no_text(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    (tmp_path / "a\udcff.ttl").write_text("<urn:a> <urn:b> 1 .")
    assert main(["validate", "--data", str(tmp_path)]) == 2
    assert b"a\\udcff.ttl: the name of this file is not UTF-8 text" in capsysbinary.readouterr().err
