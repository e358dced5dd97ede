"""JSON Lines of JSON-LD: a node object a line, which needs no context and can be read alone.

https://jsonlines.org/, https://www.w3.org/TR/json-ld11/#expanded-document-form
"""

from typing import BinaryIO

import pyarrow as pa

from lod.formats.compact import Compactor, dumps
from lod.formats.jsonld import JsonLdRows, node_object
from lod.formats.sink import Prologue
from lod.formats.subjects import nodes
from lod.rows import Rows, graphs_of


class JsonLinesSink:
    """Writes a line a subject and graph; the node of a named graph stands in a graph object."""

    def start(self, stream: BinaryIO, _prologue: Prologue) -> None:
        """Remember the stream; IRIs are written whole."""
        self._stream = stream
        self._compactor = Compactor({}, "")
        self._rows = JsonLdRows(self._compactor)

    def take_rows(self, rows: Rows) -> None:
        """Write rows, a line each; rows that have several graphs, statement by statement."""
        graphs = graphs_of(rows)
        if graphs is None or len(graphs) > 1:
            self.take(rows.statements())
            return
        for graph in graphs:
            before, after = _around(graph)
            self._stream.write(self._rows.nodes(rows, graph, before, after))

    def take(self, batch: pa.RecordBatch) -> None:
        """Write the nodes of whole subjects."""
        for node in nodes(batch):
            before, after = _around(node.graph)
            self._stream.write(f"{before}{node_object(node, self._compactor)}{after}".encode())

    def finish(self) -> None:
        """Do nothing: every line stands for itself."""


def _around(graph: str) -> tuple[str, str]:
    """Return what stands before the node objects of a graph, and after them."""
    return (f'{{"@id": {dumps(graph)}, "@graph": [', "]}\n") if graph else ("", "\n")
