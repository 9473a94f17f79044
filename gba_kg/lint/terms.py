"""Terms of ontologies: those that do not exist, and those that nothing uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from gba_kg.facts import Facts, iri
from gba_kg.files import read_text
from gba_kg.findings import Finding
from gba_kg.lint.subject_matter import Matter
from gba_kg.namespaces import PREFIXES, shrink
from gba_kg.rules import found
from gba_kg.vocabulary import Vocabularies, namespace_of

__all__ = ["unknown_terms", "unused_terms"]

_GBA = PREFIXES["gba"]
_KINDS = (
    "owl:Class",
    "rdfs:Class",
    "owl:ObjectProperty",
    "owl:DatatypeProperty",
    "owl:AnnotationProperty",
    "rdf:Property",
)
_TYPE = iri("rdf:type")


def unknown_terms(matter: Matter, outside: Vocabularies, language: str = "en") -> Iterator[Finding]:
    """Rule ``unknown-term``: classes and properties of a vocabulary that is known here, and not in it.

    Known are the outside vocabularies of the table and the namespaces in which the ontology declares terms. In the
    files of the project every place counts, in the data of others those of a property and of a class.
    """
    own = _defined(matter.facts) - outside.terms
    namespaces = {namespace_of(term) for term in own} - outside.namespaces
    described = {quad.subject.value for quad in matter.quads if isinstance(quad.subject, ox.NamedNode)}
    sources = [(matter.quads, matter.facts)]
    if matter.bundled:
        sources.append((matter.shape_quads, matter.shape_facts))
        described = {term for term in described if namespace_of(term) in namespaces}
    for quads, facts in sources:
        for quad in quads:
            for term in _terms(quad, everywhere=matter.bundled):
                namespace = namespace_of(term)
                unknown = term not in described if namespace in namespaces else outside.lacks(term)
                if unknown and term != namespace:
                    at = facts.place(quad.subject, quad.predicate, quad.object)
                    yield found("unknown-term", language, at=at, said={"name": shrink(term)}, focus=term)


def unused_terms(matter: Matter, queries: Iterable[Path], language: str = "en") -> Iterator[Finding]:
    """Rule ``unused-term``: terms of this project's ontology without use and without a note that says why."""
    used = _used(matter, queries)
    for term in sorted(_defined(matter.facts)):
        node = ox.NamedNode(term)
        if term.startswith(_GBA) and term not in used and not matter.facts.all(node, "skos:editorialNote"):
            at = matter.facts.place(node)
            yield found("unused-term", language, at=at, said={"name": shrink(term)}, focus=term)


def _defined(facts: Facts) -> set[str]:
    """The classes and properties that the files declare."""
    return {node.value for kind in _KINDS for node in facts.instances(kind)}


def _used(matter: Matter, queries: Iterable[Path]) -> set[str]:
    used = {term for quad in matter.data_quads for term in _terms(quad, everywhere=True)}
    used |= {quad.object.value for quad in matter.shape_quads if isinstance(quad.object, ox.NamedNode)}
    for path in queries:
        used |= {_GBA + name for name in re.findall(r"\bgba:(\w+)", read_text(path))}
    return used


def _terms(quad: ox.Quad, *, everywhere: bool) -> list[str]:
    terms = (quad.subject, quad.predicate, quad.object)
    if not everywhere:
        terms = (quad.predicate, quad.object) if quad.predicate == _TYPE else (quad.predicate,)  # type: ignore[assignment]
    return [term.value for term in terms if isinstance(term, ox.NamedNode)]
