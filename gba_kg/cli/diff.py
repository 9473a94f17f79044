"""``gba-kg diff``: what changed between two graphs."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from gba_kg.cli import common
from gba_kg.diff import Change, Changed, Difference, compare
from gba_kg.errors import UsageError
from gba_kg.namespaces import shrink
from gba_kg.results import visible

if TYPE_CHECKING:
    from gba_kg.graph import Graph

_EXAMPLES = """examples:
  gba-kg diff data/places.ttl data/places.ttl
  gba-kg diff v0.1.0 --format markdown
  gba-kg diff v0.1.0:data/cases data/cases
  gba-kg diff old-export.nt new-export.nq --format update --output from-old-to-new.ru
  gba-kg export --format nquads | gba-kg diff old-export.nt - --input-format nquads

A is what was, B what is: a file, a folder, - for standard input, REVISION:PATH of git, or REVISION alone for its
ontology/ and data/.
Without B, the graph that gba-kg carries. Exit code 1 when they differ.
"""
_FOLDERS = ("ontology", "data")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = _EXAMPLES
    parser.add_argument("before", metavar="A", help="file, folder, - for standard input, or git revision")
    parser.add_argument("after", metavar="B", nargs="?", help="the same (default: the bundled graph)")
    common.add_input_format(parser)
    common.add_language(parser)
    common.add_format(parser, tuple(_FORMATS), "text")
    common.add_output(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the difference; 1 when there is any."""
    before, after, syntax = arguments.before, arguments.after, arguments.input_format
    if before == after == "-":
        raise UsageError("standard input can be read once: name something else as A or B")
    with _graph(before, syntax) as was, _graph(after, syntax) as now, common.progress("comparing"):
        old, new = ([quad.triple for quad in graph.quads()] for graph in (was, now))
        found = compare(old, new, arguments.lang)
    common.write(_FORMATS[arguments.format](found), arguments.output)
    return 1 if found else 0


@contextmanager
def _graph(name: str | None, syntax: str | None) -> Iterator[Graph]:
    from gba_kg.files import STDIN
    from gba_kg.graph import load, load_files

    if name is None:
        yield load()
        return
    revision, colon, path = name.partition(":")
    if Path(name) == STDIN or Path(name).exists():
        yield load_files([Path(name)], syntax)
        return
    from gba_kg.revisions import files_at, is_revision

    if not is_revision(revision):
        raise UsageError(f"'{name}' is neither a file or folder nor a revision of git")
    with files_at(revision, *([path] if colon else _FOLDERS)) as folder:
        yield load_files([folder / path] if colon else [folder / name for name in _FOLDERS])


def _summary(found: Difference) -> str:
    kinds = [thing.kind for thing in found.things]
    counts = ", ".join(f"{kinds.count(kind)} {kind}" for kind in ("added", "removed", "changed"))
    return f"things: {counts}; statements: {found.added} added, {found.removed} removed"


def _as_text(found: Difference) -> str:
    lines = []
    for thing in found.things:
        lines.append(f"{_SIGNS[thing.kind]} {visible(_name(thing))}")
        for change in thing.changes:
            where = _where(thing, change)
            lines += [
                f"    {sign} {where}: {_value(value)}"
                for sign, value in (("-", change.removed), ("+", change.added))
                if value is not None
            ]
    return "\n".join([*lines, _summary(found) if found else "no difference"]) + "\n"


def _as_markdown(found: Difference) -> str:
    if not found:
        return "No difference.\n"
    lines = [f"{_summary(found).capitalize()}.", ""]
    for thing in found.things:
        lines += [f"### {_escaped(_name(thing))} ({thing.kind})", "", "| property | before | after |", "|---|---|---|"]
        for change in thing.changes:
            cells = (_where(thing, change), *(_value(value) for value in (change.removed, change.added)))
            lines.append("| " + " | ".join(_escaped(cell) for cell in cells) + " |")
        lines.append("")
    return "\n".join(lines)


def _as_json(found: Difference) -> str:
    things = [asdict(thing) for thing in found.things]
    content = {"equal": not found, "added": found.added, "removed": found.removed, "things": things}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _as_update(found: Difference) -> str:
    return found.update


_SIGNS = {"added": "+", "removed": "-", "changed": "~"}
_FORMATS = {
    "text": _as_text,
    "json": _as_json,
    "markdown": _as_markdown,
    "update": _as_update,
}


def _name(thing: Changed) -> str:
    return f"{shrink(thing.iri)}  {thing.label}" if thing.label else shrink(thing.iri)


def _where(thing: Changed, change: Change) -> str:
    property_ = visible(shrink(change.property))
    return property_ if change.subject == thing.iri else f"{visible(change.subject)} {property_}"


def _value(value: str | None) -> str:
    if value is None:
        return ""
    return visible(shrink(value[1:-1]) if value.startswith("<") else value)


def _escaped(text: str) -> str:
    for mark in "\\|`*_[]<>#":
        text = text.replace(mark, f"\\{mark}")
    return text
