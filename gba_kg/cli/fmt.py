"""``gba-kg fmt``: Turtle files in the one form."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gba_kg.cli import common
from gba_kg.cli.levels import refuse_levels
from gba_kg.errors import InputError, UsageError

if TYPE_CHECKING:
    from gba_kg.files import RdfFile

_EXAMPLES = """examples:
  gba-kg fmt data/cases
  gba-kg fmt --check
  gba-kg fmt - < draft.ttl > formatted.ttl

Without a path, in a working copy of the project, its folders ontology, data and shapes. The names of the files that
were written go to standard output. Nothing is written where a file is not Turtle, or where its statements or comments
would not be the same afterwards.
"""
_OF_CHECK = "is of --check: without it, files are written"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = _EXAMPLES
    parser.add_argument(
        "path", nargs="*", type=Path, help="Turtle file or folder, or - for standard input, written to standard output"
    )
    parser.add_argument("--check", action="store_true", help="write nothing: report the files that would change")
    common.add_language(parser)
    common.add_report(parser)
    common.add_output(parser)
    # To tell whether it was given: it is of --check alone.
    parser.set_defaults(format=None)


def run(arguments: argparse.Namespace) -> int:
    """Format; with --check, 1 when a file would change."""
    from gba_kg.files import STDIN
    from gba_kg.formatter import formatted

    if not arguments.check:
        refuse_levels(arguments, _OF_CHECK)
        if arguments.format:
            raise UsageError(f"--format {_OF_CHECK}")
    from_stdin = STDIN in arguments.path
    if from_stdin and len(arguments.path) > 1:
        raise UsageError("standard input (-) is formatted alone: name no other path")
    if arguments.output and not (arguments.check or from_stdin):
        raise UsageError("--output is of --check and of standard input: files are formatted where they lie")
    files = _files(arguments.path)
    with common.progress("formatting"):
        texts = formatted(files)
    if arguments.check:
        return _check(files, texts, arguments)
    if from_stdin:
        common.write(texts[0], arguments.output)
        return 0
    different = [(file, text) for file, text in zip(files, texts, strict=True) if file.content != text.encode()]
    for file, _ in different:
        if not file.path.stat().st_mode & 0o222:
            raise InputError("the file is read-only: nothing is written to it or to any other", file.shown)
    for file, text in different:
        _replace(file, text)
    return 0


def _files(paths: list[Path]) -> list[RdfFile]:
    from gba_kg.files import find_files, read_whole
    from gba_kg.syntaxes import TURTLE

    found = find_files(paths or _working_folders())
    for file in found:
        if file.syntax is not TURTLE and file.path in paths:
            raise UsageError(f"{file.shown} is {file.syntax.title}: Turtle alone is formatted")
    turtle = [file for file in found if file.syntax is TURTLE]
    if not turtle:
        raise UsageError("no Turtle file is there: nothing to format")
    # Read once, so that what is written is made of what is replaced.
    return [replace(file, content=read_whole(file).encode()) for file in turtle]


def _working_folders() -> list[Path]:
    from gba_kg.resources import bundled, bundled_root

    if not (bundled_root() / "gba_kg").is_dir():
        raise UsageError("this is no working copy of the project: name the files or folders to format")
    return [bundled(folder) for folder in ("ontology", "data", "shapes")]


def _check(files: list[RdfFile], texts: list[str], arguments: argparse.Namespace) -> int:
    from gba_kg.findings import Report
    from gba_kg.lint.files import misformatted

    levels = common.read_levels(arguments)
    arguments.format = arguments.format or "text"
    pairs = zip(files, texts, strict=True)
    findings = [finding for file, text in pairs for finding in misformatted(file, text, arguments.lang)]
    return common.report(Report.of(findings, {"files": len(files)}), arguments, levels)


def _replace(file: RdfFile, text: str) -> None:
    """Write a file anew, whole or not at all."""
    if file.path.read_bytes() != file.content:
        raise InputError(
            "somebody has changed this file just now: it is left as it is, run the command again", file.shown
        )
    common.write(text, file.path)
    common.write(f"{file.shown}\n", None)
