"""The shapes of the profile: one valid graph, and for each rule a change that breaks it and nothing else.

A case reads: with this removed and that added, this rule is violated. Statements are Turtle, with the prefixes and the
base of VALID.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyshacl
import pytest
import rdflib
from pyld import jsonld
from rdflib import OWL, RDF, RDFS, SH, XSD, Graph, Literal, URIRef
from rdflib.plugins.sparql import processor
from rdflib.term import Node

import lod

ROOT = Path(__file__).resolve().parents[1]
MAPPINGS = sorted((ROOT / "mappings").glob("*.yml"))
SHAPES = sorted((ROOT / "shapes").glob("*.ttl"))
VOCABULARIES = ROOT.parent / "shared" / "suites" / "ns"
SHAPE = "https://w3id.org/lod/shapes#"
NS = "https://w3id.org/lod/ns#"
SCHEMA = "http://schema.org/"
PROV = "http://www.w3.org/ns/prov#"

PREFIXES = """
@base <https://example.org/data/> .
@prefix cito: <http://purl.org/spar/cito/> .
@prefix csvw: <http://www.w3.org/ns/csvw#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix geosparql: <http://www.opengis.net/ont/geosparql#> .
@prefix ns: <https://w3id.org/lod/ns#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <http://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

EVENTS = """
<event/e1> a schema:Event ; schema:name "Town, 25 and 26 February 1992"@en ;
    rdfs:label "Town, 25 and 26 February 1992"@en ;
    schema:startDate "1992-02-25"^^xsd:date ; schema:endDate "1992-02-26"^^xsd:date ;
    ns:edtf "1992-02-25/1992-02-26"^^<http://id.loc.gov/datatypes/edtf> ;
    ns:earliest "1992-02-25"^^xsd:date ; ns:latest "1992-02-26"^^xsd:date ; ns:calendar "Gregorian" ;
    schema:location <place/e1> ; schema:superEvent <event/e2> ; schema:sameAs wd:Q193273 .
<event/e2> a schema:Event ; schema:name "Region, 1992"@en ; rdfs:label "Region, 1992"@en ;
    schema:startDate "1992"^^xsd:gYear ; ns:edtf "1992"^^<http://id.loc.gov/datatypes/edtf> ;
    ns:earliest "1992-01-01"^^xsd:date ; ns:latest "1992-12-31"^^xsd:date .
<event/e3> a schema:Event ; schema:name "Village, date not stated"@en ; rdfs:label "Village, date not stated"@en .
<place/e1> a schema:Place ; schema:name "Town"@en ; rdfs:label "Town"@en ; schema:geo <geo/e1> ; schema:sameAs wd:Q1 .
<geo/e1> a schema:GeoCoordinates ; schema:latitude 39.99 ; schema:longitude 46.93 ;
    geosparql:asWKT "POINT(46.93 39.99)"^^geosparql:wktLiteral .
<row/events-e1> a csvw:Row, prov:Entity ; csvw:describes <event/e1> ; csvw:rownum 1 ;
    prov:wasDerivedFrom <input/records/events.csv> .
<input/records/events.csv> a prov:Entity .
"""

VARIABLES_AND_AGENTS = """
<variable/killed> a schema:StatisticalVariable ; schema:name "killed"@en ; rdfs:label "killed"@en ;
    schema:description "People said to have been killed."@en ; schema:unitText "persons"@en ;
    schema:measuredProperty wd:P1120 .
<variable/killed-children> a schema:StatisticalVariable ; schema:name "killed, children"@en ;
    rdfs:label "killed, children"@en ;
    schema:description "Children said to have been killed."@en ; schema:measuredProperty wd:P1120 ;
    schema:populationType wd:Q7569 .
<agent/reporter> a schema:Person, prov:Agent ; schema:name "Ada Reporter"@en ; rdfs:label "Ada Reporter"@en ;
    schema:sameAs wd:Q42, <https://viaf.org/viaf/113230702>, <https://isni.org/isni/0000000080459735>,
        <https://d-nb.info/gnd/119033364>, <http://id.loc.gov/authorities/names/n80076765>,
        <https://orcid.org/0000-0002-1825-0097> .
<agent/paper> a schema:Organization, prov:Agent ; schema:name "The Paper" ; rdfs:label "The Paper" .
<agent/witness> a ns:UnnamedAgent, prov:Agent ; rdfs:label "an eyewitness"@en .
"""

SOURCES = """
<source/article> a ns:Source, prov:Entity, schema:NewsArticle ; rdfs:label "Attack reported"@en ;
    schema:headline "Attack reported"@en ;
    schema:author <agent/reporter> ; schema:editor <agent/reporter> ; schema:translator <agent/reporter> ;
    schema:publisher <agent/paper> ; schema:isPartOf <source/paper> ;
    schema:datePublished "1992-03-03"^^xsd:date ; ns:edtf "1992-03-03"^^<http://id.loc.gov/datatypes/edtf> ;
    ns:earliest "1992-03-03"^^xsd:date ; ns:latest "1992-03-03"^^xsd:date ; ns:placeOfPublication "London"@en ;
    schema:volumeNumber "3" ; schema:issueNumber "64271" ; schema:pageStart "12" ; schema:pageEnd "15" ;
    schema:url <https://example.com/attack> ;
    schema:archivedAt <https://web.archive.org/web/2020/https://example.com/attack> ;
    ns:archivedOn "2020-01-01T00:00:00Z"^^xsd:dateTime ; ns:accessed "2026-11-20"^^xsd:date ;
    schema:identifier "doi:10.1000/182", "issn:1234-5678" ; schema:sameAs wd:Q5 ;
    dcterms:rights "All rights reserved"@en ;
    prov:wasDerivedFrom <source/report> ; prov:hadPrimarySource <source/report> ; ns:firstHand false .
<source/report> a ns:Source, prov:Entity, schema:Book ; rdfs:label "Report"@en ; schema:name "Report"@en ;
    schema:bookEdition "2" ;
    schema:datePublished "1992-03"^^xsd:gYearMonth ; ns:edtf "1992-03"^^<http://id.loc.gov/datatypes/edtf> ;
    ns:earliest "1992-03-01"^^xsd:date ; ns:latest "1992-03-31"^^xsd:date .
<source/unseen> a ns:Source, prov:Entity, ns:UnidentifiedWork ; schema:publisher <agent/paper> ;
    ns:knownThrough <source/article> ;
    ns:edtf "1992?"^^<http://id.loc.gov/datatypes/edtf> ; ns:earliest "1992-01-01"^^xsd:date ;
    ns:latest "1992-12-31"^^xsd:date .
<source/correction> a ns:Source, prov:Entity, schema:Report ; rdfs:label "Correction"@en ;
    schema:headline "Correction"@en ;
    schema:pagination "3, 7-9" ; cito:retracts <claim/fewer> .
<source/paper> a ns:Source, prov:Entity, schema:Newspaper ; rdfs:label "The Paper"@en ; schema:name "The Paper"@en .
"""

CLAIMS = """
<claim/whole> a schema:Claim, prov:Entity ; schema:text "613 people were killed."@en ;
    rdfs:label "613 people were killed."@en ;
    schema:about <event/e1> ; schema:author <agent/reporter> ; prov:wasAttributedTo <agent/reporter> ;
    schema:appearance <source/article> ; prov:wasDerivedFrom <source/article> ;
    ns:locator "12" ; ns:locatorType ns:page ; skos:editorialNote "Printed twice."@en ;
    schema:claimInterpreter <agent/reporter> ;
    ns:states <value/whole> ; schema:citation <quote/whole> .
<value/whole> a schema:Observation ; schema:variableMeasured <variable/killed> ;
    schema:value 613 ; schema:minValue 613 ; schema:maxValue 613 ; schema:measurementQualifier ns:exactly ;
    ns:asWorded "613 people"@en ;
    schema:observationDate "1992-03"^^xsd:gYearMonth ; ns:edtf "1992-03"^^<http://id.loc.gov/datatypes/edtf> ;
    ns:earliest "1992-03-01"^^xsd:date ; ns:latest "1992-03-31"^^xsd:date .
<quote/whole> a schema:Quotation, prov:Entity ; schema:text "613 people were killed"@en ;
    prov:wasQuotedFrom <source/article> ;
    ns:translation "613 personnes"@fr ; schema:spokenByCharacter <agent/reporter> ; schema:isBasedOn <anchor/whole> .
<quote/whole> ns:anchor <anchor/whole> .
<run/anchors> a prov:Activity .
<anchor/whole> a ns:Anchor, prov:Entity ; ns:anchoring ns:foundExactly ; ns:soughtIn <source/article> ;
    prov:wasGeneratedBy <run/anchors> .
<anchor/whole> a oa:SpecificResource ; oa:hasSource <text/article> ; oa:hasSelector <selector/whole-quote> .
<selector/whole-quote> a oa:TextQuoteSelector ; oa:exact "613 people were killed" .
<source/article> schema:encoding <snapshot/article> .
<snapshot/article> a schema:MediaObject, prov:Entity ; rdfs:label "texts/article.html" ; ns:storedAs "texts/article.html" ;
    prov:specializationOf <source/article> ;
    schema:sha256 "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" .
<row/claims-whole> a csvw:Row, prov:Entity ; csvw:describes <claim/whole> ; csvw:rownum 1 ;
    prov:wasGeneratedBy <activity/entered-whole> .
<activity/entered-whole> a prov:Activity ; prov:wasAssociatedWith <agent/reporter> ;
    prov:endedAtTime "2026-11-20T09:00:00Z"^^xsd:dateTime ; dcterms:date "2026-11-20"^^xsd:date .

<claim/part> a schema:Claim, prov:Entity ; schema:text "63 of them were children."@en ;
    rdfs:label "63 of them were children."@en ;
    schema:about <event/e1> ; schema:author <agent/reporter> ; prov:wasAttributedTo <agent/reporter> ;
    schema:appearance <source/article> ; prov:wasDerivedFrom <source/article> ;
    schema:isPartOf <claim/whole> ; ns:states <value/part> .
<value/part> a schema:Observation ; schema:variableMeasured <variable/killed-children> ;
    schema:value 63 ; schema:minValue 63 ; schema:maxValue 63 .

<claim/more> a schema:Claim, prov:Entity ; schema:text "More than 200 were killed."@en ;
    rdfs:label "More than 200 were killed."@en ;
    schema:about <event/e1> ; schema:author <agent/reporter> ; prov:wasAttributedTo <agent/reporter> ;
    schema:appearance <source/article> ; schema:isBasedOn <source/unseen>, <claim/part>, <claim/withdrawn> ;
    prov:wasDerivedFrom <source/article>, <source/unseen>, <claim/part>, <claim/withdrawn> ;
    prov:hadPrimarySource <source/unseen> ;
    prov:wasRevisionOf <claim/withdrawn> ; cito:disputes <claim/whole> ; cito:supports <claim/part> ;
    ns:states <value/more> ; schema:citation <quote/more> .
<value/more> a schema:Observation ; schema:variableMeasured <variable/killed> ; schema:minValue 200 ;
    schema:measurementQualifier ns:moreThan ; ns:asWorded "more than 200"@en .
<quote/more> a schema:Quotation, prov:Entity ; schema:text "more than 200"@en ; prov:wasQuotedFrom <source/article> .

<claim/fewer> a schema:Claim, prov:Entity ; schema:text "At most 99.5 were killed."@en ;
    rdfs:label "At most 99.5 were killed."@en ;
    schema:about <event/e1> ; schema:author <agent/reporter> ; prov:wasAttributedTo <agent/reporter> ;
    schema:appearance <source/article> ; prov:wasDerivedFrom <source/article> ; ns:states <value/fewer> .
<value/fewer> a schema:Observation ; schema:variableMeasured <variable/killed> ; schema:maxValue 99.5 ;
    schema:measurementQualifier ns:atMost .

<claim/vague> a schema:Claim, prov:Entity ; schema:text "Hundreds were killed."@en ;
    rdfs:label "Hundreds were killed."@en ;
    schema:about <event/e1> ; schema:author <agent/witness> ; prov:wasAttributedTo <agent/witness> ;
    schema:appearance <source/article> ; prov:wasDerivedFrom <source/article> ; ns:states <value/vague> .
<value/vague> a schema:Observation ; schema:variableMeasured <variable/killed> ;
    schema:measurementQualifier ns:vague ; ns:asWorded "hundreds"@en .

<claim/unknown> a schema:Claim, prov:Entity ; schema:text "Nobody knows how many died."@en ;
    rdfs:label "Nobody knows how many died."@en ;
    schema:about <event/e1> ; schema:author <agent/reporter> ; prov:wasAttributedTo <agent/reporter> ;
    schema:appearance <source/article> ; prov:wasDerivedFrom <source/article> ; ns:states <value/unknown> .
<value/unknown> a schema:Observation ; schema:variableMeasured <variable/killed> ; ns:valueStatus ns:unknown .

<claim/item> a schema:Claim, prov:Entity ; schema:text "An army is named."@en ; rdfs:label "An army is named."@en ;
    schema:about <event/e1> ; schema:author <agent/reporter> ; prov:wasAttributedTo <agent/reporter> ;
    schema:appearance <source/article> ; prov:wasDerivedFrom <source/article> ; ns:states <value/item> .
<value/item> a schema:Observation ; schema:variableMeasured <variable/killed> ; ns:valueItem wd:Q1234567 .

<claim/plain> a schema:Claim, prov:Entity ; schema:text "There was fighting."@en ;
    rdfs:label "There was fighting."@en ;
    schema:about <event/e1> ; schema:author <agent/reporter> ; prov:wasAttributedTo <agent/reporter> ;
    schema:appearance <source/article> ; prov:wasDerivedFrom <source/article> .

<claim/withdrawn> a ns:WithdrawnClaim, prov:Entity ;
    prov:invalidatedAtTime "2026-12-01T00:00:00Z"^^xsd:dateTime ; prov:wasInvalidatedBy <activity/withdrew> .
<activity/withdrew> a prov:Activity ; prov:wasAssociatedWith <agent/reporter> ; rdfs:comment "Entered twice."@en .

<contradiction/x> a ns:Contradiction, prov:Entity ; ns:between <claim/whole>, <claim/fewer> ; ns:sameRoot true ;
    prov:wasGeneratedBy <run/lineage> .
<run/lineage> a prov:Activity .
"""

VALID = EVENTS + VARIABLES_AND_AGENTS + SOURCES + CLAIMS
ROWS_AND_ACTIVITIES = ("row/events-e1", "input/records/events.csv", "row/claims-whole", "activity/entered-whole")


@dataclass(frozen=True)
class Case:
    """With `remove` taken out of VALID and `add` put in, `rule` is violated (or warns), and nothing else."""

    rule: str
    what: str
    remove: str = ""
    add: str = ""
    severity: str = "Violation"


EVENT_CASES = [
    Case("EventShape", "a death toll on the event", add="<event/e1> schema:value 613 ."),
    Case("EventShape", "a name in use on the event", add='<event/e1> schema:alternateName "The massacre"@en .'),
    Case(
        "Event-label",
        "no label",
        remove='<event/e3> schema:name "Village, date not stated"@en ; rdfs:label "Village, date not stated"@en .',
    ),
    Case(
        "Event-label",
        "a label without a language",
        remove='<event/e3> schema:name "Village, date not stated"@en ; rdfs:label "Village, date not stated"@en .',
        add='<event/e3> schema:name "Village" ; rdfs:label "Village" .',
    ),
    Case("Event-name", "a second name", add='<event/e1> schema:name "The massacre"@en .'),
    Case(
        "Event-start",
        "a start that is text",
        remove='<event/e1> schema:startDate "1992-02-25"^^xsd:date .',
        add='<event/e1> schema:startDate "1992-02-25" .',
    ),
    Case(
        "Event-end",
        "an end that is no moment",
        remove='<event/e1> schema:endDate "1992-02-26"^^xsd:date .',
        add='<event/e1> schema:endDate "1992-02-26"^^xsd:dateTime .',
    ),
    Case("Event-calendar", "two calendars", add='<event/e1> ns:calendar "Julian" .'),
    Case("Event-place", "a place that is not described", remove="<place/e1> a schema:Place ."),
    Case("Event-place", "two places", add="<event/e1> schema:location <place/e2> . <place/e2> a schema:Place ."),
    Case("Event-whole", "part of an event that is not described", add="<event/e3> schema:superEvent <event/nowhere> ."),
    Case("Event-same-as", "a page for an item", add="<event/e1> schema:sameAs <https://www.wikidata.org/wiki/Q1> ."),
    Case("Event-not-activity", "an event that makes data", add="<event/e1> a prov:Activity ."),
    Case(
        "Event-untouched",
        "a source that says something of an event",
        add="<source/article> schema:mentions <event/e1> .",
    ),
    Case("Event-acyclic", "two events, each part of the other", add="<event/e2> schema:superEvent <event/e1> ."),
    Case("PlaceShape", "the country of a place", add="<place/e1> schema:containedInPlace wd:Q227 ."),
    Case(
        "Place-label",
        "a place without a language",
        remove='<place/e1> schema:name "Town"@en ; rdfs:label "Town"@en .',
        add='<place/e1> schema:name "Town" ; rdfs:label "Town" .',
    ),
    Case("Place-name", "a rival name of a place", add='<place/e1> schema:name "Another Town"@en .'),
    Case("Place-coordinates", "coordinates that are not described", remove="<geo/e1> a schema:GeoCoordinates ."),
    Case("Place-same-as", "a literal as address", add='<place/e1> schema:sameAs "Q193273" .'),
    Case(
        "Coordinates-latitude",
        "a latitude beyond the pole",
        remove='<geo/e1> schema:latitude 39.99 ; geosparql:asWKT "POINT(46.93 39.99)"^^geosparql:wktLiteral .',
        add='<geo/e1> schema:latitude 99.99 ; geosparql:asWKT "POINT(46.93 99.99)"^^geosparql:wktLiteral .',
    ),
    Case("Coordinates-latitude", "no latitude", remove="<geo/e1> schema:latitude 39.99 ."),
    Case(
        "Coordinates-longitude",
        "a longitude beyond the date line",
        remove='<geo/e1> schema:longitude 46.93 ; geosparql:asWKT "POINT(46.93 39.99)"^^geosparql:wktLiteral .',
        add='<geo/e1> schema:longitude 246.93 ; geosparql:asWKT "POINT(246.93 39.99)"^^geosparql:wktLiteral .',
    ),
    Case(
        "Coordinates-wkt",
        "a geometry that is text",
        remove='<geo/e1> geosparql:asWKT "POINT(46.93 39.99)"^^geosparql:wktLiteral .',
        add='<geo/e1> geosparql:asWKT "POINT(46.93 39.99)" .',
    ),
    Case(
        "Coordinates-order",
        "latitude first",
        remove='<geo/e1> geosparql:asWKT "POINT(46.93 39.99)"^^geosparql:wktLiteral .',
        add='<geo/e1> geosparql:asWKT "POINT(39.99 46.93)"^^geosparql:wktLiteral .',
    ),
]

DATE_CASES = [
    Case(
        "Date-as-written",
        "a date written as text",
        remove='<event/e2> ns:edtf "1992"^^<http://id.loc.gov/datatypes/edtf> .',
        add='<event/e2> ns:edtf "1992" .',
    ),
    Case("Date-earliest", "two first days", add='<event/e2> ns:earliest "1992-01-02"^^xsd:date .'),
    Case("Date-latest", "two last days", add='<event/e2> ns:latest "1992-12-30"^^xsd:date .'),
    Case(
        "Date-order",
        "an end before the start",
        remove="""<event/e1> schema:startDate "1992-02-25"^^xsd:date ; ns:earliest "1992-02-25"^^xsd:date ;
            ns:edtf "1992-02-25/1992-02-26"^^<http://id.loc.gov/datatypes/edtf> .""",
        add="""<event/e1> schema:startDate "1992-02-27"^^xsd:date ; ns:earliest "1992-02-27"^^xsd:date ;
            ns:edtf "1992-02-27/1992-02-26"^^<http://id.loc.gov/datatypes/edtf> .""",
    ),
    Case(
        "Date-complete",
        "a date not as written",
        remove='<event/e2> ns:edtf "1992"^^<http://id.loc.gov/datatypes/edtf> .',
    ),
    Case(
        "Date-complete",
        "a date that no search finds",
        remove='<event/e2> ns:earliest "1992-01-01"^^xsd:date ; ns:latest "1992-12-31"^^xsd:date .',
    ),
    Case(
        "Date-precision",
        "a month padded to a day",
        remove='<value/whole> schema:observationDate "1992-03"^^xsd:gYearMonth ; ns:latest "1992-03-31"^^xsd:date .',
        add='<value/whole> schema:observationDate "1992-03-01"^^xsd:date ; ns:latest "1992-03-01"^^xsd:date .',
    ),
    Case("Date-precision", "a doubtful year as a year", add='<source/unseen> schema:datePublished "1992"^^xsd:gYear .'),
    Case(
        "Date-bounds",
        "a last day outside the date",
        remove='<event/e2> ns:latest "1992-12-31"^^xsd:date .',
        add='<event/e2> ns:latest "1993-12-31"^^xsd:date .',
    ),
]

PLAIN_TEXT = '<claim/plain> schema:text "There was fighting."@en ; rdfs:label "There was fighting."@en .'
PLAIN_AUTHOR = "<claim/plain> schema:author <agent/reporter> ; prov:wasAttributedTo <agent/reporter> ."
PLAIN_SOURCE = "<claim/plain> schema:appearance <source/article> ; prov:wasDerivedFrom <source/article> ."

CLAIM_CASES = [
    Case("Claim-text", "no text", remove=PLAIN_TEXT),
    Case("Claim-text", "a blank text", remove=PLAIN_TEXT, add='<claim/plain> schema:text " "@en ; rdfs:label " "@en .'),
    Case(
        "Claim-text",
        "two texts in one language",
        add='<claim/plain> schema:text "There was a fight."@en ; rdfs:label "There was a fight."@en .',
    ),
    Case(
        "Claim-text-language",
        "a text without a language",
        remove=PLAIN_TEXT,
        add='<claim/plain> schema:text "There was fighting." ; rdfs:label "There was fighting." .',
    ),
    Case("Claim-label", "a label that says something else", add='<claim/plain> rdfs:label "A lie."@en .'),
    Case("Claim-event", "about no event", remove="<claim/plain> schema:about <event/e1> ."),
    Case("Claim-event", "about two events", add="<claim/plain> schema:about <event/e2> ."),
    Case(
        "Claim-event-known",
        "about an event that is not described",
        remove="<claim/plain> schema:about <event/e1> .",
        add="<claim/plain> schema:about <event/nowhere> .",
    ),
    Case("Claim-claimant", "nobody claims it", remove=PLAIN_AUTHOR),
    Case(
        "Claim-claimant",
        "two claimants",
        add="<claim/plain> schema:author <agent/witness> ; prov:wasAttributedTo <agent/witness> .",
    ),
    Case(
        "Claim-claimant-known",
        "a claimant that is not described",
        remove=PLAIN_AUTHOR,
        add="<claim/plain> schema:author <agent/nobody> ; prov:wasAttributedTo <agent/nobody> .",
    ),
    Case(
        "Claim-claimant-attributed", "attributed to another", add="<claim/plain> prov:wasAttributedTo <agent/paper> ."
    ),
    Case("Claim-source", "no source", remove=PLAIN_SOURCE),
    Case(
        "Claim-derivation",
        "a source that a trace does not find",
        remove="<claim/plain> prov:wasDerivedFrom <source/article> .",
    ),
    Case(
        "Claim-source-known",
        "a source that is not described",
        remove=PLAIN_SOURCE,
        add="<claim/plain> schema:appearance <source/nowhere> ; prov:wasDerivedFrom <source/nowhere> .",
    ),
    Case(
        "Claim-source-known",
        "a source without a type",
        add="""<claim/plain> schema:appearance <source/untyped> ; prov:wasDerivedFrom <source/untyped> .
            <source/untyped> rdfs:label "A text"@en .""",
    ),
    Case(
        "Claim-source-seen",
        "read in a source that nobody saw",
        remove=PLAIN_SOURCE,
        add="<claim/plain> schema:appearance <source/unseen> ; prov:wasDerivedFrom <source/unseen> .",
    ),
    Case("Claim-locator", "two places in the source", add='<claim/whole> ns:locator "13" .'),
    Case("Claim-locator-type", "an unknown type of locator", add="<claim/plain> ns:locatorType ns:chapter ."),
    Case("Claim-no-pages", "pages of a claim", add='<claim/plain> schema:pagination "12" .'),
    Case(
        "Claim-value",
        "two values",
        add="<claim/whole> ns:states <value/other> . <value/other> a schema:Observation ; "
        "schema:variableMeasured <variable/killed> ; schema:minValue 700 ; schema:maxValue 800 .",
    ),
    Case("Claim-value-known", "a value that is not described", add="<claim/plain> ns:states <value/nowhere> ."),
    Case("Claim-quote-known", "a quote that is not described", add="<claim/plain> schema:citation <quote/nowhere> ."),
    Case(
        "Claim-whole-known",
        "part of a claim that does not exist",
        add="<claim/plain> schema:isPartOf <claim/nowhere> .",
    ),
    Case("Claim-whole-acyclic", "part of itself", add="<claim/plain> schema:isPartOf <claim/plain> ."),
    Case(
        "Claim-part-within-whole",
        "a part larger than its whole",
        remove="<value/part> schema:value 63 ; schema:minValue 63 ; schema:maxValue 63 .",
        add="<value/part> schema:value 700 ; schema:minValue 700 ; schema:maxValue 700 .",
        severity="Warning",
    ),
    Case(
        "Claim-ground-known",
        "rests on what does not exist",
        add="<claim/plain> schema:isBasedOn <source/nowhere> ; prov:wasDerivedFrom <source/nowhere> .",
    ),
    Case(
        "Claim-ground-acyclic",
        "two claims, each resting on the other",
        add="<claim/part> schema:isBasedOn <claim/more> ; prov:wasDerivedFrom <claim/more> .",
    ),
    Case(
        "Claim-primary-source-known",
        "a claim as primary source",
        add="""<claim/plain> schema:isBasedOn <claim/whole> ; prov:wasDerivedFrom <claim/whole> ;
            prov:hadPrimarySource <claim/whole> .""",
    ),
    Case(
        "Claim-revision-known", "revises what does not exist", add="<claim/plain> prov:wasRevisionOf <claim/nowhere> ."
    ),
    Case("Claim-disputes-known", "disputes a source", add="<claim/plain> cito:disputes <source/article> ."),
    Case("Claim-supports-known", "supports what does not exist", add="<claim/plain> cito:supports <claim/nowhere> ."),
    Case("Claim-note", "a note without a language", add='<claim/plain> skos:editorialNote "Unclear." .'),
    Case(
        "Claim-recorder-known", "recorded by nobody known", add="<claim/plain> schema:claimInterpreter <agent/nobody> ."
    ),
    Case(
        "Claim-not-generated",
        "generated by recording",
        add="<claim/plain> prov:wasGeneratedBy <activity/entered-whole> .",
    ),
]

VALUE_CASES = [
    Case("Value-owner", "a value that no claim states", remove="<claim/item> ns:states <value/item> ."),
    Case("Value-owner", "a value that two claims state", add="<claim/plain> ns:states <value/item> ."),
    Case("Value-variable", "no variable", remove="<value/item> schema:variableMeasured <variable/killed> ."),
    Case("Value-variable", "two variables", add="<value/item> schema:variableMeasured <variable/killed-children> ."),
    Case(
        "Value-variable-known",
        "a variable that is not described",
        remove="<value/item> schema:variableMeasured <variable/killed> .",
        add="<value/item> schema:variableMeasured <variable/nowhere> .",
    ),
    Case(
        "Value-as-of",
        "a date that is text",
        remove='<value/whole> schema:observationDate "1992-03"^^xsd:gYearMonth .',
        add='<value/whole> schema:observationDate "1992-03" .',
    ),
    Case("Value-number", "a number in words", add='<value/item> schema:value "many" .'),
    Case("Value-number", "two numbers", add="<value/whole> schema:value 613.0 ."),
    Case(
        "Value-min",
        "a least value that is text",
        remove="<value/more> schema:minValue 200 .",
        add='<value/more> schema:minValue "200" .',
    ),
    Case(
        "Value-max",
        "a greatest value that is a double",
        remove="<value/fewer> schema:maxValue 99.5 .",
        add="<value/fewer> schema:maxValue 9.95e1 .",
    ),
    Case(
        "Value-bounds-order",
        "least above greatest",
        remove="<value/part> schema:value 63 ; schema:minValue 63 .",
        add="<value/part> schema:minValue 64.5 .",
    ),
    Case(
        "Value-not-below-min",
        "best estimate below the low one",
        remove="<value/part> schema:minValue 63 ; schema:maxValue 63 .",
        add="<value/part> schema:minValue 70 ; schema:maxValue 80 .",
        severity="Warning",
    ),
    Case(
        "Value-not-above-max",
        "best estimate above the high one",
        remove="<value/part> schema:minValue 63 ; schema:maxValue 63 .",
        add="<value/part> schema:minValue 50 ; schema:maxValue 60 .",
        severity="Warning",
    ),
    Case("Value-qualifier", "an unknown qualifier", add="<value/item> schema:measurementQualifier ns:roughly ."),
    Case(
        "Value-item",
        "a thing that is text",
        remove="<value/item> ns:valueItem wd:Q1234567 .",
        add='<value/item> ns:valueItem "Q1" .',
    ),
    Case(
        "Value-status",
        "an unknown status",
        remove="<value/unknown> ns:valueStatus ns:unknown .",
        add="<value/unknown> ns:valueStatus ns:secret .",
    ),
    Case("Value-as-worded", "wording without a language", add='<value/item> ns:asWorded "an army" .'),
    Case("Value-of-no-event", "observed of a place", add="<value/item> schema:observationAbout <place/e1> ."),
    Case("Value-apart-from-event", "a value that is about the event", add="<value/item> schema:about <event/e1> ."),
    Case("Value-lower-bound", "'more than' with a greatest value", add="<value/more> schema:maxValue 300 ."),
    Case("Value-lower-bound", "'more than' without a number", remove="<value/more> schema:minValue 200 ."),
    Case(
        "Value-lower-bound",
        "'at least' with a point value",
        remove="<value/more> schema:measurementQualifier ns:moreThan .",
        add="<value/more> schema:measurementQualifier ns:atLeast ; schema:value 200 .",
    ),
    Case("Value-upper-bound", "'at most' with a least value", add="<value/fewer> schema:minValue 0 ."),
    Case(
        "Value-upper-bound",
        "'fewer than' without a number",
        remove="<value/fewer> schema:measurementQualifier ns:atMost ; schema:maxValue 99.5 .",
        add='<value/fewer> schema:measurementQualifier ns:fewerThan ; ns:asWorded "few"@en .',
    ),
    Case("Value-vague", "'hundreds' with a number", add="<value/vague> schema:minValue 200 ."),
    Case("Value-status-alone", "a number that is unknown", add="<value/unknown> schema:value 613 ."),
    Case("Value-stated", "a variable without a value", remove="<value/item> ns:valueItem wd:Q1234567 ."),
    Case("Value-stated", "'vague' without words", remove='<value/vague> ns:asWorded "hundreds"@en .'),
]

QUOTE_CASES = [
    Case("Quote-owner", "a quote that no claim cites", remove="<claim/more> schema:citation <quote/more> ."),
    Case("Quote-text", "a translation alone", remove='<quote/whole> schema:text "613 people were killed"@en .'),
    Case(
        "Quote-text",
        "a blank quote",
        remove='<quote/more> schema:text "more than 200"@en .',
        add='<quote/more> schema:text " "@en .',
    ),
    Case(
        "Quote-language",
        "a quote without a language",
        remove='<quote/more> schema:text "more than 200"@en .',
        add='<quote/more> schema:text "more than 200" .',
    ),
    Case("Quote-translation", "a translation without a language", add='<quote/more> ns:translation "plus de 200" .'),
    Case("Quote-source", "quoted from nowhere", remove="<quote/more> prov:wasQuotedFrom <source/article> ."),
    Case(
        "Quote-source-known",
        "quoted from a source that is not described",
        remove="<quote/more> prov:wasQuotedFrom <source/article> .",
        add="<quote/more> prov:wasQuotedFrom <source/nowhere> .",
    ),
    Case(
        "Quote-source-seen",
        "quoted from a source that nobody saw",
        remove="<quote/more> prov:wasQuotedFrom <source/article> .",
        add="<quote/more> prov:wasQuotedFrom <source/unseen> .",
    ),
    Case("Quote-speaker-known", "spoken by nobody known", add="<quote/more> schema:spokenByCharacter <agent/nobody> ."),
    Case("Quote-anchor-known", "anchored in no text", add="<quote/more> schema:isBasedOn <source/article> ."),
    Case(
        "Snapshot-source",
        "stored from nowhere",
        remove="<snapshot/article> prov:specializationOf <source/article> .",
    ),
    Case(
        "Snapshot-hash",
        "a text that may have changed",
        add='<snapshot/letter> ns:storedAs "texts/letter.txt" ; prov:specializationOf <source/report> .',
    ),
    Case("Anchor-anchoring", "neither found nor not", remove="<anchor/whole> ns:anchoring ns:foundExactly ."),
    Case("Anchor-sought", "sought nowhere", remove="<anchor/whole> ns:soughtIn <source/article> ."),
    Case("Anchor-run", "looked up by nobody", remove="<anchor/whole> prov:wasGeneratedBy <run/anchors> ."),
    Case("Anchor-text", "an anchor without a text", remove="<anchor/whole> oa:hasSource <text/article> ."),
    Case(
        "Anchor-selector", "an anchor without a place", remove="<anchor/whole> oa:hasSelector <selector/whole-quote> ."
    ),
]

WITHDRAWN_AT = '<claim/withdrawn> prov:invalidatedAtTime "2026-12-01T00:00:00Z"^^xsd:dateTime .'

WITHDRAWAL_CASES = [
    Case(
        "TombstoneShape",
        "a withdrawn claim that still speaks",
        add='<claim/withdrawn> schema:text "613 were killed."@en .',
    ),
    Case("TombstoneShape", "a withdrawn claim with a value", add="<claim/withdrawn> ns:states <value/withdrawn> ."),
    Case("Tombstone-time", "withdrawn at no moment", remove=WITHDRAWN_AT),
    Case(
        "Tombstone-time",
        "withdrawn on a day",
        remove=WITHDRAWN_AT,
        add='<claim/withdrawn> prov:invalidatedAtTime "2026-12-01"^^xsd:dateTime .',
    ),
    Case("Tombstone-activity", "a withdrawal that is not described", remove="<activity/withdrew> a prov:Activity ."),
    Case(
        "Withdrawal-agent",
        "withdrawn by nobody",
        remove="<activity/withdrew> prov:wasAssociatedWith <agent/reporter> .",
    ),
    Case(
        "Withdrawal-reason",
        "withdrawn without a reason",
        remove='<activity/withdrew> rdfs:comment "Entered twice."@en .',
    ),
]

SOURCE_CASES = [
    Case("Source-type", "no type", remove="<source/correction> a schema:Report ."),
    Case("Source-type-known", "a type misspelt", add="<source/correction> a schema:NewsArticel ."),
    Case("Source-type-known", "a type that is no work", add="<source/correction> a schema:Organization ."),
    Case(
        "Source-titled",
        "no title",
        remove='<source/correction> rdfs:label "Correction"@en ; schema:headline "Correction"@en .',
    ),
    Case(
        "UnidentifiedWork-maker",
        "a work of which nothing is known",
        remove="<source/unseen> schema:publisher <agent/paper> .",
    ),
    Case(
        "Source-label",
        "a title without a language",
        remove='<source/paper> rdfs:label "The Paper"@en .',
        add='<source/paper> rdfs:label "The Paper" .',
    ),
    Case("Source-headline", "a headline without a language", add='<source/article> schema:headline "Attack" .'),
    Case("Source-name", "a name without a language", add='<source/paper> schema:name "The Paper" .'),
    Case("Source-author-known", "an author that is not described", add="<source/paper> schema:author <agent/nobody> ."),
    Case("Source-editor-known", "an editor that is not described", add="<source/paper> schema:editor <agent/nobody> ."),
    Case(
        "Source-translator-known",
        "a translator that is not described",
        add="<source/paper> schema:translator <agent/nobody> .",
    ),
    Case(
        "Source-publisher-known",
        "a publisher that is not described",
        add="<source/paper> schema:publisher <agent/nobody> .",
    ),
    Case(
        "Source-container-known",
        "in a work that is not described",
        add="<source/paper> schema:isPartOf <source/nowhere> .",
    ),
    Case(
        "Source-published",
        "a date that is text",
        remove='<source/article> schema:datePublished "1992-03-03"^^xsd:date .',
        add='<source/article> schema:datePublished "1992-03-03" .',
    ),
    Case("Source-url", "a URL that is text", add='<source/paper> schema:url "www.example.com" .'),
    Case("Source-url", "a URL that is no web address", add="<source/paper> schema:url <urn:isbn:9780000000002> ."),
    Case(
        "Source-archived-url",
        "an archive that is text",
        add='<source/paper> schema:archivedAt "https://example.org/" .',
    ),
    Case("Source-archived-on", "archived in a month", add='<source/paper> ns:archivedOn "2020-01"^^xsd:gYearMonth .'),
    Case(
        "Source-accessed",
        "accessed on no day of the calendar",
        add='<source/paper> ns:accessed "2026-02-30"^^xsd:date .',
    ),
    Case(
        "Source-identifier",
        "a DOI as a web address",
        add='<source/paper> schema:identifier "doi:https://doi.org/10.1000/182" .',
    ),
    Case("Source-same-as", "a property for an item", add="<source/paper> schema:sameAs wd:P50 ."),
    Case("Source-first-hand", "neither true nor false", add='<source/paper> ns:firstHand "perhaps"^^xsd:boolean .'),
    Case(
        "Source-origin-known",
        "an origin that is not described",
        add="<source/paper> prov:wasDerivedFrom <source/nowhere> .",
    ),
    Case(
        "Primary-source-derived",
        "a primary source that a trace does not find",
        remove="<source/article> prov:wasDerivedFrom <source/report> .",
    ),
    Case(
        "Source-known-through-known",
        "known through what is not described",
        add="<source/unseen> ns:knownThrough <source/nowhere> .",
    ),
    Case(
        "Source-retracts-known",
        "retracts what does not exist",
        add="<source/correction> cito:retracts <claim/nowhere> .",
    ),
    Case(
        "Retraction-known", "a retraction that is not described", add="<source/nowhere> cito:retracts <claim/plain> ."
    ),
    Case(
        "Source-acyclic",
        "two sources, each derived from the other",
        add="<source/report> prov:wasDerivedFrom <source/article> .",
    ),
    Case("Source-acyclic", "known through itself", add="<source/unseen> ns:knownThrough <source/unseen> ."),
    Case("Source-acyclic", "standing in itself", add="<source/paper> schema:isPartOf <source/paper> ."),
    Case(
        "Source-after-origin",
        "older than its origin",
        add="""<source/article> prov:wasDerivedFrom <source/later> .
            <source/later> a ns:Source, prov:Entity, schema:WebPage ; rdfs:label "Later"@en ;
                schema:datePublished "1993"^^xsd:gYear ; ns:edtf "1993"^^<http://id.loc.gov/datatypes/edtf> ;
                ns:earliest "1993-01-01"^^xsd:date ; ns:latest "1993-12-31"^^xsd:date .""",
    ),
]

OTHER_CASES = [
    Case("Agent-label", "no label", remove='<agent/witness> rdfs:label "an eyewitness"@en .'),
    Case("Agent-type", "no type", remove="<agent/paper> a schema:Organization ."),
    Case("Agent-named", "an organization without a name", remove='<agent/paper> schema:name "The Paper" .'),
    Case(
        "Agent-same-as", "an ISNI with spaces", add="<agent/paper> schema:sameAs <https://isni.org/isni/0000%200000> ."
    ),
    Case(
        "Variable-label",
        "no label",
        remove='<variable/killed> schema:name "killed"@en ; rdfs:label "killed"@en .',
    ),
    Case("Variable-name", "a second name", add='<variable/killed> schema:name "murdered"@en .'),
    Case(
        "Variable-definition",
        "no definition",
        remove='<variable/killed> schema:description "People said to have been killed."@en .',
    ),
    Case("Variable-unit", "two units", add='<variable/killed> schema:unitText "families"@en .'),
    Case(
        "Variable-property",
        "an item for a property",
        add="<variable/killed-children> schema:measuredProperty wd:Q1120 .",
    ),
    Case("Variable-population", "a property for an item", add="<variable/killed> schema:populationType wd:P7569 ."),
    Case("EntityShape", "a claim without an origin", remove="<claim/plain> a prov:Entity ."),
    Case("Row-number", "two rows with one id", add="<row/claims-whole> csvw:rownum 8 ."),
    Case(
        "Row-number-form",
        "counted from 0",
        remove="<row/claims-whole> csvw:rownum 1 .",
        add="<row/claims-whole> csvw:rownum 0 .",
    ),
    Case("Row-describes", "a row of nothing", remove="<row/claims-whole> csvw:describes <claim/whole> ."),
    Case("Row-entering-known", "entered in nothing known", remove="<activity/entered-whole> a prov:Activity ."),
    Case(
        "Described-once",
        "two rows, one claim",
        add="<row/more-whole> a csvw:Row, prov:Entity ; csvw:describes <claim/whole> ; csvw:rownum 1 .",
    ),
    Case(
        "Activity-agent-known",
        "done by nobody known",
        add="<activity/withdrew> prov:wasAssociatedWith <agent/nobody> .",
    ),
    Case("Activity-ended", "ended on a day", add='<activity/withdrew> prov:endedAtTime "2026-12-01"^^xsd:date .'),
    Case("Activity-date", "a day that is text", add='<activity/withdrew> dcterms:date "yesterday" .'),
    Case("Contradiction-claims", "between one claim", remove="<contradiction/x> ns:between <claim/fewer> ."),
    Case(
        "Contradiction-claims-known",
        "with a withdrawn claim",
        remove="<contradiction/x> ns:between <claim/fewer> .",
        add="<contradiction/x> ns:between <claim/withdrawn> .",
    ),
    Case("Contradiction-root", "roots not compared", remove="<contradiction/x> ns:sameRoot true ."),
    Case("Contradiction-run", "computed by nothing", remove="<contradiction/x> prov:wasGeneratedBy <run/lineage> ."),
]

EARLY, LATE = '"2026-11-01T00:00:00Z"^^xsd:dateTime', '"2026-12-01T00:00:00Z"^^xsd:dateTime'
MADE = "<made/x> a prov:Entity ; prov:wasGeneratedBy <activity/x> . <activity/x> a prov:Activity"
USED = "<activity/y> a prov:Activity ; prov:used <made/x>"

# https://www.w3.org/TR/prov-constraints/, by the names of its constraints.
PROV_CASES = [
    Case("Activity-no-entity", "entity-activity-disjoint", add="<activity/withdrew> a prov:Entity ."),
    Case("Activity-started", "unique-startTime", add=f"{MADE} ; prov:startedAtTime {EARLY}, {LATE} ."),
    Case("Activity-ended", "unique-endTime", add=f"{MADE} ; prov:endedAtTime {EARLY}, {LATE} ."),
    Case(
        "Activity-order", "start-precedes-end", add=f"{MADE} ; prov:startedAtTime {LATE} ; prov:endedAtTime {EARLY} ."
    ),
    Case("Generated-once", "unique-generation", add=f"<made/x> a prov:Entity ; prov:generatedAtTime {EARLY}, {LATE} ."),
    Case("Tombstone-time", "unique-invalidation", add=f"<claim/withdrawn> prov:invalidatedAtTime {EARLY} ."),
    Case(
        "Generated-within",
        "generation-within-activity, before the start",
        add=f"{MADE} ; prov:startedAtTime {LATE} . <made/x> prov:generatedAtTime {EARLY} .",
    ),
    Case(
        "Generated-within",
        "generation-within-activity, after the end",
        add=f"{MADE} ; prov:endedAtTime {EARLY} . <made/x> prov:generatedAtTime {LATE} .",
    ),
    Case(
        "Invalidated-after",
        "generation-precedes-invalidation",
        add=f"{MADE} ; prov:startedAtTime {LATE} . <made/x> prov:invalidatedAtTime {EARLY} .",
    ),
    Case(
        "Used-while-there",
        "generation-precedes-usage",
        add=f"{MADE} ; prov:startedAtTime {LATE} . {USED} ; prov:endedAtTime {EARLY} .",
    ),
    Case(
        "Used-while-there",
        "usage-precedes-invalidation",
        add=f"<made/x> a prov:Entity ; prov:invalidatedAtTime {EARLY} . {USED} ; prov:startedAtTime {LATE} .",
    ),
    *(
        Case(
            "Derived-later",
            f"derivation-generation-generation-ordering, {link}",
            add=f"""{MADE} ; prov:endedAtTime {EARLY} . <made/x> prov:{link} <made/origin> .
                <made/origin> a prov:Entity ; prov:generatedAtTime {LATE} .""",
        )
        for link in ("wasDerivedFrom", "wasRevisionOf", "wasQuotedFrom")
    ),
    Case(
        "Special-within",
        "specialization-generation-ordering",
        add=f"""<snapshot/article> prov:generatedAtTime {EARLY} . <source/article> prov:generatedAtTime {LATE} .""",
    ),
    Case(
        "Special-within",
        "specialization-invalidation-ordering",
        add=f"""<snapshot/article> prov:invalidatedAtTime {LATE} . <source/article> prov:invalidatedAtTime {EARLY} .""",
    ),
    Case(
        "Special-acyclic",
        "impossible-specialization-reflexive",
        add="<made/x> a prov:Entity ; prov:specializationOf <made/y> . <made/y> a prov:Entity ; prov:specializationOf <made/x> .",
    ),
]

CASES = [
    *EVENT_CASES,
    *DATE_CASES,
    *CLAIM_CASES,
    *VALUE_CASES,
    *QUOTE_CASES,
    *WITHDRAWAL_CASES,
    *SOURCE_CASES,
    *OTHER_CASES,
    *PROV_CASES,
]


@pytest.fixture(scope="module", autouse=True)
def parse_each_query_once() -> Iterator[None]:
    """PySHACL has rdflib parse a query again for each focus node: two thirds of the time of these tests."""
    parse, translate = processor.parseQuery, processor.translateQuery

    @cache
    def parsed(text: str) -> object:
        return translate(parse(text))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(processor, "parseQuery", lambda text: text)
        patch.setattr(processor, "translateQuery", lambda text, _base, _prefixes: parsed(text))
        yield


def turtle(text: str) -> Graph:
    # A lexical form is data, and rdflib rewrites it; pySHACL turns that on again whenever it is done.
    rdflib.NORMALIZE_LITERALS = False
    return Graph().parse(data=PREFIXES + text, format="turtle")


@cache
def valid() -> Graph:
    return turtle(VALID)


@cache
def shapes() -> Graph:
    graph = Graph()
    for path in SHAPES:
        graph.parse(path)
    return graph


def rules() -> set[URIRef]:
    return {shape for shape in shapes().subjects(SH.severity) if isinstance(shape, URIRef)}


def mutated(case: Case) -> Graph:
    """Return VALID with the case's change; a removal of what is not there would make the case say nothing."""
    gone = turtle(case.remove)
    assert set(gone) <= set(valid()), "the case removes what VALID does not say"
    return valid() - gone + turtle(case.add)


def report(data: Graph) -> Graph:
    _, found, _ = pyshacl.validate(data, shacl_graph=shapes(), inference="none")
    assert isinstance(found, Graph)
    return found


def findings(data: Graph) -> set[tuple[str, str]]:
    """Return the rule and the severity of each result."""
    found = report(data)
    results = found.objects(None, SH.result)
    pairs = ((found.value(result, SH.sourceShape), found.value(result, SH.resultSeverity)) for result in results)
    return {(str(shape).removeprefix(SHAPE), str(severity).removeprefix(str(SH))) for shape, severity in pairs}


def messages(data: Graph) -> list[str]:
    return sorted(str(message) for message in report(data).objects(None, SH.result / SH.resultMessage))


def test_the_valid_graph_conforms() -> None:
    assert findings(valid()) == set()


def test_a_project_without_rows_conforms() -> None:
    data = turtle(VALID)
    for node in ROWS_AND_ACTIVITIES:
        data.remove((URIRef("https://example.org/data/" + node), None, None))
    assert findings(data) == set()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.what}")
def test_rule(case: Case) -> None:
    assert findings(mutated(case)) == {(case.rule, case.severity)}


def test_moments_in_order_conform() -> None:
    """What the constraints of PROV order may also be at once, but for derivation, or be said of one side alone."""
    inside = f"{MADE} ; prov:startedAtTime {EARLY} ; prov:endedAtTime {LATE} . <made/x> prov:generatedAtTime {EARLY} ."
    life = f"<made/x> prov:invalidatedAtTime {LATE} ; prov:wasDerivedFrom <made/origin> . {USED} ."
    origin = f"<made/origin> a prov:Entity ; prov:generatedAtTime {EARLY} ."
    assert findings(valid() + turtle(inside + life + origin)) == set()
    assert (
        findings(valid() + turtle(f"{MADE} ; prov:endedAtTime {EARLY} . {USED} ; prov:endedAtTime {EARLY} .")) == set()
    )


def test_every_rule_has_a_case() -> None:
    assert {SHAPE + case.rule for case in CASES} == {str(rule) for rule in rules()}


def test_a_repeated_id_is_called_one() -> None:
    case = next(case for case in CASES if case.rule == "Row-number")
    assert ["Two input rows use this id" in message for message in messages(mutated(case))] == [True]


def test_a_message_names_the_nodes_of_a_query() -> None:
    case = next(case for case in CASES if case.rule == "Event-untouched")
    (message,) = messages(mutated(case))
    assert "https://example.org/data/source/article" in message
    assert "http://schema.org/mentions" in message


def test_every_shape_and_constraint_has_an_iri() -> None:
    graph = shapes()
    nodes = set(graph.subjects(RDF.type, SH.NodeShape)) | set(graph.subjects(RDF.type, SH.PropertyShape))
    nodes |= set(graph.subjects(SH.path)) | set(graph.subjects(SH.select))
    for predicate in (SH.property, SH.node, SH["not"], SH.qualifiedValueShape, SH.sparql):
        nodes |= set(graph.objects(None, predicate))
    for members in graph.objects(None, SH["or"]):
        nodes |= set(graph.items(members))
    assert [node for node in nodes if not isinstance(node, URIRef)] == []


def test_every_referred_shape_is_declared() -> None:
    graph = shapes()
    named = {node for node in graph.all_nodes() if str(node).startswith(SHAPE)}
    assert {node for node in named if (node, None, None) not in graph} == set()


def test_every_rule_says_in_english_what_to_do() -> None:
    graph = shapes()
    for rule in rules():
        texts = [*graph.objects(rule, SH.message), *graph.objects(rule, SH.sparql / SH.message)]
        assert [getattr(text, "language", None) for text in texts] == ["en"], rule
        assert [*graph.objects(rule, SH.name), *graph.objects(rule, RDFS.label)], rule


# The vocabularies that the profile uses.


def prefixed_terms(text: str, prefix: str) -> set[str]:
    return set(re.findall(rf"(?<![\w:]){prefix}:([A-Za-z]\w*)", text))


def text_of(paths: list[Path]) -> str:
    """Return the files' text without comments and the declarations of prefixes."""
    lines = (line for path in paths for line in path.read_text(encoding="utf-8").splitlines())
    return "\n".join(line for line in lines if not re.match(r"\s*(#|@prefix|\w+: https?://)", line))


def context() -> dict[str, object]:
    document = json.loads((ROOT / "mappings" / "context.jsonld").read_text(encoding="utf-8"))
    terms = document["@context"]
    assert isinstance(terms, dict)
    return terms


def vocabulary() -> Graph:
    return Graph().parse(ROOT / "mappings" / "vocabulary.ttl")


def used_ns_terms() -> set[str]:
    text = text_of([*MAPPINGS, *SHAPES]) + json.dumps({key: value for key, value in context().items() if key != "ns"})
    return prefixed_terms(text, "ns") | set(re.findall(rf"{NS}(\w+)", text)) | prefixed_terms(VALID, "ns")


@pytest.mark.parametrize("term", sorted(used_ns_terms()))
def test_term_of_our_own_is_defined(term: str) -> None:
    graph, node = vocabulary(), URIRef(NS + term)
    assert [text.language for text in graph.objects(node, RDFS.label)] == ["en"]
    assert [text.language for text in graph.objects(node, RDFS.comment)] == ["en"]
    assert (node, RDFS.isDefinedBy, URIRef(NS.rstrip("#"))) in graph
    assert {RDF.Property, RDFS.Class, URIRef(SCHEMA + "Enumeration")} & set(graph.objects(node, RDF.type))


def test_the_vocabulary_has_a_header_and_no_blank_node() -> None:
    graph = vocabulary()
    assert (URIRef(NS.rstrip("#")), RDF.type, OWL.Ontology) in graph
    assert [node for node in graph.all_nodes() if isinstance(node, rdflib.BNode)] == []


# Where we use a standard term beyond the classes that schema.org names for it, and why.
STRETCHED = {
    ("author", "range"): "an eyewitness whom nobody names is neither a Person nor an Organization that we know of",
    ("unitText", "domain"): "schema.org has no unit for a variable; on each value it would be said over again",
    ("volumeNumber", "domain"): "a source is one node, not an article, an issue and a volume",
    ("issueNumber", "domain"): "a source is one node, not an article, an issue and a volume",
}


@cache
def standards() -> Graph:
    if not VOCABULARIES.is_dir():
        pytest.skip(f"the standard vocabularies are not at {VOCABULARIES}, so no term is held to them")
    graph = vocabulary()
    for name in ("schemaorg-all-http.ttl", "prov-o.ttl"):
        graph.parse(VOCABULARIES / name)
    return graph


def with_superclasses(classes: Iterable[Node]) -> set[Node]:
    return {above for each in classes for above in standards().transitive_objects(each, RDFS.subClassOf) if above}


def mapped_terms() -> list[str]:
    text = text_of(MAPPINGS)
    schema, prov = prefixed_terms(text, "schema"), prefixed_terms(text, "prov")
    return sorted([SCHEMA + term for term in schema] + [PROV + term for term in prov])


@pytest.mark.parametrize("term", mapped_terms())
def test_mapped_term_exists(term: str) -> None:
    node = URIRef(term)
    assert (node, RDF.type, None) in standards()
    assert (node, URIRef(SCHEMA + "supersededBy"), None) not in standards()


def mapped_properties() -> list[str]:
    return [term for term in mapped_terms() if term.rpartition("/")[2].rpartition("#")[2][0].islower()]


@pytest.mark.parametrize("term", mapped_properties())
def test_mapped_term_fits_its_domain_and_range(term: str) -> None:
    data, node, name = valid(), URIRef(term), re.split("[/#]", term)[-1]
    domain = {*standards().objects(node, URIRef(SCHEMA + "domainIncludes")), *standards().objects(node, RDFS.domain)}
    span = {*standards().objects(node, URIRef(SCHEMA + "rangeIncludes")), *standards().objects(node, RDFS.range)}
    statements = list(data.subject_objects(node))
    assert statements, "VALID does not use it"
    subjects = all(
        not domain or domain & with_superclasses(data.objects(subject, RDF.type)) for subject, _ in statements
    )
    objects = all(not span or span & kinds(data, value) for _, value in statements)
    misfits = {(name, side) for side, fits in (("domain", subjects), ("range", objects)) if not fits}
    assert misfits == {key for key in STRETCHED if key[0] == name}


def kinds(data: Graph, value: Node) -> set[Node]:
    """Return the classes and datatypes that a value belongs to, in schema.org's words and in XSD's."""
    if isinstance(value, Literal):
        plain = {
            XSD.integer: "Number",
            XSD.decimal: "Number",
            XSD.date: "Date",
            XSD.gYearMonth: "Date",
            XSD.gYear: "Date",
        }
        named = plain.get(value.datatype, "Text") if value.datatype else "Text"
        return {URIRef(SCHEMA + named), *([value.datatype] if value.datatype else [])}
    everything = {URIRef(SCHEMA + "Thing"), URIRef(SCHEMA + "URL")}
    if (value, RDF.type, None) not in data:  # a node of Wikidata's, or a term of our vocabulary
        types = list(standards().objects(value, RDF.type))
        outside = {URIRef(SCHEMA + "Property"), URIRef(SCHEMA + "Class")} if not types else set()
        return everything | outside | with_superclasses(types)
    return everything | with_superclasses(data.objects(value, RDF.type))


def test_the_kinds_of_source_are_those_of_schema_org() -> None:
    listed = set(shapes().items(shapes().value(URIRef(SHAPE + "IsSourceType"), SH["in"])))
    works = set(standards().transitive_subjects(RDFS.subClassOf, URIRef(SCHEMA + "CreativeWork")))
    apart = {URIRef(SCHEMA + "Claim"), URIRef(SCHEMA + "Quotation"), URIRef(NS + "Source")}
    assert listed == works - apart


# The JSON-LD context.


def compacted() -> dict[str, object]:
    expanded = jsonld.from_rdf(valid().serialize(format="nt"))
    document = jsonld.compact(expanded, {"@context": context()})
    assert isinstance(document, dict)
    return document


def test_json_ld_goes_round_the_context() -> None:
    again = jsonld.to_rdf(jsonld.expand(compacted()), {"format": "application/n-quads"})
    assert isinstance(again, str)
    assert set(turtle(again)) == set(valid())


def test_every_key_of_json_ld_is_a_term() -> None:
    nodes = compacted()["@graph"]
    assert isinstance(nodes, list)
    assert {key for node in nodes for key in node} - set(context()) == set()


def test_the_context_has_every_predicate_of_mappings_and_runs() -> None:
    own = context()
    known = {str(value["@id"] if isinstance(value, dict) else value) for value in own.values()}
    text = text_of(MAPPINGS)
    prefixes = ("cito", "csvw", "dcterms", "geosparql", "ns", "prov", "schema", "skos")
    mapped = {f"{prefix}:{term}" for prefix in prefixes for term in prefixed_terms(text, prefix) if term[0].islower()}
    run = {f"prov:{term}" for term in ("used", "wasGeneratedBy", "wasAssociatedWith", "endedAtTime", "hadMember")}
    run |= {f"dcterms:{term}" for term in ("title", "license", "publisher", "issued", "hasVersion")}
    assert (mapped | run) - known - {"geosparql:wktLiteral"} == set()


def test_our_engine_finds_what_pyshacl_finds_of_provenance(tmp_path: Path) -> None:
    data = valid() + turtle("\n".join(case.add for case in PROV_CASES))
    data.serialize(tmp_path / "data.nt", format="nt", encoding="utf-8")
    found = lod.validate_files([tmp_path / "data.nt"], SHAPES)
    ours = {(each.shape.value.removeprefix(SHAPE), each.level.name.title()) for each in found.results}
    assert ours == findings(data)
    assert {case.rule for case in PROV_CASES} <= {rule for rule, _ in ours}
