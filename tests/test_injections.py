"""Every kind of injected violation is reported at its place, by both engines alike.

Where the reference is wrong by the specification the kind is listed with the reason, and a second witness must say what
the fast engine says.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import ROOT, module
from injections import KINDS, MARK, Expected, places, write

from gba_kg.cli import main
from gba_kg.engines import compare, run
from gba_kg.graph import load_files
from gba_kg.rdflib_bridge import to_term
from gba_kg.setwise import Result, stored

WRONG_REFERENCE = {
    "less than an ill-typed value": "what cannot be compared is not less (SHACL, section 4.5.3): no result",
    "less than or equal to an IRI": "IRIs are in no order (SPARQL, section 17.3.1): no result",
    "minLength of a blank node": "a blank node has no length (SHACL, section 4.4.1): no result",
    "a date and a boolean under a numeric bound": "neither can be compared with a number (SHACL, 4.3): no result",
    "ask validator": "the value node is the value of a result (SHACL, section 6.3): a result without it",
    "select validator of a node": "$value is bound before in ASK queries only (SHACL, section 6.2.3): no result",
}
Place = tuple[str, int, int, str]


@pytest.fixture(scope="module")
def injected(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Expected]]:
    folder = tmp_path_factory.mktemp("injected")
    (folder / "empty.ttl").touch()
    return folder, write(folder)


def _reported(folder: Path, *words: str) -> list[Place]:
    """File, line, column and component of each result, as the command line reports them."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        assert main(["validate", *words, "--data", "data", "--format", "json", "--output", "report.json"]) == 1
    finally:
        os.chdir(before)
    findings = json.loads((folder / "report.json").read_text())["findings"]
    return sorted(
        (f["file"], f["line"], f["column"], f["component"].rsplit("#")[-1].removesuffix("ConstraintComponent"))
        for f in findings
        if f["component"]
    )


@pytest.mark.parametrize("engine", ["fast", "reference"])
def test_each_kind_is_reported_at_its_place(injected: tuple[Path, list[Expected]], engine: str) -> None:
    folder, expected = injected
    assert len(KINDS) >= 30
    assert {e.kind for e in expected} == set(KINDS)
    wrong = {e.file for e in expected if e.kind in WRONG_REFERENCE and engine == "reference"}
    reported = _reported(folder, "--ontology", "empty.ttl", "--shapes", "shapes", "--engine", engine)
    assert [place for place in reported if Path(place[0]).name not in wrong] == sorted(
        (f"data/{e.file}", e.line, e.column, e.component) for e in expected if e.file not in wrong
    )


@pytest.mark.parametrize("kind", KINDS)
def test_the_engines_agree(injected: tuple[Path, list[Expected]], kind: str) -> None:
    fast, reference = (_results(injected, kind, engine) for engine in ("fast", "reference"))
    assert fast
    assert bool(compare(fast, reference)) == (kind in WRONG_REFERENCE)


@pytest.mark.parametrize("kind", WRONG_REFERENCE)
def test_a_second_witness_confirms_the_fast_engine(injected: tuple[Path, list[Expected]], kind: str) -> None:
    shifty = module("shifty")
    from rdflib import SH

    file = _file(injected, kind)
    data, shapes = ((injected[0] / part / file).read_text(encoding="utf-8") for part in ("data", "shapes"))
    _, report, _ = shifty.validate(data, shapes, graph_mode="data")
    keys = (SH.focusNode, SH.resultPath, SH.value, SH.sourceConstraintComponent)
    witnessed = [tuple(_key(report.value(result, key)) for key in keys) for result in report.objects(None, SH.result)]
    ours = [(r.focus, r.path, r.value, r.component) for r in _results(injected, kind, "fast")]
    assert sorted(witnessed) == sorted(tuple(_said(term) for term in terms) for terms in ours)


def _file(injected: tuple[Path, list[Expected]], kind: str) -> str:
    return next(e.file for e in injected[1] if e.kind == kind)


def _results(injected: tuple[Path, list[Expected]], kind: str, engine: str) -> list[Result]:
    folder, file = injected[0], _file(injected, kind)
    return run(engine, load_files([folder / "data" / file]), load_files([folder / "shapes" / file]))


def _key(node: object) -> str:
    return "" if node is None else _said(to_term(node))  # type: ignore[arg-type]


def _said(term: ox.NamedNode | ox.BlankNode | ox.Literal | str | None) -> str:
    if isinstance(term, ox.BlankNode):
        return "_:"  # each engine names it anew
    return "" if term is None else str(stored(term) if isinstance(term, ox.Literal) else term)


CASE, PLAN = "cases/batch-2/07-judicial-guidance-for-commercial-disputes.ttl", "plans/work-plan-2020.ttl"
# What is changed in a copy of the bundled data: file, text, new text, and the component of each mark.
EDITS = [
    (CASE, "gba:caseNumber 7 ;", "gba:caseNumber ▶7 , ▶77 ;", "MaxCount SPARQL"),
    (CASE, "gba:value 10000.0 ;", 'gba:value ▶"10000.0" ;', "Datatype"),
    (CASE, "gba:direction direction:northbound ;", "gba:direction ▶status:in-force ;", "Node"),
    (CASE, "gba:unit unit:CNY ;\n", "gba:unit ▶place:guangdong ;\n", "Node"),
    (
        CASE,
        "novelty:2-07-guidance a gba:Novelty ;",
        "▶novelty:2-07-guidance a gba:Novelty ; skos:altLabel ▶'x'@fr ;",
        "MinCount Closed",
    ),
    (CASE, "    gba:scopeBasis basis:stated ;\n    gba:claimedBy", "    gba:claimedBy", ""),
    (PLAN, 'gba:dateStart "2020-10-30"^^xsd:date ;', 'gba:dateStart ▶"2020-11-30"^^xsd:date ;', "LessThanOrEquals"),
    (PLAN, '    gba:date "2020-10-30"', '    gba:date ▶"2020-10-30"', "SPARQL"),
    (PLAN, "gba:instrumentKind instrument-kind:work-plan ;", "gba:instrumentKind ▶instrument-kind:law ;", "HasValue"),
    (
        PLAN,
        'skos:prefLabel "Governor of Guangdong Province"@en ,',
        'skos:prefLabel ▶"Governor"@en , "Governor of Guangdong Province"@en ,',
        "UniqueLang",
    ),
]


def test_faults_in_a_copy_of_the_bundled_data_are_reported_at_their_places(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    texts = {file: (tmp_path / "data" / file).read_text(encoding="utf-8") for file in (CASE, PLAN)}
    expected: list[Place] = []
    for file, old, new, _ in EDITS:
        assert texts[file].count(old) == 1 or old.startswith("gba:unit"), old
        texts[file] = texts[file].replace(old, new, 1)
    for file, text in texts.items():
        (tmp_path / "data" / file).write_text(text.replace(MARK, ""), encoding="utf-8")
        components = sorted(
            ((text.index(new), names.split()) for of, _, new, names in EDITS if of == file), key=lambda edit: edit[0]
        )
        found = places(text)
        for place, name in zip(found, [name for _, names in components for name in names], strict=True):
            expected.append((f"data/{file}", *place, name))
    assert _reported(tmp_path) == sorted(expected)
