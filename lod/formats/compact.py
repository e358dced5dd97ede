"""Nodes in JSON-LD, compact by a context, where a reader of it gets the same statements back.

https://www.w3.org/TR/json-ld11-api/#iri-expansion
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from lod.formats.names import Names
from lod.formats.subjects import Node, Object
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


class Compactor:
    """Spells nodes by a context and a base.

    What the context would make another IRI (`wd:Q1`, where `wd` is a prefix, is one of the scheme `wd` as well) is
    spelled without any context.
    """

    def __init__(self, context: dict[str, Any], base: str) -> None:
        self._context = context
        self._names = Names(base, _prefixes(context))
        self._terms = _terms(context, self._names.prefixes)
        self._id, self._type = _alias(context, "@id"), _alias(context, "@type")
        self._bare = not context.keys() & {"@language", "@direction"}
        self._plain = Compactor({}, "") if context else self

    def node(self, node: Node) -> dict[str, Any]:
        """Return a node with its statements."""
        if self._plain is not self and any(map(self._is_confused, _iris(node))):
            return {"@context": None, **self._plain.node(node)}
        entry: dict[str, Any] = {self._id: self._reference(node.subject)}
        for predicate, objects in node.pairs:
            if predicate == RDF_TYPE and all(item.kind != Kind.LITERAL for item in objects):
                entry[self._type] = _one_or_many([self._names.prefixed(item.value) or item.value for item in objects])
            else:
                self._add(entry, predicate, objects)
        return entry

    def graph(self, iri: str) -> dict[str, Any]:
        """Return the node that a named graph's nodes are put into."""
        return {"@context": None, "@id": iri} if self._is_confused(iri) else {self._id: self._reference(iri)}

    def _is_confused(self, iri: str) -> bool:
        return iri.partition(":")[0] in self._context or iri in self._context

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
            if term.coercion == kind and kind is not None:
                return term.name, self._reference(item.value) if kind == "@id" else item.value
        plain = next((term.name for term in terms if term.coercion is None), None)
        return plain or self._key(predicate), self._expanded(item)

    def _key(self, predicate: str) -> str:
        """Return a name that no term has: a term brings its own rules for values."""
        prefixed = self._names.prefixed(predicate)
        return predicate if prefixed is None or prefixed in self._context else prefixed

    def _expanded(self, item: Object) -> Any:
        if item.kind != Kind.LITERAL:
            return {self._id: self._reference(item.value)}
        if item.language:
            return {"@value": item.value, "@language": item.language}
        if item.datatype is None:
            return item.value if self._bare else {"@value": item.value}
        pattern, native = _NATIVE.get(item.datatype, (None, None))
        if pattern and native and pattern.fullmatch(item.value):
            return native(item.value)
        return {"@value": item.value, "@type": self._names.prefixed(item.datatype) or item.datatype}

    def _reference(self, iri: str) -> str:
        return self._names.relative(iri) or self._names.prefixed(iri) or iri


def _iris(node: Node) -> Iterator[str]:
    yield from (node.subject, node.graph)
    for predicate, objects in node.pairs:
        yield predicate
        yield from (item.datatype or "" if item.kind == Kind.LITERAL else item.value for item in objects)


def _one_or_many(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _prefixes(context: dict[str, Any]) -> dict[str, str]:
    """Return the prefixes whose IRI is written out."""
    texts = {key: value for key, value in context.items() if isinstance(value, str) and not key.startswith("@")}
    return {
        key: iri for key, iri in texts.items() if iri[-1:] in ("/", "#", ":") and iri.partition(":")[0] not in context
    }


def _alias(context: dict[str, Any], keyword: str) -> str:
    return next((key for key, value in context.items() if value == keyword), keyword)


def _terms(context: dict[str, Any], prefixes: dict[str, str]) -> dict[str, tuple[_Term, ...]]:
    """Return the terms by IRI that say no more than an IRI and a type: no container, no language."""
    terms: dict[str, tuple[_Term, ...]] = {}
    for name, definition in context.items():
        if name in prefixes or name.startswith("@"):
            continue
        parts = {"@id": definition} if isinstance(definition, str) else definition
        if isinstance(parts, dict) and parts.keys() <= {"@id", "@type"} and isinstance(parts.get("@id"), str):
            iri, coercion = _expand(parts["@id"], prefixes), parts.get("@type")
            term = _Term(name, None if coercion is None else _expand(coercion, prefixes))
            terms[iri] = (*terms.get(iri, ()), term)
    return terms


def _expand(name: str, prefixes: dict[str, str]) -> str:
    prefix, _, local = name.partition(":")
    return prefixes[prefix] + local if prefix in prefixes else name
