"""What the mobile client gets, keeps and loses."""

import asyncio
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.events import MemberSuspended
from parvis.accounts.models import Member, Session
from parvis.accounts.refresh import RefreshTokens
from parvis.accounts.service import sessions
from parvis.kernel import clock
from parvis.kernel.events import record
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn, run_jobs
from tests.make.mailbox import Mailbox, text_of
from tests.make.mobile import CLIENT, MobileClient
from tests.make.people import make_member

MINE = "/api/v1/me/tokens"
REVOKE = "/api/v1/oauth/revocations"


@pytest.fixture
async def member(parvis: Parvis) -> Member:
    return await make_member(parvis, "Chloé Petit")


@pytest.fixture
async def browser(sign_in: SignIn, member: Member) -> httpx.AsyncClient:
    return await sign_in(member)


@pytest.fixture
async def mobile(client: httpx.AsyncClient) -> MobileClient:
    return MobileClient(client)


async def mobile_sessions(parvis: Parvis, member: Member) -> list[Session]:
    async with parvis.database.reading() as session:
        mine = select(Session).where(Session.member_id == member.id, Session.kind == "mobile").order_by(Session.id)
        return list(await session.scalars(mine))


async def suspend(session: AsyncSession, member_id: UUID) -> None:
    (await session.get_one(Member, member_id)).suspended_at = clock.now()
    record(session, MemberSuspended(member_id=member_id))


def is_refused(answer: httpx.Response, error: str) -> bool:
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["content-type"] == "application/json"
    assert set(answer.json()) == {"error", "error_description"}
    return (answer.status_code, answer.json()["error"]) == (400, error)


async def test_a_code_opens_a_mobile_session(
    parvis: Parvis, member: Member, browser: httpx.AsyncClient, mobile: MobileClient
) -> None:
    answer = await mobile.exchange(await mobile.code_from(browser, scope="account:read account:write"))
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-store"
    tokens = answer.json()
    assert (tokens["token_type"], tokens["expires_in"]) == ("Bearer", 600)
    assert tokens["scope"] == "account:read account:write"
    assert (await mobile.get(MINE)).status_code == 200
    [session] = await mobile_sessions(parvis, member)
    assert (session.client_id, session.methods, session.token_hash) == (CLIENT, ["pwd"], None)


async def test_every_verified_address_hears_of_it(
    parvis: Parvis, browser: httpx.AsyncClient, mobile: MobileClient, mailbox: Mailbox
) -> None:
    await mobile.connect(browser)
    await run_jobs(parvis)
    [notice] = mailbox.messages_to("chloe.petit@univ.example")
    assert "mobile application connected" in text_of(notice)


async def test_a_token_reaches_only_its_scopes(browser: httpx.AsyncClient, mobile: MobileClient) -> None:
    await mobile.connect(browser, scope="files:read")
    answer = await mobile.get(MINE)
    assert (answer.status_code, answer.json()["code"]) == (403, "insufficient_scope")
    assert 'scope="account:read"' in answer.headers["www-authenticate"]


async def test_a_code_used_twice_ends_what_it_gave(
    parvis: Parvis, member: Member, browser: httpx.AsyncClient, mobile: MobileClient
) -> None:
    code = await mobile.code_from(browser)
    assert (await mobile.exchange(code)).status_code == 200
    assert is_refused(await mobile.exchange(code), "invalid_grant")
    assert (await mobile.get(MINE)).status_code == 401
    assert is_refused(await mobile.refresh(), "invalid_grant")
    assert all(session.revoked_at for session in await mobile_sessions(parvis, member))


async def test_of_many_who_bring_one_code_at_most_one_stays(
    parvis: Parvis, member: Member, browser: httpx.AsyncClient, mobile: MobileClient
) -> None:
    code = await mobile.code_from(browser)
    answers = await asyncio.gather(*(mobile.exchange(code) for _ in range(12)))
    assert sorted(answer.status_code for answer in answers) == [200] + [400] * 11
    assert len(await mobile_sessions(parvis, member)) == 1


async def test_a_code_holds_one_minute(
    browser: httpx.AsyncClient, mobile: MobileClient, moved_clock: clock.MovableClock
) -> None:
    code = await mobile.code_from(browser)
    moved_clock.advance(timedelta(seconds=61))
    assert is_refused(await mobile.exchange(code), "invalid_grant")


@pytest.mark.parametrize(
    "changed",
    [
        {"code_verifier": "x" * 43},
        {"code_verifier": "short"},
        {"code_verifier": "é" * 43},
        {"redirect_uri": "parvis://oauth/callback/"},
        {"redirect_uri": "https://evil.example"},
        {"code": "unknown"},
    ],
)
async def test_a_code_alone_is_worth_nothing(
    parvis: Parvis, member: Member, browser: httpx.AsyncClient, mobile: MobileClient, changed: dict[str, str]
) -> None:
    brought = {"code": await mobile.code_from(browser), **changed}
    assert is_refused(await mobile.exchange(**brought), "invalid_grant")
    assert await mobile_sessions(parvis, member) == []


async def test_a_challenge_is_not_its_own_verifier(browser: httpx.AsyncClient, mobile: MobileClient) -> None:
    code = await mobile.code_from(browser)
    challenge = mobile.question()["code_challenge"]
    assert is_refused(await mobile.exchange(code, code_verifier=challenge), "invalid_grant")


async def test_signing_out_of_the_browser_voids_the_code(
    parvis: Parvis, member: Member, browser: httpx.AsyncClient, mobile: MobileClient
) -> None:
    code = await mobile.code_from(browser)
    await parvis.database.write(sessions.revoke_others, member.id, None)
    assert is_refused(await mobile.exchange(code), "invalid_grant")


async def test_a_suspended_member_gets_nothing_for_a_code(
    parvis: Parvis, member: Member, browser: httpx.AsyncClient, mobile: MobileClient
) -> None:
    code = await mobile.code_from(browser)
    await parvis.database.write(suspend, member.id)
    assert is_refused(await mobile.exchange(code), "invalid_grant")


async def test_a_refresh_token_is_traded_for_the_next(browser: httpx.AsyncClient, mobile: MobileClient) -> None:
    await mobile.connect(browser)
    first = mobile.tokens["refresh_token"]
    assert (await mobile.refresh()).status_code == 200
    assert mobile.tokens["refresh_token"] != first
    assert (await mobile.refresh()).status_code == 200
    assert (await mobile.get(MINE)).status_code == 200


async def test_a_refresh_token_used_twice_ends_the_session_and_tells_its_member(
    parvis: Parvis, browser: httpx.AsyncClient, mobile: MobileClient, mailbox: Mailbox
) -> None:
    await mobile.connect(browser)
    stolen = mobile.tokens["refresh_token"]
    assert (await mobile.refresh()).status_code == 200
    assert is_refused(await mobile.refresh(stolen), "invalid_grant")
    assert (await mobile.get(MINE)).status_code == 401
    assert is_refused(await mobile.refresh(), "invalid_grant")
    assert (await browser.get(MINE)).status_code == 200
    await run_jobs(parvis)
    notices = [text_of(mail) for mail in mailbox.messages_to("chloe.petit@univ.example")]
    assert len([notice for notice in notices if "its token was used twice" in notice]) == 1


async def test_of_many_who_refresh_at_once_one_is_served_and_the_session_ends(
    parvis: Parvis, member: Member, browser: httpx.AsyncClient, mobile: MobileClient
) -> None:
    await mobile.connect(browser)
    token = mobile.tokens["refresh_token"]
    answers = await asyncio.gather(*(mobile.refresh(token) for _ in range(12)))
    assert [answer.status_code for answer in answers].count(200) == 1
    [session] = await mobile_sessions(parvis, member)
    assert session.revoked_at is not None


@pytest.mark.parametrize("change", ["x{}", "{}x", "{}=", "{}\n", "unknown", "parvis_rt_", "parvis_rt_AAAA", "é"])
async def test_what_is_not_a_refresh_token_of_ours_ends_nothing(
    browser: httpx.AsyncClient, mobile: MobileClient, change: str
) -> None:
    await mobile.connect(browser)
    kept = mobile.tokens["refresh_token"]
    assert is_refused(await mobile.refresh(change.format(kept)), "invalid_grant")
    assert (await mobile.refresh(kept)).status_code == 200


async def test_knowing_a_session_s_id_is_not_enough_to_end_it(
    parvis: Parvis, member: Member, browser: httpx.AsyncClient, mobile: MobileClient
) -> None:
    await mobile.connect(browser)
    [session] = await mobile_sessions(parvis, member)
    forged = RefreshTokens(b"another secret, of 32 bytes at least").write(session.id)
    assert is_refused(await mobile.refresh(forged), "invalid_grant")
    assert (await mobile.get(MINE)).status_code == 200


async def test_a_client_that_stays_away_for_a_month_signs_in_again(
    browser: httpx.AsyncClient, mobile: MobileClient, moved_clock: clock.MovableClock
) -> None:
    await mobile.connect(browser)
    moved_clock.advance(timedelta(days=29))
    assert (await mobile.refresh()).status_code == 200
    moved_clock.advance(timedelta(days=30, seconds=1))
    assert is_refused(await mobile.refresh(), "invalid_grant")


async def test_no_session_outlives_180_days(
    browser: httpx.AsyncClient, mobile: MobileClient, moved_clock: clock.MovableClock
) -> None:
    await mobile.connect(browser)
    for _ in range(8):
        moved_clock.advance(timedelta(days=20))
        assert (await mobile.refresh()).status_code == 200
    moved_clock.advance(timedelta(days=20))
    assert is_refused(await mobile.refresh(), "invalid_grant")


async def test_an_access_token_ends_after_ten_minutes(
    browser: httpx.AsyncClient, mobile: MobileClient, moved_clock: clock.MovableClock
) -> None:
    await mobile.connect(browser)
    moved_clock.advance(timedelta(minutes=10, seconds=59))
    assert (await mobile.get(MINE)).status_code == 200
    moved_clock.advance(timedelta(seconds=2))
    assert (await mobile.get(MINE)).status_code == 401
    assert (await mobile.refresh()).status_code == 200
    assert (await mobile.get(MINE)).status_code == 200


async def test_a_client_may_ask_for_less_and_not_for_more(browser: httpx.AsyncClient, mobile: MobileClient) -> None:
    await mobile.connect(browser, scope="account:read files:read")
    assert (await mobile.refresh(scope="files:read")).json()["scope"] == "files:read"
    assert (await mobile.get(MINE)).status_code == 403
    assert is_refused(await mobile.refresh(scope="files:read files:write"), "invalid_scope")
    assert (await mobile.refresh()).json()["scope"] == "account:read files:read"
    assert (await mobile.get(MINE)).status_code == 200


async def test_a_revoked_session_is_out_at_once(
    parvis: Parvis, member: Member, browser: httpx.AsyncClient, mobile: MobileClient
) -> None:
    await mobile.connect(browser)
    assert (await mobile.get(MINE)).status_code == 200
    [session] = await mobile_sessions(parvis, member)
    await parvis.database.write(sessions.revoke, member.id, session.id)
    assert (await mobile.get(MINE)).status_code == 401
    assert is_refused(await mobile.refresh(), "invalid_grant")


async def test_a_suspended_member_is_out_at_once(
    parvis: Parvis, member: Member, browser: httpx.AsyncClient, mobile: MobileClient
) -> None:
    await mobile.connect(browser)
    assert (await mobile.get(MINE)).status_code == 200
    await parvis.database.write(suspend, member.id)
    assert (await mobile.get(MINE)).status_code == 401
    assert is_refused(await mobile.refresh(), "invalid_grant")


@pytest.mark.parametrize("kind", ["refresh_token", "access_token"])
async def test_the_client_signs_itself_out(browser: httpx.AsyncClient, mobile: MobileClient, kind: str) -> None:
    await mobile.connect(browser)
    form = {"token": mobile.tokens[kind], "client_id": CLIENT, "token_type_hint": "refresh_token"}
    for _ in range(2):
        answer = await mobile.http.post(REVOKE, data=form)
        assert (answer.status_code, answer.content) == (200, b"")
    assert (await mobile.get(MINE)).status_code == 401
    assert is_refused(await mobile.refresh(), "invalid_grant")


async def test_revoking_what_is_unknown_tells_nothing(client: httpx.AsyncClient) -> None:
    answer = await client.post(REVOKE, data={"token": "unknown", "client_id": CLIENT})
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize(
    "form, error",
    [
        ({"grant_type": "refresh_token"}, "invalid_client"),
        ({"client_id": "other", "grant_type": "refresh_token"}, "invalid_client"),
        ({"client_id": CLIENT}, "invalid_request"),
        ({"client_id": CLIENT, "grant_type": ""}, "invalid_request"),
        ({"client_id": CLIENT, "grant_type": "password", "username": "a", "password": "b"}, "unsupported_grant_type"),
        ({"client_id": CLIENT, "grant_type": "client_credentials"}, "unsupported_grant_type"),
        ({"client_id": CLIENT, "grant_type": "authorization_code"}, "invalid_request"),
        (
            {"client_id": CLIENT, "grant_type": "authorization_code", "code": "x", "redirect_uri": "y"},
            "invalid_request",
        ),
        ({"client_id": CLIENT, "grant_type": "refresh_token"}, "invalid_request"),
        ({"client_id": [CLIENT, CLIENT], "grant_type": "refresh_token"}, "invalid_request"),
    ],
)
async def test_errors_have_the_standard_s_shape(
    client: httpx.AsyncClient, form: dict[str, str | list[str]], error: str
) -> None:
    assert is_refused(await client.post("/api/v1/oauth/token", data=form), error)


async def test_only_forms_are_read(client: httpx.AsyncClient) -> None:
    body = {"client_id": CLIENT, "grant_type": "refresh_token", "refresh_token": "x"}
    assert is_refused(await client.post("/api/v1/oauth/token", json=body), "invalid_request")
    assert is_refused(await client.post("/api/v1/oauth/token", files=body), "invalid_request")
    assert is_refused(await client.post("/api/v1/oauth/token", params=body), "invalid_request")


async def test_libraries_find_their_way_from_the_metadata(client: httpx.AsyncClient) -> None:
    read = (await client.get("/.well-known/oauth-authorization-server")).json()
    assert read["issuer"] == "https://testserver"
    assert read["authorization_endpoint"] == "https://testserver/oauth/authorize"
    assert read["code_challenge_methods_supported"] == ["S256"]
    assert read["authorization_response_iss_parameter_supported"] is True
    for endpoint in ("token_endpoint", "revocation_endpoint"):
        assert (await client.post(read[endpoint])).json()["error"] == "invalid_request"
