"""Every statement is found at its line and column, whatever Turtle allows."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import ROOT

from gba_kg.errors import InputError
from gba_kg.files import RdfFile, read_turtle
from gba_kg.locate import locate
from gba_kg.namespaces import expand

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


def _w3c_files(w3c: Path) -> list[Path]:
    return sorted(path for path in (w3c / "rdf" / "rdf-turtle").glob("*.ttl") if "bad" not in path.name)


def test_w3c_turtle_suite(w3c: Path) -> None:
    """The same triples as the strict parser, each of them at a place where its object may begin."""
    files = _w3c_files(w3c)
    located = 0
    for path in files:
        file = RdfFile(path, f"http://www.w3.org/2013/TurtleTests/{path.name}")
        try:
            triples = set(file.triples())
        except InputError:
            continue  # a handful of positive tests that the parser rejects by its reading of surrogates
        places = locate(file)
        assert set(places.triples) == triples, path.name
        lines = read_turtle(file).splitlines() or [""]
        for triple, place in places.triples.items():
            assert 1 <= place.line <= len(lines), path.name
            if isinstance(triple.object, ox.Literal) and triple.object.datatype.value.endswith("#string"):
                assert lines[place.line - 1][place.column - 1] in "\"'", path.name
        located += len(triples)
    assert len(files) > 200
    assert located > 500
