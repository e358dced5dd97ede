"""The natural mapping of SQL values: which XSD datatype a column's type has, and how its values are spelled in it.

https://www.w3.org/TR/r2rml/#natural-mapping
Equal values get one spelling, the canonical one of XSD 1.1: `1.50` and `1.5` are both `1.5`. What does not read as its
type (SQLite holds any text in any column, MySQL the date 0000-00-00) is left as it is, for the checks to reject.
https://www.w3.org/TR/xmlschema11-2/#canonical-lexical-representation
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import pyarrow as pa

from lod.terms import XSD

TYPED: Final = pa.struct([("text", pa.string()), ("datatype", pa.string())])

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_MOMENT = re.compile(r"(?:(\S+)[ T])?(\d\d:\d\d:\d\d)(?:\.(\d+))?(?:(Z)|([+-]\d\d)(:\d\d)?)?")
_NO_NUMBERS = {"nan": "NaN", "inf": "INF", "infinity": "INF", "-inf": "-INF", "-infinity": "-INF"}
_BOOLEANS = {"t": "true", "f": "false", "1": "true", "0": "false", "01": "true", "00": "false"}  # 01: a byte of bits


@dataclass(frozen=True)
class Natural:
    """An XSD datatype, and what turns a database's text of a value into the datatype's canonical one."""

    datatype: str
    spell: Callable[[str], str]

    def typed(self, texts: pa.Array) -> pa.Array:
        """Return a struct array (text, datatype) of a string array; each distinct text is spelled once."""
        encoded = texts.dictionary_encode()
        spelled = pa.array([self.spell(text) for text in encoded.dictionary.to_pylist()], pa.string())
        return structs(spelled.take(encoded.indices), pa.repeat(self.datatype, len(texts)))


def structs(texts: pa.Array, datatypes: pa.Array) -> pa.Array:
    """Return a struct array (text, datatype) that is null where the text is."""
    return pa.StructArray.from_arrays([texts, datatypes], fields=list(TYPED), mask=texts.is_null())


def _integer(text: str) -> str:
    return (text.lstrip("0") or "0") if text.isdecimal() else text


def _decimal(text: str) -> str:
    if not _NUMBER.fullmatch(text):
        return text
    plain = f"{Decimal(text):f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain == "-0" else plain


def _double(text: str) -> str:
    if not _NUMBER.fullmatch(text):
        return _NO_NUMBERS.get(text.lower(), text)
    sign, (first, *others), exponent = Decimal(text).as_tuple()
    power = len(others) + int(exponent) if first else 0
    rest = "".join(map(str, others)).rstrip("0")
    return f"{'-' if sign else ''}{first}.{rest or '0'}E{power}"


def _boolean(text: str) -> str:
    return _BOOLEANS.get(text.lower(), text.lower())


def _moment(text: str) -> str:
    match = _MOMENT.fullmatch(text)
    if not match:
        return text
    day, clock, fraction, utc, hours, minutes = match.groups()
    fraction = (fraction or "").rstrip("0")
    offset = f"{hours}{minutes or ':00'}" if hours else utc or ""
    zone = "Z" if offset in ("+00:00", "-00:00") else offset
    return f"{day + 'T' if day else ''}{clock}{'.' if fraction else ''}{fraction}{zone}"


def _binary(text: str) -> str:
    return text.removeprefix("\\x").upper()


INTEGER: Final = Natural(XSD + "integer", _integer)
DECIMAL: Final = Natural(XSD + "decimal", _decimal)
DOUBLE: Final = Natural(XSD + "double", _double)
BOOLEAN: Final = Natural(XSD + "boolean", _boolean)
DATE: Final = Natural(XSD + "date", str)
TIME: Final = Natural(XSD + "time", _moment)
DATE_TIME: Final = Natural(XSD + "dateTime", _moment)
BINARY: Final = Natural(XSD + "hexBinary", _binary)

_BY_NAME: Final[dict[str, Natural]] = {
    **dict.fromkeys(("tinyint", "smallint", "mediumint", "int", "integer", "bigint", "hugeint"), INTEGER),
    **dict.fromkeys(("utinyint", "usmallint", "uinteger", "ubigint", "uhugeint", "int2", "int4", "int8"), INTEGER),
    **dict.fromkeys(("numeric", "decimal", "dec"), DECIMAL),
    **dict.fromkeys(("float", "real", "double", "double precision", "float4", "float8"), DOUBLE),
    **dict.fromkeys(("boolean", "bool"), BOOLEAN),
    "date": DATE,
    **dict.fromkeys(("time", "timetz", "time with time zone"), TIME),
    **dict.fromkeys(("timestamp", "timestamptz", "timestamp with time zone", "datetime"), DATE_TIME),
    **dict.fromkeys(("timestamp_s", "timestamp_ms", "timestamp_ns"), DATE_TIME),
    **dict.fromkeys(("binary", "varbinary", "blob", "bytea"), BINARY),
}


def by_name(type_name: str) -> Natural | None:
    """Return the natural datatype of an SQL type as databases call it (`DECIMAL(10,2)`, `int4`); None: plain text."""
    return _BY_NAME.get(re.sub(r"\([^)]*\)", "", type_name).strip().lower())
