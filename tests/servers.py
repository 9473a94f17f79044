"""Servers on the loopback that tests start: hostile ones, and two real SPARQL servers."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import sysconfig
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import Request, urlopen

import pyoxigraph as ox
import pytest

Behaviour = Callable[[socket.socket], None]


@contextmanager
def server(
    behave: Behaviour, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1"
) -> Iterator[tuple[str, list[bytes]]]:
    """A loopback server that reads each request and then does as told; gives its URL and the requests it saw."""
    seen: list[bytes] = []
    stop = threading.Event()
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, 0), family=family)
    listener.settimeout(0.02)
    written = f"[{host}]" if ":" in host else host

    def serve() -> None:
        while not stop.is_set():
            with suppress(OSError):
                raw, _ = listener.accept()
                with raw:
                    raw.settimeout(2)
                    if tls is None:
                        _serve_one(raw, behave, seen)
                    else:
                        # The handshake is by hand: ``wrap_socket`` would leave the connection open when it fails.
                        with tls.wrap_socket(raw, server_side=True, do_handshake_on_connect=False) as taken:
                            taken.do_handshake()
                            _serve_one(taken, behave, seen)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http{'s' if tls else ''}://{written}:{listener.getsockname()[1]}/sparql", seen
    finally:
        stop.set()
        thread.join()
        listener.close()


def _serve_one(taken: socket.socket, behave: Behaviour, seen: list[bytes]) -> None:
    request = b""
    while b"\r\n\r\n" not in request:
        request += _more(taken)
    head, _, body = request.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0] or 0)
    while len(body) < length:
        body += _more(taken)
    seen.append(head + b"\r\n\r\n" + body)
    behave(taken)


def _more(taken: socket.socket) -> bytes:
    piece = taken.recv(65536)
    if not piece:  # else a client that has gone would keep this loop busy for ever
        raise ConnectionError("the client has gone")
    return piece


def absent(what: str) -> None:
    """Skip the test, or fail it in CI."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{what} is not installed")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def oxigraph_server(place: Path, store: ox.Store | None = None) -> Iterator[str]:
    """``oxigraph serve``, with the quads of a store; gives the URL of its query service."""
    scripts = Path(sysconfig.get_path("scripts"))
    program = shutil.which("oxigraph", path=f"{scripts}{os.pathsep}{os.environ.get('PATH', '')}")
    if program is None:
        absent("oxigraph")
    port = free_port()
    command = [str(program), "serve", "--location", str(place), "--bind", f"127.0.0.1:{port}"]
    with _running([*command, "--union-default-graph"], place) as alive:
        data = ox.serialize(store or ox.Store(), format=ox.RdfFormat.N_QUADS)
        load = Request(f"http://127.0.0.1:{port}/store", data, {"Content-Type": "application/n-quads"})
        _until(lambda: urlopen(load, timeout=60).close(), alive)
        yield f"http://127.0.0.1:{port}/query"


_INI = """[Database]
DatabaseFile = {place}/virtuoso.db
ErrorLogFile = {place}/virtuoso.log
LockFile = {place}/virtuoso.lck
TransactionFile = {place}/virtuoso.trx
xa_persistent_file = {place}/virtuoso.pxa
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {place}/virtuoso-temp.db
TransactionFile = {place}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
CaseMode = 2
DisableUnixSocket = 1
DirsAllowed = {place}
NumberOfBuffers = 10000
ThreadsPerQuery = 2
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 4
MaxClientConnections = 4
[SPARQL]
ResultSetMaxRows = 100000
"""


@contextmanager
def virtuoso_server(place: Path) -> Iterator[str]:
    """Virtuoso 7, whose public service may write; gives the URL of its query service."""
    program, isql = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    if program is None or isql is None:
        absent("virtuoso-opensource-7-bin")
    port, sql = free_port(), free_port()
    (place / "virtuoso.ini").write_text(_INI.format(place=place, port=port, sql=sql))

    def grant() -> None:
        done = subprocess.run(
            [str(isql), f"127.0.0.1:{sql}", "dba", "dba", "ERRORS=STDOUT", 'exec=grant SPARQL_UPDATE to "SPARQL";'],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        if "Done." not in done.stdout:
            raise OSError(done.stdout + done.stderr)

    with _running([str(program), "+foreground", "+configfile", str(place / "virtuoso.ini")], place) as alive:
        _until(grant, alive)
        yield f"http://127.0.0.1:{port}/sparql"


@contextmanager
def _running(command: list[str], place: Path) -> Iterator[Callable[[], bool]]:
    process = subprocess.Popen(command, cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield lambda: process.poll() is None
    finally:
        process.kill()
        process.wait()


def _until(work: Callable[[], object], alive: Callable[[], bool]) -> None:
    """Do the work as soon as the server is up; at most half a minute."""
    end = time.monotonic() + 30
    while True:
        try:
            work()
            return
        except OSError:
            if time.monotonic() >= end or not alive():
                raise
            time.sleep(0.05)
