"""Findings as a table of Markdown, for the summary of a job or a comment on a change."""

from __future__ import annotations

import re

from gba_kg.findings import Finding, Report
from gba_kg.namespaces import shrink
from gba_kg.results import visible

__all__ = ["render"]

LIMIT = 900_000
"""Bytes of the longest report: GitHub takes a summary of 1 MiB from a step."""

_HEAD = "| severity | place | rule | message | node |\n|---|---|---|---|---|\n"
_MARKS = re.compile(r"[\\`*_{}\[\]<>()#+\-.!|~&@]")


def render(report: Report) -> str:
    """A sentence with the counts, then a row for each finding as far as ``LIMIT`` allows."""
    counts = ", ".join(f"{count} {name}" for name, count in report.checked.items())
    total = len(report.findings)
    said = "No findings" if not total else "1 finding" if total == 1 else f"{total} findings"
    lines = [f"**{said}.** Checked: {counts}.\n"]
    lines += [f"\nSkipped: {_escaped(reason)}\n" for reason in report.skipped]
    if total:
        lines.append(f"\n{_HEAD}")
    size = 0
    for number, finding in enumerate(report.findings):
        row = _row(finding)
        size += len(row.encode())
        if size > LIMIT:
            lines.append(f"\n{total - number} more findings are left out here.\n")
            break
        lines.append(row)
    return "".join(lines)


def _row(finding: Finding) -> str:
    place = ":".join(str(part) for part in (finding.file, finding.line, finding.column) if part is not None)
    cells = (finding.severity, place, finding.rule, finding.message, shrink(finding.focus or ""))
    return "| " + " | ".join(_escaped(cell) for cell in cells) + " |\n"


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\g<0>", visible(text)) if not text.isalnum() else text
