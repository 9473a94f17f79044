"""The W3C SHACL test suite through ``gba-kg validate``: whether the data conform, and how many results there are.

Each test is one run of the command line on the data and the shapes of the test, with an empty ontology. A test is
passed when the command says as many results as the suite expects, or exits with 3 where the suite expects a failure.
Prints the tests that are not passed and a table; fails when an engine passes fewer than it must.

usage: python benchmarks/w3c_shacl.py FOLDER [--engine fast|reference]

FOLDER is the ``tests`` folder of the suite, which holds ``core`` and ``sparql``
(https://github.com/w3c/data-shapes/tree/gh-pages/data-shapes-test-suite).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from urllib.parse import unquote, urlparse

import pyoxigraph as ox

from gba_kg.cli import main as gba_kg

SHT = "http://www.w3.org/ns/shacl-test#"
_TESTS = f"""PREFIX mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX sht: <{SHT}>
SELECT ?test ?data ?shapes ?result (COUNT(?one) AS ?results) {{
  ?manifest mf:entries/rdf:rest*/rdf:first ?test .
  ?test mf:action [ sht:dataGraph ?data ; sht:shapesGraph ?shapes ] ; mf:result ?result .
  OPTIONAL {{ ?result sh:result ?one }}
}} GROUP BY ?test ?data ?shapes ?result"""
SIZE = {"core": 98, "sparql": 23}
"""Tests of each part; the manifests of the suite leave out one of the tests that lie beside them."""

KNOWN: dict[str, dict[str, str]] = {
    "fast": {},
    "reference": {
        "uniqueLang-002": '"1"^^xsd:boolean is taken for true, which the clause does not name',
        "shapesGraph-001": "$shapesGraph is not known, an optional feature",
    },
}
"""The tests that an engine does not pass, each with the reason."""

FAILURE = "failure"
Outcome = int | str


@dataclass(frozen=True)
class Case:
    """One test: its data and shapes, and the number of results, or that the shapes must be refused."""

    name: str
    data: Path
    shapes: Path
    expected: Outcome


def cases(folder: Path, part: str) -> list[Case]:
    """The tests of a part of the suite; raises SystemExit where they are not as many as there must be."""
    found = [case for path in sorted((folder / part).rglob("*.ttl")) for case in _of_file(path)]
    if len(found) != SIZE[part]:
        raise SystemExit(f"{folder / part} holds {len(found)} tests instead of {SIZE[part]}")
    return found


def _of_file(manifest: Path) -> Iterator[Case]:
    store = ox.Store()
    store.load(path=manifest, format=ox.RdfFormat.TURTLE, base_iri=manifest.resolve().as_uri())
    solutions = store.query(_TESTS)
    assert isinstance(solutions, ox.QuerySolutions)
    for solution in solutions:
        data, shapes = (Path(unquote(urlparse(solution[key].value).path)) for key in ("data", "shapes"))
        refused = solution["result"] == ox.NamedNode(SHT + "Failure")
        yield Case(manifest.stem, data, shapes, FAILURE if refused else int(solution["results"].value))


def outcome(case: Case, engine: str) -> Outcome:
    """What ``gba-kg validate`` says: the number of results, or that it can give no verdict."""
    with tempfile.TemporaryDirectory() as folder, redirect_stderr(StringIO()) as said:
        empty, report = Path(folder) / "empty.ttl", Path(folder) / "report.json"
        empty.touch()
        options = {"data": case.data, "ontology": empty, "shapes": case.shapes, "engine": engine, "format": "json"}
        words = [word for key, value in options.items() for word in (f"--{key}", str(value))]
        code = gba_kg(["validate", *words, "--output", str(report)])
        if code not in (0, 1):
            return FAILURE if code == 3 else f"exit {code}: {said.getvalue().strip()}"
        findings = json.loads(report.read_text())["findings"]
        # A query that would reach outside is a failure to the suite; here it is a finding, and nothing is run.
        if any(finding["rule"] == "network-refused" for finding in findings):
            return FAILURE
        # Findings of our own, such as a shape whose target is nowhere, have no constraint component.
        return sum(finding["component"] is not None for finding in findings)


def failed(folder: Path, part: str, engine: str) -> dict[str, tuple[Outcome, Outcome]]:
    """The tests of a part that are not passed: what is expected and what is said."""
    said = {case: outcome(case, engine) for case in cases(folder, part)}
    return {case.name: (case.expected, got) for case, got in said.items() if got != case.expected}


def main() -> int:
    """Run both parts by the engines asked for; returns 1 when a test fails that is not known to."""
    parser = argparse.ArgumentParser(description="Run the W3C SHACL test suite through gba-kg validate.")
    parser.add_argument("folder", type=Path, help="the folder of the suite that holds core and sparql")
    parser.add_argument("--engine", choices=KNOWN, action="append", help="an engine (default: both)")
    arguments = parser.parse_args()
    rows, unexpected = [], 0
    for engine in arguments.engine or KNOWN:
        for part, size in SIZE.items():
            wrong = failed(arguments.folder, part, engine)
            rows.append(f"{engine:10} {part:7} {size - len(wrong):3} of {size:3}")
            for name, (expected, got) in wrong.items():
                unexpected += name not in KNOWN[engine]
                print(f"{engine} {name}: expected {expected}, got {got} ({KNOWN[engine].get(name, 'NOT KNOWN')})")
    print("engine     part     passed", *rows, sep="\n")
    return 1 if unexpected else 0


if __name__ == "__main__":
    sys.exit(main())
