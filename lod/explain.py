"""What a mapping compiles to, and which records stand behind a node: for those who wonder why a triple is there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lod.compile import Policy, compile_mapping
from lod.engine import DuckDbEngine, open_engine
from lod.errors import InputError, Position
from lod.mapping import read_mappings
from lod.options import ReadOptions
from lod.quad import TRIPLE, Quad
from lod.term_table import ROW, Constant, Slot, Statement, TermTable
from lod.terms import Kind
from lod.triples import triples


@dataclass(frozen=True)
class Plan:
    """One term table: the triples map and input that it comes from, its rows, its statements, and its query.

    statements: patterns, in which `?c0`, or `{c0}` within a text, is a column of the query; sql: in its dialect.
    """

    triples_map: str
    file: str
    rows: int
    statements: tuple[str, ...]
    sql: str


@dataclass(frozen=True)
class Trace:
    """A statement about a node, and the record and triples map that it comes from."""

    file: str
    row: int
    triples_map: str
    statement: Quad


def explain_plan(mappings: Sequence[Path], options: ReadOptions = ReadOptions()) -> tuple[Plan, ...]:
    """Compile mapping documents over their sources (relative to the current folder) and return the plan.

    Raises MappingError or InputError.
    """
    with open_engine() as engine:
        return tuple(_plan(engine, table) for table in _tables(engine, mappings, options))


def explain_node(mappings: Sequence[Path], node: str, options: ReadOptions = ReadOptions()) -> tuple[Trace, ...]:
    """Return the statements that have a node (an IRI) as subject or object, each with its record.

    Raises InputError where there is none, and what `explain` raises.
    """
    with open_engine() as engine:
        tables = _tables(engine, mappings, options)
        found = sorted(
            (each for table in tables for each in _traces(engine, table, node)),
            key=lambda each: (each.file, each.row, each.triples_map, each.statement[:3]),
        )
    if not found:
        hint = "An IRI is written in full, without < and >."
        raise InputError(f"no record makes a statement with <{node}>", at=Position(str(mappings[0])), hint=hint)
    return tuple(found)


def _tables(engine: DuckDbEngine, mappings: Sequence[Path], options: ReadOptions) -> tuple[TermTable, ...]:
    mapping = read_mappings([(path, str(path)) for path in mappings], options.base, dict(options.external))
    return compile_mapping(engine, Path.cwd(), mapping, Policy(), options.functions, options.hosts).described


def _plan(engine: DuckDbEngine, table: TermTable) -> Plan:
    statements = tuple(_pattern(table, statement) for statement in table.statements)
    rows = int(engine.table(table.name).count().to_pyarrow().as_py())
    return Plan(table.origin, _slot(table.file, "{}"), rows, statements, engine.sql(table.name))


def _pattern(table: TermTable, statement: Statement) -> str:
    term = statement.object
    value = _slot(term.value, {Kind.IRI: "<{}>", Kind.LITERAL: '"{}"', Kind.BLANK: "{}"}[term.kind])
    language = f"@{_slot(term.language, '{}')}" if term.language else ""
    datatype = f"^^{_iri(term.datatype)}" if term.datatype else ""
    graph = f" {_iri(statement.graph)}" if statement.graph else ""
    return f"{_iri(table.subject)} {_iri(statement.predicate)} {value}{language or datatype}{graph}"


def _iri(slot: Slot) -> str:
    return _slot(slot, "<{}>")


def _slot(slot: Slot, constant: str) -> str:
    if isinstance(slot, Constant):
        return constant.format(slot.value)
    return constant.format(f"{slot.before}{{{slot.name}}}") if slot.before else f"?{slot.name}"


def _traces(engine: DuckDbEngine, table: TermTable, node: str) -> Iterator[Trace]:
    if not table.statements:
        return
    view = triples(engine, [table])
    about = view.filter((view.subject == node) | ((view.object == node) & (view.kind != int(Kind.LITERAL))))
    for row in engine.rows(about):
        yield Trace(row["file"], row[ROW], table.origin, Quad(*(row[name] for name in TRIPLE)))
