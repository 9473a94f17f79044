"""The statements of the files by subject and property, and the way from a statement back to its line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import cached_property

import pyoxigraph as ox

from gba_kg.graph import Graph
from gba_kg.locate import Places, locate
from gba_kg.namespaces import PREFIXES, expand

__all__ = ["Facts", "Subject", "Term", "iri"]

Subject = ox.NamedNode | ox.BlankNode | ox.Triple
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_Value = ox.NamedNode | ox.BlankNode | ox.Literal
_Values = dict[Subject, dict[ox.NamedNode, list[Term]]]
_Files = dict[tuple[Subject, ox.NamedNode | None], str]
_STRING = ox.NamedNode(PREFIXES["xsd"] + "string")


def iri(curie: str) -> ox.NamedNode:
    """The node of a CURIE of the prefix table."""
    full = expand(curie)
    assert full is not None, curie
    return ox.NamedNode(full)


class Facts:
    """Read access to a graph as it is written: literals keep their form, and each statement knows its file."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._places: dict[str, Places] = {}

    @cached_property
    def _index(self) -> tuple[_Values, _Files]:
        """What the files say, read when it is first asked for: a validation without findings never asks."""
        values: _Values = defaultdict(lambda: defaultdict(list))
        files: _Files = {}
        for file in (*self.graph.vocabulary, *self.graph.files):
            # A statement of a named graph belongs to its file as well, so the file is noted by its own graph.
            for quad in self.graph.quads([file]):
                values[quad.subject][quad.predicate].append(quad.object)
                files.setdefault((quad.subject, quad.predicate), file.graph)
                files.setdefault((quad.subject, None), file.graph)
        return values, files

    @property
    def _values(self) -> _Values:
        return self._index[0]

    @property
    def _files(self) -> _Files:
        return self._index[1]

    def all(self, subject: Term | None, property_: str) -> list[Term]:
        """All values of a property of a subject, in the order of the file."""
        return self.values(subject, iri(property_))

    def values(self, subject: Term | None, property_: ox.NamedNode) -> list[Term]:
        """All values of a property, here given as a node."""
        if subject is None or isinstance(subject, ox.Literal) or subject not in self._values:
            return []
        return self._values[subject].get(property_, [])

    def nodes(self, subject: Term | None, property_: str) -> list[ox.NamedNode]:
        """The values that are IRIs."""
        return [value for value in self.all(subject, property_) if isinstance(value, ox.NamedNode)]

    def node(self, subject: Term | None, property_: str) -> ox.NamedNode | None:
        """The first value that is an IRI."""
        return next(iter(self.nodes(subject, property_)), None)

    def texts(self, subject: Term | None, property_: str) -> list[str]:
        """The lexical forms of the literal values."""
        return [value.value for value in self.all(subject, property_) if isinstance(value, ox.Literal)]

    def text(self, subject: Term | None, property_: str) -> str | None:
        """The lexical form of the first literal value."""
        return next(iter(self.texts(subject, property_)), None)

    def instances(self, class_: str | ox.NamedNode) -> list[ox.NamedNode]:
        """The named instances of a class (a CURIE or a node) and of its sub-classes, in order of their IRIs."""
        classes = self._with_subclasses(iri(class_) if isinstance(class_, str) else class_)
        return sorted(set().union(*(self._of_class.get(name, ()) for name in classes)), key=lambda node: node.value)

    @cached_property
    def _of_class(self) -> dict[Term, list[ox.NamedNode]]:
        nodes: dict[Term, list[ox.NamedNode]] = defaultdict(list)
        for subject, values in self._values.items():
            for name in values.get(iri("rdf:type"), ()):
                if isinstance(subject, ox.NamedNode):
                    nodes[name].append(subject)
        return nodes

    def place(
        self, subject: Subject, property_: ox.NamedNode | None = None, value: Term | None = None
    ) -> tuple[str | None, int | None, int | None]:
        """File, line and column of a statement; without a property or where it is missing, of the subject's block."""
        name = self._files.get((subject, property_)) or self._files.get((subject, None))
        file = self.graph.by_graph.get(name or "")
        if name is None or file is None:
            return None, None, None
        places = self._places.get(name)
        if places is None:
            places = self._places[name] = locate(file)
        place = places.subjects.get(subject)
        for triple in self._candidates(subject, property_, value):
            if triple in places.triples:
                place = places.triples[triple]
                break
        return file.shown, place.line if place else None, place.column if place else None

    def as_written(self, subject: Subject, property_: ox.NamedNode, value: _Value) -> _Value:
        """A value of the store as the file has it: ``4.0`` and ``"3"^^xsd:byte`` are kept as ``4`` and ``3``."""
        own = self._values[subject].get(property_, []) if subject in self._values else []
        if value in own or not isinstance(value, ox.Literal):
            return value
        same = [other for other in own if isinstance(other, ox.Literal) and _plain(other) == _plain(value)]
        return min(same, key=lambda other: (_type(other) != _type(value), _type(other) == _STRING), default=value)

    def _candidates(self, subject: Subject, property_: ox.NamedNode | None, value: Term | None) -> Iterator[ox.Triple]:
        if property_ is None:
            return
        if value is not None:
            yield ox.Triple(subject, property_, value)
        others = self._values[subject].get(property_, [])
        if isinstance(value, ox.Literal):
            # The store writes a number or a tag in another form than the file: the same value comes first.
            others = sorted(others, key=lambda other: (_plain(other) != _plain(value), _type(other) != _type(value)))
        if value is None or isinstance(value, ox.Literal):
            for other in others:
                yield ox.Triple(subject, property_, other)

    def _with_subclasses(self, class_: ox.NamedNode) -> set[Term]:
        found: set[Term] = set()
        waiting: list[Term] = [class_]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting += self._subclasses.get(current, [])
        return found

    @cached_property
    def _subclasses(self) -> dict[Term, list[Term]]:
        children: dict[Term, list[Term]] = defaultdict(list)
        for subject, values in self._values.items():
            for parent in values.get(ox.NamedNode(PREFIXES["rdfs"] + "subClassOf"), ()):
                children[parent].append(subject)
        return children


def _plain(term: Term) -> str:
    """A literal without the differences that the store makes: zeros of a decimal."""
    if not isinstance(term, ox.Literal):
        return str(term)
    try:
        return f"{Decimal(term.value).normalize():f}"
    except InvalidOperation:
        return term.value


def _type(term: Term) -> ox.NamedNode | None:
    return term.datatype if isinstance(term, ox.Literal) else None
