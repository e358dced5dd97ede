"""How JSON-LD spells statements, compact by a context, where a reader of it gets the same statements back.

https://www.w3.org/TR/json-ld11-api/#iri-expansion
"""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from lod.formats.escape import JSON_ESCAPING
from lod.formats.names import Names
from lod.formats.rowwise import Fragment, Part, join
from lod.formats.subjects import Node
from lod.terms import XSD, Kind

# JSON's numbers and booleans stand for these only in the canonical form that a reader gives back.
_NATIVE = {XSD + "integer": r"0|-?[1-9][0-9]{0,14}", XSD + "boolean": r"true|false"}
_ENCODER = json.JSONEncoder(ensure_ascii=False)


@dataclass(frozen=True)
class _Term:
    name: str
    coercion: str | None


class Spelling(NamedTuple):
    """How objects of one predicate, kind, datatype and language are written.

    key: the member's name; before, after: what stands around a value; reference: whether the value is an IRI; native:
    the pattern of values that are written bare, or None.
    """

    key: str
    before: str
    after: str
    reference: bool
    native: str | None


class Compactor:
    """Spells terms by a context and a base.

    What the context would make another IRI (`wd:Q1`, where `wd` is a prefix, is one of the scheme `wd` as well) is
    spelled without any context.
    """

    def __init__(self, context: dict[str, Any], base: str) -> None:
        self._context = context
        self._names = Names(base, _prefixes(context))
        self._types = Names("", self._names.prefixes)
        self._terms = _terms(context, self._names.prefixes)
        self.id, self.type = _alias(context, "@id"), _alias(context, "@type")
        self._bare = not context.keys() & {"@language", "@direction"}
        self._known: dict[tuple[str, int, str | None, str | None], Spelling] = {}

    @cached_property
    def plain(self) -> "Compactor":
        """The compactor without a context."""
        return Compactor({}, "")

    def is_confused(self, iri: str) -> bool:
        """Tell whether the context would make another IRI of an IRI."""
        return iri.partition(":")[0] in self._context or iri in self._context

    def is_confused_by(self, node: Node) -> bool:
        """Tell whether the context would make another IRI of one in a node."""
        iris = {node.subject, node.graph}
        for predicate, objects in node.pairs:
            iris.add(predicate)
            iris.update(item.datatype or "" if item.kind == Kind.LITERAL else item.value for item in objects)
        return any(map(self.is_confused, iris))

    def any_confused(self, iris: Part) -> bool:
        """Tell whether the context would make another IRI of one of these."""
        if isinstance(iris, str):
            return self.is_confused(iris)
        return bool(self._context) and bool(pc.any(pc.match_substring_regex(iris, self._confusing)).as_py())

    @cached_property
    def _confusing(self) -> str:
        keys = "|".join(map(re.escape, self._context))
        return rf"\A(?:{keys})(?::|\z)"

    def spelling(self, predicate: str, kind: int, datatype: str | None, language: str | None) -> Spelling:
        """Return how an object is written: by the term whose coercion fits, else by one that coerces nothing."""
        asked = (predicate, kind, datatype, language)
        if asked not in self._known:
            self._known[asked] = self._spelling(*asked)
        return self._known[asked]

    def _spelling(self, predicate: str, kind: int, datatype: str | None, language: str | None) -> Spelling:
        reference = kind != Kind.LITERAL
        coercion = "@id" if reference else datatype
        terms = self._terms.get(predicate, ())
        fitting = next((term.name for term in terms if term.coercion == coercion and coercion is not None), None)
        if fitting is not None:
            return Spelling(fitting, '"', '"', reference, None)
        key = next((term.name for term in terms if term.coercion is None), None) or self._key(predicate)
        if reference:
            return Spelling(key, f'{{{dumps(self.id)}: "', '"}', reference, None)
        native = None if language else _NATIVE.get(datatype or "")
        return Spelling(key, *self._literal(datatype, language), reference, native)

    def _literal(self, datatype: str | None, language: str | None) -> tuple[str, str]:
        if language:
            return '{"@value": "', f'", "@language": {dumps(language)}}}'
        if datatype:
            return '{"@value": "', f'", "@type": {dumps(self._types.short(datatype))}}}'
        return ('"', '"') if self._bare else ('{"@value": "', '"}')

    def _key(self, predicate: str) -> str:
        """Return a name that no term has: a term brings its own rules for values."""
        prefixed = self._names.prefixed(predicate)
        return predicate if prefixed is None or prefixed in self._context else prefixed

    def value(self, spelling: Spelling, text: str) -> str:
        """Write one value."""
        if spelling.native and re.fullmatch(spelling.native, text):
            return text
        inner = self.reference(text) if spelling.reference else JSON_ESCAPING.text(text)
        return f"{spelling.before}{inner}{spelling.after}"

    def values(self, spelling: Spelling, texts: pa.Array) -> Fragment:
        """Write the values of an array; null stays null."""
        inner = self._names.shorts(texts) if spelling.reference else JSON_ESCAPING.array(texts)
        quoted: Fragment = (spelling.before, inner, spelling.after)
        if spelling.native is None:
            return quoted
        fits = pc.match_substring_regex(texts, rf"\A(?:{spelling.native})\z")
        return (texts,) if pc.all(fits).as_py() else (pc.if_else(fits, texts, join(quoted)),)

    def reference(self, iri: str) -> str:
        """Return the short form of a node's IRI."""
        return self._names.short(iri)

    def references(self, iris: pa.Array) -> pa.Array:
        """Return the short forms of nodes' IRIs."""
        return self._names.shorts(iris)

    def classes(self, iris: Part) -> Part:
        """Return the short forms of classes, which no base shortens."""
        return self._types.short(iris) if isinstance(iris, str) else self._types.shorts(iris)


def one_or_many(values: list[str]) -> str:
    """Return the value of a member, written out already: the one value, or an array of them."""
    return values[0] if len(values) == 1 else f"[{', '.join(values)}]"


def dumps(value: Any) -> str:
    """Return a value as JSON on one line."""
    return _ENCODER.encode(value)


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
