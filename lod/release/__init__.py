"""Releases: everything is written into a staging folder, which is renamed whole, and never changes after that."""

from lod.release.manifest import MANIFEST, SIGNATURE
from lod.release.run import Used, released_time, run_quads
from lod.release.stage import LATEST, check_target, publish, staged
from lod.release.write import write_release

__all__ = [
    "LATEST",
    "MANIFEST",
    "SIGNATURE",
    "Used",
    "check_target",
    "publish",
    "released_time",
    "run_quads",
    "staged",
    "write_release",
]
