from __future__ import annotations

import importlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from servers import oxigraph_server, virtuoso_server

import gba_kg
from gba_kg.cli import main
from gba_kg.documents import sources_folder
from gba_kg.errors import IncompleteError

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden answers anew; read the diff")
    parser.addoption("--update-docs", action="store_true", help="write the generated pages anew; read the diff")


def needed(path: Path) -> Path:
    """A folder that lies beside the project: absent, it skips the test locally and fails it in CI."""
    if not path.exists():
        reason = f"{path.name} is not beside the project"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return path


def module(name: str) -> ModuleType:
    """A library of the development group that not every machine has: absent, it skips locally and fails in CI."""
    try:
        return importlib.import_module(name)
    except ImportError:
        if os.environ.get("CI"):
            pytest.fail(f"{name} is not installed")
        pytest.skip(f"{name} is not installed")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def graph() -> gba_kg.Graph:
    """The bundled graph; tests must not write to its store."""
    return gba_kg.load()


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """The query service of a real SPARQL server, ``oxigraph`` or ``virtuoso``; each is started once, when asked for."""
    with ExitStack() as stack:

        @cache
        def start(name: str) -> str:
            place = tmp_path_factory.mktemp(name)
            return stack.enter_context(oxigraph_server(place) if name == "oxigraph" else virtuoso_server(place))

        yield start


@pytest.fixture(scope="session")
def published(
    started: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], dict[str, Any]]:
    """Brings the bundled graph to such a server by ``gba-kg push``; gives what this said of it, once for each."""

    @cache
    def publish(name: str) -> dict[str, Any]:
        told = tmp_path_factory.mktemp("told") / "told.json"
        assert main(["push", "--endpoint", started(name), "--format", "json", "-o", str(told)]) == 0
        said: dict[str, Any] = json.loads(told.read_text(encoding="utf-8"))
        return said

    return publish


@pytest.fixture(scope="session")
def documents() -> Path:
    """The folder of the source documents."""
    try:
        return sources_folder()
    except IncompleteError as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def w3c() -> Path:
    """The folder of the W3C conformance suites."""
    return needed(SHARED / "w3c")


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "GBA_KG_DATA",
        "GBA_KG_ONTOLOGY",
        "GBA_KG_LANG",
        "GBA_KG_DEBUG",
        "GBA_KG_USER",
        "GBA_KG_PASSWORD",
        "NETRC",
    ):
        monkeypatch.delenv(name, raising=False)
