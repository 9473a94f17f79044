"""``gba-kg lint``: what no shape sees."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from gba_kg.cli import common
from gba_kg.errors import UsageError

if TYPE_CHECKING:
    import pyoxigraph as ox

    from gba_kg.graph import Graph

_EXAMPLES = """examples:
  gba-kg lint
  gba-kg lint --data data --ontology ontology --languages en,fr --referred-to https://example.org/ns#Author

Over any data: code lists, unknown terms of known vocabularies, and things of the data's own namespaces that nobody
describes. --languages and --referred-to add two rules, which this project's own graph has anyway, as it has those of
its format, its prefixes and the terms of its ontology.
"""
_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = _EXAMPLES
    common.add_data(parser)
    parser.add_argument(
        "--shapes", type=Path, metavar="PATH", help="SHACL file or folder instead of the bundled shapes"
    )
    parser.add_argument(
        "--languages",
        metavar="TAG,...",
        type=_tags,
        help="languages in all of which a text is to be given once it is given in one of them",
    )
    parser.add_argument(
        "--referred-to",
        metavar="CLASS",
        type=_class,
        action="append",
        help="class, as an IRI or a short form of the project, whose individuals are to be referred to (repeatable)",
    )
    common.add_language(parser)
    common.add_report(parser)
    common.add_output(parser)


def _tags(text: str) -> list[str]:
    tags = text.split(",")
    if len(tags) < 2 or not all(_TAG.fullmatch(tag) for tag in tags):
        raise UsageError(f"--languages takes two or more tags such as en,fr, not '{text}'")
    return tags


def _class(text: str) -> ox.NamedNode:
    import pyoxigraph as ox

    from gba_kg.namespaces import expand

    try:
        return ox.NamedNode(expand(text) or text)
    except ValueError:
        raise UsageError(f"--referred-to takes an IRI or a short form of the project, not '{text}'") from None


def run(arguments: argparse.Namespace) -> int:
    """Lint; 1 when there is any finding."""
    levels = common.read_levels(arguments)
    graph = common.load_graph(arguments, into_store=False)
    with common.progress("reading between the lines"):
        from gba_kg.lint import lint

        found = lint(
            graph,
            _shapes(arguments),
            bundled_data=common.bundled_data(arguments),
            languages=arguments.languages or (),
            referred_to=arguments.referred_to or (),
            language=arguments.lang,
        )
    return common.report(found, arguments, levels, graph=graph)


def _shapes(arguments: argparse.Namespace) -> Graph:
    """The shapes that are named; without any, those of the project for its own graph, and none for other data."""
    from gba_kg.files import find_files
    from gba_kg.graph import Graph
    from gba_kg.resources import bundled
    from gba_kg.syntaxes import syntax_named

    own = [bundled("shapes")] if common.bundled_data(arguments) else []
    paths = [arguments.shapes] if arguments.shapes else own
    return Graph(tuple(find_files(paths, syntax_named(arguments.input_format) if arguments.input_format else None)))
