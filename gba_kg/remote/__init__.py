"""Queries on SPARQL servers: nothing here is imported unless an endpoint is named."""

from __future__ import annotations

from gba_kg.remote.client import Endpoint
from gba_kg.remote.endpoints import endpoint

__all__ = ["Endpoint", "endpoint"]
