"""What a pipeline takes from this project, run for real: the action, the hooks, the recipes, the example repository."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import ROOT

from gba_kg.cli import main

EXAMPLE = ROOT / "examples" / "library-loans"
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
STEPS = {step["id"]: step for step in ACTION["runs"]["steps"] if "id" in step}
RECIPES = {
    "validate.sh": "bash",
    ".github/workflows/validate.yml": "yaml",
    ".gitlab-ci.yml": "yaml",
    ".pre-commit-config.yaml": "yaml",
}


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the example repository."""
    folder = tmp_path / "my repository"
    shutil.copytree(EXAMPLE, folder)
    return folder


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder with the command ``gba-kg``."""
    folder = tmp_path / "runner" / "gba-kg" / "bin"
    folder.mkdir(parents=True)
    command = folder / "gba-kg"
    command.write_text(
        f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(ROOT))} exec {shlex.quote(sys.executable)} -m gba_kg "$@"\n'
    )
    command.chmod(0o755)
    return folder


# The example repository


def test_example_conforms_and_its_broken_file_does_not(
    example: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(example)
    blocks = re.findall(r"^\$ gba-kg (.*)\n((?:.*\n)+?)```", (example / "README.md").read_text(), re.MULTILINE)
    codes = []
    for call, shown in blocks:
        codes.append(main(shlex.split(call)))
        captured = capsys.readouterr()
        assert captured.out == shown
        assert not captured.err
    assert codes == [0, 1, 0]
    assert (example / "broken" / "expected.txt").read_text() == blocks[1][1]


def test_engines_agree_on_the_example(
    example: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(example)
    words = ["--data", "data", "--data", "broken", "--ontology", "ontology", "--shapes", "shapes", "--engine", "both"]
    assert main(["validate", *words]) == 1
    assert capsys.readouterr().out == (example / "broken" / "expected.txt").read_text()


def test_example_in_the_other_languages(
    example: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(example)
    for language, said in (
        ("zh-Hans", "一本图书同一时间只借给一位读者。"),
        ("zh-Hant", "一本圖書同一時間只借給一位讀者。"),
    ):
        words = ["--data", "data", "--data", "broken", "--ontology", "ontology", "--shapes", "shapes"]
        assert main(["validate", *words, "--lang", language]) == 1
        assert said in capsys.readouterr().out


def test_a_loan_that_is_added_breaks_one_that_was_there(
    example: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(example)
    _commit(example)
    shutil.copy("broken/loans.ttl", "data/more.ttl")
    words = ["--data", "data", "--ontology", "ontology", "--shapes", "shapes"]
    assert main(["validate", *words, "--changed-since", "HEAD", "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [(finding["file"], finding["line"]) for finding in report["findings"]] == [
        ("data/loans.ttl", 14),
        ("data/more.ttl", 11),
        ("data/more.ttl", 15),
        ("data/more.ttl", 16),
    ]
    assert report["checked"]["affected"] < report["checked"]["targets"]


def test_files_of_the_example_are_formatted() -> None:
    assert main(["fmt", "--check", str(EXAMPLE)]) == 0


# Recipes


@pytest.mark.parametrize("name", RECIPES)
def test_recipe_of_the_docs_is_that_of_the_example(name: str) -> None:
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    assert f"```{RECIPES[name]}\n{(EXAMPLE / name).read_text(encoding='utf-8')}```\n" in page


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        ("vendor.github-actions", "action.yml"),
        ("vendor.github-workflows", "examples/library-loans/.github/workflows/validate.yml"),
        ("vendor.gitlab-ci", "examples/library-loans/.gitlab-ci.yml"),
    ],
)
def test_file_is_as_its_schema_wants(schema: str, path: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(ROOT / path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("kind", "path"),
    [("manifest", ".pre-commit-hooks.yaml"), ("config", "examples/library-loans/.pre-commit-config.yaml")],
)
def test_file_is_as_pre_commit_wants(kind: str, path: str) -> None:
    command = [sys.executable, "-m", "pre_commit", f"validate-{kind}", str(ROOT / path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_shell_recipe(example: Path, installed: Path) -> None:
    environment = {**os.environ, "PATH": f"{installed}:{os.environ['PATH']}"}
    for words, code in (([], 0), (["--data", "broken"], 1), (["--data", "nowhere"], 2), (["--timeout", "0.01"], 3)):
        command = [str(example / "validate.sh"), *words]
        assert subprocess.run(command, env=environment, capture_output=True, check=False).returncode == code, words


def test_gitlab_recipe(example: Path, installed: Path) -> None:
    job = yaml.safe_load((example / ".gitlab-ci.yml").read_text())["validate"]
    install, *lines = job["script"]
    assert install == "pip install gba-kg"
    environment = {**os.environ, "PATH": f"{installed}:{os.environ['PATH']}"}
    script = "set -e\n" + "\n".join(lines)
    assert subprocess.run(["bash", "-c", script], cwd=example, env=environment, check=False).returncode == 0
    assert (example / job["artifacts"]["reports"]["junit"]).exists()
    shutil.copy(example / "broken" / "loans.ttl", example / "data" / "more.ttl")
    assert subprocess.run(["bash", "-c", script], cwd=example, env=environment, check=False).returncode == 1


# The action


def test_inputs_reach_scripts_as_variables_only() -> None:
    used = set(re.findall(r"\$\{\{ inputs\.([\w-]+)", (ROOT / "action.yml").read_text()))
    assert used == set(ACTION["inputs"])
    scripts = [step for step in ACTION["runs"]["steps"] if "run" in step]
    assert len(scripts) == 2
    for step in scripts:
        assert "${{" not in step["run"]
        assert not [name for name in step["env"] if f"${name}" not in step["run"] and f"${{{name}" not in step["run"]]
    for output in ACTION["outputs"].values():
        _, step, _, name = re.fullmatch(r"\$\{\{ (\w+)\.(\w+)\.(\w+)\.([\w-]+) \}\}", output["value"]).groups()
        assert f"{name}=%s" in STEPS[step]["run"]


def _variables(step: dict[str, object], given: dict[str, str]) -> dict[str, str]:
    """The environment of a step for inputs, those that are not given with their defaults."""
    inputs = {name: given.get(name, about.get("default", "")) for name, about in ACTION["inputs"].items()}
    assert not given.keys() - inputs.keys()
    return {name: inputs[value.removeprefix("${{ inputs.").removesuffix(" }}")] for name, value in step["env"].items()}


class Runner:
    """Steps of the action in a folder, with the environment that a runner of GitHub gives them."""

    def __init__(self, folder: Path, runner: Path) -> None:
        self.folder = folder
        self.files = {name: runner / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        self.runner = runner

    def step(self, name: str, given: dict[str, str]) -> subprocess.CompletedProcess[str]:
        for file in self.files.values():
            file.write_text("")
        step = STEPS[name]
        own = {"RUNNER_TEMP": self.runner, "GITHUB_ACTION_PATH": ROOT, **self.files, **_variables(step, given)}
        # As GitHub runs a step with `shell: bash`.
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        environment = {**os.environ, **{key: str(value) for key, value in own.items()}}
        return subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)

    @property
    def outputs(self) -> dict[str, str]:
        return dict(line.split("=", 1) for line in self.files["GITHUB_OUTPUT"].read_text().splitlines())


@pytest.fixture
def runner(example: Path, installed: Path) -> Runner:
    return Runner(example, installed.parent.parent)


GIVEN = {"data": "data", "ontology": "ontology", "shapes": "shapes"}
PLAIN = {**GIVEN, "annotations": "false", "summary": "false"}


def test_action_on_data_that_conform(runner: Runner) -> None:
    done = runner.step("validate", PLAIN)
    assert done.returncode == 0, done.stderr
    report = runner.outputs.pop("report")
    assert runner.outputs == {"report": report, "exit-code": "0", "conforms": "true"}
    assert json.loads(Path(report).read_text())["checked"]["targets"] == 8
    assert "no findings\n" in done.stdout


def test_action_on_data_with_findings(runner: Runner) -> None:
    """Several paths, one a line; the log is closed to commands of the workflow while data are shown."""
    done = runner.step(
        "validate", {**PLAIN, "data": "data\r\n\nbroken\n", "format": "text", "report-file": "my report"}
    )
    assert done.returncode == 1
    assert runner.outputs == {"report": "my report", "exit-code": "1", "conforms": "false"}
    expected = (EXAMPLE / "broken" / "expected.txt").read_text()
    assert (runner.folder / "my report").read_text() == expected
    stop, shown, go = re.fullmatch(r"::stop-commands::(\w{32})\n(.*\n)::(\w{32})::\n", done.stdout, re.DOTALL).groups()
    assert stop == go
    assert shown == expected


# What a caller may hand over: inputs, the exit code, what is said.
REFUSED = {
    "a missing folder": ({"data": "nowhere"}, 2, "no such file or folder"),
    "no format": ({"format": "pdf"}, 2, "invalid choice: 'pdf'"),
    "no time": ({"timeout": "0.01"}, 3, "stopped after 0.01 seconds"),
    "words instead of seconds": ({"timeout": "1; touch x"}, 2, "not '1; touch x'"),
    "a shell in a path": ({"data": "$(touch x)`touch x`"}, 2, "no such file or folder"),
    "quotes in a path": ({"shapes": "\"; touch x; '"}, 2, "no such file or folder"),
    "an option in a path": ({"ontology": "--output=x"}, 2, "no such file or folder"),
    "a shell in a profile": ({"profile": "$(touch x)"}, 2, "$(touch x): No such file"),
    "an option in a baseline": ({"baseline": "b\n--update-baseline"}, 2, "--update-baseline: No such file"),
    "an option in a revision": ({"changed-since": "--output=x"}, 2, "not in a git repository"),
    "an output in a name of a file": ({"report-file": "no/x\nconforms=true"}, 2, "cannot be written"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_action_refuses(name: str, runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(runner.folder.parent))
    given, code, said = REFUSED[name]
    done = runner.step("validate", {**PLAIN, **given})
    assert done.returncode == code
    assert said in done.stderr
    assert runner.outputs == {"exit-code": str(code), "conforms": ""}
    assert not [*runner.folder.rglob("x"), *runner.folder.parent.glob("x")]


def test_action_fails_on_the_level_that_is_asked_for(runner: Runner) -> None:
    done = runner.step("validate", {**PLAIN, "data": "data\nbroken", "fail-on": "none"})
    assert done.returncode == 0, done.stderr
    assert runner.outputs["conforms"] == "true"
    assert "4 findings" in done.stdout


def test_action_sees_what_changed(runner: Runner) -> None:
    _commit(runner.folder)
    _add_a_comment(runner.folder)
    done = runner.step("validate", {**PLAIN, "changed-since": "HEAD"})
    assert done.returncode == 0, done.stderr
    assert "0 changed, 0 affected" in done.stdout


def test_action_annotates_and_summarises(runner: Runner) -> None:
    done = runner.step("validate", {**GIVEN, "data": "data\nbroken", "sarif-file": "out.sarif"})
    assert done.returncode == 1
    assert re.search(r"^::error .*file=broken/loans\.ttl,.*line=15", done.stdout, re.MULTILINE)
    assert "A loan is to one reader" in runner.files["GITHUB_STEP_SUMMARY"].read_text()
    assert json.loads((runner.folder / "out.sarif").read_text())["version"] == "2.1.0"


@pytest.mark.slow
def test_action_installs_itself(example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_CONSTRAINT", str(ROOT / "constraints.txt"))
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    runner = Runner(example, temporary)
    done = runner.step("install", PLAIN)
    assert done.returncode == 0, done.stderr
    assert runner.step("install", {**PLAIN, "install": "--version"}).returncode != 0, "an option is none"
    assert runner.step("validate", {**PLAIN, "data": "data\nbroken"}).returncode == 1
    assert runner.outputs["conforms"] == "false"


def test_action_takes_profile_and_baseline(runner: Runner) -> None:
    levels = {"profile": "profile.yaml", "baseline": "baseline.yaml"}
    given = {**PLAIN, **levels, "data": "data\nbroken"}
    assert runner.step("validate", {**given, "fail-on": "warning"}).returncode == 0
    assert runner.step("validate", given).returncode == 1
    report = json.loads(Path(runner.outputs["report"]).read_text())
    assert [finding["severity"] for finding in report["findings"]] == ["info"]
    assert report["checked"]["accepted"] == 3
    done = runner.step("validate", {**PLAIN, "baseline": "baseline.yaml"})
    assert done.returncode == 1
    assert done.stdout.count("[baseline-unmatched]") == 3


# The hooks


def _commit(folder: Path) -> None:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    for words in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--no-verify", "--message", "a state"]):
        subprocess.run(["git", *identity, *words], cwd=folder, check=True)


def _add_a_comment(folder: Path) -> None:
    file = folder / "data" / "books.ttl"
    file.write_text(file.read_text() + "\n# words\n")


def _arguments(example: Path) -> dict[str, list[str]]:
    """Of each hook that the example uses, its arguments."""
    config = yaml.safe_load((example / ".pre-commit-config.yaml").read_text())
    return {hook["id"]: hook.get("args", []) for hook in config["repos"][0]["hooks"]}


def test_example_uses_every_hook(example: Path) -> None:
    assert set(_arguments(example)) == {hook["id"] for hook in HOOKS}


LIBRARY = "https://library.example/"
# Of each hook: what a commit adds, with which code the hook ends then, and what it says.
FAULTS = {
    "gba-kg-validate": (EXAMPLE / "broken" / "loans.ttl", 1, "data/more.ttl:15:1"),
    "gba-kg-lint": (
        f"<{LIBRARY}loan/9> <{LIBRARY}ontology#book> <{LIBRARY}book/none> .",
        1,
        "data/more.ttl:1:74: warning: nothing is said of https://library.example/book/none [undescribed]",
    ),
    # pre-commit itself fails a hook that writes a file
    "gba-kg-fmt": (
        f"<{LIBRARY}loan/9>   a <{LIBRARY}ontology#Loan>.",
        0,
        "data/more.ttl\n",
    ),
}


@pytest.mark.parametrize("hook", HOOKS, ids=[hook["id"] for hook in HOOKS])
def test_entry_of_hook_runs(
    hook: dict[str, str], example: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(example)
    program, *words = [*shlex.split(hook["entry"]), *_arguments(example)[hook["id"]]]
    assert program == "gba-kg"
    named = ["data/books.ttl", "data/more.ttl"] if hook.get("pass_filenames", True) else []
    assert main([*words, *named[:1]]) == 0
    assert re.search(hook["files"], "data/loans.ttl")
    assert not re.search(hook["files"], "README.md")
    fault, code, said = FAULTS[hook["id"]]
    Path("data/more.ttl").write_text(fault.read_text() if isinstance(fault, Path) else fault)
    capsys.readouterr()
    assert main([*words, *named]) == code
    assert said in capsys.readouterr().out


@pytest.mark.slow
def test_hooks_in_a_commit(example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pre-commit clones this project, builds the environment of the hook and runs it over a commit."""
    project = tmp_path / "project"
    for name in ("gba_kg", "ontology", "data", "shapes", "queries"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "LICENSE-DATA", "CITATION.cff", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, project / name)
    _commit(project)
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=project, capture_output=True, text=True, check=True).stdout
    config = example / ".pre-commit-config.yaml"
    text = config.read_text().replace("https://github.com/OWNER/gba-kg", str(project)).replace("v0.1.0", head.strip())
    config.write_text(text)
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PIP_CONSTRAINT", str(ROOT / "constraints.txt"))
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    _commit(example)

    def hooks() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pre_commit", "run", "--color=never"]
        return subprocess.run(command, cwd=example, capture_output=True, text=True, check=False)

    _add_a_comment(example)
    subprocess.run(["git", "add", "--all"], cwd=example, check=True)
    done = hooks()
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^validate RDF with SHACL\.+Passed$", done.stdout, re.MULTILINE)
    shutil.copy(example / "broken" / "loans.ttl", example / "data" / "more.ttl")
    subprocess.run(["git", "add", "--all"], cwd=example, check=True)
    done = hooks()
    assert done.returncode == 1
    assert "data/more.ttl:15:1" in done.stdout
