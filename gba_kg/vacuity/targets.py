"""The targets of shapes and how many nodes of a graph each of them selects."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from gba_kg.graph import Graph

__all__ = ["Node", "count_targets"]

_TARGETS = """PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
SELECT DISTINCT ?shape ?kind ?target WHERE {
  { ?shape sh:targetClass ?target BIND("class" AS ?kind) }
  UNION { VALUES ?class { rdfs:Class owl:Class }
          ?shape a sh:NodeShape , ?class BIND(?shape AS ?target) BIND("class" AS ?kind) }
  UNION { ?shape sh:targetNode ?target BIND("node" AS ?kind) }
  UNION { ?shape sh:targetSubjectsOf ?target BIND("subjects" AS ?kind) }
  UNION { ?shape sh:targetObjectsOf ?target BIND("objects" AS ?kind) }
  UNION { ?shape sh:target ?target BIND("custom" AS ?kind) }
}"""
_COUNT = {
    "class": "?focus a/<http://www.w3.org/2000/01/rdf-schema#subClassOf>* {target}",
    "node": "VALUES ?focus {{ {target} }}",
    "subjects": "?focus {target} ?any",
    "objects": "?any {target} ?focus",
}
Node = ox.NamedNode | ox.BlankNode
Target = tuple[str, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]


def count_targets(graph: Graph, shapes: Graph) -> dict[Node, int]:
    """Each shape that has a target, with the number of nodes that its targets select."""
    return {shape: _count(graph, targets) for shape, targets in _targets(shapes).items()}


def _targets(shapes: Graph) -> dict[Node, list[Target]]:
    found: dict[Node, list[Target]] = {}
    solutions = shapes.select(_TARGETS)
    assert isinstance(solutions, ox.QuerySolutions)
    for shape, kind, target in solutions:
        found.setdefault(shape, []).append((kind.value, target))
    return found


def _count(graph: Graph, targets: Sequence[Target]) -> int:
    total = 0
    for kind, target in targets:
        if kind == "custom" or isinstance(target, ox.BlankNode):
            total += 1  # a SPARQL target: the engine alone can count it
            continue
        solutions = graph.select(
            f"SELECT (COUNT(DISTINCT ?focus) AS ?n) WHERE {{ {_COUNT[kind].format(target=target)} }}"
        )
        assert isinstance(solutions, ox.QuerySolutions)
        total += int(next(solutions)["n"].value)
    return total
