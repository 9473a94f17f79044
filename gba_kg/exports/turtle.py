"""Turtle and TriG for readers: subject by subject, types first, values grouped, blank nodes in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from gba_kg.exports.names import used_prefixes
from gba_kg.exports.nesting import Nesting
from gba_kg.exports.options import Options
from gba_kg.exports.statements import Statements
from gba_kg.exports.terms import TYPE, Record
from gba_kg.namespaces import PREFIXES, shrink

__all__ = ["write", "write_graphs"]

_XSD = PREFIXES["xsd"]
# Literals that Turtle has an abbreviation for: exactly these texts are read back as they stand (Turtle 1.1, 2.5).
_BARE = {
    f"^^<{_XSD}integer>": re.compile(r"[+-]?[0-9]+"),
    f"^^<{_XSD}decimal>": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    f"^^<{_XSD}double>": re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
    f"^^<{_XSD}boolean>": re.compile(r"true|false"),
}
_INDENT = "    "
_ESCAPED = re.compile(r"\\(.)")


def write(statements: Statements, options: Options) -> Iterator[str]:  # noqa: ARG001 - all formats have one signature
    """Turtle 1.1."""
    nesting = Nesting(statements)
    yield from _prefixes(statements)
    for subject, records in statements.by_subject():
        if not nesting.is_inner(subject):
            yield "\n" + _block(subject, records, nesting, "")


def write_graphs(statements: Statements, options: Options) -> Iterator[str]:  # noqa: ARG001
    """TriG 1.1: the default graph first, written even where it is empty, then each named graph."""
    nesting = Nesting(statements)
    yield from _prefixes(statements)
    yield "\n# The default graph.\n{\n"
    last = ""
    for subject, records in statements.by_subject():
        graph = records[0][3]
        if graph != last:
            yield f"}}\n\n{_term(graph, nesting, '')} {{\n"
            last = graph
        if not nesting.is_inner(subject):
            yield _block(subject, records, nesting, _INDENT)
    yield "}\n"


def _prefixes(statements: Iterable[Record]) -> Iterator[str]:
    for prefix, namespace in used_prefixes(statements).items():
        yield f"@prefix {prefix}: <{namespace}> .\n"


def _block(subject: str, records: list[Record], nesting: Nesting, indent: str) -> str:
    about = [(predicate, object_) for _, predicate, object_, _ in records]
    name = "[]" if nesting.is_unnamed(subject) else _term(subject, nesting, indent)
    return f"{indent}{name} {_predicates(about, nesting, indent)} .\n"


def _predicates(about: list[tuple[str, str]], nesting: Nesting, indent: str) -> str:
    inner = indent + _INDENT
    lines = []
    for predicate, group in groupby(sorted(about, key=_types_first), key=lambda each: each[0]):
        values = " , ".join(_term(object_, nesting, inner) for _, object_ in group)
        lines.append(f"{'a' if predicate == TYPE else _term(predicate, nesting, inner)} {values}")
    return f" ;\n{inner}".join(lines)


def _types_first(about: tuple[str, str]) -> tuple[bool, str, str]:
    predicate, object_ = about
    return predicate != TYPE, predicate, object_


def _term(text: str, nesting: Nesting, indent: str) -> str:
    if text[0] == "<":
        short = shrink(text[1:-1])
        return text if len(short) == len(text) - 2 else short
    if text[0] == "_":
        return _blank(text, nesting, indent)
    end = text.rindex('"')
    suffix = text[end + 1 :]
    if suffix[:1] == "^":
        bare = _BARE.get(suffix)
        if bare and bare.fullmatch(text, 1, end):
            return text[1:end]
        return f"{_quoted(text[1:end])}^^{_term(suffix[2:], nesting, indent)}"
    return _quoted(text[1:end]) + suffix


def _quoted(text: str) -> str:
    """Escaped text in quotes; where it has several lines, as a long string that keeps them and its single quotes."""
    if "\\n" not in text:
        return f'"{text}"'

    def as_it_is(escape: re.Match[str]) -> str:
        if escape[1] == "n":
            return "\n"
        lone = escape[1] == '"' and escape.end() < len(text) and not text.startswith('\\"', escape.end())
        return '"' if lone else escape[0]

    return f'"""{_ESCAPED.sub(as_it_is, text)}"""'


def _blank(node: str, nesting: Nesting, indent: str) -> str:
    if node in nesting.lists:
        items = [_term(item, nesting, indent) for item in nesting.lists[node]]
        return f"( {' '.join(items)} )"
    if node not in nesting.inner:
        return node
    about = nesting.about.get(node)
    if not about:
        return "[]"
    inner = indent + _INDENT
    return f"[\n{inner}{_predicates(about, nesting, indent)}\n{indent}]"
