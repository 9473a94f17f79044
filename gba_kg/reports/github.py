"""Commands of a GitHub workflow: each finding becomes an annotation of its file."""

from __future__ import annotations

from gba_kg.findings import Finding, Report
from gba_kg.reports.context import Context
from gba_kg.reports.words import word

__all__ = ["render"]

_COMMANDS = {"violation": "error", "warning": "warning", "info": "notice"}
# GitHub Actions, workflow commands: what ends a command or a property of it is percent-encoded.
_OF_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_OF_PROPERTIES = {**_OF_DATA, ":": "%3A", ",": "%2C"}


def render(report: Report, context: Context) -> str:
    """One line for each finding, and for what was skipped."""
    skipped = (_command("notice", reason, title=word("skipped", context.language)) for reason in report.skipped)
    return "".join(f"{line}\n" for line in (*map(_of_finding, report.findings), *skipped))


def _of_finding(finding: Finding) -> str:
    place = {"file": finding.file, "line": finding.line, "col": finding.column}
    return _command(_COMMANDS[finding.severity], finding.message, **place, title=finding.rule)


def _command(name: str, message: str, **properties: str | int | None) -> str:
    given = ",".join(
        f"{key}={_escaped(str(value), _OF_PROPERTIES)}" for key, value in properties.items() if value is not None
    )
    return f"::{name} {given}::{_escaped(message, _OF_DATA)}"


def _escaped(text: str, marks: dict[str, str]) -> str:
    return "".join(marks.get(character, character) for character in text)
