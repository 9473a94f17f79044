"""Where in its file a statement stands: exactly in Turtle, TriG, N-Triples and N-Quads, by its subject in the others.

The strict parser has accepted the file before; what is left is to walk its tokens and to note the place of every
statement in the order in which the parser yields it: the statements inside brackets come before the one that leads to
them. Cells of collections are left out of that order on both sides, and found again from the head of their list.
RDF/XML and JSON-LD have the places of named subjects alone (``locate_subjects``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyoxigraph as ox

from gba_kg.files import RdfFile, read_rdf
from gba_kg.locate_subjects import named_in_json, named_in_xml
from gba_kg.turtle_tokens import tokens

__all__ = ["Place", "Places", "locate"]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SUBJECTS_ALONE = {"rdfxml": named_in_xml, "jsonld": named_in_json}
_CELL = (_RDF + "first", _RDF + "rest")


@dataclass(frozen=True, order=True)
class Place:
    """A line and a column, both from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Places:
    """The places of the statements of one file: of each triple (its object) and of each subject (its first block)."""

    triples: dict[ox.Triple, Place]
    subjects: dict[ox.NamedNode | ox.BlankNode | ox.Triple, Place]


def locate(file: RdfFile) -> Places:
    """Locate every statement of a file that the parser accepts; raises InputError where it does not."""
    text = read_rdf(file)
    if file.syntax.name in _SUBJECTS_ALONE:
        return _subjects_alone(file, text)
    walker = _Walker(text)
    if file.syntax.name == "nquads":
        walker.lines()
    else:
        walker.document()
    starts = [0] + [match.end() for match in re.finditer(r"\r\n|\r|\n", text)]
    triples: dict[ox.Triple, Place] = {}
    subjects: dict[ox.NamedNode | ox.BlankNode | ox.Triple, Place] = {}
    cells: dict[ox.NamedNode | ox.BlankNode | ox.Triple, dict[str, ox.Triple]] = {}
    plain: list[ox.Triple] = []
    # Cells that the document spells out as rdf:first and rdf:rest are statements like all others.
    spelled_out = walker.spells_out_cells and not walker.has_collections
    for triple in file.triples():
        if triple.predicate.value in _CELL and not spelled_out:
            cells.setdefault(triple.subject, {})[triple.predicate.value] = triple
        else:
            plain.append(triple)
    statements = [s for s in walker.statements if spelled_out or not s.cell]
    for triple, statement in zip(plain, statements, strict=False):
        subject, object_, lists = statement.subject, statement.object, (statement.subject_items, statement.object_items)
        triples.setdefault(triple, _place(starts, object_))
        subjects.setdefault(triple.subject, _place(starts, subject))
        for node, items in ((triple.subject, lists[0]), (triple.object, lists[1])):
            _place_cells(node, items, cells, triples, subjects, starts)
    return Places(triples, subjects)


def _subjects_alone(file: RdfFile, text: str) -> Places:
    subjects = {triple.subject for triple in file.triples()}
    found: dict[ox.NamedNode | ox.BlankNode | ox.Triple, Place] = {}
    places = _SUBJECTS_ALONE[file.syntax.name](text, file.graph)
    written = {iri: Place(line, column) for iri, line, column in reversed(list(places))}
    for subject in subjects:
        if isinstance(subject, ox.NamedNode) and subject.value in written:
            found[subject] = written[subject.value]
    return Places({}, found)


def _place_cells(
    node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple,
    items: _Items | None,
    cells: dict[ox.NamedNode | ox.BlankNode | ox.Triple, dict[str, ox.Triple]],
    triples: dict[ox.Triple, Place],
    subjects: dict[ox.NamedNode | ox.BlankNode | ox.Triple, Place],
    starts: list[int],
) -> None:
    for offset, inner in items or ():
        cell = None if isinstance(node, ox.Literal) else cells.get(node)
        if cell is None or isinstance(node, ox.Literal) or len(cell) < len(_CELL):
            return
        for triple in cell.values():
            triples.setdefault(triple, _place(starts, offset))
        subjects.setdefault(node, _place(starts, offset))
        _place_cells(cell[_CELL[0]].object, inner, cells, triples, subjects, starts)
        node = cell[_CELL[1]].object


def _place(starts: list[int], offset: int) -> Place:
    from bisect import bisect_right

    line = bisect_right(starts, offset)
    return Place(line, offset - starts[line - 1] + 1)


_Items = list[tuple[int, "_Items | None"]]


@dataclass(frozen=True)
class _Statement:
    """Offsets of a subject and an object, their items where they are collections, and whether it spells out a cell."""

    subject: int
    object: int
    subject_items: _Items | None
    object_items: _Items | None
    cell: bool


class _Walker:
    """Walks the tokens of a valid Turtle document and collects its statements in parser order."""

    def __init__(self, text: str) -> None:
        self.statements: list[_Statement] = []
        self.spells_out_cells = False
        self.has_collections = False
        self._prefixes: dict[str, str] = {}
        self._previous = ""
        self._ended_with_string = False
        self._tokens = (token for token in tokens(text) if token[0] != "comment")
        self._kind, self._value, self._offset = next(self._tokens)

    def _next(self) -> int:
        offset = self._offset
        self._previous = self._kind
        self._kind, self._value, self._offset = next(self._tokens, ("end", "", offset))
        return offset

    def _at(self, mark: str) -> bool:
        return self._kind == "mark" and self._value == mark

    def lines(self) -> None:
        """Walk N-Quads: subject, predicate, object, perhaps a graph, and a point."""
        while self._kind != "end":
            subject = self._next()
            self._next()
            object_, _ = self._node()
            # Cells are statements like all others here: there are no collections to spell them out.
            self.spells_out_cells = True
            self.statements.append(_Statement(subject, object_, None, None, cell=False))
            while not self._at(".") and self._kind != "end":
                self._next()
            self._next()

    def document(self) -> None:
        """Walk Turtle, N-Triples or TriG, where graphs in braces cannot nest and their names are no statements."""
        while self._kind != "end":
            if self._kind == "directive":
                self._directive()
                continue
            if self._at("{") or self._at("}") or (self._kind == "name" and self._value.upper() == "GRAPH"):
                self._next()
                continue
            alone = self._at("[")
            subject, items = self._node()
            if self._at("{"):
                continue
            if not (alone and (self._at(".") or self._at("}"))):
                self._predicates(subject, items)
            if self._at("."):
                self._next()

    def _directive(self) -> None:
        turtle = self._value.startswith("@")
        prefix = ""
        while self._kind not in ("iri", "end"):
            prefix = self._value
            self._next()
        self._prefixes[prefix.rstrip(":")] = self._value[1:-1]
        self._next()
        if turtle:
            self._next()

    def _iri(self) -> str:
        """The IRI of the current token, as far as telling rdf:first and rdf:rest needs it."""
        if self._kind == "iri":
            return self._value[1:-1]
        prefix, _, local = self._value.partition(":")
        return self._prefixes.get(prefix, "") + local

    def _predicates(self, subject: int, items: _Items | None) -> None:
        while self._kind in ("iri", "name"):
            cell = self._iri() in _CELL
            self.spells_out_cells |= cell
            self._next()
            while True:
                if self._at("("):
                    # The parser links to a collection before it enters it, and to everything else after.
                    inner: _Items = []
                    self.statements.append(_Statement(subject, self._offset, items, inner, cell))
                    inner += self._node()[1] or []
                else:
                    bracket = self._at("[")
                    object_ = self._node()[0]
                    statement = _Statement(subject, object_, items, None, cell)
                    # The parser waits for what may follow a string: at a bracket's end it yields the link first.
                    late = bracket and self._ended_with_string
                    self.statements.insert(len(self.statements) - late, statement)
                if not self._at(","):
                    break
                self._next()
            while self._at(";"):
                self._next()

    def _node(self) -> tuple[int, _Items | None]:
        """Pass over one subject or object; returns its offset and, for a collection, the offsets of its items."""
        if self._at("["):
            offset = self._next()
            self._predicates(offset, None)
            self._ended_with_string = self._previous == "string"
            self._next()
            return offset, None
        if self._at("("):
            self.has_collections = True
            offset, items = self._next(), []
            while not self._at(")") and self._kind != "end":
                items.append(self._node())
            self._next()
            return offset, items
        offset = self._next()
        if self._kind == "suffix":
            typed = self._value == "^^"
            self._next()
            if typed:
                self._next()
        return offset, None
