"""Each term as an entry: one table of rows for classes and one for properties, and the loop below them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pyoxigraph as ox

from gba_kg.namespaces import PREFIXES
from gba_kg.ontology_pages.model import Entry, Row, Texts
from gba_kg.ontology_pages.parts import Parts, Word, definition, expression, in_order, joined, members
from gba_kg.ontology_pages.shapes import Rule, Shape
from gba_kg.ontology_pages.source import SKOS, Source
from gba_kg.setwise.terms import OWL, RDF, RDFS, Term

__all__ = ["definitions", "entry", "notes"]

_DCTERMS = PREFIXES["dcterms"]
_Reader = Callable[[Source, ox.NamedNode], list[Parts]]

_DEFINITIONS = (SKOS + "definition", _DCTERMS + "description", RDFS + "comment")
_NOTES = {
    "other-names": (SKOS + "altLabel",),
    "example": (SKOS + "example",),
    "usage": (SKOS + "scopeNote",),
    "note": (SKOS + "note", RDFS + "comment"),
    "editorial-note": (SKOS + "editorialNote",),
    "change-note": (SKOS + "changeNote", SKOS + "historyNote"),
    "replaced-by": (_DCTERMS + "isReplacedBy",),
    "same-as": (OWL + "sameAs", *(SKOS + f"{name}Match" for name in ("exact", "close", "broad", "narrow", "related"))),
    "related": (SKOS + "related",),
    "see-also": (RDFS + "seeAlso",),
}


def _up(*predicates: str) -> _Reader:
    """The values of predicates, as names or expressions."""
    return lambda source, node: [
        expression(source.statements, value) for name in predicates for value in source.statements.objects(node, name)
    ]


def _down(predicate: str, *, named: bool = True) -> _Reader:
    """The subjects that have the term as a value: those with a name, or the expressions."""
    return lambda source, node: [
        expression(source.statements, subject)
        for subject in source.subjects(predicate, node)
        if isinstance(subject, ox.NamedNode) == named
    ]


def _both(predicate: str) -> _Reader:
    """The terms on the other side of a symmetric predicate."""
    return lambda source, node: [
        *_up(predicate)(source, node),
        *(expression(source.statements, subject) for subject in source.subjects(predicate, node)),
    ]


def _equivalent(source: Source, node: ox.NamedNode) -> list[Parts]:
    said = definition(source.statements, node)
    return [*_both(OWL + "equivalentClass")(source, node), *([said] if said else [])]


def _disjoint(predicate: str, kind: str) -> _Reader:
    """What is disjoint with a term, stated by pairs or for all members of a list."""

    def read(source: Source, node: ox.NamedNode) -> list[Parts]:
        found = _both(predicate)(source, node)
        for axiom in source.subjects(RDF + "type", ox.NamedNode(OWL + kind)):
            for head in source.statements.objects(axiom, OWL + "members"):
                listed = members(source.statements, head)
                if node in listed:
                    found += [expression(source.statements, other) for other in listed if other != node]
        return found

    return read


def _lists(predicate: str, between: str) -> _Reader:
    """Lists that are values, such as the steps of a chain."""
    return lambda source, node: [
        joined((expression(source.statements, step) for step in members(source.statements, head)), between)
        for head in source.statements.objects(node, predicate)
    ]


def _end(end: str) -> _Reader:
    return lambda source, node: _named(source.ends[end].get(node, ()))


def _inherited(source: Source, node: ox.NamedNode) -> list[Parts]:
    return [parts for class_ in source.above(node) for parts in _end("domain")(source, class_)]


def _things(source: Source, node: ox.NamedNode) -> list[Parts]:
    return [(str(source.uses.of([node])),)]


def _things_below(source: Source, node: ox.NamedNode) -> list[Parts]:
    below = source.below(node)
    return [(str(source.uses.of(below)),)] if len(below) > 1 else []


def _examples(source: Source, node: ox.NamedNode) -> list[Parts]:
    return [(thing,) for thing in source.uses.examples(node, source.graph)]


def _statements(source: Source, node: ox.NamedNode) -> list[Parts]:
    return [(str(source.uses.properties.get(node, 0)),)]


def _characteristics(source: Source, node: ox.NamedNode) -> list[Parts]:
    types = {type_.value for type_ in source.statements.objects(node, RDF + "type")}
    return [(Word(key),) for key, name in _CHARACTERISTICS.items() if OWL + name + "Property" in types]


def _inverse(source: Source, node: ox.NamedNode) -> list[Parts]:
    # A blank node with owl:inverseOf is an expression, not an axiom (OWL 2 mapping to RDF, section 3.2.1).
    return _named([*source.statements.objects(node, OWL + "inverseOf"), *source.subjects(OWL + "inverseOf", node)])


def _types(source: Source, node: ox.NamedNode) -> list[Parts]:
    known = {OWL + "NamedIndividual", OWL + "Thing"}
    types = {type_ for type_, things in source.uses.things.items() if node in things}
    return _named(type_ for type_ in types if type_.value not in known)


def _named(terms: Iterable[Term]) -> list[Parts]:
    return [(term,) for term in terms if isinstance(term, ox.NamedNode)]


_CHARACTERISTICS = {
    "functional": "Functional",
    "inverse-functional": "InverseFunctional",
    "transitive": "Transitive",
    "symmetric": "Symmetric",
    "asymmetric": "Asymmetric",
    "reflexive": "Reflexive",
    "irreflexive": "Irreflexive",
}
_CLASS: dict[str, _Reader] = {
    "superclasses": _up(RDFS + "subClassOf"),
    "subclasses": _down(RDFS + "subClassOf"),
    "sufficient": _down(RDFS + "subClassOf", named=False),
    "equivalent": _equivalent,
    "disjoint": _disjoint(OWL + "disjointWith", "AllDisjointClasses"),
    "disjoint-union": _lists(OWL + "disjointUnionOf", " or "),
    "keys": _lists(OWL + "hasKey", ", "),
    "properties-from": _end("domain"),
    "inherited": _inherited,
    "properties-to": _end("range"),
    "things": _things,
    "things-below": _things_below,
    "examples": _examples,
}
_PROPERTY: dict[str, _Reader] = {
    "domain": _up(RDFS + "domain"),
    "range": _up(RDFS + "range"),
    "characteristics": _characteristics,
    "inverse": _inverse,
    "superproperties": _up(RDFS + "subPropertyOf"),
    "subproperties": _down(RDFS + "subPropertyOf"),
    "chains": _lists(OWL + "propertyChainAxiom", " o "),
    "equivalent": _both(OWL + "equivalentProperty"),
    "disjoint": _disjoint(OWL + "propertyDisjointWith", "AllDisjointProperties"),
    "statements": _statements,
}
_INDIVIDUAL: dict[str, _Reader] = {"types": _types}
_ROWS: dict[str, dict[str, _Reader]] = {
    "classes": _CLASS,
    "datatypes": {"equivalent": _equivalent},
    "individuals": _INDIVIDUAL,
}


def entry(
    source: Source,
    kind: str,
    node: ox.NamedNode,
    labels: Texts,
    shapes: Iterable[Shape],
    rules: Iterable[tuple[Shape, Rule]],
) -> Entry:
    """The entry of a term of a kind of ``KINDS``; rows with nothing in them are left out."""
    rows = [(key, _sorted(source, read(source, node))) for key, read in _ROWS.get(kind, _PROPERTY).items()]
    return Entry(
        node,
        labels,
        definitions(source, node),
        source.deprecated(node),
        (*notes(source, node), *((key, values) for key, values in rows if values)),
        tuple(shapes),
        tuple(rules),
    )


def definitions(source: Source, node: Term) -> Texts:
    """What a term or list means, by the first property that says it."""
    for property_ in _DEFINITIONS:
        found = tuple(text for text in source.statements.objects(node, property_) if isinstance(text, ox.Literal))
        if found:
            return found
    return ()


def notes(source: Source, node: Term) -> list[Row]:
    """What else is said of a term in words: examples, usage, notes of the editors, terms in place of it."""
    said = definitions(source, node)
    found: list[Row] = []
    for key, predicates in _NOTES.items():
        values = tuple(
            (value,)
            for predicate in predicates
            for value in source.statements.objects(node, predicate)
            if not isinstance(value, ox.BlankNode) and value not in said
        )
        if values:
            found.append((key, values))
    return found


def _sorted(source: Source, values: list[Parts]) -> tuple[Parts, ...]:
    """Names in the order of their labels, then expressions in the order of their text."""
    names = source.ordered({parts[0] for parts in values if len(parts) == 1 and isinstance(parts[0], ox.NamedNode)})
    rest = (parts for parts in values if not (len(parts) == 1 and isinstance(parts[0], ox.NamedNode)))
    return (*((name,) for name in names), *in_order(rest))
