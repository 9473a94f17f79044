"""All that can be said of a graph in one report: shapes, lint, checks, contradictions, evidence, answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from gba_kg.documents import sources_folder
from gba_kg.errors import IncompleteError
from gba_kg.evidence import prove
from gba_kg.facts import Facts
from gba_kg.findings import Finding, Report
from gba_kg.graph import Graph, load_files
from gba_kg.lint import lint
from gba_kg.reasoning.asking import check as contradictions
from gba_kg.resources import bundled
from gba_kg.results import Answer
from gba_kg.rules import found
from gba_kg.stored import StoredQuery, find_queries
from gba_kg.validation import validate

__all__ = ["answers", "check", "run_checks"]


def check(
    graph: Graph,
    *,
    bundled_data: bool,
    sources: Path | None = None,
    shapes: Path | None = None,
    language: str = "en",
    syntax: str | None = None,
) -> Report:
    """Run every check over a graph that has been loaded (so its syntax is right).

    The answers of stored queries are looked at for this project's own data alone, and so are some rules of ``lint``.
    Evidence is skipped, and the report says so, where the documents are not at hand.
    """
    facts = Facts(graph)
    shape_graph = load_files([shapes or bundled("shapes")], syntax)
    report = validate(graph, shapes, language=language, syntax=syntax)
    said = {(finding.focus, finding.path) for finding in report.findings}
    linted = lint(graph, shape_graph, bundled_data=bundled_data, facts=facts, language=language)
    # What a shape demands in every language is said by the shape.
    more = [f for f in linted.findings if f.rule != "translation-gap" or (f.focus, f.path) not in said]
    more += run_checks(graph, language=language, facts=facts)
    more += contradictions(graph, language, facts).findings
    report += Report.of(more)
    if bundled_data:
        report += Report.of(answers(graph, language), {"queries": len(list(bundled("queries").rglob("*.rq")))})
    try:
        folder = sources_folder(sources)
    except IncompleteError as error:
        return report + Report.of([], skipped=[f"evidence: {error}"])
    return report + prove(graph, folder, language, facts)


def run_checks(
    graph: Graph, folder: Path | None = None, *, language: str = "en", facts: Facts | None = None
) -> Iterator[Finding]:
    """The rows of the check queries, each of which is a fault; ``?focus``, ``?path`` and ``?value`` say where."""
    facts = facts or Facts(graph)
    for query in find_queries(folder or bundled("queries") / "checks"):
        answer = _answer(graph, query)
        for row in answer.rows:
            cells = dict(zip(answer.columns, row, strict=True))
            focus, path, value = cells.get("focus"), cells.get("path"), cells.get("value")
            if not isinstance(focus, ox.NamedNode):
                raise IncompleteError(f"check '{query.name}' returns no ?focus", str(query.path))
            file, line, column = facts.place(focus, path if isinstance(path, ox.NamedNode) else None, value)
            yield Finding(
                query.name,
                query.summary[language],
                focus=focus.value,
                path=path.value if isinstance(path, ox.NamedNode) else None,
                value=value.value if isinstance(value, (ox.NamedNode, ox.Literal)) else None,
                file=file,
                line=line,
                column=column,
            )


def answers(graph: Graph, language: str = "en") -> Iterator[Finding]:
    """Stored queries that answer nothing with the values that stand in their files, unless they are to be empty."""
    for query in find_queries():
        if bool(_answer(graph, query).rows) == query.empty:
            fault, said = "rows" if query.empty else "none", {"name": query.name}
            yield found("query-answer", language, fault=fault, said=said, at=(query.path.name, None, None))


def _answer(graph: Graph, query: StoredQuery) -> Answer:
    solutions = graph.select(query.text, str(query.path))
    if not isinstance(solutions, ox.QuerySolutions):
        raise IncompleteError("a stored query must be a SELECT", str(query.path))
    return Answer.of(solutions)
