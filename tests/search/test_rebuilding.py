"""The index follows what is written, and is written again while it serves."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import count
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel import entries
from parvis.kernel.clock import MovableClock
from parvis.kernel.jobs import LEASE, Jobs
from parvis.kernel.runtime import Parvis
from parvis.posts.service.indexing import index_all
from parvis.search import rebuilding
from parvis.search.rebuilding import enqueue_rebuild
from parvis.worker import Worker
from tests.make.chat import talk
from tests.make.communities import Place, Someone
from tests.make.posts import comment, say
from tests.make.search import found, settle
from tests.make.spaces import make_page, space_of
from tests.make.threads import begin

STALE = "périmé"


async def spoil(parvis: Parvis, ids: Sequence[UUID]) -> None:
    """As if these posts had once said something else."""
    drafts = [entries.Draft(id_, "", STALE, "fr") for id_ in ids]
    await parvis.database.write(entries.put, "post", ids, drafts)


async def test_a_rebuild_whose_worker_dies_goes_on_and_is_searched_meanwhile(
    parvis: Parvis, moved_clock: MovableClock, ana: Someone, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {UUID((await say(ana, place, f"Jalon numéro {number}."))["id"]) for number in range(3)}
    await settle(parvis)
    await spoil(parvis, sorted(said))
    written: list[UUID] = []

    async def index(session: AsyncSession, ids: Sequence[UUID], *, again: bool) -> None:
        written.extend(ids)
        await index_all(session, ids, again=again)

    [posts] = [kind for kind in rebuilding.KINDS if kind.name == "post"]
    monkeypatch.setattr(rebuilding, "KINDS", [replace(posts, index=index, at_once=1)])
    seconds = count()
    monkeypatch.setattr(rebuilding, "monotonic", lambda: next(seconds))
    monkeypatch.setattr(rebuilding, "AT_A_STRETCH", 1.5)
    assert await parvis.database.write(enqueue_rebuild)
    assert not await parvis.database.write(enqueue_rebuild)
    for _ in range(2):
        assert await parvis.jobs.run_once() == 1
    assert {UUID(id_) for _, id_ in await found(ana, "jalon")} == set(written)
    assert {UUID(id_) for _, id_ in await found(ana, STALE)} == said - set(written)
    assert len(await parvis.database.write(Jobs(parvis.database, {})._lease)) == 1  # By a worker that then dies.
    assert await parvis.jobs.run_once() == 0
    moved_clock.advance(LEASE + timedelta(seconds=1))
    while await parvis.jobs.run_once():
        pass
    assert {UUID(id_) for _, id_ in await found(ana, "jalon")} == said
    assert await found(ana, STALE) == []
    assert sorted(written) == sorted(said)


async def test_all_that_is_found_is_found_after_a_rebuild_too(
    parvis: Parvis, ana: Someone, ben: Someone, place: Place
) -> None:
    post = await say(ana, place, "Un belvédère.")
    await comment(ben, post, "Quel belvédère ?")
    await (await talk(ana, ben)).say(ana, "Le belvédère.")
    await begin(ana, await make_page(ana, await space_of(ana, place), name="Belvédère"), "Où est le belvédère ?")
    await settle(parvis)
    before = await found(ana, "belvedere")
    assert len(before) == 5
    await parvis.database.write(enqueue_rebuild)
    await settle(parvis)
    assert await found(ana, "belvedere") == before


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_what_is_said_is_found_within_two_seconds(
    parvis: Parvis, ana: Someone, ben: Someone, place: Place
) -> None:
    room = await talk(ana, ben)
    worker = Worker(parvis)
    await worker.start()
    try:
        message = await room.say(ana, "Rendez-vous au belvédère.")
        async with asyncio.timeout(2):
            while await found(ben, "belvedere") != [("message", message["id"])]:  # noqa: ASYNC110 — nobody is told
                await asyncio.sleep(0.01)
    finally:
        await worker.stop()
