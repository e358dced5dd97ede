"""Spoiled YARRRML is read or told with file, line and column, whatever is spoiled: no other error comes of it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lod.errors import MappingError
from lod.mapping import read_mappings
from lod.mapping.model import Mapping

BASE = "https://example.org/base/"
EVERYTHING = r"""
base: http://example.com/
prefixes: {ex: "http://example.com/ns#"}
authors: [John Doe <john@doe.com> (http://e.org), {name: Jane, website: http://j.org}]
external: {city: Ghent, "key": 'a\~iri'}
sources:
  people: {access: people.csv, referenceFormulation: csv, delimiter: ';', quote: "'", header: true, skip: 1, nulls: [NA]}
  more: [more.json~jsonpath, '$.people[*]']
  base: {access: http://localhost/d, type: mysql, query: SELECT 1, credentials: {username: a, password: $(_city)}}
  tree: {access: a.xml, referenceFormulation: xpath, iterator: /a, namespaces: {x: 'http://x.org/'}, encoding: latin-1}
targets:
  dump: [dump.ttl.gz~void, turtle, gzip]
mappings:
  person:
    sources: [people, [other.csv~csv], {access: x.parquet, referenceFormulation: parquet}]
    s: [ex:$(id), {value: n-$(id), type: blank, targets: [dump, {access: b.nq}]}, {f: "fn:lower(value = $(a), b = ex:g(c=\"d, e\"))"}]
    g: [ex:graph, rr:defaultGraph]
    condition: &c {function: equal, parameters: [[str1, $(a)], [str2, "$(\_b)"]]}
    po:
      - [a, [ex:Person, ex:$(class)]]
      - [[ex:name, rdfs:label], [$(name), "in $(_city)"], $(lang)~lang]
      - [ex:age, $(age), xsd:integer]
      - {p: {value: ex:p, targets: dump}, o: [[$(x), en~lang], {v: y, language: {value: en, t: dump}}, {type: blank}]}
      - {p: ex:q, i: ex:r, o: $(page)~iri, c: [*c, {f: fn:not, pms: [{pm: fn:value, v: {f: "fn:present(value=$(z))"}}]}]}
      - p: ex:knows
        inversepredicates: ex:knownBy
        o: {mapping: [person, all], condition: {<<: *c, parameters: [[str1, $(a), s], [str2, $(b), o]]}}
  all: {sources: base, po: {p: ex:s, o: {mapping: all}}}
"""
LINES, WORDS = EVERYTHING.splitlines(keepends=True), EVERYTHING.split()
PIECES = [
    *(
        "$(",
        ")",
        "~iri",
        "~lang",
        "~void",
        "(",
        "=",
        ",",
        "s, ",
        "$(_city)",
        "\\_",
        "a",
        "null",
        "~",
        "equal",
        "ex:f(a=b)",
    ),
    *(
        "[",
        "]",
        "{",
        "}",
        ":",
        ": ",
        "- ",
        "&a ",
        "*a",
        "*c",
        "'",
        '"',
        "#",
        "\t",
        "  ",
        "\n",
        "\\",
        "%",
        "|",
        "é",
        "\x01",
    ),
    *(
        "!",
        "<<: ",
        "? ",
        "{}",
        "[]",
        "''",
        "mapping: ",
        "type: blank",
        "value: ",
        "function: ",
        "condition: ",
        "source: ",
    ),
]


@st.composite
def spoiled(draw: Callable[[st.SearchStrategy[str]], str]) -> str:
    """Return a good mapping with pieces put in, cut out, lines moved, and words exchanged."""
    text = EVERYTHING
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        other = draw(st.one_of(st.sampled_from(PIECES), st.sampled_from(LINES), st.sampled_from(WORDS), st.just("")))
        text = text[:start] + other + text[end:]
    return text


def read_or_told(folder: Path, text: str) -> bool:
    """Read a mapping; return whether it was good. Anything else than a MappingError with its place goes up."""
    (folder / "map.yml").write_text(text, encoding="utf-8")
    try:
        assert isinstance(read_mappings([(folder / "map.yml", "map.yml")], BASE, {"key": "value"}), Mapping)
    except MappingError as error:
        assert error.at is not None
        assert error.at.file == "map.yml"
        assert error.at.line is not None
        assert error.at.column is not None
        return False
    return True


@settings(max_examples=5 * settings.default.max_examples)
@given(text=spoiled())
def test_a_spoiled_mapping_is_read_or_told(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.getbasetemp() / "spoiled"
    folder.mkdir(exist_ok=True)
    read_or_told(folder, text)


def test_the_mapping_that_is_spoiled_is_good(tmp_path: Path) -> None:
    assert read_or_told(tmp_path, EVERYTHING)


# Texts that nest, and how deep.
@pytest.mark.parametrize(
    "nested",
    [
        "o: " + "[" * 1000 + "]" * 1000,
        "o: " + "{v: " * 1000 + "}" * 1000,
        "o: {f: '" + "fn:lower(value=" * 1000 + ")" * 1000 + "'}",
        "o: " + "{f: fn:lower, pms: [[fn:value, " * 400 + "x" + "]]}" * 400,
    ],
)
def test_what_nests_too_deeply_is_told(nested: str, tmp_path: Path) -> None:
    assert not read_or_told(
        tmp_path, "mappings:\n  a:\n    sources: [a.csv~csv]\n    po: {p: rdf:value, " + nested + "}\n"
    )
