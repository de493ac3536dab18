"""A condition on many ids that is given them when it is executed, as one value: what is asked is the same however many
they are, so that each database prepares it once."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, ColumnElement, LargeBinary, TypeDecorator, Uuid, bindparam
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine


def among(column: Any, name: str) -> ColumnElement[bool]:
    """Whether the column is one of the ids that the statement is told under this name."""
    return _Among(column, bindparam(name, type_=Ids))


class Ids(TypeDecorator[Collection[UUID]]):
    """Several ids: an array on PostgreSQL, one after the other in a blob on SQLite."""

    impl = LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(ARRAY(Uuid()) if dialect.name == "postgresql" else LargeBinary())

    def process_bind_param(self, value: Collection[UUID] | None, dialect: Dialect) -> list[UUID] | bytes | None:
        if value is None:
            return None
        return list(value) if dialect.name == "postgresql" else b"".join([id_.bytes for id_ in value])


class _Among(FunctionElement[bool]):
    inherit_cache = True
    type = Boolean()

    def self_group(self, against: Any = None) -> Any:
        """As it is: to compare it with true, as SQLite's booleans are, would hide it from indexes."""
        return self


@compiles(_Among, "postgresql")
def _in_array(element: _Among, compiler: SQLCompiler, **kwargs: Any) -> str:
    column, ids = (compiler.process(one, **kwargs) for one in element.clauses)
    return f"{column} = ANY ({ids})"


@compiles(_Among, "sqlite")
def _in_blob(element: _Among, compiler: SQLCompiler, **kwargs: Any) -> str:
    column, ids = (compiler.process(one, **kwargs) for one in element.clauses)
    each = f"SELECT 1 UNION ALL SELECT at + 16 FROM given WHERE at + 16 < length({ids})"  # noqa: S608 — a parameter
    found = f"SELECT substr({ids}, at, 16) FROM given"  # noqa: S608 — the same
    return f"{column} IN (WITH RECURSIVE given(at) AS ({each}) {found})"
