"""Proofs and contradictions for readers: terms in short form, unnamed classes spelled out, each fact with its place."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from gba_kg.facts import Facts
from gba_kg.findings import Finding
from gba_kg.language_tags import recase
from gba_kg.namespaces import PREFIXES, shrink
from gba_kg.reasoning.clashes import Clash
from gba_kg.reasoning.datatypes import well_formed
from gba_kg.reasoning.outside import Outside
from gba_kg.reasoning.proofs import Proof
from gba_kg.results import visible
from gba_kg.rules import found

__all__ = ["Teller", "as_json", "as_text", "ill_typed", "to_finding", "to_note"]

_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_DEEPEST = 5

# How an unnamed class or property reads, by the property that makes it one.
_ONE = {
    "someValuesFrom": "{property} some {value}",
    "allValuesFrom": "{property} only {value}",
    "hasValue": "{property} value {value}",
    "maxCardinality": "{property} max {value}",
    "maxQualifiedCardinality": "{property} max {value} {of}",
    "complementOf": "not {value}",
    "inverseOf": "inverse {value}",
}
_MANY = {"intersectionOf": " and ", "unionOf": " or ", "oneOf": ", ", "members": ", ", "distinctMembers": ", "}


class Teller:
    """Says terms and triples of a graph for readers."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def term(self, term: _Term, depth: int = 0) -> str:
        """A term in short form; an unnamed class as its expression in brackets."""
        if isinstance(term, ox.NamedNode):
            return shrink(term.value)
        if isinstance(term, ox.Literal):
            if term.datatype.value in (PREFIXES["xsd"] + name for name in ("integer", "decimal", "boolean")):
                return visible(term.value)
            tail = f"^^{shrink(term.datatype.value)}" if not term.language else f"@{term.language}"
            return visible(recase(str(ox.Literal(term.value)) + ("" if tail == "^^xsd:string" else tail)))
        if isinstance(term, ox.Triple) or depth > _DEEPEST:
            return str(term)
        return self._expression(term, depth + 1)

    def triple(self, triple: ox.Triple) -> str:
        """A triple in short form."""
        predicate = self.term(triple.predicate)
        return f"{self.term(triple.subject)} {'a' if predicate == 'rdf:type' else predicate} {self.term(triple.object)}"

    def place(self, triple: ox.Triple) -> tuple[str | None, int | None, int | None]:
        """File, line and column of a triple of the graph."""
        return self._facts.place(triple.subject, triple.predicate, triple.object)

    def place_text(self, triple: ox.Triple) -> str:
        """Its place as one word."""
        return ":".join(str(part) for part in self.place(triple) if part is not None)

    def _value(self, node: ox.BlankNode, name: str) -> _Term | None:
        return next(iter(self._facts.all(node, f"owl:{name}")), None)

    def _expression(self, node: ox.BlankNode, depth: int) -> str:
        for name, form in _ONE.items():
            value = self._value(node, name)
            if value is not None:
                property_, of = self._value(node, "onProperty"), self._value(node, "onClass")
                parts = {
                    "value": self.term(value, depth),
                    "property": self.term(property_, depth) if property_ is not None else "",
                    "of": self.term(of, depth) if of is not None else "",
                }
                return f"[{form.format_map(parts)}]"
        for name, between in _MANY.items():
            head = self._value(node, name)
            if head is not None:
                return f"[{between.join(self.term(item, depth) for item in self._items(head))}]"
        items = list(self._items(node))
        return f"({' '.join(self.term(item, depth) for item in items)})" if items else str(node)

    def _items(self, head: _Term) -> Iterator[_Term]:
        seen: set[_Term] = set()
        while head not in seen:
            seen.add(head)
            first = self._facts.all(head, "rdf:first")
            rest = self._facts.all(head, "rdf:rest")
            if not first or not rest:
                return
            yield first[0]
            head = rest[0]


def as_text(proof: Proof, facts: Facts) -> str:
    """A proof as an indented tree: each triple with the rule that gives it or the place where it is stated."""
    teller = Teller(facts)
    lines: list[str] = []
    shown: set[int] = set()
    waiting: list[tuple[int, int, bool]] = [(0, 0, False)]
    while waiting:
        number, depth, axiom = waiting.pop()
        step = proof.steps[number]
        assert step.triple is not None, "a contradiction is told as a finding"
        line = "  " * depth + ("axiom " if axiom else "") + teller.triple(step.triple)
        if step.rule is None:
            lines.append(f"{line}  # {teller.place_text(step.triple)}")
        elif number in shown:
            lines.append(f"{line}  # as above")
        else:
            lines.append(f"{line}  # by {step.rule}")
            shown.add(number)
            below = [(other, depth + 1, True) for other in step.axioms]
            below += [(other, depth + 1, False) for other in step.facts]
            waiting += reversed(below)
    return "\n".join(lines) + "\n"


def as_json(proof: Proof, facts: Facts) -> dict[str, object]:
    """A proof as steps that name each other by their place in the list, the conclusion first."""
    teller = Teller(facts)
    steps: list[dict[str, object]] = []
    for step in proof.steps:
        assert step.triple is not None, "a contradiction is told as a finding"
        entry: dict[str, object] = {
            "triple": [str(term) for term in (step.triple.subject, step.triple.predicate, step.triple.object)],
            "text": teller.triple(step.triple),
            "rule": step.rule,
        }
        if step.rule is None:
            entry.update(zip(("file", "line", "column"), teller.place(step.triple), strict=True))
        else:
            entry.update(axioms=list(step.axioms), facts=list(step.facts))
        steps.append(entry)
    return {"entailed": True, "steps": steps}


def to_finding(clash: Clash, facts: Facts, language: str) -> Finding:
    """A contradiction as a finding at the statement most likely at fault: a link before the type of a thing."""
    teller = Teller(facts)
    data, all_ = clash.proof.stated(0), clash.proof.stated()
    links = [triple for triple in data if shrink(triple.predicate.value) != "rdf:type"]
    blamed = next(iter(links or data or all_))
    said = {name: teller.term(term) for name, term in clash.terms.items() if name.isalnum()}
    said.setdefault("y", said.get("x", ""))  # a thing that differs from itself
    places = dict.fromkeys(teller.place_text(triple) for triple in (*data, *all_))
    focus = clash.terms.get("x", blamed.subject)
    return found(
        f"owl-{clash.rule}",
        language,
        at=teller.place(blamed),
        said={**said, "places": ", ".join(places)},
        focus=_plain(focus),
        path=_plain(blamed.predicate),
        value=_plain(blamed.object),
    )


def ill_typed(facts: Facts, language: str) -> Iterator[Finding]:
    """The literals of the files that are no values of their own datatypes (rule dt-not-type)."""
    good: dict[tuple[str, str], bool] = {}
    teller = Teller(facts)
    for quad in facts.graph.quads():
        literal = quad.object
        if isinstance(literal, ox.Literal) and literal.datatype.value != PREFIXES["xsd"] + "string":
            key = literal.value, literal.datatype.value
            if key not in good:
                good[key] = well_formed(literal)
            if not good[key]:
                said = {"value": teller.term(literal), "datatype": shrink(literal.datatype.value)}
                yield found(
                    "owl-dt-not-type",
                    language,
                    at=teller.place(quad.triple),
                    said={**said, "places": teller.place_text(quad.triple)},
                    focus=_plain(quad.subject),
                    path=quad.predicate.value,
                    value=literal.value,
                )


def to_note(entry: Outside, facts: Facts) -> str:
    """A sentence on what nothing follows from, with its place."""
    subject, predicate, value = entry.statement
    assert isinstance(predicate, ox.NamedNode)
    assert not isinstance(subject, ox.Literal)
    place = Teller(facts).place_text(ox.Triple(subject, predicate, value))
    return f"{place}: {entry.term} {entry.reason}"


def _plain(term: _Term) -> str:
    return str(term) if isinstance(term, (ox.BlankNode, ox.Triple)) else term.value
