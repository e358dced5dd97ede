"""Inputs: each logical source becomes an engine table with a locator per record."""

from collections.abc import Sequence
from pathlib import Path

from lod.engine import Engine
from lod.inputs.csv import open_csv
from lod.inputs.json import open_json
from lod.inputs.sql import open_sql
from lod.inputs.table import InputTable
from lod.mapping.model import LogicalSource

__all__ = ["InputTable", "open_source"]


def open_source(engine: Engine, root: Path, source: LogicalSource, columns: Sequence[str]) -> InputTable:
    """Open a logical source, relative to `root`, with these columns (references of its formulation).

    Raises InputError where it cannot be read as a whole, MappingError where a reference does not fit the formulation.
    """
    if source.formulation == "sql":
        return open_sql(engine, root, source, columns)
    path = root / source.access
    if source.formulation == "json":
        return open_json(engine, path, source.access, source, columns)
    return open_csv(engine, path, source.access, columns, source.optional)
