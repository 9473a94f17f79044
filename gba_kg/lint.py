"""Finds what no shape sees: formatting, prefixes, unknown terms, unused terms, and things that nobody describes.

Rules: ``format`` (turtlefmt would change the file), ``prefix`` (differs from the one prefix table), ``unknown-term`` (a
term of an outside vocabulary or of the ontology that does not exist), ``unused-term`` (an ontology term that no data,
shape or query uses and that does not say why), ``undescribed`` (an IRI of the project that is used and has no
statement of its own).
"""

from __future__ import annotations

import re
import subprocess
import sysconfig
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from gba_kg.errors import IncompleteError
from gba_kg.facts import Facts, iri
from gba_kg.files import RdfFile, read_rdf, read_text
from gba_kg.findings import Finding
from gba_kg.graph import Graph
from gba_kg.namespaces import BASE, PREFIXES, shrink
from gba_kg.vocabulary import Vocabularies, namespace_of

__all__ = ["formatting", "prefixes", "undescribed", "vocabulary"]

_PREFIX = re.compile(r"^\s*(?:@prefix|PREFIX)\s+([^:\s]*):\s*<([^>]*)>", re.MULTILINE | re.IGNORECASE)
_GBA = PREFIXES["gba"]


def formatting(files: Sequence[RdfFile]) -> Iterator[Finding]:
    """Files that the pinned formatter would change."""
    program = Path(sysconfig.get_path("scripts")) / "turtlefmt"
    for file in files:
        try:
            done = subprocess.run(
                [program, "--check", str(file.path)], capture_output=True, text=True, check=False, timeout=60
            )
        except OSError as error:
            raise IncompleteError(f"turtlefmt cannot be run: {error.strerror}") from None
        if done.returncode:
            yield Finding(
                "format", "turtlefmt would write this file differently: 'turtlefmt FILE' does", file=file.shown
            )


def prefixes(files: Sequence[RdfFile]) -> Iterator[Finding]:
    """Prefix declarations that differ from the table of the project."""
    for file in files:
        text = read_rdf(file)
        for match in _PREFIX.finditer(text):
            expected = PREFIXES.get(match[1])
            if expected != match[2]:
                line = text.count("\n", 0, match.start(1)) + 1
                message = (
                    f"prefix '{match[1]}:' is <{expected}> in the project"
                    if expected
                    else f"prefix '{match[1]}:' is not in the table of the project"
                )
                yield Finding("prefix", message, value=match[2], file=file.shown, line=line)


def vocabulary(graph: Graph, shapes: Graph, queries: Iterable[Path], table: Path) -> Iterator[Finding]:
    """Unknown terms in data, ontology and shapes, and terms of the ontology that nothing uses."""
    facts, shape_facts = Facts(graph), Facts(shapes)
    outside = Vocabularies(table)
    defined = {
        quad.subject.value
        for quad in graph.quads(graph.vocabulary)
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(_GBA)
    }
    for source, where in ((graph, facts), (shapes, shape_facts)):
        for quad in source.quads():
            for term in _named(quad):
                unknown = term not in defined if namespace_of(term) == _GBA else outside.lacks(term)
                if unknown and term != namespace_of(term):
                    file, line, column = where.place(quad.subject, quad.predicate, quad.object)
                    message = f"{shrink(term)} does not exist in its vocabulary"
                    yield Finding("unknown-term", message, focus=term, file=file, line=line, column=column)
    for term in sorted(defined - _used(graph, shapes, queries)):
        node = ox.NamedNode(term)
        if not facts.all(node, "skos:editorialNote"):
            file, line, column = facts.place(node)
            message = f"{shrink(term)} is used by no data, shape or query and has no skos:editorialNote that says why"
            yield Finding("unused-term", message, focus=term, file=file, line=line, column=column)


def _used(graph: Graph, shapes: Graph, queries: Iterable[Path]) -> set[str]:
    used = {term for quad in graph.quads(graph.files) for term in _named(quad)}
    used |= {quad.object.value for quad in shapes.quads() if isinstance(quad.object, ox.NamedNode)}
    for path in queries:
        used |= {_GBA + name for name in re.findall(r"\bgba:(\w+)", read_text(path))}
    return used


def _named(quad: ox.Quad) -> list[str]:
    return [term.value for term in (quad.subject, quad.predicate, quad.object) if isinstance(term, ox.NamedNode)]


def undescribed(graph: Graph) -> Iterator[Finding]:
    """IRIs of the project that statements lead to and that have no statement of their own."""
    facts = Facts(graph)
    subjects = {quad.subject for quad in graph.quads()}
    for quad in graph.quads():
        target = quad.object
        if (
            isinstance(target, ox.NamedNode)
            and target.value.startswith(BASE)
            and target not in subjects
            and quad.predicate not in _REFERENCES
        ):
            file, line, column = facts.place(quad.subject, quad.predicate, target)
            yield Finding(
                "undescribed",
                f"nothing is said of {shrink(target.value)}",
                focus=str(quad.subject).strip("<>"),
                path=quad.predicate.value,
                value=target.value,
                file=file,
                line=line,
                column=column,
            )


_REFERENCES = (iri("rdfs:isDefinedBy"), iri("owl:versionIRI"))
