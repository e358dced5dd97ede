"""What became of claims from one release to the next, and which of them vanished without a word."""

from lod.difference.altered import Altered, altered
from lod.difference.compare import diff_releases
from lod.difference.fate import BECAME, Change, Difference, Fate, Value
from lod.difference.feed import FEED, feed
from lod.difference.patch import rdf_patch
from lod.difference.vanished import Vanished, vanished

__all__ = [
    "BECAME",
    "FEED",
    "Altered",
    "Change",
    "Difference",
    "Fate",
    "Value",
    "Vanished",
    "altered",
    "diff_releases",
    "feed",
    "rdf_patch",
    "vanished",
]
