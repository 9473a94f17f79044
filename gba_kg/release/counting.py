"""Counts what VoID tells of a dataset, in one pass over its sorted statements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b

from gba_kg.exports.statements import Statements
from gba_kg.exports.terms import TYPE, Record, parts
from gba_kg.namespaces import PREFIXES
from gba_kg.vocabulary import Vocabularies, namespace_of

__all__ = ["Counts", "count"]

# Statements on a dataset or an ontology itself name licences and vocabularies: no links from thing to thing.
_ABOUT = {f"<{PREFIXES['dcat']}Dataset>", f"<{PREFIXES['void']}Dataset>", f"<{PREFIXES['owl']}Ontology>"}


@dataclass
class Counts:
    """Counts of distinct statements, whatever graphs they are in; keys are IRIs (VoID, 4).

    ``entities`` are subjects whose IRI is in the space of the dataset; ``classes`` has for each class its instances
    and the statements on them; ``links`` has statements from the dataset to another one, by the namespace that they
    lead to and their property.
    """

    triples: int = 0
    entities: int = 0
    subjects: int = 0
    objects: int = 0
    classes: dict[str, tuple[int, int]] = field(default_factory=dict)
    properties: Counter[str] = field(default_factory=Counter)
    languages: set[str] = field(default_factory=set)
    links: Counter[tuple[str, str]] = field(default_factory=Counter)


def count(records: Iterable[Record], space: str = "") -> Counts:
    """Counts of statements; ``space`` is what the IRIs of the dataset begin with, empty where it has none."""
    found = Counts()
    objects: set[bytes] = set()
    classes: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    vocabularies = Vocabularies()
    with Statements(records) as statements:
        for subject, about in statements.by_subject():
            found.subjects += 1
            found.triples += len(about)
            own = subject[0] == "<" and subject[1:].startswith(space)
            found.entities += own
            types = {object_ for _, predicate, object_, _ in about if predicate == TYPE}
            for class_ in types:
                if class_[0] == "<":
                    classes[class_[1:-1]][0] += 1
                    classes[class_[1:-1]][1] += len(about)
            for _, predicate, object_, _ in about:
                found.properties[predicate[1:-1]] += 1
                objects.add(blake2b(object_.encode(), digest_size=12).digest())  # shorter than most texts
                if object_[0] == '"':
                    found.languages |= {parts(object_).language} - {""}
                elif object_[0] == "<" and predicate != TYPE and own and space and not types & _ABOUT:
                    target = namespace_of(object_[1:-1])
                    if not target.startswith(space) and target not in vocabularies.namespaces:
                        found.links[target, predicate[1:-1]] += 1
    found.objects = len(objects)
    found.classes = {class_: (counts[0], counts[1]) for class_, counts in sorted(classes.items())}
    return found
