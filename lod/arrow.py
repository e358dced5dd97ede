"""Texts of Arrow, made without `pa.scalar`: that loads pandas, to ask whether it is given a thing of pandas.

A text that is given to a compute function goes the same way, and pandas takes longer to load than a small mapping.
"""

import struct
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

NO_TEXT: Final = pa.nulls(1, pa.string())[0]


def scalar(text: str) -> pa.StringScalar:
    """Return a text as an Arrow scalar."""
    spelled = text.encode()
    ends = pa.py_buffer(struct.pack("2i", 0, len(spelled)))
    return pa.Array.from_buffers(pa.string(), 1, [None, ends, pa.py_buffer(spelled)])[0]


def after(before: str, texts: pa.Array) -> pa.Array:
    """Return each text with another one before it; null stays null."""
    return pc.binary_join_element_wise(scalar(before), texts, scalar("")) if before else texts


def buffer(texts: pa.Array) -> memoryview:
    """Return the texts of an array one after the other: its value buffer, as it lies."""
    _, offsets, values = texts.buffers()
    if values is None:
        return memoryview(b"")
    ends = memoryview(offsets).cast("i")
    return memoryview(values)[ends[texts.offset] : ends[texts.offset + len(texts)]]
