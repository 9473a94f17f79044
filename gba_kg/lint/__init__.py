"""What no shape sees: how files are written, terms, code lists, translations, and individuals without a use.

For any data: code lists, unknown terms, and what nobody describes; translations and individuals without a use where
they are asked for. For this project's own: all of that, its format, its prefixes and the terms of its ontology.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from gba_kg.code_lists import code_lists
from gba_kg.facts import Facts
from gba_kg.findings import Finding, Report
from gba_kg.graph import Graph
from gba_kg.lint.files import formatting, prefixes
from gba_kg.lint.individuals import REFERRED_TO, undescribed, unused_individuals
from gba_kg.lint.subject_matter import Matter
from gba_kg.lint.terms import unknown_terms, unused_terms
from gba_kg.lint.translations import translation_gaps
from gba_kg.resources import bundled
from gba_kg.stored import LANGUAGES
from gba_kg.vocabulary import Vocabularies

__all__ = ["lint"]


def lint(
    graph: Graph,
    shapes: Graph,
    *,
    bundled_data: bool,
    facts: Facts | None = None,
    languages: Sequence[str] = (),
    referred_to: Sequence[str | ox.NamedNode] = (),
    language: str = "en",
) -> Report:
    """The findings of all rules that apply to a graph; ``language`` is that of the messages.

    ``languages`` are those in which a text is to be given once it is given in one of them, ``referred_to`` the classes
    (CURIEs or nodes) whose individuals exist to be referred to; the bundled graph has both from the project.
    """
    matter = Matter(graph, shapes, bundled_data, facts or Facts(graph))
    if bundled_data:
        languages, referred_to = languages or LANGUAGES, referred_to or REFERRED_TO
    findings = list(_generic(matter, languages, referred_to, language))
    if bundled_data:
        findings += _of_the_project(matter, language)
    return Report.of(findings, {"files": len(matter.by_file), "triples": len(matter.quads)})


def _generic(
    matter: Matter, languages: Sequence[str], referred_to: Sequence[str | ox.NamedNode], language: str
) -> Iterator[Finding]:
    outside = Vocabularies()
    queries = sorted(bundled("queries").rglob("*.rq")) if matter.bundled else ()
    yield from code_lists(matter.facts, language)
    yield from unknown_terms(matter, outside, language)
    yield from undescribed(matter, outside, language)
    if languages:
        yield from translation_gaps(matter, languages, language)
    if referred_to:
        yield from unused_individuals(matter, referred_to, queries, language)


def _of_the_project(matter: Matter, language: str) -> Iterator[Finding]:
    files = list(matter.by_file)
    yield from formatting(matter.by_file, language)
    yield from prefixes(files, language)
    yield from unused_terms(matter, sorted(bundled("queries").rglob("*.rq")), language)
