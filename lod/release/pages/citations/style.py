"""The forms in which a source is cited, each with its media type and the suffix of its files."""

from collections.abc import Callable
from dataclasses import dataclass

from lod.release.pages.citations.bibtex import bibtex
from lod.release.pages.citations.csl import csl
from lod.release.pages.citations.ris import ris
from lod.release.pages.citations.work import Work


@dataclass(frozen=True)
class Style:
    """A form of citations, and what writes a work in it."""

    title: str
    media_type: str
    suffix: str
    write: Callable[[Work], str]


STYLES = (
    Style("BibTeX", "application/x-bibtex", ".bib", bibtex),
    Style("RIS", "application/x-research-info-systems", ".ris", ris),
    Style("CSL-JSON", "application/vnd.citationstyles.csl+json", ".csl.json", csl),
)
