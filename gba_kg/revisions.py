"""Reads files as they were at a git revision."""

from __future__ import annotations

import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gba_kg.errors import IncompleteError, UsageError

__all__ = ["files_at", "is_revision"]


def is_revision(name: str) -> bool:
    """Whether git, where the command runs, knows a revision of this name."""
    return not name.startswith("-") and _git("rev-parse", "--verify", "--quiet", f"{name}^{{tree}}").returncode == 0


@contextmanager
def files_at(revision: str, *paths: str) -> Iterator[Path]:
    """A temporary folder with the given files and folders as they were at a revision.

    Paths are relative to where the command runs, as is the folder. Raises UsageError where there is no such revision or
    path, IncompleteError without git.
    """
    if not is_revision(revision):
        raise UsageError(f"git knows no revision '{revision}' here")
    archive = _git("archive", "--format=tar", revision, "--", *paths)
    if archive.returncode:
        raise UsageError(f"revision '{revision}' has no {' or '.join(paths)}")
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as file:
        file.write(archive.stdout)
        file.seek(0)
        with tarfile.open(fileobj=file) as tar:
            tar.extractall(folder, filter="data")
        yield Path(folder)


def _git(*words: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *words], capture_output=True, check=False, timeout=60)  # noqa: S607
    except (OSError, subprocess.TimeoutExpired) as error:
        raise IncompleteError(f"git cannot be run: {error}") from None
