"""Reads files as they were at a git revision: no program of a repository's configuration runs, nothing is fetched."""

from __future__ import annotations

import hashlib
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gba_kg.errors import IncompleteError, UsageError

__all__ = ["Tree", "files_at", "is_revision", "tree_at"]

# What git sets for its hooks would name another repository than that of the files.
_UNSET = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
_SETTINGS = {"GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


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


@dataclass(frozen=True)
class Tree:
    """The files of a repository at a revision: ``top`` is its folder, ``blobs`` the object of each path below that.

    ``others`` are the symbolic links and submodules, of which git has no content of a file.
    """

    top: Path
    blobs: dict[str, str]
    others: tuple[str, ...]

    def same(self, path: str, content: bytes) -> bool:
        """Whether a file had this very content, byte for byte."""
        blob = self.blobs.get(path, "")
        # git's name of an object is a digest, not a protection: SHA-1 unless the repository is a newer one.
        digest = hashlib.new(
            "sha256" if len(blob) == 64 else "sha1", b"blob %d\0" % len(content), usedforsecurity=False
        )
        digest.update(content)
        return digest.hexdigest() == blob

    def contents(self, paths: Sequence[str]) -> list[bytes]:
        """What files held; raises IncompleteError where the repository does not have it all."""
        if not paths:
            return []
        names = "".join(f"{self.blobs[path]}\n" for path in paths)
        done = _git("cat-file", "--batch", within=self.top, given=names.encode())
        found, position = [], 0
        for path in paths:
            header, _, _ = done.stdout[position:].partition(b"\n")
            if not header.endswith(b" missing") and len(header.split()) == 3:
                start = position + len(header) + 1
                position = start + int(header.split()[2]) + 1
                found.append(done.stdout[start : position - 1])
                continue
            raise IncompleteError(f"git does not have the content of {path} at that revision: fetch it first")
        return found


def tree_at(revision: str, near: Path) -> Tree:
    """The files at a revision of the repository in which a file or folder lies.

    Raises UsageError where it lies in none or there is no such revision, IncompleteError without git.
    """
    folder = near if near.is_dir() else near.parent
    top = _git("rev-parse", "--show-toplevel", within=folder)
    if top.returncode:
        said = top.stderr.decode(errors="replace").strip().partition("\n")[0]
        raise UsageError(f"{near} is not in a git repository that can be read ({said})")
    tree = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{tree}}", within=folder)
    if tree.returncode or revision.startswith("-"):
        shallow = _git("rev-parse", "--is-shallow-repository", within=folder).stdout.strip() == b"true"
        hint = ": its clone is shallow, fetch more of its history" if shallow else ""
        raise UsageError(f"git knows no revision '{revision}' in the repository of {near}{hint}")
    listed = _git("ls-tree", "-r", "-z", "--full-tree", tree.stdout.decode().strip(), within=folder)
    blobs, others = {}, []
    for line in filter(None, listed.stdout.split(b"\0")):
        about, _, name = line.partition(b"\t")
        mode, _, blob = about.decode().split()
        if mode.startswith("100"):
            blobs[os.fsdecode(name)] = blob
        else:
            others.append(os.fsdecode(name))
    return Tree(Path(os.fsdecode(top.stdout.removesuffix(b"\n"))).resolve(), blobs, tuple(others))


def _git(*words: str, within: Path | None = None, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if name not in _UNSET} | _SETTINGS
    try:
        return subprocess.run(
            ["git", *words],  # noqa: S607
            cwd=within,
            env=environment,
            input=given,
            capture_output=True,
            check=False,
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise IncompleteError(f"git cannot be run: {error}") from None
