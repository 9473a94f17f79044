"""What changed between two graphs: nothing for another form of the same, and an update that makes one the other."""

from __future__ import annotations

import io
import json
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gba_kg
from gba_kg.cli import main
from gba_kg.diff import Change, compare

EX = "@prefix ex: <http://example.org/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
_NAMES = [ox.NamedNode(f"http://example.org/{letter}") for letter in "abc"]
_BLANK = [ox.BlankNode(letter) for letter in "uvwxyz"]
_VALUES = [ox.Literal("1"), ox.Literal(1), ox.Literal('a\n"\\', language="zh-Hant")]
TRIPLES = st.builds(
    ox.Triple,
    st.sampled_from([*_NAMES, *_BLANK]),
    st.sampled_from(_NAMES),
    st.sampled_from([*_NAMES, *_BLANK, *_VALUES]),
)


def _parse(text: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(EX + text, format=ox.RdfFormat.TURTLE)]


def _canonical(triples: list[ox.Triple]) -> set[str]:
    dataset = ox.Dataset(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.sets(TRIPLES, max_size=12), st.sets(TRIPLES, max_size=12))
def test_the_update_makes_one_graph_the_other(before: set[ox.Triple], after: set[ox.Triple]) -> None:
    store = ox.Store()
    store.extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in before)
    found = compare(before, after)
    store.update(found.update)
    assert _canonical([quad.triple for quad in store]) == _canonical(list(after))
    assert bool(found) == (_canonical(list(before)) != _canonical(list(after)))
    assert bool(found.things) == bool(found)
    assert len(after) - len(before) == found.added - found.removed


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.sets(TRIPLES, max_size=12), st.permutations(_BLANK))
def test_names_of_blank_nodes_make_no_difference(triples: set[ox.Triple], names: list[ox.BlankNode]) -> None:
    new = dict(zip(_BLANK, names, strict=True))
    renamed = [ox.Triple(new.get(t.subject, t.subject), t.predicate, new.get(t.object, t.object)) for t in triples]
    assert not compare(triples, renamed)


def test_changes_are_told_by_thing() -> None:
    before = _parse(
        'ex:a skos:prefLabel "old"@en , "alt"@zh-Hans ; ex:p 1 , 2 . ex:gone ex:p 3 . ex:b ex:r [ ex:p 1 ; ex:q 2 ] .'
    )
    after = _parse(
        'ex:a skos:prefLabel "new"@en , "alt"@zh-Hans ; ex:p 2 , 3 , 4 . ex:new ex:p 3 . '
        "ex:b ex:r [ ex:p 1 ; ex:q 5 ] ."
    )
    found = compare(before, after)
    a, p = "http://example.org/a", "http://example.org/p"
    integer = "^^<http://www.w3.org/2001/XMLSchema#integer>"
    things = {thing.iri.rsplit("/", 1)[-1]: thing for thing in found.things}
    assert {name: thing.kind for name, thing in things.items()} == {
        "a": "changed", "b": "changed", "gone": "removed", "new": "added"
    }  # fmt: skip
    assert things["a"].label == "new"
    assert things["a"].changes == (
        Change(a, p, f'"1"{integer}', None),
        Change(a, p, None, f'"3"{integer}'),
        Change(a, p, None, f'"4"{integer}'),
        Change(a, "http://www.w3.org/2004/02/skos/core#prefLabel", '"old"@en', '"new"@en'),
    )
    (inner,) = things["b"].changes
    assert inner == Change("_:c14n0", "http://example.org/q", f'"2"{integer}', f'"5"{integer}')
    assert (found.added, found.removed) == (7, 6)


def test_two_equal_components_are_not_one() -> None:
    assert compare(_parse("[] ex:p 1 . [] ex:p 1 ."), _parse("[] ex:p 1 ."))


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "old.ttl").write_text(EX + 'ex:a skos:prefLabel "A"@en ; ex:p "x|y" .\n')
    (tmp_path / "new.ttl").write_text(EX + 'ex:a skos:prefLabel "A"@en ; ex:p "\\u001b[31m" .\n')
    return str(tmp_path / "old.ttl"), str(tmp_path / "new.ttl")


def _run(capsysbinary: pytest.CaptureFixture[bytes], *words: str) -> tuple[int, str, str]:
    code = main(["diff", *words])
    out, err = capsysbinary.readouterr()
    return code, out.decode(), err.decode()


def test_every_format(capsysbinary: pytest.CaptureFixture[bytes], pair: tuple[str, str]) -> None:
    code, out, _ = _run(capsysbinary, *pair)
    assert (code, out.splitlines()) == (
        1,
        [
            "~ http://example.org/a  A",
            '    - http://example.org/p: "x|y"',
            '    + http://example.org/p: "\\u001B[31m"',
            "things: 0 added, 0 removed, 1 changed; statements: 1 added, 1 removed",
        ],
    )
    content = json.loads(_run(capsysbinary, *pair, "--format", "json")[1])
    assert (content["equal"], content["added"], content["removed"]) == (False, 1, 1)
    assert content["things"][0]["changes"][0]["removed"] == '"x|y"'
    out = _run(capsysbinary, *pair, "--format", "markdown")[1]
    assert '| http://example.org/p | "x\\|y" | "\\\\u001B\\[31m" |' in out
    store = ox.Store()
    store.load(Path(pair[0]).read_bytes(), format=ox.RdfFormat.TURTLE)
    store.update(_run(capsysbinary, *pair, "--format", "update")[1])
    assert {quad.triple for quad in store} == set(_parse(Path(pair[1]).read_text()))


@pytest.mark.parametrize("form", ["text", "json", "markdown", "update"])
def test_equal_graphs(capsysbinary: pytest.CaptureFixture[bytes], pair: tuple[str, str], form: str) -> None:
    code, out, _ = _run(capsysbinary, pair[0], pair[0], "--format", form)
    assert code == 0
    assert (
        out
        == {
            "text": "no difference\n",
            "markdown": "No difference.\n",
            "json": '{\n  "equal": true,\n  "added": 0,\n  "removed": 0,\n  "things": []\n}\n',
            "update": "",
        }[form]
    )


def test_an_export_is_the_bundled_graph(
    capsysbinary: pytest.CaptureFixture[bytes], graph: gba_kg.Graph, tmp_path: Path
) -> None:
    (tmp_path / "export.ttl").write_bytes(gba_kg.export(graph, "turtle"))
    assert _run(capsysbinary, str(tmp_path / "export.ttl"))[0] == 0


def _git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


def test_revisions(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder, text in (("ontology", "ex:C ex:p 1 ."), ("data", "ex:a a ex:C .")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.ttl").write_text(EX + text)
    _git(tmp_path, "init")
    _git(tmp_path, "add", ".")
    _git(tmp_path, "commit", "-m", "one")
    (tmp_path / "data" / "x.ttl").write_text(EX + "ex:a a ex:C ; ex:p 2 .")
    monkeypatch.chdir(tmp_path)
    code, out, _ = _run(capsysbinary, "HEAD:data", "data")
    assert code == 1
    assert out.endswith("things: 0 added, 0 removed, 1 changed; statements: 1 added, 0 removed\n")
    assert _run(capsysbinary, "HEAD", "HEAD")[0] == 0
    assert _run(capsysbinary, "HEAD:data/x.ttl", "HEAD:data")[0] == 0
    assert _run(capsysbinary, "HEAD:none", "HEAD")[::2] == (2, "gba-kg: revision 'HEAD' has no none\n")
    for name in ("nothing", "--output=x"):
        code, _, err = _run(capsysbinary, "--", name, "HEAD")
        assert (code, err) == (2, f"gba-kg: '{name}' is neither a file or folder nor a revision of git\n")


def test_standard_input_is_read_once(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert _run(capsysbinary, "-", "-")[::2] == (
        2,
        "gba-kg: standard input can be read once: name something else as A or B\n",
    )


@pytest.mark.parametrize("place", [0, 1])
def test_one_side_is_standard_input(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, pair: tuple[str, str], place: int
) -> None:
    quads = b"".join(f"{quad} .\n".encode() for quad in ox.parse(path=pair[place]))
    sides = list(pair)
    sides[place] = "-"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(quads)))
    read = _run(capsysbinary, *sides, "--input-format", "nquads")
    assert read == _run(capsysbinary, *pair)
    assert read[0] == 1


def test_without_git(
    capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    code, _, err = _run(capsysbinary, "HEAD", "HEAD")
    assert code == 3
    assert err.startswith("gba-kg: git cannot be run: ")
