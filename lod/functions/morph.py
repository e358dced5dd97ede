"""Morph-KGC's built-in functions beside those of GREL. https://morph-kgc.readthedocs.io/en/stable/documentation/#functions."""

from typing import Final

from lod.functions.adapt import date_or_time, slashes_hold_a_pattern
from lod.functions.alias import Alias
from lod.term_table import Constant

MORPH: Final = "https://github.com/morph-kgc/morph-kgc/function/built-in.ttl#"

_VALUE = {"value": "valueParameter"}
_HASH = Alias("hash", {**_VALUE, "length": Constant("all")})
_SPLIT: dict[str, str | Constant | Alias] = {**_VALUE, "separator": "p_string_sep", "trim": Constant("false")}

_NAMES = {
    "concat": Alias("concat", {"value": "valueParameter1", "other": "valueParameter2", "separator": "p_string_sep"}),
    "controls_if_cast": Alias("when", {"condition": "bool_b", "value": "any_true", "otherwise": "any_false"}),
    "date_toDate": Alias("parseDate", {**_VALUE, "format": "p_string_pattern"}, adapt=date_or_time),
    "hash": _HASH,
    "hash_iri": Alias("concat", {"value": Constant("http://example.com/ns#"), "other": _HASH}),
    "other_coalesce": Alias("coalesce", repeated="p_any_rep_e"),
    "string_split_explode": Alias("split", _SPLIT, adapt=slashes_hold_a_pattern),
}

ALIASES: Final = {MORPH + name: alias for name, alias in _NAMES.items()}
REFUSED: Final = {MORPH + "uuid": "each run would give another value; fn:uuid makes one from a value"}
