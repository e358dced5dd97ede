"""References in Wikidata, as QuickStatements takes them behind a statement: properties and values, with tabs between.

https://www.wikidata.org/wiki/Help:QuickStatements#Adding_references
"""

from collections.abc import Iterator

from lod.release.pages.citations.work import Work, date_parts, one_line
from lod.release.pages.claim import Claim

_LONGEST = 1500  # Wikidata takes no longer text
_PRECISION = (9, 10, 11)  # a year, a month, a day
_LOCATORS = {"page": "S304", "chapter": "S792"}
_SECTION = "S958"


def reference(work: Work, claim: Claim | None = None) -> str:
    """Return the reference to a work, and where and with which words it makes a claim.

    It is empty where the work was not seen: what relays it is to be cited. Publisher and container are left out, as
    Wikidata wants items of them; so are texts that are too long for it.
    """
    if work.relays:
        return ""
    parts = [*_of_work(work), *(_of_claim(claim) if claim else [("S304", _string(work.pages))])]
    return "\t".join(part for pair in parts if pair[1] for part in pair)


def _of_work(work: Work) -> Iterator[tuple[str, str]]:
    yield "S248", work.item
    yield "S1476", _in_language(work.title, work.language)
    yield from (("S2093", _string(name)) for name in work.names("author"))
    yield "S577", _time(work.date)
    yield "S478", _string(work.text("volumeNumber"))
    yield "S433", _string(work.text("issueNumber"))
    isbn = work.identifier("isbn")
    yield "S957" if len(isbn.replace("-", "")) == 10 else "S212", _string(isbn)
    for number, scheme in (("S356", "doi"), ("S236", "issn"), ("S243", "oclc"), ("S217", "shelfmark")):
        yield number, _string(work.identifier(scheme))
    yield "S854", _string(work.text("url"))
    yield "S1065", _string(work.text("archivedAt"))
    yield "S2960", _time(work.archived_on)
    yield "S813", _time(work.accessed)


def _of_claim(claim: Claim) -> Iterator[tuple[str, str]]:
    yield _LOCATORS.get(claim.locator_type, _SECTION), _string(one_line(claim.locator or ""))
    if claim.quote:
        yield "S1683", _in_language(one_line(claim.quote.text), claim.quote.language or "")


def _string(text: str) -> str:
    return f'"{text}"' if 0 < len(text) <= _LONGEST else ""


def _in_language(text: str, language: str) -> str:
    return f"{language.lower() or 'und'}:{_string(text)}" if _string(text) else ""


def _time(date: str) -> str:
    """Return a date with its precision."""
    parts = date_parts(date)
    if not parts:
        return ""
    year, month, day = (*parts, 0, 0)[:3]
    sign = "-" if year < 0 else "+"
    return f"{sign}{abs(year):04}-{month:02}-{day:02}T00:00:00Z/{_PRECISION[len(parts) - 1]}"
