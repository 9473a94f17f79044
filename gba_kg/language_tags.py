"""Language tags in the letter case that BCP 47 recommends; the RDF library writes them all in lower case."""

from __future__ import annotations

import re

__all__ = ["recase"]

# A short string as the library writes it in Turtle and N-Triples, and its tag.
_TAGGED = re.compile(r'("(?:[^"\\\n]|\\.)*")@([a-z]+(?:-[a-z0-9]+)*)')


def recase(turtle: str) -> str:
    """Turtle or N-Triples of the library with its tags recased: scripts like ``Hans``, regions like ``HK``.

    >>> recase('<urn:a> <urn:b> "x@zh-hans"@zh-hant-hk .')
    '<urn:a> <urn:b> "x@zh-hans"@zh-Hant-HK .'
    """
    return _TAGGED.sub(lambda match: f"{match[1]}@{_tag(match[2])}", turtle)


def _tag(tag: str) -> str:
    language, *rest = tag.split("-")
    return "-".join([language, *({2: part.upper(), 4: part.title()}.get(len(part), part) for part in rest)])
