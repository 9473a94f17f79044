"""What the pages tell, in no language yet: the ontology, its terms and code lists, and what they borrow."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from gba_kg.ontology_pages.parts import Parts
from gba_kg.ontology_pages.shapes import Rule, Shape
from gba_kg.ontology_pages.trees import Tree

__all__ = ["Borrowed", "Concept", "Documentation", "Entry", "Group", "Header", "Row", "Scheme", "Texts"]

Texts = tuple[ox.Literal, ...]
"""One text in several languages, or several texts."""

Row = tuple[str, tuple[Parts, ...]]
"""The key of a heading, and what stands under it."""


@dataclass(frozen=True)
class Header:
    """What an ontology says of itself."""

    node: ox.NamedNode
    titles: Texts
    abstract: Texts
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Entry:
    """A class, property, datatype or individual; ``rules`` are those of the shapes whose path has the property."""

    node: ox.NamedNode
    labels: Texts
    definitions: Texts
    deprecated: bool
    rows: tuple[Row, ...]
    shapes: tuple[Shape, ...] = ()
    rules: tuple[tuple[Shape, Rule], ...] = ()


@dataclass(frozen=True)
class Group:
    """The entries of one kind, and as a forest which is below which."""

    key: str
    entries: tuple[Entry, ...]
    tree: tuple[Tree, ...]


@dataclass(frozen=True)
class Concept:
    """A concept of a code list with those below it; ``uses`` is how many things carry it by a carrier of the list."""

    node: ox.NamedNode
    labels: Texts
    definitions: Texts
    deprecated: bool
    notations: tuple[str, ...]
    rows: tuple[Row, ...]
    uses: int
    narrower: tuple[Concept, ...]


@dataclass(frozen=True)
class Scheme:
    """A code list, or (without ``node``) the concepts of no list; ``size`` counts its concepts.

    ``carriers`` are the properties whose values the shapes take from it.
    """

    node: ox.NamedNode | None
    labels: Texts
    definitions: Texts
    concepts: tuple[Concept, ...]
    size: int
    carriers: tuple[ox.NamedNode, ...]


@dataclass(frozen=True)
class Borrowed:
    """A term of another vocabulary: what it is here, how often the data use it, and which own terms are below it."""

    node: ox.NamedNode
    kind: str
    uses: int
    below: tuple[Parts, ...]


@dataclass(frozen=True)
class Documentation:
    """All that the pages tell.

    ``headers`` begins with the ontology that the pages are about; ``shapes`` are those that stand with no entry.
    ``anchors`` has each term's place on the page, ``prefixes`` the namespaces that are used (namespace to prefix).
    """

    headers: tuple[Header, ...]
    groups: tuple[Group, ...]
    schemes: tuple[Scheme, ...]
    borrowed: tuple[Borrowed, ...]
    shapes: tuple[Shape, ...]
    labels: dict[ox.NamedNode, Texts]
    anchors: dict[ox.NamedNode, str]
    prefixes: dict[str, str]
