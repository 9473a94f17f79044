"""The RDF syntaxes that can be read: one table of names, extensions and media types."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from gba_kg.errors import UsageError

__all__ = ["SYNTAXES", "TURTLE", "Syntax", "syntax_named", "syntax_of"]


@dataclass(frozen=True)
class Syntax:
    """An RDF syntax: its name on the command line, extensions with their dot, media types, and form in the parser."""

    name: str
    title: str
    extensions: tuple[str, ...]
    media_types: tuple[str, ...]
    form: ox.RdfFormat


TURTLE = Syntax("turtle", "Turtle", (".ttl", ".turtle"), ("text/turtle",), ox.RdfFormat.TURTLE)
SYNTAXES = (
    TURTLE,
    Syntax("trig", "TriG", (".trig",), ("application/trig",), ox.RdfFormat.TRIG),
    Syntax("ntriples", "N-Triples", (".nt",), ("application/n-triples",), ox.RdfFormat.N_TRIPLES),
    Syntax("nquads", "N-Quads", (".nq",), ("application/n-quads",), ox.RdfFormat.N_QUADS),
    Syntax("rdfxml", "RDF/XML", (".rdf", ".owl"), ("application/rdf+xml",), ox.RdfFormat.RDF_XML),
    Syntax("jsonld", "JSON-LD", (".jsonld",), ("application/ld+json",), ox.RdfFormat.JSON_LD),
)


def syntax_of(path: Path) -> Syntax | None:
    """The syntax that the extension of a path says, in either case; None where it says none."""
    extension = path.suffix.lower()
    return next((syntax for syntax in SYNTAXES if extension in syntax.extensions), None)


def syntax_named(name: str) -> Syntax:
    """The syntax of a name, a media type (its parameters are ignored) or an extension; raises UsageError for others.

    >>> syntax_named("application/ld+json; charset=utf-8").name
    'jsonld'
    """
    wanted = name.partition(";")[0].strip().lower()
    for syntax in SYNTAXES:
        if wanted in (syntax.name, *syntax.media_types, *syntax.extensions, *(e[1:] for e in syntax.extensions)):
            return syntax
    raise UsageError(f"no syntax '{name}': there are {', '.join(syntax.name for syntax in SYNTAXES)}")
