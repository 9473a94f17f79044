"""Where the bundled ontology, data, shapes and queries lie: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

__all__ = ["bundled", "bundled_file", "bundled_root"]

_PACKAGE = Path(__file__).parent
_FOLDERS = ("ontology", "data", "shapes", "queries")
_FILES = ("CITATION.cff", "LICENSE-DATA")


def bundled_root() -> Path:
    """The folder that holds ``ontology/``, ``data/``, ``shapes/`` and ``queries/``."""
    installed = _PACKAGE / "graph_files"
    return installed if installed.is_dir() else _PACKAGE.parent


def bundled(folder: str) -> Path:
    """The path of one of the four bundled folders.

    >>> bundled("queries").name
    'queries'
    """
    assert folder in _FOLDERS, folder
    return bundled_root() / folder


def bundled_file(name: str) -> Path:
    """The path of one of the two papers that go with the graph: its licence, and how to cite it."""
    assert name in _FILES, name
    return bundled_root() / name
