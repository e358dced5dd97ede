"""Folding: what it makes the same, what it never does, and that it agrees with a plain twin."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.texts import fold

SAME = {
    "white space": ("613  people\n were\tkilled", "613 people were killed"),
    "a no-break space": ("613\u00a0people", "613 people"),
    "double quotation marks": ("\u201cyes\u201d \u00abyes\u00bb \u201eyes\u201c", '"yes" "yes" "yes"'),
    "single quotation marks": ("\u2018yes\u2019", "'yes'"),
    "dashes between words": ("north\u2013south \u2014 and", "north-south - and"),
    "a soft hyphen": ("mas\u00adsacre", "massacre"),
    "a soft hyphen at the end of a line": ("mas\u00ad\n  sacre", "massacre"),
    "a ligature": ("\ufb01re, o\ufb03ce", "fire, office"),
    "an Arabic form": ("\ufefb", "\u0644\u0627"),
    "case": ("KHOJALY Stra\u00dfe", "khojaly STRASSE"),
    "an accent of its own": ("cafe\u0301", "caf\u00e9"),
    "two marks in another order": ("a\u0323\u0301", "a\u0301\u0323"),
}
APART = {
    "white space around a hyphen": ("485 - 613", "485-613"),
    "a dash that may be a minus sign": ("\u20145", "-5"),
    "a range by dash and one by hyphen": ("485\u2013613", "485-613"),
    "a minus sign and a hyphen": ("\u22125", "-5"),
    "more and fewer digits": ("1,275", "1275"),
    "a full-width digit": ("\uff15", "5"),
    "a superscript": ("5\u00b2", "52"),
    "a fraction": ("\u00bd", "1/2"),
    "a Roman numeral": ("\u2167", "\u2177"),
    "a negation": ("not found", "found"),
    "another negation": ("can't", "cant"),
    "per cent": ("5%", "5"),
    "feet": ("5\u2032", "5'"),
    "single and double marks": ("'yes'", '"yes"'),
    "an accent": ("cafe", "caf\u00e9"),
    "two letters": ("\u00e6", "ae"),
}

ODD = "aAbB1258 \n\t\u00a0\u00ad\u200b-\u2010\u2013\u2014\u2212'\u2019\"\u201d\u00ab\ufb01\u00df\u0301\u0323\u0345\u00e9.,\uff15\u00b2\u2167"
texts = st.text(st.sampled_from(ODD), max_size=12) | st.text(max_size=12)


def digits(text: str) -> str:
    return "".join(char for char in text if unicodedata.category(char).startswith("N"))


def twin(text: str) -> str:
    """Fold in plain steps over the whole text, as docs/quotes.md tells them."""
    text = re.sub("\u00ad\\s*\n\\s*", "", text)
    text = re.sub("[\u00ad\u200b\u2060\ufeff]", "", text)
    out = "".join(
        unicodedata.normalize("NFKC", char) if "LIGATURE" in unicodedata.name(char, "") else char for char in text
    )
    out = re.sub("[\u2010-\u2015](?![0-9])", "-", out)
    out = re.sub("[\u201c\u201d]", '"', re.sub("[\u2018\u2019]", "'", out))
    out = re.sub(r"\s+", " ", out).casefold()
    return unicodedata.normalize("NFD", out)


@pytest.mark.parametrize("name", SAME)
def test_is_the_same(name: str) -> None:
    one, other = SAME[name]
    assert one != other
    assert fold(one).text == fold(other).text


@pytest.mark.parametrize("name", APART)
def test_stays_apart(name: str) -> None:
    one, other = APART[name]
    assert fold(one).text != fold(other).text


@given(texts)
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    folded = fold(text).text
    assert fold(folded).text == folded


@given(texts)
def test_no_numeral_is_touched(text: str) -> None:
    """So two texts with different digits never become one."""
    assert digits(fold(text).text) == digits(text)


@given(st.text(st.sampled_from("aAbB125 \n\u00ad\u2013\u2014-\u2019\u201d\ufb01\u00e9\u0301\u0323\u00df"), max_size=16))
def test_the_plain_twin_folds_alike(text: str) -> None:
    assert fold(text).text == twin(text)


@given(texts)
def test_each_character_leads_back_to_its_place(text: str) -> None:
    folded = fold(text)
    assert len(folded.starts) == len(folded.ends) == len(folded.text)
    assert list(folded.starts) == sorted(folded.starts)
    for place, char in enumerate(folded.text):
        own = text[folded.starts[place] : folded.ends[place]]
        assert char in fold(own).text or char in "-\u2010\u2013\u2014"
