"""Rules of the house that no other test sees: layers, names, paths, languages, versions."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from conftest import ROOT
from rdflib import RDF, SKOS, BNode, Graph, URIRef

import gba_kg

MODULES = sorted((ROOT / "gba_kg").rglob("*.py"))

# From the bottom up: a module imports from layers below its own.
LAYERS = [
    {
        "rules.levels",
        "rules.clashes",
        "rules.code_lists",
        "rules.components",
        "errors",
        "rules.evidence",
        "language_tags",
        "namespaces",
        "resources",
        "findings",
        "rules.lint",
        "rules.validation",
        "numerals",
        "query_code",
        "turtle_tokens",
    },
    {"syntaxes", "locate_subjects", "reasoning.table"},
    {"input_guards", "reasoning.datatypes", "reasoning.notation"},
    {"files", "fingerprints", "revisions", "rules", "reasoning.scratch"},
    {"diff", "locate", "marked_yaml", "vocabulary", "stored", "results", "rdflib_bridge"},
    {"baseline", "profile"},
    {"reasoning.instances", "reasoning.outside", "reasoning.trivial"},
    {"reasoning.closure", "reasoning.reference_closure"},
    {"reasoning.proofs"},
    {"reasoning", "reasoning.clashes"},
    {"formatter.blocks"},
    {"formatter.order"},
    {"formatter", "graph"},
    {"changes", "facts", "text_search", "statistics"},
    {"component_messages", "reasoning.telling"},
    {"remote.credentials", "remote.transport"},
    {"remote.client"},
    {"remote.endpoints"},
    {"remote"},
    {"reasoning.asking"},
    {"exports.terms"},
    {
        "exports.as_written",
        "exports.canonical",
        "exports.context",
        "exports.names",
        "exports.nesting",
        "exports.options",
    },
    {"exports.content", "exports.statements"},
    {"exports.properties"},
    {
        "exports.csvw",
        "exports.cypher",
        "exports.graphml",
        "exports.jsonld",
        "exports.ntriples",
        "exports.parquet",
        "exports.rdfxml",
        "exports.turtle",
    },
    {"exports.framed"},
    {"exports"},
    {"remote.publish_content"},
    {"remote.publish_server"},
    {"remote.publish"},
    {"setwise.terms", "setwise.query_text"},
    {"setwise.paths", "setwise.patterns"},
    {"setwise.components", "setwise.focus"},
    {"setwise.shapes", "setwise.datatypes"},
    {"setwise.constraints", "setwise.data"},
    {"setwise.affected", "setwise.sparql", "setwise.sweep"},
    {"setwise.run"},
    {"setwise"},
    {"reference_engine", "shacl_results"},
    {"engines", "outside_references", "vacuity.targets", "vacuity.terms"},
    {"vacuity.coverage", "vacuity.parts"},
    {"vacuity"},
    {"code_lists", "documents", "entities", "lint.subject_matter", "validation", "api"},
    {"lint.files", "lint.individuals", "lint.terms", "lint.translations"},
    {"lint"},
    {"ontology_pages.parts", "ontology_pages.trees", "ontology_pages.uses", "ontology_pages.words"},
    {"ontology_pages.shapes"},
    {"ontology_pages.model", "ontology_pages.source"},
    {"ontology_pages.entries", "ontology_pages.render"},
    {"ontology_pages.lists"},
    {"ontology_pages.gather"},
    {"ontology_pages"},
    {"numeral_cover"},
    {"evidence"},
    {"checks"},
    {"release.archive", "release.citation", "release.counting", "release.kinds", "release.ledger", "release.sentences"},
    {"release.description", "release.queries"},
    {"release.readme"},
    {"release"},
    {"cli.deadline"},
    {"reports.context", "reports.excerpt", "reports.words"},
    {
        "reports.github",
        "reports.html",
        "reports.json",
        "reports.junit",
        "reports.markdown",
        "reports.sarif",
        "reports.table",
        "reports.text",
        "reports.turtle",
    },
    {"reports"},
    {"cli.levels"},
    {"cli.common"},
    {
        "cli.check",
        "cli.diff",
        "cli.document",
        "cli.evidence",
        "cli.export",
        "cli.fmt",
        "cli.lint",
        "cli.push",
        "cli.query",
        "cli.reason",
        "cli.release",
        "cli.search",
        "cli.show",
        "cli.stats",
        "cli.validate",
    },
    {"cli"},
]
# Upward or sideways on purpose, inside functions: a graph offers what is built on it.
OFFERED = {("graph", "rdflib_bridge"), ("cli", "cli.*")}
# Third-party libraries and the modules that may import them.
LIBRARIES = {
    "rdflib": {"rdflib_bridge", "reference_engine", "reasoning.reference_closure"},
    "pyshacl": {"reference_engine"},
    "owlrl": {"reasoning.reference_closure"},
    "yaml": {"marked_yaml", "release.citation", "stored"},
    "prettytable": {"results"},
    "wcwidth": {"reports.excerpt"},
    "opencc": {"text_search"},
    "cn2an": {"numerals"},
    "jinja2": {"ontology_pages.render"},
    "pandas": {"api"},
    "pyarrow": {"exports.parquet"},
    "pyld": {"exports.framed"},
    "SPARQLWrapper": {"remote.client"},
}


def _name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT / "gba_kg").with_suffix("").parts).removesuffix(".__init__")


def _imports(path: Path) -> set[str]:
    """Modules that a module imports when it runs; what only the type checker reads does not count."""
    found: set[str] = set()
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            if node.module == "gba_kg.cli":
                found |= {f"gba_kg.cli.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def test_dependencies_run_one_way() -> None:
    level = {name: number for number, layer in enumerate(LAYERS) for name in layer}
    names = {_name(path) for path in MODULES} - {"__init__", "__main__"}
    assert names == set(level), "every module has a layer"
    for path in MODULES:
        name = _name(path)
        if name in ("__init__", "__main__"):
            continue
        for imported in _imports(path):
            other = imported.removeprefix("gba_kg.")
            if imported.startswith("gba_kg.") and other != "cli" and (name, other) not in OFFERED:
                assert level[other] < level[name], f"{name} imports {other}"


def test_each_library_is_imported_in_few_places() -> None:
    seen: dict[str, set[str]] = {library: set() for library in LIBRARIES}
    for path in MODULES:
        for imported in _imports(path):
            top = imported.split(".")[0]
            if top in seen:
                seen[top].add(_name(path))
    assert seen == LIBRARIES


def test_modules_are_small_and_say_what_they_are_for() -> None:
    for path in MODULES:
        text = path.read_text()
        assert ast.get_docstring(ast.parse(text)), path.name
        assert len(text.splitlines()) <= 330, path.name
        if _name(path) != "__main__" and not _name(path).startswith("cli."):
            assert "__all__" in text, path.name


def test_only_the_command_line_prints() -> None:
    for path in MODULES:
        if not _name(path).startswith("cli"):
            assert not re.search(r"^\s*print\(", path.read_text(), re.MULTILINE), path.name


def test_public_names_are_those_listed() -> None:
    for name in gba_kg.__all__:
        assert getattr(gba_kg, name) is not None
    assert sorted(gba_kg.__all__) == sorted({*gba_kg._HOMES, "__version__"})  # noqa: SLF001
    with pytest.raises(AttributeError):
        _ = gba_kg.no_such_name  # type: ignore[attr-defined]


DATA = sorted((ROOT / "data").rglob("*.ttl"))


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.relative_to(ROOT / "data").as_posix())
def test_data_file_has_no_blank_nodes_and_all_languages(path: Path) -> None:
    graph = Graph().parse(path)
    assert not [term for triple in graph for term in triple if isinstance(term, BNode)]
    for subject in set(graph.subjects(SKOS.prefLabel)):
        languages = sorted(str(label.language).lower() for label in graph.objects(subject, SKOS.prefLabel))
        assert [tag for tag in languages if tag != "pt"] == ["en", "zh-hans", "zh-hant"], subject


def test_one_subject_is_described_in_one_file() -> None:
    home: dict[URIRef, Path] = {}
    assert DATA
    for path in DATA:
        for subject in set(Graph().parse(path).subjects(RDF.type)):
            assert home.setdefault(subject, path) == path, subject


def _tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = done.stdout.split()
    return [ROOT / name for name in names] if names else [path for path in ROOT.rglob("*") if path.is_file()]


def test_no_machine_path_and_no_registry_in_any_file() -> None:
    files = [path for path in _tracked() if path.is_file() and ".venv" not in path.parts]
    assert files
    forbidden = re.compile(r"/(?:work|home|root|Users)/|index-url|pypi\.org/simple|files\.pythonhosted|\"resolved\"")
    for path in files:
        if path.name == Path(__file__).name:
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        assert not forbidden.search(text), path


def test_constraints_pin_name_and_version_only() -> None:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    assert lines
    for line in lines:
        assert re.fullmatch(r"[A-Za-z0-9_.-]+==[A-Za-z0-9.]+", line), line


def test_the_version_stands_in_one_place() -> None:
    version = gba_kg.__version__
    ontology = Graph().parse(ROOT / "ontology" / "gba.ttl")
    header = URIRef("https://w3id.org/gba-kg/ontology")
    owl = "http://www.w3.org/2002/07/owl#"
    assert str(ontology.value(header, URIRef(owl + "versionInfo"))) == version
    assert str(ontology.value(header, URIRef(owl + "versionIRI"))).endswith(f"/{version}")
    assert re.search(rf"^## \[{re.escape(version)}\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert str(yaml.safe_load((ROOT / "CITATION.cff").read_text())["version"]) == version
    dataset = Graph().parse(ROOT / "data" / "dataset.ttl")
    dcat_version = URIRef("http://www.w3.org/ns/dcat#version")
    assert [str(value) for value in dataset.objects(URIRef("https://w3id.org/gba-kg/"), dcat_version)] == [version]
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dynamic"] == ["version"]


def test_licences_are_stated() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text()
    assert "Attribution 4.0 International" in (ROOT / "LICENSE-DATA").read_text()
    licence = URIRef("https://creativecommons.org/licenses/by/4.0/")
    dataset = Graph().parse(ROOT / "data" / "dataset.ttl")
    assert (URIRef("https://w3id.org/gba-kg/"), URIRef("http://purl.org/dc/terms/license"), licence) in dataset


def test_no_sentence_of_a_source_is_copied(documents: Path) -> None:
    """No label or description shares 18 Chinese characters in a row with a document, names and titles apart."""
    printed = "".join(_chinese(path.read_text(encoding="utf-8")) for path in sorted(documents.glob("*.txt")))
    grams = {printed[i : i + 18] for i in range(len(printed) - 17)}
    for path in DATA:
        graph = Graph().parse(path)
        for subject, predicate, value in graph:
            if str(predicate).endswith(("description", "ruleBefore", "ruleAfter", "rationale", "definition")):
                text = _chinese(str(value))
                shared = [text[i : i + 18] for i in range(len(text) - 17) if text[i : i + 18] in grams]
                assert not shared, (path.name, subject, shared[0])


def _chinese(text: str) -> str:
    return re.sub(r"[^㐀-鿿豈-﫿]+", "", text)


def test_every_part_has_its_reason_in_the_architecture() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    parts = {name.partition(".")[0] for name in map(_name, MODULES)} - {"__init__", "__main__", "cli", "gba_kg"}
    told = set(re.findall(r"`(?:gba_kg/)?(\w+)(?:\.py|/)`", page))
    assert parts - told == set(), "not told"
    assert told - parts == set(), "gone"
