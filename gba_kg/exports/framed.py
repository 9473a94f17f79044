"""JSON-LD as trees, one per measure, for JSON developers: what belongs to it is inside, the rest has a label."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NoReturn

from gba_kg.errors import IncompleteError, UsageError
from gba_kg.exports.context import BY_LANGUAGE
from gba_kg.exports.jsonld import context_in_use, node_object
from gba_kg.exports.names import LABELS
from gba_kg.exports.options import Options
from gba_kg.exports.statements import Statements
from gba_kg.exports.terms import TYPE, Record, parts
from gba_kg.namespaces import PREFIXES, shrink

__all__ = ["write"]

_TYPE_OF_ROOT = f"<{PREFIXES['gba']}Measure>"
# What belongs to a measure, and what belongs to that.
_PASSAGE: dict[str, Any] = {"gba:evidence": {"oa:hasSelector": {}}}
_PARTS: dict[str, Any] = {
    **_PASSAGE,
    "gba:hasComponent": _PASSAGE,
    "gba:hasMilestone": _PASSAGE,
    "gba:hasNovelty": _PASSAGE,
    "gba:hasOutcome": {**_PASSAGE, "gba:asOfEvidence": {"oa:hasSelector": {}}},
    "gba:hasParticipation": _PASSAGE,
}
_OPTIONS = {"omitGraph": False, "omitDefault": True, "embed": "@always"}
_Nodes = dict[str, list[Record]]


def write(statements: Statements, options: Options) -> Iterator[str]:
    """The trees; raises UsageError where there is no measure and IncompleteError without PyLD."""
    try:
        from pyld import jsonld
    except ImportError:
        raise IncompleteError("PyLD is not installed: pip install 'gba-kg[framed]'") from None

    nodes = dict(statements.by_subject())
    roots = [name for name, records in nodes.items() if any((r[1], r[2]) == (TYPE, _TYPE_OF_ROOT) for r in records)]
    if not roots:
        raise UsageError("jsonld-framed makes one tree per gba:Measure, and there is none in what is exported")
    inside: _Nodes = {}
    for root in roots:
        _collect(root, _PARTS, nodes, inside)
    shown = {**_named(inside, nodes), **inside}
    # What the trees use alone: PyLD looks through the whole context for each name that it shortens.
    used = [record for records in shown.values() for record in records]
    context = context_in_use(used, replace(options, whole=options.whole or (lambda: statements)))
    document = {
        "@context": context.as_json(),
        "@graph": [node_object(name, records, context) for name, records in shown.items()],
    }
    frame = {"@context": context.as_json(), "@type": _TYPE_OF_ROOT[1:-1], **_frame(_PARTS, inside)}
    by_language = {name for name, coercion in context.properties.values() if coercion == BY_LANGUAGE}
    framed = jsonld.frame(document, frame, {"documentLoader": _refuse, **_OPTIONS})
    framed["@graph"] = _with_tags(framed["@graph"], _tags(statements), by_language)
    yield json.dumps(framed, ensure_ascii=False, indent=2) + "\n"


def _collect(name: str, parts_: dict[str, Any], nodes: _Nodes, inside: _Nodes) -> None:
    inside[name] = nodes.get(name, [])
    for _, predicate, object_, _ in inside[name]:
        below = parts_.get(shrink(predicate[1:-1]))
        if below is not None:
            _collect(object_, below, nodes, inside)


def _named(inside: _Nodes, nodes: _Nodes) -> _Nodes:
    """What the trees name without holding it, with its labels alone."""
    found: _Nodes = {}
    for records in inside.values():
        for _, _, object_, _ in records:
            if object_[0] != '"' and object_ not in inside:
                found[object_] = [record for record in nodes.get(object_, []) if record[1] in LABELS]
    return found


def _frame(parts_: dict[str, Any], inside: _Nodes) -> dict[str, Any]:
    """A frame that goes into parts, and names what would lead from one tree into another."""
    frame: dict[str, Any] = {}
    for records in inside.values():
        for _, predicate, object_, _ in records:
            below = parts_.get(shrink(predicate[1:-1]))
            if below is not None:
                frame[predicate[1:-1]] = frame.get(predicate[1:-1]) or {
                    "@id": {},  # fits every node: one that had none of the other keys would be dropped
                    **_frame(below, inside),
                }
            elif object_ in inside:
                frame[predicate[1:-1]] = {"@embed": "@never"}
    return frame


def _tags(statements: Statements) -> dict[tuple[str, str], str]:
    """Language tags as they are written, by their lower case (all that PyLD keeps) and the text."""
    values = (parts(record[2]) for record in statements if record[2][0] == '"')
    return {(value.language.lower(), value.value): value.language for value in values if value.language}


def _with_tags(value: Any, tags: dict[tuple[str, str], str], by_language: set[str]) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, list):
        return [_with_tags(each, tags, by_language) for each in value]
    if not isinstance(value, dict):
        return value
    if "@language" in value:
        return value | {"@language": tags[value["@language"], value["@value"]]}
    return {
        key: _language_map(each, tags) if key in by_language else _with_tags(each, tags, by_language)
        for key, each in value.items()
    }


def _language_map(texts: dict[str, Any], tags: dict[tuple[str, str], str]) -> dict[str, Any]:
    found: dict[str, list[str]] = defaultdict(list)
    for tag, values in texts.items():
        for text in values if isinstance(values, list) else [values]:
            found[tags[tag, text]].append(text)
    return {tag: values[0] if len(values) == 1 else values for tag, values in found.items()}


def _refuse(url: str, _: object) -> NoReturn:
    raise UsageError(f"nothing is fetched: {url}")
