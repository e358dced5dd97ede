"""Validation: a graph is held to shapes, and the report leads back to the records."""

from lod.validation.files import validate_files
from lod.validation.report import Node, Report, Result, Severity
from lod.validation.shacl import data_graph, locate, validate
from lod.validation.shapes import Shapes, read_shapes
from lod.validation.spell import as_json, as_text, as_turtle

__all__ = [
    "Node",
    "Report",
    "Result",
    "Severity",
    "Shapes",
    "as_json",
    "as_text",
    "as_turtle",
    "data_graph",
    "locate",
    "read_shapes",
    "validate",
    "validate_files",
]
