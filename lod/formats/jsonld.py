"""JSON-LD 1.1, compact by a given context, with no remote context. https://www.w3.org/TR/json-ld11/."""

import json
import shutil
from tempfile import TemporaryFile
from typing import Any, BinaryIO

import pyarrow as pa

from lod.formats.compact import Compactor
from lod.formats.sink import Prologue
from lod.formats.subjects import Gatherer, Node


class JsonLdSink:
    """Writes one `@graph` of nodes; the nodes of a named graph wait in a temporary file and come last."""

    def __init__(self) -> None:
        self._gatherer = Gatherer()
        self._named: dict[str, BinaryIO] = {}

    def start(self, stream: BinaryIO, prologue: Prologue) -> None:
        """Write the context, and the base beside it: in a context of its own a file would carry it to other places."""
        context = prologue.context or dict(sorted(prologue.prefixes.items()))
        self._stream, self._first = stream, {"": True}
        self._compactor = Compactor(context, prologue.base)
        whole = {"@base": prologue.base, **context} if prologue.base else context
        head = json.dumps(whole, ensure_ascii=False, indent=1)
        stream.write(f'{{"@context": {head},\n"@graph": ['.encode())

    def take(self, batch: pa.RecordBatch) -> None:
        """Write the nodes that are complete."""
        for node in self._gatherer.take(batch):
            self._write(node)

    def finish(self) -> None:
        """Write the last node, then the named graphs."""
        for node in self._gatherer.finish():
            self._write(node)
        for graph, spool in sorted(self._named.items()):
            head = _dumps(self._compactor.graph(graph)).removesuffix("}")
            self._item("", f'{head}, "@graph": ['.encode())
            spool.seek(0)
            shutil.copyfileobj(spool, self._stream)
            spool.close()
            self._stream.write(b"\n]}")
        self._stream.write(b"\n]}\n")

    def _write(self, node: Node) -> None:
        self._item(node.graph, _dumps(self._compactor.node(node)).encode())

    def _item(self, graph: str, text: bytes) -> None:
        target = self._stream if graph == "" else self._spool(graph)
        target.write(b"\n" if self._first.get(graph, True) else b",\n")
        target.write(text)
        self._first[graph] = False

    def _spool(self, graph: str) -> BinaryIO:
        if graph not in self._named:
            self._named[graph] = TemporaryFile()  # noqa: SIM115  # closed when the named graph is written out
        return self._named[graph]


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
