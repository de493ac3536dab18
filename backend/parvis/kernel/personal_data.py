"""What is held of members: declared by the features that hold it, given to a member who asks, erased with the account.

Each column that leads from a row to a member stands in one `Holding`, which says what of the row its member is given
and what becomes of it. Holdings that a member would call one thing make a `Part`. `wiring.py` lists the parts; a test
walks the tables, and fails for a column that leads to a member and stands in none.
"""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, Select, Table, delete, func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from .errors import Text
from .pagination import encode_cursor, keyset

AT_ONCE = 500
"""Rows read or erased in one go."""

Where = Callable[[UUID], ColumnElement[bool]]
Erase = Callable[[AsyncSession, UUID], Awaitable[int]]
Row = dict[str, Any]


@dataclass(frozen=True)
class Deleted:
    """The rows go."""


@dataclass(frozen=True)
class Untied:
    """The rows stay, and no longer say whose they were: the column is emptied."""


@dataclass(frozen=True)
class ErasedBy:
    """The feature's own way: it deals with at most 500 rows, says how many, and is called again after a full batch."""

    erase: Erase


@dataclass(frozen=True)
class Kept:
    """The rows stay as they are: under which name, and why, as the member is told before."""

    under: Text
    why: Text


@dataclass(frozen=True)
class Withheld:
    """Nothing of the rows is given to the member, who is told why."""

    why: Text


SECRET = Withheld(
    {
        "fr": "Ce sont des empreintes de secrets : elles ne disent rien à personne.",
        "en": "These are hashes of secrets: they tell nobody anything.",
    }
)
COPY = Withheld(
    {
        "fr": "Ce sont des copies de passage de ce que le reste du fichier contient.",
        "en": "These are passing copies of what the rest of the file holds.",
    }
)
OF_OTHERS = Withheld(
    {
        "fr": "Ce sont des choix d’autres personnes, qui leur appartiennent.",
        "en": "These are choices that other people made, and theirs to tell.",
    }
)


@dataclass(frozen=True)
class Holding:
    """One column that leads from the rows of a table to a member.

    `given`: the columns that the member is given, or why none is. `where`: which rows are the member's, when the column
    does not simply hold the member's id.
    """

    column: InstrumentedAttribute[Any]
    given: Sequence[InstrumentedAttribute[Any] | ColumnElement[Any]] | Withheld
    erasure: Deleted | Untied | ErasedBy | Kept = Deleted()
    where: Where | None = None
    name: str = ""
    """Under which the rows are given; by default the table's."""

    @property
    def table(self) -> Table:
        return cast(Table, self.column.class_.__table__)

    @property
    def key(self) -> str:
        return self.name or self.table.name

    @property
    def is_given(self) -> bool:
        return not isinstance(self.given, Withheld)

    def of(self, member_id: UUID) -> ColumnElement[bool]:
        """Which rows are this member's."""
        return self.where(member_id) if self.where else self.column == member_id


@dataclass(frozen=True)
class Part:
    """What a member would call one thing, with the title it is told under."""

    key: str
    title: Text
    holdings: Sequence[Holding]

    @property
    def kept(self) -> Kept | None:
        """Why something of it stays, when something does."""
        return next((held.erasure for held in self.holdings if isinstance(held.erasure, Kept)), None)


class PersonalData:
    """All that is held of members, in the order in which they are given it.

    It is erased from the last part to the first, so that what the rest hangs from goes last.
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = tuple(parts)

    def holdings(self) -> Iterator[Holding]:
        for part in self.parts:
            yield from part.holdings

    async def counts(self, session: AsyncSession, member_id: UUID) -> dict[str, int]:
        """How many rows of each part lead to the member, by the part's key. One query."""
        held = [
            select(func.count()).select_from(one.table).where(one.of(member_id)).scalar_subquery()
            for one in self.holdings()
        ]
        found = iter((await session.execute(select(*held))).one())
        return {part.key: sum(next(found) for _ in part.holdings) for part in self.parts}

    async def rows(
        self, session: AsyncSession, held: Holding, member_id: UUID, cursor: str | None
    ) -> tuple[list[Row], str | None]:
        """A page of what the member is given of this holding, and the cursor of the next."""
        assert not isinstance(held.given, Withheld)
        mine: Select[*tuple[Any, ...]] = select(*held.given).where(held.of(member_id))
        columns = list(held.table.primary_key)
        found = (await session.execute(keyset(mine, columns, cursor, AT_ONCE))).all()
        width = len(columns)
        names = [str(column.key) for column in held.given]
        page = [dict(zip(names, row[:-width], strict=True)) for row in found[:AT_ONCE]]
        return page, encode_cursor(found[AT_ONCE - 1][-width:]) if len(found) > AT_ONCE else None

    async def erase(self, session: AsyncSession, held: Holding, member_id: UUID) -> int:
        """Erases a batch of this holding. Returns how many rows: after a full batch there may be more."""
        match held.erasure:
            case Deleted():
                return await _changed(session, delete(held.table).where(_batch(held, member_id)))
            case Untied():
                emptied = update(held.table).where(_batch(held, member_id)).values({held.column.key: None})
                return await _changed(session, emptied)
            case ErasedBy(erase):
                return await erase(session, member_id)
            case Kept():
                return 0


def _batch(held: Holding, member_id: UUID) -> ColumnElement[bool]:
    keys = list(held.table.primary_key)
    rows = select(*keys).where(held.of(member_id)).limit(AT_ONCE)
    return keys[0].in_(rows) if len(keys) == 1 else tuple_(*keys).in_(rows)


async def _changed(session: AsyncSession, statement: Any) -> int:
    return cast("CursorResult[Any]", await session.execute(statement)).rowcount
