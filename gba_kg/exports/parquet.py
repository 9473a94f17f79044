"""Parquet: one table of statements, or the rows of a query; every value is text as it stands in the data."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import islice

from gba_kg.errors import IncompleteError
from gba_kg.exports.options import Options
from gba_kg.exports.statements import Statements
from gba_kg.exports.terms import parts

__all__ = ["COLUMNS", "rows_as_parquet", "write"]

COLUMNS = ("subject", "predicate", "object", "kind", "datatype", "language", "graph")
"""``kind`` is iri, blank or literal; blank nodes begin with ``_:``; datatype, language and graph may be null."""

_ROWS = 100_000
"""Rows of a row group: what is held in memory."""


def write(statements: Statements, options: Options) -> Iterator[bytes]:  # noqa: ARG001 - all formats have one signature
    """The table of statements."""

    def rows() -> Iterator[list[str | None]]:
        for subject, predicate, object_, graph in statements:
            value = parts(object_)
            named = (parts(subject).name, predicate[1:-1], value.name)
            in_graph = parts(graph).name if graph else None
            yield [*named, value.kind, value.datatype or None, value.language or None, in_graph]

    return rows_as_parquet(COLUMNS, rows())


def rows_as_parquet(columns: Iterable[str], rows: Iterator[list[str | None]]) -> Iterator[bytes]:
    """Rows as Parquet, all columns text; raises IncompleteError without pyarrow."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise IncompleteError("pyarrow is not installed: pip install 'gba-kg[parquet]'") from None

    schema = pyarrow.schema([(column, pyarrow.string()) for column in columns])
    sink = _Sink()
    with parquet.ParquetWriter(sink, schema, compression="zstd", write_page_index=False) as writer:
        while group := list(islice(rows, _ROWS)):
            arrays = [pyarrow.array(list(values), pyarrow.string()) for values in zip(*group, strict=True)]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))
            yield from sink.drain()
    yield from sink.drain()


class _Sink(io.RawIOBase):
    """A file that is only written, and gives out what it got."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[bytes] = []

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # the library passes bytes
        """Keep the bytes until they are drained."""
        self._waiting.append(bytes(data))
        return len(data)

    def drain(self) -> list[bytes]:
        """What was written since the last time."""
        done, self._waiting = self._waiting, []
        return done
