"""Profiles: files that give rules another severity, or turn them off, for all files or for some."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from gba_kg.errors import InputError
from gba_kg.findings import SEVERITIES, Finding, Report
from gba_kg.marked_yaml import Node, read_yaml
from gba_kg.rules import found

__all__ = ["LEVELS", "Profile", "read_profile"]

LEVELS = (*SEVERITIES, "off")
"""What a profile may say of a rule."""


@dataclass(frozen=True)
class _Entry:
    rule: Node
    level: str
    files: Node | None

    @property
    def pattern(self) -> str:
        return self.rule.text("a rule")

    def fits(self, finding: Finding) -> bool:
        """Whether it speaks of this finding."""
        in_file = self.files is None or fnmatchcase(finding.file or "", self.files.text("a glob of files"))
        return in_file and fnmatchcase(finding.rule, self.pattern)


@dataclass(frozen=True)
class Profile:
    """The entries of a profile, those that win first."""

    entries: tuple[_Entry, ...] = ()

    def check(self, known: Collection[str], *, complete: bool = True) -> None:
        """Raises InputError at an entry that names no rule of ``known``.

        Where ``known`` is not ``complete``, as the shapes of the data are not at hand, only at what looks like a slip.
        """
        for entry in self.entries:
            if not any(fnmatchcase(rule, entry.pattern) for rule in known):
                near = difflib.get_close_matches(entry.pattern, sorted(known), n=1, cutoff=0.6 if complete else 0.85)
                if complete or near:
                    hint = f" (did you mean {near[0]}?)" if near else ""
                    raise entry.rule.fault(f"no rule has the id '{entry.pattern}' or matches it{hint}")

    def unmatched(self, files: Collection[str], language: str = "en") -> Iterator[Finding]:
        """A finding (``profile-unmatched``) for each glob that matches none of the files that a run has read."""
        globs = {entry.files.text("a glob of files"): entry.files for entry in self.entries if entry.files is not None}
        for glob, node in globs.items():
            if not any(fnmatchcase(file, glob) for file in files):
                place = (node.file, node.line, node.column)
                yield found("profile-unmatched", language, at=place, said={"name": glob}, value=glob)

    def apply(self, report: Report) -> Report:
        """The report with the severities of the profile; ``checked`` counts as ``off`` what it turned off."""
        findings: list[Finding] = []
        for finding in report.findings:
            level = next((entry.level for entry in self.entries if entry.fits(finding)), finding.severity)
            if level != "off":
                findings.append(replace(finding, severity=level))
        off = report.checked.get("off", 0) + len(report.findings) - len(findings)
        return replace(report, findings=tuple(findings), checked={**report.checked, "off": off})


def read_profile(path: Path) -> Profile:
    """A profile from YAML: ``rules`` maps ids or globs of rules to a level, ``files`` globs of files to such maps.

    An entry for files wins over one for all, an id over a glob, and of two that are alike the later one. In the globs,
    ``*`` stands for any characters, ``?`` for one, ``[...]`` for one of several. Raises InputError with the place of
    what is not of that form.
    """
    entries: list[_Entry] = []
    root = read_yaml(path)
    for key, value in root.pairs("a profile"):
        name = key.text("a key")
        if name == "rules":
            entries += _entries(value, None)
        elif name == "files":
            for files, rules in value.pairs("'files'"):
                files.text("a glob of files")
                entries += _entries(rules, files)
        else:
            raise key.fault(f"unknown key '{name}': there are rules and files")
    if not entries:
        raise InputError("this profile says nothing of any rule", root.file, root.line, root.column)
    entries.reverse()
    return Profile(tuple(sorted(entries, key=_rank)))


def _entries(value: Node, files: Node | None) -> list[_Entry]:
    entries = []
    for rule, level in value.pairs("what a profile says of rules"):
        said = level.text("a level")
        if said not in LEVELS:
            raise level.fault(f"unknown level '{said}': there are {', '.join(LEVELS)}")
        entries.append(_Entry(rule, said, files))
    return entries


def _rank(entry: _Entry) -> tuple[bool, bool]:
    return entry.files is None, any(character in entry.pattern for character in "*?[")
