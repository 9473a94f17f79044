"""The one way to write a Turtle file: the pinned formatter, then the order of prefixes and blocks.

What is written is proved first: it says the same as before, and no word of a comment is lost.
"""

from __future__ import annotations

import subprocess
import sysconfig
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from gba_kg.diff import compare
from gba_kg.errors import IncompleteError
from gba_kg.files import RdfFile, read_rdf
from gba_kg.formatter.blocks import blocks, joined
from gba_kg.formatter.order import in_order, without_idle_prefixes
from gba_kg.turtle_tokens import tokens

__all__ = ["formatted"]

_SECONDS = 60
_RUNS = 6


def formatted(files: Iterable[RdfFile], known: Mapping[RdfFile, Sequence[ox.Quad]] | None = None) -> list[str]:
    """The text that each Turtle file is to have; ``known`` holds the statements of files that have been read.

    Formatting a result changes nothing more. Raises InputError, with line and column, for the first file that is not
    Turtle, and IncompleteError where the formatter is missing, cannot read a file, or would change what it says.
    """
    sources = [(file, read_rdf(file), (known or {}).get(file) or list(file.quads())) for file in files]
    pinned = _pinned([text for _, text, _ in sources], [file.shown for file, _, _ in sources])
    return [
        _steady(file, text, [quad.triple for quad in quads], result)
        for (file, text, quads), result in zip(sources, pinned, strict=True)
    ]


def _steady(file: RdfFile, text: str, triples: list[ox.Triple], pinned: str) -> str:
    """The text of a file from what the pinned formatter has made of it, such that formatting it changes nothing more.

    The formatter needs more than one run for some comments.
    """
    before = text
    for _ in range(_RUNS):
        result = joined(in_order(without_idle_prefixes(blocks(pinned)), triples)) if before.strip() else ""
        if result == before:
            break
        before, pinned = result, _pinned([result], [file.shown])[0]
    else:
        raise IncompleteError("turtlefmt does not come to rest with this file: it is left as it is", file.shown)
    if before != text:
        _prove(file, text, triples, before)
    return before


def _pinned(texts: list[str], shown: list[str]) -> list[str]:
    """What the pinned formatter makes of texts: all in one run, one by one only to tell which it cannot read."""
    with tempfile.TemporaryDirectory(prefix="gba-kg-") as folder:
        paths = [Path(folder) / f"{number}.ttl" for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_bytes(text.encode())
        if paths and _run([Path(folder)]):
            for path, name in zip(paths, shown, strict=True):
                why = _run([path])
                if why:
                    raise IncompleteError(f"turtlefmt cannot format this file, which is left as it is: {why}", name)
        return [path.read_bytes().decode() for path in paths]


def _run(paths: list[Path]) -> str | None:
    """Format files or a folder in place; returns what went wrong."""
    program = Path(sysconfig.get_path("scripts")) / "turtlefmt"
    try:
        done = subprocess.run([program, *paths], capture_output=True, text=True, check=False, timeout=_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        why = error.strerror if isinstance(error, OSError) else f"it took more than {_SECONDS} seconds"
        raise IncompleteError(f"turtlefmt cannot be run ({why}): 'pip install turtlefmt==0.1.2' brings it") from None
    if not done.returncode:
        return None
    return (done.stderr.splitlines() or ["it does not say why"])[0].removeprefix("Error: ")


def _prove(file: RdfFile, text: str, said: Sequence[ox.Triple], result: str) -> None:
    """Refuse a result that says something else or has lost a word of a comment."""
    after = RdfFile(file.path, file.graph, file.syntax, result.encode())
    if compare(said, list(after.triples())):
        raise IncompleteError("formatting would change what this file says: it is left as it is", file.shown)
    if _comments(text) != _comments(result):
        raise IncompleteError("formatting would lose a comment of this file: it is left as it is", file.shown)


def _comments(text: str) -> Counter[str]:
    return Counter(
        word for kind, value, _ in tokens(text) if kind == "comment" for word in value.replace("#", " ").split()
    )
