"""Gathers from a graph all that its pages tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from gba_kg.errors import UsageError
from gba_kg.graph import Graph
from gba_kg.namespaces import PREFIXES
from gba_kg.ontology_pages.entries import entry
from gba_kg.ontology_pages.lists import schemes
from gba_kg.ontology_pages.model import Borrowed, Concept, Documentation, Group, Header, Row, Scheme, Texts
from gba_kg.ontology_pages.parts import Parts, in_order
from gba_kg.ontology_pages.shapes import Shape, shapes_of
from gba_kg.ontology_pages.source import Source
from gba_kg.ontology_pages.trees import forest
from gba_kg.ontology_pages.uses import labels, uses
from gba_kg.setwise.terms import OWL, RDFS, Statements, Term, local
from gba_kg.vocabulary import namespace_of

__all__ = ["NothingDeclaredError", "gather"]


class NothingDeclaredError(UsageError):
    """No term is declared that pages could tell of."""


_DCTERMS, _DC, _VANN, _SCHEMA = (
    PREFIXES["dcterms"],
    "http://purl.org/dc/elements/1.1/",
    PREFIXES["vann"],
    PREFIXES["schema"],
)
_TITLES = (_DCTERMS + "title", _DC + "title", RDFS + "label")
_ABSTRACTS = (_DCTERMS + "abstract", _DCTERMS + "description", _DC + "description", RDFS + "comment")
_HEADER: dict[str, tuple[str, ...]] = {
    "version": (OWL + "versionInfo",),
    "version-iri": (OWL + "versionIRI",),
    "created": (_DCTERMS + "created", _DCTERMS + "issued", _DC + "date"),
    "modified": (_DCTERMS + "modified",),
    "creators": (_DCTERMS + "creator", _DC + "creator", _SCHEMA + "creator", _SCHEMA + "author"),
    "contributors": (_DCTERMS + "contributor", _DC + "contributor", _SCHEMA + "contributor"),
    "publisher": (_DCTERMS + "publisher", _DC + "publisher", _SCHEMA + "publisher"),
    "licence": (_DCTERMS + "license", _SCHEMA + "license", _DCTERMS + "rights", _DC + "rights"),
    "prefix": (_VANN + "preferredNamespacePrefix",),
    "namespace": (_VANN + "preferredNamespaceUri",),
    "imports": (OWL + "imports",),
    "prior-version": (OWL + "priorVersion",),
    "source": (_DCTERMS + "source",),
    "see-also": (RDFS + "seeAlso",),
}
_BELOW = (RDFS + "subClassOf", RDFS + "subPropertyOf", OWL + "equivalentClass", OWL + "equivalentProperty")
# An identifier that holds in HTML and in the fragment of a link without escapes (but letters of other scripts);
# what begins with "part-" is an anchor of the page itself.
_ANCHOR = re.compile(r"(?!part-)[\w.:~!$'()*+,;=@/-]+")


def gather(graph: Graph, shapes: Graph | None = None) -> Documentation:
    """What the ontology, its code lists and the shapes say, and how the data use them.

    The terms are those that the files of ``graph.vocabulary`` declare. Raises NothingDeclaredError where there is none.
    """
    statements = Statements(graph.quads(graph.vocabulary))
    source = Source(graph, statements, Statements(() if shapes is None else shapes.quads()), uses(graph))
    found = shapes_of(source.shapes)
    lists = schemes(source, found)
    if not lists and not any(source.own.values()):
        raise NothingDeclaredError(
            "no class, property or concept is declared: name the files of an ontology with --ontology"
        )
    headers = tuple(_header(source, node) for node in source.headers)
    groups = tuple(_groups(source, found))
    borrowed = tuple(_borrowed(source, found))
    placed = {entry_.node for group in groups for entry_ in group.entries}
    shown = {*_nodes(headers, groups, lists, borrowed), *_shape_nodes(found)}
    return Documentation(
        headers,
        groups,
        tuple(lists),
        borrowed,
        tuple(shape for shape in found if not placed.intersection(node for _, node in shape.targets)),
        {node: texts for node in shown if (texts := labels(statements, node, graph))},
        _anchors(source, lists, borrowed),
        _used(source.prefixes, shown),
    )


def _header(source: Source, node: ox.NamedNode) -> Header:
    rows: list[Row] = []
    for key, predicates in _HEADER.items():
        values = [value for name in predicates for value in source.statements.objects(node, name)]
        shown = in_order(parts for value in values for parts in _agent(source, value))
        if shown:
            rows.append((key, tuple(shown)))
    return Header(node, _first(source, node, _TITLES), _first(source, node, _ABSTRACTS), tuple(rows))


def _agent(source: Source, value: Term) -> Iterator[Parts]:
    """A value of the header; a blank node, as those for people are, by its name."""
    if not isinstance(value, ox.BlankNode):
        yield (value,)
    else:
        yield from ((text,) for text in source.labels(value)[:1])


def _first(source: Source, node: Term, predicates: Iterable[str]) -> Texts:
    for name in predicates:
        found = tuple(text for text in source.statements.objects(node, name) if isinstance(text, ox.Literal))
        if found:
            return found
    return ()


def _groups(source: Source, found: list[Shape]) -> Iterator[Group]:
    for kind, nodes in source.own.items():
        entries = (
            entry(
                source,
                kind,
                node,
                labels(source.statements, node, source.graph),
                [shape for shape in found if node in {target for _, target in shape.targets}],
                [(shape, rule) for shape in found for rule in shape.rules if node in rule.path],
            )
            for node in nodes
        )
        up = RDFS + ("subClassOf" if kind == "classes" else "subPropertyOf")
        below = {
            node: [child for child in source.subjects(up, node) if isinstance(child, ox.NamedNode)] for node in nodes
        }
        if nodes:
            yield Group(kind, tuple(entries), forest(nodes, below))


def _borrowed(source: Source, found: list[Shape]) -> Iterator[Borrowed]:
    """Terms of others: declared, used by the graph, targets of shapes, or above terms of one's own."""
    own = dict.fromkeys(term for terms in source.own.values() for term in terms)
    above: dict[ox.NamedNode, list[ox.NamedNode]] = {}
    kinds = dict(source.declared)
    for predicate in _BELOW:
        for term in own:
            for value in source.statements.objects(term, predicate):
                if isinstance(value, ox.NamedNode) and value not in own:
                    above.setdefault(value, []).append(term)
                    kinds.setdefault(value, "classes" if "Class" in predicate else "properties")
    for terms, kind in ((source.uses.things, "classes"), (source.uses.properties, "properties")):
        kinds.update({term: kind for term in terms if isinstance(term, ox.NamedNode) and term not in kinds})
    for shape in found:
        for target, node in shape.targets:
            if isinstance(node, ox.NamedNode) and target != "targetNode":
                kinds.setdefault(node, "classes" if target == "targetClass" else "properties")
    for term in sorted(set(kinds) - set(own), key=lambda term: (source.short(term), term.value)):
        number = source.uses.of([term]) if kinds[term] == "classes" else source.uses.properties.get(term, 0)
        yield Borrowed(term, kinds[term], number, tuple((node,) for node in source.ordered(above.get(term, ()))))


def _nodes(
    headers: Iterable[Header], groups: Iterable[Group], lists: Iterable[Scheme], borrowed: Iterable[Borrowed]
) -> Iterator[ox.NamedNode]:
    """All named nodes that the pages show, those of shapes apart."""
    entries = [entry_ for group in groups for entry_ in group.entries]
    concepts = [concept for scheme in lists for concept in _all(scheme.concepts)]
    yield from (entry_.node for entry_ in entries)
    yield from (concept.node for concept in concepts)
    yield from (scheme.node for scheme in lists if scheme.node)
    yield from (term.node for term in borrowed)
    rows = [
        row
        for rows in (*(h.rows for h in headers), *(e.rows for e in entries), *(c.rows for c in concepts))
        for row in rows
    ]
    sequences = [parts for _, values in rows for parts in values] + [parts for term in borrowed for parts in term.below]
    yield from (part for parts in sequences for part in parts if isinstance(part, ox.NamedNode))


def _shape_nodes(found: Iterable[Shape]) -> Iterator[ox.NamedNode]:
    for shape in found:
        parts = [node for _, node in shape.targets] + [shape.node]
        for rule in shape.rules:
            parts += [rule.node, *rule.path, *(part for constraint in rule.constraints for part in constraint)]
        yield from (part for part in parts if isinstance(part, ox.NamedNode))


def _all(concepts: Iterable[Concept]) -> Iterator[Concept]:
    for concept in concepts:
        yield concept
        yield from _all(concept.narrower)


def _anchors(source: Source, lists: list[Scheme], borrowed: Iterable[Borrowed]) -> dict[ox.NamedNode, str]:
    """Terms of the ontology by their local name, so that their IRI leads to them; others by their short name.

    Where two would have the same, the first in the order of their IRIs has it.
    """
    nodes = {term for terms in source.own.values() for term in terms} | {term.node for term in borrowed}
    nodes |= {scheme.node for scheme in lists if scheme.node}
    nodes |= {concept.node for scheme in lists for concept in _all(scheme.concepts)}
    taken: set[str] = set()
    found: dict[ox.NamedNode, str] = {}
    for node in sorted(nodes, key=lambda node: (source.fragment(node) is None, node.value)):
        name = local(node.value) or "term"
        wanted = [source.fragment(node), source.short(node), name]
        free = (
            text for text in wanted if text and text not in taken and text != node.value and _ANCHOR.fullmatch(text)
        )
        anchor = next(free, None)
        number = 1
        while anchor is None:
            number += 1
            anchor = f"term-{number}" if f"term-{number}" not in taken else None
        found[node] = anchor
        taken.add(anchor)
    return found


def _used(prefixes: Mapping[str, str], nodes: Iterable[ox.NamedNode]) -> dict[str, str]:
    """Namespace to prefix, for those that the nodes are of, in the order of the prefixes."""
    seen = {namespace_of(node.value) for node in nodes}
    return {space: prefix for space, prefix in sorted(prefixes.items(), key=lambda pair: pair[1]) if space in seen}
