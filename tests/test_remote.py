"""What hostile servers do to the client, and what it never does."""

from __future__ import annotations

import base64
import gc
import gzip
import socket
import threading
import time
import warnings
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path

import pytest
from servers import Behaviour, free_port, server

from gba_kg import errors
from gba_kg.cli import main
from gba_kg.remote import Endpoint, transport
from gba_kg.remote.transport import Limits

QUERY = "SELECT ?s WHERE { ?s ?p 'x' } # load"
JSON = b"Content-Type: application/sparql-results+json\r\n"
EMPTY = b'{"head":{"vars":["s"]},"results":{"bindings":[]}}'
XML = b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="s"/></head><results/></sparql>'
# Each of these once ended the process: the parser recurses.
NESTED = EMPTY[:-3] + b'{"s":' + b'{"type":"triple","value":{"object":' * 20_000
NESTED_TRIPLES = b"<urn:a> <urn:b> " + b"<<( <urn:a> <urn:b> " * 20_000


def says(status: str, headers: bytes = JSON, body: bytes = EMPTY, length: int | None = None) -> Behaviour:
    size = len(body) if length is None else length
    whole = f"HTTP/1.1 {status}\r\nContent-Length: {size}\r\n".encode() + headers + b"\r\n" + body
    return lambda taken: taken.sendall(whole)


def drips(start: bytes) -> Behaviour:
    def behave(taken: socket.socket) -> None:
        taken.sendall(start)
        for _ in range(200):
            taken.sendall(b"x")
            time.sleep(0.01)

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
    "drips its body": (drips(b"HTTP/1.1 200 OK\r\n" + JSON + b"\r\n"), TIMEOUT, "longer than 0.4 s"),
    "drips its headers": (drips(b"HTTP/1.1 200 OK\r\nX: "), TIMEOUT, "longer than 0.4 s"),
    "never answers": (lambda _: time.sleep(0.5), TIMEOUT, "longer than 0.4 s"),
    "endless body": (endless, ANSWER, "larger than 1000000 bytes"),
    "HTML with 200": (says("200 OK", b"Content-Type: text/html\r\n", b"<p>"), ANSWER, "text/html"),
    "wrong type": (says("200 OK", b"Content-Type: application/n-triples\r\n", b""), ANSWER, "n-triples"),
    "no type": (says("200 OK", b""), ANSWER, "not with application/sparql-results"),
    "truncated JSON": (says("200 OK", body=EMPTY[:-3]), ANSWER, "not whole JSON"),
    "JSON after JSON": (says("200 OK", body=EMPTY + EMPTY), ANSWER, "not whole JSON"),
    "not UTF-8": (says("200 OK", body=EMPTY.replace(b"s", b"\xff", 1)), ANSWER, "not whole JSON"),
    "empty body": (says("200 OK", body=b""), ANSWER, "not whole JSON"),
    "JSON without end": (says("200 OK", body=NESTED), ANSWER, "not whole JSON"),
    "an honest XML": (
        says("200 OK", b"Content-Type: application/sparql-results+xml\r\n", XML),
        ANSWER,
        r"results\+xml",
    ),
    "an honest CSV": (says("200 OK", b"Content-Type: text/csv; charset=utf-8\r\n", b"s\r\n"), ANSWER, "text/csv"),
    "yes for rows": (says("200 OK", body=b'{"head":{},"boolean":true}'), ANSWER, "another form"),
    "other columns": (says("200 OK", body=EMPTY.replace(b'"s"', b'"x"')), ANSWER, "other columns"),
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
    "401 with the secret": (
        says("401 No", b"", b"not s3cret-word, not Basic " + base64.b64encode(b"ada:s3cret-word")),
        STATUS,
        "'not ..., not Basic ...'",
    ),
    "500 with escapes": (says("500 No", b"", b"\n\x1b[2Jbad" + b"z" * 9999), STATUS, r"'\\x1b\[2Jbadz{193}'$"),
    "to a file": (says("307 Go", b"Location: file:///etc/passwd\r\n"), MOVED, "another origin"),
    "to ftp": (says("307 Go", b"Location: ftp://127.0.0.1/\r\n"), MOVED, "another origin"),
    "to nonsense": (says("307 Go", b"Location: http://[/\r\n"), MOVED, "another origin"),
    "POST made a GET": (says("302 Go", b"Location: /other\r\n"), MOVED, "302, which would lose the query"),
    "round and round": (says("308 Go", b"Location: /sparql\r\n"), MOVED, "more than 5 times"),
    "429 for an hour": (says("429 No", b"Retry-After: 3600\r\n"), STATUS, "answers 429"),
}


def _open() -> tuple[int, int]:
    """Threads and files."""
    files = Path("/proc/self/fd")
    return threading.active_count(), len(list(files.iterdir())) if files.exists() else 0


@pytest.fixture(scope="module", autouse=True)
def _little_garbage() -> Iterator[None]:
    """What other tests hold is not looked through by each collection of garbage here."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True)
def _nothing_left_open() -> Iterator[None]:
    """No socket, file or thread is left behind, nor found open by the collector of garbage."""
    before = _open()
    yield
    assert _open() == before
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        gc.collect()
    assert not [str(warning.message) for warning in told]


def test_triples_in_triples_are_refused() -> None:
    behave = says("200 OK", b"Content-Type: application/n-triples\r\n", NESTED_TRIPLES)
    with server(behave) as (url, _), pytest.raises(ANSWER, match="not N-Triples"):
        Endpoint(url).select("CONSTRUCT WHERE { ?s ?p ?o }")


def test_a_host_is_a_name_or_an_address_of_either_kind() -> None:
    with server(says("200 OK"), host="::1") as (url, seen):
        Endpoint(url).select(QUERY)
    assert f"Host: {url.split('/')[2]}".encode() in seen[0]
    with server(says("200 OK")) as (url, seen):
        Endpoint(url.replace("127.0.0.1", "LocalHost")).select(QUERY)
    assert b"Host: localhost:" in seen[0]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_server_gives_the_right_error_in_time(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    behave, kind, words = HOSTILE[name]
    monkeypatch.setenv("GBA_KG_USER", "ada")
    monkeypatch.setenv("GBA_KG_PASSWORD", "s3cret-word")
    # A deadline that only what must meet it does: a second try just before it would be one more timeout.
    seconds = 0.4 if kind is TIMEOUT else 30
    with server(behave) as (url, seen):
        begin = time.monotonic()
        with pytest.raises(kind, match=words) as raised:
            Endpoint(url, limits=Limits(seconds=seconds, size=1_000_000, tries=2, pause=0.01)).select(QUERY)
        assert time.monotonic() - begin < seconds + 1
        assert seen
    told = repr(raised.value) + str(raised.value)
    assert "s3cret-word" not in told
    assert base64.b64encode(b"ada:s3cret-word").decode() not in told


@pytest.mark.parametrize("part", ["_addresses", "_encrypted"])
def test_the_deadline_holds_before_the_first_byte(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is never resolved, and a TLS handshake that drips: both are beyond the timeouts of a socket."""
    done = threading.Event()
    if part == "_addresses":
        monkeypatch.setattr(transport, part, lambda *_: done.wait(10) and [])
    scheme = "http" if part == "_addresses" else "https"
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"{scheme}://127.0.0.1:{listener.getsockname()[1]}/"
        begin = time.monotonic()
        with pytest.raises(TIMEOUT, match=r"longer than 0\.2 s"):
            Endpoint(url, limits=Limits(seconds=0.2)).select(QUERY)
        assert time.monotonic() - begin < 1.2
    done.set()
    for thread in threading.enumerate():
        if thread is not threading.main_thread() and thread.daemon and thread.name.endswith("(run)"):
            thread.join()


def test_a_connection_cut_before_the_handshake_is_closed() -> None:
    """``ssl`` of Python 3.11 alone leaves its descriptor open."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        raw = socket.create_connection(listener.getsockname())
        taken, _ = listener.accept()
        resets(taken)
        taken.close()
        time.sleep(0.05)
        with raw, pytest.raises(ConnectionResetError):
            transport._encrypted(raw, "127.0.0.1", None)  # noqa: SLF001


def test_a_deadline_at_any_moment_leaves_nothing_open() -> None:
    with server(drips(b"HTTP/1.1 200 OK\r\n" + JSON + b"\r\n")) as (url, _):
        for thousandths in range(0, 40, 4):
            for scheme in ("http", "https"):
                limits = Limits(seconds=0.0005 + thousandths / 1000, tries=1)
                with pytest.raises(errors.RemoteError):
                    Endpoint(url.replace("http", scheme, 1), limits=limits).select(QUERY)


def test_credentials_never_follow_a_redirect(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GBA_KG_USER", "ada")
    monkeypatch.setenv("GBA_KG_PASSWORD", "s3cret-word")
    with (
        server(says("200 OK")) as (elsewhere, at_other),
        server(says("307 Go", f"Location: {elsewhere}\r\n".encode())) as (url, at_first),
    ):
        with pytest.raises(MOVED):
            Endpoint(url, limits=Limits(pause=0.01)).select(QUERY)
        assert b"Authorization: Basic" in at_first[0]
        assert not at_other


def test_a_redirect_within_the_origin_keeps_the_query() -> None:
    answers = iter([says("307 Go", b"Location: /other\r\n"), says("200 OK")])
    with server(lambda taken: next(answers)(taken)) as (url, seen):
        Endpoint(url, limits=Limits(pause=0.01)).select(QUERY)
        assert seen[1].startswith(b"POST /other ")
        assert seen[0].partition(b"\r\n\r\n")[2] == seen[1].partition(b"\r\n\r\n")[2]


@pytest.mark.parametrize("later", ["0", formatdate(0, usegmt=True), "soon", None])
def test_a_busy_server_is_asked_again(later: str | None) -> None:
    header = f"Retry-After: {later}\r\n".encode() if later else b""
    answers = iter([says("503 No", header), says("200 OK")])
    with server(lambda taken: next(answers)(taken)) as (url, seen):
        Endpoint(url, limits=Limits(pause=0.01)).select(QUERY)
        assert len(seen) == 2


def test_a_storm_of_429_ends_after_three_tries() -> None:
    with server(says("429 No", b"Retry-After: 0\r\n")) as (url, seen):
        with pytest.raises(STATUS):
            Endpoint(url, limits=Limits(pause=0.01)).select(QUERY)
        assert len(seen) == 3


def test_a_server_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "measures", "--endpoint", f"http://127.0.0.1:{free_port()}/"]) == 3
    assert "cannot be reached" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--endpoint", "file:///etc/passwd"], "not an http or https URL"),
        (["--endpoint", "http://ada:s3cret-word@127.0.0.1/"], "carries credentials"),
        (["--endpoint", "http://例え.example/"], "write its host as xn--"),
        (["--endpoint", "-"], "no endpoint '-'"),
        (["--endpoint", ""], "no endpoint ''"),
        (["--endpoint", "http://127.0.0.1:1/", "--graph", "urn:x> {} #"], "--graph takes an absolute IRI"),
        (["--endpoint", "http://127.0.0.1:1/", "--reasoned"], "do not go with it"),
        (["--endpoint", "http://127.0.0.1:1/", "--timeout", "nan"], "--timeout takes a number"),
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
