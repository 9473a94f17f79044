"""The built wheel carries the graph and runs in an empty environment, away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT


@pytest.mark.slow
def test_wheel_runs_in_an_empty_environment(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    for folder in ("ontology", "data", "shapes", "queries"):
        ours = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert {f"gba_kg/graph_files/{name}" for name in ours} <= set(names)
    assert "gba_kg/py.typed" in names
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    pip = [str(environment / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    subprocess.run([*pip, "--constraint", str(ROOT / "constraints.txt"), str(wheel)], check=True, capture_output=True)
    command = [str(environment / "bin" / "gba-kg"), "query", "cases", "--format", "csv"]
    done = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True)
    assert done.stdout.count("\n") == 37
    done = subprocess.run([*command[:1], "show", "港车北上"], cwd=tmp_path, check=True, capture_output=True, text=True)
    assert "started on: 2023-07-01" in done.stdout
    subprocess.run([*command[:1], "document", "--output", "pages"], cwd=tmp_path, check=True, capture_output=True)
    assert '<section class="entry" id="Measure">' in (tmp_path / "pages" / "index.html").read_text(encoding="utf-8")
    assert _release_of_the_wheel(wheel, tmp_path) >= {"LICENSE-DATA", "CITATION.cff", "shapes.ttl", "queries.ttl"}


def _release_of_the_wheel(wheel: Path, folder: Path) -> set[str]:
    """The files of a release by the unpacked wheel, which knows date and authors from the papers that it carries."""
    zipfile.ZipFile(wheel).extractall(folder / "unpacked")
    words = ["release", "made", "--without", "jsonld-framed", "--without", "parquet", "--without", "csv"]
    environment = {**os.environ, "PYTHONPATH": str(folder / "unpacked")}
    subprocess.run(
        [sys.executable, "-m", "gba_kg", *words], cwd=folder, env=environment, check=True, capture_output=True
    )
    assert '"2026-11-21"^^xsd:date' in (folder / "made" / "description.ttl").read_text()
    return {path.name for path in (folder / "made").iterdir()}
