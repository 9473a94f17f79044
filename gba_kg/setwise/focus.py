"""Sets of focus nodes and value nodes as SPARQL graph patterns, never as lists of nodes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pyoxigraph as ox

from gba_kg.setwise.paths import Path
from gba_kg.setwise.terms import Term

__all__ = ["Focus", "Site", "reach"]

_NAMED = 1000
"""For more nodes than these, a query that names them all takes longer than one for the whole target."""


def reach(before: str, here: str, path: Path, there: str) -> str:
    """The pattern ``before``, which binds ``here``, and a way from there along a path.

    The store knows no way without steps from a node that is not in the graph (SPARQL, section 18.4), SHACL does.
    """
    steps = f"{before} {here} {path.sparql} {there} ."
    if not path.empty:
        return steps
    stay = f"BIND({here} AS {there})" if there.startswith("?") else f"FILTER(sameTerm({here}, {there}))"
    return f"{{ {steps} }} UNION {{ {before} {stay} }}"


_NAMED = 1000
"""For more nodes than these, a query that names them all takes longer than one for the whole target."""


@dataclass(frozen=True)
class Focus:
    """The nodes that match one of ``targets`` (text before and after the variable), then reached along ``steps``.

    ``last`` are the predicates of which the nodes are objects when they are reached so.
    """

    targets: tuple[tuple[str, str], ...]
    steps: tuple[Path, ...] = ()
    last: frozenset[str] = frozenset()

    def pattern(self, variable: str) -> str:
        """A graph pattern that binds ``?variable`` to each node, to some perhaps more than once."""
        names = [f"{variable}_{number}" for number in range(len(self.steps))] + [variable]
        starts = [f"{before}?{names[0]}{after}" for before, after in self.targets]
        text = starts[0] if len(starts) == 1 else " UNION ".join(f"{{ {text} }}" for text in starts)
        for here, path, there in zip(names, self.steps, names[1:], strict=False):
            text = reach(text, f"?{here}", path, f"?{there}")
        return text

    def among(self, nodes: Collection[Term]) -> Focus | None:
        """These nodes, or all of the focus where they have no name in a query or are too many to name there."""
        if len(nodes) > _NAMED or any(isinstance(node, ox.BlankNode) for node in nodes):
            return self
        names = " ".join(sorted(str(node) for node in nodes))
        return Focus((("VALUES ", f" {{ {names} }}"),), last=self.last) if nodes else None

    @property
    def once(self) -> bool:
        """Whether the pattern binds each node once only."""
        return (
            len(self.targets) == 1
            and not self.steps
            and self.targets[0][0] in ("", "VALUES ")
            and not self.targets[0][1].endswith("[] .")
        )

    def via(self, path: Path | None) -> Focus:
        """The value nodes of these nodes along a path."""
        return self if path is None else Focus(self.targets, (*self.steps, path), path.last)


@dataclass(frozen=True)
class Site:
    """Where a constraint is evaluated: its focus nodes ``?this`` and their value nodes.

    In a node shape the value node is the focus node itself and ``value`` is ``?this`` (SHACL, section 3.4).
    """

    focus: Focus
    path: Path | None

    @property
    def nodes(self) -> str:
        """Binds ``?this``."""
        return self.focus.pattern("this")

    @property
    def value(self) -> str:
        """The variable of the value nodes."""
        return "?this" if self.path is None else "?value"

    @property
    def columns(self) -> str:
        """What a query selects: ``?this`` and the value nodes where they are others."""
        return "?this" if self.path is None else "?this ?value"

    @property
    def values(self) -> str:
        """Binds ``?this`` and the value nodes."""
        return self.nodes if self.path is None else reach(self.nodes, "?this", self.path, "?value")
