"""Stored queries as RDF, in the words of SHACL, as the SPARQL examples of SIB are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from gba_kg.errors import InputError
from gba_kg.exports.terms import Record, literal
from gba_kg.namespaces import PREFIXES
from gba_kg.query_code import code
from gba_kg.release.sentences import Sentences, by_language, node, number, term
from gba_kg.stored import Parameter, StoredQuery

__all__ = ["prefixes_of", "query_records"]

_DECLARED = re.compile(r"^\s*PREFIX\s+([\w.-]*):\s*<([^>\s]*)>", re.MULTILINE | re.IGNORECASE)
_USED = re.compile(r"(?<![\w.:?$-])([a-z][\w-]*):(?=[\w\\%])")
_FORM = re.compile(r"(?<![\w?$:-])(SELECT|ASK|CONSTRUCT|DESCRIBE)(?![\w:-])", re.IGNORECASE)
# Class and property of each form that SHACL has (SHACL-AF, 5.1 and SHACL, 5.2); it has none for DESCRIBE.
_EXECUTABLES = {
    "SELECT": ("sh:SPARQLSelectExecutable", "sh:select"),
    "ASK": ("sh:SPARQLAskExecutable", "sh:ask"),
    "CONSTRUCT": ("sh:SPARQLConstructExecutable", "sh:construct"),
}
_KINDS = {
    "iri": ("sh:nodeKind", "sh:IRI"),
    "string": ("sh:datatype", "xsd:string"),
    "integer": ("sh:datatype", "xsd:integer"),
    "language": ("sh:datatype", "xsd:string"),
}
_XSD = PREFIXES["xsd"]


def query_records(queries: Sequence[StoredQuery], space: str, endpoint: str | None = None) -> list[Record]:
    """Statements on stored queries: ``space`` + name is the IRI of each, ``endpoint`` where all of them can be run.

    The text of a query is that of its file without the header; it declares its prefixes itself, and ``sh:prefixes``
    declares them too, as SHACL wants (SHACL, 5.2.1): declared twice alike is valid SPARQL. A parameter is a
    ``sh:Parameter`` whose path ends in its name, with the value that stands in the text as its default. Raises
    InputError for a DESCRIBE, and where one prefix stands for two namespaces.
    """
    said = Sentences()
    shared = space.rstrip("/")
    for prefix, namespace in sorted(prefixes_of(queries).items()):
        declared = f"{space}prefix/{prefix or 'empty'}"
        said.say(shared, "sh:declare", node(declared))
        said.are(declared, "sh:PrefixDeclaration")
        said.say(declared, "sh:prefix", literal(prefix))
        said.say(declared, "sh:namespace", literal(namespace, f"{_XSD}anyURI"))
    for query in queries:
        name = space + query.name
        class_, property_ = _executable(query)
        said.are(name, "sh:SPARQLExecutable", class_)
        said.say(name, "rdfs:label", by_language(query.summary))
        said.say(name, "rdfs:comment", by_language(query.description))
        said.say(name, "schema:keywords", [literal(tag) for tag in query.tags])
        said.say(name, "sh:prefixes", node(shared))
        said.say(name, property_, literal(_text(query)))
        if endpoint:
            said.say(name, "schema:target", node(endpoint))
        for order, parameter in enumerate(query.parameters):
            _describe(said, query, name, parameter, order)
    return said.records


def prefixes_of(queries: Iterable[StoredQuery]) -> dict[str, str]:
    """The namespaces of all prefixes that queries declare, and of those of the project that they use undeclared."""
    found: dict[str, str] = {}
    for query in queries:
        declared = dict(_DECLARED.findall(query.text))
        used = {prefix for prefix in _USED.findall(code(query.text)) if prefix in PREFIXES}
        for prefix, namespace in {**{prefix: PREFIXES[prefix] for prefix in used}, **declared}.items():
            if found.setdefault(prefix, namespace) != namespace:
                raise InputError(
                    f"prefix '{prefix}:' is <{namespace}> here and <{found[prefix]}> in another query", str(query.path)
                )
    return found


def _executable(query: StoredQuery) -> tuple[str, str]:
    form = _FORM.search(code(query.text))
    kind = form[1].upper() if form else ""
    if kind not in _EXECUTABLES:
        raise InputError("SHACL has no word for a DESCRIBE: write a CONSTRUCT", str(query.path))
    return _EXECUTABLES[kind]


def _text(query: StoredQuery) -> str:
    lines = [line for line in query.text.splitlines() if not line.startswith("#+")]
    return "\n".join(lines).strip() + "\n"


def _describe(said: Sentences, query: StoredQuery, name: str, parameter: Parameter, order: int) -> None:
    own = f"{name}#{parameter.name}"
    said.say(name, "sh:parameter", node(own))
    said.are(own, "sh:Parameter")
    said.say(own, "sh:path", node(f"{name}/{parameter.name}"))
    said.say(own, "sh:name", literal(parameter.name))
    said.say(own, "sh:description", literal(parameter.description, language="en"))
    said.say(own, "sh:order", number(order))
    said.say(own, "sh:optional", literal(str(not parameter.required).lower(), f"{_XSD}boolean"))
    property_, kind = _KINDS[parameter.type]
    said.say(own, property_, term(kind))
    default = _default(query, parameter)
    if default is not None:
        said.say(own, "sh:defaultValue", str(default))


def _default(query: StoredQuery, parameter: Parameter) -> ox.NamedNode | ox.Literal | None:
    """The one value that stands in the text; None where it is UNDEF or several."""
    line = re.search(rf"VALUES \?{parameter.name} \{{ .* \}}(?= # parameter)", query.text)
    assert line, parameter.name
    declared = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in prefixes_of([query]).items())
    try:
        answer = ox.Store().query(f"{declared}SELECT * {{ {line[0]} }}")
    except SyntaxError as error:
        raise InputError(f"the value of parameter '{parameter.name}' is not right: {error}", str(query.path)) from None
    assert isinstance(answer, ox.QuerySolutions)
    values = [row[parameter.name] for row in answer]
    value = values[0] if len(values) == 1 else None
    return value if isinstance(value, (ox.NamedNode, ox.Literal)) else None
