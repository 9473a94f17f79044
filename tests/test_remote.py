"""Stored queries on a real server, and what hostile servers do to the client."""

from __future__ import annotations

import base64
import gzip
import os
import shutil
import socket
import subprocess
import sysconfig
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.utils import formatdate
from pathlib import Path
from urllib.request import Request, urlopen

import pyoxigraph as ox
import pytest

import gba_kg
from gba_kg import errors
from gba_kg.cli import main
from gba_kg.remote import Endpoint
from gba_kg.remote.transport import Limits
from gba_kg.results import FORMATS, render
from gba_kg.stored import find_queries

QUERY = "SELECT ?s WHERE { ?s ?p 'x' } # load"
JSON = b"Content-Type: application/sparql-results+json\r\n"
EMPTY = b'{"head":{"vars":["s"]},"results":{"bindings":[]}}'
Behaviour = Callable[[socket.socket], None]


@contextmanager
def server(behave: Behaviour) -> Iterator[tuple[str, list[bytes]]]:
    """A loopback server that reads each request and then does as told; gives its URL and the requests it saw."""
    seen: list[bytes] = []
    stop = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)

    def serve() -> None:
        while not stop.is_set():
            with suppress(OSError):
                taken, _ = listener.accept()
                with taken:
                    taken.settimeout(2)
                    request = b""
                    while b"\r\n\r\n" not in request:
                        request += taken.recv(65536)
                    head, _, body = request.partition(b"\r\n\r\n")
                    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0] or 0)
                    while len(body) < length:
                        body += taken.recv(65536)
                    seen.append(head + b"\r\n\r\n" + body)
                    behave(taken)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/sparql", seen
    finally:
        stop.set()
        thread.join()
        listener.close()


def says(status: str, headers: bytes = JSON, body: bytes = EMPTY, length: int | None = None) -> Behaviour:
    size = len(body) if length is None else length
    whole = f"HTTP/1.1 {status}\r\nContent-Length: {size}\r\n".encode() + headers + b"\r\n" + body
    return lambda taken: taken.sendall(whole)


def drips(start: bytes) -> Behaviour:
    def behave(taken: socket.socket) -> None:
        taken.sendall(start)
        for _ in range(60):
            taken.sendall(b"x")
            time.sleep(0.05)

    return behave


def endless(taken: socket.socket) -> None:
    taken.sendall(b"HTTP/1.1 200 OK\r\n" + JSON + b"\r\n")
    while True:
        taken.sendall(b" " * 65536)


def resets(taken: socket.socket) -> None:
    taken.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n" + JSON + b"\r\n{")
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")


TIMEOUT, ANSWER = errors.RemoteTimeoutError, errors.RemoteAnswerError
STATUS, LOST, MOVED = errors.RemoteStatusError, errors.RemoteUnreachableError, errors.RemoteRedirectError
HOSTILE: dict[str, tuple[Behaviour, type[errors.RemoteError], str]] = {
    "drips its body": (drips(b"HTTP/1.1 200 OK\r\n" + JSON + b"\r\n"), TIMEOUT, "longer than 1 s"),
    "drips its headers": (drips(b"HTTP/1.1 200 OK\r\nX: "), TIMEOUT, "longer than 1 s"),
    "never answers": (lambda _: time.sleep(1.5), TIMEOUT, "longer than 1 s"),
    "endless body": (endless, ANSWER, "larger than 100000 bytes"),
    "HTML with 200": (says("200 OK", b"Content-Type: text/html\r\n", b"<p>"), ANSWER, "text/html"),
    "wrong type": (says("200 OK", b"Content-Type: application/n-triples\r\n", b""), ANSWER, "n-triples"),
    "no type": (says("200 OK", b""), ANSWER, "not with application/sparql-results"),
    "truncated JSON": (says("200 OK", body=EMPTY[:-3]), ANSWER, "not whole JSON"),
    "JSON after JSON": (says("200 OK", body=EMPTY + EMPTY), ANSWER, "not whole JSON"),
    "not UTF-8": (says("200 OK", body=EMPTY.replace(b"s", b"\xff", 1)), ANSWER, "not whole JSON"),
    "shorter than said": (says("200 OK", length=900), LOST, "broke in the middle"),
    "reset": (resets, LOST, "broke in the middle"),
    "closes at once": (lambda _: None, LOST, "broke in the middle"),
    "gzip bomb": (
        says("200 OK", JSON + b"Content-Encoding: gzip\r\n", gzip.compress(b" " * 9_000_000)),
        ANSWER,
        "packed",
    ),
    "huge header": (says("200 OK", b"X: " + b"x" * 99_999 + b"\r\n"), ANSWER, "does not speak HTTP"),
    "many headers": (says("200 OK", b"X: x\r\n" * 999), ANSWER, "does not speak HTTP"),
    "not HTTP": (lambda taken: taken.sendall(b"220 mail ready\r\n"), ANSWER, "does not speak HTTP"),
    "401": (says("401 No", b"", b"who are you"), STATUS, "answers 401: 'who are you'"),
    "500 with escapes": (says("500 No", b"", b"\n\x1b[2Jbad" + b"z" * 9999), STATUS, r"'\\x1b\[2Jbadz{193}'$"),
    "to a file": (says("307 Go", b"Location: file:///etc/passwd\r\n"), MOVED, "another origin"),
    "to ftp": (says("307 Go", b"Location: ftp://127.0.0.1/\r\n"), MOVED, "another origin"),
    "to nonsense": (says("307 Go", b"Location: http://[/\r\n"), MOVED, "another origin"),
    "POST made a GET": (says("302 Go", b"Location: /other\r\n"), MOVED, "302, which would lose the query"),
    "round and round": (says("308 Go", b"Location: /sparql\r\n"), MOVED, "more than 5 times"),
    "429 for an hour": (says("429 No", b"Retry-After: 3600\r\n"), STATUS, "answers 429"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_server_gives_the_right_error_in_time(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    behave, kind, words = HOSTILE[name]
    monkeypatch.setenv("GBA_KG_USER", "ada")
    monkeypatch.setenv("GBA_KG_PASSWORD", "s3cret-word")
    threads = threading.active_count()
    with server(behave) as (url, seen):
        begin = time.monotonic()
        with pytest.raises(kind, match=words) as raised:
            Endpoint(url, limits=Limits(seconds=1, size=100_000, tries=2)).select(QUERY)
        assert time.monotonic() - begin < 2
        assert seen
    assert threading.active_count() == threads
    told = repr(raised.value) + str(raised.value)
    assert "s3cret-word" not in told
    assert base64.b64encode(b"ada:s3cret-word").decode() not in told


def test_credentials_never_follow_a_redirect(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GBA_KG_USER", "ada")
    monkeypatch.setenv("GBA_KG_PASSWORD", "s3cret-word")
    with (
        server(says("200 OK")) as (elsewhere, at_other),
        server(says("307 Go", f"Location: {elsewhere}\r\n".encode())) as (url, at_first),
    ):
        with pytest.raises(MOVED):
            Endpoint(url).select(QUERY)
        assert b"Authorization: Basic" in at_first[0]
        assert not at_other


def test_a_redirect_within_the_origin_keeps_the_query() -> None:
    answers = iter([says("307 Go", b"Location: /other\r\n"), says("200 OK")])
    with server(lambda taken: next(answers)(taken)) as (url, seen):
        Endpoint(url).select(QUERY)
        assert seen[1].startswith(b"POST /other ")
        assert seen[0].partition(b"\r\n\r\n")[2] == seen[1].partition(b"\r\n\r\n")[2]


@pytest.mark.parametrize("later", ["0", formatdate(0, usegmt=True), "soon", None])
def test_a_busy_server_is_asked_again(later: str | None) -> None:
    header = f"Retry-After: {later}\r\n".encode() if later else b""
    answers = iter([says("503 No", header), says("200 OK")])
    with server(lambda taken: next(answers)(taken)) as (url, seen):
        Endpoint(url).select(QUERY)
        assert len(seen) == 2


def test_a_storm_of_429_ends_after_three_tries() -> None:
    with server(says("429 No", b"Retry-After: 0\r\n")) as (url, seen):
        with pytest.raises(STATUS):
            Endpoint(url).select(QUERY)
        assert len(seen) == 3


def test_a_server_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert main(["query", "measures", "--endpoint", f"http://127.0.0.1:{port}/"]) == 3
    assert "cannot be reached" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--endpoint", "file:///etc/passwd"], "not an http or https URL"),
        (["--endpoint", "http://ada:s3cret-word@127.0.0.1/"], "carries credentials"),
        (["--endpoint", "http://127.0.0.1:1/", "--reasoned"], "do not go with it"),
        (["--endpoint", "http://127.0.0.1:1/", "--deadline", "nan"], "--deadline takes seconds"),
        (["--graph", "urn:x"], "--graph belongs to --endpoint"),
    ],
)
def test_what_does_not_fit_is_said(words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "measures", *words]) == 2
    told = capsys.readouterr().err
    assert message in told
    assert "s3cret-word" not in told


def test_half_of_the_credentials_is_a_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GBA_KG_USER", "ada")
    monkeypatch.delenv("GBA_KG_PASSWORD", raising=False)
    with pytest.raises(errors.UsageError, match="go together"):
        Endpoint("http://127.0.0.1:1/").select(QUERY)


@pytest.mark.parametrize("query", ["SELECT ?s WHERE {", "SELECT * { SERVICE <http://127.0.0.1/> {} }", "CLEAR ALL"])
def test_nothing_wrong_is_sent(query: str) -> None:
    with server(says("200 OK")) as (url, seen):
        with pytest.raises(errors.InputError):
            Endpoint(url).select(query)
        assert not seen


REQUIRED = {
    "commitment-chain": {"commitment": "2020-16"},
    "measure-card": {"measure": "hengqin-ef-accounts"},
    "outcome-series": {"measure": "hengqin-ef-accounts"},
    "usable-by": {"audience": "patients"},
}


@pytest.fixture(scope="module")
def oxigraph(graph: gba_kg.Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """``oxigraph serve`` with the bundled graph in it, one named graph per file."""
    scripts = Path(sysconfig.get_path("scripts"))
    program = shutil.which("oxigraph", path=f"{scripts}{os.pathsep}{os.environ.get('PATH', '')}")
    if program is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("oxigraph is not installed")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    place = tmp_path_factory.mktemp("oxigraph")
    command = [program, "serve", "--location", str(place), "--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        data = ox.serialize(graph.store, format=ox.RdfFormat.N_QUADS)
        load = Request(f"http://127.0.0.1:{port}/store", data, {"Content-Type": "application/n-quads"})
        for attempt in range(100):
            try:
                urlopen(load, timeout=60).close()
                break
            except OSError:
                if attempt == 99:
                    raise
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/query"
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("name", [query.name for query in find_queries()])
def test_a_stored_query_answers_as_at_home(name: str, graph: gba_kg.Graph, oxigraph: str) -> None:
    query = next(query for query in find_queries() if query.name == name)
    assert {parameter.name for parameter in query.parameters if parameter.required} <= set(REQUIRED.get(name, {}))
    text = query.bind(REQUIRED.get(name, {}), graph.store)
    here, there = graph.select(text), Endpoint(oxigraph).select(text)
    if isinstance(here, ox.QueryTriples):
        assert isinstance(there, ox.QueryTriples)
        assert {str(triple) for triple in here} == {str(triple) for triple in there}
        return
    assert render(here, "json") == render(there, "json")


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_the_same_to_the_byte(
    form: str, oxigraph: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GBA_KG_USER", raising=False)
    words = ["query", "measures", "-p", "platform=hengqin", "--format", form, "--lang", "zh-Hant"]
    assert main([*words, "-o", str(tmp_path / "here")]) == 0
    assert main([*words, "-o", str(tmp_path / "there"), "--endpoint", oxigraph]) == 0
    assert (tmp_path / "here").read_bytes() == (tmp_path / "there").read_bytes() != b""


def test_one_graph_of_the_server(graph: gba_kg.Graph, oxigraph: str) -> None:
    one = next(iter(graph.store.named_graphs()))
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    found = list(Endpoint(oxigraph, str(one.value)).select(count))
    assert found[0][0].value == str(sum(1 for _ in graph.store.quads_for_pattern(None, None, None, one)))


def test_ask_and_construct(oxigraph: str, graph: gba_kg.Graph) -> None:
    for query in ("ASK { ?m a gba:Measure }", "CONSTRUCT { ?m a gba:Measure } WHERE { ?m a gba:Measure }"):
        here, there = render(graph.select(query), "table"), render(Endpoint(oxigraph).select(query), "table")
        assert sorted(here.splitlines()) == sorted(there.splitlines())
