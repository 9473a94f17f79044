"""Reads the rule table: rules as frozen values, and their list notation spelled out for a list at hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import pyoxigraph as ox

from gba_kg.namespaces import PREFIXES
from gba_kg.reasoning.table import TABLE

__all__ = ["OWL", "RDF", "RDFS", "TYPE", "XSD", "Binding", "Node", "Pattern", "Rule", "Term", "bound", "read", "rules"]

OWL, RDF, RDFS, XSD = (PREFIXES[prefix] for prefix in ("owl", "rdf", "rdfs", "xsd"))
TYPE = ox.NamedNode(RDF + "type")
Node = ox.NamedNode | ox.Literal
Term = Node | str
"""A part of a pattern: a term, or the name of a variable."""
Binding = dict[str, Node]

_OF_RDFS = {"domain", "range", "subClassOf", "subPropertyOf"}
_LIST = re.compile(r"\((?P<members>[^)]*)\)")
_VARIABLE = re.compile(r"\?(\w+(?:\[[^\]]*\])?)")


class Pattern(NamedTuple):
    """A triple with variables."""

    subject: Term
    predicate: Term
    object: Term

    def variables(self) -> list[str]:
        """The names of its variables, in order."""
        return [term for term in self if isinstance(term, str)]

    def text(self) -> str:
        """The pattern in SPARQL."""
        return " ".join(f"?{term}" if isinstance(term, str) else str(term) for term in self)


def bound(pattern: Pattern, binding: Binding) -> Pattern:
    """The pattern with its variables replaced as far as they are bound."""
    return Pattern(*(binding.get(term, term) if isinstance(term, str) else term for term in pattern))


@dataclass(frozen=True)
class Rule:
    """A line of the table; ``then`` is None for a contradiction.

    ``members`` are the variables that stand for the members of the list ``?list`` of the axioms: none, one (any
    member), two (any two), or one with ``whole`` (all of them, ``[i]`` in facts and conclusion).
    """

    name: str
    axioms: tuple[Pattern, ...]
    facts: tuple[Pattern, ...]
    then: Pattern | None
    members: tuple[str, ...] = ()
    whole: bool = False
    number: int = 0

    def for_list(self, items: Sequence[Node]) -> Iterator[tuple[Binding, tuple[Pattern, ...], Pattern | None]]:
        """What the rule says of a list: bindings of its members, facts and conclusion without ``[i]``."""
        if self.whole:
            name = self.members[0].partition("[")[0]
            members = {f"{name}{number}": item for number, item in enumerate(items, 1)}
            facts = tuple(
                _numbered(pattern, number, len(items))
                for pattern in self.facts
                for number in (range(1, len(items) + 1) if _indexed(pattern) else (0,))
            )
            yield members, facts, self.then and _numbered(self.then, 0, len(items))
        elif len(self.members) == 2:
            for at, first in enumerate(items):
                for second in items[at + 1 :]:
                    yield dict(zip(self.members, (first, second), strict=True)), self.facts, self.then
        else:
            for item in items:
                yield {self.members[0]: item}, self.facts, self.then


def _indexed(pattern: Pattern) -> bool:
    return any("[i" in name for name in pattern.variables())


def _numbered(pattern: Pattern, number: int, length: int) -> Pattern:
    places = {"[i]": str(number), "[i-1]": str(number - 1), "[0]": "0", "[n]": str(length)}
    return Pattern(*(
        re.sub(r"\[[^\]]*\]", lambda match: places[match[0]], term) if isinstance(term, str) else term
        for term in pattern
    ))  # fmt: skip


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the table."""
    lines: list[str] = []
    for line in TABLE.splitlines():
        if line.startswith(" "):
            lines[-1] += line
        elif line and not line.startswith("#"):
            lines.append(line)
    return tuple(_rule(line, number) for number, line in enumerate(lines))


def _rule(line: str, number: int) -> Rule:
    name, axioms, facts, then = (cell.strip() for cell in line.split("|"))
    listed = _LIST.search(axioms)
    members = tuple(match[1] for match in _VARIABLE.finditer(listed["members"])) if listed else ()
    whole = bool(members) and members[0].endswith("[1]")
    conclusion = None if then == "false" else read(then)[0]
    return Rule(name, read(_LIST.sub("?list", axioms)), read(facts), conclusion, members, whole, number)


def read(text: str) -> tuple[Pattern, ...]:
    """Patterns in the notation of the table.

    >>> read("?x a ?c ; sameAs ?y")[1].text()
    '?x <http://www.w3.org/2002/07/owl#sameAs> ?y'
    """
    patterns = []
    for statement in filter(None, text.split(" . ")):
        subject, *rest = statement.split(maxsplit=1)
        for pair in rest[0].split(" ; "):
            predicate, value = pair.split()
            patterns.append(Pattern(_term(subject), _term(predicate), _term(value)))
    return tuple(patterns)


def _term(word: str) -> Term:
    if word.startswith("?"):
        return word[1:]
    if word == "a":
        return TYPE
    if word.isdigit():
        return ox.Literal(int(word))
    return ox.NamedNode((RDFS if word in _OF_RDFS else OWL) + word)
