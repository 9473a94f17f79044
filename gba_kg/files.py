"""Finds RDF files below folders and turns them into statements, with an error that says where."""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

import pyoxigraph as ox

from gba_kg.errors import InputError
from gba_kg.input_guards import guard, may_nest
from gba_kg.namespaces import GRAPH_BASE
from gba_kg.resources import bundled_root
from gba_kg.syntaxes import SYNTAXES, TURTLE, Syntax, syntax_of

__all__ = ["MAX_BYTES", "STDIN", "RdfFile", "file_below", "find_files", "read_rdf", "read_text", "read_whole"]

MAX_BYTES = 256 * 1024 * 1024
"""Files larger than this are refused before they are parsed."""

STDIN = Path("-")
"""The path that stands for standard input."""

_PLACE = re.compile(r"^Parser error (?:at|between) [^:]*: ")
_LINE = re.compile(r" \(line \d+\)$")


@dataclass(frozen=True)
class RdfFile:
    """A file of RDF: its path, the IRI of the graph that holds its default graph, and its syntax.

    ``content`` is what standard input held, which cannot be read twice, or what the file held at another time.
    """

    path: Path
    graph: str
    syntax: Syntax = TURTLE
    content: bytes | None = field(default=None, repr=False)

    @property
    def shown(self) -> str:
        """The path relative to where the command runs, if it lies below; else as given."""
        if self.path == STDIN:
            return "<stdin>"
        try:
            return self.path.resolve().relative_to(Path.cwd()).as_posix()
        except ValueError:
            return self.path.as_posix()

    def quads(self) -> Iterator[ox.Quad]:
        """The statements as they stand in the file, blank nodes numbered in order so that a second reading agrees.

        Those of the default graph are in the graph of the file; those of a named graph keep its name. Raises
        InputError at the first fault, with line and column where the parser knows them.
        """
        names: dict[str, ox.BlankNode] = {}
        text, own_graph = read_rdf(self), ox.NamedNode(self.graph)
        guard(text, self.syntax, self.shown)

        def own(node: ox.BlankNode) -> ox.BlankNode:
            return names.setdefault(node.value, ox.BlankNode(f"{self._key}n{len(names)}"))

        with self._syntax_errors():
            for quad in ox.parse(text, format=self.syntax.form, base_iri=self.graph):
                subject, object_, graph = quad.subject, quad.object, quad.graph_name
                if isinstance(object_, ox.Triple) or (isinstance(object_, ox.Literal) and object_.direction):
                    raise InputError(f"RDF 1.2 is not read: {object_}", self.shown)
                if isinstance(subject, ox.BlankNode):
                    subject = own(subject)
                if isinstance(object_, ox.BlankNode):
                    object_ = own(object_)
                if isinstance(graph, ox.BlankNode):
                    graph = own(graph)
                yield ox.Quad(
                    subject, quad.predicate, object_, own_graph if isinstance(graph, ox.DefaultGraph) else graph
                )

    def triples(self) -> Iterator[ox.Triple]:
        """The statements of ``quads`` without their graphs."""
        return (quad.triple for quad in self.quads())

    def load_into(self, store: ox.Store) -> None:
        """Add the statements to a store in the graphs that ``quads`` names; raises InputError as it does."""
        text, graph = read_rdf(self), ox.NamedNode(self.graph)
        if self.syntax is not TURTLE or may_nest(text):
            store.extend(self.quads())
            return
        # Without blank nodes to name, the store can read the text itself: more than twice as fast.
        with self._syntax_errors():
            store.load(text.encode(), format=ox.RdfFormat.TURTLE, base_iri=self.graph, to_graph=graph)

    @contextmanager
    def _syntax_errors(self) -> Iterator[None]:
        try:
            yield
        except SyntaxError as error:
            message = _LINE.sub("", _PLACE.sub("", error.msg or f"not valid {self.syntax.title}"))
            if "LoadDocumentCallback" in message:
                message = "a remote context is refused: nothing is fetched"
            raise InputError(message, self.shown, error.lineno, error.offset) from None

    @property
    def _key(self) -> str:
        return f"f{zlib.crc32(self.graph.encode()):08x}"


def read_rdf(file: RdfFile) -> str:
    """The text of a file without a byte order mark; raises InputError where it cannot be read."""
    return read_whole(file).removeprefix("\ufeff")


def read_whole(file: RdfFile) -> str:
    """The text of a file with its byte order mark, if any; raises InputError where it cannot be read."""
    return _decoded(file.content, file.shown) if file.content is not None else read_text(file.path, file.shown)


def find_files(paths: Iterable[Path], syntax: Syntax | None = None) -> list[RdfFile]:
    """The RDF files at and below the given paths, in order of their paths; ``-`` is standard input.

    ``syntax`` is that of standard input and of a named file whose extension says none. Raises InputError for a path
    that does not exist, for a folder without any RDF, and where nothing says the syntax of a file.
    """
    found: list[RdfFile] = []
    for given in paths:
        if given == STDIN:
            found.append(_standard_input(syntax or TURTLE))
        elif given.is_dir():
            inside = [(path, syntax_of(path)) for path in sorted(given.rglob("*")) if path.is_file()]
            known = [file_below(given, path, own) for path, own in inside if own]
            if not known:
                extensions = ", ".join(extension for syntax in SYNTAXES for extension in syntax.extensions)
                raise InputError(f"this folder holds no .ttl file, nor any other RDF ({extensions})", str(given))
            found += known
        elif given.is_file():
            own = syntax_of(given) or syntax
            if own is None:
                raise InputError("the extension names no RDF syntax: say it with --input-format", str(given))
            found.append(file_below(given.parent, given, own))
        else:
            raise InputError("no such file or folder", str(given))
    return list({file.path.resolve(): file for file in found}.values())


def file_below(folder: Path, path: Path, syntax: Syntax, content: bytes | None = None) -> RdfFile:
    """A file at or below a folder that was named; ``content`` is what it held, where that is not what it holds now.

    Raises InputError where its name is no text: nothing could name it in a report.
    """
    try:
        str(path).encode()
    except UnicodeEncodeError:
        raise InputError("the name of this file is not UTF-8 text", str(path)) from None
    return RdfFile(path, _graph_iri(path, folder), syntax, content)


def _standard_input(syntax: Syntax) -> RdfFile:
    content = _read_once(sys.stdin.buffer)
    if len(content) > MAX_BYTES:
        raise InputError(f"more bytes than the limit of {MAX_BYTES}", "<stdin>")
    return RdfFile(STDIN, "urn:gba-kg:file:stdin", syntax, content)


@lru_cache(maxsize=1)
def _read_once(stream: BinaryIO) -> bytes:
    """What a stream holds, up to one byte more than the limit; ``check`` asks for the same shapes twice."""
    return stream.read(MAX_BYTES + 1)


def read_text(path: Path, shown: str | None = None) -> str:
    """The text of a UTF-8 file with its line ends untouched; raises InputError where it is not text."""
    name = shown or str(path)
    return _decoded(_read_bytes(path, name), name)


def _decoded(content: bytes, name: str) -> str:
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
