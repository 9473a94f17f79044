"""``gba-kg show``: one entity."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from gba_kg.cli import common
from gba_kg.entities import Entity, PassageAt, describe, find
from gba_kg.results import visible

_EXAMPLES = """examples:
  gba-kg show measure:northbound-travel-for-macao-vehicles
  gba-kg show 澳車北上 --lang zh-Hant
  gba-kg show hengqin-executive-committee --format json
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = _EXAMPLES
    parser.add_argument(
        "entity", metavar="ID|NAME", help="IRI, short form (measure:x), slug, or name in any language and script"
    )
    common.add_data(parser)
    common.add_language(parser)
    common.add_format(parser, ("text", "json"), "text")
    common.add_output(parser)


def run(arguments: argparse.Namespace) -> int:
    """Show the entity; exit code 2 when the name fits nothing or several things."""
    graph = common.load_graph(arguments)
    entity = describe(graph, find(graph, arguments.entity), arguments.lang)
    if arguments.format == "json":
        content = json.dumps(asdict(entity), ensure_ascii=False, indent=2) + "\n"
    else:
        content = _as_text(entity)
    common.write(content, arguments.output)
    return 0


def _as_text(entity: Entity) -> str:
    lines = [f"{visible(entity.label)}  <{entity.iri}>", f"  {', '.join(entity.types)}"]
    reasons: set[str] = set()
    for fact in entity.facts:
        value = fact.value if fact.value == fact.value_label else f"{fact.value_label} ({fact.value})"
        basis = f" [{fact.basis}]" if fact.basis else ""
        lines.append(f"  {visible(fact.property_label)}: {visible(value)}{basis}")
        if fact.rationale:
            said = "the same reason as above" if fact.rationale in reasons else fact.rationale
            lines.append(f"      because: {visible(said)}")
            reasons.add(fact.rationale)
        lines += [f"      {_passage(passage)}" for passage in fact.passages]
    return "\n".join(lines) + "\n"


def _passage(passage: PassageAt) -> str:
    words = f" {passage.exact!r}" if passage.exact else ""
    return f"{passage.source} {passage.start}-{passage.end}{words}"
