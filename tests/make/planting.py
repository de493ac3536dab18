"""Rows that lead to a member, in every table that holds something of members, with words that can be recognised.

They are made from what tables are, so that a table declared tomorrow is planted tomorrow.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Integer, LargeBinary, String, Table, Uuid, insert
from sqlalchemy.ext.asyncio import AsyncSession

from parvis import wiring
from parvis.accounts.models import Address, Member
from parvis.files.looking.models import Look
from parvis.files.models import File, Picture
from parvis.kernel import clock
from parvis.kernel.audit import AuditEntry
from parvis.kernel.db import Base, Id, UtcDateTime
from parvis.kernel.events import LogEntry
from parvis.kernel.ids import new_id
from parvis.kernel.personal_data import Holding, PersonalData
from parvis.personal_data.models import Export
from parvis.profiles.directory.models import (
    DirectoryEntry,
    DirectoryFacet,
    DirectoryHeld,
    DirectoryPerson,
    DirectoryShown,
)

AS_THEY_ARE_MADE: frozenset[Table] = frozenset(
    cast(Table, table.__table__)
    for table in (
        *(Member, File, Picture, Look, AuditEntry, LogEntry, Export),
        *(DirectoryPerson, DirectoryFacet, DirectoryShown, DirectoryHeld, DirectoryEntry),
    )
)
"""Tables whose rows only their own code can make: tests do by the front door."""

DATA = PersonalData(wiring.PERSONAL_DATA)


def leads_to_members(column: Column[Any]) -> bool:
    return any(key.column.table.name == "members" for key in column.foreign_keys)


def planted_holdings() -> Sequence[Holding]:
    return [held for held in DATA.holdings() if held.table not in AS_THEY_ARE_MADE]


@dataclass
class Planter:
    """Plants for one member. Each text has `mark` in it; whoever else a row leads to is `other`."""

    session: AsyncSession
    member: Member
    other: Member
    mark: str
    planted: dict[Table, dict[str, Any]] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=count)

    @property
    def email(self) -> str:
        return f"{self.mark}@canary.example"

    async def plant_all(self) -> None:
        """A row for each holding. The address comes first: some are found by it."""
        held = planted_holdings()
        for one in sorted(held, key=lambda one: one.table != Address.__table__):
            await self.plant(one)

    async def plant(self, held: Holding) -> None:
        values = await self._values(held.table, self._leading(held))
        await self.session.execute(insert(held.table), [values])
        self.planted[held.table] = values

    def _leading(self, held: Holding) -> dict[str, Any]:
        """What makes the row this member's."""
        column = held.table.c[held.column.key]
        if isinstance(column.type, String):
            return {column.key: self.email}
        if held.where is not None and column.foreign_keys and not leads_to_members(column):
            return {}
        return {column.key: self.member.id}

    async def _values(self, table: Table, known: Mapping[str, Any]) -> dict[str, Any]:
        return {
            column.key: known[column.key] if column.key in known else await self._value(table, column)
            for column in table.c
            if column.autoincrement is not True
        }

    async def _value(self, table: Table, column: Column[Any]) -> Any:
        if leads_to_members(column):
            return self.other.id
        for key in column.foreign_keys:
            return await self._referred(key.column.table, key.column.key, optional=bool(column.nullable))
        return self._plain(table, column)

    async def _referred(self, table: Table, key: str, *, optional: bool) -> Any:
        if table in self.planted:
            return self.planted[table][key]
        if optional:
            return None
        values = await self._elsewhere._values(table, {})
        await self.session.execute(insert(table), [values])
        self.planted[table] = values
        return values[key]

    @property
    def _elsewhere(self) -> "Planter":
        """Who plants what is nobody's: a programme, a unit."""
        return replace(self, mark=f"organisation-{new_id()}")

    def _plain(self, table: Table, column: Column[Any]) -> Any:
        """A value of the column's type. Instants are near, so that nothing planted is forgotten by age."""
        kind, words = column.type, f"{self.mark}-{next(self._numbers)}-{table.name}-{column.key}"
        if isinstance(kind, Id | Uuid):
            return new_id()
        if isinstance(kind, UtcDateTime):
            return clock.now() + timedelta(hours=1)
        if isinstance(kind, Date):
            return clock.now().date()
        if isinstance(kind, Boolean):
            return False
        if isinstance(kind, Integer):
            return 1
        if isinstance(kind, LargeBinary):
            return words.encode()[: kind.length]
        if isinstance(kind, String):
            return self._text(table, column, words)
        return [words] if _is_list(table, column) else {"canary": words}

    def _text(self, table: Table, column: Column[Any], words: str) -> str:
        if column.key == "email":
            alone = table is not Address.__table__ and any(
                key.unique and column in set(key.columns) for key in table.indexes
            )
            return f"{words}@canary.example" if alone else self.email
        return _one_allowed(table, column) or words[: cast(String, column.type).length]


def _one_allowed(table: Table, column: Column[Any]) -> str | None:
    """For a column that takes certain words alone, the first of them."""
    checks = (str(rule.sqltext) for rule in table.constraints if isinstance(rule, CheckConstraint))
    found = (re.match(rf"{column.key} IN \('([^']*)'", check) for check in checks)
    return next((match[1] for match in found if match), None)


def _is_list(table: Table, column: Column[Any]) -> bool:
    mapper = next(mapper for mapper in Base.registry.mappers if mapper.local_table is table)
    return "list" in str(mapper.class_.__annotations__.get(column.key, ""))


def texts_in(value: Any) -> str:
    """All of a row's or an answer's words, in one text to look through."""
    if isinstance(value, Mapping):
        return " ".join(f"{key} {texts_in(each)}" for key, each in value.items())
    if isinstance(value, list | tuple):
        return " ".join(map(texts_in, value))
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, UUID | date | datetime):
        return str(value)
    return str(value)
