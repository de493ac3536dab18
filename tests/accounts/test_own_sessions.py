"""Where a member is signed in, seen and ended from afar."""

from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from parvis.accounts.models import Member
from parvis.kernel.clock import MovableClock
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, SignIn, client_of
from tests.make.audit import audited_during
from tests.make.mobile import MobileClient
from tests.make.people import PASSWORD, make_member
from tests.make.security import code_in

SESSIONS = "/api/v1/me/sessions"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/19.0 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
async def member(parvis: Parvis) -> Member:
    return await make_member(parvis, "Chloé Petit", password=PASSWORD)


@pytest.fixture
async def browser(sign_in: SignIn, member: Member) -> httpx.AsyncClient:
    return await sign_in(member)


async def test_they_are_listed_with_device_network_and_moment(
    app: FastAPI, browser: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    async with client_of(app, **{"user-agent": SAFARI}) as phone:
        given = {"email": "chloe.petit@univ.example", "password": PASSWORD}
        assert (await phone.post("/api/v1/sessions", json=given)).status_code == 200
    await MobileClient(client).connect(browser)
    mobile, phones, own = (await browser.get(SESSIONS)).json()["items"]
    assert (phones["browser"], phones["system"], phones["network"]) == ("Safari", "iOS", "203.0.113.7")
    assert (phones["kind"], phones["methods"], phones["is_current"]) == ("browser", ["pwd"], False)
    assert (own["is_current"], own["browser"], own["abilities"]) == (True, None, ["revoke"])
    assert (mobile["kind"], mobile["client_id"]) == ("mobile", "parvis-mobile")
    assert "token" not in str(own)


async def test_an_ended_session_is_refused_from_its_next_request_on(
    parvis: Parvis, browser: httpx.AsyncClient, sign_in: SignIn, member: Member
) -> None:
    elsewhere = await sign_in(member)
    assert (await elsewhere.get("/api/v1/me")).status_code == 200
    other = next(item for item in (await browser.get(SESSIONS)).json()["items"] if not item["is_current"])
    async with audited_during(parvis) as entries:
        assert (await browser.delete(f"{SESSIONS}/{other['id']}")).status_code == 204
    assert [(entry.action, entry.subject_id) for entry in entries] == [("session.revoked", other["id"])]
    assert code_in(await elsewhere.get("/api/v1/me")) == (401, "unauthenticated")
    assert [item["id"] for item in (await browser.get(SESSIONS)).json()["items"]] != [other["id"]]
    assert code_in(await browser.delete(f"{SESSIONS}/{other['id']}")) == (404, "not_found")


async def test_all_the_others_are_ended_at_once(
    browser: httpx.AsyncClient, client: httpx.AsyncClient, sign_in: SignIn, member: Member
) -> None:
    elsewhere = [await sign_in(member) for _ in range(2)]
    mobile = MobileClient(client)
    await mobile.connect(browser)
    assert (await browser.delete(SESSIONS)).status_code == 204
    for other in elsewhere:
        assert (await other.get("/api/v1/me")).status_code == 401
    assert (await mobile.get("/api/v1/me")).status_code == 401
    assert [item["is_current"] for item in (await browser.get(SESSIONS)).json()["items"]] == [True]


async def test_another_member_s_session_is_not_there(
    parvis: Parvis, browser: httpx.AsyncClient, sign_in: SignIn
) -> None:
    [own] = (await browser.get(SESSIONS)).json()["items"]
    stranger = await sign_in(await make_member(parvis, "Marc Thief"))
    for session_id in (own["id"], uuid4()):
        assert code_in(await stranger.delete(f"{SESSIONS}/{session_id}")) == (404, "not_found")
    assert (await stranger.delete(SESSIONS)).status_code == 204
    assert (await browser.get("/api/v1/me")).status_code == 200


async def test_a_token_that_only_reads_ends_nothing(browser: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    draft = {"name": "Script", "scopes": ["account:read"], "days": 7}
    bearer = {"authorization": f"Bearer {(await browser.post('/api/v1/me/tokens', json=draft)).json()['token']}"}
    [own] = (await client.get(SESSIONS, headers=bearer)).json()["items"]
    assert (own["is_current"], own["abilities"]) == (False, [])
    refused = await client.delete(f"{SESSIONS}/{own['id']}", headers=bearer)
    assert code_in(refused) == (403, "insufficient_scope")
    assert code_in(await client.delete(SESSIONS, headers=bearer)) == (403, "insufficient_scope")


async def test_what_has_expired_is_not_listed(
    moved_clock: MovableClock, browser: httpx.AsyncClient, sign_in: SignIn, member: Member
) -> None:
    assert len((await browser.get(SESSIONS)).json()["items"]) == 1
    moved_clock.advance(timedelta(days=400))
    assert len((await (await sign_in(member)).get(SESSIONS)).json()["items"]) == 1


async def test_pages_follow_one_another(browser: httpx.AsyncClient, sign_in: SignIn, member: Member) -> None:
    for _ in range(4):
        await sign_in(member)
    first = (await browser.get(SESSIONS, params={"limit": 3})).json()
    rest = (await browser.get(SESSIONS, params={"limit": 3, "cursor": first["next"]})).json()
    ids = [item["id"] for item in first["items"] + rest["items"]]
    assert len(set(ids)) == 5
    assert ids == sorted(ids, reverse=True)
    assert rest["next"] is None


async def test_listing_costs_one_query(
    browser: httpx.AsyncClient, sign_in: SignIn, member: Member, counted_queries: CountedQueries
) -> None:
    for _ in range(6):
        await sign_in(member)
    await browser.get(SESSIONS)
    with counted_queries() as queries:
        assert len((await browser.get(SESSIONS)).json()["items"]) == 7
    assert len(queries) == 1
