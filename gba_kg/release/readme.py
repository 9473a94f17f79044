"""The page that lies in a release for whoever opens the folder."""

from __future__ import annotations

from collections.abc import Iterable

from gba_kg.release.description import Dataset, Described

__all__ = ["readme"]

_CHECK = """
`description.ttl` (and `.rdf`, `.jsonld`) says all this for machines, in DCAT 3 and VoID. `manifest.json` lists every
file with its media type, size and SHA-256. To check what you have:

```sh
sha256sum --check SHA256SUMS
```
"""


def readme(dataset: Dataset, described: Iterable[Described], *, licence: str | None) -> bytes:
    """Markdown: what the dataset is, a table of its files, how to check them, and its licence."""
    title, *parts = described
    lines = [f"# {_plain(' '.join(filter(None, [title.title['en'], dataset.version])))}", ""]
    lines += [_plain(title.title["zh-Hans"]), "", _plain(title.title["zh-Hant"]), ""]
    lines += [f"<{dataset.iri}>", "", "| file | what | bytes |", "|---|---|---:|"]
    for each in [title, *parts]:
        for kind, file in each.files:
            lines.append(f"| [{file.path}]({file.path}) | {_plain(each.title['en'])}: {kind.syntax[0]} | {file.size} |")
    if dataset.page:
        lines += ["", f"[{dataset.page}]({dataset.page}) explains the terms, in three languages."]
    lines += [_CHECK]
    known = f" ({licence})" if licence else ""
    lines += [f"Licence: {', '.join(f'<{iri}>' for iri in dataset.licenses)}{known}.", ""]
    return "\n".join(lines).encode()


def _plain(text: str) -> str:
    """Text of the data on one line, without what Markdown or HTML would act on."""
    line = " ".join(text.split())
    return "".join(f"\\{character}" if character in "\\`*_[]<>|#&!" else character for character in line)
