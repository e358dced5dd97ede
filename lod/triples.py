"""The triples view over term tables, and its statements in the order in which documents are written."""

from collections.abc import Iterable, Iterator

import ibis.expr.types as ir
import pyarrow as pa

from lod.engine import Engine, sql_text
from lod.quad import Quad
from lod.term_table import ROW, Column, Constant, Slot, Statement, TermTable

# Columns of the view. The default graph is the empty string; a term without datatype or language has it null.
TRIPLE = Quad._fields
SCHEMA = pa.schema([(name, pa.int8() if name == "kind" else pa.string()) for name in TRIPLE])

_NOTHING = pa.schema([*SCHEMA, ("file", pa.string()), (ROW, pa.int64())]).empty_table()


def triples(engine: Engine, tables: Iterable[TermTable]) -> ir.Table:
    """Return the triples view of term tables: TRIPLE's columns with `file` and `_row`.

    A database view with one SELECT a statement column, all united, so that a filter on a constant predicate reads one
    column. It is written as SQL, of the plainest kind: a profile has hundreds, and Ibis takes 20 ms to compile each.
    """
    selects = [_select(table, statement) for table in tables for statement in table.statements]
    if not selects:
        return engine.materialise("triples", _NOTHING)
    return engine.view("triples", "\nUNION ALL\n".join(selects))


def _select(table: TermTable, statement: Statement) -> str:
    term = statement.object
    needed = (statement.predicate, term.value, statement.graph)
    filters = [f"{slot.name} IS NOT NULL" for slot in needed if isinstance(slot, Column)]
    where = f" WHERE {' AND '.join(filters)}" if filters else ""
    columns = {
        "subject": _sql(table.subject),
        "predicate": _sql(statement.predicate),
        "object": _sql(term.value),
        "kind": f"CAST({int(term.kind)} AS TINYINT)",
        "datatype": _sql(term.datatype),
        "language": _sql(term.language),
        "graph": _sql(statement.graph or Constant("")),
        "file": sql_text(table.file),
        ROW: ROW,
    }
    named = ", ".join(f"{value} AS {name}" for name, value in columns.items())
    return f"SELECT {named} FROM {table.name}{where}"  # noqa: S608  # names are ours, texts are quoted


def _sql(slot: Slot | None) -> str:
    match slot:
        case Constant(value):
            return sql_text(value)
        case Column(name):
            return name
        case None:
            return "CAST(NULL AS VARCHAR)"


def quads_table(statements: Iterable[Quad]) -> pa.Table:
    """Return statements as a table with the view's columns."""
    columns = list(zip(*statements, strict=True)) or [() for _ in TRIPLE]
    return pa.table([pa.array(column, field.type) for column, field in zip(columns, SCHEMA, strict=True)], SCHEMA)


def quads(batches: Iterable[pa.RecordBatch]) -> Iterator[Quad]:
    """Yield the statements of batches one by one."""
    for batch in batches:
        yield from map(Quad._make, zip(*(batch[name].to_pylist() for name in TRIPLE), strict=True))


def members(view: ir.Table, class_iri: str, type_iri: str) -> ir.Table:
    """Return the distinct subjects of a class, in whatever graph, as a column `subject`."""
    typed = view.filter((view.predicate == type_iri) & (view.object == class_iri))
    return typed.select("subject").distinct()
