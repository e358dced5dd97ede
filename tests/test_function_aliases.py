"""Functions by the names that other engines use, in mappings as they are found in the wild: through YARRRML, end to end."""

import shutil
from pathlib import Path

import pytest

from lod.compile import Policy, compile_mapping
from lod.engine import Engine
from lod.errors import MappingError
from lod.functions import FUNCTIONS
from lod.functions.aliases import ALIASES, REFUSED
from lod.mapping import read_mappings
from lod.triples import triples
from lod.vocab import FN

GREL = "http://users.ugent.be/~bjdmeest/function/grel.ttl#"
HEAD = f"""
prefixes:
  grel: {GREL}
  idlab-fn: https://w3id.org/imec/idlab/function#
  former: http://example.com/idlab/function/
  morph: https://github.com/morph-kgc/morph-kgc/function/built-in.ttl#
mappings:
  thing:
    sources: {{access: in.csv, referenceFormulation: csv, optional: [nothing]}}
    s: http://e.org/s
"""
# One record; `nothing` is a column that is not there.
RECORD = {
    "a": "Hello World",
    "two": "x, y",
    "day": "26.02.1992",
    "yes": "true",
    "no": "false",
    "n": "2.5",
    "html": "A&B",
    "code": "tr",
    "url": "example.com/a",
    "json": '{""a"": [1, {""b.c"": ""x""}]}',
}


def said(engine: Engine, folder: Path, pair: str) -> list[tuple[str, str | None]]:
    """Return the objects (text, datatype) of the statements that a pair gives of the record."""
    header, cells = ",".join(RECORD), ",".join(f'"{cell}"' for cell in RECORD.values())
    (folder / "in.csv").write_text(f"{header}\n{cells}\n")
    shutil.copy(Path(__file__).parent / "codes.csv", folder)
    (folder / "map.yml").write_text(f"{HEAD}    po:\n      - {pair}\n")
    mapping = read_mappings([(folder / "map.yml", "map.yml")], "https://example.org/")
    graph = compile_mapping(engine, folder, mapping, Policy())
    assert not graph.rejections
    return sorted((row["object"], row["datatype"]) for row in engine.rows(triples(engine, graph.tables)))


def call(function: str, **given: str | list[str]) -> str:
    """Write a call in YARRRML; `G` before a parameter's name is grel:, anything else idlab-fn:."""
    pairs = [(name, each) for name, value in given.items() for each in (value if isinstance(value, list) else [value])]
    written = ", ".join(
        f"[{'grel:' + name[1:] if name[0] == 'G' else 'idlab-fn:' + name}, {each}]" for name, each in pairs
    )
    return f"{{function: '{function}', parameters: [{written}]}}"


def member(name: str, whole: str) -> str:
    """Write a call of GREL's get."""
    return call("grel:other_get", Gparam_any_e=whole, Gparam_string_field=f'"{name}"')


EQUAL = call("idlab-fn:equal", Gvalueparam="$(code)", GvalueParam2="tr").replace("valueparam", "valueParam")
UNEQUAL = EQUAL.replace("idlab-fn:equal", "idlab-fn:notEqual")
COLUMNS = {"inputFile": "codes.csv", "fromColumn": "0", "toColumn": "1"}

# What GREL's reference (https://openrefine.org/docs/manual/grelfunctions), FnO's descriptions and IDLab's say of each.
VALUES = [
    (call("grel:toUpperCase", GvalueParam="$(a)"), ["HELLO WORLD"]),
    (call("grel:toUpperCase", GvalueParameter="$(a)"), ["HELLO WORLD"]),
    (call("grel:toLowercase", GvalueParam="$(a)"), ["hello world"]),
    (call("grel:string_toTitlecase", GvalueParam="dEEP $(yes)"), ["Deep True"]),
    (call("grel:string_trim", GvalueParameter='" island "'), ["island"]),
    (call("grel:string_replace", GvalueParam="$(a)", Gparam_find="o", Gparam_replace="0"), ["Hell0 W0rld"]),
    (call("grel:string_replace", GvalueParam="$(a)", Gp_string_find='"."', Gp_string_replace="-"), ["Hello World"]),
    (call("grel:string_replace", GvalueParam="$(a)", Gp_string_find="'/[aeiou]/'", Gp_string_replace="_"), ["H_ll_ W_rld"]),
    (call("grel:string_split", GvalueParam="$(two)", Gp_string_sep='","'), [" y", "x"]),
    (call("grel:string_split", GvalueParam="$(two)", Gparam_string_sep='"/, */"'), ["x", "y"]),
    (call("grel:string_substring", GvalueParam="profound", Gparam_int_i_from="2", Gparam_int_i_opt_to="4"), ["of"]),
    (call("grel:string_substring", GvalueParam="profound", Gp_int_i_from="3"), ["found"]),
    (call("grel:string_md5", GvalueParam="abc"), ["900150983cd24fb0d6963f7d28e17f72"]),
    (call("grel:string_sha1", GvalueParam="abc"), ["a9993e364706816aba3e25717850c26c9cd0d89d"]),
    (call("grel:escape", GvalueParam="$(html)", GmodeParam="html"), ["A&amp;B"]),
    (call("grel:escape", GvalueParam="$(a)", GmodeParameter="url"), ["Hello%20World"]),
    (call("grel:unescape", GvalueParam="A&amp;B", GmodeParam="html"), ["A&B"]),
    (call("grel:string_toString", Gp_any_e="$(n)"), ["2.5"]),
    (call("grel:math_round", Gp_dec_n="$(n)"), ["3"]),
    (call("grel:math_floor", Gparam_dec_n="$(n)"), ["2"]),
    (call("grel:math_ceil", Gparam_dec_n="$(n)"), ["3"]),
    (call("grel:date_toDate", GvalueParam="$(day)", Gp_string_pattern="dd.MM.yyyy"), ["1992-02-26"]),
    (call("grel:date_toDate", GvalueParam="$(day)", Gparam_string_pattern="'%d.%m.%Y'"), ["1992-02-26"]),
    (
        call("grel:date_toDate", GvalueParam="$(day) 7:05", Gp_string_pattern="dd.MM.yyyy H:mm"),
        ["1992-02-26T07:05:00"],
    ),
    (call("grel:other_coalesce", Gp_any_rep_e=["$(nothing)", "$(code)", "$(a)"]), ["tr"]),
    (call("grel:other_parseJson", GvalueParam="$(json)"), ['{"a":[1,{"b.c":"x"}]}']),
    (member("b.c", member("1", member("a", call("grel:other_parseJson", GvalueParam="$(json)")))), ["x"]),
    (member("0", member("a", "$(json)")), ["1"]),
    (call("grel:controls_if", Gbool_b="$(yes)", Gany_true="A", Gany_false="B"), ["A"]),
    (call("grel:controls_if", Gbool_b="$(no)", Gany_true="A", Gany_false="B"), ["B"]),
    (call("grel:controls_if", Gbool_b="$(no)", Gany_true="A"), []),
    (call("grel:controls_if", Gparam_b=EQUAL, Gparam_true="A", Gparam_false="B"), ["A"]),
    (
        call("grel:array_join", Gp_array_a=call("grel:string_split", GvalueParam="$(two)", Gp_string_sep='","'), Gp_string_sep="+"),
        ["x+ y"],
    ),
    (
        call("grel:array_get", Gp_array_a=call("grel:string_split", GvalueParam="$(two)", Gp_string_sep='", "'), Gparam_int_i_from="1"),
        ["y"],
    ),
    (call("idlab-fn:trueCondition", strBoolean=EQUAL, str="$(a)"), ["Hello World"]),
    (call("idlab-fn:trueCondition", strBoolean=UNEQUAL, str="$(a)"), []),
    (call("idlab-fn:trueCondition", strBoolean="$(yes)", str="$(a)"), ["Hello World"]),
    (call("idlab-fn:decide", str="$(code)", expectedStr="tr", result="Turkish"), ["Turkish"]),
    (call("idlab-fn:decide", str="$(code)", expectedStr="az", result="Turkish"), []),
    (call("idlab-fn:concat", str="$(code)", otherStr="$(n)", delimiter="/"), ["tr/2.5"]),
    (call("idlab-fn:concat", str="$(code)", otherStr="$(n)"), ["tr2.5"]),
    (call("idlab-fn:concatSequence", _1="a", _2="$(code)", _delimiter="-"), ["a-tr"]),
    (call("idlab-fn:slugify", str="$(a)"), ["hello-world"]),
    # RML-FNML's test cases: an `http://` is put before what has none
    (call("idlab-fn:toUpperCaseURL", str="$(url)"), ["http://EXAMPLE.COM/A"]),
    (call("idlab-fn:toUpperCaseURL", str="http://$(url)"), ["HTTP://EXAMPLE.COM/A"]),
    (call("former:toUpperCaseURL", _str="$(url)"), ["http://EXAMPLE.COM/A"]),
    (call("idlab-fn:alwaysReturnsABC"), ["ABC"]),
    (call("idlab-fn:normalizeDate", strDate="26 February 92", pattern="dd MMMM yy"), ["1992-02-26"]),
    (call("idlab-fn:normalizeDateWithLang", strDate="26 Feb 1992", pattern="d LLL uuuu", lang="en"), ["1992-02-26"]),
    (
        call("idlab-fn:normalizeDateTime", strDate="$(day)T23:59", pattern="\"dd.MM.yyyy'T'HH:mm\""),
        ["1992-02-26T23:59:00"],
    ),
    (call("idlab-fn:lookup", str="$(code)", **COLUMNS), ["Türkiye"]),
    (call("idlab-fn:lookupWithDelimiter", str="$(code)", **COLUMNS, delimiter='","'), ["Türkiye"]),
    (call("morph:concat", GvalueParameter1="$(code)", GvalueParameter2="$(n)", Gp_string_sep="_"), ["tr_2.5"]),
    (call("morph:hash", GvalueParameter="abc"), ["ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"]),
    (
        call("morph:hash_iri", GvalueParameter="abc"),
        ["http://example.com/ns#ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    ),
    (call("morph:string_split_explode", GvalueParameter="$(two)", Gp_string_sep="','"), [" y", "x"]),
]  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), VALUES)
def test_an_alias_gives_what_its_library_says(
    engine: Engine, tmp_path: Path, written: str, expected: list[str]
) -> None:
    assert said(engine, tmp_path, f"{{p: rdfs:label, o: {written}}}") == [(text, None) for text in sorted(expected)]


def test_a_count_and_a_truth_have_their_datatypes(engine: Engine, tmp_path: Path) -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    length = call("grel:string_length", GvalueParam="$(code)")
    assert said(engine, tmp_path, f"{{p: rdfs:label, o: {length}}}") == [("2", xsd + "integer")]
    assert said(engine, tmp_path, f"{{p: rdfs:label, o: {EQUAL}}}") == [("true", xsd + "boolean")]


def within(test: str) -> str:
    return call("idlab-fn:inRange", p_test=test, p_from='"2.5"', p_to='"10"')


CONDITIONS = [
    (EQUAL, True),
    (UNEQUAL, False),
    (call("idlab-fn:equal", str="$(code)", otherStr="az"), False),
    (call("idlab-fn:notEqual", GvalueParameter="$(nothing)", GvalueParameter2='""'), False),
    (call("idlab-fn:notEqual", GvalueParameter="$(code)", GvalueParameter2='""'), True),
    (call("idlab-fn:equal", GvalueParameter="$(nothing)", GvalueParameter2='""'), True),
    (call("idlab-fn:isNull", str="$(nothing)"), True),
    (call("idlab-fn:isNotNull", str="$(nothing)"), False),
    (call("idlab-fn:trueCondition", strBoolean=EQUAL, str="$(a)"), True),
    (call("idlab-fn:trueCondition", strBoolean=UNEQUAL, str="$(a)"), False),
    (f"[{EQUAL}, {call('idlab-fn:trueCondition', strBoolean=EQUAL, str='$(a)')}]", True),
    (f"[{EQUAL}, {call('idlab-fn:trueCondition', strBoolean=UNEQUAL, str='$(a)')}]", False),
    (call("grel:controls_if", Gbool_b=EQUAL, Gany_true='"true"', Gany_false='"false"'), True),
    (call("grel:controls_if", Gbool_b=UNEQUAL, Gany_true='"true"', Gany_false='"false"'), False),
    (call("grel:boolean_and", Gparam_rep_b=[EQUAL, "$(yes)"]), True),
    (call("grel:boolean_and", Gparam_rep_b=[EQUAL, "$(no)"]), False),
    (call("grel:boolean_or", Gbool_array_b=[UNEQUAL, "$(yes)"]), True),
    (call("grel:boolean_not", Gbool_b="$(yes)"), False),
    (call("grel:string_contains", GvalueParam="$(a)", Gstring_sub="World"), True),
    (call("grel:string_startsWith", GvalueParam="$(a)", Gparam_string_sub="World"), False),
    (call("grel:string_endsWith", GvalueParam="$(a)", Gparam_string_sub="World"), True),
    (call("idlab-fn:stringContainsOtherString", str="$(two)", otherStr="y", delimiter='", "'), True),
    (call("idlab-fn:stringContainsOtherString", str="$(two)", otherStr='" y"', delimiter='", "'), False),
    (call("idlab-fn:stringContainsOtherString", str="$(a)", otherStr="W", delimiter='""'), True),
    (within("$(n)"), True),
    (within('"2.4"'), False),
    (within('"10.0"'), False),
    (call("grel:other_coalesce", Gp_any_rep_e=["$(nothing)", "$(yes)"]), True),
]


@pytest.mark.parametrize(("written", "expected"), CONDITIONS)
def test_an_alias_may_be_a_condition(engine: Engine, tmp_path: Path, written: str, expected: bool) -> None:
    pair = f"{{p: rdfs:label, o: x, condition: {written}}}"
    assert bool(said(engine, tmp_path, pair)) == expected


REFUSALS = [
    ("idlab-fn:random", "", "the function 'random' is not to be had: each run would give another value; fn:uuid"),
    ("grel:date_now", "", "the function 'date_now' is not to be had: each run would give another time"),
    ("morph:uuid", "", "the function 'uuid' is not to be had"),
    ("idlab-fn:readFile", "[idlab-fn:path, x]", "the function 'readFile' is not to be had"),
    ("grel:toUperCase", "", f"there is no function <{GREL}toUperCase>\n  Did you mean 'toUpperCase'?"),
    ("grel:xyz", "", f"there is no function <{GREL}xyz>\n  A function of the project's own"),
    ("grel:toUpperCase", "", "the function 'toUpperCase' needs the parameter 'valueParameter'"),
    ("grel:toUpperCase", "[grel:unknownParam, x]", "the function 'toUpperCase' has no parameter 'unknownParam'"),
    ("grel:toUpperCase", "[grel:valueParm, x]", "the function 'toUpperCase' has no parameter 'valueParm'\n  Did you mean"),
    ("grel:toUpperCase", "[grel:valueParam, x], [grel:valueParameter, y]", "the parameter 'valueParameter' of 'toUpperCase' is given 2 times, and at most 1 can be"),
    ("grel:string_split", "[grel:valueParam, x], [grel:p_string_sep, $(a)]", "the parameter 'separator' of 'split' must be a constant"),
    ("grel:escape", "[grel:valueParam, x], [grel:modeParam, csv]", "the mode is one of html, xml, url, not 'csv'"),
    ("grel:escape", "[grel:valueParam, x], [grel:modeParam, $(a)]", "the mode must be a constant text"),
    ("grel:date_toDate", "[grel:valueParam, x], [grel:p_string_pattern, YYYY]", "the date format's 'YYYY' is not read here"),
    ("idlab-fn:normalizeDateWithLang", "[idlab-fn:strDate, x], [idlab-fn:pattern, d MMMM y], [idlab-fn:lang, fr]", "names of months"),
    ("idlab-fn:lookup", "[idlab-fn:str, x], [idlab-fn:inputFile, codes.csv], [idlab-fn:fromColumn, code], [idlab-fn:toColumn, 1]", "a column is a number from 0"),
    ("grel:boolean_and", ", ".join(["[grel:param_rep_b, $(yes)]"] * 9), "the parameter 'param_rep_b' of 'boolean_and' is given 9 times, and at most 8 can be"),
]  # fmt: skip


@pytest.mark.parametrize(("function", "parameters", "message"), REFUSALS)
def test_what_cannot_be_is_told_by_name(
    engine: Engine, tmp_path: Path, function: str, parameters: str, message: str
) -> None:
    with pytest.raises(MappingError) as caught:
        said(engine, tmp_path, f"{{p: rdfs:label, o: {{function: {function}, parameters: [{parameters}]}}}}")
    place, _, what = str(caught.value).partition(": ")
    assert place.startswith("map.yml:12 column ")
    assert what.startswith(message)


def test_aliases_lead_to_functions_and_parameters_that_there_are() -> None:
    for iri, alias in ALIASES.items():
        assert FN + alias.function in FUNCTIONS, iri
    assert not ALIASES.keys() & REFUSED.keys()
