"""Who asks: user and password from the environment or from netrc, never from a file of ours and never shown."""

from __future__ import annotations

import netrc
import os
from pathlib import Path
from urllib.parse import urlsplit

from gba_kg.errors import InputError, UsageError

__all__ = ["VARIABLES", "credentials"]

VARIABLES = ("GBA_KG_USER", "GBA_KG_PASSWORD")
"""The variables of the environment that hold user and password, where an endpoint names no others."""


def credentials(url: str = "", variables: tuple[str, str] | None = None) -> tuple[str | None, str | None]:
    """User and password for a URL: of the environment, else of the entry that netrc has for its host; or None twice.

    ``variables`` that an endpoint names must be set. The ``default`` entry of netrc is left alone: it would go to
    any host. Raises UsageError for what is set by half, InputError for a netrc that cannot be read.
    """
    names = variables or VARIABLES
    user, password = (os.environ.get(name) for name in names)
    missing = [name for name in names if os.environ.get(name) is None]
    if variables and missing:
        raise UsageError(f"the endpoint takes its credentials from {' and '.join(missing)}, which is not set")
    if len(missing) == 1:
        raise UsageError(f"{' and '.join(names)} go together: {missing[0]} is not set")
    return (user, password) if not missing else _netrc(urlsplit(url).hostname)


def _netrc(host: str | None) -> tuple[str | None, str | None]:
    named = os.environ.get("NETRC")
    path = Path(named) if named else Path("~/.netrc").expanduser()
    if not named and not path.exists():
        return None, None
    try:
        entry = netrc.netrc(path).hosts.get(host or "")
    except netrc.NetrcParseError as error:  # its message may quote a password
        raise InputError("not a netrc file", str(path), error.lineno) from None
    except (OSError, UnicodeDecodeError) as error:
        what = error.strerror if isinstance(error, OSError) else "not text"
        raise InputError(f"netrc cannot be read: {what}", str(path)) from None
    return (entry[0], entry[2]) if entry else (None, None)
