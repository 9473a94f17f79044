"""Random documents: every statement is found where it was written, and no text makes a reader crash."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gba_kg.errors import InputError
from gba_kg.files import STDIN, RdfFile
from gba_kg.locate import locate
from gba_kg.stored import StoredQuery, find_queries
from gba_kg.syntaxes import SYNTAXES, syntax_named

EXAMPLES = settings(max_examples=150, deadline=None, derandomize=True)
PROLOGUE = "@prefix e: <http://e.example/#> .\nBASE <http://e.example/>\nPREFIX : <d/>\n"
SPACES = st.sampled_from([" ", "\n", "\r\n", "\t", " # a \"comment' [ ( <\n", "#\r\n", "  \n\n"])
STRINGS = st.sampled_from(
    ['"s"', "'s'", '"""a\n"b" ] . \'\'\' """', "'''x\r\ny'' ;'''", '"\\" \\u4e2d ] ;"', "'# no comment'", '""', "''"]
)
SUFFIXES = st.sampled_from(["", "", "@en", "@zh-Hans", "^^e:type", "^^<type>"])
NUMBERS = st.sampled_from(["1", "-2.5", "+.5", "1e3", "true", "false"])
NAMES = st.sampled_from(["e:a", ":b", "e:a.b", "e:a\\,b", "e:%41", "<x>", "<http://e.example/\\u4e2d#>", ":", "e:a:b"])


@dataclass
class Writer:
    """Writes a document and notes where each object was written, by a mark that no other object has."""

    draw: st.DrawFn
    text: str = PROLOGUE
    marks: dict[str, int] = field(default_factory=dict)

    def put(self, token: str) -> None:
        self.text += token + self.draw(SPACES)

    def marked(self) -> None:
        """An object that is its own: an IRI, a name or a literal with a number of its own in it."""
        own = f"m{len(self.marks)}m"
        self.marks[own] = len(self.text)
        kind = self.draw(st.integers(0, 3))
        if kind == 0:
            self.put(f"<{own}>")
        elif kind == 1:
            self.put(f"e:{own}")
        else:
            string = self.draw(STRINGS)
            quote = 3 if string[:3] in ('"""', "'''") and len(string) > 2 else 1
            self.put(string[:quote] + own + string[quote:] + self.draw(SUFFIXES))

    def object(self, depth: int) -> None:
        kind = self.draw(st.integers(0, 9))
        if kind < 2 and depth:
            self.put("[")
            self.predicates(depth - 1)
            self.put("]")
        elif kind < 4 and depth:
            self.put("(")
            for _ in range(self.draw(st.integers(0, 3))):
                self.object(depth - 1)
            self.put(")")
        elif kind == 4:
            self.put(self.draw(st.sampled_from(["[]", "_:x", "_:y.z", "()"])))
        elif kind == 5:
            self.put(self.draw(NUMBERS))
        elif kind == 6:
            self.put(self.draw(NAMES))
        else:
            self.marked()

    def predicates(self, depth: int) -> None:
        for number in range(self.draw(st.integers(1, 3))):
            if number:
                self.put(";")
            self.put(self.draw(st.one_of(NAMES, st.just("a"))))
            for other in range(self.draw(st.integers(1, 2))):
                if other:
                    self.put(",")
                self.object(depth)

    def statement(self) -> None:
        kind = self.draw(st.integers(0, 4))
        if kind == 0:
            self.put("[")
            self.predicates(1)
            self.put("]")
        elif kind == 1:
            self.put("(")
            self.object(1)
            self.put(")")
            self.predicates(2)
        else:
            self.put(self.draw(st.one_of(NAMES, st.sampled_from(["_:x", "[]"]))))
            self.predicates(3)


@st.composite
def documents(draw: st.DrawFn, *, graphs: bool = False) -> tuple[str, dict[str, int]]:
    writer = Writer(draw)
    for _ in range(draw(st.integers(1, 3))):
        if graphs:
            writer.put(draw(st.sampled_from(["{", "<g> {", "GRAPH e:g {", "graph _:g {", "[] {"])))
        writer.statement()
        writer.put("}" if graphs else ".")
    return writer.text, writer.marks


def _offset(text: str, line: int, column: int) -> int:
    starts = [0] + [match.end() for match in re.finditer(r"\r\n|\r|\n", text)]
    return starts[line - 1] + column - 1


def _check(text: str, marks: dict[str, int], name: str) -> None:
    file = RdfFile(STDIN, "http://e.example/file", syntax_named(name), text.encode())
    triples = set(file.triples())
    places = locate(file)
    assert set(places.triples) == triples
    assert set(places.subjects) == {triple.subject for triple in triples}
    seen = set()
    for triple, place in places.triples.items():
        own = (
            re.search(r"m\d+m", triple.object.value) if isinstance(triple.object, (ox.NamedNode, ox.Literal)) else None
        )
        if own and triple.predicate.value.rpartition("#")[2] != "rest":
            assert _offset(text, place.line, place.column) == marks[own[0]], (own[0], text)
            seen.add(own[0])
    assert seen == set(marks)


@EXAMPLES
@given(documents())
def test_turtle(document: tuple[str, dict[str, int]]) -> None:
    _check(*document, "turtle")


@EXAMPLES
@given(documents(graphs=True))
def test_trig(document: tuple[str, dict[str, int]]) -> None:
    _check(*document, "trig")


@pytest.mark.parametrize(
    "text",
    ['<s> <p> [ <q> "m0m" ] .', '<s> <p> [ <q> [ <r> "m0m" ] ] .', "<s> <p> [ <q> 1 ; <r> 'm0m' ] , ( [ <t> 'x' ] ) ."],
)
def test_a_string_before_the_end_of_a_bracket(text: str) -> None:
    _check(text, {"m0m": text.index("m0m") - 1}, "turtle")


VALID = {
    "turtle": PROLOGUE + "e:s e:p [ :q 1 , \"x\"@en ; a e:C ] ; e:r ( 1 '''y''' ) .",
    "trig": PROLOGUE + "e:g { e:s e:p [ :q 1 ] } GRAPH <h> { :a :b ( :c ) }",
    "ntriples": '<urn:a> <urn:b> "x"@en .\n_:a <urn:b> "y"^^<urn:d> . # end\n',
    "nquads": '<urn:a> <urn:b> "x"@en <urn:g> .\n_:a <urn:b> _:c _:g .\n',
    "rdfxml": '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:">'
    '<e:C rdf:about="a"><e:p rdf:resource="b"/><e:q xml:lang="en">x &amp; y</e:q></e:C></rdf:RDF>',
    "jsonld": '{"@context": {"e": "http://e.example/#"}, "@id": "e:s", '
    '"e:p": [{"@id": "", "e:q": "x"}, {"@list": [1]}]}',
}
PIECES = [
    "",
    "[",
    "]",
    "(",
    "{",
    "}",
    '"',
    "'",
    "<",
    ">",
    "<<",
    "{|",
    "@",
    "^^",
    "\\",
    "#",
    "\0",
    "\ud7ff",
    "_:",
    ".",
    "&x;",
    "é",
]


@st.composite
def mutations(draw: st.DrawFn, text: str) -> bytes:
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 6)))
        text = text[:start] + draw(st.sampled_from(PIECES)) + text[end:]
    content = text.encode()
    return content[: draw(st.integers(0, len(content)))] if draw(st.booleans()) else content


@pytest.mark.parametrize("name", [syntax.name for syntax in SYNTAXES])
def test_mutations_are_read_or_refused(name: str) -> None:
    @EXAMPLES
    @given(mutations(VALID[name]))
    def reads(content: bytes) -> None:
        file = RdfFile(STDIN, "http://e.example/file", syntax_named(name), content)
        try:
            list(file.quads())
            locate(file)
        except InputError as error:
            assert error.message  # noqa: PT017 - any other error is the fault that is looked for
        try:
            file.load_into(ox.Store())
        except InputError as error:
            assert error.file == "<stdin>"  # noqa: PT017

    reads()


LINES = (
    *("summary: x", "summary-zh-Hans: x", "empty: yes", "tags: [", "tags: 3", "tags: [1]", "- a", "&a *a", "? [a]"),
    *("parameters:", "  - name: a", "    type: iri", "    description: x", "    prefix: [a]", "    prefix: no"),
    *("parameters: 1", "parameters: [1]", "parameters: [{name: [], type: {}, description: 1}]", "empty: 2024-99-99"),
)
HEADERS = st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=12)), max_size=6)
FULL = [f"{key}{tag}: x" for key in ("summary", "description") for tag in ("", "-zh-Hans", "-zh-Hant")]


BAD_HEADERS = [
    ("parameters: 1", "'parameters' of the header is not a list"),
    ("parameters: [1]", "'parameters' of the header is not a list"),
    ("tags: [1]", "'tags' of the header is not a list of words"),
    ("empty: 2024-99-99", "is not YAML"),
    ("parameters: [{name: a, type: iri, description: 1}]", "its description is not text"),
    ("parameters: [{name: a, type: {}, description: x}]", "its type is not text"),
    ("parameters: [{name: a, type: iri, description: x, prefix: nope}]", "no prefix 'nope'"),
    ("parameters: [{name: a, type: iri, description: x, prefix: [a]}]", "no prefix"),
]


@pytest.mark.parametrize(("line", "message"), BAD_HEADERS)
def test_headers_that_are_refused(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "x.rq").write_text("".join(f"#+ {each}\n" for each in [*FULL, line]) + "ASK {}\n")
    with pytest.raises(InputError, match=message):
        find_queries(tmp_path)


@EXAMPLES
@given(HEADERS, st.booleans(), st.sampled_from(["ASK {}", "SELECT * { VALUES ?a { 1 } # parameter\n}", "\x00"]))
def test_headers_of_queries_are_read_or_refused(lines: list[str], full: bool, body: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.rq"
        header = "\n".join(f"#+ {line}" for line in [*(FULL if full else []), *lines])
        path.write_bytes(f"{header}\n{body}\n".encode("utf-8", "surrogatepass"))
        try:
            (query,) = find_queries(Path(folder))
        except InputError as error:
            assert error.message  # noqa: PT017
            return
        assert isinstance(query, StoredQuery)
        assert all(isinstance(tag, str) for tag in query.tags)
