"""``gba-kg export``: the graph for other tools."""

from __future__ import annotations

import argparse

from gba_kg.cli import common
from gba_kg.exports import FORMATS, export

_EXAMPLES = """examples:
  gba-kg export --output gba-kg.ttl
  gba-kg export --format ntriples --reasoned --output gba-kg-reasoned.nt
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = _EXAMPLES
    parser.add_argument("--reasoned", action="store_true", help="add the OWL 2 RL entailments")
    common.add_data(parser)
    common.add_language(parser)
    common.add_format(parser, tuple(FORMATS), "turtle")
    common.add_output(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the graph."""
    graph = common.load_graph(arguments)
    if arguments.reasoned:
        with common.progress("reasoning"):
            graph.entail()
    common.write(export(graph, arguments.format), arguments.output)
    return 0
