"""What became of each record: read = published + rejected + skipped, file by file and iterator by iterator."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import lod.map as map_module
from lod.compile import Graph
from lod.engine import DuckDbEngine, table_name
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


# Skipped are records that conditions leave out of every mapping, or that have nothing to say in any. A mapping, a table
# d.csv with a column each for what is asked, and the account of it: read, published, rejected, skipped.
IS_X = "{function: equal, parameters: [[str1, $(b)], [str2, x]]}"
SKIPPED = {
    "a condition on the mapping": (
        f"  m: {{sources: [[d.csv~csv]], s: ex:$(a), condition: {IS_X}, po: [[a, ex:C]]}}",
        "a,b\n1,x\n2,y\n3,\n4,x\n",
        (4, 2, 0, 2),
    ),
    "a condition on the only pair": (
        f"  m: {{sources: [[d.csv~csv]], s: ex:$(a), po: [{{p: ex:p, o: c, condition: {IS_X}}}]}}",
        "a,b\n1,x\n2,y\n",
        (2, 1, 0, 1),
    ),
    "what one mapping leaves out another one says": (
        f"""
  m: {{sources: [[d.csv~csv]], s: ex:$(a), condition: {IS_X}, po: [[a, ex:C]]}}
  n: {{sources: [[d.csv~csv]], s: ex:$(a), po: [[ex:b, $(b)]]}}""",
        "a,b\n1,x\n2,y\n3,\n",
        (3, 2, 0, 1),
    ),
    "nothing to say": (
        "  m: {sources: [[d.csv~csv]], s: ex:$(a), po: [[ex:b, $(b)], [ex:c, $(b), $(a)~lang]]}",
        "a,b\nen,x\nde,\n,z\n",
        (3, 1, 0, 2),
    ),
    "no predicate, no graph": (
        "  m: {sources: [[d.csv~csv]], s: ex:$(a), po: [{p: $(b), o: v}, {p: ex:p, o: v, graphs: ex:$(c)}]}",
        "a,b,c\n1,http://e/p,\n2,,g\n3,,\n",
        (3, 2, 0, 1),
    ),
    "a list without elements": (
        "  m: {sources: [[d.csv~csv]], s: ex:$(a), po: [{p: ex:p, o: {function: fn:split, parameters: [[fn:value, $(b)], [fn:separator, ';']]}}]}",
        "a,b\n1,x;y\n2,;\n3,\n",
        (3, 1, 0, 2),
    ),
    "a join with a parent that has no subject": (
        """
  m: {sources: [[d.csv~csv]], s: ex:$(a), po: [{p: ex:p, o: {mapping: n, condition: {function: equal, parameters: [[str1, $(b)], [str2, $(a)]]}}}]}
  n: {sources: [[d.csv~csv]], s: ex:$(c)}""",
        "a,b,c\n1,2,x\n2,3,\n3,4,y\n4,1,z\n",
        (4, 3, 0, 1),
    ),
    "a bad value in what says nothing else": (
        "  m: {sources: [[d.csv~csv]], s: ex:$(a), po: [[ex:p, $(b), xsd:integer]]}",
        "a,b\n1,1\n2,x\n3,\n",
        (3, 1, 1, 1),
    ),
    "a mapping that says nothing at all": ("  m: {sources: [[d.csv~csv]], s: ex:$(a)}", "a\n1\n2\n", (2, 0, 0, 2)),
    "a mapping that says the same of all": (
        "  m: {sources: [[d.csv~csv]], s: ex:s, po: [[a, ex:C]]}",
        "a\n1\n2\n",
        (2, 2, 0, 0),
    ),
    "no records": ("  m: {sources: [[d.csv~csv]], s: ex:$(a), po: [[a, ex:C]]}", "a\n", (0, 0, 0, 0)),
}


@pytest.mark.parametrize(("mappings", "table", "expected"), SKIPPED.values(), ids=SKIPPED)
def test_each_record_is_published_rejected_or_skipped(
    mappings: str, table: str, expected: tuple[int, int, int, int]
) -> None:
    assert accounts(mapped(mappings, d_csv=table)) == {"d.csv": expected}


def test_a_source_under_each_skips_what_has_no_element() -> None:
    each = """
  m:
    sources:
      - access: d.csv
        referenceFormulation: csv
        fields: {tag: {function: fn:split, parameters: [[fn:value, $(b)], [fn:separator, ";"]]}}
        each: tag
    s: ex:$(tag)
    po: [[ex:of, $(a)]]
"""
    assert accounts(mapped(each, d_csv="a,b\n1,x;y\n2,\n3,z\n")) == {"d.csv": (3, 2, 0, 1)}


def test_overlapping_patterns_count_a_record_once() -> None:
    both = f"""
  m: {{sources: [['*.csv~csv']], s: ex:$(a), condition: {IS_X}, po: [[a, ex:C]]}}
  n: {{sources: [['one.csv~csv']], s: ex:$(a), condition: {IS_X.replace("x]", "y]")}, po: [[a, ex:D]]}}
"""
    done = mapped(both, one_csv="a,b\n1,x\n2,y\n3,z\n", two_csv="a,b\n1,y\n2,x\n")
    assert accounts(done) == {"one.csv": (3, 2, 0, 1), "two.csv": (2, 1, 0, 1)}


def test_a_file_read_by_two_dialects_has_the_records_of_the_longer_reading() -> None:
    both = """
  m: {sources: [{access: d.csv, referenceFormulation: csv, header: false}], s: ex:$(1), po: [[ex:p, $(2)]]}
  n: {sources: [[d.csv~csv]], s: ex:$(a), po: [[ex:b, $(b)]]}
"""
    assert accounts(mapped(both, d_csv="a,b\n1,x\n2,\n3,\n")) == {"d.csv": (4, 2, 0, 2)}


def test_a_record_that_is_lost_on_the_way_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The account is a check: what neither was rejected nor had nothing to say must be in the data."""
    compiled = map_module.compile_mapping

    def lossy(engine: DuckDbEngine, *rest: Any) -> Graph:
        graph = compiled(engine, *rest)
        tables = (
            table.at(table_name(engine.materialise("lossy", engine.table(table.name).limit(1))))
            for table in graph.tables
        )
        return replace(graph, tables=tuple(tables))

    monkeypatch.setattr(map_module, "compile_mapping", lossy)
    with pytest.raises(ValueError, match=r"d\.csv: the records do not add up"):
        mapped("  m: {sources: [[d.csv~csv]], s: ex:$(a), po: [[a, ex:C]]}", d_csv="a\n1\n2\n")
