"""Finds things by words of any language, Chinese in either script, best matches first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from gba_kg.graph import Graph
from gba_kg.namespaces import shrink

if TYPE_CHECKING:
    from opencc import OpenCC

__all__ = ["Hit", "plain", "search"]

# What is searched, and how much a match in it counts.
_WEIGHTS = {
    "http://www.w3.org/2004/02/skos/core#prefLabel": 1.0,
    "http://www.w3.org/2004/02/skos/core#altLabel": 0.95,
    "http://purl.org/dc/terms/title": 0.9,
    "http://www.w3.org/2004/02/skos/core#definition": 0.4,
    "http://purl.org/dc/terms/description": 0.4,
}
# Labels of the many small records weigh less than those of measures, actors and concepts.
_RECORDS = ("outcome:", "milestone:", "novelty:", "component:")


@dataclass(frozen=True)
class Hit:
    """A thing that matches: its IRI, its label in the language asked for, the words that matched, how well (0 to 1)."""

    iri: str
    label: str
    matched: str
    score: float


def search(graph: Graph, text: str, *, language: str = "en", limit: int = 20) -> list[Hit]:
    """The things whose labels, titles or descriptions match a text, best first.

    Letter case, white space and Chinese script make no difference. A text of several words matches where all of them
    occur; a longer Chinese text also where most of its pairs of characters do.
    """
    wanted = plain(text)
    if not wanted:
        return []
    best: dict[str, tuple[float, str]] = {}
    for subject, words, weight in _labels(graph):
        score = round(weight * _score(wanted, plain(words)), 4)
        if shrink(subject).startswith(_RECORDS):
            score = round(score * 0.8, 4)
        if score > best.get(subject, (0.0, ""))[0]:
            best[subject] = (score, words)
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], len(item[1][1]), item[0]))[:limit]
    return [Hit(subject, _label(graph, subject, language), words, score) for subject, (score, words) in ranked]


def plain(text: str) -> str:
    """A text in simplified script and lower case, its white space folded.

    >>> plain("  澳車北上  Macao ")
    '澳车北上 macao'
    """
    return " ".join(str(_simplifier().convert(text)).casefold().split())


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


def _score(wanted: str, words: str) -> float:
    if wanted == words:
        return 1.0
    closeness = len(wanted) / max(len(words), len(wanted))
    if words.startswith(wanted):
        return 0.8 + 0.1 * closeness
    if wanted in words:
        return 0.6 + 0.1 * closeness
    parts = wanted.split()
    if len(parts) > 1 and all(part in words for part in parts):
        return 0.4 + 0.1 * closeness
    pairs = {wanted[i : i + 2] for i in range(len(wanted) - 1) if not wanted[i : i + 2].isascii()}
    if len(pairs) < 3:
        return 0.0
    share = sum(pair in words for pair in pairs) / len(pairs)
    return 0.3 * share if share >= 0.6 else 0.0


def _labels(graph: Graph) -> Iterator[tuple[str, str, float]]:
    for property_, weight in _WEIGHTS.items():
        for quad in graph.store.quads_for_pattern(None, ox.NamedNode(property_), None):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                yield quad.subject.value, quad.object.value, weight


def _label(graph: Graph, subject: str, language: str) -> str:
    property_ = ox.NamedNode(next(iter(_WEIGHTS)))
    labels = {
        (quad.object.language or "").lower(): quad.object.value
        for quad in graph.store.quads_for_pattern(ox.NamedNode(subject), property_, None)
        if isinstance(quad.object, ox.Literal)
    }
    return labels.get(language.lower()) or labels.get("en") or shrink(subject)
