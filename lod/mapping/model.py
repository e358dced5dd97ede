"""A mapping as frozen data: RML's concepts under RML's names, with the place in the file that each came from.

https://kg-construct.github.io/rml-core/spec/docs/
Beside RML-Core stand computed fields on a logical source (RML logical views), function calls (RML-FNML) and conditions
(YARRRML).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final, Literal

from lod.errors import Position
from lod.term_table import Constant, Target
from lod.terms import Kind


@dataclass(frozen=True)
class Reference:
    """A column of a table, or a path into a tree."""

    name: str


@dataclass(frozen=True)
class Template:
    """Text with references in it; a null reference makes the whole null."""

    parts: tuple[str | Reference, ...]


@dataclass(frozen=True)
class Call:
    """A function (an IRI) of named arguments."""

    function: str
    arguments: tuple[tuple[str, "Expression"], ...]
    position: Position = field(compare=False)


Expression = Constant | Reference | Template | Call

INDEX: Final = "#"  # of a record in a view; after a field's name and a dot, that of a value among a record's


@dataclass(frozen=True)
class Field:
    """A computed column of a logical source or a view; within: records within its text (of a view alone)."""

    name: str
    expression: Expression
    position: Position = field(compare=False)
    within: tuple["IterableField", ...] = ()


@dataclass(frozen=True)
class IterableField:
    """Records within a record, or within the text of a field; each gives the view a row.

    name: the absolute one, as those of `fields` are; formulation: csv, json or xml; iterator: the path of the records;
    nulls: the texts that are null in the view's source.
    """

    name: str
    formulation: str
    position: Position = field(compare=False)
    iterator: str | None = None
    namespaces: tuple[tuple[str, str], ...] = ()
    nulls: tuple[str, ...] = ()
    fields: tuple["Field | IterableField", ...] = ()


@dataclass(frozen=True)
class Dialect:
    """How a file of delimited text is written, in CSVW's terms.

    https://www.w3.org/TR/tabular-metadata/#dialect-descriptions

    delimiter, quote, comment: one character each (quote, comment: None for none); double_quote: whether a quote in a
    quoted cell is written twice (else a backslash stands before it); header: whether the first row names the columns
    (else they are named by their number, from 1); skip_rows: rows before the header; trim: whether white space around
    cells is left out.
    """

    delimiter: str = ","
    quote: str | None = '"'
    comment: str | None = None
    double_quote: bool = True
    header: bool = True
    skip_rows: int = 0
    trim: bool = False


@dataclass(frozen=True)
class Database:
    """A database that holds a logical source: its kind, how to reach it, and who asks.

    kind: sqlite, duckdb, postgresql or mysql; address: a file, or a URL without the password; password: the password
    itself, or None (a password is never shown).
    """

    kind: str
    address: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)


NOWHERE: Final = "nowhere"


@dataclass(frozen=True)
class LogicalSource:
    """Where records come from, how to refer into them, and what makes one record.

    access: a file (relative to the project), a pattern of file names, or an http(s) URL; of a database, its address.
    formulation: csv, json, jsonl, xml, parquet, excel, ods or sql, or NOWHERE, which has one record without values.
    iterator: for json and xml the path of the records; for excel and ods the sheet; for sql the table. query: for sql,
    a query in place of a table. optional: columns that may be missing (they read as null). fields: computed columns;
    each: list-valued fields that give a row an element. encoding: of text; nulls: the texts that read as null beside
    the empty one; compression: gzip, zstd or zip (None: as the file's name says); namespaces: XML prefixes and IRIs.
    """

    access: str
    formulation: str
    position: Position = field(compare=False)
    iterator: str | None = None
    optional: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    each: tuple[str, ...] = ()
    dialect: Dialect = Dialect()
    encoding: str = "utf-8"
    nulls: tuple[str, ...] = ()
    compression: str | None = None
    namespaces: tuple[tuple[str, str], ...] = ()
    database: Database | None = None
    query: str | None = None


@dataclass(frozen=True)
class LogicalView:
    """Rows derived from the records of a source, in which only the fields can be referred to, each with its index.

    https://kg-construct.github.io/rml-lv/spec/docs/
    A field `name` has the index `name.#` (from 0) among the values of its record; `#` is the index of the record.
    """

    on: "Source"
    fields: tuple[Field | IterableField, ...]
    position: Position = field(compare=False)
    joins: tuple["ViewJoin", ...] = ()

    def keys(self) -> Iterator[str]:
        """Yield the names that rows can be referred to by: fields that have a value, and indexes."""
        yield INDEX
        for each in (*self.fields, *(other for join in self.joins for other in join.fields)):
            yield from _keys(each)


def _keys(of: Field | IterableField) -> Iterator[str]:
    if isinstance(of, Field):
        yield of.name
    yield f"{of.name}.{INDEX}"
    for each in of.within if isinstance(of, Field) else of.fields:
        yield from _keys(each)


@dataclass(frozen=True)
class ViewJoin:
    """Fields of another view, for the rows that fulfil every condition.

    how: which rows stay without a match: of this view (left), of both (full), or none (inner).
    """

    parent: LogicalView
    conditions: tuple["JoinCondition", ...]
    fields: tuple[Field, ...]
    how: Literal["left", "full", "inner"]
    position: Position = field(compare=False)


Source = LogicalSource | LogicalView


class Encoding(Enum):
    """What a template does to references in an IRI: RML's term types IRI, URI, and the two unsafe ones."""

    IRI = "keep iunreserved characters, percent-encode the rest"
    URI = "keep unreserved characters (all ASCII), percent-encode the rest"
    NONE = "insert as they are"


@dataclass(frozen=True)
class TermMap:
    """How to make a term of a record: what it says, its kind, a literal's datatype or language, an IRI's encoding.

    targets: where statements with this term go; none: the main output. gather: what the term is the head of.
    """

    expression: Expression
    kind: Kind
    position: Position = field(compare=False)
    datatype: Expression | None = None
    language: Expression | None = None
    encoding: Encoding = Encoding.IRI
    targets: tuple[Target, ...] = ()
    gather: "Gather | None" = None


@dataclass(frozen=True)
class Gather:
    """A list or a container, made of the terms of several term maps: RML-CC's gather map.

    https://kg-construct.github.io/rml-cc/spec/docs/
    kind: rdf:List, rdf:Bag, rdf:Seq or rdf:Alt; product: whether each combination of one term a member makes a
    collection, in place of all terms in one; empty: whether there is one without terms; named: whether the term map
    says what the head is called (what is called the same is one collection), else each has a new blank node.
    """

    kind: str
    members: tuple["TermMap | Join", ...]
    product: bool = False
    empty: bool = False
    named: bool = False


@dataclass(frozen=True)
class JoinCondition:
    """A value of the child record that must equal a value of the parent record."""

    child: Expression
    parent: Expression


@dataclass(frozen=True)
class Join:
    """An object that is the subject of another triples map, for the records that fulfil every condition.

    optional: whether a record that no other one fulfils them with is as it should be, even in a release.
    """

    parent: str
    conditions: tuple[JoinCondition, ...]
    position: Position = field(compare=False)
    optional: bool = False


@dataclass(frozen=True)
class PredicateObjectMap:
    """Every predicate with every object, in every graph, where the condition holds.

    inverse: predicates that lead from every object back to the subject (YARRRML's); when all documents are read, they
    become triples maps of their own, and no compiled pair has any (`lod.mapping.links`).
    """

    predicates: tuple[TermMap, ...]
    objects: tuple[TermMap | Join, ...]
    graphs: tuple[TermMap, ...] = ()
    condition: Expression | None = None
    inverse: tuple[TermMap, ...] = ()


@dataclass(frozen=True)
class TriplesMap:
    """What the records of one logical source say about one subject each; `base` completes relative IRIs in values.

    group: the name that joins use for several triples maps at once (a YARRRML mapping of several sources or subjects).
    """

    name: str
    source: Source
    subject: TermMap
    predicate_objects: tuple[PredicateObjectMap, ...]
    base: str
    position: Position = field(compare=False)
    graphs: tuple[TermMap, ...] = ()
    condition: Expression | None = None
    group: str | None = None


@dataclass(frozen=True)
class Mapping:
    """All triples maps of a project, and the prefixes that their files declare."""

    triples_maps: tuple[TriplesMap, ...]
    prefixes: tuple[tuple[str, str], ...]

    def inputs(self) -> Iterator[LogicalSource]:
        """Yield the logical sources that the triples maps read, some more than once."""
        for triples_map in self.triples_maps:
            yield from (source for source in sources(triples_map.source) if isinstance(source, LogicalSource))

    def parent(self, join: Join) -> TriplesMap:
        """Return the triples map that a join refers to (its name was checked when the mapping was read)."""
        return next(triples_map for triples_map in self.triples_maps if triples_map.name == join.parent)


def sources(source: Source) -> Iterator[Source]:
    """Yield a source and those that it is derived from, each before those that need it; one may come twice."""
    if isinstance(source, LogicalView):
        for other in (source.on, *(join.parent for join in source.joins)):
            yield from sources(other)
    yield source


def references(expression: Expression | None) -> Iterator[str]:
    """Yield the names that an expression refers to, in reading order."""
    match expression:
        case Reference(name):
            yield name
        case Template(parts):
            yield from (part.name for part in parts if isinstance(part, Reference))
        case Call():
            for _, argument in expression.arguments:
                yield from references(argument)
        case Constant() | None:
            return


def renamed(expression: Expression, rename: Callable[[str], str]) -> Expression:
    """Return an expression that refers to other names."""
    match expression:
        case Reference(name):
            return Reference(rename(name))
        case Template(parts):
            return Template(tuple(part if isinstance(part, str) else Reference(rename(part.name)) for part in parts))
        case Call():
            return replace(expression, arguments=tuple((key, renamed(a, rename)) for key, a in expression.arguments))
    return expression
