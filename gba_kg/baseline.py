"""Baselines: files of findings that are accepted for now, each with a reason and, if wanted, a last day."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from gba_kg.findings import Finding, Report
from gba_kg.fingerprints import fingerprints
from gba_kg.marked_yaml import Node, quoted, read_yaml
from gba_kg.results import visible
from gba_kg.rules import found

__all__ = ["Baseline", "Entry", "read_baseline"]

_KEYS = ("rule", "focus", "file", "reason", "expires", "fingerprint")
_NEEDED = ("rule", "fingerprint")
_HEADER = """\
# Findings that gba-kg accepts for now. 'gba-kg ... --baseline FILE --update-baseline' writes this file anew: it keeps
# reason and expires (the last day, YYYY-MM-DD), adds what is new, and drops what is no longer found.
"""


@dataclass(frozen=True)
class Entry:
    """An accepted finding: its rule and fingerprint, why it is accepted and until when, and where that is written.

    ``focus`` and ``file`` are for the reader: the fingerprint says which finding it is.
    """

    rule: str
    fingerprint: str
    reason: str = ""
    expires: date | None = None
    focus: str = ""
    file: str = ""
    at: tuple[str | None, int | None, int | None] = (None, None, None)

    def written(self) -> str:
        """The entry as it stands in the file."""
        lines = [f"rule: {quoted(self.rule)}"]
        lines += [f"{key}: {quoted(text)}" for key, text in (("focus", self.focus), ("file", self.file)) if text]
        lines.append(f"reason: {quoted(self.reason)}")
        lines += [f"expires: {self.expires.isoformat()}"] if self.expires else []
        lines.append(f"fingerprint: {quoted(self.fingerprint)}")
        return "  - " + "\n    ".join(lines) + "\n"


@dataclass(frozen=True)
class Baseline:
    """Accepted findings.

    ``judged`` of its functions says whether the run looked for a rule. Of a rule that it did not look for, a baseline
    says nothing and an update changes nothing.
    """

    entries: tuple[Entry, ...] = ()

    def apply(
        self, report: Report, today: date, language: str = "en", judged: Callable[[str], bool] = lambda _: True
    ) -> Report:
        """The report without what is accepted, which ``checked`` counts as ``accepted``, and with what is wrong here.

        An acceptance whose last day is over holds no longer: its finding is reported again, and the entry as well
        (``baseline-expired``). An entry that no finding matches is ``baseline-unmatched``, one without a reason
        ``baseline-reason``. Of equal findings as many are accepted as there are entries.
        """
        left = {(entry.rule, entry.fingerprint): entry for entry in self.entries}
        findings, faults = [], []
        for finding, fingerprint in zip(report.findings, fingerprints(report.findings), strict=True):
            entry = left.pop((finding.rule, fingerprint), None)
            expired = entry is not None and entry.expires is not None and entry.expires < today
            if entry is None or expired:
                findings.append(finding)
            if entry is not None and expired:
                faults.append(_fault("baseline-expired", entry, language))
            elif entry is not None and not entry.reason.strip():
                faults.append(_fault("baseline-reason", entry, language))
        accepted = len(report.findings) - len(findings)
        faults += [_fault("baseline-unmatched", entry, language) for entry in left.values() if judged(entry.rule)]
        return replace(
            report,
            findings=tuple(sorted([*findings, *faults], key=Finding.order)),
            checked={**report.checked, "accepted": accepted},
        )

    def updated(self, report: Report, reason: str = "", judged: Callable[[str], bool] = lambda _: True) -> str:
        """The text of a baseline that accepts all of a report: what was accepted keeps its reason and last day.

        What is new or has no reason gets ``reason``. Entries of rules that the run does not look for stay.
        """
        known = {(entry.rule, entry.fingerprint): entry for entry in self.entries}
        kept = {entry.fingerprint: entry for entry in self.entries if not judged(entry.rule)}
        for finding, fingerprint in zip(report.findings, fingerprints(report.findings), strict=True):
            entry = known.get((finding.rule, fingerprint), Entry(finding.rule, fingerprint))
            kept[fingerprint] = replace(
                entry,
                reason=entry.reason if entry.reason.strip() else reason,
                # The name of a blank node says nothing to a reader and is another one in the next file.
                focus="" if (finding.focus or "").startswith("_:") else visible(finding.focus or ""),
                file=visible(finding.file or ""),
            )
        entries = sorted(kept.values(), key=lambda entry: (entry.rule, entry.file, entry.focus, entry.fingerprint))
        return _HEADER + "accepted:" + ("\n" if entries else " []\n") + "".join(entry.written() for entry in entries)


def _fault(rule: str, entry: Entry, language: str) -> Finding:
    where = entry.focus or entry.file
    said = {"name": f"{entry.rule} ({where})" if where else entry.rule, "day": entry.expires}
    return found(rule, language, said=said, at=entry.at, value=entry.fingerprint)


def read_baseline(path: Path, text: str | None = None) -> Baseline:
    """A baseline from a file of YAML, or from the text that is to be written there.

    Raises InputError with the place of what is not of its form or stands there twice.
    """
    root = read_yaml(path, text)
    pairs = root.pairs("a baseline")
    for key, _ in pairs:
        if key.content != "accepted":
            raise key.fault(f"unknown key '{key.content}': a baseline has the key accepted alone")
    if not pairs:
        raise root.fault("a baseline has the key accepted")
    accepted = pairs[0][1]
    entries: dict[str, Entry] = {}
    for node in accepted.members("'accepted'"):
        entry = _entry(node)
        first = entries.setdefault(entry.fingerprint, entry)
        if first is not entry:
            raise node.fault(f"this finding is accepted a second time, first in line {first.at[1]}")
    return Baseline(tuple(entries.values()))


def _entry(node: Node) -> Entry:
    pairs = node.pairs("an accepted finding")
    for key, value in pairs:
        if key.content not in _KEYS:
            raise key.fault(f"unknown key '{key.content}': there are {', '.join(_KEYS)}")
        value.text(f"'{key.content}'")
    own = {str(key.content): value for key, value in pairs}
    for name in _NEEDED:
        if name not in own or not own[name].content:
            raise node.fault(f"an accepted finding has a {name}")
    if not re.fullmatch(r"[0-9a-f]{32}", str(own["fingerprint"].content)):
        raise own["fingerprint"].fault("a fingerprint is 32 hexadecimal digits in lower case")
    texts = {name: str(own[name].content) for name in _KEYS if name in own and name != "expires"}
    return Entry(**texts, expires=_day(own.get("expires")), at=(node.file, node.line, node.column))


def _day(node: Node | None) -> date | None:
    if node is None or not node.content:
        return None
    said = str(node.content)
    try:
        # ``fromisoformat`` alone takes weeks and dates without hyphens as well.
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", said):
            raise ValueError
        return date.fromisoformat(said)
    except ValueError:
        raise node.fault(f"'expires' is a day such as 2027-01-31, not '{said}'") from None
