"""Pages of a list by keyset: the cursor says after which row to go on, so that no page repeats or skips one.

A list is ordered by columns whose last is unique (an id), each ascending or `.desc()`, none nullable.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar, cast
from uuid import UUID
from weakref import WeakKeyDictionary

import orjson
from fastapi import Depends, Query
from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Integer,
    Row,
    Select,
    String,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.elements import UnaryExpression
from sqlalchemy.sql.operators import desc_op
from sqlalchemy.types import TypeEngine

from .db import Id, UtcDateTime
from .errors import Invalid, invalid
from .schemas import Out
from .web import at_once

T = TypeVar("T")

LIMIT_DEFAULT, LIMIT_MAX = 50, 200
VERSION = "1"

Value = UUID | datetime | int | str
Ordering = ColumnElement[Any] | InstrumentedAttribute[Any]
Statement = Select[*tuple[Any, ...]]
Ordered = tuple[Statement, Sequence[Ordering]]
"""A list: what is in it, and by which columns it is ordered."""


class Page(Out, Generic[T]):
    """One page of a list. `next` is the cursor of the following page; null on the last one."""

    items: list[T]
    next: str | None


@dataclass(frozen=True)
class PageRequest:
    """Which page a client asks for."""

    limit: Annotated[int, Query(ge=1, le=LIMIT_MAX, description="How many items at most.")] = LIMIT_DEFAULT
    cursor: Annotated[str | None, Query(max_length=1024, description="`next` of the page before.")] = None


PageQuery = Annotated[PageRequest, Depends(at_once(PageRequest))]


async def paginate(
    session: AsyncSession,
    statement: Statement,
    columns: Sequence[Ordering],
    page: PageRequest,
    present: Callable[..., T],
    told: Mapping[str, object] | None = None,
) -> Page[T]:
    """The page of `statement` in the order of `columns`; `present` gets the entities of each row. `told`: what the
    statement has left open, who reads for one. Such a statement was built once, and so is then what its pages are asked
    by.

    Raises `Invalid` when the cursor is not one of this list.
    """
    if told is None:
        rows = (await session.execute(keyset(statement, columns, page.cursor, page.limit))).all()
    else:
        keys = [_bare(column) for column in columns]
        bounds = [] if page.cursor is None else decode_cursor(page.cursor, keys)
        asked = {**told, LIMIT: page.limit + 1, **{f"{AFTER}{at}": bound for at, bound in enumerate(bounds)}}
        rows = (await session.execute(_kept(statement, columns, follows=bool(bounds)), asked)).all()
    return _page(rows, len(columns), page.limit, present)


def _kept(statement: Statement, columns: Sequence[Ordering], *, follows: bool) -> Statement:
    """`keyset` of a statement and columns that stay, told its bounds and limit at each execution."""
    pages = _pages.setdefault(statement, {})
    which = (*map(id, columns), follows)
    if which not in pages:
        keys = [_bare(column) for column in columns]
        bounds = [bindparam(f"{AFTER}{at}", type_=key.type) for at, key in enumerate(keys)]
        query = statement.where(_after(columns, keys, bounds)) if follows else statement
        query = query.order_by(*columns).limit(bindparam(LIMIT, type_=Integer())).add_columns(*keys)
        pages[which] = query, columns  # As long as they are kept, their ids are nobody else's.
    return pages[which][0]


_pages: WeakKeyDictionary[Statement, dict[tuple[int, ...], tuple[Statement, Sequence[Ordering]]]] = WeakKeyDictionary()
LIMIT, AFTER = "page_limit", "page_after_"


async def paginate_in_turn(
    session: AsyncSession, lists: Sequence[Ordered], page: PageRequest, present: Callable[..., T]
) -> Page[T]:
    """A page of several lists, told one after the other. One query, which asks a list only if those before it end
    within the page, and begins where the cursor says.

    Raises `Invalid` when the cursor is not one of these lists.
    """
    rows = (await session.execute(keyset_in_turn(lists, page.cursor, page.limit))).all()
    return _page(rows, len(lists[0][1]) + 1, page.limit, present)


def keyset(statement: Statement, columns: Sequence[Ordering], cursor: str | None, limit: int) -> Statement:
    """The statement, ordered, after `cursor`, with one row more than `limit` (it tells whether a page follows) and
    the ordering columns added last to each row (they make the next cursor).

    Raises `Invalid` when the cursor is not one of this list.
    """
    keys = [_bare(column) for column in columns]
    bounds = None if cursor is None else decode_cursor(cursor, keys)
    return _ordered(statement, columns, bounds, limit).add_columns(*keys)


def keyset_in_turn(lists: Sequence[Ordered], cursor: str | None, limit: int) -> Statement:
    """The same of several lists of the same columns, in orders that compare the same: which list a row is from stands
    before its ordering columns."""
    turn, bounds = _turn_of(cursor, [_bare(column) for column in lists[0][1]], len(lists))
    parts: list[CTE] = []
    for number, (statement, columns) in enumerate(lists[turn:], start=turn):
        keys = [_bare(column).label(f"key_{place}") for place, column in enumerate(columns)]
        part = _ordered(statement, columns, bounds if number == turn else None, limit)
        for told in parts:
            part = part.where(select(func.count()).select_from(told).scalar_subquery() <= limit)
        parts.append(part.add_columns(literal(number).label("turn"), *keys).cte(f"list_{number}"))
    every = union_all(*map(select, parts)).subquery()
    in_order = [
        every.c[f"key_{place}"].desc() if _descends(column) else every.c[f"key_{place}"]
        for place, column in enumerate(lists[0][1])
    ]
    return select(every).order_by(every.c.turn, *in_order).limit(limit + 1)


def encode_cursor(values: Sequence[Value]) -> str:
    """An opaque cursor after the row that has these values in the ordering columns."""
    return urlsafe_b64encode(orjson.dumps([VERSION, *map(_written, values)])).decode().rstrip("=")


def decode_cursor(cursor: str, keys: Sequence[ColumnElement[Any]]) -> list[Value]:
    """The values inside a cursor. Raises `Invalid` unless there is one of the right type for each key."""
    try:
        version, *values = orjson.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if version != VERSION or len(values) != len(keys):
            raise ValueError(cursor)
        return [_read(value, key.type) for value, key in zip(values, keys, strict=True)]
    except (ValueError, TypeError, OverflowError) as error:
        raise malformed() from error


def _page(rows: Sequence[Row[Any]], width: int, limit: int, present: Callable[..., T]) -> Page[T]:
    """Of rows whose last columns, so many, make the cursor."""
    following = encode_cursor(rows[limit - 1][-width:]) if len(rows) > limit else None
    return Page[T](items=[present(*row[:-width]) for row in rows[:limit]], next=following)


def _turn_of(cursor: str | None, keys: Sequence[ColumnElement[Any]], turns: int) -> tuple[int, Sequence[Value] | None]:
    """Which list a cursor of several goes on with, and after which row of it."""
    if cursor is None:
        return 0, None
    turn, *bounds = decode_cursor(cursor, [literal(0, Integer()), *keys])
    if not isinstance(turn, int) or not 0 <= turn < turns:
        raise malformed()
    return turn, bounds


def _ordered(
    statement: Statement, columns: Sequence[Ordering], bounds: Sequence[Value] | None, limit: int
) -> Statement:
    if bounds is not None:
        keys = [_bare(column) for column in columns]
        values = [literal(value, key.type) for key, value in zip(keys, bounds, strict=True)]
        statement = statement.where(_after(columns, keys, values))
    return statement.order_by(*columns).limit(limit + 1)


def _after(
    columns: Sequence[Ordering], keys: Sequence[ColumnElement[Any]], bounds: Sequence[ColumnElement[Any]]
) -> ColumnElement[bool]:
    descending = {_descends(column) for column in columns}
    if len(descending) == 1:  # One comparison of rows, which an index answers.
        row, bound = tuple_(*keys), tuple_(*bounds)
        return row < bound if descending == {True} else row > bound
    alternatives = [
        and_(
            *(key == bound for key, bound in zip(keys[:i], bounds[:i], strict=True)),
            _beyond(columns[i], keys[i], bounds[i]),
        )
        for i in range(len(keys))
    ]
    return or_(*alternatives)


def _beyond(column: Ordering, key: ColumnElement[Any], bound: ColumnElement[Any]) -> ColumnElement[bool]:
    return key < bound if _descends(column) else key > bound


def _descends(column: Ordering) -> bool:
    return isinstance(column, UnaryExpression) and column.modifier is desc_op


def _bare(column: Ordering) -> ColumnElement[Any]:
    key: Any = column.element if isinstance(column, UnaryExpression) and column.modifier is not None else column
    if isinstance(key, InstrumentedAttribute):
        key = key.__clause_element__()
    if getattr(key, "nullable", False):
        raise TypeError(f"a list cannot be paged by {key}, which may be null")
    return cast(ColumnElement[Any], key)


def _written(value: Value) -> str | int:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bool) or not isinstance(value, UUID | int | str):
        raise TypeError(f"a list cannot be paged by {value!r}")
    return str(value) if isinstance(value, UUID) else value


def _read(value: object, kind: TypeEngine[Any]) -> Value:
    """A value as the database takes it. A cursor is a stranger's text: what a driver would choke on is refused here."""
    if (
        isinstance(kind, Integer)
        and type(value) is int
        and value.bit_length() < (64 if isinstance(kind, BigInteger) else 32)
    ):
        return value
    if not isinstance(value, str) or "\0" in value:
        raise ValueError(value)
    if isinstance(kind, Id):
        return UUID(value)
    if isinstance(kind, UtcDateTime):
        instant = datetime.fromisoformat(value)
        if instant.utcoffset() is None:
            raise ValueError(value)
        return instant.astimezone(UTC)
    if isinstance(kind, String):
        return value
    raise ValueError(value)


def malformed() -> Invalid:
    return invalid("cursor", "malformed", "Ce repère de page n’est pas valable.", "This page cursor is not valid.")
