"""Findings as a table of Markdown, for the summary of a job or a comment on a change."""

from __future__ import annotations

import re

from gba_kg.findings import Finding, Report
from gba_kg.namespaces import shrink
from gba_kg.reports.context import Context
from gba_kg.reports.words import counted, counts, word
from gba_kg.results import visible

__all__ = ["render"]

LIMIT = 900_000
"""Bytes of the longest report: GitHub takes a summary of 1 MiB from a step."""

_COLUMNS = ("severity", "place", "rule", "message", "node")
_MARKS = re.compile(
    # What a forge looks for in text when the Markdown is done: people, issues, emoji such as the ``:100:`` of line 100.
    r"(?P<call>[@#](?=\w)|:(?=[\w+-]+:))"
    r"|(?P<mark>[\\`*_\[\]<>|~&@#$:]|(?<=www)\.)",
    re.IGNORECASE,
)
_NO_CODE = re.compile(r"[\\`|]|^\s|\s$")


def render(report: Report, context: Context) -> str:
    """A sentence with the counts, then a row for each finding as far as ``LIMIT`` allows."""
    language, total = context.language, len(report.findings)
    said = counted(total, language).capitalize()
    done = word(context.proved, language).capitalize()
    stop, colon = (".", ": ") if language == "en" else ("。", "：")
    lines = [f"**{said}{stop}** {done}{colon}{counts(report.checked, language)}{stop}\n"]
    lines += [f"\n{word('skipped', language).capitalize()}{colon}{_escaped(reason)}\n" for reason in report.skipped]
    if total:
        names = " | ".join(word(name, language) for name in _COLUMNS)
        lines.append(f"\n| {names} |\n|{'---|' * len(_COLUMNS)}\n")
    size = 0
    for number, finding in enumerate(report.findings):
        row = _row(finding, context)
        size += len(row.encode())
        if size > LIMIT:
            lines.append(f"\n{word('left out', language, count=total - number)}{stop}\n")
            break
        lines.append(row)
    return "".join(lines)


def _row(finding: Finding, context: Context) -> str:
    severity = word(finding.severity, context.language)
    node, label = _code(shrink(finding.focus or "")), context.label(finding.focus)
    named = f"{node} ({_escaped(label.value)})" if label is not None else node
    cells = (severity, _code(finding.place), _code(finding.rule), _escaped(finding.message), named)
    return "| " + " | ".join(cells) + " |\n"


def _code(text: str) -> str:
    """A name as code, of which a forge makes no link; one with marks that end code, or a cell, as text."""
    shown = visible(text)
    return f"`{shown}`" if shown and not _NO_CODE.search(shown) else _escaped(text)


def _escaped(text: str) -> str:
    return _MARKS.sub(lambda mark: f"\\{mark[0]}{'<!-- -->' if mark['call'] else ''}", visible(text))
