"""The records of every source of a mapping: logical sources are opened, views derived from them."""

from collections.abc import Collection
from pathlib import Path

from lod.compile.lower import LoweredMapping
from lod.compile.source import Records, read_records
from lod.compile.view import view_records
from lod.engine import Engine
from lod.mapping.model import LogicalView, Source


def read_all(engine: Engine, root: Path, lowered: LoweredMapping, hosts: Collection[str]) -> dict[Source, Records]:
    """Read the sources of a lowered mapping, files relative to `root`, URLs of `hosts`.

    Raises MappingError or InputError.
    """
    found: dict[Source, Records] = {}
    for source, each in lowered.sources.items():
        if isinstance(source, LogicalView):
            found[source] = view_records(engine, source, each, found)
        else:
            found[source] = read_records(engine, root, source, each, hosts)
    return found
