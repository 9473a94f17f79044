"""SHACL property paths as SPARQL property paths (SHACL, section 2.3.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from gba_kg.errors import IncompleteError
from gba_kg.setwise.terms import RDF, SH, Statements, Term, name

__all__ = ["Path", "compile_path", "path_text"]

_MODIFIERS = {SH + "zeroOrMorePath": "*", SH + "oneOrMorePath": "+", SH + "zeroOrOnePath": "?"}
_KEYS = (RDF + "first", SH + "alternativePath", SH + "inversePath", *_MODIFIERS)


@dataclass(frozen=True)
class Path:
    """A path as SPARQL text.

    ``predicate`` is set when it is one IRI, ``last`` are the predicates it may end with, and ``empty`` says that it may
    have no steps, so that every node reaches itself.
    """

    sparql: str
    predicate: ox.NamedNode | None
    last: frozenset[str]
    empty: bool = False


def compile_path(shapes: Statements, node: Term, above: frozenset[Term] = frozenset()) -> Path:
    """The SPARQL property path of a SHACL path node.

    Raises IncompleteError for a path that is not well-formed: a literal, a cycle, a list of fewer than two steps, a
    blank node with none or several of the properties that make a path.
    """
    if isinstance(node, ox.NamedNode) and node.value != RDF + "nil":
        return Path(str(node), node, frozenset([node.value]))
    kinds = [key for key in _KEYS if shapes.objects(node, key)]
    # A node that is a list is a sequence path, whatever else it says (W3C test path-strange-001).
    if isinstance(node, ox.Literal) or node in above or not (len(kinds) == 1 or kinds[:1] == [RDF + "first"]):
        raise IncompleteError(f"the path {name(node)} is not well-formed")
    kind, above = kinds[0], above | {node}
    if kind in (RDF + "first", SH + "alternativePath"):
        head = node if kind == RDF + "first" else shapes.objects(node, kind)[0]
        steps = [compile_path(shapes, step, above) for step in shapes.items(head)]
        if len(steps) < 2:
            raise IncompleteError(f"the path {name(node)} has fewer than two steps")
        if head is node:
            empty = all(step.empty for step in steps)
            return Path(f"({'/'.join(step.sparql for step in steps)})", None, _last(steps), empty)
        last = frozenset().union(*(step.last for step in steps))
        return Path(f"({'|'.join(step.sparql for step in steps)})", None, last, any(step.empty for step in steps))
    inner = compile_path(shapes, shapes.objects(node, kind)[0], above)
    if kind == SH + "inversePath":
        return Path(f"(^{inner.sparql})", None, frozenset(), inner.empty)
    return Path(f"({inner.sparql}{_MODIFIERS[kind]})", None, inner.last, inner.empty or kind != SH + "oneOrMorePath")


def _last(steps: list[Path]) -> frozenset[str]:
    # The last step, and those before it as long as what follows may have no steps.
    found: frozenset[str] = frozenset()
    for step in reversed(steps):
        found |= step.last
        if not step.empty:
            break
    return found


def path_text(triples: Iterable[ox.Triple], node: Term) -> str:
    """How a result names the path that triples describe: as SPARQL, or ``(a path)`` where it is not well-formed."""
    try:
        return compile_path(Statements(ox.Quad(*triple) for triple in triples), node).sparql
    except IncompleteError:
        return "(a path)"
