"""Reasoning: each rule by a case, the engines against each other, every proof checked, every contradiction placed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import ROOT
from reasoning_cases import CLASHES, ENTAILED, OUTSIDE, PREFIXES, TOGETHER

import gba_kg
from gba_kg.cli import main
from gba_kg.errors import UsageError
from gba_kg.reasoning import close, differences, entailed, entailments
from gba_kg.reasoning import outside as outside_module
from gba_kg.reasoning.asking import check, explain, notes, triple_of
from gba_kg.reasoning.datatypes import differ, is_of
from gba_kg.reasoning.notation import Pattern, Rule, rules
from gba_kg.reasoning.proofs import Proof, Prover
from gba_kg.reasoning.reference_closure import MISSED, owlrl_errors
from gba_kg.reasoning.scratch import named
from gba_kg.reasoning.table import LEFT_OUT
from gba_kg.rules.clashes import CLASH_TEXTS

# All rules of OWL 2 Profiles, section 4.3, tables 4 to 9.
STANDARD = """
eq-ref eq-sym eq-trans eq-rep-s eq-rep-p eq-rep-o eq-diff1 eq-diff2 eq-diff3
prp-ap prp-dom prp-rng prp-fp prp-ifp prp-irp prp-symp prp-asyp prp-trp prp-spo1 prp-spo2 prp-eqp1 prp-eqp2
prp-pdw prp-adp prp-inv1 prp-inv2 prp-key prp-npa1 prp-npa2
cls-thing cls-nothing1 cls-nothing2 cls-int1 cls-int2 cls-uni cls-com cls-svf1 cls-svf2 cls-avf cls-hv1 cls-hv2
cls-maxc1 cls-maxc2 cls-maxqc1 cls-maxqc2 cls-maxqc3 cls-maxqc4 cls-oo
cax-sco cax-eqc1 cax-eqc2 cax-dw cax-adc
dt-type1 dt-type2 dt-eq dt-diff dt-not-type
scm-cls scm-sco scm-eqc1 scm-eqc2 scm-op scm-dp scm-spo scm-eqp1 scm-eqp2 scm-dom1 scm-dom2 scm-rng1 scm-rng2
scm-hv scm-svf1 scm-svf2 scm-avf1 scm-avf2 scm-int scm-uni
"""


def ids(cases: list[tuple[str, str, str]] | list[tuple[str, str]]) -> list[str]:
    names = [case[0] for case in cases]
    return [f"{name}-{names[:number].count(name) + 1}" for number, name in enumerate(names)]


@pytest.fixture
def stated(tmp_path: Path) -> Iterator[object]:
    def load(turtle: str) -> gba_kg.Graph:
        (tmp_path / "facts.ttl").write_text(PREFIXES + turtle)
        (tmp_path / "none.ttl").write_text("")
        return gba_kg.load(tmp_path / "facts.ttl", tmp_path / "none.ttl")

    return load


def triples(turtle: str) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE)}


def test_table_holds_every_rule_of_the_standard() -> None:
    names = {rule.name for rule in rules()}
    assert names | set(LEFT_OUT) == set(STANDARD.split())
    assert not names & set(LEFT_OUT)


def test_page_names_what_is_left_out_and_where_owlrl_departs() -> None:
    page = (ROOT / "docs" / "reasoning.md").read_text()
    assert [name for name in (*LEFT_OUT, *MISSED) if f"`{name}`" not in page] == []


def test_every_rule_has_a_case() -> None:
    follow = {rule.name for rule in rules() if rule.then is not None}
    clash = {rule.name for rule in rules() if rule.then is None}
    assert {name for name, *_ in ENTAILED} == follow
    assert {name for name, *_ in CLASHES} == clash | {"dt-diff", "dt-not-type"} == set(CLASH_TEXTS)
    assert {term for term, *_ in OUTSIDE} == {term for term, *_ in outside_module.OUTSIDE} | {"owl:hasKey"}


@pytest.mark.parametrize(("rule", "premises", "conclusions"), ENTAILED, ids=ids(ENTAILED))
def test_rule_entails(stated: object, rule: str, premises: str, conclusions: str) -> None:
    graph = stated(premises)
    closure = close(graph)
    assert triples(conclusions) <= set(entailed(closure))
    for triple in triples(conclusions):
        proof = explain(graph, triple, closure).proof
        assert proof is not None
        assert rule in {step.rule for step in proof.steps}
        assert rule == proof.steps[0].rule or rule == "scm-cls"


@pytest.mark.parametrize(("name", "premises", "conclusions"), TOGETHER, ids=ids(TOGETHER))
def test_rules_together(stated: object, name: str, premises: str, conclusions: str) -> None:
    new = set(entailments(stated(premises)))
    assert triples(conclusions) <= new
    assert bool(new) == (name != "literal-is-no-subject")
    if name == "unnamed-individual":
        assert {str(triple.object) for triple in new} == {"<https://example.org/D>"}
        assert len(new) == 2


@pytest.mark.parametrize(("rule", "premises", "_"), ENTAILED + TOGETHER, ids=ids(ENTAILED + TOGETHER))
def test_owlrl_entails_the_same(stated: object, rule: str, premises: str, _: str) -> None:
    found = differences(stated(premises))
    if rule == "prp-key":
        assert found
        assert all(line.startswith("owlrl alone") for line in found), MISSED["prp-key"]
    else:
        assert found == []


def test_owlrl_misses_what_is_listed(stated: object) -> None:
    key = stated(":C owl:hasKey ( :p ) . :a a :C ; :p 1 . :b a :C ; :p 2 .")
    assert set(entailments(key)) == set()
    assert triples(":a owl:sameAs :b .") <= set(entailments(key, "owlrl"))
    adp = stated("[] a owl:AllDisjointProperties ; owl:members ( :p :q ) . :x :p :y ; :q :y .")
    assert owlrl_errors(adp) == []
    assert [finding.rule for finding in check(adp).findings] == ["owl-prp-adp"]
    byte = stated(":p rdfs:range xsd:byte . :x :p 300 .")
    assert owlrl_errors(byte) == []
    assert set(MISSED) == {"prp-key", "prp-adp", "dt-not-type"}


def test_chain_that_refers_to_itself_ends(stated: object) -> None:
    steps = " ".join(f":n{i} :p :n{i + 1} ." for i in range(40))
    graph = stated(
        f":p owl:propertyChainAxiom ( :p :p ) . :q owl:propertyChainAxiom ( :q :p ) . {steps}"
        " :n0 :q :n1 . :n40 :p :n0 ."
    )
    new = set(entailments(graph))
    assert triples(":n0 :p :n40 , :n0 . :n0 :q :n40 .") <= new
    assert len(new) == 41 * 41 - 41 + 40


def test_long_chain_of_proof(stated: object) -> None:
    steps = " ".join(f":n{i} :s :n{i + 1} ." for i in range(1200))
    graph = stated(f":q owl:propertyChainAxiom ( :q :s ) . :n0 :q :n0 . {steps}")
    (triple,) = triples(":n0 :q :n1200 .")
    proof = explain(graph, triple).proof
    assert proof is not None
    assert len(proof.stated()) == 1202


@pytest.mark.parametrize(("rule", "clashing", "near"), CLASHES, ids=ids(CLASHES))
def test_clash_is_found_and_the_near_miss_is_not(stated: object, rule: str, clashing: str, near: str) -> None:
    found = check(stated(clashing))
    assert [finding.rule for finding in found.findings] == [f"owl-{rule}"]
    (finding,) = found.findings
    assert finding.severity == "violation"
    assert (finding.file or "").endswith("facts.ttl")
    assert finding.line == 6
    assert finding.column > 1
    assert "{" not in finding.message
    assert check(stated(near)).findings == ()


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_clash_is_told_in_three_languages(stated: object, language: str) -> None:
    for _, clashing, _ in CLASHES:
        for finding in check(stated(clashing), language).findings:
            assert finding.message
            assert bool(re.search("[一-鿿]", finding.message)) == (language != "en")


def test_clash_stands_at_the_link_and_names_all_places(stated: object) -> None:
    graph = stated(
        "\n:p rdfs:range :Place .\n:Place owl:disjointWith :Actor .\n:x :p :y .\n:y a :Agency .\n"
        ":Agency rdfs:subClassOf :Actor ."
    )
    (finding,) = check(graph).findings
    assert (finding.line, finding.column, finding.focus) == (9, 7, "https://example.org/y")
    assert [int(line) for line in re.findall(r"facts\.ttl:(\d+):", finding.message)][:2] == [9, 10]
    assert {int(line) for line in re.findall(r"facts\.ttl:(\d+):", finding.message)} == {7, 8, 9, 10, 11}
    assert (
        "https://example.org/y is an instance of https://example.org/Place and of https://example.org/Actor"
        in finding.message
    )


def test_so_many_clashes_are_counted(stated: object) -> None:
    many = " ".join(f":x{i} a :C , :D ." for i in range(205))
    found = check(stated(f":C owl:disjointWith :D . {many}"))
    assert len(found.findings) == 200
    assert found.skipped == ("5 more findings of owl-cax-dw",)


def test_long_lists_of_what_differs_do_not_take_forever(stated: object) -> None:
    names = " ".join(f":n{i}" for i in range(2000))
    lists = f"[] a owl:AllDifferent ; owl:members ( {names} ) . [] a owl:AllDisjointClasses ; owl:members ( {names} ) ."
    found = check(stated(f"{lists} :n7 owl:sameAs :n1999 . :x a :n3 , :n1998 ."))
    assert sorted(finding.rule for finding in found.findings) == ["owl-cax-adc", "owl-eq-diff2"]


@pytest.mark.parametrize(("term", "turtle"), OUTSIDE, ids=ids(OUTSIDE))
def test_what_no_rule_covers_is_named(stated: object, term: str, turtle: str) -> None:
    found = check(stated(turtle))
    assert found.findings == ()
    assert any(re.match(rf".*facts\.ttl:6:\d+: {term} ", note) for note in found.skipped), found.skipped


def test_nothing_of_the_bundled_ontology_is_outside(graph: gba_kg.Graph) -> None:
    from gba_kg.facts import Facts

    assert notes(close(graph), Facts(graph)) == []


def test_bundled_graph_is_consistent(graph: gba_kg.Graph) -> None:
    found = check(graph)
    assert found.findings == ()
    assert found.skipped == ()
    assert found.checked["entailed"] > 5000
    assert found.checked["rules"] > 25


# --- What the ontology earns


@pytest.fixture(scope="module")
def reasoned() -> gba_kg.Graph:
    return gba_kg.load(reasoned=True)


# What each axiom earns: a pattern over the reasoned graph, the pattern over the stated one that says the same, and at
# least how many answers are new.
EARNED = [
    ("within is transitive", "?s gba:within ?o", "?s gba:within+ ?o", 20),
    ("submitters and actors of participations are participants", "?s gba:participant ?o",
     "{ ?s gba:submittedBy ?o } UNION { ?s gba:hasParticipation/gba:actor ?o }", 200),
    ("a participant's parent body is involved", "?s gba:involvesGovernment ?o",
     "{ ?s gba:submittedBy ?a } UNION { ?s gba:hasParticipation/gba:actor ?a } ?a org:subOrganizationOf ?o", 50),
    *(
        (f"{name} measures", f"?s a gba:{name}Measure",
         f"?s a gba:Measure ; gba:appliesAt platform:{name.lower()}", new)
        for name, new in (("Hengqin", 5), ("Qianhai", 3), ("Nansha", 3), ("Hetao", 1))
    ),
    ("cross-boundary measures", "?s a gba:CrossBoundaryMeasure",
     "?s a gba:Measure ; gba:connects/rdf:type gba:SpecialAdministrativeRegion", 50),
    ("places by their kinds", "?s a gba:Place", "?s a ?c . ?c rdfs:subClassOf* gba:Place", 20),
]  # fmt: skip


@pytest.mark.parametrize(("name", "reached", "plain", "new"), EARNED, ids=[name for name, *_ in EARNED])
def test_ontology_earns_its_keep(
    graph: gba_kg.Graph, reasoned: gba_kg.Graph, name: str, reached: str, plain: str, new: int
) -> None:
    names = " ".join(dict.fromkeys(re.findall(r"\?\w", reached)))

    def rows(of: gba_kg.Graph, pattern: str) -> set[object]:
        return set(gba_kg.query(of, f"SELECT DISTINCT {names} WHERE {{ {pattern} }}").rows)

    assert rows(reasoned, reached) == rows(graph, plain), name
    assert len(rows(reasoned, reached) - rows(graph, reached)) >= new, name


def test_reasoned_query_shows_what_is_earned(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    text = "SELECT (COUNT(DISTINCT ?m) AS ?n) WHERE { ?m a gba:CrossBoundaryMeasure }"
    assert main(["query", "--text", text, "--format", "csv"]) == 0
    assert main(["query", "--text", text, "--format", "csv", "--reasoned"]) == 0
    _, plain, _, reasoned = capsysbinary.readouterr().out.decode().split()
    assert int(plain) == 0
    assert int(reasoned) >= 50


def test_entailed_platform_measures_are_measures(reasoned: gba_kg.Graph) -> None:
    text = "SELECT ?m WHERE { ?m a gba:HetaoMeasure FILTER NOT EXISTS { ?m a gba:Measure } }"
    assert gba_kg.query(reasoned, text).rows == ()


# --- Values of literals

VALUES = [
    ('"5"^^xsd:integer', "byte", True),
    ('"300"^^xsd:integer', "byte", False),
    ('"5.0"^^xsd:decimal', "integer", True),
    ('"5.5"^^xsd:decimal', "integer", False),
    ('"99999999999999999999999"^^xsd:integer', "unsignedLong", False),
    ('"99999999999999999999999"^^xsd:integer', "decimal", True),
    ('"5"^^xsd:integer', "double", False),
    ('"5"^^xsd:integer', "string", False),
    ('"x"^^xsd:integer', "integer", False),
    ('"a b"', "token", True),
    ('"a  b"', "token", False),
    ('"a"@en', "string", False),
    ('"2024-02-30"^^xsd:date', "date", False),
    ('"2024-02-29"^^xsd:date', "date", True),
    ('"2024-01-01T00:00:00Z"^^xsd:dateTime', "dateTimeStamp", True),
    ('"2024-01-01T00:00:00"^^xsd:dateTime', "dateTimeStamp", False),
    ('"2024-01-01T00:00:00"^^xsd:dateTimeStamp', "dateTimeStamp", False),
    ('"2024-01-01T00:00:00Z"^^xsd:dateTimeStamp', "dateTime", True),
    ('"1"^^xsd:boolean', "boolean", True),
    ('"zz"^^xsd:hexBinary', "hexBinary", False),
    ('"a"^^<urn:mine>', "integer", None),
    ('"a"', "notation", None),
]


def literal(text: str) -> ox.Literal:
    (quad,) = ox.parse(f"{PREFIXES} :x :p {text} .", format=ox.RdfFormat.TURTLE)
    assert isinstance(quad.object, ox.Literal)
    return quad.object


@pytest.mark.parametrize(("text", "datatype", "expected"), VALUES, ids=[f"{text}-{name}" for text, name, _ in VALUES])
def test_value_is_of_a_datatype(text: str, datatype: str, expected: bool | None) -> None:
    assert is_of(literal(text), f"http://www.w3.org/2001/XMLSchema#{datatype}") is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ('"1"^^xsd:integer', '"1.0"^^xsd:decimal', False),
        ('"1"^^xsd:integer', '"1"^^xsd:double', True),
        ('"1"', '"1"^^xsd:integer', True),
        ('"a"@en', '"a"@EN', False),
        ('"a"@en', '"a"', True),
        ('"2024-01-01T01:00:00+01:00"^^xsd:dateTime', '"2024-01-01T00:00:00Z"^^xsd:dateTime', False),
        ('"2024-01-01"^^xsd:date', '"2024-01-02"^^xsd:date', True),
        ('"true"^^xsd:boolean', '"1"^^xsd:boolean', False),
        ('"a"^^<urn:mine>', '"b"^^<urn:mine>', None),
        ('"x"^^xsd:integer', '"1"^^xsd:integer', None),
    ],
)
def test_values_differ(one: str, other: str, expected: bool | None) -> None:
    assert differ(literal(one), literal(other)) is expected
    assert differ(literal(other), literal(one)) is expected


# --- Proofs


def holds(
    rule: Rule, step_premises: tuple[set[ox.Triple], set[ox.Triple]], conclusion: ox.Triple, graph: gba_kg.Graph
) -> bool:
    """Whether a rule, applied to a few triples alone, gives a conclusion: by owlrl-free means, the table read anew."""
    axioms, facts = step_premises
    small = gba_kg.Graph(())
    cells = [
        quad
        for name in ("first", "rest")
        for quad in graph.store.quads_for_pattern(
            None, ox.NamedNode(f"http://www.w3.org/1999/02/22-rdf-syntax-ns#{name}"), None
        )
    ]
    small.store.extend(cells)
    inverse = ox.NamedNode("http://www.w3.org/2002/07/owl#inverseOf")
    small.store.extend(graph.store.quads_for_pattern(None, inverse, None))
    small.store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in axioms | facts)
    from gba_kg.reasoning.instances import instances
    from gba_kg.reasoning.scratch import Scratch

    scratch = Scratch(small)
    goal = Pattern(*(named(term) for term in conclusion))
    for line in rules():
        if line.name == rule.name:
            for instance in instances(scratch, line):
                scratch.update(instance.update("<urn:out>"))
    return any(True for _ in scratch.store.quads_for_pattern(*goal, ox.NamedNode("urn:out")))


def checked(proof: Proof, graph: gba_kg.Graph, known: set[object]) -> None:
    """Check each step of a proof that was not checked before: it is stated, or its rule gives it from its premises."""
    by_name = {rule.name: rule for rule in rules()}
    for number, step in enumerate(proof.steps):
        assert step.triple is not None
        if step.rule is None:
            assert any(
                True
                for _ in graph.store.quads_for_pattern(step.triple.subject, step.triple.predicate, step.triple.object)
            )
            continue
        premises = tuple({proof.steps[other].triple for other in group} for group in (step.axioms, step.facts))
        key = (step.rule, frozenset(premises[0] | premises[1]), step.triple)
        if key not in known:
            known.add(key)
            assert holds(by_name[step.rule], premises, step.triple, graph), (number, step)
    # No circle: from the conclusion, every path ends at what is stated.
    passed, waiting = [], [0]
    while waiting:
        number = waiting.pop()
        passed.append(number)
        assert len(passed) < 10_000
        waiting += (*proof.steps[number].axioms, *proof.steps[number].facts)
    assert set(passed) == set(range(len(proof.steps)))


@pytest.fixture(scope="module")
def case_graph() -> gba_kg.Graph:
    return gba_kg.load(ROOT / "data" / "cases" / "batch-2" / "09-hengqin-joint-inspection.ttl")


def test_every_entailed_triple_has_a_proof_that_holds(case_graph: gba_kg.Graph) -> None:
    closure = close(case_graph)
    prover, known = Prover(closure), set()
    new = entailed(closure)
    of_data = [triple for triple in new if "ontology#" not in str(triple.subject)]
    assert len(of_data) > 50
    for triple in of_data:
        proof = prover.prove(Pattern(*(named(term) for term in triple)))
        assert proof is not None, triple
        checked(proof, case_graph, known)
    assert len(known) > 50


def test_checker_of_proofs_finds_a_wrong_step(case_graph: gba_kg.Graph) -> None:
    triple = triple_of("measure:hengqin-joint-one-stop-inspection a gba:HengqinMeasure")
    proof = explain(case_graph, triple).proof
    assert proof is not None
    checked(proof, case_graph, set())
    last = next(number for number, step in enumerate(proof.steps) if step.rule == "cls-hv2")
    broken = proof.steps[last]
    wrong = Proof(
        (
            *proof.steps[:last],
            type(broken)(broken.triple, "cls-svf2", broken.axioms, broken.facts),
            *proof.steps[last + 1 :],
        )
    )
    with pytest.raises(AssertionError):
        checked(wrong, case_graph, set())


def test_shortest_proof_is_taken(stated: object) -> None:
    graph = stated(":A rdfs:subClassOf :B . :B rdfs:subClassOf :C . :x a :A . :p rdfs:domain :C . :x :p 1 .")
    (triple,) = triples(":x a :C .")
    proof = explain(graph, triple).proof
    assert proof is not None
    assert [step.rule for step in proof.steps] == ["prp-dom", None, None]


# --- The command


def run(capsysbinary: pytest.CaptureFixture[bytes], *words: str) -> tuple[int, str, str]:
    code = main(["reason", *words])
    out, err = capsysbinary.readouterr()
    return code, out.decode(), err.decode()


PLACES = ("--data", str(ROOT / "data" / "places.ttl"), "--ontology", str(ROOT / "ontology" / "gba.ttl"))


SYNTAXES = {
    "turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES, "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG, "jsonld": ox.RdfFormat.JSON_LD, "rdfxml": ox.RdfFormat.RDF_XML,
}  # fmt: skip


@pytest.mark.parametrize("form", SYNTAXES)
def test_command_writes_what_is_not_stated(
    capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path, form: str
) -> None:
    code, out, err = run(capsysbinary, *PLACES, "--format", form)
    assert (code, err) == (0, "")
    written = {quad.triple for quad in ox.parse(out, format=SYNTAXES[form])}
    graph = gba_kg.load(ROOT / "data" / "places.ttl", ROOT / "ontology" / "gba.ttl")
    assert written == set(entailments(graph))
    target = tmp_path / "out"
    assert run(capsysbinary, *PLACES, "--format", form, "--output", str(target)) == (0, "", "")
    assert target.read_bytes().decode() == out
    if form == "ntriples":
        assert run(capsysbinary, *PLACES, "--format", form, "--engine", "owlrl")[1] == out


def test_bytes_are_the_same_for_any_hash_seed() -> None:
    answers = set()
    for seed in ("0", "7"):
        for words in (PLACES, ("--explain", "case:1-04 gba:involvesGovernment agency:state-taxation-administration")):
            done = subprocess.run(
                [sys.executable, "-m", "gba_kg", "reason", *words],
                capture_output=True,
                check=True,
                env={**os.environ, "PYTHONHASHSEED": seed},
            )
            answers.add(done.stdout)
    assert len(answers) == 2


def test_command_compares_the_engines(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    assert run(capsysbinary, *PLACES, "--engine", "both")[:2] == (0, "the engines entail the same\n")
    key = tmp_path / "key.ttl"
    key.write_text(PREFIXES + ":C owl:hasKey ( :p ) . :a a :C ; :p 1 . :b a :C ; :p 2 .")
    code, out, _ = run(capsysbinary, "--data", str(key), "--ontology", str(key), "--engine", "both")
    assert code == 1
    assert "owlrl alone: <https://example.org/a> <http://www.w3.org/2002/07/owl#sameAs> <https://example.org/b>" in out


def test_command_says_what_it_passes_over(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    (tmp_path / "o.ttl").write_text(PREFIXES + ":p a owl:ReflexiveProperty .")
    code, _, err = run(capsysbinary, "--data", str(tmp_path), "--ontology", str(tmp_path))
    assert code == 0
    assert re.fullmatch(r"gba-kg: nothing follows: .*o\.ttl:6:6: owl:ReflexiveProperty .*\n", err)


SAID = "measure:hengqin-joint-one-stop-inspection a gba:HengqinMeasure"


def test_command_explains(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    code, out, err = run(capsysbinary, "--explain", SAID)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == f"{SAID}  # by cax-eqc2"
    assert re.match(
        r"  axiom gba:HengqinMeasure owl:equivalentClass "
        r"\[gba:Measure and \[gba:appliesAt value platform:hengqin\]\]  # ontology/gba.ttl:\d+:\d+",
        lines[1],
    )
    for line in lines:
        place = re.search(r"# (\S+\.ttl):(\d+):(\d+)$", line)
        assert place or re.search(r"# (by [a-z]+-[a-z0-9]+|as above)$", line), line
        if place:
            text = (ROOT / place[1]).read_text().splitlines()[int(place[2]) - 1][int(place[3]) - 1 :]
            value = line.split("  # ")[0].split()[-1].strip("()[]")
            assert value in text or text[0] in "[(", line
    code, out, _ = run(capsysbinary, "--explain", SAID, "--format", "json")
    steps = json.loads(out)["steps"]
    assert code == 0
    assert steps[0]["rule"] == "cax-eqc2"
    assert {step["file"].split("/")[0] for step in steps if step["rule"] is None} == {"ontology", "data"}


def test_command_explains_what_is_stated(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    code, out, _ = run(capsysbinary, "--explain", "place:macao a gba:SpecialAdministrativeRegion")
    assert code == 0
    assert re.fullmatch(r"place:macao a gba:SpecialAdministrativeRegion  # \S*data/places\.ttl:\d+:\d+\n", out)


def test_command_says_that_a_triple_does_not_follow(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    code, out, _ = run(capsysbinary, "--explain", "place:macao a gba:Actor")
    assert (code, out) == (
        1,
        "not entailed: place:macao a gba:Actor does not follow from the graph by the rules of OWL 2 RL\n",
    )
    code, out, _ = run(capsysbinary, "--explain", "place:macao a gba:Actor", "--format", "json")
    assert (code, json.loads(out)) == (1, {"entailed": False, "steps": []})
    code, out, _ = run(capsysbinary, "--explain", "place:macao a owl:Thing")
    assert code == 0
    assert out.startswith("trivial: place:macao a owl:Thing ")


@pytest.mark.parametrize(
    "text",
    [
        "", "place:macao", "place:macao a", "place:macao a gba:Place . place:x a gba:Place", "nobody:x a gba:Place",
        "[] a gba:Place",
        "place:macao a gba:Place, gba:Actor", "place:macao a gba:Place } INSERT", "@prefix x: <y> .", '"5" a gba:Place',
    ],
)  # fmt: skip
def test_what_is_no_triple_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="not one triple"):
        triple_of(text)


def test_a_triple_may_end_with_its_dot_and_no_line_of_ours_is_told() -> None:
    assert triple_of("place:macao a gba:Place . ") == triple_of("place:macao a gba:Place")
    with pytest.raises(UsageError) as told:
        triple_of("place:macao a")
    assert "line" not in str(told.value)
    assert "not a valid RDF object" in str(told.value)


def test_literals_and_iris_are_triples() -> None:
    assert triple_of('<urn:a> <urn:b> "x # y"@zh-Hant # comment').object.value == "x # y"
    assert triple_of("<urn:a> <urn:b> 01.50").object.value == "1.5"


def test_wrong_combinations_of_options(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    for words in (
        ("--check", "--format", "trig"),
        ("--format", "json"),
        ("--check", "--engine", "owlrl"),
        ("--explain", SAID, "--engine", "both"),
        ("--explain", SAID, "--check"),
        ("--engine", "none"),
    ):
        assert run(capsysbinary, *words)[0] == 2
    with pytest.raises(UsageError, match="no engine 'none'"):
        entailments(gba_kg.Graph(()), "none")


def test_command_checks(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    code, out, _ = run(capsysbinary, *PLACES, "--check")
    assert code == 0
    assert out.endswith("no findings\n")
    prefixes = (
        "@prefix gba: <https://w3id.org/gba-kg/ontology#> . @prefix agency: <https://w3id.org/gba-kg/agency/> .\n"
    )
    (tmp_path / "x.ttl").write_text(
        prefixes + "<urn:m> a gba:Measure ;\n  gba:connects agency:x .\nagency:x a gba:Agency .\n"
    )
    ontology = ("--ontology", str(ROOT / "ontology" / "gba.ttl"))
    code, out, _ = run(
        capsysbinary, "--data", str(tmp_path), *ontology, "--check", "--format", "json", "--lang", "zh-Hant"
    )
    sarif = run(capsysbinary, "--data", str(tmp_path), *ontology, "--check", "--format", "sarif")[1]
    assert [result["ruleId"] for result in json.loads(sarif)["runs"][0]["results"]] == ["owl-cax-adc"]
    (finding,) = json.loads(out)["findings"]
    assert (code, finding["rule"], finding["line"], finding["column"]) == (1, "owl-cax-adc", 3, 16)
    assert "agency:x 同時是 gba:Actor 與 gba:Place 的實例" in finding["message"]
