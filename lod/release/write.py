"""Writing a release: one pass over the sorted statements feeds every syntax."""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from lod.errors import ReleaseError
from lod.formats import JSONLD, NQUADS, TURTLE, Format, Prologue, Sink, feed, open_sink
from lod.outcome import Rejection
from lod.release.documents import CONTEXT
from lod.rows import Rows
from lod.validation import Report, as_html, as_json, as_turtle

DATASET, DESCRIPTION = "dataset", "description"
DATASET_FILE = DATASET + NQUADS.suffix
REJECTED = "rejected.csv"


@dataclass(frozen=True)
class Document:
    """A file of the dump: its name, syntax, and for Turtle the graph that it holds."""

    name: str
    format: Format
    graph: str = ""


def write_release(
    folder: Path,
    pieces: Iterator[Rows | pa.RecordBatch],
    graphs: Sequence[str],
    prologue: Prologue,
    report: Report,
    rejections: Iterable[Rejection],
) -> int:
    """Write the dump (N-Quads, JSON-LD, Turtle per graph), the context, the report and the rejected records.

    Return how many statements there are.
    """
    (folder / CONTEXT).write_text(_json({"@context": prologue.jsonld_context}), encoding="utf-8")
    (folder / "report.ttl").write_text(as_turtle(report), encoding="utf-8")
    (folder / "report.json").write_text(as_json(report), encoding="utf-8")
    (folder / "report.html").write_text(as_html(report), encoding="utf-8")
    _write_rejected(folder / REJECTED, rejections)
    return write_documents(folder, documents(graphs), pieces, prologue)


def documents(graphs: Sequence[str]) -> list[Document]:
    """Return the files of a dump: Turtle holds one graph, so each named graph has a file of its own."""
    whole = [Document(DATASET + NQUADS.suffix, NQUADS), Document(DATASET + JSONLD.suffix, JSONLD)]
    named = [Document(_graph_name(graph) + TURTLE.suffix, TURTLE, graph) for graph in sorted(graphs) if graph]
    found = [*whole, Document(DATASET + TURTLE.suffix, TURTLE), *named]
    if len({document.name for document in found}) < len(found):
        raise ReleaseError(f"two named graphs end in the same word: {', '.join(sorted(graphs))}")
    return found


def _graph_name(graph: str) -> str:
    return re.sub(r"[^a-z0-9-]+", "-", graph.rstrip("/#").rpartition("/")[2].lower()).strip("-") or "graph"


def write_documents(
    folder: Path, found: Iterable[Document], pieces: Iterator[Rows | pa.RecordBatch], prologue: Prologue
) -> int:
    """Feed the statements to a sink per document; return how many there are."""
    count = 0
    with ExitStack() as stack:
        sinks: list[Sink] = []
        for document in found:
            sink = open_sink(document.format, document.graph)
            sink.start(stack.enter_context((folder / document.name).open("wb")), prologue)
            sinks.append(sink)
        for piece in pieces:
            count += piece.count() if isinstance(piece, Rows) else len(piece)
            for sink in sinks:
                feed(sink, piece)
        for sink in sinks:
            sink.finish()
    return count


def _write_rejected(path: Path, rejections: Iterable[Rejection]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["file", "row", "column", "value", "reason", "scope"])
        for item in rejections:
            scope = "statement" if item.statement else "record"
            value = item.value.replace("\0", "\N{SYMBOL FOR NULL}")  # a file with a NUL byte is no text file
            writer.writerow([item.file, item.row, item.column, value, item.reason, scope])


def _json(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
