"""Proves from the documents that each passage holds what the graph says it holds, and finds numerals nobody accounts for.

Rules, each a ``rule`` of the findings: ``evidence-source`` (file, SHA-256, length), ``evidence-span`` (the span lies in
the document and in its section), ``evidence-exact`` (the quoted text is the text of the span), ``evidence-heading``,
``evidence-title``, ``evidence-name``, ``evidence-figure`` (value, scale and bound follow from print),
``evidence-date`` (the date follows from print, near the figure), ``evidence-numeral`` (a numeral of a section that no
quoted passage and no reviewed wording covers), ``evidence-wording`` (a reviewed wording that covers nothing).
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox

from gba_kg.errors import IncompleteError
from gba_kg.facts import Facts, iri
from gba_kg.files import read_text
from gba_kg.findings import Finding, Report
from gba_kg.graph import Graph
from gba_kg.namespaces import shrink
from gba_kg.numerals import NUMERAL, PrintedDate, read_dates, read_figures
from gba_kg.resources import bundled_root

__all__ = ["NEAR", "prove", "sources_folder"]

NEAR = 400
"""How many characters may lie between a figure and the date that governs it."""


def sources_folder(given: Path | None = None) -> Path:
    """The folder of the documents: given, or ``GBA_KG_SOURCES``, or ``shared/sources`` beside the checkout.

    Raises IncompleteError when it is not there: the documents are not part of the project.
    """
    named = given or (Path(os.environ["GBA_KG_SOURCES"]) if os.environ.get("GBA_KG_SOURCES") else None)
    folder = named or bundled_root().parent / "shared" / "sources"
    if not folder.is_dir():
        raise IncompleteError(f"no source documents at '{folder if named else '../shared/sources'}': name their folder with --sources or GBA_KG_SOURCES")
    return folder


def prove(graph: Graph, sources: Path) -> Report:
    """Check all evidence of a graph against the documents of a folder.

    The counts of the report say how many sources, spans, quotations, titles, names, figures and dates were proved.
    """
    proof = _Proof(Facts(graph), sources)
    findings = list(proof.run())
    return Report.of(findings, **proof.counts)


@dataclass(frozen=True)
class _Passage:
    source: str
    start: int
    end: int
    exact: str | None
    section: ox.NamedNode | None


@dataclass
class _Proof:
    facts: Facts
    folder: Path
    texts: dict[str, str] = field(default_factory=dict)
    passages: dict[ox.NamedNode, _Passage] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def run(self) -> Iterator[Finding]:
        yield from self._sources()
        yield from self._spans()
        for rule, class_, check in (
            ("evidence-heading", "gba:Section", self._heading),
            ("evidence-title", "gba:Case", self._title),
            ("evidence-title", "gba:Instrument", self._title),
            ("evidence-date", "gba:Instrument", self._date),
            ("evidence-date", "gba:Milestone", self._date),
            ("evidence-date", "gba:Outcome", self._as_of),
            ("evidence-figure", "gba:Outcome", self._figure),
            ("evidence-name", "gba:Participation", self._name),
        ):
            yield from self._each(rule, class_, check)
        yield from self._numerals()

    def _each(self, rule: str, class_: str, check: Callable[[ox.NamedNode], tuple[str, str] | None]) -> Iterator[Finding]:
        """Run a check over the instances of a class; it returns the property and the fault, or None, or raises _Absent."""
        for node in self.facts.instances(class_):
            try:
                fault = check(node)
            except _Absent:
                continue
            if fault is None:
                self._count(rule)
            else:
                yield self._finding(rule, fault[1], node, fault[0])

    def _count(self, rule: str) -> None:
        name = rule.removeprefix("evidence-") + "s"
        self.counts[name] = self.counts.get(name, 0) + 1

    def _finding(self, rule: str, message: str, node: ox.NamedNode, property_: str | None = None) -> Finding:
        path = iri(property_) if property_ else None
        file, line, column = self.facts.place(node, path)
        return Finding(rule, message, focus=node.value, path=path and path.value, value=self.facts.text(node, property_) if property_ else None, file=file, line=line, column=column)

    def _sources(self) -> Iterator[Finding]:
        for node in self.facts.instances("gba:Source"):
            name = self.facts.text(node, "gba:fileName") or ""
            path = self.folder / name
            if not path.is_file():
                yield self._finding("evidence-source", f"the document '{name}' is not in the folder of the sources", node, "gba:fileName")
                continue
            text = read_text(path)
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            if digest != self.facts.text(node, "gba:sha256"):
                yield self._finding("evidence-source", f"the SHA-256 of the document is {digest}", node, "gba:sha256")
            elif str(len(text)) != self.facts.text(node, "gba:characters"):
                yield self._finding("evidence-source", f"the document has {len(text)} characters", node, "gba:characters")
            else:
                self._count("evidence-source")
            self.texts[node.value] = text

    def _spans(self) -> Iterator[Finding]:
        for node in self.facts.instances("gba:Passage"):
            selector = self.facts.node(node, "oa:hasSelector")
            source = self.facts.node(node, "oa:hasSource")
            text = self.texts.get(source.value if source else "")
            start, end = (self.facts.text(selector, name) for name in ("oa:start", "oa:end"))
            if selector is None or source is None or text is None or start is None or end is None:
                yield self._finding("evidence-span", "the passage has no readable document or no span", node)
                continue
            exact = self.facts.text(selector, "oa:exact")
            passage = _Passage(source.value, int(start), int(end), exact, self.facts.node(node, "gba:section"))
            if not 0 <= passage.start < passage.end <= len(text):
                yield self._finding("evidence-span", f"the document has no span {start} to {end}", selector, "oa:start")
                continue
            self.passages[node] = passage
            if exact is not None:
                printed = text[passage.start : passage.end]
                if printed != exact:
                    yield self._finding("evidence-exact", f"the span reads {printed!r}", selector, "oa:exact")
                else:
                    self._count("evidence-exact")
        for node, passage in self.passages.items():
            extent = self.passages.get(self.facts.node(passage.section, "gba:extent") or node)
            if extent and not (extent.source == passage.source and extent.start <= passage.start and passage.end <= extent.end):
                yield self._finding("evidence-span", f"the span lies outside {shrink(passage.section.value if passage.section else '')}", node, "gba:section")
            else:
                self._count("evidence-span")

    def _heading(self, node: ox.NamedNode) -> tuple[str, str] | None:
        heading = self.facts.text(node, "gba:heading")
        extent = self.passages.get(self.facts.node(node, "gba:extent") or node)
        if extent is None:
            return "gba:extent", "the section has no extent in the document"
        if heading is None:
            raise _Absent
        text = self.texts[extent.source][extent.start : extent.end]
        return None if _plain(text).startswith(_plain(heading)) else ("gba:heading", f"the section begins with {text[:20]!r}")

    def _title(self, node: ox.NamedNode) -> tuple[str, str] | None:
        titles = {_plain(title) for title in self.facts.texts(node, "dcterms:title")}
        if titles & {_plain(exact) for exact in self._quotations(node)}:
            return None
        return "dcterms:title", "no passage of the record quotes its title"

    def _name(self, node: ox.NamedNode) -> tuple[str, str] | None:
        actor = self.facts.node(node, "gba:actor")
        names = {_plain(name) for property_ in ("skos:prefLabel", "skos:altLabel") for name in self.facts.texts(actor, property_)}
        printed = self._quotations(node)
        if any(_plain(name) in names for name in printed):
            return None
        return "gba:evidence", f"the passage reads {' / '.join(printed) or 'nothing'}, which is no name of {shrink(actor.value) if actor else 'an actor'}"

    def _date(self, node: ox.NamedNode) -> tuple[str, str] | None:
        stated = self.facts.text(node, "gba:date")
        if stated is None:
            raise _Absent
        printed = [date for exact in self._quotations(node) for date in read_dates(exact)]
        return self._same_date(node, "gba:date", stated, printed, ("gba:dateStart", "gba:dateEnd"))

    def _as_of(self, node: ox.NamedNode) -> tuple[str, str] | None:
        stated = self.facts.text(node, "gba:asOf")
        if stated is None:
            raise _Absent
        governing = self.passages.get(self.facts.node(node, "gba:asOfEvidence") or node)
        figures = [self.passages[passage] for passage in self.facts.nodes(node, "gba:evidence") if passage in self.passages]
        if governing is None or governing.exact is None:
            return "gba:asOf", "no passage quotes the date at which the figure holds"
        if not any(f.section == governing.section and abs(f.start - governing.start) <= NEAR for f in figures):
            return "gba:asOfEvidence", f"the date stands more than {NEAR} characters from the figure, or in another section"
        return self._same_date(node, "gba:asOf", stated, list(read_dates(governing.exact)), ("gba:asOfStart", "gba:asOfEnd"))

    def _same_date(self, node: ox.NamedNode, property_: str, stated: str, printed: list[PrintedDate], interval: tuple[str, str]) -> tuple[str, str] | None:
        date = next((date for date in printed if date.lexical == stated), None)
        if date is None:
            return property_, f"the print gives {', '.join(date.lexical for date in printed) or 'no date'}, not {stated}"
        for name, day in zip(interval, (date.first_day, date.last_day), strict=True):
            if self.facts.text(node, name) != day:
                return name, f"{stated} makes this {day}"
        return None

    def _figure(self, node: ox.NamedNode) -> tuple[str, str] | None:
        verbatim = self.facts.text(node, "gba:verbatim") or ""
        if verbatim not in self._quotations(node):
            return "gba:verbatim", "no passage of the outcome quotes this figure"
        bound = self.facts.node(node, "gba:bound")
        stated = [Decimal(text) for name in ("gba:value", "gba:minValue", "gba:maxValue") for text in self.facts.texts(node, name)]
        figures = read_figures(verbatim)
        if len(figures) != 1:
            return "gba:verbatim", f"the text holds {len(figures)} figures where one was expected"
        figure = figures[0]
        if {figure.low, figure.high} != set(stated):
            return "gba:value" if self.facts.text(node, "gba:value") else "gba:minValue", f"the print gives {_span(figure.low, figure.high)}"
        if bound is None or bound.value.rsplit("/", 1)[-1] != figure.bound:
            return "gba:bound", f"the print says {figure.bound}"
        return None

    def _numerals(self) -> Iterator[Finding]:
        wordings = {self.facts.text(node, "gba:wording") or "": node for node in self.facts.instances("gba:ReviewedNumeral")}
        used: set[str] = set()
        sections = self.facts.instances("gba:Section")
        for section in sections:
            extent = self.passages.get(self.facts.node(section, "gba:extent") or section)
            if extent is not None:
                yield from self._section_numerals(section, extent, wordings, used)
        if sections:
            for wording, node in wordings.items():
                if wording not in used:
                    yield self._finding("evidence-wording", "this reviewed wording covers no numeral that is not covered otherwise", node, "gba:wording")

    def _section_numerals(self, section: ox.NamedNode, extent: _Passage, wordings: dict[str, ox.NamedNode], used: set[str]) -> Iterator[Finding]:
        text = self.texts[extent.source]
        covered = [(p.start, p.end) for p in self.passages.values() if p.exact is not None and p.source == extent.source]
        covered.append((extent.start, extent.start + len(self.facts.text(section, "gba:heading") or "")))
        reviewed = [(found.start(), found.end(), wording) for wording in wordings if wording for found in re.finditer(re.escape(wording), text[: extent.end])]
        file = next((self.facts.text(source, "gba:fileName") for source in self.facts.instances("gba:Source") if source.value == extent.source), None)
        for numeral in NUMERAL.finditer(text, extent.start, extent.end):
            if any(start <= numeral.start() and numeral.end() <= end for start, end in covered):
                self._count("evidence-numeral")
                continue
            by = [wording for start, end, wording in reviewed if start <= numeral.start() and numeral.end() <= end]
            used.update(by)
            if by:
                self._count("evidence-numeral")
                continue
            line = text.count("\n", 0, numeral.start()) + 1
            column = numeral.start() - text.rfind("\n", 0, numeral.start())
            yield Finding("evidence-numeral", f"the numeral {numeral[0]!r} at {numeral.start()} to {numeral.end()} is in no quoted passage and in no reviewed wording", focus=section.value, value=numeral[0], file=file, line=line, column=column)

    def _quotations(self, node: ox.NamedNode) -> list[str]:
        found = (self.passages.get(passage) for passage in self.facts.nodes(node, "gba:evidence"))
        return [passage.exact for passage in found if passage and passage.exact is not None]


class _Absent(Exception):
    """The record does not state what the check is about."""


def _plain(text: str) -> str:
    """A printed text without white space and title marks."""
    return re.sub(r"[\s《》]+", "", text)


def _span(low: Decimal, high: Decimal) -> str:
    return f"{low:f}" if low == high else f"{low:f} to {high:f}"
