"""Whatever leads to a member is declared: what a member is given of it, and what becomes of it."""

from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Column, LargeBinary, Table, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Member
from parvis.kernel import personal_data
from parvis.kernel.db import Base, Id
from parvis.kernel.personal_data import Holding, Kept, Untied
from parvis.kernel.runtime import Parvis
from tests.conftest import database_of_today
from tests.make.people import make_member
from tests.make.planting import AS_THEY_ARE_MADE, DATA, Planter, leads_to_members, planted_holdings, texts_in

LEAD_ELSEWHERE = {
    "jobs.owner": "the process that holds the lease",
    "organisation.logo_file_id": "a file of the organisation's own",
    "entries.place_id": "what the subject stands in",
    "recent_searches.place_id": "a community or a conversation",
    "threads.subject_id": "what is discussed",
    "threads.accepted_id": "a comment",
    "reactions.subject_id": "what was reacted to",
    "reply_addresses.subject_id": "what an answer by mail answers",
    "bookmarks.subject_id": "what was put aside",
    "notifications.about_id": "what is told of",
    "notification_acts.said_id": "what was said",
    "moderation_cases.subject_id": "what was reported",
    "conversation_places.draft_root_id": "a message",
    "message_mentions.root_id": "a message",
    "messages.client_id": "drawn at random by who sends",
    "uploads.turn": "drawn at random by a request",
    "audience_members.audience_id": "an audience that was saved",
    "kept_audience_members.audience_id": "an audience that was saved",
    "guards.space_id": "the folder that is the space",
    "folders.space_id": "the folder that is the space",
    "folders.gone_id": "a folder",
    "directory_held.place": "a unit, a programme, a cohort, or a digest of a year, a city or a skill",
}
"""Columns that hold an id, have no foreign key to tell of what, and never hold a member's."""
SAY_NOTHING_OF_MEMBERS = {
    "entry_texts": "the words of entries, which go with them",
    "entry_names": "the same",
    "page_versions": "what a page said at some moment, whoever wrote it",
    "page_pictures": "what stands in a page, whoever put it there",
    "page_updates": "what was written by all who write in a page, until it is brought together",
    "community_tags": "what a community is about, whoever made it",
    "guard_sources": "which rights of a space count where",
    "kept_audiences": "by which audiences something is given",
}
"""Tables that hang from rows which a member made and which stay when he goes."""


def columns() -> list[Column[Any]]:
    return [column for table in Base.metadata.sorted_tables for column in table.c]


def declared() -> set[Column[Any]]:
    return {held.table.c[held.column.key] for held in DATA.holdings()}


def test_every_column_that_leads_to_a_member_is_declared() -> None:
    """If this fails, your feature's `personal_data.py` lacks a `Holding`: see docs/personal-data.md."""
    leading = [column for column in columns() if leads_to_members(column)]
    assert len(leading) > 20  # It did look.
    assert [str(column) for column in leading if column not in declared()] == []


def test_every_id_without_a_foreign_key_is_declared_or_known_to_lead_elsewhere() -> None:
    loose = {
        column for column in columns() if isinstance(column.type, Id) and not column.foreign_keys and column.key != "id"
    }
    assert {str(column) for column in loose - declared()} == set(LEAD_ELSEWHERE)


def test_what_hangs_from_a_member_s_row_is_declared_too() -> None:
    """A table that leads to one of a member's tables holds something of members, at one more step."""
    of_members = {held.table for held in DATA.holdings()}
    hanging = {
        column.table
        for column in columns()
        for key in column.foreign_keys
        if key.ondelete == "CASCADE" and key.column.table in of_members
    }
    assert {table.name for table in hanging - of_members} == set(SAY_NOTHING_OF_MEMBERS)


def test_parts_are_told_in_both_languages_under_names_of_their_own() -> None:
    for part in DATA.parts:
        assert set(part.title) == {"fr", "en"}
        kept = {isinstance(held.erasure, Kept) for held in part.holdings}
        assert len(kept) == 1, f"{part.key} is kept in part: make two of it"
    names = Counter(held.key for held in DATA.holdings() if held.is_given)
    assert [name for name, times in names.items() if times > 1] == []
    assert len({part.key for part in DATA.parts}) == len(DATA.parts)


def test_no_hash_and_no_key_is_given() -> None:
    for held in DATA.holdings():
        given = [] if not held.is_given else list(held.given)  # type: ignore[arg-type]
        assert not [column.key for column in given if isinstance(column.type, LargeBinary)], held.key


@pytest.fixture
async def two(parvis: Parvis) -> tuple[Member, Member]:
    """Each with a row for every holding; whoever else a row leads to is a third person."""
    names = ("Chloé Petit", "Driss Alaoui", "Nadia Cherkaoui")
    mine, theirs, witness = [await make_member(parvis, name) for name in names]

    async def plant(session: AsyncSession) -> None:
        await Planter(session, mine, witness, "canary-mine").plant_all()
        await Planter(session, theirs, witness, "canary-theirs").plant_all()

    await parvis.database.write(plant)
    return mine, theirs


async def all_of(parvis: Parvis, held: Holding, member_id: UUID) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        async with parvis.database.reading() as session:
            page, cursor = await DATA.rows(session, held, member_id, cursor)
        rows += page
        if cursor is None:
            return rows


async def content_of(parvis: Parvis, table: Table) -> str:
    async with parvis.database.reading() as session:
        return texts_in([list(row) for row in await session.execute(select(table))])


@pytest.mark.parametrize("dialect", database_of_today(), scope="session")
@pytest.mark.parametrize("held", [held for held in planted_holdings() if held.is_given], ids=lambda held: held.key)
async def test_members_are_given_what_is_theirs_and_nothing_of_others(
    parvis: Parvis, two: tuple[Member, Member], held: Holding
) -> None:
    rows = await all_of(parvis, held, two[0].id)
    assert rows, "nothing was planted, or it was not found"
    assert "canary-theirs" not in texts_in(rows)
    assert str(two[1].id) not in texts_in(rows)


async def test_everything_is_erased_and_nothing_of_others_is(parvis: Parvis, two: tuple[Member, Member]) -> None:
    for held in reversed(list(DATA.holdings())):
        if held.table not in AS_THEY_ARE_MADE:
            await parvis.database.write(DATA.erase, held, two[0].id)
    untied = {held.table for held in planted_holdings() if isinstance(held.erasure, Untied)}
    for held in planted_holdings():
        content = await content_of(parvis, held.table)
        assert str(two[0].id) not in content, held.table.name
        if held.table not in untied:  # What the row says is then somebody else's: the organisation's, say.
            assert "canary-mine" not in content, held.table.name
    kept = [held for held in planted_holdings() if "canary-theirs" in await content_of(parvis, held.table)]
    assert len({held.table for held in kept}) > 15


async def test_rows_are_given_and_erased_a_few_at_a_time(parvis: Parvis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(personal_data, "AT_ONCE", 2)
    member, other = [await make_member(parvis, name) for name in ("Chloé Petit", "Driss Alaoui")]
    held = next(held for held in DATA.holdings() if held.key == "sessions")

    async def plant(session: AsyncSession) -> None:
        for number in range(5):
            await Planter(session, member, other, f"canary-{number}").plant(held)

    await parvis.database.write(plant)
    async with parvis.database.reading() as session:
        first, _ = await DATA.rows(session, held, member.id, None)
    assert len(first) == 2
    rows = await all_of(parvis, held, member.id)
    assert {row["user_agent"].rpartition("-sessions-")[0][:8] for row in rows} == {f"canary-{n}" for n in range(5)}
    erased = [await parvis.database.write(DATA.erase, held, member.id) for _ in range(3)]
    assert erased == [2, 2, 1]
    assert await all_of(parvis, held, member.id) == []
