"""What the rules of evidence and of answers hold to be right and say of each fault, in the three languages."""

from __future__ import annotations

__all__ = ["ANSWER_TEXTS", "EVIDENCE_TEXTS"]

Texts = tuple[str, str, str]

# Of each rule: its severity, what is right, and the message of each of its faults.
EVIDENCE_TEXTS: dict[str, tuple[str, Texts, dict[str, Texts]]] = {
    "evidence-source": (
        "violation",
        (
            "A document is at hand, with the SHA-256 and the length that the graph states.",
            "文件在手，其 SHA-256 与长度同图谱所载一致。",
            "文件在手，其 SHA-256 與長度同圖譜所載一致。",
        ),
        {
            "absent": (
                "the document '{name}' is not in the folder of the sources",
                "来源文件夹中没有文件“{name}”",
                "來源資料夾中沒有文件「{name}」",
            ),
            "digest": (
                "the SHA-256 of the document is {found}",
                "文件的 SHA-256 为 {found}",
                "文件的 SHA-256 為 {found}",
            ),
            "length": (
                "the document has {found} characters",
                "文件共有 {found} 个字符",
                "文件共有 {found} 個字元",
            ),
        },
    ),
    "evidence-span": (
        "violation",
        (
            "The span of a passage lies in its document and in its section.",
            "文段的区间位于其文件及所在分部之内。",
            "文段的區間位於其文件及所在分部之內。",
        ),
        {
            "unreadable": (
                "the passage has no readable document or no span",
                "文段没有可读的文件，或没有区间",
                "文段沒有可讀的文件，或沒有區間",
            ),
            "beyond": (
                "the document has no span {start} to {end}",
                "文件中没有 {start} 至 {end} 的区间",
                "文件中沒有 {start} 至 {end} 的區間",
            ),
            "outside": (
                "the span lies outside {section}",
                "区间位于 {section} 之外",
                "區間位於 {section} 之外",
            ),
        },
    ),
    "evidence-quotation": (
        "violation",
        (
            "The quoted text is the text of the span.",
            "所引文字即该区间的文字。",
            "所引文字即該區間的文字。",
        ),
        {"differs": ("the span reads {words!r}", "该区间的文字为“{words}”", "該區間的文字為「{words}」")},
    ),
    "evidence-heading": (
        "violation",
        (
            "A section begins with its heading.",
            "分部以其标题开头。",
            "分部以其標題開頭。",
        ),
        {
            "extent": (
                "the section has no extent in the document",
                "该分部在文件中没有区间",
                "該分部在文件中沒有區間",
            ),
            "differs": (
                "the section begins with {words!r}",
                "该分部以“{words}”开头",
                "該分部以「{words}」開頭",
            ),
        },
    ),
    "evidence-title": (
        "violation",
        (
            "A passage of a record quotes its title.",
            "记录的某一文段引有其标题。",
            "記錄的某一文段引有其標題。",
        ),
        {
            "unquoted": (
                "no passage of the record quotes its title",
                "该记录没有文段引用其标题",
                "該記錄沒有文段引用其標題",
            )
        },
    ),
    "evidence-name": (
        "violation",
        (
            "The name that a passage quotes is a name of the actor.",
            "文段所引名称是该主体的名称之一。",
            "文段所引名稱是該主體的名稱之一。",
        ),
        {
            "unquoted": (
                "no passage quotes the name of {actor}",
                "没有文段引用 {actor} 的名称",
                "沒有文段引用 {actor} 的名稱",
            ),
            "other": (
                "the passage reads {words}, which is no name of {actor}",
                "文段所印为“{words}”，并非 {actor} 的名称",
                "文段所印為「{words}」，並非 {actor} 的名稱",
            ),
        },
    ),
    "evidence-date": (
        "violation",
        (
            "A date follows from print, near the figure that it is about.",
            "日期可由印文得出，且与所涉数字相近。",
            "日期可由印文得出，且與所涉數字相近。",
        ),
        {
            "unquoted": (
                "no passage quotes the date at which the figure holds",
                "没有文段引用该数字所对应的日期",
                "沒有文段引用該數字所對應的日期",
            ),
            "far": (
                "the date stands over {near} characters from the figure, or in another section",
                "该日期距数字超过 {near} 个字符，或在另一分部",
                "該日期距數字超過 {near} 個字元，或在另一分部",
            ),
            "none": (
                "the print gives no date, not {stated}",
                "印文没有日期，得不出 {stated}",
                "印文沒有日期，得不出 {stated}",
            ),
            "differs": (
                "the print gives {found}, not {stated}",
                "印文为 {found}，而非 {stated}",
                "印文為 {found}，而非 {stated}",
            ),
            "interval": (
                "{stated} makes this {day}",
                "按 {stated}，此处应为 {day}",
                "按 {stated}，此處應為 {day}",
            ),
        },
    ),
    "evidence-figure": (
        "violation",
        (
            "The value, the scale and the bound of a figure follow from print.",
            "数字的数值、量级与界限可由印文得出。",
            "數字的數值、量級與界限可由印文得出。",
        ),
        {
            "unquoted": (
                "no passage of the outcome quotes this figure",
                "该成效没有文段引用此数字",
                "該成效沒有文段引用此數字",
            ),
            "several": (
                "the text holds {count} figures where one was expected",
                "文字含有 {count} 个数字，应为一个",
                "文字含有 {count} 個數字，應為一個",
            ),
            "value": ("the print gives {found}", "印文为 {found}", "印文為 {found}"),
            "range": ("the print gives {low} to {high}", "印文为 {low} 至 {high}", "印文為 {low} 至 {high}"),
            "bound": ("the print says {found}", "印文的界限为 {found}", "印文的界限為 {found}"),
        },
    ),
    "evidence-numeral": (
        "violation",
        (
            "Every numeral of a section stands in a quoted passage or in a reviewed wording.",
            "分部中的每个数字都在所引文段或经审核的用语之内。",
            "分部中的每個數字都在所引文段或經審核的用語之內。",
        ),
        {
            "uncovered": (
                "the numeral {words!r} at {start} to {end} is in no quoted passage and no reviewed wording",
                "位于 {start} 至 {end} 的数字“{words}”不在任何所引文段或经审核的用语之内",
                "位於 {start} 至 {end} 的數字「{words}」不在任何所引文段或經審核的用語之內",
            ),
            "between": (
                "the numeral {words!r} at {start} to {end} stands in no section",
                "位于 {start} 至 {end} 的数字“{words}”不在任何分部之内",
                "位於 {start} 至 {end} 的數字「{words}」不在任何分部之內",
            ),
        },
    ),
    "evidence-wording": (
        "violation",
        (
            "A reviewed wording covers a numeral that nothing else covers.",
            "经审核的用语覆盖他处未覆盖的数字。",
            "經審核的用語覆蓋他處未覆蓋的數字。",
        ),
        {
            "idle": (
                "this reviewed wording covers no numeral that is not covered otherwise",
                "该用语没有覆盖任何未被他处覆盖的数字",
                "該用語沒有覆蓋任何未被他處覆蓋的數字",
            )
        },
    ),
}
ANSWER_TEXTS: dict[str, tuple[str, Texts, dict[str, Texts]]] = {
    "query-answer": (
        "violation",
        (
            "A stored query answers with rows, unless it is declared empty.",
            "存储的查询有结果行，除非声明为空。",
            "儲存的查詢有結果列，除非聲明為空。",
        ),
        {
            "rows": (
                "stored query '{name}' returns rows but is declared empty",
                "存储的查询“{name}”声明为空，却有结果行",
                "儲存的查詢「{name}」聲明為空，卻有結果列",
            ),
            "none": (
                "stored query '{name}' answers with no row",
                "存储的查询“{name}”没有结果行",
                "儲存的查詢「{name}」沒有結果列",
            ),
        },
    ),
}
