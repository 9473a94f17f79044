"""Findings as a table for a terminal: one row for each."""

from __future__ import annotations

from gba_kg.findings import Report
from gba_kg.reports.context import Context
from gba_kg.reports.excerpt import without_commands
from gba_kg.reports.words import counted, counts, word
from gba_kg.results import table, visible

__all__ = ["render"]

_COLUMNS = ("severity", "place", "rule", "message", "node")


def render(report: Report, context: Context) -> str:
    """The table, if there is anything to list, and the counts."""
    language = context.language
    rows = [
        [
            visible(cell)
            for cell in (
                word(finding.severity, language),
                finding.place,
                finding.rule,
                finding.message,
                context.node(finding),
            )
        ]
        for finding in report.findings
    ]
    lines = [table([word(name, language) for name in _COLUMNS], rows)] if rows else []
    lines += [f"{word('skipped', language)}: {visible(reason)}\n" for reason in report.skipped]
    lines.append(f"{word(context.proved, language)}: {counts(report.checked, language)}\n")
    return without_commands("".join(lines) + f"{counted(len(rows), language)}\n")
