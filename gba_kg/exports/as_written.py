"""Statements as the files write them: the spelling of numbers and language tags is kept, or brought back.

pyoxigraph writes every language tag in lower case when it parses, and its store normalises numbers, days and durations
(``1.50`` is 1.5). So tags are read from the text of the file again, and what a query or a reasoner gives is compared
with what the files say.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from gba_kg.exports.terms import Record, parts
from gba_kg.files import RdfFile, read_rdf

__all__ = ["Spellings", "records_of"]

# Strings with the tag that follows them; IRIs, comments and escapes, in which a quote opens nothing.
_TAGGED = re.compile(
    r"""(?:\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}|"[^"\\]*(?:\\.[^"\\]*)*"|'[^'\\]*(?:\\.[^'\\]*)*')
        (?:(?:[ \t\r\n]|\#[^\r\n]*)*@(?P<tag>[A-Za-z]+(?:-[A-Za-z0-9]+)*))?
      | <[^>]*> | \#[^\r\n]* | \\.""",
    re.VERBOSE | re.DOTALL,
)
_XML_LANG = re.compile(r"""\bxml:lang\s*=\s*["']([^"'<>]*)["']""")


def records_of(file: RdfFile) -> Iterator[Record]:
    """The statements of a file with every literal as it is written there; raises InputError as reading does.

    In RDF/XML and JSON-LD, a tag that one file spells in two ways gets the spelling that comes first.
    """
    tags: Iterator[str] | None = None
    spellings: dict[str, str] = {}
    in_order = file.syntax.name not in _ANYWHERE
    for quad in file.quads():
        object_ = str(quad.object)
        if object_[0] == '"' and isinstance(quad.object, ox.Literal) and (lower := quad.object.language):
            if tags is None:  # not before: ``quads`` refuses what would overflow a stack
                tags = _tags(file)
                spellings = {} if in_order else {tag.lower(): tag for tag in reversed(list(tags))}
            tag = next(tags, lower) if in_order else spellings.get(lower, lower)
            assert tag.lower() == lower, f"{file.shown}: {tag} is not {lower}"
            object_ = object_[: -len(lower)] + tag
        graph = quad.graph_name
        yield str(quad.subject), str(quad.predicate), object_, "" if isinstance(graph, ox.DefaultGraph) else str(graph)


def _tags(file: RdfFile) -> Iterator[str]:
    return _ANYWHERE.get(file.syntax.name, _tags_in_order)(read_rdf(file))


def _tags_in_order(text: str) -> Iterator[str]:
    return (match["tag"] for match in _TAGGED.finditer(text) if match["tag"])


def _tags_in_json(text: str) -> Iterator[str]:
    """All values of ``@language``, and all keys, as those of a language map are tags."""
    waiting: deque[object] = deque([json.loads(text)])
    while waiting:
        value = waiting.popleft()
        if isinstance(value, dict):
            yield from value
            waiting.extend(value.values())
            if isinstance(value.get("@language"), str):
                yield value["@language"]
        elif isinstance(value, list):
            waiting.extend(value)


def _tags_in_xml(text: str) -> Iterator[str]:
    return (match[1] for match in _XML_LANG.finditer(text))


_ANYWHERE = {"jsonld": _tags_in_json, "rdfxml": _tags_in_xml}


class Spellings:
    """How the files write the literals that the embedded store writes in another form."""

    def __init__(self, records: Iterable[Record]) -> None:
        near: dict[str, set[str]] = defaultdict(set)
        for subject, _, object_, _ in records:
            if object_[0] == '"' and object_[-1] != '"':
                near[object_].add(subject)
        normal = _normal_forms(list(near))
        self._forms: dict[str, list[str]] = defaultdict(list)
        for written in sorted(near):
            self._forms[normal[written]].append(written)
        several = {written for forms in self._forms.values() if len(forms) > 1 for written in forms}
        self._near = {written: near[written] for written in several}

    def written(self, term: str, context: Iterable[str] = ()) -> str:
        """A term of the store as the files write it.

        Of several spellings of one value, that counts which a subject among ``context`` has; a value that no file has
        stays as it is.
        """
        forms = self._forms.get(term)
        if not forms:
            return term
        if len(forms) > 1:
            here = set(context)
            forms = [form for form in forms if self._near[form] & here] or forms
        return term if term in forms else forms[0]

    def restore(self, records: Iterable[Record]) -> Iterator[Record]:
        """Records with their literals as the files write them, where the subject and what it links to say which."""
        by_subject: dict[str, list[Record]] = defaultdict(list)
        for record in records:
            by_subject[record[0]].append(record)
        for subject, own in by_subject.items():
            context = {subject, *(object_ for _, _, object_, _ in own if object_[0] == "<")}
            for _, predicate, object_, graph in own:
                yield subject, predicate, self.written(object_, context), graph


def _normal_forms(literals: list[str]) -> dict[str, str]:
    """What the store makes of literals, found out by storing them."""
    store = ox.Store()
    predicate = ox.NamedNode("urn:x")
    for number, text in enumerate(literals):
        term = parts(text)
        value = (
            ox.Literal(term.value, language=term.language)
            if term.language
            else ox.Literal(term.value, datatype=ox.NamedNode(term.datatype))
        )
        store.add(ox.Quad(ox.NamedNode(f"urn:{number}"), predicate, value))
    return {literals[int(quad.subject.value[4:])]: str(quad.object) for quad in store}
