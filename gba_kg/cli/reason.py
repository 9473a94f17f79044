"""``gba-kg reason``: what follows, why, and what cannot be true."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from gba_kg.cli import common
from gba_kg.cli.levels import add_levels, refuse_levels
from gba_kg.errors import UsageError
from gba_kg.reasoning import ENGINES, close, differences, entailed, entailments
from gba_kg.reports import FORMATS as REPORTS

if TYPE_CHECKING:
    import pyoxigraph as ox

    from gba_kg.graph import Graph

_EXAMPLES = """examples:
  gba-kg reason --format ntriples --output entailed.nt
  gba-kg reason --explain "measure:hengqin-joint-one-stop-inspection a gba:HengqinMeasure"
  gba-kg reason --check --format json

Without --check and --explain, the triples that follow and are not stated are written, in any RDF format. --explain
exits with 1 for a triple that does not follow, --check when anything contradicts, --engine both when the two differ.
"""
_FORMATS = {
    "entail": ("turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml"),
    "explain": ("text", "json"),
    "check": REPORTS,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = _EXAMPLES
    question = parser.add_mutually_exclusive_group()
    question.add_argument(
        "--explain", metavar="TRIPLE", help="prove a triple 'SUBJECT PREDICATE OBJECT' down to statements of the files"
    )
    question.add_argument("--check", action="store_true", help="report contradictions as findings")
    parser.add_argument(
        "--engine",
        choices=ENGINES,
        default="fast",
        help="fast (default), owlrl (slow), or both: list what only one of them entails",
    )
    forms = tuple(dict.fromkeys(form for forms in _FORMATS.values() for form in forms))
    parser.add_argument("--format", choices=forms, help="form of the output (default: turtle, or text for a question)")
    add_levels(parser)
    common.add_data(parser)
    common.add_language(parser)
    common.add_output(parser)


def run(arguments: argparse.Namespace) -> int:
    """Reason."""
    mode = "check" if arguments.check else "explain" if arguments.explain is not None else "entail"
    form = arguments.format or _FORMATS[mode][0]
    if form not in _FORMATS[mode]:
        raise UsageError(f"--format {form} does not fit: here it is {' or '.join(_FORMATS[mode])}")
    if arguments.engine != "fast" and mode != "entail":
        raise UsageError("--explain and --check are of the fast engine: leave --engine out")
    if mode == "check":
        arguments.format = form
        return _check(arguments)
    refuse_levels(arguments, "is about findings: it goes with --check")
    if mode == "explain":
        return _explain(arguments, form)
    graph = common.load_graph(arguments)
    with common.progress("reasoning"):
        if arguments.engine == "both":
            return _differences(graph, arguments)
        triples = _fast(graph) if arguments.engine == "fast" else entailments(graph, arguments.engine)
    common.write(_written(triples, form), arguments.output)
    return 0


def _fast(graph: Graph) -> list[ox.Triple]:
    from gba_kg.facts import Facts
    from gba_kg.reasoning.asking import notes

    closure = close(graph)
    for note in notes(closure, Facts(graph)):
        print(f"gba-kg: nothing follows: {note}", file=sys.stderr)
    return entailed(closure)


def _written(triples: list[ox.Triple], form: str) -> bytes:
    import pyoxigraph as ox

    from gba_kg.exports import export
    from gba_kg.graph import ENTAILED, Graph

    alone = Graph(())
    alone.store.extend(ox.Quad(t.subject, t.predicate, t.object, ENTAILED) for t in triples)
    return export(alone, form)


def _differences(graph: Graph, arguments: argparse.Namespace) -> int:
    lines = differences(graph)
    common.write("".join(f"{line}\n" for line in lines) or "the engines entail the same\n", arguments.output)
    return 1 if lines else 0


def _check(arguments: argparse.Namespace) -> int:
    from gba_kg.reasoning.asking import check

    levels = common.read_levels(arguments)
    graph = common.load_graph(arguments)
    with common.progress("checking"):
        found = check(graph, arguments.lang)
    return common.report(found, arguments, levels, graph=graph)


def _explain(arguments: argparse.Namespace, form: str) -> int:
    from gba_kg.facts import Facts
    from gba_kg.reasoning.asking import explain, triple_of
    from gba_kg.reasoning.telling import Teller, as_json, as_text

    triple = triple_of(arguments.explain)
    graph = common.load_graph(arguments)
    with common.progress("reasoning"):
        answer = explain(graph, triple)
    facts = Facts(graph)
    said = Teller(facts).triple(triple)
    if answer.proof is not None:
        content = as_text(answer.proof, facts) if form == "text" else _json(as_json(answer.proof, facts))
    elif form == "json":
        content = _json({"entailed": answer.trivial, "steps": []})
    elif answer.trivial:
        content = f"trivial: {said} holds in every graph or is no statement about the data\n"
    else:
        content = f"not entailed: {said} does not follow from the graph by the rules of OWL 2 RL\n"
    common.write(content, arguments.output)
    return 0 if answer.proof is not None or answer.trivial else 1


def _json(content: dict[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
