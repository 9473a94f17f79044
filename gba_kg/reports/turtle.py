"""Findings as RDF: a SHACL validation report, and beside it what is no result of a shape.

Results of shapes are the ``sh:ValidationReport`` of SHACL, section 3.6. Other findings are ``earl:Assertion`` of a tool
(W3C Evaluation and Report Language 1.0). Both say with ``earl:pointer`` where in its file a fault stands (W3C Pointers
in RDF 1.0). There is no validation report where no shapes were run.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import count

import pyoxigraph as ox

from gba_kg import __version__
from gba_kg.findings import Finding, Place, Report, ShaclResult
from gba_kg.language_tags import recase
from gba_kg.namespaces import PREFIXES
from gba_kg.reports.context import Context
from gba_kg.rules import RULES
from gba_kg.stored import LANGUAGES
from gba_kg.validation import NOT_RUN

__all__ = ["render"]

_OWN = {"earl": "http://www.w3.org/ns/earl#", "ptr": "http://www.w3.org/2009/pointers#"}
_USED = {name: PREFIXES[name] for name in ("dcterms", "rdf", "sh", "xsd")} | _OWN
_SEVERITIES = {"violation": "Violation", "warning": "Warning", "info": "Info"}

_Node = ox.NamedNode | ox.BlankNode
_Term = ox.NamedNode | ox.BlankNode | ox.Literal


def render(report: Report, context: Context) -> str:
    """The graph in Turtle; its blank nodes have names of their own, in the order of the findings."""
    triples = list(_Graph(context).of(report))
    terms = {term.value for triple in triples for term in triple if isinstance(term, ox.NamedNode)}
    begins = {iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] for iri in terms} | {PREFIXES["xsd"]}
    prefixes = {name: namespace for name, namespace in ({**PREFIXES, **_OWN}).items() if namespace in begins}
    turtle = bytes(ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b"").decode()
    return recase(turtle)


@cache
def _iri(curie: str) -> ox.NamedNode:
    prefix, _, local = curie.partition(":")
    return ox.NamedNode(_USED[prefix] + local)


def _number(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=_iri("xsd:positiveInteger"))


class _Graph:
    """Makes the triples of a report."""

    def __init__(self, context: Context) -> None:
        self._language = context.language
        self._foreign: dict[tuple[str, str], ox.BlankNode] = {}

    def of(self, report: Report) -> Iterator[ox.Triple]:
        """All triples, those of a subject together."""
        results = [finding for finding in report.findings if finding.shacl is not None]
        others = [finding for finding in report.findings if finding.shacl is None]
        if results or ("shapes" in report.checked and NOT_RUN not in report.skipped):
            yield from self._report(len(results))
        for number, finding in enumerate(results, 1):
            assert finding.shacl is not None
            yield from self._result(ox.BlankNode(f"result{number}"), finding, finding.shacl)
        if others:
            yield from self._tool()
        rules = {rule: ox.BlankNode(f"rule{n}") for n, rule in enumerate(sorted({f.rule for f in others}), 1)}
        for rule, node in rules.items():
            yield from self._rule(node, rule)
        for number, finding in enumerate(others, 1):
            yield from self._assertion(str(number), finding, rules[finding.rule])

    def _report(self, results: int) -> Iterator[ox.Triple]:
        node = ox.BlankNode("report")
        yield _said(node, "rdf:type", _iri("sh:ValidationReport"))
        yield _said(node, "sh:conforms", ox.Literal(results == 0))
        for number in range(1, results + 1):
            yield _said(node, "sh:result", ox.BlankNode(f"result{number}"))

    def _result(self, node: ox.BlankNode, finding: Finding, result: ShaclResult) -> Iterator[ox.Triple]:
        yield _said(node, "rdf:type", _iri("sh:ValidationResult"))
        yield _said(node, "sh:focusNode", self._term("data", result.focus))
        steps: list[ox.Triple] = []
        if result.path is not None:
            path, steps = self._path(f"{node.value}path", result)
            yield _said(node, "sh:resultPath", path)
        if result.value is not None:
            yield _said(node, "sh:value", self._term("data", result.value))
        yield _said(node, "sh:sourceShape", self._term("shape", result.shape))
        if result.constraint is not None:
            yield _said(node, "sh:sourceConstraint", self._term("shape", result.constraint))
        yield _said(node, "sh:sourceConstraintComponent", result.component)
        yield _said(node, "sh:resultSeverity", _severity(finding, result))
        for message in result.messages or (ox.Literal(finding.message),):
            yield _said(node, "sh:resultMessage", message)
        yield from _pointer(node, (finding.file, finding.line, finding.column))
        yield from steps

    def _path(self, name: str, result: ShaclResult) -> tuple[_Term, list[ox.Triple]]:
        """A copy of a path for one result: blank nodes of a report are its own (section 3.6.2.2)."""
        steps: dict[_Term, list[ox.Triple]] = {}
        for step in result.steps:
            steps.setdefault(_plain(step.subject), []).append(step)
        copies: list[ox.Triple] = []
        names = (ox.BlankNode(f"{name}{number}") for number in count(1))

        def copy(node: _Term, above: frozenset[_Term]) -> _Term:
            # A node that is used twice is copied twice; one that leads to itself is no path.
            if not isinstance(node, ox.BlankNode) or node in above:
                return node
            own = next(names)
            own_steps = [(step.predicate, copy(_plain(step.object), above | {node})) for step in steps.get(node, ())]
            copies.extend(ox.Triple(own, predicate, value) for predicate, value in own_steps)
            return own

        assert result.path is not None
        return copy(result.path, frozenset()), sorted(copies, key=lambda triple: str(triple.subject))

    def _term(self, graph: str, term: _Term) -> _Term:
        """A term of the data or of the shapes; blank nodes of the two may have the same name and are not the same."""
        if not isinstance(term, ox.BlankNode):
            return term
        return self._foreign.setdefault((graph, term.value), ox.BlankNode(f"{graph}{len(self._foreign) + 1}"))

    def _tool(self) -> Iterator[ox.Triple]:
        node = ox.BlankNode("tool")
        yield _said(node, "rdf:type", _iri("earl:Software"))
        yield _said(node, "dcterms:title", ox.Literal("gba-kg"))
        yield _said(node, "dcterms:hasVersion", ox.Literal(__version__))

    def _rule(self, node: ox.BlankNode, rule: str) -> Iterator[ox.Triple]:
        yield _said(node, "rdf:type", _iri("earl:TestRequirement"))
        yield _said(node, "dcterms:identifier", ox.Literal(rule))
        if rule in RULES:
            for tag, right in zip(LANGUAGES, RULES[rule].right, strict=True):
                yield _said(node, "dcterms:description", ox.Literal(right, language=tag))

    def _assertion(self, number: str, finding: Finding, rule: ox.BlankNode) -> Iterator[ox.Triple]:
        node, outcome = ox.BlankNode(f"finding{number}"), ox.BlankNode(f"outcome{number}")
        subject = _named(finding.focus) or ox.BlankNode(f"subject{number}")
        yield _said(node, "rdf:type", _iri("earl:Assertion"))
        yield _said(node, "earl:assertedBy", ox.BlankNode("tool"))
        yield _said(node, "earl:mode", _iri("earl:automatic"))
        yield _said(node, "earl:test", rule)
        yield _said(node, "earl:subject", subject)
        yield _said(node, "earl:result", outcome)
        if isinstance(subject, ox.BlankNode):
            yield _said(subject, "rdf:type", _iri("earl:TestSubject"))
            yield _said(subject, "dcterms:title", ox.Literal(finding.focus or finding.file or "gba-kg"))
        yield _said(outcome, "rdf:type", _iri("earl:TestResult"))
        yield _said(outcome, "earl:outcome", _iri("earl:failed"))
        yield _said(outcome, "sh:resultSeverity", _iri(f"sh:{_SEVERITIES[finding.severity]}"))
        language = self._language if finding.rule in RULES else None
        yield _said(outcome, "dcterms:description", ox.Literal(finding.message, language=language))
        yield from _pointer(outcome, (finding.file, finding.line, finding.column))


def _said(subject: _Node, property_: str, value: _Term) -> ox.Triple:
    return ox.Triple(subject, _iri(property_), value)


def _pointer(node: ox.BlankNode, place: Place) -> Iterator[ox.Triple]:
    file, line, column = place
    if file is None:
        return
    pointer = ox.BlankNode(f"{node.value}place")
    yield _said(node, "earl:pointer", pointer)
    whole = line is not None and column is not None
    yield _said(pointer, "rdf:type", _iri("ptr:LineCharPointer" if whole else "ptr:SinglePointer"))
    yield _said(pointer, "ptr:reference", ox.Literal(file))
    if line is not None:
        yield _said(pointer, "ptr:lineNumber", _number(line))
    if column is not None:
        yield _said(pointer, "ptr:charNumber", _number(column))


def _severity(finding: Finding, result: ShaclResult) -> ox.NamedNode:
    """The severity of the shape, which may be one of its own, unless the finding was given another level since."""
    level = result.severity.value.removeprefix(PREFIXES["sh"])
    own = {name: level_ for level_, name in _SEVERITIES.items()}.get(level, "violation")
    return result.severity if own == finding.severity else _iri(f"sh:{_SEVERITIES[finding.severity]}")


def _plain(term: _Term | ox.Triple) -> _Term:
    assert not isinstance(term, ox.Triple), "RDF 1.1 has no quoted triples"
    return term


def _named(text: str | None) -> ox.NamedNode | None:
    try:
        return ox.NamedNode(text) if text is not None else None
    except ValueError:
        return None
