"""Texts: white space, case, parts, lengths, joining, and what can be asked of them."""

import html
import re
import unicodedata

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from lod.functions.arrow import of_arrays, of_values
from lod.functions.function import Function, Parameter, Type, setting
from lod.functions.logic import certain, ordinals

_VALUE = Parameter("value")
_PART = Parameter("part")
_FORMS = ("NFC", "NFD", "NFKC", "NFKD")
_WHOLE = re.compile("-?[0-9]{1,9}")
_LONGEST = 1000
# Marks on Latin letters; in other scripts marks are letters of their own.
_LATIN_MARKS = re.compile("([A-Za-z])[\u0300-\u036f]+")


def _title(text: str) -> str:
    return re.sub(r"\S+", lambda word: _capital(word[0].lower()), text)


def _capital(word: str) -> str:
    return word[0].title() + word[1:]


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFC", _LATIN_MARKS.sub(r"\1", unicodedata.normalize("NFKD", text)))
    kept = "".join(char if unicodedata.category(char)[0] in "LMN" else " " for char in plain.lower())
    return "-".join(kept.split())


def _normalize(text: str, form: str) -> str:
    return unicodedata.normalize(form, text)  # type: ignore[arg-type]  # one of _FORMS, which the check holds


def _replace(texts: pa.Array, find: str, replacement: str) -> pa.Array:
    return pc.replace_substring(texts, find, replacement)


def _substring(texts: pa.Array, start: str, end: str) -> pa.Array:
    return pc.utf8_slice_codeunits(texts, int(start), int(end) if end else None)


def _pad(texts: pa.Array, length: str, mark: str, side: str) -> pa.Array:
    pad = pc.utf8_lpad if side == "left" else pc.utf8_rpad
    return pad(texts, int(length), mark)


def _concat(*each: ir.StringValue, separator: str) -> ir.StringValue:
    joined = each[0]
    for text in each[1:]:
        joined = joined + separator + text
    return joined.nullif("")


def whole_numbers(**settings: str) -> str | None:
    """Say which of these settings is no whole number; an end may be left out."""
    bad = [name for name, text in settings.items() if not _WHOLE.fullmatch(text) and (name, text) != ("end", "")]
    return f"{bad[0]} must be a whole number, not {settings[bad[0]]!r}" if bad else None


def _check_pad(length: str, mark: str, side: str) -> str | None:
    if len(mark) != 1 or side not in ("left", "right"):
        return "the mark is one character, and the side left or right"
    return whole_numbers(length=length) or (None if int(length) <= _LONGEST else f"the length is at most {_LONGEST}")


def _check_form(form: str) -> str | None:
    return None if form in _FORMS else f"the form is one of {', '.join(_FORMS)}, not {form!r}"


FUNCTIONS = (
    Function("trim", "the text without white space around it", (_VALUE,), of_values(str.strip)),
    Function("lower", "in lower case", (_VALUE,), of_values(str.lower)),
    Function("upper", "in upper case", (_VALUE,), of_values(str.upper)),
    Function("title", "each word with a capital, the rest in lower case", (_VALUE,), of_values(_title)),
    Function(
        "replaceText",
        "every occurrence of a text replaced",
        (_VALUE, setting("find"), setting("replacement")),
        of_arrays(_replace),
        check=lambda find, replacement: None if find else "there is nothing to find",  # noqa: ARG005
    ),
    Function(
        "substring",
        "the characters from `start` (the first is 0) up to `end`, both counted from the end where negative",
        (_VALUE, setting("start"), setting("end", "")),
        of_arrays(_substring),
        check=whole_numbers,
    ),
    Function(
        "pad",
        "filled up to a length with a mark, on the left or right",
        (_VALUE, setting("length"), setting("mark", "0"), setting("side", "left")),
        of_arrays(_pad),
        check=_check_pad,
    ),
    Function(
        "concat",
        "the texts joined; null where one is",
        (*ordinals(Type.TEXT), setting("separator", "")),
        _concat,
    ),
    Function(
        "slug",
        "letters and digits of any script in lower case, Latin ones without marks, `-` for all between",
        (_VALUE,),
        of_values(_slug),
        complaint="has no letter and no digit",
    ),
    Function(
        "normalize",
        "in a Unicode normal form: NFC, NFD, NFKC or NFKD",
        (_VALUE, setting("form", "NFC")),
        of_values(_normalize),
        check=_check_form,
    ),
    Function("escapeHtml", "`&`, `<`, `>` and quotes as HTML writes them", (_VALUE,), of_values(html.escape)),
    Function("unescapeHtml", "HTML's character references as characters", (_VALUE,), of_values(html.unescape)),
    Function("length", "the number of characters (code points)", (_VALUE,), lambda value: value.length(), Type.COUNT),
    Function(
        "contains",
        "whether a text holds another",
        (_VALUE, _PART),
        lambda value, part: certain(value.contains(part)),
        Type.TRUTH,
    ),
    Function(
        "startsWith",
        "whether it begins with another",
        (_VALUE, _PART),
        lambda value, part: certain(value.startswith(part)),
        Type.TRUTH,
    ),
    Function(
        "endsWith",
        "whether it ends with another",
        (_VALUE, _PART),
        lambda value, part: certain(value.endswith(part)),
        Type.TRUTH,
    ),
)
