"""The row that names the columns of a table, held to what a mapping needs."""

import re
from collections.abc import Sequence

from lod.errors import InputError, Position, did_you_mean


def check_names(header: Sequence[str], at: Position) -> None:
    """Raise InputError where a column has no name, or two have the same."""
    for index, column in enumerate(header):
        if not column.strip():
            raise InputError(f"column {index + 1} of the header has no name", at=at)
        if column in header[:index]:
            raise InputError(f"the header names the column {column!r} twice", at=at)


def check_columns(header: Sequence[str], columns: Sequence[str], optional: Sequence[str], at: Position) -> None:
    """Raise InputError where a column that the mapping needs is missing."""
    for column in columns:
        if column in header or column in optional:
            continue
        others = [other for other in header if other not in columns]
        hint = did_you_mean(column, others) or f"The header has: {', '.join(header)}."
        if len(header) == 1 and re.search(r"[,;\t|]", header[0]):
            hint = "This header seems to be separated by another character than the mapping says."
        raise InputError(f"the column {column!r}, which the mapping needs, is missing", at=at, hint=hint)
