"""Sources as reference managers and Wikidata take them in."""

from lod.release.pages.citations.style import STYLES, Style
from lod.release.pages.citations.wikidata import reference
from lod.release.pages.citations.work import Work, works

__all__ = ["STYLES", "Style", "Work", "reference", "works"]
