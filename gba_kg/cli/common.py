"""What the commands share: options, output, progress and the report of findings."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from gba_kg.cli.levels import Levels, add_levels, levelled, read_levels
from gba_kg.errors import InputError, UsageError
from gba_kg.files import STDIN
from gba_kg.reports import FORMATS, render
from gba_kg.stored import LANGUAGES
from gba_kg.syntaxes import SYNTAXES

if TYPE_CHECKING:
    from gba_kg.findings import Report
    from gba_kg.graph import Graph
    from gba_kg.stored import StoredQuery

__all__ = [
    "add_data",
    "add_format",
    "add_language",
    "add_output",
    "add_report",
    "add_sources",
    "bundled_data",
    "bundled_ontology",
    "load_graph",
    "parameters",
    "progress",
    "read_levels",
    "report",
    "with_language",
    "write",
    "write_folder",
    "write_stream",
]


def add_data(parser: argparse.ArgumentParser) -> None:
    """``--data``, ``--ontology`` and what goes with other people's files: ``--input-format`` and ``--timeout``."""
    parser.add_argument(
        "--data",
        type=Path,
        action="append",
        metavar="PATH",
        help="RDF file or folder, or - for standard input, instead of the bundled data (repeatable; GBA_KG_DATA)",
    )
    parser.add_argument(
        "--ontology",
        type=Path,
        action="append",
        metavar="PATH",
        help="ontology and code lists instead of the bundled ones (repeatable; GBA_KG_ONTOLOGY)",
    )
    add_input_format(parser)
    _add_timeout(parser)


def add_input_format(parser: argparse.ArgumentParser) -> None:
    """``--input-format``, the syntax of what has no extension that tells it."""
    parser.add_argument(
        "--input-format",
        metavar="NAME",
        help="syntax of standard input (default: turtle) and of files whose extension says none: "
        f"{', '.join(syntax.name for syntax in SYNTAXES)}, or a media type",
    )


def _add_timeout(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--timeout",
        type=_seconds,
        metavar="SECONDS",
        help="end the work when it takes longer, whatever it is doing (exit code 3, nothing is written)",
    )


def _seconds(text: str) -> float:
    from gba_kg.cli.deadline import seconds

    return seconds(text)


def add_sources(parser: argparse.ArgumentParser) -> None:
    """``--sources``: where the documents are."""
    parser.add_argument(
        "--sources",
        type=Path,
        metavar="DIR",
        help="folder of the source documents (default: ../shared/sources; GBA_KG_SOURCES)",
    )


def add_language(parser: argparse.ArgumentParser) -> None:
    """``--lang``: the language of labels and messages."""
    parser.add_argument(
        "--lang",
        type=_language,
        metavar="{" + ",".join(LANGUAGES) + "}",
        default=os.environ.get("GBA_KG_LANG", "en"),
        help="language of labels and messages (default: en; GBA_KG_LANG)",
    )


def _language(tag: str) -> str:
    if tag not in LANGUAGES:
        raise UsageError(f"--lang or GBA_KG_LANG: '{tag}' is not one of {', '.join(LANGUAGES)}")
    return tag


def add_format(parser: argparse.ArgumentParser, formats: tuple[str, ...], default: str) -> None:
    """``--format``: one of the formats of a command."""
    parser.add_argument("--format", choices=formats, default=default, help="form of the output (default: %(default)s)")


def add_output(parser: argparse.ArgumentParser) -> None:
    """``--output``: a file instead of standard output, written whole or not at all."""
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write to FILE instead of standard output")


def bundled_data(arguments: argparse.Namespace) -> bool:
    """Whether the command runs over the graph that the package carries."""
    return not _given(arguments.data, "GBA_KG_DATA") and bundled_ontology(arguments)


def bundled_ontology(arguments: argparse.Namespace) -> bool:
    """Whether the command reads the ontology that the package carries, whatever the data are."""
    return not _given(arguments.ontology, "GBA_KG_ONTOLOGY")


def load_graph(arguments: argparse.Namespace, *, into_store: bool = True, with_data: bool = True) -> Graph:
    """The graph that the options name; without ``into_store``, its files alone.

    Without ``with_data``, what the options do not name is not the bundled data but none.
    """
    from gba_kg.graph import load

    data, ontology = _given(arguments.data, "GBA_KG_DATA"), _given(arguments.ontology, "GBA_KG_ONTOLOGY")
    shapes = getattr(arguments, "shapes", None) or []
    named = [*(data or []), *(ontology or []), *(shapes if isinstance(shapes, list) else [shapes])]
    if named.count(STDIN) > 1:
        raise UsageError("standard input (-) can be read once: name it once among --data, --ontology and --shapes")
    if data is None and not with_data:
        data = []
    return load(data, ontology, syntax=arguments.input_format, into_store=into_store)


def _given(paths: list[Path] | None, variable: str) -> list[Path] | None:
    named = os.environ.get(variable)
    return paths or ([Path(part) for part in named.split(os.pathsep)] if named else None)


def with_language(stored: StoredQuery, values: dict[str, str], language: str) -> dict[str, str]:
    """Parameter values with ``--lang``, where the query takes a language and none is given."""
    takes_language = any(parameter.name == "lang" for parameter in stored.parameters)
    return {"lang": language, **values} if takes_language else values


def parameters(given: list[str]) -> dict[str, str]:
    """The values of ``-p KEY=VALUE``; raises UsageError for what is not of that form or given twice."""
    values: dict[str, str] = {}
    for pair in given:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise UsageError(f"-p takes KEY=VALUE, not '{pair}'")
        if key in values:
            raise UsageError(f"parameter '{key}' is given twice")
        values[key] = value
    return values


def write(content: str | bytes, output: Path | None) -> None:
    """Write to standard output, or to a file that appears only when it is complete."""
    write_stream([content.encode("utf-8") if isinstance(content, str) else content], output)


def write_stream(pieces: Iterable[bytes], output: Path | None) -> None:
    """Write pieces as they come, as ``write`` does; an error of what makes them leaves no file behind.

    Devices and pipes, such as ``/dev/null`` and ``/dev/stdout``, are written to and never replaced; of a link, the file
    that it leads to is written. A file keeps its mode.
    """
    if output is None:
        sys.stdout.flush()
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
        return
    if output.exists() and not output.is_file():
        with _write_errors(output), output.open("wb") as device:
            device.writelines(pieces)
        return
    output = Path(os.path.realpath(output))
    mode = output.stat().st_mode & 0o777 if output.exists() else 0o666 & ~_umask()
    unfinished: Path | None = None
    with _write_errors(output):
        try:
            with tempfile.NamedTemporaryFile(dir=output.parent, prefix=_unfinished(output), delete=False) as file:
                unfinished = Path(file.name)
                file.writelines(pieces)
            unfinished.chmod(mode)
            unfinished.replace(output)
        except BaseException:
            if unfinished:
                unfinished.unlink(missing_ok=True)
            raise


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def write_folder(files: Iterable[tuple[str, Iterable[bytes]]], output: Path) -> None:
    """Write files, each with its name, to a folder that appears only when it is complete.

    Raises InputError when there is a folder already that is not empty: what lies in it is not ours to remove.
    """
    with _write_errors(output):
        if output.is_dir() and any(output.iterdir()):
            raise InputError("the folder is not empty: name a new one", str(output))
        unfinished = Path(tempfile.mkdtemp(dir=output.parent, prefix=_unfinished(output)))
        try:
            for name, pieces in files:
                path = unfinished / name
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("wb") as file:
                    file.writelines(pieces)
                path.chmod(0o644)
            for folder in unfinished.rglob("*/"):
                folder.chmod(0o755)
            unfinished.chmod(0o755)
            unfinished.replace(output)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise


def _unfinished(output: Path) -> str:
    # ``deadline`` removes what a killed process leaves: the name holds its number.
    return f".{output.name}.{os.getpid()}."


@contextmanager
def _write_errors(output: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", str(output)) from None


_PATIENCE = 1.0
"""Seconds of silence."""


@contextmanager
def progress(doing: str) -> Iterator[None]:
    """Say on standard error, where that is a terminal, what is being done when it takes longer than ``_PATIENCE``."""
    if not sys.stderr.isatty():
        yield
        return
    timer = threading.Timer(_PATIENCE, print, [f"gba-kg: {doing} ..."], {"file": sys.stderr, "flush": True})
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def add_report(parser: argparse.ArgumentParser) -> None:
    """``--format`` and the levels: what form findings have, which are reported, and which make the exit code 1."""
    add_format(parser, FORMATS, "text")
    add_levels(parser)


def report(
    found: Report,
    arguments: argparse.Namespace,
    levels: Levels,
    *,
    graph: Graph | None = None,
    proved: str = "checked",
    notes: Sequence[str] = (),
) -> int:
    """Write findings in the form and to the file of the options; returns the exit code: 1 from ``--fail-on`` on.

    ``levels`` was read before the work (``read_levels``); ``graph`` is what was looked at, for labels; ``notes`` are
    lines that come before a text.
    """
    from gba_kg.reports.context import Context

    found, accepted = levelled(found, levels, arguments, graph)
    colour = arguments.output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    told = render(found, arguments.format, Context(arguments.lang, graph, colour, proved, notes))
    if accepted is not None:
        write(accepted, arguments.baseline)
    write(told, arguments.output)
    return 1 if found.fails(arguments.fail_on or "info") else 0
