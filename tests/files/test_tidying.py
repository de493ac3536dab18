"""What nobody uses is forgotten, and nothing else."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor, Actors
from parvis.accounts.auth import COOKIE
from parvis.files import service, tidying
from parvis.files.models import DoomedBlob, File
from parvis.files.tidying import doom
from parvis.kernel.clock import MovableClock
from parvis.kernel.ids import new_id
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make.people import make_member

from .uploads import send, upload


@pytest.fixture(autouse=True)
def standing_clock(moved_clock: MovableClock) -> MovableClock:
    """Half past noon, far from the hour at which all blobs are looked at; time moves when a test says."""
    moved_clock.instant = moved_clock.instant.replace(hour=12, minute=30)
    return moved_clock


@pytest.fixture
async def browser(standing_clock: MovableClock, parvis: Parvis, sign_in: SignIn) -> httpx.AsyncClient:
    return await sign_in(await make_member(parvis, "Inès Benali"))


@pytest.fixture
async def actor(parvis: Parvis, browser: httpx.AsyncClient) -> Actor:
    found = await parvis.part(Actors).by_cookie(browser.cookies[COOKIE])
    assert found is not None
    return found


async def hours_pass(parvis: Parvis, clock: MovableClock, hours: int) -> None:
    """Hour by hour, with a worker that does what is due."""
    for _ in range(hours):
        clock.advance(timedelta(hours=1))
        while await parvis.jobs.run_once():
            pass


async def kept(parvis: Parvis) -> tuple[set[str], set[str], set[str]]:
    """Hashes of the files, of the blobs, and of those doomed."""
    async with parvis.database.reading() as session:
        files = set(await session.scalars(select(File.sha256)))
        doomed = set(await session.scalars(select(DoomedBlob.sha256)))
    return files, {key.rpartition("/")[2] async for key, _size in parvis.storage.list()}, doomed


async def test_an_unclaimed_file_goes_after_a_day_and_its_blob_after_it(
    browser: httpx.AsyncClient, actor: Actor, parvis: Parvis, standing_clock: MovableClock
) -> None:
    forgotten, claimed = await upload(browser, b"forgotten"), await upload(browser, b"claimed")
    await parvis.database.write(service.claim, actor, _id(claimed), "poster", new_id())

    await hours_pass(parvis, standing_clock, 23)
    assert (await browser.get(forgotten["url"])).status_code == 200
    await hours_pass(parvis, standing_clock, 2)
    assert (await browser.get(forgotten["url"])).status_code == 404
    files, blobs, doomed = await kept(parvis)
    assert (files, doomed) == ({claimed["sha256"]}, {forgotten["sha256"]})
    assert blobs == {claimed["sha256"], forgotten["sha256"]}

    await hours_pass(parvis, standing_clock, 2)
    assert await kept(parvis) == ({claimed["sha256"]}, {claimed["sha256"]}, set())
    await hours_pass(parvis, standing_clock, 48)
    assert (await browser.get(claimed["url"])).content == b"claimed"


async def test_a_blob_that_another_file_has_stays(
    browser: httpx.AsyncClient, actor: Actor, parvis: Parvis, standing_clock: MovableClock
) -> None:
    await upload(browser, b"the same")
    claimed = await upload(browser, b"the same")
    await parvis.database.write(service.claim, actor, _id(claimed), "poster", new_id())

    await hours_pass(parvis, standing_clock, 30)

    assert await kept(parvis) == ({claimed["sha256"]}, {claimed["sha256"]}, set())
    assert (await browser.get(claimed["url"])).content == b"the same"


async def test_uploading_the_same_again_saves_a_doomed_blob(
    browser: httpx.AsyncClient, parvis: Parvis, standing_clock: MovableClock
) -> None:
    await upload(browser, b"the same")
    await hours_pass(parvis, standing_clock, 25)
    assert (await kept(parvis))[2]

    again = await upload(browser, b"the same")

    assert (await kept(parvis))[2] == set()
    await hours_pass(parvis, standing_clock, 5)
    assert (await browser.get(again["url"])).content == b"the same"


async def test_while_a_blob_is_being_deleted_the_same_bytes_are_asked_for_again(
    browser: httpx.AsyncClient, parvis: Parvis, standing_clock: MovableClock
) -> None:
    """A process marked it and died before deleting it: whoever comes then is told to retry, until another ends it."""
    made = await upload(browser, b"the same")

    async def mark(session: AsyncSession) -> None:
        await service.remove(session, _id(made))
        (await session.get_one(DoomedBlob, made["sha256"])).is_being_deleted = True

    await parvis.database.write(mark)
    refused = await send(browser, b"the same")
    await hours_pass(parvis, standing_clock, 2)

    assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
    assert await kept(parvis) == (set(), set(), set())
    assert (await browser.get((await upload(browser, b"the same"))["url"])).content == b"the same"


async def test_blobs_that_came_without_a_file_are_found_once_a_day(
    browser: httpx.AsyncClient, parvis: Parvis, standing_clock: MovableClock
) -> None:
    """A process died between storing the bytes and making the file."""
    orphan = await parvis.storage.put_stream(_pieces(b"orphan"))
    made = await upload(browser, b"a file")
    assert {orphan.sha256, made["sha256"]} == (await kept(parvis))[1]

    await hours_pass(parvis, standing_clock, 24 + 24 + 4)

    assert (await kept(parvis))[1] == set()


async def test_many_are_forgotten_a_few_at_a_time(
    browser: httpx.AsyncClient, parvis: Parvis, standing_clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidying, "AT_ONCE", 2)
    for number in range(5):
        await upload(browser, f"file {number}".encode())

    await hours_pass(parvis, standing_clock, 27)

    assert await kept(parvis) == (set(), set(), set())


async def test_orphans_are_found_a_few_at_a_time(
    parvis: Parvis, standing_clock: MovableClock, browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidying, "AT_ONCE", 2)
    await upload(browser, b"a file")
    for number in range(5):
        await parvis.storage.put_stream(_pieces(f"orphan {number}".encode()))

    await hours_pass(parvis, standing_clock, 24 + 24 + 4)

    assert (await kept(parvis))[1] == set()


async def test_a_blob_that_was_doomed_wrongly_is_spared(
    browser: httpx.AsyncClient, parvis: Parvis, standing_clock: MovableClock
) -> None:
    made = await upload(browser, b"a file")

    async def doom_wrongly(session: AsyncSession) -> None:
        await tidying._doom_one(session, made["sha256"])
        await tidying._doom_one(session, made["sha256"])
        await tidying._tidy_at(session, standing_clock() + timedelta(hours=1))

    await parvis.database.write(doom_wrongly)
    await hours_pass(parvis, standing_clock, 2)

    assert await kept(parvis) == ({made["sha256"]}, {made["sha256"]}, set())


async def test_dooming_what_a_file_has_or_what_is_doomed_does_nothing(
    browser: httpx.AsyncClient, parvis: Parvis
) -> None:
    made = await upload(browser, b"a file")
    nobodys = "0" * 64

    assert await parvis.database.write(doom, [made["sha256"], nobodys]) == 1
    assert await parvis.database.write(doom, [made["sha256"], nobodys]) == 0
    assert (await kept(parvis))[2] == {nobodys}


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    yield content


def _id(made: dict[str, Any]) -> UUID:
    return UUID(made["id"])
