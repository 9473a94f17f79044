"""The outcomes as an RDF Data Cube: each integrity constraint of the recommendation holds, and can be broken."""
# ruff: noqa: E501 - a constraint, a line

from __future__ import annotations

import pyoxigraph as ox
import pytest

import gba_kg
from gba_kg.exports import stream
from gba_kg.exports.content import stored_records
from gba_kg.namespaces import PREFIXES

# The closure of component properties and of types (RDF Data Cube Vocabulary, 10.1, phase 1).
NORMAL = """INSERT { ?c qb:componentProperty ?p . ?p a ?class } WHERE {
  VALUES (?link ?class) {
    (qb:dimension qb:DimensionProperty) (qb:measure qb:MeasureProperty) (qb:attribute qb:AttributeProperty)
  }
  ?c ?link ?p
}"""
_OBSERVED = "?o qb:dataSet/qb:structure/qb:component ?c . "
_DIMENSION = f"{_OBSERVED} ?c qb:componentProperty ?p . ?p a qb:DimensionProperty . "
_BY_TYPE = "?s qb:component/qb:componentProperty qb:measureType . ?o qb:dataSet/qb:structure ?s . "

# Each asks for a violation (RDF Data Cube Vocabulary, 11.1). IC-12 compares observations of one claim only: claims are a
# dimension. IC-20 and IC-21 are for the properties that a hierarchical list names; that of SKOS stands for them.
CONSTRAINTS = {
    "IC-1 one data set": "?o a qb:Observation FILTER NOT EXISTS { ?o qb:dataSet ?d FILTER NOT EXISTS {"
    " ?o qb:dataSet ?other FILTER(?d != ?other) } }",
    "IC-2 one structure": "?d a qb:DataSet FILTER NOT EXISTS { ?d qb:structure ?s FILTER NOT EXISTS {"
    " ?d qb:structure ?other FILTER(?s != ?other) } }",
    "IC-3 a measure": "?s a qb:DataStructureDefinition FILTER NOT EXISTS {"
    " ?s qb:component/qb:componentProperty/a qb:MeasureProperty }",
    "IC-4 dimensions have a range": "?p a qb:DimensionProperty FILTER NOT EXISTS { ?p rdfs:range ?r }",
    "IC-5 concepts have code lists": "?p a qb:DimensionProperty ; rdfs:range skos:Concept"
    " FILTER NOT EXISTS { ?p qb:codeList ?l }",
    "IC-6 only attributes are optional": "?s qb:component ?c . ?c qb:componentRequired false ; qb:componentProperty ?p"
    " FILTER NOT EXISTS { ?p a qb:AttributeProperty }",
    "IC-7 slice keys are declared": "?k a qb:SliceKey FILTER NOT EXISTS { ?s a qb:DataStructureDefinition ; qb:sliceKey ?k }",
    "IC-8 slice keys fit the structure": "?k a qb:SliceKey ; qb:componentProperty ?p . ?s qb:sliceKey ?k"
    " FILTER NOT EXISTS { ?s qb:component/qb:componentProperty ?p }",
    "IC-9 slices have one key": "?x a qb:Slice FILTER NOT EXISTS { ?x qb:sliceStructure ?k FILTER NOT EXISTS {"
    " ?x qb:sliceStructure ?other FILTER(?k != ?other) } }",
    "IC-10 slices have their dimensions": "?x qb:sliceStructure/qb:componentProperty ?p FILTER NOT EXISTS { ?x ?p ?v }",
    "IC-11 all dimensions": f"{_DIMENSION} FILTER NOT EXISTS {{ ?o ?p ?v }}",
    "IC-12 no observation twice": "?o qb:dataSet ?d ; cube:claim ?m . ?b qb:dataSet ?d ; cube:claim ?m FILTER(STR(?o) < STR(?b))"
    " FILTER NOT EXISTS { ?d qb:structure/qb:component/qb:componentProperty ?p . ?p a qb:DimensionProperty ."
    " ?o ?p ?x . ?b ?p ?y FILTER(?x != ?y) }",
    "IC-13 required attributes": f"{_OBSERVED} ?c qb:componentRequired true ; qb:componentProperty ?p"
    " FILTER NOT EXISTS { ?o ?p ?v }",
    "IC-14 all measures": "?o qb:dataSet/qb:structure ?s . ?s qb:component/qb:componentProperty ?p . ?p a qb:MeasureProperty"
    " FILTER NOT EXISTS { ?s qb:component/qb:componentProperty qb:measureType } FILTER NOT EXISTS { ?o ?p ?v }",
    "IC-15 its measure": f"{_BY_TYPE} ?o qb:measureType ?p FILTER NOT EXISTS {{ ?o ?p ?v }}",
    "IC-16 one measure": f"{_BY_TYPE} ?o qb:measureType ?m ; ?p ?v . ?s qb:component/qb:componentProperty ?p ."
    " ?p a qb:MeasureProperty FILTER(?p != ?m)",
    "IC-17 every measure somewhere": f"{_BY_TYPE} ?s qb:component/qb:componentProperty ?p . ?p a qb:MeasureProperty"
    " FILTER NOT EXISTS { ?o cube:claim ?m . ?b cube:claim ?m ; qb:measureType ?p }",
    "IC-18 slices are of one data set": "?d qb:slice ?x . ?x qb:observation ?o FILTER NOT EXISTS { ?o qb:dataSet ?d }",
    "IC-19 codes are in their list": f"{_DIMENSION} ?p qb:codeList ?l . ?l a skos:ConceptScheme . ?o ?p ?v"
    " FILTER NOT EXISTS { ?v a skos:Concept ; skos:inScheme ?l }",
    "IC-19 codes are in their collection": f"{_DIMENSION} ?p qb:codeList ?l . ?l a skos:Collection . ?o ?p ?v"
    " FILTER NOT EXISTS { ?v a skos:Concept . ?l skos:member+ ?v }",
    "IC-20 codes are in their hierarchy": f"{_DIMENSION} ?p qb:codeList ?l . ?l qb:parentChildProperty skos:narrower . ?o ?p ?v"
    " FILTER NOT EXISTS { ?l qb:hierarchyRoot/skos:narrower* ?v }",
    "IC-21 codes are in their hierarchy, upwards": f"{_DIMENSION} ?p qb:codeList ?l ."
    " ?l qb:parentChildProperty [ owl:inverseOf skos:broader ] . ?o ?p ?v"
    " FILTER NOT EXISTS { ?l qb:hierarchyRoot/^skos:broader* ?v }",
}  # fmt: skip
_ANY = "{ SELECT ?o ?m { ?o a qb:Observation ; cube:claim ?m } LIMIT 1 }"
_TYPED = "cube:structure qb:component [ qb:componentProperty qb:measureType ] . "
# A change of the cube that breaks each.
BROKEN = {
    "IC-1": f"INSERT {{ ?o qb:dataSet cube:other }} WHERE {_ANY}",
    "IC-2": "INSERT DATA { cube:outcomes qb:structure cube:other }",
    "IC-3": "DELETE WHERE { cube:component-value ?p ?o }",
    "IC-4": "DELETE WHERE { cube:part rdfs:range ?r }",
    "IC-5": "DELETE WHERE { cube:part qb:codeList ?l }",
    "IC-6": "INSERT DATA { cube:component-part qb:componentRequired false }",
    "IC-7": "INSERT DATA { cube:k a qb:SliceKey }",
    "IC-8": "INSERT DATA { cube:k a qb:SliceKey ; qb:componentProperty cube:none . cube:structure qb:sliceKey cube:k }",
    "IC-9": "INSERT DATA { cube:x a qb:Slice }",
    "IC-10": "INSERT DATA { cube:x qb:sliceStructure [ qb:componentProperty cube:part ] }",
    "IC-11": f"DELETE {{ ?o cube:claim ?m }} WHERE {_ANY}",
    "IC-12": "DELETE { ?o cube:part ?p } INSERT { ?o cube:part cube:whole } WHERE { ?o cube:part ?p }",
    "IC-13": f"DELETE {{ ?o gba:unit ?u }} WHERE {{ {_ANY} ?o gba:unit ?u }}",
    "IC-14": f"DELETE {{ ?o gba:value ?u }} WHERE {{ {_ANY} ?o gba:value ?u }}",
    "IC-15": f"INSERT {{ {_TYPED} ?o qb:measureType cube:none }} WHERE {_ANY}",
    "IC-16": f"INSERT {{ {_TYPED} ?o qb:measureType cube:none }} WHERE {_ANY}",
    "IC-17": f"INSERT {{ {_TYPED} ?o qb:measureType cube:none }} WHERE {_ANY}",
    "IC-18": f"INSERT {{ cube:other qb:slice [ qb:observation ?o ] }} WHERE {_ANY}",
    "IC-19 codes are in their list": "DELETE WHERE { cube:whole skos:inScheme ?s }",
    "IC-19 codes are in their collection": "INSERT DATA { cube:parts a skos:Collection ; skos:member cube:least }",
    "IC-20": "INSERT DATA { cube:parts qb:parentChildProperty skos:narrower ; qb:hierarchyRoot cube:least }",
    "IC-21": "INSERT DATA { cube:parts qb:parentChildProperty [ owl:inverseOf skos:broader ] ; qb:hierarchyRoot cube:least }",
}  # fmt: skip


@pytest.fixture(scope="module")
def cube(graph: gba_kg.Graph) -> bytes:
    return b"".join(stream(stored_records(graph, "outcomes-as-data-cube"), "ntriples"))


def _violated(cube: bytes, name: str, change: str = "") -> bool:
    store = ox.Store()
    store.load(cube, ox.RdfFormat.N_TRIPLES)
    for update in filter(None, (change, NORMAL)):
        store.update(update, prefixes=PREFIXES)
    return bool(store.query(f"ASK {{ {CONSTRAINTS[name]} }}", prefixes=PREFIXES))


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_the_cube_is_well_formed(cube: bytes, name: str) -> None:
    assert not _violated(cube, name)


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_each_constraint_can_be_broken(cube: bytes, name: str) -> None:
    (change,) = [change for key, change in BROKEN.items() if key == name or key == name.split()[0]]
    assert _violated(cube, name, change)


def test_all_constraints_are_there() -> None:
    numbers = {int(name.split()[0].removeprefix("IC-")) for name in CONSTRAINTS}
    assert numbers == set(range(1, 22))


def test_the_cube_has_every_figure_as_it_is_written(cube: bytes, graph: gba_kg.Graph) -> None:
    store = ox.Store()
    store.load(cube, ox.RdfFormat.N_TRIPLES)
    count = "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?o a qb:Observation ; cube:claim ?c }"
    outcomes = "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c a gba:Outcome }"
    assert str(next(iter(store.query(count, prefixes=PREFIXES)))[0]) == str(next(iter(graph.select(outcomes)))[0])
    assert b"gba:value 521000.0 ;" in gba_kg.export(graph, "datacube")
