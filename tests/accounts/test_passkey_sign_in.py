"""Signing in by passkey, and what does not let in."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Member, Passkey, Session
from parvis.kernel.clock import MovableClock
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, SignIn, client_of, run_jobs
from tests.make.audit import audited_during
from tests.make.authenticator import Authenticator, Key, encoded
from tests.make.doors import Doors
from tests.make.mailbox import Mailbox
from tests.make.people import make_member
from tests.make.security import add_passkey, code_in, code_of, passkey_sign_in, sign_in_options, told, turn_totp_on, who

SIGN_IN = "/api/v1/sessions/passkey"


@pytest.fixture
async def member(parvis: Parvis) -> Member:
    return await make_member(parvis, "Chloé Petit")


@pytest.fixture
def authenticator() -> Authenticator:
    return Authenticator()


@pytest.fixture
async def key(sign_in: SignIn, member: Member, authenticator: Authenticator) -> Key:
    """A passkey of the member's, in the authenticator."""
    return await add_passkey(await sign_in(member), authenticator, "Phone")


async def test_a_passkey_signs_in_without_a_name(
    client: httpx.AsyncClient, authenticator: Authenticator, key: Key
) -> None:
    answer = await passkey_sign_in(client, authenticator)
    assert answer.status_code == 200
    assert answer.json()["status"] == "signed_in"
    assert await who(client) == "Chloé Petit"
    client.headers["x-csrf-token"] = answer.json()["csrf_token"]
    [listed] = (await client.get("/api/v1/me/passkeys")).json()["items"]
    assert listed["last_used_at"] is not None


async def test_the_question_names_no_account(client: httpx.AsyncClient, key: Key) -> None:
    asked = await sign_in_options(client)
    assert (asked["rpId"], asked["allowCredentials"], asked["userVerification"]) == ("testserver", [], "preferred")
    assert len(asked["challenge"]) == 43


async def test_a_synced_passkey_counts_nothing_and_signs_in_again_and_again(
    app: FastAPI, sign_in: SignIn, member: Member
) -> None:
    synced = Authenticator(counts=False, synced=True)
    await add_passkey(await sign_in(member), synced)
    for _ in range(2):
        async with client_of(app) as client:
            assert (await passkey_sign_in(client, synced)).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://evil.example"},
        {"origin": "https://testserver."},
        {"origin": "http://testserver"},
        {"rp_id": "evil.example"},
        {"type": "webauthn.create"},
        {"cross_origin": True},
        {"signature": b"\x30\x06\x02\x01\x01\x02\x01\x01"},
        {"signature": b"\x00"},
        {"user_handle": b"somebody else..."},
        {"user_handle": None},
    ],
    ids=str,
)
async def test_an_answer_made_elsewhere_or_by_another_is_refused(
    client: httpx.AsyncClient, authenticator: Authenticator, key: Key, wrong: dict[str, Any]
) -> None:
    assert code_in(await passkey_sign_in(client, authenticator, **wrong)) == (422, "passkey_refused")
    assert (await client.get("/api/v1/me")).status_code == 401
    assert (await passkey_sign_in(client, authenticator)).status_code == 200


async def test_an_absent_user_does_not_sign_in(
    client: httpx.AsyncClient, authenticator: Authenticator, key: Key
) -> None:
    authenticator.present = False
    assert code_in(await passkey_sign_in(client, authenticator)) == (422, "passkey_refused")


async def test_another_s_private_key_under_this_name_is_refused(
    client: httpx.AsyncClient, sign_in: SignIn, parvis: Parvis, authenticator: Authenticator, key: Key
) -> None:
    thief = Authenticator()
    await add_passkey(await sign_in(await make_member(parvis, "Marc Thief")), thief)
    thief.keys[0].id, thief.keys[0].user_handle = key.id, key.user_handle
    assert code_in(await passkey_sign_in(client, thief)) == (422, "passkey_refused")


async def test_an_answer_is_taken_once(client: httpx.AsyncClient, authenticator: Authenticator, key: Key) -> None:
    credential = authenticator.get(await sign_in_options(client))
    assert (await client.post(SIGN_IN, json={"credential": credential})).status_code == 200
    assert code_in(await client.post(SIGN_IN, json={"credential": credential})) == (410, "gone")


async def test_a_refused_answer_spends_its_challenge(
    client: httpx.AsyncClient, authenticator: Authenticator, key: Key
) -> None:
    asked = await sign_in_options(client)
    refused = authenticator.get(asked, origin="https://evil.example")
    assert code_in(await client.post(SIGN_IN, json={"credential": refused})) == (422, "passkey_refused")
    honest = authenticator.get(asked)
    assert code_in(await client.post(SIGN_IN, json={"credential": honest})) == (410, "gone")


async def test_a_challenge_of_another_browser_or_of_nobody_is_refused(
    app: FastAPI, client: httpx.AsyncClient, authenticator: Authenticator, key: Key
) -> None:
    async with client_of(app) as other:
        asked = await sign_in_options(other)
        stolen = authenticator.get(asked)
        assert code_in(await client.post(SIGN_IN, json={"credential": stolen})) == (410, "gone")
        await sign_in_options(client)  # Now a browser that asked, but not for this.
        assert code_in(await client.post(SIGN_IN, json={"credential": stolen})) == (410, "gone")
    invented = authenticator.get({**asked, "challenge": encoded(b"i" * 32)})
    assert code_in(await client.post(SIGN_IN, json={"credential": invented})) == (410, "gone")


async def test_a_member_s_step_up_challenge_does_not_sign_in(
    sign_in: SignIn, member: Member, client: httpx.AsyncClient, authenticator: Authenticator, key: Key
) -> None:
    prepared = await (await sign_in(member)).post("/api/v1/session/proof/options", json={"kind": "passkey"})
    await sign_in_options(client)
    credential = authenticator.get(prepared.json()["public_key"])
    assert code_in(await client.post(SIGN_IN, json={"credential": credential})) == (410, "gone")


async def test_a_challenge_ends_after_fifteen_minutes(
    moved_clock: MovableClock, client: httpx.AsyncClient, authenticator: Authenticator, key: Key
) -> None:
    credential = authenticator.get(await sign_in_options(client))
    moved_clock.advance(timedelta(minutes=15))
    assert code_in(await client.post(SIGN_IN, json={"credential": credential})) == (410, "gone")


async def test_a_copied_key_is_refused_and_its_member_is_told(
    app: FastAPI, parvis: Parvis, member: Member, authenticator: Authenticator, key: Key, mailbox: Mailbox
) -> None:
    async with client_of(app) as client:
        assert (await passkey_sign_in(client, authenticator)).status_code == 200
    key.sign_count = 0
    async with audited_during(parvis) as entries, client_of(app) as thief:
        assert code_in(await passkey_sign_in(thief, authenticator)) == (422, "passkey_refused")
        assert (await thief.get("/api/v1/me")).status_code == 401
    assert [entry.action for entry in entries] == ["passkey.copied"]
    await run_jobs(parvis)
    assert "passkey possibly copied, Phone" in told(mailbox, "chloe.petit@univ.example")


async def test_a_removed_key_is_unknown(
    parvis: Parvis, client: httpx.AsyncClient, authenticator: Authenticator, key: Key
) -> None:
    await parvis.database.write(_forget_keys)
    assert code_in(await passkey_sign_in(client, authenticator)) == (422, "passkey_unknown")


async def test_a_suspended_member_s_key_opens_nothing(
    doors: Doors, client: httpx.AsyncClient, member: Member, authenticator: Authenticator, key: Key
) -> None:
    await doors.suspend(member)
    assert code_in(await passkey_sign_in(client, authenticator)) == (403, "account_closed")


async def test_a_key_that_knew_its_user_is_two_factors(
    parvis: Parvis, sign_in: SignIn, member: Member, client: httpx.AsyncClient, authenticator: Authenticator, key: Key
) -> None:
    await turn_totp_on(await sign_in(member))
    assert (await passkey_sign_in(client, authenticator)).json()["status"] == "signed_in"
    async with parvis.database.reading() as session:
        newest = (await session.scalars(select(Session).order_by(Session.id.desc()))).first()
    assert newest is not None
    assert newest.methods == ["hwk", "mfa"]


async def test_a_key_that_did_not_know_its_user_still_needs_the_second_factor(
    sign_in: SignIn, member: Member, client: httpx.AsyncClient, authenticator: Authenticator, key: Key
) -> None:
    secret, _ = await turn_totp_on(await sign_in(member))
    authenticator.verifies_user = False
    answer = await passkey_sign_in(client, authenticator)
    assert answer.json()["status"] == "second_factor_required"
    assert (await client.get("/api/v1/me")).status_code == 401
    step = {"ticket": answer.json()["ticket"], "code": code_of(secret, +1)}
    assert (await client.post("/api/v1/sessions/second-factor", json=step)).json()["status"] == "signed_in"
    assert await who(client) == "Chloé Petit"


async def test_without_a_second_factor_presence_is_enough(
    client: httpx.AsyncClient, authenticator: Authenticator, key: Key
) -> None:
    authenticator.verifies_user = False
    assert (await passkey_sign_in(client, authenticator)).json()["status"] == "signed_in"


async def test_tries_of_one_key_are_limited(client: httpx.AsyncClient, authenticator: Authenticator, key: Key) -> None:
    credential = authenticator.get(await sign_in_options(client))
    answers = [await client.post(SIGN_IN, json={"credential": credential}) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [200, *[410] * 9, 429]
    assert int(answers[-1].headers["retry-after"]) > 0
    assert '"passkey_sign_in";q=10;w=60' in answers[-1].headers["ratelimit-policy"]


async def test_signing_in_costs_few_queries(
    client: httpx.AsyncClient, authenticator: Authenticator, key: Key, counted_queries: CountedQueries
) -> None:
    asked = await sign_in_options(client)
    credential = authenticator.get(asked)
    with counted_queries() as queries:
        assert (await client.post(SIGN_IN, json={"credential": credential})).status_code == 200
    assert len(queries) <= 8, queries


async def _forget_keys(session: AsyncSession) -> None:
    await session.execute(delete(Passkey))
