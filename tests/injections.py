"""Violations of every kind, each with the place where it must be reported: a generator for tests of the engines.

Each kind is a small shape and data that violate it. In the data a ``▶`` stands before the statement or the subject that
a result must point to; it is taken out when the file is written. Kinds do not know of each other: each has a namespace
and a data file of its own, and all of them are validated at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["KINDS", "MARK", "Expected", "Kind", "places", "write"]

MARK = "▶"
_HEADER = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix : <{namespace}> .
"""
_CUSTOM = """
:Least a sh:ConstraintComponent ; sh:parameter [ sh:path :least ] ; sh:validator [
  a sh:SPARQLAskValidator ; sh:ask "ASK { FILTER(STRLEN(STR($value)) >= $least) }" ] .
:Odd a sh:ConstraintComponent ; sh:parameter [ sh:path :odd ] ;
  sh:nodeValidator [ a sh:SPARQLSelectValidator ;
    sh:select "SELECT $this ?value { $this <{namespace}p> ?value FILTER($odd && ?value = 2) }" ] ;
  sh:propertyValidator [ a sh:SPARQLSelectValidator ;
    sh:select "SELECT $this ?value { $this $PATH ?value FILTER($odd && ?value = 4) }" ] .
"""


@dataclass(frozen=True)
class Kind:
    """A kind of violation: what the node shape ``:S`` of class ``:C`` says, the data, the component of each ``▶``."""

    shape: str
    data: str
    components: str
    more: str = ""


@dataclass(frozen=True)
class Expected:
    """A result that must be reported: its kind, component (local name) and place."""

    kind: str
    component: str
    file: str
    line: int
    column: int


def _property(body: str) -> str:
    return f"sh:property [ sh:path :p ; {body} ]"


KINDS: dict[str, Kind] = {
    "class": Kind(_property("sh:class :D"), ":a a :C ;\n  :p :good , ▶:bad .\n:good a :D .", "Class"),
    "class of the focus": Kind("sh:class :D", "# a comment\n▶:a a :C .", "Class"),
    "datatype": Kind(_property("sh:datatype xsd:integer"), ':a a :C ; :p 1 , ▶"1" .', "Datatype"),
    "datatype of a derived type": Kind(_property("sh:datatype xsd:byte"), ':a a :C ; :p ▶"5"^^xsd:short .', "Datatype"),
    "datatype out of its range": Kind(_property("sh:datatype xsd:byte"), ':a a :C ; :p ▶"300"^^xsd:byte .', "Datatype"),
    "ill-typed date": Kind(_property("sh:datatype xsd:date"), ':a a :C ; :p ▶"2024-02-30"^^xsd:date .', "Datatype"),
    "language string": Kind(_property("sh:datatype rdf:langString"), ':a a :C ; :p "x"@en , ▶"y" .', "Datatype"),
    "nodeKind IRI": Kind(_property("sh:nodeKind sh:IRI"), ":a a :C ; :p :b , ▶[ a :D ] .", "NodeKind"),
    "nodeKind Literal": Kind(_property("sh:nodeKind sh:Literal"), ':a a :C ; :p "b" ; :p\n▶:b .', "NodeKind"),
    "nodeKind of the focus": Kind("sh:nodeKind sh:BlankNode", "▶:a a :C . [] a :C .", "NodeKind"),
    "minCount": Kind(_property("sh:minCount 1"), "\n\n  ▶:a a :C .", "MinCount"),
    "minCount of several": Kind(_property("sh:minCount 3"), ":a a :C ; :q 1 ; :p ▶1 , 2 .", "MinCount"),
    "maxCount": Kind(_property("sh:maxCount 1"), ":a a :C ; :p ▶:b , :c .", "MaxCount"),
    "minExclusive": Kind(_property("sh:minExclusive 1"), ":a a :C ; :p 1.5 , ▶1.0 .", "MinExclusive"),
    "minInclusive": Kind(_property("sh:minInclusive 1"), ":a a :C ; :p 1 , ▶-1 .", "MinInclusive"),
    "maxExclusive": Kind(_property("sh:maxExclusive 1"), ":a a :C ; :p 0 , ▶1 .", "MaxExclusive"),
    "maxInclusive": Kind(_property("sh:maxInclusive 1"), ":a a :C ; :p 1.0e0 , ▶1.1e0 .", "MaxInclusive"),
    "a range of dates": Kind(
        _property('sh:minInclusive "2024-01-01"^^xsd:date'),
        ':a a :C ; :p "2024-01-01"^^xsd:date , ▶"2023-12-31"^^xsd:date .',
        "MinInclusive",
    ),
    "what cannot be compared": Kind(_property("sh:maxInclusive 1"), ":a a :C ; :p ▶:b .", "MaxInclusive"),
    "minLength": Kind(_property("sh:minLength 2"), ':a a :C ; :p "ab" , ▶"" .', "MinLength"),
    "maxLength": Kind(_property("sh:maxLength 2"), ":a a :C ; :p 'ab' , ▶'''a\nb''' .", "MaxLength"),
    "pattern": Kind(_property('sh:pattern "^a.c$"'), ':a a :C ; :p "abc" , ▶"ABC" .', "Pattern"),
    "pattern with flags": Kind(
        _property('sh:pattern "^a.c$" ; sh:flags "i"'), ':a a :C ; :p "ABC" , ▶"x" .', "Pattern"
    ),
    "languageIn": Kind(_property('sh:languageIn ( "en" "zh" )'), ':a a :C ; :p "a"@en-GB , ▶"b"@fr .', "LanguageIn"),
    "uniqueLang": Kind(_property("sh:uniqueLang true"), ':a a :C ; :p ▶"a"@en , "b"@EN , "c"@fr .', "UniqueLang"),
    "equals": Kind(_property("sh:equals :q"), ":a a :C ; :p :b , ▶:c ; :q :b .", "Equals"),
    "equals without": Kind(_property("sh:equals :q"), "▶:a a :C ; :p :b ; :q :b , :c .", "Equals"),
    "disjoint": Kind(_property("sh:disjoint :q"), ":a a :C ; :q :b ; :p :c , ▶:b .", "Disjoint"),
    "lessThan": Kind(_property("sh:lessThan :q"), ":a a :C ; :p 1 , ▶2 ; :q 2 .", "LessThan"),
    "lessThanOrEquals": Kind(_property("sh:lessThanOrEquals :q"), ":a a :C ; :p 2 , ▶3 ; :q 2 .", "LessThanOrEquals"),
    "not": Kind(_property("sh:not [ sh:class :D ]"), ":a a :C ; :p :c , ▶:b . :b a :D .", "Not"),
    "not of the focus": Kind("sh:not [ sh:property [ sh:path :p ; sh:minCount 1 ] ]", "▶:a a :C ; :p 1 .", "Not"),
    "and": Kind(_property("sh:and ( [ sh:class :D ] [ sh:nodeKind sh:IRI ] )"), ":a a :C ; :p ▶:b .", "And"),
    "or": Kind(_property("sh:or ( [ sh:class :D ] [ sh:datatype xsd:string ] )"), ':a a :C ; :p "x" , ▶5 .', "Or"),
    "xone": Kind(_property("sh:xone ( [ sh:class :D ] [ sh:class :E ] )"), ":a a :C ; :p ▶:b . :b a :D , :E .", "Xone"),
    "node": Kind(
        _property("sh:node [ sh:property [ sh:path :q ; sh:minCount 1 ] ]"),
        ":a a :C ; :p :b , ▶:c . :b :q 1 . :c :r 1 .",
        "Node",
    ),
    "property in property": Kind(
        _property("sh:property [ sh:path :q ; sh:minCount 1 ]"), ":a a :C ; :p :b .\n\t▶:b :r 1 .", "MinCount"
    ),
    "qualifiedMinCount": Kind(
        _property("sh:qualifiedValueShape [ sh:class :D ] ; sh:qualifiedMinCount 1"),
        ":a a :C ; :p ▶:b .",
        "QualifiedMinCount",
    ),
    "qualifiedMaxCount": Kind(
        _property("sh:qualifiedValueShape [ sh:class :D ] ; sh:qualifiedMaxCount 0"),
        ":a a :C ; :p ▶:b . :b a :D .",
        "QualifiedMaxCount",
    ),
    "closed": Kind(
        "sh:closed true ; sh:ignoredProperties ( rdf:type ) ; sh:property [ sh:path :p ]",
        ":a a :C ; :p 1 ; :q ▶[ :p 1 ] .",
        "Closed",
    ),
    "hasValue": Kind(_property("sh:hasValue 7"), ":a a :C ; :p ▶8 .", "HasValue"),
    "in": Kind(_property("sh:in ( :b 1 )"), ":a a :C ; :p :b , 1 , ▶01.0 .", "In"),
    "a longer path": Kind(
        "sh:property [ sh:path ( :p :q ) ; sh:datatype xsd:string ]", ":a a :C ; :p :b . :b :q ▶1 .", "Datatype"
    ),
    "an inverse path": Kind("sh:property [ sh:path [ sh:inversePath :p ] ; sh:minCount 1 ]", "▶:a a :C .", "MinCount"),
    "target of subjects": Kind("sh:nodeKind sh:BlankNode", "▶:a :t 1 .", "NodeKind", ":S sh:targetSubjectsOf :t ."),
    "target of objects": Kind("sh:class :D", ":a :t :b .\n▶:b :p 1 .", "Class", ":S sh:targetObjectsOf :t ."),
    "target node": Kind(_property("sh:minCount 1"), "▶:a :q 1 .", "MinCount", ":S sh:targetNode :a ."),
    "a sub-class": Kind(_property("sh:maxCount 0"), ":a a :D ; :p ▶1 . :D rdfs:subClassOf :C .", "MaxCount"),
    "sparql": Kind(
        'sh:sparql [ sh:select "SELECT $this ?path ?value { $this ?path ?value FILTER(?value = 3) }" ]',
        ":a a :C ; :p 2 , ▶3 .",
        "SPARQL",
    ),
    "sparql of a property": Kind(
        _property('sh:sparql [ sh:select "SELECT $this ?value { $this $PATH ?value FILTER(?value > 3) }" ]'),
        ":a a :C ; :p 2 , ▶4 .",
        "SPARQL",
    ),
    "ask validator": Kind(_property(":least 3"), ':a a :C ; :p "abc" , ▶"ab" .', "Least", _CUSTOM),
    "select validator": Kind(_property(":odd true"), ":a a :C ; :p 3 , ▶4 .", "Odd", _CUSTOM),
    "select validator of a node": Kind(":odd true", "▶:a a :C ; :p 2 .", "Odd", _CUSTOM),
    "less than an ill-typed value": Kind(
        _property("sh:lessThan :q"),
        ':a a :C ; :p ▶"2024-02-30"^^xsd:date ; :q "2024-03-01"^^xsd:date .',
        "LessThan",
    ),
    "less than or equal to an IRI": Kind(
        _property("sh:lessThanOrEquals :q"), ":a a :C ; :p ▶:b ; :q :b .", "LessThanOrEquals"
    ),
    "minLength of a blank node": Kind(_property("sh:minLength 0"), ':a a :C ; :p "" , ▶[] .', "MinLength"),
    "a date and a boolean under a numeric bound": Kind(
        _property("sh:maxInclusive 1"),
        ':a a :C ; :p 1 , ▶"2024-01-01"^^xsd:date , ▶true .',
        "MaxInclusive MaxInclusive",
    ),
    "two at once": Kind(
        _property("sh:datatype xsd:string ; sh:nodeKind sh:IRI"), ":a a :C ; :p ▶▶1 .", "Datatype NodeKind"
    ),
}


def write(folder: Path) -> list[Expected]:
    """Write ``data/NN.ttl`` and ``shapes/NN.ttl`` for each kind; returns what must be reported, in order."""
    expected = []
    for part in ("data", "shapes"):
        (folder / part).mkdir()
    for number, (name, kind) in enumerate(KINDS.items()):
        header = _HEADER.replace("{namespace}", _namespace(number))
        shape = f":S a sh:NodeShape ; sh:targetClass :C ; {kind.shape} .\n{kind.more}"
        text = header + shape.replace("{namespace}", _namespace(number))
        (folder / "shapes" / f"{number:02}.ttl").write_text(text, encoding="utf-8")
        marked = header + kind.data + "\n"
        file = folder / "data" / f"{number:02}.ttl"
        # Every third file has the line ends of Windows.
        file.write_text(marked.replace(MARK, ""), encoding="utf-8", newline="\r\n" if number % 3 == 0 else "\n")
        expected += [
            Expected(name, *found, file.name, *place)
            for found, place in zip(
                ((component,) for component in kind.components.split()), places(marked), strict=True
            )
        ]
    return expected


def _namespace(number: int) -> str:
    return f"http://example.org/kind/{number:02}#"


def places(marked: str) -> list[tuple[int, int]]:
    """Line and column of each mark, counted without the marks."""
    found = []
    for line, text in enumerate(marked.split("\n"), 1):
        before = 0
        while (before := text.find(MARK)) >= 0:
            text = text.replace(MARK, "", 1)
            found.append((line, before + 1))
    return found
