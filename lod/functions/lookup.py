"""A value looked up in a table: a CSV file with a column of keys and a column of values."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from lod.errors import did_you_mean
from lod.functions.arrow import of_arrays
from lod.functions.function import Function, Parameter, Type, setting


class _Unusable(Exception):  # told as a mapping's mistake, and known to this module alone
    """A table that cannot be used."""


@dataclass(frozen=True)
class _Table:
    """How to read a table: columns go by name, or by number (from 1) where there is no header."""

    file: str
    key: str
    column: str
    delimiter: str
    header: str
    repeated: str

    def read(self) -> dict[str, str]:
        """Return the values by their keys; raise _Unusable."""
        found: dict[str, str] = {}
        for line, key, value in self._pairs():
            if found.setdefault(key, value) != value and self.repeated == "fail":
                raise _Unusable(f"{self.file}:{line}: the key {key!r} has another value above")
        return found

    def _pairs(self) -> Iterator[tuple[int, str, str]]:
        try:
            with Path(self.file).open(encoding="utf-8-sig", newline="") as stream:
                rows = csv.reader(stream, delimiter=self.delimiter, strict=True)
                names = next(rows, []) if self.header == "true" else None
                key, column = self._place(names, self.key), self._place(names, self.column)
                for row in filter(None, rows):
                    if len(row) <= max(key, column):
                        raise _Unusable(f"{self.file}:{rows.line_num}: the row has {len(row)} cells")
                    yield rows.line_num, row[key], row[column]
        except OSError as error:
            raise _Unusable(f"{self.file}: cannot be read: {error.strerror}") from error
        except (csv.Error, UnicodeDecodeError) as error:
            raise _Unusable(f"{self.file}: not CSV in UTF-8: {error}") from error

    def _place(self, names: list[str] | None, wanted: str) -> int:
        if names is None and wanted.isascii() and wanted.isdigit() and int(wanted) > 0:
            return int(wanted) - 1
        if names is not None and wanted in names:
            return names.index(wanted)
        if names is None:
            hint = "Without a header, columns go by number, from 1."
        else:
            hint = did_you_mean(wanted, names) or f"It has: {', '.join(names) or 'none'}."
        raise _Unusable(f"{self.file}: there is no column {wanted!r}. {hint}")


def _look_up(keys: pa.Array, known: pa.Array, values: pa.Array) -> pa.Array:
    return values.take(pc.index_in(keys, value_set=known))


def _build(value: ir.StringValue, default: str, **table: str) -> ir.StringValue:
    found = _Table(**table).read()
    columns = {"known": pa.array(found.keys(), pa.string()), "values": pa.array(found.values(), pa.string())}
    result: ir.StringValue = of_arrays(_look_up)(value, **columns)
    return ibis.cases((value.notnull(), result.fill_null(default))) if default else result


def _check(default: str, **table: str) -> str | None:  # noqa: ARG001  # any default will do
    if len(table["delimiter"]) != 1:
        return "the delimiter is one character"
    if table["header"] not in ("true", "false") or table["repeated"] not in ("fail", "first"):
        return "header is true or false, and repeated is fail or first"
    try:
        _Table(**table).read()
    except _Unusable as unusable:
        return str(unusable)
    return None


FUNCTIONS = (
    Function(
        "lookup",
        "the value that a CSV file has for a key; a key that it does not have gives the default",
        (
            Parameter("value"),
            Parameter("file", Type.FILE),
            setting("key"),
            setting("column"),
            setting("default", ""),
            setting("delimiter", ","),
            setting("header", "true"),
            setting("repeated", "fail"),
        ),
        _build,
        complaint="has no value in the lookup table",
        check=_check,
    ),
)
