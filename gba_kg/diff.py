"""What changed between two graphs, by the things that changed; nothing where only syntax or blank node names differ.

Statements without blank nodes are compared as they are. The others fall into components, sets of statements that share
blank nodes: each is brought into canonical form (RDFC-1.0) on its own, so that an edit in one renames none of another.
Two graphs are isomorphic exactly when their plain statements and the multisets of their components are equal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from gba_kg.language_tags import recase
from gba_kg.namespaces import PREFIXES

__all__ = ["Change", "Changed", "Difference", "compare"]

_LABELS = tuple(PREFIXES[prefix] + name for prefix, name in (("skos", "prefLabel"), ("rdfs", "label")))
_DELETE_BLANK = "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(isBlank(?s) || isBlank(?o)) }"
Node = ox.NamedNode | ox.BlankNode
Component = tuple[ox.Triple, ...]
"""Statements that share blank nodes, named c14n0, c14n1 ... within the component, in order of their text."""


@dataclass(frozen=True)
class Change:
    """A value that is gone, one that is new, or one in the place of another; terms are N-Triples text.

    ``subject`` is the changed thing itself, or a blank node that belongs to it.
    """

    subject: str
    property: str
    removed: str | None
    added: str | None


@dataclass(frozen=True)
class Changed:
    """A thing that is new (``added``), gone (``removed``) or ``changed``, with its label where it has one."""

    iri: str
    label: str | None
    kind: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Difference:
    """All changes from one graph to another, by thing in order of their IRIs; false when the graphs are equal."""

    things: tuple[Changed, ...]
    added: int
    removed: int
    deleted_statements: tuple[ox.Triple, ...]
    inserted_statements: tuple[ox.Triple, ...]
    blank_statements: tuple[ox.Triple, ...] | None

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)

    @property
    def update(self) -> str:
        """SPARQL 1.1 Update that turns the first graph, as a default graph, into the second.

        A blank node has no name that an update could use: where components differ, all of them are written anew.
        """
        parts = []
        if self.deleted_statements:
            parts.append(f"DELETE DATA {{\n{_lines(self.deleted_statements)}}}")
        if self.blank_statements is not None:
            parts.append(_DELETE_BLANK)
        inserted = (*self.inserted_statements, *(self.blank_statements or ()))
        if inserted:
            parts.append(f"INSERT DATA {{\n{_lines(inserted)}}}")
        return recase("".join(f"{part} ;\n" for part in parts))


def compare(before: Iterable[ox.Triple], after: Iterable[ox.Triple], language: str = "en") -> Difference:
    """The difference of two graphs; labels come in ``language``, those of ``after`` first.

    >>> thing, name = ox.NamedNode("urn:a"), ox.NamedNode("urn:name")
    >>> both = compare([ox.Triple(thing, name, ox.Literal(1))], [ox.Triple(thing, name, ox.Literal(2))])
    >>> both.things[0].kind, both.added, both.removed
    ('changed', 1, 1)
    """
    old, new = _Sides(before), _Sides(after)
    gone, come = old.plain - new.plain, new.plain - old.plain
    lost, found = old.components - new.components, new.components - old.components
    by_thing: dict[str, tuple[set[ox.Triple], set[ox.Triple]]] = {}
    for side, plain, components in ((0, gone, lost), (1, come, found)):
        owned = [(str(triple.subject), triple) for triple in plain]
        owned += [(_owner(component), triple) for component in components.elements() for triple in component]
        for thing, triple in owned:
            by_thing.setdefault(thing, (set(), set()))[side].add(triple)
    return Difference(
        tuple(_changed(thing, *by_thing[thing], old, new, language) for thing in sorted(by_thing)),
        len(come) + sum(map(len, found.elements())),
        len(gone) + sum(map(len, lost.elements())),
        tuple(sorted(gone, key=str)),
        tuple(sorted(come, key=str)),
        tuple(new.blank_triples()) if lost or found else None,
    )


class _Sides:
    """One graph: its plain statements, its components of blank nodes, and what is called how."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        blank: list[ox.Triple] = []
        self.plain: set[ox.Triple] = set()
        for triple in triples:
            (blank.append if _blank_nodes(triple) else self.plain.add)(triple)
        self.components = Counter(_components(blank))

    @cached_property
    def subjects(self) -> set[str]:
        """The named things of which anything is said."""
        return {str(t.subject) for t in (*self.plain, *(t for c in self.components for t in c))}

    @cached_property
    def labels(self) -> dict[str, dict[str, str]]:
        """The labels of each thing by language tag."""
        found: dict[str, dict[str, str]] = {}
        for triple in sorted((t for t in self.plain if t.predicate.value in _LABELS), key=str):
            if isinstance(triple.object, ox.Literal):
                found.setdefault(str(triple.subject), {})[triple.object.language or ""] = triple.object.value
        return found

    def blank_triples(self) -> Iterator[ox.Triple]:
        """The statements of all components, with names that differ from one component to the next."""
        number = 0
        for component in sorted(self.components.elements(), key=str):
            names: dict[ox.BlankNode, ox.BlankNode] = {}
            for triple in component:
                for node in _blank_nodes(triple):
                    if node not in names:
                        names[node] = ox.BlankNode(f"b{number}")
                        number += 1
                yield _renamed(triple, names)


def _blank_nodes(triple: ox.Triple) -> list[ox.BlankNode]:
    return [term for term in (triple.subject, triple.object) if isinstance(term, ox.BlankNode)]


def _components(triples: Iterable[ox.Triple]) -> Iterator[Component]:
    above: dict[ox.BlankNode, ox.BlankNode] = {}

    def top(node: ox.BlankNode) -> ox.BlankNode:
        while above.setdefault(node, node) != node:
            above[node] = node = above[above[node]]
        return node

    distinct = set(triples)
    for triple in distinct:
        nodes = _blank_nodes(triple)
        above[top(nodes[0])] = top(nodes[-1])
    grouped: dict[ox.BlankNode, list[ox.Quad]] = {}
    for triple in distinct:
        quad = ox.Quad(triple.subject, triple.predicate, triple.object)
        grouped.setdefault(top(_blank_nodes(triple)[0]), []).append(quad)
    for quads in grouped.values():
        dataset = ox.Dataset(quads)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        yield tuple(sorted((quad.triple for quad in dataset), key=str))


def _renamed(triple: ox.Triple, names: dict[ox.BlankNode, ox.BlankNode]) -> ox.Triple:
    subject, object_ = (
        names[term] if isinstance(term, ox.BlankNode) else term for term in (triple.subject, triple.object)
    )
    assert not isinstance(subject, ox.Literal), "a literal is no subject"
    return ox.Triple(subject, triple.predicate, object_)


def _owner(component: Component) -> str:
    # A component belongs to the named thing that leads into it; one that nothing leads into, to its first node.
    named = (str(triple.subject) for triple in component if isinstance(triple.subject, ox.NamedNode))
    return next(named, str(component[0].subject))


def _changed(
    thing: str, gone: set[ox.Triple], come: set[ox.Triple], old: _Sides, new: _Sides, language: str
) -> Changed:
    kind = "changed"
    if not thing.startswith("_:"):
        kind = "added" if thing not in old.subjects else "removed" if thing not in new.subjects else "changed"
    labels = {**old.labels.get(thing, {}), **new.labels.get(thing, {})}
    label = labels.get(language.lower()) or labels.get("en") or next(iter(labels.values()), None)
    # What stands on both sides is part of a component that changed elsewhere.
    return Changed(thing.strip("<>"), label, kind, tuple(_changes(gone - come, come - gone)))


def _changes(gone: set[ox.Triple], come: set[ox.Triple]) -> Iterator[Change]:
    places: dict[tuple[str, str, str], tuple[list[str], list[str]]] = {}
    for side, triples in enumerate((gone, come)):
        for triple in sorted(triples, key=str):
            kind = (triple.object.language or "") if isinstance(triple.object, ox.Literal) else ""
            place = (str(triple.subject).strip("<>"), triple.predicate.value, kind)
            places.setdefault(place, ([], []))[side].append(recase(str(triple.object)))
    for (subject, property_, _), (removed, added) in sorted(places.items()):
        # One value of a kind for another is a change; among several, nothing says which became which.
        if len(removed) == len(added) == 1:
            yield Change(subject, property_, removed[0], added[0])
        else:
            yield from (Change(subject, property_, value, None) for value in removed)
            yield from (Change(subject, property_, None, value) for value in added)


def _lines(triples: Iterable[ox.Triple]) -> str:
    return "".join(f"  {triple} .\n" for triple in triples)
