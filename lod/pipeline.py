"""The whole pipeline on one page: records -> term tables -> shapes -> release."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from lod.anchors import NOT_FOUND
from lod.compile import Graph, compile_project, reject, unlink
from lod.difference import FEED, Vanished, altered, diff_releases, feed, vanished
from lod.engine import Engine, open_engine
from lod.errors import Refused, did_you_mean
from lod.mapping import read_mappings
from lod.mapping.model import LogicalSource, Mapping
from lod.outcome import Account, Rejection, shorten
from lod.project import Project
from lod.publish import Publication, prologue_of
from lod.quad import TRIPLE
from lod.release import LATEST, check_target, publish, staged
from lod.release.manifest import write_manifest
from lod.release.minisign import SecretKey
from lod.release.sign import write_signature
from lod.triples import triples
from lod.validation import Report, Result, Shapes, locate, read_shapes, validate, with_loops
from lod.vocabulary import lint, read_index

Observer = Callable[[str], None]


@dataclass(frozen=True)
class Outcome:
    """What a build or check found.

    release: the folder that was published, None where nothing was; fresh: whether it was not there before, the same;
    notes: what deserves a look though nothing is wrong, such as a column that no mapping reads; vanished: claims of the
    last release that are gone without a word; sources: how each CSV file was read, by its name in the report.
    """

    report: Report
    rejections: tuple[Rejection, ...]
    accounts: tuple[Account, ...]
    statements: int
    notes: tuple[str, ...]
    vanished: tuple[Vanished, ...]
    sources: dict[str, LogicalSource]
    release: Path | None = None
    fresh: bool = False

    @property
    def findings(self) -> bool:
        """Whether there is anything to mend: a result, a rejected record, or a claim that vanished."""
        return bool(self.report.results or self.rejections or self.vanished)


def build(
    project: Project,
    output: Path | None = None,
    observe: Observer = lambda _: None,
    *,
    replace_version: bool = False,
    sign: SecretKey | None = None,
) -> Outcome:
    """Build a project and publish the release as a folder, named by its version, in `output` (default: the project's).

    A version that is there already, and differs, is an error, unless it is to be replaced. sign: the key that the
    release is signed by (`release.minisign.read_secret_key` reads it). Raises Refused where a violation or a vanished
    claim holds the release back (its `outcome` tells all), and ProjectError, MappingError, InputError, ShapeError or
    ReleaseError where nothing could be done.
    """
    place, version = output or project.root / project.output, project.dataset.version
    check_target(place, version)
    with _prepared(project, observe) as publication:
        outcome = _accepted(publication, place, observe)
        observe("publishing")
        with staged(place) as folder:
            contents = publication.write(folder)
            _write_feed(folder, project)
            write_manifest(folder, project.dataset, contents, outcome.accounts)
            if sign:
                write_signature(folder, project.dataset, sign)
            fresh = publish(folder, version, replace=replace_version)
        return replace(outcome, release=place / version, fresh=fresh, statements=contents.statements)


def _write_feed(folder: Path, project: Project) -> None:
    before = project.previous_release()
    difference = diff_releases(before, folder) if before else None
    (folder / FEED).write_text(feed(project.dataset, difference), encoding="utf-8")


def check(project: Project, observe: Observer = lambda _: None, *, vocabulary: bool = False) -> Outcome:
    """Do all that `build` does but publish: what it would refuse raises Refused, and nothing is written.

    vocabulary: whether the terms of schema.org, PROV-O, DCAT and ns: are checked too, and told in the report.
    """
    place = project.root / project.output
    check_target(place, project.dataset.version)
    with _prepared(project, observe) as publication:
        return _accepted(_with_lint(publication) if vocabulary else publication, place, observe)


class GateRefused(Refused):
    """Violations, or claims that vanished, refused the release: so many of them."""

    def __init__(self, outcome: Outcome, count: int, word: str, hint: str) -> None:
        super().__init__(f"{count} {word}{'s' if count != 1 else ''}: nothing is published", hint=hint)
        self.outcome = outcome


def _accepted(publication: Publication, place: Path, observe: Observer) -> Outcome:
    """Return the outcome where nothing refuses the release, with a note on quotes that are not found."""
    outcome = _outcome(publication, place)
    _gate(outcome, publication.project)
    observe("looking up quotes")
    missing = publication.anchors.filter(publication.anchors.anchoring == NOT_FOUND)
    count = publication.engine.rows(missing.aggregate(count=missing.count()))[0]["count"]
    plural = "s are" if count > 1 else " is"
    told = f"{count} quote{plural} not found in the stored text of the source: `lod anchors` names what is missing"
    return replace(outcome, notes=(*outcome.notes, told)) if count else outcome


def _gate(outcome: Outcome, project: Project) -> None:
    violations, gone = len(outcome.report.violations), len(outcome.vanished)
    if violations:
        hint = 'Mend the records, or let lod.toml say on_violation = "reject" to publish the rest.'
        raise GateRefused(outcome, violations, "violation", hint)
    if gone and project.on_vanished == "refuse":
        hint = "Bring the records back, and fill withdrawn_at, withdrawn_by and withdrawn_why in them."
        raise GateRefused(outcome, gone, "vanished claim", hint)


def _outcome(publication: Publication, place: Path) -> Outcome:
    graph, mapping = publication.graph, publication.mapping
    recorded = triples(publication.engine, graph.tables).select(*TRIPLE)
    gone = vanished(publication.engine, place / LATEST, recorded)
    project = publication.project
    other = altered(publication.engine, place / LATEST, recorded, project.dataset.base, project.entities)
    accounts = graph.accounts(publication.engine)
    notes, sources = (*_notes(mapping, graph), *map(str, other)), _csv_sources(mapping, graph)
    return Outcome(publication.report, graph.rejections, accounts, 0, notes, gone, sources)


def _with_lint(publication: Publication) -> Publication:
    """Add to the report what is to be said of the vocabularies' terms."""
    engine, tables, report = publication.engine, publication.graph.tables, publication.report
    found = replace(report, results=tuple(lint(engine, tables, read_index())))
    located = locate(engine, tables, found)
    return replace(publication, report=replace(report, results=(*report.results, *located.results)))


@contextmanager
def _prepared(project: Project, observe: Observer) -> Iterator[Publication]:
    mapping = read_mappings(project.mapping_files(), project.dataset.base)
    shapes = read_shapes(project.shape_files())
    prologue_of(project, mapping)
    project.previous_release()
    with open_engine() as engine:
        observe("mapping")
        graph = compile_project(engine, project, mapping)
        observe("validating")
        graph, report = _validated(engine, project, graph, shapes)
        yield Publication(engine, project, mapping, graph, report)


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
    return with_loops(locate(engine, graph.tables, validate(engine, graph.tables, shapes)))


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
