"""All statements of an export in order, to be read as often as a format needs: in memory, or on disk if many."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import TracebackType

from gba_kg.errors import InputError
from gba_kg.exports.canonical import canonical_names
from gba_kg.exports.terms import Record

__all__ = ["ORDERS", "Statements"]

LIMIT = 12_000_000
"""Characters of sorted statements that are held in memory; beyond, they are merged from temporary files."""

ORDERS = {"triples": (0, 1, 2), "quads": (0, 1, 2, 3), "graphs": (3, 0, 1, 2)}
"""What an order sorts by: the union without graph names, canonical N-Quads, or graph by graph."""


class Statements:
    """Sorted statements without duplicates, the blank nodes named canonically (RDFC-1.0). A context manager.

    In the order ``triples`` the graphs are dropped before blank nodes are named, so that the same graph gives the same
    bytes however its files are cut. With ``strict``, nodes that are too alike for canonical names are an InputError;
    else they are named in the order of the files.
    """

    def __init__(self, records: Iterable[Record], order: str = "triples", *, strict: bool = False) -> None:
        self._fields = ORDERS[order]
        self._strict = strict
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._lines: list[str] = []
        self._sorted: Path | None = None
        try:
            self._collect(records)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Statements:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def __iter__(self) -> Iterator[Record]:
        by_graph, with_graph = self._fields[0] == 3, 3 in self._fields
        last = ""
        for line in self._read():
            if line == last:
                continue
            last = line
            # The innermost loop of every format: no call, and one way for each order.
            if by_graph:
                graph, subject, predicate, object_ = line.split("\t")
                yield subject, predicate, object_, graph
            elif with_graph:
                subject, predicate, object_, graph = line.split("\t")
                yield subject, predicate, object_, graph
            else:
                subject, predicate, object_ = line.split("\t")
                yield subject, predicate, object_, ""

    def by_subject(self) -> Iterator[tuple[str, list[Record]]]:
        """Subject by subject, with all its statements (of one graph, in the order ``graphs``)."""
        for _, records in groupby(self, key=itemgetter(3, 0) if self._fields[0] == 3 else itemgetter(0)):
            about = list(records)
            yield about[0][0], about

    def close(self) -> None:
        """Remove what lies on disk."""
        if self._folder:
            self._folder.cleanup()
            self._folder = None

    def _collect(self, records: Iterable[Record]) -> None:
        with_blanks: list[Record] = []
        pieces: list[Path] = []
        size = 0
        for record in self._named(records, with_blanks):
            line = "\t".join(record[field] for field in self._fields)
            self._lines.append(line)
            size += len(line)
            if size > LIMIT:
                pieces.append(self._write(f"{len(pieces)}", sorted(self._lines)))
                self._lines, size = [], 0
        self._lines.sort()
        if pieces:
            merged = heapq.merge(*(_lines_of(piece) for piece in pieces), self._lines)
            self._sorted = self._write("sorted", merged)
            self._lines = []
            for piece in pieces:
                piece.unlink()

    def _named(self, records: Iterable[Record], with_blanks: list[Record]) -> Iterator[Record]:
        drop = 3 not in self._fields
        for record in records:
            subject, predicate, object_, graph = record
            if drop:
                record = (subject, predicate, object_, graph := "")
            if subject[0] == "_" or object_[0] == "_" or graph[:1] == "_":
                with_blanks.append(record)
            else:
                yield record
        unique = list(dict.fromkeys(with_blanks))
        names = self._names(unique)
        for subject, predicate, object_, graph in unique:
            yield names.get(subject, subject), predicate, names.get(object_, object_), names.get(graph, graph)

    def _names(self, records: list[Record]) -> dict[str, str]:
        try:
            return canonical_names(records)
        except InputError:
            if self._strict:
                raise
        nodes = dict.fromkeys(t for s, _, o, g in records for t in (s, o, g) if t.startswith("_:"))
        return {node: f"_:b{number}" for number, node in enumerate(nodes)}

    def _write(self, name: str, lines: Iterable[str]) -> Path:
        try:
            if self._folder is None:
                self._folder = tempfile.TemporaryDirectory(prefix="gba-kg-")
            path = Path(self._folder.name) / name
            with path.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(f"{line}\n" for line in lines)
        except OSError as error:
            raise InputError(f"cannot be written: {error.strerror}", tempfile.gettempdir()) from None
        return path

    def _read(self) -> Iterator[str]:
        return _lines_of(self._sorted) if self._sorted else iter(self._lines)


def _lines_of(path: Path) -> Iterator[str]:
    # No literal holds a raw line end: canonical text escapes CR and LF, and universal newlines are off.
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line[:-1]
