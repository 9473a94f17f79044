"""The rules that are not shapes or check queries: what each holds to be right, and how it says what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gba_kg.findings import Finding
from gba_kg.rules.clashes import CLASH_TEXTS
from gba_kg.rules.code_lists import CODE_LIST_TEXTS
from gba_kg.rules.evidence import ANSWER_TEXTS, EVIDENCE_TEXTS
from gba_kg.rules.levels import LEVEL_TEXTS
from gba_kg.rules.lint import LINT_TEXTS
from gba_kg.rules.validation import VALIDATION_TEXTS

__all__ = ["LANGUAGES", "RULES", "Rule", "found"]

LANGUAGES = ("en", "zh-Hans", "zh-Hant")


@dataclass(frozen=True)
class Rule:
    """A rule by its severity, by what is right, and by the sentence about a fault, each in the three languages.

    ``message`` holds the names of details in braces; a rule with several faults has a message for each. ``command`` is
    the one that looks for it, beside ``check``, which looks for all.
    """

    severity: str
    right: tuple[str, str, str]
    message: tuple[str, str, str] | Mapping[str, tuple[str, str, str]]
    command: str = "validate"


RULES: dict[str, Rule] = {
    **{name: Rule(*texts) for name, texts in VALIDATION_TEXTS.items()},
    **{name: Rule(*texts, command="lint") for name, texts in (CODE_LIST_TEXTS | LINT_TEXTS).items()},
    **{name: Rule(*texts, command="check") for name, texts in ANSWER_TEXTS.items()},
    **{name: Rule(*texts, command="evidence") for name, texts in EVIDENCE_TEXTS.items()},
    **{name: Rule(*texts) for name, texts in LEVEL_TEXTS.items()},
    **{f"owl-{name}": Rule("violation", *texts, command="reason") for name, texts in CLASH_TEXTS.items()},
}
"""By the stable id that a finding carries in ``rule``."""


def found(
    rule: str,
    language: str = "en",
    *,
    at: tuple[str | None, int | None, int | None] = (None, None, None),
    said: Mapping[str, object] | None = None,
    fault: str = "",
    **fields: Any,  # noqa: ANN401 - the fields of a finding
) -> Finding:
    """A finding of a rule in a language: ``at`` is file, line and column, ``said`` the details of its message.

    ``fault`` is which one it is, where the rule has several.

    >>> found("vacuous-shape", "zh-Hans", at=("a.ttl", 2, 1), said={"name": "ex:S"}).message
    'ex:S 的目标在数据中没有匹配任何节点'
    """
    own = RULES[rule]
    texts = own.message[fault] if isinstance(own.message, Mapping) else own.message
    message = texts[LANGUAGES.index(language)].format_map(said or {})
    file, line, column = at
    return Finding(rule, message, own.severity, file=file, line=line, column=column, **fields)
