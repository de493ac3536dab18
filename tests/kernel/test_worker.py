"""A worker's turns: what takes long keeps nothing else waiting."""

import asyncio

from parvis import wiring
from parvis.kernel.jobs import Jobs, LeasedJob, enqueue
from parvis.kernel.runtime import Parvis
from parvis.worker import Worker


async def test_a_long_job_keeps_no_other_waiting_and_ends_with_the_worker(parvis: Parvis) -> None:
    (long, *_) = sorted(wiring.LONG_JOBS)
    begun, done, cut = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def takes_long(_job: LeasedJob) -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            cut.set()

    async def is_short(_job: LeasedJob) -> None:
        done.set()

    parvis.jobs = Jobs(parvis.database, {long: takes_long, "short": is_short})
    worker = Worker(parvis, seconds_to_end=0.05)
    await worker.start()
    await parvis.database.write(enqueue, long, {})
    await asyncio.wait_for(begun.wait(), 10)
    await parvis.database.write(enqueue, "short", {})
    await asyncio.wait_for(done.wait(), 10)
    assert not cut.is_set()
    await worker.stop()
    assert cut.is_set()
