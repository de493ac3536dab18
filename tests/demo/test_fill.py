"""The demonstration as it is written, on each database."""

import shutil
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import Table, func, or_, select

from parvis.accounts.models import Address, Affiliation, Cohort, Member, Password, Programme, Unit
from parvis.demo import university
from parvis.demo.rows import IN_ORDER, Row
from parvis.documents.models import Document, DocumentVersion, Folder, FollowedFolder, Grant, Guard
from parvis.files.models import File, KeptElsewhere
from parvis.kernel import clock
from parvis.kernel.config import Settings
from parvis.kernel.db import Base, Database
from parvis.kernel.storage import Storage
from parvis.pages.models import PageAuthor, PageClient, PageVersion, WrittenPage
from parvis.profiles.directory.models import DirectoryFacet, DirectoryPerson
from parvis.profiles.directory.upkeep import rebuild
from parvis.profiles.models import Contact, ProfileField
from tests.make import template

FROM_CHANCE = {Password}
"""Passwords are random: of all else, every byte is the same."""


OF_DOCUMENTS: Sequence[type[Base]] = (Guard, Grant, Folder, FollowedFolder, Document, DocumentVersion, File)
OF_PAGES: Sequence[type[Base]] = (WrittenPage, PageClient, PageVersion, PageAuthor)


async def kept(settings: Settings) -> dict[str, list[Any]]:
    """Every row of the tables that the demonstration fills."""
    database = Database(settings.database)
    await database.start()
    try:
        async with database.reading() as session:
            found = {}
            for model in (*IN_ORDER, *OF_DOCUMENTS, *OF_PAGES):
                table = model.__table__
                assert isinstance(table, Table)
                if model not in FROM_CHANCE:
                    query = select(table).order_by(*table.primary_key.columns)
                    found[table.name] = [tuple(row) for row in await session.execute(query)]
            return found
    finally:
        await database.stop()


async def test_it_is_written_whole_and_the_same_byte_for_byte(
    settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    told: list[tuple[int, int]] = []
    accounts = await university.fill(settings, tell=lambda done, of: told.append((done, of)))
    assert len(accounts) == 6
    assert told == sorted(told)
    assert told[-1] == (400, 400)
    first = await kept(settings)
    assert len(first[Member.__tablename__]) == 400
    assert [len(first[model.__tablename__]) for model in OF_PAGES] == [1, 4, 4, 4], "one page, by four people"
    for model, least in (
        *((Address, 400), (Affiliation, 600), (Contact, 1000), (ProfileField, 600)),
        *((Unit, 40), (Programme, 90), (Cohort, 100), (Folder, 6), (Document, 25)),
    ):
        assert len(first[model.__tablename__]) > least, model
    await documents_are_whole(settings)

    elsewhere = tmp_path_factory.mktemp("again") / "parvis.db"
    shutil.copyfile(template.migrated(), elsewhere)
    again = Settings(data_dir=elsewhere.parent, secret_key="a secret for tests, and for nothing else")
    await university.fill(again)
    assert await kept(again) == first


async def documents_are_whole(settings: Settings) -> None:
    """Of every kind, each version with its bytes, and each space as full as it says, with what its pages say."""
    database, storage = Database(settings.database), Storage.open(settings)
    await database.start()
    try:
        async with database.reading() as session:
            groups = set(await session.scalars(select(Document.group)))
            files = list(await session.scalars(select(File).join(DocumentVersion)))
            sizes = select(Folder.space_id, func.sum(DocumentVersion.size)).select_from(Folder)
            sizes = sizes.join(Document, Document.folder_id == Folder.id).join(DocumentVersion)
            counted = {row[0]: row[1] for row in await session.execute(sizes.group_by(Folder.space_id))}
            said = select(Folder.space_id, func.sum(KeptElsewhere.size)).select_from(Folder)
            said = said.join(Document, Document.folder_id == Folder.id)
            said = said.join(KeptElsewhere, KeptElsewhere.id == Document.id)
            for space_id, size in await session.execute(said.group_by(Folder.space_id)):
                counted[space_id] += size
            used = select(Folder.id, Folder.used).where(Folder.parent_id.is_(None))
            assert {row[0]: row[1] for row in await session.execute(used)} == counted
    finally:
        await database.stop()
    assert groups == {"pdf", "document", "sheet", "slides", "image", "video", "audio", "archive", "code", "text"}
    assert [await storage.size(file.blob_key) for file in files] == [file.size for file in files]


async def test_everybody_active_can_be_mailed_at_one_address_of_theirs(settings: Settings) -> None:
    await university.fill(settings)
    database = Database(settings.database)
    await database.start()
    try:
        async with database.reading() as session:
            primary = select(Address.member_id).where(Address.is_primary, Address.verified_at.is_not(None))
            active = select(func.count()).select_from(Member).where(Member.activated_at.is_not(None))
            unreachable = active.where(Member.id.not_in(primary))
            assert (await session.scalar(active) or 0) > 380
            assert await session.scalar(unreachable) == 0
    finally:
        await database.stop()


async def test_everybody_who_belongs_is_listed_as_a_rebuilt_directory_would(settings: Settings) -> None:
    await university.fill(settings)
    database = Database(settings.database)
    await database.start()
    try:
        async with database.reading() as session:
            listed = (await session.scalars(select(DirectoryPerson.member_id))).all()
            held = select(Affiliation.member_id).where(
                or_(Affiliation.ends_on.is_(None), Affiliation.ends_on > clock.now().date())
            )
            active = select(Member.id).where(Member.activated_at.is_not(None), Member.suspended_at.is_(None))
            assert set(listed) == set(await session.scalars(active.where(Member.id.in_(held))))
            facets = (await session.execute(_marks)).all()
        await rebuild(database.write)
        async with database.reading() as session:
            assert (await session.execute(_marks)).all() == facets
    finally:
        await database.stop()


_marks = (
    select(DirectoryFacet.value_id, DirectoryFacet.person_number, DirectoryFacet.seen_by, DirectoryPerson.member_id)
    .join(DirectoryPerson, DirectoryPerson.number == DirectoryFacet.person_number)
    .order_by(DirectoryFacet.value_id, DirectoryFacet.person_number)
)


def test_no_transaction_takes_more_than_five_hundred_rows_or_cuts_a_person_in_two(rows: Sequence[Row]) -> None:
    groups = [list(rows[start : start + 1 + start % 90]) for start in range(0, 20_000, 90)]
    batches = list(university._in_batches(groups))
    assert all(0 < len(batch) <= university.MOST_ROWS for batch, _ in batches)
    assert [row for batch, _ in batches for row in batch] == [row for group in groups for row in group]
    assert sum(held for _, held in batches) == len(groups)
