"""What term tables say, as validation asks for it: the pairs of a property, the instances of a class.

Each answer is a database view over the columns that can hold what was asked for, and no other: a constraint on one
property reads one column. A term is one text there, its key (see `key`).
"""

from collections.abc import Callable, Iterable, Sequence

import ibis.expr.types as ir

from lod.engine import Engine, sql_text
from lod.term_table import Column, Constant, Slot, Statement, Term, TermTable
from lod.terms import RDF_TYPE, XSD, Kind
from lod.triples import conditions, slot_sql
from lod.vocab import RDFS

_STRING = XSD + "string"
_NO_TEXT = "CAST(NULL AS VARCHAR)"
_NOTHING = f"SELECT {_NO_TEXT} AS subject, {_NO_TEXT} AS predicate, {_NO_TEXT} AS object WHERE FALSE"


class Facts:
    """The statements of term tables, all graphs merged; a statement may stand several times."""

    def __init__(self, engine: Engine, tables: Sequence[TermTable], subclasses: Iterable[tuple[str, str]]) -> None:
        """Ask `tables` of an engine; `subclasses` are pairs of rdfs:subClassOf from elsewhere."""
        self.engine, self._tables = engine, tables
        self._views: dict[str, ir.Table] = {}
        self._instances: dict[str, ir.Table] = {}
        self._subclasses = set(subclasses)
        self._present = self._predicates()
        if RDFS + "subClassOf" in self._present:
            pairs = engine.rows(self.pairs(RDFS + "subClassOf").distinct())
            self._subclasses |= {(row["subject"], row["object"]) for row in pairs}

    def _predicates(self) -> set[str]:
        """Return the predicates of all statements, so that who asks for another is told without a query."""
        selects = [_select_predicate(table, statement) for table, statement in self._statements()]
        asked = self.engine.view("predicates", "\nUNION\n".join(selects) or _NOTHING)
        return {row["predicate"] for row in self.engine.rows(asked.select("predicate"))}

    def has(self, predicate: str) -> bool:
        """Whether there is a statement with a predicate."""
        return predicate in self._present

    def pairs(self, predicate: str) -> ir.Table:
        """Return `subject` and `object` of the statements with a predicate."""
        if predicate not in self._views:
            self._views[predicate] = self._view(
                lambda statement: _may_be(statement.predicate, predicate),
                lambda statement: _is(statement.predicate, predicate),
            )
        return self._views[predicate].select("subject", "object")

    def nodes(self, predicate: str) -> ir.Table:
        """Return the subjects and objects of a predicate as the column `node`; some stand several times."""
        pairs = self.pairs(predicate)
        return pairs.select(node="subject").union(pairs.select(node="object"))

    def others(self, allowed: Iterable[str]) -> ir.Table:
        """Return `subject`, `predicate` and `object` of the statements with any other predicate than these."""
        known = set(allowed)
        return self._view(
            lambda statement: not (isinstance(statement.predicate, Constant) and statement.predicate.value in known),
            lambda statement: (
                f"{slot_sql(statement.predicate)} NOT IN ({', '.join(map(sql_text, sorted(known)))})"
                if known and isinstance(statement.predicate, Column)
                else ""
            ),
        )

    def instances(self, class_: str) -> ir.Table:
        """Return the instances of a class and its subclasses, once each, as the column `node`."""
        if class_ not in self._instances:
            pairs = self.pairs(RDF_TYPE)
            typed = pairs.filter(pairs.object.isin(sorted(self._with_subclasses(class_))))
            self._instances[class_] = self.engine.materialise("instances", typed.select(node="subject").distinct())
        return self._instances[class_]

    def _with_subclasses(self, class_: str) -> set[str]:
        found, waiting = {class_}, [class_]
        below: dict[str, list[str]] = {}
        for narrower, wider in self._subclasses:
            below.setdefault(wider, []).append(narrower)
        while waiting:
            new = set(below.get(waiting.pop(), ())) - found
            found |= new
            waiting += new
        return found

    def _statements(self) -> list[tuple[TermTable, Statement]]:
        return [(table, statement) for table in self._tables for statement in table.statements]

    def _view(self, chosen: Callable[[Statement], bool], condition: Callable[[Statement], str]) -> ir.Table:
        selects = [
            _select(table, statement, condition(statement))
            for table, statement in self._statements()
            if chosen(statement)
        ]
        return self.engine.view("facts", "\nUNION ALL\n".join(selects) or _NOTHING)


def _may_be(slot: Slot, value: str) -> bool:
    return isinstance(slot, Column) or slot.value == value


def _is(slot: Slot, value: str) -> str:
    return f"{slot_sql(slot)} = {sql_text(value)}" if isinstance(slot, Column) else ""


def _select_predicate(table: TermTable, statement: Statement) -> str:
    needed = conditions(statement)
    where = f" WHERE {needed}" if needed else ""
    first = " LIMIT 1" if isinstance(statement.predicate, Constant) else ""
    return f"(SELECT {slot_sql(statement.predicate)} AS predicate FROM {table.name}{where}{first})"  # noqa: S608


def _select(table: TermTable, statement: Statement, condition: str) -> str:
    where = " AND ".join(filter(None, [conditions(statement), condition]))
    subject, predicate = slot_sql(table.subject), slot_sql(statement.predicate)
    columns = f"{subject} AS subject, {predicate} AS predicate, {_key(statement.object)} AS object"
    return f"SELECT {columns} FROM {table.name}{f' WHERE {where}' if where else ''}"  # noqa: S608  # names are ours


def _key(term: Term) -> str:
    """Return the key of a term as SQL."""
    value = slot_sql(term.value)
    if term.kind is not Kind.LITERAL:
        return value
    match term.language, term.datatype:
        case None, None:
            return f"""('""' || {value})"""
        case None, Constant(datatype):
            return f"({sql_text(_head('' if datatype == _STRING else datatype))} || {value})"
        case Constant(language), _:
            return f"({sql_text(_head(f'@{language.lower()}'))} || {value})"
    tag = f"'@' || LOWER({slot_sql(term.language)})" if term.language else _NO_TEXT
    datatype = f"NULLIF({slot_sql(term.datatype)}, {sql_text(_STRING)})" if term.datatype else _NO_TEXT
    return f"""('"' || COALESCE({tag}, {datatype}, '') || '"' || {value})"""


def _head(qualifier: str) -> str:
    return f'"{qualifier}"'
