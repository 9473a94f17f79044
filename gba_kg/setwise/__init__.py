"""A SHACL engine that compiles each constraint to one SPARQL query over all its focus nodes at once."""

from __future__ import annotations

from gba_kg.errors import IncompleteError
from gba_kg.files import read_rdf
from gba_kg.graph import Graph
from gba_kg.setwise.data import Data
from gba_kg.setwise.run import Result, Run
from gba_kg.setwise.shapes import ShapesGraph
from gba_kg.setwise.sparql import Sparql
from gba_kg.setwise.terms import Node, Statements

__all__ = ["Result", "results", "unsupported"]


def results(graph: Graph, shapes: Graph) -> list[Result]:
    """The validation results of a data graph against a shapes graph, in the order of ``Result.order``.

    ``graph`` is validated as the union of its files, ``shapes`` is the shapes graph, both loaded into their stores.
    SHACL Core (sections 2 to 4) and SHACL-SPARQL (sections 5 and 6); nothing is inferred, imported or fetched. Values
    and numbers in shapes are compared as the store keeps them: ``01`` as ``1``, language tags in lower case; an integer
    of a derived type keeps its type for ``sh:datatype`` alone. Where SHACL asks for a result for each pair of values
    or each solution, equal results may stand more than once.

    Raises IncompleteError when the shapes hold what ``unsupported`` lists, or a query cannot be run.
    """
    read = _read(shapes)
    if read.unsupported:
        reasons = "; ".join(f"{node.value}: {why}" for node, why in sorted(read.unsupported.items(), key=str))
        raise IncompleteError(f"the set-wise engine cannot run these shapes: {reasons}")
    data = Data(graph)
    return sorted(Run(data, read, Sparql(data, shapes)).results(), key=Result.order)


def unsupported(shapes: Graph) -> dict[Node, str]:
    """The shapes of a shapes graph that the engine does not run, each with the reason.

    These are recursive shapes (SHACL, section 3.4.3, leaves them undefined), SHACL-AF targets, rules and expressions,
    SHACL-JS, constraint components that are not written in SPARQL, queries that SHACL forbids (appendix A), patterns
    that the regular expressions of the store do not know, and shapes that are not well-formed. A caller passes such
    shapes to the reference engine.
    """
    return _read(shapes).unsupported


def _read(shapes: Graph) -> ShapesGraph:
    # The store turns "1"^^xsd:boolean into true, which is another term (W3C test uniqueLang-002): then read the files.
    files = (*shapes.vocabulary, *shapes.files)
    rewritten = any('"1"^^' in read_rdf(file) for file in files)
    return ShapesGraph.read(Statements(shapes.quads() if rewritten else shapes.store))
