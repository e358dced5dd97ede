"""RML-IO and its registry: what a document says of sources and targets, and what is refused by name.

https://kg-construct.github.io/rml-io/spec/docs/ and https://kg-construct.github.io/rml-io-registry/
"""

from pathlib import Path
from typing import Any

import pytest
from rml import HEAD, mapped, write

from lod import MappingError
from lod.errors import Position
from lod.mapping.model import Database, Dialect, LogicalSource
from lod.mapping.rml import read_rml
from lod.term_table import Target

HERE = Position("any")


def source(access: str, formulation: str, **more: Any) -> LogicalSource:
    return LogicalSource(access, formulation, HERE, **more)


READ = {
    "a file as text": ('rml:source "a.csv" ; rml:referenceFormulation rml:CSV', source("a.csv", "csv")),
    "a file path": (
        'rml:source [ a rml:FilePath ; rml:path "./a/b.json" ] ; rml:referenceFormulation rml:JSONPath',
        source("./a/b.json", "json"),
    ),
    "a path from the working directory": (
        'rml:source [ a rml:RelativePathSource ; rml:root rml:CurrentWorkingDirectory ; rml:path "a.csv" ] ; rml:referenceFormulation rml:CSV',
        source("a.csv", "csv"),
    ),
    "a path from the mapping": (
        'rml:source [ rml:root rml:MappingDirectory ; rml:path "a.csv" ] ; rml:referenceFormulation rml:CSV',
        source("maps/a.csv", "csv"),
    ),
    "a path from a folder": (
        'rml:source [ rml:root "/data" ; rml:path "a.csv" ] ; rml:referenceFormulation rml:CSV',
        source("/data/a.csv", "csv"),
    ),
    "an absolute path": (
        'rml:source [ rml:root rml:MappingDirectory ; rml:path "/a.csv" ] ; rml:referenceFormulation rml:CSV',
        source("/a.csv", "csv"),
    ),
    "an iterator": (
        'rml:source "a.json" ; rml:referenceFormulation rml:JSONPath ; rml:iterator "$[*]"',
        source("a.json", "json", iterator="$[*]"),
    ),
    "JSON Lines are JSONPath's too": (
        'rml:source "a.jsonl" ; rml:referenceFormulation rml:JSONPath',
        source("a.jsonl", "jsonl"),
    ),
    "rows have no iterator": (
        'rml:source "a.csv" ; rml:referenceFormulation rml:CSV ; rml:iterator "row"',
        source("a.csv", "csv"),
    ),
    "the suffix tells": ('rml:source "a.xml.gz"', source("a.xml.gz", "xml")),
    "a Parquet file": ('rml:source "a.parquet"', source("a.parquet", "parquet")),
    "a spreadsheet": ('rml:source "a.xlsx" ; rml:iterator "Sheet2"', source("a.xlsx", "excel", iterator="Sheet2")),
    "an OpenDocument": ('rml:source "a.ods"', source("a.ods", "ods")),
    "tabs by the suffix": (
        'rml:source "a.tsv" ; rml:referenceFormulation rml:CSV',
        source("a.tsv", "csv", dialect=Dialect(delimiter="\t")),
    ),
    "encoding, nulls and compression": (
        'rml:source [ rml:path "a.csv" ; rml:encoding rml:UTF-16 ; rml:null "", "NULL" ; rml:compression rml:gzip ] ; rml:referenceFormulation rml:CSV',
        source("a.csv", "csv", encoding="utf-16", nulls=("", "NULL"), compression="gzip"),
    ),
    "no compression": (
        'rml:source [ rml:path "a.csv" ; rml:compression rml:none ] ; rml:referenceFormulation rml:CSV',
        source("a.csv", "csv"),
    ),
    "a zip": (
        'rml:source [ rml:path "a.zip" ; rml:compression rml:zip ] ; rml:referenceFormulation rml:CSV',
        source("a.zip", "csv", compression="zip"),
    ),
    "a CSVW table": (
        'rml:source [ a csvw:Table ; csvw:url "a.csv" ; csvw:null "-" ] ; rml:referenceFormulation rml:CSV',
        source("a.csv", "csv", nulls=("-",)),
    ),
    "a CSVW dialect": (
        """rml:source [ csvw:url "a.csv" ; csvw:dialect [ csvw:delimiter ";" ; csvw:quoteChar "'" ; csvw:commentPrefix "#" ;
        csvw:doubleQuote false ; csvw:headerRowCount 0 ; csvw:skipRows 3 ; csvw:trim true ; csvw:encoding "latin-1" ] ] ;
        rml:referenceFormulation rml:CSV""",
        source(
            "a.csv",
            "csv",
            encoding="iso8859-1",
            dialect=Dialect(";", "'", "#", double_quote=False, header=False, skip_rows=3, trim=True),
        ),
    ),
    "a table without quotes or header": (
        'rml:source [ csvw:url "a.csv" ; csvw:dialect [ csvw:quoteChar "" ; csvw:header false ] ] ; rml:referenceFormulation rml:CSV',
        source("a.csv", "csv", dialect=Dialect(quote=None, header=False)),
    ),
    "the separator as the registry writes it": (
        'rml:source [ csvw:url "a.csv" ; csvw:separator ";" ] ; rml:referenceFormulation rml:CSVW',
        source("a.csv", "csv", dialect=Dialect(delimiter=";")),
    ),
    "rml:encoding wins over csvw:encoding": (
        'rml:source [ csvw:url "a.csv" ; csvw:encoding "utf-16" ; rml:encoding rml:UTF-8 ] ; rml:referenceFormulation rml:CSV',
        source("a.csv", "csv"),
    ),
    "a DCAT distribution": (
        "rml:source [ dcat:downloadURL <http://x/a.json> ] ; rml:referenceFormulation rml:JSONPath",
        source("http://x/a.json", "json"),
    ),
    "a local DCAT distribution": (
        "rml:source [ dcat:accessURL <file:///d/a%20b.xml> ] ; rml:referenceFormulation rml:XPath",
        source("/d/a b.xml", "xml"),
    ),
    "an IRI": ("rml:source <https://x/a.csv> ; rml:referenceFormulation rml:CSV", source("https://x/a.csv", "csv")),
    "XML namespaces": (
        """rml:source "a.xml" ; rml:iterator "/x:a" ; rml:referenceFormulation [ a rml:XPathReferenceFormulation ;
        rml:namespace [ rml:namespacePrefix "x" ; rml:namespaceURL "urn:x" ] ]""",
        source("a.xml", "xml", iterator="/x:a", namespaces=(("x", "urn:x"),)),
    ),
    "the former formulations": (
        'former:source "a.xml" ; former:referenceFormulation ql:XPath ; former:iterator "/a"',
        source("a.xml", "xml", iterator="/a"),
    ),
}


@pytest.mark.parametrize(("said", "expected"), READ.values(), ids=READ)
def test_sources(said: str, expected: LogicalSource, tmp_path: Path) -> None:
    path = write(tmp_path, f":a rml:logicalSource [ {said} ] ; rml:subject :s .", {})
    (triples_map,) = read_rml(path, "maps/m.ttl", "").triples_maps
    assert triples_map.source == expected


DSN = 'd2rq:jdbcDSN "jdbc:mysql://localhost/example"'
TABLES = {
    f'rml:source [ {DSN} ; d2rq:username "me" ; d2rq:password "secret" ] ; rml:referenceFormulation rml:SQL2008Table ; rml:iterator "t"': (
        "t",
        None,
    ),
    f'rml:source [ {DSN} ] ; rml:referenceFormulation rml:SQL2008Query ; rml:iterator "SELECT 1"': (None, "SELECT 1"),
    f'rml:source [ {DSN} ] ; rml:iterator "SELECT 1"': (None, "SELECT 1"),
    f'former:source [ {DSN} ] ; former:query "SELECT 1" ; former:referenceFormulation ql:CSV': (None, "SELECT 1"),
    f'former:source [ {DSN} ] ; rr:tableName "t" ; rr:sqlVersion rr:SQL2008': ("t", None),
    f'former:source [ {DSN} ] ; rr:sqlQuery "SELECT 1"': (None, "SELECT 1"),
}


@pytest.mark.parametrize("said", TABLES)
def test_tables_and_queries(said: str, tmp_path: Path) -> None:
    path = write(tmp_path, f":a rr:logicalTable [ {said} ] ; rml:subject :s .", {})
    (triples_map,) = read_rml(path, "m.ttl", "").triples_maps
    found = triples_map.source
    assert isinstance(found, LogicalSource)
    assert (found.iterator, found.query) == TABLES[said]
    assert found.formulation == "sql"
    user, password = ("me", "secret") if "secret" in said else (None, None)
    assert found.database == Database("mysql", found.access, user, password)
    assert "localhost" in found.access


TARGETS = {
    'rml:target [ rml:path "o.nq" ]': Target("o.nq", "nquads", HERE),
    "rml:target [ void:dataDump <file:///d/o.nt> ] ; rml:serialization formats:N-Triples": Target(
        "/d/o.nt", "ntriples", HERE
    ),
    "rml:target [ dcat:downloadURL <file:///d/o.ttl> ; rml:compression rml:gzip ; rml:encoding rml:UTF-8 ] ; rml:serialization formats:Turtle": Target(
        "/d/o.ttl", "turtle", HERE, "gzip"
    ),
    'rml:target [ rml:path "o" ; rml:serialization formats:JSON-LD ] ; rml:compression rml:zstd': Target(
        "o", "jsonld", HERE, "zstd"
    ),
}


@pytest.mark.parametrize("said", TARGETS)
def test_targets(said: str, tmp_path: Path) -> None:
    mapping = f""":a rml:logicalSource [ rml:source "a.csv" ] ; rml:subjectMap [ rml:constant :s ; rml:logicalTarget [ {said} ] ] ;
    rml:predicateObjectMap [ rml:predicate :p ; rml:objectMap [ rml:reference "x" ; rml:languageMap
    [ rml:reference "l" ; rml:logicalTarget [ {said} ] ] ] ] ."""
    (triples_map,) = read_rml(write(tmp_path, mapping, {}), "m.ttl", "").triples_maps
    (pair,) = triples_map.predicate_objects
    (term,) = pair.objects
    assert triples_map.subject.targets == (TARGETS[said],)
    assert not pair.predicates[0].targets
    assert term.targets == (TARGETS[said],)


WRONG = {
    "rml:referenceFormulation rml:CSV": "1 column 22: the logical source has no rml:source",
    'rr:tableName "t"': "1 column 22: the logical source has no rml:source\n  R2RML leaves the database to the processor",
    'rml:source "a.txt"': "1 column 22: the logical source has no reference formulation\n  Name one",
    'rml:source "a.x" ;\n rml:referenceFormulation rml:JsonPath': "2 column 2: the reference formulation <http://w3id.org/rml/JsonPath> is not read here\n  Did you mean 'JSONPath'?",
    'rml:source "a.x" ;\n rml:referenceFormulation formats:SPARQL_Results_CSV': "2 column 2: the reference formulation <http://www.w3.org/ns/formats/SPARQL_Results_CSV> is not read",
    "rml:source [ a sd:Service ; sd:endpoint <http://x/> ]": "1 column 35: the source is a SPARQL endpoint, which is not read\n  Fetch it",
    "rml:source [ a td:Thing ; td:hasPropertyAffordance [ ] ]": "1 column 35: the source is a Web API or a stream, which is not read",
    "rml:source [ ]": "1 column 35: the source says by no property that is read here where it is",
    "rml:source <ftp://x/a.csv> ; rml:referenceFormulation rml:CSV": "1 column 24: <ftp://x/a.csv> is not read\n  Name a file",
    'rml:source [ rml:path "a.csv" ; rml:compression rml:targz ]': "1 column 56: the compression rml:targz is not read\n  Unpack the archive",
    'rml:source [ rml:path "a.csv" ; rml:compression rml:lz4 ]': "1 column 56: the compression rml:lz4 is not read\n  There are rml:none",
    'rml:source [ rml:path "a.csv" ; rml:encoding rml:EBCDIC-X ]': "1 column 56: the encoding 'EBCDIC-X' is not known",
    'rml:source [ rml:path "a.csv" ; rml:root rml:Home ]': "1 column 56: <http://w3id.org/rml/Home> is no root of a path",
    'rml:source [ csvw:url "a.csv" ; csvw:dialect [ csvw:delimiter "::" ] ]': "1 column 71: '::' is more than one character",
    'rml:source [ csvw:url "a.csv" ; csvw:dialect [ csvw:skipRows "two" ] ]': "1 column 69: csvw:skipRows is a whole number, not 'two'",
    'rml:source [ csvw:url "a.csv" ; csvw:dialect [ csvw:headerRowCount 2 ] ]': "1 column 69: more than one header row is not read",
    'rml:source [ csvw:url "a.csv" ; csvw:dialect [ csvw:trim "start" ] ]': "1 column 71: csvw:trim is true or false here, not 'start'",
    'rml:source [ csvw:url "a.csv" ; csvw:quotechar "x" ]': "1 column 56: csvw:quotechar is no property that is known here\n  Did you mean 'csvw:quoteChar'?",
    'rml:source "a.db" ; rml:referenceFormulation rml:SQL2008Table': "1 column 24: a reference formulation of SQL is for a database",
    f"rml:source [ {DSN} ]": "1 column 22: a logical source in a database is one table or one query",
    'rml:source [ d2rq:jdbcDSN "jdbc:oracle:thin:@x" ] ; rr:tableName "t"': "1 column 35: databases of the kind 'oracle' are not read",
    'rml:source "a.xml" ; rml:referenceFormulation [ rml:namespace [ rml:namespacePrefix "x" ] ]': "1 column 86: a namespace has",
}


@pytest.mark.parametrize("said", WRONG)
def test_what_is_wrong_of_a_source(said: str, tmp_path: Path) -> None:
    _refused(f":a rml:logicalSource [ {said} ] ; rml:subject :s .", WRONG[said], tmp_path)


WRONG_TARGETS = {
    "": "1 column 82: a logical target has no rml:target",
    "rml:target [ sd:endpoint <http://x/> ]": "1 column 95: the target names no file",
    "rml:target [ void:dataDump <http://x/o.nt> ]": "1 column 97: <http://x/o.nt> cannot be written to",
    'rml:target [ rml:path "o" ; rml:compression rml:zip ]': "1 column 82: rml:zip is not written",
    'rml:target [ rml:path "o" ; rml:encoding rml:UTF-16 ]': "1 column 82: targets are written in rml:UTF-8 alone",
    'rml:target [ rml:path "o" ] ; rml:serialization formats:RDFa': "1 column 114: <http://www.w3.org/ns/formats/RDFa> is no syntax",
}


@pytest.mark.parametrize("said", WRONG_TARGETS)
def test_what_is_wrong_of_a_target(said: str, tmp_path: Path) -> None:
    mapping = f':a rml:logicalSource [ rml:source "a.csv" ] ; rml:subjectMap [ rml:logicalTarget [ {said} ] ; rml:constant :s ] .'
    _refused(mapping, WRONG_TARGETS[said], tmp_path)


def _refused(mapping: str, message: str, folder: Path) -> None:
    with pytest.raises(MappingError) as caught:
        read_rml(write(folder, mapping, {}), "m.ttl", "")
    line, rest = message.split(" ", 1)
    assert str(caught.value).startswith(f"m.ttl:{HEAD + int(line)} {rest}")


def test_statements_go_to_the_targets_of_their_terms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    mapping = """:a rml:logicalSource [ rml:source "a.csv" ] ; rml:subject :s ;
    rml:predicateObjectMap [ rml:predicate :p ; rml:objectMap [ rml:reference "x" ; rml:logicalTarget
      [ rml:target [ rml:root rml:MappingDirectory ; rml:path "one.nt" ] ; rml:serialization formats:N-Triples ] ] ] ,
      [ rml:predicateMap [ rml:constant :q ; rml:logicalTarget [ rml:target [ rml:path "two.nq" ] ] ] ; rml:object 'o' ] ,
      [ rml:predicate :r ; rml:object 'main' ] ."""
    assert mapped(tmp_path, mapping, {"a.csv": "x\n1\n"}) == {'<:s> <:r> "main"'}
    assert (tmp_path / "one.nt").read_text() == '<http://e/s> <http://e/p> "1" .\n'
    assert (tmp_path / "two.nq").read_text() == '<http://e/s> <http://e/q> "o" .\n'
