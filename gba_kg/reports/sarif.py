"""SARIF 2.1.0 (OASIS), within the limits that GitHub sets to an upload."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from gba_kg import __version__
from gba_kg.findings import Finding, Report
from gba_kg.fingerprints import fingerprints
from gba_kg.namespaces import shrink
from gba_kg.reports.context import Context
from gba_kg.reports.words import word
from gba_kg.results import visible
from gba_kg.rules import RULES
from gba_kg.shacl_results import in_language
from gba_kg.stored import LANGUAGES

__all__ = ["LIMIT", "SIZE", "render"]

LIMIT = 25_000
"""Results in a run that GitHub takes (code scanning, SARIF support); a longer report is cut and says so."""
SIZE = 10_000_000
"""Bytes of a compressed upload that GitHub takes."""

_LEVELS = {"violation": "error", "warning": "warning", "info": "note"}
_PROBLEMS = {"violation": "error", "warning": "warning", "info": "recommendation"}
_TAGS = {"en": "en", "zh-Hans": "zh-CN", "zh-Hant": "zh-HK"}
"""The schema wants a country after the language, never a script."""
_DESCRIPTION = 1024
"""Characters of a description of a rule that GitHub takes."""
_SNIPPET = 200
"""Code points of a line that a result quotes at most."""
_MARKS = re.compile(r"[\\`*_{}\[\]<>#|~]")


def render(report: Report, context: Context) -> str:
    """One run: its rules, its results with fingerprints that survive line shifts, and what was left out."""
    kept = report.findings[:LIMIT]
    text = _text(report, kept, context)
    while len(kept) > 1 and _too_large(text):
        kept = kept[: len(kept) // 2]
        text = _text(report, kept, context)
    return text


def _too_large(text: str) -> bool:
    import gzip

    whole = text.encode()
    return len(whole) > SIZE and len(gzip.compress(whole)) > SIZE


def _text(report: Report, kept: Sequence[Finding], context: Context) -> str:
    rules = {finding.rule: finding for finding in reversed(kept)}
    order = {rule: number for number, rule in enumerate(sorted(rules))}
    left_out = len(report.findings) - len(kept)
    said = [*report.skipped, *([word("left out", context.language, count=left_out)] if left_out else [])]
    driver = {
        "name": "gba-kg",
        "version": __version__,
        "semanticVersion": __version__,
        "language": _TAGS[context.language],
        "rules": [_rule(rules[id_], context.language) for id_ in order],
    }
    notes = [{"level": "warning", "message": {"text": words}} for words in said]
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "language": _TAGS[context.language],
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not said, "toolExecutionNotifications": notes}],
        "results": [
            _result(finding, order[finding.rule], name, context)
            for finding, name in zip(kept, fingerprints(kept), strict=True)
        ],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    # Nobody reads it but programs, and indented it is four times slower to write.
    return json.dumps(log, ensure_ascii=False) + "\n"


def _rule(finding: Finding, language: str) -> dict[str, Any]:
    # A rule that is no shape says what is right; the message of a shape does so itself.
    known = RULES.get(finding.rule)
    asked = in_language(finding.shacl.asked, language) if finding.shacl is not None else None
    right = known.right[LANGUAGES.index(language)] if known else asked or finding.message
    shape = shrink(finding.shape or "")
    tags = ["shacl", shrink(finding.component or "")] if finding.component else ["gba-kg"]
    about = {name: value for name, value in (("shape", shape), ("path", shrink(finding.path or ""))) if value}
    described = {"text": right if len(right) <= _DESCRIPTION else f"{right[: _DESCRIPTION - 1]}…"}
    # A rule has at most 20 tags, of which these are one or two.
    return {
        "id": finding.rule,
        "name": _name(finding.rule),
        "shortDescription": described,
        "fullDescription": described,
        "help": {
            "text": " ".join((right, *(f"{name}: {value}" for name, value in about.items()))),
            "markdown": "\n".join(
                (_escaped(right), "", *(f"- {name}: `{_code(value)}`" for name, value in about.items()))
            ),
        },
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
        "properties": {"tags": tags, "precision": "very-high", "problem.severity": _PROBLEMS[finding.severity]},
    }


def _name(rule: str) -> str:
    """The name of a rule for people, in the form that the standard asks for (section 3.49.7).

    >>> _name("Case-title"), _name("vacuous-shape")
    ('CaseTitle', 'VacuousShape')
    """
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"\W+", rule))[:255] or "Rule"


def _result(finding: Finding, index: int, fingerprint: str, context: Context) -> dict[str, Any]:
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
            place |= _regions(finding.line, finding.column or 1, context.line(finding))
        result["locations"] = [{"physicalLocation": place}]
        if finding.focus is not None:
            name = {"fullyQualifiedName": visible(context.node(finding))}
            result["locations"][0]["logicalLocations"] = [name]
    if finding.shacl is not None and finding.shacl.place[0] is not None:
        result["relatedLocations"] = [_shape(finding, context)]
    return result


def _regions(line: int, column: int, text: str | None) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": line, "startColumn": column}
    quoted = (text or "")[column - 1 : column - 1 + _SNIPPET]
    if not text or not quoted:
        return {"region": region}
    region |= {"endColumn": column + len(quoted), "snippet": {"text": quoted}}
    if len(text) > _SNIPPET:
        return {"region": region}
    return {"region": region, "contextRegion": {"startLine": line, "snippet": {"text": text}}}


def _shape(finding: Finding, context: Context) -> dict[str, Any]:
    assert finding.shacl is not None
    file, line, column = finding.shacl.place
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(file or "")}}
    if line is not None:
        place["region"] = {"startLine": line, "startColumn": column or 1}
    words = f"{word('shape', context.language)} {shrink(finding.shacl.source)}"
    return {"id": 1, "physicalLocation": place, "message": {"text": words}}


def _uri(file: str) -> str:
    return ("file://" if file.startswith("/") else "") + quote(file)


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\g<0>", visible(text))


def _code(text: str) -> str:
    return visible(text).replace("`", "'")
