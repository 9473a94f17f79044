"""The values of literals, as far as rules ask for them: whether one is of a datatype, and whether two differ.

What OWL 2 leaves to a datatype that is not in the table is not decided: neither test is then true.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pyoxigraph as ox

from gba_kg.namespaces import PREFIXES

__all__ = ["DIFFER", "FUNCTIONS", "IS_NOT_OF", "IS_OF", "differ", "is_datatype", "is_of", "well_formed"]

_XSD, _RDF, _RDFS = (PREFIXES[prefix] for prefix in ("xsd", "rdf", "rdfs"))
_EMPTY = ox.Store()

# Datatypes by the space that their values are of (OWL 2 Structural Specification, section 4): the spaces are disjoint.
_INTEGERS: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}
_STRINGS = {
    "string": r"(?s:.*)",
    "normalizedString": r"[^\t\n\r]*",
    "token": r"(?:[^\t\n\r ]+(?: [^\t\n\r ]+)*)?",
    "language": r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*",
    "NMTOKEN": r"[\w:.·-]+",
    "Name": r"(?!\d)[\w:][\w:.·-]*",
    "NCName": r"(?!\d)\w[\w.·-]*",
}
_LEXICAL = {
    **dict.fromkeys(_INTEGERS, r"[+-]?[0-9]+"),
    "decimal": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)",
    **_STRINGS,
    "hexBinary": r"(?:[0-9A-Fa-f]{2})*",
    "base64Binary": r"(?:(?:[A-Za-z0-9+/] ?){4})*(?:(?:[A-Za-z0-9+/] ?){2}(?:[A-Za-z0-9+/] ?|= ?)=)?",
    "anyURI": r"[^\s<>\"{}|\\^`]*",
}
_SPACES = {
    **dict.fromkeys((*_INTEGERS, "decimal"), "number"),
    **dict.fromkeys(_STRINGS, "text"),
    "dateTimeStamp": _XSD + "dateTime",
}
_BY_CAST = {
    *("boolean", "float", "double", "dateTime", "dateTimeStamp", "date", "time", "duration"),
    *("dayTimeDuration", "yearMonthDuration", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay"),
}
_KNOWN = {_XSD + name for name in (*_LEXICAL, *_BY_CAST)} | {_RDF + "langString", _RDF + "PlainLiteral"}
_ANY = _RDFS + "Literal"


def is_datatype(iri: str) -> bool:
    """Whether an IRI is a datatype of the standards."""
    return iri.startswith(_XSD) or iri in _KNOWN or iri in (_ANY, _RDF + "XMLLiteral", _RDF + "HTML", _RDF + "JSON")


def well_formed(literal: ox.Literal) -> bool:
    """Whether a literal is in the lexical space of its own datatype; of a datatype that is not in the table, it is."""
    name = literal.datatype.value.removeprefix(_XSD)
    if name in _LEXICAL:
        return bool(re.fullmatch(_LEXICAL[name], literal.value)) and _in_bounds(name, literal.value)
    if name in _BY_CAST:
        return _cast(literal.value, literal.datatype.value) and (name != "dateTimeStamp" or _zoned(literal.value))
    return True


def is_of(literal: ox.Literal, datatype: str) -> bool | None:
    """Whether the value of a literal is in the value space of a datatype; None where that is not known.

    >>> is_of(ox.Literal(5), "http://www.w3.org/2001/XMLSchema#nonNegativeInteger")
    True
    >>> is_of(ox.Literal("5"), "http://www.w3.org/2001/XMLSchema#integer")
    False
    """
    own = literal.datatype.value
    if not well_formed(literal):
        return False
    if datatype in (own, _ANY):
        return True
    if own not in _KNOWN or datatype not in _KNOWN:
        return None
    name = datatype.removeprefix(_XSD)
    if literal.language or name in (_RDF + "langString", _RDF + "PlainLiteral"):
        return name == _RDF + "PlainLiteral" and (bool(literal.language) or _space(own) == "text")
    if _space(own) != _space(datatype):
        return False
    if _space(own) == "number":
        value = Decimal(literal.value)
        return name == "decimal" or (value == value.to_integral_value() and _in_bounds(name, str(int(value))))
    if _space(own) == "text":
        return bool(re.fullmatch(_LEXICAL[name], literal.value))
    return name != "dateTimeStamp" or _zoned(literal.value)


def differ(one: ox.Literal, other: ox.Literal) -> bool | None:
    """Whether two literals have different values (rule dt-diff); None where that is not known.

    >>> differ(ox.Literal(1), ox.Literal("1.0", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")))
    False
    >>> differ(ox.Literal("a"), ox.Literal("b"))
    True
    """
    if one == other:
        return False
    kinds = [literal.datatype.value for literal in (one, other)]
    if not all(kind in _KNOWN for kind in kinds) or not (well_formed(one) and well_formed(other)):
        return None
    if _space(kinds[0]) != _space(kinds[1]):
        return True
    if _space(kinds[0]) == "number":
        return Decimal(one.value) != Decimal(other.value)
    if _space(kinds[0]) == "text":
        return one.value != other.value
    if one.language or other.language:
        return one.value != other.value or (one.language or "").lower() != (other.language or "").lower()
    if bool(_EMPTY.query(f"ASK {{ FILTER({one} != {other}) }}")):
        return True
    return False if bool(_EMPTY.query(f"ASK {{ FILTER({one} = {other}) }}")) else None


def _space(datatype: str) -> str:
    return _SPACES.get(datatype.removeprefix(_XSD), datatype)


def _in_bounds(name: str, digits: str) -> bool:
    low, high = _INTEGERS.get(name, (None, None))
    return (low is None or int(digits) >= low) and (high is None or int(digits) <= high)


def _cast(lexical: str, datatype: str) -> bool:
    cast = "dateTime" if datatype.endswith("dateTimeStamp") else datatype.removeprefix(_XSD)
    return bool(_EMPTY.query(f"ASK {{ FILTER(isLiteral(<{_XSD}{cast}>({ox.Literal(lexical)}))) }}"))


def _zoned(lexical: str) -> bool:
    return bool(re.search(r"(?:Z|[+-]\d\d:\d\d)$", lexical))


# The tests as functions of SPARQL.
_Function = Callable[..., ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None]
IS_OF, IS_NOT_OF, DIFFER = (f"urn:gba-kg:{name}" for name in ("is-of", "is-not-of", "differ"))


def _function(test: Callable[..., bool | None], *, wanted: bool) -> _Function:
    return lambda *terms: ox.Literal(test(*terms) is wanted)


def _is_of(literal: ox.Literal, datatype: ox.NamedNode) -> bool | None:
    return is_of(literal, datatype.value) if isinstance(literal, ox.Literal) else None


FUNCTIONS: dict[ox.NamedNode, _Function] = {
    ox.NamedNode(IS_OF): _function(_is_of, wanted=True),
    ox.NamedNode(IS_NOT_OF): _function(_is_of, wanted=False),
    ox.NamedNode(DIFFER): _function(differ, wanted=True),
}
