"""Which findings a run is to report and how grave they are: ``--profile``, then ``--baseline``, then ``--fail-on``."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gba_kg.errors import UsageError
from gba_kg.findings import LEVELS, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from gba_kg.baseline import Baseline
    from gba_kg.graph import Graph
    from gba_kg.profile import Profile

__all__ = ["Levels", "add_levels", "levelled", "read_levels", "refuse_levels"]

_ASKED_FOR = {"translation-gap": "languages", "unused-individual": "referred_to"}
"""Rules of ``lint`` that run over other people's data when an option says so."""
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


@dataclass(frozen=True)
class Levels:
    """What the options say of findings; ``shapes`` are the paths of the shapes files, where the command reads any."""

    profile: Profile | None = None
    shapes: Sequence[str] | None = None
    baseline: Baseline | None = None


def read_levels(arguments: argparse.Namespace) -> Levels:
    """The profile and the baseline of the options: read first, as a fault in them is said before the work begins.

    Raises UsageError for options that do not fit each other, InputError for what is wrong in the files.
    """
    _consistent(arguments)
    profile = shapes = baseline = None
    if arguments.profile is not None:
        from gba_kg.profile import read_profile

        profile = read_profile(arguments.profile)
        known, files = _known(arguments)
        profile.check(known, complete=hasattr(arguments, "shapes"))
        shapes = files if hasattr(arguments, "shapes") else None
    if arguments.baseline is not None:
        from gba_kg.baseline import Baseline, read_baseline

        new = arguments.update_baseline and not arguments.baseline.exists()
        baseline = Baseline() if new else read_baseline(arguments.baseline)
    return Levels(profile, shapes, baseline)


def levelled(
    found: Report, levels: Levels, arguments: argparse.Namespace, graph: Graph | None
) -> tuple[Report, str | None]:
    """The report by the levels, and what is to be written to the file of the baseline."""
    profile, baseline, new = levels.profile, levels.baseline, None
    if profile is not None:
        if graph is not None and levels.shapes is not None:
            own = (file.shown for file in (*graph.files, *graph.vocabulary))
            read = {*own, *levels.shapes, str(arguments.baseline), *(f.file for f in found.findings if f.file)}
            found += Report.of(profile.unmatched(read, arguments.lang))
        found = profile.apply(found)
    if baseline is not None:
        from gba_kg.baseline import read_baseline

        judged = _judged(found, arguments)
        if arguments.update_baseline:
            new = baseline.updated(found, arguments.reason or "", judged)
            baseline = read_baseline(arguments.baseline, new)
        found = baseline.apply(found, _today(), arguments.lang, judged)
        # The rules of the baseline are rules: a profile has a say on them as well.
        found = profile.apply(found) if profile is not None else found
    return found, new


def _consistent(arguments: argparse.Namespace) -> None:
    if arguments.update_baseline and arguments.baseline is None:
        raise UsageError("--update-baseline needs the file: name it with --baseline")
    if arguments.reason is not None and not arguments.update_baseline:
        raise UsageError("--reason goes with --update-baseline")
    if arguments.update_baseline and getattr(arguments, "changed_since", None) is not None:
        raise UsageError("--update-baseline needs the full run: leave --changed-since out")


def _known(arguments: argparse.Namespace) -> tuple[set[str], list[str]]:
    """The ids of all rules, those of the package, of its check queries and of the shapes, and the shapes files."""
    from gba_kg.rules import RULES
    from gba_kg.validation import UNNAMED, rules_of

    given = getattr(arguments, "shapes", None)
    shapes = given if given is None or isinstance(given, list) else [given]
    own, files = rules_of(shapes, getattr(arguments, "input_format", None))
    return {*RULES, *_checks(), UNNAMED, *own}, files


def _checks() -> set[str]:
    from gba_kg.resources import bundled

    return {path.stem for path in (bundled("queries") / "checks").glob("*.rq")}


def _judged(found: Report, arguments: argparse.Namespace) -> Callable[[str], bool]:
    """Whether this run looked for a rule, wholly: a baseline may be shared by several commands."""
    from gba_kg.rules import RULES

    given = (
        getattr(arguments, name, None) or os.environ.get(f"GBA_KG_{name.upper()}") for name in ("data", "ontology")
    )
    foreign = any(given)
    checks, skipped = _checks(), {words.partition(":")[0] for words in found.skipped}

    def judged(rule: str) -> bool:
        if getattr(arguments, "changed_since", None) is not None:
            return False
        option = _ASKED_FOR.get(rule)
        if option is not None and foreign and not getattr(arguments, option, None):
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
