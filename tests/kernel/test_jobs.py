"""Jobs exist with the change that wants them, run at least once, and are held by one worker at a time."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel import clock
from parvis.kernel.clock import MovableClock
from parvis.kernel.jobs import (
    FORGOTTEN_AT_ONCE,
    KEPT_ASIDE,
    KEPT_DONE,
    KEPT_WHOLE,
    LEASE,
    MAX_ATTEMPTS,
    PATIENT_ATTEMPTS,
    Job,
    Jobs,
    LeasedJob,
    NotNow,
    enqueue,
    forget_aside,
)
from parvis.kernel.metrics import REGISTRY
from parvis.kernel.runtime import Parvis


class Oven:
    """Remembers what it was asked to bake; fails as often as told."""

    def __init__(self, failures: int = 0) -> None:
        self.baked: list[tuple[UUID, int]] = []
        self.failures = failures

    async def bake(self, job: LeasedJob) -> None:
        if len(self.baked) < self.failures:
            self.baked.append((job.id, job.payload["loaf"]))
            raise RuntimeError("the oven is cold")
        self.baked.append((job.id, job.payload["loaf"]))


async def order(parvis: Parvis, loaf: int, **options: object) -> UUID | None:
    return await parvis.database.write(enqueue, "bake", {"loaf": loaf}, **options)  # type: ignore[arg-type]


async def rows(parvis: Parvis) -> list[Job]:
    async with parvis.database.reading() as session:
        return list(await session.scalars(select(Job).order_by(Job.id)))


async def test_a_due_job_runs_once_and_its_payload_is_forgotten(parvis: Parvis) -> None:
    oven = Oven()
    jobs = Jobs(parvis.database, {"bake": oven.bake})
    await order(parvis, 1)
    assert await jobs.run_once() == 1
    assert await jobs.run_once() == 0
    assert [loaf for _, loaf in oven.baked] == [1]
    (job,) = await rows(parvis)
    assert job.ended_at is not None
    assert job.payload == {}


async def test_a_job_asked_for_by_a_unit_that_failed_never_was(parvis: Parvis) -> None:
    async def order_and_fail(session: AsyncSession) -> None:
        await enqueue(session, "bake", {"loaf": 1})
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        await parvis.database.write(order_and_fail)
    assert await rows(parvis) == []


async def test_a_job_for_later_waits(parvis: Parvis, moved_clock: MovableClock) -> None:
    oven = Oven()
    jobs = Jobs(parvis.database, {"bake": oven.bake})
    await order(parvis, 1, run_at=clock.now() + timedelta(hours=1))
    assert await jobs.run_once() == 0
    moved_clock.advance(timedelta(hours=1))
    assert await jobs.run_once() == 1


async def test_an_equal_job_that_still_waits_is_not_doubled(parvis: Parvis) -> None:
    assert await order(parvis, 1, unique="loaf-1") is not None
    assert await order(parvis, 1, unique="loaf-1") is None
    await Jobs(parvis.database, {"bake": Oven().bake}).run_once()
    assert await order(parvis, 1, unique="loaf-1") is not None


async def test_a_job_that_fails_is_tried_again_later_with_the_same_identity(
    parvis: Parvis, moved_clock: MovableClock
) -> None:
    oven = Oven(failures=2)
    jobs = Jobs(parvis.database, {"bake": oven.bake})
    await order(parvis, 1)
    await jobs.run_once()
    assert await jobs.run_once() == 0
    for _ in range(2):
        moved_clock.advance(timedelta(minutes=1))
        await jobs.run_once()
    assert len(oven.baked) == 3
    assert len({identity for identity, _ in oven.baked}) == 1
    assert (await rows(parvis))[0].ended_at is not None


async def test_a_job_that_always_fails_is_given_up_and_says_why(parvis: Parvis, moved_clock: MovableClock) -> None:
    oven = Oven(failures=99)
    jobs = Jobs(parvis.database, {"bake": oven.bake})
    await order(parvis, 1)
    for _ in range(MAX_ATTEMPTS + 3):
        await jobs.run_once()
        moved_clock.advance(timedelta(hours=2))
    assert len(oven.baked) == MAX_ATTEMPTS
    (job,) = await rows(parvis)
    assert job.ended_at is not None
    assert "the oven is cold" in (job.error or "")
    assert job.payload == {"loaf": 1}, "so that it can be tried again"


async def test_what_was_given_up_is_forgotten_by_and_by(parvis: Parvis, moved_clock: MovableClock) -> None:
    jobs = Jobs(parvis.database, {"bake": Oven(failures=99).bake})
    await order(parvis, 1)
    for _ in range(MAX_ATTEMPTS):
        await jobs.run_once()
        moved_clock.advance(timedelta(minutes=10))
    await order(parvis, 2)
    assert await parvis.database.write(forget_aside) == 0
    moved_clock.advance(KEPT_WHOLE)
    assert await parvis.database.write(forget_aside) == 1
    assert [job.payload for job in await rows(parvis)] == [{}, {"loaf": 2}]
    assert await parvis.database.write(forget_aside) == 0
    moved_clock.advance(KEPT_ASIDE - KEPT_WHOLE)
    assert await parvis.database.write(forget_aside) == 1
    assert [job.payload for job in await rows(parvis)] == [{"loaf": 2}]


async def test_a_job_that_needs_what_is_away_is_tried_for_hours(parvis: Parvis, moved_clock: MovableClock) -> None:
    tried = []

    async def post(job: LeasedJob) -> None:
        tried.append(clock.now())
        raise NotNow("the post office is closed")

    jobs = Jobs(parvis.database, {"bake": post})
    await order(parvis, 1)
    for _ in range(PATIENT_ATTEMPTS + 3):
        await jobs.run_once()
        moved_clock.advance(timedelta(hours=1))
    assert len(tried) == PATIENT_ATTEMPTS
    assert "closed" in ((await rows(parvis))[0].error or "")


async def test_a_job_whose_worker_dies_each_time_is_set_aside(parvis: Parvis, moved_clock: MovableClock) -> None:
    oven, name = Oven(), {"name": "bake", "outcome": "set_aside"}
    before = REGISTRY.get_sample_value("parvis_jobs_total", name) or 0
    await order(parvis, 1)
    for _ in range(MAX_ATTEMPTS):
        assert len(await parvis.database.write(Jobs(parvis.database, {})._lease)) == 1
        moved_clock.advance(LEASE + timedelta(seconds=1))
    await order(parvis, 2)
    assert await Jobs(parvis.database, {"bake": oven.bake}).run_once() == 1
    assert [loaf for _, loaf in oven.baked] == [2]
    first = (await rows(parvis))[0]
    assert first.ended_at is not None
    assert "died" in (first.error or "")
    assert REGISTRY.get_sample_value("parvis_jobs_total", name) == before + 1


async def test_what_ended_well_a_day_ago_is_forgotten_some_at_a_time(parvis: Parvis, moved_clock: MovableClock) -> None:
    jobs = Jobs(parvis.database, {"bake": Oven(failures=MAX_ATTEMPTS).bake})
    await order(parvis, 0)
    for _ in range(MAX_ATTEMPTS):
        await jobs.run_once()
        moved_clock.advance(timedelta(hours=2))
    for loaf in range(FORGOTTEN_AT_ONCE + 5):
        await order(parvis, loaf)
    while await jobs.run_once():
        pass
    moved_clock.advance(KEPT_DONE + timedelta(seconds=1))
    left = []
    for loaf in range(3):
        await order(parvis, loaf)
        await jobs.run_once()
        left.append(len(await rows(parvis)))
    assert left == [1 + 5 + 1, 1 + 2, 1 + 3], "the one that was given up stays, to be looked at"


async def test_workers_share_jobs_without_running_one_twice(parvis: Parvis) -> None:
    oven = Oven()
    workers = [Jobs(parvis.database, {"bake": oven.bake}) for _ in range(4)]
    for loaf in range(40):
        await order(parvis, loaf)
    while sum(await asyncio.gather(*(worker.run_once() for worker in workers))):
        pass
    assert sorted(loaf for _, loaf in oven.baked) == list(range(40))


async def test_the_jobs_of_a_dead_worker_are_taken_over_when_its_lease_ends(
    parvis: Parvis, moved_clock: MovableClock
) -> None:
    dead, alive = Jobs(parvis.database, {}), Oven()
    await order(parvis, 1)
    assert len(await parvis.database.write(dead._lease)) == 1
    jobs = Jobs(parvis.database, {"bake": alive.bake})
    assert await jobs.run_once() == 0
    moved_clock.advance(LEASE + timedelta(seconds=1))
    assert await jobs.run_once() == 1
    assert [loaf for _, loaf in alive.baked] == [1]


async def test_some_jobs_are_done_beside_the_others(parvis: Parvis) -> None:
    ovens = {"bake": Oven(), "soak": Oven()}
    jobs = Jobs(parvis.database, {name: oven.bake for name, oven in ovens.items()})
    for name in ovens:
        await parvis.database.write(enqueue, name, {"loaf": 1})

    assert await jobs.run_once(but={"soak"}) == 1
    assert [len(oven.baked) for oven in ovens.values()] == [1, 0]
    assert await jobs.run_once(but={"soak"}) == 0
    assert await jobs.run_once(only={"soak"}) == 1
    assert [len(oven.baked) for oven in ovens.values()] == [1, 1]
