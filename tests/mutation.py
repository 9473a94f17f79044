"""Mutants of shapes and data: which of them no case and no check notices.

A mutant of the shapes changes one statement: a constraint is dropped, a bound widened, a class, a datatype or a value
swapped, a member of a list taken out. It is killed when some case file of its shapes gives other results than before.
A mutant of the data drops a statement, changes a literal or swaps an object for another of the same property. It is
killed when the shapes, the check queries or the evidence (where the documents are at hand) find anything.

Every survivor is explained in ``mutation-survivors.tsv``; an entry there that explains no survivor is a fault too.

usage: python tests/mutation.py [--shapes SHAPE ...] [--data NUMBER] [--seed SEED]

By default all shapes are mutated, which takes about a minute, and no data; each mutant of the data takes a second.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

import gba_kg
from gba_kg.checks import run_checks
from gba_kg.documents import sources_folder
from gba_kg.errors import IncompleteError
from gba_kg.evidence import prove
from gba_kg.files import RdfFile
from gba_kg.graph import Graph, load_files
from gba_kg.namespaces import PREFIXES, shrink
from gba_kg.setwise import evaluate
from gba_kg.validation import validate

ROOT = Path(__file__).parent.parent
SURVIVORS = Path(__file__).parent / "mutation-survivors.tsv"
SH, XSD, RDF = PREFIXES["sh"], PREFIXES["xsd"], PREFIXES["rdf"]
# Statements of shapes that are no constraint, and those whose loss makes a shape no shape.
KEPT = {
    SH + name for name in ("message", "path", "declare", "prefix", "namespace", "prefixes", "select", "inversePath")
}
STEP = {"min": -1, "max": 1, "qualifiedMin": -1, "qualifiedMax": 1}
SWAP = {
    SH + "class": [ox.NamedNode(PREFIXES["gba"] + "Measure"), ox.NamedNode(PREFIXES["skos"] + "Concept")],
    SH + "targetClass": [ox.NamedNode(PREFIXES["gba"] + "Measure"), ox.NamedNode(PREFIXES["gba"] + "Case")],
    SH + "datatype": [ox.NamedNode(XSD + "string"), ox.NamedNode(XSD + "integer")],
    SH + "nodeKind": [ox.NamedNode(SH + "Literal"), ox.NamedNode(SH + "IRI")],
    SH + "hasValue": [ox.NamedNode("https://w3id.org/gba-kg/nobody")],
    SH + "lessThan": [ox.NamedNode("https://w3id.org/gba-kg/nothing")],
    SH + "lessThanOrEquals": [ox.NamedNode("https://w3id.org/gba-kg/nothing")],
}


@dataclass(frozen=True)
class Mutant:
    """A change of a graph: its stable name, what is taken out and what comes in."""

    name: str
    out: tuple[ox.Quad, ...]
    into: tuple[ox.Quad, ...] = ()

    def apply(self, store: ox.Store) -> None:
        """Change a store."""
        for quad in self.out:
            store.remove(quad)
        store.extend(self.into)

    def undo(self, store: ox.Store) -> None:
        """Change it back."""
        for quad in self.into:
            store.remove(quad)
        store.extend(self.out)


# Shapes


def mutants_of_shapes(stem: str) -> Iterator[Mutant]:
    """Every mutant of a shapes file, in the order of its statements."""
    quads = list(_shapes(stem))
    owners = _owners(quads)
    for quad in quads:
        predicate, value = quad.predicate.value, quad.object
        if predicate in KEPT or predicate.startswith(PREFIXES["rdfs"]):
            continue
        name = f"{owners[quad.subject]} {shrink(predicate)} {_text(value)}"
        if predicate == RDF + "rest":
            yield from _without_member(stem, quad, quads, name)
        elif not predicate.startswith(RDF):
            yield Mutant(f"{stem}: drop {name}", (quad,))
            yield from _changed(stem, quad, name)


def _without_member(stem: str, quad: ox.Quad, quads: list[ox.Quad], name: str) -> Iterator[Mutant]:
    # The member after the cell of ``quad`` goes, the list closes up; the first of a list stays.
    after = {other.predicate.value: other for other in quads if other.subject == quad.object}
    if after:
        owner = name.split(" ")[0]
        rest = ox.Quad(quad.subject, quad.predicate, after[RDF + "rest"].object, quad.graph_name)
        member = after[RDF + "first"]
        yield Mutant(f"{stem}: without {owner} {_text(member.object)}", (quad,), (rest,))


def _changed(stem: str, quad: ox.Quad, name: str) -> Iterator[Mutant]:
    predicate, value = quad.predicate.value, quad.object
    kind = predicate.removeprefix(SH)
    step = next((step for prefix, step in STEP.items() if kind.startswith(prefix)), None)
    changed: list[ox.Literal | ox.NamedNode] = []
    if step is not None and isinstance(value, ox.Literal) and value.value.lstrip("-").isdigit():
        changed.append(ox.Literal(str(int(value.value) + step), datatype=value.datatype))
    elif predicate == SH + "pattern" and isinstance(value, ox.Literal):
        changed += [
            ox.Literal(value.value.strip(anchor)) for anchor in "^$" if value.value.strip(anchor) != value.value
        ]
    else:
        changed += [other for other in SWAP.get(predicate, ()) if other != value][:1]
    for other in changed:
        into = ox.Quad(quad.subject, quad.predicate, other, quad.graph_name)
        yield Mutant(f"{stem}: change {name} to {_text(other)}", (quad,), (into,))


def killed_by_cases(stem: str, mutant: Mutant) -> bool:
    """Whether a case file of the shapes tells the mutant from the shapes."""
    store = ox.Store()
    store.extend(_shapes(stem))
    mutant.apply(store)
    shapes = Graph((), (), store)
    subject = _owners(list(_shapes(stem)))[mutant.out[0].subject].split(".")[0]
    # The case that is about the shape comes first: most mutants fall there.
    ordered = sorted(cases(stem), key=lambda case: subject.lower().replace("-", "") not in case[0])
    return any(_results(data, shapes) != expected for _, data, expected in ordered)


@cache
def _shapes(stem: str) -> tuple[ox.Quad, ...]:
    return tuple(load_files([ROOT / "shapes" / f"{stem}.ttl"]).quads())


@cache
def cases(stem: str) -> tuple[tuple[str, Graph, frozenset[tuple[str, ...]]], ...]:
    """The cases of a shapes file: which shapes they violate, their data, and their results as the shapes stand."""
    from test_setwise import case_data

    shapes = load_files([ROOT / "shapes" / f"{stem}.ttl"])
    found = []
    for path in sorted((ROOT / "tests" / "cases" / stem).glob("*.ttl")):
        data = case_data(path)
        results = _results(data, shapes)
        found.append((" ".join(sorted(row[1].lower().replace("-", "") for row in results)), data, results))
    return tuple(found)


def _results(data: Graph, shapes: Graph) -> frozenset[tuple[str, ...]]:
    answer = evaluate(data, shapes)
    return frozenset(
        tuple(str(term) for term in (r.focus, r.source_shape, r.path, r.source_constraint, r.component, r.severity))
        for r in answer.results
    ) | {("left", str(node), why) for node, why in answer.left.items()}


def _owners(quads: Iterable[ox.Quad]) -> dict[ox.NamedNode | ox.BlankNode, str]:
    """How each node of shapes is called: its local name, or the way to it from a node that has one."""
    names: dict[ox.NamedNode | ox.BlankNode, str] = {}
    ahead: list[tuple[ox.NamedNode | ox.BlankNode, str]] = []
    links: dict[ox.NamedNode | ox.BlankNode, list[ox.Quad]] = {}
    for quad in quads:
        links.setdefault(quad.subject, []).append(quad)
        if isinstance(quad.subject, ox.NamedNode):
            names[quad.subject] = quad.subject.value.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
    ahead = list(names.items())
    while ahead:
        node, name = ahead.pop(0)
        for number, quad in enumerate(links[node]):
            if isinstance(quad.object, ox.BlankNode) and quad.object not in names:
                names[quad.object] = f"{name}.{number}"
                ahead.append((quad.object, names[quad.object]))
    return names


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> str:
    return (
        shrink(term.value) if isinstance(term, ox.NamedNode) else "[]" if isinstance(term, ox.BlankNode) else term.value
    )


# Data


@dataclass(frozen=True)
class _Changed(Graph):
    """The bundled graph with a mutant in its store and in what its files are read to say."""

    mutant: Mutant | None = None

    def quads(self, files: Iterable[RdfFile] | None = None) -> Iterator[ox.Quad]:
        """The statements of the files as the mutant leaves them."""
        assert self.mutant is not None
        for quad in super().quads(files):
            yield from self.mutant.into if quad in self.mutant.out else (quad,)


@cache
def bundled_graph() -> tuple[Graph, tuple[ox.Quad, ...]]:
    """The bundled graph, whose store the mutants change for a moment, and the statements of its data."""
    graph = gba_kg.load()
    return graph, tuple(graph.quads(graph.files))


def mutants_of_data(number: int, seed: int) -> Iterator[Mutant]:
    """A sample of mutants of the bundled data, the same for the same seed."""
    _, quads = bundled_graph()
    objects: dict[str, list[ox.NamedNode]] = {}
    for quad in quads:
        if isinstance(quad.object, ox.NamedNode):
            objects.setdefault(quad.predicate.value, []).append(quad.object)
    chosen = random.Random(seed)
    for quad in chosen.sample(quads, number):
        others = [other for other in objects.get(quad.predicate.value, ()) if other != quad.object]
        change = chosen.random() < 0.5
        other: ox.NamedNode | ox.Literal | None = None
        if change and isinstance(quad.object, ox.Literal):
            other = _other(quad.object)
        elif change and others:
            other = chosen.choice(others)
        into = () if other is None else (ox.Quad(quad.subject, quad.predicate, other, quad.graph_name),)
        said = f"{shrink(quad.subject.value)} {_text(quad.object)}"
        verb = "drop" if other is None else "change"
        to = "" if other is None else f" to {_text(other)}"
        yield Mutant(f"data: {verb} {shrink(quad.predicate.value)} | {said}{to}", (quad,), into)


def _other(literal: ox.Literal) -> ox.Literal:
    """A literal of the same kind with another value: its last digit or its last letter is another."""
    text = literal.value
    place = next((i for i in range(len(text) - 1, -1, -1) if text[i] in "12345678"), None)
    text = f"{text}x" if place is None else text[:place] + str(int(text[place]) + 1) + text[place + 1 :]
    if literal.language:
        return ox.Literal(text, language=literal.language)
    return ox.Literal(text, datatype=literal.datatype)


def killed_by_findings(mutant: Mutant) -> bool:
    """Whether shapes, check queries or evidence find anything in the mutant."""
    graph, _ = bundled_graph()
    changed = _Changed(graph.files, graph.vocabulary, graph.store, mutant=mutant)
    mutant.apply(graph.store)
    try:
        return (
            not validate(changed).conforms or any(run_checks(changed)) or not prove(changed, sources_folder()).conforms
        )
    except IncompleteError:
        return False  # without the documents there is no evidence to find anything
    finally:
        mutant.undo(graph.store)


# Survivors


def surviving_shapes(stem: str) -> list[str]:
    """The mutants of a shapes file that no case notices."""
    found = [mutant.name for mutant in mutants_of_shapes(stem) if not killed_by_cases(stem, mutant)]
    cases.cache_clear()
    return found


def explained() -> dict[str, str]:
    """The reviewed survivors, each with its reason; those of data are named by what is done and the property alone."""
    lines = SURVIVORS.read_text(encoding="utf-8").splitlines()[1:]
    return dict(line.split("\t") for line in lines)


def unexplained(survivors: Iterable[str]) -> list[str]:
    """The survivors that the reviewed list does not name."""
    reasons = explained()
    return [name for name in survivors if name.split(" | ")[0] not in reasons]


def stale(stems: Iterable[str], survivors: Iterable[str]) -> list[str]:
    """The entries of the reviewed list that name mutants of the given shapes which do not survive or do not exist."""
    named = {name for name in explained() if name.split(":")[0] in set(stems)}
    return sorted(named - set(survivors))


def main() -> int:
    """Run the mutants and print the survivors; returns 1 when one is not explained or an entry is stale."""
    parser = argparse.ArgumentParser(description="Mutate shapes and data and print what nothing notices.")
    parser.add_argument("--shapes", nargs="*", metavar="SHAPE", help="shapes files by their stems (default: all)")
    parser.add_argument("--data", type=int, default=0, metavar="NUMBER", help="mutants of the data (default: none)")
    parser.add_argument("--seed", type=int, default=1, help="which sample of the data (default: 1)")
    arguments = parser.parse_args()
    stems = stems_of_shapes() if arguments.shapes is None else arguments.shapes
    survivors, count = [], arguments.data
    for stem in stems:
        count += len(list(mutants_of_shapes(stem)))
        survivors += surviving_shapes(stem)
    faults = [f"the entry is stale: {name}" for name in stale(stems, survivors)]
    survivors += [
        mutant.name for mutant in mutants_of_data(arguments.data, arguments.seed) if not killed_by_findings(mutant)
    ]
    reasons = explained()
    for name in survivors:
        print(f"{name}\t{reasons.get(name.split(' | ')[0], 'NOT EXPLAINED')}")
    faults += [f"the survivor is not explained: {name}" for name in unexplained(survivors)]
    print(f"{count} mutants, {len(survivors)} survive, {len(faults)} faults", *faults, sep="\n", file=sys.stderr)
    return 1 if faults else 0


def stems_of_shapes() -> list[str]:
    """The stems of the shapes files."""
    return sorted(path.stem for path in (ROOT / "shapes").glob("*.ttl"))


if __name__ == "__main__":
    sys.exit(main())
