"""Runs SPARQL-based constraints and validators: for all focus nodes at once where that means the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pyoxigraph as ox

from gba_kg.errors import IncompleteError
from gba_kg.graph import Graph
from gba_kg.setwise.data import Data
from gba_kg.setwise.focus import Site
from gba_kg.setwise.query_text import Group, QueryText, anti_join, parse
from gba_kg.setwise.shapes import Constraint, Shape
from gba_kg.setwise.terms import Term, is_true

__all__ = ["Sparql"]

_SHAPES_GRAPH = ox.NamedNode("urn:gba-kg:shapes")
_OWN = ("this", "value", "path", "failure")
Found = tuple[Term, Term | None, Term | None, tuple[tuple[str, Term], ...]]


class Sparql:
    """SPARQL-based constraints (SHACL, section 5) and constraint components (section 6) over a data graph."""

    def __init__(self, data: Data, shapes: Graph) -> None:
        self._data = data
        self._shapes = shapes

    def failures(self, shape: Shape, site: Site, constraint: Constraint) -> Iterator[Found]:
        """Focus node, value and path of each solution of the constraint's query, and what else has a name in it."""
        assert constraint.query is not None, "read so"
        given: dict[str, Term] = {"currentShape": shape.node, **dict(constraint.bindings)}
        data = self._data
        if "shapesGraph" in constraint.query.text:
            given["shapesGraph"] = _SHAPES_GRAPH
            data = data.with_shapes(self._shapes, _SHAPES_GRAPH)
        ask = constraint.query.ask
        query = _as_select(constraint.query.text) if ask else parse(constraint.query.text)
        bound = {"this", *given, *(("value",) if ask else ())}
        together = query.set_wise(bound)
        call = _Call(data, constraint.query.prefixes, anti_join(query) if together and not ask else query, given)
        values = f"{site.values} BIND(?this AS ?value)" if ask and site.path is None else site.values
        nodes = f"SELECT DISTINCT ?this ?value {{ {values} }}" if ask else f"SELECT DISTINCT ?this {{ {site.nodes} }}"
        if together:
            # Without a query of its own, the pattern is joined in the best order: tens of times faster.
            plain = not ask and (site.focus.once or query.distinct)
            solutions = call.run(site.nodes if plain else f"{{ {nodes} }}", {})
        else:
            solutions = (
                {"this": row[0], **solution}
                for row in data.rows(nodes)
                for solution in call.run("", dict(zip(("this", "value"), row, strict=False)))
            )
        for solution in solutions:
            yield _found(solution, site, constraint)


def _found(solution: dict[str, Term | None], site: Site, constraint: Constraint) -> Found:
    # SHACL, section 5.3.2: without ?value, that of a node shape is its focus node.
    focus, value, path = (solution.get(key) for key in ("this", "value", "path"))
    assert focus is not None, "every query binds $this"
    if is_true(solution.get("failure")):
        raise IncompleteError(f"a query of the shapes reports a failure for {focus}")
    if value is None and site.path is None:
        value = focus
    others = ((name, term) for name, term in solution.items() if term is not None and name not in _OWN)
    return focus, value, path, (*constraint.bindings, *others)


def _as_select(text: str) -> QueryText:
    # ASK {...} as the query of the values for which it is false.
    query = parse(text)
    outer = query.groups[0]
    return parse(
        "SELECT ?this ?value WHERE { FILTER NOT EXISTS {"
        + text[outer.start : outer.end]
        + "} }"
        + text[outer.end + 1 :]
    )


class _Call:
    """One query with the terms that its variables are bound to before it runs."""

    def __init__(self, data: Data, prefixes: str, query: QueryText, given: dict[str, Term]) -> None:
        self._data = data
        self._prefixes = prefixes
        self._query = query
        self._given = given

    def run(self, nodes: str, each: dict[str, Term | None]) -> Iterator[dict[str, Term | None]]:
        """Solutions for a pattern that binds the focus nodes, or for one focus node given by ``each``."""
        terms = {**self._given, **{key: term for key, term in each.items() if term is not None}}
        functions: dict[ox.NamedNode, Callable[..., Term | None]] = {}
        binds = {name: _bind(name, term, functions) for name, term in terms.items()}

        def inner(group: Group) -> str:
            if not group.asks_for({*terms, "this", "value"} if nodes else terms):
                return ""
            focus = nodes if "this" in group.variables else ""
            return focus + "".join(binds[name] for name in sorted(terms.keys() & group.variables))

        mentioned = {variable for group in self._query.groups for variable in group.variables} | self._query.projected
        outer = nodes + "".join(binds[name] for name in sorted(terms) if name in mentioned or name in each)
        text = self._prefixes + self._query.insert(f" {outer} ", inner)
        yield from self._data.solutions(text, functions)


def _bind(name: str, term: Term, functions: dict[ox.NamedNode, Callable[..., Term | None]]) -> str:
    if not isinstance(term, ox.BlankNode):
        return f" BIND({term} AS ?{name}) "
    # A blank node has no name in a query: a function gives it.
    function = ox.NamedNode(f"urn:gba-kg:term:{name}")
    functions[function] = lambda: term
    return f" BIND({function}() AS ?{name}) "
