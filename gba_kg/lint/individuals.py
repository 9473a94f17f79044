"""Things that statements lead to and nobody describes, and things that nothing leads to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from gba_kg.facts import iri
from gba_kg.files import read_text
from gba_kg.findings import Finding
from gba_kg.lint.subject_matter import Matter
from gba_kg.namespaces import BASE, expand, shrink
from gba_kg.rules import found
from gba_kg.vocabulary import Vocabularies, namespace_of

__all__ = ["REFERRED_TO", "undescribed", "unused_individuals"]

REFERRED_TO = (
    "skos:Concept",
    "oa:TextPositionSelector",
    "oa:TextQuoteSelector",
    "org:Post",
    "gba:Actor",
    "gba:Component",
    "gba:Instrument",
    "gba:Measure",
    "gba:Milestone",
    "gba:Novelty",
    "gba:Outcome",
    "gba:Participation",
    "gba:Passage",
    "gba:Place",
    "gba:Platform",
    "gba:Regime",
    "gba:Section",
    "gba:Source",
)
"""Classes of this project whose individuals exist for others to refer to; links and attestations, say, do not."""

# What says where something comes from or is listed, which is no use of it.
_NO_USE = tuple(iri(name) for name in ("gba:attests", "skos:hasTopConcept", "skos:member", "skos:narrower"))
# What leads out to documents and pages, which need not be described.
_DOCUMENTS = tuple(
    iri(name)
    for name in (
        "dcat:accessURL",
        "dcat:downloadURL",
        "dcat:landingPage",
        "dcterms:license",
        "foaf:homepage",
        "foaf:page",
        "owl:imports",
        "owl:priorVersion",
        "owl:versionIRI",
        "rdf:type",
        "rdfs:isDefinedBy",
        "rdfs:seeAlso",
    )
)
_NAME = re.compile(r"(?<![\w:/#-])([a-z][a-z-]*:[A-Za-z0-9_-]+)")


def undescribed(matter: Matter, outside: Vocabularies, language: str = "en") -> Iterator[Finding]:
    """Rule ``undescribed``: IRIs without a statement of their own to which statements lead.

    Of the project, these are all IRIs below its base; in the data of others, those in a namespace in which the data
    describe something with a class. Classes are the matter of ``unknown-term``.
    """
    subjects = {quad.subject for quad in matter.quads}
    own = {
        namespace_of(quad.subject.value)
        for quad in matter.data_quads
        if quad.predicate == iri("rdf:type") and isinstance(quad.subject, ox.NamedNode)
    } - outside.namespaces
    for quad in matter.quads:
        target = quad.object
        if not isinstance(target, ox.NamedNode) or target in subjects or quad.predicate in _DOCUMENTS:
            continue
        inside = target.value.startswith(BASE) if matter.bundled else namespace_of(target.value) in own
        if inside and target.value != namespace_of(target.value):
            yield found(
                "undescribed",
                language,
                at=matter.facts.place(quad.subject, quad.predicate, target),
                said={"value": shrink(target.value)},
                focus=quad.subject.value if isinstance(quad.subject, ox.NamedNode) else None,
                path=quad.predicate.value,
                value=target.value,
            )


def unused_individuals(
    matter: Matter, classes: Iterable[str | ox.NamedNode], queries: Iterable[Path] = (), language: str = "en"
) -> Iterator[Finding]:
    """Rule ``unused-individual``: named individuals of classes (CURIEs or nodes) that nothing else refers to.

    A shape or a stored query that names one uses it.
    """
    used = {quad.object for quad in matter.quads if quad.predicate not in _NO_USE and quad.object != quad.subject}
    used |= {quad.object for quad in matter.shape_quads}
    for path in queries:
        used |= {ox.NamedNode(expand(name) or "urn:x") for name in _NAME.findall(read_text(path))}
    nodes = {node for class_ in classes for node in matter.facts.instances(class_)}
    for node in sorted(nodes - used, key=lambda node: node.value):
        if not matter.facts.all(node, "skos:editorialNote"):
            at = matter.facts.place(node)
            yield found("unused-individual", language, at=at, said={"name": shrink(node.value)}, focus=node.value)
