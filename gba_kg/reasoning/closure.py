"""The fixpoint: all instances of all rules, round by round, each round on what the one before found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gba_kg.reasoning.instances import Instance, instances
from gba_kg.reasoning.notation import TYPE, Pattern, Rule, rules
from gba_kg.reasoning.scratch import Scratch

if TYPE_CHECKING:
    from gba_kg.graph import Graph

__all__ = ["Closure", "close"]


@dataclass
class Closure:
    """A graph with what follows from it, and the instances of the rules that led there."""

    scratch: Scratch
    instances: list[Instance] = field(default_factory=list)
    rounds: int = 0


@dataclass(frozen=True)
class _Found:
    """What a round found: the predicates of its triples, and the classes of those with rdf:type."""

    predicates: frozenset[object]
    classes: frozenset[object]

    def touches(self, pattern: Pattern) -> bool:
        """Whether a pattern may match anything of the round."""
        if isinstance(pattern.predicate, str):
            return True
        if pattern.predicate not in self.predicates:
            return False
        return pattern.predicate != TYPE or isinstance(pattern.object, str) or pattern.object in self.classes


def close(graph: Graph) -> Closure:
    """The OWL 2 RL closure of a graph.

    It always ends: no rule makes new terms, and a round that finds nothing new is the last. What a round finds rests on
    earlier rounds alone, so the round of a triple is the least depth of a proof of it.
    """
    scratch = Scratch(graph)
    closure = Closure(scratch)
    seen: set[object] = set()
    found: _Found | None = None
    while True:
        number = closure.rounds + 1
        old = list(closure.instances)
        new = [made for rule in rules() if _triggered(rule, found) for made in instances(scratch, rule)]
        new = list({made.key: made for made in reversed(new) if made.key not in seen}.values())[::-1]
        seen.update(made.key for made in new)
        closure.instances += new
        target, delta = scratch.graph_of(number), scratch.graph_of(number - 1)
        updates = [made.update(target) for made in new if made.head]
        if found is not None:
            updates += [
                made.update(target, delta, at)
                for made in old
                if made.head
                for at, pattern in enumerate(made.body)
                if found.touches(pattern)
            ]
        if updates:
            scratch.update(" ;\n".join(updates))
        if not scratch.close_round(number):
            return closure
        closure.rounds = number
        found = _of_round(scratch, target)


def _triggered(rule: Rule, found: _Found | None) -> bool:
    return found is None or any(found.touches(pattern) for pattern in rule.axioms)


def _of_round(scratch: Scratch, graph: str) -> _Found:
    predicates = {row["p"] for row in scratch.rows(f"GRAPH {graph} {{ SELECT DISTINCT ?p WHERE {{ ?s ?p ?o }} }}")}
    classes = scratch.rows(f"GRAPH {graph} {{ SELECT DISTINCT ?c WHERE {{ ?s {TYPE} ?c }} }}")
    return _Found(frozenset(predicates), frozenset(row["c"] for row in classes))
