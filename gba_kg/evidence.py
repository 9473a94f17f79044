"""Proves from the documents what the graph says that they print.

Rules, each a ``rule`` of the findings:

- ``evidence-source``: the file is there, with the SHA-256 and length that the graph states
- ``evidence-span``: the span lies in the document and in its section
- ``evidence-quotation``: the quoted text is the text of the span
- ``evidence-heading``, ``evidence-title``, ``evidence-name``: they are printed so
- ``evidence-figure``: value, scale and bound follow from print
- ``evidence-date``: the date follows from print, near the figure
- ``evidence-numeral``: a numeral of a section that no quoted passage and no reviewed wording covers
- ``evidence-wording``: a reviewed wording that covers nothing
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox

from gba_kg.documents import Documents
from gba_kg.facts import Facts
from gba_kg.findings import Finding, Report
from gba_kg.graph import Graph
from gba_kg.namespaces import shrink
from gba_kg.numeral_cover import uncovered
from gba_kg.numerals import PrintedDate, read_dates, read_figures

__all__ = ["NEAR", "prove"]

NEAR = 400
"""How many characters may lie between a figure and the date that governs it."""

Fault = tuple[str, str, Mapping[str, object]]
"""The property that is at fault, which fault of the rule it is, and the details of its message."""


class NotStatedError(Exception):
    """The record does not state what the check is about, so there is nothing to prove."""


def prove(graph: Graph, sources: Path, language: str = "en", facts: Facts | None = None) -> Report:
    """Check all evidence of a graph against the documents of a folder; messages come in ``language``.

    ``proved`` of the report lists what was shown to hold, ``checked`` counts it by kind.
    """
    documents = Documents(facts or Facts(graph), sources, language)
    findings = [*documents.read(), *_records(documents), *uncovered(documents)]
    counts: dict[str, int] = {}
    for proof in documents.proved:
        kind = proof.rule.removeprefix("evidence-") + "s"
        counts[kind] = counts.get(kind, 0) + 1
    return Report.of(findings, counts, proved=documents.proved)


def _records(documents: Documents) -> Iterator[Finding]:
    for rule, class_, check in _CHECKS:
        for node in documents.facts.instances(class_):
            try:
                fault = check(documents, node)
            except NotStatedError:
                continue
            if fault is None:
                documents.prove(rule, node.value)
            else:
                property_, which, said = fault
                yield documents.finding(rule, which, node, property_, said)


def _heading(documents: Documents, node: ox.NamedNode) -> Fault | None:
    heading = documents.facts.text(node, "gba:heading")
    extent = documents.extent(node)
    if extent is None:
        return "gba:extent", "extent", {}
    if heading is None:
        raise NotStatedError
    text = documents.texts[extent.source][extent.start : extent.end]
    if _plain(text).startswith(_plain(heading)):
        return None
    return "gba:heading", "differs", {"words": text[:20]}


def _title(documents: Documents, node: ox.NamedNode) -> Fault | None:
    titles = {_plain(title) for title in documents.facts.texts(node, "dcterms:title")}
    if titles & {_plain(exact) for exact in documents.quotations(node)}:
        return None
    return "dcterms:title", "unquoted", {}


def _name(documents: Documents, node: ox.NamedNode) -> Fault | None:
    facts = documents.facts
    actor = facts.node(node, "gba:actor")
    labels = ("skos:prefLabel", "skos:altLabel")
    names = {_plain(name) for property_ in labels for name in facts.texts(actor, property_)}
    printed = documents.quotations(node)
    if any(_plain(name) in names for name in printed):
        return None
    said = {"words": " / ".join(printed), "actor": shrink(actor.value) if actor else "gba:Actor"}
    return "gba:evidence", "other" if printed else "unquoted", said


def _date(documents: Documents, node: ox.NamedNode) -> Fault | None:
    stated = documents.facts.text(node, "gba:date")
    if stated is None:
        raise NotStatedError
    printed = [date for exact in documents.quotations(node) for date in read_dates(exact)]
    return _same_date(documents, node, "gba:date", stated, printed)


def _as_of(documents: Documents, node: ox.NamedNode) -> Fault | None:
    facts = documents.facts
    stated = facts.text(node, "gba:asOf")
    if stated is None:
        raise NotStatedError
    source = facts.node(node, "gba:asOfEvidence")
    governing = documents.passages.get(source) if source else None
    if governing is None or governing.exact is None:
        return "gba:asOf", "unquoted", {}
    figures = [documents.passages.get(passage) for passage in facts.nodes(node, "gba:evidence")]
    if not any(f and f.section == governing.section and abs(f.start - governing.start) <= NEAR for f in figures):
        return "gba:asOfEvidence", "far", {"near": NEAR}
    return _same_date(documents, node, "gba:asOf", stated, list(read_dates(governing.exact)))


def _same_date(
    documents: Documents, node: ox.NamedNode, property_: str, stated: str, printed: list[PrintedDate]
) -> Fault | None:
    date = next((date for date in printed if date.lexical == stated), None)
    if date is None:
        found = ", ".join(date.lexical for date in printed)
        return property_, "differs" if printed else "none", {"found": found, "stated": stated}
    for name, day in ((f"{property_}Start", date.first_day), (f"{property_}End", date.last_day)):
        if documents.facts.text(node, name) != day:
            return name, "interval", {"stated": stated, "day": day}
    return None


def _figure(documents: Documents, node: ox.NamedNode) -> Fault | None:
    facts = documents.facts
    verbatim = facts.text(node, "gba:verbatim") or ""
    if verbatim not in documents.quotations(node):
        return "gba:verbatim", "unquoted", {}
    figures = read_figures(verbatim)
    if len(figures) != 1:
        return "gba:verbatim", "several", {"count": len(figures)}
    figure = figures[0]
    limits = [text for name in ("gba:minValue", "gba:maxValue") for text in facts.texts(node, name)]
    stated = [Decimal(text) for text in (*facts.texts(node, "gba:value"), *limits)]
    if [figure.low, figure.high][: len(stated)] != stated or (figure.low != figure.high) != bool(limits):
        fault = "value" if figure.low == figure.high else "range"
        said = {"found": f"{figure.low:f}", "low": f"{figure.low:f}", "high": f"{figure.high:f}"}
        return "gba:minValue" if limits else "gba:value", fault, said
    bound = facts.node(node, "gba:bound")
    if bound is None or facts.text(bound, "skos:notation") != figure.bound:
        return "gba:bound", "bound", {"found": figure.bound}
    return None


def _plain(text: str) -> str:
    """A printed text without white space and title marks."""
    return re.sub(r"[\s《》]+", "", text)


_CHECKS: tuple[tuple[str, str, Callable[[Documents, ox.NamedNode], Fault | None]], ...] = (
    ("evidence-heading", "gba:Section", _heading),
    ("evidence-title", "gba:Case", _title),
    ("evidence-title", "gba:Instrument", _title),
    ("evidence-date", "gba:Instrument", _date),
    ("evidence-date", "gba:Milestone", _date),
    ("evidence-date", "gba:Outcome", _as_of),
    ("evidence-figure", "gba:Outcome", _figure),
    ("evidence-name", "gba:Participation", _name),
)
