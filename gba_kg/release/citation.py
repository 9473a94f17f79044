"""What the project states of itself in CITATION.cff: who made it, when it was released, and under which words."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime

import yaml

from gba_kg.errors import InputError, UsageError
from gba_kg.files import read_text
from gba_kg.resources import bundled_file

__all__ = ["NO_CITATION", "Citation", "bundled_citation", "day_of_build"]


@dataclass(frozen=True)
class Citation:
    """Names of the authors, the day of the release, and keywords in English."""

    authors: tuple[str, ...] = ()
    released: date | None = None
    keywords: tuple[str, ...] = ()


NO_CITATION = Citation()
"""Of data of others nothing is known but what they state."""


def bundled_citation() -> Citation:
    """What CITATION.cff says (Citation File Format 1.2.0); raises InputError where it cannot be read."""
    path = bundled_file("CITATION.cff")
    stated = yaml.safe_load(read_text(path))
    try:
        return Citation(
            tuple(author["name"] for author in stated["authors"]),
            date.fromisoformat(stated["date-released"]),
            tuple(stated["keywords"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"authors, date-released or keywords are not right: {error}", str(path)) from None


def day_of_build() -> date | None:
    """The day (UTC) of SOURCE_DATE_EPOCH, the one clock of a reproducible build; None where it is not set.

    Raises UsageError where it is no number of seconds.
    """
    text = os.environ.get("SOURCE_DATE_EPOCH")
    if not text:
        return None
    try:
        return datetime.fromtimestamp(int(text), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise UsageError(f"SOURCE_DATE_EPOCH is not a number of seconds: '{text}'") from None
