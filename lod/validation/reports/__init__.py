"""A report spelled: for people, for programs, and in SHACL's own vocabulary."""

from lod.validation.reports.json import as_json
from lod.validation.reports.rdf import as_jsonld, as_turtle
from lod.validation.reports.text import as_text

__all__ = ["as_json", "as_jsonld", "as_text", "as_turtle"]
