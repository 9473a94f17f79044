"""Exports: each format is read again by a tool that nobody here wrote, and holds the same statements."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import ROOT

import gba_kg
from gba_kg.cli import main
from gba_kg.errors import InputError, UsageError
from gba_kg.exports import FORMATS, Options, export_files, statements, stream
from gba_kg.exports.canonical import canonical_names
from gba_kg.exports.content import graph_records, thing_records
from gba_kg.exports.names import compact, property_key
from gba_kg.exports.terms import Record, parts

FOREIGN = Path(tempfile.gettempdir()) / "gba-kg-foreign"
XSD = "http://www.w3.org/2001/XMLSchema#"
CASE = str(next((ROOT / "data" / "cases" / "batch-2").glob("01-*.ttl")))

HOSTILE = r"""
@prefix ex: <http://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
ex:it a ex:Thing , skos:Concept ;
  skos:prefLabel "zh"@zh-Hans , "a tag in lower case"@zh-hans , "en"@en-GB , "it's"@EN ;
  ex:text "quote \" apostrophe ' backslash \\ \\u0027 line\nfeed carriage\rreturn tab\t" , "" ,
    "lines \n of \"several\" \"\"\" quotes \\n \\\\\"\"\n\\" , "\n\"" ,
    "=1+1" , "+1" , "-1" , "@x" ,
    "\U0001F600 astral" , "\u202Ebidi\u200F" , "]]>&<amp;" , " | " , "a | b" , "NULL" , "# no comment" , "'''" ;
  ex:number 01 , 1.50 , -0.0 , 1e3 , 99999999999999999999999999999999999999.00000000000000000000000000001 ;
  ex:double "INF"^^xsd:double , "NaN"^^xsd:double , "-0.0"^^xsd:double ;
  ex:flag "1"^^xsd:boolean , true ;
  ex:day "2024-01-01Z"^^xsd:date , "2024-01-01+08:00"^^xsd:date , "2024-02-30"^^xsd:date ;
  ex:month "2023-04Z"^^xsd:gYearMonth ;
  ex:span "P1Y12M"^^xsd:duration ;
  ex:odd "x"^^ex:type , "<a/>"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral> , "nonsense"^^xsd:integer ;
  ex:link <http://example.org/é/漢?a=b&c='d'> , <place:macao> , <urn:x> ;
  ex:inner [ ex:deep [ skos:note "inside"@zh-Hant ; ex:list ( 1 "two"@zh-Hant ( ) [ ex:p ex:q ] ) ] ] ;
  ex:shared _:both ; ex:circle _:one .
ex:other ex:shared _:both .
_:one ex:next _:two . _:two ex:next _:one .
[] ex:nobody "refers to this" .
"""
CONTROLS = '<urn:a> <urn:x/p> "\\u0000\\u0007\\u001F\\u007F" .\n'


def _graph(folder: Path, text: str = HOSTILE) -> gba_kg.Graph:
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / "hostile.ttl").write_text(text, encoding="utf-8")
    (folder / "none.ttl").write_text("")
    return gba_kg.load(folder / "data", folder / "none.ttl")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> gba_kg.Graph:
    return _graph(tmp_path_factory.mktemp("hostile"))


def _canonical(quads: object) -> list[str]:
    """Canonical N-Quads without graph names; tags in lower case, as all parsers may leave them (RDF 1.1, 3.3)."""
    dataset = ox.Dataset(ox.Quad(q.subject, q.predicate, q.object) for q in quads)  # type: ignore[attr-defined]
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(str(quad) for quad in dataset)


def _read(text: bytes | str, form: ox.RdfFormat = ox.RdfFormat.N_QUADS) -> list[str]:
    return _canonical(ox.parse(text, format=form))


def _tool(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        _missing(f"{name} is not installed")
    assert path
    return path


def _missing(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def _run(*words: str, stdin: bytes = b"") -> bytes:
    done = subprocess.run(words, input=stdin, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b"", "it loads without a warning"
    return done.stdout


def _node(script: str, text: bytes) -> bytes:
    if not (FOREIGN / "node_modules").is_dir():
        _missing("the node modules are not installed: make foreign")
    done = subprocess.run([_tool("node"), "-e", script], input=text, capture_output=True, check=False, cwd=FOREIGN)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


N3 = """const N3 = require('n3'); const text = require('fs').readFileSync(0, 'utf8');
const writer = new N3.Writer({ format: 'N-Quads' });
writer.addQuads(new N3.Parser({ format: 'FORMAT' }).parse(text));
writer.end((error, result) => process.stdout.write(result));"""
JSONLD = """const jsonld = require('jsonld'); const doc = JSON.parse(require('fs').readFileSync(0, 'utf8'));
jsonld.toRDF(doc, { format: 'application/n-quads', documentLoader: url => { throw new Error(url); }, safe: true })
  .then(text => process.stdout.write(text)).catch(e => { console.error(e); process.exit(1); });"""
CANON = """const { canonize } = require('rdf-canonize'); const text = require('fs').readFileSync(0, 'utf8');
const form = 'application/n-quads';
canonize(text, { algorithm: 'RDFC-1.0', inputFormat: form, format: form, maxWorkFactor: 3 })
  .then(t => process.stdout.write(t)).catch(e => { console.error(e); process.exit(1); });"""


CYPHER = """const { lintCypherQuery } = require('@neo4j-cypher/language-support');
const told = JSON.parse(require('fs').readFileSync(0, 'utf8')).map(text => lintCypherQuery(text, {}));
process.stdout.write(JSON.stringify(told.map(({ diagnostics, symbolTables }) =>
  ({ diagnostics, statements: symbolTables.length }))));"""


def _out(graph: gba_kg.Graph, form: str, **options: object) -> bytes:
    return b"".join(stream(graph_records(graph), form, Options(**options)))  # type: ignore[arg-type]


EVERY_FORM = """
import sys
from gba_kg.cli import main
case, folder, *forms = sys.argv[1:]
sys.exit(any(main(["export", "--format", form, "--data", case, "-o", f"{folder}/{form}"]) for form in forms))
"""


RDF = {
    "turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES, "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG, "jsonld": ox.RdfFormat.JSON_LD, "rdfxml": ox.RdfFormat.RDF_XML,
}  # fmt: skip


@pytest.fixture(scope="module")
def part() -> gba_kg.Graph:
    """The ontology, the code lists and a case; tests/test_release.py has the whole graph in every format."""
    return gba_kg.load(Path(CASE))


@pytest.mark.parametrize("form", RDF)
def test_pyoxigraph_reads_the_same_statements(hostile: gba_kg.Graph, part: gba_kg.Graph, form: str) -> None:
    for each in (hostile, part):
        assert _read(_out(each, form), RDF[form]) == _canonical(each.quads())


@pytest.mark.parametrize(("form", "name"), [("turtle", "turtle"), ("ntriples", "ntriples"), ("rdfxml", "rdfxml")])
def test_rapper_reads_the_same_statements(hostile: gba_kg.Graph, form: str, name: str) -> None:
    text = _run(_tool("rapper"), "-q", "-i", name, "-o", "ntriples", "-", "http://base/", stdin=_out(hostile, form))
    assert _read(text) == _canonical(hostile.quads())


@pytest.mark.parametrize("form", ["turtle", "ntriples", "nquads", "trig"])
def test_serdi_reads_the_same_statements(hostile: gba_kg.Graph, form: str) -> None:
    text = _run(_tool("serdi"), "-i", form, "-o", "nquads", "-", stdin=_out(hostile, form))
    assert _read(text) == _canonical(hostile.quads())


@pytest.mark.parametrize(("form", "name"), [("turtle", "Turtle"), ("trig", "TriG"), ("nquads", "N-Quads")])
def test_n3js_reads_the_same_statements(hostile: gba_kg.Graph, form: str, name: str) -> None:
    assert _read(_node(N3.replace("FORMAT", name), _out(hostile, form))) == _canonical(hostile.quads())


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib warns of itself
@pytest.mark.parametrize("form", RDF)
def test_rdflib_reads_the_same_statements(
    part: gba_kg.Graph, form: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """rdflib rewrites literals (01 becomes 1) unless told not to, and bare numbers of Turtle even then."""
    import rdflib

    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    in_turtle = form in ("turtle", "trig")
    hostile = _graph(tmp_path, HOSTILE.replace(" 01 ,", "").replace(" , 1e3", "") if in_turtle else HOSTILE)
    for each in (hostile, *([part] if form == "turtle" else [])):
        dataset = rdflib.Dataset()
        dataset.parse(data=_out(each, form), format=FORMATS[form].media_type)
        assert _read(dataset.serialize(format="nquads")) == _canonical(each.quads())


def test_jsonld_js_and_pyld_read_the_same_statements(tmp_path: Path) -> None:
    from pyld import jsonld

    # jsonld.js and PyLD rewrite every xsd:double, string or not: doubles are proved by the other readers of JSON-LD.
    lines = [line for line in HOSTILE.replace(" , 1e3", "").splitlines() if "xsd:double" not in line]
    graph = _graph(tmp_path, "\n".join(lines))
    text = _out(graph, "jsonld")
    assert _read(_node(JSONLD, text)) == _canonical(graph.quads())
    options = {"format": "application/n-quads", "documentLoader": lambda url, _: pytest.fail(url)}
    assert _read(jsonld.to_rdf(json.loads(text), options)) == _canonical(graph.quads())


def test_canonical_quads_are_those_of_rdf_canonize(hostile: gba_kg.Graph, part: gba_kg.Graph) -> None:
    for each in (hostile, part):
        text = _out(each, "nquads")
        assert _node(CANON, text) == text


def test_canonical_names_are_those_of_pyoxigraph(graph: gba_kg.Graph) -> None:
    quads = [quad for quad in graph.quads() if "_:" in (str(quad.subject)[:2], str(quad.object)[:2])]
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    names = canonical_names([(str(q.subject), str(q.predicate), str(q.object), str(q.graph_name)) for q in quads])
    assert len(names) > 20
    ours = {
        f"{names.get(str(q.subject), q.subject)} {q.predicate} {names.get(str(q.object), q.object)} {q.graph_name}"
        for q in quads
    }
    assert ours == {f"{q.subject} {q.predicate} {q.object} {q.graph_name}" for q in dataset}


def test_values_leave_as_they_are_written(hostile: gba_kg.Graph) -> None:
    for form in ("turtle", "nquads", "trig", "jsonld", "rdfxml", "graphml", "cypher"):
        text = _out(hostile, form).decode()
        for spelling in ("zh-Hans", "zh-hans", "zh-Hant", "en-GB", "EN", "2024-01-01Z", "P1Y12M", "1.50", "-0.0"):
            assert spelling in text, (form, spelling)


def test_poisoned_blank_nodes_end_in_an_error_and_still_leave_as_turtle(tmp_path: Path) -> None:
    text = "".join(f"_:a{i} <urn:p> _:a{j} .\n" for i in range(9) for j in range(9) if i != j)
    graph = _graph(tmp_path, text)
    with pytest.raises(InputError, match="too alike"):
        _out(graph, "nquads")
    assert len(list(ox.parse(_out(graph, "turtle"), format=ox.RdfFormat.TURTLE))) == 72


def test_xml_names_what_it_cannot_hold(tmp_path: Path) -> None:
    graph = _graph(tmp_path, CONTROLS)
    for form in ("turtle", "ntriples", "nquads", "trig", "jsonld"):
        assert _read(_out(graph, form), RDF[form]) == _canonical(graph.quads())
    with pytest.raises(InputError, match="control character"):
        _out(graph, "rdfxml")
    with pytest.raises(InputError, match="<urn:x/1>"):
        _out(_graph(tmp_path, "<urn:a> <urn:x/1> 1 ."), "rdfxml")


def test_many_statements_are_merged_from_disk(
    hostile: gba_kg.Graph, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    whole = {form: _out(hostile, form) for form in RDF}
    monkeypatch.setattr(statements, "LIMIT", 300)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert {form: _out(hostile, form) for form in RDF} == whole
    assert not list(tmp_path.iterdir())


def test_turtle_is_readable(hostile: gba_kg.Graph) -> None:
    text = _out(hostile, "turtle").decode()
    assert "<http://example.org/it> a <http://example.org/Thing> , skos:Concept ;\n" in text
    assert '( 1 "two"@zh-Hant rdf:nil [' in text
    assert "\n\n[] <http://example.org/nobody>" in text
    assert '"""lines \n of "several" ' in text
    prefixes = [line.split()[1] for line in text.splitlines() if line.startswith("@prefix")]
    assert prefixes == ["rdf:", "skos:", "xsd:"]


def test_trig_has_a_graph_per_file_and_an_empty_default_graph(graph: gba_kg.Graph) -> None:
    text = _out(graph, "trig").decode()
    assert "# The default graph.\n{\n}\n" in text
    names = {quad.graph_name.value for quad in ox.parse(text, format=ox.RdfFormat.TRIG)}
    assert names == set(graph.by_graph)


def test_framed_has_one_tree_per_measure() -> None:
    graph = gba_kg.load(next((ROOT / "data" / "cases" / "batch-2").glob("09-*.ttl")))
    (tree,) = json.loads(_out(graph, "jsonld-framed"))["@graph"]
    assert tree["@type"] == "Measure"
    assert tree["hasOutcome"]["value"] == "521000.0"
    assert tree["hasOutcome"]["evidence"]["hasSelector"]["exact"]
    assert set(tree["prefLabel"]) == {"en", "zh-Hans", "zh-Hant"}
    assert tree["ruleDomain"][0]["prefLabel"]["en"]
    with pytest.raises(UsageError, match="none in what is exported"):
        b"".join(stream(iter([("<urn:a>", "<urn:b>", "<urn:c>", "")]), "jsonld-framed"))


def test_the_context_of_a_part_is_that_of_the_whole(graph: gba_kg.Graph) -> None:
    context = json.loads(_out(graph, "jsonld-context"))["@context"]
    assert context["prefLabel"] == {"@id": "http://www.w3.org/2004/02/skos/core#prefLabel", "@container": "@language"}
    assert context["value"] == {"@id": "https://w3id.org/gba-kg/ontology#value", "@type": XSD + "decimal"}
    part = thing_records(graph, ox.NamedNode("https://w3id.org/gba-kg/place/macao"))
    text = b"".join(stream(part, "jsonld", Options(whole=lambda: graph_records(graph))))
    terms = json.loads(text)["@context"]
    assert "prefLabel" in terms
    assert all(context[name] == term for name, term in terms.items())


def _tables(graph: gba_kg.Graph, folder: Path, **options: object) -> Path:
    for name, pieces in export_files(graph_records(graph), "csv", Options(**options)):  # type: ignore[arg-type]
        (folder / name).write_bytes(b"".join(pieces))
    return folder


def _statements_of_tables(folder: Path) -> set[tuple[str, str, str, str, str]]:
    """What the metadata say that the cells mean; the CSVW library checks both, the cells are taken as text."""
    from csvw import TableGroup

    found = set()
    group = TableGroup.from_file(folder / "csv-metadata.json")
    for table in group.tables:
        assert list(table), table.url
        described = {str(column.titles.getfirst()): column for column in table.tableSchema.columns}
        with (folder / str(table.url)).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for title, cell in row.items():
                    column = described[title]
                    null = (column.inherit("null") or [""])[0]
                    if title == "id" or cell == null:
                        continue
                    kind = column.common_props["rdfs:range"]["@id"]
                    values = cell.split(column.separator) if column.separator else [cell]
                    language = column.lang if column.lang and column.lang != "und" else ""
                    found |= {(row["id"], column.propertyUrl.uri, value, kind, language) for value in values}
    return found


def _flat(records: object) -> set[tuple[str, str, str, str, str]]:
    found = set()
    for subject, predicate, object_, _ in records:  # type: ignore[attr-defined]
        value = parts(object_)
        kind = value.datatype if value.is_literal else "http://www.w3.org/2000/01/rdf-schema#Resource"
        found.add((parts(subject).name, predicate[1:-1], value.name, kind, value.language))
    return found


def test_a_csvw_reader_reads_the_same_statements(hostile: gba_kg.Graph, tmp_path: Path) -> None:
    with statements.Statements(graph_records(hostile)) as sorted_:
        assert _statements_of_tables(_tables(hostile, tmp_path)) == _flat(sorted_)


def test_spreadsheets_run_no_cell(hostile: gba_kg.Graph, tmp_path: Path) -> None:
    folder = _tables(hostile, tmp_path, spreadsheet=True)
    cells = [
        cell
        for path in folder.glob("*.csv")
        for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
        for cell in row
    ]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "apostrophe" in (folder / "csv-metadata.json").read_text()


def test_networkx_reads_the_same_statements(hostile: gba_kg.Graph) -> None:
    import networkx

    read = networkx.read_graphml(io.BytesIO(_out(hostile, "graphml")), force_multigraph=True)
    names = {node: data["iri"] for node, data in read.nodes(data=True)}
    with statements.Statements(graph_records(hostile)) as sorted_:
        records = list(sorted_)
    links = {(parts(s).name, p[1:-1], parts(o).name) for s, p, o, _ in records if o[0] != '"'}
    assert {(names[a], data["iri"], names[b]) for a, b, data in read.edges(data=True)} == links
    fixed = ("iri", "label", "types")
    values = sorted(
        (data["iri"], text)
        for _, data in read.nodes(data=True)
        for key, value in data.items()
        if key not in fixed
        for text in (json.loads(value) if key.endswith("[]") else [value])
    )
    assert values == sorted((parts(s).name, parts(o).value) for s, _, o, _ in records if o[0] == '"')
    thing = next(data for _, data in read.nodes(data=True) if data["iri"] == "http://example.org/it")
    assert thing["label"] == "it's"
    assert thing["types"] == "<http://example.org/Thing> skos:Concept"


def test_pyarrow_reads_the_same_statements(hostile: gba_kg.Graph) -> None:
    from pyarrow import parquet

    table = parquet.read_table(io.BytesIO(_out(hostile, "parquet")))
    rows = {
        (r["subject"], r["predicate"], r["object"], r["datatype"] or "", r["language"] or "") for r in table.to_pylist()
    }
    with statements.Statements(graph_records(hostile), "quads") as sorted_:
        assert rows == {
            (parts(s).name, p[1:-1], parts(o).name, parts(o).datatype, parts(o).language) for s, p, o, _ in sorted_
        }


def test_cypher_holds_texts_that_cannot_break_out(hostile: gba_kg.Graph) -> None:
    lines = _out(hostile, "cypher").decode().splitlines()
    assert lines[0].startswith("CREATE CONSTRAINT")
    assert all(line.endswith(";") for line in lines)
    assert "'it\\'s'" in lines[1] + lines[2]
    assert "\\\\' + 'u0027" in "".join(lines)
    assert "MERGE (a)-[:`<http://example.org/link>`]->(b)" in "".join(lines)


def test_the_parser_of_neo4j_takes_cypher(hostile: gba_kg.Graph) -> None:
    text = _out(hostile, "cypher").decode()
    assert text.endswith(";\n")
    texts = [text[:-2], "UNWIND [{iri: 'it's'}] AS row RETURN row;"]
    right, wrong = json.loads(_node(CYPHER, json.dumps(texts).encode()))
    assert right == {"diagnostics": [], "statements": text.count(";\n")}
    assert wrong["diagnostics"]


def test_graphqlite_runs_cypher_and_holds_the_same_statements(tmp_path: Path) -> None:
    import apsw
    import graphqlite

    # Faults of GraphQLite: no label in backticks behind SET, and a sum of strings in a list is null.
    graph = _graph(tmp_path, HOSTILE.replace("\\\\ \\\\u0027", "\\\\"))
    lines = [re.sub(r"SET n(:`[^`]*`)+,", "SET", line) for line in _out(graph, "cypher").decode().split(";\n") if line]
    base = apsw.Connection(":memory:")
    base.enable_load_extension(True)
    base.load_extension(graphqlite.loadable_path())

    def run(query: str) -> list[dict[str, str]]:
        found = json.loads(next(iter(base.execute("SELECT cypher(?)", (query,))))[0])
        return found if isinstance(found, list) else []

    for _ in range(2):  # running the script twice changes nothing
        for line in lines:
            run(line)
    with statements.Statements(graph_records(graph)) as sorted_:
        records = [(parts(s).name, p, parts(o)) for s, p, o, _ in sorted_]
    links = run("MATCH (a)-[r]->(b) RETURN a.iri AS a, type(r) AS r, b.iri AS b")
    wanted = sorted((s, compact(p[1:-1]), o.name) for s, p, o in records if not o.is_literal)
    assert sorted((link["a"], link["r"], link["b"]) for link in links) == wanted
    nodes = [json.loads(row["n"]["properties"]) for row in run("MATCH (n) RETURN n")]  # type: ignore[index]
    values = sorted(
        (node["iri"], key, value)
        for node in nodes
        for key, held in node.items()
        if key not in ("iri", "label")
        for value in (held if isinstance(held, list) else [held])
    )
    assert values == sorted((s, property_key(p[1:-1], o), o.value) for s, p, o in records if o.is_literal)


def test_only_takes_what_accounts_for_it(graph: gba_kg.Graph) -> None:
    node = ox.NamedNode("https://w3id.org/gba-kg/measure/northbound-travel-for-macao-vehicles")
    records: list[Record] = list(thing_records(graph, node))
    subjects = {record[0][len("<https://w3id.org/gba-kg/") :].partition("/")[0] for record in records}
    assert subjects == {"measure", "attestation", "passage", "span"}
    assert all(record[0] == str(node) for record in records if "/measure/" in record[0])
    assert len(list(thing_records(graph, node, 2))) > len(records)
    with pytest.raises(UsageError, match="depth 0"):
        thing_records(graph, node, 0)


def _cli(capsysbinary: pytest.CaptureFixture[bytes], *words: str) -> tuple[int, bytes, str]:
    code = main(["export", *words])
    out, err = capsysbinary.readouterr()
    return code, out, err.decode()


MACAO = "<https://w3id.org/gba-kg/measure/northbound-travel-for-macao-vehicles>"


@pytest.mark.parametrize("form", [form for form in RDF if form != "nquads"])
def test_reasoned_adds_what_follows_and_keeps_what_is_written(
    form: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    plain, more = (
        set(_read(_cli(capsysbinary, "--data", CASE, "--format", form, *words)[1], RDF[form]))
        for words in ((), ("--reasoned",))
    )
    assert plain < more
    assert any("<http://www.w3.org/ns/prov#Entity>" in line and "/attestation/" in line for line in more - plain)
    assert not any(line.startswith('"') for line in more)


def test_reasoned_goes_with_one_thing_and_with_a_query(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    only = ("--data", CASE, "--only", MACAO.strip("<>"), "--format", "ntriples")
    plain, more = (set(_cli(capsysbinary, *only, *words)[1].splitlines()) for words in ((), ("--reasoned",)))
    assert plain < more
    assert f"{MACAO} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>" in b"\n".join(more - plain).decode()


@pytest.mark.parametrize("form", [form for form, each in FORMATS.items() if not each.query and form != "jsonld-framed"])
def test_every_format_holds_one_thing_at_any_depth(
    form: str, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    sizes = []
    for depth in ("1", "2", "9"):
        target = tmp_path / depth
        words = ("--only", "measure:northbound-travel-for-macao-vehicles", "--depth", depth, "--format", form)
        assert _cli(capsysbinary, "--data", CASE, *words, "-o", str(target))[0] == 0
        sizes.append(sum(path.stat().st_size for path in (target.iterdir() if target.is_dir() else [target])))
    assert 0 < sizes[0] <= sizes[1] <= sizes[2]
    assert form == "jsonld-context" or sizes[0] < sizes[1]


def test_a_construct_goes_into_every_format(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    header = "".join(
        f"#+ {key}{tag}: a\n" for key in ("summary", "description") for tag in ("", "-zh-Hans", "-zh-Hant")
    )
    (tmp_path / "queries" / "part.rq").write_text(
        header
        + "#+ tags: [x]\nCONSTRUCT { ?s ?p ?o } WHERE { ?s a <https://w3id.org/gba-kg/ontology#Measure> ; ?p ?o }"
    )
    words = ("--query", "part", "--queries", str(tmp_path / "queries"), "--data", CASE)
    for form in (form for form, each in FORMATS.items() if not each.query):
        target = tmp_path / form
        assert _cli(capsysbinary, *words, "--format", form, "-o", str(target))[0] == 0
        if form in RDF:
            assert _read(target.read_bytes(), RDF[form]) == _read((tmp_path / "turtle").read_bytes(), RDF["turtle"])


def test_answers_of_queries(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    from pyarrow import parquet

    code, out, _ = _cli(capsysbinary, "--query", "measures", "-p", "platform=hetao", "--format", "csv")
    assert code == 0
    assert out.startswith(b"measure,label,")
    target = tmp_path / "figures.parquet"
    assert _cli(capsysbinary, "--query", "figures", "--format", "parquet", "-o", str(target))[0] == 0
    assert "521000.0" in parquet.read_table(target).column("value").to_pylist()
    code, out, _ = _cli(capsysbinary, "--query", "outcomes-as-data-cube", "--format", "ntriples")
    assert code == 0
    assert b"qb" not in out
    assert b"/cube#Observation>" in out


def test_manifest_has_the_digest(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    import hashlib

    target, manifest = tmp_path / "x.nq", tmp_path / "manifest.json"
    words = ("--data", CASE, "--format", "nquads", "-o", str(target), "--manifest", str(manifest))
    assert _cli(capsysbinary, *words)[0] == 0
    told = json.loads(manifest.read_text())
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    assert told["canonicalization"] == "RDFC-1.0"
    assert told["files"] == [{"name": "x.nq", "bytes": target.stat().st_size, "sha256": digest}]


WRONG = [
    ("--only measure:none", "nothing in the graph is called"),
    ("--depth 2", "--depth belongs to --only"),
    ("--query nothing", "no stored query 'nothing'"),
    ("--query measures", "the query answers with rows"),
    ("-p a=b", "belong to --query"),
    ("--only x --query y", "give one of"),
    ("--format datacube --query y", "give one of"),
    ("--safe-for-spreadsheets", "belongs to --format csv"),
    ("--manifest x", "name them with --output"),
    ("--format csv", "name it with --output"),
    ("--format csv -o {full}", "the folder is not empty"),
    ("-o {full}", "is a folder"),
    ("--format csv -o {full}/none/x", "cannot be written"),
]


@pytest.mark.parametrize(("call", "message"), WRONG, ids=[call for call, _ in WRONG])
def test_wrong_calls_leave_nothing(
    capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path, call: str, message: str
) -> None:
    (tmp_path / "file").write_text("")
    code, out, err = _cli(capsysbinary, *call.replace("{full}", str(tmp_path)).split())
    assert (code, out) == (2, b"")
    assert message in err
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_pipe_is_written_to_and_stays_a_pipe(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """As root, an export to /dev/null once put a file in its place."""
    pipe, got = tmp_path / "pipe", tmp_path / "got"
    os.mkfifo(pipe)
    with got.open("wb") as file, subprocess.Popen(["cat", str(pipe)], stdout=file):
        assert _cli(capsysbinary, "--data", CASE, "-o", str(pipe))[0] == 0
    assert pipe.is_fifo()
    assert got.read_bytes() == _cli(capsysbinary, "--data", CASE)[1] != b""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["got", "pipe"]


def test_a_link_stays_a_link_and_a_file_keeps_its_mode(
    capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    own, link, new = tmp_path / "kept" / "own", tmp_path / "link", tmp_path / "new"
    own.parent.mkdir()
    own.touch()
    own.chmod(0o600)
    link.symlink_to("kept/own")
    before = os.umask(0o077)
    try:
        assert _cli(capsysbinary, "--data", CASE, "-o", str(link))[0] == 0
        assert _cli(capsysbinary, "--data", CASE, "-o", str(new))[0] == 0
    finally:
        os.umask(before)
    assert link.readlink() == Path("kept/own")
    assert own.read_bytes() == new.read_bytes() != b""
    assert [path.stat().st_mode & 0o777 for path in (own, new)] == [0o600, 0o600]


def test_a_fault_on_the_way_leaves_nothing(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    _graph(tmp_path, CONTROLS)
    data = ("--data", str(tmp_path / "data"), "--ontology", str(tmp_path / "none.ttl"))
    before = sorted(tmp_path.iterdir())
    assert _cli(capsysbinary, *data, "--format", "rdfxml", "-o", str(tmp_path / "x.rdf"))[0] == 2
    assert sorted(tmp_path.iterdir()) == before


def test_an_export_imports_what_its_format_needs(tmp_path: Path) -> None:
    code = EVERY_FORM.replace("sys.exit", "")
    code += "print(sorted({'rdflib', 'pyarrow', 'pyld'} & set(sys.modules)))"
    told = []
    for forms in (("turtle", "nquads", "jsonld"), ("parquet",)):
        words = [sys.executable, "-c", code, CASE, str(tmp_path), *forms]
        told.append(subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip())
    assert told == ["[]", "['pyarrow']"]


def test_unknown_forms() -> None:
    with pytest.raises(UsageError, match="no format 'x'"):
        b"".join(stream([], "x"))
    with pytest.raises(UsageError, match="folder"):
        b"".join(stream([], "csv"))
    with pytest.raises(UsageError, match="one file"):
        list(export_files([], "turtle"))


@pytest.mark.parametrize("form", ["jsonld", "rdfxml", "trig", "nquads"])
def test_tags_keep_their_case_from_every_syntax(hostile: gba_kg.Graph, tmp_path: Path, form: str) -> None:
    text = _out(hostile, form).decode().replace("zh-hans", "zh-Hans")  # one spelling a file in RDF/XML and JSON-LD
    path = tmp_path / f"again{FORMATS[form].extension}"
    path.write_text(text, encoding="utf-8", newline="")
    (tmp_path / "none.ttl").write_text("")
    again = _out(gba_kg.load(path, tmp_path / "none.ttl"), "ntriples").decode()
    for spelling in ("@zh-Hans", "@zh-Hant", "@en-GB", "@EN"):
        assert spelling in again
