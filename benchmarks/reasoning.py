"""Reasoning by the set-wise engine, by owlrl and by reasonable: the bundled graph, and a larger one like it.

Each run is a process of its own that loads first: the seconds are those of the closure alone (best of three for the
set-wise engine), the megabytes the peak of the whole process. The larger graphs are those of ``validation.py``; owlrl,
which needs more than a minute there, runs on the bundled graph alone. Prints the figures and the ratio, and fails when
owlrl entails anything else or is not 40 times slower.

usage: python benchmarks/reasoning.py [TRIPLES ...]
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from validation import generate

import gba_kg
from gba_kg.reasoning import entailments

ROOT = Path(__file__).parent.parent
AT_LEAST = 40


def measure(engine: str, data: str) -> dict[str, object]:
    """Seconds, peak and entailed triples of one engine; of reasonable, which adds trivial ones, their number alone."""
    graph = gba_kg.load(data or None)
    seconds = 1e9
    for _ in range(3 if engine == "fast" else 1):
        if engine == "reasonable":
            from reasonable import PyReasoner

            reasoner = PyReasoner()
            reasoner.from_graph(graph.to_rdflib())
            start = time.perf_counter()
            entailed = ["?"] * (len(reasoner.reason()) - len(graph))
        else:
            start = time.perf_counter()
            entailed = [str(triple) for triple in entailments(graph, engine)]
        seconds = min(seconds, time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"triples": len(graph), "seconds": seconds, "peak": peak, "entailed": entailed}


def run(name: str, data: str, engines: tuple[str, ...]) -> dict[str, dict[str, object]]:
    """Run engines over a graph, with a line for each."""
    done = {}
    for engine in engines:
        command = [sys.executable, __file__, "--measure", engine, data]
        figures = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout)
        print(
            f"{name:10} {figures['triples']:7} triples  {engine:10} {figures['seconds']:8.3f} s"
            f"  {figures['peak']:6.0f} MB  {len(figures['entailed'])} entailed",
            flush=True,
        )
        done[engine] = figures
    return done


def main(sizes: list[int]) -> int:
    """Compare on the bundled graph, and run on generated ones; returns 1 when the figure is missed."""
    done = run("bundled", "", ("fast", "reasonable", "owlrl"))
    ratio = done["owlrl"]["seconds"] / done["fast"]["seconds"]
    same = done["owlrl"]["entailed"] == done["fast"]["entailed"]
    words = "agree" if same else "DIFFER"
    print(f"bundled    ratio {ratio:.1f} (to reach: at least {AT_LEAST}), the entailments of owlrl {words}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "generated.ttl"
            generate(size, path)
            run("generated", str(path), ("fast", "reasonable"))
    return 0 if same and ratio >= AT_LEAST else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(sys.argv[2], sys.argv[3])))
    else:
        sys.exit(main([int(size) for size in sys.argv[1:]]))
