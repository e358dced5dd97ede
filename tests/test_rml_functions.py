"""RML-FNML: functions wherever an expression may stand, and conditions.

https://kg-construct.github.io/rml-fnml/spec/docs/
"""

from pathlib import Path

import pytest
from rml import HEAD, mapped, write

from lod import MappingError
from lod.mapping.model import Call, Expression, Join, Reference, TermMap
from lod.mapping.rml import read_rml
from lod.term_table import Constant
from lod.terms import Kind
from lod.vocab import FN

SOURCE = ':csv rml:source "a.csv" ; rml:referenceFormulation rml:CSV .\n'
FILES = {"a.csv": "id,kind,name\n1,x, Ada \n2,y,Bob\n3,,Eve\n"}
LOWER = "[ rml:function fn:lower ; rml:input [ rml:parameter fn:value ; rml:inputValueMap [ rml:reference 'name' ] ] ]"
FULL = """[ a rml:FunctionExecution ; rml:functionMap [ a rml:FunctionMap ; rml:constant fn:lower ] ; rml:input
    [ a rml:Input ; rml:parameterMap [ rml:constant fn:value ] ; rml:inputValueMap [ rml:reference 'name' ] ] ]"""
IS_X = """[ rml:functionExecution [ rml:function fn:equal ; rml:input [ rml:parameter fn:value ; rml:inputValueMap [ rml:reference 'kind' ] ] ,
    [ rml:parameter fn:other ; rml:inputValue 'x' ] ] ]"""
HAS_NAME = """[ rml:functionExecution [ rml:function fn:present ; rml:input [ rml:parameter fn:value ; rml:inputValueMap [ rml:reference 'name' ] ] ] ]"""


def call(name: str, **arguments: Expression) -> Call:
    return Call(FN + name, tuple((FN + key, value) for key, value in arguments.items()), None)  # type: ignore[arg-type]


def object_of(said: str, folder: Path) -> TermMap | Join:
    mapping = f":a rml:logicalSource :csv ; rml:subject :s ; rml:predicateObjectMap [ rml:predicate :p ; rml:objectMap {said} ] ."
    (triples_map,) = read_rml(write(folder, SOURCE + mapping, {}), "m.ttl", "").triples_maps
    return triples_map.predicate_objects[0].objects[0]


CALLS = {
    "with shortcuts": (
        f"[ rml:functionExecution {LOWER} ; rml:return fn:out ]",
        call("lower", value=Reference("name")),
    ),
    "without": (
        f"[ rml:functionExecution {FULL} ; rml:returnMap [ rml:constant fn:out ] ]",
        call("lower", value=Reference("name")),
    ),
    "nested": (
        f"[ rml:functionExecution [ rml:function fn:trim ; rml:input [ rml:parameter fn:value ; rml:inputValueMap [ rml:functionExecution {LOWER} ] ] ] ]",
        call("trim", value=call("lower", value=Reference("name"))),
    ),
    "a condition within": (
        f"[ rml:functionExecution [ rml:function fn:trim ; rml:input [ rml:parameter fn:value ; rml:inputValueMap [ rml:reference 'a' ; rml:condition {HAS_NAME} ] ] ] ]",
        call("trim", value=call("when", condition=call("present", value=Reference("name")), value=Reference("a"))),
    ),
    "the former vocabulary": (
        """[ fnml:functionValue [ rr:predicateObjectMap [ rr:predicate fno:executes ; rr:objectMap [ rr:constant fn:lower ] ] ,
        [ rr:predicateMap [ rr:constant fn:value ] ; rr:objectMap [ former:reference "name" ] ] , [ rr:predicate fn:other ; rr:object "o" ] ] ]""",
        call("lower", value=Reference("name"), other=Constant("o")),
    ),
    "the vocabulary between": (
        "[ fnml:execution [ fnml:function fn:lower ; fnml:input [ fnml:parameter fn:value ; fnml:valueMap [ former:reference 'name' ] ] ] ]",
        call("lower", value=Reference("name")),
    ),
}


@pytest.mark.parametrize(("said", "expected"), CALLS.values(), ids=CALLS)
def test_calls(said: str, expected: Call, tmp_path: Path) -> None:
    term = object_of(said, tmp_path)
    assert isinstance(term, TermMap)
    assert set(term.expression.arguments) == set(expected.arguments)  # type: ignore[union-attr]
    assert term.expression.function == expected.function  # type: ignore[union-attr]
    assert term.kind is Kind.LITERAL


MADE = {
    "an object": (
        f"rml:predicate :p ; rml:objectMap [ rml:functionExecution {LOWER} ]",
        {'<:1> <:p> " ada "', '<:2> <:p> "bob"', '<:3> <:p> "eve"'},
    ),
    "an object that is an IRI continues the base": (
        "rml:predicate :p ; rml:objectMap [ rml:termType rml:IRI ; rml:functionExecution [ rml:function fn:trim ; rml:input [ rml:parameter fn:value ; rml:inputValueMap [ rml:reference 'name' ] ] ] ]",
        {"<:1> <:p> <http://base/Ada>", "<:2> <:p> <http://base/Bob>", "<:3> <:p> <http://base/Eve>"},
    ),
    "a language": (
        """rml:predicate :p ; rml:objectMap [ rml:constant "c" ; rml:language "en" ] , [ rml:reference "id" ; rml:languageMap [ rml:functionExecution
        [ rml:function fn:coalesce ; rml:input [ rml:parameter fn:value ; rml:inputValue "az" ] , [ rml:parameter fn:other ; rml:inputValueMap [ rml:reference "id" ] ] ] ] ]""",
        {f'<:{n}> <:p> "{n}"@az' for n in "123"} | {f'<:{n}> <:p> "c"' for n in "123"},
    ),
    "a condition on an object": (
        f"rml:predicate :p ; rml:object 'o' ; rml:objectMap [ rml:constant 'x' ; rml:condition {IS_X} ]",
        {f'<:{n}> <:p> "o"' for n in "123"} | {'<:1> <:p> "x"'},
    ),
    "a condition on a template keeps its encoding": (
        f"rml:predicate :p ; rml:objectMap [ rml:template 'http://e/{{name}}' ; rml:condition {IS_X} ]",
        {"<:1> <:p> <:%20Ada%20>"},
    ),
    "a condition on a predicate": (
        f"rml:predicate :q ; rml:predicateMap [ rml:constant :p ; rml:condition {IS_X} ] ; rml:object 'o'",
        {f'<:{n}> <:q> "o"' for n in "123"} | {'<:1> <:p> "o"'},
    ),
    "a condition on a graph": (
        f"rml:predicate :p ; rml:object 'o' ; rml:graph :g ; rml:graphMap [ rml:constant :x ; rml:condition {IS_X} ]",
        {f'<:{n}> <:p> "o" <:g>' for n in "123"} | {'<:1> <:p> "o" <:x>'},
    ),
    "conditions on both": (
        f"rml:predicateMap [ rml:constant :p ; rml:condition {HAS_NAME} ] ; rml:objectMap [ rml:reference 'id' ; rml:condition {IS_X} ]",
        {'<:1> <:p> "1"'},
    ),
    "a condition on a join": (
        f"rml:predicate :p ; rml:objectMap [ rml:parentTriplesMap :a ; rml:condition {IS_X} ; rml:joinCondition [ rml:child 'id' ; rml:parent 'id' ] ]",
        {"<:1> <:p> <:1>"},
    ),
    "a join by functions": (
        f"rml:predicate :p ; rml:objectMap [ rml:parentTriplesMap :a ; rml:joinCondition [ rml:childMap [ rml:functionExecution {LOWER} ] ; rml:parentMap [ rml:functionExecution {LOWER} ] ] ]",
        {f"<:{n}> <:p> <:{n}>" for n in "123"},
    ),
}


@pytest.mark.parametrize(("said", "expected"), MADE.values(), ids=MADE)
def test_made(said: str, expected: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    mapping = f":a rml:logicalSource :csv ; rml:subjectMap [ rml:template 'http://e/{{id}}' ] ; rml:predicateObjectMap [ {said} ] ."
    assert mapped(tmp_path, SOURCE + mapping, FILES) == expected


def test_a_condition_on_a_subject_is_one_on_its_classes_and_pairs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    mapping = f""":a rml:logicalSource :csv ; rml:subjectMap [ rml:template 'http://e/{{id}}' ; rml:class :C ; rml:condition {IS_X} ] ;
    rml:predicateObjectMap [ rml:predicate :p ; rml:object 'o' ] ."""
    assert mapped(tmp_path, SOURCE + mapping, FILES) == {"<:1> <a> <:C>", '<:1> <:p> "o"'}


WRONG = {
    "[ rml:functionExecution [ ] ]": "a function execution needs rml:function, a constant IRI",
    "[ rml:functionExecution [ rml:functionMap [ rml:reference 'f' ] ] ]": "a function execution needs rml:function, a constant IRI",
    "[ rml:functionExecution [ rml:function fn:lower ; rml:input [ rml:inputValue 'a' ] ] ]": "an input needs rml:parameter, a constant IRI",
    "[ rml:functionExecution [ rml:function fn:lower ; rml:input [ rml:parameter fn:value ] ] ]": "an input needs rml:inputValueMap or rml:inputValue",
    "[ rml:functionExecution [ rml:function fn:lower ; rml:input [ rml:parameter fn:value ; rml:inputValueMap [ ] ] ] ]": "there is no expression here",
    "[ fnml:functionValue [ rr:predicateObjectMap [ rr:predicate fn:value ; rr:object 'a' ] ] ]": "fnml:functionValue needs one fno:executes",
    "[ fnml:functionValue [ rr:predicateObjectMap [ rr:predicate fno:executes ] ] ]": "a parameter needs rr:object or rr:objectMap",
    "[ rml:reference 'a' ; rml:condition [ rml:reference 'b' ] ]": "a condition is a function that gives true or false",
    f"[ rml:functionExecution {LOWER} ; rml:reference 'a' ]": "rml:constant or rml:reference or rml:template or rml:functionExecution or rml:functionValue stands here 2 times",
}


@pytest.mark.parametrize("said", WRONG)
def test_what_is_wrong(said: str, tmp_path: Path) -> None:
    with pytest.raises(MappingError) as caught:
        object_of(said, tmp_path)
    assert caught.value.at
    assert caught.value.at.line == HEAD + 2
    assert caught.value.at.column
    assert caught.value.what.startswith(WRONG[said])


def test_a_function_that_holds_itself_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="a node that holds itself"):
        object_of(
            "[ rml:functionExecution :f ] ] . :f rml:function fn:lower ; rml:input [ rml:parameter fn:value ; rml:inputValueMap [ rml:functionExecution :f ]",
            tmp_path,
        )
