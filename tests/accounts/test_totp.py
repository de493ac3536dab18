"""The second factor: one-time codes and recovery codes."""

import asyncio
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Member, RecoveryCode, Totp
from parvis.accounts.service.totp import TotpVault, WrongCode, check
from parvis.kernel.clock import MovableClock
from parvis.kernel.runtime import Parvis
from parvis.kernel.secrets import VaultSealed, hash_token
from tests.conftest import SignIn, run_jobs
from tests.make.audit import audited_during
from tests.make.mailbox import Mailbox
from tests.make.people import PASSWORD, make_member
from tests.make.security import code_in, code_of, told, turn_totp_on

TOTP, CONFIRMATION = "/api/v1/me/totp", "/api/v1/me/totp/confirmation"
CODES = "/api/v1/me/recovery-codes"
EMAIL = "chloe.petit@univ.example"

pytestmark = pytest.mark.usefixtures("moved_clock")


@pytest.fixture
async def member(parvis: Parvis) -> Member:
    return await make_member(parvis, "Chloé Petit", password=PASSWORD)


@pytest.fixture
async def browser(sign_in: SignIn, member: Member) -> httpx.AsyncClient:
    return await sign_in(member)


async def signing_in(client: httpx.AsyncClient, code: str) -> httpx.Response:
    """Password, then this code."""
    first = await client.post("/api/v1/sessions", json={"email": EMAIL, "password": PASSWORD})
    assert first.json()["status"] == "second_factor_required"
    step = {"ticket": first.json()["ticket"], "code": code}
    return await client.post("/api/v1/sessions/second-factor", json=step)


async def test_enrolling_shows_a_secret_as_text_address_and_picture(browser: httpx.AsyncClient) -> None:
    shown = (await browser.post(TOTP)).json()
    assert len(shown["secret"]) == 32
    assert shown["uri"].startswith("otpauth://totp/Parvis:chloe.petit%40univ.example?secret=" + shown["secret"])
    assert shown["qr_svg"].startswith("<svg")
    assert "script" not in shown["qr_svg"]


async def test_it_counts_from_the_first_code_on_and_is_told(
    parvis: Parvis, browser: httpx.AsyncClient, client: httpx.AsyncClient, member: Member, mailbox: Mailbox
) -> None:
    shown = (await browser.post(TOTP)).json()
    password_only = await client.post("/api/v1/sessions", json={"email": EMAIL, "password": PASSWORD})
    assert password_only.json()["status"] == "signed_in"
    assert code_in(await browser.put(CONFIRMATION, json={"code": "000000"})) == (422, "wrong_code")
    async with audited_during(parvis) as entries:
        answer = await browser.put(CONFIRMATION, json={"code": code_of(shown["secret"])})
    assert len(set(answer.json()["recovery_codes"])) == 10
    assert [(entry.action, entry.subject_id) for entry in entries] == [("totp.turned_on", str(member.id))]
    await run_jobs(parvis)
    assert "one-time codes turned on" in told(mailbox, EMAIL)
    answer = await client.post("/api/v1/sessions", json={"email": EMAIL, "password": PASSWORD})
    assert answer.json()["status"] == "second_factor_required"


async def test_each_step_is_accepted_once_and_one_beside_it(
    moved_clock: MovableClock, browser: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    secret, _ = await turn_totp_on(browser)
    assert code_in(await signing_in(client, code_of(secret))) == (422, "wrong_code")  # It confirmed, a moment ago.
    assert code_in(await signing_in(client, code_of(secret, +2))) == (422, "wrong_code")
    assert (await signing_in(client, code_of(secret, +1))).json()["status"] == "signed_in"
    moved_clock.advance(timedelta(minutes=5))
    late = code_of(secret, -1)
    assert code_in(await signing_in(client, code_of(secret, -2))) == (422, "wrong_code")
    assert (await signing_in(client, f"{late[:3]} {late[3:]}")).json()["status"] == "signed_in"
    assert code_in(await signing_in(client, late)) == (422, "wrong_code")
    assert (await signing_in(client, code_of(secret))).json()["status"] == "signed_in"
    assert code_in(await signing_in(client, late)) == (422, "wrong_code")


async def test_of_many_who_use_one_code_at_once_one_gets_in(
    moved_clock: MovableClock, parvis: Parvis, browser: httpx.AsyncClient, member: Member
) -> None:
    secret, recovery_codes = await turn_totp_on(browser)
    moved_clock.advance(timedelta(minutes=1))
    vault = parvis.part(TotpVault)
    for code in (code_of(secret), recovery_codes[0]):
        tries = [parvis.database.write(check, vault, member.id, code) for _ in range(20)]
        results = await asyncio.gather(*tries, return_exceptions=True)
        assert results.count(None) == 1
        assert sum(isinstance(result, WrongCode) for result in results) == 19


async def test_a_recovery_code_signs_in_once_and_is_told(
    parvis: Parvis, browser: httpx.AsyncClient, client: httpx.AsyncClient, mailbox: Mailbox
) -> None:
    _, codes = await turn_totp_on(browser)
    assert (await signing_in(client, codes[3].upper().replace("-", " "))).json()["status"] == "signed_in"
    assert code_in(await signing_in(client, codes[3])) == (422, "wrong_code")
    assert (await browser.get("/api/v1/me/credentials")).json()["recovery_codes_left"] == 9
    await run_jobs(parvis)
    assert "recovery code used" in told(mailbox, EMAIL)


async def test_new_recovery_codes_replace_the_old(browser: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    _, old = await turn_totp_on(browser)
    new = (await browser.post(CODES)).json()["recovery_codes"]
    assert not set(old) & set(new)
    assert code_in(await signing_in(client, old[0])) == (422, "wrong_code")
    assert (await signing_in(client, new[0])).json()["status"] == "signed_in"


async def test_turned_off_it_is_asked_no_more(
    parvis: Parvis, browser: httpx.AsyncClient, client: httpx.AsyncClient, mailbox: Mailbox
) -> None:
    await turn_totp_on(browser)
    assert (await browser.delete(TOTP)).status_code == 204
    answer = await client.post("/api/v1/sessions", json={"email": EMAIL, "password": PASSWORD})
    assert answer.json()["status"] == "signed_in"
    assert code_in(await browser.delete(TOTP)) == (404, "not_found")
    assert code_in(await browser.post(CODES)) == (404, "not_found")
    await run_jobs(parvis)
    assert "one-time codes turned off" in told(mailbox, EMAIL)


async def test_once_on_it_is_not_replaced_unasked(browser: httpx.AsyncClient) -> None:
    secret, _ = await turn_totp_on(browser)
    assert code_in(await browser.post(TOTP)) == (409, "totp_already_on")
    assert code_in(await browser.put(CONFIRMATION, json={"code": code_of(secret, 1)})) == (409, "totp_already_on")


async def test_there_is_nothing_to_confirm_before_enrolling(browser: httpx.AsyncClient) -> None:
    assert code_in(await browser.put(CONFIRMATION, json={"code": "123456"})) == (404, "not_found")


async def test_secrets_are_sealed_to_their_member_and_codes_hashed(
    parvis: Parvis, browser: httpx.AsyncClient, member: Member
) -> None:
    secret, codes = await turn_totp_on(browser)
    async with parvis.database.reading() as session:
        totp = await session.get_one(Totp, member.id)
        hashes = set(await session.scalars(select(RecoveryCode.code_hash)))
    assert secret.encode() not in totp.sealed_secret
    assert hashes == {hash_token(code.replace("-", "")) for code in codes}
    vault = parvis.part(TotpVault)
    assert vault.decrypt(totp.sealed_secret, member.id.bytes) == secret.encode()
    with pytest.raises(VaultSealed):
        vault.decrypt(totp.sealed_secret, b"another member's")


async def test_changing_the_second_factor_wants_a_recent_proof(
    moved_clock: MovableClock, browser: httpx.AsyncClient, sign_in: SignIn, member: Member
) -> None:
    shown = (await browser.post(TOTP)).json()
    moved_clock.advance(timedelta(minutes=11))
    refused = await browser.put(CONFIRMATION, json={"code": code_of(shown["secret"])})
    assert code_in(refused) == (403, "proof_required")
    for method, path in (("POST", TOTP), ("DELETE", TOTP), ("POST", CODES)):
        assert code_in(await browser.request(method, path)) == (403, "proof_required")
    assert (await (await sign_in(member)).delete(TOTP)).status_code == 204


async def test_guessing_a_confirmation_is_limited(browser: httpx.AsyncClient) -> None:
    await browser.post(TOTP)
    answers = [await browser.put(CONFIRMATION, json={"code": "000000"}) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]


async def test_a_member_without_second_factor_has_no_code_that_works(parvis: Parvis, member: Member) -> None:
    async def attempt(session: AsyncSession) -> None:
        await check(session, parvis.part(TotpVault), member.id, "123456")

    with pytest.raises(WrongCode):
        await parvis.database.write(attempt)
