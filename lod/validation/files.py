"""Validation of RDF files, without a project."""

from collections.abc import Sequence
from pathlib import Path

from lod.errors import ShapeError
from lod.formats.read import read_quads
from lod.validation.report import Report
from lod.validation.shacl import data_graph, validate
from lod.validation.shapes import read_shapes


def validate_files(data: Sequence[Path], shapes: Sequence[Path]) -> Report:
    """Hold the statements of RDF files, taken together, to shapes; of a folder, to all Turtle files in it.

    Raises ShapeError where a file cannot be read.
    """
    files = [file for path in shapes for file in (sorted(path.glob("*.ttl")) if path.is_dir() else [path])]
    graph = read_shapes([(path, str(path)) for path in files])
    quads = (quad for path in data for quad in read_quads(path, str(path), ShapeError))
    return validate(data_graph(quads), graph)
