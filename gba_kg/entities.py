"""One thing of the graph with all that is known of it: found by IRI, short form, slug or name in either script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from gba_kg.errors import UsageError
from gba_kg.facts import Facts, Term, iri
from gba_kg.graph import Graph
from gba_kg.namespaces import BASE, expand, shrink
from gba_kg.text_search import plain

__all__ = ["Entity", "Fact", "PassageAt", "describe", "find"]

_NAMES = ("skos:prefLabel", "skos:altLabel", "dcterms:title", "rdfs:label")


@dataclass(frozen=True)
class PassageAt:
    """Where a document says so: file name, span in code points (end exclusive), and the words of a figure or name."""

    source: str
    start: int
    end: int
    exact: str | None


@dataclass(frozen=True)
class Fact:
    """One statement with the labels a reader wants and the passages that bear it out."""

    property: str
    property_label: str
    value: str
    value_label: str
    basis: str | None
    passages: tuple[PassageAt, ...]


@dataclass(frozen=True)
class Entity:
    """A thing, its label and types, and its facts in the order of the file."""

    iri: str
    label: str
    types: tuple[str, ...]
    facts: tuple[Fact, ...]


def find(graph: Graph, name: str) -> ox.NamedNode:
    """The entity of an IRI, CURIE, slug or name; raises UsageError when there is none or more than one."""
    full = expand(name) or (name if name.startswith(("http://", "https://", "urn:")) else None)
    if full is not None:
        found = [full] if _is_subject(graph, full) else []
    else:
        found = (
            sorted(_by_slug(graph, name))
            or sorted(_by_name(graph, name, whole=True))
            or sorted(_by_name(graph, name, whole=False))
        )
    if not found:
        raise UsageError(f"nothing in the graph is called '{name}'")
    if len(found) > 1:
        shown = ", ".join(shrink(each) for each in found[:12])
        raise UsageError(f"'{name}' may be any of {len(found)}: {shown}{' ...' if len(found) > 12 else ''}")
    return ox.NamedNode(found[0])


def describe(graph: Graph, node: ox.NamedNode, language: str = "en") -> Entity:
    """All facts of an entity, each with its passages: its own, or those of the attestations that account for it."""
    facts = Facts(graph)
    types = tuple(label(facts, type_, language) for type_ in facts.nodes(node, "rdf:type"))
    return Entity(node.value, label(facts, node, language), types, tuple(_facts(graph, facts, node, language)))


def label(facts: Facts, term: Term, language: str) -> str:
    """The label of a term in a language, or in English, or its short form; a literal is its own label."""
    if isinstance(term, ox.Literal):
        return term.value
    found = {
        value.language: value.value
        for property_ in ("skos:prefLabel", "dcterms:title")
        for value in reversed(facts.all(term, property_))
        if isinstance(value, ox.Literal)
    }
    # The embedded store keeps tags in lower case.
    by_tag = {(tag or "").lower(): text for tag, text in found.items()}
    return (
        by_tag.get(language.lower())
        or by_tag.get("en")
        or shrink(term.value if isinstance(term, ox.NamedNode) else str(term))
    )


def _facts(graph: Graph, facts: Facts, node: ox.NamedNode, language: str) -> Iterator[Fact]:
    own = [passage for property_ in ("gba:evidence", "gba:asOfEvidence") for passage in facts.nodes(node, property_)]
    basis_of_own = facts.node(node, "gba:basis")
    attestations = [quad.subject for quad in graph.store.quads_for_pattern(None, iri("gba:attests"), node)]
    for quad in [quad for quad in graph.quads() if quad.subject == node]:
        property_, value = quad.predicate, quad.object
        if property_ == iri("rdf:type"):
            continue
        if (
            isinstance(value, ox.Literal)
            and value.language
            and value.language.lower() not in (language.lower(), "")
            and property_ != iri("dcterms:title")
        ):
            continue
        passages, basis = own if not attestations else [], basis_of_own
        for attestation in attestations:
            if property_ in facts.all(attestation, "gba:attestedProperty") and (
                not facts.all(attestation, "gba:attestedValue") or value in facts.all(attestation, "gba:attestedValue")
            ):
                passages = passages + facts.nodes(attestation, "gba:evidence")
                basis = facts.node(attestation, "gba:basis")
        if isinstance(value, ox.NamedNode):
            passages = passages or facts.nodes(value, "gba:evidence")
        yield Fact(
            shrink(property_.value),
            label(facts, property_, language),
            shrink(value.value) if isinstance(value, ox.NamedNode) else label(facts, value, language),
            label(facts, value, language),
            label(facts, basis, language) if basis else None,
            tuple(_at(facts, passage) for passage in dict.fromkeys(passages)),
        )


def _at(facts: Facts, passage: ox.NamedNode) -> PassageAt:
    selector = facts.node(passage, "oa:hasSelector")
    return PassageAt(
        facts.text(facts.node(passage, "oa:hasSource"), "gba:fileName") or "",
        int(facts.text(selector, "oa:start") or 0),
        int(facts.text(selector, "oa:end") or 0),
        facts.text(selector, "oa:exact"),
    )


def _is_subject(graph: Graph, full: str) -> bool:
    try:
        node = ox.NamedNode(full)
    except ValueError:
        raise UsageError(f"'{full}' is not an IRI") from None
    return next(graph.store.quads_for_pattern(node, None, None), None) is not None


def _by_slug(graph: Graph, slug: str) -> set[str]:
    return {
        quad.subject.value
        for quad in graph.store
        if isinstance(quad.subject, ox.NamedNode)
        and quad.subject.value.startswith(BASE)
        and quad.subject.value.rsplit("/", 1)[-1].rsplit("#", 1)[-1] == slug
    }


def _by_name(graph: Graph, name: str, *, whole: bool) -> set[str]:
    wanted = plain(name)
    found = set()
    for property_ in _NAMES:
        for quad in graph.store.quads_for_pattern(None, iri(property_), None):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                text = plain(quad.object.value)
                if text == wanted if whole else wanted in text:
                    found.add(quad.subject.value)
    return found
