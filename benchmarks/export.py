"""Peak memory and time of an export of 100 thousand and of a million statements, as ratios; each in its own process."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

FILE = 10_000
"""Statements of one file: a file is read whole, so memory holds one of them."""


def _data(folder: Path, statements: int) -> None:
    for number in range(statements // FILE):
        lines = [
            f'<urn:thing:{number}:{i}> <urn:property:{i % 7}> "value {i} of file {number}"@zh-Hans .'
            for i in range(FILE)
        ]
        (folder / f"{number:04}.ttl").write_text("\n".join(lines))
    (folder / "none.nt").write_text("")


def _export(folder: Path, form: str) -> tuple[float, int]:
    start = time.perf_counter()
    words = [
        "export",
        "--format",
        form,
        "--data",
        str(folder),
        "--ontology",
        str(folder / "none.nt"),
        "-o",
        str(folder / "out"),
    ]
    code = "import resource, sys; from gba_kg.cli import main; main(sys.argv[1:]);"
    code += "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
    return time.perf_counter() - start, int(done.stdout)


def main() -> None:
    """Print one line per format."""
    for form in sys.argv[1:] or ["ntriples", "nquads", "turtle", "rdfxml"]:
        found = []
        for statements in (100_000, 1_000_000):
            with tempfile.TemporaryDirectory() as name:
                _data(Path(name), statements)
                found.append(_export(Path(name), form))
        (short, small), (long, large) = found
        print(
            f"{form}: ten times the statements take {large / small:.2f} times the memory, {long / short:.1f} the time"
        )
        print(f"  peak {small // 1024} and {large // 1024} MB; {short:.1f} and {long:.1f} s")


if __name__ == "__main__":
    main()
