"""Validates the data with SHACL and turns the report into findings that say where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from gba_kg.errors import IncompleteError
from gba_kg.facts import Facts
from gba_kg.files import TurtleFile, find_turtle
from gba_kg.findings import Finding, Report
from gba_kg.graph import Graph
from gba_kg.namespaces import PREFIXES, shrink
from gba_kg.resources import bundled

if TYPE_CHECKING:
    from rdflib import Graph as RdflibGraph
    from rdflib.term import Node

__all__ = ["reference_report", "validate"]

_SEVERITIES = {PREFIXES["sh"] + name: name.lower() for name in ("Violation", "Warning", "Info")}


def validate(graph: Graph, shapes: Path | Sequence[Path] | None = None, *, language: str = "en") -> Report:
    """Validate a graph against the SHACL files at or below ``shapes`` (default: those of the package).

    Messages come in ``language`` where the shape has it. A shape whose target matches nothing in the graph is a
    finding (``vacuous-shape``), as are shapes files without any target (``vacuous-shapes``).
    """
    from gba_kg.rdflib_bridge import from_triples

    paths = [bundled("shapes")] if shapes is None else [shapes] if isinstance(shapes, Path) else list(shapes)
    files = find_turtle(paths)
    shape_graph = Graph((), tuple(files))
    shape_graph.store.extend(shape_graph.quads())
    rules = from_triples(quad.triple for quad in shape_graph.quads())
    data = from_triples(quad.triple for quad in graph.quads())
    findings = [*_results(reference_report(data, rules), rules, Facts(graph), language)]
    targets = _targets(shape_graph)
    counts = {shape: _count_targets(graph, target) for shape, target in targets.items()}
    findings += _vacuous(files, counts, Facts(shape_graph))
    return Report.of(
        findings,
        {
            "files": len(graph.files) + len(graph.vocabulary),
            "triples": len(graph),
            "shapes": len(targets),
            "targets": sum(counts.values()),
        },
    )


def reference_report(data: RdflibGraph, shapes: RdflibGraph) -> RdflibGraph:
    """The SHACL validation report that pySHACL, the reference engine, gives; ``data`` may hold the vocabulary too.

    Nothing is inferred and nothing fetched. Raises IncompleteError when the shapes cannot be run.
    """
    from pyshacl import validate as run
    from pyshacl.errors import ReportableRuntimeError, ShapeLoadError
    from rdflib import Graph as RdflibGraph

    try:
        _, results, text = run(data, shacl_graph=shapes, inference="none", do_owl_imports=False, inplace=True)
    except (ReportableRuntimeError, ShapeLoadError) as error:
        raise IncompleteError(f"the shapes cannot be run: {error}") from None
    if not isinstance(results, RdflibGraph):
        raise IncompleteError(f"the validation did not finish: {text}")
    return results


def _results(results: RdflibGraph, shapes: RdflibGraph, facts: Facts, language: str) -> Iterator[Finding]:
    from rdflib import SH

    # Only what the report itself lists: the engine types the details of a result as results too.
    for result in results.objects(None, SH.result):
        focus, path, value = (results.value(result, name) for name in (SH.focusNode, SH.resultPath, SH.value))
        source = results.value(result, SH.sourceConstraint) or results.value(result, SH.sourceShape)
        shape = results.value(result, SH.sourceShape)
        component = results.value(result, SH.sourceConstraintComponent)
        file, line, column = _place(facts, focus, path, value)
        yield Finding(
            rule=_name(source),
            message=_message(
                list(shapes.objects(source, SH.message)) or list(results.objects(result, SH.resultMessage)), language
            ),
            severity=_SEVERITIES.get(str(results.value(result, SH.resultSeverity)), "violation"),
            focus=_str(focus),
            path=_str(path),
            value=_str(value),
            shape=_str(shape),
            component=_str(component),
            file=file,
            line=line,
            column=column,
        )


def _place(
    facts: Facts, focus: Node | None, path: Node | None, value: Node | None
) -> tuple[str | None, int | None, int | None]:
    from rdflib import Literal, URIRef

    if not isinstance(focus, URIRef):
        return None, None, None
    subject = ox.NamedNode(str(focus))
    property_ = ox.NamedNode(str(path)) if isinstance(path, URIRef) else None
    object_: ox.NamedNode | ox.Literal | None = None
    if isinstance(value, URIRef):
        object_ = ox.NamedNode(str(value))
    elif isinstance(value, Literal):
        object_ = (
            ox.Literal(str(value), language=value.language)
            if value.language
            else ox.Literal(str(value), datatype=ox.NamedNode(str(value.datatype or PREFIXES["xsd"] + "string")))
        )
    return facts.place(subject, property_, object_)


def _message(messages: Sequence[Node], language: str) -> str:
    from rdflib import Literal

    said = {
        (message.language or "").lower() if isinstance(message, Literal) else "": str(message) for message in messages
    }
    return said.get(language.lower()) or said.get("en") or said.get("") or next(iter(sorted(said.values())), "")


def _name(node: Node | None) -> str:
    text = str(node)
    return text.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _str(node: Node | None) -> str | None:
    return None if node is None else str(node)


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
Target = tuple[str, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]


def _targets(shapes: Graph) -> dict[ox.NamedNode | ox.BlankNode, list[Target]]:
    found: dict[ox.NamedNode | ox.BlankNode, list[Target]] = {}
    solutions = shapes.select(_TARGETS)
    assert isinstance(solutions, ox.QuerySolutions)
    for shape, kind, target in solutions:
        found.setdefault(shape, []).append((kind.value, target))
    return found


def _count_targets(graph: Graph, targets: Sequence[Target]) -> int:
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


def _vacuous(
    files: Sequence[TurtleFile], counts: dict[ox.NamedNode | ox.BlankNode, int], shapes: Facts
) -> Iterator[Finding]:
    if not counts:
        yield Finding("vacuous-shapes", "no shape here has a target: nothing was validated", file=files[0].shown)
    for shape, count in counts.items():
        if count == 0:
            file, line, column = shapes.place(shape)
            yield Finding(
                "vacuous-shape",
                f"the target of {shrink(shape.value)} matches nothing in the data",
                severity="warning",
                shape=shape.value,
                file=file,
                line=line,
                column=column,
            )
