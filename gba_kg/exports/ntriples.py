"""N-Triples and N-Quads, sorted and in canonical form (RDF 1.2 N-Triples, 3; N-Quads, 4)."""

from __future__ import annotations

from collections.abc import Iterator

from gba_kg.exports.options import Options
from gba_kg.exports.statements import Statements

__all__ = ["write"]


def write(statements: Statements, options: Options) -> Iterator[str]:  # noqa: ARG001 - all formats have one signature
    """One line per statement, with its graph where the statements have them."""
    for subject, predicate, object_, graph in statements:
        yield f"{subject} {predicate} {object_} {graph}{' ' if graph else ''}.\n"
