"""What tables are made of, and what a unit of work can ask for."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, DateTime, Integer, LargeBinary, MetaData, TypeDecorator, Uuid, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeEngine


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware datetimes in UTC on both sides; `timestamptz` on PostgreSQL, sortable text on SQLite."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        utc = value.astimezone(UTC)
        return utc if dialect.name == "postgresql" else utc.replace(tzinfo=None)

    def result_processor(self, dialect: Dialect, _coltype: object) -> Callable[[Any], datetime | None]:
        """In one step, since thousands are read for a page."""
        return _aware if dialect.name == "postgresql" else _instant


class Id(TypeDecorator[UUID]):
    """A UUID in 16 bytes: `uuid` on PostgreSQL, a blob on SQLite. Both sort by time of creation (UUIDv7)."""

    impl = LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Uuid() if dialect.name == "postgresql" else LargeBinary(16))

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> UUID | bytes | None:
        return value if value is None or dialect.name == "postgresql" else value.bytes

    def result_processor(self, dialect: Dialect, _coltype: object) -> Callable[[Any], UUID | None] | None:
        """In one step, since thousands are read for a page. The driver of PostgreSQL gives them as they are."""
        return None if dialect.name == "postgresql" else _uuid


def _aware(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


def _instant(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value + "+00:00")


def _uuid(value: bytes | None) -> UUID | None:
    return None if value is None else UUID(bytes=value)


Json = JSON().with_variant(JSONB(), "postgresql")
BigId = BigInteger().with_variant(Integer(), "sqlite")
"""A growing integer key (SQLite gives row numbers to plain INTEGER keys alone)."""


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {UUID: Id, datetime: UtcDateTime, dict[str, Any]: Json, list[str]: Json}


def after_commit(session: AsyncSession, callback: Callable[[], None]) -> None:
    """Calls `callback` on the event loop once this unit is durable, before its caller is answered.

    It must be quick and must not fail: the change is already made. A unit that rolls back calls nothing.
    """
    session.info.setdefault("after_commit", []).append(callback)


async def one_at_a_time(session: AsyncSession, what: str) -> None:
    """Waits for the other units of work that hold `what`, and holds it until the commit: for a rule over more rows than
    can be locked. What is read after it is what they left. SQLite's one writer holds everything already."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(select(func.pg_advisory_xact_lock(func.hashtext(what))))
