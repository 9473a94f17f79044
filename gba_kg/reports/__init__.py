"""Findings in the forms that forges and their tools read: one module for each form."""

from __future__ import annotations

import importlib

from gba_kg.findings import Report

__all__ = ["FORMATS", "render"]

FORMATS = ("github", "junit", "markdown", "sarif")
"""Each form has a module of its name with a function ``render(report)``, imported when it is asked for."""


def render(report: Report, form: str) -> str:
    """A report in one of ``FORMATS``, the same text for the same findings."""
    assert form in FORMATS, form
    text: str = importlib.import_module(f"gba_kg.reports.{form}").render(report)
    return text
