"""What is taken of a running Parvis becomes the same Parvis on an empty machine, on either database."""

import os
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.events import MemberErased
from parvis.accounts.models import Member, Session
from parvis.accounts.service.erasure import NAME
from parvis.backups import command
from parvis.backups.archive import Broken
from parvis.backups.restoring import OtherSecret, restore
from parvis.backups.sealing import WrongKey
from parvis.backups.taking import take
from parvis.backups.targets import NotEmpty, filling
from parvis.kernel.config import Settings
from parvis.kernel.events import LogEntry, Position, record
from parvis.kernel.ids import new_id
from parvis.kernel.listeners import ListenerState
from parvis.kernel.runtime import Parvis
from parvis.kernel.storage import blob_key
from parvis.kernel.stream import LogState
from tests.conftest import SignIn, databases, listen, serving
from tests.files.uploads import upload
from tests.make.backups import empty_machine
from tests.make.people import make_member, make_organisation
from tests.make.planting import Planter

KEY = b"a key for tests, and for nothing else"
CONTENT = os.urandom(2 * 2**20 + 17)


@pytest.fixture
async def planted(parvis: Parvis, sign_in: SignIn) -> str:
    """A row in every table that holds something of members, and a file of some MiB, by its hash."""
    await make_organisation(parvis)
    mine, other = await make_member(parvis, "Chloé Petit"), await make_member(parvis, "Ada Roy")
    file = await upload(await sign_in(other), CONTENT)

    async def plant(session: AsyncSession) -> None:
        await Planter(session, mine, other, "canary").plant_all()

    await parvis.database.write(plant)
    await listen(parvis)
    return str(file["sha256"])


async def test_rows_and_blobs_are_the_same_on_the_other_database(
    parvis: Parvis, settings: Settings, planted: str, dialect: str, tmp_path: Path
) -> None:
    onto = next((other for other in databases() if other != dialect), dialect)
    taken = await take(settings, tmp_path / "one.tar", None)
    assert (taken.blobs.count, taken.blobs.size) == (1, len(CONTENT))
    with empty_machine(settings, tmp_path / "anew", onto) as anew:
        restored = await restore(anew, tmp_path / "one.tar", None)
        assert restored.manifest == taken
        async with serving(anew) as app:
            again: Parvis = app.state.parvis
            pieces = [piece async for piece in await again.storage.get_stream(blob_key(planted))]
            assert b"".join(pieces) == CONTENT
            async with parvis.database.reading() as before, again.database.reading() as after:
                assert await after.scalar(select(LogState.epoch)) != await before.scalar(select(LogState.epoch))
                assert (await after.scalars(select(Session))).all() == []
                recorded = select(LogEntry.type, LogEntry.topic, LogEntry.data).order_by(LogEntry.xid, LogEntry.id)
                told = [tuple(row) for row in await before.execute(recorded)]
                assert (await again.auditor.verify(after)).intact
            facts = await again.log.after(Position())
            assert [(fact.type, fact.topic, fact.data) for fact in facts] == told
            assert await positions(again) == {facts[-1].position}
            await again.database.write(tell)
            assert await listen(again) > 0
            assert min(await positions(again)) > facts[-1].position
        twice = await take(anew, tmp_path / "two.tar", None)
        assert (twice.blobs, twice.tables["files"]) == (taken.blobs, taken.tables["files"])


async def tell(session: AsyncSession) -> None:
    record(session, MemberErased(member_id=new_id()))


async def positions(parvis: Parvis) -> set[Position]:
    """Where listeners stand."""
    async with parvis.database.reading() as session:
        return {Position(state.xid, state.event_id) for state in await session.scalars(select(ListenerState))}


async def test_it_is_made_of_a_whole_one_on_an_empty_machine_that_has_its_secret(
    settings: Settings, planted: str, dialect: str, tmp_path: Path
) -> None:
    path, cut = tmp_path / "one.tar", tmp_path / "cut.tar"
    await take(settings, path, None)
    with pytest.raises(FileExistsError):
        await take(settings, path, None)
    with pytest.raises(NotEmpty):
        await restore(settings, path, None)
    with empty_machine(settings, tmp_path / "anew", dialect) as anew:
        other = Settings(data_dir=anew.data_dir, database_url=anew.database_url, secret_key="-" * 32)
        with pytest.raises(OtherSecret):
            await restore(other, path, None)
        cut.write_bytes(path.read_bytes()[: -3 * 512])
        with pytest.raises(Broken):
            await restore(anew, cut, None)
        with filling(anew.database):
            """Nothing was left of it."""


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_an_encrypted_one_brings_the_root_secret_and_who_was_erased_since_is_erased_again(
    parvis: Parvis, settings: Settings, planted: str, tmp_path: Path
) -> None:
    async with parvis.database.reading() as session:
        chloe = await session.scalar(select(Member.id).where(Member.name == "Chloé Petit"))
    (tmp_path / "erased.txt").write_text(f"{chloe} 2026-11-27T00:00:00Z\n")
    sealed = tmp_path / "one.tar.sealed"
    await take(settings, sealed, KEY)
    assert sealed.stat().st_mode & 0o777 == 0o600
    whole = sealed.read_bytes()
    assert b"canary" not in whole
    assert CONTENT[:64] not in whole
    anew = Settings(data_dir=tmp_path / "anew", smtp_url=settings.smtp_url, public_url=settings.public_url)
    with pytest.raises(Broken):
        await restore(anew, sealed, None)
    with pytest.raises(WrongKey):
        await restore(anew, sealed, b"another key, as long as the first one")
    restored = await restore(anew, sealed, KEY, command.ids_in(tmp_path / "erased.txt"))
    assert (tmp_path / "anew" / "secret").read_text() == settings.secret_key.get_secret_value()
    assert list(restored.erased) == [chloe]
    async with serving(anew) as app:
        again: Parvis = app.state.parvis
        await command.erase_again(again, restored.erased)
        assert [member for member, _ in await command.erased_members(again)] == [chloe]
        async with again.database.reading() as session:
            assert set(await session.scalars(select(Member.name))) == {NAME, "Ada Roy"}
