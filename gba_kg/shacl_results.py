"""The results of an engine in RDF terms, with what the shapes say of them: messages, paths and where they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

import pyoxigraph as ox

from gba_kg.facts import Facts, Subject, Term, iri
from gba_kg.findings import ShaclResult
from gba_kg.namespaces import shrink
from gba_kg.setwise import Result

__all__ = ["ResultTerms", "in_language"]

_VARIABLE = re.compile(r"\{[?$](\w+)\}")
_LONGEST = 200
_Node = ox.NamedNode | ox.BlankNode
_CELL = ("rdf:first", "rdf:rest")
_OTHER = ("sh:alternativePath", "sh:inversePath", "sh:zeroOrMorePath", "sh:oneOrMorePath", "sh:zeroOrOnePath")


class ResultTerms:
    """Makes the terms of results, by the files of the data and of the shapes; these are asked once for each shape."""

    def __init__(self, data: Facts, shapes: Facts) -> None:
        self._data, self._shapes = data, shapes
        self._messages_of = cache(self._messages)
        self._path_of = cache(self._path)
        self._place_of = cache(shapes.place)

    def of(self, result: Result) -> ShaclResult:
        """A result with its path as terms; the place is that of the constraint, where it is a node of its own."""
        source = result.source_constraint or result.source_shape
        path, steps = (None, ()) if result.path is None else self._path_of(result.source_shape)
        if isinstance(result.path, ox.NamedNode):
            path, steps = result.path, ()
        value = result.value
        if value is not None and isinstance(path, ox.NamedNode) and not isinstance(result.focus, ox.Literal):
            value = self._data.as_written(result.focus, path, value)
        asked = self._messages_of(source) or self._messages_of(result.source_shape) or self._of_validators(result)
        way = ox.Literal(result.path) if isinstance(result.path, str) else result.path
        said = {**dict(result.bindings), "this": result.focus, "value": value, "path": way, "PATH": way}
        own = said.get("message")
        return ShaclResult(
            result.focus,
            path,
            steps,
            value,
            result.source_shape,
            result.source_constraint,
            result.component,
            result.severity,
            (own,) if isinstance(own, ox.Literal) else tuple(_filled(message, said) for message in asked),
            asked,
            self._place_of(source),
        )

    def last_step(self, result: ShaclResult) -> tuple[Subject, ox.NamedNode] | None:
        """Subject and property of the statement by which a sequence of properties leads to the value of a result.

        None where the path is another one, or leads to no such value.
        """
        cells = {(step.subject, step.predicate): step.object for step in result.steps}
        properties: list[ox.NamedNode] = []
        cell: Term | None = result.path
        while isinstance(cell, ox.BlankNode) and (cell, iri("rdf:first")) in cells:
            step = cells.pop((cell, iri("rdf:first")))
            if not isinstance(step, ox.NamedNode):
                return None
            properties.append(step)
            cell = cells.get((cell, iri("rdf:rest")))
        if not properties or result.value is None:
            return None
        nodes: list[Term] = [result.focus]
        for step in properties[:-1]:
            nodes = list(dict.fromkeys(value for node in nodes for value in self._data.values(node, step)))
        for node in nodes:
            if not isinstance(node, ox.Literal):
                value = self._data.as_written(node, properties[-1], result.value)
                if value in self._data.values(node, properties[-1]):
                    return node, properties[-1]
        return None

    def _messages(self, node: Term) -> tuple[ox.Literal, ...]:
        return tuple(said for said in self._shapes.all(node, "sh:message") if isinstance(said, ox.Literal))

    def _of_validators(self, result: Result) -> tuple[ox.Literal, ...]:
        kind = "sh:nodeValidator" if result.path is None else "sh:propertyValidator"
        validators = (node for name in (kind, "sh:validator") for node in self._shapes.all(result.component, name))
        return next(filter(None, map(self._messages_of, validators)), ())

    def _path(self, shape: _Node) -> tuple[_Node | None, tuple[ox.Triple, ...]]:
        """The path of a property shape, and the triples of its blank nodes."""
        path = next(iter(self._shapes.all(shape, "sh:path")), None)
        if not isinstance(path, (ox.NamedNode, ox.BlankNode)):
            return None, ()
        steps: dict[ox.Triple, None] = {}
        ahead = [path]
        while ahead:
            node = ahead.pop()
            # A node that is a list is a sequence path, whatever else it says (W3C test path-strange-001).
            keys = _CELL if self._shapes.all(node, "rdf:first") else _OTHER
            for name in keys if isinstance(node, ox.BlankNode) else ():
                for value in self._shapes.all(node, name):
                    step = ox.Triple(node, iri(name), value)
                    if step not in steps and isinstance(value, (ox.NamedNode, ox.BlankNode)):
                        steps[step] = None
                        ahead.append(value)
        return path, tuple(steps)


def in_language(messages: Sequence[ox.Literal], language: str) -> str | None:
    """What messages say in a language, or in English, or in none, or in the first that there is."""
    said = {(message.language or "").lower(): message.value for message in messages}
    return said.get(language.lower()) or said.get("en") or said.get("") or (said[min(said)] if said else None)


def _filled(message: ox.Literal, said: Mapping[str, Term | None]) -> ox.Literal:
    """A message with the values of the variables that it names as ``{?name}`` or ``{$name}`` (SHACL, section 5.3.2)."""
    text = _VARIABLE.sub(lambda name: _shown(said.get(name[1]), name[0]), message.value)
    if text == message.value:
        return message
    return ox.Literal(text, language=message.language) if message.language else ox.Literal(text)


def _shown(term: Term | None, otherwise: str) -> str:
    if term is None:
        return otherwise
    text = shrink(term.value) if isinstance(term, ox.NamedNode) else str(term)
    text = term.value if isinstance(term, ox.Literal) else text
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
