"""What became of claims from one release to the next."""

from lod.difference.compare import diff_releases
from lod.difference.fate import BECAME, Change, Difference, Fate, Value
from lod.difference.patch import rdf_patch

__all__ = [
    "BECAME",
    "Change",
    "Difference",
    "Fate",
    "Value",
    "diff_releases",
    "rdf_patch",
]
