"""Reports of other validators, and ours, as comparable results; and where the others are wrong by the specification."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyoxigraph as ox
import shacl

from lod import ShapeError
from lod.engine import Engine, table_name
from lod.formats.read import parse_turtle
from lod.quad import Quad, quads_table
from lod.term_table import ROW, Column, Constant, Statement, Term, TermTable
from lod.terms import XSD, Kind
from lod.validation import Node, Result
from lod.validation.by_pyshacl import validate_by_pyshacl


class Finding(NamedTuple):
    """A result as it compares: local names of severity and component, and blank nodes without their labels."""

    severity: str
    focus: tuple[object, ...]
    path: str
    value: tuple[object, ...]
    shape: tuple[object, ...]
    component: str


def term_tables(engine: Engine, quads: Iterable[Quad]) -> list[TermTable]:
    """Return statements as term tables, one a kind of object."""
    statements = quads_table(quads)
    return [_of_kind(engine, statements, kind) for kind in Kind]


def _of_kind(engine: Engine, statements: pa.Table, kind: Kind) -> TermTable:
    rows = statements.filter(pc.equal(statements["kind"], int(kind)))
    table = engine.materialise("data", rows.append_column(ROW, pa.array(range(len(rows)), pa.int64())))
    term = Term(Column("object"), kind, Column("datatype"), Column("language"))
    statement = Statement(Column("predicate"), term, Column("graph"))
    return TermTable(table_name(table), Constant("data.ttl"), "data", Column("subject"), (statement,))


def statements(document: str) -> list[Quad]:
    """Return the statements of a Turtle document."""
    return list(parse_turtle(document, "http://example.org/", "a document", ShapeError))


def findings(results: Iterable[Result]) -> Counter[Finding]:
    """Return results as they compare."""
    return Counter(
        Finding(
            _local(result.severity),
            _term(result.focus),
            str(result.path or ""),
            _term(result.value) if result.value else (),
            _term(result.shape),
            _local(result.component),
        )
        for result in results
    )


def by_pyshacl(data: str, shapes: str) -> Counter[Finding]:
    """Return what pySHACL finds."""
    return findings(validate_by_pyshacl(statements(data), statements(shapes), {}))


def by_shacl(data: str, shapes: str) -> Counter[Finding]:
    """Return what the package shacl finds, which writes paths in a way of its own: here it is said that there is one."""
    report = shacl.Shapes.from_turtle(shapes).validate_text(data)
    return Counter(
        Finding(
            result.severity,
            _spelled(result.focus_node),
            "path" if result.path else "",
            _spelled(result.value) if result.value else (),
            _spelled(result.source_shape),
            result.component,
        )
        for result in report.results
    )


def without_paths(found: Counter[Finding]) -> Counter[Finding]:
    """Return findings that say of a path only that there is one."""
    coarse: Counter[Finding] = Counter()
    for finding, count in found.items():
        coarse[finding._replace(path="path" if finding.path else "")] += count
    return coarse


def _local(iri: str) -> str:
    return iri.rpartition("#")[2]


def _term(node: Node) -> tuple[object, ...]:
    if node.kind is Kind.BLANK:
        return ("blank",)
    return (node.value, node.kind, node.datatype, (node.language or "").lower())


def _spelled(text: str) -> tuple[object, ...]:
    [quad] = ox.parse(f"<urn:s> <urn:p> {text} .", ox.RdfFormat.N_TRIPLES)
    if isinstance(quad.object, ox.BlankNode):
        return ("blank",)
    if not isinstance(quad.object, ox.Literal):
        return (quad.object.value, Kind.IRI, None, "")
    language, datatype = quad.object.language, quad.object.datatype.value
    plain = language or datatype == XSD + "string"
    return (quad.object.value, Kind.LITERAL, None if plain else datatype, (language or "").lower())
