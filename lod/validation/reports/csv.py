"""A report as CSV: a row a result, the worst first.

The columns are severity, file, row, line, focus, path, value, message, shape and component. A result that several
records lead to has the first of them. A text that a spreadsheet would take for a formula, and run, has an apostrophe
before it; the other forms have it as it is. https://www.rfc-editor.org/rfc/rfc4180,
https://cwe.mitre.org/data/definitions/1236.html
"""

import csv
import re
from io import StringIO

from lod.errors import Position
from lod.validation.report import Report, Result

_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+\-]?[0-9]+(?:\.[0-9]+)?")
_COLUMNS = ("severity", "file", "row", "line", "focus", "path", "value", "message", "shape", "component")


def as_csv(report: Report) -> str:
    """Return the report as CSV."""
    stream = StringIO()
    writer = csv.writer(stream)
    writer.writerow(_COLUMNS)
    writer.writerows(map(_row, report.results))
    return stream.getvalue()


def _row(result: Result) -> tuple[object, ...]:
    place = result.records[0] if result.records else Position("")
    value = result.value.value if result.value else ""
    path = str(result.path) if result.path else ""
    what = (result.focus.value, path, value, result.message, result.shape.value, result.component)
    return (result.level.name.lower(), _cell(place.file), place.row, place.line, *map(_cell, what))


def _cell(text: str) -> str:
    text = text.replace("\0", "\N{SYMBOL FOR NULL}")  # a file with a NUL byte is no text file
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
