"""Cells for tables of people and groups, those that reject a record apart, and files that hold them."""

import csv
import json
import re
from pathlib import Path

from hypothesis import strategies as st

from lod.errors import Position
from lod.mapping.model import Mapping
from lod.terms import XSD

Row = tuple[str | None, ...]
Cells = list[str | None]

BASE = "https://example.org/base/"
EX = "https://example.org/terms#"
HERE = Position("generated")

ODD = (
    "\"'\n\r\t\\ |%#?/:@&=+;,.~_-$(){}<>[]^`0aZéß\u0130\u0301\u200f\u202e\xa0\x01\x08\x0c\x1b\x7f\x85\u2028\ue000"
    "\ufdcf\ufdd0\uffef\ufff0\ufffd\uffff🙂\U000e0001\U000e1000\U000f0000"
)
TEXTS: Cells = [
    None,
    *ODD,
    "ab",
    "a:b",
    "100%",
    "..",
    "a b",
    "é/ü",
    "1",
    "2",
    "true",
    "1.5e3",
    "-7",
    "</script>",
    "x" * 300,
]
# What every rule can be made of.
GOOD: dict[str, Cells] = {
    "id": ["1", "2", "3", "a b", "é/ü", "100%", "..", "a:b", None, *ODD],
    "name": TEXTS,
    "other": TEXTS,
    "language": ["en", None, "az", "hy-Latn", "EN-gb", "x-own"],
    "born": ["1992-02-26", "1992-02-29", None],
    "count": ["63", "007", None, "+1", "-0", "0"],
    "type": [EX + "type", None, XSD + "string", EX + "other"],
    "page": ["http://example.org/é?a=b#c", "urn:x:y", None, "plain", "a/b", "http://[::1]:80/", "//x", "?q"],
    "tags": ["a", None, "a|b", " a ||b|", "|", " ", "a|a", "é|%20|c"],
    "group": ["g1", None, "g2", "g1|g2", "nowhere", "g2|g2|g3"],
}
# What some rule can make nothing of.
BAD: dict[str, Cells] = {
    "language": ["english", "e n", "'"],
    "born": ["1993-02-29", "1992-2-3", "26.2.1992"],
    "count": ["true", "1.0", "1e3", " 1", "1_0", "٣"],
    "type": ["a type", XSD + "integer"],
    "page": ["a b", "x[1]", "%zz"],
    "tags": ["a b|c"],
}
GROUPS: dict[str, Cells] = {"key": ["g1", None, "g2", "g3", "g1"], "label": TEXTS, "head": GOOD["id"]}
# Names that the engine could take for its own, or that need quoting.
AWKWARD = ("subject", "joined", "_key0", "c0", "a column", 'quo"ted', "sélf", "graph", "file", "_f1")
GROUPS_AWKWARD = ("object", "joined", "predicate")

_texts = st.text(st.sampled_from(ODD) | st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
_JSON_WORD = r"true|-?(0|[1-9][0-9]*)(\.[0-9]+)?(e[0-9]+)?"


def rows(values: dict[str, Cells], most: int) -> st.SearchStrategy[list[Row]]:
    """Draw rows of these cells, with a bad one now and then, and a text of any kind where one may stand."""
    cells = [st.sampled_from(good * 3 + BAD.get(name, [])) for name, good in values.items()]
    return st.lists(
        st.tuples(
            *(cell | _texts if "a:b" in cells_ else cell for cell, cells_ in zip(cells, values.values(), strict=True))
        ),
        max_size=most,
    )


def all_rows(values: dict[str, Cells]) -> list[Row]:
    """Return as many rows as the longest column has values, so that each value stands in one."""
    longest = max(map(len, values.values()))
    return [
        tuple(column[(3 * number + place) % len(column)] for place, column in enumerate(values.values()))
        for number in range(longest)
    ]


class World:
    """Files by name, each a header and rows, and a mapping over them."""

    def __init__(self, files: dict[str, tuple[Row, list[Row]]], mapping: Mapping) -> None:
        self.files, self.mapping = files, mapping

    def __repr__(self) -> str:
        maps = "\n".join(map(repr, self.mapping.triples_maps)).replace(f", position={HERE!r}", "")
        return "\n".join(["", *(f"{name}: {rows}" for name, rows in self.files.items()), maps])

    def write(self, folder: Path) -> None:
        for name, (header, rows) in self.files.items():
            with (folder / name).open("w", encoding="utf-8", newline="") as stream:
                if name.endswith(".json"):
                    stream.write(f"[{', '.join(_json_record(header, row) for row in rows)}]")
                else:
                    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([header, *rows])


def _json_record(header: Row, row: Row) -> str:
    """Return a record as JSON, in which numbers and truths are no strings; beside its cells a list, and one further in."""
    cells = [cell if cell and re.fullmatch(_JSON_WORD, cell) else json.dumps(cell) for cell in row]
    members = [f"{json.dumps(name)}: {cell}" for name, cell in zip(header, cells, strict=True) if cell != "null"]
    return f'{{{", ".join(members)}, "many": [{", ".join(cells[:3])}], "inner": {{"cell": {cells[-1]}}}}}'
