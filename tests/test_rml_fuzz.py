"""Whatever a document says, it is read or refused: with file, line and column, and never by another exception."""

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rml_documents import DOCUMENTS

from lod import MappingError
from lod.mapping.model import Mapping
from lod.mapping.rml import read_rml

TOKENS = [re.findall(r'"[^"]*"|\s+|[\w:.#<>/$@*-]+|.', document, flags=re.DOTALL) for document in DOCUMENTS]
WORDS = sorted({token for tokens in TOKENS for token in tokens if not token.isspace()})
NAMES = [word for word in WORDS if re.fullmatch(r"\w*:\w+", word)]
TEXTS = [word for word in WORDS if word.startswith('"')]
ODD = [
    "[",
    "]",
    "(",
    ")",
    ".",
    ";",
    ",",
    "[]",
    "()",
    '""',
    '"{"',
    '"\\uD800"',
    "<",
    ">",
    "\0",
    "é",
    "\U0001f600",
    "_:db",
    "a",
    "1e5",
    "@en",
    "^^",
    "#",
    "'''",
    '"""',
]


def read(content: bytes) -> Mapping:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mapping.ttl"
        path.write_bytes(content)
        return read_rml(path, "mapping.ttl", "http://example.org/")


def read_or_refused(content: bytes) -> None:
    try:
        assert isinstance(read(content), Mapping)
    except MappingError as error:
        assert error.at
        assert error.at.file == "mapping.ttl"
        assert isinstance(error.at.line, int)
        assert isinstance(error.at.column, int)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_documents_are_good(document: str) -> None:
    assert read(document.encode()).triples_maps


@given(st.data())
def test_a_document_with_other_words(data: st.DataObject) -> None:
    tokens = list(data.draw(st.sampled_from(TOKENS)))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(tokens) - 1))
        match data.draw(st.sampled_from(["delete", "insert", "replace", "swap", "repeat"])):
            case "delete":
                del tokens[place]
            case "insert":
                tokens.insert(place, data.draw(st.sampled_from(WORDS + ODD)))
            case "replace":
                tokens[place] = data.draw(st.sampled_from(WORDS + ODD))
            case "swap":
                other = data.draw(st.integers(0, len(tokens) - 1))
                tokens[place], tokens[other] = tokens[other], tokens[place]
            case "repeat":
                tokens[place:place] = tokens[place : place + data.draw(st.integers(1, 12))]
    read_or_refused("".join(tokens).encode("utf-8", "surrogatepass"))


@given(st.data())
def test_a_document_that_says_other_things(data: st.DataObject) -> None:
    """Names become other names, and texts other texts: most of these documents parse."""
    tokens = list(data.draw(st.sampled_from(TOKENS)))
    places = [place for place, token in enumerate(tokens) if token in NAMES or token in TEXTS]
    for place in data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=4)):
        like = NAMES if tokens[place] in NAMES else [*TEXTS, '"{"', '"}"', '"\\u0000"', '""', "[]", "true", "7"]
        tokens[place] = data.draw(st.sampled_from(like))
    read_or_refused("".join(tokens).encode())


@given(st.sampled_from(DOCUMENTS), st.integers(0), st.binary(min_size=1, max_size=3))
def test_a_document_with_other_bytes(document: str, place: int, odd: bytes) -> None:
    content = document.encode()
    place %= len(content)
    read_or_refused(content[:place] + odd + content[place + len(odd) :])
