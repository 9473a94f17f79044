"""Validates the data with SHACL and turns the results into findings that say where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from gba_kg.changes import changed_since as changed_since_revision
from gba_kg.component_messages import component_message
from gba_kg.engines import run, run_changed
from gba_kg.errors import UsageError
from gba_kg.facts import Facts
from gba_kg.findings import Finding, Report
from gba_kg.graph import Graph, load_files
from gba_kg.namespaces import PREFIXES
from gba_kg.outside_references import outside_references
from gba_kg.resources import bundled
from gba_kg.setwise import Result
from gba_kg.shacl_results import ResultTerms, in_language
from gba_kg.vacuity import Node, count_targets, vacuous

__all__ = ["NOT_RUN", "UNNAMED", "rules_of", "validate"]

UNNAMED = "unnamed-shape"
"""The id of the rule that is a shape without an IRI."""

NOT_RUN = "shapes: not run, as they would fetch or run what is refused"
"""What a report skips where the shapes gave no results because nobody asked them."""
_SEVERITIES = {PREFIXES["sh"] + name: name.lower() for name in ("Violation", "Warning", "Info")}


def validate(
    graph: Graph,
    shapes: Path | Sequence[Path] | None = None,
    *,
    language: str = "en",
    engine: str = "fast",
    syntax: str | None = None,
    changed_since: str | None = None,
) -> Report:
    """Validate a graph against the SHACL files at or below ``shapes`` (default: those of the package).

    ``engine`` is ``fast`` (set-wise queries on the embedded store; shapes that it does not support go to the
    reference), ``reference`` (pySHACL) or ``both``, which raises IncompleteError when the two differ. Messages come in
    ``language`` where the shape has it. What escapes a validation is a finding too, see ``gba_kg.vacuity``.
    ``syntax`` is that of shapes whose extension says none. Nothing is fetched: ``outside_references`` says what the
    shapes would fetch, and those with a violation of it are not run.

    With ``changed_since``, a git revision, the results are those of the full run for the focus nodes that a change of
    the files since then can affect, and ``checked`` counts the ``changed`` statements and the ``affected`` targets; all
    other rules run in full. Where anything may have changed (``changes``), everything is affected.
    """
    if changed_since is not None and engine != "fast":
        raise UsageError("--changed-since is of the fast engine alone")
    shape_graph = _load(shapes, syntax)
    facts, shape_facts = Facts(graph), Facts(shape_graph)
    outside = list(outside_references(shape_graph, shape_facts, language))
    refused = any(finding.severity == "violation" for finding in outside)
    counts = count_targets(graph, shape_graph)
    results: list[Result] = []
    limits: dict[str, int] = {}
    if changed_since is not None:
        results, limits = _of_changes(changed_since, graph, shape_graph, counts, refused=refused)
    elif not refused:
        results = run(engine, graph, shape_graph)
    terms = ResultTerms(facts, shape_facts)
    findings = outside + [_finding(result, facts, shape_facts, terms, language) for result in results]
    findings += vacuous(graph, facts, shape_graph, shape_facts, counts, language)
    checked = {
        "files": len(graph.files) + len(graph.vocabulary),
        "triples": len(graph),
        "shapes": len(counts),
        "targets": sum(counts.values()),
        **limits,
    }
    skipped = (NOT_RUN,) if refused else ()
    # Results that read the same are several, as SHACL counts them: of 4 and of "4", of each solution of a query.
    return Report(tuple(sorted(findings, key=Finding.order)), checked, skipped)


def _load(shapes: Path | Sequence[Path] | None, syntax: str | None) -> Graph:
    paths = [bundled("shapes")] if shapes is None else [shapes] if isinstance(shapes, Path) else shapes
    return load_files(paths, syntax)


def rules_of(shapes: Path | Sequence[Path] | None = None, syntax: str | None = None) -> tuple[set[str], list[str]]:
    """The ids of the rules of shapes files (default: those of the package), and the paths of the files.

    The rules are what SHACL is said of in them.
    """
    graph, ids = _load(shapes, syntax), set()
    for quad in graph.quads():
        said = (quad.predicate, quad.object)
        if isinstance(quad.subject, ox.NamedNode) and any(str(term).startswith(f"<{PREFIXES['sh']}") for term in said):
            ids.add(_local_name(quad.subject))
    return ids, [file.shown for file in graph.files]


def _of_changes(
    revision: str,
    graph: Graph,
    shapes: Graph,
    counts: Mapping[Node, int],
    *,
    refused: bool,
) -> tuple[list[Result], dict[str, int]]:
    """The results for what changed since a revision, and how many statements and targets that are."""
    changed = changed_since_revision(revision, graph, shapes)
    if refused:
        return [], {}
    if changed is None:
        return run("fast", graph, shapes), {"affected": sum(counts.values())}
    results, looked_at = run_changed(graph, shapes, changed)
    affected = sum(counts.get(node, 0) if some is None else len(some) for node, some in looked_at.items())
    return results, {"changed": len(changed), "affected": affected}


def _finding(result: Result, facts: Facts, shapes: Facts, known: ResultTerms, language: str) -> Finding:
    terms = known.of(result)
    source = result.source_constraint or result.source_shape
    path = result.path if isinstance(result.path, ox.NamedNode) else None
    file, line, column = (None, None, None)
    if not isinstance(result.focus, ox.Literal):
        subject, property_ = known.last_step(terms) or (result.focus, path)
        file, line, column = facts.place(subject, property_, result.value)
    return Finding(
        rule=_local_name(source),
        message=in_language(terms.messages, language)
        or component_message(shapes, result.component, result.source_shape, language),
        severity=_SEVERITIES.get(result.severity.value, "violation"),
        focus=_text(result.focus),
        path=str(result.path) if isinstance(result.path, str) else _text(result.path),
        value=_text(result.value),
        shape=_text(result.source_shape),
        component=result.component.value,
        file=file,
        line=line,
        column=column,
        shacl=terms,
    )


def _local_name(node: ox.NamedNode | ox.BlankNode) -> str:
    return node.value.rsplit("#", 1)[-1].rsplit("/", 1)[-1] if isinstance(node, ox.NamedNode) else UNNAMED


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str | None:
    if term is None:
        return None
    return str(term) if isinstance(term, (ox.BlankNode, ox.Triple)) else term.value
