"""JSON: what is not read says where and why; what is read keeps its text. (`test_reference.py` has the rest.)"""

from pathlib import Path

import pytest

from lod.engine import Engine
from lod.errors import InputError, MappingError, Position
from lod.inputs import InputTable, open_source
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
}


def opened(engine: Engine, folder: Path, text: str, iterator: str = "$[*]", reference: str = "a") -> InputTable:
    (folder / "in.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    return open_source(engine, folder, LogicalSource("in.json", "json", Position("map.yml", 3), iterator), [reference])


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
