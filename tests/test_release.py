"""Releases: every file is listed, agrees with its checksum, loads in a reader of others, and is described as it is."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph as ox
import pyshacl
import pytest
from conftest import ROOT, module
from rdflib import DCTERMS, RDF, RDFS, SH, VOID, Graph, Literal, Namespace, URIRef
from rdflib.plugins.sparql import prepareQuery

import gba_kg
from gba_kg.cli import main
from gba_kg.errors import InputError
from gba_kg.exports import FORMATS
from gba_kg.release import FORMS, Settings, bundled_citation, release
from gba_kg.release.queries import query_records
from gba_kg.results import render
from gba_kg.stored import LANGUAGES, StoredQuery, find_queries, find_query
from gba_kg.vocabulary import Vocabularies

DCAT, SPDX = Namespace("http://www.w3.org/ns/dcat#"), Namespace("http://spdx.org/rdf/terms#")
DATASET = URIRef("https://w3id.org/gba-kg/")
RELEASE = f"{DATASET}release/{gba_kg.__version__}/"
QUERY = "https://w3id.org/gba-kg/query/"
SMALL = [ROOT / "data" / "dataset.ttl", ROOT / "data" / "cases" / "batch-2" / "01-northbound-travel.ttl"]
ONTOLOGY = ROOT / "ontology" / "gba.ttl"
RDF_FORMS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of the bundled graph, made once."""
    path = tmp_path_factory.mktemp("release") / "gba-kg"
    assert main(["release", str(path)]) == 0
    return path


@pytest.fixture(scope="session")
def listed(folder: Path) -> dict[str, dict[str, object]]:
    files = json.loads((folder / "manifest.json").read_text())["files"]
    assert len(files) > 25
    return {file["path"]: file for file in files}


@pytest.fixture(scope="session")
def description(folder: Path) -> Graph:
    return Graph().parse(folder / "description.ttl")


def _below(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def _count(description: Graph, predicate: URIRef) -> int:
    value = description.value(DATASET, predicate)
    assert isinstance(value, Literal)
    return int(value)


def _triples(path: Path) -> Iterator[ox.Triple]:
    return (quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_TRIPLES))


def test_every_file_is_in_the_manifest_and_has_its_checksum(folder: Path, listed: dict[str, dict[str, object]]) -> None:
    files = _below(folder)
    assert set(files) == {*listed, "manifest.json", "SHA256SUMS"}
    for path, about in listed.items():
        assert about["bytes"] == len(files[path])
        assert about["sha256"] == hashlib.sha256(files[path]).hexdigest()
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert done.stdout.count(b": OK") == len(listed) + 1
    assert {oct(path.stat().st_mode)[-3:] for path in folder.rglob("*")} == {"644", "755"}
    assert (folder / "LICENSE-DATA").read_bytes() == (ROOT / "LICENSE-DATA").read_bytes()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_every_file_loads_by_its_media_type(folder: Path, listed: dict[str, dict[str, object]]) -> None:
    readers = Counter()
    for path, about in listed.items():
        kind = str(about["mediaType"])
        readers[kind] += 1
        if kind in RDF_FORMS:
            if path == "context.jsonld":
                assert set(json.loads((folder / path).read_text())) == {"@context"}
            else:
                assert next(ox.parse(path=str(folder / path), format=RDF_FORMS[kind]), None), path
        elif kind == "application/graphml+xml":
            assert module("networkx").read_graphml(folder / path).number_of_nodes() > 5000
        elif kind == "application/vnd.apache.parquet":
            assert module("pyarrow.parquet").read_table(folder / path).num_rows > 20_000
        elif kind == "text/html":
            assert (folder / path).read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
        elif kind == "application/zip":
            assert zipfile.ZipFile(folder / path).testzip() is None
        else:
            assert kind in ("text/plain", "text/markdown", "application/yaml"), path
            assert (folder / path).read_text(encoding="utf-8").strip()
    assert readers.keys() > RDF_FORMS.keys()


def test_description_says_the_same_in_every_syntax_and_parser(folder: Path) -> None:
    forms = {"ttl": ox.RdfFormat.TURTLE, "rdf": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD}
    seen = {
        end: {q.triple for q in ox.parse(path=str(folder / f"description.{end}"), format=form)}
        for end, form in forms.items()
    }
    assert seen["ttl"] == seen["rdf"] == seen["jsonld"]
    one = Graph().parse(folder / "description.ttl")
    assert set(Graph().parse(folder / "description.rdf", format="xml")) == set(one)
    assert len(seen["ttl"]) == len(one) > 800


def test_distributions_are_the_files(listed: dict[str, dict[str, object]], description: Graph) -> None:
    described = set()
    for distribution in description.subjects(RDF.type, DCAT.Distribution):
        url = str(description.value(distribution, DCAT.downloadURL))
        assert url == str(description.value(distribution, DCAT.accessURL))
        assert url.startswith(RELEASE), "whole IRIs, which every parser takes, below that of the dataset"
        path = unquote(url.removeprefix(RELEASE))
        described.add(path)
        checksum = description.value(distribution, SPDX.checksum)
        assert str(description.value(checksum, SPDX.checksumValue)) == listed[path]["sha256"]
        assert int(str(description.value(distribution, DCAT.byteSize))) == listed[path]["bytes"]
        packed = description.value(distribution, DCAT.packageFormat) or description.value(distribution, DCAT.mediaType)
        assert packed is None or str(packed).endswith(str(listed[path]["mediaType"]))
    papers = {"README.md", "LICENSE-DATA", "CITATION.cff", "context.jsonld", "description.ttl"}
    pages = {path for path in listed if path.startswith("documentation/")}
    assert len(pages) == len(LANGUAGES)
    assert described == set(listed) - papers - pages - {"description.rdf", "description.jsonld"}
    dumps = {str(url).rpartition("/")[2] for url in description.objects(DATASET, VOID.dataDump)}
    assert dumps == {f"graph.{end}" for end in ("ttl", "nt", "nq", "trig", "rdf", "jsonld")}


def _grounded(triples: Iterable[ox.Triple]) -> set[ox.Triple]:
    """Triples without blank nodes, which have other names in each file."""
    return {t for t in triples if not isinstance(t.subject, ox.BlankNode) and not isinstance(t.object, ox.BlankNode)}


def test_dumps_hold_the_graph_and_the_triples_that_void_counts(
    folder: Path, graph: gba_kg.Graph, description: Graph
) -> None:
    stated = _grounded(quad.triple for quad in graph.quads())
    assert len(stated) > 39_000
    for name in ("graph.nt", "graph.ttl", "graph.nq", "graph.trig", "graph.jsonld", "graph.rdf"):
        form = ox.RdfFormat.from_extension(name.partition(".")[2])
        found = {quad.triple for quad in ox.parse(path=str(folder / name), format=form)}
        assert len(found) == _count(description, VOID.triples), name
        assert _grounded(found) == stated, name


def test_counts_of_the_description(folder: Path, description: Graph) -> None:
    triples = set(_triples(folder / "graph.nt"))
    kind = ox.NamedNode(str(RDF.type))
    assert _count(description, VOID.distinctSubjects) == len({t.subject for t in triples})
    assert _count(description, VOID.distinctObjects) == len({t.object for t in triples})
    assert _count(description, VOID.properties) == len({t.predicate for t in triples})
    assert _count(description, VOID.classes) == len({t.object for t in triples if t.predicate == kind})
    own = {
        t.subject for t in triples if isinstance(t.subject, ox.NamedNode) and t.subject.value.startswith(str(DATASET))
    }
    assert _count(description, VOID.entities) == len(own)
    by_property = Counter(t.predicate.value for t in triples)
    partitions = list(description.objects(DATASET, VOID.propertyPartition))
    assert {
        str(description.value(p, VOID.property)): int(str(description.value(p, VOID.triples))) for p in partitions
    } == by_property
    store = ox.Store()
    store.bulk_load(path=str(folder / "graph.nt"), format=ox.RdfFormat.N_TRIPLES)
    answer = store.query("SELECT ?c (COUNT(DISTINCT ?s) AS ?n) (COUNT(*) AS ?t) { ?s a ?c ; ?p ?o } GROUP BY ?c")
    counted = {row["c"].value: (int(row["n"].value), int(row["t"].value)) for row in answer}
    assert {
        str(description.value(p, VOID["class"])): (
            int(str(description.value(p, VOID.entities))),
            int(str(description.value(p, VOID.triples))),
        )
        for p in description.objects(DATASET, VOID.classPartition)
    } == counted
    links = {
        (str(description.value(s, VOID.objectsTarget)).rpartition("/")[2], int(str(description.value(s, VOID.triples))))
        for s in description.objects(DATASET, VOID.subset)
    }
    assert links == {("language", 5), ("currency", 1)}, "five sources name their language, one unit its currency"


def test_tables_have_a_row_for_each_thing_of_a_class(folder: Path, description: Graph) -> None:
    archive = zipfile.ZipFile(folder / "tables.zip")
    names = archive.namelist()
    assert "csv-metadata.json" in names
    for class_ in ("Measure", "Outcome", "Passage"):
        rows = list(csv.reader(io.StringIO(archive.read(f"gba-{class_}.csv").decode())))[1:]
        partition = URIRef(f"{DATASET}partition/class/gba:{class_}")
        assert len(rows) == int(str(description.value(partition, VOID.entities)))


def test_vocabularies_and_languages_are_those_in_use(description: Graph) -> None:
    stated = Graph().parse(ROOT / "data" / "dataset.ttl")
    for predicate in (VOID.vocabulary, DCTERMS.language, DCTERMS.license, DCAT.version, VOID.exampleResource):
        assert set(description.objects(DATASET, predicate)) >= set(stated.objects(DATASET, predicate)) != set()
    assert {str(each).rpartition("/")[2] for each in description.objects(DATASET, DCTERMS.language)} == {
        "ENG",
        "POR",
        "ZHO",
    }
    assert str(description.value(DATASET, DCTERMS.issued)) == "2026-11-21"
    creator = description.value(DATASET, DCTERMS.creator)
    assert creator == URIRef(f"{DATASET}creator/the-gba-kg-maintainers"), "by name: a number would change its meaning"
    conforms = {str(each).removeprefix(str(DATASET)) for each in description.objects(DATASET, DCTERMS.conformsTo)}
    assert conforms == {"ontology", "ontology/alignments", "shape"}


def test_terms_exist(folder: Path) -> None:
    outside = Vocabularies()
    for name in ("description.ttl", "queries.ttl"):
        graph = Graph().parse(folder / name)
        used = set(graph.predicates()) | set(graph.objects(None, RDF.type)) | set(graph.objects(None, SPDX.algorithm))
        assert len(used) > 10
        assert [str(term) for term in used if str(term) not in outside.terms] == [], name


SHAPES = Graph().parse(ROOT / "tests" / "description-shapes.ttl")
PATHS = [
    (shape, path)
    for shape in sorted(SHAPES.subjects(RDF.type, SH.NodeShape))
    for path in sorted(p for s in SHAPES.objects(shape, SH.property) for p in SHAPES.objects(s, SH.path))
    if isinstance(path, URIRef) and path != DCAT.mediaType
]


def _conforms(graph: Graph) -> bool:
    return bool(pyshacl.validate(graph, shacl_graph=SHAPES)[0])


def test_description_conforms(description: Graph) -> None:
    assert _conforms(description)


@pytest.mark.parametrize(("shape", "path"), PATHS, ids=[f"{s.rpartition('/')[2]}-{p}" for s, p in PATHS])
def test_a_gap_in_the_description_is_noticed(description: Graph, shape: URIRef, path: URIRef) -> None:
    part = Graph()
    one = next(iter(sorted(description.objects(DATASET, DCAT.distribution))))
    for node in (DATASET, one, description.value(one, SPDX.checksum), description.value(DATASET, DCTERMS.creator)):
        for triple in description.triples((node, None, None)):
            if triple[1] != DCAT.distribution or triple[2] == one:
                part.add(triple)
    assert _conforms(part)
    class_ = SHAPES.value(shape, SH.targetClass)
    assert list(part.subjects(RDF.type, class_))
    for node in list(part.subjects(RDF.type, class_)):
        part.remove((node, path, None))
    assert not _conforms(part)


@pytest.fixture(scope="session")
def stored(folder: Path) -> Graph:
    return Graph().parse(folder / "queries.ttl")


ALL = [query for below in ("", "checks", "exports") for query in find_queries(ROOT / "queries" / below)]


def test_every_query_is_in_the_release(stored: Graph) -> None:
    names = {str(each).removeprefix(QUERY) for each in stored.subjects(RDF.type, SH.SPARQLExecutable)}
    assert names == {query.name for query in ALL}
    assert len(names) == len(ALL), "names are unique over the folders"


def _executable(stored: Graph, query: StoredQuery) -> tuple[str, str]:
    """The prefixes and the text of a query as a SHACL tool puts them together (SHACL, 5.2.1)."""
    node = URIRef(QUERY + query.name)
    (text,) = [value for p in (SH.select, SH.construct) for value in stored.objects(node, p)]
    declared = list(stored.objects(stored.value(node, SH.prefixes), SH.declare))
    assert declared
    lines = [f"PREFIX {stored.value(d, SH.prefix)}: <{stored.value(d, SH.namespace)}>" for d in declared]
    return "\n".join(sorted(lines)) + "\n", str(text)


@pytest.mark.parametrize("query", ALL, ids=lambda query: query.name)
def test_query_of_the_release_gives_the_golden_answer(graph: gba_kg.Graph, stored: Graph, query: StoredQuery) -> None:
    node = URIRef(QUERY + query.name)
    for predicate, said in ((RDFS.label, query.summary), (RDFS.comment, query.description)):
        assert {v.language.lower(): str(v) for v in stored.objects(node, predicate)} == {
            tag.lower(): said[tag] for tag in LANGUAGES
        }
    prefixes, text = _executable(stored, query)
    bare = "\n".join(line for line in text.splitlines() if not line.startswith("PREFIX"))
    prepareQuery(prefixes + text)
    ox.Store().query(prefixes + bare)
    answer = graph.store.query(text, use_default_graph_as_union=True)
    golden = ROOT / "tests" / "golden" / f"{query.name}.csv"
    if golden.exists():
        assert render(answer, "csv").encode() == golden.read_bytes()
    elif query.empty:
        assert list(answer) == []
    else:
        assert isinstance(answer, ox.QueryTriples)
        assert next(answer, None)


def test_parameters_of_queries(stored: Graph) -> None:
    for query in ALL:
        found = {
            str(stored.value(each, SH.name)): each for each in stored.objects(URIRef(QUERY + query.name), SH.parameter)
        }
        assert set(found) == {parameter.name for parameter in query.parameters}
        for parameter in query.parameters:
            about = found[parameter.name]
            assert str(stored.value(about, SH.path)).endswith(f"/{parameter.name}")
            assert stored.value(about, SH.description) == Literal(parameter.description, lang="en")
            assert bool(stored.value(about, SH.optional)) is not parameter.required
    card = URIRef(QUERY + "measure-card#measure")
    assert str(stored.value(card, SH.defaultValue)).endswith("/measure/northbound-travel-for-macao-vehicles")
    assert stored.value(URIRef(QUERY + "measures#platform"), SH.defaultValue) is None


def _query(folder: Path, name: str, text: str) -> StoredQuery:
    header = "".join(f"#+ {key}: x\n" for key in ("summary", "description"))
    header += "".join(f"#+ {key}-{tag}: x\n" for key in ("summary", "description") for tag in LANGUAGES[1:])
    (folder / f"{name}.rq").write_text(header + text)
    return find_query(name, folder)


def test_queries_of_others(tmp_path: Path) -> None:
    ask = _query(tmp_path, "ask", "ASK { ?measure a gba:Measure FILTER(?x = 'place:') }")
    records = query_records([ask], "urn:q:", "https://example.org/sparql")
    said = {record[1:3] for record in records}
    assert ("<http://www.w3.org/ns/shacl#prefix>", '"gba"') in said
    assert ("<http://www.w3.org/ns/shacl#prefix>", '"place"') not in said
    assert ("<https://schema.org/target>", "<https://example.org/sparql>") in said
    assert any(record[1] == "<http://www.w3.org/ns/shacl#ask>" for record in records)
    with pytest.raises(InputError, match="DESCRIBE"):
        query_records([_query(tmp_path, "describe", "DESCRIBE <urn:x>")], "urn:q:")
    other = _query(tmp_path, "other", "PREFIX gba: <urn:other>\nASK { ?s a gba:x }")
    with pytest.raises(InputError, match="in another query"):
        query_records([ask, other], "urn:q:")


def _small(folder: Path, *words: str, data: list[Path] | None = None) -> int:
    named = [word for path in data or SMALL for word in ("--data", str(path))]
    return main(["release", str(folder), *named, "--ontology", str(ONTOLOGY), *words])


def test_release_is_reproducible(tmp_path: Path) -> None:
    made = []
    data = [word for path in SMALL for word in ("--data", str(path))]
    for seed, zone, mask, epoch in (("1", "Asia/Hong_Kong", 0o077, "86400"), ("2", "America/New_York", 0o002, "86400")):
        here = tmp_path / seed
        (here / "temporary").mkdir(parents=True)
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "TMPDIR": str(here / "temporary")}
        environment |= {"SOURCE_DATE_EPOCH": epoch, "PYTHONPATH": str(ROOT)}
        words = ["release", "made", *data, "--ontology", str(ONTOLOGY), "--queries", str(ROOT / "queries")]
        subprocess.run(
            [sys.executable, "-m", "gba_kg", *words],
            cwd=here,
            env=environment,
            umask=mask,
            check=True,
            capture_output=True,
        )
        made.append(_below(here / "made"))
        assert not list((here / "temporary").iterdir())
        assert {oct(path.stat().st_mode)[-3:] for path in (here / "made").rglob("*")} == {"644", "755"}
    assert made[0] == made[1]
    assert b'"1970-01-02"^^xsd:date' in made[0]["description.ttl"]
    assert {"graph.parquet", "measures.jsonld", "outcomes.ttl", "tables.zip", "queries.ttl"} <= set(made[0])
    assert {*FORMS, "jsonld-context"} == set(FORMATS), "so every format is the same for any hash seed"
    assert not {"shapes.ttl", "LICENSE-DATA"} & set(made[0]), "of other data only what is named"


WITHOUT = [word for form in ("parquet", "jsonld-framed", "csv", "graphml") for word in ("--without", form)]


def test_base_endpoint_and_formats_left_out(tmp_path: Path) -> None:
    made = tmp_path / "made"
    assert _small(made, "--base", "https://example.org/r", "--endpoint", "https://example.org/sparql", *WITHOUT) == 0
    graph = Graph().parse(made / "description.ttl")
    for predicate in (DCAT.downloadURL, DCAT.accessURL, VOID.dataDump):
        found = {str(url) for url in graph.objects(None, predicate)}
        assert found
        assert all((made / url.removeprefix("https://example.org/r/")).is_file() for url in found)
    assert (DATASET, VOID.sparqlEndpoint, URIRef("https://example.org/sparql")) in graph
    assert not {"graph.parquet", "measures.jsonld", "tables.zip", "graph.graphml"} & set(_below(made))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--base", "example.org"], "--base takes the address of a folder"),
        (["--base", "https://example.org/?x=1"], "--base takes the address of a folder"),
        (["--base", "https://example.org/> <urn:x"], "--base takes the address of a folder"),
        (["--endpoint", "file:///etc/passwd"], "--endpoint takes the address of a server"),
        (["--shapes", str(ROOT / "shapes")], "violations of the shapes"),
    ],
)
def test_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path, words: list[str], message: str) -> None:
    assert _small(tmp_path / "made", *words) == 2
    assert message in capsys.readouterr().err
    assert not list(tmp_path.iterdir()), "nothing is left behind"


def test_clock_that_is_none(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for value in ("yesterday", "9" * 30):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
        assert _small(tmp_path / "made") == 2
        assert "SOURCE_DATE_EPOCH" in capsys.readouterr().err


def test_folder_that_is_there_stays_as_it_is(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "mine").write_text("mine")
    for there in (tmp_path / "made", tmp_path / "made" / "mine"):
        assert _small(there) == 2
        assert "is there already" in capsys.readouterr().err
    assert _below(tmp_path / "made") == {"mine": b"mine"}


DESCRIBED = (ROOT / "data" / "dataset.ttl").read_text()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<urn:x> <urn:p> 1 .", "describe 0 things of class dcat:Dataset"),
        (DESCRIBED + "<urn:x> a dcat:Dataset .", "describe 2 things of class dcat:Dataset"),
        (DESCRIBED.replace("dcterms:license", "dcterms:rights"), "no dcterms:license"),
        (DESCRIBED.replace("@zh-Hant", "@fr"), "no dcterms:title of <https://w3id.org/gba-kg/> in zh-Hant"),
    ],
)
def test_data_that_do_not_say_what_they_are(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, message: str
) -> None:
    path = tmp_path / "data.ttl"
    path.write_text(text)
    assert _small(tmp_path / "made", data=[path]) == 2
    assert message in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [path]


def test_pages_of_the_ontology() -> None:
    graph = gba_kg.load(SMALL, ONTOLOGY)
    only = Settings(without=frozenset(WITHOUT[1::2]), base="https://example.org/")
    pages = [("index.html", [b"<", b"p>"]), ("style.css", [b"p {}"])]
    files = {name: b"".join(pieces) for name, pieces in release(graph, None, [], only, lambda *_: pages)}
    assert files["documentation/index.html"] == b"<p>"
    described = Graph().parse(data=files["description.ttl"])
    page = URIRef("http://xmlns.com/foaf/0.1/page")
    assert str(described.value(DATASET, page)) == "https://example.org/documentation/index.html"
    kinds = {file["path"]: file["mediaType"] for file in json.loads(files["manifest.json"])["files"]}
    assert kinds["documentation/style.css"] == "text/css"
    assert len(graph) == len(gba_kg.load(SMALL, ONTOLOGY)), "reasoning works on a copy"
    files_of_others = release(graph, None, [], only, lambda *_: [("x.exe", [b""])])
    with pytest.raises(InputError, match="media type"):
        _ = [list(pieces) for _, pieces in files_of_others]


def test_iris_that_look_like_short_names_stay_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "odd.ttl"
    path.write_text(DESCRIBED + "<urn:x> a <place:y> ; <measure:z> 01 , 1 .")
    only = Settings(without=frozenset(WITHOUT[1::2]))
    files = {name: b"".join(pieces) for name, pieces in release(gba_kg.load(path, ONTOLOGY), None, [], only)}
    described = Graph().parse(data=files["description.ttl"])
    assert URIRef("place:y") in set(described.objects(None, VOID["class"]))
    (partition,) = described.subjects(VOID.property, URIRef("measure:z"))
    assert int(str(described.value(partition, VOID.triples))) == 2, "two spellings are two statements"


LIBRARY = ROOT / "examples" / "library-loans"


def test_the_library_is_described_by_what_it_states(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    words = [f"--{name}={LIBRARY / name}" for name in ("data", "ontology", "shapes")]
    words += [f"--data={LIBRARY / 'dataset.ttl'}", *WITHOUT]
    assert main(["release", str(tmp_path / "made"), *words]) == 0
    described = Graph().parse(tmp_path / "made" / "description.ttl")
    library = URIRef("https://library.example/")
    assert [str(day) for day in described.objects(library, DCTERMS.issued)] == ["2026-03-31"], "not that of the build"
    assert URIRef(f"{library}release/1.0/graph.nt") in set(described.objects(library, VOID.dataDump))
    assert not list(described.objects(None, DCTERMS.creator)), "nobody is named who is not stated"
    assert {str(each) for each in described.objects(None, DCTERMS.license)} == {
        "https://www.apache.org/licenses/LICENSE-2.0"
    }
    assert "gba" not in (tmp_path / "made" / "description.ttl").read_text()
    page = "documentation/index.html"
    assert f"[{page}]({page})" in (tmp_path / "made" / "README.md").read_text()


def test_a_dataset_that_is_nowhere_needs_a_base(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "data.ttl"
    path.write_text(DESCRIBED.replace("<https://w3id.org/gba-kg/> a", "<urn:x> a").replace('"gba-kg: ', '"a\\n# b: '))
    assert _small(tmp_path / "made", data=[path]) == 2
    assert "no file can be found below <urn:x>: say with --base" in capsys.readouterr().err
    assert _small(tmp_path / "made", "--base", "https://example.org/", *WITHOUT, data=[path]) == 0
    assert (tmp_path / "made" / "README.md").read_text().startswith("# a \\# b: knowledge")


def test_an_ontology_of_others_has_the_licence_that_it_states(tmp_path: Path) -> None:
    header = "<http://x.example/%s> a <http://www.w3.org/2002/07/owl#Ontology> "
    (tmp_path / "silent.ttl").write_text(header % "silent" + ".")
    (tmp_path / "stating.ttl").write_text(
        header % "stating"
        + '; <http://purl.org/dc/terms/license> <urn:l> ; <http://www.w3.org/2002/07/owl#versionInfo> "7" .'
    )
    only = Settings(without=frozenset(WITHOUT[1::2]), citation=bundled_citation())
    files = {name: b"".join(pieces) for name, pieces in release(gba_kg.load(SMALL, tmp_path), None, [], only)}
    described = Graph().parse(data=files["description.ttl"])
    for name, licences, versions in (("silent", [], []), ("stating", ["urn:l"], ["7"])):
        node = URIRef(f"http://x.example/{name}")
        assert [str(each) for each in described.objects(node, DCTERMS.license)] == licences
        assert [str(each) for each in described.objects(node, DCAT.version)] == versions
        assert not list(described.objects(node, DCTERMS.creator))
        for distribution in described.objects(node, DCAT.distribution):
            assert [str(each) for each in described.objects(distribution, DCTERMS.license)] == licences
    assert list(described.objects(DATASET, DCTERMS.creator))


def test_ontologies_of_one_name_have_files_of_their_own(tmp_path: Path) -> None:
    for number, name in enumerate(("One", "one two")):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / f"{name[:3]}.ttl").write_text(
            f"<urn:{number}> a <http://www.w3.org/2002/07/owl#Ontology> ."
        )
    graph = gba_kg.load(SMALL, tmp_path)
    only = Settings(without=frozenset(WITHOUT[1::2]))
    files = {name: b"".join(pieces) for name, pieces in release(graph, None, [], only)}
    assert {name for name in files if name.endswith(".rdf") and "ontology" in name} == {
        "ontology/One.rdf",
        "ontology/one-2.rdf",
    }


def test_release_that_is_stopped_leaves_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["release", str(tmp_path / "made"), "--timeout", "2"]) == 3
    assert "stopped after 2 seconds" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
