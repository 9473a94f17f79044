"""SPARQL servers that tests start on a free port of this machine, and end."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest


@dataclass(frozen=True)
class Served:
    """A running server: its query and update services."""

    query: str
    update: str

    def ask(self, query: str, accept: str = "text/csv") -> str:
        """The answer to a query, by urllib alone."""
        request = Request(self.query, urlencode({"query": query}).encode(), {"Accept": accept})
        with urlopen(request, timeout=60) as reply:
            return str(reply.read().decode())

    def change(self, update: str) -> None:
        """Run an update, by urllib alone."""
        request = Request(self.update, update.encode(), {"Content-Type": "application/sparql-update"})
        urlopen(request, timeout=60).close()

    def count(self, graph: str) -> int:
        """How many statements a graph has."""
        return int(self.ask(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}").split()[1])


def program(*names: str) -> str:
    """A program by one of its names: absent, it skips the test locally and fails it in CI."""
    path = f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ.get('PATH', '')}"
    for name in names:
        if found := shutil.which(name, path=path):
            return found
    (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{names[0]} is not installed")
    raise AssertionError


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def running(command: list[str], served: Served, folder: Path) -> Iterator[Served]:
    """Start a server, wait until it answers, and end it."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
    try:
        for attempt in range(300):
            try:
                served.ask("ASK { <urn:x> <urn:x> <urn:x> }", "application/sparql-results+json")
                break
            except OSError:
                if attempt == 299 or process.poll() is not None:
                    raise
                time.sleep(0.1)
        yield served
    finally:
        process.kill()
        process.wait()


@contextmanager
def oxigraph(folder: Path) -> Iterator[Served]:
    """``oxigraph serve``, empty, the union of its graphs being the default graph."""
    port = free_port()
    command = [program("oxigraph"), "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    url = f"http://127.0.0.1:{port}/"
    with running([*command, "--union-default-graph"], Served(url + "query", url + "update"), folder) as served:
        yield served


_VIRTUOSO = """[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 10
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 10000
"""


@contextmanager
def virtuoso(folder: Path) -> Iterator[Served]:
    """Virtuoso 7, empty, anybody being allowed to update; its rows are bounded as Debian's configuration does."""
    server, client = program("virtuoso-t"), program("isql-vt", "isql-v")
    sql, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(sql=sql, http=http))
    url = f"http://127.0.0.1:{http}/sparql"
    with running([server, "-f", "-c", "virtuoso.ini"], Served(url, url), folder) as served:
        allow = 'exec=grant SPARQL_UPDATE to "SPARQL";'
        subprocess.run([client, f"127.0.0.1:{sql}", "dba", "dba", allow], check=True, capture_output=True)
        yield served
