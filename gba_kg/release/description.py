"""The description of a release: DCAT 3 and VoID, of what was counted in the data and written to the folder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote

from gba_kg.exports import FORMATS
from gba_kg.exports.terms import Record, literal
from gba_kg.namespaces import PREFIXES, shrink
from gba_kg.release.citation import NO_CITATION, Citation
from gba_kg.release.counting import Counts
from gba_kg.release.kinds import Kind
from gba_kg.release.ledger import Released
from gba_kg.release.sentences import Sentences, by_language, day, node, number, term
from gba_kg.vocabulary import namespace_of

__all__ = ["Dataset", "Described", "describe"]

_FILE_TYPE = "http://publications.europa.eu/resource/authority/file-type/"
_LANGUAGE = "http://publications.europa.eu/resource/authority/language/"
_MEDIA_TYPE = "https://www.iana.org/assignments/media-types/"
# What IANA has not registered (dcat:mediaType is for its list alone; dcterms:format says the rest).
_UNREGISTERED = {"application/graphml+xml"}
# Languages of the project in the list of the EU; of others the statement is left to the data.
_LANGUAGES = {"en": "ENG", "pt": "POR", "zh": "ZHO"}
_XSD = PREFIXES["xsd"]


@dataclass(frozen=True)
class Described:
    """A dataset of the release, its documents with what was written of each, and its title to name them by.

    ``version`` and ``licenses`` are those that it states itself, as an ontology of others does.
    """

    iri: str
    title: dict[str, str]
    files: list[tuple[Kind, Released]] = field(default_factory=list)
    description: tuple[str, str, str] | None = None
    version: str | None = None
    licenses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dataset:
    """The dataset itself: its IRI, what the data state of it, and what the release adds.

    ``stated`` are its statements in the data. ``conforms`` are ontologies and shapes, ``page`` is a document on it.
    """

    iri: str
    stated: tuple[Record, ...]
    version: str | None
    licenses: tuple[str, ...]
    issued: date | None
    citation: Citation = NO_CITATION
    base: str = ""
    endpoint: str | None = None
    space: str = ""
    conforms: tuple[str, ...] = ()
    page: str | None = None

    @property
    def stem(self) -> str:
        """What the IRIs of its parts begin with."""
        return self.iri if self.iri.endswith(("/", "#")) else f"{self.iri}/"

    @property
    def edition(self) -> str:
        """The version as a step of a path; empty where there is none."""
        return f"{quote(self.version, safe='')}/" if self.version else ""


def describe(dataset: Dataset, counts: Counts, graph: Described, parts: Iterable[Described]) -> list[Record]:
    """DCAT 3 and VoID of a dataset and its parts."""
    said = Sentences()
    said.records += dataset.stated
    said.are(dataset.iri, "dcat:Dataset", "void:Dataset")
    _origin(said, dataset, dataset.iri)
    said.say(dataset.iri, "dcat:keyword", [literal(word, language="en") for word in dataset.citation.keywords])
    said.say(dataset.iri, "dcterms:conformsTo", [node(iri) for iri in dataset.conforms])
    if dataset.page:
        said.say(dataset.iri, "foaf:page", node(dataset.base + dataset.page))
    if dataset.endpoint:
        said.say(dataset.iri, "void:sparqlEndpoint", node(dataset.endpoint))
    _statistics(said, dataset, counts)
    _distributions(said, dataset, graph, dataset.licenses)
    for part in parts:
        said.are(part.iri, "dcat:Dataset")
        said.say(part.iri, "dcterms:title", by_language(part.title))
        if part.description:
            said.say(part.iri, "dcterms:description", by_language(part.description))
        said.say(part.iri, "dcterms:isPartOf", node(dataset.iri))
        said.say(dataset.iri, "dcterms:hasPart", node(part.iri))
        own = part.iri.startswith(dataset.stem)  # of an ontology of others nothing is known but what it states
        licenses, version = part.licenses or dataset.licenses * own, part.version or (dataset.version if own else None)
        said.say(part.iri, "dcterms:license", [node(iri) for iri in licenses])
        if version:
            said.say(part.iri, "dcat:version", literal(version))
        if own:
            _origin(said, dataset, part.iri)
        _distributions(said, dataset, part, licenses)
    return said.records


def _origin(said: Sentences, dataset: Dataset, iri: str) -> None:
    if dataset.issued:
        said.say(iri, "dcterms:issued", day(dataset.issued))
    for author in dataset.citation.authors:
        # By name: a place in a list would be somebody else's IRI when the list changes.
        creator = f"{dataset.stem}creator/{quote(author.lower().replace(' ', '-'), safe='')}"
        said.say(iri, "dcterms:creator", node(creator))
        said.are(creator, "foaf:Agent")
        said.say(creator, "foaf:name", literal(author))


def _distributions(said: Sentences, dataset: Dataset, of: Described, licenses: tuple[str, ...]) -> None:
    for kind, file in of.files:
        name = f"{dataset.stem}distribution/{dataset.edition}{file.path}"
        url = node(dataset.base + file.path)
        said.say(of.iri, "dcat:distribution", node(name))
        said.are(name, "dcat:Distribution")
        titles = {
            language: f"{title} ({form})" if language == "en" else f"{title}（{form}）"
            for (language, title), form in zip(_in_order(of.title), kind.syntax, strict=True)
        }
        said.say(name, "dcterms:title", by_language(titles))
        said.say(name, "dcat:accessURL", url)
        said.say(name, "dcat:downloadURL", url)
        if kind.whole:
            said.say(of.iri, "void:dataDump", url)
        media_type = FORMATS[kind.form].media_type
        if media_type not in _UNREGISTERED:
            said.say(name, "dcat:mediaType", node(_MEDIA_TYPE + media_type))
        if file.media_type != media_type:
            said.say(name, "dcat:packageFormat", node(_MEDIA_TYPE + file.media_type))
        said.say(name, "dcterms:format", node(_FILE_TYPE + kind.file_type))
        if kind.standard:
            said.say(name, "dcterms:conformsTo", node(kind.standard))
        said.say(name, "dcterms:license", [node(iri) for iri in licenses])
        if dataset.issued:
            said.say(name, "dcterms:issued", day(dataset.issued))
        said.say(name, "dcat:byteSize", number(file.size, "nonNegativeInteger"))
        said.say(name, "spdx:checksum", node(f"{name}#sha256"))
        said.are(f"{name}#sha256", "spdx:Checksum")
        said.say(f"{name}#sha256", "spdx:algorithm", term("spdx:checksumAlgorithm_sha256"))
        said.say(f"{name}#sha256", "spdx:checksumValue", literal(file.sha256, f"{_XSD}hexBinary"))


def _in_order(title: dict[str, str]) -> list[tuple[str, str]]:
    return [(language, title[language]) for language in ("en", "zh-Hans", "zh-Hant")]


def _statistics(said: Sentences, dataset: Dataset, counts: Counts) -> None:
    """VoID, 4 (statistics and partitions) and 5 (linksets)."""
    iri = dataset.iri
    said.say(iri, "void:triples", number(counts.triples))
    said.say(iri, "void:entities", number(counts.entities))
    said.say(iri, "void:classes", number(len(counts.classes)))
    said.say(iri, "void:properties", number(len(counts.properties)))
    said.say(iri, "void:distinctSubjects", number(counts.subjects))
    said.say(iri, "void:distinctObjects", number(counts.objects))
    terms = [*counts.classes, *counts.properties]
    said.say(iri, "void:vocabulary", [node(each) for each in sorted({namespace_of(t).rstrip("#") for t in terms})])
    tags = sorted({tag.partition("-")[0].lower() for tag in counts.languages})
    said.say(iri, "dcterms:language", [node(_LANGUAGE + _LANGUAGES[tag]) for tag in tags if tag in _LANGUAGES])
    for class_, (entities, triples) in counts.classes.items():
        own = f"{dataset.stem}partition/class/{quote(shrink(class_), safe=':')}"
        said.say(iri, "void:classPartition", node(own))
        said.say(own, "void:class", node(class_))
        said.say(own, "void:entities", number(entities))
        said.say(own, "void:triples", number(triples))
    for property_, triples in sorted(counts.properties.items()):
        own = f"{dataset.stem}partition/property/{quote(shrink(property_), safe=':')}"
        said.say(iri, "void:propertyPartition", node(own))
        said.say(own, "void:property", node(property_))
        said.say(own, "void:triples", number(triples))
    for (target, property_), triples in sorted(counts.links.items()):
        own = f"{dataset.stem}linkset/{quote(shrink(property_), safe=':')}/{quote(target, safe='')}"
        said.say(iri, "void:subset", node(own))
        said.are(own, "void:Linkset")
        said.say(own, "void:subjectsTarget", node(iri))
        said.say(own, "void:objectsTarget", node(target[:-1]))
        said.say(own, "void:linkPredicate", node(property_))
        said.say(own, "void:triples", number(triples))
