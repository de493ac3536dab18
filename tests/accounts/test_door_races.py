"""Of many who come at once with the same secret, as many get in as may (suite RACE)."""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Sequence
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from parvis.accounts.models import Invitation, Member, Password, Session
from parvis.accounts.service import reset
from parvis.accounts.service.sessions import Device
from parvis.accounts.service.sign_in import SignedIn
from parvis.kernel.errors import Gone
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn, client_of
from tests.make.doors import Doors
from tests.make.people import PASSWORD, make_member, make_organisation
from tests.make.security import code_of, turn_totp_on

AT_ONCE = 50
EMAIL = "benoit.martin@univ.example"


async def together(requests: Sequence[Coroutine[Any, Any, httpx.Response]]) -> Counter[int]:
    return Counter(answer.status_code for answer in await asyncio.gather(*requests))


async def count(parvis: Parvis, table: type[Member | Session]) -> int:
    async with parvis.database.reading() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize("_round", range(3))
async def test_one_link_opens_one_session(parvis: Parvis, client: httpx.AsyncClient, doors: Doors, _round: int) -> None:
    await make_member(parvis)
    token = await doors.link_for(client, EMAIL)
    marks = dict(client.cookies)
    statuses = await together(
        [
            client.post("/api/v1/sign-in-links/confirmation", json={"token": token}, headers=_cookies(marks))
            for _ in range(AT_ONCE)
        ]
    )
    assert statuses == {200: 1, 410: AT_ONCE - 1}
    assert await count(parvis, Session) == 1


async def test_one_link_gives_one_code(parvis: Parvis, app: FastAPI, client: httpx.AsyncClient, doors: Doors) -> None:
    await make_member(parvis)
    token = await doors.link_for(client, EMAIL)
    async with client_of(app) as other:
        statuses = await together(
            [other.post("/api/v1/sign-in-links/confirmation", json={"token": token}) for _ in range(AT_ONCE)]
        )
    assert statuses == {200: 1, 410: AT_ONCE - 1}


async def test_a_code_is_tried_five_times_however_many_try_at_once(
    parvis: Parvis, app: FastAPI, client: httpx.AsyncClient, doors: Doors
) -> None:
    await make_member(parvis)
    token = await doors.link_for(client, EMAIL)
    async with client_of(app) as other:
        await other.post("/api/v1/sign-in-links/confirmation", json={"token": token})
    statuses = await together(
        [client.post("/api/v1/sign-in-links/code", json={"code": f"BCDF-GHJ{at % 10}"}) for at in range(AT_ONCE)]
    )
    assert statuses == {422: 5, 410: AT_ONCE - 5}


async def test_a_second_factor_is_tried_five_times_and_passes_once(
    parvis: Parvis, client: httpx.AsyncClient, sign_in: SignIn
) -> None:
    secret, _ = await turn_totp_on(await sign_in(await make_member(parvis, password=PASSWORD)))
    credentials = {"email": EMAIL, "password": PASSWORD}
    ticket = (await client.post("/api/v1/sessions", json=credentials)).json()["ticket"]
    step = {"ticket": ticket, "code": code_of(secret, 1)}
    statuses = await together([client.post("/api/v1/sessions/second-factor", json=step) for _ in range(AT_ONCE)])
    assert statuses[200] == 1
    assert set(statuses) <= {200, 410, 429}
    assert await count(parvis, Session) == 2  # The one that turned it on, and this one.


async def test_one_reset_is_kept_of_many(parvis: Parvis, client: httpx.AsyncClient, doors: Doors) -> None:
    """Without the hashing, which would take them one after the other."""
    await make_member(parvis)
    await doors.ask(client, "password-resets", EMAIL)
    token = doors.token_to(EMAIL, "reset")
    tries = [
        parvis.database.write(reset.finish, token, f"hash {number}", Device("Tests/1.0", "203.0.113.7"))
        for number in range(AT_ONCE)
    ]
    answers = await asyncio.gather(*tries, return_exceptions=True)
    assert Counter(type(answer) for answer in answers) == {SignedIn: 1, Gone: AT_ONCE - 1}
    async with parvis.database.reading() as session:
        kept = (await session.scalars(select(Password.hash))).one()
    assert isinstance(answers[int(kept.split()[1])], SignedIn)


async def test_one_registration_makes_one_member(parvis: Parvis, client: httpx.AsyncClient, doors: Doors) -> None:
    await make_organisation(parvis)
    tokens = []
    for _ in range(5):
        await doors.ask(client, "registrations", EMAIL, name="Benoît Martin")
        tokens.append(doors.token_to(EMAIL, "verify"))
    statuses = await together(
        [client.post("/api/v1/registrations/confirmation", json={"token": tokens[at % 5]}) for at in range(AT_ONCE)]
    )
    assert statuses[200] == 1
    assert set(statuses) == {200, 409, 410}
    assert await count(parvis, Member) == 1


@pytest.mark.parametrize("_round", range(3))
async def test_an_invitation_is_used_as_often_as_it_says(
    parvis: Parvis, client: httpx.AsyncClient, doors: Doors, _round: int
) -> None:
    await make_organisation(parvis, registration="invitation")
    token = await doors.invitation_link(await make_member(parvis, roles=["administrator"]), max_uses=7)
    confirmations = [await doors.registration_of(f"guest{at}@mail.example", token) for at in range(AT_ONCE)]
    statuses = await together(
        [client.post("/api/v1/registrations/confirmation", json={"token": one}) for one in confirmations]
    )
    assert statuses == {200: 7, 410: AT_ONCE - 7}
    assert await count(parvis, Member) == 8
    async with parvis.database.reading() as session:
        assert (await session.scalars(select(Invitation.uses))).one() == 7


async def test_an_invitation_by_mail_is_accepted_once(parvis: Parvis, client: httpx.AsyncClient, doors: Doors) -> None:
    await make_organisation(parvis, registration="invitation")
    host = await make_member(parvis, roles=["administrator"])
    token = await doors.invitation_link(host, email="ada@mail.example")
    body = {"token": token, "name": "Ada Byron"}
    statuses = await together([client.post("/api/v1/invitations/acceptance", json=body) for _ in range(AT_ONCE)])
    assert statuses == {200: 1, 410: AT_ONCE - 1}
    assert await count(parvis, Member) == 2


def _cookies(marks: dict[str, str]) -> dict[str, str]:
    """The mark alone, whatever the answers before have set in the jar."""
    return {"cookie": "; ".join(f"{name}={value}" for name, value in marks.items())}
