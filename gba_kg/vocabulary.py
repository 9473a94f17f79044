"""Which terms exist: those of the outside vocabularies that the project and the shapes of others may use."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from gba_kg.files import read_text
from gba_kg.resources import bundled

__all__ = ["Vocabularies", "namespace_of"]


def namespace_of(iri: str) -> str:
    """The namespace of a term: up to its last hash or slash.

    >>> namespace_of("http://www.w3.org/ns/shacl#path")
    'http://www.w3.org/ns/shacl#'
    """
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


class Vocabularies:
    """The terms of the outside vocabularies that a table lists.

    ``table`` is a tab-separated file with a header line and the columns iri, kind, vocabulary.
    """

    def __init__(self, table: Path | None = None) -> None:
        self._path = table or bundled("ontology") / "external-terms.tsv"

    @cached_property
    def terms(self) -> frozenset[str]:
        """The IRIs of all terms."""
        return frozenset(line.split("\t", 1)[0] for line in read_text(self._path).splitlines()[1:])

    @cached_property
    def namespaces(self) -> frozenset[str]:
        """The namespaces that the table covers: what it does not list there does not exist."""
        return frozenset(namespace_of(term) for term in self.terms)

    def lacks(self, iri: str) -> bool:
        """Whether a term is of a vocabulary that is known here and does not exist in it."""
        return iri not in self.terms and namespace_of(iri) in self.namespaces
