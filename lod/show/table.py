"""Rows as CSV.

https://www.rfc-editor.org/rfc/rfc4180
"""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO


def csv_text(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV, under their head."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return stream.getvalue()
