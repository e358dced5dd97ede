r"""CSV: a table a class, all in one zip archive, with a row a node and a column a predicate.

https://www.rfc-editor.org/rfc/rfc4180

A column is called as Turtle would write it: `schema:text@en`, `ns:earliest^^xsd:date`, `ns:locator` (plain
text), and `schema:about^^@id` for nodes. A node stands in the table of each of its classes. Several values of a cell
are parted by `|`; in values `\|` is written for `|`, `\\` for `\`, and `\e` for an empty text.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from tempfile import TemporaryFile
from typing import IO, BinaryIO, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pyarrow as pa

from lod.formats.names import Names
from lod.formats.sink import Prologue
from lod.formats.subjects import Node, Object, nodes
from lod.rows import Rows
from lod.terms import RDF_TYPE, Kind

NODE, GRAPH, UNTYPED = "id", "graph", "untyped"
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")  # noqa: RUF001  # their wide forms are formulas too
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


class _Row(NamedTuple):
    node: str
    graph: str
    cells: dict[str, str]


class ColumnNames:
    """Names columns by predicate and what the values are."""

    def __init__(self, prologue: Prologue) -> None:
        self.names = Names("", prologue.prefixes, "<", ">")
        self._known: dict[tuple[str, int, str | None, str | None], str] = {}

    @property
    def types(self) -> str:
        """The column of classes."""
        return self.of(RDF_TYPE, Object("", Kind.IRI, None, None))

    def of(self, predicate: str, item: Object) -> str:
        """Return what the column is called that an object stands in."""
        asked = (predicate, *item[1:])
        if asked not in self._known:
            self._known[asked] = self._column(*asked)
        return self._known[asked]

    def _column(self, predicate: str, kind: int, datatype: str | None, language: str | None) -> str:
        name = self.names.short(predicate)
        if kind != Kind.LITERAL:
            return f"{name}^^@id"
        if language:
            return f"{name}@{language}"
        return f"{name}^^{self.names.short(datatype)}" if datatype else name


class CsvSink:
    """Writes a zip archive of tables; their rows wait in temporary files, as a header names all columns.

    excel_safe: no cell is a formula to a spreadsheet (an apostrophe stands before it), and a mark tells the encoding.
    """

    def __init__(self, *, excel_safe: bool = False) -> None:
        self._excel_safe = excel_safe

    def start(self, stream: BinaryIO, prologue: Prologue) -> None:
        """Remember the stream and the prefixes, by which columns and tables are named."""
        self._stream = stream
        self._columns = ColumnNames(prologue)
        self._tables: dict[str, _Table] = {}

    def take_rows(self, rows: Rows) -> None:
        """Hold rows as their statements."""
        self.take(rows.statements())

    def take(self, batch: pa.RecordBatch) -> None:
        """Hold the nodes of whole subjects."""
        for node in nodes(batch):
            row = _Row(node.subject, node.graph, dict(self._cells(node)))
            for name in _classes(node) or [""]:
                if name not in self._tables:
                    self._tables[name] = _Table()
                self._tables[name].add(row)

    def finish(self) -> None:
        """Write the archive."""
        with ZipFile(self._stream, "w", ZIP_DEFLATED) as archive:
            for name, table in self._named():
                member = ZipInfo(name)  # of the year 1980, whatever the clock says
                member.compress_type, member.create_system, member.external_attr = ZIP_DEFLATED, 3, 0o644 << 16
                with archive.open(member, "w", force_zip64=True) as stream:
                    table.write(stream, self._excel_safe)

    def _cells(self, node: Node) -> Iterator[tuple[str, str]]:
        for predicate, objects in node.pairs:
            values: dict[str, list[str]] = {}
            for item in objects:
                values.setdefault(self._columns.of(predicate, item), []).append(_escaped(item.value))
            yield from ((column, "|".join(found)) for column, found in values.items())

    def _named(self) -> Iterator[tuple[str, "_Table"]]:
        """Yield the tables with names that differ on every file system."""
        taken: set[str] = set()
        for class_iri, table in sorted(self._tables.items()):
            short = self._columns.names.prefixed(class_iri) or re.split(r"[/#:]", class_iri.rstrip("/#:"))[-1]
            name = re.sub(r"[^A-Za-z0-9_.-]+", "-", short).strip(".-") or UNTYPED
            while name.lower() in taken:
                name += "_"
            taken.add(name.lower())
            yield f"{name}.csv", table


class _Table:
    """The rows of a class, in a temporary file."""

    def __init__(self) -> None:
        self._rows = TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115  # closed when it is written out
        self._columns: set[str] = set()
        self._has_graphs = False

    def add(self, row: _Row) -> None:
        self._columns.update(row.cells)
        self._has_graphs |= row.graph != ""
        self._rows.write(json.dumps(row) + "\n")

    def write(self, stream: IO[bytes], excel_safe: bool) -> None:
        text = TextIOWrapper(stream, encoding="utf-8-sig" if excel_safe else "utf-8", newline="")
        writer = csv.writer(text)
        writer.writerows(map(_safe, self._lines()) if excel_safe else self._lines())
        text.detach()
        self._rows.close()

    def _lines(self) -> Iterator[list[str]]:
        columns, graph = sorted(self._columns), [GRAPH] if self._has_graphs else []
        yield [NODE, *graph, *columns]
        self._rows.seek(0)
        for line in self._rows:
            row = _Row(*json.loads(line))
            yield [row.node, *([row.graph] if graph else []), *(row.cells.get(column, "") for column in columns)]


def _classes(node: Node) -> list[str]:
    found = (objects for predicate, objects in node.pairs if predicate == RDF_TYPE)
    return [item.value for objects in found for item in objects if item.kind != Kind.LITERAL]


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("|", "\\|") or "\\e"


def _safe(cells: Iterable[str]) -> list[str]:
    """Return cells of which none is a formula. https://owasp.org/www-community/attacks/CSV_Injection."""
    return [f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell for cell in cells]
