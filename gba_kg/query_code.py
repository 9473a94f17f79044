"""The code of a SPARQL query without what is only text in it, so that a keyword is found where it acts."""

from __future__ import annotations

import re

__all__ = ["MAX_DEPTH", "code", "too_deep"]

MAX_DEPTH = 200
"""Brackets within brackets that a query may have: parsers recurse, and a few thousand end the process."""

# Strings, IRIs and comments.
_NOT_CODE = re.compile(
    r"""\"{3}(?:\\.|[^\\])*?\"{3}|'{3}(?:\\.|[^\\])*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|<[^<>"{}|^`\\\s]*>|\#[^\n]*""",
    re.DOTALL,
)
_BRACKETS = re.compile(r"[][(){}]")


def code(query: str) -> str:
    """The query with each string, IRI and comment made a blank.

    >>> code("SELECT * { ?s ?p 'SERVICE' } # LOAD").split()
    ['SELECT', '*', '{', '?s', '?p', '}']
    """
    return _NOT_CODE.sub(" ", query)


def too_deep(query: str) -> bool:
    """Whether the brackets of a query are nested deeper than ``MAX_DEPTH``.

    >>> too_deep("SELECT * " + "{" * 300), too_deep("ASK { " + "FILTER (1) " * 300 + "}")
    (True, False)
    """
    depth = 0
    for bracket in _BRACKETS.findall(code(query)):
        depth += 1 if bracket in "{([" else -1
        if depth > MAX_DEPTH:
            return True
    return False
