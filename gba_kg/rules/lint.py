"""What the rules of lint hold to be right and say of a fault: severity, what is right, the message."""

from __future__ import annotations

__all__ = ["LINT_TEXTS"]

_Texts = tuple[str, str, str]

LINT_TEXTS: dict[str, tuple[str, _Texts, _Texts]] = {
    "format": (
        "warning",
        (
            "A Turtle file is written as 'gba-kg fmt' writes it.",
            "Turtle 文件的写法与“gba-kg fmt”所写一致。",
            "Turtle 檔案的寫法與「gba-kg fmt」所寫一致。",
        ),
        (
            "this line differs from what 'gba-kg fmt' writes",
            "此行与“gba-kg fmt”所写不同",
            "此行與「gba-kg fmt」所寫不同",
        ),
    ),
    "prefix": (
        "violation",
        (
            "A prefix means what the one table of prefixes says.",
            "前缀的含义以唯一的前缀表为准。",
            "前綴的含義以唯一的前綴表為準。",
        ),
        (
            "prefix '{name}:' is {expected} in the table of prefixes",
            "前缀“{name}:”在前缀表中为 {expected}",
            "前綴「{name}:」在前綴表中為 {expected}",
        ),
    ),
    "prefix-unknown": (
        "violation",
        (
            "Every prefix is in the one table of prefixes.",
            "每个前缀都在唯一的前缀表中。",
            "每個前綴都在唯一的前綴表中。",
        ),
        (
            "prefix '{name}:' is not in the table of prefixes",
            "前缀“{name}:”不在前缀表中",
            "前綴「{name}:」不在前綴表中",
        ),
    ),
    "unknown-term": (
        "violation",
        (
            "A term of a vocabulary that is known exists there.",
            "所用词项在其已知的词汇表中存在。",
            "所用詞項在其已知的詞彙表中存在。",
        ),
        (
            "{name} does not exist in its vocabulary",
            "{name} 不存在于其词汇表中",
            "{name} 不存在於其詞彙表中",
        ),
    ),
    "unused-term": (
        "warning",
        (
            "A term of the ontology is used by data, shapes or queries, or a skos:editorialNote says why it is not.",
            "本体的词项为数据、形状或查询所用，否则以 skos:editorialNote 说明原因。",
            "本體的詞項為資料、形狀或查詢所用，否則以 skos:editorialNote 說明原因。",
        ),
        (
            "{name} is used by no data, shape or query and has no skos:editorialNote that says why",
            "{name} 未被任何数据、形状或查询使用，也没有 skos:editorialNote 说明原因",
            "{name} 未被任何資料、形狀或查詢使用，也沒有 skos:editorialNote 說明原因",
        ),
    ),
    "undescribed": (
        "warning",
        (
            "What a statement leads to in a namespace of the data is described there.",
            "陈述所指向的、属于数据命名空间的事物均有描述。",
            "陳述所指向的、屬於資料命名空間的事物均有描述。",
        ),
        ("nothing is said of {value}", "没有任何关于 {value} 的陈述", "沒有任何關於 {value} 的陳述"),
    ),
    "unused-individual": (
        "warning",
        (
            "What exists to be referred to is referred to, or a skos:editorialNote says why it is not.",
            "为供引用而设的事物均被引用，否则以 skos:editorialNote 说明原因。",
            "為供引用而設的事物均被引用，否則以 skos:editorialNote 說明原因。",
        ),
        (
            "nothing refers to {name}, and it has no skos:editorialNote that says why",
            "没有任何内容引用 {name}，也没有 skos:editorialNote 说明原因",
            "沒有任何內容引用 {name}，也沒有 skos:editorialNote 說明原因",
        ),
    ),
    "translation-gap": (
        "warning",
        (
            "A text that is given in one of the languages asked for is given in all of them.",
            "以所要求的某一语言给出的文字，也以其余各语言给出。",
            "以所要求的某一語言給出的文字，也以其餘各語言給出。",
        ),
        (
            "{property} of {name} is not given in {missing}",
            "{name} 的 {property} 缺少语言 {missing}",
            "{name} 的 {property} 缺少語言 {missing}",
        ),
    ),
}
