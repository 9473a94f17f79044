"""Peak memory and time of a push of 30 and of 300 thousand statements to the two servers of the tests, as ratios."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from servers import oxigraph_server, virtuoso_server  # noqa: E402

FILE = 10_000
"""Statements of one file: a file is read whole, so memory holds one of them."""
SERVERS = {"oxigraph": oxigraph_server, "virtuoso": virtuoso_server}
_CODE = "import resource, sys; from gba_kg.cli import main; code = main(sys.argv[1:]);"
_CODE += "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss); sys.exit(code)"


def _data(folder: Path, statements: int) -> None:
    for number in range(statements // FILE):
        lines = [f'<urn:n{number}:{i // 8}> <urn:p{i % 8}> "value {i} of {number}"@zh-Hans .' for i in range(FILE)]
        (folder / f"{number:04}.ttl").write_text("\n".join(lines))
    (folder / "none.nt").write_text("")


def _push(folder: Path, url: str, graph: str) -> tuple[float, int]:
    words = ["push", "--endpoint", url, "--graph", graph, "--data", str(folder), "--request-timeout", "600"]
    start = time.perf_counter()
    words += ["--ontology", str(folder / "none.nt"), "-o", str(folder / "told")]
    done = subprocess.run([sys.executable, "-c", _CODE, *words], stdout=subprocess.PIPE, text=True, check=True)
    return time.perf_counter() - start, int(done.stdout)


def main() -> None:
    """Print two lines per server."""
    for name in sys.argv[1:] or SERVERS:
        found = []
        with tempfile.TemporaryDirectory() as place, SERVERS[name](Path(place)) as url:
            for statements in (30_000, 300_000):
                with tempfile.TemporaryDirectory() as folder:
                    _data(Path(folder), statements)
                    found.append(_push(Path(folder), url, f"urn:graph:{statements}"))
        (short, small), (long, large) = found
        print(
            f"{name}: ten times the statements take {large / small:.2f} times the memory, {long / short:.1f} the time"
        )
        print(f"  peak {small // 1024} and {large // 1024} MB; {short:.1f} and {long:.1f} s", flush=True)


if __name__ == "__main__":
    main()
