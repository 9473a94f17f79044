"""What the rules of validation beside the shapes hold to be right and say of a fault: severity, right, message."""

from __future__ import annotations

__all__ = ["VALIDATION_TEXTS"]

_Texts = tuple[str, str, str]

VALIDATION_TEXTS: dict[str, tuple[str, _Texts, _Texts]] = {
    "vacuous-shapes": (
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
    "vacuous-shape": (
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
    "import-not-followed": (
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
    "network-refused": (
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
    "script-refused": (
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
    "shapes-file-without-shape": (
        "warning",
        (
            "Every shapes file holds SHACL.",
            "每个形状文件都含有 SHACL 内容。",
            "每個形狀檔案都含有 SHACL 內容。",
        ),
        (
            "this file among the shapes holds no SHACL",
            "形状文件中的这一个不含任何 SHACL 内容",
            "形狀檔案中的這一個不含任何 SHACL 內容",
        ),
    ),
    "unreached-shape": (
        "warning",
        (
            "A shape has a target or is used by another shape.",
            "形状有目标，或为其他形状所用。",
            "形狀有目標，或為其他形狀所用。",
        ),
        (
            "{name} has no target and no shape uses it",
            "{name} 没有目标，也没有形状用到它",
            "{name} 沒有目標，也沒有形狀用到它",
        ),
    ),
    "idle-parameter": (
        "warning",
        (
            "A parameter of a shape stands where it has an effect.",
            "形状的参数用在能够生效之处。",
            "形狀的參數用在能夠生效之處。",
        ),
        (
            "{name} has no effect without {needed}",
            "没有 {needed} 时 {name} 不起作用",
            "沒有 {needed} 時 {name} 不起作用",
        ),
    ),
    "unknown-shacl-term": (
        "violation",
        (
            "A term in the namespace of SHACL exists there.",
            "SHACL 命名空间中的词项确实存在。",
            "SHACL 命名空間中的詞項確實存在。",
        ),
        (
            "{name} is no term of SHACL{hint}",
            "{name} 不是 SHACL 的词项{hint}",
            "{name} 不是 SHACL 的詞項{hint}",
        ),
    ),
    "unknown-class": (
        "violation",
        (
            "A class named in a shape is known to the ontology, the data or a vocabulary.",
            "形状所指的类为本体、数据或词汇表所知。",
            "形狀所指的類為本體、資料或詞彙表所知。",
        ),
        (
            "nothing knows the class {name}{hint}",
            "没有任何来源认识类 {name}{hint}",
            "沒有任何來源認識類 {name}{hint}",
        ),
    ),
    "unknown-property": (
        "violation",
        (
            "A property named in a shape is known to the ontology, the data or a vocabulary.",
            "形状所指的属性为本体、数据或词汇表所知。",
            "形狀所指的屬性為本體、資料或詞彙表所知。",
        ),
        (
            "nothing knows the property {name}{hint}",
            "没有任何来源认识属性 {name}{hint}",
            "沒有任何來源認識屬性 {name}{hint}",
        ),
    ),
    "uncovered-class": (
        "warning",
        (
            "Some shape looks at the nodes of every class in the data.",
            "数据中每个类的节点都有形状检查。",
            "資料中每個類的節點都有形狀檢查。",
        ),
        (
            "no shape looks at the nodes of class {name}, {count} in all",
            "没有形状检查类 {name} 的节点，共 {count} 个",
            "沒有形狀檢查類 {name} 的節點，共 {count} 個",
        ),
    ),
    "untyped-node": (
        "warning",
        (
            "A node of the data has a class, or a shape looks at it.",
            "数据的节点有类，或有形状检查它。",
            "資料的節點有類，或有形狀檢查它。",
        ),
        (
            "{name} has no class and no shape looks at it",
            "{name} 没有类，也没有形状检查它",
            "{name} 沒有類，也沒有形狀檢查它",
        ),
    ),
    "empty-file": (
        "warning",
        (
            "Every file of data or shapes holds a statement.",
            "每个数据或形状文件都含有陈述。",
            "每個資料或形狀檔案都含有陳述。",
        ),
        (
            "this file holds no statement",
            "此文件不含任何陈述",
            "此檔案不含任何陳述",
        ),
    ),
}
