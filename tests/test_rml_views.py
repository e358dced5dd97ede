"""RML-LV: logical views, by the specification's own examples and by what it says of nulls, names and joins.

https://kg-construct.github.io/rml-lv/spec/docs/
"""

from pathlib import Path

import pytest
from rml import HEAD, mapped, write

from lod import InputError, MappingError
from lod.map import map_files
from lod.options import MapOptions

FILES = {
    "people.json": """{"people": [
        {"name": "alice", "items": [{"type": "sword", "weight": 1500}, {"type": "shield", "weight": 2500}], "nick": ["al", "ali"],
         "table": "type,weight\\nsword,1500\\nshield,2500", "inner": "{\\"a\\": [1, {\\"b\\": \\"x\\"}]}"},
        {"name": "bob", "items": [{"type": "flower", "weight": 15, "tags": ["red", "wild"]}], "table": "type,weight\\nflower,"},
        {"name": "carol", "items": [], "nick": null}]}""",
    "years.csv": "name,birthyear\nalice,1995\nbob,1999\ntobias,2005\n",
    "ids.csv": "name,id\nalice,123\nbob,456\ntobias,789\n",
    "people.xml": """<People xmlns:y="http://x/"><Person name="cindy"><Friends><Person name="dave"><y:pet>Rex</y:pet><y:pet>Tom</y:pet></Person>
        <Person name="edmund"/></Friends></Person><Person name="fred"><Friends/></Person></People>""",
    "mixed.json": """[{"xml": "<?xml version='1.0' encoding='latin-1'?><items><item>ü</item><item>b</item></items>"}, {"xml": "<items><item>c</item></items>"}]""",
    "badxml.json": """[{"xml": "<a><b>1</b></a>"}, {"xml": "<a>"}, {"xml": "<!DOCTYPE a [<!ENTITY e 'x'>]><a><b>&e;</b></a>"}]""",
    "bad.json": '[{"id": 1, "text": "[1"}, {"id": 2, "text": "[2, 3]"}]',
}
SOURCES = """
:json rml:source "people.json" ; rml:referenceFormulation rml:JSONPath ; rml:iterator "$.people[*]" .
:csv rml:source "years.csv" ; rml:referenceFormulation rml:CSV .
:xml rml:source "people.xml" ; rml:iterator "/People/Person" ;
  rml:referenceFormulation [ a rml:XPathReferenceFormulation ; rml:namespace [ rml:namespacePrefix "x" ; rml:namespaceURL "http://x/" ] ] .
:people a rml:LogicalView ; rml:viewOn :json ;
  rml:field [ a rml:ExpressionField ; rml:fieldName "name" ; rml:reference "$.name" ] ;
  rml:field [ a rml:IterableField ; rml:fieldName "item" ; rml:iterator "$.items[*]" ;
    rml:field [ a rml:ExpressionField ; rml:fieldName "type" ; rml:reference "$.type" ] ;
    rml:field [ a rml:ExpressionField ; rml:fieldName "weight" ; rml:reference "$.weight" ] ] .
"""


def shown(template: str) -> str:
    """Return the end of a mapping that writes each row of the view :v as a text."""
    return f"""
    :a rml:logicalSource :v ; rml:subject :s ; rml:predicateObjectMap [ rml:predicate :p ;
      rml:objectMap [ rml:template "{template}" ; rml:termType rml:Literal ] ] ."""


# The view :v, how its rows are shown, and the rows; a row in which something is null is not shown.
ROWS = {
    "indexes of records, fields, and records within them": (
        ":v rml:viewOn :json ; rml:field [ rml:fieldName 'n' ; rml:reference '$.name' ] , [ a rml:IterableField ; rml:fieldName 'i' ; rml:iterator '$.items[*]' ; rml:field [ rml:fieldName 't' ; rml:reference '$.type' ] ] .",
        "{#} {n} {n.#} {i.#} {i.t} {i.t.#}",
        {"0 alice 0 0 sword 0", "0 alice 0 1 shield 0", "1 bob 0 0 flower 0"},
    ),
    "a field of several values gives a row each": (
        ":v rml:viewOn :json ; rml:field [ rml:fieldName 'name' ; rml:reference '$.name' ] , [ rml:fieldName 'nick' ; rml:reference '$.nick[*]' ] .",
        "{name} {nick} {nick.#}",
        {"alice al 0", "alice ali 1"},
    ),
    "two such fields give their product": (
        ":v rml:viewOn :json ; rml:field [ rml:fieldName 'n' ; rml:reference '$.nick[*]' ] , [ rml:fieldName 't' ; rml:reference '$.items[*].type' ] .",
        "{n} {t}",
        {"al sword", "al shield", "ali sword", "ali shield"},
    ),
    "what has no records within it stays": (
        ":v rml:viewOn :json ; rml:field [ rml:fieldName 'name' ; rml:reference '$.name' ] , [ rml:fieldName 'item' ; rml:iterator '$.items[*]' ; rml:field [ rml:fieldName 'type' ; rml:reference '$.type' ] ] .",
        "{name}",
        {"alice", "bob", "carol"},
    ),
    "records within records within records": (
        ":v rml:viewOn :json ; rml:field [ rml:fieldName 'i' ; rml:iterator '$.items[*]' ; rml:field [ rml:fieldName 't' ; rml:iterator '$.tags[*]' ; rml:field [ rml:fieldName 'v' ; rml:reference '$' ] ] ] .",
        "{i.t.v} {i.t.#} {i.#} {#}",
        {"red 0 0 1", "wild 1 0 1"},
    ),
    "CSV within JSON; an empty cell is null": (
        ":v rml:viewOn :json ; rml:field [ rml:fieldName 'items' ; rml:reference '$.table' ; rml:field [ rml:fieldName 'item' ; rml:referenceFormulation rml:CSV ; rml:field [ rml:fieldName 'type' ; rml:reference 'type' ] , [ rml:fieldName 'weight' ; rml:reference 'weight' ] ] ] .",
        "{items.item.type} {items.item.weight} {items.item.#}",
        {"sword 1500 0", "shield 2500 1"},
    ),
    "JSON within JSON": (
        ":v rml:viewOn :json ; rml:field [ rml:fieldName 'in' ; rml:reference '$.inner' ; rml:field [ rml:fieldName 'a' ; rml:referenceFormulation rml:JSONPath ; rml:iterator '$.a[*]' ; rml:field [ rml:fieldName 'b' ; rml:reference '$.b' ] ] ] .",
        "{in.a.b} {in.a.#}",
        {"x 1"},
    ),
    "constants, templates and functions are fields": (
        ":v rml:viewOn :csv ; rml:field [ rml:fieldName 'c' ; rml:constant 'k' ] , [ rml:fieldName 't' ; rml:template '{name}/{birthyear}' ] , [ rml:fieldName 'f' ; rml:functionExecution [ rml:function fn:replace ; rml:input [ rml:parameter fn:value ; rml:inputValueMap [ rml:reference 'name' ] ] , [ rml:parameter fn:pattern ; rml:inputValue 'o' ] , [ rml:parameter fn:replacement ; rml:inputValue '0' ] ] ] .",
        "{c} {t} {f} {f.#}",
        {"k alice/1995 alice 0", "k bob/1999 b0b 0", "k tobias/2005 t0bias 0"},
    ),
    "a function within records": (
        ":v rml:viewOn :json ; rml:field [ rml:fieldName 'i' ; rml:iterator '$.items[*]' ; rml:field [ rml:fieldName 'h' ; rml:functionExecution [ rml:function fn:replace ; rml:input [ rml:parameter fn:value ; rml:inputValueMap [ rml:reference '$.type' ] ] , [ rml:parameter fn:pattern ; rml:inputValue '^s' ] , [ rml:parameter fn:replacement ; rml:inputValue 'S' ] ] ] ] .",
        "{i.h}",
        {"Sword", "Shield", "flower"},
    ),
    "names of the input are out of reach, and may be used anew": (
        ":v rml:viewOn :csv ; rml:field [ rml:fieldName 'name' ; rml:reference 'birthyear' ] , [ rml:fieldName 'birthyear' ; rml:reference 'name' ] .",
        "{name} {birthyear}",
        {"1995 alice", "1999 bob", "2005 tobias"},
    ),
    "a view on a view": (
        ":v rml:viewOn :people ; rml:field [ rml:fieldName 'what' ; rml:template '{name} {item.type}' ] .",
        "{#} {what}",
        {"0 alice sword", "1 alice shield", "2 bob flower"},
    ),
    "a left join keeps what has no match": (
        """:v rml:viewOn :csv ; rml:field [ rml:fieldName "name" ; rml:reference "name" ] ; rml:leftJoin [ rml:parentLogicalView :people ;
        rml:joinCondition [ rml:parent "name" ; rml:child "name" ] ; rml:field [ rml:fieldName "type" ; rml:reference "item.type" ] ] .""",
        "{#} {name}",
        {"0 alice", "1 bob", "2 tobias"},
    ),
    "a left join gives a row for each match": (
        """:v rml:viewOn :csv ; rml:field [ rml:fieldName "name" ; rml:reference "name" ] ; rml:leftJoin [ rml:parentLogicalView :people ;
        rml:joinCondition [ rml:parent "name" ; rml:child "name" ] ; rml:field [ rml:fieldName "type" ; rml:reference "item.type" ] ] .""",
        "{name} {type} {type.#}",
        {"alice sword 0", "alice shield 1", "bob flower 0"},
    ),
    "an inner join leaves out what has no match": (
        """:v rml:viewOn :csv ; rml:field [ rml:fieldName "name" ; rml:reference "name" ] ; rml:innerJoin [ rml:parentLogicalView :people ;
        rml:joinCondition [ rml:parent "name" ; rml:child "name" ] ; rml:field [ rml:fieldName "type" ; rml:reference "item.type" ] ] .""",
        "{name}",
        {"alice", "bob"},
    ),
    "a full join keeps what only the other view has, one by one": (
        """:v rml:viewOn :csv ; rml:field [ rml:fieldName "name" ; rml:reference "name" ] ; rml:fullJoin [ rml:parentLogicalView :people ;
        rml:joinCondition [ rml:parent "name" ; rml:child "name" ] ; rml:field [ rml:fieldName "p" ; rml:reference "name" ] , [ rml:fieldName "type" ; rml:reference "item.type" ] ] .""",
        "{p} {p.#} {#file} {#row}",
        {"alice 0 years.csv 1", "alice 1 years.csv 1", "bob 0 years.csv 2", "carol 0 people.json 3"},
    ),
    "and what only its own has": (
        """:v rml:viewOn :csv ; rml:field [ rml:fieldName "name" ; rml:reference "name" ] ; rml:fullJoin [ rml:parentLogicalView :people ;
        rml:joinCondition [ rml:parent "name" ; rml:child "name" ] ; rml:field [ rml:fieldName "p" ; rml:reference "name" ] ] .""",
        "{#} {name}",
        {"0 alice", "1 bob", "2 tobias"},
    ),
    "a view on a full join": (
        """:w rml:viewOn :csv ; rml:field [ rml:fieldName "name" ; rml:reference "name" ] ; rml:fullJoin [ rml:parentLogicalView :ids ;
        rml:joinCondition [ rml:parent "id" ; rml:child "name" ] ; rml:field [ rml:fieldName "id" ; rml:reference "id" ] ] .
        :ids rml:viewOn [ rml:source "ids.csv" ] ; rml:field [ rml:fieldName "id" ; rml:reference "id" ] .
        :v rml:viewOn :w ; rml:field [ rml:fieldName "id" ; rml:reference "id" ] .""",
        "{#} {id} {#file} {#row}",
        {"0 123 ids.csv 1", "1 456 ids.csv 2", "2 789 ids.csv 3"},
    ),
    "records within XML": (
        ":v rml:viewOn :xml ; rml:field [ rml:fieldName 'name' ; rml:reference '@name' ] , [ rml:fieldName 'f' ; rml:iterator 'Friends/Person' ; rml:field [ rml:fieldName 'n' ; rml:reference '@name' ] ] .",
        "{#} {name} {f.#} {f.n}",
        {"0 cindy 0 dave", "0 cindy 1 edmund"},
    ),
    "XML without records within it stays": (
        ":v rml:viewOn :xml ; rml:field [ rml:fieldName 'name' ; rml:reference '@name' ] , [ rml:fieldName 'f' ; rml:iterator 'Friends/Person' ; rml:field [ rml:fieldName 'n' ; rml:reference '@name' ] ] .",
        "{name}",
        {"cindy", "fred"},
    ),
    "records within records of XML, by prefixes of the source": (
        ":v rml:viewOn :xml ; rml:field [ rml:fieldName 'f' ; rml:iterator 'Friends/Person' ; rml:field [ rml:fieldName 'n' ; rml:reference '@name' ] , [ rml:fieldName 'p' ; rml:iterator 'x:pet' ; rml:field [ rml:fieldName 'v' ; rml:reference '.' ] ] ] .",
        "{f.n} {f.p.#} {f.p.v} {f.p.v.#}",
        {"dave 0 Rex 0", "dave 1 Tom 0"},
    ),
    "a reference of several nodes, also of streamed records": (
        ":v rml:viewOn :xml ; rml:field [ rml:fieldName 'f' ; rml:iterator 'Friends' ; rml:field [ rml:fieldName 'n' ; rml:reference 'Person/@name' ] ] .",
        "{f.n} {f.n.#} {f.#}",
        {"dave 0 0", "edmund 1 0"},
    ),
    "XML within JSON, from its document": (
        ":v rml:viewOn [ rml:source 'mixed.json' ; rml:iterator '$[*]' ] ; rml:field [ rml:fieldName 'x' ; rml:reference '$.xml' ; rml:field [ rml:fieldName 'i' ; rml:referenceFormulation rml:XPath ; rml:iterator 'items/item' ; rml:field [ rml:fieldName 't' ; rml:reference 'text()' ] ] ] .",
        "{#} {x.i.#} {x.i.t}",
        {"0 0 ü", "0 1 b", "1 0 c"},
    ),
    "the document itself is the record where there is no iterator": (
        ":v rml:viewOn [ rml:source 'mixed.json' ; rml:iterator '$[*]' ] ; rml:field [ rml:fieldName 'x' ; rml:reference '$.xml' ; rml:field [ rml:fieldName 'd' ; rml:referenceFormulation rml:XPath ; rml:field [ rml:fieldName 't' ; rml:reference 'items/item' ] ] ] .",
        "{#} {x.d.#} {x.d.t.#} {x.d.t}",
        {"0 0 0 ü", "0 0 1 b", "1 0 0 c"},
    ),
    "nulls of the source are nulls of the records within": (
        ":v rml:viewOn [ rml:source [ rml:path 'people.json' ; rml:null 'shield' ] ; rml:referenceFormulation rml:JSONPath ; rml:iterator '$.people[*]' ] ; rml:field [ rml:fieldName 'i' ; rml:iterator '$.items[*]' ; rml:field [ rml:fieldName 't' ; rml:reference '$.type' ] ] , [ rml:fieldName 'c' ; rml:reference '$.table' ; rml:field [ rml:fieldName 'r' ; rml:referenceFormulation rml:CSV ; rml:field [ rml:fieldName 't' ; rml:reference 'type' ] ] ] .",
        "{i.t} {c.r.t}",
        {"sword sword", "flower flower"},
    ),
    "two left joins": (
        """:ids rml:viewOn [ rml:source "ids.csv" ] ; rml:field [ rml:fieldName "name" ; rml:reference "name" ] , [ rml:fieldName "id" ; rml:reference "id" ] .
        :v rml:viewOn :csv ; rml:field [ rml:fieldName "name" ; rml:reference "name" ] ; rml:leftJoin [ rml:parentLogicalView :people ;
        rml:joinCondition [ rml:parent "name" ; rml:child "name" ] ; rml:field [ rml:fieldName "type" ; rml:reference "item.type" ] ] ,
        [ rml:parentLogicalView :ids ; rml:joinCondition [ rml:parent "name" ; rml:child "name" ] , [ rml:parentMap [ rml:template "{name}!" ] ; rml:childMap [ rml:template "{name}!" ] ] ;
        rml:field [ rml:fieldName "id" ; rml:reference "id" ] ] .""",
        "{name} {id} {id.#}",
        {"alice 123 0", "bob 456 0", "tobias 789 0"},
    ),
}


@pytest.mark.parametrize(("view", "template", "expected"), ROWS.values(), ids=ROWS)
def test_rows(view: str, template: str, expected: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert mapped(tmp_path, SOURCES + view + shown(template), FILES) == {f'<:s> <:p> "{row}"' for row in expected}


def test_the_example_of_the_specification(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers keep the datatype that JSON gives them; a join without a condition is within a row of the view."""
    monkeypatch.chdir(tmp_path)
    mapping = """
    :person rml:logicalSource :people ; rml:subjectMap [ rml:template "http://e/{name}" ] ;
      rml:predicateObjectMap [ rml:predicate :item ; rml:objectMap [ rml:parentTriplesMap :thing ] ] .
    :thing rml:logicalSource :people ; rml:subjectMap [ rml:template "http://e/{name}/{item.#}" ] ;
      rml:predicateObjectMap [ rml:predicate :weight ; rml:objectMap [ rml:reference "item.weight" ] ] ,
        [ rml:predicate :index ; rml:objectMap [ rml:reference "item.#" ] ] ."""
    assert mapped(tmp_path, SOURCES + mapping, FILES) == {
        "<:alice> <:item> <:alice/0>",
        "<:alice> <:item> <:alice/1>",
        "<:bob> <:item> <:bob/0>",
        '<:alice/0> <:weight> "1500"^^<xsd:integer>',
        '<:alice/1> <:weight> "2500"^^<xsd:integer>',
        '<:bob/0> <:weight> "15"^^<xsd:integer>',
        '<:alice/0> <:index> "0"^^<xsd:integer>',
        '<:alice/1> <:index> "1"^^<xsd:integer>',
        '<:bob/0> <:index> "0"^^<xsd:integer>',
    }


def test_a_text_that_holds_no_records_rejects_its_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    mapping = """:v rml:viewOn [ rml:source "bad.json" ; rml:iterator "$[*]" ] ; rml:field [ rml:fieldName "id" ; rml:reference "$.id" ] ,
    [ rml:fieldName "text" ; rml:reference "$.text" ; rml:field [ rml:fieldName "n" ; rml:referenceFormulation rml:JSONPath ; rml:iterator "$[*]" ;
      rml:field [ rml:fieldName "v" ; rml:reference "$" ] ] ] .""" + shown("{id} {text.n.v}")
    assert mapped(tmp_path, mapping, FILES, "reject") == {'<:s> <:p> "2 2"', '<:s> <:p> "2 3"'}
    with pytest.raises(InputError, match=r"^bad.json row 1 column text.n: .*holds no JSON that can be read"):
        mapped(tmp_path, mapping, FILES)


def test_a_text_that_is_no_xml_rejects_its_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    mapping = """:v rml:viewOn [ rml:source "badxml.json" ; rml:iterator "$[*]" ] ; rml:field [ rml:fieldName "x" ; rml:reference "$.xml" ;
      rml:field [ rml:fieldName "b" ; rml:referenceFormulation rml:XPath ; rml:iterator "/a/b" ; rml:field [ rml:fieldName "v" ; rml:reference "." ] ] ] ."""
    write(tmp_path, mapping + shown("{x.b.v}"), FILES)
    done = map_files([Path("m.ttl")], Path("out.nq"), MapOptions(base="http://base/", on_error="reject"))
    assert [str(each) for each in done.rejections] == [
        "badxml.json row 2 column x.b: holds no XML that can be read",
        "badxml.json row 3 column x.b: holds XML with a DOCTYPE, which is refused",
    ]
    assert Path("out.nq").read_text() == '<http://e/s> <http://e/p> "1" .\n'


def test_a_full_join_accounts_for_the_records_of_both_views(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rejected is the record that makes the wrong term, in whichever file it is."""
    monkeypatch.chdir(tmp_path)
    mapping = """:ids rml:viewOn [ rml:source "b.csv" ] ; rml:field [ rml:fieldName "id" ; rml:reference "id" ] , [ rml:fieldName "n" ; rml:reference "n" ] .
    :v rml:viewOn [ rml:source "a.csv" ] ; rml:field [ rml:fieldName "id" ; rml:reference "id" ] ; rml:fullJoin [ rml:parentLogicalView :ids ;
      rml:joinCondition [ rml:parent "id" ; rml:child "id" ] ; rml:field [ rml:fieldName "n" ; rml:reference "n" ] ] .
    :t rml:logicalSource :v ; rml:subject :s ; rml:predicateObjectMap [ rml:predicate :n ; rml:objectMap [ rml:reference "n" ;
      rml:datatype <http://www.w3.org/2001/XMLSchema#integer> ] ] ."""
    write(tmp_path, mapping, {"a.csv": "id\n1\n2\n3\n", "b.csv": "id,n\n1,10\n2,x\n4,40\n5,y\n"})
    done = map_files([Path("m.ttl")], Path("out.nq"), MapOptions(base="http://base/", on_error="reject"))
    assert [(each.file, each.row, each.value) for each in done.rejections] == [("a.csv", 2, "x"), ("b.csv", 4, "y")]
    assert {each.file: (each.read, each.published, each.rejected, each.skipped) for each in done.accounts} == {
        "a.csv": (3, 1, 1, 1),
        "b.csv": (4, 1, 1, 2),
    }


# The place is that within the view, whose first line is 1.
WRONG = {
    ":v rml:viewOn :csv .": "1 column 1: a logical view has no rml:field",
    ":v rml:viewOn :csv ; rml:iterator 'x' ; rml:field [ rml:fieldName 'a' ; rml:reference 'name' ] .": "1 column 1: a logical view has no iterator",
    ":v rml:viewOn :csv ; rml:field [ rml:reference 'name' ] .": "1 column 32: a field needs an rml:fieldName",
    ":v rml:viewOn :csv ; rml:field [ rml:fieldName 'a.b' ; rml:reference 'name' ] .": "1 column 32: a field needs an rml:fieldName of letters and digits, not 'a.b'",
    ":v rml:viewOn :csv ; rml:field [ rml:fieldName 'a' ] .": "1 column 32: there is no expression here",
    ":v rml:viewOn :csv ; rml:field [ rml:fieldName 'a' ; rml:reference 'name' ] , [ rml:fieldName 'a' ; rml:reference 'name' ] .": "1 column 1: two fields have the name 'a'",
    ":v rml:viewOn :csv ; rml:field [ rml:fieldName 'a' ; rml:reference 'name' ; rml:field [ rml:fieldName 'b' ; rml:reference 'c' ] ] .": "1 column 32: a field with an expression has no expression fields within it",
    ":v rml:viewOn :csv ; rml:field [ rml:fieldName 'a' ; rml:reference 'name' ; rml:field [ a rml:IterableField ; rml:fieldName 'b' ] ] .": "1 column 87: a field within the text of another needs an rml:referenceFormulation",
    ":v rml:viewOn :csv ; rml:field [ rml:fieldName 'a' ; rml:referenceFormulation rml:JSONPath ] .": "1 column 32: a field has the reference formulation of what it is within, csv",
    ":v rml:viewOn :csv ; rml:field [ rml:fieldName 'a' ; rml:referenceFormulation rml:CSV ] .": "1 column 32: records of the formulation csv have no records within them",
    ":v rml:viewOn :csv ; rml:field [ rml:fieldName 'a' ; rml:reference 'name' ] ; rml:leftJoin [ ] .": "1 column 92: a join has no rml:parentLogicalView",
    ":v rml:viewOn :csv ; rml:field [ rml:fieldName 'a' ; rml:reference 'name' ] ; rml:leftJoin [ rml:parentLogicalView :csv ] .": "1 column 92: what a view is joined with is a logical view",
    ":v rml:viewOn :csv ; rml:field [ rml:fieldName 'a' ; rml:reference 'name' ] ; rml:leftJoin [ rml:parentLogicalView :people ] .": "1 column 92: a join of views needs an rml:joinCondition and an rml:field",
    ":v rml:viewOn :csv ; rml:field [ rml:fieldName 'a' ; rml:reference 'name' ] ; rml:fullJoin [ ] .": "1 column 92: a join has no rml:parentLogicalView",
    ":v rml:viewOn :xml ; rml:field [ rml:fieldName 'name' ; rml:reference '@name' ] , [ rml:fieldName 'a' ; rml:iterator 'b[' ; rml:field [ rml:fieldName 'd' ; rml:reference 'c' ] ] .": "1 column 83: the XPath 'b[' does not parse",
    ":v rml:viewOn :xml ; rml:field [ rml:fieldName 'name' ; rml:reference '@name' ] , [ rml:fieldName 'a' ; rml:iterator 'b' ; rml:field [ rml:fieldName 'd' ; rml:reference 'z:c' ] ] .": "1 column 83: the XPath 'z:c' does not parse",
    ":v rml:viewOn :json ; rml:field [ rml:fieldName 'name' ; rml:template '{$.nick[*]}!' ] .": "1 column 33: '$.nick[*]' can have several values",
    ":v rml:viewOn :csv ; rml:field [ rml:fieldName 'nam' ; rml:reference 'name' ] .": "13 column 21: the view has no field 'name'\n  Did you mean 'nam'?",
    ":v rml:viewOn :people ; rml:field [ rml:fieldName 'name' ; rml:reference 'item' ] .": "1 column 35: the view has no field 'item'",
}


@pytest.mark.parametrize("view", WRONG)
def test_what_is_wrong(view: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(MappingError) as caught:
        mapped(tmp_path, view + SOURCES + shown("{name}"), FILES)
    line, rest = WRONG[view].split(" ", 1)
    assert str(caught.value).startswith(f"m.ttl:{HEAD + int(line)} {rest}")


def test_a_bad_value_within_records_rejects_the_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    mapping = """:v rml:viewOn :json ; rml:field [ rml:fieldName "name" ; rml:reference "$.name" ] , [ rml:fieldName "i" ; rml:iterator "$.items[*]" ;
    rml:field [ rml:fieldName "n" ; rml:functionExecution [ rml:function fn:integer ; rml:input [ rml:parameter fn:value ;
      rml:inputValueMap [ rml:functionExecution [ rml:function fn:trim ; rml:input [ rml:parameter fn:value ; rml:inputValueMap [ rml:reference "$.type" ] ] ] ] ] ] ] ] ."""
    with pytest.raises(InputError, match=r"^people.json row 1 column \$.type: 's\w+' is not a whole number \(2 more\)"):
        mapped(tmp_path, SOURCES + mapping + shown("{name} {i.n}"), FILES)
