"""The W3C SHACL test suite through the command line: whether the data conform, and how many results there are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
from w3c_shacl import KNOWN, SIZE, cases, failed


@pytest.mark.parametrize("engine", KNOWN)
def test_w3c(w3c: Path, engine: str) -> None:
    wrong = {name: got for part in SIZE for name, got in failed(w3c / "shacl", part, engine).items()}
    assert wrong.keys() == KNOWN[engine].keys(), wrong


def test_the_runner_prints_a_table_and_fails_for_a_folder_without_tests(w3c: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "w3c_shacl.py"), "--engine", "fast"]
    done = subprocess.run([*command, str(w3c / "shacl")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "fast       core     98 of  98" in done.stdout
    assert "fast       sparql   23 of  23" in done.stdout
    assert subprocess.run([*command, str(tmp_path)], capture_output=True, check=False).returncode == 1
    with pytest.raises(SystemExit):
        cases(tmp_path, "core")
