"""The source documents and the passages of a graph in them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from gba_kg.errors import IncompleteError
from gba_kg.facts import Facts, iri
from gba_kg.files import read_text
from gba_kg.findings import Finding, Proof
from gba_kg.namespaces import shrink
from gba_kg.resources import bundled_root
from gba_kg.rules import found

__all__ = ["Documents", "Passage", "sources_folder"]


def sources_folder(given: Path | None = None) -> Path:
    """The folder of the documents: given, or ``GBA_KG_SOURCES``, or ``shared/sources`` beside the checkout.

    Raises IncompleteError when it is not there: the documents are not part of the project.
    """
    named = given or (Path(os.environ["GBA_KG_SOURCES"]) if os.environ.get("GBA_KG_SOURCES") else None)
    folder = named or bundled_root().parent / "shared" / "sources"
    if not folder.is_dir():
        place = folder if named else "../shared/sources"
        raise IncompleteError(f"no source documents at '{place}': name their folder with --sources or GBA_KG_SOURCES")
    return folder


@dataclass(frozen=True)
class Passage:
    """A span of a document in code points (end exclusive), what is quoted of it, and the section it stands in."""

    source: str
    start: int
    end: int
    exact: str | None
    section: ox.NamedNode | None


@dataclass
class Documents:
    """The texts of the sources of a graph by source IRI, and its passages that lie within them."""

    facts: Facts
    folder: Path
    language: str = "en"
    texts: dict[str, str] = field(default_factory=dict)
    passages: dict[ox.NamedNode, Passage] = field(default_factory=dict)
    proved: list[Proof] = field(default_factory=list)

    def read(self) -> Iterator[Finding]:
        """Read the documents and the passages; yields what does not fit and notes what does in ``proved``."""
        yield from self._sources()
        yield from self._spans()
        yield from self._sections()

    def prove(self, rule: str, focus: str, words: str | None = None) -> None:
        """Note that a rule holds for a record, or for some words of a section."""
        self.proved.append(Proof(rule, focus, words))

    def finding(
        self,
        rule: str,
        fault: str,
        node: ox.NamedNode,
        property_: str | None = None,
        said: Mapping[str, object] | None = None,
    ) -> Finding:
        """A finding on a record, at the line of the property that is at fault; ``said`` are details of its message."""
        path = iri(property_) if property_ else None
        return found(
            rule,
            self.language,
            fault=fault,
            said=said,
            at=self.facts.place(node, path),
            focus=node.value,
            path=path and path.value,
            value=self.facts.text(node, property_) if property_ else None,
        )

    def extent(self, section: ox.NamedNode) -> Passage | None:
        """The span of a section, where it is known."""
        extent = self.facts.node(section, "gba:extent")
        return self.passages.get(extent) if extent else None

    def quotations(self, node: ox.NamedNode) -> list[str]:
        """What the passages of a record quote."""
        found = (self.passages.get(passage) for passage in self.facts.nodes(node, "gba:evidence"))
        return [passage.exact for passage in found if passage and passage.exact is not None]

    def _sources(self) -> Iterator[Finding]:
        for node in self.facts.instances("gba:Source"):
            name = self.facts.text(node, "gba:fileName") or ""
            path = self.folder / name
            if not path.is_file():
                yield self.finding("evidence-source", "absent", node, "gba:fileName", {"name": name})
                continue
            text = read_text(path)
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            if digest != self.facts.text(node, "gba:sha256"):
                yield self.finding("evidence-source", "digest", node, "gba:sha256", {"found": digest})
            elif str(len(text)) != self.facts.text(node, "gba:characters"):
                yield self.finding("evidence-source", "length", node, "gba:characters", {"found": len(text)})
            else:
                self.prove("evidence-source", node.value)
            self.texts[node.value] = text

    def _spans(self) -> Iterator[Finding]:
        for node in self.facts.instances("gba:Passage"):
            selector = self.facts.node(node, "oa:hasSelector")
            source = self.facts.node(node, "oa:hasSource")
            text = self.texts.get(source.value if source else "")
            start, end = (self.facts.text(selector, name) for name in ("oa:start", "oa:end"))
            if selector is None or source is None or text is None or start is None or end is None:
                yield self.finding("evidence-span", "unreadable", node)
                continue
            exact = self.facts.text(selector, "oa:exact")
            passage = Passage(source.value, int(start), int(end), exact, self.facts.node(node, "gba:section"))
            if not 0 <= passage.start < passage.end <= len(text):
                yield self.finding("evidence-span", "beyond", selector, "oa:start", {"start": start, "end": end})
                continue
            self.passages[node] = passage
            if exact is not None:
                printed = text[passage.start : passage.end]
                if printed != exact:
                    yield self.finding("evidence-quotation", "differs", selector, "oa:exact", {"words": printed})
                else:
                    self.prove("evidence-quotation", node.value, exact)

    def _sections(self) -> Iterator[Finding]:
        for node, passage in self.passages.items():
            extent = self.extent(passage.section) if passage.section else None
            if extent and not (
                extent.source == passage.source and extent.start <= passage.start and passage.end <= extent.end
            ):
                assert passage.section is not None
                said = {"section": shrink(passage.section.value)}
                yield self.finding("evidence-span", "outside", node, "gba:section", said)
            else:
                self.prove("evidence-span", node.value)
