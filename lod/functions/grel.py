"""GREL's functions, as described in FnO. http://users.ugent.be/~bjdmeest/function/grel.ttl."""

from functools import partial
from typing import Final

from lod.functions.adapt import by_mode, date_or_time, member_or_element, one_or_more, slashes_hold_a_pattern
from lod.functions.alias import Alias
from lod.term_table import Constant
from lod.vocab import GREL

_VALUE = {"value": "valueParameter"}
_ANY = {"value": "p_any_e|valueParameter"}
_PART = {**_VALUE, "part": "string_sub"}
_NUMBER = {"value": "p_dec_n"}
_LIST = {"values": "p_array_a"}
_RANGE = {"start": "param_int_i_from", "end": "param_int_i_opt_to"}

_UPPER, _LOWER, _TITLE = Alias("upper", _VALUE), Alias("lower", _VALUE), Alias("title", _VALUE)
_LENGTH, _TRIM, _SUBSTRING = Alias("length", _VALUE), Alias("trim", _VALUE), Alias("substring", _VALUE | _RANGE)

_NAMES = {
    "array_get": Alias("slice", _LIST | _RANGE, adapt=one_or_more),
    "array_join": Alias("join", {**_LIST, "separator": "p_string_sep"}),
    "array_length": Alias("count", _LIST),
    "array_reverse": Alias("reverse", _LIST),
    "array_slice": Alias("slice", _LIST | _RANGE),
    "array_sort": Alias("sort", _LIST),
    "array_uniques": Alias("unique", _LIST),
    "boolean_and": Alias("all", repeated="param_rep_b"),
    "boolean_not": Alias("not", {"value": "bool_b"}),
    "boolean_or": Alias("any", repeated="param_rep_b"),
    "controls_if": Alias("when", {"condition": "bool_b", "value": "any_true", "otherwise": "any_false"}),
    "controls_isBlank": Alias("absent", _ANY),
    "controls_isNonBlank": Alias("present", _ANY),
    "controls_isNotNull": Alias("present", _ANY),
    "controls_isNull": Alias("absent", _ANY),
    "date_toDate": Alias("parseDate", {**_VALUE, "format": "p_string_pattern"}, adapt=date_or_time),
    "endsWith": Alias("endsWith", _PART),
    "escape": Alias(
        "escapeHtml",
        {**_VALUE, "mode": "modeParameter"},
        adapt=partial(by_mode, functions={"html": "escapeHtml", "xml": "escapeHtml", "url": "encodeUri"}),
    ),
    "length": _LENGTH,
    "math_ceil": Alias("ceiling", _NUMBER),
    "math_floor": Alias("floor", _NUMBER),
    "math_round": Alias("round", _NUMBER),
    "other_coalesce": Alias("coalesce", repeated="p_any_rep_e"),
    "other_get": Alias("jsonValue", {"value": "p_any_e", "path": "p_string_field"}, adapt=member_or_element),
    "other_parseJson": Alias("jsonValue", {**_VALUE, "path": Constant("$")}),
    "startsWith": Alias("startsWith", _PART),
    "string_contains": Alias("contains", _PART),
    "string_endsWith": Alias("endsWith", _PART),
    "string_get": _SUBSTRING,
    "string_length": _LENGTH,
    "string_md5": Alias("hash", {**_VALUE, "algorithm": Constant("md5"), "length": Constant("all")}),
    "string_replace": Alias(
        "replaceText",
        {**_VALUE, "find": "p_string_find", "replacement": "p_string_replace"},
        adapt=slashes_hold_a_pattern,
    ),
    "string_sha1": Alias("hash", {**_VALUE, "algorithm": Constant("sha1"), "length": Constant("all")}),
    "string_slice": _SUBSTRING,
    "string_split": Alias(
        "split",
        {**_VALUE, "separator": "p_string_sep", "trim": Constant("false")},
        adapt=slashes_hold_a_pattern,
    ),
    "string_startsWith": Alias("startsWith", _PART),
    "string_strip": _TRIM,
    "string_substring": _SUBSTRING,
    "string_toLowercase": _LOWER,
    "string_toNumber": Alias("number", _ANY),
    "string_toString": Alias("coalesce", _ANY),
    "string_toTitlecase": _TITLE,
    "string_toUppercase": _UPPER,
    "string_trim": _TRIM,
    "string_unescape": Alias(
        "unescapeHtml",
        {**_VALUE, "mode": "modeParameter"},
        adapt=partial(by_mode, functions={"html": "unescapeHtml", "xml": "unescapeHtml", "url": "decodeUri"}),
    ),
    "toLowerCase": _LOWER,
    "toLowercase": _LOWER,
    "toTitleCase": _TITLE,
    "toTitlecase": _TITLE,
    "toUpperCase": _UPPER,
    "toUppercase": _UPPER,
    "unescape": Alias(
        "unescapeHtml",
        {**_VALUE, "mode": "modeParameter"},
        adapt=partial(by_mode, functions={"html": "unescapeHtml", "xml": "unescapeHtml", "url": "decodeUri"}),
    ),
}

ALIASES: Final = {GREL + name: alias for name, alias in _NAMES.items()}
REFUSED: Final = {
    GREL + "date_now": "each run would give another time",
    GREL + "math_randomNumber": "each run would give another number",
}
