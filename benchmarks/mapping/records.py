"""Generated events, claims and sources, and the mapping of them: the same for the same number of claims."""

import csv
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

PREFIXES = """
@prefix rml: <http://w3id.org/rml/> .
@prefix schema: <http://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://example.org/map#> .
"""
OBJECTS = {
    "claims": {
        "text": 'rml:reference "text" ; rml:language "en"',
        "about": 'rml:template "http://example.org/event/{event}"',
        "appearance": 'rml:template "http://example.org/source/{source}"',
        "author": 'rml:template "http://example.org/agent/{claimant}"',
        "value": 'rml:reference "value" ; rml:datatype xsd:integer',
        "datePublished": 'rml:reference "date" ; rml:datatype xsd:date',
        "url": 'rml:reference "url" ; rml:termType rml:IRI',
    },
    "events": {
        "name": 'rml:reference "label" ; rml:language "en"',
        "startDate": 'rml:reference "start" ; rml:datatype xsd:date',
    },
    "sources": {
        "headline": 'rml:reference "title" ; rml:language "en"',
        "publisher": 'rml:template "http://example.org/agent/{publisher}"',
    },
}
SUBJECTS = {"claims": ("claim/{id}", "Claim"), "events": ("event/{id}", "Event"), "sources": ("source/{id}", "Article")}
# A claim's source by its title: the key is in one table, the title in another, a tenth as long; and a claim's review,
# from a table that is as long.
TITLED = 'rml:parentTriplesMap ex:titles ; rml:joinCondition [ rml:child "source" ; rml:parent "id" ]'
REVIEWED = 'rml:parentTriplesMap ex:reviews ; rml:joinCondition [ rml:child "id" ; rml:parent "claim" ]'
TITLES = """
ex:titles a rml:TriplesMap ; rml:logicalSource [ rml:source "sources.csv" ; rml:referenceFormulation rml:CSV ] ;
  rml:subjectMap [ rml:template "http://example.org/title/{title}" ] .
"""
REVIEWS = """
ex:reviews a rml:TriplesMap ; rml:logicalSource [ rml:source "reviews.csv" ; rml:referenceFormulation rml:CSV ] ;
  rml:subjectMap [ rml:template "http://example.org/review/{id}" ] .
"""


def generate(folder: Path, claims: int) -> None:
    """Write the records, `map.ttl` (three triples maps), `plain.ttl` (claims alone), `join.ttl` and `reviews.ttl`."""
    folder.mkdir(exist_ok=True)
    draw = random.Random(1)  # noqa: S311  # test data
    header = ("id", "text", "event", "source", "claimant", "value", "date", "url")
    _write(folder / "claims.csv", header, (_claim(number, claims, draw) for number in range(claims)))
    events = ((f"e{number}", f"Place {number}, {day(draw)}", day(draw)) for number in range(claims // 50 + 1))
    _write(folder / "events.csv", ("id", "label", "start"), events)
    sources = (
        (f"s{number}", f'Title "{number}", a page', f"agent {number % 99}") for number in range(claims // 10 + 1)
    )
    _write(folder / "sources.csv", ("id", "title", "publisher"), sources)
    reviews = ((f"r{place}", f"c{number}") for place, number in enumerate(draw.sample(range(claims), claims)))
    _write(folder / "reviews.csv", ("id", "claim"), reviews)
    titled = OBJECTS["claims"] | {"citation": TITLED}
    (folder / "map.ttl").write_text(PREFIXES + "".join(_triples_map(name, OBJECTS[name]) for name in OBJECTS))
    (folder / "plain.ttl").write_text(PREFIXES + _triples_map("claims", OBJECTS["claims"]))
    (folder / "join.ttl").write_text(PREFIXES + _triples_map("claims", titled) + TITLES)
    reviewed = OBJECTS["claims"] | {"review": REVIEWED}
    (folder / "reviews.ttl").write_text(PREFIXES + _triples_map("claims", reviewed) + REVIEWS)


def former(mapping: str) -> str:
    """Return a mapping in the vocabulary that RML had before, which is R2RML's but for sources and references."""
    mapping = mapping.replace("http://w3id.org/rml/", "http://semweb.mmlab.be/ns/rml#").replace("rml:CSV", "ql:CSV")
    own = r"\brml:(?!logicalSource|source|referenceFormulation|reference\b)(?=\w)"
    prefixes = "@prefix rr: <http://www.w3.org/ns/r2rml#> .\n@prefix ql: <http://semweb.mmlab.be/ns/ql#> .\n"
    return prefixes + re.sub(own, "rr:", mapping)


def day(draw: random.Random) -> str:
    """Return a day that exists."""
    return f"19{draw.randint(10, 99)}-0{draw.randint(1, 9)}-1{draw.randint(0, 9)}"


def _claim(number: int, claims: int, draw: random.Random) -> tuple[object, ...]:
    return (
        f"c{number}",
        f'Claim {number} says "about" {draw.randint(1, 500)}',
        f"e{draw.randint(0, claims // 50)}",
        f"s{draw.randint(0, claims // 10)}",
        f"agent {draw.randint(0, 999)}",
        draw.randint(0, 9999),
        day(draw),
        f"https://example.org/document/{number}?page=1",
    )


def _write(path: Path, header: Iterable[str], rows: Iterator[tuple[object, ...]]) -> None:
    with path.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows(rows)


def _triples_map(name: str, objects: dict[str, str]) -> str:
    subject, kind = SUBJECTS[name]
    pairs = (
        f"rml:predicateObjectMap [ rml:predicate schema:{key} ; rml:objectMap [ {made} ] ]"
        for key, made in objects.items()
    )
    return (
        f"ex:{name} a rml:TriplesMap ;\n"
        f'  rml:logicalSource [ rml:source "{name}.csv" ; rml:referenceFormulation rml:CSV ] ;\n'
        f'  rml:subjectMap [ rml:template "http://example.org/{subject}" ; rml:class schema:{kind} ] ;\n  '
        + " ;\n  ".join(pairs)
        + " .\n"
    )
