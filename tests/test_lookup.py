"""Lookup tables: what is told of one that cannot be used, and which file was read (`function_cases.py` has the values)."""

import shutil
from pathlib import Path

import pytest

from lod.errors import MappingError
from lod.functions import bind, files_read
from lod.mapping import read_mappings

ROOT = Path(__file__).parent

# What a lookup names, what stands in the table, and what is wrong with that.
TABLES = [
    ("[fn:key, k], [fn:column, v]", "k,v\n1,a\n1,b\n", "{table}:3: the key '1' has another value above"),
    ("[fn:key, k], [fn:column, w]", "k,value\n", "{table}: there is no column 'w'. It has: k, value."),
    ("[fn:key, k], [fn:column, valeu]", "k,value\n", "{table}: there is no column 'valeu'. Did you mean 'value'?"),
    ("[fn:key, k], [fn:column, v]", "", "{table}: there is no column 'k'. It has: none."),
    ("[fn:key, 0], [fn:column, 1], [fn:header, false]", "a,b\n", "{table}: there is no column '0'. Without a header,"),
    ("[fn:key, 1], [fn:column, 3], [fn:header, false]", "a,b\n", "{table}:1: the row has 2 cells"),
    ("[fn:key, k], [fn:column, v]", 'k,v\n"a"b,c\n', "{table}: not CSV in UTF-8: "),
    ("[fn:key, k], [fn:column, v]", "k,v\n\udcff,c\n", "{table}: not CSV in UTF-8: "),
    ("[fn:key, k], [fn:column, v]", None, "{table}: cannot be read: No such file or directory"),
    ("[fn:key, k], [fn:column, v], [fn:delimiter, ab]", "k,v\n", "the delimiter is one character"),
    ("[fn:key, k], [fn:column, v], [fn:header, no]", "k,v\n", "header is true or false, and repeated is fail or first"),
]


@pytest.mark.parametrize(("settings", "table", "message"), TABLES)
def test_a_table_that_cannot_be_looked_up_is_told(
    tmp_path: Path, settings: str, table: str | None, message: str
) -> None:
    if table is not None:
        (tmp_path / "table.csv").write_text(table, errors="surrogateescape")
    (tmp_path / "map.yml").write_text(
        f"""
mappings:
  thing:
    sources: [in.csv~csv]
    s: thing/$(a)
    po: {{p: rdfs:label, o: {{function: fn:lookup, parameters: [[fn:value, $(a)], [fn:file, table.csv], {settings}]}}}}
"""
    )
    mapping = read_mappings([(tmp_path / "map.yml", "map.yml")], "https://example.org/")
    with pytest.raises(MappingError) as caught:
        bind(mapping, tmp_path)
    what = f"the function 'lookup' cannot be called so: {message.format(table=tmp_path / 'table.csv')}"
    assert str(caught.value).startswith(f"map.yml:6 column 39: {what}")


def test_what_a_lookup_reads_is_known(tmp_path: Path) -> None:
    shutil.copy(ROOT / "codes.csv", tmp_path)
    (tmp_path / "map.yml").write_text(
        """
mappings:
  thing:
    sources: [in.csv~csv]
    s: thing/$(a)
    po:
      p: rdfs:label
      o: {function: fn:lookup, parameters: [[fn:value, $(a)], [fn:file, codes.csv], [fn:key, code], [fn:column, name]]}
"""
    )
    mapping = read_mappings([(tmp_path / "map.yml", "map.yml")], "https://example.org/")
    assert files_read(bind(mapping, tmp_path)) == {tmp_path / "codes.csv"}
