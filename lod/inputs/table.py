"""What opening a logical source gives."""

from dataclasses import dataclass
from typing import Final

import ibis.expr.types as ir

from lod.outcome import Rejection

RECORD: Final = "#record"


@dataclass(frozen=True)
class InputTable:
    """A logical source as an engine table.

    table: `_row` (int64, the record's number from 1) and a column per reference: string, or, where the input types its
    values, struct<text: string, datatype: string> (an IRI; null: a plain string), or a list of these where a reference
    has several values. The reference RECORD is the record as a whole, as text. file: the input's name as the mapping
    writes it; read: how many records the input has, the rejected ones too; unread: columns of the input that no mapping
    refers to.
    """

    table: ir.Table
    file: str
    read: int
    rejections: tuple[Rejection, ...] = ()
    unread: tuple[str, ...] = ()
