"""Second opinions: reasonable (the same rules, in Rust) and HermiT (all of OWL 2 DL, in Java)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from reasoning_cases import CLASHES, ENTAILED, PREFIXES

import gba_kg
from gba_kg.namespaces import PREFIXES as OURS
from gba_kg.rdflib_bridge import to_term
from gba_kg.reasoning import entailments
from gba_kg.reasoning.trivial import expressions, is_trivial

GBA, RDF = OURS["gba"], OURS["rdf"]
SAID = "@prefix gba: <https://w3id.org/gba-kg/ontology#> .\n@prefix platform: <https://w3id.org/gba-kg/platform/> .\n"

# Rules that reasonable 0.4 does not have.
NOT_IN_REASONABLE = {"prp-spo2", "prp-key", "cls-oo"} | {
    f"{table}-{name}"
    for table, names in (
        ("cls", "maxc2 maxqc3 maxqc4"),
        ("scm", "cls eqc2 spo eqp1 eqp2 dom1 dom2 rng1 rng2 hv svf1 svf2 avf1 avf2 int uni"),
    )
    for name in names.split()
}


def _by_reasonable(graph: gba_kg.Graph) -> set[ox.Triple]:
    from reasonable import PyReasoner

    reasoner = PyReasoner()
    reasoner.from_graph(graph.to_rdflib())
    store = ox.Store()
    store.extend(ox.Quad(*(to_term(term) for term in triple)) for triple in reasoner.reason())  # type: ignore[arg-type]
    stated, unnamed = {quad.triple for quad in graph.store}, expressions(graph.store)
    new = {quad.triple for quad in store} - stated
    return {triple for triple in new if not is_trivial(triple, unnamed)}


def test_reasonable_entails_nothing_else_of_the_bundled_graph(graph: gba_kg.Graph) -> None:
    ours, theirs = set(entailments(graph)), _by_reasonable(graph)
    assert len(theirs) > 5000
    assert theirs <= ours
    lacking = {triple.predicate.value.removeprefix(GBA).rsplit("#")[-1] for triple in ours - theirs}
    assert lacking == {"participant", "involvesGovernment", "domain", "range", "subPropertyOf"}


@pytest.mark.parametrize(
    ("rule", "premises", "conclusions"), ENTAILED, ids=[f"{rule}-{n}" for n, (rule, *_) in enumerate(ENTAILED)]
)
def test_reasonable_agrees_on_each_rule(tmp_path: Path, rule: str, premises: str, conclusions: str) -> None:
    (tmp_path / "x.ttl").write_text(PREFIXES + premises)
    theirs = _by_reasonable(gba_kg.load(tmp_path / "x.ttl", tmp_path / "x.ttl"))
    wanted = {quad.triple for quad in ox.parse(PREFIXES + conclusions, format=ox.RdfFormat.TURTLE)}
    has_it = wanted <= theirs
    assert has_it == (rule not in NOT_IN_REASONABLE)


# --- HermiT


@pytest.fixture(scope="module")
def java() -> str:
    found = shutil.which("java")
    if found is None:
        reason = "no java: apt-get install default-jre-headless"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def _hermit(folder: Path, triples: Iterable[ox.Triple], more: str = "") -> list[str] | None:
    """The unsatisfiable classes, or None when all of it is inconsistent."""
    import owlready2

    stated = set(triples) | {quad.triple for quad in ox.parse(more, format=ox.RdfFormat.TURTLE)}
    path = folder / "all.nt"
    path.write_bytes(ox.serialize(sorted(stated, key=str), format=ox.RdfFormat.N_TRIPLES) or b"")
    world = owlready2.World()
    ontology = world.get_ontology(path.as_uri()).load()
    try:
        with ontology:
            owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return None
    return [str(each.iri) for each in world.inconsistent_classes() if each is not owlready2.Nothing]


@pytest.fixture(scope="module")
def ontology(graph: gba_kg.Graph) -> list[ox.Triple]:
    """The ontology without labels: HermiT refuses literals of datatypes that are not OWL's, such as xsd:date."""
    triples = [quad.triple for quad in graph.quads(graph.vocabulary) if not isinstance(quad.object, ox.Literal)]
    return [triple for triple in triples if not str(triple.object).endswith("XMLSchema#date>")]


@pytest.mark.slow
def test_hermit_finds_the_ontology_consistent_and_every_class_satisfiable(
    java: str, ontology: list[ox.Triple], tmp_path: Path
) -> None:
    assert java
    classes = {triple.subject for triple in ontology if str(triple.object).endswith("owl#Class>")}
    assert len(classes) > 40
    assert _hermit(tmp_path, ontology) == []
    empty = f"{SAID} <urn:x> <{OURS['rdfs']}subClassOf> gba:Actor , gba:Place ; a <{OURS['owl']}Class> ."
    assert _hermit(tmp_path, ontology, empty) == ["urn:x"], "and would say so of one that is not"


@pytest.mark.slow
def test_hermit_finds_the_bundled_graph_consistent(
    java: str, graph: gba_kg.Graph, ontology: list[ox.Triple], tmp_path: Path
) -> None:
    """Passages and attestations, most of the graph, are left out: HermiT needs a quarter of a minute with them."""
    assert java
    records = ("/passage/", "/span/", "/attestation/", "/numeral/")
    links = [
        quad.triple
        for quad in graph.quads(graph.files)
        if not isinstance(quad.object, ox.Literal)
        and not any(kind in f"{quad.subject} {quad.object}" for kind in records)
    ]
    assert len(links) > 2000
    assert _hermit(tmp_path, [*ontology, *links]) == []


PLANTED = [
    "<urn:m> a gba:Measure ; gba:connects <urn:x> . <urn:x> a gba:Agency .",
    "<urn:m> a gba:Measure , gba:Place .",
    "<urn:m> gba:within platform:hengqin . platform:hengqin a gba:Platform .",
    "<urn:o> a gba:Outcome , gba:Novelty .",
    "<urn:p> a gba:Person , gba:Agency .",
]


@pytest.mark.slow
@pytest.mark.parametrize("turtle", PLANTED, ids=range(len(PLANTED)))
def test_hermit_and_the_rules_find_the_planted_fault(
    java: str, ontology: list[ox.Triple], tmp_path: Path, turtle: str
) -> None:
    from conftest import ROOT

    from gba_kg.reasoning.asking import check

    assert java
    (tmp_path / "x.ttl").write_text(SAID + turtle)
    found = check(gba_kg.load(tmp_path / "x.ttl", ROOT / "ontology" / "gba.ttl")).findings
    assert {finding.rule for finding in found} <= {"owl-cax-adc", "owl-cax-dw"}
    assert found
    assert _hermit(tmp_path, ontology, SAID + turtle) is None


@pytest.mark.slow
@pytest.mark.parametrize("name", ["prp-asyp", "cls-com", "cax-dw"])
def test_hermit_agrees_on_clashes_and_near_misses(java: str, tmp_path: Path, name: str) -> None:
    assert java
    declared = "".join(f":{c} a owl:Class . " for c in "CDE") + ":p a owl:ObjectProperty . "
    clashing, near = next((clashing, near) for rule, clashing, near in CLASHES if rule == name)
    assert _hermit(tmp_path, [], PREFIXES + declared + clashing) is None
    assert _hermit(tmp_path, [], PREFIXES + declared + near) == []
