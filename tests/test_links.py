"""Joins to several triples maps, and inverse predicates, as they are once all documents are read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lod.compile import Policy, compile_mapping
from lod.engine import Engine
from lod.errors import MappingError
from lod.mapping import read_mappings
from lod.mapping.model import Join, Mapping

HEAD = "prefixes: {ex: 'http://e.org/'}\nmappings:\n"
PERSON = "  person: {sources: [[people.csv~csv]], s: ex:$(id), po: [{p: ex:at, i: ex:of, o: {mapping: place%s}}]}\n"
PLACE = "  place: {sources: %s, s: ex:$(name)}\n"
ON = ", condition: {function: equal, parameters: [[str1, $(place)], [str2, $(name)]]}"
Read = Callable[..., Mapping]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_all(*documents: str) -> Mapping:
        paths = [tmp_path / f"{number}.yml" for number in range(len(documents))]
        for path, text in zip(paths, documents, strict=True):
            path.write_text(text)
        return read_mappings([(path, path.name) for path in paths], "")

    return read_all


def joined(mapping: Mapping, name: str) -> list[str]:
    (triples_map,) = [each for each in mapping.triples_maps if each.name == name]
    return [item.parent for pair in triples_map.predicate_objects for item in pair.objects if isinstance(item, Join)]


@pytest.mark.parametrize(
    ("condition", "sources", "parents"),
    [
        (ON, "[[a.csv~csv]]", ["place"]),
        (ON, "[[a.csv~csv], [people.csv~csv]]", ["place-1", "place-2"]),
        ("", "[[a.csv~csv], [people.csv~csv]]", ["place-2"]),
        ("", "[[a.csv~csv], [b.csv~csv]]", ["place-1", "place-2"]),
    ],
)
def test_a_join_leads_to_each_triples_map_of_a_mapping(
    read: Read, condition: str, sources: str, parents: list[str]
) -> None:
    for documents in ((HEAD + PERSON + PLACE,), (HEAD + PERSON, HEAD + PLACE)):
        texts = [text.replace("place%s", "place" + condition).replace("%s", sources) for text in documents]
        assert joined(read(*texts), "person") == parents


def test_no_inverse_predicate_is_left(read: Read) -> None:
    mapping = read(HEAD + PERSON % ON + PLACE % "[[places.csv~csv]]")
    assert all(pair.inverse == () for each in mapping.triples_maps for pair in each.predicate_objects)
    assert joined(mapping, "person-inverse-1") == ["person-inverse-1-child"]


@pytest.mark.parametrize(("places", "rejected"), [("a b c", []), ("a c", ["b"])])
def test_in_a_release_only_the_child_must_find_its_parent(
    read: Read, tmp_path: Path, engine: Engine, places: str, rejected: list[str]
) -> None:
    (tmp_path / "people.csv").write_text("id,place\n1,a\n2,b\n")
    (tmp_path / "places.csv").write_text("\n".join(["name", *places.split()]) + "\n")
    mapping = read(HEAD + PERSON % ON + PLACE % "[[places.csv~csv]]")
    graph = compile_mapping(engine, tmp_path, mapping, Policy(strict=True))
    assert [each.value for each in graph.rejections] == rejected


@pytest.mark.parametrize("name", ["person-inverse-1", "person-inverse-1-child"])
def test_a_name_that_is_made_may_not_be_taken(read: Read, name: str) -> None:
    taken = PLACE.replace("place:", f"{name}:") % "[[places.csv~csv]]"
    with pytest.raises(MappingError, match=f"the mapping '{name}' stands at 0.yml:3"):
        read(HEAD + PERSON % ON + PLACE % "[[places.csv~csv]]" + taken)


def test_a_parent_that_is_not_there_is_told(read: Read) -> None:
    with pytest.raises(MappingError, match="there is no mapping 'place' to join") as caught:
        read(HEAD + PERSON % ON + PLACE.replace("place", "places") % "[[places.csv~csv]]")
    assert caught.value.hint == "Did you mean 'places'?"
