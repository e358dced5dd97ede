"""Mapping alone: tables become RDF documents, without a project."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO

import pyarrow as pa

from lod.ahead import ahead
from lod.compile import Graph, Policy, compile_mapping
from lod.engine import Engine, open_engine
from lod.errors import InputError, Position, ReleaseError
from lod.formats import Prologue, by_name, feed, open_sink
from lod.mapping import read_mappings
from lod.outcome import Account, Rejection
from lod.rows import Rows
from lod.statements import as_they_come, in_order
from lod.term_table import Target, TermTable
from lod.triples import triples


@dataclass(frozen=True)
class MapOptions:
    """How to map.

    base: what relative IRIs continue where the mapping names no base; format: a name of `formats.FORMATS`. on_error:
    "fail" raises at a record that cannot be mapped, "reject" leaves such records out, "term" leaves out the terms that
    are wrong. unsorted: whether statements come in the order of the records, and may stand twice. functions: a Python
    file whose functions the mappings call.
    """

    base: str = ""
    format: str = "nquads"
    on_error: str = "fail"
    unsorted: bool = False
    functions: Path | None = None


@dataclass(frozen=True)
class Mapped:
    """What a mapping did: how many statements it wrote, what it rejected, and an account per input file."""

    statements: int
    rejections: tuple[Rejection, ...]
    accounts: tuple[Account, ...]


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
    mapping = read_mappings([(path, str(path)) for path in mappings], options.base)
    with open_engine() as engine:
        observe("mapping")
        policy = Policy(spare=options.on_error == "term")
        graph = compile_mapping(engine, Path.cwd(), mapping, policy, options.functions)
        if options.on_error == "fail":
            _refuse(graph.rejections)
        observe("writing")
        prologue = Prologue(options.base, dict(mapping.prefixes))
        statements = _Writer(engine, graph, prologue, options).write(output)
        return Mapped(statements, graph.rejections, graph.accounts(engine))


@dataclass(frozen=True)
class _Writer:
    engine: Engine
    graph: Graph
    prologue: Prologue
    options: MapOptions

    def write(self, output: Path | None) -> int:
        """Write the main output and every target; return how many statements."""
        with _files() as open_file:
            count = self._document(open_file(output, None), self.options.format, None)
            for target in self._targets():
                count += self._document(open_file(Path(target.access), target.compression), target.format, target)
        return count

    def _targets(self) -> list[Target]:
        statements = (each for table in self.graph.tables for each in table.statements)
        return list(dict.fromkeys(target for statement in statements for target in statement.targets))

    def _document(self, stream: BinaryIO, format_: str, target: Target | None) -> int:
        tables = [table.to(target) for table in self.graph.tables]
        syntax = by_name(format_)
        if not syntax.quads and _has_named_graphs(self.engine, tables):
            at = target.position if target else None
            raise ReleaseError(f"{syntax.title} holds no named graphs", at=at, hint="Choose N-Quads or JSON-LD.")
        sink, count = open_sink(syntax), 0
        sink.start(stream, self.prologue)
        for piece in ahead((as_they_come if self.options.unsorted else in_order)(self.engine, tables)):
            feed(sink, piece)
            count += piece.count() if isinstance(piece, Rows) else len(piece)
        sink.finish()
        return count


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


@contextmanager
def _files() -> Iterator[Callable[[Path | None, str | None], BinaryIO]]:
    """Give a function that opens files to write, compressed or not; they take their names when all is done."""
    parts: list[tuple[Path, Path]] = []
    with ExitStack() as streams:

        def open_file(path: Path | None, compression: str | None) -> BinaryIO:
            stream = sys.stdout.buffer if path is None else streams.enter_context(_part(path, parts))
            return streams.enter_context(pa.CompressedOutputStream(stream, compression)) if compression else stream

        try:
            yield open_file
            streams.close()
            for part, path in parts:
                with _told(path):
                    part.chmod(0o666 & ~_umask())
                    part.replace(path)
        finally:
            for part, _ in parts:
                part.unlink(missing_ok=True)
    sys.stdout.buffer.flush()


@contextmanager
def _part(path: Path, parts: list[tuple[Path, Path]]) -> Iterator[BinaryIO]:
    """Open a file beside the one that it will become."""
    with _told(path), NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}-", delete=False) as stream:
        parts.append((Path(stream.name), path))
        yield stream  # type: ignore[misc]  # a temporary file is a binary stream


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ReleaseError(f"cannot be written: {error.strerror}", at=Position(str(path))) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
