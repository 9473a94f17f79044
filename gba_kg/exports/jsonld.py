"""JSON-LD 1.1: one object per subject, with a context of our own in the document, so that nothing is fetched."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from gba_kg.exports.context import BY_LANGUAGE, IRI, Context, context_of
from gba_kg.exports.options import Options
from gba_kg.exports.statements import Statements
from gba_kg.exports.terms import STRING, TYPE, Record, Term, parts
from gba_kg.namespaces import PREFIXES

__all__ = ["context_in_use", "node_object", "write", "write_context"]


def write(statements: Statements, options: Options) -> Iterator[str]:
    """The document. Every value is a JSON string, never a number, which would lose its form."""
    context = context_in_use(statements, options)
    yield f'{{\n  "@context": {_indented(context.as_json(), 2)},\n  "@graph": ['
    comma = ""
    for subject, records in statements.by_subject():
        yield f"{comma}\n    {_indented(node_object(subject, records, context), 4)}"
        comma = ","
    yield "\n  ]\n}\n"


def write_context(statements: Statements, options: Options) -> Iterator[str]:
    """The context alone, with all terms and prefixes, to be published beside the data."""
    whole = options.whole() if options.whole else statements
    yield json.dumps({"@context": context_of(whole).as_json()}, ensure_ascii=False, indent=2) + "\n"


def context_in_use(statements: Iterable[Record], options: Options) -> Context:
    """What the statements need of the context of the whole graph; names that could be misread are left out."""
    context = context_of(options.whole() if options.whole else statements)
    properties: set[str] = set()
    classes: set[str] = set()
    iris: set[str] = set()
    for record in statements:
        properties.add(record[1][1:-1])
        for text in record[:3]:
            value = parts(text)
            if value.kind == "iri":
                iris.add(value.value)
            elif value.is_literal:
                iris.add(value.datatype)
        if record[1] == TYPE:
            classes.add(record[2][1:-1])
    context = context.without({iri.partition(":")[0] for iri in iris})
    short = {context.short(iri).partition(":")[0] for iri in iris}
    return context.of(sorted(properties), sorted(classes), short & set(PREFIXES))


def node_object(subject: str, records: Iterable[Record], context: Context) -> dict[str, object]:
    """A subject with its types and properties, those in the order of their IRIs."""
    node: dict[str, object] = {"@id": _name(parts(subject), context)}
    values: dict[str, list[object]] = defaultdict(list)
    by_language: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    types = []
    for _, predicate, object_, _ in records:
        value = parts(object_)
        iri = predicate[1:-1]
        term, coercion = context.properties.get(iri, (context.short(iri), ""))
        if predicate == TYPE and not value.is_literal:
            types.append(context.classes.get(value.value) or _name(value, context))
        elif coercion == BY_LANGUAGE and value.language:
            by_language[term][value.language].append(value.value)
        elif coercion and coercion == (value.datatype if value.is_literal else IRI):
            values[term].append(value.value if value.is_literal else _name(value, context))
        else:
            values[context.short(iri) if coercion else term].append(_value(value, context))
    if types:
        node["@type"] = _one_or_all(types)
    for term, texts in by_language.items():
        node[term] = {tag: _one_or_all(each) for tag, each in texts.items()}
    return node | {term: _one_or_all(each) for term, each in values.items()}


def _value(value: Term, context: Context) -> object:
    """A value in the form that no term coerces."""
    if not value.is_literal:
        return {"@id": _name(value, context)}
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if value.datatype == STRING:
        return value.value
    return {"@value": value.value, "@type": context.short(value.datatype)}


def _name(value: Term, context: Context) -> str:
    return value.name if value.kind == "blank" else context.short(value.value)


def _one_or_all(values: Sequence[object]) -> object:
    return values[0] if len(values) == 1 else values


def _indented(value: object, by: int) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n" + " " * by)
