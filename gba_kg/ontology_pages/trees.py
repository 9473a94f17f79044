"""Terms as a forest in which each stands once, whatever the statements say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

__all__ = ["Tree", "forest"]

_DEEPEST = 30


@dataclass(frozen=True)
class Tree:
    """A term and the trees below it."""

    node: ox.NamedNode
    below: tuple[Tree, ...]


def forest(nodes: Sequence[ox.NamedNode], below: Mapping[ox.NamedNode, Iterable[ox.NamedNode]]) -> tuple[Tree, ...]:
    """The nodes as trees, each once and in their order: below the first of its parents, or as a root.

    What goes in a circle starts at its first node; what lies deeper than 30 levels starts a tree of its own.
    """
    position = {node: number for number, node in enumerate(nodes)}
    children = {
        node: sorted(
            (child for child in set(below.get(node, ())) - {node} if child in position), key=position.__getitem__
        )
        for node in nodes
    }
    lower = {child for found in children.values() for child in found}
    placed: set[ox.NamedNode] = set()

    def tree(node: ox.NamedNode, depth: int) -> Tree:
        placed.add(node)
        if depth == _DEEPEST:
            return Tree(node, ())
        return Tree(node, tuple(tree(child, depth + 1) for child in children[node] if child not in placed))

    starts = [*(node for node in nodes if node not in lower), *nodes]
    return tuple(tree(node, 1) for node in starts if node not in placed)
