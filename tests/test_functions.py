"""Every function on odd values, through the engine (`function_cases.py`), and what is told of a call that cannot be."""

import pickle
import shutil
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa
import pytest
from function_cases import BAD, CASES, Case

from lod.compile import Policy, compile_mapping
from lod.compile.call import call_value
from lod.engine import Engine
from lod.errors import MappingError, Position
from lod.functions import FUNCTIONS, Bound, Type
from lod.functions.bind import Binder
from lod.mapping import read_mappings
from lod.mapping.model import Call, Reference
from lod.outcome import Rejection, shorten
from lod.term_table import Constant
from lod.vocab import FN

ROOT = Path(__file__).parent
ANY = [name for name in CASES if any(each.type is Type.ANY for each in FUNCTIONS[FN + name].parameters)]


def call(name: str, arguments: tuple[Any, ...]) -> Bound:
    """Call a function with columns `p0`, `p1`, ... as arguments, and its settings as constants."""
    given = zip(FUNCTIONS[FN + name].parameters, arguments, strict=False)
    expressions = [
        (FN + parameter.name, Constant(value) if parameter.constant else Reference(f"p{place}"))
        for place, (parameter, value) in enumerate(given)
        if not (parameter.constant and value is None)
    ]
    return Binder(ROOT).bound(Call(FN + name, tuple(expressions), Position("here")))


def columns(name: str, arguments: list[tuple[Any, ...]]) -> dict[str, pa.Array]:
    """Return the columns for rows of arguments; where one of any type is a list, all of them are."""
    lists = any(isinstance(value, list) for row in arguments for value in row)
    kinds = {Type.TRUTH: pa.bool_(), Type.LIST: pa.list_(pa.string())}
    kinds[Type.ANY] = kinds[Type.LIST] if lists else pa.string()
    parameters = zip(FUNCTIONS[FN + name].parameters, zip(*arguments, strict=True), strict=False)
    return {
        f"p{place}": pa.array(values, kinds.get(parameter.type, pa.string()))
        for place, (parameter, values) in enumerate(parameters)
    }


def evaluated(engine: Engine, name: str, arguments: list[tuple[Any, ...]]) -> list[Any]:
    """Return a function's result for each of these rows of arguments, which share their settings."""
    table = engine.materialise("cases", pa.table({**columns(name, arguments), "n": pa.array(range(len(arguments)))}))
    result = call_value(call(name, arguments[0]), table)
    if isinstance(result, ir.StructValue):
        result = result["text"]
    return [row["result"] for row in engine.rows(table.select("n", result=result).order_by("n"))]


@pytest.mark.parametrize(("name", "case"), [(name, case) for name, cases in CASES.items() for case in cases])
def test_a_function_gives_what_its_specification_says(engine: Engine, name: str, case: Case) -> None:
    arguments, expected = case
    assert evaluated(engine, name, [arguments]) == [None if expected is BAD else expected]
    if expected is BAD:
        assert FUNCTIONS[FN + name].complains
    elif expected is None and FUNCTIONS[FN + name].complaint:
        inputs = [
            value for value, each in zip(arguments, FUNCTIONS[FN + name].parameters, strict=False) if not each.constant
        ]
        assert None in inputs, "a null that nothing explains is complained of"


def test_every_function_has_cases() -> None:
    assert {FN + name for name in CASES} == set(FUNCTIONS)
    assert all(CASES.values())


@pytest.mark.parametrize("name", [name for name in CASES if name not in ANY])
def test_a_function_gives_the_same_whatever_stands_beside(engine: Engine, name: str) -> None:
    """Results do not depend on the size of a batch, on nulls, or on the other values in it."""
    settings = [index for index, each in enumerate(FUNCTIONS[FN + name].parameters) if each.constant]
    first = CASES[name][0][0]
    alike = [
        case
        for case in CASES[name]
        if len(case[0]) == len(first) and all(case[0][i] == first[i] for i in settings if i < len(first))
    ]
    nothing = tuple(value if index in settings else None for index, value in enumerate(first))
    rows = [case[0] for case in alike] + [nothing]
    once = evaluated(engine, name, rows)
    assert once[:-1] == [None if case[1] is BAD else case[1] for case in alike]
    times = 7000 // len(rows)
    assert evaluated(engine, name, rows * times) == once * times
    assert evaluated(engine, name, [nothing] * 3) == [once[-1]] * 3


@pytest.mark.parametrize("name", list(CASES))
def test_a_function_takes_a_table_without_rows(engine: Engine, name: str) -> None:
    arguments = CASES[name][0][0]
    table = engine.materialise("cases", pa.table(columns(name, [arguments]))).filter(ibis.literal(False))
    assert engine.rows(table.select(result=call_value(call(name, arguments), table))) == []


COMPLAINING = [name for name, function in FUNCTIONS.items() if function.complains]


@pytest.mark.parametrize("function", [name.removeprefix(FN) for name in COMPLAINING])
def test_a_bad_value_rejects_its_record(engine: Engine, tmp_path: Path, function: str) -> None:
    bad = next(case[0] for case in CASES[function] if case[1] is BAD)
    good = next(case[0] for case in CASES[function] if case[1] not in (BAD, None) and case[0][1:] == bad[1:])
    shutil.copy(ROOT / "codes.csv", tmp_path)
    parameters = zip(FUNCTIONS[FN + function].parameters[1:], bad[1:], strict=False)
    settings = [f"[fn:{each.name}, '{value}']" for each, value in parameters if value is not None]
    cells = [each.replace('"', '""') for each in (good[0], bad[0])]
    (tmp_path / "in.csv").write_text('id,cell\n1,"{}"\n2,"{}"\n3,\n'.format(*cells), encoding="utf-8")
    (tmp_path / "map.yml").write_text(
        f"""
mappings:
  thing:
    sources: [in.csv~csv]
    s: thing/$(id)
    po:
      - [rdfs:label, $(id)]
      - p: rdfs:comment
        o: {{function: fn:{function}, parameters: [{", ".join(["[fn:value, $(cell)]", *settings])}]}}
"""
    )
    mapping = read_mappings([(tmp_path / "map.yml", "map.yml")], "https://example.org/")
    graph = compile_mapping(engine, tmp_path, mapping, Policy(strict=True))
    [told] = graph.rejections
    assert told == Rejection("in.csv", 2, "cell", shorten(bad[0]), FUNCTIONS[FN + function].complaint or told.reason)
    assert [(account.read, account.published, account.rejected) for account in graph.accounts(engine)] == [(3, 2, 1)]


# What a mapping asks of a function, and what is wrong with that.
MISTAKES = {
    "fn:spilt, parameters: [[fn:value, $(a)]]": "there is no function 'spilt'\n  Did you mean 'split'?",
    "fn:split, parameters: [[fn:value, $(a)]]": "the function 'split' needs the parameter 'separator'",
    "fn:lower, parameters: [[fn:valeu, $(a)]]": "the function 'lower' has no parameter 'valeu'\n  Did you mean 'value'?",
    "fn:split, parameters: [[fn:value, $(a)], [fn:separator, $(b)]]": "the parameter 'separator' of 'split' must be a constant",
    'fn:extract, parameters: [[fn:value, $(a)], [fn:pattern, "("]]': "the function 'extract' cannot be called so: Invalid regular",
    'fn:extract, parameters: [[fn:value, $(a)], [fn:pattern, "a"]]': "the function 'extract' cannot be called so: ",
    'fn:replace, parameters: [[fn:value, $(a)], [fn:pattern, "a"], [fn:replacement, "\\\\1"]]': "the function 'replace' cannot be",
    "fn:epochDate, parameters: [[fn:value, $(a)], [fn:unit, weeks]]": "the function 'epochDate' cannot be called so: the unit must",
    "fn:not, parameters: [[fn:value, $(a)]]": "the parameter 'value' of 'not' must be true or false",
    "fn:when, parameters: [[fn:condition, yes], [fn:value, $(a)]]": "the parameter 'condition' of 'when' must be true or false",
    "fn:lower, parameters: [[fn:value, {function: fn:present, parameters: [[fn:value, $(a)]]}]]": "the parameter 'value' of 'lower'",
    "fn:lower, parameters: [[fn:value, $(list)]]": "the parameter 'value' of 'lower' must be one text",
    "fn:coalesce, parameters: [[fn:value, $(list)], [fn:other, $(a)]]": "the parameters of 'coalesce' must all be texts",
    "fn:join, parameters: [[fn:values, $(a)]]": "the parameter 'values' of 'join' must be a list",
    "fn:isTrue, parameters: [[fn:value, $(list)]]": "the parameter 'value' of 'isTrue' must be one text, or true or false",
    "'http://e.org/f', parameters: [[fn:value, $(a)]]": "there is no function 'http://e.org/f'\n  There are: present, absent,",
    "fn:lower, parameters: [[fn:value, $(a)], [fn:value, $(b)]]": "the parameter 'value' of 'lower' is given twice",
    "fn:extract, parameters: [[fn:value, $(a)], [fn:pattern, (a)], [fn:group, 2]]": "the function 'extract' cannot be called so: the pattern has no group 2",
    "fn:extract, parameters: [[fn:value, $(a)], [fn:pattern, (a)], [fn:group, 9]]": "the function 'extract' cannot be called so: the group is a number",
    "fn:matches, parameters: [[fn:value, $(a)], [fn:pattern, (?=a)]]": "the function 'matches' cannot be called so: Invalid regular",
    'fn:splitPattern, parameters: [[fn:value, $(a)], [fn:pattern, "["]]': "the function 'splitPattern' cannot be called so: Invalid",
    'fn:split, parameters: [[fn:value, $(a)], [fn:separator, ""]]': "the function 'split' cannot be called so: the separator is empty",
    "fn:split, parameters: [[fn:value, $(a)], [fn:separator, x], [fn:trim, no]]": "the function 'split' cannot be called so: trim is true or",
    'fn:replaceText, parameters: [[fn:value, $(a)], [fn:find, ""], [fn:replacement, x]]': "the function 'replaceText' cannot be",
    'fn:oneOf, parameters: [[fn:value, $(a)], [fn:values, x], [fn:separator, ""]]': "the function 'oneOf' cannot be called so: the",
    "fn:substring, parameters: [[fn:value, $(a)], [fn:start, one]]": "the function 'substring' cannot be called so: start must be a whole",
    'fn:substring, parameters: [[fn:value, $(a)], [fn:start, ""]]': "the function 'substring' cannot be called so: start must be a whole",
    "fn:substring, parameters: [[fn:value, $(a)], [fn:start, 1], [fn:end, 1.5]]": "the function 'substring' cannot be called so: end",
    "fn:pad, parameters: [[fn:value, $(a)], [fn:length, 3], [fn:mark, ab]]": "the function 'pad' cannot be called so: the mark is one",
    "fn:pad, parameters: [[fn:value, $(a)], [fn:length, 1000000]]": "the function 'pad' cannot be called so: the length is at most",
    "fn:normalize, parameters: [[fn:value, $(a)], [fn:form, NFX]]": "the function 'normalize' cannot be called so: the form is one of",
    "fn:number, parameters: [[fn:value, $(a)], [fn:grouping, .]]": "the function 'number' cannot be called so: the decimal mark is one",
    "fn:number, parameters: [[fn:value, $(a)], [fn:decimal, 5]]": "the function 'number' cannot be called so: the decimal mark is one",
    "fn:round, parameters: [[fn:value, $(a)], [fn:digits, two]]": "the function 'round' cannot be called so: digits must be a whole number",
    "fn:round, parameters: [[fn:value, $(a)], [fn:digits, 5000]]": "the function 'round' cannot be called so: digits are at most 1000",
    'fn:parseDate, parameters: [[fn:value, $(a)], [fn:format, "%Q"]]': "the function 'parseDate' cannot be called so: '%Q' is no format",
    'fn:parseDate, parameters: [[fn:value, $(a)], [fn:format, "%Y|%"]]': "the function 'parseDate' cannot be called so: '%' is no format",
    "fn:hash, parameters: [[fn:value, $(a)], [fn:algorithm, crc]]": "the function 'hash' cannot be called so: the algorithm is one of",
    "fn:hash, parameters: [[fn:value, $(a)], [fn:length, 0]]": "the function 'hash' cannot be called so: the length is a number of",
    "fn:uuid, parameters: [[fn:value, $(a)], [fn:namespace, here]]": "the function 'uuid' cannot be called so: the namespace is a UUID",
}


@pytest.mark.parametrize("written", MISTAKES)
def test_a_mistake_in_a_call_is_told_with_its_line(engine: Engine, tmp_path: Path, written: str) -> None:
    (tmp_path / "in.csv").write_text("a,b\n1,2\n")
    (tmp_path / "map.yml").write_text(
        f"""
mappings:
  thing:
    sources:
      - access: in.csv
        referenceFormulation: csv
        fields: {{list: {{function: fn:split, parameters: [[fn:value, $(b)], [fn:separator, "|"]]}}}}
    s: thing/$(a)
    po:
      - p: rdfs:label
        o: {{function: {written}}}
"""
    )
    mapping = read_mappings([(tmp_path / "map.yml", "map.yml")], "https://example.org/")
    with pytest.raises(MappingError) as caught:
        compile_mapping(engine, tmp_path, mapping, Policy(strict=True))
    place, _, what = str(caught.value).partition(": ")
    assert place.startswith("map.yml:11 column ")
    assert what.startswith(MISTAKES[written])


@pytest.mark.parametrize("name", list(CASES))
def test_a_function_can_be_sent_to_another_process(name: str) -> None:
    arguments = CASES[name][0][0]
    table = ibis.memtable(pa.table(columns(name, [arguments])))
    for node in call_value(call(name, arguments), table).op().find(ops.ScalarUDF):
        again = pickle.loads(pickle.dumps(node.__func__))  # noqa: S301  # our own bytes
        assert again.__name__ == node.__func__.__name__


def test_a_condition_is_true_or_false(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("a\n1\n")
    call_ = "condition: {function: fn:lower, parameters: [[fn:value, $(a)]]}"
    for place, text in enumerate(
        (f"    {call_}\n    po: []", f"    po:\n      - p: rdfs:label\n        o: x\n        {call_}")
    ):
        (tmp_path / "map.yml").write_text(f"mappings:\n  thing:\n    sources: [in.csv~csv]\n    s: $(a)\n{text}\n")
        mapping = read_mappings([(tmp_path / "map.yml", "map.yml")], "https://example.org/")
        with pytest.raises(
            MappingError, match=rf"map\.yml:{(5, 8)[place]} .*: a condition is a function that gives true or false"
        ):
            compile_mapping(engine, tmp_path, mapping, Policy(strict=True))
