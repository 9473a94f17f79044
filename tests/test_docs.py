"""What the documents promise: generated pages are up to date, and every command and example in them runs."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from servers import oxigraph_server

import gba_kg
from gba_kg.cli import COMMANDS, main
from gba_kg.stored import find_queries

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(sh|console|python)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def _queries_page() -> str:
    lines = ["# Stored queries", "", "Generated from the headers of `queries/*.rq`; a test keeps it so.", ""]
    for query in find_queries():
        parameters = ", ".join(
            f"`{parameter.name}`{' (required)' if parameter.required else ''}: {parameter.description}"
            for parameter in query.parameters
        )
        lines += [
            f"## {query.name}",
            "",
            f"{query.summary['en']} · {query.summary['zh-Hans']} · {query.summary['zh-Hant']}",
        ]
        lines += ["", query.description["en"], ""]
        if parameters:
            lines += [f"Parameters: {parameters}.", ""]
    return "\n".join(lines)


def _commands_page(capsysbinary: pytest.CaptureFixture[bytes]) -> str:
    lines = ["# Commands", "", "Generated from `gba-kg COMMAND --help`; a test keeps it so.", ""]
    for command in COMMANDS:
        main([command, "--help"])
        lines += [f"## {command}", "", "```", capsysbinary.readouterr().out.decode().rstrip(), "```", ""]
    return "\n".join(lines)


def _same(request: pytest.FixtureRequest, path: Path, text: str) -> None:
    if request.config.getoption("--update-docs"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


def test_page_of_queries_is_up_to_date(request: pytest.FixtureRequest) -> None:
    _same(request, ROOT / "docs" / "queries.md", _queries_page())


def test_page_of_commands_is_up_to_date(
    request: pytest.FixtureRequest, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    _same(request, ROOT / "docs" / "commands.md", _commands_page(capsysbinary))


def _examples(kind: str) -> list[tuple[str, str]]:
    return [
        (path.name, block[2])
        for path in PAGES
        for block in BLOCK.finditer(path.read_text(encoding="utf-8"))
        if block[1] == kind
    ]


COMMANDS_IN_DOCS = [
    (page, line) for page, text in _examples("sh") for line in text.splitlines() if line.startswith("gba-kg ")
]


# Where the pages say that a server runs, and the configuration file that they show.
SERVED = "http://127.0.0.1:7878/query"
CONFIGURATION = re.search(
    r"^```toml\n(\[endpoints\..*?)^```", (ROOT / "docs" / "remote.md").read_text(), re.MULTILINE | re.DOTALL
)


@pytest.fixture(scope="module")
def served(graph: gba_kg.Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with oxigraph_server(tmp_path_factory.mktemp("served"), graph.store) as url:
        yield url


def test_every_command_is_in_the_docs() -> None:
    used = {line.split()[1] for _, line in COMMANDS_IN_DOCS}
    used |= {text.split()[2] for _, text in _examples("console")}
    assert used | {"check", "stats"} == set(COMMANDS)


@pytest.mark.parametrize(("page", "line"), COMMANDS_IN_DOCS, ids=[line for _, line in COMMANDS_IN_DOCS])
def test_command_of_the_docs_runs(
    page: str,
    line: str,
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> None:
    words = shlex.split(line, comments=True)[1:]
    if words[0] == "evidence":
        request.getfixturevalue("documents")
    if "--endpoint" in words:
        assert CONFIGURATION
        url = request.getfixturevalue("served")
        (tmp_path / "config.toml").write_text(CONFIGURATION[1].replace(SERVED, url), encoding="utf-8")
        monkeypatch.setenv("GBA_KG_CONFIG", str(tmp_path / "config.toml"))
        words = [word.replace(SERVED, url) for word in words]
    monkeypatch.chdir(ROOT)
    words = [str(tmp_path / word) if words[i - 1] in ("--output", "release") else word for i, word in enumerate(words)]
    assert main(words) in ({0, 1} if words[0] == "diff" else {0}), page
    errors = capsysbinary.readouterr().err.decode().splitlines()
    assert all(line.endswith(" ...") for line in errors), "nothing but progress"


CONSOLE = _examples("console")


@pytest.mark.parametrize(("page", "text"), CONSOLE, ids=[text.splitlines()[0] for _, text in CONSOLE])
def test_answer_in_the_docs_is_the_answer(
    page: str,
    text: str,
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    monkeypatch.chdir(ROOT)
    call, _, shown = text.partition("\n")
    assert call.startswith("$ gba-kg ")
    code = main(shlex.split(call)[2:])
    answer = capsysbinary.readouterr().out.decode().replace("\r\n", "\n")
    assert code == 0
    if request.config.getoption("--update-docs"):
        path = next(path for path in PAGES if path.name == page)
        path.write_text(path.read_text(encoding="utf-8").replace(text, f"{call}\n{answer}"), encoding="utf-8")
        shown = answer
    assert shown == answer


@pytest.mark.parametrize(("page", "text"), _examples("python"), ids=[page for page, _ in _examples("python")])
def test_python_of_the_docs_runs(page: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(text, page, "exec"), {})
    assert printed.getvalue()


def test_links_between_pages_lead_somewhere() -> None:
    for path in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name} -> {target}"
