"""Kinds of works: what schema.org calls them, and three others."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """How CSL, BibTeX and RIS call it.

    https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types
    """

    csl: str
    bibtex: str
    ris: str


# By how the IRIs of classes end, narrow ones first.
_KINDS = {
    "NewsArticle": Kind("article-newspaper", "article", "NEWS"),
    "ScholarlyArticle": Kind("article-journal", "article", "JOUR"),
    "Article": Kind("article-magazine", "article", "MGZN"),
    "Report": Kind("report", "techreport", "RPRT"),
    "Book": Kind("book", "book", "BOOK"),
    "Chapter": Kind("chapter", "incollection", "CHAP"),
    "Thesis": Kind("thesis", "misc", "THES"),
    "Manuscript": Kind("manuscript", "unpublished", "UNPB"),
    "Legislation": Kind("legislation", "misc", "STAT"),
    "BlogPosting": Kind("post-weblog", "misc", "BLOG"),
    "Posting": Kind("post", "misc", "ELEC"),
    "Page": Kind("webpage", "misc", "ELEC"),
    "WebSite": Kind("webpage", "misc", "ELEC"),
    "Dataset": Kind("dataset", "misc", "DATA"),
    "Map": Kind("map", "misc", "MAP"),
    "Photograph": Kind("graphic", "misc", "ART"),
    "ImageObject": Kind("graphic", "misc", "ART"),
    "VideoObject": Kind("motion_picture", "misc", "VIDEO"),
    "Movie": Kind("motion_picture", "misc", "MPCT"),
    "AudioObject": Kind("song", "misc", "SOUND"),
    "Episode": Kind("broadcast", "misc", "VIDEO"),
}
_OTHER = Kind("document", "misc", "GEN")


def kind_of(classes: Sequence[str]) -> Kind:
    """Return the kind of a work by the IRIs of its classes."""
    found = (kind for ending, kind in _KINDS.items() for iri in classes if iri.endswith(ending))
    return next(found, _OTHER)
