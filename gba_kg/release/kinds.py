"""What a release holds: one table of documents, and what each part of it is called in three languages."""

from __future__ import annotations

from dataclasses import dataclass

from gba_kg.namespaces import PREFIXES

__all__ = ["GRAPH", "MEDIA_TYPES", "ONTOLOGY", "PARTS", "QUERIES", "SHAPES", "Kind", "Part"]

_GBA = PREFIXES["gba"]


@dataclass(frozen=True)
class Kind:
    """A document: the format of the export that writes it, its path, and the file type of the EU authority list.

    ``syntax`` says the form in English, simplified and traditional Chinese. A ``whole`` document can be read back as
    the whole graph. ``about`` is the class without which there is nothing to write, ``standard`` what it conforms to.
    """

    form: str
    path: str
    file_type: str
    syntax: tuple[str, str, str]
    part: str = "graph"
    whole: bool = False
    reasoned: bool = False
    about: str | None = None
    standard: str | None = None


@dataclass(frozen=True)
class Part:
    """A dataset within the dataset: the end of its IRI, its title and its description in three languages."""

    name: str
    title: tuple[str, str, str]
    description: tuple[str, str, str]


def _all(name: str) -> tuple[str, str, str]:
    return name, name, name


_TURTLE, _RDFXML, _JSONLD = _all("Turtle"), _all("RDF/XML"), _all("JSON-LD")
_JSONLD_11 = "https://www.w3.org/TR/json-ld11/"

GRAPH = (
    Kind("turtle", "graph.ttl", "RDF_TURTLE", _TURTLE, whole=True),
    Kind("ntriples", "graph.nt", "RDF_N_TRIPLES", _all("N-Triples"), whole=True),
    Kind(
        "nquads",
        "graph.nq",
        "RDF_N_QUADS",
        ("canonical N-Quads", "规范化 N-Quads", "規範化 N-Quads"),
        whole=True,
        standard="https://www.w3.org/TR/rdf-canon/",
    ),
    Kind("trig", "graph.trig", "RDF_TRIG", _all("TriG"), whole=True),
    Kind("rdfxml", "graph.rdf", "RDF_XML", _RDFXML, whole=True),
    Kind("jsonld", "graph.jsonld", "JSON_LD", _JSONLD, whole=True, standard=_JSONLD_11),
    Kind(
        "csv",
        "tables.zip",
        "CSV",
        ("CSV tables with metadata", "CSV 表格及元数据", "CSV 表格及元數據"),
        standard="https://www.w3.org/TR/tabular-metadata/",
    ),
    Kind("parquet", "graph.parquet", "PARQUET", _all("Parquet")),
    Kind("graphml", "graph.graphml", "XML", _all("GraphML"), standard="http://graphml.graphdrawing.org/xmlns"),
    Kind("cypher", "graph.cypher", "TXT", ("Cypher script", "Cypher 脚本", "Cypher 腳本")),
    Kind(
        "turtle",
        "graph-reasoned.ttl",
        "RDF_TURTLE",
        ("Turtle, with the OWL 2 RL entailments", "Turtle，含 OWL 2 RL 推理结果", "Turtle，含 OWL 2 RL 推理結果"),
        reasoned=True,
    ),
    Kind(
        "jsonld-framed",
        "measures.jsonld",
        "JSON_LD",
        _JSONLD,
        "measures",
        about=_GBA + "Measure",
        standard=_JSONLD_11,
    ),
    Kind(
        "datacube",
        "outcomes.ttl",
        "RDF_TURTLE",
        _TURTLE,
        "outcomes",
        about=_GBA + "Outcome",
        standard="https://www.w3.org/TR/vocab-data-cube/",
    ),
)
"""Documents made from the graph; what mends a graph, such as reasoning, works on a copy."""

ONTOLOGY = (
    Kind("turtle", "ontology/{}.ttl", "RDF_TURTLE", _TURTLE, "ontology"),
    Kind("rdfxml", "ontology/{}.rdf", "RDF_XML", _RDFXML, "ontology"),
    Kind("jsonld", "ontology/{}.jsonld", "JSON_LD", _JSONLD, "ontology", standard=_JSONLD_11),
)
"""Documents made from each ontology, and from the code lists together."""

SHAPES = Kind("turtle", "shapes.ttl", "RDF_TURTLE", _TURTLE, "shape", standard="https://www.w3.org/TR/shacl/")
QUERIES = Kind(
    "turtle", "queries.ttl", "RDF_TURTLE", _TURTLE, "query", standard="https://www.w3.org/TR/sparql11-query/"
)

PARTS = {
    part.name: part
    for part in (
        Part(
            "measures",
            ("Measures as trees", "举措树状数据", "舉措樹狀數據"),
            (
                "One tree for each measure, with its components, participations, figures and passages inside.",
                "每项举措一棵树，内含其组成部分、参与、数据与依据文段。",
                "每項舉措一棵樹，內含其組成部分、參與、數據與依據文段。",
            ),
        ),
        Part(
            "outcomes",
            ("Figures as a data cube", "以数据立方体表示的数据", "以數據立方體表示的數據"),
            (
                "The claimed figures as observations of an RDF Data Cube, with its structure.",
                "以 RDF 数据立方体的观测值表示的各项数据，并附其结构定义。",
                "以 RDF 數據立方體的觀測值表示的各項數據，並附其結構定義。",
            ),
        ),
        Part(
            "ontology",
            ("Ontology", "本体", "本體"),
            (
                "Classes and properties that the data are written with, or their relation to those of others.",
                "数据所用的类与属性，或其与其他词汇的对应关系。",
                "數據所用的類與屬性，或其與其他詞彙的對應關係。",
            ),
        ),
        Part(
            "scheme",
            ("Code lists", "代码表", "代碼表"),
            (
                "The lists of concepts that the data choose from, as SKOS concept schemes.",
                "数据取值所用的概念表，以 SKOS 概念体系表示。",
                "數據取值所用的概念表，以 SKOS 概念體系表示。",
            ),
        ),
        Part(
            "shape",
            ("Shapes", "形状", "形狀"),
            (
                "The SHACL shapes that the data conform to.",
                "数据所符合的 SHACL 形状。",
                "數據所符合的 SHACL 形狀。",
            ),
        ),
        Part(
            "query",
            ("Stored queries", "存储查询", "儲存查詢"),
            (
                "SPARQL queries that answer questions over the data, each with its title, text and parameters.",
                "用于查询数据的 SPARQL 查询，各附标题、文本与参数。",
                "用於查詢數據的 SPARQL 查詢，各附標題、文本與參數。",
            ),
        ),
    )
}

MEDIA_TYPES = {
    ".ttl": "text/turtle",
    ".jsonld": "application/ld+json",
    ".rdf": "application/rdf+xml",
    ".json": "application/json",
    ".html": "text/html",
    ".css": "text/css",
    ".md": "text/markdown",
    ".cff": "application/yaml",
    ".svg": "image/svg+xml",
    "": "text/plain",
}
"""Media types of the files that no format of the export writes."""
