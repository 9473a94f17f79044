"""What SHACL shapes ask of things, in a form for readers: path, count, constraints and the sentence that is right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from gba_kg.ontology_pages.parts import DEEPEST, Part, Parts, in_order, joined, members
from gba_kg.setwise.terms import OWL, RDF, RDFS, SH, Statements, Term, is_true, local

__all__ = ["Rule", "Shape", "path_parts", "shapes_of"]

# Parameters with a value that is shown as it is, in the order of the standard (SHACL, section 4).
_VALUES = (
    *("class", "datatype", "nodeKind", "minExclusive", "minInclusive", "maxExclusive", "maxInclusive"),
    *("minLength", "maxLength", "pattern", "flags", "uniqueLang", "equals", "disjoint", "lessThan"),
    *("lessThanOrEquals", "hasValue", "closed"),
)
_LISTS = ("languageIn", "in")
_SHAPES = ("not", "node", "qualifiedValueShape")
_SHAPE_LISTS = ("and", "or", "xone")
_MODIFIERS = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}
_CLASSES = {ox.NamedNode(RDFS + "Class"), ox.NamedNode(OWL + "Class")}
_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")


@dataclass(frozen=True)
class Rule:
    """What a shape asks for: of the values of a path, or (without ``path``) of the thing itself.

    ``count`` is how many values there are (``1..*``), ``query`` the text of a SPARQL constraint.
    """

    node: ox.NamedNode | None
    path: Parts
    count: str
    constraints: tuple[Parts, ...]
    messages: tuple[ox.Literal, ...]
    severity: str
    query: str | None = None

    def key(self) -> str:
        """What rules are ordered by: no blank node counts."""
        node = self.node.value if self.node else ""
        return repr((not self.path, [str(part) for part in self.path], node, self.count, str(self.constraints)))


@dataclass(frozen=True)
class Shape:
    """A shape with targets: of which kind and which term each is, and the rules."""

    node: ox.NamedNode | None
    targets: tuple[tuple[str, Part], ...]
    rules: tuple[Rule, ...]


def shapes_of(statements: Statements) -> list[Shape]:
    """All shapes that have a target and are not deactivated, in the order of their names."""
    nodes: set[Term] = {node for target in _TARGETS for node in statements.subjects(SH + target)}
    classes = {node for kind in ("NodeShape", "PropertyShape") for node in statements.instances(SH + kind)}
    implicit = {node for node in classes if _CLASSES.intersection(statements.objects(node, RDF + "type"))}
    found = [_shape(statements, node, node in implicit) for node in nodes | implicit if _active(statements, node)]
    return sorted(found, key=lambda shape: (str(shape.node or ""), str(shape.targets), [r.key() for r in shape.rules]))


def _active(statements: Statements, node: Term) -> bool:
    return not any(is_true(value) for value in statements.objects(node, SH + "deactivated"))


def _shape(statements: Statements, node: Term, implicit: bool) -> Shape:
    targets: list[tuple[str, Part]] = [
        (target, value)
        for target in _TARGETS
        for value in statements.objects(node, SH + target)
        if not isinstance(value, ox.BlankNode)
    ]
    if implicit and isinstance(node, ox.NamedNode):
        targets.append(("targetClass", node))
    rules = [rule for rule in (_rule(statements, node), *_below(statements, node)) if rule.constraints or rule.count]
    return Shape(_named(node), tuple(targets), tuple(sorted(rules, key=Rule.key)))


def _below(statements: Statements, node: Term) -> Iterator[Rule]:
    """The rules of the properties of a node shape, and the queries of both; a path within a path is a constraint."""
    yield from _queries(statements, node)
    for property_ in statements.objects(node, SH + "property") if not statements.value(node, SH + "path") else ():
        if _active(statements, property_):
            yield _rule(statements, property_)
            yield from _queries(statements, property_)


def _queries(statements: Statements, node: Term) -> Iterator[Rule]:
    for constraint in statements.objects(node, SH + "sparql"):
        if _active(statements, constraint):
            query = statements.value(constraint, SH + "select") or statements.value(constraint, SH + "ask")
            messages = _messages(statements, constraint) or _messages(statements, node)
            path, text = _path(statements, node), query.value if query else ""
            yield Rule(_named(constraint), path, "", (("SPARQL",),), messages, _severity(statements, node), text)


def _rule(statements: Statements, node: Term) -> Rule:
    path = _path(statements, node)
    return Rule(
        _named(node),
        path,
        _count(statements, node, "minCount", "maxCount"),
        tuple(_constraints(statements, node, frozenset([node]), with_properties=bool(path))),
        _messages(statements, node),
        _severity(statements, node),
    )


def _path(statements: Statements, node: Term) -> Parts:
    path = statements.value(node, SH + "path")
    return path_parts(statements, path) if path else ()


def _named(node: Term) -> ox.NamedNode | None:
    return node if isinstance(node, ox.NamedNode) else None


def _messages(statements: Statements, node: Term) -> tuple[ox.Literal, ...]:
    return tuple(text for text in statements.objects(node, SH + "message") if isinstance(text, ox.Literal))


def _severity(statements: Statements, node: Term) -> str:
    severity = statements.value(node, SH + "severity")
    return local(severity.value).lower() if severity else "violation"


def _count(statements: Statements, node: Term, least: str, most: str) -> str:
    low, high = statements.value(node, SH + least), statements.value(node, SH + most)
    return f"{low.value if low else 0}..{high.value if high else '*'}" if low or high else ""


def _constraints(
    statements: Statements, node: Term, above: frozenset[Term], *, with_properties: bool
) -> Iterator[Parts]:
    """The constraints of a shape but its counts; of shapes without a name that it uses, in brackets."""
    for key in _VALUES:
        for value in statements.objects(node, SH + key):
            if is_true(value):
                yield (key,)
            elif key not in ("closed", "uniqueLang") and not isinstance(value, ox.BlankNode):
                yield (f"{key} ", local(value.value) if key == "nodeKind" else value)
    yield from _of_lists_and_shapes(statements, node, above)
    if with_properties:
        below = [_used(statements, value, above) for value in statements.objects(node, SH + "property")]
        yield from in_order(below)


def _of_lists_and_shapes(statements: Statements, node: Term, above: frozenset[Term]) -> Iterator[Parts]:
    for key in _LISTS:
        for value in statements.objects(node, SH + key):
            listed: list[Parts] = [(item,) for item in members(statements, value) if not isinstance(item, ox.BlankNode)]
            yield (f"{key} (", *joined(listed, ", "), ")")
    for key in _SHAPES:
        values = statements.objects(node, SH + key)
        yield from in_order((f"{_word(statements, node, key)} ", *_used(statements, value, above)) for value in values)
    for key in _SHAPE_LISTS:
        lists = [members(statements, value) for value in statements.objects(node, SH + key)]
        used = ([_used(statements, item, above) for item in listed] for listed in lists)
        yield from in_order((f"{key} (", *joined(parts, " | "), ")") for parts in used)


def _word(statements: Statements, node: Term, key: str) -> str:
    if key != "qualifiedValueShape":
        return key
    count = _count(statements, node, "qualifiedMinCount", "qualifiedMaxCount")
    return f"{key} [{count}]"


def _used(statements: Statements, node: Term, above: frozenset[Term]) -> Parts:
    """A shape that another uses: its name, or in brackets what it asks for."""
    if not isinstance(node, ox.BlankNode):
        return (node,)
    if node in above or len(above) > DEEPEST:
        return ("?",)
    path = statements.value(node, SH + "path")
    count = _count(statements, node, "minCount", "maxCount")
    asked = list(_constraints(statements, node, above | {node}, with_properties=True))
    if count:
        asked.insert(0, (f"[{count}]",))
    inner = joined(asked, ", ")
    return (*path_parts(statements, path), " (", *inner, ")") if path else ("(", *inner, ")")


def path_parts(statements: Statements, node: Term, above: frozenset[Term] = frozenset()) -> Parts:
    """A property path as SPARQL writes it (SHACL, section 2.3.1); ``?`` where it is not well-formed."""
    if isinstance(node, ox.NamedNode):
        return (node,)
    if isinstance(node, ox.Literal) or node in above or len(above) > DEEPEST:
        return ("?",)
    above |= {node}
    if statements.objects(node, RDF + "first"):
        return joined((_step(statements, step, above) for step in members(statements, node)), "/") or ("?",)
    for value in statements.objects(node, SH + "alternativePath"):
        return joined((_step(statements, step, above) for step in members(statements, value)), "|") or ("?",)
    for value in statements.objects(node, SH + "inversePath"):
        return ("^", *_step(statements, value, above))
    for key, modifier in _MODIFIERS.items():
        for value in statements.objects(node, SH + key):
            return (*_step(statements, value, above), modifier)
    return ("?",)


def _step(statements: Statements, node: Term, above: frozenset[Term]) -> Parts:
    parts = path_parts(statements, node, above)
    return parts if len(parts) == 1 else ("(", *parts, ")")
