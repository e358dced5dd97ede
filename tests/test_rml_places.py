"""Where nodes and properties stand in Turtle: hand-counted places, and documents that say the same with marks."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from rml_documents import DOCUMENTS

from lod import MappingError
from lod.formats.places import Place, placed_quads
from lod.mapping.rml import read_rml
from lod.mapping.rml.graph import RmlGraph
from lod.quad import Quad

PREFIX = "@prefix rml: <http://w3id.org/rml/> .\n"

PLACES = {
    "a name": ("<urn:a>\n  rml:path 'x' .", "path", (2, 1), (3, 3)),
    "a prefixed name after a comment": ("# [ ; .\nrml:a rml:path 'x' .", "path", (3, 1), (3, 7)),
    "a label": ("  _:b.1 rml:path 'x' .", "path", (2, 3), (2, 9)),
    "a blank node as subject": ("[ rml:path 'x' ] .", "path", (2, 1), (2, 3)),
    "an empty blank node as subject": ("[]\n rml:path 'x' .", "path", (2, 1), (3, 2)),
    "a nested blank node": ("<urn:a> rml:child [ rml:target [\n\trml:path 'x' ] ] .", "path", (2, 32), (3, 2)),
    "a blank node in a list": ("<urn:a> rml:child ( 1 'a' [ rml:path 'x' ] ) .", "path", (2, 27), (2, 29)),
    "after a list of lists": ("<urn:a> rml:child ( ( 1 ) () ) ; rml:path 'x' .", "path", (2, 1), (2, 34)),
    "after a long text": (
        "<urn:a> rml:child '''a\n'b' [ \\''' ''', \"\"\"\n\"\"; \"\"\" ; rml:path 'x' .",
        "path",
        (2, 1),
        (4, 11),
    ),
    "after texts with tags": (
        "<urn:a> rml:child 'a'@en-GB, '1'^^<urn:t>, 1.5e3 , -.5, 7 ;; rml:path 'x' .",
        "path",
        (2, 1),
        (2, 62),
    ),
    "after a number and a dot": ("<urn:b> rml:child 7.<urn:a> rml:path 'x' .", "path", (2, 21), (2, 29)),
    "after odd names": ("rml:a\\;b rml:child rml:%3B.c ; rml:path 'x' .", "path", (2, 1), (2, 32)),
    "after SPARQL's directives": (
        "PREFIX a: <urn:>\nbase <urn:x> a:a a rml:X ; rml:path 'x' .",
        "path",
        (3, 14),
        (3, 28),
    ),
    "after a base": ("@base <urn:x> . @prefix : <urn:y> . :a rml:path 'x' .", "path", (2, 37), (2, 40)),
    "lines that end in CR LF": ("<urn:b> rml:child 1 .\r\n<urn:a> rml:path 'x' .", "path", (3, 1), (3, 9)),
    "letters beyond ASCII": ("<urn:\u00e9\U0001f600> rml:path 'x' .", "path", (2, 1), (2, 10)),
}


@pytest.mark.parametrize(("document", "name", "node", "use"), PLACES.values(), ids=PLACES)
def test_places(document: str, name: str, node: tuple[int, int], use: tuple[int, int], tmp_path: Path) -> None:
    path = tmp_path / "m.ttl"
    path.write_text(PREFIX + document, encoding="utf-8", newline="")
    (found,) = RmlGraph(path, "m.ttl").nodes(name)
    value = found.require("it", name)
    assert (found.position.line, found.position.column) == node
    assert (value.position.line, value.position.column) == use


@pytest.mark.parametrize("document", DOCUMENTS)
def test_marks_change_nothing_else(document: str) -> None:
    found = placed_quads(document, "http://example.org/", "m.ttl", MappingError)
    quads = ox.Dataset(_ox(quad) for quad in found if not isinstance(quad, Place))
    as_it_is = ox.Dataset(ox.parse(document, format=ox.RdfFormat.TURTLE, base_iri="http://example.org/"))
    for dataset in (quads, as_it_is):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    assert quads == as_it_is


def _ox(quad: Quad) -> ox.Quad:
    def node(text: str) -> ox.NamedNode | ox.BlankNode:
        return ox.BlankNode(text[2:]) if text.startswith("_:") else ox.NamedNode(text)

    datatype = ox.NamedNode(quad.datatype) if quad.datatype else None
    literal = ox.Literal(quad.object, datatype=datatype, language=quad.language)
    return ox.Quad(node(quad.subject), ox.NamedNode(quad.predicate), literal if quad.kind == 0 else node(quad.object))


REFUSED = {
    "bad syntax": ("<urn:a> rml:path 'x'\n] .", "3 column 1: does not parse: ] is not"),
    "not UTF-8": ("<urn:a> rml:path 'x' .\n# \udcff", "3 column 1: not UTF-8"),
    "triple terms": ("<urn:a> rml:child <<( <urn:a> <urn:b> <urn:c> )>> .", "2 column 19: statements about statements"),
    "a reifier": ("<urn:a> rml:child <urn:b> ~ <urn:c> .", "2 column 27: statements about statements"),
    "no triples map": ("<urn:a> <urn:b> <urn:c> .", "1 column 1: there is no triples map in it"),
    "a NUL": ('<urn:a>\n  rml:path "\\u0000" .', "3 column 3: a NUL"),
    "a view of itself": (
        "<urn:a> rml:logicalSource [ rml:viewOn <urn:v> ] ; rml:subject <urn:s> . <urn:v> rml:viewOn <urn:v> .",
        "1 column 1: nested too deeply",
    ),
}


@pytest.mark.parametrize(("document", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_mapping_is_refused(document: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "m.ttl"
    path.write_text(PREFIX + document, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(MappingError) as caught:
        read_rml(path, "m.ttl", "")
    assert str(caught.value).startswith(f"m.ttl:{message}")
