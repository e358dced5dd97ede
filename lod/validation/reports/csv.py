"""A report as CSV: a row a result, the worst first.

The columns are severity, file, row, line, focus, path, value, message, shape and component. A result that several
records lead to has the first of them. https://www.rfc-editor.org/rfc/rfc4180
"""

import csv
from io import StringIO

from lod.errors import Position
from lod.validation.report import Report, Result

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
    where = (place.file, place.row, place.line)
    what = (result.focus.value, result.path or "", value, result.message, result.shape.value, result.component)
    return (result.level.name.lower(), *where, *what)
