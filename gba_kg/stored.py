"""Stored queries: SPARQL files with a ``#+`` header of metadata and parameters that are labelled VALUES lines."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from gba_kg.errors import InputError, UsageError
from gba_kg.files import read_text
from gba_kg.namespaces import PREFIXES, expand, shrink
from gba_kg.resources import bundled

__all__ = ["LANGUAGES", "Parameter", "StoredQuery", "find_queries", "find_query"]

LANGUAGES = ("en", "zh-Hans", "zh-Hant")
TYPES = ("iri", "string", "integer", "language")

# The one form of a parameter line: VALUES ?name { default } # parameter
_SLOT = re.compile(
    r"^(?P<head>[ \t]*VALUES \?(?P<name>\w+) \{ )(?P<value>.*)(?P<tail> \} # parameter)[ \t]*$", re.MULTILINE
)
_LISTS: dict[str, tuple[type, str]] = {
    "tags": (str, "words"),
    "parameters": (dict, "entries with a name, a type and a description"),
}
_KEYS = {"summary", "description", "tags", "parameters", "empty"}


@dataclass(frozen=True)
class Parameter:
    """A value that the caller may set: its name, its type and, for an IRI, the prefix that a bare slug gets."""

    name: str
    type: str
    description: str
    prefix: str | None = None
    required: bool = False


@dataclass(frozen=True)
class StoredQuery:
    """A query file: its text, what it says of itself in three languages, and its parameters.

    ``empty`` says that the query looks for faults and must return nothing.
    """

    name: str
    path: Path
    text: str
    summary: Mapping[str, str]
    description: Mapping[str, str]
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    empty: bool = False

    def bind(self, values: Mapping[str, str], store: ox.Store | None = None) -> str:
        """The query with its parameters set to terms.

        Every value becomes an RDF term, checked by its type, and is written by the RDF library in the escaped form
        that N-Triples and SPARQL share; no text of the caller enters the query otherwise. With a ``store``, an IRI
        that occurs nowhere in it is an error. Raises UsageError that names the parameter.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in values:
            if name not in known:
                raise UsageError(f"query '{self.name}' has no parameter '{name}'{_hint(name, known)}")
        terms: dict[str, ox.NamedNode | ox.Literal] = {}
        for parameter in self.parameters:
            if parameter.name in values:
                terms[parameter.name] = _term(parameter, values[parameter.name], store)
            elif parameter.required:
                raise UsageError(f"query '{self.name}' needs parameter '{parameter.name}': {parameter.description}")

        def fill(slot: re.Match[str]) -> str:
            term = terms.get(slot["name"])
            return slot[0] if term is None else f"{slot['head']}{term}{slot['tail']}"

        return _SLOT.sub(fill, self.text)


def find_queries(folder: Path | None = None) -> list[StoredQuery]:
    """All stored queries of a folder, without its sub-folders, by name; raises InputError when there is none."""
    where = folder or bundled("queries")
    paths = sorted(where.glob("*.rq"))
    if not paths:
        raise InputError("this folder holds no .rq file" if where.is_dir() else "no such folder", str(where))
    return [_read(path) for path in paths]


def find_query(name: str, folder: Path | None = None) -> StoredQuery:
    """One stored query by its name; raises UsageError with the nearest names when there is none."""
    where = folder or bundled("queries")
    names = sorted(path.stem for path in where.glob("*.rq"))
    if name not in names:
        raise UsageError(f"no stored query '{name}'{_hint(name, names)}; 'gba-kg query' lists them")
    return _read(where / f"{name}.rq")


def _read(path: Path) -> StoredQuery:
    text = read_text(path)
    header = _header(path, text)
    slots = {match["name"] for match in _SLOT.finditer(text)}
    parameters = tuple(_parameter(path, entry) for entry in header.get("parameters", ()))
    if {parameter.name for parameter in parameters} != slots:
        raise InputError(
            f"header parameters and '# parameter' lines differ ({', '.join(sorted(slots)) or 'none'})", str(path)
        )
    return StoredQuery(
        path.stem,
        path,
        text,
        _by_language(path, header, "summary"),
        _by_language(path, header, "description"),
        tuple(header.get("tags", ())),
        parameters,
        bool(header.get("empty", False)),
    )


def _header(path: Path, text: str) -> dict[str, Any]:
    import yaml

    lines = [line[2:] for line in text.splitlines() if line.startswith("#+")]
    try:
        header = yaml.safe_load("\n".join(lines))
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # a date that is none is a ValueError
        raise InputError(f"the #+ header is not YAML: {error}".splitlines()[0], str(path)) from None
    if not isinstance(header, dict):
        raise InputError("the #+ header is missing", str(path))
    allowed = _KEYS | {f"{key}-{language}" for key in ("summary", "description") for language in LANGUAGES[1:]}
    for key in header:
        if key not in allowed:
            raise InputError(f"unknown header key '{key}'{_hint(str(key), allowed)}", str(path))
    for key, (kind, what) in _LISTS.items():
        listed = header.get(key, [])
        if not isinstance(listed, list) or not all(isinstance(entry, kind) for entry in listed):
            raise InputError(f"'{key}' of the header is not a list of {what}", str(path))
    return header


def _by_language(path: Path, header: Mapping[str, Any], key: str) -> dict[str, str]:
    found = {language: header.get(key if language == "en" else f"{key}-{language}") for language in LANGUAGES}
    for language, words in found.items():
        if not isinstance(words, str):
            raise InputError(f"the header has no {key} in {language}", str(path))
    return {language: str(words).strip() for language, words in found.items()}


def _parameter(path: Path, entry: Mapping[str, Any]) -> Parameter:
    try:
        parameter = Parameter(**entry)
    except TypeError as error:
        raise InputError(f"a parameter of the header is not right: {error}", str(path)) from None
    for key in ("name", "type", "description"):
        if not isinstance(getattr(parameter, key), str):
            raise InputError(f"a parameter of the header is not right: its {key} is not text", str(path))
    if parameter.prefix is not None and parameter.prefix not in list(PREFIXES):
        raise InputError(f"parameter '{parameter.name}': no prefix '{parameter.prefix}'", str(path))
    if parameter.type not in TYPES:
        raise InputError(
            f"parameter '{parameter.name}': type '{parameter.type}' is not one of {', '.join(TYPES)}", str(path)
        )
    return parameter


def _term(parameter: Parameter, value: str, store: ox.Store | None) -> ox.NamedNode | ox.Literal:
    wrong = f"parameter '{parameter.name}': "
    if parameter.type == "integer":
        if not re.fullmatch(r"[0-9]{1,9}", value):
            raise UsageError(f"{wrong}'{value}' is not a whole number")
        return ox.Literal(int(value))
    if parameter.type == "language":
        if value not in LANGUAGES:
            raise UsageError(f"{wrong}'{value}' is not one of {', '.join(LANGUAGES)}")
        return ox.Literal(value)
    if parameter.type == "string":
        return ox.Literal(value)
    bare = re.fullmatch(r"[\w.-]+", value) and parameter.prefix
    iri = PREFIXES[parameter.prefix] + value if bare and parameter.prefix else expand(value) or value
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        raise UsageError(f"{wrong}'{value}' is neither an IRI nor a known short form") from None
    if store is not None and next(store.quads_for_pattern(node, None, None), None) is None:
        raise UsageError(f"{wrong}'{shrink(iri)}' is not in the graph{_hint(iri, _same_kind(store, iri))}")
    return node


def _same_kind(store: ox.Store, iri: str) -> list[str]:
    stem = iri[: iri.rfind("/") + 1]
    subjects = {quad.subject.value for quad in store if isinstance(quad.subject, ox.NamedNode)}
    return [subject for subject in subjects if stem and subject.startswith(stem)]


def _hint(name: str, known: Mapping[str, object] | list[str] | set[str]) -> str:
    near = difflib.get_close_matches(name, sorted(known), n=3)
    return f" (did you mean {', '.join(shrink(word) for word in near)}?)" if near else ""
