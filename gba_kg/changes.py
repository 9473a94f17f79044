"""Which statements of a graph changed since a git revision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pyoxigraph as ox

from gba_kg.errors import InputError, UsageError
from gba_kg.files import STDIN, RdfFile, file_below
from gba_kg.graph import ENTAILED, Graph
from gba_kg.resources import bundled_root
from gba_kg.revisions import Tree, tree_at
from gba_kg.syntaxes import TURTLE, syntax_of

__all__ = ["changed_since"]


def changed_since(revision: str, graph: Graph, shapes: Graph) -> tuple[ox.Triple, ...] | None:
    """The statements of the files of a graph that only one of two states has: now, or at a git revision.

    None says that anything may have changed: a file of shapes did, one cannot be read as it was then, or git has a
    symbolic link or a submodule there. Files are compared byte for byte, those that differ by their statements;
    renamed, deleted and untracked files count. Files that come with this package and lie outside of the repository
    count as unchanged.

    Raises UsageError where a file is in no repository or in another one than the first, or there is no such revision;
    IncompleteError without git.
    """
    if not graph.paths or STDIN in (*graph.paths, *shapes.paths) or ENTAILED in graph.store.named_graphs():
        raise UsageError("--changed-since compares files: standard input and what is inferred have no revision")
    tree = tree_at(revision, graph.paths[0])
    named = [_name(tree, path) for path in (*graph.paths, *shapes.paths)]
    if any(_holds(own, name) for own in named for name in tree.others) or any(_differing(tree, shapes)):
        return None
    old: set[ox.Triple] = set()
    new: set[ox.Triple] = set()
    before, now = _differing(tree, graph)
    for file in now.values():
        new.update(file.triples())
    try:
        for name, content in zip(before, tree.contents(list(before)), strict=True):
            old.update(replace(before[name], content=content).triples())
    except InputError:
        return None
    return tuple(sorted(old ^ new, key=str))


def _differing(tree: Tree, graph: Graph) -> tuple[Mapping[str, RdfFile], Mapping[str, RdfFile]]:
    """The files that a graph had at the revision and those that it has now, without those of equal content."""
    before = {name: file for path in graph.paths for name, file in _files_then(tree, path)}
    now = {}
    for file in (*graph.vocabulary, *graph.files):
        name = _name(tree, file.path)
        if name is None:
            continue
        if name in before and tree.same(name, file.path.read_bytes()):
            del before[name]
        else:
            now[name] = file
            if name in before:
                before[name] = file
    return before, now


def _files_then(tree: Tree, path: Path) -> Iterator[tuple[str, RdfFile]]:
    """The RDF files that a named file or folder held at the revision, by their names in the repository."""
    own, alone = _name(tree, path), path.is_file()
    folder = path.parent if alone else path
    for name in tree.blobs:
        syntax = syntax_of(Path(name))
        if own is not None and _holds(own, name) and (syntax is not None or alone):
            yield name, file_below(folder, path / PurePosixPath(name).relative_to(own), syntax or TURTLE)


def _holds(own: str | None, name: str) -> bool:
    """Whether a name in the repository is another or lies below it; the other may be none."""
    return own is not None and PurePosixPath(name).is_relative_to(own)


def _name(tree: Tree, path: Path) -> str | None:
    """The name of a path in the repository; None for what comes with the package and lies elsewhere."""
    whole = path.resolve()
    if whole.is_relative_to(tree.top):
        return whole.relative_to(tree.top).as_posix()
    if whole.is_relative_to(bundled_root().resolve()):
        return None
    raise UsageError(f"{path} lies outside of the repository {tree.top}: git does not know what it was")
