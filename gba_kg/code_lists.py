"""Finds faults of code lists (SKOS) that no shape of this project sees, in the data of anyone.

Each rule is a function of ``_CHECKS``; it yields the rule, the concept, the property and value at fault.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

import pyoxigraph as ox

from gba_kg.facts import Facts, Term, iri
from gba_kg.findings import Finding
from gba_kg.namespaces import shrink
from gba_kg.rules import found

__all__ = ["code_lists"]

_Fault = tuple[str, ox.NamedNode, str, Term | None]


def code_lists(facts: Facts, language: str = "en") -> Iterator[Finding]:
    """The faults of all named concepts, by rule and then by IRI."""
    concepts = facts.instances("skos:Concept")
    for check in _CHECKS:
        for rule, concept, property_, value in check(facts, concepts):
            path = iri(property_)
            yield found(
                rule,
                language,
                at=facts.place(concept, path, value),
                said={"name": shrink(concept.value), "value": _shown(value)},
                focus=concept.value,
                path=path.value,
                value=value.value if isinstance(value, (ox.NamedNode, ox.Literal)) else None,
            )


def _shown(value: Term | None) -> str:
    if isinstance(value, ox.NamedNode):
        return shrink(value.value)
    return value.value if isinstance(value, ox.Literal) else ""


def _broader(facts: Facts, concepts: list[ox.NamedNode]) -> dict[Term, set[ox.NamedNode]]:
    """The concepts directly above each, stated by ``skos:broader`` or from above by ``skos:narrower``."""
    above: dict[Term, set[ox.NamedNode]] = defaultdict(set)
    for concept in concepts:
        above[concept].update(facts.nodes(concept, "skos:broader"))
        for narrower in facts.nodes(concept, "skos:narrower"):
            above[narrower].add(concept)
    return above


def _ancestors(above: dict[Term, set[ox.NamedNode]], concept: ox.NamedNode) -> set[ox.NamedNode]:
    seen: set[ox.NamedNode] = set()
    waiting = list(above.get(concept, ()))
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen.add(current)
            waiting += above.get(current, ())
    return seen


def _cycles(facts: Facts, concepts: list[ox.NamedNode]) -> Iterator[_Fault]:
    above = _broader(facts, concepts)
    for concept in concepts:
        if concept in _ancestors(above, concept):
            way = [node for node in facts.nodes(concept, "skos:broader") if concept in {node, *_ancestors(above, node)}]
            yield "concept-cycle", concept, "skos:broader", way[0] if way else None


def _related(facts: Facts, concepts: list[ox.NamedNode]) -> Iterator[_Fault]:
    """SKOS Reference S27: related is disjoint with the transitive broader, in both directions."""
    above = _broader(facts, concepts)
    for concept in concepts:
        for other in facts.nodes(concept, "skos:related"):
            if other in _ancestors(above, concept) or concept in _ancestors(above, other):
                yield "concept-related-broader", concept, "skos:related", other


def _labels(facts: Facts, concepts: list[ox.NamedNode]) -> Iterator[_Fault]:
    """Two concepts of a scheme with the same preferred label in the same language; the later IRI is named."""
    first: dict[tuple[ox.NamedNode, str, str], ox.NamedNode] = {}
    for concept in concepts:
        for scheme in facts.nodes(concept, "skos:inScheme"):
            for label in facts.all(concept, "skos:prefLabel"):
                if isinstance(label, ox.Literal):
                    key = (scheme, (label.language or "").lower(), label.value)
                    if first.setdefault(key, concept) != concept:
                        yield "concept-label", concept, "skos:prefLabel", label


def _missing(facts: Facts, concepts: list[ox.NamedNode]) -> Iterator[_Fault]:
    for concept in concepts:
        if not facts.all(concept, "skos:definition"):
            yield "concept-definition", concept, "skos:definition", None
        if not (facts.all(concept, "skos:inScheme") or facts.all(concept, "skos:topConceptOf")):
            yield "concept-scheme", concept, "skos:inScheme", None


def _tops(facts: Facts, concepts: list[ox.NamedNode]) -> Iterator[_Fault]:
    """A top concept with a broader one in the same scheme."""
    for concept in concepts:
        for scheme in facts.nodes(concept, "skos:topConceptOf"):
            if any(scheme in facts.nodes(node, "skos:inScheme") for node in facts.nodes(concept, "skos:broader")):
                yield "concept-top", concept, "skos:topConceptOf", scheme


_CHECKS: tuple[Callable[[Facts, list[ox.NamedNode]], Iterator[_Fault]], ...] = (
    _cycles,
    _related,
    _labels,
    _missing,
    _tops,
)
