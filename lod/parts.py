"""A document in parts: each task of a cluster sorts and writes one, in a folder that appears whole or not at all.

The machines of the cluster and this one share the file system that the folder is on. The parts in the order of their
names, one after the other, are the document: syntaxes of lines alone can be cut so.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from lod.engine import Cluster
from lod.formats import Form, Prologue, compressed, open_sink
from lod.quad import TRIPLE
from lod.term_table import TermTable
from lod.triples import triples
from lod.whole import whole_folder

SUCCESS = "_SUCCESS"
_KEY, _NEXT_KEY = "subject_key", "predicate_key"
_ORDER = (_KEY, _NEXT_KEY, "kind", "object", "datatype", "language", "graph")


def write_parts(cluster: Cluster, tables: Sequence[TermTable], form: Form, folder: Path) -> int:
    """Write the statements of term tables, sorted over all parts and none twice; return how many.

    The folder holds part-00000.nq and so on, and `_SUCCESS`, as Hadoop's tools expect. Raises ReleaseError where it
    cannot be written, or is there and not empty.
    """
    view = triples(cluster, tables).select(*TRIPLE)
    keyed = view.mutate(**{_KEY: _line_start(view.subject), _NEXT_KEY: view.predicate + ">"})

    with whole_folder(folder) as staging:
        answers = cluster.parts(keyed, _ORDER, partial(_write_part, form, staging))
        count = sum(_named(staging, form, number, answer) for number, answer in enumerate(answers))
        for leftover in set(staging.iterdir()) - set(staging.glob("part-*")):
            leftover.unlink()
        (staging / SUCCESS).touch()
    return count


def _line_start(subject: ir.StringValue) -> ir.StringValue:
    """Return what sorts as the start of an N-Quads line: `<a/b>` before `<a>`, and a blank node after every IRI."""
    return ibis.ifelse(subject.startswith("_:"), ibis.literal("~") + subject, subject + ">")


def _write_part(form: Form, staging: Path, batches: Iterator[pa.RecordBatch]) -> str:
    """Write a part under a name of its own, as a task may run twice; answer how many statements, and the name."""
    sink, count = open_sink(form.format), 0
    with NamedTemporaryFile(dir=staging, delete=False) as stream:
        with compressed(stream, form.compressed) as written:  # type: ignore[arg-type]  # it is a binary stream
            sink.start(written, Prologue())
            for batch in batches:
                sink.take(batch.select(TRIPLE))
                count += len(batch)
            sink.finish()
        Path(stream.name).chmod(0o644)
    return f"{count} {Path(stream.name).name}"


def _named(staging: Path, form: Form, number: int, answer: str) -> int:
    count, _, name = answer.partition(" ")
    (staging / name).rename(staging / f"part-{number:05}{form.suffix}")
    return int(count)
