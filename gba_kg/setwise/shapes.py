"""Shapes as frozen values, read from a shapes graph; what the engine cannot run is collected with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import pyoxigraph as ox

from gba_kg.errors import IncompleteError, InputError
from gba_kg.setwise.components import Component, Query, components, read_query
from gba_kg.setwise.paths import Path, compile_path
from gba_kg.setwise.terms import EMPTY, RDFS, SH, Node, Statements, Term, is_true, local, name

__all__ = ["Constraint", "Shape", "ShapesGraph", "shapes_of"]

# Parameters that may stand once only, and those of which every value is a constraint of its own.
_SINGLE = (
    *("datatype", "nodeKind", "minCount", "maxCount", "minExclusive", "minInclusive", "maxExclusive", "maxInclusive"),
    *("minLength", "maxLength", "pattern", "languageIn", "uniqueLang", "in", "closed"),
)
_SEVERAL = (
    *("class", "equals", "disjoint", "lessThan", "lessThanOrEquals", "hasValue"),
    *("not", "and", "or", "xone", "node", "property"),
)
_LISTS = {"languageIn", "in"}
_SHAPE_LISTS = {"and", "or", "xone"}
_ONE_SHAPE = {"not", "node", "property"}
_OF_PATH = {"property": True, "node": False}
_PROPERTY_ONLY = {"minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals"}
_IRI = {"class", "datatype", "equals", "disjoint", "lessThan", "lessThanOrEquals"}
_INTEGER = {"minCount", "maxCount", "minLength", "maxLength", "qualifiedMinCount", "qualifiedMaxCount"}
_NODE_KINDS = {"IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"}
# Extensions of SHACL (SHACL-AF, SHACL-JS) that the engine leaves to others.
_FOREIGN = ("target", "js", "expression")
_PARAMETERS = tuple((kind, SH + kind) for kind in (*_FOREIGN, *_SINGLE, *_SEVERAL))
TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")


@dataclass(frozen=True)
class Constraint:
    """One constraint: its kind (the local name of its parameter), the component's IRI and its values.

    ``values`` holds the parameter's value, the members of its list, or the shapes it names; ``flags`` are those of
    ``sh:pattern``, ``siblings`` the qualified value shapes that a value must not conform to as well.
    """

    kind: str
    component: ox.NamedNode
    values: tuple[Term, ...] = ()
    flags: str = ""
    siblings: tuple[Node, ...] = ()
    query: Query | None = None
    source: Node | None = None
    bindings: tuple[tuple[str, Term], ...] = ()


@dataclass(frozen=True)
class Shape:
    """A node shape (without path) or a property shape."""

    node: Node
    path: Path | None
    severity: ox.NamedNode
    constraints: tuple[Constraint, ...]


@dataclass
class ShapesGraph:
    """The shapes of a graph: those with a target, and every shape that they reach.

    ``shapes`` leaves out deactivated ones, to which every node conforms (SHACL, section 2.1.3). ``unsupported`` says
    of a shape why the engine cannot run it, or a shape that it uses; ``broken`` are those whose query is not SPARQL.
    """

    statements: Statements
    shapes: dict[Node, Shape] = field(default_factory=dict)
    targets: dict[Node, list[tuple[str, Term]]] = field(default_factory=dict)
    unsupported: dict[Node, str] = field(default_factory=dict)
    broken: set[Node] = field(default_factory=set)
    components: list[Component] = field(default_factory=list)

    @classmethod
    def read(cls, statements: Statements) -> ShapesGraph:
        """Read all shapes that have a target, and those that they use."""
        graph = cls(statements, components=components(statements))
        for target in TARGETS:
            for node in statements.subjects(SH + target):
                graph._target(node, [(target, value) for value in statements.objects(node, SH + target)])
        for node in statements.subjects(SH + "target"):
            graph._target(node, [])
        for node in graph._implicit():
            graph._target(node, [("targetClass", node)])
        return graph

    def _target(self, node: Term, targets: list[tuple[str, Term]]) -> None:
        assert not isinstance(node, ox.Literal)
        self._add(node, frozenset())
        self.targets.setdefault(node, []).extend(targets)

    def _implicit(self) -> Iterator[Term]:
        # A shape that is a class is its own target; owl:Class counts where the shapes graph says that it is a class of
        # classes (SHACL, section 2.1.3.3).
        shapes = {*self.statements.instances(SH + "NodeShape"), *self.statements.instances(SH + "PropertyShape")}
        classes = set(self.statements.instances(RDFS + "Class"))
        yield from sorted(shapes & classes, key=str)

    def _add(self, node: Node, above: frozenset[Node]) -> None:
        if node in above:
            self.unsupported[node] = "the shape refers to itself: recursion is not defined"
        if node in self.shapes or node in self.unsupported:
            return
        try:
            if any(is_true(value) for value in self.statements.objects(node, SH + "deactivated")):
                return
            path = self.statements.objects(node, SH + "path")
            if len(path) > 1:
                raise IncompleteError("the shape has several paths")
            compiled = compile_path(self.statements, path[0]) if path else None
            constraints = tuple(self._constraints(node, compiled))
            for constraint in constraints:
                for used in (*shapes_of(constraint), *constraint.siblings):
                    if isinstance(used, ox.Literal):
                        raise IncompleteError(f"a shape cannot be the literal {used}")
                    self._add(used, above | {node})
                    if used in self.unsupported:
                        raise (InputError if used in self.broken else IncompleteError)(self.unsupported[used])
        except (IncompleteError, InputError) as error:
            self.unsupported[node] = error.message
            self.broken |= {node} if isinstance(error, InputError) else set()
            return
        self.shapes[node] = Shape(node, compiled, self._severity(node), constraints)

    def _severity(self, node: Node) -> ox.NamedNode:
        severity = self.statements.value(node, SH + "severity")
        return severity if isinstance(severity, ox.NamedNode) else ox.NamedNode(SH + "Violation")

    def _constraints(self, node: Node, path: Path | None) -> Iterator[Constraint]:
        own = self.statements.index.get(node, {})
        for kind, iri in _PARAMETERS:
            values = own.get(iri, [])
            if values and kind in _FOREIGN:
                raise IncompleteError(f"sh:{kind} is not supported")
            if kind in _SINGLE and len(values) > 1:
                raise IncompleteError(f"sh:{kind} stands more than once")
            if values and path is None and kind in _PROPERTY_ONLY:
                raise IncompleteError(f"sh:{kind} stands in a node shape")
            for value in values:
                yield self._core(node, kind, value)
        yield from self._qualified(node)
        for source in self.statements.objects(node, SH + "sparql"):
            assert not isinstance(source, ox.Literal), "a constraint is a node"
            if not any(is_true(value) for value in self.statements.objects(source, SH + "deactivated")):
                query = read_query(self.statements, source, path)
                yield Constraint("sparql", _component("SPARQL"), query=query, source=source)
        for component in self.components:
            yield from self._custom(component, node, path)

    def _core(self, node: Node, kind: str, value: Term) -> Constraint:
        values: tuple[Term, ...] = (value,)
        flags = ""
        if kind in _IRI and not isinstance(value, ox.NamedNode):
            raise IncompleteError(f"the value of sh:{kind} is no IRI")
        if kind in _INTEGER and not (isinstance(value, ox.Literal) and value.value.lstrip("+-").isdigit()):
            raise IncompleteError(f"the value of sh:{kind} is no integer")
        if kind in _LISTS | _SHAPE_LISTS:
            values = tuple(self.statements.items(value))
        elif kind in _OF_PATH and bool(self.statements.objects(value, SH + "path")) != _OF_PATH[kind]:
            raise IncompleteError(f"the value of sh:{kind} is no {'property' if _OF_PATH[kind] else 'node'} shape")
        elif kind == "nodeKind" and value.value.removeprefix(SH) not in _NODE_KINDS:
            raise IncompleteError(f"{value} is no node kind")
        elif kind == "closed":
            values = tuple(self._closed(node)) if is_true(value) else ()
            kind = "closed" if is_true(value) else "nothing"
        elif kind == "uniqueLang" and value.value != "true":
            kind = "nothing"
        elif kind == "pattern":
            flags = "".join(flag.value for flag in self.statements.objects(node, SH + "flags"))
            _check_pattern(value.value, flags)
        return Constraint(kind, _component(kind[0].upper() + kind[1:]), values, flags)

    def _closed(self, node: Node) -> Iterator[Term]:
        for shape in self.statements.objects(node, SH + "property"):
            yield from (p for p in self.statements.objects(shape, SH + "path") if isinstance(p, ox.NamedNode))
        for ignored in self.statements.objects(node, SH + "ignoredProperties"):
            yield from self.statements.items(ignored)

    def _qualified(self, node: Node) -> Iterator[Constraint]:
        shapes = self.statements.objects(node, SH + "qualifiedValueShape")
        if not shapes:
            return
        siblings: set[Term] = set()
        if any(is_true(value) for value in self.statements.objects(node, SH + "qualifiedValueShapesDisjoint")):
            for parent in self.statements.subjects(SH + "property", node):
                for sibling in self.statements.objects(parent, SH + "property"):
                    siblings |= set(self.statements.objects(sibling, SH + "qualifiedValueShape"))
        for shape in shapes:
            others = tuple(node for node in sorted(siblings - {shape}, key=str) if not isinstance(node, ox.Literal))
            for kind in ("qualifiedMinCount", "qualifiedMaxCount"):
                for count in self.statements.objects(node, SH + kind):
                    yield Constraint(kind, _component(kind[0].upper() + kind[1:]), (shape, count), siblings=others)

    def _custom(self, component: Component, node: Node, path: Path | None) -> Iterator[Constraint]:
        found = {parameter: self.statements.objects(node, parameter) for parameter in component.parameters}
        if not all(found[parameter] for parameter in component.mandatory) or not any(found.values()):
            return
        if component.foreign:
            raise IncompleteError(component.foreign)
        if len(found) > 1 and any(len(values) > 1 for values in found.values()):
            raise IncompleteError(f"a parameter of {name(component.node)} stands more than once")
        validator = component.validator(path is not None)
        if validator is None:
            return
        query = read_query(self.statements, validator, path, [local(parameter) for parameter in component.parameters])
        given = [(local(parameter), values) for parameter, values in found.items() if values]
        count = len(given[0][1]) if len(given) == 1 else 1
        for index in range(count):
            bindings = tuple((variable, values[index if len(given) == 1 else 0]) for variable, values in given)
            yield Constraint("component", component.node, query=query, bindings=bindings)


def shapes_of(constraint: Constraint) -> tuple[Term, ...]:
    """The shapes that a constraint names, its siblings apart."""
    if constraint.kind in _ONE_SHAPE | _SHAPE_LISTS:
        return constraint.values
    return constraint.values[:1] if constraint.kind.startswith("qualified") else ()


def _component(stem: str) -> ox.NamedNode:
    return ox.NamedNode(f"{SH}{stem}ConstraintComponent")


@cache
def _check_pattern(pattern: str, flags: str) -> None:
    # The store knows no look-around and no back-reference: it then gives no answer at all.
    query = f"SELECT (REGEX('', {ox.Literal(pattern)}, {ox.Literal(flags)}) AS ?known) {{}}"
    solutions = EMPTY.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    if next(solutions)["known"] is None:
        raise IncompleteError(f"the pattern {pattern!r} is not one that the store can run")
