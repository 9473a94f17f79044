"""Validating only what changed gives what the full run gives for what the change can affect, and misses nothing."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import hypothesis.strategies as st
import pyoxigraph as ox
import pytest
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from test_engines import SHAPES
from test_setwise import DECLARED, PREFIXES

import gba_kg
from gba_kg import setwise
from gba_kg.cli import main
from gba_kg.errors import UsageError
from gba_kg.files import STDIN, RdfFile
from gba_kg.graph import Graph, load_files
from gba_kg.setwise.affected import affected
from gba_kg.setwise.data import Data
from gba_kg.setwise.patterns import read_patterns
from gba_kg.setwise.run import Run
from gba_kg.setwise.shapes import ShapesGraph
from gba_kg.setwise.sparql import Sparql
from gba_kg.setwise.terms import Node, Statements, Term

# Queries of all the forms that the engine knows, and that hang together with $this in different ways or not at all.
SELECTS = (
    "$this ex:p ?value . FILTER NOT EXISTS { ?value ex:q ?other }",
    "$this ex:p/ex:q ?value . ?value a ex:C",
    "?value ex:p $this ; ex:q ?same . FILTER(isIRI(?value) && ?value != $this)",
    "$this ex:p ?value OPTIONAL { ?value ex:q ?other . ?other ex:r ?more } FILTER(BOUND(?more))",
    "$this ex:p ?value OPTIONAL { ?value ex:q ?other } ?other ex:r ?more",
    "$this ex:p ?value OPTIONAL { ?more ex:n ?x } ?more ex:r ?value",
    "{ $this ex:p ?value } UNION { ?value ex:q $this . ?value ex:r 1 , ?more }",
    "$this ?path ?value . FILTER(?path IN (ex:p, ex:q)) FILTER NOT EXISTS { ?value ex:r ?x }",
    "$this ex:m ?value . ?other ex:n ?value",
    "$this ex:m ?value . FILTER EXISTS { ?any ex:n ?number FILTER(?number = ?value) }",
    "$this ex:p ?value . ?value ex:q* ?end . ?end a ex:D",
    "?value a ex:D . FILTER NOT EXISTS { $this (ex:p|^ex:q)+ ?value }",
    "$this a ?class . ?value a ?class . FILTER(?value != $this)",
    "$this ex:p ?value { ?value ex:q ?x FILTER NOT EXISTS { ?x ex:r $this } }",
    "$this ex:p ?value . BIND(EXISTS { ?value ex:q ?x } AS ?known) FILTER(!?known)",
    "$this ex:p [ ex:q ?value ]",
    "$this !ex:p ?value",
    "$this ex:p ?value . { SELECT $this (COUNT(?x) AS ?n) { $this ex:q ?x } GROUP BY $this } FILTER(?n > 1)",
    "$this ex:r? ?value . ?value ex:m ?x",
    "$this ex:q* ?value FILTER NOT EXISTS { ?value ex:p ex:b }",
    "$this (ex:r/ex:p)? ?value FILTER NOT EXISTS { ?value ex:q* ex:b }",
)
SPARQL = [
    f"a sh:NodeShape ; {target} ; {other} sh:sparql "
    f'[ sh:prefixes ex: ; sh:select "SELECT $this ?value {{ {pattern} }}" ]'
    for target in ("sh:targetClass ex:C", "sh:targetNode ex:a , ex:nowhere", "sh:targetSubjectsOf ex:p")
    for pattern in SELECTS
    for other in ("", "sh:property [ sh:path ex:q ; sh:maxCount 1 ] ;")
]
COMPONENT = """ex:Seen a sh:ConstraintComponent ; sh:parameter [ sh:path ex:seen ] ;
  sh:validator [ a sh:SPARQLAskValidator ; sh:prefixes ex: ;
    sh:ask "ASK { ?other ex:r $value ; a $seen . $this ex:p ?any }" ] .
"""
# What lies some steps away from the focus node, behind each kind of path and constraint that leads on.
PATHS = (
    *("ex:p", "[ sh:inversePath ex:p ]", "( ex:p ex:q )", "[ sh:inversePath ( ex:p ex:q ) ]"),
    *("[ sh:alternativePath ( ex:p [ sh:inversePath ex:q ] ) ]", "[ sh:zeroOrMorePath ex:p ]"),
    *("[ sh:inversePath [ sh:oneOrMorePath ex:p ] ]", "( ex:q [ sh:zeroOrOnePath ex:p ] )"),
)
AT_VALUES = (
    "sh:class ex:C",
    "sh:closed true ; sh:ignoredProperties ( rdf:type ex:p )",
    "sh:property [ sh:path ex:q ; sh:minCount 1 ]",
    "sh:node [ sh:property [ sh:path ex:p ; sh:equals ex:q ] ]",
    "sh:not [ sh:path ( ex:q ex:p ) ; sh:hasValue ex:b ]",
    "sh:or ( [ sh:class ex:D ] [ sh:path ex:p ; sh:disjoint ex:r ] )",
    "sh:qualifiedValueShape [ sh:class ex:D ] ; sh:qualifiedMaxCount 0",
    "sh:maxCount 1",
    "ex:seen ex:D",
)
TARGETS = ("sh:targetClass ex:C", "sh:targetNode ex:a", "sh:targetSubjectsOf ex:r", "sh:targetObjectsOf ex:r")
FAR = [f"a sh:PropertyShape ; {t} ; sh:path {path} ; {c}" for t in TARGETS for path in PATHS for c in AT_VALUES]
OTHERS = [
    "a sh:NodeShape , rdfs:Class ; sh:property [ sh:path ( ex:p ex:q ) ; sh:nodeKind sh:IRI ]",
    "a sh:NodeShape ; sh:targetClass ex:C ; "
    "sh:property [ sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMinCount 1 ; "
    "sh:qualifiedValueShapesDisjoint true ] , [ sh:path ex:r ; sh:qualifiedValueShape "
    "[ sh:property [ sh:path ex:q ; sh:minCount 1 ] ] ; sh:qualifiedMinCount 0 ]",
]
# The length and the form of a number are left to the reference engine.
MIXED = SHAPES.map(lambda bodies: bodies[0]).filter(lambda body: "Length" not in body and "pattern" not in body)
NODES = ("ex:a", "ex:b", "ex:c", "_:x")
LINES = [
    *((s, p, o) for s in NODES for p in ("ex:p", "ex:q", "ex:r") for o in (*NODES, "1")),
    *((s, "a", c) for s in NODES for c in ("ex:C", "ex:D", "ex:E", "ex:S0")),
    *((s, p, o) for s in NODES[:2] for p in ("ex:m", "ex:n") for o in ("1", '"x"@en')),
    *(("ex:nowhere", "ex:r", "ex:a"), ("ex:E", "rdfs:subClassOf", "ex:D"), ("ex:D", "rdfs:subClassOf", "ex:C")),
]


def _graph(lines: Iterable[tuple[str, str, str]]) -> Graph:
    text = PREFIXES + "".join(f"{' '.join(line)} .\n" for line in sorted(lines))
    return _of_file(RdfFile(STDIN, "urn:x:data", content=text.encode()))


def _of_file(file: RdfFile) -> Graph:
    graph = Graph((file,))
    file.load_into(graph.store)
    return graph


def _rows(results: Iterable[setwise.Result]) -> Counter[str]:
    return Counter(str(result) for result in results)


def _run(graph: Graph, shapes: Graph, only: dict[Node, frozenset[Term] | None] | None = None) -> Counter[str]:
    read = ShapesGraph.read(Statements(shapes.quads()))
    data = Data(graph)
    found, left = Run(data, read, Sparql(data, shapes)).evaluate(only)
    assert not left.keys() - read.unsupported.keys(), "then the reference runs them, for all nodes"
    return _rows(found)


def _others(graph: Graph, shapes: Graph, looked_at: dict[Node, frozenset[Term] | None]) -> dict[Node, frozenset[Term]]:
    """Of each shape, the nodes of its targets that are not looked at."""
    read, data, found = ShapesGraph.read(Statements(shapes.quads())), Data(graph), {}
    for node, targets in read.targets.items():
        some, focus = looked_at[node], data.focus(targets)
        if some is not None and focus is not None:
            rows = data.rows(f"SELECT DISTINCT ?this {{ {focus.pattern('this')} }}")
            found[node] = frozenset(row[0] for row in rows if row[0] is not None) - some
    return found


def _prove(before: Graph, after: Graph, shapes: Graph) -> None:
    """The full run after a change is what is kept of the run before it, and what ``changed`` finds."""
    old, new = ({str(quad.triple): quad.triple for quad in graph.store} for graph in (before, after))
    changed = [(old | new)[key] for key in sorted(old.keys() ^ new.keys())]
    assert changed or old == new
    answer = setwise.evaluate(after, shapes, changed)
    assert answer.looked_at is not None
    found = _rows(answer.results)
    touched = dict(affected(Data(after), ShapesGraph.read(Statements(shapes.quads())), changed))
    kept = _run(before, shapes, _others(before, shapes, touched))
    assert found + kept == _run(after, shapes), "the full run is what is found and what is kept"


@pytest.mark.slow
@settings(max_examples=30, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    lines=st.sets(st.sampled_from(LINES), min_size=12, max_size=25),
    bodies=st.lists(st.sampled_from([*FAR, *SPARQL, *OTHERS * 10]), min_size=30, max_size=30),
    mixed=st.lists(MIXED, max_size=5),
    edits=st.lists(st.sets(st.sampled_from(LINES), min_size=1, max_size=2), min_size=10, max_size=10),
)
def test_random_edits(
    lines: set[tuple[str, str, str]], bodies: list[str], mixed: list[str], edits: list[set[tuple[str, str, str]]]
) -> None:
    """Each edit adds some statements and takes others away."""
    text = "".join(f"ex:S{number} {body} .\n" for number, body in enumerate((*bodies, *mixed)))
    shapes = _of_file(RdfFile(STDIN, "urn:x:shapes", content=(PREFIXES + DECLARED + COMPONENT + text).encode()))
    before = _graph(lines)
    for edit in edits:
        _prove(before, _graph(lines ^ edit), shapes)


# What random edits meet too seldom: a shape, statements, and those that an edit adds or takes away.
RARE = {
    "a sibling shape behind another path": (
        OTHERS[1],
        {("ex:a", "a", "ex:C"), ("ex:b", "a", "ex:C"), ("ex:a", "ex:p", "ex:b"), ("ex:b", "ex:q", "1")},
        {("ex:b", "ex:q", "1")},
    ),
    "a class that comes below another": (
        "a sh:PropertyShape ; sh:targetNode ex:a ; sh:path ex:p ; sh:class ex:C",
        {("ex:a", "ex:p", "ex:b"), ("ex:b", "a", "ex:D")},
        {("ex:D", "rdfs:subClassOf", "ex:C")},
    ),
    "a target of a class that comes below another": (
        "a sh:PropertyShape ; sh:targetClass ex:C ; sh:path ex:p ; sh:maxCount 0",
        {("ex:a", "ex:p", "ex:b"), ("ex:a", "a", "ex:D")},
        {("ex:D", "rdfs:subClassOf", "ex:C")},
    ),
    "an OPTIONAL that is empty before what follows it": (
        SPARQL[10],
        {("ex:a", "a", "ex:C"), ("ex:a", "ex:p", "ex:b"), ("ex:c", "ex:r", "ex:b")},
        {("ex:d", "ex:n", "1")},
    ),
    "a way without steps from a node that comes into the graph": (
        SPARQL[2 * (len(SELECTS) + SELECTS.index("$this ex:q* ?value FILTER NOT EXISTS { ?value ex:p ex:b }"))],
        {("ex:b", "ex:p", "ex:b")},
        {("ex:nowhere", "ex:r", "1")},
    ),
}


@pytest.mark.parametrize("name", RARE)
def test_rare_edits(name: str) -> None:
    body, lines, edit = RARE[name]
    text = f"{PREFIXES}{DECLARED}ex:S0 {body} ."
    shapes = _of_file(RdfFile(STDIN, "urn:x:shapes", content=text.encode()))
    before, after = _graph(lines), _graph(lines ^ edit)
    assert _run(before, shapes) != _run(after, shapes)
    _prove(before, after, shapes)
    _prove(after, before, shapes)


@pytest.mark.slow
def test_random_edits_of_the_bundled_data(graph: Graph) -> None:
    chance = random.Random(7)
    shapes = load_files([ROOT / "shapes"])
    quads = sorted(graph.store, key=str)
    same: dict[ox.NamedNode, list[ox.Quad]] = {}
    for quad in quads:
        same.setdefault(quad.predicate, []).append(quad)
    for _ in range(4):
        store = ox.Store()
        store.extend(quads)
        for quad in chance.sample(quads, 3):
            other = chance.choice(same[quad.predicate])
            if chance.random() < 0.7:
                store.remove(quad)
            if chance.random() < 0.7:
                store.add(ox.Quad(quad.subject, quad.predicate, other.object, quad.graph_name))
        _prove(graph, replace(graph, store=store), shapes)


# Of queries: what each can read, as the number of triple patterns, or None where that is not looked into.
READ = {
    "SELECT $this { $this ex:p ?v ; ex:q ?w , 1 ; . ?w a ex:C }": 4,
    "SELECT $this { $this (ex:p|^ex:q)/ex:r* ?v . FILTER(!isIRI(?v) && ?v < 3) FILTER regex(?v, '}') }": 1,
    "SELECT $this { # a comment }\n $this ex:p 'a}'@en , '1'^^<http://www.w3.org/2001/XMLSchema#byte> , -1 }": 3,
    "SELECT $this { { $this ex:p _:x } UNION { _:y <http://e.example/#q> $this } OPTIONAL { $this ?p ?o } }": 3,
    "SELECT $this { $this ex:p ?v BIND(IF(EXISTS { ?v ex:q ?w }, 1, 2) AS ?n) FILTER NOT EXISTS { ?v ex:r ?w } }": 3,
    "PREFIX e: <http://e.example/> SELECT $this { $this e:p ?v }": 1,
    "SELECT $this { $this other:p ?v }": None,
    "SELECT $this { $this <relative> ?v }": None,
    "SELECT $this { $this !ex:p ?v }": None,
    "SELECT $this { $this ex:p [ ex:q ?v ] }": None,
    "SELECT $this { $this ex:p ( 1 2 ) }": None,
    "SELECT $this { $this ex:p ?v { SELECT ?v { ?v ex:q ?w } } }": None,
    "SELECT $this { GRAPH ?g { $this ex:p ?v } }": None,
    "SELECT $this { $this ex:p ?v FILTER(?v < NOW()) }": None,
    "SELECT $this (EXISTS { ?a ex:q ?b } AS ?v) { $this ex:p ?a }": None,
    "SELECT $this { $this ex:p ?v } GROUP BY $this HAVING(EXISTS { ?a ex:q ?b })": None,
    "SELECT $this { $this ex:p ?v": None,
}


@pytest.mark.parametrize("query", READ)
def test_patterns_of_queries(query: str) -> None:
    patterns = read_patterns(f"PREFIX ex: <http://example.org/>\n{query}")
    assert (None if patterns is None else len(patterns)) == READ[query]


def test_every_query_of_the_bundled_shapes_is_read() -> None:
    shapes = load_files([ROOT / "shapes"])
    read = ShapesGraph.read(Statements(shapes.store))
    queries = [c.query for shape in read.shapes.values() for c in shape.constraints if c.query]
    assert queries
    assert all(read_patterns(query.prefixes + query.text) for query in queries)


def _git(folder: Path, *words: str) -> str:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *identity, *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _commit(folder: Path) -> None:
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--no-verify", "--allow-empty", "--message", "a state")


SHAPES_TEXT = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> .
ex:C-p sh:targetClass ex:C ; sh:path ex:p ; sh:minCount 1 .
ex:D-q sh:targetClass ex:D ; sh:path ( ex:q ex:p ) ; sh:minCount 1 .
"""
PREFIX = "@prefix ex: <http://example.org/> .\n"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Data with two violations, shapes and an ontology, committed."""
    folder = tmp_path / "with ünusual name"
    for name, text in (
        ("data/a.ttl", "ex:a a ex:C .\n"),
        ("data/b.ttl", "ex:b a ex:D ; ex:q ex:c . ex:c a ex:C ; ex:p 1 .\n"),
        ("data/deep/d.nt", "<http://example.org/d> a <http://example.org/C> .\n".replace(" a ", f" <{TYPE}> ")),
        ("ontology/o.ttl", "ex:C ex:label 'C' .\n"),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text if name.endswith("nt") else PREFIX + text, encoding="utf-8")
    (folder / "shapes.ttl").write_text(SHAPES_TEXT, encoding="utf-8")
    _git(folder, "init", "--quiet")
    _commit(folder)
    monkeypatch.chdir(folder)
    return folder


TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
CALL = ["validate", "--data", "data", "--ontology", "ontology", "--shapes", "shapes.ttl", "--format", "json"]


def _report(capsysbinary: pytest.CaptureFixture[bytes], *words: str) -> tuple[set[str], dict[str, int]]:
    code = main([*CALL, *words])
    report = json.loads(capsysbinary.readouterr().out)
    assert code == (1 if report["findings"] else 0)
    nodes = {finding["focus"] for finding in report["findings"] if finding["component"]}
    return {node.removeprefix("http://example.org/") for node in nodes}, report["checked"]


# An edit of the repository; the focus nodes that are reported; how many statements changed (None: anything may have).
EDITS = {
    "nothing": ("true", set(), 0),
    "a comment and a prefix": ("echo '# words' >> data/a.ttl", set(), 0),
    "a value far from what it breaks": ("sed -i 's/ex:p 1/ex:r 1/' data/b.ttl", {"b", "c"}, 2),
    "a value that breaks nothing": ("sed -i 's/ex:p 1/ex:p 2/' data/b.ttl", set(), 2),
    "a statement about what was wrong before": ("echo 'ex:a ex:p 1 ; ex:r 2 .' >> data/a.ttl", set(), 2),
    "a predicate that no shape reads": ("echo 'ex:a ex:r 2 .' >> data/a.ttl", set(), 1),
    "an untracked file": ("echo '<http://example.org/n> a <http://example.org/C> .' > data/new.ttl", {"n"}, 1),
    "an ignored file": (
        "echo new.ttl > .gitignore; echo '<http://example.org/n> a <http://example.org/C> .' > data/new.ttl",
        {"n"},
        1,
    ),
    "a file that is gone": ("sed -i '$d' data/b.ttl; git rm --quiet -f data/b.ttl", set(), 4),
    "a file of another name": ("git mv data/b.ttl data/e.ttl", set(), 0),
    "a file moved to where it is not read": ("git mv data/b.ttl b.ttl", set(), 4),
    "a file in another syntax": ("cp data/a.ttl data/a.turtle; rm data/a.ttl", set(), 0),
    "another type in a deep folder": ("sed -i 's/C/D/' data/deep/d.nt", {"d"}, 2),
    "a class hierarchy": (
        "echo 'ex:X <http://www.w3.org/2000/01/rdf-schema#subClassOf> ex:Y .' >> ontology/o.ttl",
        {"a", "d"},
        1,
    ),
    "a label in the ontology": ("sed -i \"s/'C'/'c'/\" ontology/o.ttl", set(), 2),
    "a comment in the shapes": ("echo '# words' >> shapes.ttl", {"a", "d"}, None),
    "a revision that could not be read": (
        "sed -i 's/ex:C/ex:C ;;; . (/' data/a.ttl; git commit -qam x; git checkout -q HEAD~1 -- data",
        {"a", "d"},
        None,
    ),
    "a link": (
        "ln -s ../x.ttl data/link.ttl; git add data/link.ttl; git commit -qm x; rm data/link.ttl",
        {"a", "d"},
        None,
    ),
    "an edit that git is told to overlook": (
        "git update-index --assume-unchanged data/b.ttl; sed -i 's/ex:p 1/ex:r 1/' data/b.ttl",
        {"b", "c"},
        2,
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_edits_of_a_repository(name: str, repository: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    command, nodes, count = EDITS[name]
    environment = {
        **os.environ,
        **{f"GIT_{who}_{what}": "a" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }
    subprocess.run(["bash", "-ec", command], cwd=repository, check=True, env=environment)
    found, checked = _report(capsysbinary, "--changed-since", "HEAD")
    assert found == nodes
    assert checked.get("changed") == count
    full, all_checked = _report(capsysbinary)
    assert nodes <= full
    assert checked["affected"] <= all_checked["targets"]
    if count is None:
        assert found == full
        assert checked["affected"] == all_checked["targets"]


# Calls that are refused, and what is said.
REFUSED = {
    "no-such": (["--changed-since", "no-such"], 2, "git knows no revision 'no-such'"),
    "an option": (["--changed-since=--help"], 2, "git knows no revision '--help'"),
    "a file of the tree": (["--changed-since", "HEAD:shapes.ttl"], 2, "git knows no revision 'HEAD:shapes.ttl'"),
    "a range": (["--changed-since", "HEAD..HEAD"], 2, "git knows no revision"),
    "a shell": (["--changed-since", "$(touch x)"], 2, "git knows no revision"),
    "the reference": (["--changed-since", "HEAD", "--engine", "both"], 2, "of the fast engine alone"),
    "standard input": (["--changed-since", "HEAD", "--data", "-"], 2, "have no revision"),
    "elsewhere": (["--changed-since", "HEAD", "--ontology", "../elsewhere.ttl"], 2, "outside of the repository"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(
    name: str, repository: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    words, code, said = REFUSED[name]
    (repository.parent / "elsewhere.ttl").write_text(PREFIX)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert main([*CALL, *words]) == code
    captured = capsysbinary.readouterr()
    assert not captured.out
    (line,) = captured.err.decode().splitlines()
    assert said in line
    assert not (repository / "x").exists()


def test_outside_of_a_repository(
    repository: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(repository.parent))
    shutil.rmtree(repository / ".git")
    assert main([*CALL, "--changed-since", "HEAD"]) == 2
    assert b"data is not in a git repository that can be read" in capsysbinary.readouterr().err


@pytest.mark.usefixtures("repository")
def test_without_git(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main([*CALL, "--changed-since", "HEAD"]) == 3
    assert b"git cannot be run" in capsysbinary.readouterr().err


def test_content_that_git_does_not_have(repository: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """A clone without blobs must not fetch them on its own."""
    blob = _git(repository, "rev-parse", "HEAD:data/a.ttl")
    (repository / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    (repository / "data" / "a.ttl").write_text(PREFIX)
    assert main([*CALL, "--changed-since", "HEAD"]) == 3
    assert b"git does not have the content of data/a.ttl" in capsysbinary.readouterr().err


def test_bundled_ontology_of_another_place_counts_as_unchanged(
    repository: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Also within a hook, where git names its own repository in the environment."""
    words = ["validate", "--data", "data", "--shapes", "shapes.ttl", "--changed-since", "HEAD", "--format", "json"]
    (repository / "data" / "b.ttl").write_text(PREFIX + "ex:e a ex:C .")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_DIR", str(ROOT / ".git"))
        assert main(words) == 1
    report = json.loads(capsysbinary.readouterr().out)
    assert [f["focus"] for f in report["findings"] if f["component"]] == ["http://example.org/e"]
    assert report["checked"]["changed"] == 5


def test_inferred_statements_have_no_revision(repository: Path) -> None:
    above = "ex:C <http://www.w3.org/2000/01/rdf-schema#subClassOf> ex:E ."
    (repository / "ontology" / "o.ttl").write_text(PREFIX + above)
    graph = gba_kg.load(repository / "data", repository / "ontology", reasoned=True)
    with pytest.raises(UsageError, match="inferred have no revision"):
        gba_kg.validate(graph, repository / "shapes.ttl", changed_since="HEAD")


def test_a_shallow_clone_says_that_it_is_shallow(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    _git(repository, "commit", "--quiet", "--no-verify", "--allow-empty", "--message", "more")
    clone = tmp_path / "a clone 澳門"
    _git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", str(clone))
    monkeypatch.chdir(clone)
    assert main([*CALL, "--changed-since", "HEAD"]) in (0, 1)
    assert main([*CALL, "--changed-since", "HEAD~1"]) == 2
    assert b"its clone is shallow, fetch more of its history" in capsysbinary.readouterr().err
