"""Signing in by password, and the second factor after it."""

import asyncio
from unicodedata import normalize

import httpx
import pytest
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Member, Password, Session
from parvis.accounts.passwords import Passwords, hashing
from parvis.kernel.errors import Unavailable
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, SignIn
from tests.make.doors import Doors
from tests.make.people import PASSWORD, make_member
from tests.make.security import code_of, turn_totp_on

EMAIL = "benoit.martin@univ.example"


async def enter(browser: httpx.AsyncClient, password: str = PASSWORD, email: str = EMAIL) -> httpx.Response:
    return await browser.post("/api/v1/sessions", json={"email": email, "password": password})


async def test_address_and_password_open_a_session(parvis: Parvis, client: httpx.AsyncClient) -> None:
    await make_member(parvis, password=PASSWORD)
    answer = await enter(client, email="  Benoit.MARTIN@Univ.Example ")
    assert answer.status_code == 200
    assert answer.json()["status"] == "signed_in"
    assert (await client.get("/api/v1/session")).json()["member"]["name"] == "Benoît Martin"


@pytest.mark.parametrize("wrong", [PASSWORD[:-1], PASSWORD + " ", PASSWORD.upper(), " " + PASSWORD, "x"])
async def test_another_password_opens_nothing(parvis: Parvis, client: httpx.AsyncClient, wrong: str) -> None:
    await make_member(parvis, password=PASSWORD)
    answer = await enter(client, wrong)
    assert (answer.status_code, answer.json()["code"]) == (401, "wrong_credentials")
    assert "set-cookie" not in answer.headers


async def test_accents_may_be_composed_either_way(parvis: Parvis, client: httpx.AsyncClient) -> None:
    typed = "été à la plage, encore"
    await make_member(parvis, password=normalize("NFC", typed))
    assert (await enter(client, normalize("NFD", typed))).status_code == 200


async def test_an_unverified_address_identifies_nobody(parvis: Parvis, client: httpx.AsyncClient) -> None:
    await make_member(parvis, password=PASSWORD, activated=False)
    assert (await enter(client)).status_code == 401


async def test_a_suspended_member_who_proves_to_be_it_is_told_so(
    parvis: Parvis, client: httpx.AsyncClient, doors: Doors
) -> None:
    await doors.suspend(await make_member(parvis, password=PASSWORD))
    answer = await enter(client)
    assert (answer.status_code, answer.json()["code"]) == (403, "account_closed")
    assert (await enter(client, "not this one, surely")).status_code == 401


async def test_an_address_lost_with_the_institution_no_longer_identifies(
    parvis: Parvis, client: httpx.AsyncClient, doors: Doors
) -> None:
    await doors.end_affiliations(await make_member(parvis, password=PASSWORD))
    assert (await enter(client)).status_code == 401


async def test_a_hash_with_older_parameters_is_renewed_on_the_way_in(parvis: Parvis, client: httpx.AsyncClient) -> None:
    member = await make_member(parvis)
    older = Argon2Hasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    await parvis.database.write(_set_hash, member, older)
    assert (await enter(client)).status_code == 200
    renewed = await _hash_of(parvis, member)
    assert renewed.startswith(f"$argon2id$v=19$m={hashing.MEMORY_KIB},t={hashing.PASSES},p={hashing.LANES}$")
    assert (await enter(client)).status_code == 200
    assert await _hash_of(parvis, member) == renewed


async def test_ten_tries_a_minute_for_one_account_from_one_network(parvis: Parvis, client: httpx.AsyncClient) -> None:
    """The eleventh is refused, or the twelfth when a minute of the clock ended meanwhile."""
    await make_member(parvis, password=PASSWORD)
    statuses = [(await enter(client, "wrong, and wrong again")).status_code for _ in range(12)]
    assert statuses[:10] == [401] * 10
    refused = await enter(client)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0
    assert (await enter(client, email="somebody.else@univ.example")).status_code == 401


async def test_a_crowd_at_the_door_is_asked_to_come_back(parvis: Parvis) -> None:
    passwords = parvis.part(Passwords)
    crowd = [passwords.verify("whatever", None) for _ in range(hashing.WAITING_AT_MOST + 3)]
    answers = await asyncio.gather(*crowd, return_exceptions=True)
    refused = [answer for answer in answers if isinstance(answer, Unavailable)]
    assert len(refused) == 3
    assert answers.count(False) == hashing.WAITING_AT_MOST
    assert refused[0].headers["retry-after"]


async def test_hashing_does_not_hold_other_requests(parvis: Parvis, client: httpx.AsyncClient) -> None:
    hashes = [asyncio.create_task(parvis.part(Passwords).hash(PASSWORD)) for _ in range(4)]
    await asyncio.sleep(0)
    assert (await client.get("/health/live")).status_code == 200
    assert not all(task.done() for task in hashes)
    assert len(set(await asyncio.gather(*hashes))) == 4


async def test_a_session_remembers_how_it_was_proved(
    parvis: Parvis, client: httpx.AsyncClient, counted_queries: CountedQueries
) -> None:
    await make_member(parvis, password=PASSWORD)
    with counted_queries() as queries:
        await client.post(
            "/api/v1/sessions", json={"email": EMAIL, "password": PASSWORD}, headers={"user-agent": "A" * 4000}
        )
    assert len(queries) == 6, queries
    async with parvis.database.reading() as session:
        opened = (await session.scalars(select(Session))).one()
    assert opened.methods == ["pwd"]
    assert opened.network == "203.0.113.7"
    assert opened.user_agent == "A" * 300
    assert opened.token_hash is not None
    assert len(opened.token_hash) == 32


async def test_with_a_second_factor_the_password_is_half_of_the_way(
    parvis: Parvis, client: httpx.AsyncClient, sign_in: SignIn
) -> None:
    secret, _ = await turn_totp_on(await sign_in(await make_member(parvis, password=PASSWORD)))
    answer = await enter(client)
    assert answer.json()["status"] == "second_factor_required"
    assert "set-cookie" not in answer.headers
    assert (await client.get("/api/v1/session")).json()["member"] is None
    ticket = answer.json()["ticket"]
    answer = await second_step(client, ticket, code_of(secret, 1))
    assert answer.json()["status"] == "signed_in"
    assert (await client.get("/api/v1/session")).json()["member"]["name"] == "Benoît Martin"
    assert (await second_step(client, ticket, code_of(secret, 1))).status_code == 410


async def test_a_recovery_code_is_a_second_factor_too(
    parvis: Parvis, client: httpx.AsyncClient, sign_in: SignIn
) -> None:
    _, recovery_codes = await turn_totp_on(await sign_in(await make_member(parvis, password=PASSWORD)))
    ticket = (await enter(client)).json()["ticket"]
    assert (await second_step(client, ticket, recovery_codes[0])).json()["status"] == "signed_in"
    ticket = (await enter(client)).json()["ticket"]
    assert (await second_step(client, ticket, recovery_codes[0])).status_code == 422


async def test_a_second_factor_may_be_tried_five_times(
    parvis: Parvis, client: httpx.AsyncClient, sign_in: SignIn
) -> None:
    secret, _ = await turn_totp_on(await sign_in(await make_member(parvis, password=PASSWORD)))
    ticket = (await enter(client)).json()["ticket"]
    statuses = [(await second_step(client, ticket, "000000")).status_code for _ in range(5)]
    assert statuses == [422] * 5
    assert (await second_step(client, ticket, code_of(secret, 1))).status_code == 410


async def test_tickets_by_the_dozen_buy_no_more_tries(
    parvis: Parvis, client: httpx.AsyncClient, sign_in: SignIn
) -> None:
    secret, _ = await turn_totp_on(await sign_in(await make_member(parvis, password=PASSWORD)))
    tickets = [(await enter(client)).json()["ticket"] for _ in range(3)]
    statuses = [(await second_step(client, tickets[at // 5], "000000")).status_code for at in range(13)]
    assert statuses[:10] == [422] * 10
    assert (await second_step(client, tickets[2], code_of(secret, 1))).status_code == 429


async def test_a_code_of_one_member_is_none_of_another(
    parvis: Parvis, client: httpx.AsyncClient, sign_in: SignIn
) -> None:
    await turn_totp_on(await sign_in(await make_member(parvis, password=PASSWORD)))
    other, _ = await turn_totp_on(await sign_in(await make_member(parvis, "Ada Byron")))
    ticket = (await enter(client)).json()["ticket"]
    assert (await second_step(client, ticket, code_of(other, 1))).status_code == 422


async def test_a_link_by_mail_asks_for_the_second_factor_too(
    parvis: Parvis, client: httpx.AsyncClient, sign_in: SignIn, doors: Doors
) -> None:
    secret, _ = await turn_totp_on(await sign_in(await make_member(parvis)))
    token = await doors.link_for(client, EMAIL)
    answer = await client.post("/api/v1/sign-in-links/confirmation", json={"token": token})
    assert answer.json()["status"] == "second_factor_required"
    assert (await client.get("/api/v1/session")).json()["member"] is None
    answer = await second_step(client, answer.json()["ticket"], code_of(secret, 1))
    assert answer.json()["status"] == "signed_in"


async def second_step(browser: httpx.AsyncClient, ticket: str, code: str) -> httpx.Response:
    return await browser.post("/api/v1/sessions/second-factor", json={"ticket": ticket, "code": code})


async def _set_hash(session: AsyncSession, member: Member, hashed: str) -> None:
    await session.merge(Password(member_id=member.id, hash=hashed))


async def _hash_of(parvis: Parvis, member: Member) -> str:
    async with parvis.database.reading() as session:
        return (await session.scalars(select(Password.hash).where(Password.member_id == member.id))).one()
