"""Terms as canonical N-Triples text, the one form that all formats are written from, and their parts."""

from __future__ import annotations

import re
from typing import NamedTuple

from gba_kg.namespaces import PREFIXES

__all__ = ["LANG_STRING", "STRING", "TYPE", "Record", "Term", "literal", "parts"]

Record = tuple[str, str, str, str]
"""Subject, predicate, object and graph as N-Triples text; the graph is empty for the default graph."""

TYPE = f"<{PREFIXES['rdf']}type>"
STRING = PREFIXES["xsd"] + "string"
LANG_STRING = PREFIXES["rdf"] + "langString"

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_NAMED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
# What canonical N-Quads escape: the named ones, other control characters, and what XML 1.1 has no character for.
_MUST = re.compile('[\x00-\x1f"\\\\\x7f\ufffe\uffff]')
_SHORT = {'"': '\\"', "\\": "\\\\", **{character: f"\\{name}" for name, character in _NAMED.items()}}


class Term(NamedTuple):
    """An IRI, a blank node (its name without ``_:``) or a literal with its datatype, and language where it has one."""

    kind: str
    value: str
    datatype: str = ""
    language: str = ""

    @property
    def is_literal(self) -> bool:
        """Whether it is neither an IRI nor a blank node."""
        return self.kind == "literal"

    @property
    def name(self) -> str:
        """An IRI as it is; a blank node with its ``_:``."""
        return f"_:{self.value}" if self.kind == "blank" else self.value


def parts(text: str) -> Term:
    """The term of canonical N-Triples text.

    >>> parts('"x"@zh-Hans').language
    'zh-Hans'
    >>> parts('<urn:a>')
    Term(kind='iri', value='urn:a', datatype='', language='')
    """
    if text[0] == "<":
        return Term("iri", text[1:-1])
    if text[0] == "_":
        return Term("blank", text[2:])
    end = text.rindex('"')
    value = text[1:end]
    if "\\" in value:
        value = _ESCAPE.sub(_unescaped, value)
    after = text[end + 1 :]
    if after.startswith("@"):
        return Term("literal", value, LANG_STRING, after[1:])
    return Term("literal", value, after[3:-1] if after else STRING)


def literal(value: str, datatype: str = STRING, language: str = "") -> str:
    r"""Canonical N-Triples text of a literal (RDF 1.2 N-Quads, 4 "Canonical form").

    >>> literal("a\tb")
    '"a\\tb"'
    """
    text = f'"{_MUST.sub(_escaped, value)}"'
    if language:
        return f"{text}@{language}"
    return text if datatype == STRING else f"{text}^^<{datatype}>"


def _escaped(match: re.Match[str]) -> str:
    return _SHORT.get(match[0]) or f"\\u{ord(match[0]):04X}"


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _NAMED.get(match[3], match[3])
