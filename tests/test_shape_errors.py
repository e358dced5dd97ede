"""Shapes that are none: each is told with its line, what is wrong and, where there is one, the way out."""

from pathlib import Path

import pytest
from rdflib import SH

from lod import ShapeError
from lod.validation import read_shapes
from lod.validation.shacl_terms import TERMS

HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix : <http://example.org/> .
"""
CASES = {
    # https://www.w3.org/TR/shacl/#core-components
    "a typing error in a property": (":S a sh:NodeShape ; sh:targetClass :C ;\n sh:minCuont 1 .", 5, "sh:minCuont is no property of SHACL\n  Did you mean sh:minCount?"),
    "a class for a property": (":S a sh:NodeShape ; sh:NodeShape :C .", 4, "sh:NodeShape is no property of SHACL"),
    "a typing error in a value": (":S a sh:NodeShape ;\n sh:nodeKind sh:Iri .", 5, "sh:Iri is no term of SHACL\n  Did you mean sh:IRI?"),
    "no kind of nodes": (":S a sh:NodeShape ; sh:nodeKind sh:Warning .", 4, "sh:nodeKind is one of sh:BlankNode"),
    "no path": (":S a sh:PropertyShape ; sh:minCount 1 .", 4, "a property shape has a sh:path"),
    "a path where none may be": (":S a sh:NodeShape ; sh:node [ sh:path :p ] .", 4, "sh:node wants a node shape"),
    "a node shape for a property shape": (":S a sh:NodeShape ; sh:property [ sh:class :C ] .", 4, "sh:property wants a shape with a sh:path"),
    "counts of a node shape": (":S a sh:NodeShape ; sh:targetClass :C ;\n\n sh:minCount 1 .", 6, "sh:minCount is for property shapes"),
    "two paths": (":S sh:path :p, :q ; sh:class :C .", 4, "sh:path stands here 2 times; it may stand once"),
    # https://www.w3.org/TR/shacl/#property-paths
    "a literal as path": (":S sh:path 'p' ; sh:class :C .", 4, "sh:path is malformed: a literal is no path"),
    "a path of one": (":S sh:path ( :p ) ; sh:class :C .", 4, "sh:path is malformed: a sequence or alternative has two members"),
    "a path of nothing known": (":S sh:path [ :p :q ] ; sh:class :C .", 4, "sh:path is malformed: a blank node in it"),
    "a path of two kinds": (":S sh:path [ sh:inversePath :p ; sh:zeroOrMorePath :p ] ; sh:class :C .", 4, "sh:path is malformed"),
    "a path in itself": (":S sh:path _:p ; sh:class :C . _:p sh:inversePath _:p .", 4, "sh:path is malformed: it contains itself"),
    # Lists: https://www.w3.org/TR/shacl/#syntax-rule-SHACL-list
    "no list": (":S a sh:NodeShape ; sh:in :a .", 4, "sh:in is not a well-formed list\n  Write it as ( a b c )."),
    "a list without an end": (":S a sh:NodeShape ; sh:in _:l . _:l rdf:first 1 ; rdf:rest _:l .", 4, "sh:in is not a well-formed list"),
    "a literal as shape": (":S a sh:NodeShape ; sh:or ( :T 'T' ) .", 4, "sh:or wants a shape, not 'T'"),
    "a text as class": (":S a sh:NodeShape ; sh:class 'C' .", 4, "sh:class is an IRI, not 'C'"),
    "a number as text": (":S a sh:NodeShape ; sh:pattern 1 .", 4, "sh:pattern is a text (xsd:string), not '1'"),
    "an IRI as bound": (":S a sh:NodeShape ; sh:minInclusive :a .", 4, "sh:minInclusive is a literal"),
    "a text as count": (":S sh:path :p ; sh:minCount '1' .", 4, "sh:minCount is a whole number (xsd:integer) from 0, not '1'"),
    "a negative count": (":S sh:path :p ; sh:maxCount -1 .", 4, "sh:maxCount is a whole number"),
    "a text as flag": (":S a sh:NodeShape ; sh:closed 'yes' .", 4, "sh:closed is true or false, not 'yes'"),
    "two datatypes": (":S a sh:NodeShape ; sh:datatype :a, :b .", 4, "sh:datatype stands here 2 times"),
    "a blank node as target": (":S a sh:NodeShape ; sh:targetNode [] .", 4, "sh:targetNode is an IRI or a literal"),
    "a typed message": (":S a sh:NodeShape ; sh:message 1 .", 4, "sh:message is a text"),
    # https://www.w3.org/TR/shacl/#PatternConstraintComponent
    "a pattern that is none": (":S a sh:NodeShape ;\n  sh:pattern '(' .", 5, "sh:pattern '(' cannot be used: missing )"),
    "a pattern that looks ahead": (":S a sh:NodeShape ; sh:pattern '(?=a)' .", 4, "sh:pattern '(?=a)' cannot be used: it looks ahead or behind, which no linear-time engine can do"),
    "a pattern that looks back": (":S a sh:NodeShape ; sh:pattern '(a)\\\\1' .", 4, "it has a back-reference (\\1)"),
    "a flag that is none": (":S a sh:NodeShape ; sh:pattern 'a' ; sh:flags 'g' .", 4, "there is no flag 'g'"),
    # https://www.w3.org/TR/shacl/#sparql-constraints, https://www.w3.org/TR/shacl/#pre-binding
    "no query": (":S sh:sparql [ sh:select 'SELECT $this {' ] .", 4, "the query is no SPARQL, error at 1:"),
    "two texts of a query": (":S sh:sparql [ sh:select 'SELECT $this {}', 'SELECT $this { }' ] .", 4, "a SPARQL constraint has one sh:select, not 2"),
    "a query without $this": (":S sh:sparql [ sh:select 'SELECT ?x { ?x ?y $this }' ] .", 4, "a SELECT of the query does not select $this\n  What may not"),
    "a query inside without $this": (":S sh:sparql [ sh:select 'SELECT $this { { SELECT ?x { ?x ?y $this } } }' ] .", 4, "a SELECT of the query does not select $this"),
    "a query with MINUS": (":S sh:sparql [ sh:select 'SELECT $this { $this ?p ?x MINUS { ?x ?y $this } }' ] .", 4, "MINUS cannot stand in a constraint's query"),
    "a query with values": (":S sh:sparql [ sh:select 'SELECT $this { $this ?p ?x } VALUES ?x { 1 }' ] .", 4, "VALUES cannot stand"),
    "a query of another service": (":S sh:sparql [ sh:select 'SELECT $this { SERVICE <urn:s> { $this ?p ?x } }' ] .", 4, "SERVICE cannot stand"),
    "a query that binds $this": (":S sh:sparql [ sh:select 'SELECT $this { ?x ?p ?y BIND (?y AS $this) }' ] .", 4, "the query binds $this, which is bound"),
    "a prefix that is not declared": (":S sh:sparql [ sh:select 'SELECT $this { $this n:p 1 }' ] .", 4, "a prefix is not declared\n  Prefixes are declared by sh:declare"),
    # Contradictions, and https://www.w3.org/TR/shacl/#shapes-recursion
    "more than the most": (":S sh:path :p ; sh:minCount 2 ; sh:maxCount 1 .", 4, "sh:minCount 2 is more than the most, 1: no node can conform"),
    "longer than the longest": (":S a sh:NodeShape ; sh:minLength 2 ; sh:maxLength 1 .", 4, "sh:minLength 2 is more than the most, 1"),
    "a shape of itself": (":S a sh:NodeShape ; sh:node :T .\n:T a sh:NodeShape ; sh:not :S .", 4, "a shape refers to itself: <http://example.org/S> -> <http://example.org/T> -> <http://example.org/S>"),
    "no Turtle": (":S a sh:NodeShape\n\n:T .", 6, "does not parse"),
}  # fmt: skip


@pytest.mark.parametrize(("document", "line", "says"), CASES.values(), ids=CASES)
def test_a_shape_that_is_none_is_told_with_its_line(document: str, line: int, says: str, tmp_path: Path) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_text(HEAD + document, encoding="utf-8")
    with pytest.raises(ShapeError) as caught:
        read_shapes([(path, "shapes.ttl")])
    assert str(caught.value).startswith(f"shapes.ttl:{line} ")
    assert says in str(caught.value)


def test_files_without_a_shape(tmp_path: Path) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_text(HEAD, encoding="utf-8")
    with pytest.raises(ShapeError, match=r"shapes\.ttl: no shape is declared"):
        read_shapes([(path, "shapes.ttl")])
    with pytest.raises(ShapeError, match=r"none\.ttl: cannot be read"):
        read_shapes([(tmp_path / "none.ttl", "none.ttl")])
    path.write_bytes(b"\xff")
    with pytest.raises(ShapeError, match=r"shapes\.ttl:1 column 1: not UTF-8"):
        read_shapes([(path, "shapes.ttl")])


def test_imports_of_local_files_are_read_and_others_named(tmp_path: Path) -> None:
    owl = "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    first, second = tmp_path / "first.ttl", tmp_path / "second part.ttl"
    first.write_text(f"{HEAD}{owl}<> owl:imports <second%20part.ttl>, <http://example.org/far> .", encoding="utf-8")
    second.write_text(
        f"{HEAD}{owl}<> owl:imports <first.ttl> . :S a sh:NodeShape ; sh:targetClass :C .", encoding="utf-8"
    )
    shapes = read_shapes([(first, "first.ttl")])
    assert [shape.node.value for shape in shapes.shapes] == ["http://example.org/S"]
    assert shapes.notes == ("the shapes import <http://example.org/far>, which is no local file and is not read",)


def test_a_term_of_a_draft_is_noted(tmp_path: Path) -> None:
    """DCAT-AP 3.0.1 has sh:shape, which no SHACL that was published has."""
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(HEAD + ":S a sh:NodeShape ; sh:targetNode :a ;\n sh:property [ sh:path :p ; sh:shape :T ] .")
    [note] = read_shapes([(shapes, "shapes.ttl")]).notes
    assert note == "shapes.ttl:5 column 29: sh:shape, of a draft of SHACL, asks for nothing: sh:node does"


def test_blank_nodes_of_two_files_are_two(tmp_path: Path) -> None:
    for name, path in (("a", ":p"), ("b", ":q")):
        text = (
            f"{HEAD}:{name} a sh:NodeShape ; sh:targetClass :C ; sh:property _:x . _:x sh:path {path} ; sh:minCount 1 ."
        )
        (tmp_path / f"{name}.ttl").write_text(text, encoding="utf-8")
    shapes = read_shapes([(tmp_path / f"{name}.ttl", name) for name in "ab"]).shapes
    inner = [constraint.shape for shape in shapes for constraint in shape.constraints]  # type: ignore[attr-defined]
    assert [str(shape.path) for shape in inner] == ["<http://example.org/p>", "<http://example.org/q>"]


def test_all_terms_of_shacl_are_known() -> None:
    known = {str(term).removeprefix(str(SH)) for term in dir(SH) if str(term).startswith(str(SH))}
    assert known <= TERMS
