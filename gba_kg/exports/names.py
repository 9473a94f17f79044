"""Short names in exports: the prefixes that a set of statements uses, and the keys of properties in flat formats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gba_kg.exports.terms import LANG_STRING, STRING, Record, Term, parts
from gba_kg.namespaces import PREFIXES, shrink

__all__ = ["LABELS", "best_label", "compact", "property_key", "used_prefixes"]

LABELS = tuple(
    f"<{PREFIXES[prefix]}{name}>" for prefix, name in (("skos", "prefLabel"), ("dcterms", "title"), ("rdfs", "label"))
)
"""The properties that name a thing, the best first."""


def used_prefixes(records: Iterable[Record]) -> dict[str, str]:
    """The prefixes of the table that shorten some IRI of the records, in the order of the table."""
    used: set[str] = set()
    seen: set[str] = set()
    for record in records:
        for iri in _iris(record):
            if iri not in seen:
                seen.add(iri)
                short = shrink(iri)
                if short is not iri:
                    used.add(short.partition(":")[0])
        if len(seen) > 50_000:  # a memory of what was seen, which must not grow with the graph
            seen.clear()
    return {prefix: namespace for prefix, namespace in PREFIXES.items() if prefix in used}


def _iris(record: Record) -> Iterator[str]:
    for text in record:
        if text[:1] == "<":
            yield text[1:-1]
        elif text[:1] == '"' and text[-1] == ">":
            yield text[text.rindex("<") + 1 : -1]


def compact(iri: str) -> str:
    """A CURIE, or the IRI in angle brackets, so that the two cannot be confused."""
    short = shrink(iri)
    return f"<{iri}>" if short is iri else short


def property_key(predicate: str, value: Term) -> str:
    """The key of a literal in a format without types: property, then language or datatype.

    >>> property_key("http://purl.org/dc/terms/title", parts('"x"@en'))
    'dcterms:title@en'
    >>> property_key("http://purl.org/dc/terms/issued", parts('"2024"^^<http://www.w3.org/2001/XMLSchema#gYear>'))
    'dcterms:issued^^xsd:gYear'
    """
    name = compact(predicate)
    if value.datatype == LANG_STRING:
        return f"{name}@{value.language}"
    return name if value.datatype == STRING else f"{name}^^{compact(value.datatype)}"


def best_label(records: Iterable[Record], name: str) -> str:
    """The label of a thing for tools that show one: in English where there is one, else the first, else its name."""
    found = []
    for _, predicate, object_, _ in records:
        if predicate in LABELS and object_[0] == '"':
            value = parts(object_)
            found.append((value.language.lower() not in ("en", ""), LABELS.index(predicate), value.value))
    return min(found)[2] if found else name
