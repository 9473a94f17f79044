"""What an ontology says that the rules of OWL 2 RL draw nothing from: it is named, not passed over in silence."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from gba_kg.reasoning.notation import OWL, Node
from gba_kg.reasoning.scratch import Scratch, original

__all__ = ["OUTSIDE", "Outside", "outside"]

_NO_RULE = "OWL 2 RL has no rule for it"
_ZERO_AND_ONE = "OWL 2 RL has rules for 0 and 1 only"
_INSIDE = "(owl:intersectionOf/rdf:rest*/rdf:first)*"
_EITHER = "((owl:intersectionOf|owl:unionOf)/rdf:rest*/rdf:first)*"

# Where a term stands, as patterns that bind the statement ?s ?p ?o to blame.
_PLACES = {
    "": "?s {term} ?o BIND({term} AS ?p)",
    "above 0": "?s {term} ?o BIND({term} AS ?p) FILTER(?o > 0)",
    "above 1": "?s {term} ?o BIND({term} AS ?p) FILTER(?o > 1)",
    "as a type": "?s a {term} BIND(rdf:type AS ?p) BIND({term} AS ?o)",
    "in a super-class": "VALUES ?p {{ rdfs:subClassOf owl:equivalentClass rdfs:domain rdfs:range owl:allValuesFrom }}"
    f" ?s ?p ?o . ?o {_INSIDE} ?e . ?e {{term}} ?f",
    "in a sub-class": f"VALUES ?p {{{{ rdfs:subClassOf }}}} ?s ?p ?o . ?s {_EITHER} ?e . ?e {{term}} ?f",
    "in a definition": f"VALUES ?p {{{{ owl:equivalentClass }}}} ?s ?p ?o . ?o {_EITHER} ?e . ?e {{term}} ?f",
}
# Not what rules have added: they make super-classes of all parts of an intersection.
_STATED = " FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } }"

OUTSIDE: tuple[tuple[str, str, str], ...] = (
    ("owl:imports", "", "imports are not followed: give the files with --ontology"),
    ("owl:minCardinality", "above 0", _NO_RULE),
    ("owl:minQualifiedCardinality", "above 0", _NO_RULE),
    ("owl:cardinality", "", _NO_RULE),
    ("owl:qualifiedCardinality", "", _NO_RULE),
    ("owl:maxCardinality", "above 1", _ZERO_AND_ONE),
    ("owl:maxQualifiedCardinality", "above 1", _ZERO_AND_ONE),
    ("owl:onDataRange", "", _NO_RULE),
    ("owl:hasSelf", "", _NO_RULE),
    ("owl:ReflexiveProperty", "as a type", _NO_RULE),
    ("owl:disjointUnionOf", "", _NO_RULE),
    ("owl:onProperties", "", _NO_RULE),
    ("owl:datatypeComplementOf", "", _NO_RULE),
    ("owl:onDatatype", "", _NO_RULE),
    ("owl:someValuesFrom", "in a super-class", _NO_RULE),
    ("owl:unionOf", "in a super-class", _NO_RULE),
    ("owl:oneOf", "in a super-class", _NO_RULE),
    *(
        (term, place, _NO_RULE)
        for term in ("owl:allValuesFrom", "owl:complementOf", "owl:maxCardinality", "owl:maxQualifiedCardinality")
        for place in ("in a sub-class", "in a definition")
    ),
)
"""Term, where it stands (a key of the places), and why nothing follows from it."""

_LISTS = (
    *("intersectionOf", "unionOf", "oneOf", "members", "distinctMembers", "propertyChainAxiom", "hasKey"),
    *("disjointUnionOf", "onProperties", "withRestrictions"),
)


@dataclass(frozen=True)
class Outside:
    """A statement from which nothing, or less than it says, follows here; and why."""

    term: str
    reason: str
    statement: tuple[ox.NamedNode | ox.BlankNode | ox.Literal, ...]


def outside(scratch: Scratch) -> list[Outside]:
    """What the ontology says outside of OWL 2 RL, and its lists that are none, in a stable order."""
    found = {
        Outside(term, f"{place}: {reason}".removeprefix(": "), _statement(row["s"], row["p"], row["o"]))
        for term, place, reason in OUTSIDE
        for row in scratch.rows(_PLACES[place].format(term=term) + _STATED)
    }
    for name in _LISTS:
        predicate = ox.NamedNode(OWL + name)
        found |= {
            Outside(f"owl:{name}", "its value is not a list that ends", _statement(row["s"], predicate, row["o"]))
            for row in scratch.rows(f"?s {predicate} ?o" + _STATED.replace("?p", str(predicate)))
            if scratch.items(row["o"]) is None
        }
    return sorted(found, key=lambda entry: (str(entry.statement), entry.term, entry.reason))


def _statement(*terms: Node) -> tuple[ox.NamedNode | ox.BlankNode | ox.Literal, ...]:
    return tuple(original(term) for term in terms)
