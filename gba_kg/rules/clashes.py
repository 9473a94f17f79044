"""What the contradictions of OWL 2 RL are called: for each rule, what it holds to be right and what is wrong."""

from __future__ import annotations

__all__ = ["CLASH_TEXTS"]

Texts = tuple[str, str, str]

_SAME: tuple[Texts, Texts] = (
    (
        "Things that are stated to differ are not the same.",
        "被声明为不同的事物并不相同。",
        "被聲明為不同的事物並不相同。",
    ),
    (
        "{x} and {y} are the same, and are stated to differ",
        "{x} 与 {y} 相同，却被声明为不同",
        "{x} 與 {y} 相同，卻被聲明為不同",
    ),
)
_DISJOINT: tuple[Texts, Texts] = (
    (
        "Disjoint classes have no instance in common.",
        "互不相交的类没有共同的实例。",
        "互不相交的類沒有共同的實例。",
    ),
    (
        "{x} is an instance of {c} and of {d}, which are disjoint",
        "{x} 同时是 {c} 与 {d} 的实例，而这两类互不相交",
        "{x} 同時是 {c} 與 {d} 的實例，而這兩類互不相交",
    ),
)
_DISJOINT_PROPERTIES: tuple[Texts, Texts] = (
    (
        "Disjoint properties do not relate the same two things.",
        "互不相交的属性不会联系同样的两个事物。",
        "互不相交的屬性不會聯繫同樣的兩個事物。",
    ),
    (
        "{x} has both {p} and {q} with the value {y}, which are disjoint",
        "{x} 的 {p} 与 {q} 均取值 {y}，而这两个属性互不相交",
        "{x} 的 {p} 與 {q} 均取值 {y}，而這兩個屬性互不相交",
    ),
)
_NEGATIVE: tuple[Texts, Texts] = (
    (
        "What is stated not to hold does not hold.",
        "被声明为不成立的陈述不成立。",
        "被聲明為不成立的陳述不成立。",
    ),
    (
        "{x} has {p} {y}, which is stated not to hold",
        "{x} 的 {p} 为 {y}，而这被声明为不成立",
        "{x} 的 {p} 為 {y}，而這被聲明為不成立",
    ),
)
_NONE_ALLOWED: tuple[Texts, Texts] = (
    (
        "A property has no value where the class allows none.",
        "类不允许取值的属性没有值。",
        "類不允許取值的屬性沒有值。",
    ),
    (
        "{x} has {p} {y}, and is of a class that allows no such value: {c}",
        "{x} 的 {p} 为 {y}，而其所属的类不允许此值：{c}",
        "{x} 的 {p} 為 {y}，而其所屬的類不允許此值：{c}",
    ),
)

_TEXTS: dict[str, tuple[Texts, Texts]] = {
    "eq-diff1": _SAME,
    "eq-diff2": _SAME,
    "eq-diff3": _SAME,
    "dt-diff": (
        (
            "Values that are the same by the ontology have one value.",
            "按本体应相同的值只有一个取值。",
            "按本體應相同的值只有一個取值。",
        ),
        (
            "{y} and {z} would have to be the same value, as {p} has one at most here",
            "{y} 与 {z} 须为同一个值，因为 {p} 在此至多有一个值",
            "{y} 與 {z} 須為同一個值，因為 {p} 在此至多有一個值",
        ),
    ),
    "prp-irp": (
        (
            "An irreflexive property does not lead from a thing to itself.",
            "反自反属性不会由事物指向其自身。",
            "反自反屬性不會由事物指向其自身。",
        ),
        (
            "{x} has {p} with itself, and the property is irreflexive",
            "{x} 的 {p} 指向其自身，而该属性是反自反的",
            "{x} 的 {p} 指向其自身，而該屬性是反自反的",
        ),
    ),
    "prp-asyp": (
        (
            "An asymmetric property does not lead both ways.",
            "非对称属性不会双向成立。",
            "非對稱屬性不會雙向成立。",
        ),
        (
            "{x} and {y} have {p} with each other, and the property is asymmetric",
            "{x} 与 {y} 互有 {p}，而该属性是非对称的",
            "{x} 與 {y} 互有 {p}，而該屬性是非對稱的",
        ),
    ),
    "prp-pdw": _DISJOINT_PROPERTIES,
    "prp-adp": _DISJOINT_PROPERTIES,
    "prp-npa1": _NEGATIVE,
    "prp-npa2": _NEGATIVE,
    "cls-nothing2": (
        (
            "The empty class has no instance.",
            "空类没有实例。",
            "空類沒有實例。",
        ),
        (
            "{x} is an instance of owl:Nothing, which has none",
            "{x} 是 owl:Nothing 的实例，而该类没有实例",
            "{x} 是 owl:Nothing 的實例，而該類沒有實例",
        ),
    ),
    "cls-com": (
        (
            "A class and its complement have no instance in common.",
            "类与其补类没有共同的实例。",
            "類與其補類沒有共同的實例。",
        ),
        (
            "{x} is an instance of {c} and of {d}, which are complements",
            "{x} 同时是 {c} 与 {d} 的实例，而这两类互为补类",
            "{x} 同時是 {c} 與 {d} 的實例，而這兩類互為補類",
        ),
    ),
    "cls-maxc1": _NONE_ALLOWED,
    "cls-maxqc1": _NONE_ALLOWED,
    "cls-maxqc2": _NONE_ALLOWED,
    "cax-dw": _DISJOINT,
    "cax-adc": _DISJOINT,
    "dt-not-type": (
        (
            "A literal is a value of its datatype, and of the datatypes that the ontology requires.",
            "字面量是其数据类型的值，也是本体所要求的数据类型的值。",
            "字面量是其資料類型的值，也是本體所要求的資料類型的值。",
        ),
        (
            "{value} is not a value of {datatype}",
            "{value} 不是 {datatype} 的值",
            "{value} 不是 {datatype} 的值",
        ),
    ),
}
_STATED: Texts = (" (stated at {places})", "（陈述于 {places}）", "（陳述於 {places}）")

CLASH_TEXTS: dict[str, tuple[Texts, Texts]] = {
    name: (right, (wrong[0] + _STATED[0], wrong[1] + _STATED[1], wrong[2] + _STATED[2]))
    for name, (right, wrong) in _TEXTS.items()
}
"""By the rule of OWL 2 Profiles; dt-diff stands for eq-diff1 on two literals. Findings put ``owl-`` before it."""
