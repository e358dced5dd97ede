"""The W3C's SHACL test suite: each case gives the report that it expects, as a graph, messages aside.

https://w3c.github.io/data-shapes/data-shapes-test-suite/
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from rdflib import RDF, SH, BNode, Graph, Namespace
from rdflib.compare import isomorphic
from rdflib.term import Node

from lod.validate import validate_files
from lod.validation import as_turtle

SUITE = Path(__file__).resolve().parents[2] / "shared" / "suites" / "shacl-core"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")

SAID = (SH.focusNode, SH.resultPath, SH.resultSeverity, SH.sourceConstraintComponent, SH.sourceShape, SH.value)
pytestmark = [
    pytest.mark.skipif(not SUITE.exists(), reason="the W3C suite is not beside the project"),
    # rdflib logs a literal that is ill-typed, which some cases are about
    pytest.mark.filterwarnings("ignore::UserWarning"),
]


def files() -> Iterator[Path]:
    for manifest in sorted(SUITE.glob("*/manifest.ttl")):
        graph = Graph().parse(manifest, publicID=manifest.as_uri())
        yield from sorted(map(local, graph.objects(None, MF.include)))


def local(iri: Node | None) -> Path:
    return Path(unquote(urlsplit(str(iri)).path))


def report(graph: Graph, node: Node | None) -> Graph:
    """Return what a report says, without its messages and without what a graph says of the shapes."""
    found = Graph()
    for conforms in graph.objects(node, SH.conforms):
        found.add((BNode("report"), SH.conforms, conforms))
    for result in graph.objects(node, SH.result):
        name = BNode()
        found.add((BNode("report"), SH.result, name))
        for said in SAID:
            for value in graph.objects(result, said):
                found.add((name, said, value))
                if said == SH.resultPath:
                    found += path(graph, value)
    return found


def path(graph: Graph, node: Node) -> Graph:
    """Return the statements that make up a path."""
    found = Graph()
    if isinstance(node, BNode):
        for statement in graph.triples((node, None, None)):
            found.add(statement)
            found += path(graph, statement[2])
    return found


def case(file: Path) -> tuple[Graph, Node | None, Path, Path]:
    """Return a case's graph, the report in it that is expected, and the files of its data and shapes."""
    manifest = Graph().parse(file, publicID=file.as_uri())
    [found] = manifest.subjects(RDF.type, SHT.Validate)
    action = manifest.value(found, MF.action)
    data, shapes = (local(manifest.value(action, part)) for part in (SHT.dataGraph, SHT.shapesGraph))
    return manifest, manifest.value(found, MF.result), data, shapes


@pytest.mark.parametrize("file", list(files()), ids=lambda file: file.stem)
def test_a_case_gives_the_report_that_it_expects(file: Path) -> None:
    manifest, expected, data, shapes = case(file)
    found = Graph().parse(data=as_turtle(validate_files([data], [shapes])), format="turtle")
    [ours] = found.subjects(RDF.type, SH.ValidationReport)
    assert isomorphic(report(found, ours), report(manifest, expected))


def test_every_case_is_run() -> None:
    assert len(list(files())) == 54
