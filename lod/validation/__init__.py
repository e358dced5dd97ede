"""Validation: statements are held to shapes, and the report leads back to the records."""

from lod.validation.files import validate_files
from lod.validation.locate import locate
from lod.validation.report import Node, Report, Result, Severity
from lod.validation.reports import as_json, as_jsonld, as_text, as_turtle
from lod.validation.shapes import Shapes, read_shapes
from lod.validation.validate import validate

__all__ = [
    "Node",
    "Report",
    "Result",
    "Severity",
    "Shapes",
    "as_json",
    "as_jsonld",
    "as_text",
    "as_turtle",
    "locate",
    "read_shapes",
    "validate",
    "validate_files",
]
