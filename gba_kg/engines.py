"""The engines that run shapes over a graph, and whether they say the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from gba_kg.errors import IncompleteError, UsageError
from gba_kg.graph import Graph
from gba_kg.setwise import Result, results, unsupported

__all__ = ["ENGINES", "compare", "run"]


def run(engine: str, graph: Graph, shapes: Graph) -> list[Result]:
    """The results of an engine of ``ENGINES``; raises IncompleteError when it can give no verdict."""
    if engine not in _ENGINES:
        raise UsageError(f"no engine '{engine}': there are {', '.join(_ENGINES)}")
    return _ENGINES[engine](graph, shapes)


def _fast(graph: Graph, shapes: Graph) -> list[Result]:
    return _reference(graph, shapes) if unsupported(shapes) else results(graph, shapes)


def _reference(graph: Graph, shapes: Graph) -> list[Result]:
    from gba_kg.reference_engine import reference_results

    return reference_results(graph, shapes)


def _both(graph: Graph, shapes: Graph) -> list[Result]:
    fast, reference = _fast(graph, shapes), _reference(graph, shapes)
    differences = compare(fast, reference)
    if differences:
        raise IncompleteError(f"the engines differ in {len(differences)} results, the first: {differences[0]}")
    return fast


_ENGINES: dict[str, Callable[[Graph, Graph], list[Result]]] = {"fast": _fast, "reference": _reference, "both": _both}
ENGINES = tuple(_ENGINES)


def compare(fast: Sequence[Result], reference: Sequence[Result]) -> list[str]:
    """What only one of two result lists holds, by focus node, path, value, shape, component and severity."""
    ours, theirs = {_key(result) for result in fast}, {_key(result) for result in reference}
    only = [f"fast alone: {key}" for key in ours - theirs] + [f"reference alone: {key}" for key in theirs - ours]
    return sorted(only)


def _key(result: Result) -> tuple[str, ...]:
    path = (
        result.path.value if isinstance(result.path, ox.NamedNode) else "" if result.path is None else "(a longer path)"
    )
    parts = (_canonical(result.focus), path, _canonical(result.value), _canonical(result.source_shape))
    return (*parts, result.component.value, result.severity.value)


def _canonical(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    """A term as text, numbers by their value and tags in lower case, as the store keeps them."""
    if isinstance(term, ox.Literal):
        try:
            number = f"{Decimal(term.value).normalize():f}"
        except InvalidOperation:
            number = term.value
        return f"{number}@{(term.language or '').lower()}^^{term.datatype.value}"
    return str(term)
