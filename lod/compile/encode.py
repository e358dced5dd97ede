"""Text that can stand in an IRI, a URI or a blank node's label, as engine functions."""

from typing import Final

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from lod.functions.arrow import of_values
from lod.functions.function import Build
from lod.terms import iri_safe, label_safe, uri_safe


def _uri_safe(texts: pa.ChunkedArray) -> pa.Array:
    return pa.array([None if text is None else uri_safe(text) for text in texts.to_pylist()], pa.string())


def _size(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.binary_length(texts).cast(pa.int64())


# DuckDB has functions of these names; to other engines ours are given under them.
encode_uri: Final[Build] = ibis.udf.scalar.builtin(name="url_encode", signature=(("string",), "string"))(_uri_safe)
_bytes: Final[Build] = ibis.udf.scalar.builtin(name="strlen", signature=(("string",), "int64"))(_size)
_encode_any: Final = of_values(iri_safe)
blank_label: Final = of_values(label_safe)


def encode_iri(value: ir.StringValue) -> ir.StringValue:
    """Percent-encode all that is not iunreserved; within ASCII that is all that is not unreserved."""
    return ibis.ifelse(value.length() == _bytes(value), encode_uri(value), _encode_any(value))
