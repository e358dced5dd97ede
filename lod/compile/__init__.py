"""Compile: rules and tables of records become term tables, kept in the engine or computed as they are read."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from lod.compile.gather import gathered
from lod.compile.graph import Graph, complete, reject, unlink
from lod.compile.join import Parent
from lod.compile.lower import lower
from lod.compile.merge import merged
from lod.compile.policy import Policy
from lod.compile.records import read_all
from lod.compile.silent import silent_records
from lod.compile.triples_map import TriplesMapCompiler
from lod.engine import Engine
from lod.functions import bind
from lod.mapping.model import Join, Mapping, sources
from lod.outcome import told_once
from lod.project import Project

__all__ = ["Graph", "Policy", "compile_mapping", "compile_project", "reject", "unlink"]


def compile_mapping(
    engine: Engine,
    root: Path,
    mapping: Mapping,
    policy: Policy,
    functions: Path | None = None,
    hosts: Collection[str] = (),
) -> Graph:
    """Compile every triples map over its logical source (relative to `root`) and take out the records that are wrong.

    functions: the Python file of the project's own; hosts: those that a source may be fetched from. Raises MappingError
    or InputError.
    """
    lowered = lower(bind(mapping, root, functions))
    records = read_all(engine, root, lowered, hosts)

    def parent(join: Join) -> Parent:
        triples_map = lowered.mapping.parent(join)
        return Parent(triples_map, records[triples_map.source])

    collected = [gathered(engine, each, records[each.source], parent) for each in lowered.mapping.triples_maps]
    readings = [(triples_map, each.records) for each in collected for triples_map in each.triples_maps]
    compiled = [
        TriplesMapCompiler(engine, triples_map, rows, parent, policy).compile() for triples_map, rows in readings
    ]
    collections = merged(engine, [item for each in collected for item in each.collections])
    tables = tuple(table for each in compiled for table in each.tables)
    tables += tuple(table for each in collections for table in each.tables(engine))
    inputs = tuple(each.input for each in records.values())
    graph = Graph(
        tables=tables,
        described=tables,
        inputs=inputs,
        rejections=(),
        subjectless=tuple(item for each in compiled for item in each.subjectless),
        silent=silent_records(engine, inputs, readings, parent),
    )
    needed = frozenset(source for each in compiled for source in each.reads)
    for each in (each for source, each in records.items() if needed.isdisjoint(sources(source))):
        engine.drop(each.table)
        for opened in (each.input, *each.input.parts):
            engine.drop(opened.table)
    found = [item for each in records.values() for item in each.input.rejections]
    complaints = [item for each in records.values() for item in each.complaints]
    found += [replace(item, statement=True) for item in complaints] if policy.spare else complaints
    found += [item for each in compiled for item in each.rejections]
    found += [item for each in collected for item in each.rejections]
    graph = reject(engine, graph, told_once(found))
    return complete(engine, graph) if policy.strict else graph


def compile_project(engine: Engine, project: Project, mapping: Mapping) -> Graph:
    """Compile a project's own mapping as its lod.toml says; raise MappingError, InputError or ProjectError."""
    policy = Policy(strict=True, spare=project.on_error == "term")
    return compile_mapping(engine, project.root, mapping, policy, project.function_file(), project.allow_hosts)
