"""The records of every source of a mapping: logical sources are opened, views derived from them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from pathlib import Path

from lod.compile.lower import LoweredMapping
from lod.compile.source import Records, check_names, read_records
from lod.compile.view import view_records
from lod.engine import Engine
from lod.inputs import InputTable, open_source
from lod.mapping.model import LogicalSource, LogicalView, Source


def read_all(engine: Engine, root: Path, lowered: LoweredMapping, hosts: Collection[str]) -> dict[Source, Records]:
    """Read the sources of a lowered mapping, files relative to `root`, URLs of `hosts`.

    Raises MappingError or InputError.
    """
    opened: dict[LogicalSource, InputTable] = {}
    for source, each in lowered.sources.items():
        if isinstance(source, LogicalSource):
            check_names(each)
            opened[source] = open_source(engine, root, source, each.columns, hosts)
    opened = _told_apart(opened)
    found: dict[Source, Records] = {}
    for source, each in lowered.sources.items():
        if isinstance(source, LogicalView):
            found[source] = view_records(engine, source, each, found)
        else:
            found[source] = read_records(engine, source, each, opened[source])
    return found


def _told_apart(opened: Mapping[LogicalSource, InputTable]) -> dict[LogicalSource, InputTable]:
    """Return the inputs such that records of one file have one number and name only where one iterator finds them."""
    iterators: dict[str, set[str | None]] = defaultdict(set)
    for source, each in opened.items():
        for part in each.files:
            iterators[part.file].add(source.iterator)
    return {
        source: each.found_by(source.iterator or "")
        if any(len(iterators[part.file]) > 1 for part in each.files)
        else each
        for source, each in opened.items()
    }
