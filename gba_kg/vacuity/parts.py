"""Shapes that check nothing: without a target, out of reach, or with a parameter that has no effect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from gba_kg.facts import Facts, Subject, iri
from gba_kg.findings import Finding
from gba_kg.graph import Graph
from gba_kg.namespaces import PREFIXES, shrink
from gba_kg.rules import found
from gba_kg.vacuity.targets import Node
from gba_kg.vacuity.terms import values

__all__ = ["parts"]

_SH = PREFIXES["sh"]
# A parameter, and those of which it needs one on the same shape (SHACL, sections 4.4.3, 4.7.3, 4.8.1).
_NEEDS = {
    "flags": ("pattern",),
    "ignoredProperties": ("closed",),
    "qualifiedMinCount": ("qualifiedValueShape",),
    "qualifiedMaxCount": ("qualifiedValueShape",),
    "qualifiedValueShapesDisjoint": ("qualifiedValueShape",),
    "qualifiedValueShape": ("qualifiedMinCount", "qualifiedMaxCount"),
    # These are about the values of a path (section 4, "property shapes only").
    **dict.fromkeys(("minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals"), ("path",)),
}

# Parameters that are true or false: of another value, engines take no notice.
_FLAGS = ("closed", "deactivated", "qualifiedValueShapesDisjoint", "uniqueLang")


def parts(shapes: Graph, facts: Facts, counts: Mapping[Node, int], language: str) -> Iterator[Finding]:
    """Findings on shapes files, shapes and parameters; ``counts`` says how many nodes each target selects."""
    if not counts:
        yield found("vacuous-shapes", language, at=(shapes.files[0].shown, None, None))
    else:
        yield from _files(shapes, language)
    for shape, count in counts.items():
        if count == 0:
            yield _finding("vacuous-shape", facts, shape, language)
    yield from _unreached(shapes, facts, counts, language)
    yield from _idle(shapes, facts, language)


def _files(shapes: Graph, language: str) -> Iterator[Finding]:
    for file in shapes.files:
        quads = list(shapes.store.quads_for_pattern(None, None, None, ox.NamedNode(file.graph)))
        if quads and not any(quad.predicate.value.startswith(_SH) for quad in quads):
            yield found("shapes-file-without-shape", language, at=(file.shown, None, None))


def _unreached(shapes: Graph, facts: Facts, counts: Mapping[Node, int], language: str) -> Iterator[Finding]:
    used = {quad.object for quad in shapes.store}
    for kind in ("sh:NodeShape", "sh:PropertyShape"):
        for quad in shapes.store.quads_for_pattern(None, iri("rdf:type"), iri(kind)):
            shape = quad.subject
            if shape not in counts and shape not in used and not values(shapes, shape, "sh:deactivated"):
                yield _finding("unreached-shape", facts, shape, language)


def _idle(shapes: Graph, facts: Facts, language: str) -> Iterator[Finding]:
    for parameter, needed in _NEEDS.items():
        for quad in shapes.store.quads_for_pattern(None, iri(f"sh:{parameter}"), None):
            shape = quad.subject
            if not any(values(shapes, shape, f"sh:{name}") for name in needed):
                said: dict[str, object] = {
                    "name": f"sh:{parameter}",
                    "needed": " / ".join(f"sh:{name}" for name in needed),
                }
                yield _finding("idle-parameter", facts, shape, language, quad.predicate, said)
    for parameter in _FLAGS:
        for quad in shapes.store.quads_for_pattern(None, iri(f"sh:{parameter}"), None):
            if not (isinstance(quad.object, ox.Literal) and quad.object.datatype == iri("xsd:boolean")):
                said = {"name": f"sh:{parameter}", "needed": "xsd:boolean"}
                yield _finding("idle-parameter", facts, quad.subject, language, quad.predicate, said)


def _finding(
    rule: str,
    facts: Facts,
    shape: Subject,
    language: str,
    predicate: ox.NamedNode | None = None,
    said: dict[str, object] | None = None,
) -> Finding:
    name = shape.value if isinstance(shape, ox.NamedNode) else str(shape)
    return found(rule, language, at=facts.place(shape, predicate), shape=name, said=said or {"name": shrink(name)})
