"""Validation that validates nothing is a finding: each rule fires where it should, and is silent beside it."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

import gba_kg
from gba_kg.rules import RULES

HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
DATA = "ex:a a ex:Thing ;\n  ex:name 'a' ."
ONTOLOGY = "ex:Thing a owl:Class .\nex:name a owl:DatatypeProperty ."
SHAPE = (
    "ex:S a sh:NodeShape ;\n  sh:targetClass ex:Thing ;\n  sh:property ex:P .\nex:P sh:path ex:name ; sh:minCount 1 ."
)

# Of each rule: data, ontology and shapes that break it, where it is told, and what is changed to mend it.
BAD: dict[str, tuple[str, str, str, tuple[str, int | None, int | None], tuple[str, str]]] = {
    "vacuous-shapes": (
        DATA,
        ONTOLOGY,
        "ex:S a sh:NodeShape .",
        ("shapes.ttl", None, None),
        (" .", " ; sh:targetClass ex:Thing ."),
    ),
    "vacuous-shape": (
        DATA,
        ONTOLOGY,
        SHAPE + "\nex:T sh:targetClass owl:Ontology ; sh:nodeKind sh:IRI .",
        ("shapes.ttl", 7, 1),
        ("owl:Ontology", "ex:Thing"),
    ),
    "unreached-shape": (
        DATA,
        ONTOLOGY,
        SHAPE + "\nex:Q a sh:PropertyShape ; sh:path ex:name .",
        ("shapes.ttl", 7, 1),
        ("ex:Q a", "ex:Q sh:targetNode ex:a ; a"),
    ),
    "idle-parameter": (
        DATA,
        ONTOLOGY,
        SHAPE + "\nex:P sh:flags 'i' .",
        ("shapes.ttl", 7, 15),
        ("'i'", "'i' ; sh:pattern 'A'"),
    ),
    "unknown-shacl-term": (
        DATA,
        ONTOLOGY,
        SHAPE + "\nex:P sh:mincount 1 .",
        ("shapes.ttl", 7, 18),
        ("sh:mincount", "sh:minCount"),
    ),
    "unknown-class": (
        DATA,
        ONTOLOGY,
        SHAPE + "\nex:T sh:targetNode ex:a ;\n  sh:not [ sh:class ex:Thimg ] .",
        ("shapes.ttl", 8, 21),
        ("ex:Thimg", "skos:Concept"),
    ),
    "unknown-property": (
        DATA,
        ONTOLOGY,
        SHAPE + "\nex:S sh:property [ sh:path ( [ sh:inversePath skos:broder ] ex:name ) ] .",
        ("shapes.ttl", 7, 28),
        ("skos:broder", "skos:broader"),
    ),
    "uncovered-class": (
        DATA + "\nex:b a ex:Other .",
        ONTOLOGY,
        SHAPE,
        ("data.ttl", 5, 8),
        ("a ex:Other", "a ex:Thing ; ex:name 'b'"),
    ),
    "untyped-node": (DATA + "\nex:b ex:name 'b' .", ONTOLOGY, SHAPE, ("data.ttl", 5, 1), ("ex:b", "ex:a")),
    "empty-file": ("", ONTOLOGY, SHAPE, ("data.ttl", None, None), ("", "ex:a a ex:Thing ; ex:name 'a' .")),
}


def _findings(folder: Path, data: str, ontology: str, *shapes: str, language: str = "en") -> list[gba_kg.Finding]:
    paths = []
    for name, text in (
        ("data", data),
        ("ontology", ontology),
        *((f"shapes{n or ''}", s) for n, s in enumerate(shapes)),
    ):
        paths.append(folder / f"{name}.ttl")
        paths[-1].write_text(HEAD + text)
    graph = gba_kg.load(paths[0], paths[1])
    return list(gba_kg.validate(graph, paths[2:], language=language).findings)


@pytest.mark.parametrize("rule", BAD)
def test_rule_fires_at_its_place_and_not_beside_it(rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    data, ontology, shapes, place, (wrong, right) = BAD[rule]
    fired = [f for f in _findings(tmp_path, data, ontology, shapes) if f.rule == rule]
    assert [(f.file, f.line, f.column) for f in fired] == [place]
    assert fired[0].severity == RULES[rule].severity
    assert fired[0].component is None
    mended = (data.replace(wrong, right), shapes.replace(wrong, right)) if wrong else (right, shapes)
    assert not [f for f in _findings(tmp_path, mended[0], ontology, mended[1]) if f.rule == rule]


def test_a_file_without_shacl_among_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (found,) = _findings(tmp_path, DATA, ONTOLOGY, SHAPE, "ex:a ex:name 'no shape' .")
    assert (found.rule, found.file) == ("shapes-file-without-shape", "shapes1.ttl")


@pytest.mark.parametrize(
    ("shapes", "rules"),
    [
        ("", {"vacuous-shapes", "empty-file"}),
        (SHAPE.replace("ex:Thing", "ex:Thimg"), {"vacuous-shape", "unknown-class", "uncovered-class"}),
        (SHAPE.replace("minCount", "mincount"), {"unknown-shacl-term"}),
    ],
    ids=["empty shapes file", "misspelt target class", "sh:mincount"],
)
def test_what_passes_vacuously_elsewhere(tmp_path: Path, shapes: str, rules: set[str]) -> None:
    data = DATA if "mincount" in shapes else DATA + "\nex:b a ex:Thing ; ex:name 'b' ."
    assert {finding.rule for finding in _findings(tmp_path, data, ONTOLOGY, shapes)} >= rules


def test_suggestions_and_languages(tmp_path: Path) -> None:
    shapes = SHAPE + "\nex:P sh:mincount 1 ."
    (found,) = _findings(tmp_path, DATA, ONTOLOGY, shapes)
    assert found.message == "sh:mincount is no term of SHACL (sh:minCount?)"
    (found,) = _findings(tmp_path, DATA, ONTOLOGY, shapes, language="zh-Hant")
    assert found.message.startswith("sh:mincount 不是 SHACL 的詞項")


def test_optional_terms_of_foreign_graphs_are_no_slips(tmp_path: Path) -> None:
    """Without an ontology, a property that no data use yet is unknown only where it is nearly one that they use."""
    optional = SHAPE + "\nex:S sh:property [ sh:path ex:comment ; sh:maxCount 1 ] ."
    assert _findings(tmp_path, DATA, "", optional) == []
    (found,) = _findings(tmp_path, DATA, "", optional.replace("ex:comment", "ex:naame"))
    assert (found.rule, found.value) == ("unknown-property", "http://example.org/naame")


def test_nodes_that_nested_shapes_reach_are_covered(tmp_path: Path) -> None:
    data = DATA.replace("'a' .", "'a' ; ex:part ex:b .\nex:b a ex:Part . ex:c ex:name 'c' . ex:a ex:part ex:c .")
    shapes = SHAPE + "\nex:S sh:property [ sh:path ex:part ; sh:node [ sh:nodeKind sh:IRI ] ] ."
    assert _findings(tmp_path, data, "", shapes) == []
    rules = {finding.rule for finding in _findings(tmp_path, data, "", SHAPE)}
    assert rules == {"uncovered-class", "untyped-node"}


@pytest.mark.parametrize("target", ["sh:targetSubjectsOf ex:name", "sh:targetObjectsOf ex:part", "sh:targetNode ex:b"])
def test_every_target_covers(tmp_path: Path, target: str) -> None:
    data = DATA.replace("'a' .", "'a' ; ex:part ex:b .\nex:b a ex:Part ; ex:name 'b' .")
    shapes = SHAPE + f"\nex:T {target} ; sh:nodeKind sh:IRI ."
    assert _findings(tmp_path, data, "", shapes) == []


def test_dropping_the_class_of_an_attestation_is_noticed(tmp_path: Path) -> None:
    path = next((Path(__file__).parent.parent / "data" / "cases" / "batch-2").glob("01-*.ttl"))
    text = path.read_text(encoding="utf-8")
    name = text.split(" a gba:Attestation ;")[0].rsplit("\n", 1)[-1]
    (tmp_path / path.name).write_text(text.replace(f"{name} a gba:Attestation ;", name, 1), encoding="utf-8")
    found = gba_kg.validate(gba_kg.load(tmp_path)).findings
    assert [finding.line for finding in found if finding.rule == "untyped-node"] == [
        text[: text.index(name)].count("\n") + 1
    ]


def test_the_table_of_terms_knows_what_rdflib_knows() -> None:
    import rdflib

    from gba_kg.vocabulary import Vocabularies

    terms = Vocabularies().terms
    spaces = ("DCAT", "DCTERMS", "FOAF", "ORG", "OWL", "PROV", "QB", "RDF", "RDFS", "SDO", "SH", "SKOS", "VOID", "XSD")
    for name in spaces:
        space = getattr(rdflib, name)
        # Never iterate over a namespace itself: that does not end.
        known = {str(term) for term in dir(space) if not str(term).startswith("_") and term in space}
        assert known, name
        assert known <= terms, name
    assert all(ox.NamedNode(term) for term in terms)


@pytest.mark.parametrize("parameter", ["closed", "deactivated", "qualifiedValueShapesDisjoint", "uniqueLang"])
def test_a_flag_that_is_no_boolean_has_no_effect(tmp_path: Path, parameter: str) -> None:
    more = " ; sh:qualifiedValueShape [] ; sh:qualifiedMinCount 0" if parameter.startswith("qualified") else ""
    for value, count in (("'true'", 1), ("true", 0)):
        found = _findings(tmp_path, DATA, ONTOLOGY, SHAPE + f"\nex:P sh:{parameter} {value}{more} .")
        assert [f.line for f in found if f.rule == "idle-parameter" and f"sh:{parameter} " in f.message] == [7] * count
