"""YARRRML `sources`: the logical sources of a document, inline or by name.

https://rml.io/yarrrml/spec/#data-sources
`optional`, `fields` and `each` are ours; they stand for what RML says with logical views.
"""

from lod.errors import MappingError, did_you_mean
from lod.mapping.model import Dialect, Field, LogicalSource
from lod.mapping.yarrrml.databases import DATABASE_KEYS, KINDS, read_database, read_query
from lod.mapping.yarrrml.dialect import DIALECT_KEYS, read_dialect, read_encoding
from lod.mapping.yarrrml.expressions import Scope
from lod.mapping.yarrrml.functions import value_expression
from lod.mapping.yarrrml.keys import (
    ACCESS,
    COMPRESSION,
    DRIVER,
    EACH,
    ENCODING,
    FIELDS,
    ITERATOR,
    NAMESPACES,
    NULLS,
    OPTIONAL,
    QUERY,
    REFERENCE_FORMULATION,
    SHEET,
    TABLE,
    TYPE,
)
from lod.mapping.yarrrml.prefixes import absolute_iri
from lod.mapping.yarrrml.tree import Map, Node, Scalar, Sequence, entries, entry, is_shortcut, many, scalar, some

FORMULATIONS = {
    "csv": "csv",
    "json": "json",
    "jsonpath": "json",
    "jsonl": "jsonl",
    "xml": "xml",
    "xpath": "xml",
    "parquet": "parquet",
    "excel": "excel",
    "ods": "ods",
    "sql": "sql",
}
_FILES = ("localfile", "remotefile")
_COMPRESSIONS = ("gzip", "zstd", "zip")
_KEYS = (ACCESS, TYPE, REFERENCE_FORMULATION, OPTIONAL, FIELDS, EACH, NULLS)
_TEXT = (ITERATOR, ENCODING, COMPRESSION)
_MORE_KEYS = {
    "csv": (*_TEXT, *DIALECT_KEYS),
    "json": _TEXT,
    "jsonl": _TEXT,
    "xml": (*_TEXT, NAMESPACES),
    "parquet": (),
    "excel": (SHEET,),
    "ods": (SHEET,),
    "sql": DATABASE_KEYS,
}


def named_sources(node: Node | None, scope: Scope) -> dict[str, LogicalSource]:
    """Parse the document's `sources`; raise MappingError."""
    return {key.text: _source(value, scope) for key, value in entries(node, "'sources'", "names to sources")}


def mapping_sources(node: Node, named: dict[str, LogicalSource], scope: Scope) -> tuple[LogicalSource, ...]:
    """Parse a mapping's `sources`: a name, an inline source, or a list of either; raise MappingError."""
    if isinstance(node, Sequence) and is_shortcut(node, named):
        return (_source(node, scope),)
    return tuple(_named_or_inline(item, named, scope) for item in some(node, "a mapping", "source"))


def _named_or_inline(node: Node, named: dict[str, LogicalSource], scope: Scope) -> LogicalSource:
    if not isinstance(node, Scalar) or "~" in node.text:
        return _source(node, scope)
    if node.text not in named:
        hint = did_you_mean(node.text, named) or "A source without a name is a list, [file~csv], or a map."
        raise MappingError(f"there is no source {node.text!r}", at=node.position, hint=hint)
    return named[node.text]


def _source(node: Node, scope: Scope) -> LogicalSource:
    match node:
        case Scalar() | Sequence(items=(Scalar(),)) | Sequence(items=(Scalar(), Scalar())):
            return _long(_lengthened(*many(node)), scope)
        case Map():
            return _long(node, scope)
    raise MappingError("a source is [file~formulation, iterator] or a map", at=node.position)


def _lengthened(node: Node, iterator: Node | None = None) -> Map:
    """Return the map that `[file~formulation, iterator]` stands for."""
    text = scalar(node, "a source")
    access, _, formulation = text.text.rpartition("~")
    if not access:
        raise MappingError("a source names its formulation, as in records.csv~csv", at=text.position)
    pairs = [
        entry(ACCESS, Scalar(access, text.position)),
        entry(REFERENCE_FORMULATION, Scalar(formulation, text.position)),
    ]
    return Map((*pairs, entry(ITERATOR, iterator)) if iterator else tuple(pairs), text.position)


def _long(node: Map, scope: Scope) -> LogicalSource:
    formulation = _formulation(node)
    node.allow(f"a source ({formulation})", *_KEYS, *_MORE_KEYS[formulation])
    database = read_database(node) if formulation == "sql" else None
    table, query = read_query(node, database.kind) if database else (None, None)
    iterator = node.get(ITERATOR) or node.get(SHEET)
    fields = _fields(node.get(FIELDS), scope)
    return LogicalSource(
        access=database.address if database else scalar(node.require(ACCESS), "'access'").text,
        formulation=formulation,
        position=node.position,
        iterator=scalar(iterator, "'iterator'").text if iterator else table,
        optional=_texts(node.get(OPTIONAL)),
        fields=fields,
        each=_each(node.get(EACH), [field.name for field in fields]),
        dialect=read_dialect(node) if formulation == "csv" else Dialect(),
        encoding=read_encoding(node),
        nulls=_texts(node.get(NULLS)),
        compression=_compression(node.get(COMPRESSION)),
        namespaces=_namespaces(node.get(NAMESPACES)),
        database=database,
        query=query,
    )


def _formulation(node: Map) -> str:
    """Return how the source is referred into; the rows of a database are by their columns, as those of CSV are."""
    kind = _kind(node.get(TYPE))
    if kind in KINDS or (kind is None and any(node.get(key) for key in (DRIVER, QUERY, TABLE))):
        given = node.get(REFERENCE_FORMULATION)
        if given and _known_formulation(given) not in ("csv", "sql"):
            raise MappingError("the rows of a database are read as csv", at=given.position)
        return "sql"
    return _known_formulation(node.require(REFERENCE_FORMULATION))


def _kind(node: Node | None) -> str | None:
    word = scalar(node, "'type'") if node else None
    known = (*_FILES, *KINDS)
    if word and word.text not in known:
        hint = did_you_mean(word.text, known) or f"Read are: {', '.join(known)}."
        raise MappingError(f"a source of the type {word.text!r} is not read here", at=word.position, hint=hint)
    return word.text if word else None


def _known_formulation(node: Node) -> str:
    word = scalar(node, "'referenceFormulation'")
    try:
        return FORMULATIONS[word.text.lower()]
    except KeyError:
        hint = did_you_mean(word.text, FORMULATIONS) or f"Known: {', '.join(sorted(FORMULATIONS))}."
        raise MappingError(f"unknown reference formulation {word.text!r}", at=word.position, hint=hint) from None


def _texts(node: Node | None) -> tuple[str, ...]:
    return tuple(scalar(item, "a name or value").text for item in many(node)) if node else ()


def _each(node: Node | None, fields: list[str]) -> tuple[str, ...]:
    for item in many(node) if node else ():
        name = scalar(item, "a field's name")
        if name.text not in fields:
            hint = did_you_mean(name.text, fields) or "'each' names list-valued fields."
            raise MappingError(f"there is no field {name.text!r}", at=name.position, hint=hint)
    return _texts(node)


def _fields(node: Node | None, scope: Scope) -> tuple[Field, ...]:
    pairs = entries(node, "'fields'", "names to expressions")
    return tuple(Field(key.text, value_expression(value, scope), key.position) for key, value in pairs)


def _namespaces(node: Node | None) -> tuple[tuple[str, str], ...]:
    pairs = entries(node, "'namespaces'", "prefixes to IRIs")
    return tuple((key.text, absolute_iri(scalar(value, "a namespace"))) for key, value in pairs)


def _compression(node: Node | None) -> str | None:
    word = scalar(node, "'compression'") if node else None
    if word and word.text not in _COMPRESSIONS:
        hint = did_you_mean(word.text, _COMPRESSIONS) or f"Read are: {', '.join(_COMPRESSIONS)}."
        raise MappingError(f"the compression {word.text!r} is not read here", at=word.position, hint=hint)
    return word.text if word else None
