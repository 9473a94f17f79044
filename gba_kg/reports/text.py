"""Findings for a terminal: by file, each with a line that tools can match and the place in the file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from gba_kg.findings import Finding, Report
from gba_kg.namespaces import shrink
from gba_kg.reports.context import Context
from gba_kg.reports.excerpt import excerpt, without_commands
from gba_kg.reports.words import counted, counts, word
from gba_kg.results import visible

__all__ = ["render"]

_COLOURS = {"violation": "31", "warning": "33", "info": "36"}
_BOLD, _FAINT, _CARET = "1", "2", "1;32"


def render(report: Report, context: Context) -> str:
    """``file:line:column: severity: message [rule]`` for each finding, and below it what and where that is.

    The severity is in English in every language: tools match it.
    """
    lines = [visible(note) for note in context.notes]
    for file, findings in groupby(report.findings, key=lambda finding: finding.file):
        own = list(findings)
        lines += [_painted(f"{visible(file or '-')} ({len(own)})", _BOLD, context)]
        for finding in own:
            lines += _lines(finding, context)
        lines.append("")
    lines += [f"{word('skipped', context.language)}: {visible(reason)}" for reason in report.skipped]
    lines.append(f"{word(context.proved, context.language)}: {counts(report.checked, context.language)}")
    lines.append(counted(len(report.findings), context.language))
    return without_commands("\n".join(lines) + "\n")


def _lines(finding: Finding, context: Context) -> Iterator[str]:
    severity = _painted(finding.severity, _COLOURS[finding.severity], context)
    yield f"{visible(finding.place or '-')}: {severity}: {visible(finding.message)} [{visible(finding.rule)}]"
    if finding.focus is not None:
        yield _detail("node", visible(context.node(finding)), context)
    if finding.shacl is not None:
        name, place = shrink(finding.shacl.source), finding.shacl.source_place
        yield _detail("shape", visible(f"{name} ({place})" if place else name), context)
    line = context.line(finding)
    if line is not None:
        piece = excerpt(line, finding.column)
        number = f"  {finding.line} | "
        yield _painted(number, _FAINT, context) + piece.text
        yield (
            " " * (len(number) - 2)
            + _painted("| ", _FAINT, context)
            + " " * piece.indent
            + _painted("^", _CARET, context)
        )


def _detail(name: str, text: str, context: Context) -> str:
    return f"  {word(name, context.language)}: {text}"


def _painted(text: str, colour: str, context: Context) -> str:
    return f"\033[{colour}m{text}\033[0m" if context.colour else text
