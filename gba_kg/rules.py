"""The rules that are not shapes or check queries: what each holds to be right, and how it says what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gba_kg.clash_texts import CLASH_TEXTS
from gba_kg.findings import Finding

__all__ = ["RULES", "Rule", "found"]

_LANGUAGES = ("en", "zh-Hans", "zh-Hant")


@dataclass(frozen=True)
class Rule:
    """A rule by its severity, by what is right, and by the sentence about a fault, each in the three languages.

    ``message`` holds the names of details in braces.
    """

    severity: str
    right: tuple[str, str, str]
    message: tuple[str, str, str]


RULES: dict[str, Rule] = {
    "vacuous-shapes": Rule(
        "violation",
        (
            "Shapes files hold at least one shape with a target.",
            "形状文件至少含有一个带目标的形状。",
            "形狀檔案至少含有一個帶目標的形狀。",
        ),
        (
            "no shape here has a target: nothing was validated",
            "此处没有带目标的形状：什么也没有校验",
            "此處沒有帶目標的形狀：什麼也沒有校驗",
        ),
    ),
    "vacuous-shape": Rule(
        "warning",
        (
            "The target of a shape selects at least one node of the data.",
            "形状的目标至少选中数据的一个节点。",
            "形狀的目標至少選中資料的一個節點。",
        ),
        (
            "the target of {name} matches nothing in the data",
            "{name} 的目标在数据中没有匹配任何节点",
            "{name} 的目標在資料中沒有匹配任何節點",
        ),
    ),
    "import-not-followed": Rule(
        "warning",
        (
            "Shapes are complete in their files: no import is followed.",
            "形状在其文件中是完整的：不跟随任何导入。",
            "形狀在其檔案中是完整的：不跟隨任何匯入。",
        ),
        (
            "the import of {name} was not read: give its file with --shapes",
            "未读取导入 {name}：请用 --shapes 给出其文件",
            "未讀取匯入 {name}：請用 --shapes 給出其檔案",
        ),
    ),
    "network-refused": Rule(
        "violation",
        (
            "Queries of shapes read the data alone and fetch nothing.",
            "形状中的查询只读取数据，不从网络获取任何内容。",
            "形狀中的查詢只讀取資料，不從網路取得任何內容。",
        ),
        (
            "{name} in a query of the shapes is refused: nothing is fetched, and the shapes were not run",
            "形状的查询中的 {name} 被拒绝：不获取任何内容，形状未运行",
            "形狀的查詢中的 {name} 被拒絕：不取得任何內容，形狀未執行",
        ),
    ),
    "script-refused": Rule(
        "violation",
        (
            "Shapes hold no scripts.",
            "形状不含脚本。",
            "形狀不含腳本。",
        ),
        (
            "{name} is refused: scripts do not run, and the shapes were not run",
            "{name} 被拒绝：脚本不运行，形状未运行",
            "{name} 被拒絕：腳本不執行，形狀未執行",
        ),
    ),
    **{f"owl-{name}": Rule("violation", *texts) for name, texts in CLASH_TEXTS.items()},
}
"""By the stable id that a finding carries in ``rule``."""


def found(
    rule: str,
    language: str = "en",
    *,
    at: tuple[str | None, int | None, int | None] = (None, None, None),
    said: dict[str, object] | None = None,
    **fields: Any,  # noqa: ANN401 - the fields of a finding
) -> Finding:
    """A finding of a rule in a language: ``at`` is file, line and column, ``said`` the details of its message.

    >>> found("vacuous-shape", "zh-Hans", at=("a.ttl", 2, 1), said={"name": "ex:S"}).message
    'ex:S 的目标在数据中没有匹配任何节点'
    """
    own = RULES[rule]
    message = own.message[_LANGUAGES.index(language)].format_map(said or {})
    file, line, column = at
    return Finding(rule, message, own.severity, file=file, line=line, column=column, **fields)
