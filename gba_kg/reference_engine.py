"""pySHACL, the reference engine: slow, and what the fast engine is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from gba_kg.errors import IncompleteError
from gba_kg.graph import Graph
from gba_kg.rdflib_bridge import from_triples, to_term
from gba_kg.setwise import Result

if TYPE_CHECKING:
    from rdflib import Graph as RdflibGraph

__all__ = ["reference_report", "reference_results"]


def reference_results(graph: Graph, shapes: Graph) -> list[Result]:
    """The validation results of the union of a graph's files, in the order of ``Result.order``."""
    from rdflib import SH, URIRef

    data = from_triples(quad.triple for quad in graph.quads())
    report = reference_report(data, from_triples(quad.triple for quad in shapes.quads()))
    found = []
    # Only what the report itself lists: the engine types the details of a result as results too.
    for result in report.objects(None, SH.result):
        path, value = report.value(result, SH.resultPath), report.value(result, SH.value)
        constraint = report.value(result, SH.sourceConstraint)
        focus, shape, component, severity = (
            to_term(report.value(result, name))
            for name in (SH.focusNode, SH.sourceShape, SH.sourceConstraintComponent, SH.resultSeverity)
        )
        assert isinstance(shape, (ox.NamedNode, ox.BlankNode))
        assert isinstance(component, ox.NamedNode)
        assert isinstance(severity, ox.NamedNode)
        source = None if constraint is None else to_term(constraint)
        found.append(
            Result(
                focus,
                None if path is None else ox.NamedNode(str(path)) if isinstance(path, URIRef) else "(a longer path)",
                None if value is None else to_term(value),
                shape,
                source if isinstance(source, (ox.NamedNode, ox.BlankNode)) else None,
                component,
                severity,
            )
        )
    return sorted(found, key=Result.order)


def reference_report(data: RdflibGraph, shapes: RdflibGraph) -> RdflibGraph:
    """The SHACL validation report that pySHACL, the reference engine, gives; ``data`` may hold the vocabulary too.

    Nothing is inferred and nothing fetched. Raises IncompleteError when the shapes cannot be run.
    """
    from pyshacl import validate as run
    from pyshacl.errors import ReportableRuntimeError, ShapeLoadError
    from rdflib import Graph as RdflibGraph

    try:
        _, results, text = run(data, shacl_graph=shapes, inference="none", do_owl_imports=False, inplace=True)
    except (NotImplementedError, ReportableRuntimeError, ShapeLoadError) as error:
        raise IncompleteError(f"the shapes cannot be run: {error}") from None
    if not isinstance(results, RdflibGraph):
        raise IncompleteError(f"the validation did not finish: {text}")
    return results
