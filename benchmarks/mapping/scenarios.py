"""What is timed: commands that do the same job, side by side, and what the project aims at."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.mapping import engines
from benchmarks.processes import Run

TEN, TENTH = "ten", "tenth"  # folders with ten claims, and with a tenth of the claims
_LINES = ("--format", "ntriples")
_LARGE = 1_000_000  # claims from which on start-up weighs little
_MIB = {1_000_000: 1024, 100_000_000: 3072}  # what a run up to so many claims may hold


@dataclass(frozen=True)
class Entry:
    """A command with the file that it writes.

    cpu, wall: the least ratios to the first command that the project aims at; seconds, memory: the most wall seconds
    and MiB; within: the folder that it runs in.
    """

    name: str
    command: list[str]
    output: str
    cpu: float | None = None
    wall: float | None = None
    seconds: float | None = None
    memory: float | None = None
    within: str = "."

    def missed(self, first: Run, own: Run) -> Iterator[str]:
        """Yield the targets that a run missed, `first` being the run of the first command."""
        if self.cpu and own.cpu / first.cpu < self.cpu:
            yield f"CPU target {self.cpu:.2g} missed"
        if self.wall and own.wall / first.wall < self.wall:
            yield f"wall target {self.wall:.2g} missed"
        if self.seconds and own.wall > self.seconds:
            yield f"more than {self.seconds:.2g} s"
        if self.memory and own.memory > self.memory:
            yield f"more than {self.memory:.0f} MiB"


@dataclass(frozen=True)
class Scenario:
    """Commands that do the same job; the first is ours, and where `lines` is set all must write its lines."""

    title: str
    entries: tuple[Entry, ...]
    lines: bool = True
    runs: dict[str, list[Run]] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """The scenarios over the records in a folder, so many claims."""

    folder: Path
    peers: engines.Peers
    rows: int

    def scenarios(self) -> Iterator[Scenario]:
        """Yield what is timed."""
        help_ = Entry("lod --help", engines.lod("--help"), "", seconds=0.3)
        ten = replace(self._ours("lod map, ten claims", "map.ttl", "lod.nt"), seconds=1.5, within=TEN)
        yield Scenario("start-up", (ten, help_), lines=False)
        yield from self._syntaxes()
        plain = self._ours("lod, claims alone", "plain.ttl", "plain.nt")
        loop = Entry("csv loop, no checks", engines.loop("loop.nt"), "loop.nt", self._if_large(1.0))
        limit = engines.limit("plain.nt", "limit.nt")
        least = Entry("read and write alone", limit, "limit.nt", self._if_large(1 / 3))
        yield Scenario("claims alone: how far from the limit", (plain, loop, least))
        joined = self._ours("lod, with a join", "join.ttl", "join.nt")
        yield Scenario("with a join: a claim's source by its title", (joined, *self._peers("join.ttl", 7.0)))
        reviewed = self._ours("lod, with a join", "reviews.ttl", "reviews.nt")
        yield Scenario("a join of two tables of as many rows", (reviewed, replace(plain, cpu=1 / 2)), lines=False)
        ours = self._ours("lod", "map.ttl", "lod.nt")
        tenth = replace(ours, name="lod, a tenth of the claims", cpu=1 / 11, wall=1 / 11, within=TENTH)
        yield Scenario("ten times the claims", (ours, tenth), lines=False)

    def _syntaxes(self) -> Iterator[Scenario]:
        """Yield the whole mapping to each syntax."""
        ours = self._ours("lod", "map.ttl", "lod.nt")
        unsorted = self._ours("lod --unsorted", "map.ttl", "loose.nt", "--unsorted")
        peers = (*self._peers("map.ttl", 7.0, 6.0), *self._maplib())
        entries = (ours, replace(unsorted, cpu=1 / 1.5, wall=1 / 1.5), *peers)
        yield Scenario("events, claims and sources to N-Triples", entries)
        for name, suffix in (("turtle", "ttl"), ("jsonld", "jsonld"), ("parquet", "parquet")):
            entry = self._ours(f"lod, {name}", "map.ttl", f"lod.{suffix}", "--format", name)
            yield Scenario(f"to {name}", (entry, *self._peers("map.ttl", 5.0, 5.0)), lines=False)

    def _ours(self, name: str, mapping: str, output: str, *options: str) -> Entry:
        command = engines.lod("map", mapping, "-o", output, *_LINES, *options)
        memory = next((most for rows, most in _MIB.items() if self.rows <= rows), None)
        return Entry(name, command, output, memory=memory)

    def _if_large(self, target: float | None) -> float | None:
        return target if self.rows >= _LARGE else None

    def _peers(self, mapping: str, cpu: float, wall: float | None = None) -> Iterator[Entry]:
        """Yield the peers that read RML; the project's aims are ratios to Morph-KGC."""
        if self.peers.morph_kgc:
            command = engines.morph_kgc(self.peers.morph_kgc, mapping, "morph.nt", self.folder)
            yield Entry("Morph-KGC", command, "morph.nt", self._if_large(cpu) or 2.5, self._if_large(wall))
        if self.peers.sdm_rdfizer:
            command = engines.sdm_rdfizer(self.peers.sdm_rdfizer, mapping, "sdm.nt", self.folder)
            yield Entry("SDM-RDFizer", command, "sdm.nt")

    def _maplib(self) -> Iterator[Entry]:
        if self.peers.maplib:
            yield Entry("maplib", engines.maplib(self.peers.maplib, "maplib.nt"), "maplib.nt")
