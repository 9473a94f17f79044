"""Refuses foreign text that a parser must not see: entities, other encodings, contexts to fetch, bottomless nesting.

Measured with pyoxigraph 0.5.13: a hundred thousand nested ``<<(`` of RDF 1.2 overflow its stack and kill the process;
the time of nested RDF/XML grows with the square of its depth; everything else it survives.
"""

from __future__ import annotations

import re

from gba_kg.errors import InputError
from gba_kg.syntaxes import Syntax

__all__ = ["MAX_DEPTH", "guard", "may_nest"]

MAX_DEPTH = 200
"""How many brackets or elements may stand inside one another."""

# Long strings, strings, IRIs and comments. Every repetition is possessive: no text makes them slow.
_TEXT = (
    r'"""(?:[^"\\]++|\\.|"(?!""))*+"""|\'\'\'(?:[^\'\\]++|\\.|\'(?!\'\'))*+\'\'\''
    r'|"(?:[^"\\\n\r]++|\\.)*+"|\'(?:[^\'\\\n\r]++|\\.)*+\'|<[^<>\s]*+>|\#[^\r\n]*+'
)
_PLAIN = re.compile(_TEXT, re.DOTALL)
_NESTED = re.compile(r"[\[(]|_:|<<|\{\||~|@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*--")
# What opens, what closes, and what holds neither.
_TURTLE = re.compile(_TEXT + r"|(?P<rdf12><<|\{\|)|\\.|(?P<open>[\[({])|(?P<close>[\])}])", re.DOTALL)
_JSON = re.compile(r'"(?:[^"\\]|\\.)*+"|(?P<open>[\[{])|(?P<close>[\]}])', re.DOTALL)
_XML = re.compile(
    r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|(?P<declaration><!)|(?P<close></)"
    r"|(?P<open><)(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+(?P<empty>(?<=/)>)?",
    re.DOTALL,
)
_XML_ENCODING = re.compile(r"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
_CONTEXT = re.compile(r'"(@context|@import)"\s*+:\s*+(?P<value>"|\[)')
_REFUSED = {
    "rdf12": "RDF 1.2 is not read: a triple as a term, or an annotation",
    "declaration": "a DOCTYPE or an entity is refused",
}
_NESTING = {"turtle": _TURTLE, "trig": _TURTLE, "ntriples": _TURTLE, "nquads": _TURTLE, "jsonld": _JSON, "rdfxml": _XML}


def may_nest(text: str) -> bool:
    """Whether Turtle may hold blank nodes, collections or RDF 1.2: what needs a look at each statement."""
    return bool(_NESTED.search(_PLAIN.sub("", text)))


def guard(text: str, syntax: Syntax, shown: str) -> None:
    """Raise InputError, with line and column, for text that no parser should see."""
    if syntax.name == "rdfxml":
        _only_utf8(text, shown)
    elif syntax.name != "jsonld" and "<<" not in text and "{|" not in text and _few_brackets(text):
        return
    depth = 0
    for token in _NESTING[syntax.name].finditer(text):
        kind = token.lastgroup
        if kind in _REFUSED:
            raise _error(_REFUSED[kind], text, token.start(), shown)
        depth += {"open": 1, "close": -1}.get(kind or "", 0)
        if depth > MAX_DEPTH:
            raise _error(f"nested deeper than the limit of {MAX_DEPTH}", text, token.start(), shown)
    if syntax.name == "jsonld":
        _no_remote_context(text, shown)
    elif syntax.name == "rdfxml":
        _well_formed(text, shown)


def _few_brackets(text: str) -> bool:
    return text.count("[") + text.count("(") <= MAX_DEPTH


def _well_formed(text: str, shown: str) -> None:
    """XML 1.0 to the letter: the RDF parser lets some faults pass and says the place of none."""
    from xml.parsers.expat import ExpatError, ParserCreate  # entities have been refused

    try:
        ParserCreate(namespace_separator=" ").Parse(text.encode(), True)
    except ExpatError as error:
        message = str(error).partition(": ")[0]
        raise InputError(f"not well-formed XML: {message}", shown, error.lineno, error.offset + 1) from None


def _only_utf8(text: str, shown: str) -> None:
    if "\0" in text:
        raise _error("not UTF-8 text", text, text.index("\0"), shown)
    declared = _XML_ENCODING.match(text)
    if declared and declared[1].lower() not in ("utf-8", "utf8", "us-ascii"):
        raise _error(f"the encoding '{declared[1]}' is not read, only UTF-8", text, declared.start(1), shown)


def _no_remote_context(text: str, shown: str) -> None:
    """A context that is an IRI, alone or in an array, and every ``@import``."""
    import json

    for found in _CONTEXT.finditer(text):
        start = found.start("value")
        if found["value"] == "[":
            try:
                listed, _ = json.JSONDecoder().raw_decode(text, start)
            except (ValueError, RecursionError):
                continue  # the parser says what is wrong
            if not any(isinstance(part, str) for part in listed):
                continue
        raise _error("a remote context is refused: nothing is fetched", text, start, shown)


def _error(message: str, text: str, offset: int, shown: str) -> InputError:
    start = text.rfind("\n", 0, offset) + 1
    return InputError(message, shown, text.count("\n", 0, offset) + 1, offset - start + 1)
