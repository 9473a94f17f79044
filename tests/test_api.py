"""What a Python user is promised."""

from __future__ import annotations

import datetime

import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph, URIRef

import gba_kg
from gba_kg.namespaces import GRAPH_BASE


def test_query_by_name_and_by_text(graph: gba_kg.Graph) -> None:
    answer = gba_kg.query(graph, "submitters", lang="zh-Hans")
    assert answer.columns[:3] == ("batch", "case", "agency")
    assert gba_kg.query(graph, "SELECT ?m WHERE { ?m a gba:Measure }").rows
    with pytest.raises(gba_kg.UsageError, match="only SELECT"):
        gba_kg.query(graph, "ASK { ?s ?p ?o }")
    with pytest.raises(gba_kg.UsageError, match="belong to stored queries"):
        gba_kg.query(graph, "SELECT ?m WHERE { ?m a gba:Measure }", batch=2)


def test_frame_has_real_types(graph: gba_kg.Graph) -> None:
    frame = gba_kg.frame(gba_kg.query(graph, "figures"))
    kinds = {name: str(frame[name].dtype) for name in ("start", "value", "min_value", "as_of", "as_of_end", "unit")}
    assert kinds == {
        "start": "Int64", "value": "Float64", "min_value": "Float64", "as_of": "string", "as_of_end": "datetime64[s]",
        "unit": "string",
    }  # fmt: skip
    assert frame["as_of_end"].min() > datetime.datetime(2019, 1, 1)
    assert frame["unit"].isna().sum() == 0


def test_frame_by_datatype(graph: gba_kg.Graph) -> None:
    xsd = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
    values = """VALUES (?integer ?number ?flag ?day ?time ?zoned ?mixed ?big ?none) {
      (1 1.5 true "2024-02-29"^^xsd:date "2024-02-29T23:00:00+08:00"^^xsd:dateTime
       "2024-02-29Z"^^xsd:date 1 99999999999999999999 UNDEF)
      (UNDEF 2 UNDEF UNDEF UNDEF UNDEF "x"@en UNDEF UNDEF) }"""
    frame = gba_kg.frame(gba_kg.query(graph, f"{xsd}SELECT * {{ {values} }}"))
    assert {name: str(frame[name].dtype) for name in frame.columns} == {
        "integer": "Int64", "number": "Float64", "flag": "boolean", "day": "datetime64[s]",
        "time": "datetime64[s, UTC]", "zoned": "string", "mixed": "string", "big": "string", "none": "string",
    }  # fmt: skip
    assert frame["time"][0] == datetime.datetime(2024, 2, 29, 15, tzinfo=datetime.UTC)
    assert bool(frame["flag"][0])
    for name in ("flag", "integer", "day"):
        assert frame[name].isna().tolist() == [False, True]


def test_rdflib_graph_and_dataset(graph: gba_kg.Graph) -> None:
    flat = graph.to_rdflib()
    assert isinstance(flat, Graph)
    dataset = graph.to_rdflib_dataset()
    assert isinstance(dataset, Dataset)
    assert sum(len(context) for context in dataset.graphs()) == len(graph)
    names = {context.identifier for context in dataset.graphs()}
    assert URIRef(GRAPH_BASE + "data/places") in names
    assert len(flat) <= len(graph)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("澳車北上", "measure:northbound-travel-for-macao-vehicles"),
        ("澳车北上", "measure:northbound-travel-for-macao-vehicles"),
        ("广东高院", "agency:guangdong-high-court"),
        ("廣東省高級人民法院", "agency:guangdong-high-court"),
        ("common ground taxonomy", "instrument:common-ground-taxonomy"),
        ("Fundo de Segurança Social", "agency:macao-social-security-fund"),
    ],
)
def test_search_in_any_language_and_script(graph: gba_kg.Graph, text: str, first: str) -> None:
    from gba_kg.namespaces import shrink

    assert shrink(gba_kg.search(graph, text)[0].iri) == first


def test_search_ranks_whole_names_before_parts(graph: gba_kg.Graph) -> None:
    hits = gba_kg.search(graph, "横琴", limit=50)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits[0].score == 1.0
    assert gba_kg.search(graph, "   ") == []
    assert gba_kg.search(graph, "qqqqqq") == []


def test_export_is_isomorphic_and_keeps_values(graph: gba_kg.Graph) -> None:
    turtle, ntriples = (gba_kg.export(graph, form) for form in ("turtle", "ntriples"))
    assert _canonical(turtle, ox.RdfFormat.TURTLE) == _canonical(ntriples, ox.RdfFormat.N_TRIPLES)
    assert _canonical(turtle, ox.RdfFormat.TURTLE) == _canonical_of({quad.triple for quad in graph.quads()})
    assert len(Graph().parse(data=turtle, format="turtle")) == len(turtle_lines := ntriples.splitlines())
    assert b"@zh-hans" not in turtle + ntriples
    assert any(b'"111000.0"^^' in line for line in turtle_lines), "decimals keep their form"


def _canonical(content: bytes, form: ox.RdfFormat) -> set[ox.Quad]:
    return _canonical_of({quad.triple for quad in ox.parse(content, format=form)})


def _canonical_of(triples: set[ox.Triple]) -> set[ox.Quad]:
    dataset = ox.Dataset(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return set(dataset)
