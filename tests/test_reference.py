"""The engine against the slow, plain twin (`reference.py`): on the example project, and on whatever Hypothesis thinks of."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
import reference
from cells import World
from generated import everything, worlds
from hypothesis import given
from reference import Said, statements

from lod.compile import Graph, Policy, compile_mapping
from lod.engine import Engine
from lod.errors import MappingError
from lod.mapping import read_mappings
from lod.outcome import Rejection
from lod.project import read_project
from lod.quad import TRIPLE
from lod.terms import XSD, Kind, iri_safe
from lod.triples import triples

ROOT = Path(__file__).resolve().parents[1]


def said(engine: Engine, graph: Graph) -> set[Said]:
    rows = engine.rows(triples(engine, graph.tables))
    return {(row["file"], row["_row"], tuple(row[name] for name in TRIPLE)) for row in rows}


def is_iri(text: str) -> bool:
    try:
        return ox.NamedNode(text).value == text
    except ValueError:
        return False


def is_language(text: str) -> bool:
    """Whether it is well-formed by RFC 5646, with a primary subtag that can be registered: "english" cannot."""
    try:
        return bool(ox.Literal("", language=text)) and (len(text.partition("-")[0]) < 4)
    except ValueError:
        return False


def is_typed(text: str, datatype: str | None) -> bool:
    if datatype == XSD + "integer":
        return re.fullmatch("[-+]?[0-9]+", text) is not None
    if datatype == XSD + "date":
        try:
            return date.fromisoformat(text).isoformat() == text
        except ValueError:
            return False
    return True


def is_well_formed(statement: Said) -> bool:
    subject, predicate, text, kind, datatype, language, graph = statement[2]
    iris = [subject, predicate, graph or "x:default", datatype or "x:string", text if kind == Kind.IRI else "x:literal"]
    return all(map(is_iri, iris)) and is_typed(text, datatype) and (language is None or is_language(language))


def is_justified(rejection: Rejection) -> bool:
    """Whether a rejection says of its value what another library says of it."""
    if rejection.reason == "is not an absolute IRI":
        return not is_iri(rejection.value)
    if rejection.reason.startswith("is not a language tag"):
        return not is_language(rejection.value)
    if rejection.reason.startswith("is no xsd:"):
        return not is_typed(rejection.value, XSD + rejection.reason.rpartition(":")[2])
    return rejection.reason == "is empty, so the record has no identity"


def places(statements: Iterable[Said] | Iterable[Rejection]) -> set[tuple[str, int]]:
    return {(each.file, each.row) if isinstance(each, Rejection) else each[:2] for each in statements}


def test_the_example_project_means_what_the_twin_says(engine: Engine) -> None:
    project = read_project(ROOT)
    mapping = read_mappings(project.mapping_files(), project.dataset.base)
    graph = compile_mapping(engine, ROOT, mapping, Policy(strict=True))
    assert graph.rejections == ()
    assert said(engine, graph) == set(statements(mapping, ROOT))


@given(world=worlds())
def test_any_mapping_of_any_table_means_what_the_twin_says(engine: Engine, world: World) -> None:
    check(engine, world)


@pytest.mark.parametrize("syntax", ["csv", "json"])
def test_a_mapping_of_everything_means_what_the_twin_says(engine: Engine, syntax: str) -> None:
    assert check(engine, everything(syntax)) == ()


def check(engine: Engine, world: World) -> tuple[Rejection, ...]:
    with TemporaryDirectory() as folder:
        world.write(Path(folder))
        expected = set(statements(world.mapping, Path(folder), is_iri))
        graph = compile_mapping(engine, Path(folder), world.mapping, Policy())
    assert [each for each in graph.rejections if not is_justified(each)] == []
    rejected = places(graph.rejections)
    assert {each for each in expected if not is_well_formed(each) and each[:2] not in rejected} == set()
    published = {each for each in expected if each[:2] not in rejected}
    assert said(engine, graph) == published
    for account in graph.accounts(engine):
        rows = len(world.files[account.file][1])
        gone, there = ({row for file, row in each if file == account.file} for each in (rejected, places(published)))
        assert (account.read, account.rejected, account.published) == (rows, len(gone), len(there))
    return graph.rejections


def test_each_character_in_an_iri_is_encoded_as_the_twin_does() -> None:
    planes = [*range(0x10000), *(plane * 0x10000 + place for plane in range(1, 17) for place in (0, 1, 0xFFFD, 0xFFFE))]
    for char in (chr(code) for code in (*planes, 0xE0FFF, 0xE1000) if not 0xD800 <= code < 0xE000):
        assert iri_safe(f"%{char}é") == reference.iri_safe(f"%{char}é")


def test_a_join_does_not_lead_to_what_has_no_iri(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("id,page,next\n1,http://example.org/1,2\n2,no page,1\n")
    join = "{mapping: a, condition: {function: equal, parameters: [[str1, $(next)], [str2, $(id)]]}}"
    text = (
        f"mappings:\n  a:\n    sources: [in.csv~csv]\n    s: $(page)\n    po:\n    - {{p: rdfs:seeAlso, o: {join}}}\n"
    )
    (tmp_path / "map.yml").write_text(text)
    mapping = read_mappings([(tmp_path / "map.yml", "map.yml")], "https://example.org/")
    graph = compile_mapping(engine, tmp_path, mapping, Policy())
    assert places(graph.rejections) == {("in.csv", 2)}
    assert said(engine, graph) == set()


# Columns, fields, and what is wrong with them: the engine takes names that differ only in case for one.
NAMES = [
    ("id,ID", "[rdfs:label, $(ID)]", "", "the name 'ID' is taken by 'id'"),
    ("id,_row", "[rdfs:label, $(_row)]", "", "the name '_row' is taken by a name of the engine"),
    ("id,a", "[rdfs:label, $(A)]", "fields: {A: 'x$(a)'}", "the name 'A' is taken by 'a'"),
    ("id,a", "[rdfs:label, $(a)]", "fields: {a: 'x$(a)'}", "the field 'a' needs itself"),
    ("id,a", "[rdfs:label, $(b)]", "fields: {b: $(a)}, each: [b]", "the field 'b' under 'each' is no list"),
]


@pytest.mark.parametrize(("header", "pair", "more", "what"), NAMES)
def test_names_that_the_engine_cannot_tell_apart_are_told(
    engine: Engine, tmp_path: Path, header: str, pair: str, more: str, what: str
) -> None:
    (tmp_path / "in.csv").write_text(f"{header}\n1,2\n")
    source = f"{{access: in.csv, referenceFormulation: csv, {more}}}"
    (tmp_path / "map.yml").write_text(f"mappings:\n  a:\n    sources: {source}\n    s: $(id)\n    po: [{pair}]\n")
    mapping = read_mappings([(tmp_path / "map.yml", "map.yml")], "https://example.org/")
    with pytest.raises(MappingError) as caught:
        compile_mapping(engine, tmp_path, mapping, Policy(strict=True))
    assert (caught.value.what, caught.value.at.line) == (what, 3)


def test_a_column_that_is_not_read_may_have_any_name(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("id,ID,_row,#subject\n1,2,3,4\n")
    (tmp_path / "map.yml").write_text(
        "mappings:\n  a:\n    sources: [in.csv~csv]\n    s: $(id)\n    po: [[rdfs:label, x]]\n"
    )
    mapping = read_mappings([(tmp_path / "map.yml", "map.yml")], "https://example.org/")
    graph = compile_mapping(engine, tmp_path, mapping, Policy(strict=True))
    assert [statement[0] for *_, statement in said(engine, graph)] == ["https://example.org/1"]
