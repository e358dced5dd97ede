"""XML, with XPath 1.0 as iterator and references.

https://www.w3.org/TR/xpath-10/
A reference that finds several nodes in a record makes its column list-valued. An element's value is its text, with that
of the elements in it; white space is kept.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from lod.engine import DuckDbEngine
from lod.errors import MappingError
from lod.inputs.cells import Row, cells_table
from lod.inputs.encoding import is_utf8
from lod.inputs.files import InputFile
from lod.inputs.table import RECORD, InputTable
from lod.inputs.xml.parse import as_record, elements, whole_tree
from lod.inputs.xml.path import Path, Whole, compile_xpath, plain_steps
from lod.mapping.model import LogicalSource, Reference

__all__ = ["open_xml"]

_ROOT = "/"


def open_xml(engine: DuckDbEngine, file: InputFile, source: LogicalSource, columns: Sequence[str]) -> InputTable:
    """Read the `columns` (references) of the records of an XML document into a table.

    It is read element by element where the iterator is a path of names and no reference can lead out of a record, else
    as a whole. Raises InputError where the file is not XML or has a DOCTYPE, and MappingError for what is no XPath.
    """
    reading = _Reading(file, source, columns)
    listed = [each.expression for each in source.fields if each.name in source.each]
    lists = [expression.name for expression in listed if isinstance(expression, Reference)]
    table = cells_table(engine, "xml", columns, lists, reading.rows())
    return InputTable(table, file.name, reading.read, unread=reading.unread())


class _Reading:
    """One pass over a file, and what it found."""

    def __init__(self, file: InputFile, source: LogicalSource, columns: Sequence[str]) -> None:
        self._file, self._source, self._columns = file, source, columns
        self._namespaces = dict(source.namespaces)
        self._prefixes = {iri: prefix for prefix, iri in source.namespaces}
        iterator = source.iterator or _ROOT
        self._iterator = iterator if iterator.startswith(("/", "(")) else f"/{iterator}"
        self._encoding = None if is_utf8(source.encoding, source.position) else "utf-8"
        self._paths = [self._path(column) for column in columns]
        self.read = 0
        self._names: dict[str, None] = {}

    def rows(self) -> Iterator[Row]:
        """Yield the values of each record."""
        nulls = frozenset(self._source.nulls)
        for element in self._records():
            self.read += 1
            self._names.update((f"@{self._name(name)}", None) for name in element.attrib)
            self._names.update((self._name(child.tag), None) for child in element.iterchildren("*"))
            yield self.read, [path.cells(element, nulls) for path in self._paths]

    def unread(self) -> tuple[str, ...]:
        """Return the attributes and elements of records that stand in no reference."""
        if RECORD in self._columns:
            return ()
        words = {word for column in self._columns for word in re.findall(r"@?[\w:.-]+", column)}
        return tuple(name for name in self._names if name not in words)

    def _records(self) -> Iterator[Any]:
        compiled = self._iterator == _ROOT or compile_xpath(self._iterator, self._namespaces, self._source.position)
        steps = plain_steps(self._iterator, self._namespaces)
        if steps and all(path.within for path in self._paths):
            return elements(self._file, self._encoding, steps)
        root = whole_tree(self._file, self._encoding)
        return iter([as_record(root)] if compiled is True else self._elements(compiled(root)))

    def _elements(self, found: Any) -> list[Any]:
        if not isinstance(found, list) or not all(hasattr(each, "tag") for each in found):
            what = f"the XPath {self._iterator!r} finds something else than elements"
            raise MappingError(what, at=self._source.position)
        return found

    def _path(self, column: str) -> Path | Whole:
        return Whole() if column == RECORD else Path(self._from_record(column), self._namespaces, self._source.position)

    def _from_record(self, reference: str) -> str:
        """Return a reference as it is said from a record; the document's node is no element, so all is said from it."""
        if self._iterator != _ROOT or not reference.startswith("/"):
            return reference
        return f".{reference}" if reference.startswith("//") else reference[1:] or "."

    def _name(self, tag: str) -> str:
        """Return a name with its prefix, as a reference would write it."""
        if not tag.startswith("{"):
            return tag
        iri, _, name = tag[1:].partition("}")
        return f"{self._prefixes[iri]}:{name}" if iri in self._prefixes else name
