"""The words of the pages, in each language; what the ontology itself says is not here."""

from __future__ import annotations

from gba_kg.stored import LANGUAGES

__all__ = ["WORDS", "word"]

# English, simplified Chinese, traditional Chinese.
WORDS: dict[str, tuple[str, str, str]] = {
    # The page and its parts
    "ontology": ("Ontology", "本体", "本體"),
    "languages": ("Languages", "语言", "語言"),
    "skip": ("Skip to the content", "跳至正文", "跳至正文"),
    "contents": ("Contents", "目录", "目錄"),
    "about": ("About this ontology", "关于本本体", "關於本本體"),
    "other-ontologies": ("Modules", "模块", "模組"),
    "lists": ("Code lists", "代码表", "代碼表"),
    "list-of-none": ("Concepts of no list", "不属任何代码表的概念", "不屬任何代碼表的概念"),
    "borrowed": ("Terms of other vocabularies", "外部词汇的术语", "外部詞彙的術語"),
    "other-shapes": ("Shapes with other targets", "其他目标的形状", "其他目標的形狀"),
    "namespaces": ("Namespaces", "命名空间", "命名空間"),
    "made-by": (
        "Made by gba-kg from the ontology, its shapes and the data.",
        "由 gba-kg 依据本体、形状与数据生成。",
        "由 gba-kg 依據本體、形狀與數據生成。",
    ),
    # Kinds of terms
    "classes": ("Classes", "类", "類"),
    "object-properties": ("Object properties", "对象属性", "對象屬性"),
    "datatype-properties": ("Datatype properties", "数据属性", "數據屬性"),
    "annotation-properties": ("Annotation properties", "注释属性", "註釋屬性"),
    "properties": ("Properties", "属性", "屬性"),
    "datatypes": ("Datatypes", "数据类型", "數據類型"),
    "individuals": ("Named individuals", "具名个体", "具名個體"),
    # One of a kind
    "one-classes": ("class", "类", "類"),
    "one-object-properties": ("object property", "对象属性", "對象屬性"),
    "one-datatype-properties": ("datatype property", "数据属性", "數據屬性"),
    "one-annotation-properties": ("annotation property", "注释属性", "註釋屬性"),
    "one-properties": ("property", "属性", "屬性"),
    "one-datatypes": ("datatype", "数据类型", "數據類型"),
    "one-individuals": ("individual", "个体", "個體"),
    # What an ontology says of itself
    "version": ("Version", "版本", "版本"),
    "version-iri": ("IRI of this version", "本版本的 IRI", "本版本的 IRI"),
    "created": ("Created", "创建日期", "建立日期"),
    "modified": ("Last change", "最后修改", "最後修改"),
    "creators": ("Creators", "创建者", "建立者"),
    "contributors": ("Contributors", "贡献者", "貢獻者"),
    "publisher": ("Publisher", "发布者", "發布者"),
    "licence": ("Licence", "许可", "授權"),
    "prefix": ("Prefix", "前缀", "前綴"),
    "namespace": ("Namespace", "命名空间", "命名空間"),
    "imports": ("Imports", "导入", "匯入"),
    "prior-version": ("Version before", "上一版本", "上一版本"),
    "source": ("Source", "来源", "來源"),
    "see-also": ("See also", "另见", "另見"),
    "size": ("Size", "规模", "規模"),
    # What is said of a term
    "in-other-languages": ("In other languages", "其他语言", "其他語言"),
    "deprecated": ("deprecated", "已弃用", "已棄用"),
    "other-names": ("Other names", "其他名称", "其他名稱"),
    "example": ("Example", "示例", "示例"),
    "usage": ("Usage", "用法", "用法"),
    "note": ("Note", "附注", "附註"),
    "editorial-note": ("Editorial note", "编辑说明", "編輯說明"),
    "change-note": ("History", "变更说明", "變更說明"),
    "replaced-by": ("Replaced by", "替代术语", "替代術語"),
    "same-as": ("Matches", "对应术语", "對應術語"),
    "related": ("Related", "相关", "相關"),
    "notation": ("Notation", "代码", "代碼"),
    "types": ("Classes", "所属类", "所屬類"),
    # Classes
    "superclasses": ("Superclasses", "上位类", "上位類"),
    "subclasses": ("Subclasses", "下位类", "下位類"),
    "sufficient": ("Holds for", "充分条件", "充分條件"),
    "equivalent": ("Equivalent to", "等价于", "等價於"),
    "disjoint": ("Disjoint with", "互斥于", "互斥於"),
    "disjoint-union": ("Disjoint union of", "不相交并集", "不相交聯集"),
    "keys": ("Keys", "键", "鍵"),
    "properties-from": ("Properties of it", "以其为定义域的属性", "以其為定義域的屬性"),
    "inherited": ("Properties of its superclasses", "上位类的属性", "上位類的屬性"),
    "properties-to": ("Properties that lead to it", "以其为值域的属性", "以其為值域的屬性"),
    "things": ("Things in the data", "数据中的个体数", "數據中的個體數"),
    "things-below": ("With those of its subclasses", "含下位类的个体数", "含下位類的個體數"),
    "examples": ("Examples in the data", "数据中的例子", "數據中的例子"),
    # Properties
    "domain": ("Domain", "定义域", "定義域"),
    "range": ("Range", "值域", "值域"),
    "characteristics": ("Characteristics", "特征", "特徵"),
    "inverse": ("Inverse of", "逆属性", "逆屬性"),
    "superproperties": ("Superproperties", "上位属性", "上位屬性"),
    "subproperties": ("Subproperties", "下位属性", "下位屬性"),
    "chains": ("Follows from the chain", "由属性链推出", "由屬性鏈推出"),
    "statements": ("Statements in the data", "数据中的陈述数", "數據中的陳述數"),
    "functional": ("functional", "函数性", "函數性"),
    "inverse-functional": ("inverse functional", "反函数性", "反函數性"),
    "transitive": ("transitive", "传递性", "傳遞性"),
    "symmetric": ("symmetric", "对称性", "對稱性"),
    "asymmetric": ("asymmetric", "非对称性", "非對稱性"),
    "reflexive": ("reflexive", "自反性", "自反性"),
    "irreflexive": ("irreflexive", "非自反性", "非自反性"),
    # Code lists
    "concepts": ("concepts", "个概念", "個概念"),
    "uses": ("Used", "使用次数", "使用次數"),
    "carriers": ("Properties with values from this list", "取值于本表的属性", "取值於本表的屬性"),
    # Shapes
    "shapes": ("Shapes", "形状", "形狀"),
    "asked": ("What the shapes ask for", "形状的要求", "形狀的要求"),
    "shape": ("Shape", "形状", "形狀"),
    "rules": ("What shapes ask of its values", "形状对其值的要求", "形狀對其值的要求"),
    "path": ("Property or path", "属性或路径", "屬性或路徑"),
    "itself": ("the thing itself", "该个体本身", "該個體本身"),
    "count": ("Count", "数目", "數目"),
    "constraint": ("Constraint", "约束", "約束"),
    "right": ("What is right", "正确情形", "正確情形"),
    "targets": ("Targets", "目标", "目標"),
    "query": ("Query of the constraint", "约束的查询", "約束的查詢"),
    "warning": ("warning", "警告", "警告"),
    "info": ("information", "提示", "提示"),
    # Tables
    "term": ("Term", "术语", "術語"),
    "kind": ("Kind", "种类", "種類"),
    "below": ("Terms of this ontology below it", "其下的本体术语", "其下的本體術語"),
}


def word(key: str, language: str) -> str:
    """A word of the pages.

    >>> word("classes", "zh-Hant")
    '類'
    """
    return WORDS[key][LANGUAGES.index(language)]
