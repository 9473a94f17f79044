"""What the commands share: options, output, progress and the text form of findings."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from gba_kg.errors import InputError, UsageError
from gba_kg.files import STDIN
from gba_kg.findings import LEVELS
from gba_kg.reports import FORMATS, render
from gba_kg.results import visible
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
    "load_graph",
    "parameters",
    "progress",
    "report",
    "with_language",
    "write",
    "write_folder",
    "write_stream",
]

_COLOURS = {"violation": "31", "warning": "33", "info": "36"}


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
    parser.add_argument(
        "--input-format",
        metavar="NAME",
        help="syntax of standard input (default: turtle) and of files whose extension says none: "
        f"{', '.join(syntax.name for syntax in SYNTAXES)}, or a media type",
    )
    _add_timeout(parser)


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
    return not (_given(arguments.data, "GBA_KG_DATA") or _given(arguments.ontology, "GBA_KG_ONTOLOGY"))


def load_graph(arguments: argparse.Namespace, *, into_store: bool = True) -> Graph:
    """The graph that the options name; without ``into_store``, its files alone."""
    from gba_kg.graph import load

    data, ontology = _given(arguments.data, "GBA_KG_DATA"), _given(arguments.ontology, "GBA_KG_ONTOLOGY")
    shapes = getattr(arguments, "shapes", None) or []
    named = [*(data or []), *(ontology or []), *(shapes if isinstance(shapes, list) else [shapes])]
    if named.count(STDIN) > 1:
        raise UsageError("standard input (-) can be read once: name it once among --data, --ontology and --shapes")
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

    Devices and pipes, such as ``/dev/null`` and ``/dev/stdout``, are written to and never replaced.
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
    unfinished: Path | None = None
    with _write_errors(output):
        try:
            with tempfile.NamedTemporaryFile(dir=output.parent, prefix=_unfinished(output), delete=False) as file:
                unfinished = Path(file.name)
                file.writelines(pieces)
            unfinished.chmod(0o644)
            unfinished.replace(output)
        except BaseException:
            if unfinished:
                unfinished.unlink(missing_ok=True)
            raise


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
                with (unfinished / name).open("wb") as file:
                    file.writelines(pieces)
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


@contextmanager
def progress(doing: str) -> Iterator[None]:
    """Say on standard error what is being done when it takes longer than a second."""
    timer = threading.Timer(1.0, print, [f"gba-kg: {doing} ..."], {"file": sys.stderr, "flush": True})
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def add_report(parser: argparse.ArgumentParser) -> None:
    """``--fail-on`` and ``--format``: which findings make the exit code 1, and what form they have."""
    add_format(parser, ("text", "json", *FORMATS), "text")
    parser.add_argument(
        "--fail-on",
        choices=LEVELS,
        default="info",
        help="the least severity that makes the exit code 1 (default: info, any finding; none: never)",
    )


def report(found: Report, arguments: argparse.Namespace, *, proved: str = "checked", notes: Sequence[str] = ()) -> int:
    """Write findings in the form and to the file of the options; returns the exit code: 1 from ``--fail-on`` on."""
    form, output = arguments.format, arguments.output
    colour = output is None and _colour_wanted()
    if form in FORMATS:
        write(render(found, form), output)
    elif form == "json":
        write(json.dumps(found.as_dict(), ensure_ascii=False, indent=2) + "\n", output)
    else:
        write("".join(f"{visible(note)}\n" for note in notes) + _as_text(found, proved, colour=colour), output)
    return 1 if found.fails(arguments.fail_on) else 0


def _colour_wanted() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _as_text(found: Report, proved: str, *, colour: bool) -> str:
    lines = []
    for finding in found.findings:
        place = ":".join(str(part) for part in (finding.file, finding.line, finding.column) if part is not None)
        severity = f"\033[{_COLOURS[finding.severity]}m{finding.severity}\033[0m" if colour else finding.severity
        lines.append(f"{visible(place or '-')}: {severity}: {visible(finding.message)} [{finding.rule}]")
    lines += [f"skipped: {reason}" for reason in found.skipped]
    counts = ", ".join(f"{count} {name}" for name, count in found.checked.items())
    lines.append(f"{proved}: {counts}")
    lines.append(
        "no findings" if found.conforms else f"{len(found.findings)} finding{'s' if len(found.findings) > 1 else ''}"
    )
    return "\n".join(lines) + "\n"
