"""Rows of tables as they are read, without a session: entities' columns and properties, and nothing to change.

An identity map takes as long as all else of a reading. What only reads needs none: `PlainSession` gives, in place of
each entity, a tuple of its columns with the same names.
"""

import collections
from collections.abc import Callable, Coroutine, Sequence
from functools import cache
from typing import Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Select, inspect, select
from sqlalchemy.engine import IteratorResult, Result
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapper

from .direct import plan_of
from .writer import SessionInHand, finish

make_tuple: Any = collections.namedtuple  # noqa: PYI024 — the fields are known when it runs
Part = Callable[[Sequence[Any]], Any]
"""Reads one of the things that a statement selects from a row of all their columns."""
Call = Callable[[AsyncSession], Coroutine[Any, Any, Any]]


class PlainSession(SessionInHand):
    """The part of `AsyncSession` that queries use, on a connection in hand: its awaits never suspend. What loads
    relationships too goes through a session all the same."""

    joins = "conditional_savepoint"  # On PostgreSQL a reading has no transaction, and so no savepoints.

    async def execute(self, statement: Any, *args: Any, **kwargs: Any) -> Any:
        if getattr(statement, "_with_options", ()):
            return self.sync_session.execute(statement, *args, **kwargs)
        shape = _shape_of(statement) if isinstance(statement, Select) else None
        rows = None if kwargs else self._at_once(statement, *args)
        if rows is not None:
            return rows if shape is None else shape.of(rows.all())
        result = self._connection.execute(statement, *args, **kwargs)
        return result if shape is None else shape.of(result.all())

    def _at_once(self, statement: Any, told: Any = None) -> Result[Any] | None:
        """By the driver itself; None where it was not asked, or failed: SQLAlchemy says how."""
        values = told or {}
        plan = plan_of(statement, self._connection, values)
        if plan is None:
            return None
        try:
            found = plan.rows(self._connection, values)
        except (KeyError, self._connection.dialect.loaded_dbapi.Error):
            return None
        return IteratorResult(SimpleResultMetaData(plan.columns), iter(found))

    async def get(self, entity: Any, ident: Any, **kwargs: Any) -> Any:
        """The same by its key: a session's own way begins a transaction, which a reading of PostgreSQL has not."""
        if kwargs.get("options"):
            return self.sync_session.get(entity, ident, **kwargs)
        keys = ident if isinstance(ident, tuple) else (ident,)
        is_it = [column == key for column, key in zip(inspect(entity).primary_key, keys, strict=True)]
        return (await self.execute(select(entity).where(*is_it))).scalar_one_or_none()


def read_in_hand(connection: Connection, call: Call) -> Any:
    """Runs a query to its end in one step."""
    session = PlainSession(connection)
    try:
        return finish(call(cast(AsyncSession, session)))
    finally:
        session.close()


class _Shape:
    """How rows of a statement are read that selects entities, and columns beside them."""

    def __init__(self, selected: list[dict[str, Any]]) -> None:
        self._names = SimpleResultMetaData([one["name"] for one in selected])
        self._parts: list[Part] = []
        start = 0
        for one in selected:
            width = len(_columns(inspect(one["expr"]).mapper)) if _is_entity(one) else 1
            self._parts.append(_entity_at(start, inspect(one["expr"]).mapper) if _is_entity(one) else _at(start))
            start += width

    def of(self, rows: Sequence[Sequence[Any]]) -> Result[Any]:
        parts = self._parts
        if len(parts) == 1:
            return IteratorResult(self._names, iter([(parts[0](row),) for row in rows]))
        return IteratorResult(self._names, iter([tuple([part(row) for part in parts]) for row in rows]))


_shapes: WeakKeyDictionary[Any, _Shape | None] = WeakKeyDictionary()


def _shape_of(statement: Any) -> _Shape | None:
    """None when it selects columns alone."""
    try:
        return _shapes[statement]
    except KeyError:
        selected = statement.column_descriptions
        shape = _shapes[statement] = _Shape(selected) if any(map(_is_entity, selected)) else None
        return shape


def _is_entity(selected: dict[str, Any]) -> bool:
    entity = selected.get("entity")  # Selects of tables have none.
    return entity is not None and selected["expr"] is entity


def _at(place: int) -> Part:
    return lambda row: row[place]


def _entity_at(start: int, mapper: Mapper[Any]) -> Part:
    """The entity whose columns begin there; None where an outer join found none."""
    columns = _columns(mapper)
    make, end = plain_of(mapper), start + len(columns)
    key = start + columns.index(mapper.primary_key[0])
    return lambda row: None if row[key] is None else make(row[start:end])


def _columns(mapper: Mapper[Any]) -> list[Any]:
    """Those that a statement selects which says nothing of them."""
    return [column for column in mapper.columns if not mapper.get_property_by_column(column).deferred]


@cache
def plain_of(mapper: Mapper[Any]) -> Callable[[Any], Any]:
    """Makes a plain row of an entity's columns."""
    names = [mapper.get_property_by_column(column).key for column in _columns(mapper)]
    facts = {name: fact for name, fact in vars(mapper.class_).items() if isinstance(fact, property)}
    columns: Any = make_tuple("columns", names)
    plain: Any = type(mapper.class_.__name__, (columns,), {"__slots__": (), **facts})
    return cast("Callable[[Any], Any]", plain._make)
