"""A project's own function over a batch of rows: what it gives, and what is wrong with the rows where it raises."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from lod.functions.arrow import ARROW_TYPES
from lod.functions.function import Type
from lod.functions.own_file import load

Answer = tuple[Any, str | None]
_PYTHON_TYPES = {Type.TEXT: str, Type.LIST: list, Type.TRUTH: bool}


@dataclass(frozen=True)
class OwnBatch:
    """Calls a function of a file, which is found again by name wherever this runs.

    whole: whether it takes whole arrays; nulls: per parameter, whether it takes null (else null gives null).
    """

    file: str
    digest: str
    name: str
    result: Type
    whole: bool
    nulls: tuple[bool, ...]

    def values(self, *columns: pa.Array) -> pa.Array:
        """Return what the function gives for each row."""
        return pa.array([value for value, _ in self._answers(columns)], ARROW_TYPES[self.result])

    def reasons(self, *columns: pa.Array) -> pa.Array:
        """Return what is wrong with each row, or null."""
        return pa.array([reason for _, reason in self._answers(columns)], pa.string())

    def _answers(self, columns: tuple[pa.Array, ...]) -> Iterator[Answer]:
        if self.whole:
            return self._of_arrays(columns)
        return map(self._of_row, zip(*(column.to_pylist() for column in columns), strict=True))

    def _of_row(self, row: tuple[Any, ...]) -> Answer:
        if self._lacks(row):
            return None, None
        try:
            value = self._call(*row)
            if value is not None and not isinstance(value, _PYTHON_TYPES[self.result]):
                return None, f"{self.name}: gives {type(value).__name__}, not {self.result.value}"
            pa.array([value], ARROW_TYPES[self.result])
        except (Exception, SystemExit) as error:
            return None, self._told(error)
        return value, None

    def _of_arrays(self, columns: tuple[pa.Array, ...]) -> Iterator[Answer]:
        """Yield the answers for a batch; where it fails, for each row of it alone, to know whose fault it is."""
        try:
            values = self._checked(self._call(*columns), len(columns[0]))
        except (Exception, SystemExit) as error:
            if len(columns[0]) == 1:
                yield None, None if self._lacks(tuple(column[0].as_py() for column in columns)) else self._told(error)
                return
            for row in range(len(columns[0])):
                yield from self._of_arrays(tuple(column.slice(row, 1) for column in columns))
        else:
            yield from ((value, None) for value in values.to_pylist())

    def _lacks(self, row: tuple[Any, ...]) -> bool:
        """Whether a value is null that must not be."""
        return any(value is None and not null for value, null in zip(row, self.nulls, strict=True))

    def _checked(self, values: Any, length: int) -> pa.Array:
        found = values.type if isinstance(values, pa.Array | pa.ChunkedArray) else type(values).__name__
        if found != ARROW_TYPES[self.result]:
            raise TypeError(f"gives {found}, not {ARROW_TYPES[self.result]}")
        if len(values) != length:
            raise ValueError(f"gives {len(values)} values for {length}")
        return values

    def _call(self, *arguments: Any) -> Any:
        return getattr(load(self.file, self.digest), self.name)(*arguments)

    def _told(self, error: BaseException) -> str:
        return f"{self.name}: {str(error) or type(error).__name__}"
