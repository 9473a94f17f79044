"""``gba-kg release``: a folder to publish, with everything that can be said of the graph."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pyoxigraph as ox

from gba_kg.cli import common
from gba_kg.errors import InputError, UsageError
from gba_kg.graph import load_files
from gba_kg.release import FORMS, NO_CITATION, Settings, bundled_citation, day_of_build, release
from gba_kg.resources import bundled, bundled_file
from gba_kg.stored import StoredQuery, find_queries

if TYPE_CHECKING:
    from gba_kg.graph import Graph

_EXAMPLES = """examples:
  gba-kg release gba-kg-release
  gba-kg release gba-kg-release --base https://example.org/gba-kg/ --endpoint https://example.org/sparql
  SOURCE_DATE_EPOCH=1780000000 gba-kg release nightly --without parquet

The folder holds the graph in all formats, the ontology with its pages, shapes, stored queries as RDF, a description in
DCAT 3 and VoID, a manifest and SHA256SUMS. Parquet and trees of JSON-LD need libraries: pip install 'gba-kg[release]'.
With --data the data have to describe one dcat:Dataset; shapes and queries are those that are named.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = _EXAMPLES
    parser.add_argument("output", type=Path, metavar="DIR", help="folder to make; it must not exist or be empty")
    parser.add_argument(
        "--base",
        default="",
        metavar="URL",
        help="where the folder will be found (default: release/VERSION/ below the IRI of the dataset)",
    )
    parser.add_argument("--endpoint", metavar="URL", help="SPARQL endpoint that serves the graph, to be named in it")
    parser.add_argument(
        "--without",
        action="append",
        default=[],
        choices=FORMS,
        metavar="FORMAT",
        help="leave a format out (repeatable)",
    )
    parser.add_argument("--shapes", type=Path, metavar="PATH", help="shapes that the data conform to")
    parser.add_argument("--queries", type=Path, metavar="DIR", help="folder of stored queries")
    common.add_data(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the folder, whole or not at all."""
    own = common.bundled_data(arguments)
    output: Path = arguments.output
    base, endpoint = _url("--base", arguments.base), _url("--endpoint", arguments.endpoint or "")
    if output.exists() and not (output.is_dir() and not any(output.iterdir())):
        raise InputError("is there already: name a new folder", str(output))
    citation = bundled_citation() if own else NO_CITATION
    settings = Settings(
        base if base.endswith("/") or not base else f"{base}/",
        endpoint or None,
        frozenset(arguments.without),
        citation,
        day_of_build() or citation.released,
        (bundled_file("LICENSE-DATA"), bundled_file("CITATION.cff")) if own else (),
    )
    shapes: Path | None = arguments.shapes or (bundled("shapes") if own else None)
    with common.progress("releasing"):
        graph = common.load_graph(arguments)
        if shapes:
            _refuse_violations(graph, shapes)
        queries = _queries(arguments.queries, own=own)
        files = release(graph, load_files([shapes]) if shapes else None, queries, settings, _pages)
        common.write_folder(files, output)
    return 0


def _pages(graph: Graph, shapes: Graph | None) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The pages on the ontology; none for data that come without terms of their own."""
    from gba_kg.ontology_pages import NothingDeclaredError, pages

    with suppress(NothingDeclaredError):
        yield from pages(graph, shapes)


def _url(option: str, text: str) -> str:
    """An absolute URL that can stand in RDF and be followed by a path; empty where none is given."""
    if not text:
        return ""
    try:
        ox.NamedNode(text)
        fits = bool(re.match(r"https?://[^/?#]", text)) and not urlsplit(text).fragment
    except ValueError:
        fits = False
    if not fits or (option == "--base" and "?" in text):
        raise UsageError(
            f"{option} takes the address of a {'folder' if option == '--base' else 'server'}, not '{text}'"
        )
    return text


def _refuse_violations(graph: Graph, shapes: Path) -> None:
    """The description says that the data conform: so they have to."""
    from gba_kg.validation import validate

    found = [each for each in validate(graph, shapes).findings if each.severity == "violation"]
    if found:
        raise InputError(f"{len(found)} violations of the shapes: 'gba-kg validate' says what and where", str(shapes))


def _queries(folder: Path | None, *, own: bool) -> list[StoredQuery]:
    """The queries of a folder; of the bundled one also the checks and those that build graphs."""
    if folder:
        return find_queries(folder)
    where = bundled("queries")
    return (
        [query for each in (where, where / "checks", where / "exports") for query in find_queries(each)] if own else []
    )
