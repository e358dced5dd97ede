"""IDLab's functions. https://github.com/FnOio/idlab-functions-java."""

from typing import Final

from lod.functions.adapt import columns_from_one, empty_is_absent, java_format, without_separator
from lod.functions.alias import Alias
from lod.term_table import Constant
from lod.vocab import IDLAB

_FORMER = "http://example.com/idlab/function/"
# Of the test cases of RML-FNML and of its predecessor.
_TESTS = "http://example.com/functions/"

_STR = {"value": "str"}
_TWO = {"value": "valueParameter|str", "other": "valueParameter2|otherStr"}
_UPPER = Alias("upper", _STR)
_DATE = {"value": "strDate", "format": "pattern"}
_DATE_IN = {**_DATE, "language": "lang"}
_LOOKUP: dict[str, str | Constant | Alias] = {
    **_STR,
    "file": "inputFile",
    "key": "fromColumn",
    "column": "toColumn",
    "header": Constant("false"),
    "repeated": Constant("first"),
}

_NAMES = {
    "alwaysReturnsABC": Alias("coalesce", {"value": Constant("ABC")}),
    "concat": Alias("concat", {**_STR, "other": "otherStr", "separator": "delimiter|separator"}),
    "concatSequence": Alias("concat", {"separator": "delimiter"}, repeated="seq"),
    "decide": Alias("when", {"condition": Alias("equal", {**_STR, "other": "expectedStr"}), "value": "result"}),
    "equal": Alias("equal", _TWO, adapt=empty_is_absent),
    "inRange": Alias(
        "all",
        {
            "a": Alias("atLeast", {"value": "p_test", "other": "p_from"}),
            "b": Alias("less", {"value": "p_test", "other": "p_to"}),
        },
    ),
    "isNotNull": Alias("present", _STR),
    "isNull": Alias("absent", _STR),
    "listContainsElement": Alias("includes", {"values": "list", **_STR}),
    "lookup": Alias("lookup", _LOOKUP, adapt=columns_from_one),
    "lookupWithDelimiter": Alias("lookup", {**_LOOKUP, "delimiter": "delimiter"}, adapt=columns_from_one),
    "normalizeDate": Alias("parseDate", _DATE, adapt=java_format),
    "normalizeDateTime": Alias("parseDateTime", _DATE, adapt=java_format),
    "normalizeDateTimeWithLang": Alias("parseDateTime", _DATE_IN, adapt=java_format),
    "normalizeDateWithLang": Alias("parseDate", _DATE_IN, adapt=java_format),
    "notEqual": Alias("notEqual", _TWO, adapt=empty_is_absent),
    "slugify": Alias("slug", _STR),
    "stringContainsOtherString": Alias(
        "oneOf", {"value": "otherStr", "values": "str", "separator": "delimiter"}, adapt=without_separator
    ),
    "toUpperCaseURL": Alias(
        "when",
        {
            "condition": Alias("startsWith", {"value": _UPPER, "part": Constant("HTTP://")}),
            "value": _UPPER,
            "otherwise": Alias("concat", {"value": Constant("http://"), "other": _UPPER}),
        },
    ),
    "trueCondition": Alias("when", {"condition": "strBoolean", "value": "str"}),
}

_CHANGES = "it keeps what it saw in an earlier run, and a run here depends on its inputs alone"
_NOT_HERE = {
    "createUniqueIRI": _CHANGES,
    "dbpediaSpotlight": "it asks a service for each record",
    "explicitCreate": _CHANGES,
    "explicitDelete": _CHANGES,
    "explicitUpdate": _CHANGES,
    "generateUniqueIRI": _CHANGES,
    "implicitCreate": _CHANGES,
    "implicitDelete": _CHANGES,
    "implicitUpdate": _CHANGES,
    "random": "each run would give another value; fn:uuid and fn:hash make names from values",
    "readFile": "a value of the data would say which file to read",
    "updateUniqueIRI": _CHANGES,
}

ALIASES: Final = {
    **{namespace + name: alias for namespace in (IDLAB, _FORMER) for name, alias in _NAMES.items()},
    _TESTS + "helloworld": Alias("coalesce", {"value": Constant("Hello World!")}),
}
REFUSED: Final = {namespace + name: why for namespace in (IDLAB, _FORMER) for name, why in _NOT_HERE.items()}
