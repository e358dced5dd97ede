"""TriG: Turtle's documents of several graphs in one. https://www.w3.org/TR/trig/."""

import shutil
from tempfile import TemporaryFile
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from lod.formats.names import Names
from lod.formats.sink import Prologue
from lod.formats.turtle import TurtleSink
from lod.rows import Rows, graphs_of


class TrigSink:
    """Writes the default graph as Turtle; each named graph waits in a temporary file, and comes last."""

    def start(self, stream: BinaryIO, prologue: Prologue) -> None:
        """Write base and prefixes."""
        self._stream, self._prologue = stream, prologue
        self._whole = TurtleSink()
        self._whole.start(stream, prologue)
        self._named: dict[str, tuple[TurtleSink, BinaryIO, int]] = {}

    def take_rows(self, rows: Rows) -> None:
        """Write rows, a subject each and graph."""
        graphs = graphs_of(rows)
        if graphs is None:
            self.take(rows.statements())
            return
        for graph in graphs:
            self._sink(graph).take_rows(rows)

    def take(self, batch: pa.RecordBatch) -> None:
        """Write the statements of whole subjects."""
        for graph in batch["graph"].unique().to_pylist():
            self._sink(graph).take(batch.filter(pc.equal(batch["graph"], graph)))

    def finish(self) -> None:
        """Write the named graphs."""
        names = Names(self._prologue.base, self._prologue.prefixes, "<", ">")
        for graph, (_, spool, start) in sorted(self._named.items()):
            with spool:
                if spool.tell() > start:  # else its rows say nothing in this graph
                    spool.seek(start)
                    self._stream.write(f"\n{names.short(graph)} {{\n".encode())
                    shutil.copyfileobj(spool, self._stream)
                    self._stream.write(b"\n}\n")

    def _sink(self, graph: str) -> TurtleSink:
        if graph == "":
            return self._whole
        if graph not in self._named:
            spool, sink = TemporaryFile(), TurtleSink(graph)  # noqa: SIM115  # closed when its graph is written out
            sink.start(spool, self._prologue)
            self._named[graph] = sink, spool, spool.tell()
        return self._named[graph][0]
