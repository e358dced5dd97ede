"""Anchors: where quotes stand in the stored texts of their sources, word for word or folded, or that they do not."""

from lod.anchors.compute import anchors
from lod.anchors.find import NOT_FOUND, Place, Text
from lod.anchors.graph import ANCHOR_NODES, LABELS, anchor_tables

__all__ = ["ANCHOR_NODES", "LABELS", "NOT_FOUND", "Place", "Text", "anchor_tables", "anchors"]
