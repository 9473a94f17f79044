"""The ontology as it is written, indexed both ways, with what is one's own in it and what is borrowed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from gba_kg.graph import Graph
from gba_kg.namespaces import PREFIXES, shrink
from gba_kg.ontology_pages.parts import members
from gba_kg.ontology_pages.uses import LABELS, Uses, labels
from gba_kg.setwise.terms import OWL, RDF, RDFS, Statements, Term, is_true, local
from gba_kg.vocabulary import namespace_of

__all__ = ["KINDS", "SKOS", "Source", "english"]

SKOS, VANN, SH = PREFIXES["skos"], PREFIXES["vann"], PREFIXES["sh"]
# Kinds of terms, and the types by which one is known; a term is of the first kind that fits.
KINDS: dict[str, tuple[str, ...]] = {
    "classes": (OWL + "Class", RDFS + "Class"),
    "object-properties": (
        OWL + "ObjectProperty",
        *(OWL + f"{name}Property" for name in ("Transitive", "Symmetric", "Asymmetric", "Reflexive", "Irreflexive")),
        OWL + "InverseFunctionalProperty",
    ),
    "datatype-properties": (OWL + "DatatypeProperty",),
    "annotation-properties": (OWL + "AnnotationProperty", OWL + "OntologyProperty"),
    "properties": (RDF + "Property", OWL + "FunctionalProperty"),
    "datatypes": (RDFS + "Datatype",),
    "individuals": (OWL + "NamedIndividual",),
}
_KNOWN_BY = (*LABELS, SKOS + "definition", RDFS + "comment")


def english(texts: tuple[ox.Literal, ...]) -> str | None:
    """The English text, or that without a language, or the first: what things are ordered by on every page."""
    by_language = {(text.language or "").lower(): text.value for text in reversed(texts)}
    return by_language.get("en") or by_language.get("") or next((text.value for text in texts), None)


@dataclass(frozen=True)
class Source:
    """The statements of the ontology and of the shapes, and how the graph uses the terms."""

    graph: Graph
    statements: Statements
    shapes: Statements
    uses: Uses

    @cached_property
    def into(self) -> dict[tuple[str, Term], list[Term]]:
        """The subjects of each predicate and object."""
        found: dict[tuple[str, Term], list[Term]] = defaultdict(list)
        for subject, predicates in self.statements.index.items():
            for predicate, objects in predicates.items():
                for value in objects:
                    found[predicate, value].append(subject)
        return found

    def subjects(self, predicate: str, value: Term) -> list[Term]:
        """The subjects that have a value."""
        return self.into.get((predicate, value), [])

    def typed(self, *types: str) -> list[ox.NamedNode]:
        """The named things of one of the types, in the order of their English labels."""
        found = {thing for type_ in types for thing in self.subjects(RDF + "type", ox.NamedNode(type_))}
        return self.ordered(thing for thing in found if isinstance(thing, ox.NamedNode))

    def ordered(self, nodes: Iterable[ox.NamedNode]) -> list[ox.NamedNode]:
        """Named nodes in the order of their English labels, or short names, and then of their IRIs."""
        return sorted(nodes, key=lambda node: ((english(self.labels(node)) or self.short(node)).casefold(), node.value))

    def labels(self, node: Term) -> tuple[ox.Literal, ...]:
        """The labels that the ontology gives a node."""
        return labels(self.statements, node)

    def deprecated(self, node: Term) -> bool:
        """Whether a term is no longer to be used (OWL 2 structural specification, section 5.5)."""
        types = {OWL + "DeprecatedClass", OWL + "DeprecatedProperty"}
        marked = any(is_true(value) for value in self.statements.objects(node, OWL + "deprecated"))
        return marked or any(type_.value in types for type_ in self.statements.objects(node, RDF + "type"))

    @cached_property
    def ontologies(self) -> list[ox.NamedNode]:
        """The ontologies, in the order of their IRIs: prefixes, on which other orders rest, come from them."""
        found = self.subjects(RDF + "type", ox.NamedNode(OWL + "Ontology"))
        return sorted((node for node in found if isinstance(node, ox.NamedNode)), key=lambda node: node.value)

    @cached_property
    def headers(self) -> list[ox.NamedNode]:
        """The ontologies, that in whose namespace the most terms are first."""
        found = self.ontologies
        size = {
            node: sum(
                namespace_of(term.value) in self._namespaces(node) for terms in self._kinds.values() for term in terms
            )
            for node in found
        }
        return sorted(found, key=lambda node: (-size[node], node.value))

    @cached_property
    def namespaces(self) -> frozenset[str]:
        """The namespaces of the ontologies."""
        return frozenset().union(*(self._namespaces(node) for node in self.ontologies))

    def _namespaces(self, header: ox.NamedNode) -> set[str]:
        stated = {value.value for value in self.statements.objects(header, VANN + "preferredNamespaceUri")}
        plain = header.value.rstrip("#/")
        return stated | {plain + "#", plain + "/"}

    @cached_property
    def _kinds(self) -> dict[str, list[ox.NamedNode]]:
        """Each declared term under the first of its kinds."""
        seen: set[Term] = set()
        found: dict[str, list[ox.NamedNode]] = {}
        outside = {OWL + "Thing", OWL + "Nothing"}
        lists = {*self.typed(SKOS + "Concept"), *self.typed(SKOS + "ConceptScheme")}
        for kind, types in KINDS.items():
            terms = [term for term in self.typed(*types) if term not in seen and term.value not in outside]
            found[kind] = [term for term in terms if term not in lists] if kind == "individuals" else terms
            seen.update(terms)
        return found

    @cached_property
    def own(self) -> dict[str, list[ox.NamedNode]]:
        """The terms that the ontology defines, by kind; where no ontology is declared, all that are declared."""
        return {
            kind: [term for term in terms if kind == "individuals" or self._is_own(term)]
            for kind, terms in self._kinds.items()
        }

    @cached_property
    def declared(self) -> dict[ox.NamedNode, str]:
        """The terms of other vocabularies that the ontology declares, each with its kind."""
        return {
            term: kind
            for kind, terms in self._kinds.items()
            for term in terms
            if kind != "individuals" and not self._is_own(term)
        }

    def _is_own(self, term: ox.NamedNode) -> bool:
        said = self.statements.index.get(term, {})
        return (
            not self.ontologies
            or namespace_of(term.value) in self.namespaces
            or any(header in said.get(RDFS + "isDefinedBy", ()) for header in self.ontologies)
            or any(property_ in said for property_ in _KNOWN_BY)
        )

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """Namespace to prefix: what the ontology prefers, what the shapes declare, and the table of the project."""
        pairs: list[tuple[Term | None, Term | None]] = [
            (self.statements.value(node, VANN + "preferredNamespacePrefix"), uri)
            for node in self.ontologies
            for uri in self.statements.objects(node, VANN + "preferredNamespaceUri")
        ]
        for node in self.shapes.subjects(SH + "prefix"):
            pairs += [
                (self.shapes.value(node, SH + "prefix"), uri) for uri in self.shapes.objects(node, SH + "namespace")
            ]
        found: dict[str, str] = {}
        for prefix, namespace in pairs:
            if prefix and namespace and prefix.value not in found.values():
                found.setdefault(namespace.value, prefix.value)
        for short, namespace_iri in PREFIXES.items():
            if short not in found.values():
                found.setdefault(namespace_iri, short)
        return found

    def short(self, node: Term) -> str:
        """The CURIE of a node, or its IRI."""
        return shrink(node.value, self.prefixes)

    @cached_property
    def ends(self) -> dict[str, dict[Term, set[Term]]]:
        """For domain and range: the properties of each named class, that of a union of them as well."""
        found: dict[str, dict[Term, set[Term]]] = {}
        for end in ("domain", "range"):
            by_class: dict[Term, set[Term]] = defaultdict(set)
            for subject, predicates in self.statements.index.items():
                for value in predicates.get(RDFS + end, ()) if isinstance(subject, ox.NamedNode) else ():
                    union = self.statements.value(value, OWL + "unionOf") if isinstance(value, ox.BlankNode) else None
                    for class_ in [value] if union is None else members(self.statements, union):
                        by_class[class_].add(subject)
            found[end] = by_class
        return found

    def above(self, node: ox.NamedNode) -> set[ox.NamedNode]:
        """All named classes above a class, without itself."""
        return _reached(node, lambda class_: self.statements.objects(class_, RDFS + "subClassOf")) - {node}

    def below(self, node: ox.NamedNode) -> set[ox.NamedNode]:
        """A class and all named classes below it."""
        return _reached(node, lambda class_: self.subjects(RDFS + "subClassOf", class_))

    def fragment(self, node: ox.NamedNode) -> str | None:
        """The local name of a term of the ontology's own namespaces, by which its IRI finds it on the page."""
        return local(node.value) if namespace_of(node.value) in self.namespaces else None


def _reached(start: ox.NamedNode, step: Callable[[ox.NamedNode], list[Term]]) -> set[ox.NamedNode]:
    found: set[ox.NamedNode] = set()
    ahead: list[ox.NamedNode] = [start]
    while ahead:
        current = ahead.pop()
        if current not in found:
            found.add(current)
            ahead += [node for node in step(current) if isinstance(node, ox.NamedNode)]
    return found
