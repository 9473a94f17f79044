"""SPARQL-based constraints and constraint components as they stand in a shapes graph (SHACL, sections 5 and 6)."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

import pyoxigraph as ox

from gba_kg.errors import IncompleteError, InputError
from gba_kg.setwise.paths import Path
from gba_kg.setwise.query_text import check
from gba_kg.setwise.terms import EMPTY, OWL, SH, Node, Statements, Term, is_true, name

__all__ = ["Component", "Query", "components", "read_query"]


_VALIDATORS = ("validator", "nodeValidator", "propertyValidator")


@dataclass(frozen=True)
class Query:
    """The text of a SELECT or ASK query, with ``$PATH`` filled in, and the PREFIX lines that it is read with."""

    text: str
    prefixes: str
    ask: bool


@dataclass(frozen=True)
class Component:
    """A constraint component: the IRIs of its parameters, its validators, and which of them cannot be run, if any."""

    node: ox.NamedNode
    parameters: tuple[str, ...]
    mandatory: tuple[str, ...]
    foreign: str
    any_validator: Node | None
    node_validator: Node | None
    property_validator: Node | None

    def validator(self, of_property: bool) -> Node | None:
        """The validator for property shapes or for node shapes (SHACL, section 6.2.3)."""
        return (self.property_validator if of_property else self.node_validator) or self.any_validator


def components(shapes: Statements) -> list[Component]:
    """The constraint components that a shapes graph declares (SHACL, section 6.1)."""
    found = []
    for node in shapes.instances(SH + "ConstraintComponent"):
        if not isinstance(node, ox.NamedNode) or node.value.startswith(SH):
            continue
        parameters: dict[str, bool] = {}
        for parameter in shapes.objects(node, SH + "parameter"):
            for path in shapes.objects(parameter, SH + "path"):
                parameters[path.value] = is_true(shapes.value(parameter, SH + "optional"))
        if not parameters:
            continue
        validators = [_validator(shapes, node, kind) for kind in _VALIDATORS]
        foreign = [
            f"the sh:{kind} of {name(node)} is not written in SPARQL"
            for kind, validator in zip(_VALIDATORS, validators, strict=True)
            if validator is None and shapes.objects(node, SH + kind)
        ]
        mandatory = tuple(sorted(path for path, optional in parameters.items() if not optional))
        found.append(Component(node, tuple(sorted(parameters)), mandatory, "; ".join(foreign), *validators))
    return found


def _validator(shapes: Statements, component: Node, kind: str) -> Node | None:
    for validator in shapes.objects(component, SH + kind):
        if not isinstance(validator, ox.Literal) and any(
            shapes.objects(validator, SH + text) for text in ("select", "ask")
        ):
            return validator
    return None


def read_query(shapes: Statements, node: Node, path: Path | None, parameters: Collection[str] = ()) -> Query:
    """The query of a SPARQL-based constraint or validator.

    Raises IncompleteError where there is not exactly one that can be run, InputError where it is not SPARQL.
    """
    select, ask = shapes.objects(node, SH + "select"), shapes.objects(node, SH + "ask")
    if len(select) + len(ask) != 1:
        raise IncompleteError(f"{name(node)} has not exactly one query")
    text = (select or ask)[0].value
    if "$PATH" in text or "?PATH" in text:
        if path is None:
            raise IncompleteError(f"{name(node)} speaks of $PATH in a node shape")
        if path.empty:
            raise IncompleteError(f"{name(node)} speaks of $PATH, which may have no steps here")
        text = text.replace("$PATH", path.sparql).replace("?PATH", path.sparql)
    check(text, ("this", "currentShape", "shapesGraph", *parameters, *(("value",) if ask else ())))
    query = Query(text, _prefixes(shapes, node), bool(ask))
    try:
        EMPTY.query(query.prefixes + query.text)
    except SyntaxError as error:
        # The message reads "error at LINE:COLUMN: expected ...", and goes on for many lines.
        said = str(error.msg).partition(" expected ")[0].splitlines()[0].rstrip(":")
        before = query.prefixes.count("\n")
        said = re.sub(r"at (\d+):(\d+)", lambda at: f"at {int(at[1]) - before}:{at[2]} of its text", said)
        raise InputError(f"a query is not SPARQL: {said}") from None
    except RuntimeError as error:
        raise IncompleteError(f"the query of {name(node)} cannot be run: {error}") from None
    return query


def _prefixes(shapes: Statements, node: Node) -> str:
    lines = {}
    for source in _imported(shapes, shapes.objects(node, SH + "prefixes")):
        for declaration in shapes.objects(source, SH + "declare"):
            prefix, namespace = (shapes.value(declaration, SH + key) for key in ("prefix", "namespace"))
            if prefix and namespace:
                lines[prefix.value] = f"PREFIX {prefix.value}: {ox.NamedNode(namespace.value)}\n"
    return "".join(lines[key] for key in sorted(lines))


def _imported(shapes: Statements, ahead: list[Term]) -> list[Term]:
    found: list[Term] = []
    ahead = list(ahead)
    while ahead:
        node = ahead.pop()
        if node not in found:
            found.append(node)
            ahead += shapes.objects(node, OWL + "imports")
    return found
