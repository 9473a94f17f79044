"""The command line: one module per command, this one dispatches and turns errors into exit codes."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from gba_kg.errors import GbaKgError

__all__ = ["main"]

# Name and summary of each command; its module is imported only when it runs.
COMMANDS = {
    "check": "everything that can be said of the graph: lint, shapes, checks, contradictions, evidence, answers",
    "lint": "what no shape sees: format, prefixes, terms, code lists, translations, things without a use",
    "fmt": "write Turtle files in the one form: layout, prefixes, order of subjects",
    "validate": "validate the data against the SHACL shapes",
    "query": "run a stored query, or one of your own; without a name, list the stored ones",
    "search": "find things by words of any language, Chinese in either script",
    "show": "show one entity with all its facts and where the documents say so",
    "evidence": "prove every figure, date and name from the source documents",
    "export": "write the graph, a part of it or an answer for other tools: RDF, tables, property graphs",
    "document": "write an ontology, its code lists and its shapes as web pages in three languages",
    "release": "write a folder to publish: all formats, ontology, queries, description, checksums",
    "diff": "show what changed between two graphs: files, folders, exports, git revisions",
    "push": "publish the graph to a SPARQL server: swapped at once, resumable, read back",
    "reason": "what follows from the ontology by OWL 2 RL, why, and whether anything contradicts",
    "stats": "count what the graph holds",
}
FINE, USAGE, INTERNAL = 0, 2, 3


def main(argv: Sequence[str] | None = None, *, within_deadline: bool = False) -> int:
    """Run one command; returns its exit code (0 fine, 1 findings, 2 bad usage or input, 3 internal or incomplete).

    ``within_deadline``: this is the process that ``--timeout`` has started, which must not start another.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(words, within_deadline=within_deadline)
    except GbaKgError as error:
        print(f"gba-kg: {_visible(str(error))}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        # The reader of our output has gone (head, less); the interpreter must not complain at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except KeyboardInterrupt:
        print("gba-kg: interrupted", file=sys.stderr)
        return INTERNAL
    except Exception as error:  # the last line of defence: no traceback reaches a user (DECISIONS.md)
        if os.environ.get("GBA_KG_DEBUG"):
            raise
        what = _visible(f"{type(error).__name__}: {error}")
        print(f"gba-kg: internal error ({what}); GBA_KG_DEBUG=1 shows where", file=sys.stderr)
        return INTERNAL


def _visible(message: str) -> str:
    """A message without control characters but line ends: it may echo what stands in a file or in its name."""
    from gba_kg.results import visible

    return "\n".join(visible(line) for line in message.split("\n"))


def _run(words: list[str], *, within_deadline: bool) -> int:
    name = next((word for word in words if not word.startswith("-")), None)
    parser = argparse.ArgumentParser(
        prog="gba-kg",
        description="Knowledge graph of the measures that connect the rules of Guangdong, Hong Kong and Macao.",
        epilog="example: gba-kg query measures -p platform=hengqin",
    )
    parser.add_argument("--version", action="store_true", help="print the version and stop")
    commands = parser.add_subparsers(metavar="COMMAND")
    for command, summary in COMMANDS.items():
        if name is None or name not in COMMANDS or command == name:
            child = commands.add_parser(
                command,
                help=summary,
                description=f"{summary[0].upper()}{summary[1:]}.",
                formatter_class=argparse.RawDescriptionHelpFormatter,
            )
            if command == name:
                module = importlib.import_module(f"gba_kg.cli.{command}")
                module.add_arguments(child)
                keeps_time = getattr(module, "keeps_time", lambda _: False)
                child.set_defaults(run=module.run, command=command, keeps_time=keeps_time)
    try:
        arguments = parser.parse_args(words)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else USAGE
    if arguments.version:
        from gba_kg import __version__

        print(f"gba-kg {__version__}")
        return FINE
    if not hasattr(arguments, "run"):
        parser.print_help()
        return USAGE
    timed = getattr(arguments, "timeout", None) is not None and not arguments.keeps_time(arguments)
    if timed and not within_deadline:
        from gba_kg.cli.deadline import run_within

        return run_within(words, arguments.timeout, getattr(arguments, "output", None))
    code: int = arguments.run(arguments)
    return code
