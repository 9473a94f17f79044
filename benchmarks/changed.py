"""`gba-kg validate --changed-since` against the full run: one value changed, and one case file added.

The bundled graph, and a larger one like it in many files, are committed to a repository of their own. Prints the best
of three of the validation alone (in one process that has loaded the graph) and of the whole command, and their ratios;
fails when a finding is not one of the full run.

usage: python benchmarks/changed.py [TRIPLES ...]
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
from validation import ROOT, generate

import gba_kg
from gba_kg.changes import changed_since
from gba_kg.engines import run, run_changed
from gba_kg.graph import load_files

PER_FILE = 1000


def git(folder: Path, *words: str) -> None:
    """Run git in a folder."""
    identity = ["-c", "user.name=benchmark", "-c", "user.email=benchmark@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


def prepare(folder: Path, triples: int | None) -> Path:
    """A repository with shapes, ontology and data; returns one case file of the data."""
    for name in ("data", "shapes", "ontology"):
        shutil.copytree(ROOT / name, folder / name)
    case = min((folder / "data" / "cases" / "batch-1").glob("*.ttl"))
    if triples is not None:
        whole = folder / "whole.nt"
        generate(triples, whole)
        known = {str(quad.triple) for quad in gba_kg.load().quads()}
        more = [quad for quad in ox.parse(path=whole, format=ox.RdfFormat.N_TRIPLES) if str(quad.triple) not in known]
        whole.unlink()
        for start in range(0, len(more), PER_FILE):
            part = ox.serialize([q.triple for q in more[start : start + PER_FILE]], format=ox.RdfFormat.N_TRIPLES)
            (folder / "data" / f"copy-{start:09}.ttl").write_bytes(part)
    git(folder, "init", "--quiet")
    return case


def best(call: Callable[[], object]) -> float:
    """Seconds of the fastest of three calls."""
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def measure(name: str, folder: Path) -> bool:
    """Print the figures of one change; returns whether the findings are those of the full run."""
    words = [sys.executable, "-m", "gba_kg", "validate"]
    for option in ("data", "shapes", "ontology"):
        words += [f"--{option}", str(folder / option)]

    def command(*more: str) -> float:
        return best(lambda: subprocess.run([*words, *more], capture_output=True, check=False))

    graph, shapes = gba_kg.load(folder / "data", folder / "ontology"), load_files([folder / "shapes"])
    changed = changed_since("HEAD", graph, shapes)
    assert changed is not None, "only data differ"
    results, looked_at = run_changed(graph, shapes, changed)
    every = run("fast", graph, shapes)
    right = all(result in every for result in results)
    looked = sum(len(nodes) for nodes in looked_at.values() if nodes is not None)
    full, some = best(lambda: run("fast", graph, shapes)), best(lambda: run_changed(graph, shapes, changed))
    whole, part = command(), command("--changed-since", "HEAD")
    print(
        f"{len(graph):7} triples, {name} ({len(changed)} statements, {looked} nodes looked at)\n"
        f"  validation {full:.3f} s, of what changed {some:.3f} s: {full / some:.1f} times faster\n"
        f"  command    {whole:.3f} s, of what changed {part:.3f} s: {whole / part:.1f} times faster",
        flush=True,
    )
    return right


def main(sizes: list[int | None]) -> int:
    """Measure both changes for each size."""
    right = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            case = prepare(folder, size)
            text = case.read_text(encoding="utf-8")
            case.unlink()
            git(folder, "add", "--all")
            git(folder, "commit", "--quiet", "--message", "without a case")
            case.write_text(text, encoding="utf-8")
            right.append(measure("one case file added", folder))
            git(folder, "add", "--all")
            git(folder, "commit", "--quiet", "--message", "with the case")
            case.write_text(text.replace("gba:status status:", "gba:status domain:", 1), encoding="utf-8")
            right.append(measure("one value changed", folder))
    return 0 if all(right) else 1


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]] or [None, 500_000]))
