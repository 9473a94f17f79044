"""What a validation, a check or a proof of evidence has to say: findings, in one shape for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["LEVELS", "SEVERITIES", "Finding", "Place", "Proof", "Report", "ShaclResult"]

SEVERITIES = ("violation", "warning", "info")
LEVELS = (*SEVERITIES, "none")
"""From which severity on findings fail a run, the gravest first."""


Place = tuple[str | None, int | None, int | None]
"""File, line and column; what is not known is None."""


@dataclass(frozen=True)
class ShaclResult:
    """The RDF terms of a validation result (SHACL, section 3.6.2), which texts alone would not give back.

    ``path`` is an IRI, or a node that the triples of ``steps`` describe. ``messages`` are those of the shape in all
    its languages, ``asked`` the same before the values of a result are put into them; ``place`` is where the shape
    stands.
    """

    focus: ox.NamedNode | ox.BlankNode | ox.Literal
    path: ox.NamedNode | ox.BlankNode | None
    steps: tuple[ox.Triple, ...]
    value: ox.NamedNode | ox.BlankNode | ox.Literal | None
    shape: ox.NamedNode | ox.BlankNode
    constraint: ox.NamedNode | ox.BlankNode | None
    component: ox.NamedNode
    severity: ox.NamedNode
    messages: tuple[ox.Literal, ...] = ()
    asked: tuple[ox.Literal, ...] = ()
    place: Place = (None, None, None)

    @property
    def source(self) -> str:
        """The IRI or blank node of the constraint, or of the shape where that is all that has a name."""
        node = self.constraint or self.shape
        return node.value if str(node).startswith("<") else str(node)

    @property
    def source_place(self) -> str:
        """``file:line:column`` of the shape as far as they are known."""
        return ":".join(str(part) for part in self.place if part is not None)


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, by which rule, and where.

    ``rule`` is a stable id: the local name of a shape or a name such as ``evidence-figure``. ``line`` and ``column``
    count from 1. Fields that do not apply are None. ``shacl`` holds the terms of a SHACL result; it is no part of what
    tells findings apart, nor of their JSON form.
    """

    rule: str
    message: str
    severity: str = "violation"
    focus: str | None = None
    path: str | None = None
    value: str | None = None
    shape: str | None = None
    component: str | None = None
    file: str | None = None
    line: int | None = None
    column: int | None = None
    shacl: ShaclResult | None = field(default=None, compare=False, repr=False)

    @property
    def place(self) -> str:
        """``file:line:column`` as far as they are known.

        >>> Finding("r", "said", file="a.ttl", line=3).place
        'a.ttl:3'
        """
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)

    def as_dict(self) -> dict[str, Any]:
        """The JSON form of the findings contract."""
        return {name: value for name, value in self.__dict__.items() if name != "shacl"}

    def order(self) -> tuple[str, int, int, str, str, str, str]:
        """Findings stand in the order of file, line, column and rule."""
        return (
            self.file or "",
            self.line or 0,
            self.column or 0,
            self.rule,
            self.focus or "",
            self.value or "",
            self.message,
        )


@dataclass(frozen=True)
class Proof:
    """One thing that was shown to hold: by which rule, of what, and in which words of a document."""

    rule: str
    focus: str
    words: str | None = None


@dataclass(frozen=True)
class Report:
    """Findings and what was looked at: counts of files, triples, shapes, targets and the like.

    ``proved`` lists what was shown to hold, ``skipped`` what could not be looked at and why.
    """

    findings: tuple[Finding, ...]
    checked: dict[str, int] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    proved: tuple[Proof, ...] = ()

    @classmethod
    def of(
        cls,
        findings: Iterable[Finding],
        checked: Mapping[str, int] | None = None,
        skipped: Iterable[str] = (),
        proved: Iterable[Proof] = (),
    ) -> Report:
        """A report with its findings in order, each said once."""
        ordered = sorted(set(findings), key=Finding.order)
        return cls(tuple(ordered), dict(checked or {}), tuple(skipped), tuple(proved))

    @property
    def conforms(self) -> bool:
        """Whether nothing at all was found."""
        return not self.findings

    def fails(self, level: str) -> bool:
        """Whether a finding is of a level of ``LEVELS`` or of a graver one; for the level ``none`` never.

        >>> Report((Finding("r", "said", "warning"),)).fails("violation")
        False
        """
        graver = SEVERITIES[: LEVELS.index(level) + 1] if level != "none" else ()
        return any(finding.severity in graver for finding in self.findings)

    def __add__(self, other: Report) -> Report:
        return Report(
            # Results of SHACL that read the same are several, here as in the report of ``validate`` alone.
            tuple(sorted((*self.findings, *other.findings), key=Finding.order)),
            {**self.checked, **other.checked},
            (*self.skipped, *other.skipped),
            (*self.proved, *other.proved),
        )

    def as_dict(self) -> dict[str, object]:
        """The JSON form of the findings contract."""
        return {
            "conforms": self.conforms,
            "findings": [finding.as_dict() for finding in self.findings],
            "checked": self.checked,
            "skipped": list(self.skipped),
            "proved": [asdict(proof) for proof in self.proved],
        }
