"""JSON-LD 1.1, compact by a given context, with no remote context. https://www.w3.org/TR/json-ld11/."""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import Any, BinaryIO

import pyarrow as pa

from lod.formats.names import Names
from lod.formats.sink import Prologue
from lod.formats.subjects import Gatherer, Node, Object
from lod.terms import RDF_TYPE, XSD, Kind

# JSON's numbers and booleans stand for these only in the canonical form that a reader gives back.
_NATIVE: dict[str, tuple[re.Pattern[str], Callable[[str], Any]]] = {
    XSD + "integer": (re.compile(r"0|-?[1-9][0-9]{0,14}"), int),
    XSD + "boolean": (re.compile(r"true|false"), lambda text: text == "true"),
}


@dataclass(frozen=True)
class _Term:
    name: str
    coercion: str | None


class JsonLdSink:
    """Writes one `@graph` of nodes; the nodes of a named graph wait in a temporary file and come last."""

    def __init__(self) -> None:
        self._gatherer = Gatherer()
        self._named: dict[str, BinaryIO] = {}

    def start(self, stream: BinaryIO, prologue: Prologue) -> None:
        """Write the context, and the base beside it: in a context of its own a file would carry it to other places."""
        context = prologue.context or dict(sorted(prologue.prefixes.items()))
        self._stream, self._first = stream, {"": True}
        self._names = Names(prologue.base, _prefixes(context))
        self._terms = _terms(context, self._names.prefixes)
        self._id, self._type = _alias(context, "@id"), _alias(context, "@type")
        whole = {"@base": prologue.base, **context} if prologue.base else context
        head = json.dumps(whole, ensure_ascii=False, indent=1)
        stream.write(f'{{"@context": {head},\n"@graph": ['.encode())

    def take(self, batch: pa.RecordBatch) -> None:
        """Write the nodes that are complete."""
        for node in self._gatherer.take(batch):
            self._write(node)

    def finish(self) -> None:
        """Write the last node, then the named graphs."""
        for node in self._gatherer.finish():
            self._write(node)
        for graph, spool in sorted(self._named.items()):
            head = f'{{{_dumps(self._id)}: {_dumps(self._reference(graph))}, "@graph": ['
            self._item("", head.encode())
            spool.seek(0)
            shutil.copyfileobj(spool, self._stream)
            spool.close()
            self._stream.write(b"\n]}")
        self._stream.write(b"\n]}\n")

    def _write(self, node: Node) -> None:
        entry: dict[str, Any] = {self._id: self._reference(node.subject)}
        for predicate, objects in node.pairs:
            if predicate == RDF_TYPE and all(item.kind != Kind.LITERAL for item in objects):
                entry[self._type] = _one_or_many([self._names.prefixed(item.value) or item.value for item in objects])
            else:
                self._add(entry, predicate, objects)
        self._item(node.graph, _dumps(entry).encode())

    def _add(self, entry: dict[str, Any], predicate: str, objects: list[Object]) -> None:
        grouped: dict[str, list[Any]] = {}
        for item in objects:
            key, value = self._compact(predicate, item)
            grouped.setdefault(key, []).append(value)
        for key, values in grouped.items():
            entry[key] = _one_or_many(values)

    def _compact(self, predicate: str, item: Object) -> tuple[str, Any]:
        """Return the key and value of a statement: the term whose coercion fits, else one that coerces nothing."""
        kind = item.datatype if item.kind == Kind.LITERAL else "@id"
        terms = self._terms.get(predicate, ())
        for term in terms:
            if term.coercion == kind and kind is not None and not item.language:
                return term.name, self._reference(item.value) if kind == "@id" else item.value
        plain = next((term.name for term in terms if term.coercion is None), None)
        return plain or self._names.prefixed(predicate) or predicate, self._expanded(item)

    def _expanded(self, item: Object) -> Any:
        if item.kind != Kind.LITERAL:
            return {self._id: self._reference(item.value)}
        if item.language:
            return {"@value": item.value, "@language": item.language}
        if item.datatype is None:
            return item.value
        pattern, native = _NATIVE.get(item.datatype, (None, None))
        if pattern and native and pattern.fullmatch(item.value):
            return native(item.value)
        return {"@value": item.value, "@type": self._names.prefixed(item.datatype) or item.datatype}

    def _reference(self, iri: str) -> str:
        return self._names.relative(iri) or self._names.prefixed(iri) or iri

    def _item(self, graph: str, text: bytes) -> None:
        target = self._stream if graph == "" else self._spool(graph)
        target.write(b"\n" if self._first.get(graph, True) else b",\n")
        target.write(text)
        self._first[graph] = False

    def _spool(self, graph: str) -> BinaryIO:
        if graph not in self._named:
            self._named[graph] = TemporaryFile()  # noqa: SIM115  # closed when the named graph is written out
        return self._named[graph]


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _one_or_many(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _prefixes(context: dict[str, Any]) -> dict[str, str]:
    return {key: value for key, value in context.items() if isinstance(value, str) and value[-1:] in ("/", "#", ":")}


def _alias(context: dict[str, Any], keyword: str) -> str:
    return next((key for key, value in context.items() if value == keyword), keyword)


def _terms(context: dict[str, Any], prefixes: dict[str, str]) -> dict[str, tuple[_Term, ...]]:
    terms: dict[str, tuple[_Term, ...]] = {}
    for name, definition in context.items():
        iri = definition.get("@id") if isinstance(definition, dict) else definition
        if isinstance(iri, str) and not iri.startswith("@") and name not in prefixes and not name.startswith("@"):
            coercion = definition.get("@type") if isinstance(definition, dict) else None
            term = _Term(name, coercion if coercion in (None, "@id") else _expand(coercion, prefixes))
            terms[_expand(iri, prefixes)] = (*terms.get(_expand(iri, prefixes), ()), term)
    return terms


def _expand(name: str, prefixes: dict[str, str]) -> str:
    prefix, _, local = name.partition(":")
    return prefixes[prefix] + local if prefix in prefixes else name
