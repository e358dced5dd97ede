"""Percent-encoding in templates, on the engine, beside Python's own (RFC 3986) and the plain twin's (RFC 3987)."""

from urllib.parse import quote

import pyarrow as pa
import pytest
from reference import iri_safe

from lod.compile.encode import encode_iri, encode_uri
from lod.engine import Engine

ASCII = [chr(code) for code in range(1, 0x80)]
BEYOND = [
    chr(code) for code in (0x80, 0x9F, 0xA0, 0xE9, 0x561, 0xD7FF, 0xE000, 0xF8FF, 0xF900, 0xFFFE, 0x1F600, 0xE0001)
]
TEXTS = [
    None,
    "",
    "plain-text_1.0~",
    "a b/c?d#e",
    "100%",
    "%20",
    "naïve",
    "Ձայն a",
    *ASCII,
    *BEYOND,
    "".join(ASCII + BEYOND),
]


@pytest.mark.parametrize(
    ("encode", "witness"), [(encode_uri, lambda text: quote(text, safe="")), (encode_iri, iri_safe)], ids=["uri", "iri"]
)
def test_what_no_iri_holds_is_percent_encoded(encode, witness, engine: Engine) -> None:
    table = engine.materialise("texts", pa.table({"text": pa.array(TEXTS, pa.string())}))
    found = engine.rows(table.select("text", made=encode(table.text)))
    assert {row["text"]: row["made"] for row in found} == {
        text: None if text is None else witness(text) for text in TEXTS
    }
