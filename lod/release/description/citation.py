"""CITATION.cff: how a release is to be cited, for code hosts and reference managers.

https://github.com/citation-file-format/citation-file-format/blob/main/schema-guide.md
"""

import json
import re
from collections.abc import Iterator

from lod.project import Dataset
from lod.release.run import released_time

CITATION = "CITATION.cff"
# Licences whose SPDX name follows from their address. https://spdx.org/licenses/
_CREATIVE_COMMONS = re.compile(
    r"https?://creativecommons\.org/(?:licenses/([a-z-]+)/([0-9.]+)|publicdomain/(zero)/1\.0)/?"
)


def citation(dataset: Dataset) -> str:
    """Return the citation file of a data set."""
    return "".join(f"{line}\n" for line in _lines(dataset))


def _lines(dataset: Dataset) -> Iterator[str]:
    yield "cff-version: 1.2.0"
    yield 'message: "Please cite this data set as follows, and each claim with its own source."'
    yield "type: dataset"
    yield f"title: {_text(dataset.title)}"
    if dataset.description:
        yield f"abstract: {_text(dataset.description)}"
    yield "authors:"
    yield from (f"  - name: {_text(name)}" for name in dataset.authors or (dataset.publisher,))
    yield f"version: {_text(dataset.version)}"
    yield f"date-released: {released_time(dataset)[:10]}"
    yield f"url: {_text(dataset.base)}"
    found = _CREATIVE_COMMONS.fullmatch(dataset.license)
    yield f"license: {_spdx(found)}" if found else f"license-url: {_text(dataset.license)}"
    if dataset.keywords:
        yield "keywords:"
        yield from (f"  - {_text(word)}" for word in dataset.keywords)


def _spdx(found: re.Match[str]) -> str:
    return "CC0-1.0" if found[3] else f"CC-{found[1].upper()}-{found[2]}"


def _text(text: str) -> str:
    """Return a text as YAML: a string of JSON is one of YAML too."""
    return json.dumps(text, ensure_ascii=False)
