"""``gba-kg validate``: the data against the shapes."""

from __future__ import annotations

import argparse
from pathlib import Path

from gba_kg.cli import common
from gba_kg.engines import ENGINES
from gba_kg.validation import validate

_EXAMPLES = """examples:
  gba-kg validate
  gba-kg validate --data my-cases/ --shapes my-shapes/ --format json
  gba-kg validate --changed-since HEAD~1
  gba-kg export --format ntriples | gba-kg validate --data - --input-format ntriples
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = _EXAMPLES
    parser.add_argument(
        "--shapes",
        type=Path,
        action="append",
        metavar="PATH",
        help="SHACL file or folder instead of the bundled shapes (repeatable)",
    )
    parser.add_argument(
        "--engine",
        choices=ENGINES,
        default="fast",
        help="fast (default), reference (pySHACL), or both: exit 3 when they differ",
    )
    parser.add_argument(
        "--changed-since",
        metavar="REV",
        help="report what a change of the files since this git revision can affect: exactly the findings of the full "
        "run for those focus nodes",
    )
    common.add_data(parser)
    common.add_language(parser)
    common.add_report(parser)
    common.add_output(parser)


def run(arguments: argparse.Namespace) -> int:
    """Validate; 1 when there is any finding."""
    levels = common.read_levels(arguments)
    graph = common.load_graph(arguments)
    with common.progress("validating"):
        found = validate(
            graph,
            arguments.shapes,
            language=arguments.lang,
            engine=arguments.engine,
            syntax=arguments.input_format,
            changed_since=arguments.changed_since,
        )
    return common.report(found, arguments, levels, graph=graph)
