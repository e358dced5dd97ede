"""Generated claims, sources, events and agents as N-Triples, their shapes, and how many results they must give.

Of the claims every two hundredth has a mistake of one kind, so many of each kind; each gives one result.
"""

from collections.abc import Iterator
from pathlib import Path

from lod.terms import RDF_TYPE, XSD

SCHEMA = "http://schema.org/"
TRIPLES_A_CLAIM = 13.44
KINDS = ("report", "letter", "interview", "record")
# By the remainder of a claim's number after division by 200: what is wrong with it.
MISTAKES: dict[int, dict[str, str | None]] = {
    1: {"text": None},
    2: {"text": '"no language"'},
    3: {"about": "<http://example.org/event/none>"},
    4: {"appearance": "<http://example.org/source/none>"},
    5: {"author": '"a text"'},
    6: {"value": f'"-5"^^<{XSD}integer>'},
    7: {"datePublished": f'"1992-02-30"^^<{XSD}date>'},
    8: {"dateCreated": f'"1989-01-01T00:00:00Z"^^<{XSD}dateTime>'},
    9: {"url": "<ftp://example.org/>"},
    10: {"genre": '"rumour"'},
    11: {"maxValue": f'"0"^^<{XSD}integer>'},
    12: {"position": f'"one"^^<{XSD}integer>'},
}
SHAPES = """
@prefix schema: <http://schema.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <http://example.org/shapes#> .

:Claim a sh:NodeShape ; sh:targetClass schema:Claim ; sh:property
    [ sh:path schema:text ; sh:minCount 1 ; sh:maxCount 1 ],
    [ sh:path schema:text ; sh:datatype rdf:langString ; sh:uniqueLang true ],
    [ sh:path schema:about ; sh:minCount 1 ; sh:class schema:Event ],
    [ sh:path schema:appearance ; sh:node :HasHeadline ],
    [ sh:path schema:author ; sh:maxCount 1 ; sh:nodeKind sh:IRI ],
    [ sh:path schema:value ; sh:datatype xsd:integer ; sh:minInclusive 0 ],
    [ sh:path schema:minValue ; sh:lessThanOrEquals schema:maxValue ],
    [ sh:path schema:maxValue ; sh:maxCount 1 ; sh:datatype xsd:integer ],
    [ sh:path schema:datePublished ; sh:maxCount 1 ; sh:datatype xsd:date ],
    [ sh:path schema:dateCreated ; sh:minInclusive "1990-01-01T00:00:00Z"^^xsd:dateTime ],
    [ sh:path schema:url ; sh:minCount 1 ; sh:pattern "^https?://" ],
    [ sh:path schema:genre ; sh:in ( "report" "letter" "interview" "record" ) ],
    [ sh:path schema:position ; sh:or ( [ sh:datatype xsd:integer ] [ sh:datatype xsd:decimal ] ) ],
    [ sh:path schema:identifier ; sh:minLength 2 ; sh:maxLength 12 ] .
:Event a sh:NodeShape ; sh:targetClass schema:Event ; sh:closed true ; sh:ignoredProperties ( rdf:type ) ; sh:property
    [ sh:path schema:name ; sh:minCount 1 ; sh:languageIn ( "en" "az" ) ],
    [ sh:path schema:startDate ; sh:maxCount 1 ; sh:datatype xsd:date ] .
:Source a sh:NodeShape ; sh:targetClass schema:Article ; sh:property
    [ sh:path schema:headline ; sh:minCount 1 ; sh:maxLength 80 ],
    [ sh:path schema:publisher ; sh:minCount 1 ; sh:class schema:Organization ] .
:Cited a sh:NodeShape ; sh:targetObjectsOf schema:appearance ; sh:property
    [ sh:path [ sh:inversePath schema:appearance ] ; sh:minCount 1 ] .
:Agent a sh:NodeShape ; sh:targetClass schema:Organization ; sh:property
    [ sh:path schema:name ; sh:minCount 1 ; sh:maxCount 1 ] .
:HasHeadline a sh:NodeShape ; sh:property [ sh:path schema:headline ; sh:minCount 1 ] .
"""


def generate(folder: Path, triples: int) -> int:
    """Write data.nt, of about so many statements, and shapes.ttl; return how many results there are."""
    claims = int(triples / TRIPLES_A_CLAIM)
    (folder / "shapes.ttl").write_text(SHAPES)
    with (folder / "data.nt").open("w") as stream:
        stream.writelines(_statements(claims))
    return sum(number % 200 in MISTAKES for number in range(claims))


def _statements(claims: int) -> Iterator[str]:
    for number in range(claims):
        yield from _described("claim", number, "Claim", _claim(number, claims) | MISTAKES.get(number % 200, {}))
    for number in range(claims // 50 + 1):
        day = f'"1992-{number % 12 + 1:02}-{number % 28 + 1:02}"^^<{XSD}date>'
        yield from _described("event", number, "Event", {"name": f'"Event {number}"@en', "startDate": day})
    for number in range(claims // 10 + 1):
        publisher = f"<http://example.org/agent/{number % 99}>"
        yield from _described("source", number, "Article", {"headline": f'"Page {number}"', "publisher": publisher})
    for number in range(99):
        yield from _described("agent", number, "Organization", {"name": f'"Agent {number}"'})


def _claim(number: int, claims: int) -> dict[str, str | None]:
    return {
        "text": f'"Of the dead of event {number % (claims // 50 + 1)} this source says {number}."@en',
        "about": f"<http://example.org/event/{number % (claims // 50 + 1)}>",
        "appearance": f"<http://example.org/source/{number % (claims // 10 + 1)}>",
        "author": f"<http://example.org/agent/{number % 99}>",
        "value": f'"{number % 900}"^^<{XSD}integer>',
        "minValue": f'"{number % 900 + 1}"^^<{XSD}integer>',
        "maxValue": f'"{number % 900 + 99}"^^<{XSD}integer>',
        "datePublished": f'"{1992 + number % 30}-{number % 12 + 1:02}-{number % 28 + 1:02}"^^<{XSD}date>',
        "dateCreated": f'"2020-01-{number % 28 + 1:02}T{number % 24:02}:00:00Z"^^<{XSD}dateTime>',
        "url": f"<https://example.org/page/{number}>",
        "genre": f'"{KINDS[number % len(KINDS)]}"',
        "position": f'"{number % 40}"^^<{XSD}integer>' if number % 2 else f'"{number % 40}.5"^^<{XSD}decimal>',
        "identifier": f'"c{number % 100_000:05}"',
    }


def _described(kind: str, number: int, class_: str, values: dict[str, str | None]) -> Iterator[str]:
    subject = f"<http://example.org/{kind}/{number}>"
    yield f"{subject} <{RDF_TYPE}> <{SCHEMA}{class_}> .\n"
    for name, value in values.items():
        if value is not None:
            yield f"{subject} <{SCHEMA}{name}> {value} .\n"
