"""Jobs that were given up: administrators are told which and why, and try them again."""

from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from parvis.kernel.clock import MovableClock
from parvis.kernel.jobs import KEPT_WHOLE, MAX_ATTEMPTS, Jobs, LeasedJob, enqueue
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, SignIn
from tests.make.audit import audited_during
from tests.make.communities import Someone, arrive
from tests.make.people import make_organisation
from tests.make.security import code_in

LIST = "/api/v1/service-health/set-aside-jobs"
ON_SQLITE = pytest.mark.parametrize("dialect", ["sqlite"], scope="session")


class Oven:
    """Fails until it is mended."""

    def __init__(self) -> None:
        self.cold, self.baked = True, list[object]()

    async def bake(self, job: LeasedJob) -> None:
        if self.cold:
            raise RuntimeError("Élodie’s bread cannot be baked")
        self.baked.append(job.payload)


@pytest.fixture
async def nadia(parvis: Parvis, sign_in: SignIn) -> Someone:
    await make_organisation(parvis)
    return await arrive(parvis, sign_in, "Nadia Cherkaoui", "staff", roles=["administrator"])


async def give_up(parvis: Parvis, moved_clock: MovableClock, oven: Oven, *loaves: int) -> Jobs:
    jobs = Jobs(parvis.database, {"bake": oven.bake})
    for loaf in loaves:
        await parvis.database.write(enqueue, "bake", {"loaf": loaf}, unique=str(loaf))
    for _ in range(MAX_ATTEMPTS):
        await jobs.run_once(only=["bake"])
        moved_clock.advance(timedelta(minutes=10))
    return jobs


async def listed(browser: httpx.AsyncClient) -> list[dict[str, object]]:
    found: list[dict[str, object]] = (await browser.get(LIST)).json()["items"]
    return found


async def test_a_job_that_was_given_up_is_tried_again_once_its_cause_is_gone(
    parvis: Parvis, moved_clock: MovableClock, nadia: Someone
) -> None:
    oven = Oven()
    jobs = await give_up(parvis, moved_clock, oven, 1)
    [one] = await listed(nadia.browser)
    told = {name: one[name] for name in ("name", "attempts", "reason")}
    assert told == {"name": "bake", "attempts": MAX_ATTEMPTS, "reason": "RuntimeError"}
    assert "lodie" not in str(one), "what went wrong may be about people"
    oven.cold = False
    async with audited_during(parvis) as entries:
        assert (await nadia.browser.post(f"{LIST}/{one['id']}/tries")).status_code == 204
    assert [(entry.actor_id, entry.action, entry.subject_id, entry.detail) for entry in entries] == [
        (nadia.member.id, "job.tried_again", one["id"], {"name": "bake"})
    ]
    assert await jobs.run_once(only=["bake"]) == 1
    assert oven.baked == [{"loaf": 1}]
    assert await listed(nadia.browser) == []
    assert code_in(await nadia.browser.post(f"{LIST}/{one['id']}/tries")) == (404, "not_found")


async def test_not_beside_another_that_waits_and_not_for_ever(
    parvis: Parvis, moved_clock: MovableClock, nadia: Someone, counted_queries: CountedQueries
) -> None:
    await give_up(parvis, moved_clock, Oven(), 1, 2)
    second, first = await listed(nadia.browser)
    await parvis.database.write(enqueue, "bake", {"loaf": 1}, unique="1")
    assert code_in(await nadia.browser.post(f"{LIST}/{first['id']}/tries")) == (409, "job_waiting")
    with counted_queries() as queries:
        assert len(await listed(nadia.browser)) == 2
    assert len(queries) == 1
    moved_clock.advance(KEPT_WHOLE)
    assert await listed(nadia.browser) == []
    assert code_in(await nadia.browser.post(f"{LIST}/{second['id']}/tries")) == (404, "not_found")


@ON_SQLITE
async def test_administrators_alone_may_whether_there_is_such_a_job_or_not(
    parvis: Parvis, moved_clock: MovableClock, nadia: Someone, sign_in: SignIn
) -> None:
    await give_up(parvis, moved_clock, Oven(), 1)
    [one] = await listed(nadia.browser)
    omar = await arrive(parvis, sign_in, "Omar Diallo", "staff", roles=["people_administrator"])
    assert code_in(await omar.browser.get(LIST)) == (403, "forbidden")
    for job_id in (one["id"], uuid4()):
        assert code_in(await omar.browser.post(f"{LIST}/{job_id}/tries")) == (403, "forbidden")
    assert await listed(nadia.browser) == [one]
