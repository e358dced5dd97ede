"""Inputs: each logical source becomes an engine table with a locator per record."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path

from lod.engine import Engine
from lod.inputs.csv import open_csv
from lod.inputs.files import InputFile, find_files
from lod.inputs.json import open_json, open_json_lines
from lod.inputs.parquet import open_parquet
from lod.inputs.sheet import open_sheet
from lod.inputs.sql import open_sql
from lod.inputs.table import InputTable
from lod.inputs.union import united
from lod.inputs.xml import open_xml
from lod.mapping.model import LogicalSource

__all__ = ["InputTable", "open_source"]

_Opener = Callable[[Engine, InputFile, LogicalSource, Sequence[str]], InputTable]
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
    if source.formulation == "sql":
        return open_sql(engine, root, source, columns)
    opened = [_open(engine, file, source, columns) for file in find_files(engine, root, source, hosts)]
    return opened[0] if len(opened) == 1 else united(engine, source.access, opened)


def _open(engine: Engine, file: InputFile, source: LogicalSource, columns: Sequence[str]) -> InputTable:
    formulation = _BY_SUFFIX.get((source.formulation, file.suffix), source.formulation)
    return replace(_OPENERS[formulation](engine, file, source, columns), origin=file.origin)
