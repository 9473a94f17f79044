"""What the ontology entails by OWL 2 RL, why, and whether it contradicts itself.

``table`` holds the rules; ``closure`` runs them set-wise on the embedded store to a fixpoint, ``proofs`` says why a
triple follows, ``clashes`` what cannot be true, ``outside`` what no rule covers, ``reference_closure`` asks owlrl.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from gba_kg.errors import UsageError
from gba_kg.reasoning.closure import Closure, close
from gba_kg.reasoning.scratch import original
from gba_kg.reasoning.trivial import expressions, is_trivial

if TYPE_CHECKING:
    from gba_kg.graph import Graph

__all__ = ["ENGINES", "Closure", "close", "differences", "entailed", "entailments"]


def entailments(graph: Graph, engine: str = "fast") -> list[ox.Triple]:
    """The triples that follow from the graph by the OWL 2 RL rules and are not stated in it, in a stable order.

    Left out: literals as subjects (not RDF), statements about the terms of RDF, RDFS, OWL and XSD themselves, types
    that everything has, that a thing is the same as itself, and the unnamed classes of the ontology. ``engine`` is
    ``fast`` or ``owlrl``; raises UsageError for another.
    """
    if engine not in _ENGINES:
        raise UsageError(f"no engine '{engine}': there are {', '.join(_ENGINES)}")
    return _ENGINES[engine](graph)


def _fast(graph: Graph) -> list[ox.Triple]:
    return entailed(close(graph))


def _owlrl(graph: Graph) -> list[ox.Triple]:
    from gba_kg.reasoning.reference_closure import owlrl_triples

    return owlrl_triples(graph)


_ENGINES: dict[str, Callable[[Graph], list[ox.Triple]]] = {"fast": _fast, "owlrl": _owlrl}
ENGINES = (*_ENGINES, "both")


def entailed(closure: Closure) -> list[ox.Triple]:
    """What a closure adds to its graph, as ``entailments`` says."""
    unnamed = expressions(closure.scratch.store)
    return sorted(_told(closure, unnamed), key=str)


def _told(closure: Closure, unnamed: set[object]) -> Iterator[ox.Triple]:
    for quad in closure.scratch.entailed():
        if isinstance(original(quad.predicate), ox.NamedNode) and not is_trivial(quad.triple, unnamed):
            subject, value = original(quad.subject), original(quad.object)
            assert not isinstance(subject, ox.Literal)
            yield ox.Triple(subject, quad.predicate, value)


def differences(graph: Graph) -> list[str]:
    """What only one of the two engines entails, one line each."""
    ours, theirs = (set(entailments(graph, engine)) for engine in ("fast", "owlrl"))
    return sorted([f"fast alone: {t}" for t in ours - theirs] + [f"owlrl alone: {t}" for t in theirs - ours])
