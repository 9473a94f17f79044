"""Which terms exist: those of the ontology and those of the outside vocabularies that the project may use."""

from __future__ import annotations

from pathlib import Path

from gba_kg.files import read_text
from gba_kg.namespaces import PREFIXES

__all__ = ["Vocabularies"]

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


class Vocabularies:
    """The terms of the outside vocabularies of the prefix table.

    ``table`` is a tab-separated file with a header line and the columns iri, kind, vocabulary; it adds to what rdflib
    knows.
    """

    def __init__(self, table: Path) -> None:
        import rdflib

        self._namespaces = {PREFIXES[prefix]: getattr(rdflib, name) for prefix, name in _RDFLIB.items()}
        self._table = {line.split("\t")[0] for line in read_text(table).splitlines()[1:]}
        self._covered = {*self._namespaces, *(space for space in PREFIXES.values() if self._lists(space))}

    def lacks(self, iri: str, namespace: str) -> bool:
        """Whether a term is of a vocabulary that is known here and does not exist in it."""
        if namespace not in self._covered or iri in self._table:
            return False
        return namespace not in self._namespaces or iri not in self._namespaces[namespace]

    def _lists(self, namespace: str) -> bool:
        return any(iri.startswith(namespace) for iri in self._table)
