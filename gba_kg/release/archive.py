"""A ZIP archive whose bytes depend on its members alone."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable, Iterator

from gba_kg.errors import InputError

__all__ = ["zipped"]

_DATE = (1980, 1, 1, 0, 0, 0)
"""The first day that ZIP can write (APPNOTE 4.4.6): when a member was made says nothing about the graph."""
_PIECE = 1 << 20


def zipped(files: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """Files, each with its name, as a ZIP archive.

    Nothing is compressed: what zlib makes differs between its versions. The archive is made in a temporary file, as
    the sizes stand before the members, and some readers refuse stored members whose sizes follow.
    """
    try:
        with tempfile.TemporaryFile() as made:
            with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
                for name, pieces in files:
                    about = zipfile.ZipInfo(name, _DATE)
                    about.create_system = 3  # Unix, also where it is not
                    about.external_attr = 0o100644 << 16
                    with archive.open(about, "w", force_zip64=True) as member:
                        for piece in pieces:
                            member.write(piece)
            made.seek(0)
            while piece := made.read(_PIECE):
                yield piece
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", tempfile.gettempdir()) from None
