"""Finding quotes: exactly, folded or not at all; and never a part of a number or a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.anchors import Place, Text

TEXT = "He said: \u201c613 people\nwere killed\u201d. Of them, 63 children; 613 people, in all."


def found(text: str, quote: str) -> tuple[str, str] | None:
    place = Text(text).find(quote)
    return (place.anchoring, place.exact) if place else None


def test_a_place_is_told_in_code_points_with_what_stands_around() -> None:
    text = "\U0001f4f0 A paper says that 12 people were hurt when the bridge gave way under them."
    place = Text(text).find("12 people were hurt")
    assert place == Place(
        anchoring="foundExactly",
        start=20,
        end=39,
        exact="12 people were hurt",
        prefix="\U0001f4f0 A paper says that ",
        suffix=" when the bridge gave way under ",
        times=1,
    )


def test_the_first_of_several_places_is_told_and_their_number() -> None:
    place = Text(TEXT).find("613 people")
    assert place is not None
    assert (place.start, place.times) == (TEXT.index("613"), 2)


def test_what_is_found_folded_is_told_as_the_text_has_it() -> None:
    place = Text(TEXT).find('"613 People were killed"')
    assert place is not None
    assert (place.anchoring, place.exact) == ("foundFolded", "\u201c613 people\nwere killed\u201d")
    assert TEXT[place.start : place.end] == place.exact


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("1,613 people", "613 people"),
        ("killed 613,000 people", "killed 613"),
        ("killed 485-613 people", "killed 485"),
        ("1\u00a0613 people", "613 people"),
        ("it was -5 there", "5 there"),
        ("63 children", "3 children"),
        ("unarmed men", "armed men"),
        ("a massacred town", "a massacre"),
        ("cafe\u0301 noir", "cafe"),
        ("a \ufb01re", "ire"),
        ("485 - 613", "485-613"),
        ("nothing", ""),
        ("nothing", " "),
        ("", "something"),
    ],
)
def test_is_not_found(text: str, quote: str) -> None:
    assert found(text, quote) is None


@pytest.mark.parametrize(
    ("text", "quote", "anchoring"),
    [
        ("613, including 63", "613", "foundExactly"),
        ("in 1992. 613 people", "613 people", "foundExactly"),
        ("1,613 and 613 people", "613 people", "foundExactly"),
        ("It was not found.", "found", "foundExactly"),
        ("\u6b7b\u8005613\u4eba", "613", "foundExactly"),
        ("THE END", "The end", "foundFolded"),
        ("mas\u00adsacre", "massacre", "foundFolded"),
    ],
)
def test_is_found(text: str, quote: str, anchoring: str) -> None:
    place = Text(text).find(quote)
    assert place is not None
    assert place.anchoring == anchoring


@given(st.text("ab 1,\n-", max_size=30), st.text("ab 1,\n-", min_size=1, max_size=4))
def test_whatever_is_found_exactly_stands_there(text: str, quote: str) -> None:
    """And what does not stand there is at best found folded, as the words of the text."""
    place = Text(text).find(quote)
    if place is not None:
        assert text[place.start : place.end] == place.exact
        assert text[: place.start].endswith(place.prefix)
        assert text[place.end :].startswith(place.suffix)
        assert (place.anchoring == "foundExactly") == (place.exact == quote)
        assert place.exact.lower().split() == quote.lower().split()
