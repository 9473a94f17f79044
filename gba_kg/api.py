"""Stored queries for Python users: as rows, or as a pandas frame."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from gba_kg.errors import IncompleteError, UsageError
from gba_kg.graph import Graph
from gba_kg.namespaces import PREFIXES, shrink
from gba_kg.results import Answer, Term
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
    """The rows as a pandas frame whose columns have the types of their values.

    Integers are Int64, other numbers Float64, booleans boolean, full dates and points in time datetime64; all else is
    string: texts, IRIs as short forms, dates of which only the year or month is known, and columns of mixed types.
    Raises IncompleteError where pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError:
        raise IncompleteError("pandas is not installed: pip install 'gba-kg[pandas]'") from None

    columns = {}
    for number, name in enumerate(answer.columns):
        cells = [row[number] for row in answer.rows]
        kind = _kind({_datatype(cell) for cell in cells if cell is not None})
        columns[name] = pd.Series([None if cell is None else _text(cell) for cell in cells], dtype="string")
        if kind == "datetime64[s, UTC]":
            columns[name] = pd.to_datetime(columns[name], utc=True).astype(kind)
        elif kind == "boolean":
            columns[name] = columns[name].isin(("true", "1")).astype(kind).where(columns[name].notna())
        elif kind != "string":
            columns[name] = columns[name].astype(kind)
    return pd.DataFrame(columns)


_INTEGERS = frozenset({"integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger"})
# The narrowest type that holds all values of a column, by the datatypes that are in it.
_KINDS = (
    (_INTEGERS, "Int64"),
    (_INTEGERS | {"decimal", "double", "float"}, "Float64"),
    (frozenset({"boolean"}), "boolean"),
    (frozenset({"date"}), "datetime64[s]"),
    (frozenset({"dateTime"}), "datetime64[s, UTC]"),
)
# Forms that pandas can hold: integers of 64 bits, and days without a time zone.
_FITTING = {"integer": re.compile(r"[+-]?[0-9]{1,18}"), "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")}


def _kind(datatypes: set[str]) -> str:
    return next((kind for known, kind in _KINDS if datatypes and datatypes <= known), "string")


def _datatype(cell: Term) -> str:
    if not isinstance(cell, ox.Literal):
        return "node"
    namespace, _, name = cell.datatype.value.rpartition("#")
    if namespace + "#" != PREFIXES["xsd"]:
        return "other"
    pattern = _FITTING.get("integer" if name in _INTEGERS else name)
    return "other" if pattern and not pattern.fullmatch(cell.value) else name


def _text(cell: Term) -> str:
    if isinstance(cell, ox.NamedNode):
        return shrink(cell.value)
    return cell.value if isinstance(cell, ox.Literal) else str(cell)
