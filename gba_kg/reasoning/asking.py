"""The two questions beyond what follows: why does a triple, and can all of this be true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from gba_kg.errors import UsageError
from gba_kg.facts import Facts
from gba_kg.findings import Report
from gba_kg.namespaces import PREFIXES
from gba_kg.reasoning.clashes import clashes
from gba_kg.reasoning.closure import Closure, close
from gba_kg.reasoning.notation import Pattern
from gba_kg.reasoning.outside import outside
from gba_kg.reasoning.proofs import Proof, Prover
from gba_kg.reasoning.scratch import named
from gba_kg.reasoning.telling import ill_typed, to_finding, to_note
from gba_kg.reasoning.trivial import is_trivial

if TYPE_CHECKING:
    from gba_kg.graph import Graph

__all__ = ["Explanation", "check", "explain", "notes", "triple_of"]


@dataclass(frozen=True)
class Explanation:
    """A triple and its proof: None when it does not follow, or (``trivial``) when it follows from nothing at all."""

    triple: ox.Triple
    proof: Proof | None
    trivial: bool


def triple_of(text: str) -> ox.Triple:
    """The triple that a text of subject, predicate and object in Turtle names; all prefixes of the project are known.

    Raises UsageError for anything but one triple of terms without blank nodes.

    >>> triple_of("place:macao a gba:Place").object.value
    'https://w3id.org/gba-kg/ontology#Place'
    """
    header = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
    wrong = f"not one triple 'SUBJECT PREDICATE OBJECT' in short forms, <IRIs> or literals: {text}"
    try:
        quads = list(ox.parse(f"{header}{text.strip().removesuffix(' .')}\n.", format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        said = error.msg.partition(": ")[2] or error.msg  # before the colon stands a line of the header
        raise UsageError(f"{wrong} ({said})") from None
    if len(quads) != 1 or any(isinstance(term, (ox.BlankNode, ox.Triple)) for term in quads[0].triple):
        raise UsageError(wrong)
    store = ox.Store()  # normalises numbers as the stores do
    store.add(quads[0])
    triple: ox.Triple = next(iter(store)).triple
    return triple


def explain(graph: Graph, triple: ox.Triple, closure: Closure | None = None) -> Explanation:
    """Why a triple follows from a graph; a triple that the graph states is its own proof."""
    prover = Prover(closure or close(graph))
    proof = prover.prove(Pattern(*(named(term) for term in triple)))
    return Explanation(triple, proof, proof is None and is_trivial(triple))


def check(graph: Graph, language: str = "en", facts: Facts | None = None) -> Report:
    """The contradictions of a graph as findings; ``skipped`` says what no rule covers, as the graph says it."""
    closure, facts = close(graph), facts or Facts(graph)
    found, more = clashes(closure)
    findings = [to_finding(clash, facts, language) for clash in found]
    findings += ill_typed(facts, language)
    entailed = sum(1 for _ in closure.scratch.entailed())
    counts = {"triples": len(graph), "entailed": entailed, "rules": len({i.rule.name for i in closure.instances})}
    counts["instances of rules"] = len(closure.instances)
    skipped = [*notes(closure, facts), *(f"{count} more findings of owl-{rule}" for rule, count in more.items())]
    return Report.of(findings, counts, skipped)


def notes(closure: Closure, facts: Facts) -> list[str]:
    """Sentences on what the ontology says and no rule covers, each with its place."""
    return [to_note(entry, facts) for entry in outside(closure.scratch)]
