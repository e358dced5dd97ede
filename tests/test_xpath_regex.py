"""XPath's regular expressions in RE2's syntax: what they match, in both engines that run them, and what is refused."""

import re

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.validation.xpath_regex import to_re2

# https://www.w3.org/TR/xpath-functions-31/#regex-syntax, https://www.w3.org/TR/xmlschema11-2/#regexs
CASES = [
    ("^[0-9]{4}$", "", "1992", True),
    ("^[0-9]{4}$", "", "1992\n", False),  # without m, $ is the very end
    ("^b$", "m", "a\nb\nc", True),
    ("^b$", "", "a\nb\nc", False),
    ("a.b", "", "a\nb", False),
    ("a.b", "", "a\rb", False),
    ("a.b", "s", "a\nb", True),
    ("ABC", "i", "xabcx", True),
    ("ABC", "", "xabcx", False),
    ("a b", "x", "ab", True),
    ("a[ ]b", "x", "a b", True),  # a space in brackets stays
    ("a.b", "q", "a.b", True),
    ("a.b", "q", "axb", False),
    ("[a]", "iq", "[A]", True),
    (r"\d", "", "\u0663", True),  # ARABIC-INDIC DIGIT THREE
    (r"^\D$", "", "\u0663", False),
    (r"^\s+$", "", " \t\n\r", True),
    (r"\s", "", "\u00a0", False),
    (r"\S", "", " ", False),
    (r"^\w+$", "", "\u00e9\u00b2+", True),
    (r"\w", "", ".- ", False),
    (r"\W", "", ".", True),
    (r"^\i\c*$", "", "ns:\u00e9-1", True),
    (r"^\i", "", "1", False),
    (r"\I", "", "1", True),
    (r"\C", "", "a", False),
    (r"\p{Lu}", "", "\u00c9", True),
    (r"\P{L}", "", "abc", False),
    (r"[\p{Lu}\d]", "", "\u00c9", True),
    ("^[a-z-[aeiou]]+$", "", "bcd", True),
    ("^[a-z-[aeiou]]+$", "", "bad", False),
    (r"^[\w-[\d_]]+$", "", "ab1", False),
    ("[^a-c]", "", "abc", False),
    ("[a-]", "", "-", True),
    (r"[\-x\]]", "", "]", True),
    (r"\^\$\.\\\{", "", "^$.\\{", True),
    ("a{2,3}?b", "", "aab", True),
    ("a|b|", "", "c", True),
    ("(?:a)(?i)B", "", "ab", True),  # beyond XPath
    (r"\bcat\b", "", "a cat", True),
    (r"\/\-\'", "", "/-'", True),
    ("", "", "", True),
]


@pytest.mark.parametrize(("pattern", "flags", "text", "matches"), CASES)
def test_what_a_pattern_matches(pattern: str, flags: str, text: str, matches: bool) -> None:
    made = to_re2(pattern, flags)
    assert pc.match_substring_regex(pa.array([text]), made).to_pylist() == [matches]
    assert duckdb.execute("SELECT regexp_matches(?, ?)", [text, made]).fetchone() == (matches,)


REFUSED = [
    (r"(a)\1", "", "back-reference"),
    ("(?=a)", "", "looks ahead or behind"),
    ("(?<!a)b", "", "looks ahead or behind"),
    ("(?P=a)", "", "opens no group"),
    ("a{1001}", "", "no number of repetitions up to 1000"),
    ("a{3,2}", "", "no number of repetitions"),
    ("a{,3}", "", "brace"),
    ("[a", "", "does not end"),
    ("[]", "", "is empty"),
    ("[[a]", "", "a bracket inside of brackets"),
    ("[a-z-[a]b]", "", "stands at its end"),
    ("[a-[a]]", "", "no characters left"),
    ("a)", "", "unexpected )"),
    ("(a", "", "missing )"),
    ("**", "", "no argument for repetition operator"),
    (r"\q", "", "no escape"),
    ("\\", "", "no escape"),
    (r"\p{IsGreek}", "", "no category"),
    (r"\p{Greek}", "", "no category"),
    ("a", "g", "no flag 'g'"),
]


@pytest.mark.parametrize(("pattern", "flags", "says"), REFUSED)
def test_what_is_refused_and_why(pattern: str, flags: str, says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        to_re2(pattern, flags)


@given(
    st.text(st.sampled_from("ab1 .^$*+?|()[]{}-,\\dDsSwWpPLuiIcC\n"), max_size=12),
    st.sampled_from(["", "i", "x", "smq"]),
)
def test_any_text_is_a_pattern_or_is_refused(pattern: str, flags: str) -> None:
    try:
        made = to_re2(pattern, flags)
    except ValueError:
        return
    assert pc.match_substring_regex(pa.array(["ab1"]), made).to_pylist() in ([True], [False])
