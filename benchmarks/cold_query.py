"""Cold start: ``gba-kg query figures --format csv`` against a plain rdflib script that does the same, in turn.

Each is a whole process. Prints the medians and their ratio, and fails when gba-kg takes more than a fifth.

usage: python benchmarks/cold_query.py [ROUNDS]
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
PLAIN = """
import sys
from pathlib import Path
from rdflib import Graph

root = Path(sys.argv[1])
graph = Graph()
for folder in ("ontology", "data"):
    for path in sorted((root / folder).rglob("*.ttl")):
        graph.parse(path)
sys.stdout.buffer.write(graph.query((root / "queries" / "figures.rq").read_text()).serialize(format="csv"))
"""
COMMANDS = {
    "gba-kg": [sys.executable, "-m", "gba_kg", "query", "figures", "--format", "csv"],
    "rdflib": [sys.executable, "-c", PLAIN, str(ROOT)],
    "python -c pass": [sys.executable, "-c", "pass"],
}


def main(rounds: int) -> int:
    """Run the commands in turn; returns 1 when the ratio is missed."""
    seconds: dict[str, list[float]] = {name: [] for name in COMMANDS}
    rows: dict[str, int] = {}
    for _ in range(rounds):
        for name, command in COMMANDS.items():
            start = time.perf_counter()
            done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
            seconds[name].append(time.perf_counter() - start)
            rows[name] = len(done.stdout.splitlines())
    median = {name: statistics.median(times) for name, times in seconds.items()}
    for name, value in median.items():
        print(f"{name:16} {value:8.3f} s  {rows[name]} lines")
    ratio = median["gba-kg"] / median["rdflib"]
    print(f"gba-kg / rdflib  {ratio:8.3f}    (to reach: at most 0.2)")
    return 0 if rows["gba-kg"] == rows["rdflib"] and ratio <= 0.2 else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
