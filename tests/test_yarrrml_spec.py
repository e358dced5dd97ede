"""Each example of the YARRRML specification, on records of our own: what is read, mapped, is what the text promises.

https://rml.io/yarrrml/spec/
"""

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
from small import lod

FILES = {
    "people.csv": "ID,first,last,page,lang,type,projectID\n"
    "1,Ada,Lovelace,http://e.org/ada,en,http://t.org/name,p1\n"
    "2,Bo,,,,,p2\n",
    "projects.csv": "ID,title\np1,Engine\np2,Loom\n",
    "more.csv": "ID,first\n1,Cy\n",
    "under.csv": "ID,_first\n1,Ada\n",
    "people.json": '{"people": [{"ID": "1", "first": "Ada"}, {"ID": "2", "first": "Bo"}]}',
}
HEAD = """
prefixes: {ex: "http://example.com/"}
"""
TRIG = """
@prefix ex: <http://example.com/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
NAMES = 'ex:1 foaf:firstName "Ada" . ex:2 foaf:firstName "Bo" .'


@dataclass(frozen=True)
class Case:
    """A section of the specification, the mappings that it shows (the same, long and short), and their statements."""

    section: str
    mappings: tuple[str, ...]
    trig: str


def person(*pairs: str, more: str = "", subject: str = "s: ex:$(ID)") -> str:
    """Return a mapping of the people with these pairs."""
    listed = "".join(f"\n      - {pair}" for pair in pairs)
    return f"mappings:\n  person:\n    sources: [[people.csv~csv]]\n    {subject}\n{more}    po:{listed}\n"


def first_names(head: str, sources: str = "people") -> str:
    """Return a mapping of the first names that these sources hold."""
    return f"{head}\nmappings:\n  person: {{sources: {sources}, s: ex:$(ID), po: [[foaf:firstName, $(first)]]}}\n"


JSON = "access: people.json, referenceFormulation: jsonpath, iterator: '$.people[*]'"
TWO_SOURCES = NAMES + ' ex:1 foaf:firstName "Cy" .'
PROJECT = """
  project:
    sources: [[projects.csv~csv]]
    s: ex:project/$(ID)
"""
EQUAL = "condition: {function: equal, parameters: [[str1, $(projectID), s], [str2, $(ID), o]]}"
SAME = EQUAL.removeprefix("condition: ")
LOOM = "{function: equal, parameters: [[str1, Loom], [str2, $(title)]]}"
WORKS = "ex:1 foaf:worksFor <http://example.com/project/p1> . ex:2 foaf:worksFor <http://example.com/project/p2> ."
LOWER = 'ex:1 foaf:firstName "ada" . ex:2 foaf:firstName "bo" .'
HAS_LAST = "condition: {function: fn:present, parameters: [[fn:value, $(last)]]}"

CASES = [
    Case(
        "base IRI",
        ("base: http://example.com/\n" + person("[foaf:firstName, $(first)]", subject="s: $(ID)"),),
        NAMES,
    ),
    Case(
        "prefixes: those of RDFa are there, and a document may set one anew",
        ("prefixes: {rdfs: 'http://example.com/'}\n" + person("[rdfs:p, $(first)]", subject="s: rdfs:$(ID)"),),
        'ex:1 ex:p "Ada" . ex:2 ex:p "Bo" .',
    ),
    Case(
        "prefixes: the empty one",
        ("prefixes: {'': 'http://example.com/'}\n" + person("[':p', $(first)]", subject="s: ':$(ID)'"),),
        'ex:1 ex:p "Ada" . ex:2 ex:p "Bo" .',
    ),
    Case(
        "authors",
        tuple(
            f"authors: {authors}\n" + person("[foaf:firstName, $(first)]")
            for authors in (
                "[{name: John Doe, email: john@doe.com}, {name: Jane Doe, website: https://janedoe.com}]",
                "[John Doe <john@doe.com>, Jane Doe (https://janedoe.com)]",
                "['http://johndoe.com/#me', 'http://janedoe.com/#me']",
                "John Doe <john@doe.com> (https://johndoe.com)",
                "Jane",
            )
        ),
        NAMES,
    ),
    Case(
        "data sources: by name, in place, long and short, with the type that is meant anyway",
        (
            first_names("sources: {people: [people.json~jsonpath, '$.people[*]']}"),
            first_names(f"sources: {{people: {{{JSON}}}}}"),
            first_names(f"sources: {{people: {{{JSON}, type: localfile, encoding: utf-8}}}}"),
            first_names("", f"{{{JSON}}}"),
            first_names("", "[people.json~jsonpath, '$.people[*]']"),
            first_names("", "[[people.json~jsonpath, '$.people[*]']]"),
            first_names("", "[[people.csv~csv]]"),
            first_names("", "people.csv~csv"),
            first_names("sources: {people: people.csv~csv}", "[people]").replace("mappings:", "mapping:"),
        ),
        NAMES,
    ),
    Case(
        "data sources: several, named or in place or both",
        (
            first_names("sources: {people: [people.csv~csv], more: [more.csv~csv]}", "[people, more]"),
            first_names("sources: {people: [people.csv~csv]}", "[people, [more.csv~csv]]"),
            first_names("sources: {more: [more.csv~csv]}", "[people.csv~csv, more]"),
            first_names("", "[people.csv~csv, more.csv~csv]"),
            first_names("", f"[{{{JSON}}}, {{access: more.csv, referenceFormulation: csv}}]"),
        ),
        TWO_SOURCES,
    ),
    Case(
        "subjects: several",
        (
            person("[foaf:firstName, $(first)]", subject="subjects: [ex:$(ID), http://test.com/$(first)]"),
            person(
                "[foaf:firstName, $(first)]", subject="s: [{value: ex:$(ID)}, {v: http://test.com/$(first), type: iri}]"
            ),
        ),
        NAMES + '<http://test.com/Ada> foaf:firstName "Ada" . <http://test.com/Bo> foaf:firstName "Bo" .',
    ),
    Case(
        "subjects: none, or null, is a blank node",
        tuple(
            person("[foaf:firstName, $(first)]", subject=subject)
            for subject in ("", "subjects:", "s: null", "s: ~", "s: {type: blank}")
        ),
        '[] foaf:firstName "Ada" . [] foaf:firstName "Bo" .',
    ),
    Case(
        "subjects: blank nodes of one value are one node",
        (person("[ex:first, $(first)]", "[ex:last, $(last)]", subject="s: {value: n-$(lang), type: blank}"),),
        '[] ex:first "Ada" ; ex:last "Lovelace" .',
    ),
    Case(
        "subjects: a function",
        (
            person(
                "[ex:p, x]", subject="s: {function: fn:lower, parameters: [[fn:value, 'http://example.com/$(first)']]}"
            ),
            person("[ex:p, x]", subject='s: {function: "fn:lower(value = http://example.com/$(first))", type: iri}'),
        ),
        'ex:ada ex:p "x" . ex:bo ex:p "x" .',
    ),
    Case(
        "predicates and objects",
        (
            person("{predicates: foaf:firstName, objects: $(first)}"),
            person("[foaf:firstName, $(first)]"),
            person("{p: {value: foaf:firstName}, o: [[$(first)]]}"),
        ),
        NAMES,
    ),
    Case(
        "predicates and objects: several",
        (
            person("{predicates: [foaf:name, rdfs:label], objects: [$(first), $(last)]}"),
            person("[[foaf:name, rdfs:label], [$(first), $(last)]]"),
        ),
        'ex:1 foaf:name "Ada", "Lovelace" ; rdfs:label "Ada", "Lovelace" . ex:2 foaf:name "Bo" ; rdfs:label "Bo" .',
    ),
    Case(
        "objects: an IRI",
        (
            person("{predicates: foaf:page, objects: {value: $(page), type: iri}}"),
            person("{predicates: foaf:page, objects: $(page), type: iri}"),
            person("[foaf:page, $(page)~iri]"),
        ),
        "ex:1 foaf:page <http://e.org/ada> .",
    ),
    Case(
        "objects: of rdf:type they are IRIs",
        (
            person("[a, foaf:Person]"),
            person("{p: a, o: {value: foaf:Person}}"),
            person("{p: rdf:type, o: [[foaf:Person]]}"),
        ),
        "ex:1 a foaf:Person . ex:2 a foaf:Person .",
    ),
    Case(
        "objects: a blank node for each, or by its value",
        (
            person("{p: ex:a, o: {type: blank}}", "{p: ex:b, o: {value: one, type: blank}}"),
            person("{p: ex:a, o: {value: a-$(ID), type: blank}}", "{p: ex:b, o: {v: two, type: blank}}"),
        ),
        "ex:1 ex:a [] ; ex:b _:one . ex:2 ex:a [] ; ex:b _:one .",
    ),
    Case(
        "inverse predicates",
        tuple(
            person(f"{{predicates: ex:createdBy, {key}: ex:created, objects: $(page), type: iri}}")
            for key in ("inversepredicates", "inversepredicate", "i", "iv")
        ),
        "ex:1 ex:createdBy <http://e.org/ada> . <http://e.org/ada> ex:created ex:1 .",
    ),
    Case(
        "inverse predicates: several, in a graph, under conditions",
        (
            person(f"{{p: ex:p, i: [ex:q, ex:r], o: [ex:o~iri, $(page)~iri], g: ex:g/$(ID), {HAS_LAST}}}"),
            person("{p: ex:p, i: [ex:q, ex:r], o: [ex:o~iri, $(page)~iri], g: ex:g/$(ID)}", more=f"    {HAS_LAST}\n"),
            person(
                "{p: ex:p, i: [ex:q, ex:r], o: [ex:o~iri, $(page)~iri]}",
                more=f"    {HAS_LAST}\n    graphs: ex:g/$(ID)\n",
            ),
        ),
        "<http://example.com/g/1> { ex:1 ex:p ex:o, <http://e.org/ada> . ex:o ex:q ex:1 ; ex:r ex:1 ."
        "<http://e.org/ada> ex:q ex:1 ; ex:r ex:1 }",
    ),
    Case(
        "datatypes",
        (
            person("{p: ex:id, o: {value: $(ID), datatype: xsd:integer}}"),
            person("{p: ex:id, o: $(ID), datatype: xsd:integer}"),
            person("[ex:id, $(ID), xsd:integer]"),
            person("{p: ex:id, o: [[$(ID), xsd:integer]]}"),
        ),
        "ex:1 ex:id 1 . ex:2 ex:id 2 .",
    ),
    Case(
        "datatypes: one for each object",
        (
            person("{p: [ex:a, ex:b], o: [[$(ID), xsd:integer], [$(first), ex:string]]}"),
            person("[[ex:a, ex:b], [[$(ID), xsd:integer], [$(first), ex:string]]]"),
            person(
                *(
                    f"{{p: {name}, o: [{{value: $(ID), datatype: xsd:integer}}, {{value: $(first), datatype: ex:string}}]}}"
                    for name in ("ex:a", "ex:b")
                )
            ),
        ),
        'ex:1 ex:a 1, "Ada"^^ex:string ; ex:b 1, "Ada"^^ex:string . ex:2 ex:a 2, "Bo"^^ex:string ; ex:b 2, "Bo"^^ex:string .',
    ),
    Case(
        "datatypes: a reference",
        (person("{p: ex:p, o: {value: $(first), datatype: $(type)}}"), person("[ex:p, $(first), $(type)]")),
        'ex:1 ex:p "Ada"^^<http://t.org/name> . ex:2 ex:p "Bo" .',
    ),
    Case(
        "languages",
        (
            person("{p: ex:p, o: {value: $(first), language: en}}"),
            person("{p: ex:p, o: {value: $(first), language: {value: en}}}"),
            person("{p: ex:p, o: {value: $(first), language: en, datatype: rdf:langString}}"),
            person("[ex:p, $(first), en~lang]"),
        ),
        'ex:1 ex:p "Ada"@en . ex:2 ex:p "Bo"@en .',
    ),
    Case(
        "languages: one for each object",
        (
            person("{p: [ex:a, ex:b], o: [[$(first), en~lang], [$(last), nl~lang]]}"),
            person("{p: [ex:a, ex:b], o: [{value: $(first), language: en}, {value: $(last), language: nl}]}"),
        ),
        'ex:1 ex:a "Ada"@en, "Lovelace"@nl ; ex:b "Ada"@en, "Lovelace"@nl . ex:2 ex:a "Bo"@en ; ex:b "Bo"@en .',
    ),
    Case(
        "languages: a reference",
        (person("{p: ex:p, o: {value: $(first), language: $(lang)}}"), person("[ex:p, $(first), $(lang)~lang]")),
        'ex:1 ex:p "Ada"@en . ex:2 ex:p "Bo" .',
    ),
    Case(
        "referring to other mappings",
        (
            person(f"{{p: foaf:worksFor, o: [{{mapping: project, {EQUAL}}}]}}") + PROJECT,
            person(f"{{p: foaf:worksFor, o: {{mapping: project, {EQUAL}}}}}".replace("condition: ", "c: ")) + PROJECT,
            person(f"{{p: foaf:worksFor, o: {{mapping: project, {EQUAL.replace(', s]', ']').replace(', o]', ']')}}}}}")
            + PROJECT,
            person(f"{{p: foaf:worksFor, o: {{mapping: project, {EQUAL.replace('equal', 'idlab-fn:equal')}}}}}")
            + PROJECT,
            person(
                "{p: foaf:worksFor, o: {mapping: project, condition: {function: "
                '"equal(str1 = $(projectID), str2 = $(ID))"}}}'
            )
            + PROJECT,
        ),
        WORKS,
    ),
    Case(
        "referring to other mappings: values that are computed",
        (
            person(
                "{p: foaf:worksFor, o: {mapping: project, condition: {function: equal, parameters: [[str1, "
                "{function: fn:lower, parameters: [[fn:value, $(projectID)]]}], {parameter: str2, "
                "value: {function: fn:trim, parameters: [[fn:value, ' $(ID) ', o]]}}]}}}"
            )
            + PROJECT,
            person(
                "{p: foaf:worksFor, o: {mapping: project, condition: {function: equal, parameters: "
                "[[str2, 'x-$(ID)', o], [str1, 'x-$(projectID)', s]]}}}"
            )
            + PROJECT,
        ),
        WORKS,
    ),
    Case(
        "referring to other mappings: several conditions, in a list or in a function",
        tuple(
            person(f"{{p: foaf:worksFor, o: {{mapping: project, condition: {conditions}}}}}") + PROJECT
            for conditions in (
                f"[{SAME}, {LOOM}]",
                f"{{function: fn:all, parameters: [[fn:a, {SAME}], [fn:b, {LOOM}]]}}",
                f"{{f: grel:boolean_and, pms: [[grel:param_rep_b, {LOOM}], [grel:param_rep_b, {SAME}]]}}",
            )
        ),
        "ex:2 foaf:worksFor <http://example.com/project/p2> .",
    ),
    Case(
        "referring to other mappings: the inverse",
        (person(f"{{p: foaf:worksFor, i: ex:worker, o: {{mapping: project, {EQUAL}}}, {HAS_LAST}}}") + PROJECT,),
        "ex:1 foaf:worksFor <http://example.com/project/p1> . <http://example.com/project/p1> ex:worker ex:1 .",
    ),
    Case(
        "referring to other mappings: without a condition, the same record",
        (
            person("{p: ex:is, i: ex:of, o: {mapping: other}}")
            + "  other: {sources: [[people.csv~csv]], s: ex:o$(ID), "
            + f"{HAS_LAST}}}\n",
        ),
        "ex:1 ex:is ex:o1 . ex:o1 ex:of ex:1 .",
    ),
    Case(
        "referring to a mapping of several subjects, and to several mappings",
        (
            person("{p: ex:is, o: {mapping: other}}")
            + "  other: {sources: [[people.csv~csv]], s: [ex:o$(ID), ex:q$(ID)]}\n",
            person("{p: ex:is, o: {mapping: [o, q]}}")
            + "".join(f"  {name}: {{sources: [[people.csv~csv]], s: ex:{name}$(ID)}}\n" for name in "oq"),
        ),
        "ex:1 ex:is ex:o1, ex:q1 . ex:2 ex:is ex:o2, ex:q2 .",
    ),
    Case(
        "referring to a mapping of several sources",
        (
            person(
                "{p: ex:is, o: {mapping: other, condition: {function: equal, parameters: "
                "[[str1, $(ID)], [str2, $(ID)]]}}}"
            )
            + "  other: {sources: [[people.csv~csv], [more.csv~csv]], s: ex:$(first)}\n",
        ),
        "ex:1 ex:is ex:Ada, ex:Cy . ex:2 ex:is ex:Bo .",
    ),
    Case(
        "graphs: of all statements of a mapping",
        (
            person("[foaf:firstName, $(first)]", more="    graphs: ex:g\n"),
            person("[foaf:firstName, $(first)]", more="    g: [{value: ex:g}]\n"),
            person(
                "[foaf:firstName, $(first)]",
                more="    graph: {function: fn:lower, parameters: [[fn:value, http://example.com/G]]}\n",
            ),
        ),
        f"ex:g {{ {NAMES} }}",
    ),
    Case(
        "graphs: of a pair, beside those of its mapping",
        (person("{p: ex:a, o: x, graphs: ex:h}", "[ex:b, y]", more="    graphs: ex:g\n"),),
        'ex:g { ex:1 ex:a "x" ; ex:b "y" . ex:2 ex:a "x" ; ex:b "y" } ex:h { ex:1 ex:a "x" . ex:2 ex:a "x" }',
    ),
    Case(
        "graphs: the one without a name",
        (person("{p: foaf:firstName, o: $(first), graphs: rr:defaultGraph}"),),
        NAMES,
    ),
    Case(
        "functions: long, in pairs, and on one line",
        tuple(
            person(f"{{p: foaf:firstName, o: {{{function}}}}}")
            for function in (
                "function: fn:lower, parameters: [{parameter: fn:value, value: $(first)}]",
                "fn: fn:lower, pms: [{pm: fn:value, v: $(first), type: literal}]",
                "f: fn:lower, parameters: [[fn:value, $(first)]]",
                "function: https://w3id.org/lod/fn#lower, parameters: [[value, $(first)]]",
                'function: "fn:lower(fn:value = $(first))"',
                'function: "fn:lower(value=$(first))"',
                'function: "https://w3id.org/lod/fn#lower(value = $(first))"',
                'function: "fn:lower(value = fn:trim(value = \\"  $(first) \\"))"',
            )
        ),
        LOWER,
    ),
    Case(
        "functions: a datatype of their result",
        (
            person("{p: ex:id, o: {function: fn:trim, parameters: [[fn:value, $(ID)]], datatype: xsd:integer}}"),
            person("[ex:id, {function: fn:trim, parameters: [[fn:value, $(ID)]]}, xsd:integer]"),
        ),
        "ex:1 ex:id 1 . ex:2 ex:id 2 .",
    ),
    Case(
        "functions: of functions",
        (
            person(
                "{p: ex:p, o: {function: fn:concat, parameters: [{parameter: fn:value, value: {function: fn:lower, "
                "parameters: [[fn:value, $(first)]]}}, [fn:other, ' (html, = 1)']]}}"
            ),
            person(
                "{p: ex:p, o: {function: 'fn:concat(value = fn:lower(value = $(first)), other = \" (html, = 1)\")'}}"
            ),
        ),
        'ex:1 ex:p "ada (html, = 1)" . ex:2 ex:p "bo (html, = 1)" .',
    ),
    Case(
        "functions: an IRI as argument, a function as predicate",
        (
            person("{p: {function: fn:coalesce, parameters: [[fn:value, ex:p~iri]]}, o: x}"),
            person("{p: {f: fn:coalesce, pms: [{pm: fn:value, v: ex:p, type: iri}]}, o: x}"),
        ),
        'ex:1 ex:p "x" . ex:2 ex:p "x" .',
    ),
    Case(
        "conditions: on a pair, an object, or a mapping; of several, all hold",
        (
            person(f"{{p: foaf:firstName, o: $(first), {HAS_LAST}}}"),
            person(f"{{p: foaf:firstName, o: {{value: $(first), {HAS_LAST}}}}}"),
            person("[foaf:firstName, $(first)]", more=f"    {HAS_LAST}\n"),
            person("[foaf:firstName, $(first)]", more='    condition: {function: "equal(str1=$(ID), str2=1)"}\n'),
            person(
                "[foaf:firstName, $(first)]",
                more='    c: [{f: "fn:present(value=$(first))"}, {f: "fn:present(value=$(last))"}]\n',
            ),
            person(
                '{p: foaf:firstName, o: {v: $(first), c: {f: "fn:present(value=$(last))"}}, c: {f: "fn:present(value=$(ID))"}}'
            ),
        ),
        'ex:1 foaf:firstName "Ada" .',
    ),
    Case(
        "external references",
        (
            "external: {name: John, city: Ghent}\n" + person("[ex:name, $(_name)]", "[ex:city, in $(_city)]"),
            person("[ex:name, John]", "[ex:city, in Ghent]"),
        ),
        'ex:1 ex:name "John" ; ex:city "in Ghent" . ex:2 ex:name "John" ; ex:city "in Ghent" .',
    ),
    Case(
        "external references: one without a value is a reference, and so is one with a backslash",
        (
            "external: {city: Ghent}\n" + first_names("", "under.csv~csv").replace("$(f", "$(_f"),
            "external: {first: Ghent}\n" + first_names("", "under.csv~csv").replace("$(f", "$(\\_f"),
        ),
        'ex:1 foaf:firstName "Ada" .',
    ),
    Case(
        "YAML: what '<<' merges in gives way to what stands there",
        (
            person("&x {p: ex:q, o: $(first)}", "{<<: *x, p: foaf:firstName}"),
            person("&x {p: ex:q, o: $(first)}", "{<<: [{p: foaf:firstName}, *x]}"),
        ),
        NAMES + ' ex:1 ex:q "Ada" . ex:2 ex:q "Bo" .',
    ),
]
ROWS = [(case.section, mapping, case.trig) for case in CASES for mapping in case.mappings]


def dataset(text: str, format_: ox.RdfFormat) -> ox.Dataset:
    found = ox.Dataset(ox.parse(text, format=format_))
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return found


@pytest.mark.parametrize(("section", "mapping", "trig"), ROWS, ids=[row[0] for row in ROWS])
def test_an_example_of_the_specification(
    section: str, mapping: str, trig: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        Path(name).write_text(text)
    Path("map.yml").write_text(mapping if mapping.startswith("prefixes") else HEAD + mapping)
    shown = lod("map", "map.yml")
    assert (shown.exit_code, shown.stderr) == (0, ""), section
    assert dataset(shown.stdout, ox.RdfFormat.N_QUADS) == dataset(TRIG + trig, ox.RdfFormat.TRIG)
