"""Finds the numerals of the documents that neither a quoted passage nor a reviewed wording accounts for."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox

from gba_kg.documents import Documents, Passage
from gba_kg.findings import Finding
from gba_kg.numerals import NUMERAL
from gba_kg.rules import found

__all__ = ["uncovered"]


def uncovered(documents: Documents) -> Iterator[Finding]:
    """Numerals in no quotation and no reviewed wording, or in no section, and reviewed wordings that cover nothing.

    What is looked at are the sections that the graph knows (gba:Section with an extent), those out of scope apart;
    their headings are proved for themselves. The second kind of finding keeps the list of wordings short.
    """
    facts = documents.facts
    wordings = {facts.text(node, "gba:wording") or "": node for node in facts.instances("gba:ReviewedNumeral")}
    used: set[str] = set()
    sections = facts.instances("gba:Section")
    for section in sections:
        extent = documents.extent(section)
        if extent is not None and facts.text(section, "gba:outOfScope") != "true":
            yield from _section(documents, section, extent, [wording for wording in wordings if wording], used)
    yield from _between(documents, [extent for section in sections if (extent := documents.extent(section))])
    if sections:
        for wording, node in wordings.items():
            if wording not in used:
                yield documents.finding("evidence-wording", "idle", node, "gba:wording")


def _section(
    documents: Documents, section: ox.NamedNode, extent: Passage, wordings: list[str], used: set[str]
) -> Iterator[Finding]:
    text = documents.texts[extent.source]
    quoted = [
        (p.start, p.end) for p in documents.passages.values() if p.exact is not None and p.source == extent.source
    ]
    heading = documents.facts.text(section, "gba:heading") or ""
    quoted.append((extent.start, extent.start + len(heading)))
    reviewed = [
        (match.start() + extent.start, match.end() + extent.start, wording)
        for wording in wordings
        for match in re.finditer(re.escape(wording), text[extent.start : extent.end])
    ]
    for numeral in NUMERAL.finditer(text, extent.start, extent.end):
        start, end = numeral.span()
        by = [wording for first, last, wording in reviewed if first <= start and end <= last]
        if any(first <= start and end <= last for first, last in quoted):
            documents.prove("evidence-numeral", section.value, numeral[0])
        elif by:
            used.update(by)
            documents.prove("evidence-numeral", section.value, numeral[0])
        else:
            yield _finding(documents, extent.source, section.value, numeral, "uncovered")


def _between(documents: Documents, extents: list[Passage]) -> Iterator[Finding]:
    """Numerals that stand in no section of a document that has sections; a line of digits alone is a page number."""
    for source, text in documents.texts.items():
        spans = sorted((extent.start, extent.end) for extent in extents if extent.source == source)
        for numeral in NUMERAL.finditer(text) if spans else ():
            line = text[text.rfind("\n", 0, numeral.start()) + 1 :].split("\n", 1)[0]
            if line.strip() != numeral[0] and not any(a <= numeral.start() and numeral.end() <= b for a, b in spans):
                yield _finding(documents, source, source, numeral, "between")


def _finding(documents: Documents, source: str, focus: str, numeral: re.Match[str], fault: str) -> Finding:
    file = documents.facts.text(ox.NamedNode(source), "gba:fileName")
    return found(
        "evidence-numeral",
        documents.language,
        fault=fault,
        said={"words": numeral[0], "start": numeral.start(), "end": numeral.end()},
        at=(file, *_position(documents.texts[source], numeral.start())),
        focus=focus,
        value=numeral[0],
    )


def _position(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
