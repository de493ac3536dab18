"""Fills an empty database with the Université de Valorne."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

from sqlalchemy import Table, insert
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Member, Organisation
from parvis.accounts.passwords import Passwords
from parvis.chat.models import Message
from parvis.chat.subscribers import index_messages
from parvis.communities.models import Community
from parvis.communities.service.communities import index
from parvis.engagement.models import Comment
from parvis.kernel import clock
from parvis.kernel.config import Settings
from parvis.kernel.db import Base, Database
from parvis.posts.models import Post
from parvis.posts.service.indexing import index_all, index_comments
from parvis.profiles.directory.index import reindex
from parvis.profiles.directory.upkeep import schedule

from .accounts import Account, random_password
from .announced import announce
from .audiences import save_audiences
from .campus import Campus
from .crowd import everybody
from .gatherings import Gatherings
from .known import known
from .people import STAFF, STUDENTS, Person, academic_year
from .rows import IN_ORDER, Row, Rows, activated
from .shelves import fill_shelves
from .sizes import EXTENTS, Size
from .told import tell_of_answers

MOST_ROWS = 500
"""In one transaction."""


async def fill(
    settings: Settings, size: Size = Size.SMALL, tell: Callable[[int, int], None] = lambda done, of: None
) -> list[Account]:
    """Writes the organisation and its people. Returns the accounts that have a password.

    `tell` hears how many people are written, and of how many.
    """
    database = Database(settings.database)
    await database.start()
    try:
        today = clock.now().date()
        extent = EXTENTS[size]
        campus = Campus(extent)
        await database.write(found)
        accounts, hashes = await _accounts(known(today))
        rows = Rows(academic_year(today), campus, hashes)
        for batch, _ in _in_batches(rows.of_places(campus)):
            await database.write(enrol, batch)
        written = 0
        gatherings = Gatherings(academic_year(today), today, campus)
        crowd = _coming(everybody(today, extent), gatherings)
        for batch, people in _in_batches(rows.of_people(crowd, today)):
            await database.write(enrol, batch)
            await database.write(reindex, [row["id"] for table, row in batch if table is Member])
            written += people
            tell(written, extent.people)
        for batch, _ in _in_batches(gatherings.rows(extent.communities)):
            await database.write(enrol, batch)
            await database.write(index, [row["id"] for table, row in batch if table is Community])
            await database.write(index_all, [row["id"] for table, row in batch if table is Post])
            await database.write(index_comments, [row["id"] for table, row in batch if table is Comment])
        for batch, _ in _in_batches(gatherings.chats(extent.communities)):
            await database.write(enrol, batch)
            await database.write(index_messages, [row["id"] for table, row in batch if table is Message])
        await announce(database, today)
        for account in accounts:
            await database.write(tell_of_answers, account.email)
        await database.write(save_audiences)
        await fill_shelves(settings, database, today)
        await database.write(schedule)
        return accounts
    finally:
        await database.stop()


def _coming(people: Iterable[Person], gatherings: Gatherings) -> Iterator[Person]:
    """The same people, each of whom may then be in a community."""
    for number, person in enumerate(people):
        gatherings.come(number, person, activated(person))
        yield person


async def found(session: AsyncSession) -> None:
    """The organisation itself."""
    session.add(
        Organisation(
            name="Université de Valorne",
            short_name="Valorne",
            logo_file_id=None,
            languages=["fr", "en"],
            default_language="fr",
            registration="domains",
            guests=True,
            domains={STUDENTS: "student", STAFF: "staff"},
        )
    )


async def enrol(session: AsyncSession, rows: Iterable[Row]) -> None:
    """Writes rows, those of each table at once."""
    by_table: dict[type[Base], list[dict[str, Any]]] = defaultdict(list)
    for table, row in rows:
        by_table[table].append(row)
    for table in IN_ORDER:
        if by_table[table]:
            await session.execute(insert(cast(Table, table.__table__)), by_table[table])


def _in_batches(groups: Iterable[list[Row]]) -> Iterator[tuple[list[Row], int]]:
    """Groups put together up to `MOST_ROWS`, none cut in two, with how many."""
    batch: list[Row] = []
    held = 0
    for group in groups:
        if len(batch) + len(group) > MOST_ROWS:
            yield batch, held
            batch, held = [], 0
        batch += group
        held += 1
    if batch:
        yield batch, held


async def _accounts(people: Iterable[Person]) -> tuple[list[Account], dict[str, str]]:
    accounts = [
        Account(person.label, person.name, person.email, random_password()) for person in people if person.label
    ]
    passwords = Passwords()
    hashes = await asyncio.gather(*(passwords.hash(account.password) for account in accounts))
    return accounts, {account.email: hashed for account, hashed in zip(accounts, hashes, strict=True)}
