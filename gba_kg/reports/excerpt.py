"""A piece of a line of a file around a column, as a terminal or a page can show it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gba_kg.results import visible

__all__ = ["WIDTH", "Excerpt", "excerpt", "without_commands"]

WIDTH = 100
"""Cells of a terminal that an excerpt takes at most."""

_COMMAND = re.compile(r"^(\s*):(?=:)|#(#\w*\[)", re.MULTILINE)
_BEFORE = 60
_TAB = 4


@dataclass(frozen=True)
class Excerpt:
    """What stands before a column, at it, and after it; ``indent`` is how many cells of a terminal come before it."""

    before: str
    at: str
    after: str
    indent: int

    @property
    def text(self) -> str:
        """The piece of the line."""
        return self.before + self.at + self.after


def excerpt(line: str, column: int | None) -> Excerpt:
    r"""The piece of a line around a column (from 1, in code points; None: the first mark of the line).

    Tabs become spaces, control and bidirectional characters visible; what is left out at either end is an ellipsis.

    >>> excerpt("\t案例 x", 4)
    Excerpt(before='    案例', at=' ', after='x', indent=8)
    >>> excerpt("a\u202e", 2).at
    '\\u202e'
    """
    index = len(line) - len(line.lstrip()) if column is None else min(max(column - 1, 0), len(line))
    start = max(0, index - WIDTH)
    before = list(_cells(line[start:index]))
    indent = sum(width for _, width in before)
    cut_before = start > 0 or indent > _BEFORE
    while before and indent > _BEFORE - 1 and cut_before:
        indent -= before.pop(0)[1]
    if cut_before:
        before.insert(0, ("…", 1))
        indent += 1
    at = next(_cells(line[index : index + 1]), ("", 0))
    room = WIDTH - indent - at[1]
    after: list[str] = []
    rest = line[index + 1 : index + 1 + WIDTH]
    for shown, width in _cells(rest, indent + at[1]):
        room -= width
        if room < 1:
            break
        after.append(shown)
    cut_after = index + 1 + len(after) < len(line)
    return Excerpt(_joined(before), at[0], "".join(after) + ("…" if cut_after else ""), indent)


def without_commands(text: str) -> str:
    r"""Text in which no runner of a pipeline sees a command: ``::error::`` begins a line, ``##vso[`` stands anywhere.

    >>> print(without_commands("::error::x\na ##vso[task.complete] # b"))
    \x3a:error::x
    a \x23#vso[task.complete] # b
    """
    return _COMMAND.sub(lambda mark: rf"\x23{mark[2]}" if mark[2] else rf"{mark[1]}\x3a", text)


def _joined(cells: Iterable[tuple[str, int]]) -> str:
    return "".join(shown for shown, _ in cells)


def _cells(text: str, at: int = 0) -> Iterator[tuple[str, int]]:
    """Each character as it is shown, and how many cells that takes."""
    from wcwidth import wcwidth

    for character in text:
        if character == "\t":
            shown, width = " " * (_TAB - at % _TAB), _TAB - at % _TAB
        elif " " <= character <= "~":
            shown, width = character, 1
        else:
            shown = visible(character)
            width = wcwidth(shown) if len(shown) == 1 else len(shown)
        yield shown, max(width, 0)
        at += max(width, 0)
