"""The whole pipeline on one page: records -> term tables -> shapes -> release."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from os.path import relpath
from pathlib import Path
from typing import Any

import ibis.expr.types as ir

from lod.compile import Graph, Policy, compile_mapping, reject, unlink
from lod.engine import Engine, open_engine
from lod.entities import entity_statements
from lod.errors import Position, ProjectError, Refused, did_you_mean
from lod.formats import Prologue
from lod.functions import bind, files_read
from lod.mapping import read_mappings
from lod.mapping.model import LogicalSource, Mapping
from lod.outcome import Account, Rejection, shorten
from lod.project import Project
from lod.quad import TRIPLE, quads_table
from lod.release import Used, check_target, publish, run_quads, staged, write_release
from lod.release.documents import DocumentWriter, entities
from lod.release.manifest import sha256, write_manifest
from lod.release.pages import PageWriter
from lod.release.pages.view import Site
from lod.statements import in_order
from lod.terms import RDF_TYPE
from lod.triples import members, triples
from lod.validation import Report, Result, Shapes, locate, read_shapes, validate
from lod.vocab import PREFIXES, PROV
from lod.vocabulary import lint, read_index

Observer = Callable[[str], None]


@dataclass(frozen=True)
class Outcome:
    """What a build or check found.

    release: the folder that was published, None where nothing was; fresh: whether it was not there before, the same;
    notes: what deserves a look though nothing is wrong, such as a column that no mapping reads; sources: how each CSV
    file was read, by its name in the report.
    """

    report: Report
    rejections: tuple[Rejection, ...]
    accounts: tuple[Account, ...]
    statements: int
    notes: tuple[str, ...]
    sources: dict[str, LogicalSource]
    release: Path | None = None
    fresh: bool = False

    @property
    def findings(self) -> bool:
        """Whether there is anything to mend: a result, or a rejected record."""
        return bool(self.report.results or self.rejections)


def build(
    project: Project, output: Path | None = None, observe: Observer = lambda _: None, *, replace_version: bool = False
) -> Outcome:
    """Build a project and publish the release as a folder, named by its version, in `output` (default: the project's).

    A version that is there already, and differs, is an error, unless it is to be replaced. Raises Refused where a
    violation holds the release back (its `outcome` tells all), and ProjectError, MappingError, InputError, ShapeError
    or ReleaseError where nothing could be done.
    """
    place, version = output or project.root / project.output, project.dataset.version
    check_target(place, version)
    with _prepared(project, observe) as prepared:
        outcome = prepared.outcome()
        _gate(outcome)
        observe("publishing")
        with staged(place) as folder:
            count = prepared.write(folder)
            write_manifest(folder, project.dataset, count, outcome.accounts)
            fresh = publish(folder, version, replace=replace_version)
        return replace(outcome, release=place / version, fresh=fresh, statements=count)


def check(project: Project, observe: Observer = lambda _: None, *, vocabulary: bool = False) -> Outcome:
    """Do all that `build` does but publish: what it would refuse raises Refused, and nothing is written.

    vocabulary: whether the terms of schema.org, PROV-O and DCAT are checked too, and told in the report.
    """
    check_target(project.root / project.output, project.dataset.version)
    with _prepared(project, observe) as prepared:
        outcome = prepared.outcome()
        if vocabulary:
            outcome = replace(outcome, report=prepared.with_lint())
        _gate(outcome)
        return outcome


class GateRefused(Refused):
    """A violation refused the release."""

    def __init__(self, outcome: Outcome) -> None:
        count = len(outcome.report.violations)
        hint = 'Mend the records, or let lod.toml say on_violation = "reject" to publish the rest.'
        super().__init__(f"{count} violation{'s' if count != 1 else ''}: nothing is published", hint=hint)
        self.outcome = outcome


def _gate(outcome: Outcome) -> None:
    if outcome.report.violations:
        raise GateRefused(outcome)


@dataclass(frozen=True)
class _Prepared:
    engine: Engine
    project: Project
    mapping: Mapping
    graph: Graph
    report: Report

    def outcome(self) -> Outcome:
        accounts = self.graph.accounts(self.engine)
        notes, sources = tuple(_notes(self.mapping, self.graph)), _csv_sources(self.mapping, self.graph)
        return Outcome(self.report, self.graph.rejections, accounts, 0, notes, sources)

    def with_lint(self) -> Report:
        """Return the report with what is to be said of the vocabularies' terms."""
        found = replace(self.report, results=tuple(lint(self.engine, self.graph.tables, read_index())))
        located = locate(self.engine, self.graph.tables, found)
        return replace(self.report, results=(*self.report.results, *located.results))

    def write(self, folder: Path) -> int:
        view = triples(self.engine, self.graph.tables)
        entities = [row["subject"] for row in self.engine.rows(members(view, PROV + "Entity", RDF_TYPE))]
        described = run_quads(self.project.dataset, _used(self.project, self.mapping, self.graph), sorted(entities))
        run = quads_table(described)
        graphs = [row["graph"] for row in self.engine.rows(view.select("graph").distinct())]
        graphs += [name for name in run["graph"].unique().to_pylist() if name not in graphs]
        prologue = _prologue(self.project, self.mapping)
        batches = in_order(self.engine, self.graph.tables, run)
        count = write_release(folder, batches, graphs, prologue, self.report, self.graph.rejections)
        self._write_documents(folder, view.select(*TRIPLE).union(self.engine.materialise("run", run)), prologue)
        return count

    def _write_documents(self, folder: Path, statements: ir.Table, prologue: Prologue) -> None:
        base, kinds = prologue.base, self.project.entities
        files = sorted(path for path in folder.iterdir() if path.is_file())
        writer, pages = DocumentWriter(folder, prologue), PageWriter(folder, _site(self.project), prologue)
        for entity in entities(entity_statements(self.engine, statements, kinds, base, f"{base}dataset"), base):
            writer.write(entity)
            pages.write(entity)
        pages.finish(files)


@contextmanager
def _prepared(project: Project, observe: Observer) -> Iterator[_Prepared]:
    mapping = read_mappings(project.mapping_files(), project.dataset.base)
    shapes = read_shapes(project.shape_files())
    _prologue(project, mapping)
    with open_engine() as engine:
        observe("mapping")
        policy = Policy(strict=True, spare=project.on_error == "term")
        functions, hosts = project.function_file(), project.allow_hosts
        graph = compile_mapping(engine, project.root, mapping, policy, functions, hosts)
        observe("validating")
        graph, report = _validated(engine, project, graph, shapes)
        yield _Prepared(engine, project, mapping, graph, report)


def _validated(engine: Engine, project: Project, graph: Graph, shapes: Shapes) -> tuple[Graph, Report]:
    """Validate; where the project says so, take out the records that break a shape until none does."""
    if project.on_violation == "refuse":
        return graph, _report(engine, graph, shapes)
    while True:
        graph = unlink(engine, graph)
        report = _report(engine, graph, shapes)
        rejections = [item for result in report.violations for item in _rejections(result)]
        if not rejections:
            return graph, report
        graph = reject(engine, graph, rejections)


def _report(engine: Engine, graph: Graph, shapes: Shapes) -> Report:
    return locate(engine, graph.tables, validate(engine, graph.tables, shapes))


def _rejections(result: Result) -> Iterator[Rejection]:
    for record in result.records:
        value = shorten(result.value.value) if result.value else ""
        yield Rejection(record.file, record.row or 0, "", value, result.message)


def _notes(mapping: Mapping, graph: Graph) -> Iterator[str]:
    """Yield the inputs' notes, and one per column that no mapping reads: each value is mapped, ignored, or reported."""
    yield from sorted({str(note) for item in graph.inputs for note in item.notes})
    files = {item.file: set(item.unread) for item in graph.inputs}
    for item in graph.inputs:
        files[item.file] &= set(item.unread)
    for file, columns in sorted(files.items()):
        known = [name for source in mapping.inputs() if source.access == file for name in source.optional]
        for column in sorted(columns):
            hint = did_you_mean(column, known) if column not in known else None
            yield f"{file}: no mapping reads the column {column!r}.{f' {hint}' if hint else ''}"


def _csv_sources(mapping: Mapping, graph: Graph) -> dict[str, LogicalSource]:
    sources = {source.access: source for source in mapping.inputs() if source.formulation == "csv"}
    inputs = (item for item in graph.inputs if item.file in sources)
    return {part.file: sources[item.file] for item in inputs for part in item.files}


def _used(project: Project, mapping: Mapping, graph: Graph) -> Iterator[Used]:
    functions = project.function_file()
    inputs = {part.file: part.origin for item in graph.inputs for part in item.files}
    read = files_read(bind(mapping, project.root, functions))
    for name, path in sorted((inputs | {relpath(path, project.root): path for path in read}).items()):
        yield Used("input", name, sha256(path) if path else None)
    if functions:
        yield Used("functions", str(project.functions), sha256(functions))
    for role, files in (("mapping", project.mapping_files()), ("shapes", project.shape_files())):
        for path, name in files:
            yield Used(role, name, sha256(path))


def _site(project: Project) -> Site:
    dataset = project.dataset
    return Site(
        dataset.base,
        dataset.title,
        dataset.description,
        dataset.language,
        dataset.version,
        dataset.license,
        dataset.publisher,
        project.entities,
    )


def _prologue(project: Project, mapping: Mapping) -> Prologue:
    return Prologue(project.dataset.base, PREFIXES | dict(mapping.prefixes), _context(project))


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
