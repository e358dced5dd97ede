"""From rows to lines: where in a file a record begins, for reports that are shown beside the files."""

import os
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from lod.errors import InputError, Position
from lod.inputs.csv.lines import record_lines
from lod.mapping.model import LogicalSource
from lod.validation.report import Report, Result


def with_lines(report: Report, root: Path, sources: Mapping[str, LogicalSource]) -> Report:
    """Return a project's report with lines beside rows, and with files named from the current folder.

    root: the project's folder; sources: how each CSV file is read, by the name that it has in the report. A file that
    is compressed, fetched, or not in UTF-8 has no lines to show.
    """
    wanted: dict[str, set[int]] = defaultdict(set)
    for result in report.results:
        for record in result.records:
            wanted[record.file].add(record.row or 0)
    lines = {file: _lines(root / file, sources[file], wanted[file]) for file in wanted.keys() & sources.keys()}

    def placed(place: Position) -> Position:
        line = lines.get(place.file, {}).get(place.row or 0, place.line)
        return replace(place, file=_from_here(root, place.file), line=line)

    def moved(result: Result) -> Result:
        origin = placed(result.origin) if result.origin else None
        return replace(result, origin=origin, records=tuple(map(placed, result.records)))

    return replace(report, results=tuple(map(moved, report.results)))


def _lines(path: Path, source: LogicalSource, rows: Collection[int]) -> dict[int, int]:
    try:
        return record_lines(path, source, rows)
    except (InputError, OSError):  # lines are shown where there are any; whoever maps the file tells what is wrong
        return {}


def _from_here(root: Path, name: str) -> str:
    return os.path.relpath(root / name) if (root / name).exists() else name
