"""The data graph as the set-wise engine sees it: one store, its classes, its focus nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property

import pyoxigraph as ox

from gba_kg.errors import IncompleteError
from gba_kg.graph import Graph
from gba_kg.setwise.datatypes import Datatypes
from gba_kg.setwise.focus import Focus
from gba_kg.setwise.terms import RDF, RDFS, Statements, Term

__all__ = ["Data", "Row"]

Row = tuple[Term | None, ...]
Functions = Mapping[ox.NamedNode, Callable[..., Term | None]]


class Data:
    """A graph to validate. A statement in several files counts once."""

    _union = True

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self.datatypes = Datatypes(graph)

    @cached_property
    def _store(self) -> ox.Store:
        # The union of named graphs would give a statement that stands in two files twice.
        store = self._graph.store
        if len(list(store.named_graphs())) <= 1:
            return store
        count = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }"
        solutions = store.query(count, use_default_graph_as_union=True)
        assert isinstance(solutions, ox.QuerySolutions)
        if int(next(solutions)["n"].value) == len(store):
            return store
        merged = ox.Store()
        merged.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in store)
        return merged

    def prepare(self) -> None:
        """Do now what every validation needs: see that no statement counts twice, count the instances of classes."""
        _ = self._counts

    def rows(self, query: str) -> Iterator[Row]:
        """The solutions of a query over the union of all graphs, in no order; raises IncompleteError if it fails."""
        return (tuple(solution) for solution in self._query(query))

    def solutions(self, query: str, functions: Functions) -> Iterator[dict[str, Term | None]]:
        """The solutions of a query by the names of their variables; raises IncompleteError if it fails."""
        solutions = self._query(query, functions)
        names = [variable.value for variable in solutions.variables]
        return (dict(zip(names, solution, strict=True)) for solution in solutions)

    def _query(self, query: str, functions: Functions | None = None) -> ox.QuerySolutions:
        try:
            solutions = self._store.query(
                query, use_default_graph_as_union=self._union, custom_functions=dict(functions or {})
            )
        except (SyntaxError, RuntimeError, ValueError, OSError) as error:
            raise IncompleteError(f"a constraint cannot be run: {error}") from None
        assert isinstance(solutions, ox.QuerySolutions), "every query here is a SELECT"
        return solutions

    def with_shapes(self, shapes: Graph, name: ox.NamedNode) -> Data:
        """The same data with the shapes as a named graph beside them, for ``$shapesGraph`` (SHACL, section 5.3.1)."""
        return _WithShapes(self._graph, shapes, name)

    @cached_property
    def _counts(self) -> dict[Term, int]:
        query = f"SELECT ?class (COUNT(*) AS ?n) {{ ?this <{RDF}type> ?class }} GROUP BY ?class"
        return {row[0]: int(row[1].value) for row in self.rows(query) if row[0] is not None and row[1] is not None}

    @cached_property
    def _subclasses(self) -> Statements:
        predicate = ox.NamedNode(RDFS + "subClassOf")
        return Statements(self._store.quads_for_pattern(None, predicate, None, None))

    def classes(self, top: Term) -> list[Term]:
        """The classes that have instances and are the given class or below it."""
        return self._classes(top)

    @cached_property
    def _classes(self) -> Callable[[Term], list[Term]]:
        return cache(lambda top: sorted(self._subclasses.subclasses([top]) & self._counts.keys(), key=str))

    def size(self, focus: Focus) -> int:
        """How many nodes a focus has."""
        (row,) = self.rows(f"SELECT (COUNT(DISTINCT ?this) AS ?n) {{ {focus.pattern('this')} }}")
        assert row[0] is not None, "a count is a number"
        return int(row[0].value)

    def focus(self, targets: list[tuple[str, Term]]) -> Focus | None:
        """The nodes that targets select (SHACL, section 2.1.3), or None where they select none."""
        found: dict[tuple[str, str], None] = {}
        nodes = []
        for kind, target in targets:
            if kind == "targetClass":
                found.update({("", f" a {below} ."): None for below in self.classes(target)})
            elif kind == "targetNode":
                nodes.append(str(target))
            else:
                found[("", f" {target} [] .") if kind == "targetSubjectsOf" else (f"[] {target} ", " .")] = None
        if nodes:
            found["VALUES ", f" {{ {' '.join(sorted(set(nodes)))} }}"] = None
        last = frozenset(target.value for kind, target in targets if kind == "targetObjectsOf")
        return Focus(tuple(found), last=last) if found else None

    def neighbours(self, node: Term, predicate: ox.NamedNode | None, *, back: bool) -> set[Term]:
        """The values of a predicate (None: of all) of a node; ``back``: the nodes of which it is a value."""
        ends: Iterable[Term | ox.Triple] = ()
        if back:
            ends = (quad.subject for quad in self._store.quads_for_pattern(None, predicate, node, None))
        elif not isinstance(node, ox.Literal):
            ends = (quad.object for quad in self._store.quads_for_pattern(node, predicate, None, None))
        return {end for end in ends if not isinstance(end, ox.Triple)}

    def selected(self, targets: list[tuple[str, Term]], nodes: Iterable[Term]) -> frozenset[Term]:
        """Those of some nodes that targets select."""
        kind = ox.NamedNode(RDF + "type")
        classes = {below for name, target in targets if name == "targetClass" for below in self.classes(target)}
        named = {target for name, target in targets if name == "targetNode"}
        ends = [(target, name == "targetObjectsOf") for name, target in targets if name.endswith("sOf")]
        return frozenset(
            node
            for node in nodes
            if node in named
            or (classes and not classes.isdisjoint(self.neighbours(node, kind, back=False)))
            or any(isinstance(end, ox.NamedNode) and self.neighbours(node, end, back=back) for end, back in ends)
        )


class _WithShapes(Data):
    _union = False

    def __init__(self, graph: Graph, shapes: Graph, name: ox.NamedNode) -> None:
        super().__init__(graph)
        both = ox.Store()
        both.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in graph.store)
        both.extend(ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in shapes.store)
        self._store = both
