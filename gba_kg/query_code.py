"""The code of a SPARQL query without what is only text in it, so that a keyword is found where it acts."""

from __future__ import annotations

import re

__all__ = ["code"]

# Strings, IRIs and comments.
_NOT_CODE = re.compile(
    r"""\"{3}(?:\\.|[^\\])*?\"{3}|'{3}(?:\\.|[^\\])*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|<[^<>"{}|^`\\\s]*>|\#[^\n]*""",
    re.DOTALL,
)


def code(query: str) -> str:
    """The query with each string, IRI and comment made a blank.

    >>> code("SELECT * { ?s ?p 'SERVICE' } # LOAD").split()
    ['SELECT', '*', '{', '?s', '?p', '}']
    """
    return _NOT_CODE.sub(" ", query)
