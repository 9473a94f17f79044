"""Validates the data with SHACL and turns the results into findings that say where."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyoxigraph as ox

from gba_kg.errors import IncompleteError, UsageError
from gba_kg.facts import Facts
from gba_kg.files import TurtleFile, find_turtle
from gba_kg.findings import Finding, Report
from gba_kg.graph import Graph
from gba_kg.namespaces import PREFIXES, shrink
from gba_kg.resources import bundled
from gba_kg.setwise import Result, results, unsupported

__all__ = ["ENGINES", "compare", "validate"]

_SEVERITIES = {PREFIXES["sh"] + name: name.lower() for name in ("Violation", "Warning", "Info")}


def validate(
    graph: Graph, shapes: Path | Sequence[Path] | None = None, *, language: str = "en", engine: str = "fast"
) -> Report:
    """Validate a graph against the SHACL files at or below ``shapes`` (default: those of the package).

    ``engine`` is ``fast`` (set-wise queries on the embedded store; shapes that it does not support go to the
    reference), ``reference`` (pySHACL) or ``both``, which raises IncompleteError when the two differ. Messages come in
    ``language`` where the shape has it. A shape whose target matches nothing in the graph is a finding
    (``vacuous-shape``), as are shapes files without any target (``vacuous-shapes``).
    """
    if engine not in _ENGINES:
        raise UsageError(f"no engine '{engine}': there are {', '.join(_ENGINES)}")
    files = find_turtle([bundled("shapes")] if shapes is None else [shapes] if isinstance(shapes, Path) else shapes)
    shape_graph = Graph((), tuple(files))
    for file in files:
        file.load_into(shape_graph.store)
    facts, shape_facts = Facts(graph), Facts(shape_graph)
    found = _ENGINES[engine](graph, shape_graph)
    findings = [_finding(result, facts, shape_facts, language) for result in found]
    targets = _targets(shape_graph)
    counts = {shape: _count_targets(graph, target) for shape, target in targets.items()}
    findings += _vacuous(files, counts, shape_facts)
    return Report.of(
        findings,
        {
            "files": len(graph.files) + len(graph.vocabulary),
            "triples": len(graph),
            "shapes": len(targets),
            "targets": sum(counts.values()),
        },
    )


def _fast(graph: Graph, shapes: Graph) -> list[Result]:
    return _reference(graph, shapes) if unsupported(shapes) else results(graph, shapes)


def _reference(graph: Graph, shapes: Graph) -> list[Result]:
    from gba_kg.reference_engine import reference_results

    return reference_results(graph, shapes)


def _both(graph: Graph, shapes: Graph) -> list[Result]:
    fast, reference = _fast(graph, shapes), _reference(graph, shapes)
    differences = compare(fast, reference)
    if differences:
        raise IncompleteError(f"the engines differ in {len(differences)} results, the first: {differences[0]}")
    return fast


_ENGINES: dict[str, Callable[[Graph, Graph], list[Result]]] = {"fast": _fast, "reference": _reference, "both": _both}
ENGINES = tuple(_ENGINES)


def compare(fast: Sequence[Result], reference: Sequence[Result]) -> list[str]:
    """What only one of two result lists holds, by focus node, path, value, shape, component and severity."""
    ours, theirs = {_key(result) for result in fast}, {_key(result) for result in reference}
    only = [f"fast alone: {key}" for key in ours - theirs] + [f"reference alone: {key}" for key in theirs - ours]
    return sorted(only)


def _key(result: Result) -> tuple[str, ...]:
    path = (
        result.path.value if isinstance(result.path, ox.NamedNode) else "" if result.path is None else "(a longer path)"
    )
    parts = (_canonical(result.focus), path, _canonical(result.value), _canonical(result.source_shape))
    return (*parts, result.component.value, result.severity.value)


def _canonical(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    """A term as text, numbers by their value and tags in lower case, as the store keeps them."""
    if isinstance(term, ox.Literal):
        try:
            number = f"{Decimal(term.value).normalize():f}"
        except InvalidOperation:
            number = term.value
        return f"{number}@{(term.language or '').lower()}^^{term.datatype.value}"
    return str(term)


def _finding(result: Result, facts: Facts, shapes: Facts, language: str) -> Finding:
    source = result.source_constraint or result.source_shape
    path = result.path if isinstance(result.path, ox.NamedNode) else None
    file, line, column = (None, None, None)
    if not isinstance(result.focus, ox.Literal):
        file, line, column = facts.place(result.focus, path, result.value)
    return Finding(
        rule=_local_name(source),
        message=_message(shapes, (source, result.source_shape), language)
        or f"the value violates {shrink(result.component.value)}",
        severity=_SEVERITIES.get(result.severity.value, "violation"),
        focus=_text(result.focus),
        path=str(result.path) if isinstance(result.path, str) else _text(result.path),
        value=_text(result.value),
        shape=_text(result.source_shape),
        component=result.component.value,
        file=file,
        line=line,
        column=column,
    )


def _message(shapes: Facts, nodes: Sequence[ox.NamedNode | ox.BlankNode], language: str) -> str | None:
    for node in nodes:
        said = {
            (m.language or "").lower(): m.value for m in shapes.all(node, "sh:message") if isinstance(m, ox.Literal)
        }
        if said:
            return said.get(language.lower()) or said.get("en") or said.get("") or said[min(said)]
    return None


def _local_name(node: ox.NamedNode | ox.BlankNode) -> str:
    return node.value.rsplit("#", 1)[-1].rsplit("/", 1)[-1] if isinstance(node, ox.NamedNode) else "unnamed-shape"


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str | None:
    if term is None:
        return None
    return str(term) if isinstance(term, (ox.BlankNode, ox.Triple)) else term.value


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
