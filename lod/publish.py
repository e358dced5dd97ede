"""Publishing: what a release's folder is filled with, from the term tables that were held to the shapes."""

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from os.path import relpath
from pathlib import Path
from typing import Any

import ibis.expr.types as ir

from lod.anchors import anchor_tables, anchors
from lod.compile import Graph
from lod.engine import DuckDbEngine
from lod.entities import entity_statements
from lod.errors import Position, ProjectError
from lod.formats import JSONLD, TURTLE, Form, Prologue
from lod.functions import bind, files_read
from lod.lineage import alike, lineage, lineage_tables
from lod.mapping.model import Mapping
from lod.nanopubs import write_nanopubs
from lod.project import Project
from lod.quad import TRIPLE, quads_table
from lod.release import Used, run_quads, write_release
from lod.release.check import check_documents
from lod.release.description import (
    CITATION,
    DESCRIPTION_PREFIXES,
    File,
    citation,
    description_quads,
    search_document,
)
from lod.release.documents import DocumentWriter, entities
from lod.release.manifest import Contents, sha256
from lod.release.pages import WORDS, PageWriter
from lod.release.pages.columns import columns
from lod.release.pages.terms import Term, terms
from lod.release.site import write_site
from lod.release.write import DATASET_FILE, DESCRIPTION, Document, write_documents
from lod.statements import in_order
from lod.statistics import statistics
from lod.term_table import TermTable
from lod.terms import RDF_TYPE, Kind
from lod.triples import members, triples
from lod.validation import Report
from lod.vocab import NS, OA, PREFIXES, PROV


@dataclass(frozen=True)
class Publication:
    """What a release is made from: a project, what its mapping made, and what validation found."""

    engine: DuckDbEngine
    project: Project
    mapping: Mapping
    graph: Graph
    report: Report

    def write(self, folder: Path) -> Contents:
        """Fill an empty folder with the release, but for its manifest; return what that says of the statements.

        Raises ReleaseError where what was written does not read as what was to be written.
        """
        recorded = triples(self.engine, self.graph.tables).select(*TRIPLE)
        members_ = [row["subject"] for row in self.engine.rows(members(recorded, PROV + "Entity", RDF_TYPE))]
        tables = (*self.graph.tables, *self._computed(recorded))
        view = triples(self.engine, tables)
        run = quads_table(run_quads(self.project.dataset, self._used(), sorted(members_)))
        graphs = [row["graph"] for row in self.engine.rows(view.select("graph").distinct())]
        graphs += [name for name in run["graph"].unique().to_pylist() if name not in graphs]
        prologue = prologue_of(self.project, self.mapping)
        pieces = in_order(self.engine, tables, run)
        dump = self.project.dump
        written = write_release(folder, pieces, graphs, prologue, dump, self.report, self.graph.rejections)
        check_documents(folder, written, prologue)
        self._copy(folder)
        if self.project.nanopubs:
            write_nanopubs(self.engine, recorded, self.project.dataset, prologue, folder)
        statements = view.select(*TRIPLE).union(self.engine.materialise("run", run))
        described = self._describe(folder, written.documents, statements)
        self._write_entities(folder, statements, prologue, described)
        write_site(folder, prologue.base, self.project.entities)
        return Contents(written.count, None if self._has_blank_nodes(view) else sha256(folder / DATASET_FILE))

    @cached_property
    def anchors(self) -> ir.Table:
        """The quotes, looked up in the stored texts (see `lod.anchors.anchors`)."""
        return anchors(self.engine, triples(self.engine, self.graph.tables), self.project.root)

    def _computed(self, recorded: ir.Table) -> Iterator[TermTable]:
        base = self.project.dataset.base
        texts = alike(self.engine, triples(self.engine, self.graph.tables), self.project.root)
        yield from lineage_tables(self.engine, lineage(self.engine, recorded, texts), base)
        yield from anchor_tables(self.engine, self.anchors, base)

    def _has_blank_nodes(self, view: ir.Table) -> bool:
        """Tell whether labels are to be found anew: without blank nodes, sorted N-Quads are canonical as they stand."""
        blank = view.subject.startswith("_:") | (view.kind == int(Kind.BLANK)) | view.graph.startswith("_:")
        return self.engine.flags(view, [blank]) == [True]

    def _describe(self, folder: Path, dump: Sequence[Document], statements: ir.Table) -> dict[str, Any]:
        """Write what the release says of itself; return it as search engines want it."""
        dataset = self.project.dataset
        paths = [(folder / each.name, each.form) for each in dump]
        files = [File(path.name, form, path.stat().st_size, sha256(path)) for path, form in paths]
        counts = statistics(self.engine, statements, dataset.base)
        said = quads_table(sorted(set(description_quads(dataset, counts, files))))
        written = [Document(f"{DESCRIPTION}{each.suffix}", Form(each)) for each in (TURTLE, JSONLD)]
        prologue = Prologue(dataset.base, DESCRIPTION_PREFIXES)
        write_documents(folder, written, in_order(self.engine, (), said), prologue)
        (folder / ".well-known").mkdir()
        shutil.copyfile(folder / written[0].name, folder / ".well-known/void")
        (folder / CITATION).write_text(citation(dataset), encoding="utf-8")
        return search_document(dataset, counts, files)

    def _copy(self, folder: Path) -> None:
        """Put in what the release was checked by, and can be asked with."""
        for role, files in (("shapes", self.project.shape_files()), ("queries", self.project.query_files())):
            for path, name in files:
                target = folder / role / Path(name).name
                target.parent.mkdir(exist_ok=True)
                shutil.copyfile(path, target)
        if self.project.vocabulary:
            shutil.copyfile(self.project.root / self.project.vocabulary, folder / f"{WORDS}{TURTLE.suffix}")

    def _write_entities(
        self, folder: Path, statements: ir.Table, prologue: Prologue, described: dict[str, Any]
    ) -> None:
        dataset, kinds = self.project.dataset, self.project.entities
        files = sorted(path for path in folder.iterdir() if path.is_file())
        documents, pages = DocumentWriter(folder, prologue), PageWriter(folder, dataset, kinds, prologue)
        found = entity_statements(self.engine, statements, kinds, prologue.base, f"{prologue.base}dataset")
        for entity in entities(found, prologue.base):
            documents.write(entity)
            pages.write(entity)
        pages.write_words(self._terms(), columns(self.mapping))
        pages.finish(files, described)

    def _terms(self) -> dict[str, list[Term]]:
        name = self.project.vocabulary
        return terms(self.project.root / name, name) if name else {}

    def _used(self) -> Iterator[Used]:
        root, functions = self.project.root, self.project.function_file()
        inputs = {part.file: part.origin for item in self.graph.inputs for part in item.files}
        read = files_read(bind(self.mapping, root, functions))
        for name, path in sorted((inputs | {relpath(path, root): path for path in read}).items()):
            yield Used("input", name, sha256(path) if path else None)
        if functions:
            yield Used("functions", str(self.project.functions), sha256(functions))
        if previous := self.project.previous_release():
            yield Used("previous", str(self.project.previous), sha256(previous / DATASET_FILE))
        if vocabulary := self.project.vocabulary:
            yield Used("vocabulary", vocabulary, sha256(root / vocabulary))
        for role, files in (("mapping", self.project.mapping_files()), ("shapes", self.project.shape_files())):
            for path, name in files:
                yield Used(role, name, sha256(path))


def prologue_of(project: Project, mapping: Mapping) -> Prologue:
    """Return what the documents of a project begin with; raise ProjectError where its context cannot be read."""
    prefixes = PREFIXES | {"ns": NS, "oa": OA} | dict(mapping.prefixes)
    return Prologue(project.dataset.base, prefixes, _context(project))


def _context(project: Project) -> dict[str, Any]:
    if project.context is None:
        return {}
    try:
        document = json.loads((project.root / project.context).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ProjectError(f"the context cannot be read: {error}", at=Position(project.context)) from error
    context = document.get("@context") if isinstance(document, dict) else None
    if not isinstance(context, dict):
        raise ProjectError("a context file is a JSON object with one member, @context", at=Position(project.context))
    return context
