"""The triple patterns of a SPARQL query, as far as telling which statements it can read needs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from gba_kg.setwise.terms import RDF

__all__ = ["ANY", "Path", "Pattern", "read_path", "read_patterns"]

_TOKEN = re.compile(
    r"""(?P<skip>\s+|\#[^\n]*)
    |(?P<literal>(?:"{3}(?:\\.|[^\\])*?"{3}|'{3}(?:\\.|[^\\])*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')(?:@[\w-]+)?)
    |(?P<iri><[^<>"{}|^`\\\s]*>)|(?P<variable>[?$]\w+)|(?P<blank>_:\w(?:[\w.-]*[\w-])?)
    |(?P<name>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:(?:[\w:%](?:[\w:%.-]*[\w:%-])?)?)
    |(?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<word>[A-Za-z_]\w*)|(?P<mark>\^\^|.)""",
    re.DOTALL | re.VERBOSE,
)
_UNREADABLE = {"GRAPH", "SERVICE", "MINUS", "VALUES", "NOW", "RAND", "UUID", "STRUUID", "BASE", "FROM"}
"""What reads other graphs than the data, changes by itself, or is not looked into here."""


@dataclass(frozen=True)
class Path:
    """A property path: its kind (``predicate``, ``any``, ``^``, ``/``, ``|``, ``*``, ``+``, ``?``), IRI and parts."""

    kind: str
    predicate: ox.NamedNode | None = None
    parts: tuple[Path, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether it may lead from a node to itself without a statement."""
        if self.kind == "/":
            return all(part.empty for part in self.parts)
        return self.kind in ("*", "?") or any(part.empty for part in self.parts)

    @property
    def predicates(self) -> frozenset[ox.NamedNode | None]:
        """The predicates that it follows; None stands for all."""
        if self.kind in ("predicate", "any"):
            return frozenset([self.predicate])
        return frozenset().union(*(part.predicates for part in self.parts))


ANY = Path("any")
"""A variable in the place of a predicate."""
Term = ox.NamedNode | str | None
"""An IRI, the name of a variable, or None for a literal."""


@dataclass(frozen=True)
class Pattern:
    """A triple pattern and the number of its group.

    ``within`` is the group around that, and how many patterns stood in it directly before the group began.
    """

    subject: Term
    path: Path
    object: Term
    group: int
    within: tuple[int, int]


class _Unreadable(Exception):  # noqa: N818 - it never leaves this module
    """The query holds what is not looked into here."""


@lru_cache(maxsize=1024)
def read_path(text: str) -> Path:
    """A property path of full IRIs, as ``setwise.paths`` writes it."""
    return _Reader(text).path()


@lru_cache(maxsize=1024)
def read_patterns(text: str) -> tuple[Pattern, ...] | None:
    """The triple patterns of a query with its PREFIX lines; None where they do not tell all that it reads.

    Such are queries with queries inside, graphs, blank nodes with properties, collections, negated paths, relative
    IRIs, EXISTS outside of the pattern, and functions that change by themselves.
    """
    reader = _Reader(text)
    try:
        reader.query()
    except _Unreadable:
        return None
    return tuple(reader.patterns)


class _Reader:
    def __init__(self, text: str) -> None:
        self._tokens = [(m.lastgroup or "", m[0]) for m in _TOKEN.finditer(text) if m.lastgroup != "skip"]
        self._tokens.append(("end", ""))
        self._position = 0
        self._prefixes: dict[str, str] = {}
        self._groups = 0
        self.patterns: list[Pattern] = []

    @property
    def _kind(self) -> str:
        return self._tokens[self._position][0]

    @property
    def _text(self) -> str:
        return self._tokens[self._position][1]

    @property
    def _word(self) -> str:
        return self._text.upper() if self._kind == "word" else ""

    def _next(self) -> str:
        text = self._text
        if self._kind == "end":
            raise _Unreadable
        self._position += 1
        return text

    def _take(self, *marks: str) -> str:
        return self._next() if self._text in marks and self._kind == "mark" else ""

    def query(self) -> None:
        if any(kind == "word" and text.upper() in _UNREADABLE for kind, text in self._tokens):
            raise _Unreadable
        while self._word == "PREFIX":
            self._next()
            prefix = self._next()
            self._prefixes[prefix] = self._next()[1:-1]
        while self._text != "{":
            if self._word == "EXISTS":
                raise _Unreadable
            self._next()
        self._group((0, 0))
        if any(text == "{" for _, text in self._tokens[self._position :]):
            raise _Unreadable

    def _group(self, within: tuple[int, int]) -> None:
        self._next()
        self._groups += 1
        number, own = self._groups, 0
        if self._word == "SELECT":
            raise _Unreadable
        while not self._take("}"):
            word = self._word
            if self._text == "{":
                self._group((number, own))
            elif word in ("OPTIONAL", "UNION", "NOT", "EXISTS"):
                self._next()
            elif word in ("FILTER", "BIND"):
                self._next()
                self._expression((number, own))
            elif not self._take("."):
                own += self._triples(number, within)

    def _expression(self, within: tuple[int, int]) -> None:
        # A filter that is not in brackets is an EXISTS, which the group reads on, or a call.
        if self._word in ("NOT", "EXISTS"):
            return
        while self._text != "(":
            if self._kind == "mark":
                raise _Unreadable
            self._next()
        depth = 0
        while True:
            if self._text == "{":
                self._group(within)
                continue
            depth += (self._text == "(") - (self._text == ")")
            self._next()
            if depth == 0:
                return

    def _triples(self, group: int, within: tuple[int, int]) -> int:
        count, subject = 0, self._term()
        while True:
            path = self._verb()
            while True:
                self.patterns.append(Pattern(subject, path, self._term(), group, within))
                count += 1
                if not self._take(","):
                    break
            if not self._take(";"):
                return count
            while self._take(";"):
                pass
            if self._text in (".", "}"):
                return count

    def _term(self) -> Term:
        kind, text = self._kind, self._next()
        if kind == "variable":
            return text[1:]
        if kind == "blank":
            return text
        if kind in ("iri", "name"):
            return self._iri(kind, text)
        if kind == "literal" and self._take("^^"):
            self._next()
        if kind in ("literal", "number") or text in ("true", "false"):
            return None
        raise _Unreadable

    def _iri(self, kind: str, text: str) -> ox.NamedNode:
        if kind == "name":
            prefix, _, local = text.partition(":")
            if f"{prefix}:" not in self._prefixes:
                raise _Unreadable
            return ox.NamedNode(self._prefixes[f"{prefix}:"] + local)
        if not re.match(r"<[A-Za-z][\w+.-]*:", text):
            raise _Unreadable
        return ox.NamedNode(text[1:-1])

    def _verb(self) -> Path:
        if self._kind == "variable":
            self._next()
            return ANY
        return self.path()

    def path(self) -> Path:
        return self._chain("|", lambda: self._chain("/", self._step))

    def _chain(self, mark: str, part: Callable[[], Path]) -> Path:
        parts = [part()]
        while self._take(mark):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Path(mark, parts=tuple(parts))

    def _step(self) -> Path:
        if self._take("^"):
            return Path("^", parts=(self._step(),))
        if self._take("("):
            found = self.path()
            if not self._take(")"):
                raise _Unreadable
        elif self._text == "a":
            self._next()
            found = Path("predicate", ox.NamedNode(RDF + "type"))
        elif self._kind in ("iri", "name"):
            found = Path("predicate", self._iri(self._kind, self._next()))
        else:
            raise _Unreadable
        modifier = self._take("*", "+", "?")
        return Path(modifier, parts=(found,)) if modifier else found
