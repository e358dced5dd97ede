"""The records of a file of JSON: one document, or one on each line."""

import json
import re
from collections.abc import Iterator
from typing import Any

from lod.errors import InputError, Position
from lod.inputs.cells import Unfit
from lod.inputs.files import InputFile
from lod.inputs.json.stream import Scanner
from lod.json import Decoder, JsonPath, doubled_member

_STREAMED = re.compile(r"\$((?:\.[A-Za-z_]\w*)*)(?:\[\*\]|\.\*)")


def document_records(file: InputFile, iterator: JsonPath, decoder: Decoder) -> Iterator[Any]:
    """Yield the records of a document; raise InputError with line and column where it is not JSON.

    An iterator such as `$[*]` or `$.a.b[*]` reads the file piece by piece, any other one needs it whole.
    """
    streamed = _STREAMED.fullmatch(iterator.reference)
    try:
        with file.path.open(encoding="utf-8-sig") as stream:
            if streamed:
                scanner = Scanner(stream, decoder)
                yield from scanner.elements(streamed[1].split(".")[1:])
                scanner.end()
            else:
                yield from _whole(decoder.decode(stream.read()), iterator, decoder)
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg}", at=Position(file.name, error.lineno, error.colno)) from error
    except ValueError as error:
        raise InputError(f"not JSON in UTF-8: {error}", at=Position(file.name)) from error
    except RecursionError:
        raise InputError("not read: nested too deeply", at=Position(file.name)) from None


def _whole(document: Any, iterator: JsonPath, decoder: Decoder) -> list[Any]:
    records = iterator.values(document)
    if decoder.doubled and not any(doubled_member(record) for record in records):
        raise ValueError(f"the member {doubled_member(document)!r} stands twice")
    return records


def line_records(file: InputFile, iterator: JsonPath, decoder: Decoder) -> Iterator[Any]:
    """Yield the records of a file with a JSON text on each line; for a line that is none, Unfit.

    https://jsonlines.org/
    Blank lines are passed over.
    """
    with file.path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8")
                if text.strip():
                    yield from iterator.values(decoder.decode(text))
            except (ValueError, RecursionError) as error:
                reason = error.msg if isinstance(error, json.JSONDecodeError) else error
                yield Unfit(line.decode("utf-8", "replace").strip(), f"line {number} is not JSON in UTF-8: {reason}")
