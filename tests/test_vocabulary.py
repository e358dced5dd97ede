"""The lint of vocabularies: what it tells of, what it leaves alone, and that its index is of the vocabularies' files."""

import json
from pathlib import Path

import pytest
from shacl_peers import statements, term_tables
from small import lod

from lod.engine import Engine
from lod.vocabulary import lint, read_index
from lod.vocabulary.build import index

ROOT = Path(__file__).resolve().parents[1]
FILES = ROOT.parent / "shared" / "suites" / "ns"
HEAD = """@prefix schema: <http://schema.org/> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix ns: <https://w3id.org/lod/ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix : <urn:> .
"""

TOLD = {
    "a property that does not exist": (
        ":a schema:quotation 'x' . :b schema:quotation 'y' .",
        "Warning UnknownTerm schema:quotation does not exist (2 statements).",
    ),
    "a typing error": (
        ":a schema:startDat '1992' .",
        "Warning UnknownTerm schema:startDat does not exist (1 statement). Did you mean 'schema:startDate'?",
    ),
    "a class that does not exist": (
        ":a a schema:Clam .",
        "Warning UnknownTerm schema:Clam does not exist (1 statement).",
    ),
    "https for http": (
        ":a <https://schema.org/name> 'x' .",
        "Warning UnknownTerm https://schema.org/name does not exist (1 statement): the vocabulary is http://schema.org/",
    ),
    "a typing error in a term of our own": (
        ":a a ns:Source ; ns:firstHnd true .",
        "Warning UnknownTerm ns:firstHnd does not exist (1 statement). Did you mean 'ns:firstHand'?",
    ),
    "http for https": (
        ":a <http://w3id.org/lod/ns#firstHand> true .",
        "Warning UnknownTerm http://w3id.org/lod/ns#firstHand does not exist (1 statement): the vocabulary is https://w3id.",
    ),
    "a domain of our own": (
        ":a a schema:Event ; ns:firstHand true .",
        "Warning Domain ns:firstHand belongs on ns:Source, and 1 subjects are of other classes.",
    ),
    "a text without a language": (
        ":a a schema:Observation ; ns:asWorded 'x' .",
        "Warning Range ns:asWorded has values of http://www.w3.org/1999/02/22-rdf-syntax-ns#langString, and 1 are literals",
    ),
    "another datatype in our own": (
        ":a a ns:Source ; ns:accessed 'in May' .",
        "Warning Range ns:accessed has values of http://www.w3.org/2001/XMLSchema#date, and 1 are literals of",
    ),
    "a class as a property": (
        ":a schema:Claim :b .",
        "Warning KindOfTerm schema:Claim is a class and is used as a property",
    ),
    "a property as a class": (
        ":a a schema:about .",
        "Warning KindOfTerm schema:about is a property and is used as a class",
    ),
    "a superseded term": (":a schema:actors :b .", "Info SupersededTerm schema:actors was superseded by schema:actor"),
    "a domain": (
        ":a a schema:Person ; schema:sha256 'x' .",
        "Warning Domain schema:sha256 belongs on schema:MediaObject, and 1 subjects are of other classes.",
    ),
    "a domain of PROV": (
        ":a a prov:Entity ; prov:used :b .",
        "Warning Domain prov:used belongs on prov:Activity, and 1 subjects are of other classes.",
    ),
    "a range": (
        ":a schema:author :b . :b a schema:Recipe .",
        "Warning Range schema:author points at schema:Organization or schema:Person, and 1 values are of other classes.",
    ),
    "a literal for a thing": (
        ":a prov:wasDerivedFrom 'a book' .",
        "Warning Range prov:wasDerivedFrom has values of prov:Entity, and 1 are literals of <http://www.w3.org/2001/XML",
    ),
    "another datatype": (
        ":a prov:endedAtTime '1992-02-26'^^xsd:date .",
        "Warning Range prov:endedAtTime has values of http://www.w3.org/2001/XMLSchema#dateTime, and 1 are literals of",
    ),
}
LEFT_ALONE = {
    "what is right": ":a a schema:Claim, prov:Entity ; schema:text 'x'@en ; prov:wasDerivedFrom :b . :b a prov:Entity .",
    "what is right in a term of our own": ":a a ns:UnidentifiedWork ; ns:firstHand true ; ns:accessed '1992-02-26'^^xsd:date .",
    "a text with a language": ":a a schema:Observation ; ns:asWorded 'x'@en .",
    "a subclass": ":a a schema:NewsArticle ; schema:headline 'x' ; schema:author :p . :p a schema:NGO .",
    "one of several classes": ":a a schema:Person, schema:ImageObject ; schema:sha256 'x' .",
    "no class at all": ":a schema:sha256 'x' ; prov:used :b .",
    "a class of another vocabulary": ":a a :Thing ; schema:sha256 'x' .",
    "any thing": ":a a schema:Person ; schema:name 'x' ; schema:sameAs :b . :b a schema:Recipe .",
    "an address for a text": ":a a schema:CreativeWork ; schema:license :b . :b a schema:Recipe .",
    "a text for a thing in schema.org": ":a a schema:Claim ; schema:author 'x' .",
    "another vocabulary's term": ":a <http://purl.org/dc/terms/nothing> 'x' .",
}


def found(document: str, engine: Engine) -> list[str]:
    results = lint(engine, term_tables(engine, statements(HEAD + document)), read_index())
    names = (result.component.partition("#")[2].removesuffix("ConstraintComponent") for result in results)
    return [f"{each.level.name.title()} {name} {each.message}" for each, name in zip(results, names, strict=True)]


@pytest.mark.parametrize(("document", "says"), TOLD.values(), ids=TOLD)
def test_what_is_told(document: str, says: str, engine: Engine) -> None:
    [told] = found(document, engine)
    assert told.startswith(says)


@pytest.mark.parametrize("document", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_what_is_left_alone(document: str, engine: Engine) -> None:
    assert found(document, engine) == []


@pytest.mark.skipif(not FILES.exists(), reason="the vocabularies' files are not beside the project")
def test_the_index_is_of_the_vocabularies_files() -> None:
    assert (ROOT / "lod/vocabulary/index.json").read_text(encoding="utf-8") == index(FILES)


# A group, and the unit of a variable: MODEL.md has it so, and schema.org has no better.
STRAYS = {"author", "unitText"}


def test_the_example_strays_where_its_model_does_and_nowhere_else(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    assert lod("check", ROOT, "--vocabulary", "--report", report).exit_code == 1
    results = json.loads(report.read_text(encoding="utf-8"))["results"]
    assert {result["sourceShape"].removeprefix("http://schema.org/") for result in results} == STRAYS
    assert all(result["records"] for result in results)
