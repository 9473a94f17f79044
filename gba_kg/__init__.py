"""Knowledge graph of the measures that connect the rules of Guangdong, Hong Kong and Macao.

>>> import gba_kg
>>> graph = gba_kg.load()
>>> gba_kg.query(graph, "measures", platform="hetao").columns[:3]
('measure', 'label', 'status')
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from gba_kg.api import frame, query
    from gba_kg.errors import GbaKgError, IncompleteError, InputError, UsageError
    from gba_kg.exports import export
    from gba_kg.findings import Finding, Report
    from gba_kg.graph import Graph, load
    from gba_kg.results import Answer
    from gba_kg.text_search import Hit, search
    from gba_kg.validation import validate

# Where each public name lives. Nothing is imported before it is asked for, rdflib and pySHACL least of all.
_HOMES = {
    "Answer": "results",
    "Finding": "findings",
    "GbaKgError": "errors",
    "Graph": "graph",
    "IncompleteError": "errors",
    "Hit": "text_search",
    "InputError": "errors",
    "Report": "findings",
    "UsageError": "errors",
    "export": "exports",
    "frame": "api",
    "load": "graph",
    "query": "api",
    "search": "text_search",
    "validate": "validation",
}

__all__ = [
    "Answer", "Finding", "GbaKgError", "Graph", "Hit", "IncompleteError", "InputError", "Report", "UsageError",
    "__version__", "export", "frame", "load", "query", "search", "validate",
]  # fmt: skip


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module attribute may be anything
    if name not in _HOMES:
        raise AttributeError(f"module 'gba_kg' has no attribute '{name}'")
    return getattr(importlib.import_module(f"gba_kg.{_HOMES[name]}"), name)
