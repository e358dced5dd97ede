"""A project's own functions: what a Python file gives, what its mistakes reject, and what is told of it."""

import pickle
from pathlib import Path

import pytest
from small import append, lod, records, swap, tiny_project

from lod.compile import Policy, compile_mapping
from lod.engine import Engine
from lod.errors import MappingError
from lod.functions import Type
from lod.functions.own_batch import OwnBatch
from lod.functions.own_file import digest
from lod.mapping import read_mappings
from lod.outcome import Rejection
from lod.triples import triples

FUNCTIONS = '''
from __future__ import annotations

from dataclasses import dataclass
from math import floor

import pyarrow as pa
import pyarrow.compute as pc


@dataclass
class Year:
    number: int


def century(year: str) -> str | None:
    """The century of a year."""
    return f"{(Year(int(year)).number + 99) // 100}" if year != "0" else None


def plain(text):
    return text


def words(text: str) -> list[str]:
    return text.split()


def known(text: str | None) -> bool:
    return text is not None


def both(first: str, second: str | None) -> str:
    return f"{first}+{second}"


def joined(parts: list[str], flag: bool) -> str:
    return "".join(parts) if flag else ""


def shouted(texts: pa.StringArray) -> pa.StringArray:
    return pc.utf8_upper(texts)


def cut(texts: pa.StringArray) -> pa.ListArray:
    return pc.split_pattern(texts, " ")


def whole(texts: pa.StringArray) -> pa.BooleanArray:
    return pc.invert(pc.match_substring(texts, " "))


def halved(texts: pa.StringArray) -> pa.StringArray:
    return pc.cast(pc.divide(pc.cast(texts, pa.int64()), 2), pa.string())


def number(text: str) -> str:
    return 5


def numbers(texts: pa.StringArray) -> pa.StringArray:
    return pc.utf8_length(texts)


def fewer(texts: pa.StringArray) -> pa.StringArray:
    return texts.slice(1)


def surrogate(text: str) -> str:
    return "\\ud800"


def silent(text: str) -> str:
    raise KeyError


def _hidden(text: str) -> str:
    return text


def nothing() -> str:
    return "x"


def many(*texts: str) -> str:
    return "x"


def dated(text: date) -> str:
    return "x"


def counted(text: str) -> int:
    return 1


def mixed(text: str) -> pa.StringArray:
    return 1
'''


def mapped(engine: Engine, folder: Path, pair: str, cells: list[str], functions: str = FUNCTIONS):  # type: ignore[no-untyped-def]  # a graph
    (folder / "in.csv").write_text("id,cell\n" + "".join(f"{row},{cell}\n" for row, cell in enumerate(cells, 1)))
    (folder / "functions.py").write_text(functions)
    (folder / "map.yml").write_text(
        f"mappings:\n  thing:\n    sources: [in.csv~csv]\n    s: http://e.org/$(id)\n    po:\n      - {pair}\n"
    )
    mapping = read_mappings([(folder / "map.yml", "map.yml")], "https://example.org/")
    return compile_mapping(engine, folder, mapping, Policy(), folder / "functions.py")


def call(function: str, **given: str) -> str:
    return f"{{function: py:{function}, parameters: [{', '.join(f'[py:{name}, {value}]' for name, value in given.items())}]}}"


def said(engine: Engine, folder: Path, written: str, cells: list[str]) -> list[tuple[str, str]]:
    """Return the number of the record and the text of each statement."""
    graph = mapped(engine, folder, f"{{p: rdfs:label, o: {written}}}", cells)
    assert graph.rejections == ()
    return sorted((row["subject"][-1], row["object"]) for row in engine.rows(triples(engine, graph.tables)))


VALUES = [
    (call("century", year="$(cell)"), ["1992", "1900", "", "0"], [("1", "20"), ("2", "19")]),
    (call("plain", text="$(cell)"), ["a", "", "é"], [("1", "a"), ("3", "é")]),
    (call("words", text="$(cell)"), ["a b", "", "c"], [("1", "a"), ("1", "b"), ("3", "c")]),
    (call("both", first="$(id)", second="$(cell)"), ["a", ""], [("1", "1+a"), ("2", "2+None")]),
    (call("both", first="$(cell)", second="$(id)"), ["a", ""], [("1", "a+1")]),
    (
        call("joined", parts=call("words", text="$(cell)"), flag=call("known", text="$(cell)")),
        ["a b", ""],
        [("1", "ab")],
    ),
    (call("shouted", texts="$(cell)"), ["a", "", "é"], [("1", "A"), ("3", "É")]),
    (call("cut", texts="$(cell)"), ["a b", ""], [("1", "a"), ("1", "b")]),
    (call("plain", text="{function: fn:upper, parameters: [[fn:value, $(cell)]]}"), ["a"], [("1", "A")]),
    (call("halved", texts="$(cell)"), ["4"] * 3000, None),
]


@pytest.mark.parametrize(("written", "cells", "expected"), VALUES)
def test_a_function_of_the_project_is_called(
    engine: Engine, tmp_path: Path, written: str, cells: list[str], expected: list[tuple[str, str]] | None
) -> None:
    found = said(engine, tmp_path, written, cells)
    assert found == expected or (expected is None and [text for _, text in found] == ["2"] * len(cells))


@pytest.mark.parametrize("function", [call("known", text="$(cell)"), call("whole", texts="$(cell)")])
def test_a_function_of_the_project_may_be_a_condition(engine: Engine, tmp_path: Path, function: str) -> None:
    graph = mapped(engine, tmp_path, f"{{p: rdfs:label, o: $(id), condition: {function}}}", ["a", "", "b"])
    assert sorted(row["object"] for row in engine.rows(triples(engine, graph.tables))) == ["1", "3"]


REASONS = [
    ("century", "year", "century: invalid literal for int() with base 10: 'x'"),
    ("halved", "texts", "halved: Failed to parse string: 'x' as a scalar of type int64"),
    ("number", "text", "number: gives int, not one text"),
    ("numbers", "texts", "numbers: gives int32, not string"),
    ("fewer", "texts", "fewer: gives 0 values for 1"),
    ("silent", "text", "silent: KeyError"),
    (
        "surrogate",
        "text",
        "surrogate: 'utf-8' codec can't encode character '\\ud800' in position 0: surrogates not allowed",
    ),
]


@pytest.mark.parametrize(("function", "parameter", "reason"), REASONS)
def test_what_a_function_raises_rejects_its_record(
    engine: Engine, tmp_path: Path, function: str, parameter: str, reason: str
) -> None:
    written = call(function, **{parameter: "$(cell)"})
    graph = mapped(engine, tmp_path, f"{{p: rdfs:label, o: {written}}}", ["", "x"])
    assert graph.rejections == (Rejection("in.csv", 2, "cell", "x", reason),)


MISTAKES = [
    (call("centruy", year="$(cell)"), "map.yml: there is no function 'centruy'\n  Did you mean 'century'?"),
    (call("_hidden", text="$(cell)"), "map.yml: there is no function '_hidden'"),
    (call("floor", x="$(cell)"), "map.yml: there is no function 'floor'"),
    (call("century", yaer="$(cell)"), "map.yml: the function 'century' has no parameter 'yaer'\n  Did you mean 'year'?"),
    (call("century"), "map.yml: the function 'century' needs the parameter 'year'"),
    (call("century", year=call("words", text="$(cell)")), "map.yml: the parameter 'year' of 'century' must be one text"),
    (call("nothing"), "functions.py: the function 'nothing' must have one or more plain parameters"),
    (call("many", texts="$(cell)"), "functions.py: the function 'many' must have one or more plain parameters"),
    (call("dated", text="$(cell)"), "functions.py: the function 'dated' has annotations that cannot be read: name 'date' is not defined"),
    (call("counted", text="$(cell)"), "functions.py: the function 'counted' is annotated with what is not read here\n  Annotate with"),
    (call("mixed", text="$(cell)"), "functions.py: the function 'mixed' is annotated with what is not read here"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "message"), MISTAKES)
def test_a_mistake_is_told_with_its_place(engine: Engine, tmp_path: Path, written: str, message: str) -> None:
    with pytest.raises(MappingError) as caught:
        mapped(engine, tmp_path, f"{{p: rdfs:label, o: {written}}}", ["a"])
    file, _, what = message.partition(": ")
    definition = "def " + what.split("'")[1]
    line = 6 if file == "map.yml" else 1 + FUNCTIONS.partition(definition)[0].count("\n")
    place, _, told = str(caught.value).replace(f"{tmp_path}/", "").partition(": ")
    assert place.startswith(f"{file}:{line}")
    assert told.startswith(what)


BROKEN = {
    "def f(:\n": "functions.py:1 column 7: not Python: invalid syntax",
    "x = 1\n\nx = 1 / 0\n": "functions.py:3: cannot be run: ZeroDivisionError: division by zero",
    "import nosuchmodule\n": "functions.py:1: cannot be run: ModuleNotFoundError: No module named 'nosuchmodule'",
    "import sys\nsys.exit(3)\n": "functions.py:2: cannot be run: SystemExit: 3",
}


@pytest.mark.parametrize("text", BROKEN)
def test_a_file_that_cannot_be_run_is_told(engine: Engine, tmp_path: Path, text: str) -> None:
    with pytest.raises(MappingError) as caught:
        mapped(engine, tmp_path, f"{{p: rdfs:label, o: {call('f', text='$(cell)')}}}", ["a"], text)
    assert str(caught.value).replace(f"{tmp_path}/", "") == BROKEN[text]


def test_a_changed_file_is_run_anew_and_nothing_is_left_beside_it(engine: Engine, tmp_path: Path) -> None:
    for answer in ("one", "two"):
        text = f"def f(text): return '{answer}'\n"
        graph = mapped(engine, tmp_path, f"{{p: rdfs:label, o: {call('f', text='$(cell)')}}}", ["a"], text)
        assert [row["object"] for row in engine.rows(triples(engine, graph.tables))] == [answer]
    assert not (tmp_path / "__pycache__").exists()


def test_a_call_goes_to_another_process_by_its_file(tmp_path: Path) -> None:
    path = tmp_path / "functions.py"
    path.write_text("def f(text): return text\n")
    batch = OwnBatch(str(path), digest(path), "f", Type.TEXT, whole=False, nulls=(False,))
    assert pickle.loads(pickle.dumps(batch)) == batch  # noqa: S301  # our own bytes


def test_a_mapping_alone_runs_no_code(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("id\n1\n")
    (tmp_path / "map.yml").write_text(
        f"mappings:\n  thing:\n    sources: [in.csv~csv]\n    s: http://e.org/$(id)\n    po:\n      - {{p: rdfs:label, o: {call('f', text='$(id)')}}}\n"
    )
    mapping = read_mappings([(tmp_path / "map.yml", "map.yml")], "")
    with pytest.raises(
        MappingError, match=r"^map\.yml:6 .*: 'f' is a function of the project's own, and it has none\n"
    ):
        compile_mapping(engine, tmp_path, mapping, Policy())


def test_a_project_names_its_functions(tmp_path: Path) -> None:
    project = tiny_project(tmp_path)
    (project / "own.py").write_text(
        'def greeted(name):\n    if name == "Bo":\n        raise ValueError("no Bo")\n    return f"Hello {name}"\n'
    )
    swap(
        project / "mappings/people.yml",
        "[schema:name, $(name), $(lang)~lang]",
        "{p: schema:name, o: {function: py:greeted, parameters: [[py:name, $(name)]]}}",
    )
    told = lod("build", project)
    assert told.exit_code == 2
    assert (
        'Name their file: functions = "functions.py" under [build] of lod.toml, or --functions functions.py.'
        in told.output
    )
    append(project / "lod.toml", '[build]\nfunctions = "own.py"\n')
    assert lod("build", project).exit_code == 1
    assert '"Hello Ada"' in (project / "output/latest/dataset.nq").read_text()
    assert [each["reason"] for each in records(project / "output/latest/rejected.csv")] == ["greeted: no Bo"]
    assert "<https://example.org/people/functions/own.py>" in (project / "output/latest/dataset.nq").read_text()
    swap(project / "lod.toml", "own.py", "none.py")
    assert "lod.toml: functions: there is no file 'none.py' in " in lod("build", project).output


def test_functions_for_a_mapping_are_given_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.csv").write_text("id\n1\n")
    (tmp_path / "own.py").write_text("def f(text): return text + '!'\n")
    (tmp_path / "map.yml").write_text(
        f"mappings:\n  thing:\n    sources: [in.csv~csv]\n    s: http://e.org/$(id)\n    po:\n      - {{p: rdfs:label, o: {call('f', text='$(id)')}}}\n"
    )
    told = lod("map", "map.yml", "--functions", "own.py")
    assert (told.exit_code, told.stdout) == (
        0,
        '<http://e.org/1> <http://www.w3.org/2000/01/rdf-schema#label> "1!" .\n',
    )
    told = lod("explain", "map.yml", "--functions", "own.py", "--node", "http://e.org/1")
    assert (told.exit_code, "1!" in told.stdout) == (0, True)
    assert lod("explain", "map.yml", "--functions", "own.py").exit_code == 0
    assert lod("map", "map.yml", "--functions", "none.py").output.startswith(
        "error: none.py: cannot be read: No such file"
    )
