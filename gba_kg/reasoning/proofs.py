"""Why a triple follows: the rule applications that lead to it, down to triples of the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from gba_kg.reasoning.closure import Closure
from gba_kg.reasoning.instances import Instance
from gba_kg.reasoning.notation import TYPE, Binding, Pattern, bound
from gba_kg.reasoning.scratch import original

__all__ = ["Proof", "Prover", "Step"]


@dataclass(frozen=True)
class Step:
    """One conclusion: its triple (None: a contradiction), the rule that gives it (None: the graph states it).

    ``axioms`` and ``facts`` are the numbers of the steps that it rests on.
    """

    triple: ox.Triple | None
    rule: str | None = None
    axioms: tuple[int, ...] = ()
    facts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Proof:
    """Steps, the conclusion first; a triple has one step, however often it is used."""

    steps: tuple[Step, ...]

    def stated(self, facts_of: int | None = None) -> list[ox.Triple]:
        """The triples of the graph that it rests on: all, or those behind the facts (not the axioms) of a step."""
        waiting = [0] if facts_of is None else list(reversed(self.steps[facts_of].facts))
        seen: dict[int, None] = {}
        while waiting:
            number = waiting.pop()
            if number not in seen:
                seen[number] = None
                step = self.steps[number]
                waiting += reversed(step.facts if facts_of is not None else (*step.axioms, *step.facts))
        steps = (self.steps[number] for number in seen)
        return [step.triple for step in steps if step.triple is not None and step.rule is None]


@dataclass(frozen=True)
class _Way:
    """A rule instance and the triples that its body is filled with."""

    instance: Instance
    facts: tuple[Pattern, ...]

    @property
    def premises(self) -> tuple[Pattern, ...]:
        return (*self.instance.axioms, *self.facts)

    @property
    def order(self) -> tuple[int, list[str]]:
        return self.instance.rule.number, [pattern.text() for pattern in self.premises]


class Prover:
    """Finds proofs in a closure.

    Each step rests on triples of earlier rounds, so that no proof runs in a circle and none is deeper than it need be;
    among those, a triple gets the proof with the fewest steps.
    """

    def __init__(self, closure: Closure) -> None:
        self._scratch = closure.scratch
        self._by_head: dict[object, list[Instance]] = defaultdict(list)
        for instance in closure.instances:
            if instance.head is not None:
                self._by_head[_key(instance.head)].append(instance)
        self._ways: dict[Pattern, list[_Way]] = {}
        self._best: dict[Pattern, tuple[int, _Way | None]] = {}

    def prove(self, triple: Pattern) -> Proof | None:
        """A proof of a triple, or None when it does not follow."""
        if self._scratch.rank(triple) is None:
            return None
        self._settle([triple])
        return self._proof(triple, self._best[triple][1])

    def contradiction(self, instance: Instance, binding: Binding, rule: str | None = None) -> Proof:
        """A proof of the contradiction that an instance finds with a binding of its body."""
        facts = tuple(bound(pattern, binding) for pattern in instance.body)
        way = _Way(instance, facts)
        self._settle(way.premises)
        return self._proof(None, way, rule)

    def _settle(self, goals: Iterable[Pattern]) -> None:
        """Find the best way to each goal and to everything that may lead there, from the first round on."""
        waiting, ranks = list(goals), {}
        while waiting:
            goal = waiting.pop()
            if goal in self._best or goal in ranks:
                continue
            rank = self._scratch.rank(goal)
            assert rank is not None, goal
            ranks[goal] = rank
            self._ways[goal] = list(self._ways_to(goal, rank)) if rank else []
            waiting += [premise for way in self._ways[goal] for premise in way.premises]
        for goal in sorted(ranks, key=lambda goal: ranks[goal]):
            if ranks[goal] == 0:
                self._best[goal] = 1, None
                continue
            costs = [(1 + sum(self._best[p][0] for p in way.premises), way.order, way) for way in self._ways[goal]]
            cost, _, way = min(costs, key=lambda entry: entry[:2])
            self._best[goal] = cost, way

    def _ways_to(self, goal: Pattern, rank: int) -> Iterator[_Way]:
        for key in {_key(goal), (goal.predicate, None), (None, None)}:
            for instance in self._by_head[key]:
                assert instance.head is not None
                binding = _unified(instance.head, goal)
                if binding is not None:
                    for way in self._filled(instance, binding):
                        ranks = [self._scratch.rank(premise) for premise in way.premises]
                        if all(other is not None and other < rank for other in ranks):
                            yield way

    def _filled(self, instance: Instance, binding: Binding) -> Iterator[_Way]:
        body = [bound(pattern, binding) for pattern in instance.body]
        text = " ".join(f"{pattern.text()} ." for pattern in body)
        for row in self._scratch.rows(text + instance.filters) if body else [{}]:
            yield _Way(instance, tuple(bound(pattern, row) for pattern in body))

    def _proof(self, goal: Pattern | None, way: _Way | None, rule: str | None = None) -> Proof:
        numbers: dict[Pattern | None, int] = {goal: 0}
        order: list[tuple[Pattern | None, _Way | None]] = [(goal, way)]
        for _, current in order:  # grows as it goes
            for premise in current.premises if current else ():
                if premise not in numbers:
                    numbers[premise] = len(order)
                    order.append((premise, self._best[premise][1]))
        steps = []
        for triple, current in order:
            name = None if current is None else rule if rule and triple is None else current.instance.rule.name
            axioms = tuple(numbers[premise] for premise in current.instance.axioms) if current else ()
            facts = tuple(numbers[premise] for premise in current.facts) if current else ()
            steps.append(Step(triple and _triple(triple), name, axioms, facts))
        return Proof(tuple(steps))


def _triple(pattern: Pattern) -> ox.Triple:
    subject, predicate, object_ = (original(term) for term in pattern if not isinstance(term, str))
    assert isinstance(predicate, ox.NamedNode)
    assert not isinstance(subject, ox.Literal)
    return ox.Triple(subject, predicate, object_)


def _key(head: Pattern) -> tuple[object, object]:
    """Where to look for the heads that may fit: by predicate, and by class for rdf:type."""
    if isinstance(head.predicate, str):
        return None, None
    return head.predicate, head.object if head.predicate == TYPE and not isinstance(head.object, str) else None


def _unified(head: Pattern, goal: Pattern) -> Binding | None:
    binding: Binding = {}
    for pattern, term in zip(head, goal, strict=True):
        assert not isinstance(term, str)
        if isinstance(pattern, str):
            if binding.setdefault(pattern, term) != term:
                return None
        elif pattern != term:
            return None
    return binding
