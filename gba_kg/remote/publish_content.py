"""What is published: a graph in canonical order, in chunks of whole subjects, and how a server's compares with it.

Blank nodes travel as IRIs (RDF 1.1 Concepts, 3.5 "Replacing Blank Nodes with IRIs"), made from their canonical names,
so that a chunk can be sent twice and gives the same statements.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from types import TracebackType

import pyoxigraph as ox

from gba_kg.exports.statements import Statements
from gba_kg.exports.terms import Record, literal, parts

__all__ = ["CHUNK", "Comparison", "Content", "compare", "pieces", "sparql_term"]

CHUNK, SUBJECTS = 1000, 250
"""Statements and subjects of a chunk: servers bound the size of a request, and an answer (Virtuoso: 10,000 rows).

A subject with more statements is a chunk of its own, which is sent in pieces but read at once.
"""

_GENID = "https://w3id.org/.well-known/genid/gba-kg/"
_ESCAPED = re.compile(r"\\(?:\\([uU])?|.)")


class Content:
    """The union of the statements, ``count`` of them; ``sha256`` is that of their canonical N-Triples.

    ``gba-kg export --format ntriples | sha256sum`` gives the same. A context manager, as ``Statements`` is. Raises
    InputError for blank nodes too alike to be given canonical names.
    """

    def __init__(self, records: Iterable[Record]) -> None:
        self._statements = Statements(records, strict=True)
        digest = sha256()
        self.count = 0
        for subject, predicate, object_, _ in self._statements:
            digest.update(_line(subject, predicate, object_))
            self.count += 1
        self.sha256 = digest.hexdigest()
        self._genid = f"<{_GENID}{self.sha256}/"

    def __enter__(self) -> Content:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._statements.close()

    def chunks(self) -> Iterator[list[Record]]:
        """The statements with IRIs for blank nodes; all of a subject are in one chunk."""
        chunk: list[Record] = []
        subjects = 0
        for _, records in self._statements.by_subject():
            if chunk and (len(chunk) + len(records) > CHUNK or subjects == SUBJECTS):
                yield chunk
                chunk, subjects = [], 0
            subjects += 1
            chunk += [(self._as_iri(s), p, self._as_iri(o), "") for s, p, o, _ in records]
        if chunk:
            yield chunk

    def lines(self, records: Iterable[Record]) -> bytes:
        """Canonical N-Triples of the records of a chunk, their blank nodes as they were."""
        plain = {(self._as_blank(s), p, self._as_blank(o)) for s, p, o, _ in records}
        return b"".join(_line(*record) for record in sorted(plain))

    def _as_iri(self, term: str) -> str:
        return f"{self._genid}{term[2:]}>" if term[0] == "_" else term

    def _as_blank(self, term: str) -> str:
        return f"_:{term[len(self._genid) : -1]}" if term.startswith(self._genid) else term


def pieces(chunk: list[Record]) -> list[list[Record]]:
    """A chunk as it is sent: Virtuoso 7 cannot take some 5000 statements at once."""
    return [chunk[start : start + CHUNK] for start in range(0, len(chunk), CHUNK)]


@dataclass(frozen=True)
class Comparison:
    """Of one chunk: what the server lacks, what it has beyond it, and what it spells in its own way.

    ``respelled`` counts pairs such as ``("@zh-Hans", "@zh-hans")``: the same value by the normal form of ``compare``.
    """

    missing: list[Record]
    extra: list[Record]
    respelled: Counter[tuple[str, str]]


def compare(sent: list[Record], held: list[Record]) -> Comparison:
    """Compare by value: tags of languages in lower case, numbers and times as the embedded store writes them.

    Servers keep values, not spellings: ``"01"^^xsd:integer`` comes back as ``1``, ``@zh-Hans`` as ``@zh-hans``
    (RDF 1.1 Concepts, 3.3, allows the latter). What differs beyond that is another value.
    """
    exact_sent, exact_held = set(sent), set(held)
    only_sent, only_held = exact_sent - exact_held, exact_held - exact_sent
    if not only_sent and not only_held:
        return Comparison([], [], Counter())
    normal = {record: _normal(record) for record in (*sent, *held)}
    values_sent = {normal[record] for record in sent}
    by_value = {normal[record]: record for record in held}
    missing = [record for record in sent if normal[record] not in by_value]
    extra = [record for record in held if normal[record] not in values_sent]
    pairs = [(record[2], by_value.get(normal[record])) for record in sent if record in only_sent]
    return Comparison(missing, extra, Counter(_spelling(ours, other[2]) for ours, other in pairs if other))


def sparql_term(text: str) -> str:
    r"""Canonical N-Triples text for a SPARQL request.

    SPARQL replaces ``\uXXXX`` before it reads strings (19.2), so that in some servers ``"\\u0041"`` is no backslash
    with a ``u``. The ``u`` is escaped itself, which every reading understands.

    >>> sparql_term(r'"\\u0041"')
    '"\\\\\\u00750041"'
    >>> sparql_term(r'"\\\u0001"') == r'"\\\u0001"'
    True
    """
    return text if "\\" not in text else _ESCAPED.sub(_without_u, text)


def _without_u(match: re.Match[str]) -> str:
    return f"\\\\\\u{ord(match[1]):04X}" if match[1] else match[0]


def _line(subject: str, predicate: str, object_: str) -> bytes:
    return f"{subject} {predicate} {object_} .\n".encode()


def _normal(record: Record) -> Record:
    """A record with its object as the embedded store writes it."""
    object_ = record[2]
    if object_[0] != '"' or object_[-1] == '"':
        return record
    return record[0], record[1], _normal_literal(object_), record[3]


@lru_cache(maxsize=10_000)
def _normal_literal(text: str) -> str:
    term = parts(text)
    if term.language:
        return literal(term.value, language=term.language.lower())
    try:
        value = ox.Literal(term.value, datatype=ox.NamedNode(term.datatype))
    except ValueError:  # a datatype that is no IRI, which a server may say
        return text
    bound = ox.Variable("x")
    found = ox.Store().query("SELECT ?x {}", substitutions={bound: value})
    assert isinstance(found, ox.QuerySolutions)
    return str(next(found)[bound])


def _spelling(sent: str, held: str) -> tuple[str, str]:
    ours, theirs = parts(sent), parts(held)
    return (f"@{ours.language}", f"@{theirs.language}") if ours.language else (sent, held)
