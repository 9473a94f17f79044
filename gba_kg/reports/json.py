"""Findings as the JSON object of the findings contract (docs/integrator.md)."""

from __future__ import annotations

import json

from gba_kg.findings import Report
from gba_kg.reports.context import Context

__all__ = ["render"]


def render(report: Report, _: Context) -> str:
    """One object; what is not ASCII stands as it is."""
    return json.dumps(report.as_dict(), ensure_ascii=False, indent=2) + "\n"
