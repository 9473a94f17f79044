"""Finds the numerals of the documents that neither a quoted passage nor a reviewed wording accounts for."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox

from gba_kg.documents import Documents, Passage
from gba_kg.findings import Finding
from gba_kg.numerals import NUMERAL

__all__ = ["uncovered"]


def uncovered(documents: Documents) -> Iterator[Finding]:
    """Numerals in no quotation and no reviewed wording, and reviewed wordings that cover nothing.

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
    if sections:
        for wording, node in wordings.items():
            if wording not in used:
                message = "this reviewed wording covers no numeral that is not covered otherwise"
                yield documents.finding("evidence-wording", message, node, "gba:wording")


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
        (found.start() + extent.start, found.end() + extent.start, wording)
        for wording in wordings
        for found in re.finditer(re.escape(wording), text[extent.start : extent.end])
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
            line, column = _position(text, start)
            file = documents.facts.text(ox.NamedNode(extent.source), "gba:fileName")
            message = f"the numeral {numeral[0]!r} at {start} to {end} is in no quoted passage and no reviewed wording"
            yield Finding(
                "evidence-numeral",
                message,
                focus=section.value,
                value=numeral[0],
                file=file,
                line=line,
                column=column,
            )


def _position(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
