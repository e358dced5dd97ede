"""What a value that makes no term does to its record: `--on-error`, and `on_error` in lod.toml."""

from pathlib import Path

import pytest
from small import lod

from lod.map import map_files
from lod.options import MapOptions
from lod.outcome import Account

MAPPING = """
prefixes: {ex: "http://example.org/"}
base: http://example.org/
mappings:
  thing:
    sources: [in.csv~csv]
    s: ex:$(id)
    po:
      - [ex:page, $(page)~iri]
      - [ex:born, $(born), xsd:date]
      - [ex:name, $(name), $(language)~lang]
      - {p: ex:spoken, o: {value: yes, language: $(language)}}
      - [ex:label, $(name)]
      - {p: ex:url, o: {function: fn:url, parameters: [[fn:value, $(url)]]}}
  page:
    sources: [in.csv~csv]
    s: $(page)
    po: [[ex:of, ex:$(id)~iri]]
"""
HEADER = "id,page,born,name,language,url\n"
GOOD = "1,http://example.org/1,1992-02-26,One,en,http://example.org/\n"


def lines(path: Path) -> set[str]:
    return set(path.read_text().replace("http://example.org/", "ex:").splitlines())


@pytest.fixture
def mapped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("map.yml").write_text(MAPPING)
    return tmp_path


# A row, and what stays of it where a bad term is left out alone.
CASES = [
    ("2,http://example.org/2,1992-02-30,Two,en,\n", "born", {"page", "name", "spoken", "label", "of"}),
    ("2,http://example.org/2,1992,Two,,\n", "born", {"page", "name", "spoken", "label", "of"}),
    ("2,http://example.org/2,1992-02-29,Two,english,\n", "language", {"page", "born", "label", "of"}),
    ("2,http://example.org/2,,Two,en,no url\n", "url", {"page", "name", "spoken", "label", "of"}),
]


@pytest.mark.usefixtures("mapped")
@pytest.mark.parametrize(("row", "column", "kept"), CASES)
def test_term_leaves_out_what_is_wrong_and_keeps_the_rest(row: str, column: str, kept: set[str]) -> None:
    Path("in.csv").write_text(HEADER + GOOD + row)
    done = map_files([Path("map.yml")], Path("out.nq"), MapOptions(on_error="term"))
    assert [(each.row, each.column, each.statement) for each in done.rejections] == [(2, column, True)]
    assert done.accounts == (Account("in.csv", read=2, published=2, rejected=0, skipped=0),)
    said = {line.split("> <ex:")[1].split(">")[0] for line in lines(Path("out.nq")) if "<ex:2>" in line}
    assert said == kept


@pytest.mark.usefixtures("mapped")
def test_a_bad_subject_leaves_nothing_to_keep() -> None:
    Path("in.csv").write_text(HEADER + GOOD + "2,no page <>,1992-02-26,Two,en,\n")
    done = map_files([Path("map.yml")], Path("out.nq"), MapOptions(on_error="term"))
    assert {(each.row, each.column) for each in done.rejections} == {(2, "page")}
    assert done.accounts == (Account("in.csv", read=2, published=1, rejected=1, skipped=0),)
    assert not any("<ex:2>" in line for line in lines(Path("out.nq")))


@pytest.mark.usefixtures("mapped")
def test_a_record_of_which_nothing_is_left_counts_as_rejected() -> None:
    text = MAPPING.split("  page:")[0].split("      - [ex:born")[0]
    Path("map.yml").write_text(text)
    Path("in.csv").write_text("id,page\n1,a b\n2,\n3,http://example.org/3\n")
    done = map_files([Path("map.yml")], Path("out.nq"), MapOptions(on_error="term"))
    assert [(each.row, each.statement) for each in done.rejections] == [(1, True)]
    assert done.accounts == (Account("in.csv", read=3, published=1, rejected=1, skipped=1),)


@pytest.mark.usefixtures("mapped")
def test_the_same_row_under_each_policy() -> None:
    Path("in.csv").write_text(HEADER + GOOD + CASES[0][0])
    assert lod("map", "map.yml", "-o", "out.nq").exit_code == 2
    assert not Path("out.nq").exists()
    assert lod("map", "map.yml", "-o", "reject.nq", "--on-error", "reject").exit_code == 1
    assert lod("map", "map.yml", "-o", "term.nq", "--on-error", "term").exit_code == 1
    rejected, spared = lines(Path("reject.nq")), lines(Path("term.nq"))
    assert rejected < spared
    assert {line.split(" ")[0] for line in spared - rejected} == {"<ex:2>"}


@pytest.mark.usefixtures("mapped")
def test_unsorted_holds_the_same_statements_in_the_order_of_the_records() -> None:
    Path("in.csv").write_text(HEADER + GOOD.replace("1", "9") + GOOD + GOOD)
    assert lod("map", "map.yml", "-o", "sorted.nq").exit_code == 0
    assert lod("map", "map.yml", "-o", "unsorted.nq", "--unsorted").exit_code == 0
    ordered, loose = (Path(name).read_text().splitlines() for name in ("sorted.nq", "unsorted.nq"))
    assert ordered == sorted(set(loose))
    assert loose[0].startswith("<http://example.org/9>")
    assert len(loose) > len(ordered)
