"""A formatted Turtle document as blocks: what begins at the margin, with the comments directly above it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gba_kg.turtle_tokens import tokens

__all__ = ["Block", "blocks", "joined", "prefix_of"]

_PREFIX = re.compile(r"@prefix (\S*): <([^>]*)> \.(.*)")


@dataclass(frozen=True)
class Block:
    """Lines of a document: a ``directive``, a ``statement`` with its subject as written, or comments.

    Comments directly above a statement belong to it; those directly above a directive are a ``note``, those before a
    blank line or at the end a ``heading``.
    """

    kind: str
    text: str
    subject: str = ""


def blocks(text: str) -> list[Block] | None:
    """The blocks of what the formatter has written; None where two things share a line, so that none can be moved."""
    found: list[Block] = []
    lines = text.split("\n")
    waiting: list[str] = []
    line = 0
    for kind, subject, first, last in _statements(text):
        if first < line:
            return None
        waiting = _above(lines[line:first], found)
        if kind == "directive" and waiting:
            found.append(Block("note", "\n".join(waiting)))
            waiting = []
        found.append(Block(kind, "\n".join([*waiting, *lines[first : last + 1]]), subject))
        line = last + 1
    rest = _above(lines[line:], found)
    return [*found, Block("heading", "\n".join(rest))] if rest else found


def _above(lines: list[str], found: list[Block]) -> list[str]:
    """The comments that stand directly above what comes next; those before a blank line become headings."""
    waiting: list[str] = []
    for line in lines:
        if line.strip():
            waiting.append(line.strip())
        elif waiting:
            found.append(Block("heading", "\n".join(waiting)))
            waiting = []
    return waiting


def _statements(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Kind, subject as written, first and last line (from 0) of each directive and statement."""
    start, subject, kind, depth = -1, "", "", 0
    line = position = 0
    for token, value, offset in tokens(text):
        line += text.count("\n", position, offset)
        position = offset
        if token == "end":
            return
        if token == "comment":
            continue
        if start < 0:
            start, kind, depth = line, "directive" if token == "directive" else "statement", 0
            subject = value if token in ("iri", "name") else ""
        depth += (value in "[(") - (value in ")]") if token == "mark" else 0
        if token == "mark" and value == "." and not depth:
            yield kind, subject, start, line
            start = -1


def joined(parts: list[Block]) -> str:
    """The document again: directives and their notes line by line, a blank line between all else."""
    text = ""
    for before, part in zip([None, *parts], parts, strict=False):
        together = before is None or {before.kind, part.kind} <= {"directive", "note"}
        text += ("" if together else "\n") + part.text + "\n"
    return text


def prefix_of(block: Block) -> tuple[str, str, bool] | None:
    """Prefix and namespace that a directive declares, and whether a comment stands behind; None for all else."""
    declared = _PREFIX.match(block.text) if block.kind == "directive" else None
    return (declared[1], declared[2], bool(declared[3])) if declared else None
