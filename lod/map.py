"""Mapping alone: tables become one RDF document, without a project."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from lod.compile import Graph, compile_mapping
from lod.engine import Engine, open_engine
from lod.errors import InputError, Position, ReleaseError
from lod.formats import Prologue, by_name, feed, open_sink
from lod.mapping import read_mappings
from lod.outcome import Rejection
from lod.statements import in_order
from lod.triples import triples


def map_files(
    mappings: Sequence[Path],
    base: str,
    format_: str,
    output: Path | None,
    on_error: str = "fail",
    observe: Callable[[str], None] = lambda _: None,
) -> tuple[Rejection, ...]:
    """Map by mapping documents, sources relative to the current folder, into `output` (None: standard output).

    format_: a name of `formats.FORMATS`; Turtle and N-Triples hold no named graphs. on_error: "fail" raises at a
    record that cannot be mapped, "reject" leaves such records out. Return what was rejected. The file appears whole or
    not at all. Raises MappingError, InputError, or ReleaseError.
    """
    mapping = read_mappings([(path, str(path)) for path in mappings], base)
    with open_engine() as engine:
        observe("mapping")
        graph = compile_mapping(engine, Path.cwd(), mapping, strict=False)
        if on_error == "fail":
            _refuse(graph.rejections)
        syntax = by_name(format_)
        if not syntax.quads and _has_named_graphs(engine, graph):
            raise ReleaseError(f"{syntax.title} holds no named graphs", hint="Choose --format nquads or jsonld.")
        observe("writing")
        with _document(output) as stream:
            sink = open_sink(syntax)
            sink.start(stream, Prologue(base, dict(mapping.prefixes)))
            for piece in in_order(engine, graph.tables):
                feed(sink, piece)
            sink.finish()
        return graph.rejections


def _has_named_graphs(engine: Engine, graph: Graph) -> bool:
    view = triples(engine, graph.tables)
    return engine.flags(view, [view.graph != ""]) == [True]


def _refuse(rejections: Sequence[Rejection]) -> None:
    if rejections:
        first, more = rejections[0], len(rejections) - 1
        others = f" ({more} more)" if more else ""
        hint = "--on-error reject leaves such records out and names them."
        where = Position(first.file, row=first.row, column=first.column or None)
        raise InputError(f"{first.value!r} {first.reason}{others}", at=where, hint=hint)


@contextmanager
def _document(path: Path | None) -> Iterator[BinaryIO]:
    """Give a stream; a file takes its name only when all is written."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    part: Path | None = None
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}-", delete=False) as stream:
            part = Path(stream.name)
            yield stream  # type: ignore[misc]  # a temporary file is a binary stream
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    except OSError as error:
        raise ReleaseError(f"cannot be written: {error.strerror}", at=Position(str(path))) from error
    finally:
        if part:
            part.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
