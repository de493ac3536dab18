"""Being in a session: who am I, for how long, and out again."""

from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI

from parvis.accounts.actor import Actors
from parvis.accounts.auth import COOKIE, DEV_COOKIE
from parvis.accounts.cookies import DEV_DOOR
from parvis.kernel import clock
from parvis.kernel.config import Settings
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, SignIn, client_of, serving
from tests.make.people import PASSWORD, make_member, make_organisation

EMAIL = "benoit.martin@univ.example"
CREDENTIALS = {"email": EMAIL, "password": PASSWORD}


async def test_nobody_is_told_so(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/session")
    assert answer.status_code == 200
    assert answer.json() == {"csrf_token": None, "member": None}


async def test_a_member_reads_who_he_is_and_what_he_may_do(parvis: Parvis, sign_in: SignIn) -> None:
    member = await make_member(parvis, "Élodie Le Goff", affiliation="faculty", roles=["administrator"])
    browser = await sign_in(member)
    answer = (await browser.get("/api/v1/session")).json()
    assert answer["csrf_token"] == browser.headers["x-csrf-token"]
    assert answer["member"] == {
        "id": str(member.id),
        "name": "Élodie Le Goff",
        "given_name": "Élodie",
        "public": "staff",
        "publics": ["staff"],
        "affiliation": None,
        "avatar": None,
        "language": "en",
        "appearance": "system",
        "roles": ["administrator"],
        "abilities": [
            "read_directory",
            "create_community",
            "administer",
            "change_organisation",
            "manage_people",
            "grant_roles",
            "read_audit",
            "moderate",
            "announce",
        ],
        "withheld_abilities": [],
        "next_steps": ["personal_address", "passkey", "interests", "profile"],
    }


async def test_a_student_may_do_nothing_to_the_organisation(parvis: Parvis, sign_in: SignIn) -> None:
    browser = await sign_in(await make_member(parvis, email="benoit@mail.example"))
    me = (await browser.get("/api/v1/session")).json()["member"]
    assert me["abilities"] == ["read_directory", "create_community"]
    assert me["next_steps"] == ["passkey", "interests", "profile"]


async def test_a_guest_is_not_offered_the_directory_that_is_closed_to_him(parvis: Parvis, sign_in: SignIn) -> None:
    browser = await sign_in(await make_member(parvis, email="invitee@mail.example", affiliation=None))
    assert (await browser.get("/api/v1/session")).json()["member"]["abilities"] == []
    assert (await browser.get("/api/v1/directory")).status_code == 403


async def test_reading_the_session_takes_three_queries_once_the_actor_is_known(
    parvis: Parvis, sign_in: SignIn, counted_queries: CountedQueries
) -> None:
    browser = await sign_in(await make_member(parvis))
    with counted_queries() as queries:
        await browser.get("/api/v1/session")
    assert len(queries) == 3, queries


async def test_signing_in_gives_a_cookie_that_scripts_cannot_read(parvis: Parvis, client: httpx.AsyncClient) -> None:
    await make_member(parvis, password=PASSWORD)
    answer = await client.post("/api/v1/sessions", json=CREDENTIALS)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "Secure", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert "domain" not in cookie.lower()
    assert answer.headers["cache-control"] == "private, no-store"


async def test_a_cookie_planted_before_signing_in_stands_for_nobody_after(
    parvis: Parvis, client: httpx.AsyncClient, app: FastAPI
) -> None:
    await make_member(parvis, password=PASSWORD)
    planted = "p" * 43
    client.cookies.set(COOKIE, planted, domain="testserver.local", path="/")
    await client.post("/api/v1/sessions", json=CREDENTIALS)
    assert client.cookies[COOKIE] != planted
    async with client_of(app) as attacker:
        attacker.cookies.set(COOKIE, planted, domain="testserver.local", path="/")
        assert (await attacker.get("/api/v1/session")).json()["member"] is None


async def test_signing_in_again_ends_the_session_the_browser_was_in(
    parvis: Parvis, app: FastAPI, sign_in: SignIn
) -> None:
    await make_member(parvis, password=PASSWORD)
    browser = await sign_in(await make_member(parvis, "Ada Byron"))
    before = browser.cookies[COOKIE]
    answer = await browser.post("/api/v1/sessions", json=CREDENTIALS)
    assert answer.json()["status"] == "signed_in"
    assert (await browser.get("/api/v1/session")).json()["member"]["name"] == "Benoît Martin"
    async with client_of(app) as thief:
        thief.cookies.set(COOKIE, before, domain="testserver.local", path="/")
        assert (await thief.get("/api/v1/session")).json()["member"] is None


async def test_signing_out_ends_the_session_everywhere(parvis: Parvis, app: FastAPI, sign_in: SignIn) -> None:
    browser = await sign_in(await make_member(parvis))
    stolen = browser.cookies[COOKIE]
    answer = await browser.delete("/api/v1/session")
    assert answer.status_code == 204
    assert COOKIE not in browser.cookies
    async with client_of(app) as thief:
        thief.cookies.set(COOKIE, stolen, domain="testserver.local", path="/")
        assert (await thief.get("/api/v1/session")).json()["member"] is None


async def test_signing_out_of_nothing_is_no_error(client: httpx.AsyncClient) -> None:
    assert (await client.delete("/api/v1/session")).status_code == 204


async def test_another_site_cannot_sign_a_member_out(parvis: Parvis, sign_in: SignIn) -> None:
    browser = await sign_in(await make_member(parvis))
    for token in ("", "x" * 43, browser.headers["x-csrf-token"][:-1]):
        answer = await browser.delete("/api/v1/session", headers={"x-csrf-token": token})
        assert (answer.status_code, answer.json()["code"]) == (403, "csrf_refused")
    assert (await browser.get("/api/v1/session")).json()["member"] is not None


async def test_another_session_s_csrf_token_is_refused(parvis: Parvis, sign_in: SignIn) -> None:
    member = await make_member(parvis)
    one, other = await sign_in(member), await sign_in(member)
    answer = await one.delete("/api/v1/session", headers={"x-csrf-token": other.headers["x-csrf-token"]})
    assert answer.status_code == 403


async def test_a_form_of_another_site_cannot_sign_anybody_in(parvis: Parvis, client: httpx.AsyncClient) -> None:
    await make_member(parvis, password=PASSWORD)
    for media_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        answer = await client.post(
            "/api/v1/sessions",
            content=f'{{"email": "{EMAIL}", "password": "{PASSWORD}"}}',
            headers={"content-type": media_type},
        )
        assert answer.status_code == 422
        assert "set-cookie" not in answer.headers


async def test_a_session_lasts_thirty_days_after_its_last_use(
    parvis: Parvis, sign_in: SignIn, moved_clock: clock.MovableClock
) -> None:
    browser = await sign_in(await make_member(parvis))
    for _ in range(3):
        moved_clock.advance(timedelta(days=29))
        assert (await browser.get("/api/v1/session")).json()["member"] is not None
    moved_clock.advance(timedelta(days=30, minutes=1))
    assert (await browser.get("/api/v1/session")).json()["member"] is None


async def test_a_session_lasts_half_a_year_at_most(
    parvis: Parvis, sign_in: SignIn, moved_clock: clock.MovableClock
) -> None:
    browser = await sign_in(await make_member(parvis))
    for _ in range(9):
        moved_clock.advance(timedelta(days=19))
        assert (await browser.get("/api/v1/session")).json()["member"] is not None
    moved_clock.advance(timedelta(days=9, minutes=1))
    assert (await browser.get("/api/v1/session")).json()["member"] is None


@pytest.mark.parametrize("value", ["", "x", "x" * 43, "x" * 5000, "é" * 20, "a b", '"', "%00"])
async def test_a_made_up_cookie_stands_for_nobody(client: httpx.AsyncClient, value: str) -> None:
    answer = await client.get("/api/v1/session", headers={b"cookie": f"{COOKIE}={value}".encode()})
    assert answer.status_code == 200
    assert answer.json()["member"] is None


async def test_on_http_loopback_the_cookies_have_names_of_their_own(settings: Settings) -> None:
    local = settings.model_copy(update={"public_url": "http://localhost:8000"})
    async with serving(local) as app:
        await make_organisation(app.state.parvis)
        await make_member(app.state.parvis, password=PASSWORD)
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as browser:
            answer = await browser.post("/api/v1/sessions", json=CREDENTIALS)
            cookie = answer.headers["set-cookie"]
            assert cookie.startswith(f"{DEV_COOKIE}=")
            assert "Secure" not in cookie
            assert (await browser.get("/api/v1/session")).json()["member"]["name"] == "Benoît Martin"
            await browser.post("/api/v1/sign-in-links", json={"email": EMAIL})
            assert DEV_DOOR in browser.cookies


async def test_the_actor_of_a_session_knows_roles_and_publics(parvis: Parvis, sign_in: SignIn) -> None:
    member = await make_member(parvis, roles=["moderator"])
    browser = await sign_in(member)
    actor = await parvis.part(Actors).by_cookie(browser.cookies[COOKIE])
    assert actor is not None
    assert actor.member_id == member.id
    assert actor.roles == {"moderator"}
    assert actor.publics == ("student",)
