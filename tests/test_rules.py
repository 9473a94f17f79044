"""Every rule that any code can emit is in the table, in three languages, and some test makes it fire."""

from __future__ import annotations

import ast
import string
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import ROOT

import gba_kg
from gba_kg.component_messages import _items
from gba_kg.facts import Facts
from gba_kg.findings import SEVERITIES
from gba_kg.graph import load_files
from gba_kg.rules import LANGUAGES, RULES, found
from gba_kg.rules.components import COMPONENT_TEXTS, OTHER
from gba_kg.validation import rules_of

MODULES = {
    path.relative_to(ROOT / "gba_kg").as_posix(): ast.parse(path.read_text())
    for path in sorted((ROOT / "gba_kg").rglob("*.py"))
    if path.parent.name != "rules"
}
TESTS = [ast.parse(path.read_text()) for path in sorted((ROOT / "tests").glob("*.py")) if path.name != "test_rules.py"]
MAKERS = ("found", "Finding", "finding", "_fault")
# Findings whose rule is no text of the program: shapes, check queries.
DYNAMIC = {"validation.py", "checks.py"}


def _texts(tree: ast.AST) -> set[str]:
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def _calls(tree: ast.AST) -> list[tuple[str, ast.expr]]:
    """The makers of findings that a module calls, each with its first argument."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            rule = [*node.args[:1], *(keyword.value for keyword in node.keywords if keyword.arg == "rule")]
            if name in MAKERS and rule:
                found.append((name, rule[0]))
    return found


def test_every_rule_that_code_names_is_in_the_table() -> None:
    named = [
        (module, rule.value)
        for module, tree in MODULES.items()
        for _, rule in _calls(tree)
        if isinstance(rule, ast.Constant)
    ]
    assert len(named) >= 19
    assert [(module, rule) for module, rule in named if rule not in RULES] == []


def test_findings_are_made_from_the_table() -> None:
    own = {module for module, tree in MODULES.items() for name, _ in _calls(tree) if name == "Finding"}
    assert own == DYNAMIC


def test_every_rule_of_the_table_is_named_by_code_and_by_a_test() -> None:
    code, tests = (set().union(*map(_texts, trees)) for trees in (MODULES.values(), TESTS))
    for rule in RULES:
        assert rule in code or rule.startswith("owl-"), rule
        assert rule in tests or rule.removeprefix("owl-") in tests, rule


def _messages(rule: str) -> list[tuple[str, str, str]]:
    message = RULES[rule].message
    return list(message.values()) if isinstance(message, Mapping) else [message]


@pytest.mark.parametrize("rule", RULES)
def test_rule_is_told_in_three_languages(rule: str) -> None:
    own = RULES[rule]
    assert own.severity in SEVERITIES
    assert own.command in ("validate", "check", "lint", "evidence", "reason")
    for texts in (own.right, *_messages(rule)):
        assert len(texts) == len(LANGUAGES) == len(set(texts)) or texts[1] == texts[2] != texts[0]
        assert not any(character in texts[0] for character in "，。：「“的")
        names = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in texts]
        assert names[0] == names[1] == names[2]
        assert all(text.strip() == text != "" for text in texts)


def test_command_of_a_rule_is_that_which_looks_for_it() -> None:
    """By the module that names the rule; of those of profiles and baselines any run says what it finds."""
    homes: dict[str, set[str]] = defaultdict(set)
    for module, tree in MODULES.items():
        for text in _texts(tree) & set(RULES) if not module.startswith("cli/") else ():
            homes[text].add(module)
    commands = {"evidence": "evidence", "documents": "evidence", "numeral_cover": "evidence", "outside": "validate"}
    commands |= {
        "vacuity": "validate",
        "baseline": "validate",
        "profile": "validate",
        "checks": "check",
        "code": "lint",
        "lint": "lint",
        "reasoning": "reason",
    }
    for rule, modules in homes.items():
        stems = {module.removesuffix(".py").split("/")[0] for module in modules}
        known = {commands.get(stem, commands.get(stem.split("_")[0])) for stem in stems} - {None}
        assert RULES[rule].command in known <= {RULES[rule].command, "check"}, (rule, modules)


def test_a_rule_with_several_faults_needs_to_say_which() -> None:
    assert (
        found("evidence-date", "zh-Hans", fault="none", said={"stated": "2023"}).message == "印文没有日期，得不出 2023"
    )
    with pytest.raises(KeyError):
        found("evidence-date", said={"stated": "2023"})


def test_rules_of_shapes() -> None:
    assert {"Case-title", "Measure"} <= rules_of()[0]
    assert rules_of([ROOT / "examples" / "library-loans" / "shapes"])[0] >= {
        "Loan",
        "Loan-reader",
        "Loan-book-is-in",
        "label",
    }


# Shapes without a message

HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
"""
DATA = """ex:a a ex:Thing ; ex:n 5 , 6 ; ex:m 1 ; ex:t "long text"@fr , "autre"@fr ; ex:o ex:b ; ex:s "s" .
ex:b ex:n 1 .
"""
P = "ex:S sh:targetNode ex:a . ex:S sh:property ex:P . ex:P sh:path "
# Of each component: shapes that ex:a violates, and the messages in English and in Chinese.
COMPONENTS = {
    "Class": (P + "ex:o ; sh:class ex:Other .", "an instance of http://example.org/Other", "的实例"),
    "Datatype": (P + "ex:s ; sh:datatype xsd:date .", "a literal of xsd:date", "xsd:date 类型的文字量"),
    "NodeKind": (P + "ex:s ; sh:nodeKind sh:IRI .", "of the kind sh:IRI", "sh:IRI 一类"),
    "MinCount": (P + "ex:s ; sh:minCount 2 .", "there are at least 2 values", "至少有 2 个值"),
    "MaxCount": (P + "ex:n ; sh:maxCount 1 .", "there are at most 1 values", "至多有 1 个值"),
    "MinExclusive": (P + "ex:m ; sh:minExclusive 1 .", "greater than 1", "该值大于 1"),
    "MinInclusive": (P + "ex:m ; sh:minInclusive 2 .", "2 or greater", "不小于 2"),
    "MaxExclusive": (P + "ex:m ; sh:maxExclusive 1 .", "less than 1", "该值小于 1"),
    "MaxInclusive": (P + "ex:m ; sh:maxInclusive 0 .", "0 or less", "不大于 0"),
    "MinLength": (P + "ex:s ; sh:minLength 4 .", "at least 4 characters", "至少有 4 个字符"),
    "MaxLength": (P + "ex:s ; sh:maxLength 0 .", "at most 0 characters", "至多有 0 个字符"),
    "Pattern": (P + "ex:s ; sh:pattern '^x{2}' .", "matches the pattern '^x{2}'", "符合模式 '^x{2}'"),
    "LanguageIn": (P + "ex:t ; sh:languageIn ( 'en' 'pt' ) .", "one of these languages: 'en', 'pt'", "'en', 'pt'"),
    "UniqueLang": (P + "ex:t ; sh:uniqueLang true .", "one value at most in each language", "每种语言至多"),
    "Equals": (P + "ex:n ; sh:equals ex:m .", "the values are those of http://example.org/m", "的值相同"),
    "Disjoint": (P + "ex:n ; sh:disjoint ex:k . ex:a ex:k 5 .", "none of those of", "该值不是"),
    "LessThan": (P + "ex:n ; sh:lessThan ex:m .", "less than those of http://example.org/m", "的值"),
    "LessThanOrEquals": (P + "ex:n ; sh:lessThanOrEquals ex:m .", "no greater than those of", "不大于"),
    "Not": (P + "ex:o ; sh:not ex:I . ex:I a sh:NodeShape ; sh:nodeKind sh:IRI .", "not conform to http:", "不符合"),
    "And": (P + "ex:s ; sh:and ( [ sh:nodeKind sh:IRI ] ) .", "all of: [ ... ]", "全部"),
    "Or": (P + "ex:s ; sh:or ( ex:I [ sh:nodeKind sh:IRI ] ) . ex:I a sh:NodeShape ; sh:nodeKind sh:IRI .", "one or more of: http://example.org/I, [ ... ]", "至少符合其一"),
    "Xone": (P + "ex:s ; sh:xone ( [ sh:nodeKind sh:IRI ] ) .", "exactly one of", "恰好符合其一"),
    "Node": (P + "ex:o ; sh:node ex:I . ex:I a sh:NodeShape ; sh:nodeKind sh:Literal .", "conforms to http://example.org/I", "符合"),
    "QualifiedMinCount": (P + "ex:n ; sh:qualifiedMinCount 3 ; sh:qualifiedValueShape [ sh:nodeKind sh:Literal ] .", "at least 3 values that conform", "至少有 3 个值符合"),
    "QualifiedMaxCount": (P + "ex:n ; sh:qualifiedMaxCount 1 ; sh:qualifiedValueShape [ sh:nodeKind sh:Literal ] .", "at most 1 values that conform", "至多有 1 个值符合"),
    "Closed": ("ex:S sh:targetNode ex:a ; sh:closed true ; sh:ignoredProperties ( rdf:type ex:n ex:m ex:t ex:o ) .", "no other properties", "以外的属性"),
    "HasValue": (P + "ex:s ; sh:hasValue 'x' .", "one of the values is 'x'", "其中一个值为 'x'"),
    "In": (P + "ex:s ; sh:in ( 1 2 'x' 4 5 6 7 8 ) .", "one of: 1, 2, 'x', 4, 5, ...", "1, 2, 'x', 4, 5, ..."),
    "SPARQL": ("ex:S sh:targetNode ex:a ; sh:sparql ex:Q . ex:Q sh:select 'SELECT $this WHERE { $this a ?c }' .", "the query of the shape finds nothing", "查询"),
    "Expression": ("ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:expression false .", "the expression of the shape", "表达式"),
    "other": ("""ex:S a sh:NodeShape ; sh:targetNode ex:a ; ex:size 1 . ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:size ] ;
        sh:validator [ a sh:SPARQLAskValidator ; sh:ask 'ASK { FILTER(false) }' ] .""", "violates http://example.org/C", "违反"),
}  # fmt: skip


@pytest.mark.parametrize("component", COMPONENTS)
def test_a_shape_without_a_message_says_what_it_asks_for(component: str, tmp_path: Path) -> None:
    shapes, english, chinese = COMPONENTS[component]
    (tmp_path / "data.ttl").write_text(HEAD + DATA + ("ex:a ex:k 5 ." if "ex:k" in shapes else ""))
    (tmp_path / "shapes.ttl").write_text(HEAD + shapes.replace("ex:a ex:k 5 .", ""))
    graph = gba_kg.load(tmp_path / "data.ttl", tmp_path / "data.ttl")
    said = {}
    for language in LANGUAGES:
        findings = gba_kg.validate(graph, tmp_path / "shapes.ttl", language=language).findings
        results = [finding for finding in findings if finding.component is not None]
        assert results, findings
        said[language] = {finding.message for finding in results}
        local = results[0].component.rsplit("#", 1)[-1].removesuffix("ConstraintComponent")
        assert local == component or component == "other"
    assert all(english in message for message in said["en"])
    assert all(chinese in message for message in said["zh-Hans"])
    assert len({frozenset(messages) for messages in said.values()}) == 3


def test_every_component_has_a_message_and_a_test() -> None:
    assert set(COMPONENT_TEXTS) | {"other"} == set(COMPONENTS)
    for texts in (OTHER, *COMPONENT_TEXTS.values()):
        assert len(set(texts)) == 3
        assert len({text.count("{of}") for text in texts}) == 1


def test_a_list_without_an_end_ends_a_message(tmp_path: Path) -> None:
    (tmp_path / "shapes.ttl").write_text(HEAD + "ex:l rdf:first 1 ; rdf:rest ex:l .")
    facts = Facts(load_files([tmp_path / "shapes.ttl"], None))
    assert len(list(_items(facts, ox.NamedNode("http://example.org/l")))) == 6
