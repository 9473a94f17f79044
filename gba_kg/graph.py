"""The graph in memory: an embedded store, one named graph per file, their union as the default graph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from gba_kg.errors import InputError
from gba_kg.files import RdfFile, find_files
from gba_kg.namespaces import PREFIXES
from gba_kg.query_code import MAX_DEPTH, code, too_deep
from gba_kg.resources import bundled
from gba_kg.syntaxes import syntax_named

if TYPE_CHECKING:
    from rdflib import Dataset
    from rdflib import Graph as RdflibGraph

__all__ = ["ENTAILED", "Graph", "load", "load_files"]

ENTAILED = ox.NamedNode("https://w3id.org/gba-kg/graph/entailed")
"""The graph that holds what reasoning adds, apart from what the files state."""

_WITH_GRAPHS = ("trig", "nquads", "jsonld")
# The one keyword that makes the engine open a connection.
_SERVICE = re.compile(r"(?<![\w?$:-])SERVICE(?![\w:-])", re.IGNORECASE)


@dataclass(frozen=True)
class Graph:
    """RDF files loaded into an embedded SPARQL store.

    ``files`` are the data, ``vocabulary`` the ontology and code lists that the data are read with; ``paths`` are the
    files and folders in which both were found.
    """

    files: tuple[RdfFile, ...]
    vocabulary: tuple[RdfFile, ...] = ()
    store: ox.Store = field(default_factory=ox.Store, repr=False)
    paths: tuple[Path, ...] = ()

    def __len__(self) -> int:
        return len(self.store)

    @cached_property
    def by_graph(self) -> dict[str, RdfFile]:
        """The file behind each named graph; of files that share one, that which it is named after, else the first."""
        files = (*self.vocabulary, *self.files)
        found = {file.graph: file for file in files}
        for file in files:
            if file.syntax.name in _WITH_GRAPHS:
                for quad in file.quads():
                    if isinstance(quad.graph_name, ox.NamedNode):
                        found.setdefault(quad.graph_name.value, file)
        return found

    def quads(self, files: Iterable[RdfFile] | None = None) -> Iterator[ox.Quad]:
        """The statements of the files exactly as written there (the store itself normalises numbers)."""
        for file in (*self.vocabulary, *self.files) if files is None else files:
            yield from file.quads()

    def select(self, query: str, file: str | None = None) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Run a SPARQL query over the union of all graphs; the prefixes of the project need no declaration.

        Raises InputError, with ``file`` and place, when it is not valid SPARQL, and for a SERVICE: nothing is fetched.
        """
        if too_deep(query):
            raise InputError(f"the query is nested deeper than the limit of {MAX_DEPTH}", file)
        if _SERVICE.search(code(query)):
            raise InputError("SERVICE is refused: the embedded store does not reach out to the network", file)
        try:
            return self.store.query(query, use_default_graph_as_union=True, prefixes=PREFIXES)
        except SyntaxError as error:
            raise _query_error(error, file) from None
        except (OSError, RuntimeError, ValueError) as error:
            raise InputError(f"the query cannot be run: {error}", file) from None

    def entail(self) -> int:
        """Add the OWL 2 RL entailments as a graph of their own; returns how many statements are new."""
        from gba_kg.reasoning import entailments

        new = entailments(self)
        self.store.extend(ox.Quad(t.subject, t.predicate, t.object, ENTAILED) for t in new)
        return len(new)

    def to_rdflib(self) -> RdflibGraph:
        """All statements as one rdflib ``Graph``, with the prefixes of the project bound."""
        from gba_kg.rdflib_bridge import to_graph

        return to_graph(self)

    def to_rdflib_dataset(self) -> Dataset:
        """All statements as an rdflib ``Dataset``, one named graph per file."""
        from gba_kg.rdflib_bridge import to_dataset

        return to_dataset(self)


def load(
    data: Path | str | Sequence[Path | str] | None = None,
    ontology: Path | str | Sequence[Path | str] | None = None,
    *,
    reasoned: bool = False,
    syntax: str | None = None,
    into_store: bool = True,
) -> Graph:
    """Load RDF files or folders of them; without arguments, the graph that the package carries.

    ``syntax`` (a name, extension or media type) is that of standard input (``-``) and of files whose extension says
    none. Without ``into_store`` the files are only found, for what reads ``quads`` alone and needs no queries. Raises
    InputError, with file, line and column, for the first file that is not valid.
    """
    named = syntax_named(syntax) if syntax else None
    own, read_with = _paths(data, bundled("data")), _paths(ontology, bundled("ontology"))
    graph = Graph(tuple(find_files(own, named)), tuple(find_files(read_with, named)), paths=(*own, *read_with))
    for file in (*graph.vocabulary, *graph.files) if into_store else ():
        file.load_into(graph.store)
    if reasoned:
        graph.entail()
    return graph


def load_files(paths: Iterable[Path], syntax: str | None = None) -> Graph:
    """Load files or folders of them alone, without the bundled ontology: shapes, or somebody's data."""
    named = list(paths)
    graph = Graph(tuple(find_files(named, syntax_named(syntax) if syntax else None)), paths=tuple(named))
    for file in graph.files:
        file.load_into(graph.store)
    return graph


def _paths(given: Path | str | Sequence[Path | str] | None, default: Path) -> list[Path]:
    if given is None:
        return [default]
    if isinstance(given, (str, Path)):
        return [Path(given)]
    return [Path(path) for path in given]


def _query_error(error: SyntaxError, file: str | None) -> InputError:
    # The message reads "error at LINE:COLUMN: expected ...".
    place, _, message = str(error).partition(": ")
    line, _, column = place.rpartition(" ")[2].partition(":")
    if line.isdigit() and column.isdigit():
        return InputError(f"not valid SPARQL: {message}", file, int(line), int(column))
    return InputError(f"not valid SPARQL: {error}", file)
