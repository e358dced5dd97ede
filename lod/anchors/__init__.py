"""Anchors: where quotes stand in the stored texts of their sources, word for word or folded, or that they do not."""

from lod.anchors.compute import anchors
from lod.anchors.find import ANCHORINGS, NOT_FOUND, Place, Text
from lod.anchors.fold import fold

__all__ = ["ANCHORINGS", "NOT_FOUND", "Place", "Text", "anchors", "fold"]
