"""The one prefix table of the project, and the way between IRIs and their short forms."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["BASE", "GRAPH_BASE", "KINDS", "PREFIXES", "expand", "prefix_header", "shrink"]

BASE = "https://w3id.org/gba-kg/"
GRAPH_BASE = BASE + "graph/"
"""A bundled file is the named graph ``GRAPH_BASE`` + its path without ``.ttl``."""

_INDIVIDUALS = """
agency attestation batch case commitment component consultation instrument link measure milestone novelty numeral
organization outcome participation passage person place plan platform post problem recommendation regime section source
span
"""
_CONCEPTS = """
actor-kind audience basis bound category confidence direction domain indicator instrument-kind milestone-kind mode
name-status outcome-kind phase reason relation role scheme scope status unit
"""
KINDS = (*_INDIVIDUALS.split(), *_CONCEPTS.split())
"""Kinds of things: each is a prefix and a path segment below ``BASE``."""

PREFIXES: dict[str, str] = {
    "gba": BASE + "ontology#",
    "gbash": BASE + "shape#",
    "cube": BASE + "cube/",
    "query": BASE + "query/",
    **{kind: f"{BASE}{kind}/" for kind in KINDS},
    "adms": "http://www.w3.org/ns/adms#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "elidl": "http://data.europa.eu/eli/eli-draft-legislation-ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_CURIE = re.compile(r"([a-z][a-z-]*):([^\s/][^\s]*)")


def expand(curie: str) -> str | None:
    """The IRI of a CURIE whose prefix is in the table, or None.

    >>> expand("platform:hengqin")
    'https://w3id.org/gba-kg/platform/hengqin'
    >>> expand("nobody:knows") is None
    True
    """
    match = _CURIE.fullmatch(curie)
    if match and match[1] in PREFIXES:
        return PREFIXES[match[1]] + match[2]
    return None


def shrink(iri: str, by_namespace: Mapping[str, str] | None = None) -> str:
    """The CURIE of an IRI where the table has one that needs no escapes; else the IRI itself.

    ``by_namespace`` (namespace to prefix) is used in place of the table of the project.

    >>> shrink("https://w3id.org/gba-kg/ontology#Measure")
    'gba:Measure'
    >>> shrink("https://example.org/x")
    'https://example.org/x'
    """
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix = (_BY_NAMESPACE if by_namespace is None else by_namespace).get(iri[:cut])
    if prefix and _LOCAL.fullmatch(iri[cut:]):
        return f"{prefix}:{iri[cut:]}"
    return iri


_BY_NAMESPACE = {namespace: prefix for prefix, namespace in PREFIXES.items()}


def prefix_header() -> str:
    """All prefixes as SPARQL ``PREFIX`` lines, for queries that declare none."""
    return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
