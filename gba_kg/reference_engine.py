"""pySHACL, the reference engine: slow, and what the fast engine is compared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyoxigraph as ox

from gba_kg.errors import IncompleteError, InputError
from gba_kg.graph import Graph
from gba_kg.namespaces import PREFIXES
from gba_kg.rdflib_bridge import from_triples, to_term
from gba_kg.setwise import Result, path_text

if TYPE_CHECKING:
    from rdflib import Graph as RdflibGraph
    from rdflib.term import Node

__all__ = ["reference_report", "reference_results"]

_SH = PREFIXES["sh"]
_TYPE = PREFIXES["rdf"] + "type"
_TARGETS = {_SH + name for name in ("target", "targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")}
_COMPONENT = ox.NamedNode(_SH + "ConstraintComponent")
_ADVANCED = {_SH + name for name in ("target", "expression")}


def reference_results(
    graph: Graph, shapes: Graph, only: Collection[ox.NamedNode | ox.BlankNode] | None = None, *, alone: bool = False
) -> list[Result]:
    """The validation results of the union of a graph's files, in the order of ``Result.order``.

    ``only`` names the shapes whose targets are validated (default: all); ``alone`` leaves out the statements of the
    shapes graph to which they do not lead, so that other shapes are not even read. SHACL-AF targets and expressions
    count, its rules do not: nothing is inferred. Raises IncompleteError for SHACL-JS, which would run foreign code.
    """
    from rdflib import SH

    rules = list(_rules(shapes, only))
    if alone and only is not None:
        rules = _within_reach(rules, only)
    advanced = any(triple.predicate.value in _ADVANCED for triple in rules)
    with _quiet():
        data = from_triples(quad.triple for quad in graph.quads())
        report = reference_report(data, from_triples(rules), advanced=advanced)
    # Only what the report itself lists: the engine types the details of a result as results too.
    return sorted((_result(report, result) for result in report.objects(None, SH.result)), key=Result.order)


def _rules(shapes: Graph, only: Collection[ox.NamedNode | ox.BlankNode] | None) -> Iterator[ox.Triple]:
    for triple in (quad.triple for quad in shapes.quads()):
        predicate, object_ = triple.predicate.value, triple.object
        # A class that is a shape is its own target (SHACL, section 2.1.3.3).
        class_of_classes = predicate == _TYPE and not str(object_).startswith(f"<{_SH}")
        if predicate == _SH + "js":
            raise IncompleteError(f"{triple.subject} has sh:js: no code of shapes is run")
        if predicate == _SH + "rule" or (
            only is not None and triple.subject not in only and (predicate in _TARGETS or class_of_classes)
        ):
            continue
        yield triple
    yield from _imported_prefixes(shapes)


def _within_reach(rules: list[ox.Triple], shapes: Collection[ox.NamedNode | ox.BlankNode]) -> list[ox.Triple]:
    # What is said of shapes and of constraint components, and of all that this leads to.
    said: dict[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, list[ox.Triple]] = defaultdict(list)
    for triple in rules:
        said[triple.subject].append(triple)
    ahead: list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = [*shapes]
    ahead += (triple.subject for triple in rules if triple.object == _COMPONENT)
    found: dict[ox.Triple, None] = {}
    while ahead:
        for triple in said.pop(ahead.pop(), ()):
            found[triple] = None
            ahead += (triple.predicate, triple.object)
    return list(found)


def _imported_prefixes(shapes: Graph) -> Iterator[ox.Triple]:
    # sh:prefixes reaches the declarations of what its value imports (SHACL, section 5.2.1); pySHACL looks no further.
    query = "SELECT ?from ?to { ?from owl:imports+ ?via . ?via sh:declare ?to }"
    solutions = shapes.select(query)
    assert isinstance(solutions, ox.QuerySolutions)
    for source, declaration in solutions:
        yield ox.Triple(source, ox.NamedNode(_SH + "declare"), declaration)


def _result(report: RdflibGraph, result: Node) -> Result:
    from rdflib import SH, URIRef

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
    steps: ox.NamedNode | str | None = None
    if isinstance(path, URIRef):
        steps = ox.NamedNode(str(path))
    elif path is not None:
        steps = path_text(_reached(report, path), to_term(path))
    return Result(
        focus,
        steps,
        None if value is None else to_term(value),
        shape,
        source if isinstance(source, (ox.NamedNode, ox.BlankNode)) else None,
        component,
        severity,
    )


def _reached(report: RdflibGraph, node: Node) -> Iterator[ox.Triple]:
    # What the report says of the blank nodes of a path.
    from rdflib import BNode

    seen, ahead = {node}, [node]
    while ahead:
        for subject, predicate, object_ in report.triples((ahead.pop(), None, None)):
            yield ox.Triple(ox.BlankNode(str(subject)), ox.NamedNode(str(predicate)), to_term(object_))
            if isinstance(object_, BNode) and object_ not in seen:
                seen.add(object_)
                ahead.append(object_)


def reference_report(data: RdflibGraph, shapes: RdflibGraph, *, advanced: bool = False) -> RdflibGraph:
    """The SHACL validation report that pySHACL, the reference engine, gives; ``data`` may hold the vocabulary too.

    Nothing is inferred and nothing fetched; ``advanced`` turns SHACL-AF on. Raises InputError when the shapes are
    ill-formed, IncompleteError when they cannot be run for another reason.
    """
    from pyshacl import validate as run
    from pyshacl.errors import ReportableRuntimeError, ValidationFailure
    from rdflib import Graph as RdflibGraph

    try:
        with _quiet():
            _, results, text = run(
                data, shacl_graph=shapes, inference="none", do_owl_imports=False, inplace=True, advanced=advanced
            )
    except Exception as error:  # noqa: BLE001 rdflib raises a bare Exception for a query that it does not understand
        if isinstance(error, ReportableRuntimeError) and not isinstance(error, ValidationFailure):
            # Its text goes on with a reference to the specification.
            raise InputError(f"the shapes are ill-formed: {error}".splitlines()[0]) from None
        raise IncompleteError(f"the shapes cannot be run: {error}") from None
    if not isinstance(results, RdflibGraph):
        raise IncompleteError(f"the validation did not finish: {text}")
    return results


@contextmanager
def _quiet() -> Iterator[None]:
    # rdflib logs a traceback for each ill-typed literal, and warns of some: here they are findings, if anything.
    # pySHACL logs the errors that it raises.
    import logging
    import warnings

    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
