"""What a finding says where its shape has no message: what the constraint component asks for."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from gba_kg.facts import Facts, Subject, Term, iri
from gba_kg.namespaces import PREFIXES, shrink
from gba_kg.rules import LANGUAGES
from gba_kg.rules.components import COMPONENT_TEXTS, OTHER

__all__ = ["component_message"]

_SHOWN = 5
"""How many members of a list a message names."""


def component_message(shapes: Facts, component: ox.NamedNode, shape: Subject, language: str) -> str:
    """What a constraint component asks for in a shape, with the value of its parameter (SHACL, section 4)."""
    kind = component.value.removeprefix(PREFIXES["sh"]).removesuffix("ConstraintComponent")
    texts = COMPONENT_TEXTS.get(kind, OTHER)
    if texts is OTHER:
        asked = [shrink(component.value)]
    else:
        values = shapes.all(shape, f"sh:{kind[0].lower()}{kind[1:]}")
        asked = [_shown(item) for value in values for item in _items(shapes, value)]
    more = ["..."] if len(asked) > _SHOWN else []
    return texts[LANGUAGES.index(language)].format(of=", ".join([*asked[:_SHOWN], *more]))


def _items(shapes: Facts, value: Term) -> Iterator[Term]:
    """The members of a list, a few more than are shown, or the value itself."""
    if not shapes.all(value, "rdf:first"):
        yield value
        return
    for _ in range(_SHOWN + 1):
        yield from shapes.all(value, "rdf:first")[:1]
        value = next(iter(shapes.all(value, "rdf:rest")), value)
        if value == iri("rdf:nil"):
            return


def _shown(term: Term) -> str:
    if isinstance(term, ox.Literal):
        return f"'{term.value}'" if term.datatype.value == PREFIXES["xsd"] + "string" else term.value
    return shrink(term.value) if isinstance(term, ox.NamedNode) else "[ ... ]"
