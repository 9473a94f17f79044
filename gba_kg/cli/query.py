"""``gba-kg query``: answers."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from gba_kg.cli import common
from gba_kg.errors import UsageError
from gba_kg.results import FORMATS, render
from gba_kg.stored import StoredQuery, find_queries, find_query

_EXAMPLES = """examples:
  gba-kg query
  gba-kg query measures -p platform=hengqin
  gba-kg query figures --format csv --output figures.csv
  gba-kg query measures --endpoint http://127.0.0.1:7878/query --timeout 10
  gba-kg query --text "SELECT (COUNT(?m) AS ?measures) WHERE { ?m a gba:Measure }"
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = _EXAMPLES
    parser.add_argument("name", nargs="?", help="name of a stored query")
    parser.add_argument(
        "-p", "--param", action="append", default=[], metavar="KEY=VALUE", help="set a parameter (repeatable)"
    )
    parser.add_argument("--text", help="run this SPARQL query; the prefixes of the project are known")
    parser.add_argument("--file", type=Path, help="run the SPARQL query of a file")
    parser.add_argument(
        "--queries", type=Path, metavar="DIR", help="folder of stored queries instead of the bundled one"
    )
    parser.add_argument("--reasoned", action="store_true", help="answer over the OWL 2 RL entailments as well")
    parser.add_argument(
        "--endpoint",
        metavar="URL|NAME",
        help="ask this SPARQL server, or the one of this name in the configuration file, instead of the bundled data; "
        "--timeout bounds everything together (default: 60)",
    )
    parser.add_argument("--graph", metavar="IRI", help="with --endpoint: ask this one graph of the server")
    common.add_format(parser, FORMATS, "table")
    common.add_data(parser)
    common.add_language(parser)
    common.add_output(parser)


def keeps_time(arguments: argparse.Namespace) -> bool:
    """Whether ``--timeout`` is kept by the command itself: a server's fault is told by its kind, not by a kill."""
    return arguments.endpoint is not None


def run(arguments: argparse.Namespace) -> int:
    """Run the query that the arguments name, or list the stored ones."""
    if sum(given is not None for given in (arguments.name, arguments.text, arguments.file)) > 1:
        raise UsageError("give one of NAME, --text and --file")
    if arguments.name is None and arguments.text is None and arguments.file is None:
        common.write(_listing(find_queries(arguments.queries), arguments.lang), arguments.output)
        return 0
    stored = find_query(arguments.name, arguments.queries) if arguments.name else None
    values = common.parameters(arguments.param)
    if stored is None and values:
        raise UsageError("parameters (-p) belong to stored queries")
    if arguments.endpoint is not None:
        return _remote(arguments, stored, values)
    if arguments.graph is not None:
        raise UsageError("--graph belongs to --endpoint")
    graph = common.load_graph(arguments)
    if arguments.reasoned:
        with common.progress("reasoning"):
            graph.entail()
    if stored is not None:
        text = stored.bind(common.with_language(stored, values, arguments.lang), graph.store)
    else:
        text = _own(arguments)
    path = arguments.file or (stored.path if stored else None)
    results = graph.select(text, str(path) if path else None)
    common.write(render(results, arguments.format), arguments.output)
    return 0


def _remote(arguments: argparse.Namespace, stored: StoredQuery | None, values: dict[str, str]) -> int:
    from gba_kg.remote import endpoint

    if arguments.reasoned or arguments.data or arguments.ontology:
        raise UsageError("--endpoint asks a server: --data, --ontology and --reasoned do not go with it")
    server = endpoint(arguments.endpoint)
    if arguments.graph is not None:
        server = replace(server, graph=arguments.graph)
    if arguments.timeout is not None:
        server = replace(server, limits=replace(server.limits, seconds=arguments.timeout))
    text = stored.bind(common.with_language(stored, values, arguments.lang)) if stored else _own(arguments)
    path = arguments.file or (stored.path if stored else None)
    common.write(render(server.select(text, str(path) if path else None), arguments.format), arguments.output)
    return 0


def _own(arguments: argparse.Namespace) -> str:
    from gba_kg.files import read_text

    text: str = arguments.text if arguments.text is not None else read_text(arguments.file)
    return text


def _listing(queries: list[StoredQuery], language: str) -> str:
    lines = []
    for query in queries:
        parameters = " ".join(f"[{parameter.name}]" for parameter in query.parameters if parameter.name != "lang")
        lines.append(f"{query.name} {parameters}".rstrip())
        lines.append(f"    {query.summary[language]}")
    return "\n".join(lines) + "\n"
