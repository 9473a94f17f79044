"""Writes a graph out: the same bytes for the same graph, values untouched."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox

from gba_kg.graph import ENTAILED, Graph
from gba_kg.language_tags import recase
from gba_kg.namespaces import PREFIXES

__all__ = ["FORMATS", "export"]


def export(graph: Graph, form: str) -> bytes:
    """The union of all files, and what reasoning added to the store, in one of ``FORMATS``."""
    triples = {quad.triple for quad in graph.quads()}
    triples.update(quad.triple for quad in graph.store.quads_for_pattern(None, None, None, ENTAILED))
    return recase(FORMATS[form](sorted(triples, key=_order)).decode()).encode()


def _turtle(triples: list[ox.Triple]) -> bytes:
    used = {
        prefix: namespace
        for prefix, namespace in PREFIXES.items()
        if any(_uses(triple, namespace) for triple in triples)
    }
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=used) or b""


def _ntriples(triples: list[ox.Triple]) -> bytes:
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


FORMATS: dict[str, Callable[[list[ox.Triple]], bytes]] = {"turtle": _turtle, "ntriples": _ntriples}


def _order(triple: ox.Triple) -> tuple[str, bool, str, str]:
    """Subject by subject, the type first."""
    predicate = triple.predicate.value
    return str(triple.subject), predicate != PREFIXES["rdf"] + "type", predicate, str(triple.object)


def _uses(triple: ox.Triple, namespace: str) -> bool:
    terms = [triple.subject, triple.predicate, triple.object]
    names = [term.value for term in terms if isinstance(term, ox.NamedNode)]
    names += [term.datatype.value for term in terms if isinstance(term, ox.Literal) and not term.language]
    return any(name.startswith(namespace) for name in names)
