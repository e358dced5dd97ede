"""The graph that records became, and taking records out of it again."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from lod.engine import Engine, table_name
from lod.inputs import InputTable
from lod.outcome import Account, Rejection, rejected_rows
from lod.term_table import FILE, ROW, Column, Constant, TermTable
from lod.terms import Kind
from lod.triples import triples


@dataclass(frozen=True)
class Graph:
    """What a mapping made of its inputs: term tables without the rejected records, and why each was rejected.

    described: the term tables before any record was rejected; subjectless: rejections that hold only for records that
    give no triple at all.
    """

    tables: tuple[TermTable, ...]
    described: tuple[TermTable, ...]
    inputs: tuple[InputTable, ...]
    rejections: tuple[Rejection, ...]
    subjectless: tuple[Rejection, ...]

    def accounts(self, engine: Engine) -> tuple[Account, ...]:
        """Return an account per input file; see `complete` for records without any triple."""
        rejected = rejected_rows(self.rejections)
        read = {part.file: part.read for item in self.inputs for part in item.files}
        published = _published(engine, self.tables)
        return tuple(
            Account(
                file=file,
                read=count,
                published=len(published[file]),
                rejected=(lost := sum(1 for name, _ in rejected if name == file)),
                skipped=count - len(published[file]) - lost,
            )
            for file, count in sorted(read.items())
        )


def reject(engine: Engine, graph: Graph, rejections: Iterable[Rejection]) -> Graph:
    """Return the graph without these records, the rejections added to its own."""
    found = tuple(sorted({*graph.rejections, *rejections}))
    gone = sorted(rejected_rows(found) - rejected_rows(graph.rejections))
    tables = tuple(_without(engine, table, gone) for table in graph.tables)
    return replace(graph, tables=tables, rejections=found)


def complete(engine: Engine, graph: Graph) -> Graph:
    """Reject the records that give no triple because their subject is empty; those that a condition left out stay."""
    published = _published(engine, graph.tables)
    silent = [item for item in graph.subjectless if item.row not in published[item.file]]
    return reject(engine, graph, silent)


def _published(engine: Engine, tables: Iterable[TermTable]) -> dict[str, set[int]]:
    rows: dict[str, set[int]] = defaultdict(set)
    for item in engine.rows(triples(engine, tables).select("file", ROW).distinct()):
        rows[item["file"]].add(item[ROW])
    return rows


def _without(engine: Engine, table: TermTable, gone: Sequence[tuple[str, int]]) -> TermTable:
    if isinstance(table.file, Constant):
        gone = [(file, row) for file, row in gone if file == table.file.value]
    if not gone:
        return table
    lost = engine.materialise("gone", pa.table(list(zip(*gone, strict=True)), names=[FILE, ROW]))
    kept = engine.table(table.name).anti_join(lost, ROW if isinstance(table.file, Constant) else [FILE, ROW])
    return table.at(table_name(engine.materialise("terms", kept)))


def unlink(engine: Engine, graph: Graph) -> Graph:
    """Take out statements that point at nodes which only rejected records described.

    Each is noted as a rejected statement, so that no link is lost in silence.
    """
    if not graph.rejections:
        return graph
    now, then = triples(engine, graph.tables), triples(engine, graph.described)
    gone = engine.materialise("gone", _subjects(then).anti_join(_subjects(now), "subject"))
    links = now.filter(now.kind == int(Kind.IRI)).semi_join(gone, now.object == gone.subject)
    found = [_lost_link(row) for row in engine.rows(links)]
    if not found:
        return graph
    tables = tuple(_unlinked(engine, table, gone) for table in graph.tables)
    return replace(graph, tables=tables, rejections=tuple(sorted({*graph.rejections, *found})))


def _subjects(view: ir.Table) -> ir.Table:
    return view.select("subject").distinct()


def _lost_link(row: dict[str, object]) -> Rejection:
    reason = f"the record that describes it was rejected, so <{row['predicate']}> is left out"
    return Rejection(str(row["file"]), int(str(row[ROW])), "", str(row["object"]), reason, statement=True)


def _unlinked(engine: Engine, table: TermTable, gone: ir.Table) -> TermTable:
    rows = engine.table(table.name)
    columns = {
        statement.object.value.name
        for statement in table.statements
        if statement.object.kind is Kind.IRI and isinstance(statement.object.value, Column)
    }
    if not columns:
        return table
    nothing = ibis.null("string")
    cleared = {name: ibis.ifelse(rows[name].isin(gone.subject), nothing, rows[name]) for name in sorted(columns)}
    return table.at(table_name(engine.materialise("terms", rows.mutate(**cleared))))
