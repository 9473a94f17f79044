"""Stored queries on a SPARQL 1.1 server, through SPARQLWrapper with its sending replaced.

SPARQLWrapper 2.0.0 builds the request. What it gets wrong is not used: its ``urlopen`` (no deadline, credentials follow
redirects, a POST becomes a GET) and its guess of a query's form (a comment with ``load`` makes a SELECT an update).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pyoxigraph as ox
from SPARQLWrapper import BASIC, POST, SPARQLWrapper

from gba_kg.errors import RemoteAnswerError
from gba_kg.graph import Graph
from gba_kg.namespaces import PREFIXES
from gba_kg.query_code import code
from gba_kg.remote.credentials import credentials
from gba_kg.remote.transport import Limits, checked_url, send

__all__ = ["Endpoint", "credentials"]

_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_ROWS, _TRIPLES = "application/sparql-results+json", "application/n-triples"

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
        URL, and RemoteError for what the server does wrong.
        """
        url = checked_url(self.url)
        Graph(files=()).select(query, file)
        form = _FORM.search(code(query))
        assert form is not None
        rows = form[1].upper() in ("SELECT", "ASK")
        wrapper = SPARQLWrapper(url, defaultGraph=self.graph)
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        wrapper.setCredentials(*credentials(url, self.variables))
        wrapper.setHTTPAuth(BASIC)
        # In front of the first line, so that lines keep their numbers in what a server says of the query.
        wrapper.setQuery(" ".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items()) + " " + query)
        wrapper.queryType = form[1].upper()
        request = wrapper._createRequest()  # noqa: SLF001  # it has no public way to build without sending
        request.add_header("Accept", _ROWS if rows else _TRIPLES)
        reply = send(request, self.limits)
        kind = reply.headers.get_content_type()
        if kind != (_ROWS if rows else _TRIPLES):
            raise RemoteAnswerError(f"the server answers with {kind[:100]!a}, not with {_ROWS if rows else _TRIPLES}")
        return _rows(reply.body) if rows else _triples(reply.body)


def _rows(body: bytes) -> ox.QuerySolutions | ox.QueryBoolean:
    """Read strictly and to the end before anything is shown: a truncated answer is none."""
    try:
        results = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        if not isinstance(results, ox.QueryBoolean):
            for _ in results:
                pass
            results = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    except (SyntaxError, ValueError, OSError):
        raise RemoteAnswerError("the server's answer is not whole JSON of SPARQL results") from None
    return results


def _triples(body: bytes) -> ox.QueryTriples:
    store = ox.Store()
    try:
        store.load(body, format=ox.RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError, OSError):
        raise RemoteAnswerError("the server's answer is not N-Triples") from None
    found = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(found, ox.QueryTriples)
    return found
