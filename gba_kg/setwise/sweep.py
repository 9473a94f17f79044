"""One query that shows, for all property shapes of a node shape, which counts of values nothing violates."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from gba_kg.setwise.data import Data
from gba_kg.setwise.focus import Focus
from gba_kg.setwise.shapes import Constraint, Shape
from gba_kg.setwise.terms import Node, Term

__all__ = ["COUNTS", "sweep"]

COUNTS = ("minCount", "maxCount", "closed")
"""The constraints that the number of values of each predicate decides."""

_FEWEST, _FEWEST_CLOSED = 6, 3  # for fewer predicates, a query for each constraint is faster
Counts = dict[Term, tuple[int, int, int]]


def sweep(data: Data, shape: Shape, properties: Iterable[Shape], focus: Focus) -> set[tuple[Node, str]]:
    """What needs no query of its own: a shape and a kind of constraint that no node of a focus violates.

    ``properties`` are the property shapes of ``shape``; those of them that are looked at have a predicate as path.
    """
    of_predicate: dict[Term, list[Shape]] = {}
    for each in properties:
        if each.path is not None and each.path.predicate is not None:
            of_predicate.setdefault(each.path.predicate, []).append(each)
    closed = [c for c in shape.constraints if c.kind == "closed"]
    if len(of_predicate) < (_FEWEST_CLOSED if closed else _FEWEST):
        return set()
    counts = _counts(data, focus)
    total = data.size(focus)
    clean: set[tuple[Node, str]] = set()
    for predicate, shapes in of_predicate.items():
        holding, least, most = counts.get(predicate, (0, 0, 0))
        for each in shapes:
            if _limit(each, "minCount") <= (least if holding == total else 0):
                clean.add((each.node, "minCount"))
            if _limit(each, "maxCount") >= most:
                clean.add((each.node, "maxCount"))
    if all(counts.keys() <= set(c.values) for c in closed):
        clean.add((shape.node, "closed"))
    return clean


def _limit(shape: Shape, kind: str) -> int:
    return next(int(c.values[0].value) for c in (*shape.constraints, _NONE[kind]) if c.kind == kind)


_NONE = {
    kind: Constraint(kind, ox.NamedNode("urn:x"), (ox.Literal(number),))
    for kind, number in (("minCount", 0), ("maxCount", 2**62))
}


def _counts(data: Data, focus: Focus) -> Counts:
    # Of each predicate: how many nodes have it, and the least and the greatest number of values among them.
    query = (
        "SELECT ?path (COUNT(?n) AS ?nodes) (MIN(?n) AS ?least) (MAX(?n) AS ?most) { SELECT ?this ?path "
        f"(COUNT({'*' if focus.once else 'DISTINCT ?value'}) AS ?n) {{ {focus.pattern('this')} ?this ?path ?value }} "
        "GROUP BY ?this ?path } GROUP BY ?path"
    )
    found: Counts = {}
    for path, *numbers in data.rows(query):
        if path is not None:
            nodes, least, most = (int(number.value) for number in numbers if number is not None)
            found[path] = (nodes, least, most)
    return found
