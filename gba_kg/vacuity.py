"""Finds validation that validates nothing: rules that no SHACL engine reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from gba_kg.facts import Facts
from gba_kg.findings import Finding
from gba_kg.namespaces import shrink
from gba_kg.rules import found

__all__ = ["vacuous"]


def vacuous(
    counts: Mapping[ox.NamedNode | ox.BlankNode, int], shapes: Facts, language: str = "en"
) -> Iterator[Finding]:
    """Shapes without a target, and shapes whose targets select nothing (``counts`` of ``count_targets``)."""
    if not counts:
        yield found("vacuous-shapes", language, at=(shapes.graph.files[0].shown, None, None))
    for shape, count in counts.items():
        if count == 0:
            yield found(
                "vacuous-shape", language, at=shapes.place(shape), shape=shape.value, said={"name": shrink(shape.value)}
            )
