import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated
from uuid import UUID

import httpx
import pytest
from fastapi import Depends, FastAPI, Header
from pydantic import Field
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel import clock, problems
from parvis.kernel.errors import Conflict
from parvis.kernel.idempotency import IdempotentAnswer, Once
from parvis.kernel.ids import new_id
from parvis.kernel.jobs import Job, enqueue
from parvis.kernel.runtime import Parvis
from parvis.kernel.schemas import In, Out

LEA, NADIA = new_id(), new_id()


@dataclass(frozen=True)
class Actor:
    id: UUID


async def who(x_member: Annotated[UUID, Header()] = LEA) -> Actor:
    return Actor(x_member)


class Draft(In):
    name: str
    fail: bool = False


class ThingOut(Out):
    id: UUID
    name: str
    secret: str
    made_by: UUID = Field(serialization_alias="madeBy")


async def create(session: AsyncSession, actor: Actor, draft: Draft, shelf: int) -> ThingOut:
    """Things are jobs here: the kernel's own table serves."""
    thing = await enqueue(session, "thing", {"name": draft.name})
    if draft.fail:
        raise Conflict
    assert thing is not None
    return ThingOut(id=thing, name=f"{draft.name} {shelf}", secret="parvis_pat_once", made_by=actor.id)


@pytest.fixture
def shop(parvis: Parvis) -> FastAPI:
    app = FastAPI()
    problems.install(app)
    app.state.parvis = parvis

    @app.post("/shelves/{shelf}/things", status_code=201)
    async def create_thing(shelf: int, draft: Draft, actor: Annotated[Actor, Depends(who)], once: Once) -> ThingOut:
        return await once(lambda thing: thing, create, actor, draft, shelf)

    return app


@pytest.fixture
async def client(shop: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(shop), base_url="https://testserver") as opened:
        yield opened


async def post(client: httpx.AsyncClient, name: str = "a", shelf: int = 1, **headers: str) -> httpx.Response:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return await client.post(f"/shelves/{shelf}/things", json={"name": name}, headers=sent)


async def things(parvis: Parvis) -> Sequence[Job]:
    async with parvis.database.reading() as session:
        return (await session.scalars(select(Job).where(Job.name == "thing"))).all()


async def kept(parvis: Parvis) -> int:
    async with parvis.database.reading() as session:
        return await session.scalar(select(func.count()).select_from(IdempotentAnswer)) or 0


async def test_a_retry_gets_the_first_answer_and_makes_nothing(client: httpx.AsyncClient, parvis: Parvis) -> None:
    first = await post(client, idempotency_key="k")
    again = await post(client, idempotency_key="k")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert first.json() == {"id": first.json()["id"], "name": "a 1", "secret": "parvis_pat_once", "madeBy": str(LEA)}
    assert again.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers
    assert len(await things(parvis)) == 1


async def test_without_a_key_each_request_makes_its_own(client: httpx.AsyncClient, parvis: Parvis) -> None:
    assert (await post(client)).json()["id"] != (await post(client)).json()["id"]
    assert (len(await things(parvis)), await kept(parvis)) == (2, 0)


@pytest.mark.parametrize("name, shelf", [("b", 1), ("a", 2)])
async def test_the_same_key_for_something_else_is_refused(
    client: httpx.AsyncClient, parvis: Parvis, name: str, shelf: int
) -> None:
    await post(client, idempotency_key="k")
    refused = await post(client, name, shelf, idempotency_key="k")
    assert (refused.status_code, refused.json()["code"]) == (422, "idempotency_key_reused")
    assert len(await things(parvis)) == 1


async def test_a_key_is_its_senders_own(client: httpx.AsyncClient, parvis: Parvis) -> None:
    lea = await post(client, idempotency_key="k")
    nadia = await post(client, idempotency_key="k", x_member=str(NADIA))
    assert lea.json()["madeBy"] == str(LEA)
    assert nadia.json()["madeBy"] == str(NADIA)
    assert len(await things(parvis)) == 2


async def test_a_failure_keeps_nothing_and_leaves_the_key_free(client: httpx.AsyncClient, parvis: Parvis) -> None:
    failing = {"name": "a", "fail": True}
    failed = await client.post("/shelves/1/things", json=failing, headers={"idempotency-key": "k"})
    assert (failed.status_code, await things(parvis), await kept(parvis)) == (409, [], 0)
    assert (await post(client, idempotency_key="k")).status_code == 201


async def test_twenty_at_once_make_one(client: httpx.AsyncClient, parvis: Parvis) -> None:
    for round_ in range(5):
        answers = await asyncio.gather(*(post(client, idempotency_key=f"k{round_}") for _ in range(20)))
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.content for answer in answers}) == 1
        assert sum("idempotency-replayed" in answer.headers for answer in answers) == 19
    assert len(await things(parvis)) == 5


async def test_twenty_different_at_once_make_one_and_refuse_the_rest(client: httpx.AsyncClient, parvis: Parvis) -> None:
    answers = await asyncio.gather(*(post(client, str(number), idempotency_key="k") for number in range(20)))
    assert sorted(answer.status_code for answer in answers) == [201] + [422] * 19
    assert len(await things(parvis)) == 1


async def test_an_answer_is_unreadable_while_it_is_kept(client: httpx.AsyncClient, parvis: Parvis) -> None:
    await post(client, idempotency_key="a key that tells something")
    async with parvis.database.reading() as session:
        [answer] = await session.scalars(select(IdempotentAnswer))
    assert answer.body is not None
    assert b"parvis_pat_once" not in answer.body
    assert b"a key" not in answer.key_hash


async def test_a_key_is_remembered_for_a_day(
    client: httpx.AsyncClient, parvis: Parvis, moved_clock: clock.MovableClock
) -> None:
    first = await post(client, idempotency_key="k")
    moved_clock.advance(timedelta(hours=23, minutes=59))
    assert (await post(client, idempotency_key="k")).content == first.content
    moved_clock.advance(timedelta(minutes=2))
    assert (await post(client, idempotency_key="k")).content != first.content
    assert len(await things(parvis)) == 2


async def test_what_expired_is_forgotten_by_itself(
    client: httpx.AsyncClient, parvis: Parvis, moved_clock: clock.MovableClock
) -> None:
    for number in range(3):
        await post(client, idempotency_key=str(number))
    moved_clock.advance(timedelta(hours=23))
    await post(client, idempotency_key="late")
    await parvis.jobs.run_once()
    assert await kept(parvis) == 4
    moved_clock.advance(timedelta(hours=2))
    await parvis.jobs.run_once()
    assert await kept(parvis) == 1


@pytest.mark.parametrize("key", ["", "k" * 256])
async def test_a_key_has_a_sensible_length(client: httpx.AsyncClient, key: str) -> None:
    refused = await post(client, idempotency_key=key)
    assert refused.status_code == 422
    assert refused.json()["fields"][0]["path"] == "idempotency-key"
