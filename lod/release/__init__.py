"""Releases: everything is written into a staging folder, and renamed whole into its place."""

from lod.release.manifest import MANIFEST
from lod.release.run import Used, released_time, run_quads
from lod.release.stage import check_target, staged
from lod.release.write import write_release

__all__ = ["MANIFEST", "Used", "check_target", "released_time", "run_quads", "staged", "write_release"]
