"""The order of a Turtle document: which prefixes it declares, and where its blocks stand.

A comment between blank lines heads a section, and nothing leaves its section. Within it the order in which somebody has
written is kept, as it means something (from low to high, the chapters of a document), with four exceptions:

1. The statements about one subject stand together, where the first of them stands.
2. What a node has as ``oa:hasSelector`` stands directly after it.
3. Nodes with a selector in the same source stand as they come there: by ``oa:start``, the longer first.
4. Subjects whose names differ in the number at their end alone stand by that number.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import groupby

import pyoxigraph as ox

from gba_kg.formatter.blocks import Block, names, prefix_of
from gba_kg.namespaces import PREFIXES

__all__ = ["in_order", "without_idle_prefixes"]

_NUMBERED = re.compile(r"(.*?\D)([0-9]{1,9})>?")
_OA = PREFIXES["oa"]

_Group = list[Block]
_Key = tuple[object, tuple[int, ...]]


def without_idle_prefixes(blocks: list[Block]) -> list[Block]:
    """The blocks without the prefixes that nothing uses and no comment explains; all where no statement stands."""
    if not any(block.kind == "statement" for block in blocks):
        return blocks
    used = {name for block in blocks if block.kind == "statement" for name in names(block)}

    def idle(block: Block) -> bool:
        declared = prefix_of(block)
        return declared is not None and declared[0] not in used and not declared[2]

    return [block for block in blocks if not idle(block)]


def in_order(blocks: list[Block], triples: Iterable[ox.Triple]) -> list[Block]:
    """The blocks in order; ``triples`` are what the document says."""
    selection = _Selection(blocks, triples)
    ordered: list[Block] = []
    for movable, section in groupby(blocks, lambda block: block.kind == "statement"):
        part = list(section)
        ordered += _section(part, selection) if movable else part
    return ordered


def _section(section: list[Block], selection: _Selection) -> list[Block]:
    together: dict[str | int, _Group] = {}
    for number, block in enumerate(section):
        together.setdefault(block.subject or number, []).append(block)
    groups = _behind_their_owners(list(together.values()), selection)
    return [block for group in _sorted_in_their_places(groups, selection.key) for block in group]


def _behind_their_owners(groups: list[_Group], selection: _Selection) -> list[_Group]:
    """The groups with each selector appended to the one group that selects with it."""
    owners = Counter(subject for group in groups for subject in selection.of(group[0].subject))
    selectors = {
        group[0].subject: group
        for group in groups
        if owners[group[0].subject] == 1 and not selection.of(group[0].subject)
    }
    merged: list[_Group] = []
    taken: set[str] = set()
    for group in groups:
        for subject in selection.of(group[0].subject):
            if subject in selectors:
                taken.add(subject)
                group = [*group, *selectors[subject]]
        merged.append(group)
    return [group for group in merged if group[0].subject not in taken]


def _sorted_in_their_places(groups: list[_Group], key: Callable[[_Group], _Key | None]) -> list[_Group]:
    """Groups of one kind in order, at the places that groups of this kind have."""
    kinds: dict[object, list[tuple[tuple[int, ...], int]]] = defaultdict(list)
    for place, group in enumerate(groups):
        own = key(group)
        if own:
            kinds[own[0]].append((own[1], place))
    ordered = list(groups)
    for kind in kinds.values():
        for (_, place), (_, source) in zip(kind, sorted(kind), strict=True):
            ordered[place] = groups[source]
    return ordered


class _Selection:
    """What the document says of selectors, by the subjects of its blocks as they are written."""

    def __init__(self, blocks: list[Block], triples: Iterable[ox.Triple]) -> None:
        declared = [prefix_of(block) for block in blocks if block.kind == "directive"]
        known = [(prefix[0], prefix[1]) for prefix in declared if prefix]
        # Where a prefix has two meanings or a base stands somewhere, names are not told apart: nothing moves by them.
        plain = len(dict(known)) == len(declared)
        self._namespaces = dict(known) if plain else {}
        self._values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            if triple.predicate.value.startswith(_OA) and isinstance(triple.subject, ox.NamedNode):
                term = triple.object
                value = term.value if isinstance(term, (ox.NamedNode, ox.Literal)) else ""
                self._values[triple.subject.value][triple.predicate.value.removeprefix(_OA)].append(value)
        self._written = {self._iri(block.subject): block.subject for block in blocks if block.subject}

    def _iri(self, written: str) -> str:
        if written.startswith("<"):
            return written[1:-1]
        prefix, _, local = written.partition(":")
        return self._namespaces[prefix] + local.replace("\\", "") if prefix in self._namespaces else ""

    def _all(self, written: str, name: str) -> list[str]:
        own = self._values.get(self._iri(written))
        return own.get(name, []) if own else []

    def of(self, written: str) -> list[str]:
        """The selectors of a subject, as written."""
        return [self._written[iri] for iri in self._all(written, "hasSelector") if iri in self._written]

    def key(self, group: _Group) -> _Key | None:
        """What a group is sorted with, and by which numbers; None for what stays where it is."""
        subject = group[0].subject
        sources = self._all(subject, "hasSource")
        for selector in self.of(subject):
            start, end = self._all(selector, "start"), self._all(selector, "end")
            if len(start) == len(end) == 1 and all(number.isdigit() for number in (*start, *end)):
                return ("source", *sources), (int(start[0]), -int(end[0]))
        numbered = _NUMBERED.fullmatch(subject)
        return (("number", numbered[1]), (int(numbered[2]),)) if numbered else None
