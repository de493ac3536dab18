"""Proving again, in an open session, who is there."""

import re
from datetime import timedelta

import httpx
import pytest

from parvis.accounts.models import Member
from parvis.kernel.clock import MovableClock
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, SignIn, run_jobs
from tests.make.authenticator import Authenticator
from tests.make.doors import Doors
from tests.make.mailbox import Mailbox, text_of
from tests.make.people import PASSWORD, make_member
from tests.make.security import add_passkey, code_in, code_of, turn_totp_on

PROOF = "/api/v1/session/proof"
EMAIL = "chloe.petit@univ.example"
CODE = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}")

pytestmark = pytest.mark.usefixtures("moved_clock")


@pytest.fixture
async def member(parvis: Parvis) -> Member:
    return await make_member(parvis, "Chloé Petit", password=PASSWORD)


@pytest.fixture
async def browser(sign_in: SignIn, member: Member) -> httpx.AsyncClient:
    return await sign_in(member)


async def is_proved(browser: httpx.AsyncClient) -> bool:
    """Whether the session may do what needs a recent proof."""
    answer = await browser.post("/api/v1/me/passkeys/options")
    assert answer.status_code == 200 or code_in(answer) == (403, "proof_required")
    return answer.status_code == 200


async def kinds(browser: httpx.AsyncClient) -> list[str]:
    offered: list[str] = (await browser.get(PROOF)).json()["kinds"]
    return offered


async def mailed_code(parvis: Parvis, browser: httpx.AsyncClient, mailbox: Mailbox) -> str:
    answer = await browser.post(f"{PROOF}/options", json={"kind": "email_code"})
    assert answer.json() == {"kind": "email_code", "sent_to": EMAIL}
    await run_jobs(parvis)
    found = CODE.search(text_of(mailbox.messages_to(EMAIL)[-1]))
    assert found
    return found[0]


async def test_a_proof_holds_ten_minutes(moved_clock: MovableClock, browser: httpx.AsyncClient) -> None:
    assert (await browser.get(PROOF)).json()["proved_until"] is not None
    moved_clock.advance(timedelta(minutes=10))
    assert await is_proved(browser)
    moved_clock.advance(timedelta(seconds=1))
    assert not await is_proved(browser)
    assert (await browser.get(PROOF)).json()["proved_until"] is None


async def test_the_password_proves_anew(moved_clock: MovableClock, browser: httpx.AsyncClient) -> None:
    moved_clock.advance(timedelta(minutes=11))
    wrong = await browser.post(PROOF, json={"kind": "password", "password": f"{PASSWORD} "})
    assert code_in(wrong) == (422, "wrong_password")
    assert not await is_proved(browser)
    answer = await browser.post(PROOF, json={"kind": "password", "password": PASSWORD})
    assert answer.status_code == 200
    assert answer.json()["proved_until"].startswith((moved_clock.instant + timedelta(minutes=10)).isoformat()[:19])
    assert await is_proved(browser)


async def test_it_proves_this_session_alone(
    moved_clock: MovableClock, browser: httpx.AsyncClient, sign_in: SignIn, member: Member
) -> None:
    elsewhere = await sign_in(member)
    moved_clock.advance(timedelta(minutes=11))
    assert (await browser.post(PROOF, json={"kind": "password", "password": PASSWORD})).status_code == 200
    assert await is_proved(browser)
    assert not await is_proved(elsewhere)


async def test_a_passkey_proves_anew(moved_clock: MovableClock, browser: httpx.AsyncClient) -> None:
    authenticator = Authenticator()
    await add_passkey(browser, authenticator)
    moved_clock.advance(timedelta(minutes=11))
    prepared = (await browser.post(f"{PROOF}/options", json={"kind": "passkey"})).json()
    assert prepared["kind"] == "passkey"
    assert len(prepared["public_key"]["allowCredentials"]) == 1
    credential = authenticator.get(prepared["public_key"])
    assert (await browser.post(PROOF, json={"kind": "passkey", "credential": credential})).status_code == 200
    assert await is_proved(browser)
    again = await browser.post(PROOF, json={"kind": "passkey", "credential": credential})
    assert code_in(again) == (410, "gone")


async def test_another_member_s_passkey_proves_nothing_here(
    moved_clock: MovableClock, parvis: Parvis, browser: httpx.AsyncClient, sign_in: SignIn
) -> None:
    await add_passkey(browser, Authenticator())
    thief, tool = await sign_in(await make_member(parvis, "Marc Thief")), Authenticator()
    key = await add_passkey(thief, tool)
    moved_clock.advance(timedelta(minutes=11))
    asked = (await browser.post(f"{PROOF}/options", json={"kind": "passkey"})).json()["public_key"]
    credential = tool.get(asked, key)
    refused = await browser.post(PROOF, json={"kind": "passkey", "credential": credential})
    assert code_in(refused) == (422, "passkey_unknown")
    asked = (await browser.post(f"{PROOF}/options", json={"kind": "passkey"})).json()["public_key"]
    stolen = await thief.post(PROOF, json={"kind": "passkey", "credential": tool.get(asked, key)})
    assert code_in(stolen) == (410, "gone")
    assert not await is_proved(browser)
    assert not await is_proved(thief)


async def test_a_code_by_mail_proves_anew_in_the_session_that_asked(
    moved_clock: MovableClock,
    parvis: Parvis,
    browser: httpx.AsyncClient,
    sign_in: SignIn,
    member: Member,
    mailbox: Mailbox,
) -> None:
    elsewhere = await sign_in(member)
    moved_clock.advance(timedelta(minutes=11))
    code = await mailed_code(parvis, browser, mailbox)
    given = {"kind": "email_code", "code": code.lower().replace("-", " ")}
    assert code_in(await elsewhere.post(PROOF, json=given)) == (410, "gone")
    assert code_in(await browser.post(PROOF, json={**given, "code": "BBBB-BBBB"})) == (422, "wrong_code")
    assert (await browser.post(PROOF, json=given)).status_code == 200
    assert await is_proved(browser)
    assert not await is_proved(elsewhere)
    assert code_in(await browser.post(PROOF, json=given)) == (410, "gone")


async def test_a_mailed_code_bears_five_tries_and_fifteen_minutes(
    moved_clock: MovableClock, parvis: Parvis, browser: httpx.AsyncClient, mailbox: Mailbox
) -> None:
    code = await mailed_code(parvis, browser, mailbox)
    for _ in range(5):
        wrong = await browser.post(PROOF, json={"kind": "email_code", "code": "BBBB-BBBB"})
        assert code_in(wrong) == (422, "wrong_code")
    assert code_in(await browser.post(PROOF, json={"kind": "email_code", "code": code})) == (410, "gone")
    code = await mailed_code(parvis, browser, mailbox)
    moved_clock.advance(timedelta(minutes=15))
    assert code_in(await browser.post(PROOF, json={"kind": "email_code", "code": code})) == (410, "gone")


async def test_with_a_second_factor_neither_password_nor_mail_is_enough(
    moved_clock: MovableClock, parvis: Parvis, browser: httpx.AsyncClient, mailbox: Mailbox
) -> None:
    assert await kinds(browser) == ["password", "email_code"]
    code = await mailed_code(parvis, browser, mailbox)
    secret, recovery_codes = await turn_totp_on(browser)
    assert await kinds(browser) == ["totp"]
    moved_clock.advance(timedelta(minutes=11))
    for given in (
        {"kind": "password", "password": PASSWORD},
        {"kind": "email_code", "code": code},
    ):
        assert code_in(await browser.post(PROOF, json=given)) == (409, "proof_not_offered")
    assert code_in(await browser.post(f"{PROOF}/options", json={"kind": "email_code"})) == (409, "proof_not_offered")
    assert not await is_proved(browser)
    assert code_in(await browser.post(PROOF, json={"kind": "totp", "code": "000000"})) == (422, "wrong_code")
    assert (await browser.post(PROOF, json={"kind": "totp", "code": code_of(secret)})).status_code == 200
    assert await is_proved(browser)
    moved_clock.advance(timedelta(minutes=11))
    assert (await browser.post(PROOF, json={"kind": "totp", "code": recovery_codes[0]})).status_code == 200
    assert await is_proved(browser)


async def test_what_a_member_does_not_have_is_not_offered(parvis: Parvis, doors: Doors, sign_in: SignIn) -> None:
    bare = await make_member(parvis, "Marie Sans")
    browser = await sign_in(bare)
    assert await kinds(browser) == ["email_code"]
    assert code_in(await browser.post(PROOF, json={"kind": "password", "password": PASSWORD})) == (
        409,
        "proof_not_offered",
    )
    assert code_in(await browser.post(f"{PROOF}/options", json={"kind": "passkey"})) == (409, "proof_not_offered")
    assert code_in(await browser.post(PROOF, json={"kind": "totp", "code": "123456"})) == (422, "wrong_code")
    await add_passkey(browser, Authenticator())
    await doors.end_affiliations(bare)
    assert await kinds(browser) == ["passkey"]


async def test_guessing_is_limited(browser: httpx.AsyncClient) -> None:
    answers = [await browser.post(PROOF, json={"kind": "totp", "code": "123456"}) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert int(answers[-1].headers["retry-after"]) > 0


async def test_nobody_and_tokens_prove_nothing(client: httpx.AsyncClient, browser: httpx.AsyncClient) -> None:
    draft = {"name": "Script", "scopes": ["account:read", "account:write"], "days": 7}
    token = (await browser.post("/api/v1/me/tokens", json=draft)).json()["token"]
    given = {"kind": "password", "password": PASSWORD}
    assert code_in(await client.post(PROOF, json=given)) == (401, "unauthenticated")
    bearer = {"authorization": f"Bearer {token}"}
    assert code_in(await client.post(PROOF, json=given, headers=bearer)) == (403, "forbidden")
    assert code_in(await client.get(PROOF, headers=bearer)) == (403, "forbidden")


async def test_without_its_csrf_token_a_browser_proves_nothing(browser: httpx.AsyncClient) -> None:
    del browser.headers["x-csrf-token"]
    answer = await browser.post(PROOF, json={"kind": "password", "password": PASSWORD})
    assert code_in(answer) == (403, "csrf_refused")


async def test_asking_how_costs_one_query(browser: httpx.AsyncClient, counted_queries: CountedQueries) -> None:
    await browser.get(PROOF)
    with counted_queries() as queries:
        await browser.get(PROOF)
    assert len(queries) == 1
