"""A SHACL engine that compiles each constraint to one SPARQL query over all its focus nodes at once."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import pyoxigraph as ox

from gba_kg.files import read_rdf
from gba_kg.graph import Graph
from gba_kg.setwise.affected import Nodes, affected
from gba_kg.setwise.data import Data
from gba_kg.setwise.datatypes import stored
from gba_kg.setwise.paths import path_text
from gba_kg.setwise.run import Result, Run
from gba_kg.setwise.shapes import ShapesGraph
from gba_kg.setwise.sparql import Sparql
from gba_kg.setwise.terms import Node, Statements

__all__ = ["Answer", "Result", "evaluate", "path_text", "read_shapes", "stored"]


@dataclass(frozen=True)
class Answer:
    """The results of the shapes that the engine runs, in the order of ``Result.order``, and what it leaves to others.

    ``left`` holds the shapes with a target that it does not run, each with the reason; ``results`` says nothing of
    them. These are shapes that are recursive (SHACL, section 3.4.3, leaves them undefined) or not well-formed, that
    have SHACL-AF targets or expressions or SHACL-JS, constraint components that are not written in SPARQL, queries
    that SHACL forbids (appendix A), or patterns that the regular expressions of the store do not know, and those that
    use such a shape; then those whose queries the store cannot run on these data, those that ask for the datatype of a
    number which the data state with several, and those that ask for the length or the form of numbers or dates.
    ``looked_at`` is set where only what changed is looked at.
    """

    results: list[Result]
    left: dict[Node, str]
    looked_at: Mapping[Node, Nodes] | None = None


def evaluate(graph: Graph, shapes: Graph, changed: Iterable[ox.Triple] | None = None) -> Answer:
    """Validate a data graph against a shapes graph; both are loaded into their stores.

    ``graph`` is validated as the union of its files. SHACL Core (sections 2 to 4) and SHACL-SPARQL (sections 5 and 6);
    nothing is inferred, imported or fetched. Values and numbers in shapes are compared as the store keeps them: ``01``
    as ``1``, language tags in lower case; an integer of a derived type keeps its type for ``sh:datatype`` alone. Where
    SHACL asks for a result for each pair of values or each solution, equal results may stand more than once.

    With ``changed``, statements that the graph has and an earlier state had not, or the other way round, only those
    focus nodes are looked at that the change can affect (``setwise.affected``): for all others the results are what
    they were. ``looked_at`` then says which they are, by shape with a target (None: all its targets, as for those that
    are left).
    """
    data = Data(graph)
    with _garbage_waits():
        # The store works outside of the interpreter lock: it gets ready while the shapes are read.
        with ThreadPoolExecutor(1) as pool:
            ready = pool.submit(data.prepare)
            read = read_shapes(shapes)
            ready.result()
        only = None
        if changed is not None:
            found = affected(data, read, changed).items()
            chosen = ((node, some if some is None else data.selected(read.targets[node], some)) for node, some in found)
            only = {node: some for node, some in chosen if some is None or some}
        results, left = Run(data, read, Sparql(data, shapes)).evaluate(only)
    return Answer(sorted(results, key=Result.order), left, None if only is None else {**only, **dict.fromkeys(left)})


@contextmanager
def _garbage_waits() -> Iterator[None]:
    """No garbage is collected while threads are at work.

    The collector runs in whichever thread needs memory, and an iterator of the store that another thread has left half
    read must not be dropped there: pyoxigraph says so on standard error.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def read_shapes(shapes: Graph) -> ShapesGraph:
    """The shapes of a graph as the engine understands them, with those that it does not."""
    # The store turns "1"^^xsd:boolean into true, which is another term (W3C test uniqueLang-002): then read the files.
    files = (*shapes.vocabulary, *shapes.files)
    rewritten = any('"1"^^' in read_rdf(file) for file in files)
    return ShapesGraph.read(Statements(shapes.quads() if rewritten else shapes.store))
