"""The few requests of a publication, each of which may be sent twice without harm.

Statements are staged under predicates of their own (``urn:gba-kg:staged:`` before the IRI): a query over the union of a
server's graphs then meets no half of a graph.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode
from urllib.request import Request

from gba_kg.errors import RemoteAnswerError
from gba_kg.exports.terms import STRING, Record, literal
from gba_kg.remote.credentials import credentials
from gba_kg.remote.publish_content import sparql_term
from gba_kg.remote.transport import Limits, checked_url, send

__all__ = ["STAGED", "Server"]

STAGED = "urn:gba-kg:staged:"
_ROWS = "application/sparql-results+json"
# JSON can hold halves of characters, which no UTF-8 has.
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Server:
    """A SPARQL 1.1 server: the URLs of its query and of its update service; ``limits`` are those of one request.

    ``variables`` of the environment hold user and password, where they are not the usual ones.
    """

    query: str
    update: str
    limits: Limits = field(default_factory=Limits)
    variables: tuple[str, str] | None = None

    def count(self, graph: str) -> int:
        """How many statements a graph has; 0 where there is none."""
        rows = self._rows(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
        return _number(rows[0] if len(rows) == 1 else {})

    def held(self, graph: str, records: Iterable[Record], prefix: str = "") -> list[Record]:
        """The statements of a graph on the subjects of records, as the server spells them; predicates lose a prefix."""
        values = " ".join(dict.fromkeys(sparql_term(record[0]) for record in records))
        rows = self._rows(f"SELECT ?s ?p ?o WHERE {{ VALUES ?s {{ {values} }} GRAPH <{graph}> {{ ?s ?p ?o }} }}")
        found = []
        for row in rows:
            subject, predicate, object_ = (_term(row, name) for name in "spo")
            found.append((subject, "<" + predicate[1:].removeprefix(prefix), object_, ""))
        return found

    def graphs(self, start: str) -> list[str]:
        """The graphs whose IRI has this start, at most 100."""
        # HAVING, not FILTER: the condition is asked once for each graph, not for each statement of the server.
        having = f'HAVING(STRSTARTS(STR(?g), "{start}"))'
        query = f"SELECT ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g {having} LIMIT 100"
        found = (_term(row, "g")[1:-1] for row in self._rows(query))
        return sorted(graph for graph in found if graph.startswith(start))

    def insert(self, graph: str, records: Iterable[Record]) -> None:
        """Stage statements. They are ground, so that a second time adds nothing (SPARQL 1.1 Update, 3.1.1)."""
        lines = "\n".join(
            f"{sparql_term(s)} <{STAGED}{sparql_term(p[1:])} {sparql_term(o)} ." for s, p, o, _ in records
        )
        self._change(f"INSERT DATA {{ GRAPH <{graph}> {{\n{lines}\n}} }}")

    def swap(self, staging: str, staged: int, graph: str, before: int) -> None:
        """Make what is staged the content of a graph, in one operation, which a server does wholly or not at all.

        Nothing happens unless both have as many statements as said: so a second time, or after somebody else's change,
        this does nothing. MOVE has no such condition, and would bring the staged predicates along.
        """
        self._change(
            f"DELETE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}\nINSERT {{ GRAPH <{graph}> {{ ?s2 ?p2 ?o2 }} }}\nWHERE {{\n"
            f"  {{ SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{staging}> {{ ?a ?b ?c }} }} }}\n"
            f"  {{ SELECT (COUNT(*) AS ?m) WHERE {{ GRAPH <{graph}> {{ ?d ?e ?f }} }} }}\n"
            f"  FILTER(?n = {staged} && ?m = {before})\n"
            f"  {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} UNION\n"
            f'  {{ GRAPH <{staging}> {{ ?s2 ?q ?o2 }} BIND(IRI(STRAFTER(STR(?q), "{STAGED}")) AS ?p2) }}\n}}'
        )

    def drop(self, graph: str) -> None:
        """Remove a graph, whether it is there or not."""
        self._change(f"DROP SILENT GRAPH <{graph}>")

    def _change(self, update: str) -> None:
        send(
            self._request(self.update, "application/sparql-update", update.encode(), "*/*"),
            self.limits,
            fine=(200, 204),
        )

    def _rows(self, query: str) -> list[dict[str, object]]:
        # Not as application/sparql-query: Virtuoso 7 never answers that.
        form = urlencode({"query": query}).encode()
        reply = send(self._request(self.query, "application/x-www-form-urlencoded", form, _ROWS), self.limits)
        kind = reply.headers.get_content_type()
        if kind != _ROWS:
            raise RemoteAnswerError(f"the server answers with {kind[:100]!a}, not with {_ROWS}")
        try:
            rows = json.loads(reply.body)["results"]["bindings"]
        except (ValueError, KeyError, TypeError, RecursionError):
            rows = None
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise RemoteAnswerError("the server's answer is not whole JSON of SPARQL results")
        return rows

    def _request(self, url: str, kind: str, body: bytes, accept: str) -> Request:
        headers = {"Content-Type": kind, "Accept": accept}
        user, password = credentials(url, self.variables)
        if user is not None:
            headers["Authorization"] = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
        return Request(checked_url(url), body, headers, method="POST")  # noqa: S310 - http(s) alone, checked


def _term(row: dict[str, object], name: str) -> str:
    """A cell as N-Triples text (SPARQL 1.1 Query Results JSON Format, 3.2.2). It is compared, never sent."""
    cell = row.get(name)
    if isinstance(cell, dict):
        kind, value = cell.get("type"), cell.get("value")
        language, datatype = str(cell.get("xml:lang", "")), str(cell.get("datatype", STRING))
        if isinstance(value, str) and not _SURROGATE.search(value + language + datatype):
            if kind == "uri":
                return f"<{value}>"
            if kind == "bnode":
                return f"_:{value}"
            if kind in ("literal", "typed-literal") and not {*'"\\'} & {*language, *datatype}:
                return literal(value, datatype, language)
    raise RemoteAnswerError("the server's answer has a row that is no statement")


def _number(row: dict[str, object]) -> int:
    cell = row.get("n")
    value = cell.get("value") if isinstance(cell, dict) else None
    if not isinstance(value, str) or not value.isascii() or not value.isdigit() or len(value) > 18:
        raise RemoteAnswerError("the server does not say how many statements there are")
    return int(value)
