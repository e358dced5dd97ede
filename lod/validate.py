"""Validation of RDF files, without a project."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from lod.engine import open_engine
from lod.errors import ShapeError
from lod.load import load
from lod.options import ValidateOptions
from lod.validation import Report, locate, read_shapes, validate
from lod.vocabulary import lint, read_index


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
        report = validate(engine, tables, read, options)
        if options.vocabulary:
            report = replace(report, results=(*report.results, *lint(engine, tables, read_index())))
        return locate(engine, tables, report, by_line=True)
