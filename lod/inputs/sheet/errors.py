"""The cells of a sheet that hold an error such as #N/A, which the reader of sheets takes for empty ones.

https://ecma-international.org/publications-and-standards/standards/ecma-376/ (Part 1, 18.18.11),
https://docs.oasis-open.org/office/OpenDocument/v1.3/
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}

_Errors = Iterator[tuple[tuple[int, int], str]]


def error_cells(path: Path, sheet: str) -> dict[tuple[int, int], str]:
    """Return the error in each cell that has one, by row and column from 0.

    None are found in the formats that are no archives of XML (.xls, .xlsb).
    """
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        if "content.xml" in names:
            return dict(_open_document(archive, sheet))
        if "xl/workbook.xml" in names:
            return dict(_office_open(archive, sheet))
    return {}


def _office_open(archive: zipfile.ZipFile, sheet: str) -> _Errors:
    books = _elements(archive, "xl/workbook.xml", "{*}sheet")
    relation = next(each.get(_RELATION) for each in books if each.get("name") == sheet)
    relations = _elements(archive, "xl/_rels/workbook.xml.rels", "{*}Relationship")
    target = next(each.get("Target") for each in relations if each.get("Id") == relation)
    number = -1
    for row in _elements(archive, posixpath.join("/xl", target)[1:], "{*}row"):
        number = int(row.get("r", number + 2)) - 1
        column = -1
        for cell in row.iterchildren("{*}c"):
            column = _column(cell.get("r")) if cell.get("r") else column + 1
            if cell.get("t") == "e":
                yield (number, column), cell.findtext("{*}v")


def _column(reference: str) -> int:
    """Return the number of a column, from 0, in a reference such as AB12."""
    number = 0
    for letter in re.sub(r"[^A-Z]", "", reference):
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def _open_document(archive: zipfile.ZipFile, sheet: str) -> _Errors:
    number = 0
    for row in _elements(archive, "content.xml", f"{_TABLE}table-row"):
        if next(row.iterancestors(f"{_TABLE}table")).get(f"{_TABLE}name") != sheet:
            continue
        repeated = int(row.get(f"{_TABLE}number-rows-repeated", 1))
        column = 0
        for cell in row.iterchildren():
            times = int(cell.get(f"{_TABLE}number-columns-repeated", 1))
            if cell.get(_TYPE) == "error":
                places = ((number + down, column + right) for down in range(repeated) for right in range(times))
                yield from ((place, "".join(cell.itertext())) for place in places)
            column += times
        number += repeated


def _elements(archive: zipfile.ZipFile, name: str, tag: str) -> Iterator[Any]:
    from lxml import etree

    with archive.open(name) as stream:
        for _, element in etree.iterparse(stream, events=("end",), tag=tag, **_SAFE):
            yield element
            element.clear()
