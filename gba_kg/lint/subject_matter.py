"""What lint looks at, read once: a graph and its shapes, statement by statement."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import pyoxigraph as ox

from gba_kg.facts import Facts
from gba_kg.files import RdfFile
from gba_kg.graph import Graph

__all__ = ["Matter"]


@dataclass(frozen=True)
class Matter:
    """A graph and its shapes; ``bundled`` says that it is the one of this project, to whose files more rules apply."""

    graph: Graph
    shapes: Graph
    bundled: bool
    facts: Facts = field(repr=False)

    @cached_property
    def shape_facts(self) -> Facts:
        """The statements of the shapes."""
        return Facts(self.shapes)

    @cached_property
    def by_file(self) -> dict[RdfFile, list[ox.Quad]]:
        """The statements of each file of the graph and of the shapes."""
        files = (*self.graph.vocabulary, *self.graph.files, *self.shapes.vocabulary, *self.shapes.files)
        return {file: list(file.quads()) for file in files}

    @cached_property
    def quads(self) -> list[ox.Quad]:
        """The statements of ontology and data."""
        return self._of((*self.graph.vocabulary, *self.graph.files))

    @cached_property
    def data_quads(self) -> list[ox.Quad]:
        """The statements of the data alone."""
        return self._of(self.graph.files)

    @cached_property
    def shape_quads(self) -> list[ox.Quad]:
        """The statements of the shapes."""
        return self._of((*self.shapes.vocabulary, *self.shapes.files))

    def _of(self, files: tuple[RdfFile, ...]) -> list[ox.Quad]:
        return [quad for file in files for quad in self.by_file[file]]
