"""A sheet's value as a cell: sheets know numbers (doubles all), texts, truths, days, times and lengths of time."""

from datetime import date, datetime, time, timedelta
from typing import Any

from lod.inputs.cells import Cell, text_cell
from lod.terms import XSD


def sheet_cell(value: Any) -> Cell:
    """Return a value with its datatype: a whole number is an xsd:integer, any other an xsd:double.

    Raises Unfit for a text that no RDF text can hold.
    """
    match value:
        case str():
            return text_cell(value)
        case bool():
            return Cell(str(value).lower(), XSD + "boolean")
        case int() | float() if value == int(value):
            return Cell(str(int(value)), XSD + "integer")
        case float():
            return Cell(repr(value), XSD + "double")
        case datetime():
            return Cell(_without_idle_zeros(value.isoformat()), XSD + "dateTime")
        case date():
            return Cell(value.isoformat(), XSD + "date")
        case time():
            return Cell(_without_idle_zeros(value.isoformat()), XSD + "time")
        case timedelta():
            return Cell(_duration(value), XSD + "dayTimeDuration")
    raise TypeError(f"no value of a sheet: {value!r}")


def _without_idle_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _duration(length: timedelta) -> str:
    """Spell a length of time. https://www.w3.org/TR/xmlschema11-2/#dayTimeDuration."""
    sign, length = ("-", -length) if length < timedelta() else ("", length)
    minutes, seconds = divmod(length.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    exact = _without_idle_zeros(f"{seconds}.{length.microseconds:06d}")
    parts = [f"{number}{unit}" for number, unit in ((hours, "H"), (minutes, "M")) if number]
    parts += [f"{exact}S"] if exact != "0" else []
    days = f"{length.days}D" if length.days else ""
    clock = f"T{''.join(parts)}" if parts else ""
    return f"{sign}P{days}{clock}" if days or clock else "PT0S"
