"""A formatted Turtle document as blocks: what begins at the margin, with the comments directly above it."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Block", "blocks", "joined", "names", "prefix_of"]

# Strings, IRIs and comments: what looks like a name or like a begin of a statement within is none.
_NO_NAMES = re.compile(
    r"""(?<!\\)(?:
      \"{3}(?:\\.|[^\\])*?\"{3} | '{3}(?:\\.|[^\\])*?'{3}
    | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' | <[^>\s]*> | \#[^\n]*
    )""",
    re.DOTALL | re.VERBOSE,
)
_NAMES = re.compile(r"(?<![^\s;,()\[\]^])([^\s;,()\[\]^:]*+):")
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


def blocks(text: str) -> list[Block]:
    """The blocks of what the formatter has written, where each statement begins at the margin of a line."""
    found: list[Block] = []
    waiting: list[str] = []
    own: list[str] = []
    for line, seen in zip(text.split("\n"), _NO_NAMES.sub(_indented, text).split("\n"), strict=True):
        if own and seen[:1].isspace():
            own.append(line)
            continue
        if own:
            found += _with_comments(own, waiting)
            own, waiting = [], []
        if not seen.strip():
            found += [Block("heading", "\n".join(waiting))] if waiting else []
            waiting = []
        elif seen.lstrip().startswith("#"):
            waiting.append(line.strip())
        else:
            own = [line]
    found += _with_comments(own, waiting) if own else []
    return found if own or not waiting else [*found, Block("heading", "\n".join(waiting))]


def _indented(string: re.Match[str]) -> str:
    """A string with its further lines off the margin, so that none looks like the begin of a statement."""
    return string[0].replace("\n", "\n ")


def _with_comments(lines: list[str], above: list[str]) -> list[Block]:
    if lines[0].startswith("@"):
        return [*([Block("note", "\n".join(above))] if above else []), Block("directive", "\n".join(lines))]
    subject = "" if lines[0][0] in "[(" else lines[0].split()[0]
    return [Block("statement", "\n".join([*above, *lines]), subject)]


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


def names(block: Block) -> set[str]:
    """The prefixes of the names in a block."""
    return set(_NAMES.findall(_NO_NAMES.sub(" ", block.text)))
