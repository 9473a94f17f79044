"""Every statement is found at its line and column, whatever Turtle allows."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import ROOT

from gba_kg.files import RdfFile, read_rdf
from gba_kg.locate import locate
from gba_kg.namespaces import expand
from gba_kg.syntaxes import syntax_named

EVERYTHING = """@prefix ex: <http://example.org/> . # a comment with <http://example.org/no> "no"
@base <http://example.org/> .
PREFIX p: <http://example.org/p#>

ex:s a ex:C ;
    p:long \"\"\"two
lines "quoted" . ;\"\"\"@zh-Hans , 'its' ;
    p:number 1, -2.5 , 1e3, true ;
    p:nested [ p:inner "\\u4e2d\\"" ; p:deeper [ p:x <relative> ] ] ;
    p:list ( 1 [ p:in 2 ] ( "a" ) ) ; ;
    .
[ p:alone 1 ] .
[] p:anon ex:a.b .
_:label p:q ex:s\\,t .
( 1 ) p:headed 2 .
"""


def _file(tmp_path: Path, text: str) -> RdfFile:
    path = tmp_path / "x.ttl"
    path.write_bytes(text.encode())
    return RdfFile(path, "urn:x")


def _found(tmp_path: Path, text: str) -> dict[str, tuple[int, int]]:
    file = _file(tmp_path, text)
    places = locate(file)
    assert set(file.triples()) == set(places.triples)
    return {
        f"{triple.predicate.value.rsplit('#', 1)[-1]} {triple.object.value}": (place.line, place.column)
        for triple, place in places.triples.items()
        if not isinstance(triple.object, ox.BlankNode)
    }


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "bom"])
def test_everything_that_turtle_allows(tmp_path: Path, newline: str, mark: str) -> None:
    found = _found(tmp_path, mark + EVERYTHING.replace("\n", newline))
    assert found["type http://example.org/C"] == (5, 8)
    assert found[f'long two{newline}lines "quoted" . ;'] == (6, 12)
    assert found["long its"] == (7, 33)
    assert found["number -2.5"] == (8, 17)
    assert found['inner 中"'] == (9, 24)
    assert found["x http://example.org/relative"] == (9, 52)
    assert found["in 2"] == (10, 23)
    assert found["first a"] == (10, 29)
    assert found["alone 1"] == (12, 11)
    assert found["anon http://example.org/a.b"] == (13, 11)
    assert found["q http://example.org/s,t"] == (14, 13)
    assert found["headed 2"] == (15, 16)


def test_blank_nodes_are_named_alike_at_each_reading(tmp_path: Path) -> None:
    file = _file(tmp_path, EVERYTHING.replace("'its'", "'its'"))
    assert list(file.triples()) == list(file.triples())


def test_subjects_of_the_bundled_data() -> None:
    path = next((ROOT / "data/cases/batch-2").glob("01-*.ttl"))
    places = locate(RdfFile(path, "urn:x"))
    node = ox.NamedNode(expand("case:2-01") or "")
    line = path.read_text().splitlines()[places.subjects[node].line - 1]
    assert line.startswith("case:2-01 a gba:Case")


UNLISTED = {"test-38.ttl"}  # in no manifest: it escapes half a surrogate pair
SUITES = [("turtle", "rdf-turtle", 200), ("trig", "rdf-trig", 240), ("ntriples", "rdf-n-triples", 35)]


@pytest.mark.parametrize(("name", "suite", "at_least"), [*SUITES, ("nquads", "rdf-n-quads", 45)])
def test_w3c_suite(w3c: Path, name: str, suite: str, at_least: int) -> None:
    """The same triples as the strict parser, each of them at a token with which its object may begin."""
    syntax = syntax_named(name)
    paths = sorted(path for path in (w3c / "rdf" / suite).iterdir() if path.suffix in syntax.extensions)
    files = [
        RdfFile(path, f"http://www.w3.org/suite/{path.name}", syntax)
        for path in paths
        if path.name not in UNLISTED and "bad" not in path.name
    ]
    located = 0
    for file in files:
        triples = set(file.triples())
        places = locate(file)
        assert set(places.triples) == triples, file.path.name
        assert set(places.subjects) == {triple.subject for triple in triples}, file.path.name
        lines = re.split(r"\r\n|\r|\n", read_rdf(file))
        for triple, place in places.triples.items():
            rest = lines[place.line - 1][place.column - 1 :]
            if triple.predicate.value.rpartition("#")[2] in ("first", "rest"):
                assert rest, file.path.name  # a cell is where its item is
                continue
            assert _may_begin(triple.object, rest), (file.path.name, str(triple), rest)
        located += len(triples)
    assert len(files) >= at_least
    assert located > at_least


def _may_begin(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, rest: str) -> bool:
    name = re.match(r"[^\s<>\"'()\[\]{},;]*:", rest)
    if isinstance(term, ox.NamedNode):
        return rest.startswith(("<", "()")) or bool(name) or bool(re.match(r"\(\s*\)", rest))
    if isinstance(term, ox.BlankNode):
        return rest.startswith(("_:", "[", "("))
    assert isinstance(term, ox.Literal)
    return rest.startswith(("'", '"', "true", "false")) or bool(re.match(r"[-+.0-9]", rest))


def test_graphs_of_trig(tmp_path: Path) -> None:
    text = """@prefix x: <urn:> .
x:g { x:a x:b 1 ; x:c [ x:d 2 ] }
GRAPH x:h { x:a x:e (3), 4 . [] x:f 5 }
{ x:a x:i 6 } x:a x:j 7 ."""
    path = tmp_path / "x.trig"
    path.write_text(text)
    places = locate(RdfFile(path, "urn:x", syntax_named("trig")))
    lines = text.splitlines()
    seen = {
        t.object.value: lines[p.line - 1][p.column - 1] for t, p in places.triples.items() if t.object.value.isdigit()
    }
    assert seen == {digit: digit for digit in "1234567"}


def test_cells_of_nquads(tmp_path: Path) -> None:
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    path = tmp_path / "x.nq"
    path.write_text(f"_:c <{rdf}first> <urn:o> <urn:g> .\n_:c <{rdf}rest> <{rdf}nil> <urn:g> .\n")
    places = locate(RdfFile(path, "urn:x", syntax_named("nquads")))
    assert sorted(place.line for place in places.triples.values()) == [1, 2]


XML = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:" xml:base="http://example.org/d/">
<!-- rdf:about="b" -->
  <rdf:Description rdf:about="b"><e:p>1</e:p></rdf:Description>
  <e:C rdf:ID="c"/>
  <e:C><e:p rdf:resource="b"/></e:C>
</rdf:RDF>"""
JSON = """{"@context": {"x": "http://example.org/d/"},
 "@graph": [ {"@id": "http://example.org/d/b",
   "urn:p": {"@id":
 "x:c", "urn:p": 1}}, {"@id": "", "urn:p": "é"}]}"""


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (XML, "rdfxml", {"http://example.org/d/b": (3, 3), "http://example.org/d/#c": (4, 3)}),
        (JSON, "jsonld", {"http://example.org/d/b": (2, 22), "http://example.org/d/c": (4, 2), "urn:x": (4, 31)}),
    ],
)
def test_subjects_of_syntaxes_without_places(
    tmp_path: Path, text: str, name: str, expected: dict[str, tuple[int, int]]
) -> None:
    path = tmp_path / "x"
    path.write_text(text)
    places = locate(RdfFile(path, "urn:x", syntax_named(name)))
    assert not places.triples
    assert {node.value: (place.line, place.column) for node, place in places.subjects.items()} == expected
