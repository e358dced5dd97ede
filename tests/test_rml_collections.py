"""RML-CC: lists and containers, by the specification's own examples, by its clauses, and by a slow, plain twin.

https://kg-construct.github.io/rml-cc/spec/docs/
"""

import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rml import HEAD, PREFIXES, RDF, read_list, write

from lod import InputError, MappingError
from lod.map import Mapped, map_files
from lod.mapping.rml import read_rml
from lod.options import MapOptions

BASE = "http://e/"
MORE = f"@prefix rdf: <{RDF}> .\n"
FILES = {
    "data.json": """[{"id": "a", "values": ["1", "2", "3"]}, {"id": "b", "values": ["4", "4"]}, {"id": "c", "values": []}]""",
    "again.json": """[{"id": "a", "v1": ["1"], "v2": ["a", "b"], "g": 1}, {"id": "b", "v1": ["3", "4"], "v2": ["c", "d"], "g": 2},
        {"id": "a", "v1": ["5", "6"], "v2": ["e"], "g": 1}]""",
    "author.csv": "ID,TITLE,FNAME,BOOKID\n1,,Mary,1\n2,Sir,Terry,2\n3,,Stephen,2\n4,,,\n",
    "book.csv": "ID,TITLE\n1,Frankenstein\n2,The Long Earth\n3,Unwritten\n",
}
SOURCES = """
:data rml:source "data.json" ; rml:referenceFormulation rml:JSONPath ; rml:iterator "$[*]" .
:again rml:source "again.json" ; rml:referenceFormulation rml:JSONPath ; rml:iterator "$[*]" .
:author rml:source "author.csv" ; rml:referenceFormulation rml:CSV .
:book rml:source "book.csv" ; rml:referenceFormulation rml:CSV .
"""


def mapped(folder: Path, mapping: str, on_error: str = "fail") -> tuple[ox.Dataset, Mapped]:
    write(folder, MORE + SOURCES + mapping, FILES)
    done = map_files([Path("m.ttl")], Path("out.nq"), MapOptions(base=BASE, on_error=on_error))
    return canonical(Path("out.nq").read_bytes(), ox.RdfFormat.N_QUADS), done


def canonical(text: bytes | str, syntax: ox.RdfFormat) -> ox.Dataset:
    found = ox.Dataset(ox.parse(text, format=syntax))
    found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return found


def expected(trig: str) -> ox.Dataset:
    return canonical(f"@prefix : <{BASE}> . {MORE} {trig}", ox.RdfFormat.TRIG)


def about(source: str, gather: str) -> str:
    """Return a triples map that says :with of the subject :ID."""
    return f""":t rml:logicalSource :{source} ; rml:subjectMap [ rml:template "{{id}}" ] ;
      rml:predicateObjectMap [ rml:predicate :with ; rml:objectMap [ {gather} ] ] ."""


VALUES = "rml:gather ( [ rml:reference '$.values[*]' ] )"
BOTH = "rml:gather ( [ rml:reference '$.v1[*]' ] [ rml:reference '$.v2[*]' ] )"
NAMED = "rml:template 'list/{id}' ; "
# A mapping, and what it makes, in TriG.
MADE = {
    "a list; duplicates stay; an empty one is none": (
        about("data", f"{VALUES} ; rml:gatherAs rdf:List"),
        ":a :with ('1' '2' '3') . :b :with ('4' '4') .",
    ),
    "a bag": (
        about("data", f"{VALUES} ; rml:gatherAs rdf:Bag"),
        ":a :with [ a rdf:Bag ; rdf:_1 '1' ; rdf:_2 '2' ; rdf:_3 '3' ] . :b :with [ a rdf:Bag ; rdf:_1 '4' ; rdf:_2 '4' ] .",
    ),
    "a sequence that has a name": (
        about("data", f"rml:template 'seq/{{id}}' ; {VALUES} ; rml:gatherAs rdf:Seq"),
        ":a :with <http://e/seq/a> . <http://e/seq/a> a rdf:Seq ; rdf:_1 '1' ; rdf:_2 '2' ; rdf:_3 '3' . :b :with <http://e/seq/b> . <http://e/seq/b> a rdf:Seq ; rdf:_1 '4' ; rdf:_2 '4' .",
    ),
    "an empty list, if allowed": (
        about("data", f"{VALUES} ; rml:gatherAs rdf:List ; rml:allowEmptyListAndContainer true"),
        ":a :with ('1' '2' '3') . :b :with ('4' '4') . :c :with () .",
    ),
    "an empty list has no name": (
        about("data", f"{NAMED} {VALUES} ; rml:gatherAs rdf:List ; rml:allowEmptyListAndContainer true"),
        """:a :with <http://e/list/a> . <http://e/list/a> rdf:first '1' ; rdf:rest ('2' '3') .
        :b :with <http://e/list/b> . <http://e/list/b> rdf:first '4' ; rdf:rest ('4') . :c :with () .""",
    ),
    "nor a blank node of its own": (
        about(
            "data",
            f"rml:reference 'id' ; rml:termType rml:BlankNode ; {VALUES} ; rml:gatherAs rdf:List ; rml:allowEmptyListAndContainer true",
        ),
        ":a :with ('1' '2' '3') . :b :with ('4' '4') . :c :with () .",
    ),
    "an empty container, if allowed, has no members": (
        about("data", f"{VALUES} ; rml:gatherAs rdf:Alt ; rml:allowEmptyListAndContainer true"),
        ":a :with [ a rdf:Alt ; rdf:_1 '1' ; rdf:_2 '2' ; rdf:_3 '3' ] . :b :with [ a rdf:Alt ; rdf:_1 '4' ; rdf:_2 '4' ] . :c :with [ a rdf:Alt ] .",
    ),
    "a list as subject": (
        f":t rml:logicalSource :data ; rml:subjectMap [ {VALUES} ; rml:gatherAs rdf:List ] ; rml:predicateObjectMap [ rml:predicate :by ; rml:object :x ] .",
        "('1' '2' '3') :by :x . ('4' '4') :by :x .",
    ),
    "a list as subject, of which nothing else is said": (
        f":t rml:logicalSource :data ; rml:subjectMap [ {VALUES} ; rml:gatherAs rdf:List ] .",
        "[] rdf:first '1' ; rdf:rest ('2' '3') . [] rdf:first '4' ; rdf:rest ('4') .",
    ),
    "the empty list as subject": (
        f":t rml:logicalSource :data ; rml:subjectMap [ {VALUES} ; rml:gatherAs rdf:List ; rml:allowEmptyListAndContainer true ; rml:class :C ] .",
        "('1' '2' '3') a :C . ('4' '4') a :C . () a :C .",
    ),
    "a bag as subject, in a graph": (
        f":t rml:logicalSource :data ; rml:subjectMap [ {NAMED} {VALUES} ; rml:gatherAs rdf:Bag ; rml:graph :g ; rml:class :C ] .",
        ":g { <http://e/list/a> a :C , rdf:Bag ; rdf:_1 '1' ; rdf:_2 '2' ; rdf:_3 '3' . <http://e/list/b> a :C , rdf:Bag ; rdf:_1 '4' ; rdf:_2 '4' }",
    ),
    "several term maps are appended": (
        about("again", f"{BOTH} ; rml:gatherAs rdf:List ; rml:strategy rml:append"),
        ":a :with ('1' 'a' 'b') , ('5' '6' 'e') . :b :with ('3' '4' 'c' 'd') .",
    ),
    "or combined": (
        about("again", f"{BOTH} ; rml:gatherAs rdf:List ; rml:strategy rml:cartesianProduct"),
        ":a :with ('1' 'a') , ('1' 'b') , ('5' 'e') , ('6' 'e') . :b :with ('3' 'c') , ('3' 'd') , ('4' 'c') , ('4' 'd') .",
    ),
    "what has one name is one list, record after record": (
        about("again", f"{NAMED} {BOTH} ; rml:gatherAs rdf:List"),
        """:a :with <http://e/list/a> . <http://e/list/a> rdf:first '1' ; rdf:rest ('a' 'b' '5' '6' 'e') .
        :b :with <http://e/list/b> . <http://e/list/b> rdf:first '3' ; rdf:rest ('4' 'c' 'd') .""",
    ),
    "and combination after combination": (
        about("again", f"{NAMED} {BOTH} ; rml:gatherAs rdf:List ; rml:strategy rml:cartesianProduct"),
        """:a :with <http://e/list/a> . <http://e/list/a> rdf:first '1' ; rdf:rest ('a' '1' 'b' '5' 'e' '6' 'e') .
        :b :with <http://e/list/b> . <http://e/list/b> rdf:first '3' ; rdf:rest ('c' '3' 'd' '4' 'c' '4' 'd') .""",
    ),
    "a container goes on too": (
        about("again", "rml:constant :all ; rml:gather ( [ rml:reference '$.v2[*]' ] ) ; rml:gatherAs rdf:Seq"),
        ":a :with :all . :b :with :all . :all a rdf:Seq ; rdf:_1 'a' ; rdf:_2 'b' ; rdf:_3 'c' ; rdf:_4 'd' ; rdf:_5 'e' .",
    ),
    "a list of bags": (
        about(
            "again",
            "rml:gather ( [ rml:gather ( [ rml:reference '$.v1[*]' ] ) ; rml:gatherAs rdf:Bag ] [ rml:gather ( [ rml:reference '$.v2[*]' ] ) ; rml:gatherAs rdf:Bag ] ) ; rml:gatherAs rdf:List",
        ),
        """:a :with ([ a rdf:Bag ; rdf:_1 '1' ] [ a rdf:Bag ; rdf:_1 'a' ; rdf:_2 'b' ]) , ([ a rdf:Bag ; rdf:_1 '5' ; rdf:_2 '6' ] [ a rdf:Bag ; rdf:_1 'e' ]) .
        :b :with ([ a rdf:Bag ; rdf:_1 '3' ; rdf:_2 '4' ] [ a rdf:Bag ; rdf:_1 'c' ; rdf:_2 'd' ]) .""",
    ),
    "an empty list in a combination": (
        about(
            "data",
            f"rml:gather ( [ rml:reference 'id' ] [ {VALUES} ; rml:gatherAs rdf:List ; rml:allowEmptyListAndContainer true ] ) ; rml:gatherAs rdf:List ; rml:strategy rml:cartesianProduct",
        ),
        ":a :with ('a' ('1' '2' '3')) . :b :with ('b' ('4' '4')) . :c :with ('c' ()) .",
    ),
    "terms of all kinds; nulls are none": (
        """:t rml:logicalSource :author ; rml:subjectMap [ rml:template "{ID}" ] ; rml:predicateObjectMap [ rml:predicate :with ; rml:objectMap [
        rml:gather ( [ rml:reference "TITLE" ; rml:language "en" ] [ rml:template "{FNAME}" ] [ rml:reference "BOOKID" ; rml:datatype :d ] ) ; rml:gatherAs rdf:Bag ] ] .""",
        """:1 :with [ a rdf:Bag ; rdf:_1 :Mary ; rdf:_2 '1'^^:d ] . :2 :with [ a rdf:Bag ; rdf:_1 'Sir'@en ; rdf:_2 :Terry ; rdf:_3 '2'^^:d ] .
        :3 :with [ a rdf:Bag ; rdf:_1 :Stephen ; rdf:_2 '2'^^:d ] .""",
    ),
    "the subjects of another triples map, as its records follow": (
        """:book-s rml:logicalSource :book ; rml:subjectMap [ rml:template "book/{ID}" ] ; rml:predicateObjectMap [ rml:predicate :by ; rml:objectMap [
        rml:gather ( [ rml:parentTriplesMap :authors ; rml:joinCondition [ rml:child "ID" ; rml:parent "BOOKID" ] ] [ rml:constant "end" ] ) ; rml:gatherAs rdf:List ] ] .
        :authors rml:logicalSource :author ; rml:subjectMap [ rml:template "{FNAME}" ] .""",
        "<http://e/book/1> :by (:Mary 'end') . <http://e/book/2> :by (:Terry :Stephen 'end') . <http://e/book/3> :by ('end') .",
    ),
    "the subject of the same record": (
        """:t rml:logicalSource :book ; rml:subjectMap [ rml:template "{ID}" ] ; rml:predicateObjectMap [ rml:predicate :self ; rml:objectMap [
        rml:gather ( [ rml:parentTriplesMap :t ] ) ; rml:gatherAs rdf:List ] ] .""",
        ":1 :self (:1) . :2 :self (:2) . :3 :self (:3) .",
    ),
    "in the graph of the record": (
        """:t rml:logicalSource :again ; rml:subjectMap [ rml:template "{id}" ] ; rml:predicateObjectMap [ rml:predicate :with ; rml:graphMap [ rml:template "g{g}" ] ; rml:objectMap [
        rml:template "l/{id}" ; rml:gather ( [ rml:reference "$.v2[*]" ] ) ; rml:gatherAs rdf:List ] ] .""",
        """:g1 { :a :with <http://e/l/a> . <http://e/l/a> rdf:first 'a' ; rdf:rest ('b' 'e') } :g2 { :b :with <http://e/l/b> . <http://e/l/b> rdf:first 'c' ; rdf:rest ('d') }""",
    ),
    "a list in two graphs has nodes of its own in each": (
        """:t rml:logicalSource :data ; rml:subjectMap [ rml:template "{id}" ] ; rml:predicateObjectMap [ rml:predicate :with ; rml:graph :g , :h ; rml:objectMap [
        rml:constant :l ; rml:gather ( [ rml:reference "$.values[*]" ] ) ; rml:gatherAs rdf:List ] ] .""",
        ":g { :a :with :l . :b :with :l . :l rdf:first '1' ; rdf:rest ('2' '3' '4' '4') } :h { :a :with :l . :b :with :l . :l rdf:first '1' ; rdf:rest ('2' '3' '4' '4') }",
    ),
    "rows of a view follow one another by their indexes": (
        """:v rml:viewOn :data ; rml:field [ rml:fieldName "id" ; rml:reference "$.id" ] , [ rml:fieldName "value" ; rml:reference "$.values[*]" ] .
        :t rml:logicalSource :v ; rml:subjectMap [ rml:template "{id}" ] ; rml:predicateObjectMap [ rml:predicate :with ; rml:objectMap [
        rml:template "l/{id}" ; rml:gather ( [ rml:reference "value" ] ) ; rml:gatherAs rdf:List ] ] .""",
        ":a :with <http://e/l/a> . <http://e/l/a> rdf:first '1' ; rdf:rest ('2' '3') . :b :with <http://e/l/b> . <http://e/l/b> rdf:first '4' ; rdf:rest ('4') .",
    ),
    "gather maps that use one name make one list, record after record": (
        """:t rml:logicalSource :again ; rml:subjectMap [ rml:template "{id}" ] ;
        rml:predicateObjectMap [ rml:predicate :v1 ; rml:objectMap [ rml:template "l/{id}" ; rml:gather ( [ rml:reference "$.v1[*]" ] ) ; rml:gatherAs rdf:List ] ] ,
          [ rml:predicate :v2 ; rml:objectMap [ rml:template "l/{id}" ; rml:gather ( [ rml:reference "$.v2[*]" ; rml:language "en" ] ) ; rml:gatherAs rdf:List ] ] .""",
        """:a :v1 <http://e/l/a> ; :v2 <http://e/l/a> . <http://e/l/a> rdf:first '1' ; rdf:rest ('a'@en 'b'@en '5' '6' 'e'@en) .
        :b :v1 <http://e/l/b> ; :v2 <http://e/l/b> . <http://e/l/b> rdf:first '3' ; rdf:rest ('4' 'c'@en 'd'@en) .""",
    ),
    "of several triples maps too, one after another": (
        """:a-t rml:logicalSource :data ; rml:subjectMap [ rml:template "{id}" ] ; rml:predicateObjectMap [ rml:predicate :in ; rml:objectMap [ rml:constant :l ;
          rml:gather ( [ rml:reference "id" ] ) ; rml:gatherAs rdf:Bag ] ] .
        :b-t rml:logicalSource :book ; rml:subjectMap [ rml:template "{ID}" ] ; rml:predicateObjectMap [ rml:predicate :in ; rml:objectMap [ rml:constant :l ;
          rml:gather ( [ rml:reference "ID" ] ) ; rml:gatherAs rdf:Bag ] ] .""",
        """:a :in :l . :b :in :l . :c :in :l . :1 :in :l . :2 :in :l . :3 :in :l .
        :l a rdf:Bag ; rdf:_1 'a' ; rdf:_2 'b' ; rdf:_3 'c' ; rdf:_4 '1' ; rdf:_5 '2' ; rdf:_6 '3' .""",
    ),
    "one gather map of two predicates, one of them under a condition": (
        """:t rml:logicalSource :author ; rml:subjectMap [ rml:template "{ID}" ] ; rml:predicateObjectMap [
        rml:predicate :all ; rml:predicateMap [ rml:constant :titled ; rml:condition [ rml:functionExecution [ rml:function fn:present ; rml:input [ rml:parameter fn:value ; rml:inputValueMap [ rml:reference "TITLE" ] ] ] ] ] ;
        rml:objectMap [ rml:constant :l ; rml:gather ( [ rml:reference "FNAME" ] ) ; rml:gatherAs rdf:List ] ] .""",
        ":1 :all :l . :2 :all :l ; :titled :l . :3 :all :l . :l rdf:first 'Mary' ; rdf:rest ('Terry' 'Stephen') .",
    ),
    "a function, and a member under a condition": (
        """:t rml:logicalSource :author ; rml:subjectMap [ rml:template "{ID}" ] ; rml:predicateObjectMap [ rml:predicate :with ; rml:objectMap [ rml:gather (
        [ rml:functionExecution [ rml:function fn:lower ; rml:input [ rml:parameter fn:value ; rml:inputValueMap [ rml:reference "FNAME" ] ] ] ]
        [ rml:reference "BOOKID" ; rml:condition [ rml:functionExecution [ rml:function fn:present ; rml:input [ rml:parameter fn:value ; rml:inputValueMap [ rml:reference "TITLE" ] ] ] ] ]
        ) ; rml:gatherAs rdf:List ] ] .""",
        ":1 :with ('mary') . :2 :with ('terry' '2') . :3 :with ('stephen') .",
    ),
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("mapping", "trig"), MADE.values(), ids=MADE)
def test_made(mapping: str, trig: str, folder: Path) -> None:
    assert mapped(folder, mapping)[0] == expected(trig)


def test_what_refers_to_nothing_is_said_once_without_a_source(folder: Path) -> None:
    gather = 'rml:gather ( [ rml:constant "1" ] [ rml:constant "2" ] ) ; rml:gatherAs rdf:List'
    mapping = f""":t rml:subjectMap [ rml:constant :s ; rml:class :C ] ;
      rml:predicateObjectMap [ rml:predicate :with ; rml:objectMap [ {gather} ] ] .
      :u rml:subjectMap [ rml:termType rml:BlankNode ] ; rml:predicateObjectMap [ rml:predicate :p ; rml:object :o ] ."""
    found, done = mapped(folder, mapping)
    assert found == expected(':s a :C ; :with ("1" "2") . [] :p :o .')
    assert [(each.read, each.published) for each in done.accounts] == [(1, 1)]
    with pytest.raises(MappingError, match="a triples map has no rml:logicalSource"):
        mapped(folder, mapping.replace('rml:constant "2"', 'rml:reference "2"'))


def test_a_rejected_record_leaves_a_whole_list(folder: Path) -> None:
    """The second of three records that make one list is wrong; the third follows the first."""
    files = {"d.csv": "id,n\na,1\nb,x\nc,3\n"}
    mapping = """:t rml:logicalSource [ rml:source "d.csv" ] ; rml:subjectMap [ rml:template "{id}" ] ; rml:predicateObjectMap [ rml:predicate :in ;
        rml:objectMap [ rml:constant :l ; rml:gather ( [ rml:reference "n" ; rml:datatype <http://www.w3.org/2001/XMLSchema#integer> ] ) ; rml:gatherAs rdf:List ] ] ."""
    write(folder, MORE + mapping, files)
    for on_error in ("reject", "term"):
        done = map_files([Path("m.ttl")], Path("out.nq"), MapOptions(base=BASE, on_error=on_error))
        assert [str(each) for each in done.rejections] == ["d.csv row 2 column n: 'x' is no xsd:integer"]
        assert canonical(Path("out.nq").read_bytes(), ox.RdfFormat.N_QUADS) == expected(
            ":a :in :l . :c :in :l . :l rdf:first 1 ; rdf:rest (3) ."
        )
        assert [(each.published, each.rejected, each.skipped) for each in done.accounts] == [(2, 1, 0)]


def test_a_name_that_is_no_iri_rejects_its_record(folder: Path) -> None:
    mapping = f""":t rml:logicalSource :again ; rml:subjectMap [ rml:template "{{id}}" ] ; rml:predicateObjectMap [ rml:predicate :in ;
        rml:objectMap [ rml:template "l {{id}}" ; rml:termType rml:UnsafeIRI ; {BOTH} ; rml:gatherAs rdf:List ] ] ."""
    with pytest.raises((InputError, MappingError)):
        mapped(folder, mapping)


@pytest.mark.parametrize("syntax", ["turtle", "jsonld"])
def test_other_syntaxes_say_the_same(syntax: str, folder: Path) -> None:
    _, trig = MADE["a list of bags"]
    write(folder, MORE + SOURCES + MADE["a list of bags"][0], FILES)
    map_files([Path("m.ttl")], Path("out"), MapOptions(base=BASE, format=syntax))
    read = {"turtle": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD}[syntax]
    assert canonical(Path("out").read_bytes(), read) == expected(trig)


# The place is that within the mapping below, its first line being 1.
WRONG = {
    "rml:gather ( [ rml:reference 'id' ] ) ": "2 column 3: a gather map has no rml:gatherAs",
    "rml:gather ( ) ; rml:gatherAs rdf:List": "2 column 3: there is nothing to gather from",
    "rml:gather ( [ rml:reference 'id' ] ) ; rml:gatherAs rdf:Set": "2 column 45: <http://www.w3.org/1999/02/22-rdf-syntax-ns#Set> is no kind of collection\n  There are: rdf:List, rdf:Bag, rdf:Seq, rdf:Alt.",
    "rml:gather ( [ rml:reference 'id' ] ) ; rml:gatherAs rdf:Bag ; rml:strategy :zip": "2 column 68: <http://e/zip> is no strategy",
    "rml:gather ( [ rml:reference 'id' ] ) ; rml:gatherAs rdf:Bag ; rml:allowEmptyListAndContainer 'no'": "2 column 3: rml:allowEmptyListAndContainer is true or false, not 'no'",
    "rml:gather ( [ rml:reference 'id' ] ) ; rml:gatherAs rdf:Bag ; rml:termType rml:IRI": "2 column 3: a collection without an expression",
    "rml:gather _:l ; rml:gatherAs rdf:Bag": "2 column 3: the list of term maps leads back",
    "rml:template 'l' ; rml:gather ( [ rml:reference 'id' ] ) ; rml:gatherAs rdf:Bag ; rml:termType rml:Literal": "2 column 3: the subject cannot be a literal",
    "rml:gather ( [ rml:parentTriplesMap :nobody ] ) ; rml:gatherAs rdf:Bag": "2 column 18: there is no mapping 'http://e/nobody' to join",
    "rml:gather ( [ rml:parentTriplesMap :c ] ) ; rml:gatherAs rdf:Bag": "2 column 18: a join leads to no list and no container",
}


@pytest.mark.parametrize("gather", WRONG)
def test_what_is_wrong_is_told_with_its_place(gather: str, folder: Path) -> None:
    head = ":t rml:logicalSource :data ; rml:subject :s ; rml:predicateObjectMap [ rml:predicate :p ; rml:objectMap\n"
    loop = "_:l rdf:first [ rml:reference 'id' ] ; rdf:rest _:l .\n"
    other = f":c rml:logicalSource :data ; rml:subjectMap [ {VALUES} ; rml:gatherAs rdf:List ] .\n"
    write(folder, head + f"  [ {gather} ] ] .\n" + loop + other + SOURCES, FILES)
    Path("m.ttl").write_text(f"{PREFIXES}{MORE.strip()} {head}  [ {gather} ] ] .\n{loop}{other}{SOURCES}")
    with pytest.raises(MappingError) as caught:
        map_files([Path("m.ttl")], Path("out.nq"), MapOptions(base=BASE))
    line, rest = WRONG[gather].split(" ", 1)
    assert str(caught.value).startswith(f"m.ttl:{HEAD + int(line)} {rest}")


def test_a_predicate_is_no_collection(folder: Path) -> None:
    mapping = ":t rml:logicalSource :data ; rml:subject :s ; rml:predicateObjectMap [ rml:object :o ; rml:predicateMap [ rml:gather ( :x ) ; rml:gatherAs rdf:Bag ] ] ."
    with pytest.raises(MappingError, match="a predicate is no collection"):
        read_rml(write(folder, MORE + mapping + SOURCES, FILES), "m.ttl", "")


# A slow, plain twin: what the specification says of one gather map, record by record.
RECORDS = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.sampled_from("ab"),
            "v1": st.lists(st.sampled_from("123"), max_size=3),
            "v2": st.lists(st.sampled_from("xy"), max_size=2),
        }
    ),
    max_size=4,
)


def collections(records: list[dict[str, Any]], combine: bool, empty: bool, named: bool) -> list[tuple[str, list[str]]]:
    """Return what each collection that a record has :with is, the id before it."""
    found: list[tuple[str, list[str]]] = []
    for record in records:
        parts = [record["v1"], record["v2"]]
        made = [list(each) for each in product(*parts)] if combine else [[value for part in parts for value in part]]
        made = [each for each in made if each] or ([[]] if empty else [])
        found += [(record["id"], each) for each in made]
    if not named:
        return found
    whole = {name: [value for other, each in found if other == name for value in each] for name, _ in found}
    return [*((name, each) for name, each in whole.items() if each), *((name, []) for name, each in found if not each)]


def read_container(data: ox.Dataset, head: Any) -> list[str]:
    """Return the texts of a well-formed container."""
    members = {q.predicate.value.removeprefix(f"{RDF}_"): q.object.value for q in data.quads_for_subject(head)}
    del members[f"{RDF}type"]
    assert sorted(map(int, members)) == list(range(1, len(members) + 1))
    return [members[str(number)] for number in range(1, len(members) + 1)]


@given(RECORDS, st.booleans(), st.booleans(), st.booleans(), st.sampled_from(["List", "Seq"]))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_plain_twin_agrees(
    folder: Path, records: list[dict[str, Any]], combine: bool, empty: bool, named: bool, kind: str
) -> None:
    gather = f"{NAMED if named else ''} {BOTH} ; rml:gatherAs rdf:{kind} ; rml:allowEmptyListAndContainer {str(empty).lower()} ; rml:strategy {'rml:cartesianProduct' if combine else 'rml:append'}"
    write(folder, MORE + SOURCES + about("again", gather), {"again.json": json.dumps(records)})
    map_files([Path("m.ttl")], Path("out.nq"), MapOptions(base=BASE))
    data = ox.Dataset(ox.parse(Path("out.nq").read_bytes(), format=ox.RdfFormat.N_QUADS))
    read = read_list if kind == "List" else read_container
    found = [(quad.subject.value.removeprefix(BASE), read(data, quad.object)) for quad in said_with(data)]
    wanted = collections(records, combine, empty, named)
    if named and kind != "List":  # a container with a name is one, empty in some records or not
        wanted = [(name, each) for name, each in wanted if each or not any(m for other, m in wanted if other == name)]
    if named or kind == "List":  # one statement says what is said twice: of a name, and of the empty list
        wanted = [each for number, each in enumerate(wanted) if (each[1] and not named) or each not in wanted[:number]]
    assert sorted(found) == sorted(wanted)


def said_with(data: ox.Dataset) -> Iterator[ox.Quad]:
    yield from (quad for quad in data if quad.predicate.value == f"{BASE}with")
