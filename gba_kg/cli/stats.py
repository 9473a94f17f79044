"""``gba-kg stats``: how much there is."""

from __future__ import annotations

import argparse
import json

from gba_kg.cli import common
from gba_kg.statistics import count

_EXAMPLES = """examples:
  gba-kg stats
  gba-kg stats --format json
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = _EXAMPLES
    common.add_data(parser)
    common.add_language(parser)
    common.add_format(parser, ("text", "json"), "text")
    common.add_output(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the counts."""
    counts = count(common.load_graph(arguments), arguments.lang)
    if arguments.format == "json":
        content = json.dumps(counts, ensure_ascii=False, indent=2) + "\n"
    else:
        content = "".join(f"{number:>8}  {name}\n" for group in counts.values() for name, number in group.items())
    common.write(content, arguments.output)
    return 0
