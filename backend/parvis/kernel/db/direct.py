"""Readings that are built once, sent on the driver itself.

A statement is written in SQL, and how its values and rows are converted is looked up, the second time that it is asked;
from then on only the values are converted, the cursor executed, and the rows. All of that is SQLAlchemy's: its compiler
says what is sent, its types convert. What it does besides at each execution (`DefaultExecutionContext`, `CursorResult`)
took twice as long as the database did for a small reading. Where somebody listens to statements (traces, tests that
count them), and where the driver fails, they are sent in SQLAlchemy's own way.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import BindParameter, CompoundSelect, Connection, Dialect, Select
from sqlalchemy.sql.compiler import ExpandedState, SQLCompiler

Convert = Callable[[Any], Any]
Value = tuple[str, BindParameter[Any] | None, Convert | None, Any]
"""Under which key a value may be told, what else gives it, how it is converted, or it as it is sent."""

BUILT_ONCE = 2
"""Asked so often, it is worth a plan: most statements that are built for one request are asked once."""

_plans: WeakKeyDictionary[Any, dict[str, "int | Plan | None"]] = WeakKeyDictionary()


class Plan:
    """What is sent of one statement in one dialect. Holds nothing of the statement, so that it goes with it.
    `written_out`: under which keys it has values that are part of the SQL; told another, it is not this plan's."""

    __slots__ = ("_are_named", "_columns", "_converts", "_sql", "_types", "_values", "written_out")

    def __init__(self, compiled: SQLCompiler, dialect: Dialect, told: Mapping[str, Any]) -> None:
        sent = compiled.construct_expanded_state(dict(told), escape_names=False)
        self.written_out = _written_out(compiled)
        self._sql = sent.statement
        self._are_named = not compiled.positional
        names = sent.parameters if self._are_named else sent.positiontup or ()
        self._values = [(name, _value(compiled, name, sent)) for name in names]
        columns = compiled._result_columns  # noqa: SLF001 — what an entity is written out to is told nowhere else
        self._columns = [column.keyname for column in columns]
        self._types = [(column.type.dialect_impl(dialect), dialect) for column in columns]
        self._converts: list[Convert | None] | None = None

    @property
    def columns(self) -> Sequence[str]:
        return self._columns

    def rows(self, connection: Connection, told: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """All that it finds. Raises what the driver raises, and `KeyError` without a value that it needs."""
        values = [(name, self._now(value, told)) for name, value in self._values]
        cursor = connection.connection.cursor()
        try:
            cursor.execute(self._sql, dict(values) if self._are_named else tuple([value for _, value in values]))
            rows = cursor.fetchall()
            if self._converts is None:
                self._converts = self._ways(cursor.description)
        finally:
            cursor.close()
        converts = self._converts
        if not any(converts):
            return list(map(tuple, rows))
        return [
            tuple([value if way is None else way(value) for way, value in zip(converts, row, strict=True)])
            for row in rows
        ]

    def _now(self, value: Value, told: Mapping[str, Any]) -> Any:
        key, given, convert, kept = value
        if key in told:
            found = told[key]
        elif given is None:
            return kept
        elif given.required:
            raise KeyError(key)
        else:
            found = given.effective_value
        return found if convert is None else convert(found)

    def _ways(self, description: Any) -> list[Convert | None]:
        return [
            type_.result_processor(dialect, described[1])
            for (type_, dialect), described in zip(self._types, description, strict=True)
        ]


def _value(compiled: SQLCompiler, name: str, sent: ExpandedState) -> Value:
    given = compiled.binds.get(name)
    if given is None:  # One of several that a list was written out to.
        convert, kept = sent.processors.get(name), sent.parameters[name]
        return "", None, None, kept if convert is None else convert(kept)
    convert = given.type.dialect_impl(compiled.dialect).bind_processor(compiled.dialect)
    if given.required or given.callable is not None:
        return given.key, given, convert, None
    return given.key, None, convert, given.value if convert is None else convert(given.value)


def plan_of(statement: Any, connection: Connection, told: Mapping[str, Any]) -> Plan | None:
    """None where it is to be sent in SQLAlchemy's own way: it is new, is no reading of tables, is told a list, or
    somebody listens."""
    if not isinstance(statement, (Select, CompoundSelect)):
        return None
    listening = connection.engine.dispatch
    if listening.before_cursor_execute or listening.after_cursor_execute:
        return None
    dialect = connection.dialect
    known = _plans.setdefault(statement, {})
    plan = known.get(dialect.name, 0)
    if isinstance(plan, int):
        known[dialect.name] = plan = plan + 1
        if plan < BUILT_ONCE:
            return None
        plan = known[dialect.name] = _planned(statement, dialect, told)
    return None if plan is None or not plan.written_out.isdisjoint(told) else plan


def _planned(statement: Any, dialect: Dialect, told: Mapping[str, Any]) -> Plan | None:
    compiled = statement.compile(dialect=dialect)
    needed = any(one.required for one in compiled.post_compile_params)
    if needed or compiled.escaped_bind_names:
        return None
    return Plan(compiled, dialect, {key: value for key, value in told.items() if key not in _written_out(compiled)})


def _written_out(compiled: SQLCompiler) -> frozenset[str]:
    return frozenset(one.key for one in (*compiled.post_compile_params, *compiled.literal_execute_params))
