"""The words of reports for people, in the languages of ``--lang``."""

from __future__ import annotations

from collections.abc import Mapping

from gba_kg.stored import LANGUAGES

__all__ = ["WORDS", "counted", "counts", "word"]

WORDS: dict[str, tuple[str, str, str]] = {
    "no findings": ("no findings", "未发现问题", "未發現問題"),
    "1 finding": ("1 finding", "发现 1 个问题", "發現 1 個問題"),
    "findings": ("{count} findings", "发现 {count} 个问题", "發現 {count} 個問題"),
    "left out": (
        "{count} more findings are left out here",
        "此处略去另外 {count} 个问题",
        "此處略去另外 {count} 個問題",
    ),
    "title": ("Findings of gba-kg", "gba-kg 的检查结果", "gba-kg 的檢查結果"),
    "checked": ("checked", "已检查", "已檢查"),
    "proved": ("proved", "已证明", "已證明"),
    "skipped": ("skipped", "已跳过", "已跳過"),
    "none": ("nothing", "无", "無"),
    "show": ("show", "显示", "顯示"),
    # Columns, and what a finding is about
    "severity": ("severity", "级别", "級別"),
    "place": ("place", "位置", "位置"),
    "rule": ("rule", "规则", "規則"),
    "message": ("message", "说明", "說明"),
    "node": ("node", "节点", "節點"),
    "shape": ("shape", "形状", "形狀"),
    "violation": ("violation", "违规", "違規"),
    "warning": ("warning", "警告", "警告"),
    "info": ("info", "提示", "提示"),
    # What is counted
    "files": ("files", "文件", "檔案"),
    "triples": ("triples", "三元组", "三元組"),
    "shapes": ("shapes", "形状", "形狀"),
    "targets": ("targets", "目标", "目標"),
    "changed": ("changed", "已更改", "已更改"),
    "affected": ("affected", "受影响", "受影響"),
    "accepted": ("accepted", "已接受", "已接受"),
    "off": ("off", "已关闭", "已關閉"),
    "queries": ("queries", "查询", "查詢"),
    "sources": ("sources", "来源", "來源"),
    "spans": ("spans", "文段", "文段"),
    "quotations": ("quotations", "引文", "引文"),
    "headings": ("headings", "标题", "標題"),
    "titles": ("titles", "题名", "題名"),
    "names": ("names", "名称", "名稱"),
    "figures": ("figures", "数据", "數據"),
    "dates": ("dates", "日期", "日期"),
    "numerals": ("numerals", "数字", "數字"),
    "entailed": ("entailed", "推出", "推出"),
    "rules": ("rules", "规则", "規則"),
    "instances of rules": ("instances of rules", "规则实例", "規則實例"),
}
"""By the English words, in the order of ``LANGUAGES``."""


def word(name: str, language: str, **details: object) -> str:
    """A word or sentence in a language; what the table does not know stays as it is.

    >>> word("left out", "zh-Hans", count=3), word("apples", "zh-Hans")
    ('此处略去另外 3 个问题', 'apples')
    """
    return WORDS[name][LANGUAGES.index(language)].format(**details) if name in WORDS else name


def counted(number: int, language: str) -> str:
    """How many findings there are.

    >>> counted(0, "en"), counted(2, "zh-Hant")
    ('no findings', '發現 2 個問題')
    """
    name = {0: "no findings", 1: "1 finding"}.get(number, "findings")
    return word(name, language, count=number)


def counts(checked: Mapping[str, int], language: str) -> str:
    """What was looked at, as a sentence gives it.

    >>> counts({"files": 2, "triples": 9}, "en"), counts({"files": 2, "triples": 9}, "zh-Hans")
    ('2 files, 9 triples', '文件 2，三元组 9')
    """
    if language == "en":
        return ", ".join(f"{count} {name}" for name, count in checked.items())
    return "，".join(f"{word(name, language)} {count}" for name, count in checked.items())
