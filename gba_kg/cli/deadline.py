"""Runs a command in a process of its own that is killed when its time is over, whatever holds it."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from gba_kg.errors import IncompleteError, UsageError

__all__ = ["run_within", "seconds"]

_CHILD = "import sys; from gba_kg.cli import main; sys.exit(main(sys.argv[1:], within_deadline=True))"


def seconds(text: str, option: str = "--timeout") -> float:
    """The value of an option: a positive number of seconds, at most a day."""
    try:
        number = float(text)
    except ValueError:
        number = 0
    if not 0 < number <= 86_400:
        raise UsageError(f"{option} takes a number of seconds above 0 and up to 86400, not '{text}'")
    return number


def run_within(words: Sequence[str], limit: float, output: Path | None) -> int:
    """Run the command line again in a child; returns its exit code, raises IncompleteError when it was killed.

    A thread could not stop native code or a regular expression that holds the interpreter: only the end of a process
    does. What the child writes is passed on when it has ended by itself, so that nothing half-written leaves.
    """
    package = str(Path(__file__).parents[2])
    path = os.pathsep.join([package, *filter(None, [os.environ.get("PYTHONPATH")])])
    with tempfile.TemporaryFile() as written:
        # -P: the folder in which a user stands holds no module of ours.
        child = subprocess.Popen(
            [sys.executable, "-P", "-c", _CHILD, *words],
            stdout=written,
            env={**os.environ, "PYTHONPATH": path},
            start_new_session=True,
        )
        try:
            code = child.wait(limit)
        except subprocess.TimeoutExpired:
            _kill(child, output)
            raise IncompleteError(f"stopped after {limit:g} seconds (--timeout): there is no verdict") from None
        except BaseException:
            _kill(child, output)
            raise
        written.seek(0)
        sys.stdout.flush()
        shutil.copyfileobj(written, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    if code < 0:
        raise IncompleteError(f"the work was ended by signal {-code}: there is no verdict")
    return code


def _kill(child: subprocess.Popen[bytes], output: Path | None) -> None:
    """End the child and what it has started, and remove the unfinished file that it may have been writing."""
    with contextlib.suppress(ProcessLookupError):
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
    child.wait()
    if output is not None:
        output = Path(os.path.realpath(output))
        for unfinished in output.parent.glob(f".{output.name}.{child.pid}.*"):
            if unfinished.is_dir():
                shutil.rmtree(unfinished, ignore_errors=True)
            else:
                unfinished.unlink(missing_ok=True)
