"""``gba-kg search``: things by words."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from gba_kg.cli import common
from gba_kg.errors import UsageError
from gba_kg.namespaces import shrink
from gba_kg.results import visible
from gba_kg.text_search import search

_EXAMPLES = """examples:
  gba-kg search bonds
  gba-kg search 醫療 --lang zh-Hant --limit 5
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = _EXAMPLES
    parser.add_argument("text", metavar="TEXT", help="words in any language; Chinese in either script")
    parser.add_argument("--limit", type=int, default=20, help="how many results at the most (default: %(default)s)")
    common.add_data(parser)
    common.add_language(parser)
    common.add_format(parser, ("text", "json"), "text")
    common.add_output(parser)


def run(arguments: argparse.Namespace) -> int:
    """Search; exit code 1 when nothing matches."""
    if arguments.limit < 1:
        raise UsageError("--limit takes a whole number from 1")
    hits = search(common.load_graph(arguments), arguments.text, language=arguments.lang, limit=arguments.limit)
    if arguments.format == "json":
        content = json.dumps([asdict(hit) for hit in hits], ensure_ascii=False, indent=2) + "\n"
    else:
        lines = [
            f"{shrink(hit.iri)}  {visible(hit.label)}"
            + (f"  ({visible(hit.matched)})" if hit.matched != hit.label else "")
            for hit in hits
        ]
        content = "".join(f"{line}\n" for line in lines)
    common.write(content, arguments.output)
    return 0 if hits else 1
