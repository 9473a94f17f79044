"""Finds Turtle files below folders and turns them into triples, with an error that says where."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from gba_kg.errors import InputError
from gba_kg.namespaces import GRAPH_BASE
from gba_kg.resources import bundled_root

__all__ = ["MAX_BYTES", "RdfFile", "find_files", "read_text", "read_turtle"]

MAX_BYTES = 256 * 1024 * 1024
"""Files larger than this are refused before they are parsed."""

_STRINGS = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_PLACE = re.compile(r"^Parser error at [^:]*: ")
_BLANK_NODES = re.compile(r"[\[(]|_:")


@dataclass(frozen=True)
class RdfFile:
    """A Turtle file: its path as a reader should see it and the IRI of the graph that holds its triples."""

    path: Path
    graph: str

    @property
    def shown(self) -> str:
        """The path relative to where the command runs, if it lies below; else as given."""
        try:
            return self.path.resolve().relative_to(Path.cwd()).as_posix()
        except ValueError:
            return self.path.as_posix()

    def triples(self) -> Iterator[ox.Triple]:
        """The triples as they stand in the file, blank nodes numbered in their order so that a second reading agrees.

        Raises InputError with line and column at the first fault.
        """
        names: dict[str, ox.BlankNode] = {}

        def own(node: ox.BlankNode) -> ox.BlankNode:
            return names.setdefault(node.value, ox.BlankNode(f"{self._key}n{len(names)}"))

        with self._syntax_errors():
            for quad in ox.parse(read_turtle(self), format=ox.RdfFormat.TURTLE, base_iri=self.graph):
                subject, object_ = quad.subject, quad.object
                if isinstance(subject, ox.BlankNode):
                    subject = own(subject)
                if isinstance(object_, ox.BlankNode):
                    object_ = own(object_)
                yield ox.Triple(subject, quad.predicate, object_)

    def load_into(self, store: ox.Store) -> None:
        """Add the triples to a store as the named graph of the file; raises InputError as ``triples`` does."""
        text, graph = read_turtle(self), ox.NamedNode(self.graph)
        if _BLANK_NODES.search(_STRINGS.sub("", text)):
            store.extend(ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in self.triples())
            return
        # Without blank nodes to name, the store can read the text itself: more than twice as fast.
        with self._syntax_errors():
            store.load(text.encode(), format=ox.RdfFormat.TURTLE, base_iri=self.graph, to_graph=graph)

    @contextmanager
    def _syntax_errors(self) -> Iterator[None]:
        try:
            yield
        except SyntaxError as error:
            message = _PLACE.sub("", error.msg or "not valid Turtle")
            raise InputError(message, self.shown, error.lineno, error.offset) from None

    @property
    def _key(self) -> str:
        return f"f{zlib.crc32(self.graph.encode()):08x}"


def read_turtle(file: RdfFile) -> str:
    """The text of a Turtle file without a byte order mark; raises InputError where it cannot be read."""
    return read_text(file.path, file.shown).removeprefix("\ufeff")


def find_files(paths: Iterable[Path]) -> list[RdfFile]:
    """The ``.ttl`` files at and below the given paths, in order of their paths.

    Raises InputError for a path that does not exist and for a folder without any Turtle.
    """
    found: list[RdfFile] = []
    for given in paths:
        if given.is_dir():
            inside = sorted(path for path in given.rglob("*.ttl") if path.is_file())
            if not inside:
                raise InputError("this folder holds no .ttl file", str(given))
            found += [RdfFile(path, _graph_iri(path, given)) for path in inside]
        elif given.is_file():
            found.append(RdfFile(given, _graph_iri(given, given.parent)))
        else:
            raise InputError("no such file or folder", str(given))
    return list({file.path.resolve(): file for file in found}.values())


def read_text(path: Path, shown: str | None = None) -> str:
    """The text of a UTF-8 file with its line ends untouched; raises InputError where it is not text."""
    name = shown or str(path)
    content = _read_bytes(path, name)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError("not UTF-8 text", name, line) from None


def _read_bytes(path: Path, shown: str) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(f"{size} bytes are more than the limit of {MAX_BYTES}", shown)
        return path.read_bytes()
    except OSError as error:
        raise InputError(error.strerror or "cannot be read", shown) from None


def _graph_iri(path: Path, folder: Path) -> str:
    root = bundled_root()
    if path.resolve().is_relative_to(root.resolve()):
        return GRAPH_BASE + quote(path.resolve().relative_to(root.resolve()).with_suffix("").as_posix())
    return "urn:gba-kg:file:" + quote((Path(folder.name) / path.relative_to(folder)).as_posix())
