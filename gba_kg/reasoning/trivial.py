"""What follows and is not worth saying: it holds of every graph, is about the terms of OWL, or about unnamed classes.

Both engines are read through this filter, so that they can be compared.
"""

from __future__ import annotations

from collections.abc import Container

import pyoxigraph as ox

from gba_kg.reasoning.notation import OWL, RDF, RDFS, TYPE, XSD
from gba_kg.reasoning.scratch import is_blank

__all__ = ["expressions", "is_trivial"]

_LOGIC = (RDF, RDFS, OWL, XSD)
_EVERYTHING = {OWL + "Thing", RDFS + "Resource", RDFS + "Literal"}
# What a term is declared as is said by the ontology; that it is declared at all is no news.
_DECLARATIONS = {
    *(RDFS + name for name in ("Class", "Datatype", "ContainerMembershipProperty")),
    *(RDF + name for name in ("Property", "List")),
    *(OWL + name for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "OntologyProperty")),
    *(OWL + name for name in ("NamedIndividual", "Restriction", "Ontology", "DataRange")),
}
_REFLEXIVE = {
    *(OWL + name for name in ("sameAs", "equivalentClass", "equivalentProperty")),
    *(RDFS + name for name in ("subClassOf", "subPropertyOf")),
}
_STRUCTURE = {
    *(OWL + name for name in ("onProperty", "intersectionOf", "unionOf", "oneOf", "complementOf", "members")),
    *(OWL + name for name in ("distinctMembers", "inverseOf", "sourceIndividual", "onDatatype", "disjointUnionOf")),
    *(OWL + name for name in ("propertyChainAxiom", "hasKey", "withRestrictions")),
    RDF + "first",
}


def is_trivial(triple: ox.Triple, unnamed: Container[object] = ()) -> bool:
    """Whether an entailed triple is left out of the result; ``unnamed`` are the nodes of ``expressions``."""
    subject, predicate, object_ = triple.subject, triple.predicate.value, triple.object
    if subject in unnamed or object_ in unnamed:
        return True
    if subject == object_ and predicate in _REFLEXIVE:
        return True
    if isinstance(subject, ox.NamedNode) and subject.value.startswith(_LOGIC):
        return True
    if not isinstance(object_, ox.NamedNode) or not predicate.startswith(_LOGIC):
        return False
    return object_.value in _EVERYTHING or (predicate == TYPE.value and object_.value in _DECLARATIONS)


def expressions(store: ox.Store) -> set[object]:
    """The nodes of class expressions, lists and axioms: no individuals."""
    return {
        quad.subject
        for predicate in _STRUCTURE
        for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None)
        if not isinstance(quad.subject, ox.NamedNode) or is_blank(quad.subject)
    }
