"""The one way to write a Turtle file: the pinned formatter, then the order of prefixes and blocks.

What is written is proved first: it says the same as before, and no word of a comment is lost.
"""

from __future__ import annotations

import subprocess
import sysconfig
import tempfile
from collections import Counter
from collections.abc import Sequence
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


def formatted(file: RdfFile, triples: Sequence[ox.Triple] | None = None) -> str:
    """The text that a Turtle file is to have; ``triples`` are those of the file, where the caller has read them.

    Formatting the result changes nothing more. Raises InputError, with line and column, for what is not Turtle, and
    IncompleteError where the formatter is missing, cannot read the file, or would change what it says.
    """
    text = read_rdf(file)
    said = list(file.triples()) if triples is None else triples
    if not text.strip():
        return ""
    result = _pinned(text, file.shown)
    parts = blocks(result)
    if parts is not None:
        result = joined(in_order(without_idle_prefixes(parts), said))
    if result != text:
        _prove(file, text, said, result)
    return result


def _pinned(text: str, shown: str) -> str:
    program = Path(sysconfig.get_path("scripts")) / "turtlefmt"
    with tempfile.TemporaryDirectory(prefix="gba-kg-") as folder:
        path = Path(folder) / "file.ttl"
        path.write_bytes(text.encode())
        try:
            done = subprocess.run([program, path], capture_output=True, text=True, check=False, timeout=_SECONDS)
        except (OSError, subprocess.TimeoutExpired) as error:
            why = error.strerror if isinstance(error, OSError) else f"it took more than {_SECONDS} seconds"
            raise IncompleteError(f"turtlefmt cannot be run ({why}): 'pip install turtlefmt==0.1.2'") from None
        if done.returncode:
            said = (done.stderr.splitlines() or ["it does not say why"])[0].removeprefix("Error: ")
            raise IncompleteError(f"turtlefmt cannot format this file, which is left as it is: {said}", shown)
        return path.read_bytes().decode()


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
