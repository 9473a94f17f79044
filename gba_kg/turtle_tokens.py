"""The tokens of Turtle, TriG, N-Triples and N-Quads that the strict parser has accepted before."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["tokens"]

_TOKEN = re.compile(
    r"""
      (?P<space>[ \t\r\n]+)
    | (?P<comment>\#[^\r\n]*)
    | (?P<directive>@prefix\b|@base\b|(?:PREFIX|BASE)(?=[\s<]))
    | (?P<string>\"\"\"(?:\\.|[^\\])*?\"\"\"|'''(?:\\.|[^\\])*?'''|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
    | (?P<iri><[^>]*>)
    | (?P<suffix>\^\^|@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<number>[+-]?(?:(?:\d+\.\d*|\.\d+|\d+)[eE][+-]?\d+|\d*\.\d+|\d+)(?![^\s;,.\])(\["'<\#@^]))
    | (?P<mark>[\[\](){},;.])
    | (?P<name>_:[\w·‿⁀-]+(?:\.+[\w·‿⁀-]+)*(?=:)  # a label holds no colon: here a prefixed name follows
        |(?:\\.|[^\s<>"'(){}\[\];,\#@^\\.]|\.(?=(?:\\.|[^\s<>"'(){}\[\];,\#@^\\]))|\\.)+)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


def tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Kind, text and offset of each token, white space left out; the last is of kind ``end``.

    >>> [kind for kind, _, _ in tokens('a:b a "c"@en . # d')]
    ['name', 'name', 'string', 'suffix', 'mark', 'comment', 'end']
    """
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            break
        kind = match.lastgroup or ""
        if kind != "space":
            yield kind, match[0], position
        position = match.end()
    yield "end", "", position
