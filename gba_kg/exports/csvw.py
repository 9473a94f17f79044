"""CSV for tables: one file per class, described by CSV on the Web metadata so that nothing of a value is lost."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from gba_kg.exports.names import compact
from gba_kg.exports.options import Options
from gba_kg.exports.statements import Statements
from gba_kg.exports.terms import STRING, TYPE, Record, Term, parts
from gba_kg.namespaces import PREFIXES

__all__ = ["METADATA", "guarded", "rows_as_csv", "write"]

METADATA = "csv-metadata.json"
"""The name under which readers look for the description (Tabular Metadata, 5.3)."""

_XSD = PREFIXES["xsd"]
_UNTYPED = "untyped"
# Tried in order: the first that occurs in no value of a column joins its values. No IRI holds a blank.
_SEPARATORS = (" | ", " ¦ ", " ‖ ", "\x1f")
_NULLS = ("", "NULL", "␀")
# Types of CSVW whose values are read as such, when all are valid (Tabular Metadata, 5.11.1).
_DAY = r"-?\d{4,}-\d\d-\d\d"
_ZONE = r"(?:Z|[+-]\d\d:\d\d)?"
_BUILT_IN = {
    _XSD + name: (name, re.compile(pattern))
    for name, pattern in {
        "boolean": "true|false|1|0",
        "integer": r"[+-]?\d+",
        "decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
        "double": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|-?INF|NaN",
        "date": r"\d{4}-\d\d-\d\d",
        "gYear": r"\d{4}",
        "gYearMonth": r"\d{4}-\d\d",
        "anyURI": r"\S+",
    }.items()
}
# What spreadsheets take for a formula, or skip before one.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")


@dataclass
class _Column:
    """A column of a table: a property, and the kind of its values."""

    about: str
    kind: Term
    several: bool = False
    valid: bool = True
    empty: bool = False
    taken: set[str] = field(default_factory=set)

    @property
    def title(self) -> str:
        """The header: property, then language or datatype where it is not plain."""
        suffix = f"@{self.kind.language}" if self.kind.language else ""
        if not suffix and self.kind.is_literal and self.kind.datatype != STRING:
            suffix = f"^^{compact(self.kind.datatype)}"
        return compact(self.about) + suffix

    @property
    def separator(self) -> str:
        """What joins the values: a blank for IRIs, else the first separator that no value holds."""
        return next(mark for mark in ((*_SEPARATORS,) if self.kind.is_literal else (" ",)) if mark not in self.taken)

    @property
    def null(self) -> str:
        """What stands for no value."""
        return next(mark for mark in _NULLS if mark not in self.taken) if self.empty else ""

    def note(self, values: list[Term]) -> None:
        """Take in the values that one thing has."""
        self.several |= len(values) > 1
        for value in values:
            self.empty |= not value.value
            self.taken |= {
                mark for mark in _SEPARATORS if mark in value.value or (mark.strip() and _joins(mark, value))
            }
            self.taken |= {mark for mark in _NULLS if mark == value.value}
            built_in = _BUILT_IN.get(self.kind.datatype)
            self.valid &= not built_in or bool(built_in[1].fullmatch(value.value))

    def cell(self, values: list[Term]) -> str:
        """The cell of a thing."""
        return self.separator.join(value.name for value in values) if values else self.null

    def described(self, name: str) -> dict[str, object]:
        """The column in the metadata."""
        about: dict[str, object] = {"name": name, "titles": self.title, "propertyUrl": self.about}
        if self.kind.language:
            about |= {"datatype": "string", "lang": self.kind.language}
        elif self.kind.is_literal:
            about["datatype"] = self._datatype()
        elif self.several:
            about["datatype"] = "anyURI"
        else:
            about["valueUrl"] = f"{{+{name}}}"
        if self.several:
            about["separator"] = self.separator
        if self.null:
            about["null"] = self.null
        exact = self.kind.datatype if self.kind.is_literal else PREFIXES["rdfs"] + "Resource"
        return about | {"rdfs:range": {"@id": exact}}

    def _datatype(self) -> object:
        datatype = self.kind.datatype
        if datatype == STRING:
            return "string"
        if datatype in _BUILT_IN:
            return _BUILT_IN[datatype][0] if self.valid else "string"
        return "string" if datatype.startswith(_XSD) else {"@id": datatype, "base": "string"}


def _joins(mark: str, value: Term) -> bool:
    """Whether a value begins or ends like a separator, so that the joint could be read in two ways."""
    bare = mark.strip()
    return value.value.startswith((bare, f" {bare}")) or value.value.endswith((bare, f"{bare} "))


def write(statements: Statements, options: Options) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The tables and their description, each with its file name; IRIs are whole, several values joined."""
    tables: dict[str, dict[tuple[str, Term], _Column]] = defaultdict(dict)
    for _, records in statements.by_subject():
        for class_ in _classes(records):
            for key, values in _values(records).items():
                tables[class_].setdefault(key, _Column(*key)).note(values)
    names = _file_names(sorted(tables))
    for class_, name in names.items():
        columns = [tables[class_][key] for key in sorted(tables[class_])]
        yield name, _table(statements, class_, columns, options)
    yield METADATA, iter([_metadata(tables, names, options)])


def _table(statements: Statements, class_: str, columns: list[_Column], options: Options) -> Iterator[bytes]:
    def rows() -> Iterator[list[str]]:
        yield ["id", *(column.title for column in columns)]
        for subject, records in statements.by_subject():
            if class_ in _classes(records):
                values = _values(records)
                yield [
                    parts(subject).name,
                    *(column.cell(values.get((column.about, column.kind), [])) for column in columns),
                ]

    return rows_as_csv(rows(), options)


def rows_as_csv(rows: Iterator[list[str]], options: Options) -> Iterator[bytes]:
    """Rows as CSV after RFC 4180, each value as it is unless ``options.spreadsheet`` guards it."""
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow([guarded(cell) for cell in row] if options.spreadsheet else row)
        yield line.getvalue().encode()


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: with an apostrophe before it where it looks like one.

    >>> guarded("=1+1"), guarded("-5 %"), guarded("five")
    ("'=1+1", "'-5 %", 'five')
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _classes(records: list[Record]) -> list[str]:
    return [object_[1:-1] for _, predicate, object_, _ in records if predicate == TYPE and object_[0] == "<"] or [""]


def _values(records: list[Record]) -> dict[tuple[str, Term], list[Term]]:
    """The values of a thing by property and kind, in order."""
    found: dict[tuple[str, Term], list[Term]] = defaultdict(list)
    for _, predicate, object_, _ in records:
        value = parts(object_)
        kind = value._replace(value="") if value.is_literal else Term("iri", "")
        found[predicate[1:-1], kind].append(value)
    return found


def _file_names(classes: list[str]) -> dict[str, str]:
    """A file name for each class: its short form, numbered where two would be the same to some file system."""
    names: dict[str, str] = {}
    for class_ in classes:
        stem = re.sub(r"[^A-Za-z0-9.]+", "-", compact(class_)).strip("-.") if class_ else _UNTYPED
        taken = sum(
            1 for name in names.values() if re.fullmatch(rf"{re.escape(stem)}(?:-\d+)?\.csv", name, re.IGNORECASE)
        )
        names[class_] = f"{stem}-{taken + 1}.csv" if taken else f"{stem}.csv"
    return names


def _metadata(tables: dict[str, dict[tuple[str, Term], _Column]], names: dict[str, str], options: Options) -> bytes:
    described: list[dict[str, object]] = []
    for class_, name in names.items():
        columns = [tables[class_][key] for key in sorted(tables[class_])]
        about: dict[str, object] = {"url": name}
        if class_:
            about["rdfs:isDefinedBy"] = {"@id": class_}
        about["tableSchema"] = {
            "aboutUrl": "{+id}",
            "primaryKey": "id",
            "columns": [
                {"name": "id", "titles": "id", "datatype": "string", "required": True, "suppressOutput": True},
                *(column.described(f"c{number}") for number, column in enumerate(columns, 1)),
            ],
        }
        described.append(about)
    group: dict[str, object] = {
        "@context": "http://www.w3.org/ns/csvw",
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "trim": False},
    }
    if options.spreadsheet:
        group["rdfs:comment"] = "A cell that a spreadsheet would run as a formula has an apostrophe before it."
    return (json.dumps(group | {"tables": described}, ensure_ascii=False, indent=2) + "\n").encode()
