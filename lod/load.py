"""RDF files loaded into term tables: what was published elsewhere is asked as what was mapped here.

Lines of N-Quads are cut in bulk where they are plain; a line that is not, by an escape, a comment or a mistake, goes to
the parser, which has the last word. What other syntaxes say comes as such lines from their parser.
https://www.w3.org/TR/n-quads/#sec-grammar
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from lod.engine import Engine, table_name
from lod.errors import LodError
from lod.formats.lines import STATEMENT, statements
from lod.term_table import FILE, ROW, Column, Constant, Statement, Term, TermTable
from lod.terms import Kind

_MOST_TABLES = 400


def load(engine: Engine, files: Sequence[Path], error: type[LodError]) -> list[TermTable]:
    """Return the statements of RDF files, all graphs merged, as term tables.

    A table holds one property with one kind of values, so that who asks for a property reads that alone; where there
    are very many, the rest share one a kind. A row's number is its line in N-Triples and N-Quads, and null elsewhere.
    Raises `error`, with file and line, where a file cannot be read.
    """
    schema = pa.schema([*STATEMENT, (FILE, pa.string())])
    reader = pa.RecordBatchReader.from_batches(schema, _batches(files, schema, error))
    everything = engine.materialise("loaded", reader)
    groups = everything.group_by("predicate", "kind").aggregate(
        count=ibis._.count(),
        datatypes=ibis._.datatype.fill_null("").nunique(),
        datatype=ibis._.datatype.max(),
        language=ibis._.language.max(),
    )
    found = engine.rows(groups.order_by(ibis.desc("count"), "predicate", "kind"))
    tables = [_table(engine, everything, group) for group in found[:_MOST_TABLES]]
    tables += _rest(engine, everything, found[_MOST_TABLES:])
    engine.drop(everything)
    return tables


def _batches(files: Sequence[Path], schema: pa.Schema, error: type[LodError]) -> Iterator[pa.RecordBatch]:
    for number, path in enumerate(files):
        scope = f"f{number}" if len(files) > 1 else ""
        for batch in statements(path, str(path), scope, error):
            names = pa.repeat(str(path), len(batch))
            yield pa.RecordBatch.from_arrays([*batch.columns, names], schema=schema)


def _table(engine: Engine, everything: ir.Table, group: dict[str, Any]) -> TermTable:
    rows = everything.filter(everything.predicate == group["predicate"], everything.kind == group["kind"])
    one_datatype = group["datatypes"] == 1
    datatype = Constant(group["datatype"]) if group["datatype"] and one_datatype else Column("datatype")
    term = Term(
        value=Column("object"),
        kind=Kind(group["kind"]),
        datatype=datatype if group["datatype"] else None,
        language=Column("language") if group["language"] else None,
    )
    return _made(engine, rows, Statement(Constant(group["predicate"]), term))


def _rest(engine: Engine, everything: ir.Table, groups: list[dict[str, Any]]) -> Iterator[TermTable]:
    for kind in sorted({group["kind"] for group in groups}):
        predicates = [group["predicate"] for group in groups if group["kind"] == kind]
        rows = everything.filter(everything.predicate.isin(predicates), everything.kind == kind)
        term = Term(Column("object"), Kind(kind), Column("datatype"), Column("language"))
        yield _made(engine, rows, Statement(Column("predicate"), term))


def _made(engine: Engine, rows: ir.Table, statement: Statement) -> TermTable:
    slots = (statement.predicate, statement.object.datatype, statement.object.language)
    columns = ["subject", "object", *(slot.name for slot in slots if isinstance(slot, Column)), FILE, ROW]
    table = engine.materialise("statements", rows.select(*columns))
    return TermTable(table_name(table), Column(FILE), "loaded", Column("subject"), (statement,))
