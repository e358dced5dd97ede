"""The graph that records became, and taking records out of it again."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from lod.compile.collection import linked
from lod.engine import Engine, table_name, union
from lod.inputs import InputTable
from lod.outcome import Account, Rejection, rejected_rows
from lod.term_table import FILE, ROW, Column, Constant, TermTable
from lod.terms import Kind
from lod.triples import records, triples


@dataclass(frozen=True)
class Graph:
    """What a mapping made of its inputs: term tables without the rejected records, and why each was rejected.

    described: the term tables before any record was rejected; subjectless: rejections that hold only for records that
    give no triple at all; silent: tables of the records that no triples map says anything of (see `compile.silent`).
    """

    tables: tuple[TermTable, ...]
    described: tuple[TermTable, ...]
    inputs: tuple[InputTable, ...]
    rejections: tuple[Rejection, ...]
    subjectless: tuple[Rejection, ...]
    silent: tuple[ir.Table, ...]

    def accounts(self, engine: Engine) -> tuple[Account, ...]:
        """Return an account per input file, of which each number is counted by itself.

        A record that makes a statement is published; of the others, one of which anything was rejected is rejected, and
        one that a condition left out, or that has nothing to say, is skipped. See `complete` for those without subject.
        Raises ValueError where these are not all records that were read.
        """
        published = {row["file"]: int(row["count"]) for row in engine.rows(_published(engine, self.tables))}
        rejected = _wordless(engine, self.tables, self.rejections)
        skipped = _skipped(engine, self, rejected)
        by_file = Counter(file for file, _ in rejected)
        reads = dict(sorted((part.name, part.read) for item in self.inputs for part in item.files))
        return tuple(
            Account(file, read, published.get(file, 0), by_file[file], skipped[file]) for file, read in reads.items()
        )


def reject(engine: Engine, graph: Graph, rejections: Iterable[Rejection]) -> Graph:
    """Return the graph without these records, the rejections added to its own."""
    found = tuple(sorted({*graph.rejections, *rejections}))
    gone = sorted(rejected_rows(found) - rejected_rows(graph.rejections))
    tables = tuple(_without(engine, table, gone) for table in graph.tables)
    return replace(graph, tables=tables, rejections=found)


def complete(engine: Engine, graph: Graph) -> Graph:
    """Reject the records that give no triple because their subject is empty; those that a condition left out stay."""
    wordless = _wordless(engine, graph.tables, graph.subjectless)
    return reject(engine, graph, [item for item in graph.subjectless if (item.file, item.row) in wordless])


def _published(engine: Engine, tables: Sequence[TermTable]) -> ir.Table:
    """Return `file` and `count` of the records that make a statement; rows are counted where they are as many."""
    apart = len({table.file for table in tables}) == len(tables)
    single = apart and all(table.unique and isinstance(table.file, Constant) for table in tables)
    counted = records(engine, tables)
    return counted.group_by("file").aggregate(count=counted.count() if single else counted[ROW].nunique())


def _wordless(engine: Engine, tables: Iterable[TermTable], rejections: Iterable[Rejection]) -> set[tuple[str, int]]:
    """Return the records (file, row) among these that make no statement."""
    asked = sorted({(item.file, item.row) for item in rejections})
    if not asked:
        return set()
    wanted = _places(engine, asked)
    return {(row["file"], row[ROW]) for row in engine.rows(wanted.anti_join(records(engine, tables), ["file", ROW]))}


def _skipped(engine: Engine, graph: Graph, rejected: Collection[tuple[str, int]]) -> Counter[str]:
    """Count by file the records that say nothing, and of which nothing was rejected."""
    if not graph.silent:
        return Counter()
    left = union(graph.silent).distinct() if len(graph.silent) > 1 else graph.silent[0]
    left = left.anti_join(records(engine, graph.tables), ["file", ROW])
    if rejected:
        left = left.anti_join(_places(engine, sorted(rejected)), ["file", ROW])
    return Counter(
        {row["file"]: int(row["count"]) for row in engine.rows(left.group_by("file").aggregate(count=left.count()))}
    )


def _places(engine: Engine, places: Sequence[tuple[str, int]]) -> ir.Table:
    files, rows = [file for file, _ in places], [row for _, row in places]
    return engine.materialise(
        "places", pa.table({"file": pa.array(files, pa.string()), ROW: pa.array(rows, pa.int64())})
    )


def _without(engine: Engine, table: TermTable, gone: Sequence[tuple[str, int]]) -> TermTable:
    if isinstance(table.file, Constant):
        gone = [(file, row) for file, row in gone if file == table.file.value]
    if not gone:
        return table
    lost = engine.materialise("gone", pa.table(list(zip(*gone, strict=True)), names=[FILE, ROW]))
    kept = engine.table(table.name).anti_join(lost, ROW if isinstance(table.file, Constant) else [FILE, ROW])
    return _kept(engine, table, kept)


def _kept(engine: Engine, table: TermTable, rows: ir.Table) -> TermTable:
    """Return a term table with these of its rows."""
    rows = linked(rows, table.collection) if table.collection else rows
    return table.at(table_name(engine.materialise("terms", rows)))


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
    columns = dict.fromkeys(
        statement.object.value
        for statement in table.statements
        if statement.object.kind is Kind.IRI and isinstance(statement.object.value, Column)
    )
    if not columns:
        return table
    lost = {each.name: (ibis.literal(each.before) + rows[each.name]).isin(gone.subject) for each in columns}
    if table.collection:
        return _kept(engine, table, rows.filter(*(~each.fill_null(False) for each in lost.values())))
    cleared = {name: ibis.ifelse(each, ibis.null("string"), rows[name]) for name, each in lost.items()}
    return _kept(engine, table, rows.mutate(**cleared))
