"""The errors that a reader may meet, as one tree.

    GbaKgError            a sentence that says what to do, and the place where there is one
    ├── UsageError        the call is wrong: unknown query, parameter, format, entity
    ├── InputError        the input is wrong: a missing, broken or oversized file, a broken query
    ├── IncompleteError   the work could not be done in full: a tool or a document is absent
    └── RemoteError       a server did not answer the query: one subclass for each kind of fault

``exit_code`` is what the command line returns for it (docs/exit-codes.md).
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "GbaKgError",
    "IncompleteError",
    "InputError",
    "RemoteAnswerError",
    "RemoteError",
    "RemoteRedirectError",
    "RemoteStatusError",
    "RemoteTimeoutError",
    "RemoteUnreachableError",
    "UsageError",
]


@dataclass
class GbaKgError(Exception):
    """Base of all errors of this package.

    ``file`` is a path as the user gave it; ``line`` and ``column`` count from 1.
    """

    message: str
    file: str | None = None
    line: int | None = None
    column: int | None = None

    exit_code = 2

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return f"{place}: {self.message}" if place else self.message


class UsageError(GbaKgError):
    """What was asked for does not exist or does not fit."""


class InputError(GbaKgError):
    """What was given to read cannot be read."""


class IncompleteError(GbaKgError):
    """Something that the work needs is not there, so that no verdict is possible."""

    exit_code = 3


class RemoteError(GbaKgError):
    """A server did not answer as it must; nothing is known of the answer."""

    exit_code = 3


@dataclass
class RemoteUnreachableError(RemoteError):
    """No connection, or one that broke: ``lost`` when it had been made."""

    lost: bool = False

    __str__ = GbaKgError.__str__


class RemoteTimeoutError(RemoteError):
    """The deadline passed."""


class RemoteStatusError(RemoteError):
    """An HTTP status other than 200."""


class RemoteRedirectError(RemoteError):
    """A redirect that is not followed."""


class RemoteAnswerError(RemoteError):
    """An answer of another kind, broken, or too large."""
