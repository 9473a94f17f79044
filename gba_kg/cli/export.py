"""``gba-kg export``: the graph for other tools."""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from gba_kg.cli import common
from gba_kg.errors import UsageError
from gba_kg.exports import FORMATS, Format, Options, export_files, stream

if TYPE_CHECKING:
    from gba_kg.exports.terms import Record
    from gba_kg.graph import Graph

_EXAMPLES = """examples:
  gba-kg export --output gba-kg.ttl
  gba-kg export --format nquads --output gba-kg.nq --manifest gba-kg.json
  gba-kg export --format csv --output tables
  gba-kg export --only measure:northbound-travel-for-macao-vehicles --depth 2 --format jsonld
  gba-kg export --query measures -p platform=hengqin --format csv --safe-for-spreadsheets

Formats: csv is a folder of one table per class with CSVW metadata; jsonld-framed has one tree per measure;
jsonld-context is the context alone; datacube has the outcomes as an RDF Data Cube; nquads is canonical (RDFC-1.0).
"""
# Formats that can hold the rows of a SELECT.
_TABLES = ("csv", "parquet")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = _EXAMPLES
    parser.add_argument("--reasoned", action="store_true", help="add the OWL 2 RL entailments")
    parser.add_argument(
        "--only", metavar="ID|NAME", help="one thing, with the passages and attestations that account for it"
    )
    parser.add_argument(
        "--depth", type=int, metavar="N", help="with --only: steps to what the thing names (default: 1, itself alone)"
    )
    parser.add_argument(
        "--query",
        metavar="NAME",
        help="the answer of a stored query: CONSTRUCT in any format, SELECT as csv or parquet",
    )
    parser.add_argument(
        "-p", "--param", action="append", default=[], metavar="KEY=VALUE", help="set a parameter (repeatable)"
    )
    parser.add_argument(
        "--queries", type=Path, metavar="DIR", help="folder of stored queries instead of the bundled one"
    )
    parser.add_argument(
        "--safe-for-spreadsheets",
        action="store_true",
        help="csv: put an apostrophe before cells that a spreadsheet would run as a formula",
    )
    parser.add_argument(
        "--manifest", type=Path, metavar="FILE", help="write size and SHA-256 of what was written to FILE, as JSON"
    )
    common.add_data(parser)
    common.add_language(parser)
    common.add_format(parser, tuple(FORMATS), "turtle")
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="PATH",
        help="write to a file, or folder for csv, instead of standard output",
    )


def run(arguments: argparse.Namespace) -> int:
    """Write what the options name."""
    form = FORMATS[arguments.format]
    _refuse_contradictions(arguments, form)
    in_store = bool(arguments.reasoned or arguments.only or arguments.query or form.query)
    graph = common.load_graph(arguments, into_store=in_store)
    if arguments.reasoned:
        with common.progress("reasoning"):
            graph.entail()
    manifest = _Manifest(form)
    with common.progress("exporting"):
        _write(arguments, form, graph, manifest)
    if arguments.manifest:
        common.write(manifest.as_json(), arguments.manifest)
    return 0


def _refuse_contradictions(arguments: argparse.Namespace, form: Format) -> None:
    if sum(bool(given) for given in (arguments.only, arguments.query, form.query)) > 1:
        raise UsageError("give one of --only, --query and --format datacube")
    if arguments.depth is not None and not arguments.only:
        raise UsageError("--depth belongs to --only")
    if (arguments.param or arguments.queries) and not arguments.query:
        raise UsageError("-p and --queries belong to --query")
    if arguments.safe_for_spreadsheets and form.name != "csv":
        raise UsageError("--safe-for-spreadsheets belongs to --format csv")
    if arguments.manifest and not arguments.output:
        raise UsageError("--manifest tells of files: name them with --output")
    if arguments.output and not form.folder and arguments.output.is_dir():
        raise UsageError(f"'{arguments.output}' is a folder: name a file in it")


def _write(arguments: argparse.Namespace, form: Format, graph: Graph, manifest: _Manifest) -> None:
    from gba_kg.exports.content import answer_records, graph_records, stored_records

    output: Path | None = arguments.output
    records: Iterable[Record]
    if arguments.query:
        answer = _answer(arguments, graph)
        if not isinstance(answer, ox.QueryTriples):
            pieces = _rows(form, graph, answer, guard=arguments.safe_for_spreadsheets)
            common.write_stream(manifest.hashed(output.name if output else "", pieces), output)
            return
        records = answer_records(graph, answer)
    elif arguments.only:
        records = _thing(arguments, graph)
    else:
        records = stored_records(graph, form.query) if form.query else graph_records(graph)
    options = Options(arguments.safe_for_spreadsheets, lambda: graph_records(graph))
    if form.folder:
        if output is None:
            raise UsageError(f"{form.name} is a folder of files: name it with --output")
        files = export_files(records, form.name, options)
        common.write_folder(((name, manifest.hashed(name, pieces)) for name, pieces in files), output)
    else:
        pieces = stream(records, form.name, options)
        common.write_stream(manifest.hashed(output.name if output else "", pieces), output)


def _thing(arguments: argparse.Namespace, graph: Graph) -> Iterable[Record]:
    from gba_kg.entities import find
    from gba_kg.exports.content import thing_records

    depth: int = 1 if arguments.depth is None else arguments.depth
    return thing_records(graph, find(graph, arguments.only), depth)


def _answer(arguments: argparse.Namespace, graph: Graph) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    from gba_kg.resources import bundled
    from gba_kg.stored import find_query

    folder: Path | None = arguments.queries
    exports = bundled("queries") / "exports"
    if folder is None and arguments.query in {path.stem for path in exports.glob("*.rq")}:
        folder = exports
    stored = find_query(arguments.query, folder)
    values = common.with_language(stored, common.parameters(arguments.param), arguments.lang)
    return graph.select(stored.bind(values, graph.store), str(stored.path))


def _rows(form: Format, graph: Graph, answer: ox.QuerySolutions | ox.QueryBoolean, *, guard: bool) -> Iterator[bytes]:
    """The rows of a SELECT in one of the formats that have rows."""
    from gba_kg.exports.content import answer_cells
    from gba_kg.exports.csvw import rows_as_csv
    from gba_kg.exports.parquet import rows_as_parquet

    if not isinstance(answer, ox.QuerySolutions):
        raise UsageError("the query answers true or false: there is nothing to export")
    if form.name not in _TABLES:
        raise UsageError(f"the query answers with rows, which {form.name} cannot hold: choose {' or '.join(_TABLES)}")
    columns = [variable.value for variable in answer.variables]
    rows = answer_cells(graph, answer)
    if form.name == "parquet":
        return rows_as_parquet(columns, rows)
    cells = ([cell or "" for cell in row] for row in rows)
    return rows_as_csv(chain([columns], cells), Options(guard))


class _Manifest:
    """What was written: names, sizes and digests."""

    def __init__(self, form: Format) -> None:
        self._form = form
        self._files: list[dict[str, object]] = []

    def hashed(self, name: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The pieces of a file, noted as they pass."""
        digest = hashlib.sha256()
        size = 0
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            yield piece
        self._files.append({"name": name, "bytes": size, "sha256": digest.hexdigest()})

    def as_json(self) -> str:
        """Format, media type and files; of a canonical format, how it is canonical."""
        about: dict[str, object] = {"format": self._form.name, "mediaType": self._form.media_type}
        if self._form.strict:
            about["canonicalization"] = "RDFC-1.0"
        return json.dumps(about | {"files": self._files}, ensure_ascii=False, indent=2) + "\n"
