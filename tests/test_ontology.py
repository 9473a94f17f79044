"""The ontology is in OWL 2 RL, consistent, and entails what it is meant to entail."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT
from owlrl import DeductiveClosure, OWLRL_Semantics
from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection

import gba_kg

GBA = "https://w3id.org/gba-kg/ontology#"
PREFIXES = """@prefix agency: <https://w3id.org/gba-kg/agency/> .
@prefix gba: <https://w3id.org/gba-kg/ontology#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix place: <https://w3id.org/gba-kg/place/> .
@prefix platform: <https://w3id.org/gba-kg/platform/> .
@prefix ex: <https://example.org/> .
"""


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ROOT / "ontology" / "gba.ttl")


# What a class expression may be on each side of rdfs:subClassOf in OWL 2 RL (profile, section 4.2.3).
LEFT = {OWL.intersectionOf, OWL.unionOf, OWL.oneOf, OWL.someValuesFrom, OWL.hasValue}
RIGHT = {OWL.intersectionOf, OWL.allValuesFrom, OWL.hasValue, OWL.maxCardinality, OWL.maxQualifiedCardinality}
DATATYPES = {"string", "integer", "decimal", "boolean"}


def _constructors(graph: Graph, node: BNode) -> set[URIRef]:
    return {
        p for p in graph.predicates(node) if p in LEFT | RIGHT | {OWL.complementOf, OWL.cardinality, OWL.minCardinality}
    }


def test_is_in_the_rl_profile(ontology: Graph) -> None:
    axioms = 0
    for sub, sup in ontology.subject_objects(RDFS.subClassOf):
        axioms += 1
        if isinstance(sub, BNode):
            assert _constructors(ontology, sub) <= LEFT
        if isinstance(sup, BNode):
            assert _constructors(ontology, sup) <= RIGHT
    for _, other in ontology.subject_objects(OWL.equivalentClass):
        assert _constructors(ontology, other) <= {OWL.intersectionOf, OWL.hasValue}
    for property_, chain in ontology.subject_objects(OWL.propertyChainAxiom):
        assert property_ not in set(Collection(ontology, chain)), "a chain that refers to itself may not end"
    for name in (RDFS.domain, RDFS.range):
        for _, value in ontology.subject_objects(name):
            assert isinstance(value, URIRef)
            if str(value).startswith("http://www.w3.org/2001/XMLSchema#"):
                assert str(value).split("#")[1] in DATATYPES
    assert axioms > 10
    assert not list(ontology.triples((None, OWL.imports, None)))


def _closure(ontology: Graph, turtle: str) -> Graph:
    graph = Graph()
    for triple in ontology:
        graph.add(triple)
    graph.parse(data=PREFIXES + turtle, format="turtle")
    DeductiveClosure(OWLRL_Semantics).expand(graph)
    return graph


def _errors(graph: Graph) -> list[str]:
    return [
        str(message)
        for _, _, message in graph.triples((None, URIRef("http://www.daml.org/2002/03/agents/agent-ont#error"), None))
    ]


DATA = """
ex:m a gba:Measure ; gba:appliesAt platform:hengqin ; gba:connects place:macao ; gba:hasParticipation ex:p .
ex:p a gba:Participation ; gba:actor agency:bureau .
agency:bureau a gba:Agency ; org:subOrganizationOf agency:government .
place:macao a gba:SpecialAdministrativeRegion ; gba:within place:bay . place:bay gba:within place:china .
ex:c a gba:Case ; gba:submittedBy agency:bureau .
"""
ENTAILED = [
    ("https://example.org/m", RDF.type, GBA + "HengqinMeasure"),
    ("https://example.org/m", RDF.type, GBA + "CrossBoundaryMeasure"),
    ("https://example.org/m", URIRef(GBA + "participant"), "https://w3id.org/gba-kg/agency/bureau"),
    ("https://example.org/m", URIRef(GBA + "involvesGovernment"), "https://w3id.org/gba-kg/agency/government"),
    ("https://example.org/c", URIRef(GBA + "participant"), "https://w3id.org/gba-kg/agency/bureau"),
    ("https://w3id.org/gba-kg/place/macao", URIRef(GBA + "within"), "https://w3id.org/gba-kg/place/china"),
    ("https://w3id.org/gba-kg/place/macao", RDF.type, GBA + "Place"),
]


def test_entails_what_it_is_meant_to(ontology: Graph) -> None:
    closure = _closure(ontology, DATA)
    for subject, predicate, value in ENTAILED:
        assert (URIRef(subject), predicate, URIRef(value)) in closure, (subject, predicate, value)
    assert (URIRef("https://example.org/m"), RDF.type, URIRef(GBA + "QianhaiMeasure")) not in closure
    assert _errors(closure) == []


SWAPPED = [
    "ex:m a gba:Measure ; gba:connects agency:x . agency:x a gba:Agency .",
    "ex:m a gba:Measure , gba:Place .",
    "platform:hengqin a gba:Platform ; gba:occupies agency:x . agency:x a gba:Agency .",
    "ex:o a gba:Outcome , gba:Novelty .",
    "ex:p a gba:Person , gba:Agency .",
]


@pytest.mark.parametrize("turtle", SWAPPED)
def test_a_swapped_link_is_an_inconsistency(ontology: Graph, turtle: str) -> None:
    assert _errors(_closure(ontology, turtle))


def test_package_yields_entailments_that_are_rdf(tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text(PREFIXES + DATA)
    graph = gba_kg.load(tmp_path, ROOT / "ontology" / "gba.ttl", reasoned=True)
    rows = gba_kg.query(graph, "SELECT ?m WHERE { ?m a gba:CrossBoundaryMeasure ; gba:involvesGovernment ?g }")
    assert rows.texts() == [("https://example.org/m",)]
    for triple in gba_kg.load(tmp_path, ROOT / "ontology" / "gba.ttl").to_rdflib():
        assert not isinstance(triple[0], Literal)


def test_alignments_map_only_terms_that_exist(ontology: Graph) -> None:
    alignments = Graph().parse(ROOT / "ontology" / "alignments.ttl")
    ours = {str(subject) for subject in alignments.subjects() if str(subject).startswith(GBA)}
    assert len(ours) > 20
    assert ours <= {str(subject) for subject in ontology.subjects()}
