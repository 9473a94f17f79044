"""How files are written: the one format, and the one table of prefixes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox

from gba_kg.files import RdfFile, read_rdf, read_whole
from gba_kg.findings import Finding
from gba_kg.formatter import formatted
from gba_kg.namespaces import PREFIXES
from gba_kg.rules import found

__all__ = ["formatting", "misformatted", "prefixes"]

_PREFIX = re.compile(r"^\s*(?:@prefix|PREFIX)\s+([^:\s]*):\s*<([^>]*)>", re.MULTILINE | re.IGNORECASE)


def formatting(known: Mapping[RdfFile, Sequence[ox.Quad]], language: str = "en") -> Iterator[Finding]:
    """Rule ``format``: Turtle files, here with their statements, that ``gba-kg fmt`` would change."""
    files = [file for file in known if file.syntax.name == "turtle"]
    for file, wanted in zip(files, formatted(files, known), strict=True):
        yield from misformatted(file, wanted, language)


def misformatted(file: RdfFile, wanted: str, language: str = "en") -> Iterator[Finding]:
    """One finding, at the first line that differs, where a file is not written as it is wanted."""
    text = read_whole(file)
    if text != wanted:
        pairs = zip(text.split("\n"), wanted.split("\n"), strict=False)
        line = next((number for number, (has, wants) in enumerate(pairs, 1) if has != wants), text.count("\n") + 1)
        yield found("format", language, at=(file.shown, line, 1))


def prefixes(files: Iterable[RdfFile], language: str = "en") -> Iterator[Finding]:
    """Rules ``prefix`` and ``prefix-unknown``: declarations that differ from the table of the project."""
    for file in files:
        text = read_rdf(file)
        for match in _PREFIX.finditer(text):
            expected = PREFIXES.get(match[1])
            if expected != match[2]:
                start = match.start(1)
                yield found(
                    "prefix" if expected else "prefix-unknown",
                    language,
                    at=(file.shown, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)),
                    said={"name": match[1], "expected": f"<{expected}>"},
                    value=match[2],
                )
