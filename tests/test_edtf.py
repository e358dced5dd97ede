"""EDTF by its specification (https://www.loc.gov/standards/datetime/): what a date may be, and when it first and last was."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lod.functions import edtf
from lod.terms import XSD

MANY = settings(max_examples=5 * settings.default.max_examples)

# A text, its first and last possible day (None: open), and the XSD type of a plain one.
DATES = [
    ("1992-02-26", "1992-02-26", "1992-02-26", "date"),
    ("1992-02-29", "1992-02-29", "1992-02-29", "date"),
    ("2000-02-29", "2000-02-29", "2000-02-29", "date"),
    ("0001-01-01", "0001-01-01", "0001-01-01", "date"),
    ("9999-12-31", "9999-12-31", "9999-12-31", "date"),
    ("1992-02", "1992-02-01", "1992-02-29", "gYearMonth"),
    ("1993-02", "1993-02-01", "1993-02-28", "gYearMonth"),
    ("1900-02", "1900-02-01", "1900-02-28", "gYearMonth"),
    ("1992-12", "1992-12-01", "1992-12-31", "gYearMonth"),
    ("1992", "1992-01-01", "1992-12-31", "gYear"),
    ("0044", "0044-01-01", "0044-12-31", "gYear"),
    # uncertain, approximate, both
    ("1992?", "1992-01-01", "1992-12-31", None),
    ("1992-02~", "1992-02-01", "1992-02-29", None),
    ("1992-02-26%", "1992-02-26", "1992-02-26", None),
    # digits left out, from the right
    ("199X", "1990-01-01", "1999-12-31", None),
    ("19XX", "1900-01-01", "1999-12-31", None),
    ("1992-XX", "1992-01-01", "1992-12-31", None),
    ("1992-02-XX", "1992-02-01", "1992-02-29", None),
    ("1992-XX-XX", "1992-01-01", "1992-12-31", None),
    ("199X?", "1990-01-01", "1999-12-31", None),
    # seasons: which months they have depends on where
    ("1992-21", "1992-01-01", "1992-12-31", None),
    ("1992-24~", "1992-01-01", "1992-12-31", None),
    # intervals, open or with an end that is not known
    ("1992-02/1992-03", "1992-02-01", "1992-03-31", None),
    ("1992-02-25/1992-02-26", "1992-02-25", "1992-02-26", None),
    ("1992/1992", "1992-01-01", "1992-12-31", None),
    ("1992-02-26/1992", "1992-02-26", "1992-12-31", None),
    ("1984~/2004-06", "1984-01-01", "2004-06-30", None),
    ("1992-02-XX/1992-03-01", "1992-02-01", "1992-03-01", None),
    ("199X/2001-21", "1990-01-01", "2001-12-31", None),
    ("1992-02/..", "1992-02-01", None, None),
    ("1992-02/", "1992-02-01", None, None),
    ("../1992-02", None, "1992-02-29", None),
    ("/1992-02", None, "1992-02-29", None),
]

NO_DATES = [
    "1992-02-30",
    "1993-02-29",
    "1900-02-29",
    "1992-04-31",
    "1992-13",
    "1992-00",
    "1992-02-00",
    "1992-02-32",
    "1992-25",
    "1992-20",
    "1992-21-01",
    "1992-21-XX",
    "92",
    "199",
    "19920226",
    "1992-2-3",
    "1992-2",
    "26.2.1992",
    "02/26/1992",
    "1992/02/26",
    "1992-02-26T10:00:00",
    "12026",
    "-0044",
    "0000",
    "000X",
    "XXXX",
    "X992",
    "1992-XX-26",
    "199X-02",
    "19XX-02-29",
    "1X92",
    "199x",
    "1992??",
    "?1992",
    "1992-?02",
    "1992-02-~26",
    "1992~-02",
    "1992..1993",
    "1992-02-26Z",
    "1993/1992",
    "1992-03/1992-02",
    "1992-02-27/1992-02-26",
    "2000/199X",
    "/",
    "../..",
    "/..",
    "../",
    "..",
    "...",
    "1992/1993/1994",
    "1992-02/03",
    "1992-02-25/26",
    "1992-02/unknown",
    "1992-02/open",
    "1992/x",
    "today",
    "１９９２",
    "١٩٩٢",
    "",
    " ",
    " 1992",
    "1992 ",
    "1992\n",
    "1992 / 1993",
    "about 1992",
    "circa 1992",
    "February 1992",
]


@pytest.mark.parametrize(("text", "earliest", "latest", "name"), DATES)
def test_a_date_says_when(text: str, earliest: str | None, latest: str | None, name: str | None) -> None:
    assert (edtf.earliest(text), edtf.latest(text)) == (earliest, latest)
    assert edtf.datatype(text) == (name and XSD + name)
    assert edtf.value(text) == (text if name else None)


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_says_nothing(text: str) -> None:
    assert edtf.parse(text) is None
    assert [edtf.earliest(text), edtf.latest(text), edtf.datatype(text), edtf.value(text)] == [None] * 4


@MANY
@given(day=st.dates(), mark=st.sampled_from(["", "?", "~", "%"]))
def test_a_day_lies_within_its_month_its_year_and_its_decade(day: date, mark: str) -> None:
    written = day.isoformat()
    exact = edtf.parse(written + mark)
    assert exact == edtf.Edtf(day, day)
    for part in (
        written[:8] + "XX",
        written[:7],
        written[:5] + "XX",
        written[:4],
        written[:3] + "X",
        written[:2] + "XX",
    ):
        bounds = edtf.parse(part + mark)
        if part[:2] == "00" and "X" in part[:4]:
            continue  # a decade or century that begins with the year 0
        assert bounds is not None
        assert bounds.earliest is not None
        assert bounds.latest is not None
        assert bounds.earliest <= day <= bounds.latest
        assert bounds.earliest.day == 1
        assert (bounds.latest.replace(day=28) - bounds.earliest).days <= 36525


@MANY
@given(first=st.dates(), last=st.dates())
def test_an_interval_ends_after_it_begins(first: date, last: date) -> None:
    assert edtf.parse(f"{first}/{last}") == (edtf.Edtf(first, last) if first <= last else None)


@MANY
@given(
    text=st.text(st.sampled_from("0129-/X.?~% "), max_size=22)
    | st.from_regex(r"(199[0-9X]-[012][0-9](-[0-3][0-9])?[?~%]?/?){1,2}", fullmatch=True)
)
def test_whatever_is_written_the_first_day_is_not_after_the_last(text: str) -> None:
    bounds = edtf.parse(text)
    if bounds is not None:
        assert bounds.earliest is not None or bounds.latest is not None
        assert (bounds.earliest or date.min) <= (bounds.latest or date.max)


# Days are counted by hand: 22 years of which 5 are leap, January, and 25 days.
EPOCHS = [
    ("0", "days", "1970-01-01"),
    ("8091", "days", "1992-02-26"),
    ("-1", "days", "1969-12-31"),
    ("0.9", "days", "1970-01-01"),
    ("-0.1", "days", "1969-12-31"),
    ("86399", "seconds", "1970-01-01"),
    ("86400", "seconds", "1970-01-02"),
    ("-1", "seconds", "1969-12-31"),
    ("699062400", "seconds", "1992-02-26"),
]


@pytest.mark.parametrize(("count", "unit", "day"), EPOCHS)
def test_days_and_seconds_since_1970(count: str, unit: str, day: str) -> None:
    assert edtf.from_epoch(count, unit) == day


@pytest.mark.parametrize("count", ["", "x", "1e3", "1_000", " 1", "nan", "inf", "1,5", "٣"])
def test_a_count_is_a_decimal_number(count: str) -> None:
    with pytest.raises(ValueError, match="no number"):
        edtf.from_epoch(count, "days")


@pytest.mark.parametrize("count", ["9999999999", "-9999999999"])
def test_a_count_ends_with_the_calendar(count: str) -> None:
    with pytest.raises(OverflowError):
        edtf.from_epoch(count, "days")
