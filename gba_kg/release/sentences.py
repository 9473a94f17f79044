"""Statements in the making: records of the export, written with short names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from gba_kg.exports.terms import TYPE, Record, literal
from gba_kg.namespaces import PREFIXES
from gba_kg.stored import LANGUAGES

__all__ = ["Sentences", "by_language", "day", "node", "number", "term"]

_XSD = PREFIXES["xsd"]


def node(iri: str) -> str:
    """An IRI as a term; one of the data may look like a short name and is none.

    >>> node("place:macao")
    '<place:macao>'
    """
    return f"<{iri}>"


def term(name: str) -> str:
    """A short name of the prefix table as a term.

    >>> term("dcat:Dataset")
    '<http://www.w3.org/ns/dcat#Dataset>'
    """
    prefix, _, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


def number(value: int, datatype: str = "integer") -> str:
    """A whole number as a literal."""
    return literal(str(value), _XSD + datatype)


def day(value: date) -> str:
    """A day as a literal."""
    return literal(value.isoformat(), _XSD + "date")


def by_language(texts: Mapping[str, str] | tuple[str, str, str]) -> list[str]:
    """Literals of a text in the languages of the project."""
    pairs = texts.items() if isinstance(texts, Mapping) else zip(LANGUAGES, texts, strict=True)
    return [literal(text, language=language) for language, text in pairs]


class Sentences:
    """A growing list of statements: subjects are IRIs, properties and classes short names, objects N-Triples text."""

    def __init__(self) -> None:
        self.records: list[Record] = []

    def say(self, subject: str, predicate: str, *objects: str | Iterable[str]) -> None:
        """State a property of a subject; ``predicate`` is a short name."""
        for object_ in objects:
            for each in [object_] if isinstance(object_, str) else object_:
                self.records.append((node(subject), term(predicate), each, ""))

    def are(self, subject: str, *classes: str) -> None:
        """State the classes of a subject."""
        self.records += [(node(subject), TYPE, term(class_), "") for class_ in classes]
