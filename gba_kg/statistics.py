"""Counts of what a graph holds."""

from __future__ import annotations

import pyoxigraph as ox

from gba_kg.graph import Graph

__all__ = ["count"]

_CLASSES = """SELECT ?label (COUNT(DISTINCT ?thing) AS ?n) WHERE {
  ?thing a ?class . ?class skos:prefLabel ?label FILTER(langMatches(lang(?label), "LANGUAGE"))
} GROUP BY ?class ?label ORDER BY DESC(?n) ?label"""


def count(graph: Graph, language: str = "en") -> dict[str, dict[str, int]]:
    """Files and statements, and how many things there are of each class, by its label in ``language``."""
    solutions = graph.select(_CLASSES.replace("LANGUAGE", language))
    assert isinstance(solutions, ox.QuerySolutions)
    return {
        "graph": {"files": len(graph.files) + len(graph.vocabulary), "statements": len(graph)},
        "classes": {row["label"].value: int(row["n"].value) for row in solutions},
    }
