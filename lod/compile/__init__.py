"""Compile: rules and tables of records become term tables, materialised once in the engine."""

from pathlib import Path

from lod.compile.graph import Graph, complete, reject, unlink
from lod.compile.join import Parent
from lod.compile.lower import lower
from lod.compile.records import read_all
from lod.compile.triples_map import TriplesMapCompiler
from lod.engine import Engine
from lod.mapping.model import Join, Mapping
from lod.outcome import told_once

__all__ = ["Graph", "compile_mapping", "reject", "unlink"]


def compile_mapping(engine: Engine, root: Path, mapping: Mapping, *, strict: bool) -> Graph:
    """Compile every triples map over its logical source (relative to `root`) and take out the records that are wrong.

    strict: whether a record is rejected for a join key that matches nothing, or for giving no triple because its
    subject is null. A release needs that; RML says that neither makes a triple. Raises MappingError or InputError.
    """
    lowered = lower(mapping)
    records = read_all(engine, root, lowered)

    def parent(join: Join) -> Parent:
        triples_map = lowered.mapping.parent(join)
        return Parent(triples_map, records[triples_map.source])

    compiled = [
        TriplesMapCompiler(engine, triples_map, records[triples_map.source], parent, strict).compile()
        for triples_map in lowered.mapping.triples_maps
    ]
    tables = tuple(table for each in compiled for table in each.tables)
    graph = Graph(
        tables=tables,
        described=tables,
        inputs=tuple(each.input for each in records.values()),
        rejections=(),
        subjectless=tuple(item for each in compiled for item in each.subjectless),
    )
    found = [item for each in records.values() for item in each.rejections]
    found += [item for each in compiled for item in each.rejections]
    graph = reject(engine, graph, told_once(found))
    return complete(engine, graph) if strict else graph
