"""Stored queries for Python users: as rows, or as a pandas frame."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from gba_kg.errors import IncompleteError, UsageError
from gba_kg.graph import Graph
from gba_kg.results import Answer
from gba_kg.stored import find_query

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["frame", "query"]


def query(graph: Graph, name_or_text: str, /, *, queries: Path | None = None, **parameters: str | int) -> Answer:
    """The rows of a stored query with its parameters set, or of a SELECT query given as text.

    Raises UsageError for an unknown query or parameter and for a value that does not fit, InputError for broken SPARQL.
    """
    if any(character.isspace() for character in name_or_text):
        if parameters:
            raise UsageError("parameters belong to stored queries")
        text = name_or_text
    else:
        stored = find_query(name_or_text, queries)
        text = stored.bind({key: str(value) for key, value in parameters.items()}, graph.store)
    solutions = graph.select(text)
    if not isinstance(solutions, ox.QuerySolutions):
        raise UsageError("only SELECT queries have rows; use graph.select for the others")
    return Answer.of(solutions)


def frame(answer: Answer) -> DataFrame:
    """The rows as a pandas frame: numbers, full dates and text as such, IRIs as short forms, partial dates as text."""
    try:
        import pandas as pd
    except ImportError:
        raise IncompleteError("pandas is not installed: pip install 'gba-kg[pandas]'") from None

    table = pd.DataFrame([[_python(cell) for cell in row] for row in answer.rows], columns=list(answer.columns))
    return table.convert_dtypes()


_NUMBERS = {"integer": int, "decimal": float, "double": float}


def _python(cell: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> object:
    if cell is None:
        return None
    if isinstance(cell, ox.Literal):
        kind = cell.datatype.value.rsplit("#", 1)[-1]
        if kind == "date" and len(cell.value) == 10:
            import datetime

            return datetime.date.fromisoformat(cell.value)
        return _NUMBERS.get(kind, str)(cell.value)
    from gba_kg.namespaces import shrink

    return shrink(cell.value) if isinstance(cell, ox.NamedNode) else str(cell)
