"""RDF files in bulk: the statements that the parser reads one by one, its lines, and its complaints."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod import ShapeError
from lod.engine import Engine
from lod.formats import lines
from lod.formats.lines import STATEMENT, statements
from lod.formats.read import read_quads
from lod.load import load
from lod.quad import TRIPLE, Quad, quads
from lod.triples import triples


def in_bulk(path: Path, scope: str = "") -> list[tuple[object, ...]]:
    table = pa.Table.from_batches(statements(path, path.name, scope, ShapeError), STATEMENT)
    return sorted(zip(*(column.to_pylist() for column in table.columns), strict=True), key=str)


def one_by_one(path: Path) -> list[tuple[object, ...]]:
    """Return what the parser reads, line by line."""
    found = []
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        for quad in ox.parse(line, format=ox.RdfFormat.from_extension(path.suffix[1:])):
            found += [(*_columns(quad), number)]
    return sorted(found, key=str)


def _columns(quad: ox.Quad) -> tuple[object, ...]:
    subject = str(quad.subject) if isinstance(quad.subject, ox.BlankNode) else quad.subject.value
    term = quad.object
    if isinstance(term, ox.Literal):
        plain = term.language or term.datatype.value.endswith("#string")
        return (subject, quad.predicate.value, term.value, 0, None if plain else term.datatype.value, term.language)
    is_blank = isinstance(term, ox.BlankNode)
    return (subject, quad.predicate.value, str(term) if is_blank else term.value, 2 if is_blank else 1, None, None)


ODD = [
    "<urn:a> <urn:p> <urn:b> .",
    '<urn:a> <urn:p> "" .',
    '<urn:a> <urn:p> "one two . <urn:x> ."@en .',
    '<urn:a> <urn:p> "x"@EN-gb .',
    '<urn:a> <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .',
    '<urn:a> <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#string> .',
    '<urn:a> <urn:p> "a\\"b\\n\\u00e9\\U0001F600" .',
    '<urn:\\u00e9> <urn:p> "\u00e9\U0001f600\uffff" .',
    "_:b <urn:p> _:b .",
    "_:b.1 <urn:p> _:b-2 .",
    '<urn:a>   <urn:p>\t"spaces"  .  ',
    '<urn:a><urn:p>"none".',
    "# a comment",
    "",
    '<urn:a> <urn:p> "after" . # a comment',
    '<urn:a> <urn:p> "^^<urn:x>" .',
    "<http://example.org/a?b=c#d> <urn:p> <http://example.org/%C3%A9> .",
    '<urn:a> <urn:p> "a\0b" .',
]
WITH_GRAPHS = [
    "<urn:a> <urn:p> <urn:b> <urn:g> .",
    '<urn:a> <urn:p> "x" <urn:g> .',
    '<urn:a> <urn:p> "x"@en _:g .',
    '<urn:a> <urn:p> "x y"^^<urn:t> <urn:g> .',
]


@given(st.lists(st.sampled_from(ODD), max_size=8), st.sampled_from(["\n", "\r\n"]), st.sampled_from([7, 60, 1 << 20]))
def test_lines_of_n_triples(tmp_path_factory: pytest.TempPathFactory, odd: list[str], end: str, block: int) -> None:
    path = tmp_path_factory.mktemp("load") / "x.nt"
    path.write_bytes(end.join(odd).encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "_BLOCK", block)
        assert in_bulk(path) == one_by_one(path)


@given(st.lists(st.sampled_from(ODD + WITH_GRAPHS), max_size=8))
def test_lines_of_n_quads(tmp_path_factory: pytest.TempPathFactory, odd: list[str]) -> None:
    path = tmp_path_factory.mktemp("load") / "x.nq"
    path.write_text("\n".join(odd), encoding="utf-8")
    assert in_bulk(path) == one_by_one(path)


WRONG = [
    "<urn:a> <urn:p> .",
    "<urn:a> <urn:p> <urn:b>",
    "<urn:a> <urn:p> <b> .",
    "<urn:a> <urn:p> <http://[> .",
    "<urn:a> <urn:p> <urn:%zz> .",
    '<urn:a> <urn:p> "a"@toolongatag .',
    '<urn:a> <urn:p> "a"^^<b> .',
    '<urn:a> <urn:p> "a" "b" .',
    '<urn:a> "p" <urn:b> .',
    '"a" <urn:p> <urn:b> .',
    '<urn:a> <urn:p> "a\\x" .',
    '<urn:a> <urn:p> "a\rb" .',
    "<urn:a> <urn:p> <urn:b> <urn:g> .",
    "<urn:a> _:p <urn:b> .",
    '<urn:a> <urn:p> "a .',
    '<urn:a> <urn:p> "a"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString> .',
]


@pytest.mark.parametrize("line", WRONG)
def test_a_wrong_line_is_told(line: str, tmp_path: Path) -> None:
    path = tmp_path / "x.nt"
    path.write_bytes(b'<urn:a> <urn:p> "fine" .\n# fine\n' + line.encode() + b'\n<urn:a> <urn:p> "fine" .\n')
    with pytest.raises(SyntaxError):
        one_by_one(path)
    with pytest.raises(ShapeError) as caught:
        in_bulk(path)
    assert str(caught.value).startswith("x.nt:3")


def test_what_is_no_utf_8_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.nt"
    path.write_bytes(b'<urn:a> <urn:p> "fine" .\n<urn:a> <urn:p> "\xff" .\n')
    with pytest.raises(ShapeError, match=r"x\.nt:2 column .*UTF-8"):
        in_bulk(path)


DOCUMENTS = {
    "x.ttl": "@prefix : <urn:> . :a :p :b, 'x'@en, 1 ; :q [ :p ( :c ) ] .",
    "x.trig": "@prefix : <urn:> . :g { :a :p :b } :a :p :c .",
    "x.jsonld": '{"@id": "urn:a", "urn:p": [{"@id": "urn:b"}, 1, true, {"@value": "x", "@language": "en"}]}',
    "x.rdf": '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="urn:">'
    '<r:Description r:about="urn:a"><p>x</p></r:Description></r:RDF>',
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_syntax(name: str, tmp_path: Path, engine: Engine) -> None:
    path = tmp_path / name
    path.write_text(DOCUMENTS[name], encoding="utf-8")
    tables = load(engine, [path], ShapeError)  # type: ignore[arg-type]  # the tests' engine is DuckDB's
    found = quads(engine.batches(triples(engine, tables).select(*TRIPLE)))
    assert canonical(found) == canonical(read_quads(path, name, ShapeError))


def test_a_label_is_its_file_s_own(tmp_path: Path, engine: Engine) -> None:
    for name in ("a.nt", "b.nt"):
        (tmp_path / name).write_text("_:x <urn:p> _:x .\n", encoding="utf-8")
    tables = load(engine, [tmp_path / "a.nt", tmp_path / "b.nt"], ShapeError)  # type: ignore[arg-type]
    found = set(quads(engine.batches(triples(engine, tables).select(*TRIPLE))))
    assert len({quad.subject for quad in found}) == 2
    assert all(quad.subject == quad.object for quad in found)


def test_properties_beyond_many_share_tables(tmp_path: Path, engine: Engine) -> None:
    path = tmp_path / "x.nt"
    written = [
        f"<urn:a> <urn:p{number}> {value} .\n" for number in range(450) for value in ('"x"@en', "<urn:b>", "_:b")
    ]
    path.write_text("".join(written), encoding="utf-8")
    tables = load(engine, [path], ShapeError)  # type: ignore[arg-type]
    assert len(tables) <= 403
    found = list(quads(engine.batches(triples(engine, tables).select(*TRIPLE))))
    assert len(found) == len(set(found)) == len(written)


def canonical(found: Iterable[Quad]) -> ox.Dataset:
    def node(text: str) -> ox.NamedNode | ox.BlankNode:
        return ox.BlankNode(text[2:]) if text.startswith("_:") else ox.NamedNode(text)

    dataset = ox.Dataset()
    for quad in found:
        datatype = ox.NamedNode(quad.datatype) if quad.datatype else None
        literal = ox.Literal(quad.object, datatype=datatype, language=quad.language)
        term = literal if quad.kind == 0 else node(quad.object)
        dataset.add(ox.Quad(node(quad.subject), ox.NamedNode(quad.predicate), term))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset
