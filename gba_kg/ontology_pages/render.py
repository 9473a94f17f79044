"""A page in one language: which of several texts is shown, what a term is called, and where its link leads."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox

from gba_kg.namespaces import PREFIXES, shrink
from gba_kg.ontology_pages.model import Documentation, Row, Texts
from gba_kg.ontology_pages.parts import Part, Parts, Word
from gba_kg.ontology_pages.shapes import Rule, Shape
from gba_kg.ontology_pages.words import word
from gba_kg.stored import LANGUAGES

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["file_name", "page"]

_TAGS = {language.lower(): language for language in LANGUAGES}
_IN_THEIR_OWN = {"en": "English", "zh-Hans": "简体中文", "zh-Hant": "繁體中文"}
# Joiners, without which words of some scripts are misspelt.
_KEPT = "\n\t\u200c\u200d"
# All that an IRI may have as ASCII (RFC 3986, section 2); the rest is encoded (RFC 3987, section 3.1).
_OF_IRIS = "%:/?#[]@!$&'()*+,;=~"


def file_name(language: str) -> str:
    """The file of the page in a language.

    >>> file_name("en"), file_name("zh-Hant")
    ('index.html', 'index.zh-Hant.html')
    """
    return "index.html" if language == "en" else f"index.{language}.html"


@dataclass(frozen=True)
class _Text:
    """Text to show; ``language`` is set where it is not that of the page."""

    text: str
    language: str | None = None


@dataclass(frozen=True)
class _Link:
    """What a term is called, what is said when it is pointed at, and where it leads (None: nowhere)."""

    name: _Text
    title: str
    href: str | None


def page(about: Documentation, language: str) -> str:
    """The page of a language, as HTML."""
    return _environment().get_template("page.html.jinja").render(about=about, page=_Page(about, language))


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("gba_kg", "ontology_pages/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class _Page:
    """What the templates ask for."""

    def __init__(self, about: Documentation, language: str) -> None:
        self._about = about
        self.language = language
        self.languages = [(tag, _IN_THEIR_OWN[tag], file_name(tag)) for tag in LANGUAGES]

    def word(self, key: str) -> str:
        """A word of the pages' own."""
        return word(key, self.language)

    def texts(self, texts: Texts) -> list[_Text]:
        """Those of several texts that are in the language of the page; else in English; else the first's."""
        for tag in (self.language.lower(), "en", "", (texts[0].language or "").lower() if texts else ""):
            found = [text for text in texts if (text.language or "").lower() == tag]
            if found:
                return [self._text(text) for text in found]
        return []

    def others(self, texts: Texts) -> list[_Text]:
        """The texts in the other languages of the project, each with its language."""
        shown = [tag for tag in LANGUAGES if tag != self.language]
        return [self._text(text) for tag in shown for text in texts if (text.language or "").lower() == tag.lower()]

    def label(self, node: ox.NamedNode) -> _Text:
        """The label of a term, or its short name."""
        return next(iter(self.texts(self._about.labels.get(node, ()))), None) or _Text(self.short(node))

    def short(self, node: ox.NamedNode) -> str:
        """The CURIE of a term, or its IRI."""
        return _visible(shrink(node.value, self._about.prefixes))

    def link(self, node: ox.NamedNode, *, formal: bool = False) -> _Link:
        """A term as a link to its place on the page, or to the web; ``formal``: by its short name."""
        label, short = self.label(node), _Text(self.short(node))
        anchor = self._about.anchors.get(node)
        href = "#" + quote(anchor, safe=_OF_IRIS) if anchor else self.outside(node)
        return _Link(short, label.text, href) if formal else _Link(label, short.text, href)

    def outside(self, node: ox.NamedNode) -> str | None:
        """The address of an IRI; none but those of the web become links."""
        return quote(node.value, safe=_OF_IRIS) if node.value.lower().startswith(("http://", "https://")) else None

    def anchor(self, node: ox.NamedNode) -> str:
        """The place of a term on the page."""
        return self._about.anchors[node]

    def parts(self, parts: Parts) -> list[_Text | _Link]:
        """A sequence for the template: terms by their short names where they are parts of an expression."""
        return [self._part(part, alone=len(parts) == 1) for part in parts]

    def rules(self, shapes: Iterable[Shape]) -> list[tuple[Shape, Rule]]:
        """The rules of shapes: those of paths first."""
        rules = [(shape, rule) for shape in shapes for rule in shape.rules]
        return sorted(rules, key=lambda pair: pair[1].key())

    def row(self, row: Row) -> list[list[_Text | _Link]]:
        """The values of a row; of texts in several languages only those to show."""
        texts: list[ox.Literal] = []
        rest: list[list[_Text | _Link]] = []
        for parts in row[1]:
            first = parts[0]
            if len(parts) == 1 and isinstance(first, ox.Literal) and first.language:
                texts.append(first)
            else:
                rest.append(self.parts(parts))
        chosen: list[list[_Text | _Link]] = [[text] for text in self.texts(tuple(texts))]
        return [*chosen, *rest]

    def title(self) -> _Text:
        """What the page is about."""
        headers = self._about.headers
        if headers and headers[0].titles:
            return self.texts(headers[0].titles)[0]
        return _Text(_visible(headers[0].node.value)) if headers else _Text(self.word("ontology"))

    def plain(self, text: str) -> str:
        """Text that no reader takes for something else: no control or direction mark takes effect."""
        return _visible(text)

    def sizes(self) -> list[tuple[str, int]]:
        """How many entries of each kind there are, with the key of the kind's name."""
        groups = [(group.key, len(group.entries)) for group in self._about.groups]
        return [*groups, *([("lists", len(self._about.schemes))] if self._about.schemes else [])]

    def _part(self, part: Part, *, alone: bool) -> _Text | _Link:
        if isinstance(part, ox.NamedNode):
            return self.link(part, formal=not alone)
        if isinstance(part, Word):
            return _Text(self.word(part.key))
        if isinstance(part, ox.Literal):
            return self._text(part) if alone else self._quoted(part)
        return _Text(part)

    def _quoted(self, literal: ox.Literal) -> _Text:
        """A literal within an expression: numbers as they are, texts in quotes, with language or datatype."""
        datatype = literal.datatype.value.removeprefix(PREFIXES["xsd"])
        if datatype in ("integer", "decimal", "double", "boolean"):
            return _Text(_visible(literal.value))
        tag = f"@{_TAGS.get(literal.language, literal.language)}" if literal.language else ""
        typed = "" if literal.language or datatype == "string" else f"^^{self.short(literal.datatype)}"
        return _Text(f'"{_visible(literal.value)}"{tag}{typed}')

    def _text(self, literal: ox.Literal) -> _Text:
        tag = (literal.language or "").lower()
        return _Text(_visible(literal.value), None if tag == self.language.lower() else _TAGS.get(tag, tag) or None)


def _visible(text: str) -> str:
    """Control and direction characters as escapes: no browser obeys them, and HTML allows few of them."""
    return "".join(
        character
        if character in _KEPT or not unicodedata.category(character).startswith("C")
        else repr(character)[1:-1]
        for character in text
    )
