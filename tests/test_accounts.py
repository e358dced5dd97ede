"""What became of each record: read = published + rejected + skipped, file by file and iterator by iterator."""

from pathlib import Path

import pytest

from lod.map import Mapped, map_files
from lod.options import MapOptions

HEAD = 'prefixes: {ex: "http://example.org/"}\nmappings:\n'
PEOPLE = '{"people": [{"id": "a"}, {"id": "b"}], "places": [{"id": "p", "n": 1}, {"id": "q", "n": "x"}, {"id": "r", "n": 3}]}'
TWO_ITERATORS = """
  person: {sources: [['FILE~jsonpath', "$.people[*]"]], s: ex:$(id), po: [[ex:from, $(#file)]]}
  place: {sources: [['FILE~jsonpath', "$.places[*]"]], s: ex:$(id), po: [[ex:n, $(n), xsd:integer]]}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def mapped(mappings: str, **files: str) -> Mapped:
    """Map files (suffixes after `_`) and leave out.nq behind."""
    for name, text in files.items():
        Path(name.replace("_", ".")).write_text(text)
    Path("map.yml").write_text(HEAD + mappings)
    return map_files([Path("map.yml")], Path("out.nq"), MapOptions(on_error="reject"))


def accounts(done: Mapped) -> dict[str, tuple[int, int, int, int]]:
    return {each.file: (each.read, each.published, each.rejected, each.skipped) for each in done.accounts}


def lines() -> list[str]:
    return Path("out.nq").read_text().replace("http://example.org/", "").splitlines()


def test_records_of_one_file_are_told_apart_by_their_iterators() -> None:
    """The second place is wrong, and the second person is not."""
    done = mapped(TWO_ITERATORS.replace("FILE", "d.json"), d_json=PEOPLE)
    assert [str(each) for each in done.rejections] == ["d.json $.places[*] row 2 column n: 'x' is no xsd:integer"]
    assert accounts(done) == {"d.json $.people[*]": (2, 2, 0, 0), "d.json $.places[*]": (3, 2, 1, 0)}
    assert lines()[:2] == ['<a> <from> "d.json" .', '<b> <from> "d.json" .']


def test_so_are_those_of_several_files() -> None:
    other = PEOPLE.replace('"a"', '"c"').replace('"b"', '"d"').replace('"x"', "2")
    done = mapped(TWO_ITERATORS.replace("FILE", "*.json"), one_json=PEOPLE, two_json=other)
    assert [each.file for each in done.rejections] == ["one.json $.places[*]"]
    assert accounts(done) == {
        f"{name}.json {iterator}": (count, count - bad, bad, 0)
        for name, bad_places in (("one", 1), ("two", 0))
        for iterator, count, bad in (("$.people[*]", 2, 0), ("$.places[*]", 3, bad_places))
    }
    assert {line for line in lines() if "<from>" in line} == {
        f'<{who}> <from> "{name}.json" .' for name, whom in (("one", "ab"), ("two", "cd")) for who in whom
    }


def test_several_mappings_of_one_iterator_share_their_records() -> None:
    """What rejects a record in one of them takes it out of the other."""
    both = """
  one: {sources: [[d.csv~csv]], s: ex:$(id), po: [[a, ex:C]]}
  two: {sources: [{access: d.csv, referenceFormulation: csv, nulls: ["-"]}], s: ex:$(id), po: [[ex:n, $(n), xsd:integer]]}
"""
    done = mapped(both, d_csv="id,n\na,1\nb,x\nc,-\n")
    assert accounts(done) == {"d.csv": (3, 2, 1, 0)}
    assert not any("<b>" in line for line in lines())
