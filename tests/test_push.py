"""``gba-kg push`` on real servers, through a proxy that dies, drops and alters."""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

import pytest
from servers import server as answering
from test_remote import says

from gba_kg import errors
from gba_kg.cli import main
from gba_kg.cli.push import _Progress
from gba_kg.exports import export
from gba_kg.exports.content import graph_records
from gba_kg.graph import load_files
from gba_kg.remote import publish_content, transport
from gba_kg.remote.publish import STAGING, Outcome, plan, publish
from gba_kg.remote.publish_content import Content, compare
from gba_kg.remote.publish_server import STAGED, Server
from gba_kg.remote.transport import Limits

GRAPH = "http://example.org/graph"
OLD = "".join(f'<urn:old{n}> <urn:name> "old {n}" .\n' for n in range(7))
NEW = "".join(f'<urn:new{n}> <urn:name> "new {n}" , "neu {n}"@de .\n' for n in range(5))
BOTH = pytest.mark.parametrize("served", ["oxigraph", "virtuoso"], indirect=True)

Fault = Callable[[int, bytes], bytes | str | None]
"""What a proxy does with a request of a number: die ``before``, ``during`` or ``after`` it, ``lie`` (204, but nothing
is done), send the bytes given instead, or, for None, let it pass."""


@dataclass(frozen=True)
class Served:
    """A running server: its query and update services, here used by urllib alone."""

    query: str
    update: str

    def ask(self, query: str, accept: str = "text/csv") -> str:
        request = Request(self.query, urlencode({"query": query}).encode(), {"Accept": accept})
        with urlopen(request, timeout=60) as reply:
            return str(reply.read().decode())

    def change(self, update: str) -> None:
        request = Request(self.update, update.encode(), {"Content-Type": "application/sparql-update"})
        urlopen(request, timeout=60).close()

    def count(self, graph: str) -> int:
        return int(self.ask(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}").split()[1])


@pytest.fixture
def served(request: pytest.FixtureRequest, started: Callable[[str], str]) -> Served:
    """A server whose graph, and whose staging graphs, are gone."""
    url = started(getattr(request, "param", "oxigraph"))
    found = Served(url, url.replace("/query", "/update"))
    for name in _graphs(found):
        if name == GRAPH or name.startswith(STAGING):
            found.change(f"DROP SILENT GRAPH <{name}>")
    return found


def _graphs(served: Served) -> list[str]:
    rows = served.ask("SELECT ?g WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g").split()[1:]
    return sorted(row.strip('"') for row in rows)


def _names(served: Served, where: str = f"GRAPH <{GRAPH}>") -> set[str]:
    rows = served.ask(f"SELECT ?o WHERE {{ {where} {{ ?s <urn:name> ?o }} }}").splitlines()[1:]
    return {row.strip('"') for row in rows}


OLD_NAMES = {f"old {n}" for n in range(7)}
NEW_NAMES = {f"{word} {n}" for word in ("new", "neu") for n in range(5)}


@dataclass
class Proxy:
    """Where a proxy listens, and what it has seen."""

    fault: Fault
    seen: list[tuple[str, bytes]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    query: str = ""
    update: str = ""

    @property
    def updates(self) -> list[bytes]:
        return [body for path, body in self.seen if path == "/update"]


class _Between(BaseHTTPRequestHandler):
    told: Proxy
    served: Served

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.told.seen.append((self.path, body))
        self.told.headers.append(dict(self.headers.items()))
        what = self.told.fault(len(self.told.seen), body)
        upstream = self.served.update if self.path == "/update" else self.served.query
        if what == "lie":
            self._answer(204, None, b"")
        elif what == "during":
            self._send_half(upstream, body)
        elif what != "before":
            answer = self._pass_on(upstream, what if isinstance(what, bytes) else body)
            if what != "after":
                self._answer(*answer)

    def _pass_on(self, upstream: str, body: bytes) -> tuple[int, str | None, bytes]:
        kept = {name: self.headers[name] for name in ("Content-Type", "Accept") if name in self.headers}
        try:
            with urlopen(Request(upstream, body, kept), timeout=60) as reply:
                return reply.status, reply.headers.get("Content-Type"), reply.read()
        except HTTPError as error:
            with error:
                return error.code, "text/plain", error.read()

    def _answer(self, status: int, kind: str | None, body: bytes) -> None:
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _send_half(self, upstream: str, body: bytes) -> None:
        parts = urlsplit(upstream)
        connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=5)
        connection.putrequest("POST", parts.path)
        connection.putheader("Content-Type", self.headers["Content-Type"])
        connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body[: len(body) // 2])
        connection.close()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def proxy(served: Served, fault: Fault) -> Iterator[Proxy]:
    """A proxy before a server, with a fault."""
    told = Proxy(fault)
    running = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Between,), {"told": told, "served": served}))
    running.daemon_threads = True
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    told.query = f"http://127.0.0.1:{running.server_address[1]}/query"
    told.update = f"http://127.0.0.1:{running.server_address[1]}/update"
    try:
        yield told
    finally:
        running.shutdown()
        thread.join()
        running.server_close()


def _push(served: Served | Proxy, path: Path, *, replace: bool = True, tries: int = 1) -> Outcome:
    server = Server(served.query, served.update, Limits(seconds=60, tries=tries, pause=0.01))
    with Content(graph_records(load_files([path]))) as content:
        planned = plan(server, content, GRAPH, replace=replace, say=_quiet)
        return publish(server, content, planned, _quiet)


def _quiet(*_: object) -> None:
    pass


def _old(served: Served) -> None:
    served.change(f"INSERT DATA {{ GRAPH <{GRAPH}> {{ {OLD} }} }}")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "new.ttl"
    path.write_text(NEW)
    return path


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish_content, "CHUNK", 5)


def _words(served: Served | Proxy, data: Path, *more: str) -> list[str]:
    words = ["push", "--endpoint", served.query, "--update", served.update, "--graph", GRAPH, "--data", str(data)]
    empty = data.parent / "none.nt"
    empty.touch()
    return [*words, "--ontology", str(empty), "--format", "json", *more]


def _told(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    told: dict[str, object] = json.loads(capsys.readouterr().out)
    return told


@BOTH
def test_a_graph_is_published_then_there_then_replaced_only_when_told(
    served: Served, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = _words(served, data)
    assert main(words) == 0
    told = _told(capsys)
    digest = hashlib.sha256(export(load_files([data]), "ntriples")).hexdigest()
    assert (told["result"], told["statements"], told["sha256"]) == ("published", 10, digest)
    assert told["held"] == {"statements": 10, "sha256": digest}
    assert told["respelled"] == []
    assert _names(served) == NEW_NAMES
    assert main(words) == 0
    assert _told(capsys)["result"] == "already there"
    data.write_text(OLD)
    assert main(words) == 2
    assert "holds 10 statements that are not these: --replace" in capsys.readouterr().err
    assert _names(served) == NEW_NAMES
    assert main([*words, "--replace"]) == 0
    assert _told(capsys)["before"] == 10
    assert _names(served) == OLD_NAMES
    assert not [name for name in _graphs(served) if name.startswith(STAGING)]


@pytest.mark.parametrize("replace", [True, False])
def test_a_dry_run_writes_nothing(
    served: Served, data: Path, capsys: pytest.CaptureFixture[str], *, replace: bool
) -> None:
    if replace:
        _old(served)
    more = ["--dry-run", "--drop-unfinished", *(["--replace"] if replace else [])]
    with proxy(served, lambda *_: None) as between:
        assert main(_words(between, data, *more)) == 0
        assert not between.updates
        told = _told(capsys)
        assert (told["result"], told["before"]) == ("to be published", 7 if replace else 0)
        looked = len(between.seen)
        assert main(_words(between, data, *more[2:])) == 0
        assert len(between.seen) - 2 * looked == told["requests"]
    assert _names(served) == NEW_NAMES


def test_a_dry_run_is_refused_as_the_run_would_be(
    served: Served, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _old(served)
    assert main(_words(served, data, "--dry-run")) == 2
    assert "--replace puts these in their place" in capsys.readouterr().err


def test_a_graph_with_more_than_the_content_is_another(served: Served, data: Path) -> None:
    """Also where the server makes one of two values, so that the counts are those of the content."""
    data.write_text('<urn:a> <urn:p> 1 , "01"^^<http://www.w3.org/2001/XMLSchema#integer> .')
    assert _push(served, data).count == 1
    assert _push(served, data, replace=False).count == 1
    served.change(f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <urn:b> <urn:p> 2 }} }}")
    with pytest.raises(errors.UsageError, match="holds 2 statements that are not these"):
        _push(served, data, replace=False)


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("phase", ["during", "after"])
def test_a_server_that_dies_in_any_request_loses_nothing(served: Served, data: Path, phase: str) -> None:
    """After each death the graph is wholly old, or wholly new; the same call completes."""
    died = swapped = 0
    for number in range(1, 99):
        served.change(f"DROP SILENT GRAPH <{GRAPH}>")
        _old(served)
        with proxy(
            served, lambda n, *_, last=number: phase if n == last else "before" if n > last else None
        ) as between:
            try:
                _push(between, data)
                break
            except errors.RemoteError as error:
                died += 1
                told = error.message
        assert number <= 3 or "run the same command again" in told
        names = _names(served)
        assert names in (OLD_NAMES, NEW_NAMES), (phase, number)
        swapped += names == NEW_NAMES
        _push(served, data)
        assert _names(served) == NEW_NAMES
        assert not [name for name in _graphs(served) if name.startswith(STAGING)], (phase, number)
    assert died == (1 + 1 + 1) + (2 * 3 + 1 + 1) + (1 + 3 + 1), "look; send and swap; read back and drop"
    assert swapped == (6 if phase == "after" else 5)


@pytest.mark.usefixtures("small_chunks")
def test_another_run_goes_on_where_one_stopped(served: Served, data: Path) -> None:
    with (
        proxy(served, lambda n, *_: "before" if n > 5 else None) as between,
        pytest.raises(errors.RemoteUnreachableError, match="which goes on from here"),
    ):
        _push(between, data, replace=False)
    with proxy(served, lambda *_: None) as between:
        _push(between, data, replace=False)
        sent = [body for body in between.updates if body.startswith(b"INSERT DATA")]
        assert [body.count(STAGED.encode()) for body in sent] == [2]
    assert _names(served) == NEW_NAMES


def test_a_client_that_is_killed_goes_on(served: Served, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _old(served)
    data = tmp_path / "many.nt"
    data.write_text("".join(f'<urn:n{n}> <urn:name> "{n}" .\n' for n in range(2000)))

    def slowly(_: int, body: bytes) -> None:
        time.sleep(0.1 if body.startswith(b"INSERT DATA") else 0)

    with proxy(served, slowly) as between:
        words = _words(between, data, "--replace")
        process = subprocess.Popen([sys.executable, "-m", "gba_kg", *words], stdout=subprocess.DEVNULL)
        while len(between.updates) < 5 and process.poll() is None:
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert _names(served) == OLD_NAMES
    assert main(_words(served, data, "--replace")) == 0
    staged = _told(capsys)["staged"]
    assert isinstance(staged, int)
    assert 1000 <= staged < 2000
    assert len(_names(served)) == 2000


@BOTH
def test_readers_see_the_old_graph_or_the_new(served: Served, tmp_path: Path) -> None:
    """Also those who ask the union of all graphs, where the staged statements are."""
    _old(served)
    data = tmp_path / "many.nt"
    data.write_text("".join(f'<urn:n{n}> <urn:name> "{n}" .\n' for n in range(1000)))
    seen: set[tuple[str, str]] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            for where in (f"GRAPH <{GRAPH}>", ""):
                query = f"SELECT (COUNT(*) AS ?n) WHERE {{ {where} {{ ?s <urn:name> ?o }} }}"
                seen.add((where, served.ask(query).split()[1]))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        _push(served, data)
    finally:
        time.sleep(0.2)
        done.set()
        for reader in readers:
            reader.join()
    assert {number for _, number in seen} == {"7", "1000"}


HOSTILE = [
    '"01"^^<http://www.w3.org/2001/XMLSchema#integer>',
    '"1"^^<http://www.w3.org/2001/XMLSchema#integer>',
    '"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>',
    '"2024-02-30"^^<http://www.w3.org/2001/XMLSchema#date>',
    '"2024-01-01T00:00:00+08:00"^^<http://www.w3.org/2001/XMLSchema#dateTime>',
    '"2023-04"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>',
    '"x"^^<urn:own>',
    '"x"@zh-Hans',
    '"} } ; DROP ALL ; INSERT DATA { <urn:x> <urn:y> <urn:z> }"',
    '"\\"\\"\\" # <urn:x>"',
    r'"\\u0041 and \\\\U00000042 and C:\\new\\temp"',
    r'"line\nfeed\r\n\ttab"',
    '"\u202ebidi \u200b zero, \U0001f9ea astral, 粤港澳, e\u0301"',
    '"' + "long " * 5000 + '"',
    '"=HYPERLINK(1)"',
    '""',
    "<http://example.org/粤?x='y'#z>",
    "_:blank",
]


@BOTH
def test_hostile_values_arrive(served: Served, tmp_path: Path) -> None:
    data = tmp_path / "hostile.nt"
    lines = [f"<urn:s{n}> <urn:p> {value} .\n" for n, value in enumerate(HOSTILE)]
    data.write_text("".join([*lines, '_:blank <http://example.org/名> "x" .\n']), encoding="utf-8")
    outcome = _push(served, data)
    assert outcome.count == len(HOSTILE) + 1
    assert _push(served, data, replace=False) == outcome
    for sent, held in outcome.respelled:
        assert sent[0] == "@" or "XMLSchema#" in sent, (sent, held)
    cells = json.loads(
        served.ask(f"SELECT ?o WHERE {{ GRAPH <{GRAPH}> {{ ?s <urn:p> ?o }} }}", "application/sparql-results+json")
    )["results"]["bindings"]
    values = {cell["o"]["value"] for cell in cells}
    assert r"\u0041 and \\U00000042 and C:\new\temp" in values
    assert [value for value in values if "/.well-known/genid/gba-kg/" in value]


@BOTH
def test_a_subject_of_many_statements_arrives(
    served: Served, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """More than Virtuoso takes in one request."""
    data = tmp_path / "hub.nt"
    data.write_text("".join(f"<urn:hub> <urn:p> <urn:o{n}> .\n" for n in range(5500)))
    assert main(_words(served, data, "--dry-run")) == 0
    assert _told(capsys)["requests"] == 6 + 2 + 4
    assert _push(served, data).count == served.count(GRAPH) == 5500


def _without_a_line(body: bytes) -> bytes:
    lines = body.split(b"\n")
    return b"\n".join([*lines[:2], *lines[3:]])


ALTERED: dict[str, tuple[Fault, str]] = {
    "drops a statement": (lambda _, b: _without_a_line(b) if b.startswith(b"INSERT") else None, "lacks 1, such"),
    "alters a value": (
        lambda _, b: b.replace(b"new 3", b"new 4") if b.startswith(b"INSERT") else None,
        'has others, 1, such as <urn:new3> <urn:name> "new 4"',
    ),
    "adds a subject": (
        lambda _, b: b.replace(b"{\n", b"{\n<urn:more> <urn:x> 1 .\n", 1) if b.startswith(b"INSERT") else None,
        "counts 11 statements where 10",
    ),
    "says it inserted": (lambda _, b: "lie" if b.startswith(b"INSERT") else None, "lacks 10, such"),
    "says it swapped": (lambda _, b: "lie" if b.startswith(b"DELETE") else None, "lacks 10, such"),
    "swaps in one more": (
        lambda _, b: (
            b.replace(b"{ ?s2 ?p2 ?o2 }", b"{ ?s2 ?p2 ?o2 . <urn:a> <urn:b> <urn:c> }") if b[:6] == b"DELETE" else None
        ),
        "counts 11 statements where 10",
    ),
}


@pytest.mark.parametrize("name", ALTERED)
def test_a_server_that_alters_is_found_out(
    served: Served, data: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _old(served)
    fault, message = ALTERED[name]
    with proxy(served, fault) as between:
        assert main(_words(between, data, "--replace")) == 3
    error = capsys.readouterr().err
    assert message in error
    assert "run the same command again" in error
    assert _names(served) == (NEW_NAMES if name == "swaps in one more" else OLD_NAMES)
    _push(served, data)
    assert _names(served) == NEW_NAMES
    assert served.count(GRAPH) == 10


@pytest.mark.parametrize("phase", ["during", "after"])
def test_a_connection_that_breaks_once_is_not_noticed(served: Served, data: Path, phase: str) -> None:
    """Every request may come twice, the swap among them."""
    for number in range(1, 10):
        served.change(f"DROP SILENT GRAPH <{GRAPH}>")
        _old(served)
        with proxy(served, lambda n, _, bad=number: phase if n == bad else None) as between:
            outcome = _push(between, data, tries=2)
            assert len(between.seen) > number
        assert outcome.count == served.count(GRAPH) == 10
        assert _names(served) == NEW_NAMES


@BOTH
def test_a_swap_without_what_was_staged_does_nothing(served: Served, data: Path) -> None:
    def meddle(_: int, body: bytes) -> None:
        if body.startswith(b"DELETE"):
            for name in _graphs(served):
                if name.startswith(STAGING):
                    served.change(f"DROP SILENT GRAPH <{name}>")

    _old(served)
    with proxy(served, meddle) as between, pytest.raises(errors.RemoteAnswerError, match="lacks 10"):
        _push(between, data)
    assert _names(served) == OLD_NAMES


@BOTH
def test_what_somebody_else_writes_meanwhile_is_not_lost(served: Served, data: Path) -> None:
    def meddle(_: int, body: bytes) -> None:
        if body.startswith(b"DELETE"):
            served.change(f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <urn:other> <urn:name> 'of others' }} }}")

    with proxy(served, meddle) as between, pytest.raises(errors.RemoteAnswerError, match="lacks 10"):
        _push(between, data, replace=False)
    assert _names(served) == {"of others"}


def test_other_unfinished_content_is_told_and_removed_on_purpose_alone(
    served: Served, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with proxy(served, lambda n, *_: "before" if n > 3 else None) as between, pytest.raises(errors.RemoteError):
        _push(between, data)
    data.write_text(OLD)
    assert main(_words(served, data)) == 0
    (left,) = _told(capsys)["unfinished"]  # type: ignore[misc]
    assert served.count(left) == 10
    assert main([*_words(served, data), "--format", "text"]) == 0
    assert "--drop-unfinished removes them" in capsys.readouterr().out
    assert main(_words(served, data, "--drop-unfinished")) == 0
    assert _told(capsys)["dropped"] is True
    assert not served.count(left)


def test_a_server_that_is_gone_is_told_in_one_line(
    served: Served, data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GBA_KG_USER", "ada")
    monkeypatch.setenv("GBA_KG_PASSWORD", "s3cret-word")
    monkeypatch.setattr(transport, "_wait", lambda *_: True)
    with proxy(served, lambda n, *_: "before" if n > 3 else None) as between:
        assert main(_words(between, data)) == 3
        assert all(headers["Authorization"].startswith("Basic ") for headers in between.headers)
    error = capsys.readouterr().err.splitlines()[-1]
    assert "broke in the middle; the graph is as it was; run the same command again" in error
    assert "s3cret-word" not in error


@BOTH
def test_an_endpoint_of_the_configuration_file(
    served: Served, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where it names no update service, this follows from the query service: /update for /query, else the same."""
    file = data.parent / "config.toml"
    monkeypatch.setenv("GBA_KG_CONFIG", str(file))
    file.write_text(f'[endpoints.home]\nurl = "{served.query}"\ngraph = "{GRAPH}"\n')
    words = ["push", "--endpoint", "home", "--data", str(data), "--ontology", str(data), "--request-timeout", "60"]
    assert main(words) == 0
    assert capsys.readouterr().out.startswith(f"published: 10 statements in <{GRAPH}>")
    assert _names(served) == NEW_NAMES
    with answering(says("500 No")) as (elsewhere, seen):
        file.write_text(f'{file.read_text()}update = "{elsewhere}"\n')
        data.write_text(OLD)
        assert main([*words, "--replace"]) == 3
        assert seen[0].partition(b"\r\n\r\n")[2].startswith(b"INSERT DATA")
    file.write_text(f'[endpoints.home]\nurl = "{served.query}"\nupdate = "file:///x"\n')
    assert main(words) == 2
    assert "config.toml:3: endpoint 'home': the endpoint is not an http or https URL" in capsys.readouterr().err


def test_progress_is_told_once_a_second(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    ticks = iter([0.0, 0.9, 1.1, 1.9, 2.2])
    monkeypatch.setattr("gba_kg.cli.push.time", SimpleNamespace(monotonic=lambda: next(ticks)))
    say = _Progress()
    for done in range(4):
        say("sending", done, 9)
    assert capsys.readouterr().err.splitlines() == [
        "gba-kg: sending, 1 of 9 statements ...",
        "gba-kg: sending, 3 of 9 statements ...",
    ]


ROWS = b'{"head":{},"results":{"bindings":[%s]}}'
ANSWERS = {
    "HTML": (says("200 OK", b"Content-Type: text/html\r\n", b"<p>"), "answers with 'text/html'"),
    "truncated": (says("200 OK", body=ROWS[:-3]), "not whole JSON"),
    "nested": (says("200 OK", body=b"[" * 100_000), "not whole JSON"),
    "a list": (says("200 OK", body=b"[]"), "not whole JSON"),
    "cells of text": (says("200 OK", body=ROWS % b'"x"'), "not whole JSON"),
    "no number": (says("200 OK", body=ROWS % b'{"n":{"type":"literal","value":"-1"}}'), "how many statements"),
    "nothing": (says("200 OK", body=ROWS % b""), "how many statements"),
    "two numbers": (says("200 OK", body=ROWS % b"{},{}"), "how many statements"),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_answers_that_are_none(name: str, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    behave, message = ANSWERS[name]
    with answering(behave) as (url, _):
        words = _words(Served(url, url), data)
        assert main(words) == 3
    assert message in capsys.readouterr().err


CELLS = [
    b'{"s":{"type":"uri","value":"urn:new0"},"p":{"type":"uri","value":"urn:name"}}',
    b'{"s":1,"p":1,"o":1}',
    b'{"s":{"type":"uri","value":"\\ud800"},"p":{"type":"uri","value":"x"},"o":{"type":"uri","value":"x"}}',
    b'{"s":{"type":"uri","value":1},"p":{"type":"uri","value":"x"},"o":{"type":"uri","value":"x"}}',
    b'{"s":{"type":"uri","value":"x"},"p":{"type":"uri","value":"x"},"o":{"type":"literal","value":"x","datatype":"\\""}}',
    b'{"s":{"type":"uri","value":"x"},"p":{"type":"uri","value":"x"},"o":{"type":"triple","value":"x"}}',
]


@pytest.mark.parametrize("cell", CELLS)
def test_rows_that_are_no_statements(cell: bytes) -> None:
    with (
        answering(says("200 OK", body=ROWS % cell)) as (url, _),
        pytest.raises(errors.RemoteAnswerError, match="a row"),
    ):
        Server(url, url).held(GRAPH, [("<urn:new0>", "", "", "")])


def test_rows_of_odd_values_are_only_compared() -> None:
    odd = b'{"s":{"type":"bnode","value":"b"},"p":{"type":"uri","value":"x y"},'
    odd += b'"o":{"type":"literal","value":"x","datatype":"?"}}'
    with answering(says("200 OK", body=ROWS % odd)) as (url, _):
        (held,) = Server(url, url).held(GRAPH, [("<urn:new0>", "", "", "")])
    assert held == ("_:b", "<x y>", '"x"^^<?>', "")
    assert compare([("<urn:a>", "<urn:b>", '"x"', "")], [held]).extra == [held]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--graph", "relative"], "--graph takes an absolute IRI"),
        (["--graph", "urn:x> { } ; DROP ALL #"], "--graph takes an absolute IRI"),
        (["--graph", f"{STAGING}x"], "none of the graphs that push uses"),
        (["--request-timeout", "nan"], "--request-timeout takes a number of seconds"),
        (["--request-timeout", "0"], "--request-timeout takes a number of seconds"),
        (["--endpoint", "nobody"], "no endpoint 'nobody'"),
        (["--endpoint", "ftp://127.0.0.1/"], "not an http or https URL"),
        (["--update", "http://a:s3cret-word@127.0.0.1/"], "carries credentials"),
        (["--data", "{empty}", "--ontology", "{empty}", "--graph", GRAPH], "there is nothing to publish"),
        (["--data", "{empty}"], "name the graph of the server with --graph"),
    ],
)
def test_what_does_not_fit_is_said(
    words: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "none.nt"
    empty.touch()
    words = [word.replace("{empty}", str(empty)) for word in words]
    assert main(["push", "--endpoint", "http://127.0.0.1:1/query", *words]) == 2
    told = capsys.readouterr().err
    assert message in told
    assert "s3cret-word" not in told


def test_values_are_compared_by_what_they_say() -> None:
    def record(value: str) -> tuple[str, str, str, str]:
        return "<urn:s>", "<urn:p>", value, ""

    integer = "^^<http://www.w3.org/2001/XMLSchema#integer>"
    found = compare([record(f'"01"{integer}'), record(f'"1"{integer}')], [record(f'"1"{integer}')])
    assert not found.missing
    assert dict(found.respelled) == {(f'"01"{integer}', f'"1"{integer}'): 1}
    assert compare([record('"1"')], [record(f'"1"{integer}')]).missing == [record('"1"')]
    assert compare([record('"x"@zh-Hans')], [record('"x"@zh-hant')]).extra == [record('"x"@zh-hant')]


@pytest.mark.slow
def test_a_reasoned_graph_has_its_entailments(served: Served, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data.write_text("<urn:a> a <urn:A> . <urn:A> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <urn:B> .")
    assert main(_words(served, data, "--reasoned")) == 0
    assert _told(capsys)["result"] == "published"
    assert "true" in served.ask(f"ASK {{ GRAPH <{GRAPH}> {{ <urn:a> a <urn:B> }} }}", "application/sparql-results+json")
