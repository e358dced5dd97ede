"""Inputs: each logical source becomes an engine table with a locator per record."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from lod.engine import DuckDbEngine, Engine
from lod.inputs.csv import open_csv
from lod.inputs.files import Found, InputFile, find_files, make_ready
from lod.inputs.json import open_json, open_json_lines
from lod.inputs.parquet import open_parquet
from lod.inputs.sheet import open_sheet
from lod.inputs.sql import open_sql
from lod.inputs.table import InputTable
from lod.inputs.union import united
from lod.inputs.xml import open_xml
from lod.mapping.model import NOWHERE, LogicalSource
from lod.term_table import ROW

__all__ = ["InputTable", "open_source"]

_Opener = Callable[[DuckDbEngine, InputFile, LogicalSource, Sequence[str]], InputTable]
_Reader = Callable[[DuckDbEngine], InputTable]
_OPENERS: dict[str, _Opener] = {
    "csv": open_csv,
    "excel": open_sheet,
    "json": open_json,
    "jsonl": open_json_lines,
    "ods": open_sheet,
    "parquet": open_parquet,
    "xml": open_xml,
}
# A formulation says how a mapping refers; where a file's name says that it is written in another way, that is read.
_BY_SUFFIX = {
    ("json", ".jsonl"): "jsonl",
    ("json", ".ndjson"): "jsonl",
    ("csv", ".parquet"): "parquet",
    ("csv", ".xlsx"): "excel",
    ("csv", ".ods"): "ods",
}


def open_source(
    engine: Engine, root: Path, source: LogicalSource, columns: Sequence[str], hosts: Collection[str] = ()
) -> InputTable:
    """Open a logical source, relative to `root`, with these columns (references of its formulation).

    hosts: those that a URL may lead to. Raises InputError where the source cannot be read as a whole, and MappingError
    where a reference does not fit the formulation.
    """
    opened = [_read(engine, reader) for reader in _readers(root.absolute(), source, tuple(columns), tuple(hosts))]
    return opened[0] if len(opened) == 1 else united(engine, source.access, opened)


def _readers(root: Path, source: LogicalSource, columns: Sequence[str], hosts: Collection[str]) -> list[_Reader]:
    """Return what reads each part of a source: with an engine at hand, and wherever that is."""
    if source.formulation == "sql":
        return [partial(open_sql, root=root, source=source, columns=columns)]
    if source.formulation == NOWHERE:
        return [partial(_one_record, source.access)]
    return [partial(_open, found, source, columns, hosts) for found in find_files(root, source)]


def _one_record(name: str, engine: DuckDbEngine) -> InputTable:
    return InputTable(engine.materialise("record", pa.table({ROW: pa.array([1], pa.int64())})), name, 1)


def _read(engine: Engine, reader: _Reader) -> InputTable:
    table, facts = engine.read(partial(_apart, reader))
    return InputTable(table, **facts)


def _apart(reader: _Reader, engine: DuckDbEngine) -> tuple[ir.Table, dict[str, Any]]:
    """Return the table that a reader gives, and the other facts of the input by their names."""
    facts = dict(vars(reader(engine)))
    return facts.pop("table"), facts


def _open(
    found: Found, source: LogicalSource, columns: Sequence[str], hosts: Collection[str], engine: DuckDbEngine
) -> InputTable:
    file = make_ready(engine, found, source, hosts)
    formulation = _BY_SUFFIX.get((source.formulation, file.suffix), source.formulation)
    return replace(_OPENERS[formulation](engine, file, source, columns), origin=file.origin)
