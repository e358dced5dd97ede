"""Mapping alone: tables become RDF documents, without a project."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from lod.ahead import ahead
from lod.behind import WrittenBehind
from lod.compile import Graph, Policy, compile_mapping
from lod.engine import Cluster, Engine, open_cluster, open_engine
from lod.errors import InputError, Position, ReleaseError
from lod.formats import (
    NQUADS,
    NTRIPLES,
    Form,
    Format,
    Piece,
    Prologue,
    by_name,
    feed,
    form_by_name,
    form_of,
    numbered,
    open_sink,
    parts,
)
from lod.mapping import read_mappings
from lod.options import MapOptions
from lod.outcome import Account, Note, Rejection
from lod.parts import write_parts
from lod.rows import Rows
from lod.statements import as_they_come, in_order
from lod.term_table import Target, TermTable
from lod.triples import triples
from lod.whole import whole_files

_MEMORY = 2_000_000_000  # bytes; docs/decisions/0012-memory.md
_OF_LINES = (NQUADS, NTRIPLES)


@dataclass(frozen=True)
class Mapped:
    """What a mapping did: how many statements it wrote, what it rejected, and accounts and notes of its input files."""

    statements: int
    rejections: tuple[Rejection, ...]
    accounts: tuple[Account, ...]
    notes: tuple[Note, ...]


def map_files(
    mappings: Sequence[Path],
    output: Path | None = None,
    options: MapOptions = MapOptions(),
    observe: Callable[[str], None] = lambda _: None,
) -> Mapped:
    """Map by mapping documents, sources relative to the current folder, into `output` (None: standard output).

    Statements whose term maps name targets go to these files instead. The files appear whole, when all is written, or
    not at all. Raises MappingError, InputError, or ReleaseError.
    """
    if options.split and output is None:
        raise ReleaseError("standard output cannot be split", hint="Name a file: -o.")
    mapping = read_mappings([(path, str(path)) for path in mappings], options.base, dict(options.external))
    with _engine(options) as engine:
        observe("mapping")
        policy = Policy(spare=options.on_error == "term")
        graph = compile_mapping(engine, Path.cwd(), mapping, policy, options.functions, options.hosts)
        if options.on_error == "fail":
            _refuse(graph.rejections)
        observe("writing")
        prologue = Prologue(options.base, dict(mapping.prefixes))
        statements = _Writer(engine, graph, prologue, options).write(output)
        notes = sorted({note for item in graph.inputs for note in item.notes})
        return Mapped(statements, graph.rejections, graph.accounts(engine), tuple(notes))


def _engine(options: MapOptions) -> AbstractContextManager[Engine]:
    return open_cluster(options.master) if options.engine == "spark" else open_engine(options.memory, _MEMORY)


@dataclass(frozen=True)
class _Writer:
    engine: Engine
    graph: Graph
    prologue: Prologue
    options: MapOptions

    def write(self, output: Path | None) -> int:
        """Write every target and the main output; return how many statements."""
        form = _form(self.options, output)
        with whole_files() as open_file:
            count = 0
            for target in self._targets():
                syntax = by_name(target.format)
                pieces = self._pieces(syntax, target)
                with open_file(Path(target.access), target.compression) as stream:
                    count += self._document(stream, syntax, pieces)
            if output and isinstance(self.engine, Cluster) and form.format in _OF_LINES:
                return count + write_parts(self.engine, self._tables(form.format, None), form, output)
            pieces = self._pieces(form.format, None)
            for number, part in enumerate(parts(pieces, self.options.split), 1):
                path = numbered(output, form, number) if output and self.options.split else output
                with open_file(path, form.compressed) as stream:
                    count += self._document(stream, form.format, part)
            return count

    def _targets(self) -> list[Target]:
        statements = (each for table in self.graph.tables for each in table.statements)
        return list(dict.fromkeys(target for statement in statements for target in statement.targets))

    def _tables(self, syntax: Format, target: Target | None) -> list[TermTable]:
        tables = [table.to(target) for table in self.graph.tables]
        if not syntax.quads and _has_named_graphs(self.engine, tables):
            at = target.position if target else None
            raise ReleaseError(f"{syntax.title} holds no named graphs", at=at, hint="Choose N-Quads or JSON-LD.")
        return tables

    def _pieces(self, syntax: Format, target: Target | None) -> Iterator[Piece]:
        order = as_they_come if self.options.unsorted else in_order
        return ahead(order(self.engine, self._tables(syntax, target)))

    def _document(self, stream: BinaryIO, syntax: Format, pieces: Iterator[Piece]) -> int:
        sink, count = open_sink(syntax, excel_safe=self.options.excel_safe), 0
        with WrittenBehind(stream) as written:
            sink.start(written, self.prologue)  # type: ignore[arg-type]  # a raw stream is a binary stream
            for piece in pieces:
                feed(sink, piece)
                count += piece.count() if isinstance(piece, Rows) else len(piece)
            sink.finish()
        return count


def _form(options: MapOptions, output: Path | None) -> Form:
    """Return the form that is asked for, compressed also where only the output's name says so."""
    told = form_of(output) if output else None
    if options.format is None:
        return told or Form()
    form = form_by_name(options.format)
    both = told and told.format == form.format and not form.compression
    return told if told and both else form


def _has_named_graphs(engine: Engine, tables: Sequence[TermTable]) -> bool:
    if not any(statement.graph for table in tables for statement in table.statements):
        return False
    view = triples(engine, tables)
    return engine.flags(view, [view.graph != ""]) == [True]


def _refuse(rejections: Sequence[Rejection]) -> None:
    if rejections:
        first, more = rejections[0], len(rejections) - 1
        others = f" ({more} more)" if more else ""
        hint = "--on-error reject leaves such records out and names them."
        where = Position(first.file, row=first.row, column=first.column or None)
        raise InputError(f"{first.value!r} {first.reason}{others}", at=where, hint=hint)
