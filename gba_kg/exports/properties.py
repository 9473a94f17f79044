"""Statements as a property graph: numbered nodes with keyed values, for GraphML and Cypher."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from gba_kg.exports.names import property_key
from gba_kg.exports.statements import Statements
from gba_kg.exports.terms import Record, parts

__all__ = ["Properties"]


class Properties:
    """The nodes of the statements in order, and the keys of their literal values.

    ``lists`` are the keys with several values at some node, or with one that ``unfit`` says cannot stand alone: so a
    reader knows from the key whether a value is a list.
    """

    def __init__(self, statements: Statements, unfit: Callable[[str], bool] = lambda _: False) -> None:
        self._statements = statements
        self.lists: set[str] = set()
        found: set[str] = set()
        names: set[str] = set()
        for subject, records in statements.by_subject():
            names.add(subject)
            names.update(object_ for _, _, object_, _ in records if object_[0] != '"')
            for key, values in self.of(records).items():
                found.add(key)
                if len(values) > 1 or any(unfit(value) for value in values):
                    self.lists.add(key)
        self.keys = sorted(found)
        self._numbers = {name: f"n{number}" for number, name in enumerate(sorted(names), 1)}

    def number(self, name: str) -> str:
        """The id of a node."""
        return self._numbers[name]

    def nodes(self) -> Iterator[tuple[str, list[Record]]]:
        """Each node with its statements; those that are only named by others have none."""
        blocks = self._statements.by_subject()
        subject, records = next(blocks, ("", []))
        for name in self._numbers:
            if name == subject:
                yield name, records
                subject, records = next(blocks, ("", []))
            else:
                yield name, []

    @staticmethod
    def of(records: list[Record]) -> dict[str, list[str]]:
        """The literal values of a thing by key."""
        values: dict[str, list[str]] = defaultdict(list)
        for _, predicate, object_, _ in records:
            if object_[0] == '"':
                value = parts(object_)
                values[property_key(predicate[1:-1], value)].append(value.value)
        return values
