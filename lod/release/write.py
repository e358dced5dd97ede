"""Writing a release: one pass over the sorted statements feeds every syntax."""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lod.errors import ReleaseError
from lod.formats import PLAIN, Dump, Form, Piece, Prologue, Sink, compressed, feed, numbered, open_sink, parts
from lod.outcome import Rejection
from lod.release.documents import CONTEXT
from lod.rows import Rows
from lod.validation import Report, as_html, as_json, as_turtle

DATASET, DESCRIPTION = "dataset", "description"
DATASET_FILE = DATASET + PLAIN.suffix
REJECTED = "rejected.csv"


@dataclass(frozen=True)
class Document:
    """A file of the dump: its name, its form, and the graph that it holds where its syntax has no named graphs."""

    name: str
    form: Form
    graph: str = ""


@dataclass(frozen=True)
class Written:
    """What a dump became: how many statements there are, and the files, each form of which holds all of them."""

    count: int
    documents: tuple[Document, ...]


def write_release(
    folder: Path,
    pieces: Iterator[Piece],
    graphs: Sequence[str],
    prologue: Prologue,
    dump: Dump,
    report: Report,
    rejections: Iterable[Rejection],
) -> Written:
    """Write the dump, the context, the report and the rejected records."""
    (folder / CONTEXT).write_text(_json({"@context": prologue.jsonld_context}), encoding="utf-8")
    (folder / "report.ttl").write_text(as_turtle(report), encoding="utf-8")
    (folder / "report.json").write_text(as_json(report), encoding="utf-8")
    (folder / "report.html").write_text(as_html(report), encoding="utf-8")
    _write_rejected(folder / REJECTED, rejections)
    return _Dumper(folder, prologue, dump).write(pieces, graphs)


def write_documents(folder: Path, found: Iterable[Document], pieces: Iterator[Piece], prologue: Prologue) -> int:
    """Feed the statements to a sink per document; return how many there are."""
    with _Dumper(folder, prologue, Dump()).sinks(found) as sinks:
        return _fed(sinks, pieces)


@dataclass(frozen=True)
class _Dumper:
    folder: Path
    prologue: Prologue
    dump: Dump

    def write(self, pieces: Iterator[Piece], graphs: Sequence[str]) -> Written:
        """Write the files that stay whole while parts of the others come and go."""
        found = _documents(graphs, self.dump.forms)
        whole = [each for each in found if not self.dump.split or each.form == PLAIN]
        cut = [each for each in found if each not in whole]
        count, done = 0, list(whole)
        with self.sinks(whole) as sinks:
            for number, part in enumerate(parts(pieces, self.dump.split), 1):
                named = [_part(document, number) for document in cut]
                said: set[str] = set()
                with self.sinks(named) as own:
                    count += _fed([*sinks, *own], _noted(part, said) if cut else part)
                done += self._kept(named, said)
        return Written(count, tuple(done))

    @contextmanager
    def sinks(self, found: Iterable[Document]) -> Iterator[list[Sink]]:
        """Give a started sink per document; they finish in the end."""
        with ExitStack() as stack:
            sinks: list[Sink] = []
            for document in found:
                file = stack.enter_context((self.folder / document.name).open("wb"))
                stream = stack.enter_context(compressed(file, document.form.compressed))
                sink = open_sink(document.form.format, document.graph, excel_safe=self.dump.excel_safe)
                sink.start(stream, self.prologue)
                sinks.append(sink)
            yield sinks
            for sink in sinks:
                sink.finish()

    def _kept(self, named: Iterable[Document], said: set[str]) -> Iterator[Document]:
        """Yield the documents of a part, and remove those of which it says nothing in their graph."""
        for document in named:
            if document.form.format.quads or document.graph in said:
                yield document
            else:
                (self.folder / document.name).unlink()


def _documents(graphs: Sequence[str], forms: Iterable[Form]) -> list[Document]:
    """Return the files of a dump: where a syntax holds one graph, each named graph has a file of its own."""
    names = {graph: _graph_name(graph) for graph in sorted(graphs) if graph}
    if len({DATASET, *names.values()}) <= len(names):
        raise ReleaseError(f"two named graphs end in the same word: {', '.join(sorted(graphs))}")
    found = []
    for form in forms:
        found.append(Document(DATASET + form.suffix, form))
        if not form.format.quads:
            found += [Document(name + form.suffix, form, graph) for graph, name in names.items()]
    return found


def _graph_name(graph: str) -> str:
    return re.sub(r"[^a-z0-9-]+", "-", graph.rstrip("/#").rpartition("/")[2].lower()).strip("-") or "graph"


def _part(document: Document, number: int) -> Document:
    return replace(document, name=numbered(Path(document.name), document.form, number).name)


def _noted(pieces: Iterator[Piece], graphs: set[str]) -> Iterator[Piece]:
    """Yield pieces, and note the graphs that they say something in."""
    for piece in pieces:
        statements = piece.statements() if isinstance(piece, Rows) else piece
        graphs.update(statements["graph"].unique().to_pylist())
        yield piece


def _fed(sinks: Sequence[Sink], pieces: Iterator[Piece]) -> int:
    """Feed each piece to each sink; return how many statements there are."""
    count = 0
    for piece in pieces:
        count += piece.count() if isinstance(piece, Rows) else len(piece)
        for sink in sinks:
            feed(sink, piece)
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
