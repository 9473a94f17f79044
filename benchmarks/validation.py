"""Validation by all engines: of the bundled graph, of a larger one like it, and of one ten times as large as that.

The larger graphs are the bundled one with enough of its records copied under new names to have the wanted number of
triples. Each measurement is a process of its own that loads first: the seconds are those of the validation alone (best
of three for the fast engines), the megabytes the peak of the whole process. pyrudof and pyshifty run on the same data
and shapes where they are installed (``pip install --group bench``); they count their results their own way.

Prints a line for each run, then each ratio with what it must reach, and fails when one is missed or when the reference
and the set-wise engine differ. ``--cold`` measures ``gba-kg validate`` as a whole process against ``python -c pass``.

usage: python benchmarks/validation.py [--cold]
"""

from __future__ import annotations

import importlib.util
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

import gba_kg
from gba_kg.graph import Graph, load_files

ROOT = Path(__file__).parent.parent
SIZES = {"bundled": 0, "50k": 50_000, "500k": 500_000}
OTHERS = {"pyrudof": "pyrudof", "pyshifty": "shifty"}
"""Engines of others and the modules that they are imported as."""

AT_LEAST = {"bundled": 15, "50k": 50}
"""How many times faster than the reference the set-wise engine must be."""

AT_MOST_GROWTH, AT_MOST_COLD = 15, 100


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


# Each prepares an engine and returns what it measures: a validation that says how many results there are.


def _setwise(graph: Graph, shapes: Graph) -> Callable[[], list[tuple[str, ...]]]:
    from gba_kg.setwise import evaluate

    def run() -> list[tuple[str, ...]]:
        answer = evaluate(graph, shapes)
        assert not answer.left, "the reference runs nothing of the bundled shapes"
        return [(str(r.focus.value), str(r.source_shape.value), r.component.value) for r in answer.results]

    return run


def _reference(graph: Graph, shapes: Graph) -> Callable[[], list[tuple[str, ...]]]:
    from rdflib import SH

    from gba_kg.rdflib_bridge import from_triples
    from gba_kg.reference_engine import reference_report

    triples, rules = (from_triples(quad.triple for quad in given.quads()) for given in (graph, shapes))

    def run() -> list[tuple[str, ...]]:
        report = reference_report(triples, rules)
        keys = (SH.focusNode, SH.sourceShape, SH.sourceConstraintComponent)
        return [tuple(str(report.value(r, key)) for key in keys) for r in report.objects(None, SH.result)]

    return run


def _pyrudof(graph: Graph, shapes: Graph) -> Callable[[], list[tuple[str, ...]]]:
    from pyrudof import RDFFormat, Rudof, RudofConfig, ShaclFormat

    # It panics on the inverse of an alternative path: it is spared the two property shapes that have one.
    query = "SELECT ?shape { ?shape sh:path/sh:inversePath/sh:alternativePath ?any }"
    spared = {solution["shape"] for solution in shapes.select(query)}
    rudof = Rudof(RudofConfig())
    rudof.read_data(_turtle(graph), RDFFormat.NTriples)
    rudof.read_shacl(_turtle(shapes, spared), ShaclFormat.NTriples)
    return lambda: [(str(number),) for number in range(len(rudof.validate_shacl()))]


def _pyshifty(graph: Graph, shapes: Graph) -> Callable[[], list[tuple[str, ...]]]:
    import shifty

    session = shifty.EvidenceSession(_turtle(shapes), _turtle(graph), graph_mode="data", infer=False)
    return lambda: [(str(number),) for number in range(session.validate_conformance().failed)]


def _turtle(graph: Graph, spared: Collection[ox.NamedNode] = ()) -> str:
    # N-Triples are Turtle.
    triples = [q.triple for q in graph.quads() if q.subject not in spared and q.object not in spared]
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES).decode()


ENGINES = {"setwise": _setwise, "reference": _reference, "pyrudof": _pyrudof, "pyshifty": _pyshifty}


def measure(engine: str, data: str) -> dict[str, object]:
    """Seconds, peak and results of one engine."""
    graph = gba_kg.load(data or None)
    run = ENGINES[engine](graph, load_files([ROOT / "shapes"]))
    seconds = 1e9
    for _ in range(1 if engine == "reference" else 3):
        start = time.perf_counter()
        results = run()
        seconds = min(seconds, time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"triples": len(graph), "seconds": seconds, "peak": peak, "results": sorted(set(results))}


def run(name: str, engine: str, data: str) -> dict[str, Any]:
    """Measure an engine in a process of its own and print a line."""
    command = [sys.executable, __file__, "--measure", engine, data]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    figures: dict[str, Any] = json.loads(done)
    print(
        f"{name:8} {figures['triples']:7} triples  {engine:10} {figures['seconds']:8.3f} s"
        f"  {figures['peak']:6.0f} MB  {len(figures['results'])} results",
        flush=True,
    )
    return figures


def figure(said: str, value: float, least: float | None = None, most: float | None = None) -> bool:
    """Print a ratio and what it must reach; returns whether it does."""
    fine = (least is None or value >= least) and (most is None or value <= most)
    bound = f"at least {least:g}" if least is not None else f"at most {most:g}"
    print(f"{said}: {value:.1f} (to reach: {bound}){'' if fine else '  MISSED'}", flush=True)
    return fine


def compare(name: str, data: str, ours: dict[str, Any]) -> Iterator[bool]:
    """The set-wise engine against the reference and the engines of others; yields whether each figure is reached."""
    reference = run(name, "reference", data)
    yield figure(f"{name}: times faster than the reference", reference["seconds"] / ours["seconds"], AT_LEAST[name])
    same = reference["results"] == ours["results"]
    print(f"{name}: the results {'agree' if same else 'DIFFER'}")
    yield same
    for engine, module in OTHERS.items():
        if importlib.util.find_spec(module) is None:
            print(f"{name}: {engine} is not installed")
        else:
            seconds = run(name, engine, data)["seconds"]
            yield figure(f"{name}: times faster than {engine}", seconds / ours["seconds"], 1)


def cold() -> bool:
    """``gba-kg validate`` on the bundled graph against ``python -c pass``, whole processes, best of several."""

    def best(times: int, *words: str) -> float:
        seconds = []
        for _ in range(times):
            start = time.perf_counter()
            subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, check=True)
            seconds.append(time.perf_counter() - start)
        return min(seconds)

    empty, whole = best(20, "-c", "pass"), best(7, "-m", "gba_kg", "validate")
    print(f"gba-kg validate {whole:.3f} s, python -c pass {empty:.4f} s")
    return figure("gba-kg validate, cold, against python -c pass", whole / empty, most=AT_MOST_COLD)


def main(words: list[str]) -> int:
    """Measure everything, or the whole process alone; returns 1 when a figure is missed."""
    reached = [cold()]
    if "--cold" not in words:
        ours: dict[str, dict[str, Any]] = {}
        for name, size in SIZES.items():
            with tempfile.TemporaryDirectory() as folder:
                data = str(Path(folder) / "generated.ttl") if size else ""
                if size:
                    generate(size, Path(data))
                ours[name] = run(name, "setwise", data)
                reached += compare(name, data, ours[name]) if name in AT_LEAST else ()
        growth = ours["500k"]["seconds"] / ours["50k"]["seconds"]
        reached.append(figure("growth from 50k to 500k triples", growth, most=AT_MOST_GROWTH))
    return 0 if all(reached) else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(sys.argv[2], sys.argv[3])))
    else:
        sys.exit(main(sys.argv[1:]))
