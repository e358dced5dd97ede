"""XML: XPath 1.0 finds records and values, the same whether a document streams or not; what is unsafe is refused."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.engine import Engine
from lod.errors import InputError, MappingError, Position
from lod.inputs import InputTable, open_source
from lod.inputs.files import InputFile
from lod.inputs.xml import parse
from lod.mapping.model import Field, LogicalSource, Reference
from lod.term_table import ROW

DOCUMENT = """<?xml version="1.0"?>
<!-- people -->
<people xml:lang="en" xmlns:o="urn:other">
  <group name="one">
    <person id="1"><name>Ada <b>L.</b></name><tag>x</tag><tag>y</tag><o:name>other</o:name></person>
    <!-- a comment --><?a pi?>
    <person id="2" o:id="3"><name/><tag><![CDATA[<z>]]>&amp;&#x42;</tag><person id="9"><name>inner</name></person></person>
  </group>
  <person id="outer"/>
  <group name="two"><person id="4"><name> é </name><!-- no --></person></group>
</people>
"""
HERE = Position("map.yml", 3)
PEOPLE = "/people/group/person"


def opened(
    engine: Engine, folder: Path, text: str | bytes, iterator: str | None, *references: str, **settings: Any
) -> InputTable:
    (folder / "in.xml").write_bytes(text.encode() if isinstance(text, str) else text)
    return open_source(engine, folder, LogicalSource("in.xml", "xml", HERE, iterator, **settings), references)


def values(engine: Engine, table: InputTable, reference: str) -> list[Any]:
    return [row[reference] for row in engine.rows(table.table.order_by(ROW))]


# A reference from each of the three people, and its value there: a list where one of them has several.
REFERENCES = {
    "@id": ["1", "2", "4"],
    "name": ["Ada L.", "", " é "],
    "./name": ["Ada L.", "", " é "],
    "name/text()": ["Ada ", None, " é "],
    "name/b": ["L.", None, None],
    "tag": [["x", "y"], ["<z>&B"], []],
    "tag[1]": ["x", "<z>&B", None],
    "tag[last()]": ["y", "<z>&B", None],
    ".//name": [["Ada L."], ["", "inner"], [" é "]],
    "*/@id": [None, "9", None],
    "person/name": [None, "inner", None],
    "p:name": ["other", None, None],
    "@p:id": [None, "3", None],
    "@*": [["1"], ["2", "3"], ["4"]],
    "nothing": [None, None, None],
    "../@name": ["one", "one", "two"],
    "ancestor::people/@xml:lang": ["en", "en", "en"],
    "/people/person/@id": ["outer", "outer", "outer"],
    "preceding-sibling::person/@id": [None, "1", None],
    "count(tag)": ["2", "1", "0"],
    "count(tag) div 4": ["0.5", "0.25", "0"],
    "tag = 'y'": ["true", "false", "false"],
    "concat(@id, '-', name)": ["1-Ada L.", "2-", "4- é "],
    "normalize-space(name)": ["Ada L.", "", "é"],
    "comment()": [None, None, " no "],
}


@pytest.mark.parametrize("reference", REFERENCES)
@pytest.mark.parametrize("whole", [False, True])
def test_a_reference_gives_what_xpath_says(engine: Engine, tmp_path: Path, reference: str, whole: bool) -> None:
    iterator = f"{PEOPLE}[true()]" if whole else PEOPLE
    table = opened(engine, tmp_path, DOCUMENT, iterator, reference, namespaces=(("p", "urn:other"),))
    assert values(engine, table, reference) == REFERENCES[reference]
    assert (table.read, table.rejections) == (3, ())


@pytest.mark.parametrize(
    ("iterator", "ids"),
    [
        ("people/group/person", ["1", "2", "4"]),
        ("//person", ["1", "2", "9", "outer", "4"]),
        ("/people/group[@name = 'two']/person", ["4"]),
        ("(//person)[2]", ["2"]),
        ("/people/*/person", ["1", "2", "4"]),
        ("/people/group/person/person", ["9"]),
        ("/group/person", []),
        ("/people", [None]),
        ("/xml:people", []),
    ],
)
def test_an_iterator_finds_the_records(engine: Engine, tmp_path: Path, iterator: str, ids: list[str | None]) -> None:
    assert values(engine, opened(engine, tmp_path, DOCUMENT, iterator, "@id"), "@id") == ids


@pytest.mark.parametrize("iterator", [None, "/"])
@pytest.mark.parametrize("reference", ["people/person/@id", "/people/person/@id", "//person[not(@id > 0)]/@id"])
def test_the_default_record_is_the_document(
    engine: Engine, tmp_path: Path, iterator: str | None, reference: str
) -> None:
    assert values(engine, opened(engine, tmp_path, DOCUMENT, iterator, reference), reference) == ["outer"]


def test_names_without_a_prefix_are_in_no_namespace(engine: Engine, tmp_path: Path) -> None:
    text = '<a xmlns="urn:x"><b c="1"><d>2</d></b></a>'
    assert opened(engine, tmp_path, text, "/a/b", "@c").read == 0
    table = opened(engine, tmp_path, text, "/x:a/x:b", "@c", "x:d", "d", namespaces=(("x", "urn:x"),))
    assert engine.rows(table.table) == [{ROW: 1, "@c": "1", "x:d": "2", "d": None}]


def test_what_no_reference_reads_is_told(engine: Engine, tmp_path: Path) -> None:
    table = opened(engine, tmp_path, DOCUMENT, PEOPLE, "concat(@id, name)", "tag[1]", namespaces=(("p", "urn:other"),))
    assert table.unread == ("p:name", "@p:id", "person")


def test_a_field_under_each_is_a_list_whatever_the_records_hold(engine: Engine, tmp_path: Path) -> None:
    fields = (Field("one", Reference("b"), HERE),)
    table = opened(engine, tmp_path, "<a><b>1</b></a>", "/a", "b", fields=fields, each=("one",))
    assert values(engine, table, "b") == [["1"]]


def test_texts_that_the_mapping_calls_null_are_null(engine: Engine, tmp_path: Path) -> None:
    table = opened(engine, tmp_path, DOCUMENT, PEOPLE, "name", "@id", nulls=("", "4"))
    assert values(engine, table, "name") == ["Ada L.", None, " é "]
    assert values(engine, table, "@id") == ["1", "2", None]


texts = st.text(st.sampled_from("ab <>&\"'é🙂\n"), max_size=4)
trees = st.recursive(
    st.tuples(st.sampled_from("abc"), texts, st.just([])),
    lambda inner: st.tuples(st.sampled_from("abc"), texts, st.lists(inner, max_size=3)),
    max_leaves=12,
)


def spelled(tree: tuple[str, str, list[Any]]) -> str:
    name, text, inner = tree
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f"<{name}>{escaped}{''.join(map(spelled, inner))}<!-- - -->t</{name}>"


@given(tree=trees, path=st.lists(st.sampled_from("abc"), min_size=1, max_size=3))
def test_what_streams_is_what_the_whole_document_holds(
    engine: Engine, tmp_path_factory: Any, tree: Any, path: list[str]
) -> None:
    folder, iterator = tmp_path_factory.mktemp("xml"), "/" + "/".join(path)
    streamed, whole = (
        opened(engine, folder, spelled(tree), each, ".", "a", ".//b/text()")
        for each in (iterator, f"{iterator}[true()]")
    )
    assert engine.rows(streamed.table.order_by(ROW)) == engine.rows(whole.table.order_by(ROW))


def test_a_document_of_any_length_takes_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "in.xml"
    with path.open("w") as stream:
        stream.write("<r><head>x</head>")
        stream.writelines(f"<other/><rec><v>{number}</v></rec>" for number in range(20_000))
        stream.write("</r>")
    records = parse.elements(InputFile("in.xml", path, path), None, ("r", "rec"))
    alive = [len(element.getparent()) for element in records]
    assert len(alive) == 20_000
    assert max(alive) < 4000  # the parser reads ahead some kilobytes, and no more


# Documents that are refused, and what the error says.
REFUSED = {
    '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>': "in.xml: has a DOCTYPE, which is refused",
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>': "in.xml: has a DOCTYPE",
    '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd"><a/>': "in.xml: has a DOCTYPE",
    '<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/passwd">%x;]><a/>': "in.xml: has a DOCTYPE",
    "<a>&x;</a>": "in.xml:1 column 7: not XML: Entity 'x' not defined",
    "<a>\n<b></a>": "in.xml:2 column 8: not XML: Opening and ending tag mismatch",
    "<a/><b/>": "in.xml:1 column 5: not XML: Extra content",
    "": "in.xml: is empty",
    " \n": "in.xml:2 column 1: not XML: Start tag expected",
    "<a x:b='1'/>": "in.xml:1 column 11: not XML: Namespace prefix x",
    "<a>" * 300: "in.xml:1 column ",
    "<a>\0</a>": "in.xml:1 column 4: not XML: ",
    '<?xml version="1.0" encoding="x-none"?><a/>': "in.xml:1 column 38: not XML: Unsupported encoding",
}  # fmt: skip


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:40])
@pytest.mark.parametrize("iterator", ["/a", "//a"])
def test_a_document_that_is_refused_says_why(engine: Engine, tmp_path: Path, text: str, iterator: str) -> None:
    with pytest.raises(InputError) as caught:
        opened(engine, tmp_path, text, iterator, "b")
    assert str(caught.value).startswith(REFUSED[text])


def test_entities_cannot_grow(engine: Engine, tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    with pytest.raises(InputError):
        opened(engine, tmp_path, f'<!DOCTYPE a [<!ENTITY e0 "x">{entities}]><a b="&e11;">&e11;</a>', "/a", "@b")


@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        ("utf-8", '<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>'.encode("latin-1")),
        ("utf-8", "<a>é</a>".encode("utf-16")),
        ("utf-8", "<a>é</a>".encode("utf-8-sig")),
        ("latin-1", '<?xml version="1.0" encoding="utf-8"?><a>é</a>'.encode("latin-1")),
        ("windows-1252", "<a>é</a>".encode("windows-1252")),
    ],
)
def test_a_document_names_its_encoding_and_the_mapping_may_know_better(
    engine: Engine, tmp_path: Path, encoding: str, content: bytes
) -> None:
    assert values(engine, opened(engine, tmp_path, content, "/a", ".", encoding=encoding), ".") == ["é"]


@pytest.mark.parametrize(
    ("iterator", "reference", "says"),
    [
        ("/a[", "b", "the XPath '/a[' does not parse: "),
        ("/a", "b[", "the XPath 'b[' does not parse: "),
        ("/a", "x:b", "the XPath 'x:b' does not parse: Undefined namespace prefix\n  Prefixes must be declared"),
        ("/x:a", "b", "the XPath '/x:a' does not parse: Undefined namespace prefix"),
        ("/a", "lower-case(b)", "the XPath 'lower-case(b)' does not parse: Unregistered function\n  XPath 1.0"),
        ("/a/@b", "c", "the XPath '/a/@b' finds something else than elements"),
        ("/a/text()", "c", "the XPath '/a/text()' finds something else than elements"),
        ("/count(a)", "c", "the XPath '/count(a)' does not parse"),
    ],
)
def test_an_xpath_that_does_not_fit_is_an_error_of_the_mapping(
    engine: Engine, tmp_path: Path, iterator: str, reference: str, says: str
) -> None:
    with pytest.raises(MappingError) as caught:
        opened(engine, tmp_path, "<a b='1'>x</a>", iterator, reference)
    assert str(caught.value).startswith(f"map.yml:3: {says}")
