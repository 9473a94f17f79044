"""The engines that run shapes over a graph, and whether they say the same."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import pyoxigraph as ox

from gba_kg.errors import IncompleteError, InputError, UsageError
from gba_kg.facts import Facts
from gba_kg.graph import Graph
from gba_kg.namespaces import shrink
from gba_kg.setwise import Answer, Result, evaluate, read_shapes, stored
from gba_kg.setwise.terms import Node, Term

__all__ = ["ENGINES", "compare", "run", "run_changed"]

_SHOWN = 5
"""How many differences of the engines an error message lists."""


def run(engine: str, graph: Graph, shapes: Graph) -> list[Result]:
    """The results of an engine of ``ENGINES``; raises IncompleteError when it can give no verdict."""
    if engine not in _ENGINES:
        raise UsageError(f"no engine '{engine}': there are {', '.join(_ENGINES)}")
    return _ENGINES[engine](graph, shapes)


def _fast(graph: Graph, shapes: Graph) -> list[Result]:
    """The set-wise engine, and the reference for the shapes that it leaves."""
    return _complete(evaluate(graph, shapes), graph, shapes)


def run_changed(
    graph: Graph, shapes: Graph, changed: Iterable[ox.Triple]
) -> tuple[list[Result], Mapping[Node, frozenset[Term] | None]]:
    """The results of the fast engine for what a change can affect, and the focus nodes that were looked at.

    ``changed`` are the statements that only one of the two states has. The nodes are those of each shape with a target,
    None where it was run for all its targets; the results are exactly those of a full run for them.
    """
    answer = evaluate(graph, shapes, changed)
    return _complete(answer, graph, shapes), answer.looked_at or {}


def _complete(answer: Answer, graph: Graph, shapes: Graph) -> list[Result]:
    if not answer.left:
        return answer.results
    return sorted([*answer.results, *_reference(graph, shapes, answer.left)], key=Result.order)


def _reference(graph: Graph, shapes: Graph, only: Collection[Node] | None = None) -> list[Result]:
    from gba_kg.reference_engine import reference_results

    try:
        return reference_results(graph, shapes, only)
    except (IncompleteError, InputError) as error:
        raise _with_shape(error, graph, shapes, only) from None


def _with_shape(
    error: IncompleteError | InputError, graph: Graph, shapes: Graph, only: Collection[Node] | None
) -> IncompleteError | InputError:
    """What the reference said of shapes, with the place of the first that it refuses when it is given that one alone.

    Suspects are the shapes that the fast engine leaves. A query that neither knows is an ill-formed shape.
    """
    read = read_shapes(shapes)
    suspects = sorted(read.targets.keys() & read.unsupported.keys() if only is None else only, key=str)
    for shape in suspects:
        fault = error if len(suspects) == 1 else _fault_of(shape, graph, shapes)
        if fault:
            if shape in read.broken:
                fault = InputError(f"the shapes are ill-formed: {read.unsupported[shape]}")
            fault.file, fault.line, fault.column = Facts(shapes).place(shape)
            return fault
    return error


def _fault_of(shape: Node, graph: Graph, shapes: Graph) -> IncompleteError | InputError | None:
    from gba_kg.reference_engine import reference_results

    try:
        reference_results(graph, shapes, {shape}, alone=True)
    except (IncompleteError, InputError) as error:
        return error
    return None


def _both(graph: Graph, shapes: Graph) -> list[Result]:
    fast, reference = _fast(graph, shapes), _reference(graph, shapes)
    differences = compare(fast, reference)
    if differences:
        more = len(differences) - _SHOWN
        lines = [*differences[:_SHOWN], *([f"and {more} more"] if more > 0 else [])]
        raise IncompleteError("\n  ".join((f"the engines differ in {len(differences)} results:", *lines)))
    return fast


_ENGINES: dict[str, Callable[[Graph, Graph], list[Result]]] = {"fast": _fast, "reference": _reference, "both": _both}
ENGINES = tuple(_ENGINES)


def compare(fast: Sequence[Result], reference: Sequence[Result]) -> list[str]:
    """What only one of two result lists holds, by focus node, path, value, shape, component and severity."""
    ours, theirs = ({_key(result): result for result in results} for results in (fast, reference))
    only = [f"fast alone: {_said(ours[key])}" for key in ours.keys() - theirs.keys()]
    return sorted([*only, *(f"reference alone: {_said(theirs[key])}" for key in theirs.keys() - ours.keys())])


def _key(result: Result) -> tuple[str, ...]:
    terms = (result.focus, result.value, result.source_shape, result.component, result.severity)
    # The store writes numbers and language tags in a form of its own.
    return (*(str(stored(term) if isinstance(term, ox.Literal) else term) for term in terms), str(result.path))


def _said(result: Result) -> str:
    # As a sentence: what violates which shape.
    path = result.path.value if isinstance(result.path, ox.NamedNode) else result.path
    said = [_short(result.focus)]
    if path is not None:
        said.append(f"path {shrink(path)}")
    if result.value is not None:
        said.append(f"value {_short(result.value)}")
    component = shrink(result.component.value)
    return ", ".join((*said, f"shape {_short(result.source_shape)}, {component}, {shrink(result.severity.value)}"))


def _short(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> str:
    return shrink(term.value) if isinstance(term, ox.NamedNode) else str(term)
