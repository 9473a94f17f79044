"""What the rules of profiles and baselines hold to be right and say of a fault: severity, what is right, message."""

from __future__ import annotations

__all__ = ["LEVEL_TEXTS"]

_Texts = tuple[str, str, str]

LEVEL_TEXTS: dict[str, tuple[str, _Texts, _Texts]] = {
    "profile-unmatched": (
        "warning",
        (
            "A glob of files in a profile matches a file that was read.",
            "配置中的文件通配符匹配所读取的某个文件。",
            "設定中的檔案萬用字元匹配所讀取的某個檔案。",
        ),
        (
            "no file that was read matches '{name}': nothing of it is re-levelled",
            "所读取的文件均不匹配“{name}”：没有任何级别因此改变",
            "所讀取的檔案均不匹配「{name}」：沒有任何級別因此改變",
        ),
    ),
    "baseline-expired": (
        "warning",
        (
            "An accepted finding is mended before its acceptance ends.",
            "已接受的发现在接受期满之前得到修正。",
            "已接受的發現在接受期滿之前得到修正。",
        ),
        (
            "the acceptance of {name} ended with {day}: mend it, or accept it anew with a reason",
            "对 {name} 的接受已于 {day} 期满：请修正，或说明理由重新接受",
            "對 {name} 的接受已於 {day} 期滿：請修正，或說明理由重新接受",
        ),
    ),
    "baseline-unmatched": (
        "warning",
        (
            "What a baseline accepts is still found.",
            "基线所接受的发现仍然存在。",
            "基線所接受的發現仍然存在。",
        ),
        (
            "{name} is accepted here and is no longer found: remove the entry, or run --update-baseline",
            "此处接受的 {name} 已不再出现：请删除该条目，或运行 --update-baseline",
            "此處接受的 {name} 已不再出現：請刪除該條目，或執行 --update-baseline",
        ),
    ),
    "baseline-reason": (
        "warning",
        (
            "An accepted finding says why it is accepted.",
            "已接受的发现写明接受的理由。",
            "已接受的發現寫明接受的理由。",
        ),
        (
            "{name} is accepted for no reason: write it under 'reason'",
            "接受 {name} 而没有理由：请在 reason 处写明",
            "接受 {name} 而沒有理由：請在 reason 處寫明",
        ),
    ),
}
