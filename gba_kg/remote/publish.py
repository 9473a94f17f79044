"""Puts a graph on a SPARQL server: staged chunk by chunk, compared, swapped in at once, compared again.

Until the swap the old graph is whole, after it the new one is. The staging graph is named by what it is for and what is
in it, so that another run finds it and goes on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256

from gba_kg.errors import RemoteAnswerError, RemoteError, UsageError
from gba_kg.exports.terms import Record
from gba_kg.remote.publish_content import Comparison, Content, compare, pieces
from gba_kg.remote.publish_server import STAGED, Server
from gba_kg.remote.transport import checked_graph

__all__ = ["STAGING", "Outcome", "Plan", "checked_target", "plan", "publish"]

STAGING = "https://w3id.org/gba-kg/graph/staging/"
"""Where staging graphs are named: below it the first 16 digits of the target's SHA-256, and that of the content."""

Progress = Callable[[str, int, int], None]


@dataclass
class Outcome:
    """What a graph of the server holds: ``count`` statements, and their SHA-256 as the server spells them.

    ``respelled`` counts what it spells in its own way; it is empty where that SHA-256 is the content's.
    """

    count: int
    sha256: str = ""
    respelled: Counter[tuple[str, str]] = field(default_factory=Counter)


@dataclass(frozen=True)
class Plan:
    """What was found on the server: nothing has been written.

    ``before`` is how many statements the graph has, ``there`` what it holds where that is the content already,
    ``staged`` how many an earlier run has left, ``unfinished`` the staging graphs of this target with other content,
    ``requests`` how many will be sent, at most.
    """

    graph: str
    staging: str
    before: int
    there: Outcome | None
    staged: int
    unfinished: tuple[str, ...]
    requests: int


def checked_target(graph: str) -> str:
    """The IRI of a graph that can be filled; raises UsageError for what is none, or names a staging graph."""
    if checked_graph(graph).startswith(STAGING):
        raise UsageError("--graph takes none of the graphs that push uses itself")
    return graph


def plan(server: Server, content: Content, graph: str, *, replace: bool, say: Progress) -> Plan:
    """Look at the server. Raises UsageError for what is no IRI, or a graph that would be lost without ``replace``."""
    checked_target(graph)
    if not content.count:
        raise UsageError("there is nothing to publish: the data have no statement")
    before = server.count(graph)
    there = None
    if 0 < before <= content.count:
        outcome, difference = _read(server, content, graph, say, "comparing")
        there = None if difference or outcome.count != before else outcome
    if before and not there and not replace:
        raise UsageError(
            f"the graph <{graph}> holds {before} statements that are not these: "
            "--replace puts these in their place, --graph names another"
        )
    prefix = f"{STAGING}{sha256(graph.encode()).hexdigest()[:16]}/"
    staging = prefix + content.sha256
    found = server.graphs(prefix)
    staged = server.count(staging) if staging in found else 0
    chunks = [len(pieces(chunk)) for chunk in content.chunks()]
    requests = bool(staged) if there else sum(chunks) + (3 if staged else 2) * len(chunks) + 4
    return Plan(graph, staging, before, there, staged, tuple(name for name in found if name != staging), requests)


def publish(server: Server, content: Content, planned: Plan, say: Progress) -> Outcome:
    """Do what was planned; returns what the graph of the server then holds.

    What is there already stays; what an earlier run staged of it is removed. Raises RemoteError, saying what is left
    and that the same command goes on from there.
    """
    outcome = planned.there
    if outcome is None:
        with _saying("the graph is as it was; run the same command again, which goes on from here"):
            staged = _stage(server, content, planned, say)
        with _saying("the graph is wholly old or wholly new; run the same command again, which looks and goes on"):
            server.swap(planned.staging, staged, planned.graph, planned.before)
        with _saying("the graph was swapped, but is not proved; run the same command again, which looks"):
            outcome = _verified(server, content, planned.graph, say)
    if planned.staged or not planned.there:
        with _saying("the graph is published; run the same command again, which removes what was staged"):
            server.drop(planned.staging)
    return outcome


@contextmanager
def _saying(advice: str) -> Iterator[None]:
    try:
        yield
    except RemoteError as error:
        error.message += f"; {advice}"
        raise


def _stage(server: Server, content: Content, planned: Plan, say: Progress) -> int:
    """Send what is not there; returns how many statements are staged, all of them having been read back."""
    staging = planned.staging
    done = total = 0
    for chunk in content.chunks():
        say("sending", done, content.count)
        lacking = compare(chunk, server.held(staging, chunk, STAGED)).missing if planned.staged else chunk
        for piece in pieces(lacking):
            server.insert(staging, piece)
        held = server.held(staging, chunk, STAGED)
        if difference := _difference(compare(chunk, held)):
            # What is kept otherwise than it was sent would be met by the next run: that one starts anew.
            server.drop(staging)
            raise RemoteAnswerError(difference)
        total += len(held)
        done += len(chunk)
    count = server.count(staging)
    if count != total:
        server.drop(staging)
        raise RemoteAnswerError(f"the server counts {count} statements where {total} were sent and found")
    return total


def _verified(server: Server, content: Content, graph: str, say: Progress) -> Outcome:
    """Compare the graph by count and by hash; raises RemoteAnswerError for what is not as published."""
    count = server.count(graph)
    outcome, difference = _read(server, content, graph, say, "reading back")
    if not difference and outcome.count != count:
        difference = f"the server counts {count} statements where {outcome.count} were published and found"
    if difference:
        raise RemoteAnswerError(difference)
    return outcome


def _read(server: Server, content: Content, graph: str, say: Progress, doing: str) -> tuple[Outcome, str]:
    """What a graph holds on the subjects of the content, and the first difference, at which reading ends."""
    outcome = Outcome(0)
    digest, done = sha256(), 0
    for chunk in content.chunks():
        say(doing, done, content.count)
        held = server.held(graph, chunk)
        found = compare(chunk, held)
        if difference := _difference(found):
            return outcome, difference
        digest.update(content.lines(held))
        outcome.respelled += found.respelled
        outcome.count += len(held)
        done += len(chunk)
    outcome.sha256 = digest.hexdigest()
    return outcome, ""


def _difference(found: Comparison) -> str:
    def such(records: list[Record]) -> str:
        return f"{len(records)}, such as {' '.join(records[0][:3])[:300]}"

    told = [f"lacks {such(found.missing)}"] if found.missing else []
    told += [f"has others, {such(found.extra)}"] if found.extra else []
    return f"the server does not hold what it was sent: of one chunk it {' and '.join(told)}" if told else ""
