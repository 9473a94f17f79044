"""What a finding says where its shape has no message: a sentence for each constraint component of SHACL.

``{of}`` is the value of the component's parameter. SHACL, section 4; of what is not in the table, ``OTHER``.
"""

from __future__ import annotations

__all__ = ["COMPONENT_TEXTS", "OTHER"]

_Texts = tuple[str, str, str]

OTHER: _Texts = ("the value violates {of}", "该值违反 {of}", "該值違反 {of}")
COMPONENT_TEXTS: dict[str, _Texts] = {
    "Class": ("the value is an instance of {of}", "该值是 {of} 的实例", "該值是 {of} 的實例"),
    "Datatype": ("the value is a literal of {of}", "该值是 {of} 类型的文字量", "該值是 {of} 類型的文字量"),
    "NodeKind": ("the value is of the kind {of}", "该值属于 {of} 一类", "該值屬於 {of} 一類"),
    "MinCount": ("there are at least {of} values", "至少有 {of} 个值", "至少有 {of} 個值"),
    "MaxCount": ("there are at most {of} values", "至多有 {of} 个值", "至多有 {of} 個值"),
    "MinExclusive": ("the value is greater than {of}", "该值大于 {of}", "該值大於 {of}"),
    "MinInclusive": ("the value is {of} or greater", "该值不小于 {of}", "該值不小於 {of}"),
    "MaxExclusive": ("the value is less than {of}", "该值小于 {of}", "該值小於 {of}"),
    "MaxInclusive": ("the value is {of} or less", "该值不大于 {of}", "該值不大於 {of}"),
    "MinLength": ("the value has at least {of} characters", "该值至少有 {of} 个字符", "該值至少有 {of} 個字元"),
    "MaxLength": ("the value has at most {of} characters", "该值至多有 {of} 个字符", "該值至多有 {of} 個字元"),
    "Pattern": ("the value matches the pattern {of}", "该值符合模式 {of}", "該值符合模式 {of}"),
    "LanguageIn": ("the value is in one of these languages: {of}", "该值的语言为其一：{of}", "該值的語言為其一：{of}"),
    "UniqueLang": (
        "there is one value at most in each language",
        "每种语言至多有一个值",
        "每種語言至多有一個值",
    ),
    "Equals": ("the values are those of {of}", "其值与 {of} 的值相同", "其值與 {of} 的值相同"),
    "Disjoint": ("the value is none of those of {of}", "该值不是 {of} 的值", "該值不是 {of} 的值"),
    "LessThan": ("the value is less than those of {of}", "该值小于 {of} 的值", "該值小於 {of} 的值"),
    "LessThanOrEquals": (
        "the value is no greater than those of {of}",
        "该值不大于 {of} 的值",
        "該值不大於 {of} 的值",
    ),
    "Not": ("the value does not conform to {of}", "该值不符合 {of}", "該值不符合 {of}"),
    "And": ("the value conforms to all of: {of}", "该值符合全部：{of}", "該值符合全部：{of}"),
    "Or": ("the value conforms to one or more of: {of}", "该值至少符合其一：{of}", "該值至少符合其一：{of}"),
    "Xone": ("the value conforms to exactly one of: {of}", "该值恰好符合其一：{of}", "該值恰好符合其一：{of}"),
    "Node": ("the value conforms to {of}", "该值符合 {of}", "該值符合 {of}"),
    "QualifiedMinCount": (
        "there are at least {of} values that conform to the qualified shape",
        "至少有 {of} 个值符合限定形状",
        "至少有 {of} 個值符合限定形狀",
    ),
    "QualifiedMaxCount": (
        "there are at most {of} values that conform to the qualified shape",
        "至多有 {of} 个值符合限定形状",
        "至多有 {of} 個值符合限定形狀",
    ),
    "Closed": (
        "the node has no other properties than those of the shape",
        "该节点没有形状所列以外的属性",
        "該節點沒有形狀所列以外的屬性",
    ),
    "HasValue": ("one of the values is {of}", "其中一个值为 {of}", "其中一個值為 {of}"),
    "In": ("the value is one of: {of}", "该值为其一：{of}", "該值為其一：{of}"),
    "SPARQL": (
        "the query of the shape finds nothing wrong",
        "形状的查询没有查出问题",
        "形狀的查詢沒有查出問題",
    ),
    "Expression": ("the expression of the shape is true", "形状的表达式为真", "形狀的表達式為真"),
}
