"""The example notebook runs as it stands, with its two plots."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

NOTEBOOK = ROOT / "examples" / "explore.ipynb"


@pytest.mark.slow
def test_the_notebook_runs_and_plots(tmp_path: Path) -> None:
    program = Path(sys.executable).parent / "jupyter-execute"
    run = [str(program), str(NOTEBOOK), "--output", str(tmp_path / "run.ipynb")]
    done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    cells = json.loads((tmp_path / "run.ipynb").read_text())["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", ())]
    assert not [output for output in outputs if output["output_type"] in ("error", "stream")]
    plots = [output for output in outputs if "image/png" in output.get("data", {})]
    assert len(plots) == 2


def test_the_notebook_is_kept_without_output() -> None:
    cells = json.loads(NOTEBOOK.read_text())["cells"]
    assert [cell for cell in cells if cell["cell_type"] == "code"]
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)
