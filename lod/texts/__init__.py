"""The stored texts of sources: found in the records, held to their hashes, read, and folded."""

from lod.texts.fold import Folded, fold
from lod.texts.read import Snapshot, StoredText, read_text
from lod.texts.stored import STORED, snapshot, stored

__all__ = ["STORED", "Folded", "Snapshot", "StoredText", "fold", "read_text", "snapshot", "stored"]
