"""What is left to change in a call by another engine's name: arguments that say which function is meant, and how."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace

from lod.errors import MappingError
from lod.functions.java_dates import FIELDS_OF_TIME, strptime_format
from lod.mapping.model import Call, Expression
from lod.term_table import Constant
from lod.vocab import FN


def empty_is_absent(call: Call) -> Call:
    """Take a comparison with the empty text for a question whether there is a value."""
    given = dict(call.arguments)
    for name, other in (("value", "other"), ("other", "value")):
        if given[name] == Constant(""):
            question = "absent" if call.function == FN + "equal" else "present"
            return replace(call, function=FN + question, arguments=(("value", given[other]),))
    return call


def without_separator(call: Call) -> Call:
    """Take a list without a separator for a list of characters."""
    given = dict(call.arguments)
    if given.get("separator", Constant("")) == Constant(""):
        arguments = (("value", given["values"]), ("part", given["value"]))
        return replace(call, function=FN + "contains", arguments=arguments)
    return call


def slashes_hold_a_pattern(call: Call) -> Call:
    """Take a text between slashes for a regular expression, as GREL does: `/[aeiou]/`."""
    given = dict(call.arguments)
    name = "find" if "find" in given else "separator"
    argument = given.pop(name)
    pattern = re.fullmatch("/(.+)/", argument.value, re.DOTALL) if isinstance(argument, Constant) else None
    if pattern is None:
        return call
    function = "replace" if name == "find" else "splitPattern"
    return replace(call, function=FN + function, arguments=(*given.items(), ("pattern", Constant(pattern[1]))))


def by_mode(call: Call, functions: Mapping[str, str]) -> Call:
    """Choose the function by the mode."""
    given = dict(call.arguments)
    mode = _constant(call, given.pop("mode", None), "mode")
    if mode not in functions:
        raise MappingError(f"the mode is one of {', '.join(functions)}, not {mode!r}", at=call.position)
    return replace(call, function=FN + functions[mode], arguments=tuple(given.items()))


def member_or_element(call: Call) -> Call:
    """Take a name, or the number of an element, for the path to it from the whole."""
    given = dict(call.arguments)
    name = _constant(call, given["path"], "field")
    step = name if re.fullmatch("-?[0-9]+", name) else json.dumps(name)
    return replace(call, arguments=(("value", given["value"]), ("path", Constant(f"$[{step}]"))))


def java_format(call: Call) -> Call:
    """Turn a format of Java's (`dd.MM.yyyy`) into one of ours, and refuse names of months that are not English."""
    given = dict(call.arguments)
    language = _constant(call, given.pop("language", Constant("en")), "language")
    if not language.lower().startswith("en"):
        hint = "Name the months in a lookup table, or read them with a function of your own."
        raise MappingError(
            f"names of months and days are read in English, not in {language!r}", at=call.position, hint=hint
        )
    try:
        given["format"] = Constant(strptime_format(_constant(call, given["format"], "format")))
    except ValueError as error:
        raise MappingError(str(error), at=call.position) from error
    return replace(call, arguments=tuple(given.items()))


def date_or_time(call: Call) -> Call:
    """Choose by the format whether a day or a time is read."""
    made = java_format(call)
    timed = FIELDS_OF_TIME.search(_constant(made, dict(made.arguments)["format"], "format"))
    return replace(made, function=FN + ("parseDateTime" if timed else "parseDate"))


def columns_from_one(call: Call) -> Call:
    """Count columns from 1 instead of 0."""
    given = dict(call.arguments)
    for name in ("key", "column"):
        number = _constant(call, given[name], name)
        if not (number.isascii() and number.isdigit()):
            raise MappingError(f"a column is a number from 0, not {number!r}", at=call.position)
        given[name] = Constant(str(int(number) + 1))
    return replace(call, arguments=tuple(given.items()))


def one_or_more(call: Call) -> Call:
    """Choose by the end whether one element is wanted or a slice."""
    given = dict(call.arguments)
    if "end" in given:
        return replace(call, function=FN + "slice")
    return replace(call, function=FN + "element", arguments=(("values", given["values"]), ("index", given["start"])))


def _constant(call: Call, argument: Expression | None, name: str) -> str:
    if not isinstance(argument, Constant):
        raise MappingError(f"the {name} must be a constant text", at=call.position)
    return argument.value
