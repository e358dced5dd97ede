"""Two projects on real input that nobody here wrote; what to expect is counted from the raw files by plain Python."""

import calendar
import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from real import DATA, Release, assert_every_claim_is_traceable, built

UCDP = {"ucdp_syria_lineage": 1, "ucdpged_sample": 86400}  # what a day is in date_start and date_end
BELLINGCAT = ("2022-04-05", "2022-10-25")
LOW_ABOVE_HIGH = "The least value is greater than the greatest: correct value_min or value_max."
NO_ADDRESS = "is not an absolute http or https URL"
NO_GROUNDS = "No grounds: the data set lists no source for this event that can be published, so its claim is left out."
NO_TEXT = "A claim says in our words what is claimed, once a language: fill the column text."
SHARED_ID = (
    "Two input rows use this id (or its row has no number): "
    "give each record an id of its own, and never change one that was published."
)


# UCDP: one claim by the data set for each event, on articles, these on informants.


@dataclass(frozen=True)
class Ucdp(Release):
    rows: dict[int, dict[str, str]]
    day: int

    @cached_property
    def kept(self) -> dict[str, dict[str, str]]:
        return {number(row["id"]): row for row in self.rows.values() if float(row["low"]) <= float(row["high"])}


@pytest.fixture(scope="module", params=UCDP)
def ucdp(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Ucdp:
    source = DATA / "ucdp" / f"{request.param}.csv"
    release = built("ucdp", tmp_path_factory.mktemp(request.param), {"events.csv": source})
    with source.open(encoding="utf-8", newline="") as stream:
        rows = dict(enumerate(csv.DictReader(stream), 1))
    return Ucdp(release.outcome, release.folder, rows, UCDP[request.param])


def number(text: str) -> str:
    return str(int(float(text)))


def articles(row: dict[str, str]) -> set[str]:
    text = row["source_article"]
    return {item.strip() for item in text[1:-1].split('";"')} if text.startswith('"') else {text.strip()}


def informants(row: dict[str, str]) -> set[str]:
    names = (" ".join(part.split()).lower() for part in re.split(r"[;,/\n]", row["source_original"]))
    return {name for name in names if any(char.isalnum() for char in name)}


def written_date(row: dict[str, str], day: int) -> str:
    """A day where it is known, a month where that is, else an interval."""
    first, last = (date(1970, 1, 1) + timedelta(float(row[side]) / day) for side in ("date_start", "date_end"))
    if row["date_prec"] == "1.0" and first == last:
        return str(first)
    month_end = calendar.monthrange(first.year, first.month)[1]
    if row["date_prec"] == "4.0" and first.day == 1 and last == first.replace(day=month_end):
        return f"{first:%Y-%m}"
    return f"{first}/{last}"


def test_ucdp_a_low_above_the_high_is_rejected_and_nothing_else(ucdp: Ucdp) -> None:
    wrong = {place for place, row in ucdp.rows.items() if float(row["low"]) > float(row["high"])}
    assert ucdp.reasons("records/events.csv") == {place: {LOW_ABOVE_HIGH} for place in wrong}
    assert ucdp.accounts() == {"records/events.csv": (len(ucdp.rows), len(ucdp.rows) - len(wrong), len(wrong), 0)}


def test_ucdp_every_claim_states_the_numbers_of_its_record(ucdp: Ucdp) -> None:
    found = ucdp.ask("""SELECT ?c ?best ?low ?high { ?c a schema:Claim ; ns:states ?v .
        ?v schema:value ?best ; schema:minValue ?low ; schema:maxValue ?high }""")
    expected = [(name, *(number(row[column]) for column in ("best", "low", "high"))) for name, row in ucdp.kept.items()]
    assert sorted(found) == sorted(expected)


def test_ucdp_a_best_outside_of_low_and_high_is_published_with_a_warning(ucdp: Ucdp) -> None:
    outside = [row for row in ucdp.kept.values() if not float(row["low"]) <= float(row["best"]) <= float(row["high"])]
    assert ucdp.outcome.report.counts() == {"violation": 0, "warning": len(outside), "info": 0}
    warned = {ucdp.rows[place.row or 0]["id"] for result in ucdp.outcome.report.results for place in result.records}
    assert warned == {row["id"] for row in outside}


def origins_of(rows: Iterable[dict[str, str]]) -> dict[str, set[str]]:
    """Return the informants of each article; one that several events name has the informants of all."""
    origins: dict[str, set[str]] = {}
    for row in rows:
        for article in articles(row):
            origins.setdefault(article, set()).update(informants(row))
    return origins


def test_ucdp_claims_rest_on_their_articles_and_these_on_informants(ucdp: Ucdp) -> None:
    origins = origins_of(ucdp.kept.values())
    grounds = Counter(claim for claim, _ in ucdp.ask("SELECT ?c ?s { ?c a schema:Claim ; schema:isBasedOn ?s }"))
    assert grounds == {name: len(articles(row)) for name, row in ucdp.kept.items()}
    reached = ucdp.ask("""SELECT DISTINCT ?c ?name { ?c schema:isBasedOn ?article .
        ?article prov:hadPrimarySource ?work . ?work a ns:UnidentifiedWork ; schema:author/rdfs:label ?name }""")
    expected = {(name, origin) for name, row in ucdp.kept.items() for each in articles(row) for origin in origins[each]}
    assert {(claim, name.lower()) for claim, name in reached} == expected
    assert len(ucdp.ask("SELECT ?s { ?s a schema:CreativeWork }")) == len(origins)
    assert len(ucdp.ask("SELECT ?s { ?s a ns:UnidentifiedWork }")) == len(set().union(*origins.values()))


def test_ucdp_the_roots_of_a_claim_are_the_informants_of_its_articles(ucdp: Ucdp) -> None:
    origins = origins_of(ucdp.kept.values())
    found: dict[str, set[str]] = {}
    for claim, name in ucdp.ask(
        """SELECT ?c ?name { GRAPH ?g { ?c ns:root ?work } ?work schema:author/rdfs:label ?name }"""
    ):
        found.setdefault(claim, set()).add(name.lower())
    assert len(found) > 600
    for name, row in ucdp.kept.items():
        if all(origins[each] for each in articles(row)):
            assert found[name] == set().union(*(origins[each] for each in articles(row)))
            assert informants(row) <= found[name]


def test_ucdp_no_record_contradicts_itself(ucdp: Ucdp) -> None:
    """Each event has one claim, so that there is no pair to contradict; what is odd of one is a warning (above)."""
    assert ucdp.ask("SELECT ?c { GRAPH ?g { ?c a ns:Contradiction } }") == []
    assert ucdp.ask("SELECT ?c { GRAPH ?g { ?c a ns:Agreement } }") == []


def test_ucdp_dates_are_as_precise_as_the_data_set_says(ucdp: Ucdp) -> None:
    found = dict(ucdp.ask("SELECT ?e ?date { ?e a schema:Event ; ns:edtf ?date }"))
    assert found == {name: written_date(row, ucdp.day) for name, row in ucdp.kept.items()}
    typed = dict(ucdp.ask("SELECT ?e ?date { ?e a schema:Event ; schema:startDate ?date }"))
    assert typed == {name: text for name, text in found.items() if "/" not in text}


def test_ucdp_every_claim_is_traceable(ucdp: Ucdp) -> None:
    rows = {number(row["id"]): place for place, row in ucdp.rows.items() if number(row["id"]) in ucdp.kept}
    assert_every_claim_is_traceable(ucdp, rows)


# Bellingcat: one claim by the data set for each event, on the pages that it lists.


@dataclass(frozen=True)
class Bellingcat(Release):
    events: list[dict[str, Any]]
    sources: list[dict[str, Any]]

    @cached_property
    def pages(self) -> dict[str, str]:
        """The addresses that are one, blanks around them aside, by the id of their source."""
        paths = ((item["id"], item["paths"][0].strip()) for item in self.sources)
        return {name: path for name, path in paths if re.fullmatch(r"https?://[\w.-]+/[^\s\"<>]*", path)}

    @cached_property
    def wrong(self) -> dict[int, set[str]]:
        """Why each event that cannot be published cannot, by its number."""
        uses = Counter(event["id"] for event in self.events)
        return {place: why for place, event in enumerate(self.events, 1) if (why := set(self._faults(event, uses)))}

    def _faults(self, event: dict[str, Any], uses: Counter[str]) -> Iterator[str]:
        if uses[event["id"]] > 1:
            yield SHARED_ID
        if not event["description"].strip():
            yield NO_TEXT
        if not any(name in self.pages for name in event["sources"]):
            yield NO_GROUNDS

    @cached_property
    def kept(self) -> dict[str, dict[str, Any]]:
        return {event["id"]: event for place, event in enumerate(self.events, 1) if place not in self.wrong}


def bellingcat_release(day: str, folder: Path) -> Bellingcat:
    files = {f"{name}.json": DATA / "bellingcat" / f"{day}_{name}.json" for name in ("events", "sources")}
    release = built("bellingcat", folder, files)
    events, sources = (json.loads(path.read_text(encoding="utf-8")) for path in files.values())
    return Bellingcat(release.outcome, release.folder, events, list(sources.values()))


@pytest.fixture(scope="module", params=BELLINGCAT)
def bellingcat(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Bellingcat:
    return bellingcat_release(request.param, tmp_path_factory.mktemp(request.param))


def test_bellingcat_what_cannot_be_published_is_rejected_with_its_reason(bellingcat: Bellingcat) -> None:
    hidden = [place for place, item in enumerate(bellingcat.sources, 1) if item["id"] not in bellingcat.pages]
    assert bellingcat.reasons("records/sources.json") == {place: {NO_ADDRESS} for place in hidden}
    reasons = bellingcat.reasons("records/events.json")
    assert reasons.keys() == bellingcat.wrong.keys()
    for place, why in bellingcat.wrong.items():  # two records under one id contradict each other in more ways
        assert why <= reasons[place] if SHARED_ID in why else why == reasons[place]
    counts = [(len(bellingcat.events), len(bellingcat.wrong)), (len(bellingcat.sources), len(hidden))]
    assert list(bellingcat.accounts().values()) == [(read, read - lost, lost, 0) for read, lost in counts]


def test_bellingcat_every_claim_says_what_the_data_set_says_of_its_event(bellingcat: Bellingcat) -> None:
    found = bellingcat.ask("SELECT ?c ?text ?day { ?c schema:text ?text ; schema:about/schema:startDate ?day }")
    expected = [(name, event["description"], iso(event["date"])) for name, event in bellingcat.kept.items()]
    assert sorted(found) == sorted(expected)


def iso(text: str) -> str:
    month, day, year = map(int, text.split("/"))
    return str(date(year, month, day))


def test_bellingcat_every_claim_rests_on_the_pages_that_are_listed(bellingcat: Bellingcat) -> None:
    found = bellingcat.ask("SELECT ?c (STR(?page) AS ?url) { ?c schema:isBasedOn/schema:url ?page }")
    listed = ((name, source) for name, event in bellingcat.kept.items() for source in event["sources"])
    expected = Counter((name, bellingcat.pages[source]) for name, source in listed if source in bellingcat.pages)
    assert Counter(found) == expected
    assert len(bellingcat.ask("SELECT ?s { ?s a schema:WebPage }")) == len(bellingcat.pages)


def test_bellingcat_every_claim_is_traceable(bellingcat: Bellingcat) -> None:
    rows = {event["id"]: place for place, event in enumerate(bellingcat.events, 1) if event["id"] in bellingcat.kept}
    assert_every_claim_is_traceable(bellingcat, rows)
