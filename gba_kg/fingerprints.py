"""Names for findings that stay the same when lines shift, so that a finding is known again in the next run."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from gba_kg.findings import Finding

__all__ = ["fingerprints"]


_BLANK = "_:"


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """One fingerprint for each finding, in their order: 32 hexadecimal digits.

    Made of rule, shape, component, focus, path and value, and of the file where the finding is about no thing with a
    name; never of line, column or message, nor of the names that blank nodes get when a file is read. Equal findings
    are told apart by their number.

    >>> a, b = fingerprints([Finding("r", "said", focus="urn:x", line=1), Finding("r", "so", focus="urn:x", line=9)])
    >>> a == b, a == fingerprints([Finding("r", "other words", focus="urn:x", line=5)])[0]
    (False, True)
    """
    seen: Counter[tuple[str | None, ...]] = Counter()
    names = []
    for finding in findings:
        shape, focus, value = (_lasting(node) for node in (finding.shape, finding.focus, finding.value))
        place = finding.file if focus in (None, "", _BLANK) else None
        parts = (finding.rule, shape, finding.component, focus, finding.path, value, place)
        seen[parts] += 1
        text = "\0".join((*(part or "" for part in parts), str(seen[parts])))
        names.append(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32])
    return names


def _lasting(node: str | None) -> str | None:
    return _BLANK if node is not None and node.startswith(_BLANK) else node
