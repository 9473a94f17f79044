"""``gba-kg evidence``: the graph against the documents."""

from __future__ import annotations

import argparse

from gba_kg.cli import common
from gba_kg.namespaces import shrink

_EXAMPLES = """examples:
  gba-kg evidence --sources ../shared/sources
  gba-kg evidence --format json --output evidence.json
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = _EXAMPLES
    common.add_sources(parser)
    parser.add_argument("--list", action="store_true", help="list everything that was proved, not only the counts")
    common.add_data(parser)
    common.add_language(parser)
    common.add_report(parser)
    common.add_output(parser)


def run(arguments: argparse.Namespace) -> int:
    """Prove the evidence; 1 when something is not proved, 3 when the documents are absent."""
    from gba_kg.documents import sources_folder
    from gba_kg.evidence import prove

    levels = common.read_levels(arguments)
    folder = sources_folder(arguments.sources)
    graph = common.load_graph(arguments)
    with common.progress("reading the documents"):
        found = prove(graph, folder, arguments.lang)
    proofs = [
        f"proved: {shrink(proof.focus)} {proof.words or ''} [{proof.rule}]".replace("  ", " ") for proof in found.proved
    ]
    return common.report(found, arguments, levels, graph=graph, proved="proved", notes=proofs if arguments.list else ())
