"""The rows of a logical view while its fields are added one by one.

https://kg-construct.github.io/rml-lv/spec/docs/#fields
A field with several values gives a row each; one without a value is null, and the row stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir

from lod.compile.expression import as_text, list_columns, text
from lod.compile.lower import FILE_NAME, ROW_NUMBER
from lod.compile.within import records_within
from lod.errors import MappingError, Position
from lod.inputs.table import RECORD
from lod.mapping.model import (
    Call,
    Expression,
    Field,
    IterableField,
    LogicalView,
    Reference,
    Source,
    ViewJoin,
    references,
    renamed,
)
from lod.term_table import ROW
from lod.terms import XSD

INDEX = "#"
_GIVEN = (ROW, ROW_NUMBER, FILE_NAME)
_ITEM, _OFFSET, _CHILD, _PARENT = "#item", "#offset", "#child", "#parent"


@dataclass
class ViewRows:
    """The rows so far.

    errors: columns that say what is wrong with the text of an iterable field, each with that field's name; calls: the
    columns that functions made, with the call and the name to show.
    """

    rows: ir.Table
    errors: list[tuple[str, str]] = field(default_factory=list)
    calls: list[tuple[str, Call, str]] = field(default_factory=list)

    @classmethod
    def of(cls, on: ir.Table, source: Source) -> "ViewRows":
        """Begin with the records of a source, their columns out of reach of the view's own names."""
        position = _number(on) if isinstance(source, LogicalView) else on[ROW] - 1
        given = {name: on[name] for name in _GIVEN}
        columns = {_inside("", name): on[name] for name in on.columns if name not in _GIVEN}
        return cls(on.select(**given, **columns, **{INDEX: _index_value(position)}))

    def add(self, added: Field | IterableField, parent: str = "") -> None:
        """Add a field of the records of `parent`, an iterable field by its name ("": of the source)."""
        if isinstance(added, IterableField):
            self._iterate(added, as_text(self.rows[_inside(parent, RECORD)]))
            return
        self._evaluate(added, renamed(added.expression, lambda name: _inside(parent, name)))
        for each in added.within:
            self._iterate(each, as_text(self.rows[added.name]))

    def join(self, join: ViewJoin, parent: ir.Table) -> None:
        """Add the fields of a join with the rows of another view."""
        own = _keys("#own", [each.child for each in join.conditions], self.rows, join.position)
        others = _keys("#other", [each.parent for each in join.conditions], parent, join.position)
        fields = {each.name: _value(_single(each.expression, parent, join.position), parent) for each in join.fields}
        left = self.rows.mutate(**own, **{_CHILD: _number(self.rows)})
        right = parent.select(**others, **fields, **{_PARENT: _number(parent)})
        equal = [left[one] == right[other] for one, other in zip(own, others, strict=True)]
        joined = left.join(right, equal, how="inner" if join.inner else "left").drop(*own, *others)
        position = ibis.row_number().over(group_by=joined[_CHILD], order_by=joined[_PARENT])
        self.rows = joined.mutate(**{_OFFSET: position}).drop(_CHILD, _PARENT)
        for name in fields:
            self._index(name, ibis.ifelse(self.rows[name].notnull(), self.rows[_OFFSET], None))
        self.rows = self.rows.drop(_OFFSET)

    def _evaluate(self, added: Field, expression: Expression) -> None:
        if not isinstance(expression, Reference):
            _single(expression, self.rows, added.position)
        if isinstance(expression, Call):
            self.calls.append((added.name, expression, added.name))
        self.rows = self.rows.mutate(**{added.name: _value(expression, self.rows)})
        value = self.rows[added.name]
        if isinstance(value, ir.ArrayValue):
            self.rows = self.rows.unnest(added.name, offset=_OFFSET, keep_empty=True)
            self._index(added.name, self.rows[_OFFSET])
            self.rows = self.rows.drop(_OFFSET)
        else:
            self._index(added.name, ibis.ifelse(value.notnull(), 0, None))

    def _iterate(self, added: IterableField, texts: ir.StringValue) -> None:
        wanted, error = _wanted(added), _inside(added.name, "#error")
        self.rows = self.rows.mutate(**{_ITEM: records_within(added, wanted)(texts)})
        self.rows = self.rows.unnest(_ITEM, offset=_OFFSET, keep_empty=True)
        item, index = self.rows[_ITEM], f"{added.name}.{INDEX}"
        cells = {_inside(added.name, name): item[f"r{number}"] for number, name in enumerate(wanted)}
        found = {**cells, index: _index_value(self.rows[_OFFSET]), error: item["error"]}
        self.rows = self.rows.mutate(**found).drop(_ITEM, _OFFSET)
        self.errors.append((error, added.name))
        for each in added.fields:
            self.add(each, added.name)

    def _index(self, name: str, position: ir.IntegerValue) -> None:
        self.rows = self.rows.mutate(**{f"{name}.{INDEX}": _index_value(position)})


def _inside(parent: str, name: str) -> str:
    """Return the column of what is referred to by a name within the records of an iterable field, or of the source."""
    return f"#in {parent} {name}"


def _index_value(position: ir.IntegerValue) -> ir.StructValue:
    """Return an index with its natural datatype, xsd:integer."""
    return ibis.struct({"text": position.cast("string"), "datatype": ibis.literal(XSD + "integer")})


def _number(rows: ir.Table) -> ir.IntegerValue:
    """Return the position of each row of a view, from 0: by its record, then by the indexes of its fields."""
    indexes = [rows[name]["text"].cast("int64") for name in rows.columns if name == INDEX or name.endswith(f".{INDEX}")]
    return ibis.row_number().over(order_by=[rows[ROW], *indexes])


def _value(expression: Expression, rows: ir.Table) -> ir.Value:
    """Return a value with its natural datatype, if its input gave it one, or a list of values."""
    value = rows[expression.name] if isinstance(expression, Reference) else text(expression, rows)
    return value if isinstance(value, ir.ArrayValue | ir.StructValue) else value.cast("string")


def _keys(stem: str, expressions: Sequence[Expression], rows: ir.Table, position: Position) -> dict[str, ir.Value]:
    return {f"{stem}{n}": text(_single(each, rows, position), rows) for n, each in enumerate(expressions)}


def _single(expression: Expression, rows: ir.Table, position: Position) -> Expression:
    """Return an expression of single values; raise MappingError where there may be several."""
    lists = list_columns(rows, expression)
    if lists:
        what = f"{lists[0].rpartition(' ')[2]!r} can have several values, which cannot be joined here"
        hint = "Give them a field of their own, and refer to it in a view on this view."
        raise MappingError(what, at=position, hint=hint)
    return expression


def _wanted(added: IterableField) -> list[str]:
    """Return what is referred to in the records of an iterable field."""
    names = [name for each in added.fields if isinstance(each, Field) for name in references(each.expression)]
    nested = any(isinstance(each, IterableField) for each in added.fields)
    return list(dict.fromkeys([*names, *([RECORD] if nested else [])]))
