"""Inputs: each logical source becomes an engine table with a locator per record."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import ibis.expr.types as ir

from lod.engine import DuckDbEngine, Engine
from lod.inputs.csv import open_csv
from lod.inputs.json import open_json
from lod.inputs.table import InputTable
from lod.mapping.model import LogicalSource

__all__ = ["InputTable", "open_source"]


def open_source(engine: Engine, root: Path, source: LogicalSource, columns: Sequence[str]) -> InputTable:
    """Open a logical source, relative to `root`, with these columns (references of its formulation).

    Raises InputError where it cannot be read as a whole, MappingError where a reference does not fit the formulation.
    """
    table, facts = engine.read(partial(_apart, root.absolute(), source, tuple(columns)))
    return InputTable(table, **facts)


def _apart(
    root: Path, source: LogicalSource, columns: Sequence[str], engine: DuckDbEngine
) -> tuple[ir.Table, dict[str, Any]]:
    facts = dict(vars(_opened(engine, root, source, columns)))
    return facts.pop("table"), facts


def _opened(engine: DuckDbEngine, root: Path, source: LogicalSource, columns: Sequence[str]) -> InputTable:
    path = root / source.access
    if source.formulation == "json":
        return open_json(engine, path, source.access, source, columns)
    return open_csv(engine, path, source.access, columns, source.optional)
