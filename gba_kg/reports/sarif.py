"""SARIF 2.1.0 (OASIS), within the limits that GitHub sets to an upload."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from gba_kg import __version__
from gba_kg.findings import Finding, Report
from gba_kg.fingerprints import fingerprints
from gba_kg.rules import RULES

__all__ = ["LIMIT", "render"]

LIMIT = 25_000
"""Results in a run that GitHub takes (code scanning, SARIF support); a longer report is cut and says so."""

_LEVELS = {"violation": "error", "warning": "warning", "info": "note"}


def render(report: Report) -> str:
    """One run: its rules, its results with fingerprints that survive line shifts, and what was left out."""
    kept = report.findings[:LIMIT]
    rules = {finding.rule: finding for finding in reversed(kept)}
    order = {rule: number for number, rule in enumerate(sorted(rules))}
    left_out = len(report.findings) - len(kept)
    said = [*report.skipped, *([f"{left_out} more findings are left out"] if left_out else [])]
    run: dict[str, Any] = {
        "tool": {"driver": {"name": "gba-kg", "version": __version__, "rules": [_rule(rules[id_]) for id_ in order]}},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not said,
                "toolExecutionNotifications": [{"level": "warning", "message": {"text": words}} for words in said],
            }
        ],
        "results": [
            _result(finding, order[finding.rule], name) for finding, name in zip(kept, fingerprints(kept), strict=True)
        ],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(finding: Finding) -> dict[str, Any]:
    # A rule that is no shape says what is right; the message of a shape does so itself.
    right = RULES[finding.rule].right[0] if finding.rule in RULES else finding.message
    return {
        "id": finding.rule,
        "shortDescription": {"text": right},
        "fullDescription": {"text": right},
        "help": {"text": f"{right} Shape: {finding.shape or 'none'}."},
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
    }


def _result(finding: Finding, index: int, fingerprint: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "partialFingerprints": {"finding/v1": fingerprint},
    }
    if finding.file is not None:
        place: dict[str, Any] = {"artifactLocation": {"uri": _uri(finding.file)}}
        if finding.line is not None:
            place["region"] = {"startLine": finding.line, "startColumn": finding.column or 1}
        result["locations"] = [{"physicalLocation": place}]
    return result


def _uri(file: str) -> str:
    return ("file://" if file.startswith("/") else "") + quote(file)
