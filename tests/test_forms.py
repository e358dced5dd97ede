"""Further syntaxes of a dump, each read back by other people's parsers; compressed, the same bytes every time."""

import csv
import gzip
import random
import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path
from urllib.parse import urljoin
from zipfile import ZipFile

import pyarrow as pa
import pytest
from generated_quads import BASE, BASES, EX, TEXTS, batches, hostile
from hypothesis import given
from parsers import by_csv, by_line, by_oxigraph, by_rapper, by_rdflib, same
from small import PEOPLE, append, lod, tiny_project
from written import write

from lod.engine import Engine
from lod.errors import ReleaseError
from lod.formats import (
    CSV,
    FORMS,
    JSONLINES,
    NQUADS,
    NTRIPLES,
    RDFXML,
    TRIG,
    TURTLE,
    Format,
    Prologue,
    compressed,
    form_by_name,
    form_of,
    open_sink,
)
from lod.quad import Quad, quads_table
from lod.terms import RDF_TYPE, XSD, Kind
from lod.vocab import NS, PREFIXES, RDF, SCHEMA

pytestmark = pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning:rdflib")

OWN = {"ns": NS, "base": BASE, "up": "https://example.org/a/../b/", "ex": EX}
PROLOGUE = Prologue(BASE, PREFIXES | OWN)
needs_rapper = pytest.mark.skipif(shutil.which("rapper") is None, reason="rapper (raptor2-utils) is not installed")
# No XML holds these: https://www.w3.org/TR/xml/#charsets
NO_XML = [char for char in map(chr, range(32)) if char not in "\t\n\r"] + ["\ufffe", "\uffff"]


def literal(text: str) -> Quad:
    return Quad(EX + "s", EX + "p", text, int(Kind.LITERAL))


def xml_can_hold(quad: Quad) -> bool:
    """Tell, plainly, whether a property element can be named by the predicate, and each character written."""
    names = ("Description", "RDF", "ID", "about", "parseType", "resource", "nodeID", "datatype", "li")
    named = quad.predicate[-1:].isalpha() or any(each.isalpha() or each == "_" for each in local(quad.predicate))
    return (
        named
        and quad.predicate not in {RDF + name for name in names}
        and not any(char in quad.object for char in NO_XML)
    )


def local(predicate: str) -> str:
    """Return the longest end of characters that a name can go on with."""
    start = len(predicate)
    while start and (predicate[start - 1].isalnum() or predicate[start - 1] in "_-."):
        start -= 1
    return predicate[start:]


def check_trig(content: bytes, quads: list[Quad]) -> None:
    assert by_oxigraph(content, TRIG) == same(quads)
    assert by_rdflib(content, TRIG) == same(quads)


@given(quads=batches)
def test_trig(engine: Engine, quads: list[Quad]) -> None:
    check_trig(write(engine, quads, TRIG, PROLOGUE), quads)


@pytest.mark.parametrize("base", BASES)
def test_hostile_values_in_trig(engine: Engine, base: str) -> None:
    check_trig(write(engine, hostile(), TRIG, Prologue(base, PREFIXES | OWN)), hostile())


@given(quads=batches)
def test_json_lines(engine: Engine, quads: list[Quad]) -> None:
    check_lines(write(engine, quads, JSONLINES, PROLOGUE), quads)


def check_lines(content: bytes, quads: list[Quad]) -> None:
    assert by_line(content) == same(quads)
    assert content.count(b"\n") == len({(quad.subject, quad.graph) for quad in quads}), "a line an entity and graph"


def test_hostile_values_in_json_lines(engine: Engine) -> None:
    check_lines(write(engine, hostile(), JSONLINES, PROLOGUE), hostile())


@given(quads=batches)
def test_csv(engine: Engine, quads: list[Quad]) -> None:
    assert by_csv(write(engine, quads, CSV, PROLOGUE), PROLOGUE.prefixes) == same(quads)


def test_hostile_values_in_csv(engine: Engine) -> None:
    classes = [quad for quad in hostile() if quad.predicate == RDF_TYPE]
    quads = [quad for quad in hostile() if quad not in classes[5:]]  # a table each, with all columns of one node
    assert by_csv(write(engine, quads, CSV, PROLOGUE), PROLOGUE.prefixes) == same(quads)


@given(quads=batches)
def test_rdf_xml(engine: Engine, quads: list[Quad]) -> None:
    check_rdf_xml(engine, [quad for quad in quads if xml_can_hold(quad)], PROLOGUE)


@pytest.mark.parametrize("base", BASES)
def test_hostile_values_in_rdf_xml(engine: Engine, base: str) -> None:
    check_rdf_xml(engine, [quad for quad in hostile() if xml_can_hold(quad)], Prologue(base, PREFIXES | OWN))


def check_rdf_xml(engine: Engine, quads: list[Quad], prologue: Prologue) -> None:
    for graph in {"", *(quad.graph for quad in quads)}:
        own = [quad for quad in quads if quad.graph == graph]
        kept = [quad for quad in own if not is_rewritten(quad)]
        for found, by_parser in ((own, by_oxigraph), (kept, by_rdflib)):
            content = write(engine, found, RDFXML, prologue, graph)
            assert by_parser(content, RDFXML) == same(quad._replace(graph="") for quad in found)


def is_rewritten(quad: Quad) -> bool:
    """Tell whether rdflib, which joins whole IRIs to the base too, makes another IRI of one: `x?` becomes `x`."""
    iris = (quad.subject, quad.predicate, quad.datatype or "", quad.object if quad.kind != Kind.LITERAL else "")
    return any(iri and urljoin(BASE, iri) != iri for iri in iris)


@needs_rapper
@pytest.mark.parametrize("format_", [NTRIPLES, TURTLE, RDFXML], ids=lambda each: each.name)
def test_raptor_reads_hostile_values(engine: Engine, format_: Format, tmp_path: Path) -> None:
    quads = [quad._replace(graph="") for quad in hostile() if xml_can_hold(quad) and not climbs(quad)]
    assert by_rapper(write(engine, quads, format_, PROLOGUE), format_, tmp_path) == same(quads)


def climbs(quad: Quad) -> bool:
    """Tell whether an IRI has segments of dots, which Raptor takes out of whole IRIs too."""
    return any("/." in each for each in (quad.subject, quad.predicate, quad.object, quad.datatype or ""))


@pytest.mark.parametrize("text", [*TEXTS, "]]>", "<![CDATA[", "&amp;", "x" * 500, "a\r\nb\rc"])
def test_xml_holds_a_text_or_says_what_it_cannot_hold(engine: Engine, text: str) -> None:
    if any(char in NO_XML for char in text):
        with pytest.raises(ReleaseError, match=r"cannot hold the character U\+[0-9A-F]{4}, which a value of <"):
            write(engine, [literal(text)], RDFXML, PROLOGUE)
    else:
        check_rdf_xml(engine, [literal(text)], PROLOGUE)


@pytest.mark.parametrize("predicate", [EX + "1", EX, "urn:a:1", RDF + "li", RDF + "about", "urn:x#-"])
def test_a_predicate_without_a_name_in_xml_is_an_error(engine: Engine, predicate: str) -> None:
    with pytest.raises(ReleaseError, match=f"RDF/XML has no name for the predicate <{predicate}>"):
        write(engine, [Quad(EX + "s", predicate, EX + "o")], RDFXML, PROLOGUE)


def test_ids_of_500_characters(engine: Engine) -> None:
    long = BASE + "claim/" + "a1" * 250
    quads = [Quad(long, RDF_TYPE, SCHEMA + "Claim"), Quad(long, SCHEMA + "about", long, graph=BASE + "graph/rows")]
    check_trig(write(engine, quads, TRIG, PROLOGUE), quads)
    check_lines(write(engine, quads, JSONLINES, PROLOGUE), quads)
    check_rdf_xml(engine, quads, PROLOGUE)
    assert by_csv(write(engine, quads, CSV, PROLOGUE), PROLOGUE.prefixes) == same(quads)


def test_blank_nodes(engine: Engine) -> None:
    nodes = ["_:b", "_:1", "_:12", "_:bA"]
    quads = [Quad(node, "x:p", other, int(Kind.BLANK)) for node in nodes for other in nodes]
    for format_ in (TRIG, RDFXML):
        read = by_oxigraph(write(engine, quads, format_, PROLOGUE), format_)
        labels = (
            {label: f"_:b{label[2:]}" for label in nodes} if format_ is RDFXML else {label: label for label in nodes}
        )
        assert read == {quad._replace(subject=labels[quad.subject], object=labels[quad.object]) for quad in quads}


# CSV


def tables(content: bytes, encoding: str = "utf-8") -> dict[str, list[list[str]]]:
    with ZipFile(BytesIO(content)) as archive:
        return {
            name: list(csv.reader(TextIOWrapper(archive.open(name), encoding, newline=""), strict=True))
            for name in archive.namelist()
        }


def test_csv_has_a_table_a_class(engine: Engine) -> None:
    claim, event = BASE + "claim/1", BASE + "event/1"
    quads = [
        Quad(claim, RDF_TYPE, SCHEMA + "Claim"),
        Quad(claim, RDF_TYPE, "http://www.w3.org/ns/prov#Entity"),
        Quad(claim, SCHEMA + "about", event),
        Quad(claim, SCHEMA + "text", "one|two", 0, None, "en"),
        Quad(claim, SCHEMA + "text", "", 0, None, "en"),
        Quad(event, RDF_TYPE, SCHEMA + "Event", graph=BASE + "graph/rows"),
        Quad(event, SCHEMA + "name", "", 0),
        Quad(event, SCHEMA + "startDate", "1992-02", 0, XSD + "gYearMonth", graph=BASE + "graph/rows"),
    ]
    classes = SCHEMA + "Claim|http://www.w3.org/ns/prov#Entity"
    row = [claim, classes, event, r"\e|one\|two"]
    header = ["id", "rdf:type^^@id", "schema:about^^@id", "schema:text@en"]
    assert tables(write(engine, quads, CSV, PROLOGUE)) == {
        "untyped.csv": [["id", "schema:name"], [event, r"\e"]],
        "schema-Claim.csv": [header, row],
        "schema-Event.csv": [
            ["id", "graph", "rdf:type^^@id", "schema:startDate^^xsd:gYearMonth"],
            [event, BASE + "graph/rows", SCHEMA + "Event", "1992-02"],
        ],
        "prov-Entity.csv": [header, row],
    }


def test_tables_have_names_that_differ_on_every_file_system(engine: Engine) -> None:
    classes = ["urn:a/Claim", "urn:b/claim", "urn:c/../..", "urn:d/é", "urn:e#CLAIM", "urn:f/untyped"]
    quads = [Quad(f"urn:{number}", RDF_TYPE, name) for number, name in enumerate(classes)]
    names = list(tables(write(engine, [*quads, literal("none")], CSV, PROLOGUE)))
    assert len({name.lower() for name in names}) == len(classes) + 1
    assert all(name.isascii() and "/" not in name and not name.startswith(".") for name in names)


FORMULAS = ["=1+1", "+SUM(A1)", "-2+3", "@SUM(A1)", "\tx", "\rx", "\n=1", "＝1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula_where_that_is_asked_for(text: str) -> None:
    for safe, wanted in ((False, text), (True, f"'{text}")):
        stream, sink = BytesIO(), open_sink(CSV, excel_safe=safe)
        sink.start(stream, PROLOGUE)
        for batch in quads_table([literal(text)]).to_batches():
            sink.take(batch)
        sink.finish()
        assert tables(stream.getvalue(), "utf-8-sig")["untyped.csv"][1] == [EX + "s", wanted]


# Compression


@pytest.mark.parametrize(
    ("name", "command"), [("gzip", ["gzip", "-dc"]), ("zstd", ["zstd", "-dcq"])], ids=["gzip", "zstd"]
)
def test_compressed_bytes_do_not_depend_on_the_pieces(name: str, command: list[str]) -> None:
    content = "".join(f"<urn:s{number * 7919 % 10_007}> <urn:p> <urn:o> .\n" for number in range(60_000)).encode()
    found = set()
    for most in (len(content), 1_000, 300_000):
        stream, start, chance = BytesIO(), 0, random.Random(most)
        with compressed(stream, name) as target:
            while start < len(content):
                size = chance.randint(1, most)
                target.write(content[start : start + size])
                start += size
        assert not stream.closed
        found.add(stream.getvalue())
    assert len(found) == 1
    if shutil.which(command[0]):
        assert subprocess.run(command, input=found.pop(), check=True, capture_output=True).stdout == content


def test_gzip_says_no_time() -> None:
    stream = BytesIO()
    with compressed(stream, "gzip") as target:
        target.write(b"text")
    assert gzip.decompress(stream.getvalue()) == b"text"
    assert stream.getvalue()[3:8] == bytes(5), "no name, no time: RFC 1952, section 2.3"


def test_a_form_is_known_by_name_and_by_suffix() -> None:
    assert len({form.name for form in FORMS}) == len({form.suffix for form in FORMS}) == len(FORMS)
    for form in FORMS:
        assert form_by_name(form.name) == form_of(Path(f"any.thing{form.suffix}")) == form
    assert form_of(Path("x.ttl.gz")) == form_by_name("turtle.gz")
    assert form_of(Path("x.txt")) is None
    with pytest.raises(KeyError):
        form_by_name("parquet.gz")


# lod map


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tiny_project(tmp_path / "tiny")
    people = "".join(f"p{number:03},Person {number},en,2000-01-01\n" for number in range(100))
    append(folder / PEOPLE, people)
    monkeypatch.chdir(folder)
    return folder


MAP = ("map", "mappings/people.yml", "--base", "https://example.org/people/")


def plain(path: Path) -> bytes:
    return {".gz": gzip.decompress, ".zst": by_zstd}.get(path.suffix, bytes)(path.read_bytes())


def by_zstd(content: bytes) -> bytes:
    return pa.CompressedInputStream(BytesIO(content), "zstd").read()


READERS: dict[str, Callable[[bytes], set[Quad]]] = {
    "nq": lambda content: by_oxigraph(content, NQUADS),
    "nt": lambda content: by_oxigraph(content, NTRIPLES),
    "ttl": lambda content: by_oxigraph(content, TURTLE),
    "trig": lambda content: by_oxigraph(content, TRIG),
    "rdf": lambda content: by_rdflib(content, RDFXML),
    "jsonl": by_line,
    "csv.zip": lambda content: by_csv(content, {**PREFIXES, "schema": SCHEMA}),
}


SUFFIXES = [*READERS, *(f"{name}{end}" for name in READERS if name != "csv.zip" for end in (".gz", ".zst"))]


@pytest.mark.usefixtures("tiny")
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_map_takes_the_form_from_the_name_of_the_file(suffix: str) -> None:
    expected = by_oxigraph(lod(*MAP).stdout_bytes, NQUADS)
    for name in ("one", "two"):
        assert lod(*MAP, "-o", f"{name}.{suffix}").exit_code == 0
    assert Path(f"one.{suffix}").read_bytes() == Path(f"two.{suffix}").read_bytes()
    read = READERS[suffix.removesuffix(".gz").removesuffix(".zst")]
    assert read(plain(Path(f"one.{suffix}"))) == expected


@pytest.mark.usefixtures("tiny")
def test_map_takes_the_form_by_its_name() -> None:
    plain_text = lod(*MAP).stdout_bytes
    assert gzip.decompress(lod(*MAP, "--format", "nquads.gz").stdout_bytes) == plain_text
    assert lod(*MAP, "--format", "nquads", "-o", "named.nq.gz").exit_code == 0
    assert gzip.decompress(Path("named.nq.gz").read_bytes()) == plain_text, "what is called .gz is compressed"
    assert lod(*MAP, "--format", "turtle", "-o", "odd.nq").exit_code == 0
    assert by_oxigraph(Path("odd.nq").read_bytes(), TURTLE) == by_oxigraph(plain_text, NQUADS)
    shown = lod(*MAP, "--format", "parquet.gz")
    assert (shown.exit_code, "there is no form 'parquet.gz'. Did you mean 'parquet'?" in shown.stderr) == (2, True)


def test_map_writes_tables_that_are_safe_in_spreadsheets(tiny: Path) -> None:
    append(tiny / PEOPLE, "eve,=1+1,en,\n")
    for words, name in (([], "=1+1"), (["--excel-safe"], "'=1+1")):
        content = lod(*MAP, "--format", "csv", *words).stdout_bytes
        header, *rows = tables(content, "utf-8-sig")["schema-Person.csv"]
        assert name in [row[header.index("schema:name@en")] for row in rows]


@pytest.mark.usefixtures("tiny")
@pytest.mark.parametrize("most", [1, 3, 10, 100, 10_000])
@pytest.mark.parametrize("order", [[], ["--unsorted"]])
def test_map_splits_between_subjects(most: int, order: list[str]) -> None:
    whole = lod(*MAP, *order).stdout_bytes
    assert lod(*MAP, *order, "--split", most, "-o", "parts.nq.gz").exit_code == 0
    found = [gzip.decompress(path.read_bytes()).splitlines() for path in sorted(Path().glob("parts-*.nq.gz"))]
    assert b"".join(b"%s\n" % line for part in found for line in part) == whole
    for part in found[:-1]:
        last = part[-1].split()[0]
        assert len(part) >= most > sum(line.split()[0] != last for line in part)
    assert len({line.split()[0] for part in found for line in part}) == sum(
        len({line.split()[0] for line in part}) for part in found
    )
    assert lod(*MAP, "--split", most).exit_code == 2
