"""A member's own password."""

from datetime import timedelta

import httpx
import pytest

from parvis.accounts.models import Member
from parvis.kernel.clock import MovableClock
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn, run_jobs
from tests.make.audit import audited_during
from tests.make.authenticator import Authenticator
from tests.make.doors import Doors
from tests.make.mailbox import Mailbox
from tests.make.mobile import MobileClient
from tests.make.people import PASSWORD, make_member
from tests.make.security import NEW_PASSWORD, add_passkey, code_in, told

PATH = "/api/v1/me/password"
EMAIL = "chloe.petit@univ.example"


@pytest.fixture
async def member(parvis: Parvis) -> Member:
    return await make_member(parvis, "Chloé Petit", password=PASSWORD)


@pytest.fixture
async def browser(sign_in: SignIn, member: Member) -> httpx.AsyncClient:
    return await sign_in(member)


async def by_password(client: httpx.AsyncClient, password: str) -> int:
    return (await client.post("/api/v1/sessions", json={"email": EMAIL, "password": password})).status_code


async def test_a_changed_password_ends_other_sessions_and_is_told(
    parvis: Parvis,
    browser: httpx.AsyncClient,
    client: httpx.AsyncClient,
    sign_in: SignIn,
    member: Member,
    mailbox: Mailbox,
) -> None:
    elsewhere = await sign_in(member)
    mobile = MobileClient(client)
    await mobile.connect(browser)
    async with audited_during(parvis) as entries:
        assert (await browser.put(PATH, json={"password": NEW_PASSWORD})).status_code == 204
    assert [(entry.action, entry.detail) for entry in entries] == [("password.changed", {})]
    assert (await browser.get("/api/v1/me")).status_code == 200
    assert (await elsewhere.get("/api/v1/me")).status_code == 401
    assert (await mobile.get("/api/v1/me")).status_code == 401
    assert (await mobile.refresh()).status_code == 400
    assert await by_password(client, PASSWORD) == 401
    assert await by_password(client, NEW_PASSWORD) == 200
    await run_jobs(parvis)
    assert "password changed" in told(mailbox, EMAIL)


async def test_who_had_none_sets_one(parvis: Parvis, sign_in: SignIn, mailbox: Mailbox) -> None:
    browser = await sign_in(await make_member(parvis, "Marie Sans"))
    assert (await browser.get("/api/v1/me/credentials")).json()["password_changed_at"] is None
    assert (await browser.put(PATH, json={"password": NEW_PASSWORD})).status_code == 204
    held = (await browser.get("/api/v1/me/credentials")).json()
    assert held["password_changed_at"] is not None
    assert "remove_password" in held["abilities"]
    await run_jobs(parvis)
    assert "password created" in told(mailbox, "marie.sans@univ.example")


async def test_links_asked_for_before_are_void(
    doors: Doors, browser: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    link = await doors.link_for(client, EMAIL)
    await browser.put(PATH, json={"password": NEW_PASSWORD})
    assert code_in(await client.post("/api/v1/sign-in-links/confirmation", json={"token": link})) == (410, "gone")


@pytest.mark.parametrize("weak, code", [("court", "too_short"), ("chloepetit2024", "too_personal")])
async def test_a_weak_password_is_refused_with_its_reason(
    browser: httpx.AsyncClient, client: httpx.AsyncClient, weak: str, code: str
) -> None:
    answer = await browser.put(PATH, json={"password": weak})
    assert code_in(answer) == (422, "invalid")
    assert [(field["path"], field["code"]) for field in answer.json()["fields"]] == [("password", code)]
    assert await by_password(client, PASSWORD) == 200


async def test_a_removed_password_lets_nobody_in(
    parvis: Parvis,
    browser: httpx.AsyncClient,
    client: httpx.AsyncClient,
    sign_in: SignIn,
    member: Member,
    mailbox: Mailbox,
) -> None:
    elsewhere = await sign_in(member)
    assert (await browser.delete(PATH)).status_code == 204
    assert (await elsewhere.get("/api/v1/me")).status_code == 401
    assert await by_password(client, PASSWORD) == 401
    assert code_in(await browser.delete(PATH)) == (404, "not_found")
    await run_jobs(parvis)
    assert "password removed" in told(mailbox, EMAIL)


async def test_the_last_way_in_is_not_removed(doors: Doors, browser: httpx.AsyncClient, member: Member) -> None:
    await doors.end_affiliations(member)
    assert "remove_password" not in (await browser.get("/api/v1/me/credentials")).json()["abilities"]
    assert code_in(await browser.delete(PATH)) == (409, "last_credential")
    await add_passkey(browser, Authenticator())
    assert (await browser.delete(PATH)).status_code == 204


async def test_it_wants_a_recent_proof_in_person(
    moved_clock: MovableClock, browser: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    draft = {"name": "Script", "scopes": ["account:read", "account:write"], "days": 7}
    bearer = {"authorization": f"Bearer {(await browser.post('/api/v1/me/tokens', json=draft)).json()['token']}"}
    refused = await client.put(PATH, json={"password": NEW_PASSWORD}, headers=bearer)
    assert code_in(refused) == (403, "forbidden")
    assert code_in(await client.get("/api/v1/me/credentials", headers=bearer)) == (403, "forbidden")
    moved_clock.advance(timedelta(minutes=11))
    assert code_in(await browser.put(PATH, json={"password": NEW_PASSWORD})) == (403, "proof_required")
    assert code_in(await browser.delete(PATH)) == (403, "proof_required")
    assert code_in(await client.put(PATH, json={"password": NEW_PASSWORD})) == (401, "unauthenticated")
