"""lod: who claims what, in which source, as linked data that keeps its provenance.

    import lod

    project = lod.read_project(Path("."))
    outcome = lod.build(project)             # maps, validates, publishes
    trail = lod.trace(outcome.release, "c1")

What a command of the command line does is one of these functions. Each is imported when it is first used, so that
`import lod` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from lod.errors import InputError, LodError, MappingError, ProjectError, Refused, ReleaseError, ShapeError

if TYPE_CHECKING:
    from lod.bagit import bag
    from lod.comparison import Comparison, compare_claims
    from lod.difference import Difference, diff_releases, rdf_patch
    from lod.draft import draft_shapes
    from lod.explain import Plan, Trace, explain_node, explain_plan
    from lod.kinship import Kinship, kinship
    from lod.map import Mapped, map_files
    from lod.options import MapOptions, ReadOptions, ValidateOptions
    from lod.pipeline import Outcome, build, check
    from lod.project import Project, read_project
    from lod.quotes import Anchor, find_quotes
    from lod.release.minisign import PublicKey, SecretKey, read_public_key, read_secret_key
    from lod.snapshot import Snapshot, snapshot_pages
    from lod.starter import init
    from lod.steps import Step
    from lod.trail import trace
    from lod.validate import validate_files
    from lod.validation import Report
    from lod.verify import Breach, verify_release

__all__ = [
    "Anchor",
    "Breach",
    "Comparison",
    "Difference",
    "InputError",
    "Kinship",
    "LodError",
    "MapOptions",
    "Mapped",
    "MappingError",
    "Outcome",
    "Plan",
    "Project",
    "ProjectError",
    "PublicKey",
    "ReadOptions",
    "Refused",
    "ReleaseError",
    "Report",
    "SecretKey",
    "ShapeError",
    "Snapshot",
    "Step",
    "Trace",
    "ValidateOptions",
    "bag",
    "build",
    "check",
    "compare_claims",
    "diff_releases",
    "draft_shapes",
    "explain_node",
    "explain_plan",
    "find_quotes",
    "init",
    "kinship",
    "map_files",
    "rdf_patch",
    "read_project",
    "read_public_key",
    "read_secret_key",
    "snapshot_pages",
    "trace",
    "validate_files",
    "verify_release",
]

_HOMES = {
    "Anchor": "lod.quotes",
    "Breach": "lod.verify",
    "Comparison": "lod.comparison",
    "Difference": "lod.difference",
    "MapOptions": "lod.options",
    "Kinship": "lod.kinship",
    "Mapped": "lod.map",
    "Outcome": "lod.pipeline",
    "Plan": "lod.explain",
    "Project": "lod.project",
    "PublicKey": "lod.release.minisign",
    "ReadOptions": "lod.options",
    "Report": "lod.validation",
    "SecretKey": "lod.release.minisign",
    "Snapshot": "lod.snapshot",
    "Step": "lod.steps",
    "Trace": "lod.explain",
    "ValidateOptions": "lod.options",
    "bag": "lod.bagit",
    "build": "lod.pipeline",
    "check": "lod.pipeline",
    "compare_claims": "lod.comparison",
    "diff_releases": "lod.difference",
    "draft_shapes": "lod.draft",
    "explain_node": "lod.explain",
    "explain_plan": "lod.explain",
    "find_quotes": "lod.quotes",
    "init": "lod.starter",
    "kinship": "lod.kinship",
    "map_files": "lod.map",
    "rdf_patch": "lod.difference",
    "read_project": "lod.project",
    "read_public_key": "lod.release.minisign",
    "read_secret_key": "lod.release.minisign",
    "snapshot_pages": "lod.snapshot",
    "trace": "lod.trail",
    "validate_files": "lod.validate",
    "verify_release": "lod.verify",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'lod' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
