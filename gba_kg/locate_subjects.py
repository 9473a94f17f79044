"""Where a subject stands in RDF/XML and JSON-LD, whose parser yields no places.

RDF/XML: the element that names the subject with ``rdf:about`` or ``rdf:ID``, by the XML parser of Python. JSON-LD: the
first ``"@id"`` whose value is the subject, written in full, relative to the file, or short by a prefix that stands in
the file. Blank nodes, aliases of ``@id`` and ``@base`` have no place: of these only the file is known.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import urljoin

__all__ = ["named_in_json", "named_in_xml"]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_ID = re.compile(r'"@id"\s*+:\s*+("(?:[^"\\]|\\.)*+")')
_PREFIX = re.compile(r'("(?:[^"\\:]|\\.)*+")\s*+:\s*+("(?:[^"\\]|\\.)*[#/:]")')


def named_in_xml(text: str, base: str) -> Iterator[tuple[str, int, int]]:
    """IRI, line and column of each element of RDF/XML that names a subject; the text has been parsed before."""
    from xml.parsers.expat import ParserCreate  # ``input_guards.guard`` has refused every DOCTYPE

    parser = ParserCreate(namespace_separator=" ")
    bases = [base]
    found: list[tuple[str, int, int]] = []

    def start(_: str, attributes: dict[str, str]) -> None:
        own = attributes.get("http://www.w3.org/XML/1998/namespace base")
        bases.append(bases[-1] if own is None else urljoin(bases[-1], own))
        about, name = (attributes.get(f"{_RDF} {key}") for key in ("about", "ID"))
        reference = about if about is not None else f"#{name}" if name is not None else None
        if reference is not None:
            iri = _resolved(bases[-1], reference)
            found.append((iri, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1))

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: bases.pop()
    parser.Parse(text.encode(), True)
    yield from found


def named_in_json(text: str, base: str) -> Iterator[tuple[str, int, int]]:
    """IRI, line and column of each ``@id`` of JSON-LD; the text has been parsed before."""
    prefixes = {json.loads(name): json.loads(iri) for name, iri in _PREFIX.findall(text)}
    line, start = 1, 0
    for match in _ID.finditer(text):
        value, offset = json.loads(match[1]), match.start(1)
        line += text.count("\n", start, offset)
        start = offset
        prefix, colon, local = value.partition(":")
        iri = prefixes[prefix] + local if colon and prefix in prefixes else _resolved(base, value)
        yield iri, line, offset - text.rfind("\n", 0, offset)


def _resolved(base: str, reference: str) -> str:
    """The IRI of a reference; ``urljoin`` alone knows no bases such as ``urn:x``."""
    if not reference or reference.startswith("#"):
        return base.partition("#")[0] + reference
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference
