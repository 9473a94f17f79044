"""Core constraints as SPARQL: a table from parameter to function, each clause of SHACL sections 4.1 to 4.6 and 4.8.

Those of ``VALUE`` give an expression that is true for a value node that violates the constraint, and never an error.
Those of ``SET`` give queries that find the focus nodes ``?this``, and perhaps a ``?value`` and a ``?path``, that do.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

import pyoxigraph as ox

from gba_kg.setwise.focus import Site, reach
from gba_kg.setwise.shapes import Constraint
from gba_kg.setwise.terms import XSD, Term, local

__all__ = ["CAST", "LEXICAL", "SET", "VALUE", "Classes", "rewritten"]

Classes = Callable[[Term], Collection[Term]]
"""Gives the classes that have instances and are a class or below it."""

CAST = {
    XSD + name
    for name in (
        *("boolean", "double", "float", "decimal", "integer", "date", "time", "dateTime"),
        *("duration", "dayTimeDuration", "yearMonthDuration", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay"),
    )
}
"""Datatypes whose literals the store can check: a cast of what is not well-formed gives no value."""

LEXICAL = ("minLength", "maxLength", "pattern")
"""The constraints on the lexical form of a value, which the store does not keep of every literal."""

_NUMBERS = {XSD + name for name in ("integer", "decimal", "double", "float")}
_KINDS = {
    "IRI": "isIRI({0})",
    "BlankNode": "isBlank({0})",
    "Literal": "isLiteral({0})",
    "BlankNodeOrIRI": "!isLiteral({0})",
    "BlankNodeOrLiteral": "!isIRI({0})",
    "IRIOrLiteral": "!isBlank({0})",
}


def _class(value: str, constraint: Constraint, classes: Classes) -> str:
    below = sorted(classes(constraint.values[0]), key=str)
    if not below:
        return "true"
    if len(below) == 1:
        return f"NOT EXISTS {{ {value} a {below[0]} }}"
    return f"NOT EXISTS {{ {value} a ?class_ FILTER({_same('?class_', below)}) }}"


def _datatype(value: str, constraint: Constraint, _: Classes) -> str:
    datatype = constraint.values[0]
    same = f"DATATYPE({value}) = {datatype}"
    if datatype.value in _NUMBERS:
        same += f" && isNumeric({value})"
    elif datatype.value in CAST:
        same += f" && isLiteral({datatype}(STR({value})))"
    return _not(same)


def _node_kind(value: str, constraint: Constraint, _: Classes) -> str:
    return f"!({_KINDS[local(constraint.values[0].value)].format(value)})"


def _range(operator: str) -> Callable[[str, Constraint, Classes], str]:
    return lambda value, constraint, _: _not(f"{value} {operator} {constraint.values[0]}")


def _length(operator: str) -> Callable[[str, Constraint, Classes], str]:
    return lambda value, constraint, _: _not(
        f"!isBlank({value}) && STRLEN(STR({value})) {operator} {constraint.values[0].value}"
    )


def _pattern(value: str, constraint: Constraint, _: Classes) -> str:
    flags = f", {ox.Literal(constraint.flags)}" if constraint.flags else ""
    return _not(f"!isBlank({value}) && REGEX(STR({value}), {ox.Literal(constraint.values[0].value)}{flags})")


def _language_in(value: str, constraint: Constraint, _: Classes) -> str:
    ranges = (f"LANGMATCHES(LANG({value}), {ox.Literal(tag.value)})" for tag in constraint.values)
    return _not(" || ".join(ranges) or "false")


def _in(value: str, constraint: Constraint, _: Classes) -> str:
    return f"!({_same(value, constraint.values)})"


def rewritten(value: str) -> str:
    """An expression that is true for a literal that the store may keep in another form than that of its file."""
    return f"DATATYPE({value}) IN ({', '.join(f'<{datatype}>' for datatype in sorted(CAST))})"


def _not(condition: str) -> str:
    return f"!COALESCE({condition}, false)"


def _same(value: str, terms: Collection[Term]) -> str:
    # IN would compare values: 1 with 1.0.
    return " || ".join(f"sameTerm({value}, {term})" for term in terms) or "false"


VALUE: dict[str, Callable[[str, Constraint, Classes], str]] = {
    "class": _class,
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "minExclusive": _range(">"),
    "minInclusive": _range(">="),
    "maxExclusive": _range("<"),
    "maxInclusive": _range("<="),
    "minLength": _length(">="),
    "maxLength": _length("<="),
    "pattern": _pattern,
    "languageIn": _language_in,
    "in": _in,
}


def _without(site: Site, value: str) -> str:
    assert site.path is not None, "a value other than the focus node has a path"
    if site.path.predicate:
        return f"FILTER NOT EXISTS {{ ?this {site.path.sparql} {value} }}"
    # The steps of a path are joined in the wrong order for each node: hundreds of times slower than once for all.
    return f"MINUS {{ {reach(site.nodes, '?this', site.path, value)} }}"


def _min_count(site: Site, constraint: Constraint) -> list[str]:
    count = int(constraint.values[0].value)
    assert site.path is not None, "read so"
    step = reach(site.nodes if site.path.empty else "", "?this", site.path, "?value")
    if count <= 0:
        return []
    if count == 1:
        return [f"SELECT ?this {{ {site.nodes} {_without(site, '?value')} }}"]
    return [
        f"SELECT ?this {{ {site.nodes} OPTIONAL {{ {step} }} }} GROUP BY ?this HAVING(COUNT(DISTINCT ?value) < {count})"
    ]


def _max_count(site: Site, constraint: Constraint) -> list[str]:
    count = int(constraint.values[0].value)
    return [f"SELECT ?this {{ {site.values} }} GROUP BY ?this HAVING(COUNT(DISTINCT ?value) > {count})"]


def _unique_lang(site: Site, _: Constraint) -> list[str]:
    return [
        f"SELECT ?this ?language {{ {site.values} BIND(LCASE(LANG(?value)) AS ?language) FILTER(?language != '') }} "
        "GROUP BY ?this ?language HAVING(COUNT(DISTINCT ?value) > 1)"
    ]


def _has_value(site: Site, constraint: Constraint) -> list[str]:
    value = constraint.values[0]
    if site.path is None:
        return [f"SELECT ?this {{ {site.nodes} FILTER(!sameTerm(?this, {value})) }}"]
    return [f"SELECT ?this {{ {site.nodes} {_without(site, str(value))} }}"]


def _equals(site: Site, constraint: Constraint) -> list[str]:
    other = constraint.values[0]
    missing = _without(site, "?value") if site.path else "FILTER(!sameTerm(?this, ?value))"
    return [
        f"SELECT {site.columns} {{ {site.values} FILTER NOT EXISTS {{ ?this {other} {site.value} }} }}",
        f"SELECT ?this ?value {{ {site.nodes} ?this {other} ?value . {missing} }}",
    ]


def _disjoint(site: Site, constraint: Constraint) -> list[str]:
    return [f"SELECT {site.columns} {{ {site.values} ?this {constraint.values[0]} {site.value} . }}"]


def _less_than(operator: str) -> Callable[[Site, Constraint], list[str]]:
    def compare(site: Site, constraint: Constraint) -> list[str]:
        # What cannot be compared is not less: an ill-typed value is a violation (SHACL, section 4.5.3).
        return [
            f"SELECT ?this ?value ?other {{ {site.values} ?this {constraint.values[0]} ?other . "
            # For the store an IRI is not greater than itself; for SPARQL (section 17.3) IRIs have no order at all.
            f"FILTER({_not(f'isLiteral(?value) && ?value {operator} ?other')}) }}"
        ]

    return compare


def _closed(site: Site, constraint: Constraint) -> list[str]:
    allowed = ", ".join(str(term) for term in constraint.values)
    values, owner = (
        (site.nodes, "?this") if site.path is None else (reach(site.nodes, "?this", site.path, "?node_"), "?node_")
    )
    keep = f"FILTER(?path NOT IN ({allowed}))" if allowed else ""
    return [f"SELECT ?this ?path ?value {{ {values} {owner} ?path ?value . {keep} }}"]


SET: dict[str, Callable[[Site, Constraint], list[str]]] = {
    "minCount": _min_count,
    "maxCount": _max_count,
    "uniqueLang": _unique_lang,
    "hasValue": _has_value,
    "equals": _equals,
    "disjoint": _disjoint,
    "lessThan": _less_than("<"),
    "lessThanOrEquals": _less_than("<="),
    "closed": _closed,
}
