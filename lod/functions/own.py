"""A project's own functions: those of one Python file that it names, by https://w3id.org/lod/python#NAME.

    def century(year: str) -> str | None:
        return f"{(int(year) + 99) // 100}"

Annotations say what a function takes and gives: `str` (the default), `list[str]` or `bool` for the values of a record;
`pa.StringArray`, `pa.ListArray` or `pa.BooleanArray` for those of a batch of records. A parameter `| None` takes nulls.
"""

import inspect
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType, NoneType
from typing import Any, get_args, get_type_hints

import pyarrow as pa

from lod.errors import MappingError, Position
from lod.functions.arrow import of_arrays
from lod.functions.function import Function, Parameter, Type
from lod.functions.own_batch import OwnBatch
from lod.functions.own_file import digest, load

_OF_VALUES: dict[Any, Type] = {str: Type.TEXT, list[str]: Type.LIST, bool: Type.TRUTH}
_OF_ARRAYS: dict[Any, Type] = {pa.StringArray: Type.TEXT, pa.ListArray: Type.LIST, pa.BooleanArray: Type.TRUTH}


@dataclass(frozen=True)
class OwnFunctions:
    """The functions of a file."""

    module: ModuleType
    path: Path

    @property
    def names(self) -> list[str]:
        """The functions that are defined in the file and do not begin with an underscore."""
        return [name for name, item in vars(self.module).items() if self._is_own(item) and not name.startswith("_")]

    def _is_own(self, item: object) -> bool:
        return inspect.isfunction(item) and item.__module__ == self.module.__name__

    def function(self, name: str) -> Function:
        """Return a function by name; raise MappingError, with file and line, where its signature cannot be used."""
        function = getattr(self.module, name)
        signature, hints = inspect.signature(function), self._hints(function)
        takes = {each: _unwrapped(hints.get(each, str)) for each in signature.parameters}
        gives, _ = _unwrapped(hints.get("return", str))
        types = _OF_ARRAYS if gives in _OF_ARRAYS else _OF_VALUES
        kinds = {each.kind for each in signature.parameters.values()}
        if not all(note in types for note in (gives, *(note for note, _ in takes.values()))):
            raise self._error(function, "is annotated with what is not read here")
        if kinds != {inspect.Parameter.POSITIONAL_OR_KEYWORD}:
            raise self._error(function, "must have one or more plain parameters")
        nulls = tuple(nullable for _, nullable in takes.values())
        batch = OwnBatch(str(self.path), digest(self.path), name, types[gives], types is _OF_ARRAYS, nulls)
        return Function(
            name,
            inspect.getdoc(function) or "",
            tuple(Parameter(each, types[note]) for each, (note, _) in takes.items()),
            of_arrays(batch.values, types[gives]),
            types[gives],
            reason=of_arrays(batch.reasons),
        )

    def _hints(self, function: Callable[..., Any]) -> dict[str, Any]:
        try:
            return get_type_hints(function)
        except Exception as error:
            raise self._error(function, f"has annotations that cannot be read: {error}") from error

    def _error(self, function: Callable[..., Any], what: str) -> MappingError:
        hint = "Annotate with str, list[str] or bool, or all with pa.StringArray, pa.ListArray or pa.BooleanArray."
        at = Position(str(self.path), function.__code__.co_firstlineno)
        return MappingError(f"the function {function.__name__!r} {what}", at=at, hint=hint)


def own_functions(path: Path) -> OwnFunctions:
    """Run a project's file of functions; raise MappingError, with file and line, where that fails."""
    try:
        return OwnFunctions(load(str(path), digest(path)), path)
    except OSError as error:
        raise MappingError(f"cannot be read: {error.strerror}", at=Position(str(path))) from error
    except SyntaxError as error:
        raise MappingError(f"not Python: {error.msg}", at=Position(str(path), error.lineno, error.offset)) from error
    except (Exception, SystemExit) as error:
        frames = traceback.extract_tb(error.__traceback__)
        line = next((frame.lineno for frame in reversed(frames) if frame.filename == str(path)), None)
        what = f"cannot be run: {type(error).__name__}: {error}"
        raise MappingError(what, at=Position(str(path), line)) from error


def _unwrapped(note: Any) -> tuple[Any, bool]:
    """Return an annotation without `| None`, and whether it had that."""
    plain = [each for each in get_args(note) if each is not NoneType]
    return (plain[0], True) if len(plain) == 1 and NoneType in get_args(note) else (note, False)
