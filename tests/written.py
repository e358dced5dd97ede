"""Documents written by our sinks, for parsers to read again."""

from collections.abc import Iterable
from io import BytesIO
from itertools import pairwise

from lod.engine import Engine
from lod.formats import Format, Prologue, open_sink
from lod.quad import Quad, quads_table
from lod.statements import in_order


def write(
    engine: Engine, quads: Iterable[Quad], format_: Format, prologue: Prologue, graph: str = "", rows: int = 3
) -> bytes:
    """Write statements, sorted and each once, in batches of so many subjects."""
    stream, sink = BytesIO(), open_sink(format_, graph)
    sink.start(stream, prologue)
    for batch in in_order(engine, [], quads_table(quads)):
        subjects = [batch["subject"][place].as_py() for place in range(len(batch))]
        starts = [place for place, name in enumerate(subjects) if place == 0 or subjects[place - 1] != name]
        cuts = [*starts[::rows], len(batch)]
        for start, end in pairwise(cuts):
            sink.take(batch.slice(start, end - start))
    sink.finish()
    return stream.getvalue()
