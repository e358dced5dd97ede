"""Every function on odd values, through the engine. What is expected was written by hand from the specifications.

A case is the arguments, in the order of the function's parameters, and the result. BAD is a null that the function
complains of, so that the record is rejected. To add a function, add its cases.
"""

from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest

from lod.compile import Policy, compile_mapping
from lod.compile.expression import function_value
from lod.compile.functions import FUNCTIONS
from lod.engine import Engine
from lod.errors import MappingError, Position
from lod.mapping import read_mappings
from lod.mapping.model import Call, Reference
from lod.outcome import Rejection
from lod.term_table import Constant
from lod.terms import XSD
from lod.vocab import FN

BAD = object()
Case = tuple[tuple[Any, ...], Any]

PLAIN_DATES = {"1992": "gYear", "1992-02": "gYearMonth", "1992-02-26": "date"}
OTHER_DATES = ["1992?", "199X", "1992-21", "1992/1993", "1992-XX", "../1992"]
NO_DATES = ["1992-02-30", "1992-13", "26.2.1992", "1992-02-26T10:00:00", " 1992", "1993/1992", "no date"]
# RFC 3986, section 3, and RFC 3987, section 2.2
URLS = [
    "http://example.org",
    "https://example.org/",
    "HTTP://EXAMPLE.ORG/",
    "https://example.org:8080/a/../b;c=1?d=e&f#g",
    "http://user:pw@example.org",
    "https://пример.example/é?ü#ß",
    "http://127.0.0.1/",
    "http://[2001:db8::1]:80/",
    "https://example.org/%C3%A9",
    "https://example.org?q",
]
NO_URLS = [
    "example.org",
    "www.example.org",
    "/page.html",
    "//example.org/a",
    "?q",
    "#f",
    "http:",
    "http://",
    "https:///path",
    "http:example.org",
    "ftp://example.org/",
    "mailto:a@b.org",
    "javascript:alert(1)",
    "urn:x:y",
    "http://exa<mple.org/",
    'https://example.org/"a"',
    "https://example.org/%zz",
    "https://example.org/%",
    "http://[::1",
    "https://example.org/a[1]",
    "https://example.org/{id}",
    "https://example.org/a|b",
    "https://example.org/\\a",
    "http://example.org:port/",
    "http://@/",
    "http://:80/",
    "http://example.org/a b",
    " http://example.org",
    "http://example.org\n",
    "https://example.org/\x7f",
]

CASES: dict[str, list[Case]] = {
    "split": [
        (("a|b", "|"), ["a", "b"]),
        ((" a ||b|\t", "|"), ["a", "b"]),
        (("a", "|"), ["a"]),
        (("|", "|"), []),
        (("  ", "|"), []),
        ((None, "|"), None),
        (("a.b.c", "."), ["a", "b", "c"]),
        (("a, b,c", ", "), ["a", "b,c"]),
        (("a|a", "|"), ["a", "a"]),
        (("é\u00a0|\n🙂", "|"), ["é", "🙂"]),
    ],
    "present": [(("a",), True), ((" ",), True), ((None,), False), ((["a"],), True), (([],), False)],
    "absent": [(("a",), False), ((" ",), False), ((None,), True), ((["a"],), False), (([],), True)],
    "equal": [
        (("a", "a"), True),
        (("a", "A"), False),
        (("a", "a "), False),
        (("1", "1.0"), False),
        (("é", "e\u0301"), False),
        ((None, "a"), False),
        (("a", None), False),
        ((None, None), False),
    ],
    "oneOf": [
        (("a", "a|b|c"), True),
        (("c", "a|b|c"), True),
        (("b", "b"), True),
        (("ab", "a|b|c"), False),
        (("a|b", "a|b|c"), False),
        (("A", "a|b"), False),
        (("%", "a|b"), False),
        (("a%", "a%|b"), True),
        ((None, "a|b"), False),
    ],
    "not": [((True,), False), ((False,), True), ((None,), True)],
    "any": [((True,), True), ((False, True), True), ((False, False), False), ((None, True), True), ((None,), False)],
    "all": [((True,), True), ((True, False), False), ((True,) * 8, True), ((None, True), False), ((False, None), False)],
    "coalesce": [
        (("a", "b"), "a"),
        ((None, "b"), "b"),
        ((None, None), None),
        (("a",), "a"),
        (("a", None), "a"),
        ((*[None] * 9, "j"), "j"),
        ((None, ["b"]), ["b"]),
    ],
    "when": [((True, "a"), "a"), ((False, "a"), None), ((None, "a"), None), ((True, None), None), ((True, ["a"]), ["a"])],
    "concat": [
        (("a", "b"), "ab"),
        (("a",), "a"),
        (("a", None), None),
        ((None, "b"), None),
        (tuple("abcdefghij"), "abcdefghij"),
        (("'", '"', "\\", "%", "\n"), "'\"\\%\n"),
    ],
    "lower": [
        (("AbC",), "abc"),
        (("ÀÉŒ",), "àéœ"),
        (("ΑΣ",), "ας"),
        (("Ə",), "ə"),
        (("İ",), "i\u0307"),
        (("ẞ",), "ß"),
        (("1%",), "1%"),
        ((None,), None),
    ],
    "trim": [((" a b\t\n",), "a b"), (("\u00a0a\u2003",), "a"), (("a",), "a"), ((" \n ",), None), ((None,), None)],
    # FIPS 180-4's examples, the first 16 digits
    "hash": [
        (("abc",), "ba7816bf8f01cfea"),
        (("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",), "248d6a61d20638b8"),
        ((None,), None),
    ],
    "extract": [
        (("pages 12-15", "([0-9]+)"), "12"),
        (("12-15", "^([^-]+)-([^-]+)$"), "12"),
        (("baaa", "(a+?)"), "a"),
        (("xab", "(?:x)(a)(b)"), "a"),
        (("x(1)", r"\(([0-9])\)"), "1"),
        (("x(1)", "[(]([0-9])"), "1"),
        ((r"\a", r"\\(a)"), "a"),
        (("ab", "(?P<first>a)b"), "a"),
        (("ÀB", "(?i)(à)b"), "À"),
        (("a\nb", "^(.+)$"), None),
        (("a\nb", "(?s)^(.+)$"), "a\nb"),
        (("a\n", "^(a)$"), None),
        (("🙂b", "^(.)b"), "🙂"),
        (("b", "(a)|b"), None),
        (("x", "(a)"), None),
        ((None, "(a)"), None),
    ],
    "replace": [
        (("a.b.c", r"\.", "-"), "a-b-c"),
        (("a.b", ".", "-"), "---"),
        (("2-1", "^([0-9])-([0-9])$", r"\2/\1"), "1/2"),
        (("abc", "x", "y"), "abc"),
        (("a$1", r"\$", "$0"), "a$01"),
        (("aaa", "a", ""), None),
        (("é", "[^a-z]", "_"), "_"),
        ((None, "a", "b"), None),
    ],
    "url": [*(((url,), url) for url in URLS), *(((url,), BAD) for url in NO_URLS), ((None,), None)],
    "integer": [
        (("63",), "63"),
        (("5.0",), "5"),
        (("5.",), "5"),
        (("007",), "7"),
        (("000",), "0"),
        (("+5",), "5"),
        (("-5",), "-5"),
        (("-0.00",), "0"),
        ((" 5 ",), "5"),
        (("123456789012345678901234567890",), "123456789012345678901234567890"),
        *(((bad,), BAD) for bad in ("5.5", "1e3", "1,000", "1 000", "1_000", "٣", "--5", "+", ".0", "0x10", "five", "NaN", "²")),
        ((None,), None),
    ],
    # XML Schema 1.1 part 2, section 3.3.3 (decimal) and 3.4.13 (integer)
    "numberType": [
        *(((text,), XSD + "integer") for text in ("63", "007", "+1", "-0", "123456789012345678901234567890")),
        *(((text,), XSD + "decimal") for text in ("1.0", "1.", ".5", "-.5", "+0.50")),
        *(((bad,), BAD) for bad in (" 1", "1 ", "1e3", "INF", "NaN", "1,5", "1_000", "٣", ".", "-", "twelve", "1.2.3")),
        ((None,), None),
    ],
    "edtf": [*(((d,), d) for d in [*PLAIN_DATES, *OTHER_DATES]), *(((d,), BAD) for d in NO_DATES), ((None,), None)],
    "edtfValue": [*(((d,), d) for d in PLAIN_DATES), *(((d,), None) for d in [*OTHER_DATES, *NO_DATES, None])],
    "edtfType": [
        *(((d,), XSD + name) for d, name in PLAIN_DATES.items()),
        *(((d,), None) for d in [*OTHER_DATES, *NO_DATES, None]),
    ],
    "edtfEarliest": [
        (("1992",), "1992-01-01"),
        (("199X",), "1990-01-01"),
        (("1992-02/1993",), "1992-02-01"),
        (("../1992",), None),
        *(((d,), None) for d in [*NO_DATES, None]),
    ],
    "edtfLatest": [
        (("1992-02",), "1992-02-29"),
        (("199X",), "1999-12-31"),
        (("1992-02/1993",), "1993-12-31"),
        (("1992/..",), None),
        *(((d,), None) for d in [*NO_DATES, None]),
    ],
    "parseDate": [
        (("02/26/1992", "%m/%d/%Y"), "1992-02-26"),
        (("26.2.1992", "%d.%m.%Y"), "1992-02-26"),
        (("26 February 1992", "%d %B %Y"), "1992-02-26"),
        (("1992-02-26T23:59:59", "%Y-%m-%dT%H:%M:%S"), "1992-02-26"),
        (("0001-01-01", "%Y-%m-%d"), "0001-01-01"),
        (("02/30/1992", "%m/%d/%Y"), BAD),
        (("02/26/1992 ", "%m/%d/%Y"), BAD),
        (("26/02/1992", "%m/%d/%Y"), BAD),
        (("soon", "%Y"), BAD),
        ((None, "%Y"), None),
    ],
    "epochDate": [
        (("8091", "days"), "1992-02-26"),
        (("-1", "days"), "1969-12-31"),
        (("699062399", "seconds"), "1992-02-25"),
        (("-0.5", "seconds"), "1969-12-31"),
        *(((bad, "days"), BAD) for bad in ("1e3", "1_000", "nan", "infinity", " 1", "٣", "99999999999", "x")),
        ((None, "days"), None),
    ],
}  # fmt: skip


def call(name: str, arguments: tuple[Any, ...]) -> Call:
    """Call a function with columns `p0`, `p1`, ... as arguments, and its settings as constants."""
    function = FUNCTIONS[FN + name]
    given = zip(function.parameters, arguments, strict=False)
    expressions = [
        (FN + parameter, Constant(value) if parameter in function.settings else Reference(f"p{place}"))
        for place, (parameter, value) in enumerate(given)
    ]
    return Call(FN + name, tuple(expressions), Position("here"))


def columns(name: str, arguments: list[tuple[Any, ...]]) -> dict[str, pa.Array]:
    """Return the columns for rows of arguments; where one is a list, all are that are not true or false."""
    function = FUNCTIONS[FN + name]
    lists = any(isinstance(value, list) for row in arguments for value in row)
    found = {}
    for place, values in enumerate(zip(*arguments, strict=True)):
        truth = function.parameters[place] in function.truths
        found[f"p{place}"] = pa.array(values, pa.bool_() if truth else pa.list_(pa.string()) if lists else pa.string())
    return found


def evaluated(engine: Engine, name: str, arguments: list[tuple[Any, ...]]) -> list[Any]:
    """Return a function's result for each of these rows of arguments, which share their settings."""
    table = engine.materialise("cases", pa.table({**columns(name, arguments), "n": pa.array(range(len(arguments)))}))
    result: ir.Value = function_value(call(name, arguments[0]), table)
    return [row["result"] for row in engine.rows(table.select("n", result=result).order_by("n"))]


@pytest.mark.parametrize(("name", "case"), [(name, case) for name, cases in CASES.items() for case in cases])
def test_a_function_gives_what_its_specification_says(engine: Engine, name: str, case: Case) -> None:
    arguments, expected = case
    assert evaluated(engine, name, [arguments]) == [None if expected is BAD else expected]
    if expected is BAD:
        assert FUNCTIONS[FN + name].complaint
    elif expected is None and FUNCTIONS[FN + name].complaint:
        assert None in arguments, "a null that nothing explains is complained of"


def test_every_function_has_cases() -> None:
    assert {FN + name for name in CASES} == set(FUNCTIONS)
    assert all(CASES.values())


@pytest.mark.parametrize("name", [name for name, cases in CASES.items() if not FUNCTIONS[FN + name].lists])
def test_a_function_gives_the_same_whatever_stands_beside(engine: Engine, name: str) -> None:
    """Results do not depend on the size of a batch, on nulls, or on the other values in it."""
    settings = [
        index for index, each in enumerate(FUNCTIONS[FN + name].parameters) if each in FUNCTIONS[FN + name].settings
    ]
    first = CASES[name][0][0]
    alike = [
        case for case in CASES[name] if len(case[0]) == len(first) and all(case[0][i] == first[i] for i in settings)
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
    assert engine.rows(table.select(result=function_value(call(name, arguments), table))) == []


COMPLAINING = [name for name, function in FUNCTIONS.items() if function.complaint]


@pytest.mark.parametrize("function", [name.removeprefix(FN) for name in COMPLAINING])
def test_a_bad_value_rejects_its_record(engine: Engine, tmp_path: Path, function: str) -> None:
    bad = next(case[0] for case in CASES[function] if case[1] is BAD)
    good = next(case[0] for case in CASES[function] if case[1] not in (BAD, None))
    settings = [
        f"[fn:{key}, '{value}']" for key, value in zip(FUNCTIONS[FN + function].parameters[1:], bad[1:], strict=False)
    ]
    (tmp_path / "in.csv").write_text(f'id,cell\n1,"{good[0]}"\n2,"{bad[0]}"\n3,\n', encoding="utf-8")
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
    complaint = str(FUNCTIONS[FN + function].complaint)
    assert graph.rejections == (Rejection("in.csv", 2, "cell", bad[0], complaint),)
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
