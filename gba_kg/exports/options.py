"""What a caller may ask of a format beyond the statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gba_kg.exports.terms import Record

__all__ = ["Options"]


@dataclass(frozen=True)
class Options:
    """``spreadsheet`` guards CSV cells against being run as formulas; it changes such values.

    ``whole`` gives all statements of the graph of which a part is exported: what JSON-LD terms are made from, so that a
    part has the same terms as the whole.
    """

    spreadsheet: bool = False
    whole: Callable[[], Iterable[Record]] | None = None
