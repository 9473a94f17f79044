"""Findings in the forms that people, forges and their tools read: one module for each form."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gba_kg.findings import Report
    from gba_kg.reports.context import Context

__all__ = ["FORMATS", "render"]

FORMATS = ("text", "table", "json", "turtle", "sarif", "junit", "github", "markdown", "html")
"""Each form has a module of its name with ``render(report, context)``, imported when it is asked for."""


def render(report: Report, form: str, context: Context) -> str:
    """A report in one of ``FORMATS``, the same text for the same findings and files."""
    assert form in FORMATS, form
    text: str = importlib.import_module(f"gba_kg.reports.{form}").render(report, context)
    return text
