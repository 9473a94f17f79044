"""The files of a release as they are written: path, media type, size and digest of each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

__all__ = ["Ledger", "Released"]


@dataclass(frozen=True)
class Released:
    """A file of a release: its path in the folder, its media type, its size in bytes and its SHA-256 in hex."""

    path: str
    media_type: str
    size: int
    sha256: str


@dataclass
class Ledger:
    """What was written so far, in order."""

    files: dict[str, Released] = field(default_factory=dict)

    def noted(self, path: str, media_type: str, pieces: Iterable[bytes]) -> tuple[str, Iterator[bytes]]:
        """The path of a file and its pieces; the file is in the ledger when the last piece was taken."""
        return path, self._note(path, media_type, pieces)

    def _note(self, path: str, media_type: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
        digest = hashlib.sha256()
        size = 0
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            yield piece
        self.files[path] = Released(path, media_type, size, digest.hexdigest())

    def manifest(self, dataset: str) -> bytes:
        """All files as JSON: for which dataset, and of each file path, media type, bytes and SHA-256."""
        listed = [
            {"path": file.path, "mediaType": file.media_type, "bytes": file.size, "sha256": file.sha256}
            for _, file in sorted(self.files.items())
        ]
        return (json.dumps({"dataset": dataset, "files": listed}, ensure_ascii=False, indent=2) + "\n").encode()

    def sums(self) -> bytes:
        """All files in the form that ``sha256sum --check`` reads."""
        return "".join(f"{file.sha256}  {path}\n" for path, file in sorted(self.files.items())).encode()
