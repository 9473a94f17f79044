"""Commands of a GitHub workflow: each finding becomes an annotation of its file."""

from __future__ import annotations

from gba_kg.findings import Finding, Report
from gba_kg.reports.context import Context

__all__ = ["render"]

_COMMANDS = {"violation": "error", "warning": "warning", "info": "notice"}
# GitHub Actions, workflow commands: what ends a command or a property of it is percent-encoded.
_OF_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_OF_PROPERTIES = {**_OF_DATA, ":": "%3A", ",": "%2C"}


def render(report: Report, _: Context) -> str:
    """One line for each finding."""
    return "".join(f"{_command(finding)}\n" for finding in report.findings)


def _command(finding: Finding) -> str:
    properties = {"file": finding.file, "line": finding.line, "col": finding.column, "title": finding.rule}
    given = ",".join(
        f"{name}={_escaped(str(value), _OF_PROPERTIES)}" for name, value in properties.items() if value is not None
    )
    return f"::{_COMMANDS[finding.severity]} {given}::{_escaped(finding.message, _OF_DATA)}"


def _escaped(text: str, marks: dict[str, str]) -> str:
    return "".join(marks.get(character, character) for character in text)
