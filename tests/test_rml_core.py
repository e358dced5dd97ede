"""RML-Core, clause by clause: small mappings and the statements that the specification says they make.

https://kg-construct.github.io/rml-core/spec/docs/
"""

from pathlib import Path

import pytest
from rml import HEAD, mapped, write

from lod import MappingError
from lod.mapping.rml import read_rml

FILES = {
    "people.csv": 'id,name,lang,type,knows\n1,Ada Ü,en,string,2\n2,"B{o}\\b",az,token,1\n',
    "lists.json": '[{"id": 1, "names": ["a", "b"], "langs": ["en", "de"], "deep": {"x.y": true}, "n": 1.0, "{k}": "brace"}]',
}
SOURCES = """
:csv rml:source "people.csv" ; rml:referenceFormulation rml:CSV .
:json rml:source "lists.json" ; rml:referenceFormulation rml:JSONPath ; rml:iterator "$[*]" .
"""
MADE = {
    "graph maps of subject and pair are united; classes are in the subject's": (
        """:a rml:logicalSource :csv ; rml:subjectMap [ rml:constant :s ; rml:class :C ; rml:graph :g1 , :g2 ] ;
        rml:predicateObjectMap [ rml:predicate :p ; rml:object :o ; rml:graph :g3 ] .""",
        {
            "<:s> <a> <:C> <:g1>",
            "<:s> <a> <:C> <:g2>",
            "<:s> <:p> <:o> <:g1>",
            "<:s> <:p> <:o> <:g2>",
            "<:s> <:p> <:o> <:g3>",
        },
    ),
    "rml:defaultGraph beside a named one": (
        """:a rml:logicalSource :csv ; rml:subject :s ;
        rml:predicateObjectMap [ rml:predicate :p ; rml:object :o ; rml:graph rml:defaultGraph , :g ] .""",
        {"<:s> <:p> <:o>", "<:s> <:p> <:o> <:g>"},
    ),
    "a graph by template": (
        """:a rml:logicalSource :csv ; rml:subject :s ;
        rml:predicateObjectMap [ rml:predicate :p ; rml:object :o ; rml:graphMap [ rml:template "http://e/g{id}" ] ] .""",
        {"<:s> <:p> <:o> <:g1>", "<:s> <:p> <:o> <:g2>"},
    ),
    "every predicate with every object": (
        """:a rml:logicalSource :csv ; rml:subject :s ;
        rml:predicateObjectMap [ rml:predicate :p , :q ; rml:object "a" , 1 , true , "x"@en , :o ] .""",
        {
            f"<:s> <:{p}> {o}"
            for p in "pq"
            for o in ('"a"', '"1"^^<xsd:integer>', '"true"^^<xsd:boolean>', '"x"@en', "<:o>")
        },
    ),
    "terms of RML in the data stay as they are": (
        """:a rml:logicalSource :csv ; rml:subject :s ;
        rml:predicateObjectMap [ rml:predicate rr:template ; rml:object former:reference ] .""",
        {"<:s> <http://www.w3.org/ns/r2rml#template> <http://semweb.mmlab.be/ns/rml#reference>"},
    ),
    "a reference as IRI continues the base IRI; a template is encoded": (
        """:a rml:logicalSource :csv ; rml:baseIRI <http://e/b/> ; rml:subjectMap [ rml:reference "id" ] ;
        rml:predicateObjectMap [ rml:predicate :p ; rml:objectMap [ rml:template "{name}" ] ] .""",
        {"<:b/1> <:p> <:b/Ada%20Ü>", "<:b/2> <:p> <:b/B%7Bo%7D%5Cb>"},
    ),
    "rml:URI encodes letters beyond ASCII": (
        """:a rml:logicalSource :csv ; rml:subject :s ;
        rml:predicateObjectMap [ rml:predicate :p ; rml:objectMap [ rml:template "http://e/{name}" ; rml:termType rml:URI ] ] .""",
        {"<:s> <:p> <:Ada%20%C3%9C>", "<:s> <:p> <:B%7Bo%7D%5Cb>"},
    ),
    "braces and backslashes that are text": (
        r""":a rml:logicalSource :csv ; rml:subject :s ;
        rml:predicateObjectMap [ rml:predicate :p ; rml:objectMap [ rml:template "\\{{id}\\}\\\\" ; rml:termType rml:Literal ] ] .""",
        {r'<:s> <:p> "{1}\\"', r'<:s> <:p> "{2}\\"'},
    ),
    "braces within a reference are escaped in a template, and not in a reference": (
        r""":a rml:logicalSource :json ; rml:subject :s ; rml:predicateObjectMap [ rml:predicate :p ; rml:objectMap
        [ rml:template "t {$['\\{k\\}']}" ; rml:termType rml:Literal ] , [ rml:reference "$['{k}']" ] ] .""",
        {'<:s> <:p> "t brace"', '<:s> <:p> "brace"'},
    ),
    "a language map gives every value every language": (
        """:a rml:logicalSource :json ; rml:subject :s ; rml:predicateObjectMap [ rml:predicate :p ; rml:objectMap
        [ rml:reference "$.names[*]" ; rml:languageMap [ rml:reference "$.langs[*]" ] ] ] .""",
        {f'<:s> <:p> "{name}"@{lang}' for name in "ab" for lang in ("en", "de")},
    ),
    "a template of two lists gives their product": (
        """:a rml:logicalSource :json ; rml:subject :s ; rml:predicateObjectMap [ rml:predicate :p ; rml:objectMap
        [ rml:template "{$.names[*]}-{$.langs[*]}" ; rml:termType rml:Literal ] ] .""",
        {f'<:s> <:p> "{name}-{lang}"' for name in "ab" for lang in ("en", "de")},
    ),
    "a datatype by template; xsd:string is plain": (
        """:a rml:logicalSource :csv ; rml:subject :s ; rml:predicateObjectMap [ rml:predicate :p ; rml:objectMap
        [ rml:reference "id" ; rml:datatypeMap [ rml:template "http://www.w3.org/2001/XMLSchema#{type}" ] ] ] .""",
        {'<:s> <:p> "1"', '<:s> <:p> "2"^^<xsd:token>'},
    ),
    "natural datatypes of JSON": (
        """:a rml:logicalSource :json ; rml:subject :s ; rml:predicateObjectMap [ rml:predicate :p ; rml:objectMap
        [ rml:reference "$.n" ] , [ rml:reference "$.id" ] , [ rml:reference "$.deep['x.y']" ] ] .""",
        {'<:s> <:p> "1.0"^^<xsd:double>', '<:s> <:p> "1"^^<xsd:integer>', '<:s> <:p> "true"^^<xsd:boolean>'},
    ),
    "a join by child and parent maps": (
        """:a rml:logicalSource :csv ; rml:subjectMap [ rml:template "http://e/{id}" ] ; rml:predicateObjectMap
        [ rml:predicate :p ; rml:objectMap [ rml:parentTriplesMap :b ; rml:joinCondition
          [ rml:childMap [ rml:template "x{knows}" ] ; rml:parentMap [ rml:template "x{id}" ] ] ] ] .
        :b rml:logicalSource :csv ; rml:subjectMap [ rml:template "http://e/b{id}" ] .""",
        {"<:1> <:p> <:b2>", "<:2> <:p> <:b1>"},
    ),
    "a join without a condition over equal sources": (
        """:a rml:logicalSource :csv ; rml:subjectMap [ rml:template "http://e/{id}" ] ;
        rml:predicateObjectMap [ rml:predicate :p ; rml:objectMap [ rml:parentTriplesMap :b ] ] .
        :b rml:logicalSource [ rml:source "people.csv" ; rml:referenceFormulation rml:CSV ] ;
        rml:subjectMap [ rml:template "http://e/b{id}" ] .""",
        {"<:1> <:p> <:b1>", "<:2> <:p> <:b2>"},
    ),
    "the former vocabulary; rr:inverseExpression is for those who query": (
        """:a former:logicalSource [ former:source "people.csv" ; former:referenceFormulation ql:CSV ] ;
        rr:subjectMap [ rr:template "http://e/{id}" ; rr:class :C ] ; rr:predicateObjectMap
        [ rr:predicateMap [ rr:constant :p ] ; rr:objectMap [ rr:column "lang" ; rr:inverseExpression "{lang} = x" ] ] .""",
        {"<:1> <a> <:C>", "<:2> <a> <:C>", '<:1> <:p> "en"', '<:2> <:p> "az"'},
    ),
}


@pytest.mark.parametrize(("mapping", "expected"), MADE.values(), ids=MADE)
def test_made(mapping: str, expected: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert mapped(tmp_path, SOURCES + mapping, FILES) == expected


def test_a_blank_node_without_an_expression_is_new_for_each_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    mapping = """:a rml:logicalSource :csv ; rml:subjectMap [ rml:template "http://e/{id}" ] ;
    rml:predicateObjectMap [ rml:predicate :p ; rml:objectMap [ rml:termType rml:BlankNode ] ] ."""
    nodes = [line.split()[2] for line in mapped(tmp_path, SOURCES + mapping, FILES)]
    assert len(set(nodes)) == 2
    assert all(node.startswith("_:") for node in nodes)


def test_so_it_is_for_the_records_of_several_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    mapping = """:a rml:logicalSource [ rml:source "part-*.csv" ] ; rml:subjectMap [ rml:termType rml:BlankNode ] ;
    rml:predicateObjectMap [ rml:predicate :p ; rml:objectMap [ rml:reference "id" ] ] ."""
    nodes = [line.split()[0] for line in mapped(tmp_path, mapping, {"part-1.csv": "id\n1\n", "part-2.csv": "id\n2\n"})]
    assert len(set(nodes)) == 2


# The place is that within the mapping below, its first line being 1.
WRONG = {
    ":a rml:subject :s .": "1 column 1: a triples map has no rml:logicalSource",
    ":a rml:logicalSource :csv .": "1 column 1: a triples map has one subject map, not 0",
    ":a rml:logicalSource :csv ; rml:subject :s , :t .": "1 column 1: a triples map has one subject map, not 2",
    ":a rml:logicalSource :csv ;\n rml:subject 's' .": "2 column 2: a constant subject cannot be a literal",
    ":a rml:logicalSource :csv ; rml:subjectMap [ rml:reference 'id' ;\n rml:termType rml:Literal ] .": "1 column 44: the subject cannot be a literal",
    ":a rml:logicalSource :csv ; rml:subjectMap [ rml:reference 'id' ;\n rml:termType :IRI ] .": "2 column 2: <http://e/IRI> is no term type\n  There are: rml:IRI, rml:URI, rml:UnsafeIRI, rml:UnsafeURI, rml:BlankNode, rml:Literal.",
    ":a rml:logicalSource :csv ; rml:subjectMap [ rml:reference :id ] .": "1 column 46: a reference and a template are texts\n  A text stands in quotes",
    ":a rml:logicalSource :csv ; rml:subjectMap [ rml:reference 'a' ; rml:template 'b' ] .": "1 column 66: rml:constant or rml:reference or rml:template or",
    ":a rml:logicalSource :csv ; rml:subjectMap [ rml:template 'http://e/{id' ] .": "1 column 46: the template 'http://e/{id' has a '{' without its match",
    ":a rml:logicalSource :csv ; rml:subjectMap [ rml:template 'http://e/ {id}' ] .": "1 column 44: the template's text 'http://e/ ' cannot stand in an IRI",
    ":a rml:logicalSource :csv ; rml:subjectMap [ ] .": "1 column 44: the subject map has no constant, reference, template or function",
    ":a rml:logicalSource :csv ; rml:subject :s ; rml:baseIRI 'b' .": "1 column 46: 'b' is no absolute IRI",
    ":a rml:logicalSource :csv ; rml:subjectMap [ rml:constant :s ; rml:class 'C' ] .": "1 column 64: a constant class cannot be a literal",
    ":a rml:logicalSource :csv ; rml:subject :s ; rml:predicateObjectMap [ rml:predicate :p ] .": "1 column 69: a predicate-object map needs a predicate and an object",
    ":a rml:logicalSource :csv ; rml:subject :s ; rml:predicateObjectMap [ rml:predicate :p ; rml:objectMap\n [ rml:reference 'x' ; rml:language 'english' ] ] .": "2 column 2: 'english' is not a language tag",
    ":a rml:logicalSource :csv ; rml:subject :s ; rml:predicateObjectMap [ rml:predicate :p ; rml:objectMap\n [ rml:reference 'x' ; rml:language 'en' ; rml:datatype :d ] ] .": "2 column 2: a literal has a datatype or a language, not both",
    ":a rml:logicalSource :csv ; rml:subject :s ; rml:predicateObjectMap [ rml:predicate :p ; rml:objectMap\n [ rml:template 'x' ; rml:termType rml:IRI ; rml:datatype :d ] ] .": "2 column 2: a term that is no literal has",
    ":a rml:logicalSource :csv ; rml:subject :s ; rml:predicateObjectMap [ rml:predicate :p ; rml:objectMap\n [ rml:parentTriplesMap :a ; rml:termType rml:IRI ] ] .": "2 column 2: a referencing object map has",
    ":a rml:logicalSource :csv ; rml:subject :s ; rml:predicateObjectMap [ rml:predicate :p ; rml:objectMap\n [ rml:parentTriplesMap :a ; rml:joinCondition [\n rml:child 'x' ] ] ] .": "2 column 48: a join condition needs rml:parent",
    ":a rml:logicalSource :csv ; rml:subject :s ; rml:predicateObjectMap [ rml:predicate :p ;\n  rml:objectmap [ rml:reference 'x' ] ] .": "2 column 3: rml:objectmap is no property that is known here\n  Did you mean 'objectMap'?",
    ":a rml:logicalSource :csv ; rml:subject :s ; rml:predicateObjectMap [ rml:predicate :p ; rml:objectMap\n [ rml:gather ( ) ] ] .": "2 column 2: a gather map has no rml:gatherAs",
}


@pytest.mark.parametrize("mapping", WRONG)
def test_what_is_wrong_is_told_with_its_place(mapping: str, tmp_path: Path) -> None:
    with pytest.raises(MappingError) as caught:
        read_rml(write(tmp_path, mapping + SOURCES, {}), "m.ttl", "")
    line, rest = WRONG[mapping].split(" ", 1)
    assert str(caught.value).startswith(f"m.ttl:{HEAD + int(line)} {rest}")
