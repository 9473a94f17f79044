"""One thing of the graph with all that is known of it: found by IRI, short form, slug or name in either script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from gba_kg.errors import UsageError
from gba_kg.facts import Facts, Term, iri
from gba_kg.graph import Graph
from gba_kg.namespaces import BASE, expand, shrink
from gba_kg.text_search import plain

__all__ = ["Entity", "Fact", "PassageAt", "describe", "find"]

_IN_ALL_LANGUAGES = (iri("dcterms:title"), iri("skos:altLabel"))
_OUTSIDE = ("dcterms:", "org:", "skos:", "oa:")
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
    """One statement with the labels a reader wants, and its passages: stated there, or inferred for a reason."""

    property: str
    property_label: str
    value: str
    value_label: str
    basis: str | None
    rationale: str | None
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
    types = tuple(label(facts, type_, language) for type_ in facts.nodes(node, "rdf:type") if "owl#" not in type_.value)
    return Entity(node.value, label(facts, node, language), types, tuple(_facts(graph, facts, node, language)))


def label(facts: Facts, term: Term, language: str) -> str:
    """The label of a term in a language, or in English, or made of its name; a literal is its own label.

    A participation has no label of its own: it is called after its actor and role.
    """
    if isinstance(term, ox.Literal):
        return term.value
    found = {
        (value.language or "").lower(): value.value
        for property_ in ("dcterms:title", "skos:prefLabel")
        for value in facts.all(term, property_)
        if isinstance(value, ox.Literal)
    }
    actor, role = facts.node(term, "gba:actor"), facts.node(term, "gba:role")
    if actor and role:
        return f"{label(facts, actor, language)}, {label(facts, role, language)}"
    name = shrink(term.value) if isinstance(term, ox.NamedNode) else str(term)
    if not found and name.startswith(_OUTSIDE):
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.partition(":")[2]).lower()
    return found.get(language.lower()) or found.get("en") or found.get("") or name


def _facts(graph: Graph, facts: Facts, node: ox.NamedNode, language: str) -> Iterator[Fact]:
    attestations = [quad.subject for quad in graph.store.quads_for_pattern(None, iri("gba:attests"), node)]
    for property_, value in _statements(graph, node, language):
        passages = facts.nodes(value, "gba:evidence")
        if isinstance(value, ox.NamedNode) and facts.node(value, "oa:hasSelector"):
            passages = [value]
        basis = rationale = None
        for attestation in attestations:
            only = facts.all(attestation, "gba:attestedValue")
            if property_ in facts.all(attestation, "gba:attestedProperty") and (not only or value in only):
                passages = [*passages, *facts.nodes(attestation, "gba:evidence")]
                basis = facts.node(attestation, "gba:basis")
                rationale = _in(facts.all(attestation, "gba:rationale"), language)
        shown = label(facts, value, language)
        yield Fact(
            shrink(property_.value),
            label(facts, property_, language),
            shrink(value.value) if isinstance(value, ox.NamedNode) else shown,
            shown,
            label(facts, basis, language) if basis else None,
            rationale,
            tuple(_at(facts, passage) for passage in dict.fromkeys(passages)),
        )


def _statements(graph: Graph, node: ox.NamedNode, language: str) -> Iterator[tuple[ox.NamedNode, Term]]:
    """Properties and values as the files have them, without types, and of texts only those in the language."""
    for quad in graph.quads():
        if quad.subject == node and quad.predicate not in (iri("rdf:type"), iri("skos:prefLabel")):
            tag = quad.object.language if isinstance(quad.object, ox.Literal) else None
            if not tag or tag.lower() == language.lower() or quad.predicate in _IN_ALL_LANGUAGES:
                yield quad.predicate, quad.object


def _in(texts: list[Term], language: str) -> str | None:
    found = {(text.language or "").lower(): text.value for text in texts if isinstance(text, ox.Literal)}
    return found.get(language.lower())


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
