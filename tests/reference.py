"""The slow, plain twin: what a mapping means, told record by record. It shares no code with `compile` and `inputs`."""

import calendar
import csv
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import quote

from lod.mapping.model import Call, Expression, Join, LogicalSource, Mapping, Reference, Template, TermMap, TriplesMap
from lod.mapping.model import references as names_in
from lod.term_table import Constant
from lod.terms import Kind
from lod.vocab import FN

# What a record says, by reference or call: a text, a list of texts, a truth, or None.
Record = dict[Expression, Any]
# The file and number of a record, and what it says: subject, predicate, object, kind, datatype, language, graph.
Said = tuple[str, int, tuple[str, str, str, int, str | None, str | None, str]]
ROW, FILE = Reference("#row"), Reference("#file")
XSD = "http://www.w3.org/2001/XMLSchema#"


class Typed(str):
    """A text that its input gives a datatype, as JSON does to numbers and truths."""

    datatype: str

    @classmethod
    def of(cls, text: str, name: str) -> "Typed":
        typed = cls(text)
        typed.datatype = XSD + name
        return typed


# A null argument has a meaning of its own here; values are taken to be good ones (`test_functions.py` has the bad).
TOTAL: dict[str, Callable[..., Any]] = {
    "present": lambda value: value not in (None, []),
    "absent": lambda value: value in (None, []),
    "equal": lambda value, other: value is not None and value == other,
    "oneOf": lambda value, values: value is not None and value in values.split("|"),
    "not": lambda value: not value,
    "any": lambda **each: any(each.values()),
    "all": lambda **each: all(each.values()),
    "coalesce": lambda **each: next((value for value in each.values() if value is not None), None),
    "when": lambda condition, value, otherwise=None: value if condition else otherwise,
    "contains": lambda value, part: None not in (value, part) and part in value,
    "matches": lambda value, pattern: value is not None and re.search(pattern, value) is not None,
    "isTrue": lambda value: value in ("true", "1"),
}
# Here a null argument makes the result null.
STRICT: dict[str, Callable[..., Any]] = {
    "split": lambda value, separator: [part.strip() for part in value.split(separator) if part.strip()],
    "lower": lambda value: value.lower(),
    "trim": lambda value: value.strip(),
    "upper": lambda value: value.upper(),
    "join": lambda values, separator: separator.join(values),
    "element": lambda values, index: dict(enumerate(values)).get(int(index)),
    "length": lambda value: Typed.of(str(len(value)), "integer"),
    "substring": lambda value, start, end: value[int(start) : int(end)],
    "replaceText": lambda value, find, replacement: value.replace(find, replacement),
    "concat": lambda separator="", **each: separator.join(each.values()),
    "hash": lambda value: hashlib.sha256(value.encode()).hexdigest()[:16],
    "extract": lambda value, pattern: found[1] if (found := re.search(pattern, value)) else None,
    "replace": lambda value, pattern, replacement: re.sub(pattern, replacement, value),
    "url": lambda value: value,
    "numberType": lambda value: XSD + ("decimal" if "." in value else "integer"),
    "edtf": lambda value: value,
    "edtfValue": lambda value: value if "/" not in value else None,
    "edtfType": lambda value: {4: XSD + "gYear", 7: XSD + "gYearMonth", 10: XSD + "date"}.get(len(value)),
    "edtfEarliest": lambda value: value.split("/")[0] + "-01-01"[len(value.split("/")[0]) - 4 :],
    "edtfLatest": lambda value: _last_day(*value.split("/")[-1].split("-")),
}


def statements(mapping: Mapping, root: Path, is_iri: Callable[[str], bool] = bool) -> Iterator[Said]:
    """Yield what a mapping (its files relative to `root`) makes of its records; `is_iri` says what can be joined."""
    meaning = _Meaning(mapping, cache(lambda source: list(computed(source, root))), is_iri)
    for rules in mapping.triples_maps:
        yield from meaning.of(rules)


class _Meaning:
    def __init__(
        self, mapping: Mapping, records: Callable[[LogicalSource], list[Record]], is_iri: Callable[[str], bool]
    ) -> None:
        self.mapping, self.records, self.is_iri = mapping, records, is_iri

    def of(self, rules: TriplesMap) -> Iterator[Said]:
        for subject, record in self.described(rules):
            for pair in rules.predicate_objects:
                if pair.condition is None or value(pair.condition, record):
                    graphs = (*rules.graphs, *pair.graphs)
                    for item, one in product(pair.objects, spread([*pair.predicates, *graphs], record)):
                        for text, *rest in self.objects(item, one, rules.base):
                            predicates = [iri(each.expression, one, rules.base) for each in pair.predicates]
                            places = [iri(each.expression, one, rules.base) for each in graphs] or [""]
                            for predicate, graph in product(predicates, places):
                                if None not in (predicate, text, graph):
                                    yield record[FILE], int(record[ROW]), (subject, predicate, text, *rest, graph)

    def described(self, rules: TriplesMap) -> Iterator[tuple[str, Record]]:
        for record in self.records(rules.source):
            if rules.condition is None or value(rules.condition, record):
                subjects = [iri(rules.subject.expression, one, rules.base) for one in spread([rules.subject], record)]
                yield from ((subject, record) for subject in subjects if subject is not None)

    def objects(self, item: TermMap | Join, record: Record, base: str) -> Iterator[tuple[Any, ...]]:
        if isinstance(item, Join):
            yield from ((subject, int(Kind.IRI), None, None) for subject in self.joined(item, record))
            return
        for one in spread([item], record):
            if item.kind is Kind.IRI:
                yield iri(item.expression, one, base), int(Kind.IRI), None, None
            else:
                text, datatype = value(item.expression, one), item.datatype and iri(item.datatype, one, base)
                if isinstance(text, Typed) and item.datatype is None and item.language is None:
                    datatype = text.datatype
                typed = None if datatype == XSD + "string" else datatype
                yield text, int(item.kind), typed, value(item.language, one)

    def joined(self, join: Join, record: Record) -> Iterator[str]:
        for subject, other in self.described(self.mapping.parent(join)):
            same_record = record[FILE] == other[FILE] and record[ROW] == other[ROW]
            equal = [keys(each.child, record) & keys(each.parent, other) for each in join.conditions]
            if self.is_iri(subject) and (all(equal) if join.conditions else same_record):
                yield subject


def keys(expression: Expression, record: Record) -> set[str]:
    key = value(expression, record)
    return set(key) if isinstance(key, list) else {key} - {None}


def spread(terms: list[TermMap], record: Record) -> Iterator[Record]:
    """Yield the record once for each element of the lists that terms refer to."""
    expressions = [each for term in terms for each in (term.expression, term.datatype, term.language)]
    parts = [[each] if isinstance(each, Call) else [*map(Reference, names_in(each))] for each in expressions]
    lists = {part: found for each in parts for part in each if isinstance(found := value(part, record), list)}
    for elements in product(*lists.values()):
        yield record | dict(zip(lists, elements, strict=True))


def iri(expression: Expression, record: Record, base: str) -> str | None:
    text = value(expression, record, iri_safe)
    return text if text is None or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text) else base + text


def value(expression: Expression | None, record: Record, encode: Callable[[str], str] = str) -> Any:
    """Return what an expression says; `encode` is for the references in a template."""
    if expression in record:
        return record[expression]
    match expression:
        case Constant(text):
            return text
        case Template(parts):
            texts = [part if isinstance(part, str) else (cell := record.get(part)) and encode(cell) for part in parts]
            return None if None in texts else "".join(texts)
        case Call(function, arguments):
            name = function.removeprefix(FN)
            given = {key.removeprefix(FN): value(each, record) for key, each in arguments}
            if name in TOTAL:
                return _untyped(TOTAL[name](**given))
            result = None if None in given.values() else STRICT[name](**given)
            return None if result == "" else result
    return None


def computed(source: LogicalSource, root: Path) -> Iterator[Record]:
    """Yield the records of a logical source with their computed fields."""
    for number, cells in enumerate(read(root / source.access, source), 1):
        found: list[Record] = [{ROW: str(number), FILE: source.access, **cells}]
        for each in source.fields:
            name = Reference(each.name)
            found = [record | {name: _untyped(value(each.expression, record))} for record in found]
            if each.name in source.each:
                found = [record | {name: element} for record in found for element in record[name] or ()]
        yield from found


def read(path: Path, source: LogicalSource) -> Iterator[Record]:
    """Yield the cells of each record; an empty cell is None, as is whatever is missing."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        if source.formulation == "json":
            yield from (dict(_members(item)) for item in json.load(stream, parse_int=_number, parse_float=_number))
            return
        header, *rows = (row for row in csv.reader(stream, strict=True) if row)
        yield from ({Reference(name): cell or None for name, cell in zip(header, row, strict=True)} for row in rows)


def _members(node: Any, name: str = "") -> Iterator[tuple[Reference, Any]]:
    if isinstance(node, dict):
        for key, child in node.items():
            yield from _members(child, f"{name}.{key}".lstrip("."))
    elif isinstance(node, list):
        yield Reference(name + "[*]"), [_text(item) for item in node if item is not None]
    else:
        yield Reference(name), _text(node)


def _text(node: Any) -> str | None:
    return Typed.of(json.dumps(node), "boolean") if isinstance(node, bool) else node


def _number(text: str) -> Typed:
    return Typed.of(text, "double" if any(mark in text for mark in ".eE") else "integer")


def _untyped(found: Any) -> Any:
    return str(found) if isinstance(found, Typed) else found


def iri_safe(text: str) -> str:
    """Percent-encode every character but those that RFC 3987, section 2.2, calls iunreserved."""
    return "".join(char if _iunreserved(ord(char)) else quote(char, safe="") for char in text)


def _iunreserved(code: int) -> bool:
    if code < 0x10000:
        kept = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
        return chr(code) in kept or 0xA0 <= code < 0xD800 or 0xF900 <= code < 0xFDD0 or 0xFDF0 <= code < 0xFFF0
    plane, place = divmod(code, 0x10000)
    return plane < 0xF and place < 0xFFFE and not (plane == 0xE and place < 0x1000)


def _last_day(year: str, month: str = "12", *day: str) -> str:
    return "-".join((year, month, *(day or (str(calendar.monthrange(int(year), int(month))[1]),))))
