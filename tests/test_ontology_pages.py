"""The pages of an ontology: everything is there once, every link leads somewhere, and no text is taken for HTML."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import html5rdf
import pyoxigraph as ox
import pytest
from conftest import ROOT

from gba_kg.cli import main
from gba_kg.errors import UsageError
from gba_kg.graph import Graph, load, load_files
from gba_kg.namespaces import shrink
from gba_kg.ontology_pages import pages
from gba_kg.ontology_pages.parts import expression
from gba_kg.ontology_pages.trees import forest
from gba_kg.ontology_pages.words import WORDS, word
from gba_kg.resources import bundled
from gba_kg.setwise.terms import Statements

NAMES = {"en": "index.html", "zh-Hans": "index.zh-Hans.html", "zh-Hant": "index.zh-Hant.html"}
LIBRARY = ROOT / "examples" / "library-loans"
PREFIXES = "\n".join(
    f"@prefix {prefix}: <{namespace}> ."
    for prefix, namespace in {
        "owl": "http://www.w3.org/2002/07/owl#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "dcterms": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "sh": "http://www.w3.org/ns/shacl#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "e": "https://example.org/o#",
    }.items()
)


class Page(HTMLParser):
    """A page as a reader meets it: identifiers, links, languages, and the text of each entry."""

    VOID = ("meta", "link", "br")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.links: list[tuple[str, str, dict[str, str | None]]] = []
        self.tags: Counter[str] = Counter()
        self.headings: list[int] = []
        self._parts: dict[str, list[str]] = defaultdict(list)
        self._open: list[tuple[str, str | None]] = []
        self._texts: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open
        self.text = "".join(self._texts)
        self.entries = {name: "".join(parts) for name, parts in self._parts.items()}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags[tag] += 1
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append(int(tag[1]))
        if found.get("id"):
            self.ids[str(found["id"])] += 1
        for key in ("href", "src", "action"):
            if key in found:
                self.links.append((tag, str(found[key]), found))
        if tag not in self.VOID:
            self._open.append((tag, found.get("id")))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self._texts.append(data)
        for _, name in self._open:
            if name:
                self._parts[name].append(data)


def read(graph: Graph, shapes: Graph | None = None) -> dict[str, str]:
    """The pages by language."""
    files = {name: b"".join(pieces).decode() for name, pieces in pages(graph, shapes)}
    assert sorted(files) == sorted(NAMES.values())
    return {language: files[name] for language, name in NAMES.items()}


def of_text(folder: Path, text: str, shapes: str = "") -> dict[str, str]:
    """The pages of an ontology, which is its own data."""
    (folder / "o.ttl").write_text(f"{PREFIXES}\n{text}", encoding="utf-8")
    (folder / "s.ttl").write_text(f"{PREFIXES}\n{shapes}", encoding="utf-8")
    return read(load([], folder / "o.ttl"), load_files([folder / "s.ttl"]))


def entry(page: Page, name: str) -> str:
    """The text of an entry with single blanks."""
    return " ".join(page.entries[name].split())


@pytest.fixture(scope="module")
def bundled_pages(graph: Graph) -> dict[str, str]:
    return read(graph, load_files([bundled("shapes")]))


@pytest.fixture(scope="module")
def parsed(bundled_pages: dict[str, str]) -> dict[str, Page]:
    return {language: Page(html) for language, html in bundled_pages.items()}


@pytest.fixture(scope="module", params=list(NAMES))
def page(request: pytest.FixtureRequest, parsed: dict[str, Page]) -> Page:
    return parsed[request.param]


def rows(graph: Graph, query: str) -> list[list[str]]:
    solutions = graph.select(query)
    assert isinstance(solutions, ox.QuerySolutions)
    return [[term.value for term in row if term is not None] for row in solutions]


def anchor(iri: str) -> str:
    return iri.rpartition("#")[2] if iri.startswith("https://w3id.org/gba-kg/ontology#") else shrink(iri)


TERMS = {
    "classes": "?term a owl:Class",
    "properties": "VALUES ?kind { owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty } ?term a ?kind",
    "concept-schemes": "?term a skos:ConceptScheme",
    "concepts": "?term a skos:Concept",
}


@pytest.mark.parametrize("kind", TERMS)
def test_every_term_has_its_place_once(graph: Graph, page: Page, kind: str) -> None:
    terms = [iri for (iri,) in rows(graph, f"SELECT DISTINCT ?term WHERE {{ {TERMS[kind]} FILTER(isIRI(?term)) }}")]
    assert len(terms) > 20
    assert {iri: page.ids[anchor(iri)] for iri in terms} == dict.fromkeys(terms, 1)
    assert max(page.ids.values()) == 1


def test_iri_of_a_term_leads_to_it(page: Page) -> None:
    """With the page at the IRI of the ontology, the fragment of the IRI of a term is the anchor of its entry."""
    for name in ("Measure", "appliesAt", "value"):
        assert f"https://w3id.org/gba-kg/ontology#{name}" in page.entries[name]


def test_every_link_leads_somewhere(page: Page) -> None:
    inside = [href.removeprefix("#") for _, href, _ in page.links if href.startswith("#")]
    assert len(inside) > 1000
    assert not set(inside) - set(page.ids)
    outside = {href for _, href, _ in page.links if not href.startswith("#")} - set(NAMES.values())
    assert outside
    assert all(re.match(r"https?://", href) for href in outside)


def test_nothing_is_fetched_and_nothing_runs(page: Page) -> None:
    assert {tag for tag, _, _ in page.links} == {"a", "link"}
    assert {found["rel"] for tag, _, found in page.links if tag == "link"} == {"alternate"}
    assert not {"script", "img", "iframe", "object", "form"} & set(page.tags)


def test_landmarks_headings_and_tables(page: Page) -> None:
    assert {page.tags[tag] for tag in ("main", "h1", "header", "footer")} == {1}
    steps = pairwise(page.headings)
    assert page.headings[0] == 1
    assert not [step for step in steps if step[1] > step[0] + 1], "no level is left out"
    assert page.tags["tr"]
    assert page.tags["thead"] == page.tags["tbody"] == page.tags["table"]


@pytest.mark.parametrize("language", NAMES)
def test_pages_are_valid_html(bundled_pages: dict[str, str], language: str) -> None:
    html5rdf.HTMLParser(strict=True).parse(bundled_pages[language].encode())
    assert f'<html lang="{language}">' in bundled_pages[language]


@pytest.mark.parametrize("language", NAMES)
def test_pages_lead_to_each_other(parsed: dict[str, Page], language: str) -> None:
    page = parsed[language]
    for tag in ("link", "a"):
        leads = {found["hreflang"]: href for name, href, found in page.links if name == tag and "hreflang" in found}
        assert leads == {other: name for other, name in NAMES.items() if tag == "link" or other != language}


def test_nothing_is_left_untranslated(graph: Graph, bundled_pages: dict[str, str], parsed: dict[str, Page]) -> None:
    """No text of a page is in another language than the page, but where the page says so."""
    for language, html in bundled_pages.items():
        entries = parsed[language].entries
        said = "|".join(word(key, language) for key in ("in-other-languages", "other-names"))
        main = re.sub(rf"<dt>(?:{said})</dt>\n(?:<dd>.*\n)+", "", html)
        main = re.sub(r"<small><bdi lang=.*?</small>", "", main)
        assert "<bdi lang=" not in main, language
        labels = rows(
            graph,
            f"SELECT ?term ?label WHERE {{ ?term skos:prefLabel ?label ; a ?kind "
            f"FILTER(?kind IN (owl:Class, skos:Concept)) FILTER(langMatches(lang(?label), '{language}')) }}",
        )
        assert len(labels) > 500
        assert all(label in entries[anchor(iri)] for iri, label in labels)


def test_every_word_is_in_every_language_and_is_used(bundled_pages: dict[str, str]) -> None:
    for key, words in WORDS.items():
        assert all(words), key
        assert re.search("[\u3400-\u9fff]", words[1] + words[2]), key
    sources = [*(ROOT / "gba_kg" / "ontology_pages").rglob("*.py"), *(ROOT / "gba_kg").rglob("*.jinja")]
    text = "".join(path.read_text() for path in sources if path.name != "words.py")
    unused = [key for key in WORDS if f'"{key}"' not in text and not key.startswith("one-")]
    assert not unused
    assert "类" in bundled_pages["zh-Hans"]
    assert "類" in bundled_pages["zh-Hant"]


def test_counts_are_those_of_sparql(graph: Graph, parsed: dict[str, Page]) -> None:
    page = parsed["en"]
    things = dict(rows(graph, "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?c } GROUP BY ?c"))
    below = "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) WHERE { ?c a owl:Class . ?s a/rdfs:subClassOf* ?c } GROUP BY ?c"
    with_below = dict(rows(graph, below))
    for (iri,) in rows(graph, "SELECT ?c WHERE { ?c a owl:Class ; rdfs:isDefinedBy ?o }"):
        text = entry(page, anchor(iri))
        assert f"Things in the data {things.get(iri, 0)} " in text + " ", iri
        if "With those of its subclasses" in text:
            assert f"With those of its subclasses {with_below.get(iri, 0)} " in text + " ", iri
    assert "With those of its subclasses" in entry(page, "Actor")
    statements = dict(
        rows(graph, "SELECT ?p (COUNT(*) AS ?n) WHERE { SELECT DISTINCT ?s ?p ?o WHERE { ?s ?p ?o } } GROUP BY ?p")
    )
    own = rows(
        graph,
        "SELECT ?p WHERE { ?p rdfs:isDefinedBy ?o ; a ?k FILTER(?k IN (owl:ObjectProperty, owl:DatatypeProperty)) }",
    )
    for (iri,) in own:
        assert f"Statements in the data {statements.get(iri, 0)} " in entry(page, anchor(iri)) + " ", iri
    carried = rows(
        graph,
        "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) WHERE { ?c skos:inScheme scheme:mode . ?s gba:mode ?c } GROUP BY ?c",
    )
    assert carried
    for iri, number in carried:
        assert f"Used: {number} " in entry(page, anchor(iri)), iri


def test_entries_tell_what_the_ontology_says(parsed: dict[str, Page]) -> None:
    page = parsed["en"]
    assert "Equivalent to gba:Measure and (gba:appliesAt value platform:hengqin)" in entry(page, "HengqinMeasure")
    cross = entry(page, "CrossBoundaryMeasure")
    assert "Holds for gba:Measure and (gba:connects some gba:SpecialAdministrativeRegion)" in cross
    assert "Editorial note Held by inference: no data file states it." in cross
    assert "Disjoint with organisation" in entry(page, "Person")
    assert "attestation, claim, commitment" in entry(page, "Actor"), "disjoint with all of a list"
    assert "Follows from the chain gba:hasParticipation o gba:actor" in entry(page, "participant")
    assert "Subproperties submitted by" in entry(page, "participant")
    assert "Domain place Range place Characteristics transitive" in entry(page, "within")
    assert "Superclasses elidl:Process" in entry(page, "Measure")
    assert "Properties that lead to it presents" in entry(page, "Measure")
    assert "Examples in the data Greater Bay Area Certification, Bay Area Standards" in entry(page, "Measure")
    assert "Properties with values from this list direction" in entry(page, "scheme:direction")
    assert "Below" not in page.text


def test_shapes_stand_with_what_they_constrain(parsed: dict[str, Page]) -> None:
    page = parsed["en"]
    measure = entry(page, "Measure")
    assert "status 1..1 node (skos:inScheme (hasValue scheme:status)) A measure has exactly one status" in measure
    assert "applies at 1..* or ((class gba:Place) | (class gba:Platform))" in measure
    assert 'skos:prefLabel 3..* uniqueLang languageIn ("en", "zh-Hans", "zh-Hant")' in measure
    assert "maxLength 120 warning A label of a measure" in measure
    assert "the thing itself closed" in measure
    assert "SELECT $this (gba:startedOn AS ?path) ?value" in measure
    assert "measure 0..1 or ((datatype xsd:date) | " in entry(page, "startedOn")
    shapes = load_files([bundled("shapes")])
    for (iri,) in rows(shapes, "SELECT ?s WHERE { ?s sh:targetClass|sh:targetSubjectsOf ?t FILTER(isIRI(?s)) }"):
        assert shrink(iri) in page.text
    for (message,) in rows(shapes, "SELECT ?m WHERE { ?s sh:message ?m FILTER(langMatches(lang(?m), 'en')) }"):
        assert message in page.text


def test_counts_are_those_of_the_shapes(bundled_pages: dict[str, str]) -> None:
    asked = rows(
        load_files([bundled("shapes")]),
        "SELECT ?shape (COALESCE(?least, 0) AS ?low) (COALESCE(?most, '*') AS ?high) WHERE { "
        "?shape sh:path ?path FILTER(isIRI(?shape)) OPTIONAL { ?shape sh:minCount ?least } "
        "OPTIONAL { ?shape sh:maxCount ?most } FILTER(BOUND(?least) || BOUND(?most)) }",
    )
    assert len(asked) > 150
    for html in bundled_pages.values():
        shown = {
            " ".join(re.sub(r"<[^>]*>", "", row).split()[-1:]): re.findall(r"<td>([0-9]+\.\.[0-9*]+)</td>", row)
            for row in re.findall(r"<tr>.*?</tr>", html, re.DOTALL)
        }
        for shape, low, high in asked:
            assert shown[shrink(shape)] == [f"{low}..{high}"], shape


def test_queries_of_property_shapes_and_paths_within_paths(tmp_path: Path) -> None:
    shapes = """
e:S a sh:NodeShape ; sh:targetClass e:A ;
    sh:property [ sh:path e:p ; sh:sparql [ sh:message "of it"@en ; sh:select "SELECT $this { $this $PATH 1 }" ] ] .
e:P a sh:PropertyShape ; sh:targetClass e:A ; sh:path e:p ; sh:property [ sh:path e:q ; sh:minCount 7 ] ."""
    terms = "e:A a owl:Class . e:p a owl:ObjectProperty . e:q a owl:ObjectProperty ."
    text = entry(Page(of_text(tmp_path, terms, shapes)["en"]), "A")
    assert "#p SPARQL of it Query of the constraintSELECT $this { $this $PATH 1 }" in text
    assert "#p https://example.org/o#q ([7..*])" in text
    assert text.count("7..*") == 1, "it is not asked of the thing itself"


def test_same_bytes_for_any_hash_seed(tmp_path: Path, bundled_pages: dict[str, str]) -> None:
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    words = ["document", "--output", str(tmp_path / "pages")]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    subprocess.run([sys.executable, "-m", "gba_kg", *words], env=environment, check=True, capture_output=True)
    assert {tag: (tmp_path / "pages" / name).read_text() for tag, name in NAMES.items()} == bundled_pages


def test_ontology_of_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folders = [word for name in ("ontology", "shapes", "data") for word in (f"--{name}", str(LIBRARY / name))]
    assert main(["document", *folders, "--output", str(tmp_path / "all")]) == 0
    page = Page((tmp_path / "all" / "index.html").read_text())
    graph = load(LIBRARY / "data", LIBRARY / "ontology")
    for name in ("Book", "Loan", "Reader"):
        (number,) = rows(graph, f"SELECT (COUNT(*) AS ?n) WHERE {{ ?s a <https://library.example/ontology#{name}> }}")
        assert f"Things in the data {number[0]} " in entry(page, name)
    assert "lib:book" in entry(page, "book"), "the prefix that the shapes declare"
    assert "book lent 1..1 class lib:Book A loan is of one book of the library." in entry(page, "Loan")
    assert "gba:" not in page.text
    assert main(["document", *folders[:2], "--output", str(tmp_path / "alone")]) == 0
    alone = Page((tmp_path / "alone" / "index.html").read_text())
    assert "Things in the data 0" in entry(alone, "Loan"), "the bundled data are not its data"
    assert "gba" not in alone.text.replace("gba-kg", "")
    assert not alone.tags["caption"], "nor are the bundled shapes its shapes"
    assert not capsys.readouterr().out


def test_what_declares_nothing_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "o.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    with pytest.raises(UsageError, match="no class, property or concept"):
        list(pages(load([], tmp_path / "o.ttl")))
    assert main(["document", "--ontology", str(tmp_path / "o.ttl"), "--output", str(tmp_path / "d")]) == 2
    assert "name the files of an ontology with --ontology" in capsys.readouterr().err
    assert not (tmp_path / "d").exists()


HOSTILE = r"""
<https://example.org/o> a owl:Ontology ;
    dcterms:title "T </title><script>alert(0)</script>"@en ;
    dcterms:description "\"><img src=x onerror=alert(1)> \u0001 \u202Eevil"@en ;
    dcterms:license <javascript:alert(2)> ;
    dcterms:creator <data:text/html,x> , [ foaf:name "<b>Ada</b>" ] .
e:A a owl:Class ;
    rdfs:label "<script>alert(3)</script>"@en , "\u202Egnp.exe\u202C\u2066"@zh-Hans ;
    skos:definition "' onmouseover='alert(4) {{ 7 * 7 }} {% raw %} </bdi></section></main>"@en ;
    rdfs:seeAlso <javascript:alert(5)> , <JAVASCRIPT:alert(6)> , <vbscript:x> , <https://example.org/\u202Ex'> ;
    rdfs:subClassOf <javascript:alert(7)> , [ a owl:Restriction ; owl:onProperty e:p ; owl:hasValue "<i>v</i>"@en ] .
e:p a owl:ObjectProperty ; skos:example "<!-- " , "]]>" , "&amp; &lt;" .
<https://example.org/o#part-main> a owl:Class .
<https://example.org/o#a(b)'c> a owl:Class .
<https://example.org/o#%22%3E%3Cscript%3E> a owl:Class .
<https://example.org/o#\u202Ex> a owl:Class .
<https://example.org/o#> a owl:Class .
<https://other.example/A> a owl:Class ; rdfs:label "A of others" .
<urn:x> a owl:Class ; rdfs:label "a URN" .
"""
HOSTILE_SHAPES = r"""
e:S a sh:NodeShape ; sh:targetClass e:A ; sh:targetNode "<script>n</script>" ;
    sh:property [ sh:path e:p ; sh:pattern "</td><script>" ; sh:message "<script>alert(8)</script>"@en ] ;
    sh:sparql [ sh:select "SELECT $this { $this ?p '</pre><script>alert(9)</script>' }" ; sh:message "m" ] .
"""


def test_text_is_never_taken_for_html(tmp_path: Path) -> None:
    for html in of_text(tmp_path, HOSTILE, HOSTILE_SHAPES).values():
        html5rdf.HTMLParser(strict=True).parse(html.encode())
        page = Page(html)
        assert not {"script", "img", "i"} & set(page.tags)
        assert not re.search(r"[\u202a-\u202e\u2066-\u2069\x00-\x08]", html), "no direction mark takes effect"
        assert r"\u202e" in page.text
        assert r"\x01" in page.text
        assert "{{ 7 * 7 }}" in page.text
        assert all(re.match(r"#|https?://|index\.", href) for _, href, _ in page.links)
        assert "<script>alert(9)</script>" in page.text
        assert '"</td><script>"' in page.text
        assert "javascript:alert(2)" in page.text, "shown, but not a link"
        inside = {href.removeprefix("#") for _, href, _ in page.links if href.startswith("#")}
        assert not {name for name in inside if name not in page.ids}
        assert max(page.ids.values()) == 1


def test_terms_whose_names_clash_have_places_of_their_own(tmp_path: Path) -> None:
    page = Page(of_text(tmp_path, HOSTILE)["en"])
    assert "https://example.org/o#A" in page.entries["A"]
    assert "https://example.org/o#a(b)'c" in page.entries["a(b)'c"]
    places = [name for name in page.entries if "one-" not in name and "https://other.example/A" in page.entries[name]]
    assert len([name for name in places if not name.startswith("part-")]) == 1
    assert len([name for name in page.ids if name.startswith("term-")]) >= 3


ZOO = """
<https://example.org/o> a owl:Ontology ; dcterms:title "Zoo" ; owl:imports <https://example.org/other> ;
    dcterms:creator [ foaf:name "Ada" ] , "Grace" .
e:Animal a owl:Class ; owl:unionOf ( e:Cat e:Dog ) ; owl:hasKey ( e:tag e:chip ) ; owl:disjointUnionOf ( e:Cat e:Dog ) .
e:Cat a owl:Class ; owl:deprecated true ; dcterms:isReplacedBy e:Dog ;
    rdfs:subClassOf [ a owl:Restriction ; owl:onProperty e:eats ; owl:allValuesFrom [ owl:complementOf e:Dog ] ] ,
        [ a owl:Restriction ; owl:onProperty [ owl:inverseOf e:eats ] ; owl:hasSelf true ] ,
        [ a owl:Restriction ; owl:onProperty e:eats ; owl:maxCardinality 3 ] ,
        [ a owl:Restriction ; owl:onProperty e:eats ; owl:qualifiedCardinality 2 ; owl:onClass e:Dog ] ,
        [ a owl:Restriction ; owl:onProperty e:tag ; owl:minQualifiedCardinality 1 ; owl:onDataRange
            [ a rdfs:Datatype ; owl:onDatatype xsd:integer ;
                owl:withRestrictions ( [ xsd:minInclusive 1 ] [ xsd:maxExclusive 9 ] ) ] ] ;
    owl:equivalentClass [ a owl:Class ; owl:oneOf ( e:tom e:felix ) ] .
e:Dog a owl:Class ; owl:disjointWith e:Cat ; rdfs:subClassOf e:Dog , _:loop .
_:loop owl:complementOf _:loop .
e:Circle a owl:Class ; rdfs:subClassOf e:Round . e:Round a owl:Class ; rdfs:subClassOf e:Circle .
e:eats a owl:ObjectProperty , owl:FunctionalProperty , owl:AsymmetricProperty ; owl:inverseOf e:feeds ;
    rdfs:domain [ a owl:Class ; owl:unionOf ( e:Cat e:Dog ) ] ; owl:propertyDisjointWith e:likes .
e:feeds a owl:ObjectProperty ; rdfs:range e:Cat . e:likes a owl:ObjectProperty .
e:tag a owl:DatatypeProperty ; rdfs:range [ a rdfs:Datatype ; owl:oneOf ( "a" "b"@en 3 ) ] . e:chip a rdf:Property .
e:short a rdfs:Datatype ;
    owl:equivalentClass [ owl:onDatatype xsd:string ; owl:withRestrictions ( [ xsd:maxLength 3 ] ) ] .
e:tom a e:Cat , owl:NamedIndividual . e:rex a e:Dog .
e:list a skos:ConceptScheme ; skos:hasTopConcept e:top .
e:top a skos:Concept ; skos:narrower e:mid . e:mid skos:broader e:top ; a skos:Concept ; skos:inScheme e:list .
e:round a skos:Concept ; skos:broader e:square ; skos:inScheme e:list .
e:square a skos:Concept ; skos:broader e:round ; skos:inScheme e:list . e:lone a skos:Concept ; skos:notation "9" .
"""


def test_every_kind_of_axiom_is_shown(tmp_path: Path) -> None:
    page = Page(of_text(tmp_path, ZOO)["en"])
    cat = entry(page, "Cat")
    for shown in (
        "e:eats only (not e:Dog)",
        "(inverse e:eats) Self",
        "e:eats max 3",
        "e:eats exactly 2 e:Dog",
        "e:tag min 1 (xsd:integer[>= 1, < 9])",
        "{e:tom, e:felix}",
        "Replaced by e:Dog",
        "e:Cat class deprecated",
        "Properties of it e:eats",
    ):
        assert shown.replace("e:", "https://example.org/o#") in cat or shown in cat, shown
    animal = entry(page, "Animal").replace("https://example.org/o#", "e:")
    assert "Equivalent to e:Cat or e:Dog" in animal
    assert "Disjoint union of e:Cat or e:Dog" in animal
    assert "Keys e:tag, e:chip" in animal
    eats = entry(page, "eats").replace("https://example.org/o#", "e:")
    assert "Domain e:Cat or e:Dog" in eats
    assert "Inverse of e:feeds" in eats
    assert "asymmetric" in eats
    assert "functional" in eats
    assert "Disjoint with e:likes" in eats
    assert "Inverse of e:eats" in entry(page, "feeds").replace("https://example.org/o#", "e:")
    assert 'Range {"a", "b"@en, 3}' in entry(page, "tag")
    assert "xsd:string[maxLength 3]" in entry(page, "short")
    assert "Creators Ada Grace" in " ".join(page.text.split())
    assert all(page.ids[name] == 1 for name in ("Circle", "Round", "round", "square", "top", "mid", "lone", "tom"))
    assert "https://example.org/o#mid" in page.entries["top"], "below the concept above it"
    assert "Concepts of no list" in page.text


NAMELESS = """
[] a sh:NodeShape ; sh:targetClass e:Dog ;
    sh:not [ sh:class e:Cat ] , [ sh:class e:Animal ] , [ sh:class e:Round ] ;
    sh:or ( [ sh:class e:Dog ] [ sh:nodeKind sh:IRI ] ) , ( [ sh:minLength 1 ] [ sh:maxLength 9 ] ) ;
    sh:property [ sh:path ( e:eats [ sh:inversePath e:feeds ] ) ; sh:maxCount 2 ] ,
        [ sh:path [ sh:alternativePath ( e:eats [ sh:zeroOrMorePath e:likes ] ) ] ; sh:minCount 1 ] ,
        [ sh:path e:tag ; sh:qualifiedValueShape [ sh:pattern "a" ; sh:flags "i" ] ; sh:qualifiedMaxCount 1 ] ,
        [ sh:path e:chip ; sh:deactivated true ; sh:minCount 1 ] .
[] a sh:NodeShape ; sh:targetSubjectsOf e:likes ; sh:in ( e:tom e:rex ) ; sh:severity sh:Info ; sh:message "m" .
[] a sh:NodeShape ; sh:targetNode "text" ; sh:property [ sh:path [ ] ; sh:node [ sh:property [ sh:path e:tag ] ] ] .
"""


def test_shapes_without_names_stand_in_one_order(tmp_path: Path) -> None:
    written = {of_text(tmp_path, ZOO, NAMELESS)["en"] for _ in range(6)}
    assert len(written) == 1, "the names of blank nodes change with each reading"
    page = Page(written.pop())
    dog = entry(page, "Dog").replace("https://example.org/o#", "e:")
    for shown in (
        "not (class e:Animal) not (class e:Cat) not (class e:Round)",
        "or ((class e:Dog) | (nodeKind IRI))",
        "e:eats/(^e:feeds) 0..2",
        "e:eats|(e:likes*) 1..*",
        'qualifiedValueShape [0..1] (pattern "a", flags "i")',
    ):
        assert shown in dog, shown
    assert "e:chip" not in dog, "a deactivated shape asks for nothing"
    assert "in ({}) information m".format("e:tom, e:rex") in entry(page, "likes").replace(
        "https://example.org/o#", "e:"
    )
    assert 'targetNode "text"' in entry(page, "part-other-shapes")


def test_ontology_without_a_label_and_terms_without_an_ontology(tmp_path: Path) -> None:
    plain = Page(of_text(tmp_path, "<https://example.org/o> a owl:Ontology . e:A a owl:Class .")["en"])
    assert "https://example.org/o#A" in plain.entries["A"]
    alone = Page(of_text(tmp_path, "e:A a owl:Class . e:p a rdf:Property ; rdfs:domain e:A .")["zh-Hant"])
    assert "https://example.org/o#p" in alone.entries["A"]


def test_what_is_its_own_part_ends() -> None:
    loop = ox.BlankNode("loop")
    owl = "http://www.w3.org/2002/07/owl#"
    statements = Statements([ox.Quad(loop, ox.NamedNode(owl + "complementOf"), loop)])
    assert expression(statements, loop) == ("not ", "?")
    assert expression(statements, ox.BlankNode("nothing")) == ("?",)


def test_forest_has_each_node_once() -> None:
    a, b, c, d = nodes = [ox.NamedNode(f"urn:{name}") for name in "abcd"]
    (first, *rest) = forest(nodes, {a: [b, c], b: [d], c: [d, a]})
    assert (first.node, [tree.node for tree in first.below], rest) == (a, [b, c], [])
    deep = [ox.NamedNode(f"urn:n{number:04}") for number in range(5000)]
    trees = forest(deep, {upper: [lower] for upper, lower in pairwise(deep)})
    assert len(trees) == 167


def test_pages_are_written_into_a_new_folder_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert main(["document", "--ontology", str(LIBRARY / "ontology"), "--output", str(tmp_path)]) == 2
    assert "the folder is not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
