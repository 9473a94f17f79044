"""What the ontology entails by OWL 2 RL, without what every graph entails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from gba_kg.namespaces import PREFIXES

if TYPE_CHECKING:
    from gba_kg.graph import Graph

__all__ = ["entailments"]

_LANGUAGE_OF_LOGIC = tuple(PREFIXES[prefix] for prefix in ("owl", "rdf", "rdfs", "xsd"))
_TYPE = PREFIXES["rdf"] + "type"


def entailments(graph: Graph) -> Iterator[ox.Triple]:
    """The triples that follow from the graph by the OWL 2 RL rules and are not stated in it.

    Left out: literals as subjects (not RDF), statements about the terms of RDF, RDFS, OWL and XSD themselves, types
    that everything has, and that a thing is the same as itself.
    """
    from owlrl import DeductiveClosure, OWLRL_Semantics
    from rdflib import BNode, URIRef

    from gba_kg.rdflib_bridge import to_graph, to_term

    closure = to_graph(graph)
    stated = set(closure)
    DeductiveClosure(OWLRL_Semantics).expand(closure)
    for subject, predicate, object_ in sorted(set(closure) - stated):
        if not isinstance(subject, URIRef) or isinstance(object_, BNode) or subject == object_:
            continue
        logical = str(predicate).startswith(_LANGUAGE_OF_LOGIC) and str(predicate) != _TYPE
        if (
            logical
            or str(subject).startswith(_LANGUAGE_OF_LOGIC)
            or (str(predicate) == _TYPE and str(object_).startswith(_LANGUAGE_OF_LOGIC))
        ):
            continue
        assert isinstance(predicate, URIRef)
        yield ox.Triple(
            ox.NamedNode(subject),
            ox.NamedNode(predicate),
            to_term(object_),
        )
