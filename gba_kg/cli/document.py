"""``gba-kg document``: the ontology as web pages."""

from __future__ import annotations

import argparse
from pathlib import Path

from gba_kg.cli import common

_EXAMPLES = """examples:
  gba-kg document --output pages
  gba-kg document --ontology my-ontology.ttl --shapes my-shapes/ --data my-data/ --output pages

The folder has index.html (English), index.zh-Hans.html and index.zh-Hant.html; they need no script and no network.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = _EXAMPLES
    parser.add_argument(
        "--shapes",
        type=Path,
        action="append",
        metavar="PATH",
        help="SHACL file or folder that tells what is asked of the data (repeatable; default: the bundled shapes, "
        "with another ontology none)",
    )
    common.add_data(parser)
    parser.add_argument(
        "-o", "--output", type=Path, metavar="DIR", required=True, help="write to a folder, which is new or empty"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the pages."""
    from gba_kg.graph import load_files
    from gba_kg.ontology_pages import pages
    from gba_kg.resources import bundled

    ours = common.bundled_ontology(arguments)
    graph = common.load_graph(arguments, with_data=ours)
    files = arguments.shapes or ([bundled("shapes")] if ours else [])
    with common.progress("writing pages"):
        common.write_folder(pages(graph, load_files(files, arguments.input_format)), arguments.output)
    return 0
