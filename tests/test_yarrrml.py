"""The YARRRML front end: shortcuts mean what their long forms mean; each mistake is told with file and line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lod.errors import MappingError
from lod.mapping import read_mappings
from lod.mapping.model import Mapping, Reference, Template
from lod.term_table import Constant
from lod.terms import Kind

BASE = "https://example.org/base/"
HEAD = """\
prefixes:
  schema: http://schema.org/
sources:
  people: {access: people.csv, referenceFormulation: csv}
mappings:
"""
Read = Callable[[str], Mapping]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_text(text: str) -> Mapping:
        path = tmp_path / "map.yml"
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
        return read_mappings([(path, "map.yml")], BASE)

    return read_text


def person(po: str = "[schema:name, $(name)]", more: str = "") -> str:
    return f"{HEAD}  person:\n    sources: people\n    s: person/$(id)\n{more}    po:\n      - {po}\n"


# A shortcut of the predicate-object pair, and its long form.
PAIRS = [
    ("[schema:name, $(name)]", "{p: schema:name, o: $(name)}"),
    ("[schema:name, $(name)]", "{predicates: schema:name, objects: {value: $(name)}}"),
    ("[schema:name, $(name)]", "{predicate: [schema:name], object: [{v: $(name), type: literal}]}"),
    ("[schema:name, $(name)]", "{p: http://schema.org/name, o: [[$(name)]]}"),
    ("[a, schema:Person]", "{p: rdf:type, o: {value: schema:Person, type: iri}}"),
    ("[a, schema:Person]", "[http://www.w3.org/1999/02/22-rdf-syntax-ns#type, schema:Person~iri]"),
    ("[a, [schema:Person, $(class)]]", "{p: a, o: [schema:Person, $(class)]}"),
    ("[schema:name, $(name), en~lang]", "{p: schema:name, o: {value: $(name), language: en}}"),
    ("[schema:name, $(name), $(lang)~lang]", "{p: schema:name, o: {value: $(name), language: $(lang)}}"),
    ("[schema:name, $(name), $(lang)~lang]", "{p: schema:name, o: [[$(name), $(lang)~lang]]}"),
    ("[schema:age, $(age), xsd:integer]", "{p: schema:age, o: {value: $(age), datatype: xsd:integer}}"),
    ("[schema:age, $(age), xsd:integer]", "[schema:age, $(age), http://www.w3.org/2001/XMLSchema#integer]"),
    ("[schema:age, $(age), $(type)]", "{p: schema:age, o: {value: $(age), datatype: $(type)}}"),
    ("[schema:knows, person/$(friend)~iri]", "{p: schema:knows, o: {value: person/$(friend), type: iri}}"),
    ("[schema:knows, person/$(friend)~iri]", f"[schema:knows, {BASE}person/$(friend)~iri]"),
    ("[schema:url, $(page)~iri]", "{p: schema:url, o: {v: $(page), type: iri}}"),
    ("[[schema:name, rdfs:label], $(name), en~lang]", "{p: [schema:name, rdfs:label], o: [[$(name), en~lang]]}"),
    ("[schema:name, [$(name), $(alias)], en~lang]", "{p: schema:name, o: [[$(name), en~lang], [$(alias), en~lang]]}"),
    ("{p: schema:name, o: $(name), graphs: graph/a}", "{p: schema:name, o: $(name), g: [graph/a]}"),
    ("{p: schema:name, o: $(name), graph: graph/a}", f"{{p: schema:name, o: $(name), g: [{BASE}graph/a]}}"),
    (
        "{p: schema:name, o: {function: fn:lower, parameters: [[fn:value, $(name)]]}}",
        "{p: schema:name, o: {fn: fn:lower, pms: [{parameter: fn:value, value: $(name)}]}}",
    ),
    (
        "{p: schema:name, o: {function: fn:lower, parameters: [[fn:value, $(name)]]}}",
        '{p: schema:name, o: {f: "https://w3id.org/lod/fn#lower", parameters: [{pm: fn:value, v: $(name)}]}}',
    ),
    (
        "{p: schema:knows, o: {mapping: person, condition: {function: equal, parameters: [[str1, $(a)], [str2, $(b)]]}}}",
        "{p: schema:knows, o: {mapping: person, condition: {function: idlab-fn:equal, parameters: [[str2, $(b)], [str1, $(a)]]}}}",
    ),
    (
        "{p: schema:knows, o: {mapping: person, condition: {function: equal, parameters: [[str1, $(a)], [str2, $(b)]]}}}",
        "{p: schema:knows, o: [{mapping: person, condition: [{fn: equal, pms: [[str1, $(b), o], [str2, $(a), s]]}]}]}",
    ),
]

# A whole document, and its long form.
DOCUMENTS = [
    (person(), person().replace("sources: people", "source: people").replace("s: person", "subject: person")),
    (person(), person().replace("    s: ", "    subjects: ").replace("po:", "predicateobjects:")),
    (person(), person().replace("mappings:", "m:")),
    (person(), person().replace("mappings:", "mapping:")),
    (person(), person().replace("s: person/$(id)", f"s: [{BASE}person/$(id)~iri]")),
    (person(), person().replace("sources: people", "sources: [people.csv~csv]")),
    (person(), person().replace("sources: people", "sources: [[people.csv~csv]]")),
    (person(), person().replace("sources: people", "sources: {access: people.csv, referenceFormulation: CSV}")),
    (
        person().replace("sources: people", "sources: [people.json~jsonpath, '$[*]']"),
        person().replace(
            "sources: people", "sources: {access: people.json, referenceFormulation: json, iterator: '$[*]'}"
        ),
    ),
    (
        person(),
        person().replace("prefixes:\n  schema: http://schema.org/\n", "prefixes: {schema: 'http://schema.org/'}\n"),
    ),
    (person(), person().replace("prefixes:", f"base: {BASE}\nprefixes:")),
    (person(more="    graphs: graph/a\n"), person(more=f"    g: [{BASE}graph/a]\n")),
    (person("[schema:name, $(name)]"), person('["schema:name", "$(name)"]')),
    (person("[schema:name, yes]"), person('[schema:name, "yes"]')),
]


@pytest.mark.parametrize(("short", "long"), PAIRS)
def test_a_shortcut_means_its_long_form(read: Read, short: str, long: str) -> None:
    assert read(person(short)) == read(person(long))


@pytest.mark.parametrize(("short", "long"), DOCUMENTS)
def test_a_short_document_means_the_long_one(read: Read, short: str, long: str) -> None:
    assert read(short).triples_maps == read(long).triples_maps


def test_forms_that_differ_differ(read: Read) -> None:
    pairs = [
        "[schema:name, $(a)]",
        "[schema:name, $(a)~iri]",
        "[schema:name, $(a), en~lang]",
        "[schema:name, $(a), xsd:en]",
    ]
    pairs += [
        "[schema:name, a]",
        r"[schema:name, \$(a)]",
        "{p: schema:name, o: $(a), g: x}",
        "[rdfs:label, $(a)]",
        "[schema:name, $(b)]",
    ]
    read_ = [read(person(pair)) for pair in pairs]
    assert all(one != other for place, one in enumerate(read_) for other in read_[:place])


# A text in the place of an object, and the expression that it is.
TEXTS = {
    "$(a)": Reference("a"),
    "x$(a)": Template(("x", Reference("a"))),
    "$(a)$(b)": Template((Reference("a"), Reference("b"))),
    "$(a b)": Reference("a b"),
    r"$(a\)b)": Reference("a)b"),
    r"\$(a)": Constant("$(a)"),
    r"\\$(a)": Template(("\\", Reference("a"))),
    r"a\~iri": Constant("a~iri"),
    r"\\(\(\.": Constant(r"\((\."),
    "$a": Constant("$a"),
    "(a)": Constant("(a)"),
    "$(#row)": Reference("#row"),
    "a~b": Constant("a~b"),
    "schema:name": Constant("schema:name"),
    "007": Constant("007"),
    "NO": Constant("NO"),
    r"a\:b": Constant("a:b"),
    r"$(\_a)": Reference("_a"),
    "1.0": Constant("1.0"),
    "2020-01-01": Constant("2020-01-01"),
}


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_a_reference_a_template_or_itself(read: Read, text: str) -> None:
    (pair,) = (
        read(person(f"[schema:name, {text}]" if "#" not in text else f"[schema:name, '{text}']"))
        .triples_maps[0]
        .predicate_objects
    )
    assert [(item.expression, item.kind) for item in pair.objects] == [(TEXTS[text], Kind.LITERAL)]


# What is written in the place of the pair, or of the document; the line; what is wrong; the hint.
MISTAKES = [
    (person("[shema:name, $(name)]"), 10, "the prefix 'shema' is not declared", "Did you mean 'schema'?"),
    (person("[xyz:name, $(name)]"), 10, "the prefix 'xyz' is not declared", "Declare it under 'prefixes'."),
    (person("[schema:name, foo:x~iri]"), 10, "the prefix 'foo' is not declared", ""),
    (person("{p: schema:name, o: {function: fnn:lower}}"), 10, "the prefix 'fnn' is not declared", "Did you mean 'fn'?"),
    (person("{p: schema:name, objcts: $(name)}"), 10, "a predicate-object pair has no key 'objcts'", "Did you mean 'objects'?"),
    (person("{p: schema:name, o: {valeu: $(name)}}"), 10, "an object has no key 'valeu'", "Did you mean 'value'?"),
    (person("{p: schema:name, o: {mapping: person, on: x}}"), 10, "a join has no key 'on'", ""),
    (person("{p: schema:name}"), 10, "the key 'objects' is missing", ""),
    (person("{o: x}"), 10, "the key 'predicates' is missing", ""),
    (person("{p: schema:name, o: {type: iri}}"), 10, "the key 'value' is missing", ""),
    (person("{p: schema:name, p: schema:age, o: x}"), 10, "the key 'p' stands here twice", ""),
    (person("[schema:name, x$(name]"), 10, "a reference does not close: 'x$(name'", ""),
    (person("[schema:name, person/$(id~iri]"), 10, "a reference does not close", ""),
    (person("[schema:name, $()]"), 10, "$() names no column", ""),
    (person("[schema:name]"), 10, "a pair is [predicate, object, datatype or language] or a map", ""),
    (person("schema:name"), 10, "a pair is [predicate, object", ""),
    (person("[schema:name, a, b, c]"), 10, "a pair is [predicate, object", ""),
    (person("{p: schema:name, o: [[a, b, c]]}"), 10, "an object is [value, datatype or language]", ""),
    (person("{p: schema:name, o: {value: x, type: url}}"), 10, "the type of an object is iri or literal or blank, not 'url'", ""),
    (person("{p: schema:name, o: {value: x, type: iri, language: en}}"), 10, "only a literal has a datatype or a language", ""),
    (person("[schema:name, x~iri, xsd:date]"), 10, "only a literal has a datatype or a language", ""),
    (person("{p: schema:name, o: {value: x, datatype: xsd:date, language: en}}"), 10, "a literal has a datatype or a language", ""),
    (person("[schema:name, x, english~lang]"), 10, "'english' is not a language tag", ""),
    (person("[schema:name, a b~iri]"), 10, "'a b' makes no IRI", "What an IRI cannot hold is percent-encoded"),
    (person("[schema:na<me, x]"), 10, "'schema:na<me' makes no IRI", ""),
    (person("[schema:name, '100%/$(id)~iri']"), 10, "'100%/$(id)' makes no IRI", ""),
    (person("[schema:name, x, 'http://e org/']"), 10, "'http://e org/' makes no IRI", ""),
    (person("{p: schema:name, o: {function: fn:lower, parameters: $(name)}}"), 10, "a parameter is a pair [name, value]", ""),
    (person("{p: schema:name, o: {function: fn:lower, parameters: [[fn:value]]}}"), 10, "a parameter is a pair", ""),
    (person("{p: schema:name, o: {function: [x]}}"), 10, "a function's name must be text", ""),
    (person("{p: schema:name, o: x, condition: yes}"), 10, "a function is a map with the keys", ""),
    (person("{p: schema:knows, o: {mapping: persn}}"), 10, "there is no mapping 'persn' to join", "Did you mean 'person'?"),
    (person("{p: schema:knows, o: {mapping: person, condition: {function: less, parameters: [[str1, a], [str2, b]]}}}"), 10, "the function 'less' has no prefix", "Write fn:less"),
    (person("{p: schema:knows, o: {mapping: person, condition: {function: fn:oneOf, parameters: [[str1, a], [str2, b]]}}}"), 10, "a join's condition is 'equal'", "What has to be compared"),
    (person("{p: schema:knows, o: {mapping: person, condition: {function: equal, parameters: [[str1, a], [str1, b]]}}}"), 10, "a join's condition is 'equal'", ""),
    (person("{p: schema:knows, o: {mapping: person, condition: {function: equal, parameters: [[str1, a]]}}}"), 10, "a join's condition is 'equal'", ""),
    (person(more="    conditon: x\n"), 9, "the mapping 'person' has no key 'conditon'", "Did you mean 'condition'?"),
    (person(more="    s: x\n"), 9, "the key 's' stands here twice", ""),
    (person().replace("s: person/$(id)", "s: []"), 8, "a mapping needs at least one subject", ""),
    (person(more="    subject: x\n"), 9, "'subject' says again what 's' says", ""),
    (person().replace("sources: people", "sources: peple"), 7, "there is no source 'peple'", "Did you mean 'people'?"),
    (person().replace("    sources: people\n", ""), 7, "the key 'sources' is missing", ""),
    (person().replace("sources: people", "sources: [people.csv~cvs]"), 7, "unknown reference formulation 'cvs'", "Did you mean 'csv'?"),
    (person().replace("sources: people", "sources: [~csv]"), 7, "a source names its formulation", ""),
    (person().replace("access: people.csv, ", ""), 4, "the key 'access' is missing", ""),
    (person().replace("referenceFormulation: csv}", "referenceFormulation: csv, optonal: [a]}"), 4, "a source (csv) has no key 'optonal'", "Did you mean 'optional'?"),
    (person().replace("csv}", "csv, fields: {a: $(b)}, each: [aa]}"), 4, "there is no field 'aa'", "Did you mean 'a'?"),
    (person().replace("csv}", "csv, fields: [a]}"), 4, "'fields' is a map of names to expressions", ""),
    (person().replace("schema: http", "scheme name: http"), 2, "'scheme name' is no prefix", ""),
    (person().replace("http://schema.org/", "schema.org"), 2, "'schema.org' is no absolute IRI", ""),
    (person().replace("prefixes:\n", "base: here\nprefixes:\n"), 1, "'here' is no absolute IRI", ""),
    (person().replace("prefixes:", "prefix:"), 1, "a mapping document has no key 'prefix'", "Did you mean 'prefixes'?"),
    (person().replace("mappings:", "prefixes:"), 5, "the key 'prefixes' stands here twice", ""),
    ("- a\n- b\n", 1, "a mapping is a YAML map with the key 'mappings'", ""),
    ("", 1, "a mapping is a YAML map with the key 'mappings'", ""),
    ("just text\n", 1, "a mapping is a YAML map with the key 'mappings'", ""),
    ("prefixes: {}\n", 1, "the key 'mappings' is missing", ""),
    ("mappings: [a]\n", 1, "'mappings' is a map of names to mappings", ""),
    ("mappings:\n  person: x\n", 2, "the mapping 'person' must be a map", ""),
    ("prefixes: [a]\nmappings: {}\n", 1, "'prefixes' is a map of prefixes to IRIs", ""),
    ("sources: [a]\nmappings: {}\n", 1, "'sources' is a map of names to sources", ""),
    ("mappings:\n  a: {\n", 3, "not YAML: ", ""),
    ("mappings:\n  a: 'x\n", 3, "not YAML: ", ""),
    ("mappings:\n\ta: x\n", 2, "not YAML: ", ""),
    ("mappings: {}\n---\nmappings: {}\n", 2, "not YAML: ", ""),
    ("mappings:\n  a: *b\n", 2, "not YAML: found undefined alias 'b'", ""),
    ("mappings:\n  a: &b [*b]\n", 1, "nested too deeply", ""),
    ("mappings:\n  a: \x01\n", 2, "not YAML: the character U+0001", ""),
    ('mappings:\n  a: "\\0"\n', 2, "a NUL or half a character", ""),
    ("mappings:\n  a: \udcff\n", 2, "not UTF-8", ""),
    ("mappings:\n  ? [a]\n  : b\n", 2, "a key must be text", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "what", "hint"), MISTAKES)
def test_a_mistake_is_told_with_its_line(read: Read, text: str, line: int, what: str, hint: str) -> None:
    with pytest.raises(MappingError) as caught:
        read(text)
    assert caught.value.what.startswith(what)
    assert (caught.value.at.file, caught.value.at.line) == ("map.yml", line)
    assert (caught.value.hint or "").startswith(hint)


# What is written in the place of the pair, the column of what is wrong, and what is said of it.
MISPLACED = [
    ("{p: schema:knows, o: {quoted: person}}", 31, "'quoted' (quoted triples, RDF-star) is not read here", "Known keys: value, "),
    ("{p: schema:name, o: {gather: [x]}}", 30, "'gather' (collections and containers) is not read here", ""),
    ("{p: schema:name, o: [$(name), en~lang]}", 39, "'en~lang' is a language without a value", "A value and its language are a list"),
    ("{p: schema:name, o: []}", 29, "a pair needs at least one object", ""),
    ("{p: [], o: x}", 13, "a pair needs at least one predicate", ""),
    ("{p: schema:name, o: null}", 9, "the key 'objects' is missing", ""),
    ("[schema:name, null]", 9, "the key 'objects' is missing", ""),
    ("{p: schema:name, predicates: x, o: x}", 26, "'predicates' says again what 'p' says", ""),
    ("{p: schema:name, o: {value: x, function: fn:lower}}", 37, "a term has a value or a function, not both", ""),
    ("[schema:name, {v: x, type: blank}, en~lang]", 44, "only a literal has a datatype or a language", ""),
    ("[schema:name, {mapping: person}, en~lang]", 42, "a join has no key 'language'", ""),
    ("{p: schema:name, o: x, i: schema:of}", 29, "an inverse predicate needs an object that is an IRI or a blank node", "Give the object the type iri"),
    ("{p: schema:name, o: x, g: {value: x, type: blank}}", 52, "the type of a graph is iri, not 'blank'", ""),
    ("{p: schema:name, o: x, g: ''}", 35, "an IRI is missing here", ""),
    ("[schema:knows, 'person/{id}~iri']", 24, "'person/{id}' makes no IRI", "A reference is written $(name), not {name}."),
    ("{p: schema:name, o: {f: 'fn:lower(value = x'}}", 33, "'fn:lower(value = x' is no function", "On one line a function is NAME(PARAMETER = VALUE, ...)."),
    ("{p: schema:name, o: {f: 'fn:lower($(name))'}}", 33, "'$(name)' is no PARAMETER = VALUE", "A text with a comma"),
    ("{p: schema:name, o: {f: fn:concat(value = a (b))}}", 33, "'b' is no PARAMETER = VALUE", "A text with a comma"),
    ("{p: schema:name, o: {f: lower, pms: [[value, x]]}}", 33, "the function 'lower' has no prefix", "Write fn:lower"),
    ("{p: schema:name, o: {f: fn:lower, pms: [[value, $(x), o]]}}", 50, "there is no object's record here", "Only the condition of an object"),
    ("{p: schema:name, o: {f: fn:lower, pms: [[value, {f: fn:trim, pms: [[value, $(x), o]]}]]}}", 50, "there is no object's record here", ""),
    ("{p: schema:name, o: {f: fn:lower, pms: [[value, {f: fn:trim, pm: x}]]}}", 70, "a function has no key 'pm'", ""),
    ("{p: schema:name, o: x, condition: {f: fn:present, mapping: x}}", 59, "a function has no key 'mapping'", ""),
    ("{p: schema:name, o: {f: fn:lower(value=x), pms: [[value, x]]}}", 57, "a function on one line has its parameters there", ""),
    ("{p: schema:knows, o: {mapping: person, condition: {f: fn:any, pms: [[a, {f: equal, pms: [[str1, $(a)], [str2, $(b)]]}]]}}}", 63, "a join's condition is 'equal'", ""),
    ("{p: schema:name, o: {f: fn:lower, pms: [[value, x, p]]}}", 60, "a parameter comes from s (subject) or o (object), not 'p'", ""),
    ("{p: schema:name, o: {f: fn:lower, pms: [{pm: value, v: x, type: date}]}}", 73, "a parameter's type is iri or literal", ""),
    ("{p: schema:name, o: {f: fn:lower, pms: [{pm: value, vv: x}]}}", 61, "a parameter has no key 'vv'", ""),
    ("{p: schema:knows, o: {mapping: person, condition: {f: equal, pms: [[str1, $(a)], [str2, $(b), s]]}}}", 63, "a join's condition is 'equal'", ""),
    (
        "{p: schema:knows, o: {mapping: person, condition: {f: equal, pms: [[str1, $(a)], [str2, {f: fn:concat, pms: [[value, $(a), s], [other, $(b), o]]}]]}}}",
        91, "a value that is compared comes from one side", "",
    ),
    (
        "{p: schema:knows, i: schema:of, g: $(g), o: {mapping: person, condition: {f: equal, pms: [[str1, $(a)], [str2, $(b)]]}}}",
        53, "an inverse predicate of a join, and its graph, cannot depend on the record", "Write a mapping from the other side",
    ),
    ("{<<: x, p: schema:name, o: x}", 14, "what '<<' brings in is a map, or a list of maps", ""),
]  # fmt: skip


@pytest.mark.parametrize(("pair", "column", "what", "hint"), MISPLACED)
def test_a_mistake_is_told_with_its_column(read: Read, pair: str, column: int, what: str, hint: str) -> None:
    with pytest.raises(MappingError) as caught:
        read(person(pair))
    assert caught.value.what.startswith(what)
    assert (caught.value.at.line, caught.value.at.column) == (10, column)
    assert (caught.value.hint or "").startswith(hint)


@pytest.mark.parametrize(
    ("head", "what"),
    [
        ("authors: [John <john>]", "'John <john>' is no author"),
        ("authors: {name: J, mail: x}", "an author has no key 'mail'"),
        ("external: [a]", "'external' is a map of names to values"),
        ("external: {a: [b]}", "an external value must be text"),
        ("authentications: {a: b}", "'authentications' (an HTTP request as target) is not read here"),
        ("targets: [a]", "'targets' is a map of names to targets"),
    ],
)
def test_a_mistake_in_the_head_is_told(read: Read, head: str, what: str) -> None:
    with pytest.raises(MappingError) as caught:
        read(f"{head}\n{person()}")
    assert caught.value.what.startswith(what)
    assert caught.value.at.line == 1


def test_a_name_from_outside_goes_before_the_documents_own(tmp_path: Path) -> None:
    path = tmp_path / "map.yml"
    path.write_text("external: {a: own, b: own}\n" + person("[schema:name, $(_a) $(_b) $(_c)]"))
    ((pair,),) = [each.predicate_objects for each in read_mappings([(path, "m")], BASE, {"a": "$(_b)"}).triples_maps]
    assert pair.objects[0].expression == Template((Reference("_b"), " own ", Reference("_c")))


def test_names_are_shared_by_all_documents(tmp_path: Path) -> None:
    for name in ("one.yml", "two.yml"):
        (tmp_path / name).write_text(person())
    with pytest.raises(MappingError, match=r"two\.yml:6 .*: the mapping 'person' stands at one\.yml:6"):
        read_mappings([(tmp_path / name, name) for name in ("one.yml", "two.yml")], BASE)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=r"map\.yml: cannot be read: No such file"):
        read_mappings([(tmp_path / "none.yml", "map.yml")], BASE)
