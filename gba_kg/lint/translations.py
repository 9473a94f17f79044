"""Texts that are given in some languages and not in all that are asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from gba_kg.facts import Subject, iri
from gba_kg.findings import Finding
from gba_kg.lint.subject_matter import Matter
from gba_kg.namespaces import shrink
from gba_kg.rules import found

__all__ = ["translation_gaps"]

# Names as they are printed or said somewhere: what is used in one language need not exist in another.
_NAMES = tuple(iri(name) for name in ("skos:altLabel", "skos:hiddenLabel", "dcterms:title"))


def translation_gaps(matter: Matter, languages: Sequence[str], language: str = "en") -> Iterator[Finding]:
    """Rule ``translation-gap``: texts of a property of a subject in some of the languages but not in all.

    A text counts for a language by its tag or a longer one (RFC 4647, basic filtering: ``en-GB`` is ``en``). Other
    names, and titles as printed, are no translations of each other and are left out.
    """
    for quads, facts in ((matter.quads, matter.facts), (matter.shape_quads, matter.shape_facts)):
        given: dict[tuple[Subject, ox.NamedNode], list[ox.Literal]] = defaultdict(list)
        for quad in quads:
            if isinstance(quad.object, ox.Literal) and quad.object.language and quad.predicate not in _NAMES:
                given[quad.subject, quad.predicate].append(quad.object)
        for (subject, predicate), texts in given.items():
            missing = [tag for tag in languages if not any(_is(text, tag) for text in texts)]
            if missing and len(missing) < len(languages):
                yield found(
                    "translation-gap",
                    language,
                    at=facts.place(subject, predicate, texts[0]),
                    said={
                        "name": shrink(subject.value) if isinstance(subject, ox.NamedNode) else "[]",
                        "property": shrink(predicate.value),
                        "missing": ", ".join(missing),
                    },
                    focus=subject.value if isinstance(subject, ox.NamedNode) else None,
                    path=predicate.value,
                )


def _is(text: ox.Literal, tag: str) -> bool:
    own = (text.language or "").lower()
    return own == tag.lower() or own.startswith(tag.lower() + "-")
