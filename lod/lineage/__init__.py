"""Lineage: on which sources claims rest in the end, which agree, and which contradict each other.

All of it is computed from published statements alone, so that anyone can compute it again (queries/*.rq do).
"""

from lod.lineage.agreement import agreements, spreads
from lod.lineage.alike import alike, published
from lod.lineage.compute import Lineage, lineage
from lod.lineage.contradictions import contradictions, excesses
from lod.lineage.duplicates import duplicates
from lod.lineage.graph import lineage_tables
from lod.lineage.roots import KINDS, roots
from lod.lineage.stated import TOLERANCE, stated

__all__ = [
    "KINDS",
    "TOLERANCE",
    "Lineage",
    "agreements",
    "alike",
    "contradictions",
    "duplicates",
    "excesses",
    "lineage",
    "lineage_tables",
    "published",
    "roots",
    "spreads",
    "stated",
]
