"""Contradictions in a closure: what no world can satisfy, each with the statements that lead to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from gba_kg.reasoning.closure import Closure
from gba_kg.reasoning.datatypes import DIFFER, IS_NOT_OF, is_datatype
from gba_kg.reasoning.instances import SAME_AS, Instance
from gba_kg.reasoning.notation import TYPE, Binding, Node
from gba_kg.reasoning.proofs import Proof, Prover
from gba_kg.reasoning.scratch import original

__all__ = ["MOST", "Clash", "clashes"]

MOST = 200
"""So many contradictions of one rule are proved; of more, only their number is given."""

# The names that the messages know the variables of two list members by.
_NAMES = {"c[i]": "c", "c[j]": "d", "p[i]": "p", "p[j]": "q", "z[i]": "x", "z[j]": "y"}


@dataclass(frozen=True)
class Clash:
    """A contradiction: the rule that finds it, the terms that it is about by the names of the table, and its proof."""

    rule: str
    terms: dict[str, ox.NamedNode | ox.BlankNode | ox.Literal]
    proof: Proof


def clashes(closure: Closure) -> tuple[list[Clash], dict[str, int]]:
    """The contradictions of a closure in a stable order, and how many more there are of a rule."""
    prover = Prover(closure)
    found: list[Clash] = []
    seen: set[tuple[str, frozenset[ox.Triple]]] = set()
    counts: dict[str, int] = {}
    more: dict[str, int] = {}
    for rule, instance, binding in _contradictions(closure):
        counts[rule] = counts.get(rule, 0) + 1
        if counts[rule] > MOST:
            more[rule] = counts[rule] - MOST
            continue
        proof = prover.contradiction(instance, binding, rule)
        key = rule, frozenset(proof.stated())
        if key not in seen:
            seen.add(key)
            terms = {_NAMES.get(name, name): original(term) for name, term in {**instance.binding, **binding}.items()}
            found.append(Clash(rule, terms, proof))
    return found, more


def _contradictions(closure: Closure) -> Iterator[tuple[str, Instance, Binding]]:
    for instance in sorted(closure.instances, key=lambda instance: (instance.rule.number, str(instance.key))):
        head = instance.head
        if head is None:
            rule, test, known = instance.rule.name, "", {}
        elif head.predicate == TYPE and isinstance(head.object, ox.NamedNode) and is_datatype(head.object.value):
            # A conclusion about a literal, which is no triple: dt-not-type.
            rule, test = "dt-not-type", f" FILTER(<{IS_NOT_OF}>({_text(head.subject)}, {head.object}))"
            known = {"datatype": head.object}
        elif head.predicate == SAME_AS and instance.body and not instance.rule.name.startswith("eq-"):
            rule, test = "dt-diff", f" FILTER(<{DIFFER}>({_text(head.subject)}, {_text(head.object)}))"
            known = {}
        else:
            continue
        rows = closure.scratch.rows(instance.where() + test) if instance.body else iter([{}])
        for row in sorted(rows, key=lambda row: [str(row[name]) for name in sorted(row)]):
            subject = head.subject if rule == "dt-not-type" and head is not None else None
            value = {"value": row[subject]} if isinstance(subject, str) else {}
            yield rule, instance, {**row, **known, **value}


def _text(term: Node | str) -> str:
    return f"?{term}" if isinstance(term, str) else str(term)
