"""Validation by the reference engine and by the set-wise engine, of the bundled graph and of a larger one like it.

The larger graph is the bundled one with enough of its records copied under new names to have the wanted number of
triples. Each run is a process of its own that loads first: the seconds are those of the validation alone (best of
three for the set-wise engine), the megabytes the peak of the whole process. Prints both engines' figures and their
ratio, and fails when the results differ or a ratio is missed.

usage: python benchmarks/validation.py [TRIPLES ...]
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyoxigraph as ox

import gba_kg
from gba_kg import setwise
from gba_kg.graph import load_files

ROOT = Path(__file__).parent.parent
ENGINES = ("reference", "setwise")
AT_LEAST = {"bundled": 15, "generated": 50}


def generate(triples: int, path: Path) -> None:
    """Write the data of the bundled graph and renamed copies of its first records, as Turtle."""
    graph = gba_kg.load()
    wanted = triples - len(graph)
    data = [quad.triple for quad in graph.quads(graph.files)]
    subjects: dict[ox.NamedNode, int] = {}
    for triple in data:
        subjects[triple.subject] = subjects.get(triple.subject, 0) + 1
    added: list[ox.Triple] = []
    number = 0
    while len(added) < wanted:
        number += 1
        names, size = {}, 0
        for subject, count in subjects.items():
            if size >= wanted - len(added):
                break
            names[subject] = ox.NamedNode(f"{subject.value}-copy-{number}")
            size += count
        added += [
            ox.Triple(names[triple.subject], triple.predicate, renamed(triple, names, number))
            for triple in data
            if triple.subject in names
        ]
    path.write_bytes(ox.serialize([*data, *added], format=ox.RdfFormat.N_TRIPLES))


def renamed(triple: ox.Triple, names: dict[ox.NamedNode, ox.NamedNode], number: int) -> ox.NamedNode | ox.Literal:
    """The object of a copied triple: another record's new name, a label of its own, else the same."""
    value = triple.object
    if triple.predicate.value.endswith("#prefLabel") and isinstance(value, ox.Literal):
        return ox.Literal(f"{value.value} {number}", language=value.language)
    return names.get(value, value)


def measure(engine: str, data: str) -> dict[str, object]:
    """Seconds, peak and results of one engine; the values of results in the form of the store."""
    graph = gba_kg.load(data or None)
    shapes = load_files([ROOT / "shapes"])
    results: set[tuple[str, ...]]
    if engine == "setwise":
        seconds = 1e9
        for _ in range(3):
            start = time.perf_counter()
            found = setwise.results(graph, shapes)
            seconds = min(seconds, time.perf_counter() - start)
        results = {(str(r.focus.value), str(r.source_shape.value), r.component.value) for r in found}
    else:
        from rdflib import SH

        from gba_kg.rdflib_bridge import from_triples
        from gba_kg.reference_engine import reference_report

        triples, rules = (from_triples(quad.triple for quad in given.quads()) for given in (graph, shapes))
        start = time.perf_counter()
        report = reference_report(triples, rules)
        seconds = time.perf_counter() - start
        keys = (SH.focusNode, SH.sourceShape, SH.sourceConstraintComponent)
        results = {tuple(str(report.value(r, key)) for key in keys) for r in report.objects(None, SH.result)}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"triples": len(graph), "seconds": seconds, "peak": peak, "results": sorted(results)}


def compare(name: str, data: str, least: float) -> bool:
    """Run both engines, print a line for each; returns whether they agree and the ratio is reached."""
    done = {}
    for engine in ENGINES:
        command = [sys.executable, __file__, "--measure", engine, data]
        done[engine] = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout)
        figures = done[engine]
        print(
            f"{name:10} {figures['triples']:7} triples  {engine:10} {figures['seconds']:8.3f} s"
            f"  {figures['peak']:6.0f} MB  {len(figures['results'])} results",
            flush=True,
        )
    ratio = done["reference"]["seconds"] / done["setwise"]["seconds"]
    same = done["reference"]["results"] == done["setwise"]["results"]
    print(f"{name:10} ratio {ratio:.1f} (to reach: at least {least:g}), the results {'agree' if same else 'DIFFER'}")
    return same and ratio >= least


def main(sizes: list[int]) -> int:
    """Compare on the bundled graph and on generated ones; returns 1 when a figure is missed."""
    reached = [compare("bundled", "", AT_LEAST["bundled"])]
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "generated.ttl"
            generate(size, path)
            reached.append(compare("generated", str(path), AT_LEAST["generated"]))
    return 0 if all(reached) else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(sys.argv[2], sys.argv[3])))
    else:
        sys.exit(main([int(size) for size in sys.argv[1:]] or [50_000]))
