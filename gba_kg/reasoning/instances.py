"""Rules made concrete: one instance for each axiom that triggers a rule, with patterns over the facts alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import pyoxigraph as ox

from gba_kg.reasoning.datatypes import IS_OF, is_datatype
from gba_kg.reasoning.notation import OWL, RDFS, TYPE, Binding, Node, Pattern, Rule, bound
from gba_kg.reasoning.scratch import Scratch, is_blank

__all__ = ["SAME_AS", "Instance", "instances"]

SAME_AS = ox.NamedNode(OWL + "sameAs")
_Tests = tuple[tuple[str, ox.NamedNode], ...]
# Relations that hold of everything and itself: such a conclusion is left out.
_REFLEXIVE = {
    SAME_AS,
    *(ox.NamedNode(OWL + name) for name in ("equivalentClass", "equivalentProperty")),
    *(ox.NamedNode(RDFS + name) for name in ("subClassOf", "subPropertyOf")),
}


@dataclass(frozen=True)
class Instance:
    """A rule with its axioms filled in: when ``body`` holds, so does ``head``; a head of None is a contradiction.

    ``tests`` are variables of the body and the datatypes that their values must be of.
    """

    rule: Rule
    axioms: tuple[Pattern, ...]
    body: tuple[Pattern, ...]
    head: Pattern | None
    tests: _Tests = field(default=(), compare=False)
    binding: Binding = field(default_factory=dict, compare=False)

    @property
    def key(self) -> tuple[object, ...]:
        """What it does: instances of different axioms may do the same."""
        return self.rule.name, self.body, self.head, self.tests

    @cached_property
    def filters(self) -> str:
        """The tests of its body, as SPARQL filters."""
        return "".join(f" FILTER(<{IS_OF}>(?{variable}, {datatype}))" for variable, datatype in self.tests)

    def where(self, delta: str = "", at: int | None = None) -> str:
        """The body in SPARQL; the pattern ``at`` is looked for in the graph ``delta``."""
        parts = [
            f"GRAPH {delta} {{ {pattern.text()} }}" if number == at else f"{pattern.text()} ."
            for number, pattern in enumerate(self.body)
        ]
        return " ".join(parts) + self.filters

    @cached_property
    def guards(self) -> str:
        """What keeps out conclusions that are known, say nothing, or are not RDF."""
        assert self.head is not None
        head, text = self.head, f" FILTER NOT EXISTS {{ {self.head.text()} }}"
        if isinstance(head.subject, str) and any(pattern.object == head.subject for pattern in self.body):
            text = f" FILTER(!isLiteral(?{head.subject}))" + text
        if head.predicate in _REFLEXIVE:
            ends = [f"?{end}" if isinstance(end, str) else str(end) for end in (head.subject, head.object)]
            text = f" FILTER(!sameTerm({ends[0]}, {ends[1]}))" + text
        return text

    def update(self, target: str, delta: str = "", at: int | None = None) -> str:
        """A SPARQL update that adds the new conclusions to the graph ``target``."""
        assert self.head is not None
        where = self.where(delta, at) + self.guards
        return f"INSERT {{ GRAPH {target} {{ {self.head.text()} }} }} WHERE {{ {where} }}"


def instances(scratch: Scratch, rule: Rule) -> Iterator[Instance]:
    """The instances of a rule for what the store holds now, in a stable order."""
    if rule.name == "scm-cls" and not scratch.needs_thing:
        return
    if not rule.axioms:
        yield Instance(rule, (), rule.facts, rule.then)
        return
    for row in sorted(scratch.rows(_axioms_text(rule)), key=lambda row: sorted((k, str(v)) for k, v in row.items())):
        axioms = tuple(
            bound(pattern._replace(object=row.get(f"n{number}", pattern.object)), row)
            for number, pattern in enumerate(rule.axioms)
        )
        readings: Iterator[tuple[Binding, tuple[Pattern, ...], Pattern | None]]
        if rule.members:
            readings = rule.for_list(_alive(scratch, rule, scratch.items(row["list"]) or []))
        else:
            readings = iter([({}, rule.facts, rule.then)])
        for members, facts, then in readings:
            made = _instance(scratch, rule, axioms, [bound(p, {**row, **members}) for p in facts], then, row | members)
            if made is not None:
                yield made


def _alive(scratch: Scratch, rule: Rule, items: list[Node]) -> list[Node]:
    """The members of a list that a rule on pairs can say anything of: of many disjoint classes, few have instances."""
    if rule.whole or len(rule.members) < 2:
        return items
    pattern = rule.facts[0]
    return [
        item
        for item in items
        if items.count(item) > 1 or scratch.asks(bound(pattern, dict.fromkeys(rule.members[:1], item)).text())
    ]


def _axioms_text(rule: Rule) -> str:
    """The axioms in SPARQL: a cardinality is compared by its value, of whatever datatype it is."""
    parts, tests = [], []
    for number, pattern in enumerate(rule.axioms):
        if isinstance(pattern.object, ox.Literal):
            tests.append(f" FILTER(?n{number} = {pattern.object.value})")
            pattern = pattern._replace(object=f"n{number}")
        parts.append(pattern.text())
    return " . ".join(parts) + "".join(tests)


def _instance(
    scratch: Scratch,
    rule: Rule,
    axioms: tuple[Pattern, ...],
    facts: list[Pattern],
    then: Pattern | None,
    binding: Binding,
) -> Instance | None:
    """The instance, unless it can never say anything."""
    parts = _body(scratch, facts)
    if parts is None:
        return None
    body, tests = parts
    head = None
    if then is not None:
        head = _turned(scratch, bound(then, binding))
        if head is None or head in body or isinstance(head.subject, ox.Literal):
            return None
        if head.predicate in _REFLEXIVE and head.subject == head.object:
            return None
    return Instance(rule, axioms, body, head, tests, binding)


def _body(scratch: Scratch, facts: list[Pattern]) -> tuple[tuple[Pattern, ...], _Tests] | None:
    """Patterns and tests of the facts; None where they can never hold."""
    body: list[Pattern] = []
    tests: list[tuple[str, ox.NamedNode]] = []
    for pattern in facts:
        turned = _turned(scratch, pattern)
        if turned is None:
            return None
        if turned.predicate == SAME_AS and turned.subject == turned.object:
            continue  # eq-ref
        if turned.predicate == TYPE and isinstance(turned.object, ox.NamedNode) and is_datatype(turned.object.value):
            if not isinstance(turned.subject, str):
                return None
            tests.append((turned.subject, turned.object))
        elif turned not in body:
            body.append(turned)
    known = {name for pattern in body for name in pattern.variables()}
    if any(variable not in known for variable, _ in tests):
        return None  # about literals alone: scm-rng1 and the like say it of the properties that lead to them
    return tuple(body), tuple(tests)


def _turned(scratch: Scratch, pattern: Pattern) -> Pattern | None:
    """A pattern with the inverse of a property turned into the property; None for a property that has no name."""
    predicate = pattern.predicate
    if isinstance(predicate, ox.Literal):
        return None
    if isinstance(predicate, str) or not is_blank(predicate):
        return pattern
    inverse = scratch.inverses.get(predicate)
    if inverse is None or is_blank(inverse) or isinstance(inverse, ox.Literal):
        return None
    return Pattern(pattern.object, inverse, pattern.subject)
