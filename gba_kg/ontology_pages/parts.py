"""What the pages show of RDF: sequences of words and terms, and the terms of OWL expressions in Manchester syntax."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from gba_kg.errors import IncompleteError
from gba_kg.setwise.terms import OWL, RDF, Statements, Term, is_true

__all__ = ["DEEPEST", "Part", "Parts", "Word", "definition", "expression", "in_order", "joined", "members"]


@dataclass(frozen=True)
class Word:
    """A word of the pages' own, by its key: it is written in the language of the page."""

    key: str


Part = str | Word | ox.NamedNode | ox.Literal
Parts = tuple[Part, ...]

DEEPEST = 40
"""Expressions within expressions beyond this depth are not for readers: ``?`` stands for them."""

_UNKNOWN: Parts = ("?",)
_FACETS = {
    "minInclusive": ">=",
    "minExclusive": ">",
    "maxInclusive": "<=",
    "maxExclusive": "<",
    "pattern": "pattern",
    "length": "length",
    "minLength": "minLength",
    "maxLength": "maxLength",
    "langRange": "langRange",
}


def in_order(values: Iterable[Parts]) -> list[Parts]:
    """Sequences without repetition, names before expressions, each in the order of its text: no blank node counts."""
    return sorted(dict.fromkeys(values), key=lambda parts: (len(parts) > 1, [str(part) for part in parts]))


def joined(sequences: Iterable[Parts], between: str) -> Parts:
    """Several sequences as one, with a word between them."""
    found: list[Part] = []
    for sequence in sequences:
        found += [between, *sequence] if found else sequence
    return tuple(found)


def members(statements: Statements, head: Term) -> list[Term]:
    """The members of an RDF list, none where it is not well-formed: the pages document, they do not judge."""
    try:
        return statements.items(head)
    except IncompleteError:
        return []


def expression(statements: Statements, node: Term, above: frozenset[Term] = frozenset()) -> Parts:
    """A class, data range, property or individual in Manchester syntax (OWL 2 Manchester syntax, section 2).

    A named node and a literal stand for themselves; ``?`` stands for what is no expression of OWL 2, such as a blank
    node that is a part of itself.
    """
    if not isinstance(node, ox.BlankNode):
        return (node,)
    if node in above or len(above) > DEEPEST:
        return _UNKNOWN
    above |= {node}
    for key, write in _WRITERS.items():
        value = statements.value(node, OWL + key)
        if value is not None:
            return write(statements, node, value, above)
    return _UNKNOWN


def definition(statements: Statements, node: Term, above: frozenset[Term] = frozenset()) -> Parts | None:
    """What a named class is said to be in its own statements (``gba:A owl:unionOf (...)``), or None."""
    for key in _SETS:
        value = statements.value(node, OWL + key)
        if value is not None:
            return _WRITERS[key](statements, node, value, above)
    return None


def _inside(statements: Statements, node: Term, above: frozenset[Term]) -> Parts:
    """An expression as a part of another: in brackets where it has parts."""
    parts = expression(statements, node, above)
    return parts if len(parts) == 1 or parts[0] == "{" else ("(", *parts, ")")


def _set(word: str) -> _Writer:
    def write(statements: Statements, _: Term, value: Term, above: frozenset[Term]) -> Parts:
        parts = [_inside(statements, member, above) for member in members(statements, value)]
        return joined(parts, f" {word} ") or _UNKNOWN

    return write


def _one_of(statements: Statements, _: Term, value: Term, above: frozenset[Term]) -> Parts:
    parts = (expression(statements, member, above) for member in members(statements, value))
    return ("{", *joined(parts, ", "), "}")


def _complement(statements: Statements, _: Term, value: Term, above: frozenset[Term]) -> Parts:
    return ("not ", *_inside(statements, value, above))


def _inverse(statements: Statements, _: Term, value: Term, above: frozenset[Term]) -> Parts:
    return ("inverse ", *_inside(statements, value, above))


def _restriction(statements: Statements, node: Term, value: Term, above: frozenset[Term]) -> Parts:
    on = _inside(statements, value, above)
    for key, word in (("someValuesFrom", "some"), ("allValuesFrom", "only"), ("hasValue", "value")):
        filler = statements.value(node, OWL + key)
        if filler is not None:
            return (*on, f" {word} ", *_inside(statements, filler, above))
    if is_true(statements.value(node, OWL + "hasSelf")):
        return (*on, " Self")
    for key, word in (("min", "min"), ("max", "max"), ("", "exactly")):
        for name in (f"{key}{'C' if key else 'c'}ardinality", f"{key}{'Q' if key else 'q'}ualifiedCardinality"):
            number = statements.value(node, OWL + name)
            if number is not None:
                of = statements.value(node, OWL + "onClass") or statements.value(node, OWL + "onDataRange")
                filler_parts: Parts = (" ", *_inside(statements, of, above)) if of is not None else ()
                return (*on, f" {word} {number.value}", *filler_parts)
    return _UNKNOWN


def _facets(statements: Statements, node: Term, value: Term, above: frozenset[Term]) -> Parts:
    shown: list[Parts] = []
    for member in members(statements, statements.value(node, OWL + "withRestrictions") or ox.NamedNode(RDF + "nil")):
        for facet, limits in sorted(statements.index.get(member, {}).items()):
            word = _FACETS.get(facet.rsplit("#", 1)[-1])
            shown += [(f"{word} {limit.value}",) for limit in limits if word]
    return (*expression(statements, value, above), "[", *joined(shown, ", "), "]")


_Writer = Callable[[Statements, Term, Term, frozenset[Term]], Parts]
_SETS = ("intersectionOf", "unionOf", "complementOf", "oneOf")
_WRITERS: dict[str, _Writer] = {
    "onProperty": _restriction,
    "intersectionOf": _set("and"),
    "unionOf": _set("or"),
    "complementOf": _complement,
    "datatypeComplementOf": _complement,
    "oneOf": _one_of,
    "inverseOf": _inverse,
    "onDatatype": _facets,
}
