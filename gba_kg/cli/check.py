"""``gba-kg check``: all that can be checked."""

from __future__ import annotations

import argparse
from pathlib import Path

from gba_kg.cli import common

_EXAMPLES = """examples:
  gba-kg check
  gba-kg check --sources ../shared/sources --format json
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = _EXAMPLES
    common.add_sources(parser)
    parser.add_argument(
        "--shapes", type=Path, metavar="PATH", help="SHACL file or folder instead of the bundled shapes"
    )
    common.add_data(parser)
    common.add_language(parser)
    common.add_report(parser)
    common.add_output(parser)


def run(arguments: argparse.Namespace) -> int:
    """Check; 1 when there is any finding."""
    levels = common.read_levels(arguments)
    graph = common.load_graph(arguments)
    with common.progress("checking"):
        from gba_kg.checks import check

        found = check(
            graph,
            bundled_data=common.bundled_data(arguments),
            sources=arguments.sources,
            shapes=arguments.shapes,
            language=arguments.lang,
            syntax=arguments.input_format,
        )
    return common.report(found, arguments, levels, graph=graph)
