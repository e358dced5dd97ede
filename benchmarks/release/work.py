"""What is timed, each in a process of its own."""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from benchmarks.release.records import BASE, KINDS, generate
from lod.engine import open_engine
from lod.entities import entity_statements
from lod.formats import Form, Prologue, by_name
from lod.project import Dataset
from lod.quad import TRIPLE
from lod.release.documents import DocumentWriter, Entity, entities
from lod.release.pages import PageWriter
from lod.release.write import Document, write_documents
from lod.statements import in_order
from lod.triples import triples
from lod.vocab import PREFIXES

PROLOGUE = Prologue(BASE, PREFIXES)
_MEMORY = 1_000_000_000  # of tables, in bytes
_AT_ONCE = 500
_DAY = date(2026, 1, 1)
_Made = TypeVar("_Made")


class _Timed:
    """Calls functions, and adds up the seconds that they take: CPU time of all threads, and wall time."""

    def __init__(self) -> None:
        self.cpu = self.wall = 0.0

    def __call__(self, function: Callable[[], _Made]) -> _Made:
        cpu, wall = time.process_time(), time.perf_counter()
        made = function()
        self.cpu += time.process_time() - cpu
        self.wall += time.perf_counter() - wall
        return made


def dump(name: str, claims: int, folder: Path) -> Mapping[str, float]:
    """Write a dump in a form, from term tables; tell its statements, and the seconds that this took."""
    form = Form(by_name(name))
    with open_engine(usual=_MEMORY) as engine:
        tables = generate(engine, claims)
        timed, document = _Timed(), Document(f"lod{form.suffix}", form)
        count = timed(lambda: write_documents(folder, [document], in_order(engine, tables), PROLOGUE))
    return {"statements": count, "cpu": timed.cpu, "wall": timed.wall}


def by_pyoxigraph(name: str, _: int, folder: Path) -> Mapping[str, float]:
    """Let pyoxigraph make the same of the N-Triples."""
    syntax, timed = ox.RdfFormat.from_media_type(by_name(name).media_type), _Timed()
    source, target = folder / "lod.nt", folder / f"pyoxigraph{by_name(name).suffix}"
    said = (quad.triple for quad in ox.parse(path=source, format=ox.RdfFormat.N_TRIPLES))
    timed(lambda: ox.serialize(said, target, syntax, prefixes=PREFIXES, base_iri=BASE))
    return {"cpu": timed.cpu, "wall": timed.wall}


def by_rdflib(name: str, _: int, folder: Path) -> Mapping[str, float]:
    """Let rdflib make the same of the N-Triples."""
    import rdflib

    def make() -> None:
        graph = rdflib.Graph().parse(folder / "lod.nt", format="ntriples")
        for prefix, iri in PREFIXES.items():
            graph.bind(prefix, iri)
        form = {"jsonld": "json-ld", "rdfxml": "xml", "ntriples": "nt"}.get(name, name)
        graph.serialize(folder / f"rdflib{by_name(name).suffix}", format=form, base=BASE, auto_compact=True)

    timed = _Timed()
    timed(make)
    return {"cpu": timed.cpu, "wall": timed.wall}


def documents(_: str, claims: int, folder: Path) -> Mapping[str, float]:
    """Write the documents and pages of all entities; tell how many there are, and the seconds of each step."""
    for kind in KINDS:
        (folder / kind).mkdir()
    dataset = Dataset(BASE, "Claims", "Nobody", "https://creativecommons.org/publicdomain/zero/1.0/", "1", _DAY)
    written, pages = DocumentWriter(folder, PROLOGUE), PageWriter(folder, dataset, KINDS, PROLOGUE)
    finding, writing, drawing, count = _Timed(), _Timed(), _Timed(), 0
    with open_engine(usual=_MEMORY) as engine:
        said = triples(engine, generate(engine, claims)).select(*TRIPLE)
        found = entities(finding(lambda: entity_statements(engine, said, KINDS, BASE, f"{BASE}dataset")), BASE)
        while some := finding(lambda: list(islice(found, _AT_ONCE))):
            count += len(some)
            writing(partial(_each, written.write, some))
            drawing(partial(_each, pages.write, some))
    steps = {"finding": finding, "documents": writing, "pages": drawing}
    return {"entities": count, **{name: timed.cpu for name, timed in steps.items()}}


def _each(write: Callable[[Entity], None], some: Sequence[Entity]) -> None:
    for entity in some:
        write(entity)


WORK = {"dump": dump, "pyoxigraph": by_pyoxigraph, "rdflib": by_rdflib, "documents": documents}
