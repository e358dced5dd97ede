"""The command line: words become one call of the library each.

Exit codes: 0 done, nothing to report; 1 done, with findings; 2 nothing done: usage, or something cannot be read;
3 refused by a gate, nothing published; 70 a defect of lod itself; 130 interrupted, 141 left by the reader of a pipe.
Results go to stdout, messages to stderr.
"""

import click

from lod.cli.claims import contradictions, diff, duplicates, lineage
from lod.cli.group import Commands
from lod.cli.mapping import explain, map_
from lod.cli.project import bag, build, check, init, trace, verify
from lod.cli.quotes import anchors, snapshot
from lod.cli.shapes import shapes, validate

__all__ = ["main"]


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="lod", prog_name="lod")
def main() -> None:
    """Publish who claims what, in which source, as linked data that keeps its provenance."""


_PROJECT = (build, check, verify, bag, trace, init)
_CLAIMS = (lineage, contradictions, duplicates, diff, anchors, snapshot)
_FILES = (map_, explain, validate, shapes)
for command in (*_PROJECT, *_CLAIMS, *_FILES):
    main.add_command(command)
