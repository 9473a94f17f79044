"""Which focus nodes of which shapes a change of the data can affect.

The evaluation of a shape at a node reads statements step by step from that node. If it reads otherwise than before,
there is a first changed statement on its way, and all steps to it are unchanged: so it is found by walking those steps
backwards from the ends of each changed statement, over the new data alone. Whatever is not followed step by step (a
query whose patterns do not hang together, a changed class hierarchy) affects all nodes: a larger set is never wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from gba_kg.setwise.components import Query
from gba_kg.setwise.data import Data
from gba_kg.setwise.patterns import ANY, Path, Pattern, read_path, read_patterns
from gba_kg.setwise.shapes import Constraint, Shape, ShapesGraph, shapes_of
from gba_kg.setwise.terms import RDF, RDFS, Node, Term

__all__ = ["Nodes", "affected"]

Nodes = frozenset[Term] | None
"""A set of nodes, or None for every node there is."""
_NONE: frozenset[Term] = frozenset()
_TYPE, _SUBCLASS = ox.NamedNode(RDF + "type"), ox.NamedNode(RDFS + "subClassOf")
_OTHER_VALUES = ("equals", "disjoint", "lessThan", "lessThanOrEquals")


def affected(data: Data, shapes: ShapesGraph, changed: Iterable[ox.Triple]) -> Mapping[Node, Nodes]:
    """Of each shape with a target, the nodes for which its results may differ from those before a change.

    ``data`` is the graph after the change, ``changed`` the statements that only one of the two states has. For all
    other nodes of its targets, the results of the shape are the same before and after. A shape that the engine does
    not run is affected in full by any change.
    """
    walk = _Walk(data, shapes, changed)
    return {node: walk.of_target(node) for node in shapes.targets}


class _Walk:
    def __init__(self, data: Data, shapes: ShapesGraph, changed: Iterable[ox.Triple]) -> None:
        self._data = data
        self._shapes = shapes
        self._pairs: dict[ox.NamedNode | None, list[tuple[Term, Term]]] = defaultdict(list)
        # A store gives literals the form in which the data hold them.
        store = ox.Store()
        store.extend(ox.Quad(*triple) for triple in changed)
        for quad in store:
            for predicate in (quad.predicate, None):
                self._pairs[predicate].append((quad.subject, quad.object))
        self._known: dict[Node, Nodes] = {}

    def of_target(self, node: Node) -> Nodes:
        """The nodes at which a shape reads a change, and those that a change makes its targets."""
        if node in self._shapes.unsupported:
            return None if self._pairs else _NONE
        found = [self._at(node)]
        for kind, target in self._shapes.targets[node]:
            if kind == "targetClass":
                found.append(self._types())
            elif kind != "targetNode":
                assert isinstance(target, ox.NamedNode), "a target is a property"
                path = Path("predicate", target)
                found.append(self._before(path, _NONE, back=kind == "targetObjectsOf"))
        return _union(found)

    def _at(self, node: Term) -> Nodes:
        if isinstance(node, ox.Literal):
            return _NONE
        if node not in self._known:
            shape = self._shapes.shapes.get(node)
            self._known[node] = _NONE if shape is None else self._of_shape(shape)
        return self._known[node]

    def _of_shape(self, shape: Shape) -> Nodes:
        parts = [self._of_constraint(each) for each in shape.constraints]
        values = _union(part[1] for part in parts)
        if shape.path is not None:
            values = self._before(read_path(shape.path.sparql), values)
        return _union((values, *(part[0] for part in parts)))

    def _of_constraint(self, constraint: Constraint) -> tuple[Nodes, Nodes]:
        # The focus nodes and the value nodes at which a constraint reads a change.
        kind, value = constraint.kind, constraint.values[0] if constraint.values else None
        if kind == "class":
            return _NONE, self._types()
        if kind == "closed":
            return _NONE, self._before(ANY, _NONE)
        if kind in _OTHER_VALUES:
            assert isinstance(value, ox.NamedNode), "read so"
            return self._before(Path("predicate", value), _NONE), _NONE
        if constraint.query is not None:
            return self._of_query(constraint.query)
        return _NONE, _union(self._at(node) for node in (*shapes_of(constraint), *constraint.siblings))

    def _types(self) -> Nodes:
        return None if _SUBCLASS in self._pairs else self._before(Path("predicate", _TYPE), _NONE)

    # Queries

    def _of_query(self, query: Query) -> tuple[Nodes, Nodes]:
        patterns = read_patterns(query.prefixes + query.text)
        if patterns is None:
            return None, None
        roots = ("this", "value") if query.ask else ("this",)
        found: dict[str, list[Nodes]] = {"this": [], "value": []}
        for pattern in patterns:
            if self._touches(pattern.path):
                root, nodes = self._of_pattern(pattern, patterns, roots)
                found[root].append(nodes)
        return _union(found["this"]), _union(found["value"])

    def _touches(self, path: Path) -> bool:
        return bool(self._pairs) and (path.empty or not path.predicates.isdisjoint(self._pairs))

    def _of_pattern(self, pattern: Pattern, patterns: tuple[Pattern, ...], roots: tuple[str, ...]) -> tuple[str, Nodes]:
        """The nodes from which a pattern that reads a change is reached, along the patterns that it is joined with."""
        steps = _steps(pattern, patterns, roots)
        for end, back in ((pattern.subject, False), (pattern.object, True)):
            if isinstance(end, str) and end in steps:
                nodes = self._before(pattern.path, _NONE, back=back)
                if pattern.path.empty:
                    # The store knows a way without steps only from nodes that the graph has.
                    nodes = _union((nodes, frozenset(node for pair in self._pairs[None] for node in pair)))
                while (step := steps[end]) is not None:
                    end, path, reversed_ = step
                    nodes = self._before(path, nodes, back=reversed_)
                return end, nodes
        return "this", None if pattern.path.empty or self._matches(pattern) else _NONE

    def _matches(self, pattern: Pattern) -> bool:
        if pattern.path.kind not in ("predicate", "any"):
            return True
        ends = ((pattern.subject, 0), (pattern.object, 1))
        return any(
            all(pair[place] == end for end, place in ends if isinstance(end, ox.NamedNode))
            for pair in self._pairs.get(pattern.path.predicate, ())
        )

    # Paths

    def _before(self, path: Path, ends: Nodes, *, back: bool = False) -> Nodes:
        """The nodes from which a path follows a changed statement or leads to one of ``ends``; ``back``: against it."""
        if ends is None:
            return None
        if path.kind == "^":
            return self._before(path.parts[0], ends, back=not back)
        if path.kind == "|":
            return _union(self._before(part, ends, back=back) for part in path.parts)
        if path.kind == "/":
            found: Nodes = ends
            for part in path.parts if back else reversed(path.parts):
                found = self._before(part, found, back=back)
            return found
        if path.kind in ("*", "+", "?"):
            return self._repeated(path, ends, back=back)
        return self._one_step(path.predicate, ends, back=back)

    def _repeated(self, path: Path, ends: frozenset[Term], *, back: bool) -> Nodes:
        (part,) = path.parts
        first = self._before(part, ends, back=back)
        assert first is not None, "a step from some nodes leads to some"
        if path.kind == "?":
            return first | ends
        found, ahead = first, first
        while ahead:
            more = self._before(part, ahead, back=back)
            assert more is not None, "a step from some nodes leads to some"
            ahead = more - found
            found |= ahead
        return found if path.kind == "+" else found | ends

    def _one_step(self, predicate: ox.NamedNode | None, ends: frozenset[Term], *, back: bool) -> frozenset[Term]:
        found = {pair[1] if back else pair[0] for pair in self._pairs.get(predicate, ())}
        for end in ends:
            found |= self._data.neighbours(end, predicate, back=not back)
        return frozenset(found)


def _union(sets: Iterable[Nodes]) -> Nodes:
    found: set[Term] = set()
    for nodes in sets:
        if nodes is None:
            return None
        found |= nodes
    return frozenset(found)


_Step = tuple[str, Path, bool]


def _steps(pattern: Pattern, patterns: tuple[Pattern, ...], roots: tuple[str, ...]) -> dict[str, _Step | None]:
    """The variables that lead to a pattern: each with the variable, path and direction by which it is reached.

    Variables that are bound before the query have a value everywhere. Others lead on where they are joined: in the
    group of the pattern, and in the patterns before it in the group around that. What an OPTIONAL or EXISTS holds
    matters only for those; beyond that, its scope may hide a value.
    """
    outer, before = pattern.within
    joined = [each for each in patterns if each.group == pattern.group]
    joined += [each for each in patterns if each.group == outer][:before]
    steps: dict[str, _Step | None] = dict.fromkeys(roots)
    ahead = list(roots)
    while ahead:
        here = ahead.pop(0)
        for each in joined:
            for start, end, back in ((each.subject, each.object, False), (each.object, each.subject, True)):
                if start == here and isinstance(end, str) and end not in steps and each is not pattern:
                    steps[end] = (here, each.path, back)
                    ahead.append(end)
    return steps
