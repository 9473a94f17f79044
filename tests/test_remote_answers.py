"""Every stored query gives the same answer at home, on ``oxigraph serve`` and on Virtuoso 7."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from conftest import ROOT

import gba_kg
from gba_kg.cli import main
from gba_kg.exports import export
from gba_kg.remote import Endpoint
from gba_kg.results import FORMATS, Answer, render
from gba_kg.stored import find_queries

QUERIES = {
    query.name: query
    for folder in ("queries", "queries/checks", "queries/exports")
    for query in find_queries(ROOT / folder)
}
# A value for each parameter; with it every query has an answer.
EXAMPLES = {
    "audience": "patients",
    "batch": "2",
    "city": "guangzhou",
    "commitment": "2020-16",
    "direction": "northbound",
    "domain": "vehicles",
    "jurisdiction": "macao",
    "lang": "zh-Hant",
    "measure": "tech100-plus-programme",
    "mode": "mutual-recognition",
    "platform": "hengqin",
}
# As it stands, and with each parameter; the language goes along with the others, where there are any.
CASES = [
    (name, parameter)
    for name, query in QUERIES.items()
    for parameter in (
        "",
        *([p.name for p in query.parameters if p.name != "lang"] or [p.name for p in query.parameters]),
    )
]
SERVERS = ("oxigraph", "virtuoso")
BOTH = pytest.mark.parametrize("endpoint", SERVERS, indirect=True)


def _documented() -> dict[tuple[str, str], set[str]]:
    """Columns that a server answers otherwise: the table of docs/remote.md, by server and query."""
    page = (ROOT / "docs" / "remote.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| (\w+) \| `([\w-]+)` \| ((?:`\w+`(?:, )?)+) \|", page, re.MULTILINE)
    assert found
    return {(server, query): set(re.findall(r"\w+", columns)) for server, query, columns in found}


DIFFERENCES = _documented()


@pytest.fixture
def endpoint(
    request: pytest.FixtureRequest, started: Callable[[str], str], published: Callable[[str], dict[str, Any]]
) -> Endpoint:
    """The bundled graph as ``gba-kg push`` brought it to a server, among other graphs."""
    name = getattr(request, "param", "oxigraph")
    return Endpoint(started(name), published(name)["graph"])


def _differing(here: Answer, there: Answer) -> set[str]:
    """Columns with another value, datatype or language in some row; all of them when the rows do not match."""
    if here.columns != there.columns or len(here.rows) != len(there.rows):
        return {*here.columns, *there.columns}
    pairs = zip(here.rows, there.rows, strict=True)
    return {
        column
        for mine, theirs in pairs
        for column, a, b in zip(here.columns, mine, theirs, strict=True)
        if str(a) != str(b)
    }


@pytest.fixture(scope="module")
def exported(graph: gba_kg.Graph) -> str:
    return hashlib.sha256(export(graph, "ntriples")).hexdigest()


@BOTH
def test_the_bundled_graph_arrives_whole_and_its_spellings_are_told(
    endpoint: Endpoint, published: Callable[[str], dict[str, Any]], request: pytest.FixtureRequest, exported: str
) -> None:
    told = published(request.node.callspec.params["endpoint"])
    assert told["result"] == "published"
    assert told["sha256"] == exported
    assert told["held"]["statements"] == told["statements"] > 39_000
    assert ("@zh-Hans", "@zh-hans") in {(pair["sent"], pair["held"]) for pair in told["respelled"]}
    (((count,),)) = Answer.of(endpoint.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")).rows
    assert count.value == str(told["statements"])


@BOTH
@pytest.mark.parametrize(("name", "parameter"), CASES)
def test_a_stored_query_answers_as_at_home(
    name: str, parameter: str, endpoint: Endpoint, graph: gba_kg.Graph, request: pytest.FixtureRequest
) -> None:
    server = request.node.callspec.params["endpoint"]
    query = QUERIES[name]
    along = {known.name for known in query.parameters if known.required or known.name == "lang"}
    needed = along | {parameter} if parameter else set()
    text = query.bind({each: EXAMPLES[each] for each in needed}, graph.store) if needed else query.text
    here, there = graph.select(text), endpoint.select(text)
    if isinstance(here, ox.QueryTriples):
        assert isinstance(there, ox.QueryTriples)
        assert {str(triple) for triple in here} == {str(triple) for triple in there} != set()
        return
    assert isinstance(here, ox.QuerySolutions)
    assert isinstance(there, ox.QuerySolutions)
    mine, theirs = Answer.of(here), Answer.of(there)
    assert mine.rows or query.empty
    assert _differing(mine, theirs) == DIFFERENCES.get((server, name), set())


def test_what_is_documented_exists() -> None:
    assert {server for server, _ in DIFFERENCES} <= set(SERVERS)
    assert {name for _, name in DIFFERENCES} <= set(QUERIES)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_the_same_to_the_byte(form: str, endpoint: Endpoint, tmp_path: Path) -> None:
    words = ["query", "measures", "-p", "platform=hengqin", "--format", form, "--lang", "zh-Hant"]
    assert main([*words, "-o", str(tmp_path / "here")]) == 0
    assert main([*words, "-o", str(tmp_path / "there"), "--endpoint", endpoint.url, "--timeout", "30"]) == 0
    assert (tmp_path / "here").read_bytes() == (tmp_path / "there").read_bytes() != b""


def test_one_graph_of_the_server_or_all(endpoint: Endpoint, capsys: pytest.CaptureFixture[str]) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?m a gba:Measure }"
    found = []
    for more in ([], ["--graph", str(endpoint.graph)], ["--graph", "urn:none"]):
        assert main(["query", "--text", count, "--format", "tsv", "--endpoint", endpoint.url, *more]) == 0
        found.append(int(capsys.readouterr().out.split()[1]))
    assert found[0] == found[1] > found[2] == 0


HARD_WORDS = [
    *('" . } ; DROP ALL #', "\\", "line\nend\r\ttab", "'''\"\"\"", "中文 \U0001f600 é", "$(id) `id` %s {0}"),
    *(r"\u0022 . }", r"\\u0041", "\u202e\u2066bidi\u200b", "x" * 5000, "&query=DROP+ALL%26", "<b>&amp;</b>"),
]


@BOTH
def test_a_parameter_arrives_as_it_is(endpoint: Endpoint, tmp_path: Path, root: Path) -> None:
    """Text is bound in the query before it is sent: no support of the server is needed, and none of it is code."""
    header = (root / "queries" / "measures.rq").read_text(encoding="utf-8").partition("#+ parameters:")[0]
    (tmp_path / "echo.rq").write_text(
        header
        + "#+ parameters:\n#+   - {name: words, type: string, description: d}\n\n"
        + 'SELECT ?words WHERE {\n  VALUES ?words { "x" } # parameter\n}\n',
        encoding="utf-8",
    )
    (query,) = find_queries(tmp_path)
    for words in HARD_WORDS:
        ((answer,),) = Answer.of(endpoint.select(query.bind({"words": words}))).rows
        assert answer == ox.Literal(words)


@BOTH
def test_ask_and_construct(endpoint: Endpoint, graph: gba_kg.Graph) -> None:
    for query in (
        "ASK { ?m a gba:Measure }",
        "ASK { ?m a gba:Measuree }",
        "CONSTRUCT { ?m a gba:Measure } WHERE { ?m a gba:Measure }",
    ):
        here, there = render(graph.select(query), "table"), render(endpoint.select(query), "table")
        assert sorted(here.splitlines()) == sorted(there.splitlines())


@BOTH
def test_a_long_query_goes_through(endpoint: Endpoint, graph: gba_kg.Graph) -> None:
    """A query is sent in the body of a POST: the lengths that servers and proxies allow for a URL do not matter."""
    query = f"SELECT (COUNT(?m) AS ?n) WHERE {{ ?m a gba:Measure }} # {'x' * 20_000}"
    assert render(endpoint.select(query), "tsv") == render(graph.select(query), "tsv")
