"""Sets of focus nodes and value nodes as SPARQL graph patterns, never as lists of nodes."""

from __future__ import annotations

from dataclasses import dataclass

from gba_kg.setwise.paths import Path

__all__ = ["Focus", "Site"]


@dataclass(frozen=True)
class Focus:
    """The nodes that match one of ``targets`` (text before and after the variable), then reached along ``steps``."""

    targets: tuple[tuple[str, str], ...]
    steps: tuple[str, ...] = ()

    def pattern(self, variable: str) -> str:
        """A graph pattern that binds ``?variable`` to each node, to some perhaps more than once."""
        names = [f"{variable}_{number}" for number in range(len(self.steps))] + [variable]
        starts = [f"{before}?{names[0]}{after}" for before, after in self.targets]
        start = starts[0] if len(starts) == 1 else " UNION ".join(f"{{ {text} }}" for text in starts)
        steps = (
            f"?{here} {path} ?{there} ." for here, path, there in zip(names, self.steps, names[1:], strict=False)
        )
        return " ".join((start, *steps))

    def via(self, path: Path | None) -> Focus:
        """The value nodes of these nodes along a path."""
        return self if path is None else Focus(self.targets, (*self.steps, path.sparql))


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
    def values(self) -> str:
        """Binds ``?this`` and the value nodes."""
        return self.nodes if self.path is None else f"{self.nodes} ?this {self.path.sparql} ?value ."
