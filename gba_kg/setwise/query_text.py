"""The text of a SPARQL query as groups, as far as pre-binding variables in it needs (SHACL, section 5.3.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import lru_cache

from gba_kg.errors import IncompleteError

__all__ = ["Group", "QueryText", "anti_join", "check", "parse"]

_TOKEN = re.compile(
    r"""(?P<skip>\#[^\n]*|"{3}(?:\\.|[^\\])*?"{3}|'{3}(?:\\.|[^\\])*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'
    |<[^<>"{}|^`\\\s]*>|[\w-]*:[\w.:%-]*)|(?P<variable>[?$]\w+)|(?P<word>[A-Za-z_]\w*)|(?P<mark>[{}()*])""",
    re.DOTALL | re.VERBOSE,
)
_EXISTS = re.compile(r"FILTER\s+(?P<not>NOT\s+)?EXISTS\s*\{\Z", re.IGNORECASE)
_NOTHING = " FILTER(true) "
_FORBIDDEN = {"MINUS", "VALUES", "SERVICE"}
_AGGREGATES = {"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"}


@dataclass
class Group:
    """A group graph pattern: what stands before it, where its text begins and ends, and what stands directly in it."""

    kind: str
    parent: Group | None
    start: int
    end: int = 0
    variables: set[str] = field(default_factory=set)
    bound: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)

    def within(self, other: Group) -> bool:
        """Whether it is a group or lies in it."""
        return self is other or (self.parent is not None and self.parent.within(other))

    @property
    def in_exists(self) -> bool:
        """Whether it is the group of an EXISTS or lies in one."""
        return self.kind == "EXISTS" or (self.parent is not None and self.parent.in_exists)

    def asks_for(self, variables: Collection[str]) -> bool:
        """Whether an expression in the group would not see the variables as bound outside of it."""
        if not self.variables & set(variables) or self.parent is None or self.kind in ("EXISTS", "SELECT", "MINUS"):
            return False
        # The filter of an OPTIONAL sees both sides of the join; that of any other group only the group.
        return bool(self.words & ({"BIND"} if self.kind == "OPTIONAL" else {"BIND", "FILTER"}))


@dataclass(frozen=True)
class QueryText:
    """A query and its groups; the first is its outermost."""

    text: str
    groups: tuple[Group, ...]
    words: frozenset[str]
    projected: frozenset[str]
    grouped: frozenset[str]

    def set_wise(self, bound: Collection[str]) -> bool:
        """Whether the query means the same for a set of focus nodes joined to it as for each of them."""
        if "LIMIT" in self.words or "OFFSET" in self.words or "this" not in self.projected:
            return False
        if self.words & (_AGGREGATES | {"GROUP"}) and "this" not in self.grouped:
            return False
        return not any(group.kind == "SELECT" or (group.in_exists and group.asks_for(bound)) for group in self.groups)

    @property
    def distinct(self) -> bool:
        """Whether it matters not how often a solution is found."""
        return not self.words & (_AGGREGATES | {"GROUP"}) and "DISTINCT" in self.words

    def insert(self, outer: str, inner: Callable[[Group], str]) -> str:
        """The text with patterns put at the start of the outermost group and of those within."""
        parts, position = [], 0
        for number, group in enumerate(self.groups):
            everything = number == 0 or group.kind == "MINUS"
            parts += [self.text[position : group.start], outer if everything else inner(group)]
            position = group.start
        return "".join((*parts, self.text[position:]))


def check(text: str, bound: Collection[str]) -> None:
    """Raise IncompleteError for what SHACL forbids in a query with pre-bound variables (SHACL, appendix A)."""
    query = parse(text)
    forbidden = sorted(query.words & _FORBIDDEN)
    if forbidden:
        raise IncompleteError(f"a query of shapes must not contain {forbidden[0]}")
    for variable in bound:
        if re.search(rf"\bAS\s+[?$]{variable}\b", text, re.IGNORECASE):
            raise IncompleteError(f"a query of shapes must not assign ${variable}, which is bound before")
    for group in query.groups:
        if group.kind == "SELECT" and "this" not in group.variables:
            raise IncompleteError("a query within a query of shapes must select $this")


def anti_join(query: QueryText) -> QueryText:
    """The same query with each ``FILTER NOT EXISTS`` of its outermost group as a MINUS of what does exist.

    The store runs an EXISTS for each solution anew and joins its patterns in a bad order; all at once is ten times
    faster. Left alone is what would change its meaning: a group that does more than match triples and filter them.
    """
    outer, text = query.groups[0], query.text
    spans = []
    for group in query.groups:
        if group.parent is outer:
            before = _EXISTS.search(text, outer.start, group.start)
            if before is None or before.end() != group.start:
                return query
            if before["not"] and _joins(group, query):
                spans.append((before.start(), group))
    if not spans or "BIND" in outer.words or "_:" in text:
        return query
    base, position = "", outer.start
    for start, group in spans:
        base += text[position:start] + _NOTHING
        position = group.end + 1
    base += text[position : outer.end] + _NOTHING
    minus = "".join(f" MINUS {{ {base} {text[group.start : group.end]} }}" for _, group in spans)
    return parse(text[: outer.start] + base + minus + text[outer.end :])


def _joins(group: Group, query: QueryText) -> bool:
    # Whether the content of an EXISTS can be joined to the outermost group: shared variables are bound there.
    outer = query.groups[0]
    inside = [other for other in query.groups if other.within(group)]
    for other in inside:
        if other.kind not in ("EXISTS", "OPTIONAL") or "BIND" in other.words:
            return False
        if other.kind == "OPTIONAL" and any(child.parent is other for child in inside):
            return False
    shared = set().union(*(other.variables for other in inside)) & outer.variables
    return shared <= outer.bound | {"this"}


@lru_cache(maxsize=1024)
def parse(text: str) -> QueryText:
    """Find the groups of a query."""
    reader = _Reader(text)
    for match in _TOKEN.finditer(text):
        reader.read(match)
    projected = {variable for variable, previous in reader.head if previous != "AS"}
    if re.search(r"\bSELECT\s+(?:DISTINCT\s+|REDUCED\s+)?\*", text, re.IGNORECASE):
        projected.add("this")
    return QueryText(
        text, tuple(reader.groups), frozenset(reader.words), frozenset(projected), frozenset(reader.grouped)
    )


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self.groups: list[Group] = []
        self.words: set[str] = set()
        self.head: set[tuple[str, str]] = set()
        self.grouped: set[str] = set()
        self._current: Group | None = None
        self._before = ""
        self._grouping = False
        self._depth = 0

    def read(self, match: re.Match[str]) -> None:
        found, kind = match[0], match.lastgroup
        if found == "{":
            self._open(match.end())
        elif found == "}" and self._current is not None:
            self._current.end, self._current = match.start(), self._current.parent
        elif kind == "variable":
            self._variable(found[1:])
        elif kind == "word":
            self._word(found.upper())
        elif kind == "mark":
            self._depth += (found == "(") - (found == ")")
        if kind in ("word", "mark"):
            self._before = found.upper()
        elif not found.startswith("#"):
            self._before = ""

    def _open(self, end: int) -> None:
        starts_query = re.match(r"\s*SELECT\b", self._text[end:], re.IGNORECASE)
        self._current = Group("SELECT" if starts_query else self._before, self._current, end)
        self.groups.append(self._current)

    def _variable(self, name: str) -> None:
        if self._current is not None:
            self._current.variables.add(name)
            if self._depth == 0:
                self._current.bound.add(name)
        elif not self.groups:
            self.head.add((name, self._before))
        elif self._grouping:
            self.grouped.add(name)

    def _word(self, word: str) -> None:
        self.words.add(word)
        if self._current is not None:
            self._current.words.add(word)
        elif word in ("BY", "HAVING", "ORDER"):
            self._grouping = word == "BY" and self._before == "GROUP"
