"""A release: every distribution of a graph, its description, manifest and checksums, as the files of one folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path, PurePosixPath

import pyoxigraph as ox

from gba_kg.errors import InputError
from gba_kg.exports import FORMATS, Options, export_files, stream
from gba_kg.exports.as_written import records_of
from gba_kg.exports.content import graph_records, stored_records
from gba_kg.exports.statements import Statements
from gba_kg.exports.terms import TYPE, Record, parts
from gba_kg.facts import iri
from gba_kg.files import RdfFile
from gba_kg.graph import Graph
from gba_kg.release.archive import zipped
from gba_kg.release.citation import NO_CITATION, Citation, bundled_citation, day_of_build
from gba_kg.release.counting import count
from gba_kg.release.description import Dataset, Described, describe
from gba_kg.release.kinds import GRAPH, MEDIA_TYPES, ONTOLOGY, PARTS, QUERIES, SHAPES, Kind
from gba_kg.release.ledger import Ledger
from gba_kg.release.queries import query_records
from gba_kg.release.readme import readme
from gba_kg.release.sentences import node, term
from gba_kg.stored import LANGUAGES, StoredQuery

__all__ = ["FORMS", "NO_CITATION", "Citation", "Pages", "Settings", "bundled_citation", "day_of_build", "release"]

FORMS = tuple(dict.fromkeys(kind.form for kind in GRAPH))
"""Formats of the graph, any of which a release may be without."""

Pages = Callable[[Graph, Graph | None], Iterable[tuple[str, Iterable[bytes]]]]
"""Makes pages on the ontology of a graph, with its shapes: the path of each below ``documentation/`` and its pieces."""

_ONTOLOGY = term("owl:Ontology")
_DESCRIPTIONS = {"description.ttl": "turtle", "description.rdf": "rdfxml", "description.jsonld": "jsonld"}
Files = Iterator[tuple[str, Iterator[bytes]]]


@dataclass(frozen=True)
class Settings:
    """What a release is made with.

    ``base`` is where the folder will be found (with its slash; empty: below the IRI of the dataset, by its version),
    ``endpoint`` a SPARQL endpoint that serves the graph, ``without`` formats to leave out, ``papers`` files to lay
    beside the data.
    """

    base: str = ""
    endpoint: str | None = None
    without: frozenset[str] = frozenset()
    citation: Citation = NO_CITATION
    issued: date | None = None
    papers: tuple[Path, ...] = ()


def release(
    graph: Graph,
    shapes: Graph | None,
    queries: Sequence[StoredQuery],
    settings: Settings | None = None,
    pages: Pages | None = None,
) -> Files:
    """The files of a release, each with its path and its pieces, to be taken in this order.

    The data have to say of one ``dcat:Dataset`` its licence, and its title in the languages of the project. Raises
    InputError where they do not, or where a format cannot hold a value; IncompleteError without a library of a format.
    """
    settings = settings or Settings()
    dataset = _dataset(graph, settings)
    # Read and sorted once; each format reads it again, from disk if it is large.
    with Statements(graph_records(graph), "quads") as statements:
        yield from _files(graph, statements, dataset, shapes, queries, settings, pages)


def _files(
    graph: Graph,
    statements: Statements,
    dataset: Dataset,
    shapes: Graph | None,
    queries: Sequence[StoredQuery],
    settings: Settings,
    pages: Pages | None,
) -> Files:
    ledger = Ledger()
    described = Described(dataset.iri, _titles(dataset.stated, dataset.iri))
    every = [described]
    whole = Options(whole=lambda: statements)
    yield from _graph(graph, statements, settings, ledger, every, dataset)
    yield ledger.noted("context.jsonld", "application/ld+json", stream(statements, "jsonld-context"))
    for part, kinds, records in _vocabularies(graph, dataset):
        every.append(part)
        for kind in kinds:
            yield from _written(part, kind, ledger, stream(list(records), kind.form, whole))
    if shapes is not None:
        every.append(_part(dataset, "shape"))
        yield from _written(every[-1], SHAPES, ledger, stream(_records(shapes.files), SHAPES.form))
    if queries:
        every.append(_part(dataset, "query"))
        records = query_records(queries, f"{dataset.stem}query/", settings.endpoint)
        yield from _written(every[-1], QUERIES, ledger, stream(records, QUERIES.form))
    page = None
    for name, pieces in pages(graph, shapes) if pages else ():
        path = f"documentation/{name}"
        page = page or path
        yield ledger.noted(path, _media_type(path), pieces)
    ontologies = [part.iri for part in every[1:] if (node(part.iri), TYPE, _ONTOLOGY) in _types(graph)]
    conforms = (*ontologies, *([f"{dataset.stem}shape"] if shapes is not None else ()))
    dataset = replace(dataset, conforms=conforms, page=page)
    about = describe(dataset, count(statements, dataset.space), described, every[1:])
    for path, form in _DESCRIPTIONS.items():
        yield ledger.noted(path, FORMATS[form].media_type, stream(about, form))
    for paper in settings.papers:
        yield ledger.noted(paper.name, _media_type(paper.name), [paper.read_bytes()])
    licence = next((paper.name for paper in settings.papers if paper.name.startswith("LICENSE")), None)
    yield ledger.noted("README.md", _media_type("README.md"), [readme(dataset, every, licence=licence)])
    yield ledger.noted("manifest.json", _media_type("manifest.json"), [ledger.manifest(dataset.iri)])
    yield "SHA256SUMS", iter([ledger.sums()])


def _graph(
    graph: Graph,
    statements: Statements,
    settings: Settings,
    ledger: Ledger,
    every: list[Described],
    dataset: Dataset,
) -> Files:
    """The graph in each format; what has a part of its own comes after the whole."""
    for kind in GRAPH:
        if kind.form in settings.without or not _has(graph, kind.about):
            continue
        if kind.part != "graph":
            every.append(_part(dataset, kind.part))
        query = FORMATS[kind.form].query
        records: Iterable[Record] = statements
        if query or kind.reasoned:
            records = stored_records(graph, query) if query else graph_records(_reasoned(graph))
        options = Options(whole=lambda: statements)
        if FORMATS[kind.form].folder:
            pieces = zipped(export_files(records, kind.form, options))
        else:
            pieces = stream(records, kind.form, options)
        yield from _written(every[-1] if kind.part != "graph" else every[0], kind, ledger, pieces)


def _written(part: Described, kind: Kind, ledger: Ledger, pieces: Iterable[bytes]) -> Files:
    """A document, which belongs to its part when it is written."""
    media_type = "application/zip" if kind.path.endswith(".zip") else FORMATS[kind.form].media_type
    path = kind.path
    yield ledger.noted(path, media_type, pieces)
    part.files.append((kind, ledger.files[path]))


def _reasoned(graph: Graph) -> Graph:
    """A copy with the entailments: the graph of the caller stays as it is."""
    store = ox.Store()
    store.bulk_extend(graph.store)
    copy = replace(graph, store=store)
    copy.entail()
    return copy


def _has(graph: Graph, class_: str | None) -> bool:
    if class_ is None:
        return True
    found = graph.store.quads_for_pattern(None, iri("rdf:type"), ox.NamedNode(class_))
    return next(found, None) is not None


def _vocabularies(graph: Graph, dataset: Dataset) -> Iterator[tuple[Described, list[Kind], list[Record]]]:
    """Each ontology by itself, as a document has one ontology at most (OWL 2, 3), and the code lists together."""
    lists: list[Record] = []
    taken: set[str] = {"code-lists"}
    for file in graph.vocabulary:
        records = list(records_of(file))
        headers = [record[0] for record in records if record[1:3] == (TYPE, _ONTOLOGY)]
        if not headers or headers[0][0] != "<":
            lists += records
            continue
        header = headers[0][1:-1]
        part = _part(dataset, "ontology", header)
        texts = {**part.title, **_texts(records, header, "dcterms:title")}
        said = _texts(records, header, "dcterms:description")
        words = part.description if len(said) < len(LANGUAGES) else (said["en"], said["zh-Hans"], said["zh-Hant"])
        about = [record for record in records if record[0] == headers[0]]
        version = next((parts(each).value for each in _values(about, "owl:versionInfo")), None)
        described = Described(header, texts, [], words, version, _iris(about, "dcterms:license"))
        yield described, _named(_free(file.path.stem, taken)), records
    if lists:
        yield _part(dataset, "scheme"), _named("code-lists"), lists


def _named(stem: str) -> list[Kind]:
    return [replace(kind, path=kind.path.format(stem)) for kind in ONTOLOGY]


def _free(stem: str, taken: set[str]) -> str:
    """A name for a file that no other file has, of characters that need no escapes in an IRI."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in stem) or "-"
    name = next(
        name for name in chain([plain], (f"{plain}-{n}" for n in range(2, 10_000))) if name.lower() not in taken
    )
    taken.add(name.lower())
    return name


def _part(dataset: Dataset, name: str, own: str | None = None) -> Described:
    part = PARTS[name]
    titles = dict(zip(LANGUAGES, part.title, strict=True))
    return Described(own or dataset.stem + part.name, titles, [], part.description)


def _dataset(graph: Graph, settings: Settings) -> Dataset:
    """The one dataset that the data describe."""
    wanted = term("dcat:Dataset")
    records = list(_records(graph.files))
    names = sorted({record[0] for record in records if record[1:3] == (TYPE, wanted) and record[0][0] == "<"})
    if len(names) != 1:
        raise InputError(
            f"the data describe {len(names)} things of class dcat:Dataset: a release needs one, with dcterms:title in "
            f"{', '.join(LANGUAGES)} and dcterms:license"
        )
    stated = tuple(dict.fromkeys((*record[:3], "") for record in records if record[0] == names[0]))
    own = names[0][1:-1]
    licenses = _iris(stated, "dcterms:license")
    if not licenses:
        raise InputError(f"the data state no dcterms:license of <{own}>: nobody could use what is released")
    missing = [language for language in LANGUAGES if language not in _titles(stated, own)]
    if missing:
        raise InputError(f"the data state no dcterms:title of <{own}> in {', '.join(missing)}")
    versions, spaces = _values(stated, "dcat:version"), _values(stated, "void:uriSpace")
    dataset = Dataset(
        own,
        stated,
        parts(versions[0]).value if versions else None,
        licenses,
        None if _values(stated, "dcterms:issued") else settings.issued,
        settings.citation,
        settings.base,
        settings.endpoint,
        parts(spaces[0]).value if spaces else "",
    )
    if dataset.base:
        return dataset
    if not own.startswith(("http://", "https://")) or "#" in own or "?" in own:
        raise InputError(f"no file can be found below <{own}>: say with --base where the folder will be")
    return replace(dataset, base=f"{dataset.stem}release/{dataset.edition}")


def _records(files: Iterable[RdfFile]) -> Iterator[Record]:
    return chain.from_iterable(records_of(file) for file in files)


def _types(graph: Graph) -> set[tuple[str, str, str]]:
    found = graph.store.quads_for_pattern(None, iri("rdf:type"), iri("owl:Ontology"))
    return {(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in found}


def _values(records: Iterable[Record], predicate: str) -> list[str]:
    return [object_ for _, each, object_, _ in records if each == term(predicate)]


def _iris(records: Iterable[Record], predicate: str) -> tuple[str, ...]:
    return tuple(each[1:-1] for each in _values(records, predicate) if each[0] == "<")


def _titles(records: Iterable[Record], subject: str) -> dict[str, str]:
    return _texts(records, subject, "dcterms:title")


def _texts(records: Iterable[Record], subject: str, predicate: str) -> dict[str, str]:
    """Texts by language, those of the project alone."""
    values = [parts(o) for s, p, o, _ in records if (s, p) == (node(subject), term(predicate)) and o[0] == '"']
    tags = {tag.lower(): tag for tag in LANGUAGES}
    return {tags[value.language.lower()]: value.value for value in values if value.language.lower() in tags}


def _media_type(path: str) -> str:
    suffix = PurePosixPath(path).suffix
    if suffix not in MEDIA_TYPES:
        raise InputError(f"no media type is known for '{suffix}'", path)
    return MEDIA_TYPES[suffix]
