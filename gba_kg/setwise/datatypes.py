"""What the store does not keep of a literal: integers of a derived type, and numbers too large for it."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from decimal import Decimal
from functools import cached_property

import pyoxigraph as ox

from gba_kg.errors import IncompleteError
from gba_kg.files import read_rdf
from gba_kg.graph import Graph
from gba_kg.setwise.focus import Site
from gba_kg.setwise.terms import XSD, Term

__all__ = ["DERIVED", "RANGES", "Datatypes", "in_range", "stored", "well_formed"]

DERIVED: dict[str, tuple[int | None, int | None]] = {
    XSD + "integer": (None, None),
    XSD + "byte": (-(2**7), 2**7 - 1),
    XSD + "short": (-(2**15), 2**15 - 1),
    XSD + "int": (-(2**31), 2**31 - 1),
    XSD + "long": (-(2**63), 2**63 - 1),
    XSD + "unsignedByte": (0, 2**8 - 1),
    XSD + "unsignedShort": (0, 2**16 - 1),
    XSD + "unsignedInt": (0, 2**32 - 1),
    XSD + "unsignedLong": (0, 2**64 - 1),
    XSD + "nonNegativeInteger": (0, None),
    XSD + "positiveInteger": (1, None),
    XSD + "nonPositiveInteger": (None, 0),
    XSD + "negativeInteger": (None, -1),
}
"""xsd:integer and the types derived from it, each with its least and greatest value (XML Schema 1.1, part 2, 3.4)."""

_LEXICAL = {
    **dict.fromkeys(DERIVED, re.compile(r"[+-]?[0-9]+")),
    XSD + "decimal": re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"),
}
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "minExclusive": operator.gt,
    "minInclusive": operator.ge,
    "maxExclusive": operator.lt,
    "maxInclusive": operator.le,
}
RANGES = tuple(_COMPARE)
_DERIVED_IN_TEXT = re.compile(
    r"\^\^\s*(?:<[^>\s]*[#/:]|[^\s:<>]*:)(?:byte|short|int|long|unsigned\w+|(?:non)?(?:positive|negative)Integer)\b",
    re.IGNORECASE,
)


def well_formed(lexical: str, datatype: str) -> bool:
    """Whether a string is in the lexical space of an integer type or of xsd:decimal, of whatever size.

    >>> well_formed("300", "http://www.w3.org/2001/XMLSchema#byte")
    False
    >>> well_formed("99999999999999999999", "http://www.w3.org/2001/XMLSchema#integer")
    True
    """
    pattern = _LEXICAL.get(datatype)
    if pattern is None or not pattern.fullmatch(lexical):
        return False
    low, high = DERIVED.get(datatype, (None, None))
    return (low is None or int(lexical) >= low) and (high is None or int(lexical) <= high)


def in_range(kind: str, value: Term, limit: Term) -> bool:
    """Whether a number is on the right side of a limit, where the store does not know it as a number for its size.

    ``kind`` is minInclusive and the like (SHACL, section 4.3).
    """
    numbers = []
    for term in (value, limit):
        if not isinstance(term, ox.Literal) or not well_formed(term.value, term.datatype.value):
            return False
        numbers.append(Decimal(term.value))
    return _COMPARE[kind](*numbers)


class Datatypes:
    """The datatypes of the values of a graph as its files state them; the store turns xsd:byte into xsd:integer."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    @cached_property
    def _derived(self) -> dict[tuple[Term | None, str, Term], set[tuple[str, str]]]:
        """Datatype and lexical form of every integer, if any is of a derived type; by triple, and by value."""
        files = [*self._graph.vocabulary, *self._graph.files]
        if not any(_DERIVED_IN_TEXT.search(read_rdf(file)) for file in files):
            return {}
        found: dict[tuple[Term | None, str, Term], set[tuple[str, str]]] = {}
        for quad in self._graph.quads():
            value, subject = quad.object, quad.subject
            if isinstance(value, ox.Literal) and value.datatype.value in DERIVED:
                assert not isinstance(subject, ox.Triple), "RDF 1.1 has no quoted triples"
                stated = (value.datatype.value, value.value)
                for owner in (subject, None):
                    found.setdefault((owner, quad.predicate.value, stored(value)), set()).add(stated)
        return found

    def needed(self, datatype: str) -> bool:
        """Whether the store cannot tell the values of a datatype from those of another."""
        return datatype in DERIVED and (datatype != XSD + "integer" or bool(self._derived))

    def wrong(self, site: Site, focus: Term, value: Term, datatype: str) -> bool:
        """Whether a value that the store does not vouch for violates ``sh:datatype`` (SHACL, section 4.1.2).

        Raises IncompleteError where one path leads to the same number with two datatypes.
        """
        if not isinstance(value, ox.Literal):
            return True
        stated = self._stated(site, focus, value)
        verdicts = {own != datatype or not well_formed(lexical, datatype) for own, lexical in stated}
        if len(verdicts) != 1:
            raise IncompleteError(f"{value} is stated with several datatypes: only the reference engine can tell them")
        return verdicts.pop()

    def _stated(self, site: Site, focus: Term, value: ox.Literal) -> set[tuple[str, str]]:
        if site.path is not None and site.path.predicate is not None:
            return self._derived.get((focus, site.path.predicate.value, value)) or {_own(value)}
        found: set[tuple[str, str]] = set()
        for predicate in site.focus.last if site.path is None else site.path.last:
            found |= self._derived.get((None, predicate, value), set())
        return found or {_own(value)}


def _own(value: ox.Literal) -> tuple[str, str]:
    return value.datatype.value, value.value


def stored(value: ox.Literal) -> ox.Literal:
    """A literal as the store keeps it: numbers and language tags in one form, every integer as xsd:integer.

    >>> stored(ox.Literal("a", language="zh-Hans")).language
    'zh-hans'
    >>> stored(ox.Literal("05", datatype=ox.NamedNode(XSD + "byte"))) == ox.Literal(5)
    True
    """
    store, name = ox.Store(), ox.NamedNode("urn:x")
    store.add(ox.Quad(name, name, value))
    kept = next(iter(store)).object
    assert isinstance(kept, ox.Literal)
    return kept
