"""The triples view over term tables."""

from collections.abc import Iterable

import ibis.expr.types as ir
import pyarrow as pa

from lod.engine import Engine, sql_text
from lod.quad import SCHEMA
from lod.term_table import ROW, Column, Constant, Slot, Statement, TermTable
from lod.terms import Kind


def triples(engine: Engine, tables: Iterable[TermTable]) -> ir.Table:
    """Return the triples view of term tables: TRIPLE's columns with `file` and `_row`.

    A database view with one SELECT a statement column, all united, so that a filter on a constant predicate reads one
    column. It is written as SQL, of the plainest kind: a profile has hundreds, and Ibis takes 20 ms to compile each.
    """
    selects = [_select(table, statement) for table in tables for statement in table.statements]
    if not selects:
        nothing = pa.schema([*SCHEMA, ("file", pa.string()), (ROW, pa.int64())]).empty_table()
        return engine.materialise("triples", nothing)
    return engine.view("triples", "\nUNION ALL\n".join(selects))


def records(engine: Engine, tables: Iterable[TermTable]) -> ir.Table:
    """Return `file` and `_row` of the records that make a statement at least; a record may stand several times."""
    selects = [_select_records(table) for table in tables if table.statements]
    if not selects:
        return engine.materialise("records", pa.schema([("file", pa.string()), (ROW, pa.int64())]).empty_table())
    return engine.view("records", "\nUNION ALL\n".join(selects))


def _select_records(table: TermTable) -> str:
    needed = [conditions(statement) for statement in table.statements]
    where = f" WHERE {' OR '.join(map('({})'.format, needed))}" if all(needed) else ""
    return f"SELECT {slot_sql(table.file)} AS file, {ROW} FROM {table.name}{where}"  # noqa: S608  # names are ours


def conditions(statement: Statement) -> str:
    """Return what must hold of a row for it to make the statement; nothing where each row makes it."""
    needed = (statement.predicate, statement.object.value, statement.graph)
    return " AND ".join(f"{slot.name} IS NOT NULL" for slot in needed if isinstance(slot, Column))


def _select(table: TermTable, statement: Statement) -> str:
    term = statement.object
    needed = conditions(statement)
    where = f" WHERE {needed}" if needed else ""
    columns = {
        "subject": slot_sql(table.subject),
        "predicate": slot_sql(statement.predicate),
        "object": slot_sql(term.value),
        "kind": f"CAST({int(term.kind)} AS TINYINT)",
        "datatype": slot_sql(term.datatype),
        "language": slot_sql(term.language),
        "graph": slot_sql(statement.graph or Constant("")),
        "file": slot_sql(table.file),
        ROW: ROW,
    }
    named = ", ".join(f"{value} AS {name}" for name, value in columns.items())
    return f"SELECT {named} FROM {table.name}{where}"  # noqa: S608  # names are ours, texts are quoted


def slot_sql(slot: Slot | None) -> str:
    """Return a slot as an SQL expression over the rows of its table."""
    match slot:
        case Constant(value):
            return sql_text(value)
        case Column(name, before):
            return f"{sql_text(before)} || {name}" if before else name
        case None:
            return "CAST(NULL AS VARCHAR)"


def members(view: ir.Table, class_iri: str, type_iri: str) -> ir.Table:
    """Return the distinct subjects of a class, in whatever graph, as a column `subject`."""
    typed = view.filter((view.predicate == type_iri) & (view.object == class_iri))
    return typed.select("subject").distinct()


def literals(statements: ir.Table, predicate: str) -> ir.Table:
    """Return `subject` and `text`: what each subject has for a predicate (the least, should there be several)."""
    said = statements.filter((statements.predicate == predicate) & (statements.kind == int(Kind.LITERAL)))
    return said.group_by("subject").aggregate(text=said.object.min())


def links(statements: ir.Table, predicate: str) -> ir.Table:
    """Return `subject` and `object` of the statements with a predicate that lead to a node, none twice."""
    leads = (statements.predicate == predicate) & (statements.kind != int(Kind.LITERAL))
    return statements.filter(leads).select("subject", "object").distinct()
