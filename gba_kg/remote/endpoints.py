"""Named endpoints of a configuration file, in TOML; it holds no secret, only where one is found."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from gba_kg.errors import GbaKgError, InputError, UsageError
from gba_kg.files import read_text
from gba_kg.remote.client import Endpoint
from gba_kg.remote.transport import checked_url

__all__ = ["endpoint", "settings_file"]

_NUMBER = (int, float)
# What an endpoint may say, and of which type it is.
_KEYS: dict[str, tuple[type | tuple[type, ...], str]] = {
    "url": (str, "text"),
    "update": (str, "text"),
    "graph": (str, "text"),
    "user-variable": (str, "the name of a variable of the environment"),
    "password-variable": (str, "the name of a variable of the environment"),
    "ca-file": (str, "the path of a file"),
    "timeout": (_NUMBER, "seconds from above 0 to 86400"),
}
_SECRET = re.compile(
    r"user(name)?|login|pass(word|wd|phrase)?|token|secret|(api[-_]?)?key|auth(orization)?", re.IGNORECASE
)
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_PLACE = re.compile(r"(?P<what>.*) \((?:at line (?P<line>\d+), column (?P<column>\d+)|at end of document)\)")


def endpoint(word: str) -> Endpoint:
    """The endpoint of a URL, or of a name in the configuration file.

    Raises UsageError for an unknown name or a bad URL, and InputError with file and line for what is wrong in the file.
    """
    if ":" in word:
        return Endpoint(checked_url(word))
    file = settings_file()
    if not file.exists() and not os.environ.get("GBA_KG_CONFIG"):
        raise UsageError(f"no endpoint '{word}': {file} does not exist, and this is not an http or https URL")
    text = read_text(file)
    found = _all(text, str(file))
    if word not in found:
        near = get_close_matches(word, sorted(found)) or sorted(found)
        raise UsageError(f"no endpoint '{word}' in {file} (it has {', '.join(near) or 'none'})")
    for name, entry in found.items():  # all of them, so that a mistake is not found on the day that it matters
        made = _made(name, entry, text, file)
        if name == word:
            chosen = made
    return chosen


def settings_file() -> Path:
    """``GBA_KG_CONFIG``, or ``gba-kg/config.toml`` in ``XDG_CONFIG_HOME`` or ``~/.config``."""
    named = os.environ.get("GBA_KG_CONFIG")
    home = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    return Path(named) if named else Path(home).expanduser() / "gba-kg" / "config.toml"


def _all(text: str, file: str) -> Mapping[str, Any]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.fullmatch(str(error))
        line, column = (place["line"], place["column"]) if place else (None, None)
        # Without the words of the line: a password may stand there.
        at_end = text.count("\n") + 1
        raise InputError("not valid TOML", file, int(line or at_end), int(column) if column else None) from None
    except RecursionError:
        raise InputError("not valid TOML: nested too deeply", file) from None
    for key in document:
        if key != "endpoints":
            raise InputError(f"unknown key '{key}': the file has tables [endpoints.NAME]", file, _line(text, None, key))
    found = document.get("endpoints", {})
    if not isinstance(found, dict) or not all(isinstance(entry, dict) for entry in found.values()):
        raise InputError("'endpoints' holds tables [endpoints.NAME]", file, _line(text, None, "endpoints"))
    return found


def _made(name: str, entry: Mapping[str, Any], text: str, file: Path) -> Endpoint:
    for key, message in _mistakes(entry):
        raise InputError(f"endpoint '{name}': {message}", str(file), _line(text, name, key))
    made = Endpoint(entry["url"], entry.get("graph"), update=entry.get("update"))
    if "user-variable" in entry:
        made = replace(made, variables=(entry["user-variable"], entry["password-variable"]))
    limits = replace(made.limits, seconds=float(entry.get("timeout", made.limits.seconds)))
    if "ca-file" in entry:
        limits = replace(limits, ca_file=file.parent / Path(entry["ca-file"]).expanduser())
    return replace(made, limits=limits)


def _mistakes(entry: Mapping[str, Any]) -> Iterator[tuple[str | None, str]]:
    """What is wrong with an endpoint: the key and a message, which never holds the value."""
    for key, value in entry.items():
        if key in _KEYS:
            if not _fits(key, value):
                yield key, f"'{key}' is not {_KEYS[key][1]}"
        elif _SECRET.fullmatch(key):
            yield (
                key,
                f"'{key}' does not belong in this file: name variables of the environment with user-variable and "
                "password-variable, or use netrc",
            )
        else:
            yield key, f"unknown key '{key}' (there are {', '.join(_KEYS)})"
    if "url" not in entry:
        yield None, "'url' is missing"
    if ("user-variable" in entry) != ("password-variable" in entry):
        yield None, "'user-variable' and 'password-variable' go together"
    for key in {"url", "update"} & set(entry):
        try:
            checked_url(entry[key])
        except GbaKgError as error:
            yield key, error.message


def _fits(key: str, value: object) -> bool:
    if not isinstance(value, _KEYS[key][0]) or isinstance(value, bool):
        return False
    if isinstance(value, str):
        return bool(value) and (not key.endswith("-variable") or bool(_VARIABLE.fullmatch(value)))
    return 0 < float(str(value)) <= 86_400


def _line(text: str, name: str | None, key: str | None) -> int | None:
    """The line of a key in ``[endpoints.NAME]``, else of that table; None where it is inline."""
    table, inside, header = None, name is None, re.compile(r"\s*\[\s*endpoints\s*\.\s*[\"']?([^\"'\]]*?)[\"']?\s*\]")
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("["):
            found = header.match(line)
            inside = bool(found and found[1] == name)
            table = number if inside else table
            if name is None and key is not None and re.match(rf"\s*\[+\s*[\"']?{re.escape(key)}\b", line):
                return number
        elif inside and key is not None and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]", line):
            return number
    return table
