"""What a report needs beside its findings: the language, the labels of the graph, the lines of the files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from gba_kg.errors import InputError
from gba_kg.files import STDIN, read_rdf, read_text
from gba_kg.findings import Finding
from gba_kg.namespaces import PREFIXES, shrink

if TYPE_CHECKING:
    from gba_kg.graph import Graph

__all__ = ["Context"]

_NAMES = (PREFIXES["skos"] + "prefLabel", PREFIXES["dcterms"] + "title", PREFIXES["rdfs"] + "label")
_LONGEST = 200
# The ends of lines as ``locate`` counts them.
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Context:
    """How a report is written: ``colour`` and ``notes`` (lines that come first) are for text alone.

    ``graph`` is what was looked at: without it there are no labels, and no lines of standard input. ``proved`` is the
    word for what was done with what is counted.
    """

    language: str = "en"
    graph: Graph | None = None
    colour: bool = False
    proved: str = "checked"
    notes: Sequence[str] = ()
    _lines: dict[str, list[str]] = field(default_factory=dict, repr=False, compare=False)

    def label(self, iri: str | None) -> ox.Literal | None:
        """The label of a node in the language, or in English, or in any; a text that is no label is cut."""
        if self.graph is None or iri is None:
            return None
        try:
            node = ox.NamedNode(iri)
        except ValueError:
            return None
        for name in _NAMES:
            quads = self.graph.store.quads_for_pattern(node, ox.NamedNode(name), None)
            said = sorted((quad.object for quad in quads if isinstance(quad.object, ox.Literal)), key=str)
            found = {(label.language or "").lower(): label for label in reversed(said)}
            if found:
                wanted = (self.language.lower(), "en", "", min(found))
                return _short(next(found[tag] for tag in wanted if tag in found))
        return None

    def node(self, finding: Finding) -> str:
        """The node that a finding is about as a reader sees it: its CURIE, and its label if it has one."""
        label = self.label(finding.focus)
        name = shrink(finding.focus or "")
        return f"{name} ({label.value})" if label is not None else name

    def line(self, finding: Finding) -> str | None:
        """The line of the file that a finding points at; None where it cannot be read, or is no longer there.

        Findings come by file: of the files, which may be large, one is kept at a time.
        """
        if finding.file is None or finding.line is None:
            return None
        if finding.file not in self._lines:
            self._lines.clear()
            self._lines[finding.file] = _LINE_END.split(self._text(finding.file))
        lines = self._lines[finding.file]
        return lines[finding.line - 1] if 0 < finding.line <= len(lines) else None

    def _text(self, file: str) -> str:
        for known in (*self.graph.files, *self.graph.vocabulary) if self.graph is not None else ():
            if known.path == STDIN and known.shown == file:
                return read_rdf(known)
        try:
            # A pipe could wait for a writer for ever.
            return read_text(Path(file)).removeprefix("\ufeff") if Path(file).is_file() else ""
        except (InputError, OSError, ValueError):
            return ""


def _short(label: ox.Literal) -> ox.Literal:
    if len(label.value) <= _LONGEST:
        return label
    return ox.Literal(f"{label.value[:_LONGEST]}…", language=label.language)
