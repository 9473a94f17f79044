"""Which blank nodes can be written where they are used: as ``[ ... ]`` or as a collection ``( ... )``."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from gba_kg.exports.terms import Record
from gba_kg.namespaces import PREFIXES

__all__ = ["Nesting"]

_FIRST, _REST, _NIL = (f"<{PREFIXES['rdf']}{name}>" for name in ("first", "rest", "nil"))
_DEEPEST = 30
"""Brackets inside brackets; what lies deeper gets a name."""


class Nesting:
    """The blank nodes of a set of statements: ``inner`` are written in brackets, ``lists`` as collections.

    A node is inner when one statement alone leads to it, in the graph that describes it, and no circle leads back.
    ``swallowed`` are the further cells of the collections, which are inner as well; none is a subject of its own.
    """

    def __init__(self, records: Iterable[Record]) -> None:
        self.about: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self.lists: dict[str, list[str]] = {}
        self.swallowed: set[str] = set()
        self._cells: dict[str, list[str]] = {}
        self._uses: Counter[str] = Counter()
        self._parent: dict[str, tuple[str, str]] = {}
        self._graphs: dict[str, set[str]] = defaultdict(set)
        for subject, predicate, object_, graph in records:
            self._note(subject, predicate, object_, graph)
        self.inner = {node for node, count in self._uses.items() if count == 1 and len(self._graphs[node]) == 1}
        self._find_lists()
        self._cut()

    def is_inner(self, node: str) -> bool:
        """Whether a subject is written elsewhere, so that it needs no block of its own."""
        return node in self.inner

    def is_unnamed(self, node: str) -> bool:
        """Whether nothing refers to a blank node."""
        return node.startswith("_:") and not self._uses[node]

    def _note(self, subject: str, predicate: str, object_: str, graph: str) -> None:
        if subject[0] == "_":
            self.about[subject].append((predicate, object_))
            self._graphs[subject].add(graph)
        if object_[0] == "_":
            self._uses[object_] += 1
            self._parent[object_] = (subject, predicate)
            self._graphs[object_].add(graph)
        if graph[:1] == "_":
            self._uses[graph] += 2

    def _cell(self, node: str) -> bool:
        return sorted(predicate for predicate, _ in self.about.get(node, ())) == [_FIRST, _REST]

    def _find_lists(self) -> None:
        ends = [node for node in self.about if self._cell(node) and (_REST, _NIL) in self.about[node]]
        for end in ends:
            if end not in self.inner:
                continue
            cells = [end]
            while True:
                parent, predicate = self._parent[cells[-1]]
                if predicate != _REST or parent not in self.inner or not self._cell(parent):
                    break
                cells.append(parent)
            head = cells[-1]
            self.lists[head] = [dict(self.about[cell])[_FIRST] for cell in reversed(cells)]
            self._cells[head] = cells[:-1]
            self.swallowed.update(cells[:-1])
            for cell in cells[:-1]:
                self._parent[cell] = (head, _REST)

    def _cut(self) -> None:
        """Name what a circle or too many brackets would lead to."""
        depth: dict[str, int] = {}
        for start in sorted(self.inner):
            path: dict[str, None] = {}
            node = start
            while node in self.inner and node not in depth and node not in path:
                path[node] = None
                node = self._parent[node][0]
            if node in path:
                for each in list(path)[list(path).index(node) :]:
                    self._name(each)
            level = depth.get(node, 0)
            for each in reversed(path):
                level = level + 1 if each in self.inner else 0
                if level > _DEEPEST and each not in self.swallowed:
                    self._name(each)
                    level = 0
                depth[each] = level

    def _name(self, node: str) -> None:
        self.inner.discard(node)
        if self.lists.pop(node, None):
            self.inner.difference_update(self._cells[node])
            self.swallowed.difference_update(self._cells[node])
