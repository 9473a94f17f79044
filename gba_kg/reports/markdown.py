"""Findings as a table of Markdown, for the summary of a job or a comment on a change."""

from __future__ import annotations

import re

from gba_kg.findings import Finding, Report
from gba_kg.reports.context import Context
from gba_kg.reports.words import counted, counts, word
from gba_kg.results import visible

__all__ = ["render"]

LIMIT = 900_000
"""Bytes of the longest report: GitHub takes a summary of 1 MiB from a step."""

_COLUMNS = ("severity", "place", "rule", "message", "node")
_MARKS = re.compile(r"[\\`*_{}\[\]<>()#+\-.!|~&@]")


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
    cells = (severity, finding.place, finding.rule, finding.message, context.node(finding))
    return "| " + " | ".join(_escaped(cell) for cell in cells) + " |\n"


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\g<0>", visible(text)) if not text.isalnum() else text
