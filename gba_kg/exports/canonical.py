"""Names of blank nodes that depend on the dataset alone: the algorithm RDFC-1.0 (W3C RDF Dataset Canonicalization).

pyoxigraph has it too, but lower-cases language tags before it hashes: other tools would then give other names to blank
nodes with a tag such as ``zh-Hans``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from hashlib import sha256
from itertools import permutations

from gba_kg.errors import InputError
from gba_kg.exports.terms import Record

__all__ = ["BUDGET", "canonical_names"]

BUDGET = 100_000
"""Steps of the costly part (4.8) before it is given up: datasets can be made that take for ever."""

# Where in a record a blank node may stand, with the letter that the algorithm has for it (4.7).
_POSITIONS = ((0, "s"), (2, "o"), (3, "g"))
# The deepest chain that is followed, so that Python's own limit is never met.
_DEPTH = 200


def canonical_names(records: Sequence[Record]) -> dict[str, str]:
    """A canonical name (``_:c14n0`` ...) for each blank node of the records that hold one.

    Records without blank nodes play no part. Raises InputError when the nodes are too alike to be told apart within
    ``BUDGET`` steps (clause 7.1, "Dataset poisoning").
    """
    return _Canonical(records).names()


class _Issuer:
    """Gives names in order (4.5)."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.issued: dict[str, str] = {}

    def issue(self, node: str) -> str:
        return self.issued.setdefault(node, f"{self.prefix}{len(self.issued)}")

    def copy(self) -> _Issuer:
        other = _Issuer(self.prefix)
        other.issued = dict(self.issued)
        return other


class _Canonical:
    def __init__(self, records: Sequence[Record]) -> None:
        self.quads: dict[str, list[Record]] = defaultdict(list)
        for record in records:
            for node in dict.fromkeys(term for term in (record[0], record[2], record[3]) if term.startswith("_:")):
                self.quads[node].append(record)
        self.canonical = _Issuer("_:c14n")
        self.steps = 0

    def names(self) -> dict[str, str]:
        """The algorithm of 4.4."""
        self.first = {node: self._first_degree(node) for node in self.quads}
        groups: dict[str, list[str]] = defaultdict(list)
        for node, digest in self.first.items():
            groups[digest].append(node)
        for digest in sorted(groups):
            if len(groups[digest]) == 1:
                self.canonical.issue(groups.pop(digest)[0])
        for digest in sorted(groups):
            found = []
            for node in groups[digest]:
                if node not in self.canonical.issued:
                    issuer = _Issuer("_:b")
                    issuer.issue(node)
                    found.append(self._n_degree(node, issuer, 0))
            for _, issuer in sorted(found, key=lambda each: each[0]):
                for node in issuer.issued:
                    self.canonical.issue(node)
        return self.canonical.issued

    def _first_degree(self, node: str) -> str:
        """4.6: the statements of a node with every blank node made ``a`` (itself) or ``z``."""

        def masked(term: str) -> str:
            return term if not term.startswith("_:") else "_:a" if term == node else "_:z"

        lines = []
        for subject, predicate, object_, graph in self.quads[node]:
            named = f"{masked(graph)} " if graph else ""
            lines.append(f"{masked(subject)} {predicate} {masked(object_)} {named}.\n")
        return _hash("".join(sorted(lines)))

    def _related(self, node: str, quad: Record, issuer: _Issuer, position: str) -> str:
        """4.7."""
        name = self.canonical.issued.get(node) or issuer.issued.get(node) or self.first[node]
        return _hash(position + ("" if position == "g" else quad[1]) + name)

    def _n_degree(self, node: str, issuer: _Issuer, depth: int) -> tuple[str, _Issuer]:
        """4.8: a hash of the node by all that it is connected to, and the names given on the way."""
        related: dict[str, list[str]] = defaultdict(list)
        for quad in self.quads[node]:
            for index, position in _POSITIONS:
                other = quad[index]
                if other.startswith("_:") and other != node:
                    related[self._related(other, quad, issuer, position)].append(other)
        data = ""
        for digest in sorted(related):
            chosen_path, chosen_issuer = "", issuer
            for order in permutations(related[digest]):
                self._step(depth)
                path, own = self._path(order, issuer, chosen_path, depth)
                if path and (not chosen_path or path < chosen_path):
                    chosen_path, chosen_issuer = path, own
            data += digest + chosen_path
            issuer = chosen_issuer
        return _hash(data), issuer

    def _path(self, order: tuple[str, ...], issuer: _Issuer, chosen: str, depth: int) -> tuple[str, _Issuer]:
        """The path of one order of related nodes (4.8.3, step 5.4); empty as soon as it cannot be the least."""
        own = issuer.copy()
        path = ""
        waiting = []
        for other in order:
            if other in self.canonical.issued:
                path += self.canonical.issued[other]
            else:
                if other not in own.issued:
                    waiting.append(other)
                path += own.issue(other)
            if chosen and len(path) >= len(chosen) and path > chosen:
                return "", own
        for other in waiting:
            digest, found = self._n_degree(other, own, depth + 1)
            path += f"{own.issue(other)}<{digest}>"
            own = found
            if chosen and len(path) >= len(chosen) and path > chosen:
                return "", own
        return path, own

    def _step(self, depth: int) -> None:
        self.steps += 1
        if self.steps > BUDGET or depth > _DEPTH:
            raise InputError(f"{len(self.quads)} blank nodes are too alike to be given canonical names")


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
