"""Which findings a run is to report and how grave they are: ``--profile``, then ``--baseline``, then ``--fail-on``."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from gba_kg.errors import UsageError
from gba_kg.findings import LEVELS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from gba_kg.findings import Report

__all__ = ["add_levels", "levelled", "refuse_levels"]

_OPTIONS = {"fail_on": "--fail-on", "profile": "--profile", "baseline": "--baseline"}


def add_levels(parser: argparse.ArgumentParser) -> None:
    """``--fail-on``, ``--profile`` and ``--baseline`` with what goes with it."""
    parser.add_argument(
        "--fail-on",
        choices=LEVELS,
        help="the least severity that makes the exit code 1 (default: info, any finding; none: never)",
    )
    parser.add_argument(
        "--profile",
        type=Path,
        metavar="FILE",
        help="YAML that gives rules another severity or turns them off (docs/levels.md)",
    )
    parser.add_argument(
        "--baseline",
        type=Path,
        metavar="FILE",
        help="YAML of accepted findings, which are not reported until their last day (docs/levels.md)",
    )
    parser.add_argument(
        "--update-baseline",
        action="store_true",
        help="write the file of --baseline anew, so that it accepts what is found now",
    )
    parser.add_argument("--reason", metavar="TEXT", help="why --update-baseline accepts what is new")


def refuse_levels(arguments: argparse.Namespace, why: str) -> None:
    """Raises UsageError when an option of levels is given where there are no findings."""
    _consistent(arguments)
    for name, option in _OPTIONS.items():
        if getattr(arguments, name) is not None:
            raise UsageError(f"{option} {why}")


def levelled(found: Report, arguments: argparse.Namespace) -> tuple[Report, str | None]:
    """The report by the profile and the baseline of the options, and what is to be written to the latter."""
    _consistent(arguments)
    if arguments.profile is None and arguments.baseline is None:
        return found, None
    from gba_kg.profile import Profile, read_profile

    profile, new = Profile(), None
    if arguments.profile is not None:
        profile = read_profile(arguments.profile)
        profile.check(_known(arguments), complete=hasattr(arguments, "shapes"))
        found = profile.apply(found)
    if arguments.baseline is not None:
        from gba_kg.baseline import Baseline, read_baseline

        judged, path = _judged(found, arguments), arguments.baseline
        baseline = Baseline() if arguments.update_baseline and not path.exists() else read_baseline(path)
        if arguments.update_baseline:
            new = baseline.updated(found, arguments.reason or "", judged)
            baseline = read_baseline(path, new)
        found = baseline.apply(found, _today(), arguments.lang, judged)
        # The rules of the baseline are rules: a profile has a say on them as well.
        found = profile.apply(found) if arguments.profile is not None else found
    return found, new


def _consistent(arguments: argparse.Namespace) -> None:
    if arguments.update_baseline and arguments.baseline is None:
        raise UsageError("--update-baseline needs the file: name it with --baseline")
    if arguments.reason is not None and not arguments.update_baseline:
        raise UsageError("--reason goes with --update-baseline")
    if arguments.update_baseline and getattr(arguments, "changed_since", None) is not None:
        raise UsageError("--update-baseline needs the full run: leave --changed-since out")


def _known(arguments: argparse.Namespace) -> set[str]:
    """The ids of all rules: those of the package, of its check queries, and of the shapes that the command reads."""
    from gba_kg.rules import RULES
    from gba_kg.validation import UNNAMED, rules_of

    given = getattr(arguments, "shapes", None)
    shapes = given if given is None or isinstance(given, list) else [given]
    return {*RULES, *_checks(), UNNAMED, *rules_of(shapes, arguments.input_format)}


def _checks() -> set[str]:
    from gba_kg.resources import bundled

    return {path.stem for path in (bundled("queries") / "checks").glob("*.rq")}


def _judged(found: Report, arguments: argparse.Namespace) -> Callable[[str], bool]:
    """Whether this run looked for a rule, wholly: a baseline may be shared by several commands."""
    from gba_kg.rules import RULES

    checks, skipped = _checks(), {words.partition(":")[0] for words in found.skipped}

    def judged(rule: str) -> bool:
        if getattr(arguments, "changed_since", None) is not None:
            return False
        known = RULES.get(rule)
        command = known.command if known else "check" if rule in checks else "validate"
        if command == "evidence" and "evidence" in skipped:
            return False
        if known is None and command == "validate" and "shapes" in skipped:
            return False
        return arguments.command in (command, "check")

    return judged


def _today() -> date:
    """The day in UTC, or that of ``SOURCE_DATE_EPOCH`` (reproducible-builds.org), which is a number of seconds."""
    from datetime import UTC, datetime

    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC).date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise UsageError(f"SOURCE_DATE_EPOCH is a number of seconds since 1970, not '{epoch}'") from None
