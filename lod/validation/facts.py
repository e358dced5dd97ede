"""What term tables say, as validation asks for it: the pairs of a property, the instances of a class.

Each answer is a database view over the columns that can hold what was asked for, and no other: a constraint on one
property reads one column. A term is one text there, its key (see `key`).
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from lod.engine import Engine, sql_text
from lod.term_table import Column, Constant, Slot, Statement, Term, TermTable
from lod.terms import RDF_TYPE, XSD, Kind
from lod.triples import conditions, slot_sql
from lod.validation.key import Key, literals
from lod.vocab import RDFS

_NO_TEXT = "CAST(NULL AS VARCHAR)"
_NOTHING = f"SELECT {_NO_TEXT} AS subject, {_NO_TEXT} AS predicate, {_NO_TEXT} AS object WHERE FALSE"


class Stated(NamedTuple):
    """The statements that the rows of a table make where a condition holds of them: subject and object, all as SQL."""

    subject: str
    object: Key
    table: str
    condition: str


class Facts:
    """The statements of term tables, all graphs merged; a statement may stand several times.

    Answers are names of tables and views, or queries, in SQL that every engine knows.
    """

    def __init__(self, engine: Engine, tables: Sequence[TermTable], subclasses: Iterable[tuple[str, str]]) -> None:
        """Ask `tables` of an engine; `subclasses` are pairs of rdfs:subClassOf from elsewhere."""
        self.engine, self._tables = engine, tables
        self._views: dict[str, str] = {}
        self._instances: dict[str, str] = {}
        self._subclasses = set(subclasses)
        self._present = self._predicates()
        if RDFS + "subClassOf" in self._present:
            pairs = engine.answers(f"SELECT DISTINCT subject, object FROM {self.pairs(RDFS + 'subClassOf')}")
            self._subclasses |= {(row["subject"], row["object"]) for row in pairs}

    def _predicates(self) -> set[str]:
        """Return the predicates of all statements, so that who asks for another is told without a query."""
        selects = [_select_predicate(table, statement) for table, statement in self._statements()]
        return {row["predicate"] for row in self.engine.answers("\nUNION\n".join(selects) or _NOTHING)}

    def has(self, predicate: str) -> bool:
        """Whether there is a statement with a predicate."""
        return predicate in self._present

    def pairs(self, predicate: str) -> str:
        """Return a view of `subject` and `object` of the statements with a predicate."""
        if predicate not in self._views:
            selects = [
                f"SELECT {subject} AS subject, {key.sql} AS object FROM {table} WHERE {condition}"
                for subject, key, table, condition in self.stated(predicate)
            ]
            self._views[predicate] = self._view(selects)
        return self._views[predicate]

    def stated(self, predicate: str) -> Iterator[Stated]:
        """Yield the statements with a predicate, part by part, with what is known of the objects of each."""
        for table, statement in self._statements():
            if isinstance(statement.predicate, Column) or statement.predicate.value == predicate:
                condition = _all_of(conditions(statement), _is(statement.predicate, predicate))
                yield Stated(slot_sql(table.subject), _key(statement.object), table.name, condition)

    def nodes(self, predicate: str) -> str:
        """Return the query of the subjects and objects of a predicate as the column `node`."""
        pairs = self.pairs(predicate)
        return f"SELECT subject AS node FROM {pairs} UNION SELECT object AS node FROM {pairs}"

    def others(self, allowed: Iterable[str]) -> str:
        """Return a view of `subject`, `predicate` and `object` of the statements with other predicates than these."""
        known = set(allowed)
        return self._view(
            [
                _select(table, statement, _is_none(statement.predicate, known))
                for table, statement in self._statements()
                if not (isinstance(statement.predicate, Constant) and statement.predicate.value in known)
            ]
        )

    def instances(self, class_: str) -> str:
        """Return a table of the instances of a class and its subclasses, once each, as the column `node`."""
        if class_ not in self._instances:
            classes = ", ".join(map(sql_text, sorted(self._with_subclasses(class_))))
            typed = f"SELECT DISTINCT subject AS node FROM {self.pairs(RDF_TYPE)} WHERE object IN ({classes})"
            self._instances[class_] = self.engine.compute("instances", typed)
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

    def _view(self, selects: Sequence[str]) -> str:
        return self.engine.define("facts", "\nUNION ALL\n".join(selects) or _NOTHING)


def _is(slot: Slot, value: str) -> str:
    return f"{slot_sql(slot)} = {sql_text(value)}" if isinstance(slot, Column) else ""


def _is_none(slot: Slot, values: Iterable[str]) -> str:
    listed = ", ".join(map(sql_text, sorted(values)))
    return f"{slot_sql(slot)} NOT IN ({listed})" if listed and isinstance(slot, Column) else ""


def _select_predicate(table: TermTable, statement: Statement) -> str:
    first = " LIMIT 1" if isinstance(statement.predicate, Constant) else ""
    where = _all_of(conditions(statement))
    return f"(SELECT {slot_sql(statement.predicate)} AS predicate FROM {table.name} WHERE {where}{first})"


def _select(table: TermTable, statement: Statement, condition: str) -> str:
    subject, predicate = slot_sql(table.subject), slot_sql(statement.predicate)
    columns = f"{subject} AS subject, {predicate} AS predicate, {_key(statement.object).sql} AS object"
    return f"SELECT {columns} FROM {table.name} WHERE {_all_of(conditions(statement), condition)}"


def _all_of(*needed: str) -> str:
    return " AND ".join(filter(None, needed)) or "TRUE"


def _key(term: Term) -> Key:
    value = slot_sql(term.value)
    if term.kind is not Kind.LITERAL:
        return Key(value, term.kind)
    match term.language, term.datatype:
        case None, None:
            return literals("", value)
        case None, Constant(datatype):
            return literals("" if datatype == XSD + "string" else datatype, value)
        case Constant(language), _:
            return literals(f"@{language.lower()}", value)
    tag = f"'@' || LOWER({slot_sql(term.language)})" if term.language else _NO_TEXT
    datatype = f"NULLIF({slot_sql(term.datatype)}, {sql_text(XSD + 'string')})" if term.datatype else _NO_TEXT
    return Key(f"""('"' || COALESCE({tag}, {datatype}, '') || '"' || {value})""", Kind.LITERAL)
