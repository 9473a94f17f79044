"""One HTTP exchange with a server that may be hostile: total deadline, bounded size, same origin, few retries.

``http.client`` alone is used: it follows no redirect, asks no proxy, opens no file and unpacks nothing by itself.
"""

from __future__ import annotations

import base64
import http.client
import random
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from urllib.request import Request

from gba_kg.errors import (
    InputError,
    RemoteAnswerError,
    RemoteError,
    RemoteRedirectError,
    RemoteStatusError,
    RemoteTimeoutError,
    RemoteUnreachableError,
    UsageError,
)

__all__ = ["Limits", "Reply", "checked_graph", "checked_url", "send"]

# RFC 3987 in what matters here: nothing of it can end an IRI of SPARQL.
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\\x7f\ud800-\udfff]+")

# The server asks to come back later; a query reads only, so that sending it twice is safe.
_LATER = {429, 502, 503, 504}
_PIECE = 65536
_SAID = 200
_REDIRECTS = 5


@dataclass(frozen=True)
class Limits:
    """``seconds`` for everything together, waits and tries included; bytes of an answer; how often to try.

    ``pause`` is the least wait before the second try, in seconds, doubled for each one after it. ``ca_file`` holds the
    certificates (PEM) to trust instead of the system's, or of those that ``SSL_CERT_FILE`` names.
    """

    seconds: float = 60.0
    size: int = 256 * 1024 * 1024
    tries: int = 3
    pause: float = 0.5
    ca_file: Path | None = None


@dataclass(frozen=True)
class Reply:
    """What came back: status, headers and the whole body."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


def checked_url(url: str) -> str:
    """The URL of an endpoint; raises UsageError, without the URL's password, for what is not plain http(s)."""
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        fine = False
    if not fine or not url.isprintable() or " " in url:
        raise UsageError("the endpoint is not an http or https URL")
    if not url.isascii():
        raise UsageError("the endpoint's URL is not ASCII: write its host as xn--..., and other letters as %XX")
    if parts.username is not None or parts.password is not None:
        raise UsageError("the endpoint's URL carries credentials: set GBA_KG_USER and GBA_KG_PASSWORD instead")
    return url


def checked_graph(graph: str) -> str:
    """The IRI of a graph; raises UsageError for what is none."""
    if not _IRI.fullmatch(graph):
        raise UsageError("--graph takes an absolute IRI")
    return graph


def send(request: Request, limits: Limits, fine: tuple[int, ...] = (200,)) -> Reply:
    """Send a request that is safe to repeat; returns a reply whose status is among ``fine``.

    Raises a RemoteError of the kind that fits; never later than the deadline, whatever the server does.
    """
    end = time.monotonic() + limits.seconds
    for attempt in range(1, limits.tries + 1):
        try:
            reply = _follow(request, end, limits)
        except RemoteUnreachableError as error:
            if attempt == limits.tries or not error.lost or not _wait(None, attempt, end, limits):
                raise
            continue
        if reply.status in fine:
            return reply
        later = reply.status in _LATER and attempt < limits.tries
        if not later or not _wait(reply.headers.get("Retry-After"), attempt, end, limits):
            raise RemoteStatusError(f"the server answers {reply.status}{_said(reply.body, request)}")
    raise AssertionError("the last try returns or raises")


def _wait(retry_after: str | None, attempt: int, end: float, limits: Limits) -> bool:
    """Wait before the next try; False when the deadline would pass."""
    seconds = limits.pause * 2 ** (attempt - 1) * (1 + random.random())  # noqa: S311
    if retry_after is not None:
        if retry_after.isascii() and retry_after.isdigit():
            seconds = float(retry_after[:9])
        else:
            with suppress(ValueError, TypeError, OverflowError):
                seconds = max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    if time.monotonic() + seconds >= end:
        return False
    time.sleep(seconds)
    return True


def _said(body: bytes, request: Request) -> str:
    """The first line of a server's words, bounded; the command line makes control characters visible.

    Some servers quote the credentials that they refuse: these are left out.
    """
    basic = request.get_header("Authorization", "").removeprefix("Basic ").encode()
    if basic:
        pair = base64.b64decode(basic)
        for secret in (basic, pair, pair.partition(b":")[2]):
            body = body.replace(secret, b"...") if secret else body
    lines = body[: 4 * _SAID].decode("utf-8", "replace").split("\n")
    first = next((line.strip() for line in lines if line.strip()), "")
    return f": {first[:_SAID]!a}" if first else ""


def _follow(request: Request, end: float, limits: Limits) -> Reply:
    url = request.full_url
    for _ in range(_REDIRECTS):
        reply = _exchange(request, url, end, limits)
        if not 300 <= reply.status < 400:
            return reply
        try:
            target = urljoin(url, reply.headers.get("Location") or "")
            same = _origin(target) == _origin(url)
        except ValueError:
            same = False
        if not same:
            raise RemoteRedirectError("the server redirects to another origin: nothing was sent there")
        if reply.status not in (307, 308):
            raise RemoteRedirectError(f"the server redirects with {reply.status}, which would lose the query")
        url = target
    raise RemoteRedirectError(f"the server redirects more than {_REDIRECTS} times")


def _origin(url: str) -> tuple[str, str | None, int]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)


def _exchange(request: Request, url: str, end: float, limits: Limits) -> Reply:
    scheme, host, port = _origin(url)
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection = http.client.HTTPConnection(str(host), port)
    over = threading.Event()
    try:
        with _connected(str(host), port, end, over) as raw:
            connection.sock = _encrypted(raw, str(host), limits.ca_file) if scheme == "https" else raw
            connection.request(request.get_method(), path, request.data, dict(request.header_items()))
            response = connection.getresponse()
            with response:
                return Reply(response.status, response.headers, _body(response, limits.size))
    except (RemoteError, InputError):
        raise
    except ssl.SSLCertVerificationError as error:
        raise RemoteUnreachableError(f"the server's certificate is not trusted: {error.verify_message}") from None
    except (http.client.HTTPException, OSError, ValueError) as error:
        if over.is_set() or isinstance(error, TimeoutError) or time.monotonic() >= end:
            raise RemoteTimeoutError(f"the server took longer than {limits.seconds:g} s") from None
        if isinstance(error, ConnectionRefusedError | socket.gaierror):
            raise RemoteUnreachableError(f"the server cannot be reached: {error.strerror}") from None
        if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
            raise RemoteAnswerError(f"the server does not speak TLS rightly ({error.reason})") from None
        if isinstance(error, http.client.IncompleteRead | ConnectionError | ssl.SSLError):
            raise RemoteUnreachableError("the connection broke in the middle", lost=True) from None
        raise RemoteAnswerError(f"the server does not speak HTTP rightly ({type(error).__name__})") from None
    finally:
        connection.close()


def _body(response: http.client.HTTPResponse, size: int) -> bytes:
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise RemoteAnswerError("the server sends packed data, which was not asked for")
    if response.status != 200:  # of an error only the first line is told
        return response.read(4 * _SAID)
    pieces, total = [], 0
    while piece := response.read(_PIECE):
        total += len(piece)
        if total > size:
            raise RemoteAnswerError(f"the answer is larger than {size} bytes")
        pieces.append(piece)
    if response.length:
        # ``read`` of a bounded piece does not tell that the end is missing.
        raise http.client.IncompleteRead(b"", response.length)
    return b"".join(pieces)


@contextmanager
def _connected(host: str, port: int, end: float, over: threading.Event) -> Iterator[socket.socket]:
    """A connection that a watchdog cuts at the deadline: a timeout of a socket counts each read anew.

    The watchdog holds a duplicate of the socket, so that it also ends a TLS handshake.
    """
    raw = _connect(host, port, end)
    with raw, raw.dup() as handle:

        def cut() -> None:
            over.set()
            with suppress(OSError):
                handle.shutdown(socket.SHUT_RDWR)

        watchdog = threading.Timer(max(0.0, end - time.monotonic()), cut)
        watchdog.daemon = True
        watchdog.start()
        try:
            yield raw
            if over.is_set():
                raise TimeoutError
        finally:
            watchdog.cancel()
            watchdog.join()


def _connect(host: str, port: int, end: float) -> socket.socket:
    last: OSError = TimeoutError()
    for family, kind, protocol, _, address in _within(lambda: _addresses(host, port), end):
        left = end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        made = socket.socket(family, kind, protocol)
        try:
            made.settimeout(left)
            made.connect(address)
        except OSError as error:
            made.close()
            last = error
        else:
            return made
    raise last


_Address = tuple[int, int, int, str, tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]]


def _addresses(host: str, port: int) -> list[_Address]:
    return list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))


def _within(work: Callable[[], list[_Address]], end: float) -> list[_Address]:
    """Names are looked up in a thread: the system's resolver knows no deadline."""
    found: list[list[_Address] | OSError] = []

    def run() -> None:
        try:
            found.append(work())
        except (OSError, UnicodeError) as error:
            found.append(error if isinstance(error, OSError) else OSError("the host's name is not one"))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(max(0.0, end - time.monotonic()))
    if not found:
        raise TimeoutError
    if isinstance(found[0], OSError):
        raise found[0]
    return found[0]


class _TlsSocket(ssl.SSLSocket):
    """``wrap_socket`` of Python 3.11 leaks the connection when it was cut before the handshake: it is closed here."""

    def getpeername(self) -> object:
        try:
            return super().getpeername()
        except OSError:
            self.close()
            raise ConnectionResetError from None


def _encrypted(raw: socket.socket, host: str, ca_file: Path | None) -> socket.socket:
    try:
        context = ssl.create_default_context(cafile=ca_file)
    except OSError as error:  # an SSLError is one
        what = error.strerror if error.filename or not isinstance(error, ssl.SSLError) else "no certificates in it"
        raise InputError(f"the certificates cannot be read: {what}", str(ca_file)) from None
    context.sslsocket_class = _TlsSocket
    return context.wrap_socket(raw, server_hostname=host)
