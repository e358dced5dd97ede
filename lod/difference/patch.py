"""Two releases compared statement by statement, as an RDF patch: applied to the old one, it gives the new.

https://afs.github.io/rdf-delta/rdf-patch.html
"""

from collections.abc import Iterator
from pathlib import Path

import ibis.expr.types as ir
import pyarrow as pa

from lod.difference.side import MEMORY, dataset_file
from lod.engine import BATCH_ROWS, DuckDbEngine, open_engine
from lod.errors import ReleaseError
from lod.formats.read import open_lines

_LINES = pa.schema([("line", pa.string())])


def rdf_patch(old: Path, new: Path) -> Iterator[str]:
    """Yield the lines of the patch, none where both say the same: deletions first, then additions, each sorted.

    A release is its folder, or a file with its statements. N-Triples and N-Quads are compared line by line, so that a
    statement which they spell in two ways is deleted and added. Raises ReleaseError where one cannot be read.
    """
    with open_engine(usual=MEMORY) as engine:
        before, after = (_lines(engine, dataset_file(place)) for place in (old, new))
        opened = False
        for letter, rows in (("D", before.difference(after)), ("A", after.difference(before))):
            for batch in engine.batches(rows.order_by("line")):
                yield from [] if opened else ["TX ."]
                opened = True
                yield from (f"{letter} {line}" for line in batch["line"].to_pylist())
        yield from ["TC ."] if opened else []


def _lines(engine: DuckDbEngine, file: Path) -> ir.Table:
    """Return the statements of a file as lines of N-Quads: `line`."""
    return engine.materialise("lines", pa.RecordBatchReader.from_batches(_LINES, _batches(file)))


def _batches(file: Path) -> Iterator[pa.RecordBatch]:
    with open_lines(file, str(file), ReleaseError) as lines:
        while block := lines.stream.readlines(BATCH_ROWS * 100):
            texts = (line.decode().strip() for line in block)
            yield pa.record_batch([[text for text in texts if text and not text.startswith("#")]], _LINES)
