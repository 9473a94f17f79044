"""JUnit XML, as the common readers of test results take it: each finding is a failed test of its file."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from gba_kg.findings import Finding, Report
from gba_kg.reports.context import Context

__all__ = ["render"]

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report, _: Context) -> str:
    """One suite for each file, and one for what was skipped; without findings, a suite with a test that passed."""
    files: dict[str, list[Finding]] = {}
    for finding in report.findings:
        files.setdefault(finding.file or "no file", []).append(finding)
    total = str(max(len(report.findings), 1) + len(report.skipped))
    root = ET.Element("testsuites", name="gba-kg", tests=total, failures=str(len(report.findings)))
    for file, findings in files.items():
        count = str(len(findings))
        suite = ET.SubElement(root, "testsuite", name=_text(file), tests=count, failures=count, errors="0")
        for finding in findings:
            _case(suite, file, finding)
    if not files:
        suite = ET.SubElement(root, "testsuite", name="gba-kg", tests="1", failures="0", errors="0")
        ET.SubElement(suite, "testcase", classname="gba-kg", name="no findings")
    if report.skipped:
        count = str(len(report.skipped))
        suite = ET.SubElement(root, "testsuite", name="skipped", tests=count, failures="0", errors="0", skipped=count)
        for reason in report.skipped:
            case = ET.SubElement(suite, "testcase", classname="gba-kg", name=_text(reason))
            ET.SubElement(case, "skipped", message=_text(reason))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _case(suite: ET.Element, file: str, finding: Finding) -> None:
    case = ET.SubElement(suite, "testcase", classname=_text(finding.rule), name=_text(_name(finding)))
    if finding.line is not None:
        case.set("file", _text(file))
        case.set("line", str(finding.line))
    failure = ET.SubElement(case, "failure", type=finding.severity, message=_text(finding.message))
    failure.text = _text(f"{finding.place or file}: {finding.severity}: {finding.message} [{finding.rule}]")


def _name(finding: Finding) -> str:
    return " ".join(part for part in (finding.focus, finding.path, finding.value) if part) or finding.rule


def _text(text: str) -> str:
    """Text of characters that XML 1.0 allows (section 2.2)."""
    return _NOT_XML.sub("\ufffd", text)
