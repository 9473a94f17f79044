"""Which terms exist: those of the ontology and those of the outside vocabularies that the project may use."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from gba_kg.files import read_text
from gba_kg.namespaces import PREFIXES

__all__ = ["outside_terms"]

# Vocabularies that rdflib carries in full; the rest, and what rdflib lags behind in, is in external-terms.tsv.
_RDFLIB = {
    "dcat": "DCAT",
    "dcterms": "DCTERMS",
    "foaf": "FOAF",
    "org": "ORG",
    "owl": "OWL",
    "prov": "PROV",
    "qb": "QB",
    "rdf": "RDF",
    "rdfs": "RDFS",
    "schema": "SDO",
    "sh": "SH",
    "skos": "SKOS",
    "vann": "VANN",
    "void": "VOID",
    "xsd": "XSD",
}


@cache
def outside_terms(table: Path) -> dict[str, frozenset[str]]:
    """The IRIs of the terms of each outside namespace of the prefix table.

    ``table`` is a tab-separated file with a header line and the columns iri, kind, vocabulary.
    """
    import rdflib

    known: dict[str, set[str]] = {}
    for prefix, name in _RDFLIB.items():
        known[PREFIXES[prefix]] = {str(term) for term in dir(getattr(rdflib, name)) if "//" in str(term)}
    for line in read_text(table).splitlines()[1:]:
        iri = line.split("\t")[0]
        namespace = next((space for space in PREFIXES.values() if iri.startswith(space)), None)
        if namespace:
            known.setdefault(namespace, set()).add(iri)
    return {namespace: frozenset(terms) for namespace, terms in known.items()}
