"""Runs shapes over a graph: which nodes fail which constraint."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pyoxigraph as ox

from gba_kg.errors import IncompleteError
from gba_kg.setwise.constraints import CAST, LEXICAL, SET, VALUE, rewritten
from gba_kg.setwise.data import Data
from gba_kg.setwise.datatypes import RANGES, in_range
from gba_kg.setwise.focus import Focus, Site
from gba_kg.setwise.shapes import Constraint, Shape, ShapesGraph
from gba_kg.setwise.sparql import Sparql
from gba_kg.setwise.sweep import COUNTS, sweep
from gba_kg.setwise.terms import Node, Term

__all__ = ["Result", "Run"]


@dataclass(frozen=True)
class Result:
    """One validation result (SHACL, section 3.6.2). ``path`` is an IRI, or the SPARQL text of a longer path.

    ``bindings`` are the parameters and the other variables of a query, which its message may name (section 5.3.2).
    """

    focus: Term
    path: ox.NamedNode | str | None
    value: Term | None
    source_shape: Node
    source_constraint: Node | None
    component: ox.NamedNode
    severity: ox.NamedNode
    bindings: tuple[tuple[str, Term], ...] = field(default=(), compare=False)

    def order(self) -> tuple[str, ...]:
        """Results stand in the order of focus node, shape, component, path and value."""
        fields = (self.focus, self.source_shape, self.component, self.source_constraint, self.path, self.value)
        return tuple("" if field is None else str(field) for field in fields)


@dataclass(frozen=True)
class Failure:
    """A focus node that violates a constraint, with the value, a path other than that of the shape, and bindings."""

    focus: Term
    value: Term | None = None
    path: Term | None = None
    bindings: tuple[tuple[str, Term], ...] = ()


class Run:
    """The evaluation of shapes over data; answers about nested shapes are kept for the length of the run."""

    def __init__(self, data: Data, shapes: ShapesGraph, sparql: Sparql) -> None:
        self._data = data
        self._shapes = shapes
        self._sparql = sparql
        self._failing: dict[tuple[Node, Focus], frozenset[Term]] = {}
        self._clean: set[tuple[Focus, Node, str]] = set()
        self._pairs: dict[Site, list[tuple[Term, Term]]] = {}

    def evaluate(
        self, only: Mapping[Node, frozenset[Term] | None] | None = None
    ) -> tuple[list[Result], dict[Node, str]]:
        """The results of all shapes for their targets, and the shapes that cannot be run, each with the reason.

        ``only`` names the shapes to run, and of each the nodes of its targets to look at (None: all of them).
        """
        nodes = sorted(self._shapes.targets if only is None else only, key=str)
        # The store works outside of the interpreter lock. Two threads may answer the same question: both the same.
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            some = ((only or {}).get(node) for node in nodes)
            found = dict(zip(nodes, pool.map(self._of_target, nodes, some), strict=True))
        left = {node: answer for node, answer in found.items() if isinstance(answer, str)}
        return [result for answer in found.values() if not isinstance(answer, str) for result in answer], left

    def _of_target(self, node: Node, some: frozenset[Term] | None) -> list[Result] | str:
        # The results for all nodes of the targets or for some of them, or why there can be none.
        if node in self._shapes.unsupported:
            return self._shapes.unsupported[node]
        focus = self._data.focus(self._shapes.targets[node])
        if focus is not None and some is not None:
            focus = focus.among(some)
        try:
            found = [] if focus is None else self._results(node, focus)
            return [result for at, result in found if some is None or at in some]
        except IncompleteError as error:
            return error.message

    def _results(self, node: Term, focus: Focus) -> Iterator[tuple[Term, Result]]:
        # Each result with the node of the focus for which it came about, perhaps some steps away.
        shape = self._shape(node)
        if shape is None:
            return
        self._sweep(shape, focus)
        site = Site(focus, shape.path)
        path = None if shape.path is None else shape.path.predicate or shape.path.sparql
        for constraint, failures in self._failures(shape, site):
            for failure in failures:
                yield (
                    failure.focus,
                    Result(
                        focus=failure.focus,
                        path=failure.path if isinstance(failure.path, ox.NamedNode) else path,
                        value=failure.value,
                        source_shape=shape.node,
                        source_constraint=constraint.source,
                        component=constraint.component,
                        severity=shape.severity,
                        bindings=failure.bindings,
                    ),
                )
        for constraint in shape.constraints:
            if constraint.kind == "property":
                inner = self._results(constraint.values[0], focus.via(shape.path))
                yield from inner if shape.path is None else self._outwards(site, inner)

    def _sweep(self, shape: Shape, focus: Focus) -> None:
        used = (self._shape(c.values[0]) for c in shape.constraints if c.kind == "property")
        if shape.path is None:
            clean = sweep(self._data, shape, [each for each in used if each is not None], focus)
            self._clean |= {(focus, node, kind) for node, kind in clean}

    def _outwards(self, site: Site, inner: Iterator[tuple[Term, Result]]) -> Iterator[tuple[Term, Result]]:
        of_value: dict[Term, list[Result]] = {}
        for value, result in inner:
            of_value.setdefault(value, []).append(result)
        if of_value:
            for focus, value in self.pairs(site):
                yield from ((focus, result) for result in of_value.get(value, ()))

    def _shape(self, node: Term) -> Shape | None:
        return None if isinstance(node, ox.Literal) else self._shapes.shapes.get(node)

    def _failures(self, shape: Shape, site: Site) -> Iterator[tuple[Constraint, list[Failure]]]:
        """What violates each constraint of a shape, those on its property shapes apart."""
        values = [constraint for constraint in shape.constraints if constraint.kind in VALUE]
        if any(self._unkept(constraint) for constraint in values) or (values and self._any_value_fails(site, values)):
            for constraint in values:
                yield constraint, self._values(site, constraint)
        for constraint in shape.constraints:
            kind = constraint.kind
            if kind in COUNTS and (site.focus, shape.node, kind) in self._clean:
                continue
            if kind in SET:
                yield constraint, self._sets(site, constraint)
            elif kind in _SHAPES:
                yield constraint, _SHAPES[kind](self, site, constraint)
            elif kind in ("sparql", "component"):
                yield constraint, [Failure(*found) for found in self._sparql.failures(shape, site, constraint)]

    # Constraints on single values

    def _any_value_fails(self, site: Site, constraints: list[Constraint]) -> bool:
        # One query for all of them: data that conform need no other.
        tests = [f"({VALUE[c.kind](site.value, c, self._data.classes)})" for c in constraints]
        if any(constraint.kind in LEXICAL for constraint in constraints):
            tests.append(rewritten(site.value))
        return self._any(site, " || ".join(tests))

    def _any(self, site: Site, test: str) -> bool:
        query = f"SELECT ?this {{ {site.values} FILTER({test}) }} LIMIT 1"
        return next(self._data.rows(query), None) is not None

    def _unkept(self, constraint: Constraint) -> bool:
        return constraint.kind == "datatype" and self._data.datatypes.needed(constraint.values[0].value)

    def _values(self, site: Site, constraint: Constraint) -> list[Failure]:
        if constraint.kind in LEXICAL and self._any(site, rewritten(site.value)):
            raise IncompleteError(f"sh:{constraint.kind} is about the form of numbers or dates: the store changes it")
        test = "" if self._unkept(constraint) else VALUE[constraint.kind](site.value, constraint, self._data.classes)
        query = f"SELECT DISTINCT {site.columns} {{ {site.values} {f'FILTER({test})' if test else ''} }}"
        found = [Failure(row[0], row[-1]) for row in self._data.rows(query) if row[0] is not None]
        if constraint.kind == "datatype":
            datatype = constraint.values[0].value
            if datatype in CAST or not test:
                wrong = self._data.datatypes.wrong
                return [f for f in found if f.value is None or wrong(site, f.focus, f.value, datatype)]
        elif constraint.kind in RANGES:
            limit = constraint.values[0]
            return [f for f in found if f.value is None or not in_range(constraint.kind, f.value, limit)]
        return found

    # Constraints on the set of values

    def _sets(self, site: Site, constraint: Constraint) -> list[Failure]:
        found: dict[tuple[Term | None, ...], Failure] = {}
        for query in SET[constraint.kind](site, constraint):
            for row in self._data.rows(query):
                focus = row[0]
                assert focus is not None, "every query binds ?this"
                if constraint.kind == "closed":
                    found[row] = Failure(focus, row[2], row[1])
                elif constraint.kind in ("minCount", "maxCount", "uniqueLang", "hasValue"):
                    value = focus if constraint.kind == "hasValue" and site.path is None else None
                    found[row] = Failure(focus, value)
                else:
                    found[row] = Failure(focus, row[1] if len(row) > 1 else focus)
        return list(found.values())

    # Constraints that refer to shapes

    def failing(self, node: Term, focus: Focus) -> frozenset[Term]:
        """The nodes of a focus that do not conform to a shape (SHACL, section 3.4.3)."""
        shape = self._shape(node)
        if shape is None:
            return frozenset()
        key = (shape.node, focus)
        if key not in self._failing:
            site = Site(focus, shape.path)
            found = {failure.focus for _, failures in self._failures(shape, site) for failure in failures}
            for constraint in shape.constraints:
                if constraint.kind == "property":
                    found |= {failure.focus for failure in self._node(site, constraint)}
            self._failing[key] = frozenset(found)
        return self._failing[key]

    def _inner(self, site: Site, node: Term) -> frozenset[Term]:
        return self.failing(node, site.focus.via(site.path))

    def pairs(self, site: Site) -> list[tuple[Term, Term]]:
        """Each focus node with each of its value nodes, once."""
        if site not in self._pairs:
            found: dict[tuple[Term, Term], None] = {}
            for row in self._data.rows(f"SELECT DISTINCT {site.columns} {{ {site.values} }}"):
                focus, value = row[0], row[-1]
                assert focus is not None, "both are bound"
                assert value is not None, "both are bound"
                found[focus, value] = None
            self._pairs[site] = list(found)
        return self._pairs[site]

    def _having(self, site: Site, values: frozenset[Term]) -> list[Failure]:
        if not values:
            return []
        return [Failure(focus, value) for focus, value in self.pairs(site) if value in values]

    def _node(self, site: Site, constraint: Constraint) -> list[Failure]:
        return self._having(site, self._inner(site, constraint.values[0]))

    def _not(self, site: Site, constraint: Constraint) -> list[Failure]:
        bad = self._inner(site, constraint.values[0])
        return [Failure(focus, value) for focus, value in self.pairs(site) if value not in bad]

    def _and(self, site: Site, constraint: Constraint) -> list[Failure]:
        return self._having(site, frozenset().union(*(self._inner(site, node) for node in constraint.values)))

    def _or(self, site: Site, constraint: Constraint) -> list[Failure]:
        bad: frozenset[Term] | None = None
        for node in constraint.values:
            inner = self._inner(site, node)
            bad = inner if bad is None else bad & inner
            if not bad:
                return []
        return self._having(site, bad) if bad else []

    def _xone(self, site: Site, constraint: Constraint) -> list[Failure]:
        bad = [self._inner(site, node) for node in constraint.values]
        return [
            Failure(focus, value)
            for focus, value in self.pairs(site)
            if sum(value not in failing for failing in bad) != 1
        ]

    def _qualified(self, site: Site, constraint: Constraint) -> list[Failure]:
        bad = self._inner(site, constraint.values[0])
        others = [self._inner(site, node) for node in constraint.siblings]
        counts = {focus: 0 for focus, _ in self.pairs(Site(site.focus, None))}
        for focus, value in self.pairs(site):
            if value not in bad and all(value in other for other in others):
                counts[focus] += 1
        limit = int(constraint.values[1].value)
        few = constraint.kind == "qualifiedMinCount"
        return [Failure(focus) for focus, n in counts.items() if (n < limit if few else n > limit)]


_SHAPES: dict[str, Callable[[Run, Site, Constraint], list[Failure]]] = {
    "node": Run._node,  # noqa: SLF001
    "not": Run._not,  # noqa: SLF001
    "and": Run._and,  # noqa: SLF001
    "or": Run._or,  # noqa: SLF001
    "xone": Run._xone,  # noqa: SLF001
    "qualifiedMinCount": Run._qualified,  # noqa: SLF001
    "qualifiedMaxCount": Run._qualified,  # noqa: SLF001
}
