"""Every RDF syntax is read as the W3C suites say, and statements of every syntax know their file."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection

import gba_kg
from gba_kg.cli import main
from gba_kg.errors import InputError, UsageError
from gba_kg.facts import Facts
from gba_kg.files import RdfFile, find_files
from gba_kg.graph import load_files
from gba_kg.syntaxes import SYNTAXES, Syntax, syntax_named

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SUITES = {
    "turtle": ("rdf-turtle", "https://w3c.github.io/rdf-tests/rdf/rdf11/rdf-turtle/", 300),
    "trig": ("rdf-trig", "https://w3c.github.io/rdf-tests/rdf/rdf11/rdf-trig/", 330),
    "ntriples": ("rdf-n-triples", "https://w3c.github.io/rdf-tests/rdf/rdf11/rdf-n-triples/", 65),
    "nquads": ("rdf-n-quads", "https://w3c.github.io/rdf-tests/rdf/rdf11/rdf-n-quads/", 80),
    "rdfxml": ("rdf-xml", "https://w3c.github.io/rdf-tests/rdf/rdf11/rdf-xml/", 160),
}
# The suite wants XML literals in canonical form, RDF 1.1 any form of the same value: the parser keeps what is written.
KNOWN = {"rdfxml": {"xml-canon-test001", "xml-canon-test002"}}


@dataclass(frozen=True)
class Case:
    name: str
    kind: str
    action: Path
    result: Path | None


def _cases(folder: Path) -> list[Case]:
    base = "https://suite.example/"
    manifest = Graph().parse(folder / "manifest.ttl", publicID=base)

    def local(node: object) -> Path:
        return folder / str(node).removeprefix(base)

    (entries,) = manifest.objects(None, MF.entries)
    cases = []
    for entry in Collection(manifest, entries):
        kind = str(manifest.value(entry, RDF.type)).rpartition("#")[2]
        result = manifest.value(entry, MF.result)
        assert isinstance(entry, URIRef)
        cases.append(
            Case(
                str(entry).rpartition("#")[2],
                kind,
                local(manifest.value(entry, MF.action)),
                None if result is None else local(result),
            )
        )
    return cases


def _canonical(file: RdfFile) -> list[str]:
    dataset = ox.Dataset(file.quads())
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return sorted(map(str, dataset))


def _passes(case: Case, syntax: Syntax, folder: Path, base: str) -> bool:
    graph = base + case.action.relative_to(folder).as_posix()
    file = RdfFile(case.action, graph, syntax)
    try:
        found = _canonical(file)
    except InputError:
        return "Negative" in case.kind
    if "Negative" in case.kind:
        return False
    if case.result is None:
        return "Positive" in case.kind
    return found == _canonical(RdfFile(case.result, graph, syntax_named(case.result.suffix)))


@pytest.mark.parametrize("name", SUITES)
def test_w3c_suite(w3c: Path, name: str) -> None:
    folder_name, base, at_least = SUITES[name]
    folder, syntax = w3c / "rdf" / folder_name, syntax_named(name)
    cases = _cases(folder)
    assert len(cases) >= at_least
    assert {case.name for case in cases if not _passes(case, syntax, folder, base)} == KNOWN.get(name, set())


def test_a_wrong_result_would_be_seen(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:b> 1 .")
    (tmp_path / "a.nt").write_text("<urn:a> <urn:b> <urn:c> .\n")
    case = Case("wrong", "TestTurtleEval", tmp_path / "a.ttl", tmp_path / "a.nt")
    assert not _passes(case, syntax_named("turtle"), tmp_path, "urn:x:")


NAMED = {
    "a.trig": "<urn:s> <urn:p> 1 . <urn:g> { <urn:s> <urn:q> 2 }",
    "b.nq": "<urn:t> <urn:p> <urn:o> .\n<urn:t> <urn:q> <urn:o> <urn:h> .\n",
    "c.jsonld": '{"@id": "urn:i", "@graph": [{"@id": "urn:u", "urn:p": 1}]}',
    "d.ttl": "<urn:v> <urn:p> [ <urn:p> 1 ] .",
    "e.nt": "<urn:w> <urn:p> <urn:o> .\n",
    "f.rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:">'
    '<rdf:Description rdf:about="urn:x"><e:p>1</e:p></rdf:Description></rdf:RDF>',
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in NAMED.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "g.txt").write_text("not RDF")
    return tmp_path


def test_a_folder_holds_every_syntax(folder: Path) -> None:
    assert [file.path.name for file in find_files([folder])] == list(NAMED)
    assert {file.syntax for file in find_files([folder])} == set(SYNTAXES)


def test_graphs_of_a_file(folder: Path) -> None:
    graph = load_files([folder])
    own = {file.graph for file in graph.files}
    names = {name.value for name in graph.store.named_graphs()}
    assert names == {quad.graph_name.value for quad in graph.quads()}
    assert names - own == {"urn:g", "urn:h", "urn:i"}
    assert [graph.by_graph[name].path.name for name in ("urn:g", "urn:h", "urn:i")] == ["a.trig", "b.nq", "c.jsonld"]
    facts = Facts(graph)
    for subject, name in zip("stuvwx", NAMED, strict=True):
        shown, _, _ = facts.place(ox.NamedNode(f"urn:{subject}"), ox.NamedNode("urn:q"))
        assert Path(shown or "").name == name


def test_names_of_syntaxes() -> None:
    for syntax in SYNTAXES:
        for name in (syntax.name, syntax.name.upper(), *syntax.extensions, *syntax.media_types):
            assert syntax_named(name) is syntax
    with pytest.raises(UsageError, match="no syntax 'n3'"):
        syntax_named("n3")


COUNT = ("query", "--text", "SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?o }", "--format", "csv")


class _Stdin:
    def __init__(self, content: bytes) -> None:
        self.buffer = io.BytesIO(content)


@pytest.mark.parametrize("name", NAMED)
def test_standard_input(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, folder: Path, name: str
) -> None:
    monkeypatch.setattr(sys, "stdin", _Stdin(NAMED[name].encode()))
    assert main([*COUNT, "--data", "-", "--input-format", name.partition(".")[2]]) == 0
    (count,) = capsysbinary.readouterr().out.split()[1:]
    expected = sum(quad.predicate.value == "urn:p" for quad in load_files([folder / name]).quads())
    assert int(count) == expected > 0


def test_standard_input_is_turtle_and_its_faults_have_a_place(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", _Stdin(b"\xef\xbb\xbf<urn:a> <urn:p> 1 .\r\n<urn:a> <urn:p> .\r\n"))
    assert main([*COUNT, "--data", "-"]) == 2
    assert capsysbinary.readouterr().err.startswith(b"gba-kg: <stdin>:2:17: ")


def test_standard_input_is_read_once(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["validate", "--data", "-", "--shapes", "-"]) == 2
    assert b"can be read once" in capsysbinary.readouterr().err


def test_shapes_from_standard_input_are_there_for_each_part_of_check(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    shapes = b"<urn:S> <http://www.w3.org/ns/shacl#targetSubjectsOf> <urn:p> .\n"
    monkeypatch.setattr(sys, "stdin", _Stdin(shapes))
    words = ["--data", str(folder / "e.nt"), "--ontology", str(folder / "d.ttl"), "--sources", str(folder / "none")]
    assert main(["check", *words, "--shapes", "-", "--input-format", "ntriples"]) == 0
    assert b"1 shapes, 3 targets" in capsysbinary.readouterr().out


def test_limit_of_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gba_kg.files.MAX_BYTES", 10)
    monkeypatch.setattr(sys, "stdin", _Stdin(b" " * 11))
    with pytest.raises(InputError, match="more bytes than the limit"):
        find_files([Path("-")])


def test_a_file_whose_extension_says_nothing(folder: Path) -> None:
    (folder / "x.json").write_text(NAMED["c.jsonld"])
    with pytest.raises(InputError, match="say it with --input-format"):
        gba_kg.load(folder / "x.json")
    graph = gba_kg.load(folder / "x.json", folder / "e.nt", syntax="application/ld+json")
    assert [file.syntax.name for file in graph.files] == ["jsonld"]


def test_shapes_in_another_syntax(capsysbinary: pytest.CaptureFixture[bytes], folder: Path) -> None:
    (folder / "shapes.nt").write_text(
        "<urn:S> <http://www.w3.org/ns/shacl#targetSubjectsOf> <urn:q> .\n"
        "<urn:S> <http://www.w3.org/ns/shacl#nodeKind> <http://www.w3.org/ns/shacl#BlankNode> .\n"
    )
    words = ["--data", str(folder / "a.trig"), "--ontology", str(folder / "e.nt")]
    assert main(["validate", *words, "--shapes", str(folder / "shapes.nt")]) == 1
    assert b"a.trig" in capsysbinary.readouterr().out
