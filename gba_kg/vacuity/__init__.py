"""Finds validation that validates nothing, or not what its author meant: what no SHACL engine reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gba_kg.facts import Facts
from gba_kg.findings import Finding
from gba_kg.graph import Graph
from gba_kg.vacuity.coverage import coverage
from gba_kg.vacuity.parts import parts
from gba_kg.vacuity.targets import Node, count_targets
from gba_kg.vacuity.terms import terms

__all__ = ["count_targets", "vacuous"]


def vacuous(
    graph: Graph, facts: Facts, shapes: Graph, shape_facts: Facts, counts: Mapping[Node, int], language: str = "en"
) -> Iterator[Finding]:
    """All that escapes a validation of ``graph`` by ``shapes``; ``counts`` are those of ``count_targets``."""
    yield from parts(shapes, shape_facts, counts, language)
    yield from terms(graph, shapes, shape_facts, language)
    yield from coverage(graph, facts, shapes, language)
