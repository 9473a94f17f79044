"""Answers as rows, and rows as text: table, Markdown, and the SPARQL 1.1 result formats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from gba_kg.language_tags import recase
from gba_kg.namespaces import shrink

__all__ = ["FORMATS", "Answer", "Term", "render", "table", "visible"]

_SERIALIZED = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
FORMATS = ("table", "markdown", *_SERIALIZED)

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True)
class Answer:
    """The rows of a SELECT query; an unbound cell is None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    @classmethod
    def of(cls, solutions: ox.QuerySolutions) -> Answer:
        """All rows of a result, read into memory."""
        columns = tuple(variable.value for variable in solutions.variables)
        return cls(columns, tuple(tuple(solution) for solution in solutions))

    def texts(self) -> list[tuple[str, ...]]:
        """The rows as a reader sees them: IRIs as CURIEs, literals without their types."""
        return [tuple(_text(cell) for cell in row) for row in self.rows]


def render(results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, form: str) -> str:
    """A query result as text. A graph (CONSTRUCT, DESCRIBE) is Turtle in every format; ASK is one word in a table."""
    if isinstance(results, ox.QueryTriples):
        from gba_kg.namespaces import PREFIXES

        return recase(bytes(ox.serialize(results, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b"").decode())
    if form in _SERIALIZED:
        return bytes(results.serialize(format=_SERIALIZED[form]) or b"").decode()
    if isinstance(results, ox.QueryBoolean):
        return f"{str(bool(results)).lower()}\n"
    answer = Answer.of(results)
    return table(answer.columns, answer.texts(), markdown=form == "markdown")


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, markdown: bool = False) -> str:
    """Rows under the names of their columns, in lines or as a table of Markdown; cells are taken as they are.

    Rows without columns, as of ``SELECT * {}``, are counted.
    """
    if not columns:
        return f"rows without columns: {len(rows)}\n"
    from prettytable import PrettyTable, TableStyle

    drawn = PrettyTable(list(columns))
    drawn.align = "l"
    drawn.set_style(TableStyle.MARKDOWN if markdown else TableStyle.SINGLE_BORDER)
    for row in rows:
        drawn.add_row([cell.replace("|", "\\|") if markdown else cell for cell in row])
    return f"{drawn.get_string()}\n"


def _text(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return shrink(term.value)
    if isinstance(term, ox.Literal):
        return visible(term.value)
    return str(term)


def visible(text: str) -> str:
    """Text of the data with its control characters made visible, so that no terminal obeys them."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)
