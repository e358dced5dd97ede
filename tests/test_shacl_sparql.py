"""SPARQL-based constraints give pySHACL's results, but that equal ones count: there is one for each solution.

https://www.w3.org/TR/shacl/#sparql-constraints
"""

from collections.abc import Iterable
from pathlib import Path
from random import Random

import pytest
from shacl_peers import Finding, findings, statements, term_tables

from lod.engine import Engine, open_engine
from lod.validation import Report, Result, read_shapes, validate
from lod.validation.by_pyshacl import validate_by_pyshacl

HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix : <http://example.org/> .
"""
PREFIXES = """<urn:prefixes> sh:declare [ sh:prefix "e" ; sh:namespace "http://example.org/"^^xsd:anyURI ] ;
    owl:imports <urn:more> .
<urn:more> sh:declare [ sh:prefix "xsd" ; sh:namespace "http://www.w3.org/2001/XMLSchema#"^^xsd:anyURI ] .
"""
DATA = """
:a a :C ; :p 1, 2 ; :q :b, :a ; :name "one"@en, "eins"@de ; :next :b .
:b a :C ; :p 5 ; :q "x" ; :name "two"@en ; :next :c .
:c a :C ; :p "text", 7.25 ; :next :a ; :day "1992-02-26"^^xsd:date .
:d a :C ; :next :d ; :q [ :p 3 ] ; :day "1992-02-25"^^xsd:date .
_:x a :C ; :p 4 ; :q :a .
:e :p 9 ; :name "five" ; :q :e .
"""
NODE = ":S a sh:NodeShape ; sh:targetClass :C ; sh:sparql [ {more} sh:prefixes <urn:prefixes> ; sh:select '''{query}''' ] ."
PROPERTY = (
    ":S a sh:PropertyShape ; sh:path {path} ; sh:targetClass :C ; "
    "sh:sparql [ {more} sh:prefixes <urn:prefixes> ; sh:select '''{query}''' ] ."
)


def node(query: str, more: str = "sh:message 'no' ;") -> str:
    return NODE.format(query=query, more=more)


def on_path(query: str, path: str = ":p", more: str = "sh:message 'no' ;") -> str:
    return PROPERTY.format(query=query, path=path, more=more)


SAME = {
    "a pattern": node("SELECT $this WHERE { $this e:p 5 }"),
    "a value": node("SELECT $this ?value WHERE { $this e:p ?value . FILTER (isNumeric(?value) && ?value > 1) }"),
    "a path that is found": node("SELECT $this ?path ?value WHERE { $this ?path ?value . FILTER (isIRI(?value)) }"),
    "what points at it": node("SELECT $this ?value WHERE { ?value e:q $this }"),
    "the variable with a question mark": node("SELECT ?this WHERE { ?this e:p 5 }"),
    "distinct": node("SELECT DISTINCT $this WHERE { $this e:p ?x . $this e:next ?y }"),
    "a solution each": node("SELECT $this WHERE { $this e:p ?x . $this e:name ?y }"),
    "everything": node("SELECT * WHERE { $this e:p ?value }"),
    "a filter on the focus node alone": node("SELECT $this WHERE { FILTER ($this = e:a) }"),
    "a union of which a branch names it not": node("SELECT $this WHERE { { $this e:p 5 } UNION { e:e e:p 9 } }"),
    "a filter in a branch": node("SELECT $this ?value WHERE { { ?value e:p 9 FILTER ($this = e:b) } UNION { $this e:q ?value } }"),
    "something optional": node("SELECT $this ?value WHERE { $this e:next ?n OPTIONAL { ?n e:name ?value FILTER (?n != $this) } }"),
    "not exists": node("SELECT $this WHERE { $this a e:C FILTER NOT EXISTS { $this e:name ?n } }"),
    "exists, in brackets": node("SELECT $this WHERE { FILTER (EXISTS { ?x e:q $this } && !EXISTS { $this e:day ?d }) }"),
    "something bound": node("SELECT $this ?value WHERE { $this e:p ?x BIND (?x + 1 AS ?value) FILTER (?value < 4) }"),
    "the focus node bound to another name": node("SELECT $this ?value WHERE { BIND ($this AS ?value) ?value e:next ?n }"),
    "a loop": node("SELECT $this WHERE { $this e:next+ $this }"),
    "a path of several kinds": node("SELECT $this ?value WHERE { $this (e:next/^e:q)|(e:q?) ?value }"),
    "dates": node("SELECT $this ?value WHERE { $this e:day ?value . FILTER (?value < '1992-02-26'^^xsd:date) }"),
    "a query inside": node("SELECT $this ?value WHERE { { SELECT $this ?value WHERE { $this e:p ?value } } FILTER (?value = 5) }"),
    "a count": node("SELECT $this (COUNT(?x) AS ?value) WHERE { $this e:p ?x } GROUP BY $this HAVING (COUNT(?x) > 1)"),
    "a limit": node("SELECT $this ?value WHERE { $this e:p ?value } ORDER BY ?value LIMIT 1"),
    "braces in texts and comments": node('SELECT $this WHERE { # { no group\\n $this e:q "x" . FILTER ("{" != "}") }'),
    "less and greater without spaces": node("SELECT $this ?value WHERE { $this e:p ?value . FILTER(1<?value&&?value<6) }"),
    "languages": node("SELECT $this ?value WHERE { $this e:name ?value . FILTER (lang(?value) = 'de') }"),
    "a property shape": on_path("SELECT $this ?value WHERE { $this $PATH ?value . FILTER (!isNumeric(?value)) }"),
    "a property shape's longer path": on_path("SELECT $this ?value WHERE { $this $PATH ?value }", "( :next [ sh:inversePath :q ] )"),
    "a property shape without a value": on_path("SELECT $this WHERE { $this $PATH 5 }"),
    "a shape with more than a query": node("SELECT $this WHERE { $this e:p 5 }") + " :S sh:property [ sh:path :name ; sh:minCount 1 ] ; sh:class :D .",
    "two queries": node("SELECT $this WHERE { $this e:p 5 }") + " :S sh:sparql [ sh:message 'too' ; sh:select 'SELECT $this { $this <http://example.org/p> 1 }' ] .",
    "a query that is not active": node("SELECT $this WHERE { $this e:p 5 }", "sh:deactivated true ;"),
    "a shape that is not active": node("SELECT $this WHERE { $this e:p 5 }") + " :S sh:deactivated true .",
    "a shape that others refer to": node("SELECT $this WHERE { $this e:p 5 }") + " :T a sh:NodeShape ; sh:targetSubjectsOf :p ; sh:node :S .",
    "a shape that others negate": node("SELECT $this WHERE { $this e:p 5 }") + " :T a sh:NodeShape ; sh:targetSubjectsOf :p ; sh:not :S .",
    "a property shape of a shape": ":S a sh:NodeShape ; sh:targetClass :C ; sh:property [ sh:path :p ; sh:sparql [ sh:message 'no' ; sh:select 'SELECT $this ?value { $this $PATH ?value FILTER (isNumeric(?value)) }' ] ] .",
    "a severity of its own": node("SELECT $this WHERE { $this e:p 5 }") + " :S sh:severity sh:Warning .",
    "targets of literals": ":S a sh:NodeShape ; sh:targetNode 5, 'x', :a ; sh:sparql [ sh:message 'no' ; sh:select 'SELECT $this ?value { ?value ?p $this }' ] .",
}  # fmt: skip


def by_us(engine: Engine, data: str, shapes: str, folder: Path) -> Report:
    (folder / "shapes.ttl").write_text(shapes, encoding="utf-8")
    tables = term_tables(engine, statements(data))
    return validate(engine, tables, read_shapes([(folder / "shapes.ttl", "shapes.ttl")]))


def by_pyshacl(data: str, shapes: str) -> list[Result]:
    return list(validate_by_pyshacl(statements(data), statements(shapes), {}))


def once(results: Iterable[Result]) -> set[Finding]:
    return set(findings(results))


def told(results: list[Result] | tuple[Result, ...]) -> set[tuple[str, ...]]:
    named = (result for result in results if not result.focus.value.startswith("_:"))
    return {(result.focus.value, *(message.value for message in result.messages)) for result in named}


@pytest.mark.parametrize("shapes", SAME.values(), ids=SAME)
def test_the_results_are_those_of_pyshacl(shapes: str, engine: Engine, tmp_path: Path) -> None:
    document = HEAD + PREFIXES + shapes
    report = by_us(engine, HEAD + DATA, document, tmp_path)
    theirs = by_pyshacl(HEAD + DATA, document)
    assert once(report.results) == once(theirs)
    of_queries = [result for result in report.results if result.component.endswith("SPARQLConstraintComponent")]
    assert told(of_queries) == told(
        [result for result in theirs if result.component.endswith("SPARQLConstraintComponent")]
    )


def test_the_cases_find_something_and_are_asked_here(engine: Engine, tmp_path: Path) -> None:
    silent = {"a query that is not active", "a shape that is not active"}
    elsewhere = {"a shape that others refer to", "a shape that others negate", "a property shape of a shape"}
    for name, shapes in SAME.items():
        report = by_us(engine, HEAD + DATA, HEAD + PREFIXES + shapes, tmp_path)
        assert bool(report.results) == (name not in silent), name
        assert any("pySHACL" in note for note in report.notes) == (name in elsewhere), name


def test_there_is_a_result_for_each_solution(engine: Engine, tmp_path: Path) -> None:
    """https://www.w3.org/TR/shacl/#sparql-constraints-validation, where pySHACL gives equal ones once."""
    report = by_us(engine, HEAD + DATA, HEAD + PREFIXES + SAME["a solution each"], tmp_path)
    assert sorted(result.focus.value[-1] for result in report.results) == ["a"] * 4 + ["b"]


MESSAGES = {
    # https://www.w3.org/TR/shacl/#sparql-constraints-validation: the solution's, else the constraint's
    "the solution's": (node("SELECT $this ?message WHERE { $this e:p 5 BIND ('five' AS ?message) }"), ["five"]),
    "the constraint's, filled": (node("SELECT $this ?x ?n WHERE { $this e:p ?x ; e:q 'x' ; e:next ?n }", "sh:message '{?this} has {$x}, then {?n}; {?none} {}' ;"), ["http://example.org/b has 5, then http://example.org/c; {?none} {}"]),
    "the constraint's, in two languages": (node("SELECT $this WHERE { $this e:p 5 }", "sh:message 'no'@en, 'nein'@de ;"), ["nein", "no"]),
    "the shape's": (node("SELECT $this WHERE { $this e:p 5 }", "") + " :S sh:message 'shape' .", ["shape"]),
}  # fmt: skip


@pytest.mark.parametrize(("shapes", "texts"), MESSAGES.values(), ids=MESSAGES)
def test_what_a_result_says(shapes: str, texts: list[str], engine: Engine, tmp_path: Path) -> None:
    [result] = by_us(engine, HEAD + DATA, HEAD + PREFIXES + shapes, tmp_path).results
    assert sorted(message.value for message in result.messages) == texts


KEPT = ":a a :C ; :p {number} ; :q {other} . :b a :C ; :p 1 ; :day '1992-01-01'^^xsd:date ."
LEXICAL = {
    # A store that keeps values would find 46.93 here; shapes:Coordinates-order of the profile asks so.
    "a text of a number": (node("SELECT $this ?value WHERE { $this e:p ?value . FILTER (STR(?value) != '46.930') }"), True),
    "two texts of one number": (node("SELECT $this WHERE { $this e:p ?x ; e:q ?x }"), True),
    "whatever it says": (node("SELECT $this ?value WHERE { $this ?p ?value }"), True),
    "what points at it": (node("SELECT $this ?value WHERE { ?value ?p $this }"), False),
    "another property": (node("SELECT $this ?value WHERE { $this e:day ?value }"), False),
    "a path over it": (node("SELECT $this ?value WHERE { $this e:day|e:p ?value }"), True),
    "any but one": (node("SELECT $this ?value WHERE { $this !e:day ?value }"), True),
    "where it is not": (node("SELECT $this WHERE { $this e:day ?d FILTER NOT EXISTS { $this e:p ?value } }"), True),
}  # fmt: skip


@pytest.mark.parametrize(("shapes", "elsewhere"), LEXICAL.values(), ids=LEXICAL)
def test_lexical_forms_count(shapes: str, elsewhere: bool, engine: Engine, tmp_path: Path) -> None:
    for number, other in (
        ("46.930", "46.93"),
        ("'01'^^xsd:integer", "1"),
        ("'1'^^xsd:boolean", "true"),
        ("'24:00:00'^^xsd:time", "1.50"),
    ):
        data, document = HEAD + KEPT.format(number=number, other=other), HEAD + PREFIXES + shapes
        report = by_us(engine, data, document, tmp_path)
        assert once(report.results) == once(by_pyshacl(data, document))
        assert any("pySHACL" in note for note in report.notes) == elsewhere


def test_random_data_give_the_same(engine: Engine, tmp_path: Path) -> None:
    """The cases above on other data: some of everything, twenty times."""
    random = Random(1)
    nodes, values = (
        [f":n{number}" for number in range(8)],
        ["1", "2", "5", "7.25", "'x'", "'y'@en", "'1992-02-25'^^xsd:date"],
    )
    for _ in range(20):
        lines = [f"{random.choice(nodes)} :{random.choice('pq')} {random.choice(nodes + values)} ." for _ in range(20)]
        lines += [f"{random.choice(nodes)} :next {random.choice(nodes)} ." for _ in range(8)]
        lines += [f"{each} a :C ." for each in random.sample(nodes, 5)]
        data = HEAD + "\n".join(lines)
        names = random.sample(sorted(name for name in SAME if "limit" not in name), 6)
        for name in names:
            document = HEAD + PREFIXES + SAME[name]
            assert once(by_us(engine, data, document, tmp_path).results) == once(by_pyshacl(data, document)), (
                name,
                data,
            )


def test_one_query_for_all_focus_nodes_says_what_one_each_does(tmp_path: Path) -> None:
    """Ten thousand nodes: each tenth is wrong."""
    data = "".join(f":n{number} a :C ; :p {number % 10} .\n" for number in range(10_000))
    shapes = HEAD + PREFIXES + node("SELECT $this ?value WHERE { $this e:p ?value . FILTER (?value = 3) }")
    with open_engine() as engine:
        report = by_us(engine, HEAD + data, shapes, tmp_path)
    assert {result.focus.value for result in report.results} == {
        f"http://example.org/n{number}" for number in range(3, 10_000, 10)
    }
