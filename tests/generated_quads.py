"""Statements that a syntax could trip over, for Hypothesis and as one table."""

from collections.abc import Iterable, Iterator
from itertools import product
from os.path import commonprefix

import pyarrow as pa
import pyoxigraph as ox
from hypothesis import strategies as st

from lod.quad import Quad
from lod.rows import Rows
from lod.term_table import Column, Constant, Statement, Term, TermTable
from lod.terms import RDF_TYPE, XSD, Kind
from lod.vocab import NS, SCHEMA


def batches_of(pieces: Iterable[Rows | pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield the statements of pieces."""
    return (piece.statements() if isinstance(piece, Rows) else piece for piece in pieces)


def words(text: str) -> list[str]:
    return text.split()


def is_iri(text: str) -> bool:
    try:
        return bool(ox.NamedNode(text))
    except ValueError:
        return False


BASE = "https://example.org/base/"
EX = "https://example.org/"
BASES = [BASE, "", "https://example.org/ns#", "https://example.org/a/../b/", "https://example.org/?q=/", "urn:x/"]
NAMESPACES = [*BASES, SCHEMA, NS, XSD, EX]
LOCALS = words("""
a a/b a:b a/b:c ../x ./x . .. a/../b a/. a/.. a/.../b a//b //x /x / é/ü %2E%2E/x ?b a?b=c #f a#f a%20b -x ~x a. .a a..b 1
a- a,b (a) a;b a=b a@b a'b @id @type name publisher url $x !x *x +x _x rows graph/rows
""")
ODD = words("""
wd:Q42 ns:x schema:name schema:publisher name:x id:x label:x type:x geo:1,2 xsd:a urn:x:y about:blank http: a: x:é
http://[::1]/a http://a@b.org:80/c?d#e
""")
IRIS = [iri for iri in [*map("".join, product(NAMESPACES, ["", *LOCALS])), *ODD] if is_iri(iri)]
KNOWN = [
    RDF_TYPE,
    *(SCHEMA + name for name in words("name publisher about value url")),
    *(NS + name for name in words("earliest edtf firstHand")),
]
TEXTS = words(r"""
</script> " \ \u0041 ''' @en ^^ _:x 63 007 +1 -0 -5 0 1.0 1. .5 -.5 1e3 1E+3 12345678901234567890 true false True NaN INF
1992-02-26 1992-02/1992-03 https://example.org/base/a a schema:name null [] {} 🙂
""")
TEXTS += [
    '"""',
    "",
    " ",
    "a\nb\r\nc\td",
    "\u200f\u202eabc",
    "\x01\x08\x0b\x0c\x1f\x7f\x85\u2028\ufeff",
    "\ufffe\uffff",
    'say "x\\"',
]
DATATYPES = [None, *(XSD + name for name in words("integer decimal double boolean date")), SCHEMA + "a:b", BASE + "dt"]
DATATYPES += ["http://id.loc.gov/datatypes/edtf", "wd:dt"]
LANGUAGES = words("en en-GB az-Latn-AZ zh-Hant x-own de-1996")
GRAPHS = ["", BASE + "graph/rows", BASE + "graph/run", BASE, "urn:g", "wd:g"]
LITERAL, IRI = int(Kind.LITERAL), int(Kind.IRI)


def hostile() -> list[Quad]:
    """Return every IRI in every place, and every text with every datatype and language."""
    tags = [*((datatype, None) for datatype in DATATYPES), *((None, language) for language in LANGUAGES)]
    few = ["", *words("007 1 true 1992-02-26 a schema:name")]
    return [
        *(Quad(iri, EX + "p", iri) for iri in IRIS),
        *(Quad(EX + "s", iri, f"{number}", LITERAL, XSD + "integer") for number, iri in enumerate(IRIS)),
        *(Quad(EX + "s", iri, iri, IRI, graph=graph) for graph in GRAPHS for iri in ODD),
        *(Quad(EX + "s", RDF_TYPE, iri) for iri in IRIS),
        *(Quad(EX + "s", EX + "p", text, LITERAL, *tag) for text in TEXTS for tag in tags),
        *(Quad(EX + "s", known, text, LITERAL, *tag) for known in KNOWN for text in few for tag in tags),
        *(Quad(EX + "s", known, iri) for known in KNOWN for iri in [*ODD, BASE, BASE + "a"]),
    ]


endings = st.one_of(st.sampled_from(["", *LOCALS]), st.text(st.sampled_from("ab1é/.:_-~?#@"), max_size=6))
iris = st.one_of(st.builds(str.__add__, st.sampled_from(NAMESPACES), endings), st.sampled_from(ODD)).filter(is_iri)
predicates = st.one_of(st.sampled_from(KNOWN), iris)
texts = st.one_of(st.sampled_from(TEXTS), st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6))
datatypes, languages, graphs = map(st.sampled_from, (DATATYPES, LANGUAGES, GRAPHS))
nothing, literal, iri = st.none(), st.just(LITERAL), st.just(IRI)
batches = st.lists(
    st.one_of(
        st.builds(Quad, iris, predicates, iris, iri, nothing, nothing, graphs),
        st.builds(Quad, iris, predicates, texts, literal, datatypes, nothing, graphs),
        st.builds(Quad, iris, predicates, texts, literal, nothing, languages, graphs),
    ),
    max_size=12,
)


@st.composite
def wide_rows(draw: st.DrawFn) -> Rows:
    """Draw rows of a simple term table, of distinct subjects in order: every kind of slot, and nulls."""
    subjects = sorted(draw(st.sets(iris, min_size=1, max_size=5)), key=lambda iri: f"{iri}>".encode())
    kinds = {
        "a": iris,
        "b": texts,
        "c": datatypes,
        "d": languages,
        "e": st.sampled_from(["1", "-7", "true", "1.5", "007"]),
        "f": st.sampled_from(["", "1", "a%20b", "é/?#"]),
    }
    columns = {
        name: draw(st.lists(cells | nothing, min_size=len(subjects), max_size=len(subjects)))
        for name, cells in (kinds | {"g": graphs}).items()
    }
    before = commonprefix(subjects) if draw(st.booleans()) else ""  # noqa: RUF071  # texts, not paths
    rests = [subject.removeprefix(before) for subject in subjects]
    batch = pa.record_batch(
        {"subject": rests, **{name: pa.array(cells, pa.string()) for name, cells in columns.items()}}
    )
    number, boolean = Constant(XSD + "integer"), Constant(XSD + "boolean")
    terms = st.sampled_from(
        [
            Term(Column("a"), Kind.IRI),
            Term(Column("f", EX + "x/"), Kind.IRI),
            Term(Column("b"), Kind.LITERAL),
            Term(Column("b"), Kind.LITERAL, Constant(SCHEMA + "a:b")),
            Term(Column("b"), Kind.LITERAL, language=Constant("en-GB")),
            Term(Column("b"), Kind.LITERAL, Column("c")),
            Term(Column("b"), Kind.LITERAL, language=Column("d")),
            Term(Column("b"), Kind.LITERAL, Column("c"), Column("d")),
            Term(Column("e"), Kind.LITERAL, number),
            Term(Column("e"), Kind.LITERAL, boolean),
            Term(Constant("1"), Kind.LITERAL, number),
            Term(Constant('a "text"'), Kind.LITERAL, language=Column("d")),
            Term(Constant(EX + "o"), Kind.IRI),
        ]
    )
    named = st.sampled_from([None, None, None, *map(Constant, GRAPHS), Column("g")])
    chosen = draw(st.lists(st.tuples(predicates, terms, named), min_size=1, max_size=5, unique_by=lambda each: each[0]))
    statements = [Statement(Constant(name), term, graph) for name, term, graph in chosen]
    classes = draw(st.lists(iris, max_size=3))
    statements += [Statement(Constant(RDF_TYPE), Term(Constant(name), Kind.IRI)) for name in classes]
    simple = [each for each in statements if each.predicate != Constant(RDF_TYPE) or each in statements[len(chosen) :]]
    return Rows(
        TermTable("terms", Constant("in"), "map", Column("subject", before), tuple(simple or statements[:1])), batch
    )
