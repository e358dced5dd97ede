"""Validation of RDF files, without a project."""

from collections.abc import Sequence
from pathlib import Path

from lod.engine import open_engine
from lod.errors import ShapeError
from lod.load import load
from lod.options import ValidateOptions
from lod.validation.locate import locate
from lod.validation.report import Report
from lod.validation.shapes import read_shapes
from lod.validation.validate import validate


def validate_files(
    data: Sequence[Path], shapes: Sequence[Path], options: ValidateOptions = ValidateOptions()
) -> Report:
    """Hold the statements of RDF files, taken together, to shapes; of a folder, to all Turtle files in it.

    Results lead to lines of N-Triples and N-Quads files. Raises ShapeError where a file cannot be read.
    """
    files = [file for path in shapes for file in (sorted(path.glob("*.ttl")) if path.is_dir() else [path])]
    read = read_shapes([(path, str(path)) for path in files])
    with open_engine(options.memory) as engine:
        tables = load(engine, data, ShapeError)
        return locate(engine, tables, validate(engine, tables, read, options), by_line=True)
