"""Reads YAML files that people write by hand: text, lists and mappings, each with its line and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gba_kg.errors import InputError
from gba_kg.files import read_text

if TYPE_CHECKING:
    import yaml

__all__ = ["Node", "quoted", "read_yaml"]

_DEPTH = 8
"""How deep lists and mappings may stand in each other."""


@dataclass(frozen=True)
class Node:
    """A part of a file and where it begins: text, a list, or the pairs of a mapping.

    Text stays as it is written, numbers and dates are none. ``line`` and ``column`` count from 1.
    """

    content: str | list[Node] | list[tuple[Node, Node]]
    kind: str
    file: str
    line: int
    column: int

    def fault(self, message: str) -> InputError:
        """The error that says what is wrong here."""
        return InputError(message, self.file, self.line, self.column)

    def text(self, what: str) -> str:
        """The text of this node; raises InputError where ``what`` is none."""
        if not isinstance(self.content, str):
            raise self.fault(f"{what} is text, not a {self.kind}")
        return self.content

    def members(self, what: str) -> list[Node]:
        """The members of a list; raises InputError where ``what`` is none."""
        if self.kind != "list":
            raise self.fault(f"{what} is a list, not {_a(self.kind)}")
        return [member for member in self.content if isinstance(member, Node)]

    def pairs(self, what: str) -> list[tuple[Node, Node]]:
        """The keys and values of a mapping; raises InputError where ``what`` is none or has a key twice."""
        if self.kind != "mapping":
            raise self.fault(f"{what} is a mapping, not {_a(self.kind)}")
        pairs = [pair for pair in self.content if isinstance(pair, tuple)]
        seen: dict[str, Node] = {}
        for key, _ in pairs:
            first = seen.setdefault(key.text("a key"), key)
            if first is not key:
                raise key.fault(f"the key '{key.content}' stands here a second time, first in line {first.line}")
        return pairs


def _a(kind: str) -> str:
    return kind if kind == "text" else f"a {kind}"


def read_yaml(path: Path, text: str | None = None) -> Node:
    """What a file of YAML 1.1 holds, or is to hold (``text``), as one node; a plain null is empty text.

    Raises InputError with line and column for what is not YAML, for more than one document or none, and for what is not
    needed here and could do harm: tags, anchors and aliases, deep nesting. No object is made of a tag.
    """
    import yaml

    file = path.as_posix()
    text = read_text(path).removeprefix("\ufeff") if text is None else text
    unprintable = yaml.reader.Reader.NON_PRINTABLE.search(text)
    if unprintable:
        start = unprintable.start()
        line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
        raise InputError(f"the character {unprintable[0]!r} must be written as an escape", file, line, column)
    # libyaml is 15 times faster, where it is there.
    loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    events = yaml.parse(text, Loader=loader)
    try:
        next(events), next(events)  # the stream and the first document begin
        node = _node(next(events), events, file, 0)
        next(events)
        after = next(events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise InputError("there is a second document in this file", *_place(after, file))
    except StopIteration:
        raise InputError("this file holds no YAML", file) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else ()
        raise InputError(f"not YAML: {error.problem or error.context}", file, *place) from None
    return node


def _node(event: yaml.Event, events: Iterator[yaml.Event], file: str, depth: int) -> Node:
    import yaml

    place = _place(event, file)
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise InputError("anchors and aliases (& and *) are not read: quote the text if it is meant so", *place)
    tag = getattr(event, "tag", None)
    if tag:
        raise InputError(f"tags are not read: {tag}", *place)
    if isinstance(event, yaml.ScalarEvent):
        null = not event.style and event.value in ("~", "null", "Null", "NULL")
        return Node("" if null else event.value, "text", *place)
    if depth == _DEPTH:
        raise InputError(f"lists and mappings stand more than {_DEPTH} deep in each other", *place)
    if isinstance(event, yaml.SequenceStartEvent):
        return Node(list(_until(yaml.SequenceEndEvent, events, file, depth)), "list", *place)
    flat = _until(yaml.MappingEndEvent, events, file, depth)
    return Node([(key, next(flat)) for key in flat], "mapping", *place)


def _place(event: yaml.Event, file: str) -> tuple[str, int, int]:
    assert event.start_mark is not None, "what is read from text has a place"
    return file, event.start_mark.line + 1, event.start_mark.column + 1


def _until(end: type[yaml.Event], events: Iterator[yaml.Event], file: str, depth: int) -> Iterator[Node]:
    for event in events:
        if isinstance(event, end):
            return
        yield _node(event, events, file, depth + 1)


def quoted(text: str) -> str:
    r"""Text as a quoted scalar on one line, which YAML 1.1 and 1.2 read back as it was.

    >>> print(quoted('say "no" \\ \x1b'))
    "say \"no\" \\ \x1b"
    """
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character.isprintable():
        return character
    number = ord(character)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
