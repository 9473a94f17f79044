"""Stored queries on a SPARQL 1.1 server, through SPARQLWrapper with its sending replaced.

SPARQLWrapper 2.0.0 builds the request. What it gets wrong is not used: its ``urlopen`` (no deadline, credentials follow
redirects, a POST becomes a GET) and its guess of a query's form (a comment with ``load`` makes a SELECT an update).
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field

import pyoxigraph as ox
from SPARQLWrapper import BASIC, CONSTRUCT, POST, SELECT, SPARQLWrapper

from gba_kg.errors import RemoteAnswerError
from gba_kg.graph import Graph
from gba_kg.namespaces import PREFIXES
from gba_kg.remote.credentials import credentials
from gba_kg.remote.transport import Limits, checked_graph, checked_url, send

__all__ = ["Endpoint", "credentials"]

_ROWS, _TRIPLES = "application/sparql-results+json", "application/n-triples"
# Rows nest five deep (SPARQL 1.1 Query Results JSON Format, 3); more is for members that a server adds of its own.
_DEPTH = 20
_NOT_STRUCTURE = bytes(set(range(256)) - set(b'"{}[]'))

Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


@dataclass(frozen=True)
class Endpoint:
    """A SPARQL server, its default graph being the union of its graphs; ``graph`` names one graph instead.

    ``variables`` are those of the environment that hold user and password, where they are not the usual ones;
    ``update`` is the URL of the update service, where it does not follow from that of the query service.
    """

    url: str
    graph: str | None = None
    limits: Limits = field(default_factory=Limits)
    variables: tuple[str, str] | None = None
    update: str | None = None

    def select(self, query: str, file: str | None = None) -> Results:
        """As ``Graph.select``: the query is parsed here first, and sent with the prefixes of the project.

        Raises InputError with file, line and column for what is not SPARQL or has a SERVICE, UsageError for a bad
        URL or graph, and RemoteError for what the server does wrong.
        """
        url = checked_url(self.url)
        asked = Graph(files=()).select(query, file)
        wanted = _TRIPLES if isinstance(asked, ox.QueryTriples) else _ROWS
        wrapper = SPARQLWrapper(url, defaultGraph=None if self.graph is None else checked_graph(self.graph))
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        wrapper.setCredentials(*credentials(url, self.variables))
        wrapper.setHTTPAuth(BASIC)
        # In front of the first line, so that lines keep their numbers in what a server says of the query.
        wrapper.setQuery(" ".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items()) + " " + query)
        wrapper.queryType = CONSTRUCT if wanted == _TRIPLES else SELECT
        request = wrapper._createRequest()  # noqa: SLF001  # it has no public way to build without sending
        request.add_header("Accept", wanted)
        reply = send(request, self.limits)
        kind = reply.headers.get_content_type()
        if kind != wanted:
            raise RemoteAnswerError(f"the server answers with {kind[:100]!a}, not with {wanted}")
        if isinstance(asked, ox.QueryTriples):
            return _triples(reply.body)
        found = _rows(reply.body)
        if _columns(found) != _columns(asked):
            raise RemoteAnswerError("the server's answer is of another form, or has other columns, than the query")
        return found


def _columns(found: ox.QuerySolutions | ox.QueryBoolean) -> set[str] | None:
    return {variable.value for variable in found.variables} if isinstance(found, ox.QuerySolutions) else None


def _rows(body: bytes) -> ox.QuerySolutions | ox.QueryBoolean:
    """Read strictly and to the end before anything is shown: a truncated answer is none."""
    try:
        if _is_deep(body):
            raise ValueError
        results = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        if not isinstance(results, ox.QueryBoolean):
            for _ in results:
                pass
            results = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    except (SyntaxError, ValueError, OSError):
        raise RemoteAnswerError("the server's answer is not whole JSON of SPARQL results") from None
    return results


def _is_deep(body: bytes) -> bool:
    r"""Whether JSON nests much deeper than rows do, or its brackets do not match.

    pyoxigraph's parser recurses: ten thousand triples in triples end the process.

    >>> _is_deep(rb'{"a\\": [{"\"{": "}"}, {}]}'), _is_deep(b"[" * 21 + b"]" * 21), _is_deep(b"[")
    (False, True, True)
    """
    left = body.replace(rb"\\", b"").replace(rb"\"", b"").translate(None, _NOT_STRUCTURE).replace(b'""', b"")
    left = re.sub(rb'"[^"]*"', b"", left)
    for _ in range(_DEPTH):
        left = left.replace(b"{}", b"").replace(b"[]", b"")
    return bool(left)


def _triples(body: bytes) -> ox.QueryTriples:
    store = ox.Store()
    try:
        # A triple term ends on its line; this parser recurses as well.
        if any(line.count(b"<<(") > _DEPTH**2 for line in io.BytesIO(body)):
            raise ValueError
        store.load(body, format=ox.RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError, OSError):
        raise RemoteAnswerError("the server's answer is not N-Triples") from None
    found = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(found, ox.QueryTriples)
    return found
