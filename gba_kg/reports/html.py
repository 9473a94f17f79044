"""Findings as one page of HTML that needs nothing else: no script, no network."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from gba_kg.findings import SEVERITIES, Finding, Report
from gba_kg.namespaces import shrink
from gba_kg.reports.context import Context
from gba_kg.reports.excerpt import excerpt
from gba_kg.reports.words import counted, counts, word
from gba_kg.results import visible
from gba_kg.rules import RULES

__all__ = ["render"]

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: start; font-weight: bold; }
th, td { border-block-end: 1px solid #8888; padding: .4rem .6rem; text-align: start; vertical-align: top; }
td { overflow-wrap: anywhere; }
pre { margin: .3rem 0; white-space: pre-wrap; }
mark { outline: 1px solid; }
.violation th { border-inline-start: .4rem solid #c00; }
.warning th { border-inline-start: .4rem solid #c80; }
.info th { border-inline-start: .4rem solid #08c; }
#violation:not(:checked) ~ table .violation, #warning:not(:checked) ~ table .warning,
#info:not(:checked) ~ table .info { display: none; }
"""
_COLUMNS = ("severity", "place", "rule", "message", "node")


def render(report: Report, context: Context) -> str:
    """A heading, the counts, and a table with a row for each finding; boxes hide rows by severity."""
    return "".join(f"{line}\n" for line in _page(report, context))


def _page(report: Report, context: Context) -> Iterator[str]:
    language = context.language
    title = word("title", language)
    yield "<!DOCTYPE html>"
    yield f'<html lang="{language}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}: {counted(len(report.findings), language)}</title>"
    yield f"<style>{_STYLE}</style>"
    yield "</head>"
    yield "<body>"
    yield "<main>"
    yield f"<h1>{title}</h1>"
    yield f"<p><strong>{counted(len(report.findings), language)}</strong></p>"
    yield f"<p>{word(context.proved, language)}: {_text(counts(report.checked, language))}</p>"
    for reason in report.skipped:
        yield f'<p>{word("skipped", language)}: <bdi lang="en">{_text(reason)}</bdi></p>'
    if report.findings:
        yield from _table(report, context)
    yield "</main>"
    yield "</body>"
    yield "</html>"


def _table(report: Report, context: Context) -> Iterator[str]:
    language = context.language
    for severity in SEVERITIES:
        count = sum(finding.severity == severity for finding in report.findings)
        if count:
            label = f"{word('show', language)}: {word(severity, language)} ({count})"
            yield f'<input type="checkbox" id="{severity}" checked> <label for="{severity}">{label}</label>'
    yield "<table>"
    yield f"<caption>{counted(len(report.findings), language)}</caption>"
    heads = "".join(f'<th scope="col">{word(name, language)}</th>' for name in _COLUMNS)
    yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    for finding in report.findings:
        yield from _row(finding, context)
    yield "</tbody>"
    yield "</table>"


def _row(finding: Finding, context: Context) -> Iterator[str]:
    yield f'<tr class="{finding.severity}">'
    yield f'<th scope="row">{word(finding.severity, context.language)}</th>'
    yield f"<td>{_code(finding.place)}</td>"
    yield f"<td>{_code(finding.rule)}{_shape(finding, context)}</td>"
    yield f"<td>{_message(finding, context)}{_excerpt(finding, context)}</td>"
    yield f"<td>{_node(finding, context)}</td>"
    yield "</tr>"


def _message(finding: Finding, context: Context) -> str:
    # The shape may have no message in the language of the page.
    messages = finding.shacl.messages if finding.shacl is not None else ()
    tag = next((said.language for said in messages if said.value == finding.message and said.language), "")
    if finding.shacl is None and finding.rule in RULES:
        tag = context.language
    same = tag is not None and tag.lower() == context.language.lower()
    return f"<bdi{'' if same else _lang(tag)}>{_text(finding.message)}</bdi>"


def _shape(finding: Finding, context: Context) -> str:
    if finding.shacl is None:
        return ""
    source = f"{shrink(finding.shacl.source)} {finding.shacl.source_place}".strip()
    return f"<br>{word('shape', context.language)}: {_code(source)}"


def _node(finding: Finding, context: Context) -> str:
    if finding.focus is None:
        return ""
    label = context.label(finding.focus)
    said = "" if label is None else f"<bdi{_lang(label.language)}>{_text(label.value)}</bdi><br>"
    return said + _code(shrink(finding.focus))


def _excerpt(finding: Finding, context: Context) -> str:
    line = context.line(finding)
    if line is None:
        return ""
    piece = excerpt(line, finding.column)
    marked = f"<mark>{escape(piece.at)}</mark>" if piece.at else ""
    return (
        f'<pre dir="ltr" lang="" translate="no"><code>{escape(piece.before)}{marked}{escape(piece.after)}</code></pre>'
    )


def _lang(tag: str | None) -> str:
    return f' lang="{escape(tag or "")}"'


def _code(text: str) -> str:
    return f'<code dir="ltr" lang="" translate="no">{_text(text)}</code>' if text else ""


def _text(text: str) -> str:
    return escape(visible(text))
