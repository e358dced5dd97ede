"""Validation: statements are held to shapes, and the report leads back to the records."""

from lod.validation.facts import Facts
from lod.validation.locate import locate
from lod.validation.loops import with_loops
from lod.validation.report import Node, Report, Result, Severity
from lod.validation.reports import FORMS, as_html, as_json, as_text, as_turtle, form_of
from lod.validation.shapes import Shapes, read_shapes
from lod.validation.validate import validate

__all__ = [
    "FORMS",
    "Facts",
    "Node",
    "Report",
    "Result",
    "Severity",
    "Shapes",
    "as_html",
    "as_json",
    "as_text",
    "as_turtle",
    "form_of",
    "locate",
    "read_shapes",
    "validate",
    "with_loops",
]
