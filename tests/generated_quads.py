"""Statements for Hypothesis: what a syntax could trip over, in each place where it may stand."""

import pyoxigraph as ox
from hypothesis import strategies as st

from lod.quad import Quad
from lod.terms import RDF_TYPE, XSD, Kind
from lod.vocab import NS, SCHEMA

BASE = "https://example.org/base/"
BASES = [
    BASE,
    BASE,
    BASE,
    "",
    "https://example.org/ns#",
    "https://example.org/a/../b/",
    "https://example.org/?q=/",
    "urn:x/",
]
NAMESPACES = [*BASES, SCHEMA, NS, XSD, "https://example.org/"]
LOCALS = [
    "a",
    "a/b",
    "a:b",
    "a/b:c",
    "../x",
    "./x",
    ".",
    "..",
    "a/../b",
    "a/.",
    "a/..",
    "a/.../b",
    "a//b",
    "//x",
    "/x",
    "/",
    "é/ü",
    "%2E%2E/x",
    "?b",
    "a?b=c",
    "#f",
    "a#f",
    "a%20b",
    "-x",
    "~x",
    "a.",
    ".a",
    "a..b",
    "1",
    "a-",
    "a,b",
    "(a)",
    "a;b",
    "a=b",
    "a@b",
    "a'b",
    "@id",
    "@type",
    "name",
    "$x",
    "!x",
    "*x",
    "+x",
    "_x",
    "rows",
    "graph/rows",
]
ODD = [
    "wd:Q42",
    "ns:x",
    "schema:name",
    "name:x",
    "id:x",
    "label:x",
    "type:x",
    "geo:1,2",
    "xsd:a",
    "urn:x:y",
    "about:blank",
    "http:",
    "a:",
    "x:é",
    "http://[::1]/a",
    "http://a@b.org:80/c?d#e",
]
TEXTS = [
    "</script>",
    '"',
    "\\",
    "\\u0041",
    "'''",
    '"""',
    "@en",
    "^^",
    "_:x",
    "63",
    "007",
    "+1",
    "-0",
    "1.0",
    "1.",
    ".5",
    "-.5",
    "1e3",
    "1E+3",
    "12345678901234567890",
    "-5",
    "0",
    "true",
    "false",
    "True",
    "NaN",
    "INF",
    "1992-02-26",
    "1992-02/1992-03",
    "https://example.org/base/a",
    "a",
    "schema:name",
    "null",
    "[]",
    "{}",
    "🙂",
]
LINES = [
    "",
    " ",
    "a\nb\r\nc\td",
    "\u200f\u202eabc",
    "\x01\x08\x0b\x0c\x1f\x7f\x85\u2028\ufeff",
    "\ufffe\uffff",
    'say "x\\"',
]


def is_iri(text: str) -> bool:
    try:
        return bool(ox.NamedNode(text))
    except ValueError:
        return False


endings = st.one_of(st.just(""), st.sampled_from(LOCALS), st.text(st.sampled_from("ab1é/.:_-~?#@"), max_size=6))
iris = st.one_of(st.builds(str.__add__, st.sampled_from(NAMESPACES), endings), st.sampled_from(ODD)).filter(is_iri)
known = [
    RDF_TYPE,
    *(SCHEMA + name for name in ("name", "publisher", "about", "value", "url")),
    NS + "earliest",
    NS + "edtf",
    NS + "firstHand",
]
predicates = st.one_of(st.sampled_from(known), iris)
texts = st.one_of(
    st.sampled_from(TEXTS + LINES), st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6)
)
xsd = ("integer", "decimal", "double", "boolean", "date")
datatypes = st.sampled_from(
    [None, None, *(XSD + name for name in xsd), "http://id.loc.gov/datatypes/edtf", SCHEMA + "a:b", BASE + "dt"]
)
languages = st.sampled_from(["en", "en-GB", "az-Latn-AZ", "zh-Hant", "x-own", "de-1996"])
graphs = st.sampled_from(["", "", "", BASE + "graph/rows", BASE + "graph/run", BASE, "urn:g"])
nothing, literal, iri = st.none(), st.just(int(Kind.LITERAL)), st.just(int(Kind.IRI))
batches = st.lists(
    st.one_of(
        st.builds(Quad, iris, predicates, iris, iri, nothing, nothing, graphs),
        st.builds(Quad, iris, predicates, texts, literal, datatypes, nothing, graphs),
        st.builds(Quad, iris, predicates, texts, literal, nothing, languages, graphs),
    ),
    max_size=12,
)
