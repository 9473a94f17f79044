"""The documentation of an ontology as web pages: one file for each language, which needs no script and no network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gba_kg.graph import Graph
from gba_kg.ontology_pages.gather import NothingDeclaredError, gather
from gba_kg.ontology_pages.render import file_name, page
from gba_kg.stored import LANGUAGES

__all__ = ["NothingDeclaredError", "pages"]


def pages(graph: Graph, shapes: Graph | None = None) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The pages, each as its file name and its HTML in UTF-8: ``index.html`` in English, then those in Chinese.

    They tell of the terms that the files of ``graph.vocabulary`` declare, of how the data use them, and of what
    ``shapes`` ask for. Each term has its place on each page: a term of the ontology's namespace its local name, so
    that an IRI with a hash leads to it. The same graph gives the same bytes. Raises NothingDeclaredError where no
    class, property or concept is declared.
    """
    about = gather(graph, shapes)
    for language in LANGUAGES:
        yield file_name(language), [page(about, language).encode("utf-8")]
