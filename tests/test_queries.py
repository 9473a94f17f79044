"""Stored queries: their headers, their parameters, and their answers over the bundled graph."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml
from conftest import ROOT
from rdflib.plugins.sparql import prepareQuery

import gba_kg
from gba_kg.errors import InputError, UsageError
from gba_kg.results import render
from gba_kg.stored import LANGUAGES, StoredQuery, find_queries, find_query

GOLDEN = ROOT / "tests" / "golden"
QUERIES = find_queries()
ALL = [*QUERIES, *(query for folder in ("checks", "exports") for query in find_queries(ROOT / "queries" / folder))]

# The columns that others build on, in their order; a query may have more after these.
CONTRACT = {
    "cases": "batch case title_zh measure category source start end",
    "submitters": "batch case agency label name_in_source",
    "measures": "measure label status direction started_on platforms domains modes connects",
    "measure-passages": "measure source start end",
    "measure-card": "property value label source start end",
    "components": "measure order label mode rule_before rule_after",
    "figures": "source start end verbatim value min_value max_value unit bound as_of as_of_start as_of_end kind phase"
    " indicator measure",
    "participations": "measure actor label role name_in_source",
    "instruments": "measure instrument title kind date issuer relation",
    "milestones": "measure date kind label source start end",
    "novelties": "measure label scope scope_basis source start end",
    "platform-profile": "platform label place authority measures results firsts",
    "actor-network": "actor_a actor_b jurisdiction_a jurisdiction_b measures",
    "coverage": "source kind declared encoded note",
}


def _csv(graph: gba_kg.Graph, query: StoredQuery, **values: str) -> str:
    text = query.bind(values, graph.store) if values else query.text
    return render(graph.select(text), "csv")


def _rows(graph: gba_kg.Graph, name: str, **values: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(_csv(graph, find_query(name), **values))))


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_golden_answer(graph: gba_kg.Graph, query: StoredQuery, request: pytest.FixtureRequest) -> None:
    path = GOLDEN / f"{query.name}.csv"
    answer = _csv(graph, query)
    if request.config.getoption("--update-golden"):
        path.write_bytes(answer.encode())
    assert answer.encode() == path.read_bytes()


def test_every_folder_of_queries_is_tested() -> None:
    assert {query.path for query in ALL} == set((ROOT / "queries").rglob("*.rq"))


def test_golden_answers_and_queries_match() -> None:
    assert {path.stem for path in GOLDEN.glob("*.csv")} == {query.name for query in QUERIES}


@pytest.mark.parametrize("name", CONTRACT)
def test_columns_of_the_contract(graph: gba_kg.Graph, name: str) -> None:
    header = _csv(graph, find_query(name)).splitlines()[0].split(",")
    wanted = CONTRACT[name].split()
    assert header[: len(wanted)] == wanted


@pytest.mark.parametrize("query", ALL, ids=lambda query: query.name)
def test_valid_in_two_parsers(query: StoredQuery) -> None:
    ox.Store().query(query.text)
    prepareQuery(query.text)


@pytest.mark.parametrize("query", ALL, ids=lambda query: query.name)
def test_header_is_read_as_grlc_reads_it(query: StoredQuery) -> None:
    """grlc joins the lines that begin with #+, less those two characters, and loads them as YAML."""
    lines = [line[2:] for line in query.text.splitlines() if line.startswith("#+")]
    header = yaml.safe_load("\n".join(lines))
    assert isinstance(header["summary"], str)
    assert isinstance(header["tags"], list)
    for language in LANGUAGES:
        assert query.summary[language]
        assert query.description[language]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_answers_are_ordered_and_alike(graph: gba_kg.Graph, query: StoredQuery) -> None:
    assert "ORDER BY" in query.text
    assert _csv(graph, query) == _csv(gba_kg.load(), query)


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_follow_the_language(graph: gba_kg.Graph, language: str) -> None:
    labels = {row["measure"].rsplit("/", 1)[-1]: row["label"] for row in _rows(graph, "measures", lang=language)}
    assert (
        labels["northbound-travel-for-macao-vehicles"]
        == {
            "en": "Northbound Travel for Macao Vehicles",
            "zh-Hans": "澳车北上",
            "zh-Hant": "澳車北上",
        }[language]
    )


FILTERS = [
    ("platform", "hengqin", "platforms", "hengqin"),
    ("jurisdiction", "macao", "connects", "macao"),
    ("domain", "vehicles", "domains", "vehicles"),
]


@pytest.mark.parametrize(("key", "value", "column", "word"), FILTERS)
def test_parameters_filter(graph: gba_kg.Graph, key: str, value: str, column: str, word: str) -> None:
    everything = _rows(graph, "measures")
    some = _rows(graph, "measures", **{key: value})
    assert some == [row for row in everything if word in row[column].split()]
    assert 0 < len(some) < len(everything)


def test_a_parent_domain_finds_its_parts(graph: gba_kg.Graph) -> None:
    part = {row["measure"] for row in _rows(graph, "measures", domain="bonds")}
    assert part < {row["measure"] for row in _rows(graph, "measures", domain="finance")}


def test_a_measure_card_has_its_label_and_what_is_attested_of_single_values(graph: gba_kg.Graph) -> None:
    attested = "SELECT ?m ?p ?v { ?a gba:attests ?m ; gba:attestedProperty ?p ; gba:attestedValue ?v . ?m ?p ?v }"
    measure, path, value = (cell.value for cell in next(iter(graph.select(attested))))
    rows = _rows(graph, "measure-card", measure=measure, lang="zh-Hans")
    assert (path, value) in {(row["property"], row["value"]) for row in rows}
    labels = [row["value"] for row in rows if row["property"].endswith("prefLabel")]
    assert len(set(labels)) == 1


def test_an_outcome_series_is_of_the_measure_and_its_lineage(graph: gba_kg.Graph) -> None:
    of = {row["of"].rsplit("/", 1)[-1] for row in _rows(graph, "outcome-series", measure="tech100-plus-programme")}
    assert of == {"tech100-plus-programme", "guangdong-research-funds-for-hong-kong-and-macao"}


def test_batch_is_a_number(graph: gba_kg.Graph) -> None:
    assert _rows(graph, "measures", batch="2")
    with pytest.raises(UsageError, match="'batch': 'two' is not a whole number"):
        find_query("measures").bind({"batch": "two"})


def test_iri_in_all_its_forms(graph: gba_kg.Graph) -> None:
    forms = ["hengqin", "platform:hengqin", "https://w3id.org/gba-kg/platform/hengqin"]
    assert len({_csv(graph, find_query("measures"), platform=form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"plattform": "hengqin"}, r"no parameter 'plattform' \(did you mean platform"),
        ({"platform": "hengqinn"}, r"'platform:hengqinn' is not in the graph \(did you mean platform:hengqin"),
        ({"platform": "> } DROP ALL #"}, "neither an IRI nor a known short form"),
        ({"lang": "fr"}, "'lang': 'fr' is not one of en"),
    ],
)
def test_wrong_parameters_are_named(graph: gba_kg.Graph, values: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        find_query("measures").bind(values, graph.store)


def test_missing_parameter_is_named() -> None:
    with pytest.raises(UsageError, match="'measure-card' needs parameter 'measure'"):
        find_query("measure-card").bind({})


def test_unknown_query_is_named() -> None:
    with pytest.raises(UsageError, match="did you mean figures"):
        find_query("figure")


HEADER = "".join(f"#+ {key}{tag}: a\n" for key in ("summary", "description") for tag in ("", "-zh-Hans", "-zh-Hant"))
HEADER += "#+ tags: [x]\n"


@pytest.mark.parametrize(
    "text",
    ['" . } ; DROP ALL ; SELECT * { ?s ?p "', "\\", '"""', "\n# comment", "} UNION { ?s ?p ?o", "中文 \U0001f600"],
)
def test_text_is_bound_and_never_pasted(tmp_path: Path, text: str) -> None:
    (tmp_path / "echo.rq").write_text(
        HEADER
        + "#+ parameters:\n#+   - {name: words, type: string, description: d}\n\n"
        + 'SELECT ?words WHERE {\n  VALUES ?words { "x" } # parameter\n}\n'
    )
    bound = find_query("echo", tmp_path).bind({"words": text})
    (row,) = ox.Store().query(bound)
    assert row["words"] == ox.Literal(text)


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("", "the #\\+ header is missing"),
        ("#+ a: [\n", "not YAML"),
        (HEADER.replace("#+ tags", "#+ tag"), r"unknown header key 'tag' \(did you mean tags"),
        (HEADER.replace("#+ summary-zh-Hant: a\n", ""), "no summary in zh-Hant"),
        (HEADER + "#+ parameters:\n#+   - {name: q, type: string, description: d}\n", "lines differ"),
        (HEADER + "#+ parameters:\n#+   - {name: q, kind: string}\n", "parameter of the header is not right"),
        (HEADER + "#+ parameters:\n#+   - {name: q, type: float, description: d}\n", "'float' is not one of"),
    ],
)
def test_wrong_headers_are_named(tmp_path: Path, header: str, message: str) -> None:
    (tmp_path / "bad.rq").write_text(header + "SELECT * { ?s ?p ?o }\n")
    with pytest.raises(InputError, match=message):
        find_query("bad", tmp_path)


def test_a_folder_without_queries_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds no \.rq file"):
        find_queries(tmp_path)
