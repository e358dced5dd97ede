"""The engine against the slow, plain twin (`reference.py`): on the example project, and on whatever Hypothesis thinks of."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
from generated import World, worlds
from hypothesis import given, note
from reference import Said, statements

from lod.compile import Graph, compile_mapping
from lod.engine import Engine
from lod.mapping import read_mappings
from lod.outcome import Rejection
from lod.project import read_project
from lod.terms import XSD, Kind
from lod.triples import TRIPLE, triples

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
    graph = compile_mapping(engine, ROOT, mapping, strict=True)
    assert graph.rejections == ()
    assert said(engine, graph) == set(statements(mapping, ROOT))


@given(world=worlds())
def test_any_mapping_of_any_table_means_what_the_twin_says(engine: Engine, world: World) -> None:
    with TemporaryDirectory() as folder:
        world.write(Path(folder))
        expected = set(statements(world.mapping, Path(folder), is_iri))
        graph = compile_mapping(engine, Path(folder), world.mapping, strict=False)
    note(f"rejected: {[str(each) for each in graph.rejections]}")
    assert [each for each in graph.rejections if not is_justified(each)] == []
    rejected = places(graph.rejections)
    assert {each for each in expected if not is_well_formed(each) and each[:2] not in rejected} == set()
    assert said(engine, graph) == {each for each in expected if each[:2] not in rejected}
