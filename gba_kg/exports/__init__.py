"""Writes a graph out in the formats of other tools: the same bytes for the same graph, values untouched."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gba_kg.errors import UsageError
from gba_kg.exports.options import Options
from gba_kg.exports.terms import Record

if TYPE_CHECKING:
    from gba_kg.graph import Graph

__all__ = ["FORMATS", "Format", "Options", "export", "export_files", "stream"]


@dataclass(frozen=True)
class Format:
    """A format: its media type, its extension with the dot, and the function that writes it.

    ``order`` says how the statements come (``statements.ORDERS``): as triples, or with their graphs. A ``folder`` has
    several files and a media type of its members. ``strict`` formats need canonical names of blank nodes. ``query`` is
    the stored CONSTRUCT whose answer the format is for.
    """

    name: str
    media_type: str
    extension: str
    module: str
    function: str = "write"
    order: str = "triples"
    folder: bool = False
    strict: bool = False
    query: str | None = None


FORMATS = {
    form.name: form
    for form in (
        Format("turtle", "text/turtle", ".ttl", "turtle"),
        Format("ntriples", "application/n-triples", ".nt", "ntriples"),
        Format("nquads", "application/n-quads", ".nq", "ntriples", order="quads", strict=True),
        Format("trig", "application/trig", ".trig", "turtle", "write_graphs", order="graphs"),
        Format("jsonld", "application/ld+json", ".jsonld", "jsonld"),
        Format("jsonld-framed", "application/ld+json", ".json", "framed"),
        Format("jsonld-context", "application/ld+json", ".jsonld", "jsonld", "write_context"),
        Format("rdfxml", "application/rdf+xml", ".rdf", "rdfxml"),
        Format("csv", "text/csv", "", "csvw", folder=True),
        Format("graphml", "application/graphml+xml", ".graphml", "graphml"),
        Format("cypher", "text/plain", ".cypher", "cypher"),
        Format("datacube", "text/turtle", ".ttl", "turtle", query="outcomes-as-data-cube"),
        Format("parquet", "application/vnd.apache.parquet", ".parquet", "parquet", order="quads"),
    )
}


def export(graph: Graph, form: str = "turtle") -> bytes:
    """The union of all files, and what reasoning added to the store, in a format of one file.

    Raises UsageError for an unknown format and for one of several files, InputError where a format cannot hold a value.
    """
    from gba_kg.exports.content import graph_records, stored_records

    query = _format(form).query
    return b"".join(stream(stored_records(graph, query) if query else graph_records(graph), form))


def stream(records: Iterable[Record], form: str, options: Options | None = None) -> Iterator[bytes]:
    """Statements in a format of one file, in pieces; see ``gba_kg.exports.content`` for where records come from.

    Nothing is given out before all records were read. Raises as ``export`` does.
    """
    chosen = _format(form)
    if chosen.folder:
        raise UsageError(f"{form} is a folder of files: name a folder for it")
    from gba_kg.exports.statements import Statements

    write = getattr(importlib.import_module(f"gba_kg.exports.{chosen.module}"), chosen.function)
    with Statements(records, chosen.order, strict=chosen.strict) as statements:
        for piece in write(statements, options or Options()):
            yield piece if isinstance(piece, bytes) else piece.encode()


def export_files(
    records: Iterable[Record], form: str, options: Options | None = None
) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Statements in a format of several files: their names, each with its pieces, to be read in this order."""
    chosen = _format(form)
    if not chosen.folder:
        raise UsageError(f"{form} is one file, not a folder")
    from gba_kg.exports.statements import Statements

    write = getattr(importlib.import_module(f"gba_kg.exports.{chosen.module}"), chosen.function)
    with Statements(records, chosen.order, strict=chosen.strict) as statements:
        yield from write(statements, options or Options())


def _format(form: str) -> Format:
    if form not in FORMATS:
        raise UsageError(f"no format '{form}': there are {', '.join(FORMATS)}")
    return FORMATS[form]
