"""``gba-kg push``: the graph on a SPARQL server."""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from gba_kg.cli import common
from gba_kg.errors import UsageError
from gba_kg.results import visible

if TYPE_CHECKING:
    from gba_kg.remote.publish import Outcome, Plan
    from gba_kg.remote.publish_content import Content

_GRAPH = "https://w3id.org/gba-kg/graph/union"
_EXAMPLES = f"""examples:
  gba-kg push --endpoint http://127.0.0.1:7878/query --dry-run
  gba-kg push --endpoint http://127.0.0.1:7878/query --replace
  gba-kg push --endpoint https://example.org/sparql --data my.ttl --ontology my-terms.ttl --graph https://example.org/g

Everything goes to one graph, {_GRAPH} for the bundled data.
The graph that is there stays whole until all has been sent and read back, and is then swapped at once. After an error,
the same command goes on where it stopped.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = _EXAMPLES
    parser.add_argument(
        "--endpoint",
        required=True,
        metavar="URL|NAME",
        help="query service of a SPARQL 1.1 server, or the name of a server in the configuration file",
    )
    parser.add_argument(
        "--update",
        metavar="URL",
        help="its update service (default: the query service, with a last /query made /update)",
    )
    parser.add_argument("--graph", metavar="IRI", help="graph of the server to fill; needed with --data or --ontology")
    parser.add_argument("--replace", action="store_true", help="put the new content in the place of another")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")
    parser.add_argument(
        "--drop-unfinished",
        action="store_true",
        help="remove what unfinished runs have staged for this graph with other content",
    )
    parser.add_argument("--reasoned", action="store_true", help="add the OWL 2 RL entailments")
    parser.add_argument(
        "--request-timeout", type=_seconds, metavar="SECONDS", help="time for each request (default: 60)"
    )
    common.add_format(parser, ("text", "json"), "text")
    common.add_data(parser)
    common.add_output(parser)


def run(arguments: argparse.Namespace) -> int:
    """Publish, or say what would be published."""
    from gba_kg.exports.content import graph_records
    from gba_kg.remote import endpoint
    from gba_kg.remote.publish import checked_target, plan, publish
    from gba_kg.remote.publish_content import Content
    from gba_kg.remote.publish_server import Server
    from gba_kg.remote.transport import checked_url

    named = endpoint(arguments.endpoint)
    target = arguments.graph or named.graph or (_GRAPH if common.bundled_data(arguments) else None)
    if target is None:
        raise UsageError("name the graph of the server with --graph: --data or --ontology are not the bundled ones")
    checked_target(target)
    update = checked_url(arguments.update or named.update or _update_url(named.url))
    limits = replace(named.limits, seconds=arguments.request_timeout or named.limits.seconds)
    server = Server(named.url, update, limits, named.variables)
    graph = common.load_graph(arguments, into_store=arguments.reasoned)
    if arguments.reasoned:
        with common.progress("reasoning"):
            graph.entail()
    say = _Progress()
    with Content(graph_records(graph)) as content:
        planned = plan(server, content, target, replace=arguments.replace, say=say)
        if arguments.dry_run:
            return _tell(arguments, content, planned, planned.there)
        if arguments.drop_unfinished:
            for name in planned.unfinished:
                server.drop(name)
        outcome = publish(server, content, planned, say)
        return _tell(arguments, content, planned, outcome)


def _seconds(text: str) -> float:
    from gba_kg.cli.deadline import seconds

    return seconds(text, "--request-timeout")


def _update_url(endpoint: str) -> str:
    return endpoint.removesuffix("query") + "update" if endpoint.endswith("/query") else endpoint


class _Progress:
    """How far it is, on standard error, at most once a second."""

    def __init__(self) -> None:
        self._next = time.monotonic() + 1

    def __call__(self, doing: str, done: int, whole: int) -> None:
        now = time.monotonic()
        if now >= self._next:
            self._next = now + 1
            print(f"gba-kg: {doing}, {done} of {whole} statements ...", file=sys.stderr, flush=True)


def _tell(arguments: argparse.Namespace, content: Content, planned: Plan, outcome: Outcome | None) -> int:
    done = "already there" if planned.there else "to be published" if arguments.dry_run else "published"
    told: dict[str, object] = {
        "result": done,
        "graph": planned.graph,
        "statements": content.count,
        "sha256": content.sha256,
        "before": planned.before,
        "staged": planned.staged,
        "requests": planned.requests,
        "unfinished": list(planned.unfinished),
        "dropped": bool(planned.unfinished) and arguments.drop_unfinished and not arguments.dry_run,
        "held": outcome and {"statements": outcome.count, "sha256": outcome.sha256},
        "respelled": outcome
        and [{"sent": a, "held": b, "count": count} for (a, b), count in sorted(outcome.respelled.items())],
    }
    if arguments.format == "json":
        common.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n", arguments.output)
    else:
        common.write("".join(f"{visible(line)}\n" for line in _lines(told, outcome)), arguments.output)
    return 0


def _lines(told: dict[str, object], outcome: Outcome | None) -> list[str]:
    lines = [
        f"{told['result']}: {told['statements']} statements in <{told['graph']}>",
        f"sha256: {told['sha256']}",
        f"before: {told['before']} statements, {told['staged']} staged by an earlier run",
    ]
    if told["result"] == "to be published":
        lines.append(f"requests: at most {told['requests']}")
    if outcome and outcome.sha256 == told["sha256"]:
        lines.append(f"verified: {outcome.count} statements, the same SHA-256")
    elif outcome:
        lines.append(f"verified: {outcome.count} statements, equal by value; sha256 of its spelling: {outcome.sha256}")
        lines += [f"  spelled otherwise: {line}" for line in _spellings(outcome)]
    if told["unfinished"]:
        what = "removed" if told["dropped"] else "left; --drop-unfinished removes them"
        lines.append(f"unfinished: staging graphs of other content are {what}")
    return lines


def _spellings(outcome: Outcome) -> list[str]:
    """One line for each datatype, and for each language tag, that the server spells in its own way."""
    groups: dict[str, list[tuple[str, str, int]]] = {}
    for (sent, held), count in sorted(outcome.respelled.items()):
        groups.setdefault(sent.rpartition("^^")[2], []).append((sent, held, count))
    return [
        f"{sum(count for *_, count in group)} values, such as {group[0][0]} as {group[0][1]}"
        for group in groups.values()
    ]
