"""The rows of a logical view while its fields are added one by one.

https://kg-construct.github.io/rml-lv/spec/docs/#fields
A field with several values gives a row each; one without a value is null, and the row stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import ibis
import ibis.expr.types as ir

from lod.compile.expression import as_text, list_columns, text
from lod.compile.lower import FILE_NAME, ROW_NUMBER
from lod.compile.source import Records, with_fields
from lod.compile.within import records_within
from lod.errors import MappingError, Position
from lod.functions import Bound
from lod.inputs.table import RECORD
from lod.mapping.model import (
    INDEX,
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
from lod.term_table import FILE, ROW
from lod.terms import XSD

_GIVEN = (FILE, ROW, ROW_NUMBER, FILE_NAME)
ALONE = "#alone"  # begins the names of indexes of rows that a full join took from the other view alone
_ITEM, _OFFSET, _CHILD, _PARENT, _OTHER = "#item", "#offset", "#child", "#parent", "#other "
_HOW = {"left": "left", "full": "outer", "inner": "inner"}


@dataclass
class ViewRows:
    """The rows so far.

    errors: columns that say what is wrong with the text of an iterable field, each with that field's name; calls: the
    columns that functions made, with the call and what it refers to.
    """

    rows: ir.Table
    errors: list[tuple[str, str]] = field(default_factory=list)
    calls: list[tuple[str, Bound, str]] = field(default_factory=list)

    @classmethod
    def of(cls, on: ir.Table, source: Source) -> "ViewRows":
        """Begin with the records of a source, their columns out of reach of the view's own names."""
        position = _number(on) if isinstance(source, LogicalView) or FILE in on.columns else on[ROW] - 1
        given = {name: on[name] for name in _GIVEN if name in on.columns}
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

    def join(self, join: ViewJoin, parent: Records) -> None:
        """Add the fields of a join with the rows of another view; where it is full, these rows have FILE."""
        other, keys = ViewRows(parent.table), range(len(join.conditions))
        for number, condition in enumerate(join.conditions):
            self._compute(f"#own{number}", condition.child, join.position)
            other._compute(f"#other{number}", condition.parent, join.position)
        for each in join.fields:
            other._compute(f"#joined {each.name}", each.expression, each.position)
        fields = {each.name: other.rows[f"#joined {each.name}"] for each in join.fields}
        left = self.rows.mutate(**{_CHILD: _number(self.rows)})
        given = _given(parent) if join.how == "full" else {}
        numbered = {_PARENT: _number(parent.table), **{_OTHER + name: value for name, value in given.items()}}
        right = other.rows.select(*(f"#other{key}" for key in keys), **fields, **numbered)
        equal = [as_text(left[f"#own{key}"]) == as_text(right[f"#other{key}"]) for key in keys]
        joined = left.join(right, equal, how=_HOW[join.how])
        position = ibis.row_number().over(group_by=joined[_CHILD], order_by=joined[_PARENT])
        position = ibis.ifelse(joined[_CHILD].isnull(), 0, position)  # a row of the other view alone is one by itself
        self.rows = joined.mutate(**{_OFFSET: position}).drop(*(f"#other{key}" for key in keys))
        for name in fields:
            self._index(name, ibis.ifelse(self.rows[name].notnull(), self.rows[_OFFSET], None))
        self._place(list(given))
        self.rows = self.rows.drop(_OFFSET, _CHILD, _PARENT, *(_OTHER + name for name in given))

    def _place(self, given: Sequence[str]) -> None:
        """Say of the rows of another view alone which records they come from, and number them apart."""
        if given:
            places = {name: ibis.coalesce(self.rows[name], self.rows[_OTHER + name]) for name in given}
            alone = ibis.ifelse(self.rows[_CHILD].isnull(), self.rows[_PARENT], None)
            number = sum(name.startswith(ALONE) for name in self.rows.columns)
            self.rows = self.rows.mutate(**places, **{f"{ALONE}{number}.{INDEX}": _index_value(alone)})

    def _evaluate(self, added: Field, expression: Expression) -> None:
        self._compute(added.name, expression, added.position, several=isinstance(expression, Reference))
        if isinstance(self.rows[added.name], ir.ArrayValue):
            self.rows = self.rows.unnest(added.name, offset=_OFFSET, keep_empty=True)
            self._index(added.name, self.rows[_OFFSET])
            self.rows = self.rows.drop(_OFFSET)
        else:
            self._index(added.name, ibis.ifelse(self.rows[added.name].notnull(), 0, None))

    def _compute(self, name: str, expression: Expression, position: Position, *, several: bool = False) -> None:
        """Add a column with the value of an expression; several: whether what it refers to may have several values."""
        lists = list_columns(self.rows, expression)
        if lists and not several:
            what = f"{_outside(lists[0])!r} can have several values, which cannot be combined here"
            hint = "Give them a field of their own, and refer to it in a view on this view."
            raise MappingError(what, at=position, hint=hint)
        if isinstance(expression, Bound):
            flat = self._flat(name, expression, position)
            self.rows = with_fields(self.rows, [Field(name, flat, position)])
            origin = dict.fromkeys(map(_outside, references(expression)))
            self.calls.append((name, flat, ", ".join(origin)))
        else:
            value = self.rows[expression.name] if isinstance(expression, Reference) else text(expression, self.rows)
            self.rows = self.rows.mutate(**{name: value})

    def _flat(self, name: str, call: Bound, position: Position) -> Bound:
        """Return a call without calls in its arguments: these get columns of their own."""
        arguments: list[tuple[str, Expression]] = []
        for number, (parameter, argument) in enumerate(call.arguments):
            if isinstance(argument, Bound):
                self._compute(f"#argument {name} {number}", argument, position)
                arguments.append((parameter, Reference(f"#argument {name} {number}")))
            else:
                arguments.append((parameter, argument))
        return replace(call, arguments=tuple(arguments))

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


def _given(records: Records) -> dict[str, ir.Value]:
    """Return what tells where the rows of a view come from."""
    rows = records.table
    return {FILE: records.input.place(rows)["file"], **{name: rows[name] for name in (ROW, ROW_NUMBER, FILE_NAME)}}


def _inside(parent: str, name: str) -> str:
    """Return the column of what is referred to by a name within the records of an iterable field, or of the source."""
    return f"#in {parent} {name}"


def _outside(column: str) -> str:
    """Return the name that such a column is referred to by."""
    return column.split(" ", 2)[2] if column.startswith("#in ") else column


def _index_value(position: ir.IntegerValue) -> ir.StructValue:
    """Return an index with its natural datatype, xsd:integer."""
    return ibis.struct({"text": position.cast("string"), "datatype": ibis.literal(XSD + "integer")})


def _number(rows: ir.Table) -> ir.IntegerValue:
    """Return the position of each row of a view, from 0: by its record, then by the indexes of its fields."""
    indexes = [rows[name]["text"].cast("int64") for name in rows.columns if name == INDEX or name.endswith(f".{INDEX}")]
    record = [rows[name] for name in (FILE, ROW) if name in rows.columns]
    return ibis.row_number().over(order_by=[*record, *indexes])


def _wanted(added: IterableField) -> list[str]:
    """Return what is referred to in the records of an iterable field."""
    names = [name for each in added.fields if isinstance(each, Field) for name in references(each.expression)]
    nested = any(isinstance(each, IterableField) for each in added.fields)
    return list(dict.fromkeys([*names, *([RECORD] if nested else [])]))
