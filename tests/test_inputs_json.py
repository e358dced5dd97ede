"""JSON: what is not read says where and why; what is read keeps its text. (`test_reference.py` has the rest.)"""

import io
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.engine import Engine
from lod.errors import InputError, MappingError, Position
from lod.inputs import InputTable, open_source
from lod.inputs.json import stream
from lod.json import Decoder, json_text
from lod.mapping.model import LogicalSource
from lod.term_table import ROW
from lod.terms import XSD

# A document, and what an InputError says of it.
UNREADABLE = {
    "": "in.json:1 column 1: not JSON: Expecting value",
    "[{]": "in.json:1 column 3: not JSON: ",
    "[\n{'a': 1}]": "in.json:2 column 2: not JSON: ",
    '[{"a": 1},]': "in.json:1 column 1",
    '[{"a": NaN}]': "in.json: not JSON in UTF-8: NaN is not a JSON value",
    '[{"a": -Infinity}]': "in.json: not JSON in UTF-8: -Infinity is not a JSON value",
    "[" * 100_000: "in.json: not read: nested too deeply",
    "[1, 2": "in.json:1 column 6: not JSON: Expecting ',' or ']'",
    "[1 2]": "in.json:1 column 4: not JSON: Expecting ',' or ']'",
    "[1]\n[2]": "in.json:2 column 1: not JSON: Extra data",
    '{"a": 1,\n "a": 2}': "in.json:2 column 5: not JSON: the member 'a' stands twice",
    '{"a": 1, 2: 3}': "in.json:1 column 10: not JSON: Expecting property name enclosed in double quotes",
    '{"a" 1}': "in.json:1 column 6: not JSON: Expecting ':'",
    '[{"a": "\udce9"}]': "in.json: not JSON in UTF-8: ",
}

# A value as JSON writes it, and its text and datatype.
VALUES = {
    '"text"': ("text", None),
    '""': ("", None),
    '"007"': ("007", None),
    '"\\ud83d\\ude42"': ("🙂", None),
    "63": ("63", "integer"),
    "-0": ("-0", "integer"),
    "1.10": ("1.10", "double"),
    "1E+400": ("1E+400", "double"),
    "9" * 5000: ("9" * 5000, "integer"),
    "true": ("true", "boolean"),
}

# A value, and why its record is rejected.
UNFIT = {
    "{}": "is no single value",
    '{"b": 1}': "is no single value",
    "[1, 2]": "is no single value",
    '"\\ud800"': "holds half a character",
    '"x\\u0000"': "holds a NUL character",
    '"y", "a": "z"': "the member 'a' stands twice",
    '"y", "b": [{"c": 1, "d": 2, "c": 1}]': "the member 'c' stands twice",
}


def opened(
    engine: Engine, folder: Path, text: str, iterator: str | None = "$[*]", reference: str = "a", **settings: Any
) -> InputTable:
    access = settings.pop("access", "in.json")
    (folder / access).write_bytes(text.encode("utf-8", "surrogateescape"))
    source = LogicalSource(access, "json", Position("map.yml", 3), iterator, **settings)
    return open_source(engine, folder, source, [reference])


@pytest.mark.parametrize("text", UNREADABLE, ids=lambda text: text[:12])
def test_a_document_that_cannot_be_read_says_where(engine: Engine, tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError) as caught:
        opened(engine, tmp_path, text)
    assert str(caught.value).startswith(UNREADABLE[text])


@pytest.mark.parametrize("value", VALUES, ids=lambda value: value[:12])
def test_a_value_keeps_its_text(engine: Engine, tmp_path: Path, value: str) -> None:
    (row,) = engine.rows(opened(engine, tmp_path, f'[{{"a": {value}}}]').table)
    text, datatype = VALUES[value]
    assert row == {ROW: 1, "a": text if datatype is None else {"text": text, "datatype": XSD + datatype}}


@pytest.mark.parametrize("value", UNFIT)
def test_what_is_no_value_rejects_its_record(engine: Engine, tmp_path: Path, value: str) -> None:
    table = opened(engine, tmp_path, f'[{{"a": "1"}}, {{"a": {value}}}, {{"a": null}}, {{}}]')
    assert [(each.row, each.reason.startswith(UNFIT[value])) for each in table.rejections] == [(2, True)]
    assert [(row[ROW], row["a"]) for row in engine.rows(table.table)] == [(1, "1"), (3, None), (4, None)]
    assert table.read == 4
    assert table.rejections[0].value.encode()


def test_a_path_that_does_not_parse_is_told_with_its_line(engine: Engine, tmp_path: Path) -> None:
    for iterator, reference in (("$[", "a"), ("$[*]", "a b")):
        with pytest.raises(MappingError, match=r"map\.yml:3: the JSONPath .* does not parse"):
            opened(engine, tmp_path, "[]", iterator, reference)


# A document, an iterator, and the values of `a` in its records: what streams and what does not, by RFC 9535.
ITERATORS = [
    ('[{"a": "1"}, {"a": "2"}]', "$[*]", ["1", "2"]),
    ('[{"a": "1"}, {"a": "2"}]', "$.*", ["1", "2"]),
    ('[{"a": "1"}, {"a": "2"}]', "$[1:]", ["2"]),
    ('[{"a": "1"}, {"a": "2"}]', "$[?@.a == '2']", ["2"]),
    # RFC 9535, section 2.3.5.2.2: numbers compare as numbers, and to nothing else; their text stays as written
    ('[{"a": "1", "n": 9}, {"a": "2", "n": 10.0}, {"a": "3", "n": "11"}]', "$[?@.n >= 10]", ["2"]),
    ('[{"a": "1", "n": 1e1}, {"a": "2", "n": "10"}, {"a": "3", "n": true}]', "$[?@.n == 10]", ["1"]),
    ('[{"a": "1", "n": 12}, {"a": "2", "n": "12"}]', "$[?length(@.n) == 2]", ["2"]),
    ('[{"a": "1", "n": 12}, {"a": "2", "n": "12"}]', "$[?match(@.n, '1.')]", ["2"]),
    ('{"x": {"a": "1"}, "y": {"a": "2"}}', "$[*]", ["1", "2"]),
    ('{"n": 1, "x": {"a": [{"a": "1"}], "y": [{"a": "2"}]}}', "$.x.y[*]", ["2"]),
    ('{"x": [{"a": "1"}]}', "$['x'][*]", ["1"]),
    ('{"x": [{"a": "1"}]}', "$..x[*]", ["1"]),
    ('{"x": "y"}', "$.x[*]", []),
    ('"text"', "$[*]", []),
    ("[ ]", "$[*]", []),
    ('{"a": "1"}', "$", ["1"]),
    ('{"a": "1"}', None, ["1"]),
]


@pytest.mark.parametrize(("text", "iterator", "values"), ITERATORS)
def test_an_iterator_finds_the_records(
    engine: Engine, tmp_path: Path, text: str, iterator: str | None, values: list[str]
) -> None:
    table = opened(engine, tmp_path, text, iterator)
    assert [row["a"] for row in engine.rows(table.table.order_by(ROW))] == values
    assert table.read == len(values)


documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text('xyz"\\', max_size=2), inner, max_size=4),
)


@given(document=documents, indent=st.sampled_from([None, 1]), piece=st.integers(1, 7))
def test_what_is_streamed_is_what_the_whole_document_holds(document: Any, indent: int | None, piece: int) -> None:
    text = json.dumps({"before": document, "x": document, "after": 12345}, indent=indent) + "\n"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream, "_PIECE", piece)
        scanner = stream.Scanner(io.StringIO(text), Decoder())
        found = list(scanner.elements(["x"]))
        scanner.end()
    values = document.values() if isinstance(document, dict) else document if isinstance(document, list) else ()
    assert json_text(found) == json_text(Decoder().decode(json.dumps(list(values))))


def test_the_place_of_an_error_counts_what_was_read_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "_PIECE", 3)
    for text in ('[1,\n 22, "x\ty"]', "[\n\n1, tru]", '{"a":\n{"b" 1}}', "[1]   x"):
        scanner = stream.Scanner(io.StringIO(text), Decoder())
        with pytest.raises(json.JSONDecodeError) as found:
            [*scanner.elements([]), scanner.end()]
        with pytest.raises(json.JSONDecodeError) as expected:
            json.loads(text)
        assert (found.value.lineno, found.value.colno) == (expected.value.lineno, expected.value.colno)


def test_an_array_of_any_length_takes_little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "_PIECE", 1000)
    text = io.StringIO("[" + ", ".join(f'{{"a": "{number}"}}' for number in range(50_000)) + "]")
    tracemalloc.start()
    count = sum(1 for _ in stream.Scanner(text, Decoder()).elements([]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 50_000
    assert peak < 100_000


def test_a_member_that_stands_twice_outside_of_the_records_is_told(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the member 'm' stands twice"):
        opened(engine, tmp_path, '{"m": 1, "m": 2, "x": [{"a": "1"}]}', "$['x'][*]")


def test_texts_that_the_mapping_calls_null_are_null(engine: Engine, tmp_path: Path) -> None:
    table = opened(engine, tmp_path, '[{"a": ""}, {"a": "-"}, {"a": -9}, {"a": "0"}]', nulls=("", "-", "-9"))
    assert [row["a"] for row in engine.rows(table.table.order_by(ROW))] == [None, None, None, "0"]


# JSON Lines


@pytest.mark.parametrize("access", ["in.jsonl", "in.ndjson", "in.JSONL"])
def test_each_line_is_a_text(engine: Engine, tmp_path: Path, access: str) -> None:
    table = opened(engine, tmp_path, '\ufeff{"a": "1"}\r\n\n  \n{"a": "\u2028\x85"}', None, access=access)
    assert [(row[ROW], row["a"]) for row in engine.rows(table.table.order_by(ROW))] == [(1, "1"), (2, "\u2028\x85")]
    assert (table.read, table.rejections) == (2, ())


def test_the_iterator_applies_to_each_line(engine: Engine, tmp_path: Path) -> None:
    text = '{"x": [{"a": 1.0}, {"a": 2}]}\n{"y": 1}\n{"x": [{"a": 3e1}]}\n'
    table = opened(engine, tmp_path, text, "$.x[*]", access="in.jsonl")
    found = [(row[ROW], row["a"]["text"]) for row in engine.rows(table.table.order_by(ROW))]
    assert found == [(1, "1.0"), (2, "2"), (3, "3e1")]


def test_a_line_that_is_no_text_rejects_that_record(engine: Engine, tmp_path: Path) -> None:
    lines = ['{"a": "1"}', '{"a": ', '{"a": "\udce9"}', '{"a": NaN}', '{"a": 1, "a": 2}', "[" * 100_000, '{"a": "7"}']
    table = opened(engine, tmp_path, "\n".join(lines), access="in.jsonl", iterator="$")
    assert [(row[ROW], row["a"]) for row in engine.rows(table.table.order_by(ROW))] == [(1, "1"), (7, "7")]
    assert [(each.row, each.reason.partition(": ")[0]) for each in table.rejections] == [
        (2, "line 2 is not JSON in UTF-8"),
        (3, "line 3 is not JSON in UTF-8"),
        (4, "line 4 is not JSON in UTF-8"),
        (5, "the member 'a' stands twice"),
        (6, "line 6 is not JSON in UTF-8"),
    ]
    assert table.read == 7


def test_json_lines_may_have_any_name_and_encoding(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text('{"a": "1"}\n{"a": "2"}\n', encoding="utf-16")
    source = LogicalSource("in.txt", "jsonl", Position("map.yml", 3), encoding="utf-16")
    assert open_source(engine, tmp_path, source, ["a"]).read == 2
