"""The JSON-LD context of a graph: short terms with the one kind of value that each property has."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from gba_kg.exports.terms import STRING, TYPE, Record, parts
from gba_kg.namespaces import PREFIXES, shrink

__all__ = ["BY_LANGUAGE", "IRI", "Context", "context_of"]

IRI, BY_LANGUAGE = "@id", "@language"
"""What a term coerces its values to, beside a datatype: IRIs, or texts in a map from language to text."""

_TERM = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_OWL, _RDFS = PREFIXES["owl"], PREFIXES["rdfs"]
_OBJECT, _DATA, _CLASS = (f"<{_OWL}{name}>" for name in ("ObjectProperty", "DatatypeProperty", "Class"))
_RANGE = f"<{_RDFS}range>"


@dataclass(frozen=True)
class Context:
    """Terms of properties (with what each coerces its values to; empty for nothing) and of classes, by their IRIs."""

    properties: dict[str, tuple[str, str]]
    classes: dict[str, str]
    prefixes: tuple[str, ...] = tuple(PREFIXES)

    def short(self, iri: str) -> str:
        """An IRI as a compact IRI where the context has its prefix."""
        found = shrink(iri)
        return found if found is not iri and found.partition(":")[0] in self.prefixes else iri

    def without(self, schemes: Iterable[str]) -> Context:
        """The context without names that are schemes of IRIs as well: ``place:x`` would be read as a compact IRI."""
        taken = set(schemes)
        return Context(
            {iri: term for iri, term in self.properties.items() if term[0] not in taken},
            {iri: name for iri, name in self.classes.items() if name not in taken},
            tuple(prefix for prefix in self.prefixes if prefix not in taken),
        )

    def of(self, properties: Iterable[str], classes: Iterable[str], prefixes: Iterable[str]) -> Context:
        """The part of the context that a document uses."""
        wanted = set(prefixes)
        return Context(
            {iri: self.properties[iri] for iri in properties if iri in self.properties},
            {iri: self.classes[iri] for iri in classes if iri in self.classes},
            tuple(prefix for prefix in self.prefixes if prefix in wanted),
        )

    def as_json(self) -> dict[str, object]:
        """The context as JSON: prefixes, then terms by name. Terms are spelled out, so that they need no prefix."""
        found: dict[str, object] = {"@version": 1.1}
        found |= {prefix: PREFIXES[prefix] for prefix in self.prefixes}
        terms: dict[str, object] = dict(sorted((name, iri) for iri, name in self.classes.items()))
        for iri, (name, coercion) in self.properties.items():
            term = {"@id": iri}
            if coercion == BY_LANGUAGE:
                term["@container"] = "@language"
            elif coercion:
                term["@type"] = coercion
            terms[name] = term
        return found | dict(sorted(terms.items()))


def context_of(records: Iterable[Record]) -> Context:
    """The context of a graph, from how it uses each property and, for those that it does not use, its ontology.

    A term coerces its values when all that the graph has are of one kind; a property that the ontology declares and
    nothing uses has the kind of its range. Of equal local names the first vocabulary of the prefix table has the bare
    one, the others put their prefix before it. Properties outside of the table have no term.
    """
    used: dict[str, set[str]] = defaultdict(set)
    types: dict[str, set[str]] = defaultdict(set)
    ranges: dict[str, str] = {}
    classes: set[str] = set()
    for subject, predicate, object_, _ in records:
        used[predicate[1:-1]].add(_kind(object_))
        if predicate == TYPE and object_[0] == "<":
            classes.add(object_[1:-1])
            types[subject].add(object_)
        elif predicate == _RANGE:
            ranges[subject] = object_[1:-1]
    for subject, declared in types.items():
        if subject[0] == "<" and _CLASS in declared:
            classes.add(subject[1:-1])
        elif subject[0] == "<" and subject[1:-1] not in used and declared & {_OBJECT, _DATA}:
            kind = IRI if _OBJECT in declared else ranges.get(subject, "")
            used[subject[1:-1]] = {kind} if kind else {"", STRING}
    used.pop(TYPE[1:-1], None)
    names = _names([*used, *classes])
    return Context(
        {iri: (names[iri], _coercion(used[iri])) for iri in sorted(used) if iri in names},
        {iri: names[iri] for iri in sorted(classes) if iri in names},
    )


def _kind(text: str) -> str:
    if text[0] != '"':
        return IRI
    value = parts(text)
    return BY_LANGUAGE if value.language else value.datatype


def _coercion(kinds: set[str]) -> str:
    """The one kind of value, if there is one; strings need none."""
    return next(iter(kinds)) if len(kinds) == 1 and kinds != {STRING} else ""


def _names(iris: Iterable[str]) -> dict[str, str]:
    order = list(PREFIXES)
    names: dict[str, str] = {}
    taken = set(PREFIXES)
    short = {iri: shrink(iri).partition(":") for iri in iris if shrink(iri) is not iri}
    for iri, (prefix, _, local) in sorted(short.items(), key=lambda item: (order.index(item[1][0]), item[0])):
        for name in (local, f"{prefix}_{local}"):
            if _TERM.fullmatch(name) and name not in taken:
                taken.add(name)
                names[iri] = name
                break
    return names
