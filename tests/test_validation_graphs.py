"""What spares pySHACL its slow ways changes no result: reports are the same as pySHACL's own on plain graphs."""

from pathlib import Path

import pyshacl
from rdflib import SH, Graph

from lod.validation import read_shapes
from lod.validation.by_pyshacl import data_graph
from lod.validation.graphs import DataGraph, ShapesGraph

ROOT = Path(__file__).resolve().parents[1]
FAULTY = """
@base <https://example.org/> .
@prefix csvw: <http://www.w3.org/ns/csvw#> .
@prefix ns: <https://w3id.org/lod/ns#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <http://schema.org/> .

<event/1> a schema:Event ; schema:name "no language" ; ns:killed 3 ; schema:superEvent <event/1> .
<claim/1> a schema:Claim ; schema:text "x"@en ; schema:about <event/1>, <event/2> ; ns:states <value/1> .
<claim/1> schema:isPartOf <claim/1> .
<value/1> a schema:Observation ; schema:about <event/1> ; schema:value 9 ; schema:minValue 5 ; schema:maxValue 2 .
<source/1> a ns:Source, schema:Newspapers ; prov:wasDerivedFrom <source/2> ; ns:edtf "1992" ; ns:latest "1992-12-31" .
<source/2> a ns:Source, schema:Book ; ns:earliest "1993-01-01" ; prov:wasDerivedFrom <source/1> ; schema:url "not one" .
<agent/1> a prov:Agent ; rdfs:label "a"@en, "b"@en .
<row/1> a csvw:Row ; csvw:describes <claim/1> ; csvw:rownum 1, 2 .
"""


def report(data: Graph, shapes: Graph) -> list[tuple[str, ...]]:
    _, found, _ = pyshacl.validate(data.parse(data=FAULTY, format="turtle"), shacl_graph=shapes, inference="none")
    parts = (SH.focusNode, SH.resultSeverity, SH.sourceShape, SH.sourceConstraintComponent, SH.value, SH.resultMessage)
    return sorted(tuple(str(found.value(node, part)) for part in parts) for node in found.objects(None, SH.result))


def test_the_report_is_the_one_that_pyshacl_gives_on_plain_graphs() -> None:
    shapes = data_graph(read_shapes([(path, path.name) for path in sorted((ROOT / "shapes").glob("*.ttl"))]).quads)
    plain, spared = report(Graph(), shapes), report(DataGraph(), ShapesGraph(shapes))
    assert len(plain) > 30
    assert spared == plain


def test_targets_stay_where_a_node_shape_does_more_than_aim() -> None:
    shapes = Graph().parse(
        data="""
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix : <urn:shapes:> .
        :Plain a sh:NodeShape ; sh:targetClass :C ; sh:property :plain .
        :Closed a sh:NodeShape ; sh:targetClass :C ; sh:closed true ; sh:property :closed .
        :Off a sh:NodeShape ; sh:targetClass :C ; sh:deactivated true ; sh:property :off .
        :Class a sh:NodeShape, rdfs:Class ; sh:targetClass :C ; sh:property :class .
        :Part a sh:NodeShape ; sh:targetClass :C ; sh:property :part .
        :Whole a sh:NodeShape ; sh:targetClass :D ; sh:node :Part .
        :Untargeted a sh:NodeShape ; sh:property :untargeted .
        """,
        format="turtle",
    )
    moved = {str(shape).rpartition(":")[2] for shape in ShapesGraph(shapes).subjects(SH.targetClass)}
    assert moved == {"Plain", "Closed", "Off", "Class", "Part", "Whole", "plain"}
