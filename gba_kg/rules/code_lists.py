"""What the rules of code lists hold to be right and say of a fault: severity, what is right, the message."""

from __future__ import annotations

__all__ = ["CODE_LIST_TEXTS"]

_Texts = tuple[str, str, str]

CODE_LIST_TEXTS: dict[str, tuple[str, _Texts, _Texts]] = {
    "concept-cycle": (
        "violation",
        ("No concept is broader than itself.", "概念不是自身的上位概念。", "概念不是自身的上位概念。"),
        ("{name} is broader than itself", "{name} 是自身的上位概念", "{name} 是自身的上位概念"),
    ),
    "concept-related-broader": (
        "violation",
        (
            "Related concepts do not stand above one another.",
            "相关概念之间没有上下位关系。",
            "相關概念之間沒有上下位關係。",
        ),
        (
            "{name} is related to {value} and also above or below it",
            "{name} 与 {value} 相关，又有上下位关系",
            "{name} 與 {value} 相關，又有上下位關係",
        ),
    ),
    "concept-label": (
        "warning",
        (
            "Within a scheme and a language, a preferred label names one concept.",
            "在同一体系和同一语言中，一个首选标签只指一个概念。",
            "在同一體系和同一語言中，一個首選標籤只指一個概念。",
        ),
        (
            "another concept of the scheme has the preferred label of {name}: '{value}'",
            "同一体系中另有概念与 {name} 的首选标签相同：“{value}”",
            "同一體系中另有概念與 {name} 的首選標籤相同：「{value}」",
        ),
    ),
    "concept-definition": (
        "warning",
        ("A concept has a definition.", "概念有定义。", "概念有定義。"),
        ("{name} has no definition", "{name} 没有定义", "{name} 沒有定義"),
    ),
    "concept-scheme": (
        "warning",
        ("A concept is in a scheme.", "概念属于某个概念体系。", "概念屬於某個概念體系。"),
        ("{name} is in no scheme", "{name} 不属于任何概念体系", "{name} 不屬於任何概念體系"),
    ),
    "concept-top": (
        "warning",
        (
            "A top concept has no broader concept in its scheme.",
            "顶层概念在其体系中没有上位概念。",
            "頂層概念在其體系中沒有上位概念。",
        ),
        (
            "{name} is a top concept of {value} and has a broader concept there",
            "{name} 是 {value} 的顶层概念，却在其中有上位概念",
            "{name} 是 {value} 的頂層概念，卻在其中有上位概念",
        ),
    ),
}
