"""Snapshots: pages of the web, stored in a project with their hash, so that quotes can be looked up in them."""

from lod.snapshot.client import Client, is_public
from lod.snapshot.pages import Snapshot, snapshot_pages, stored_pages

__all__ = ["Client", "Snapshot", "is_public", "snapshot_pages", "stored_pages"]
