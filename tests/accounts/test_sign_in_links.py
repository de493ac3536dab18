"""Signing in by a link that came by mail."""

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI

from parvis.accounts.auth import COOKIE
from parvis.accounts.cookies import DOOR
from parvis.accounts.service.tickets import CODE_LETTERS
from parvis.kernel import clock
from parvis.kernel.runtime import Parvis
from tests.conftest import client_of
from tests.make.doors import Doors
from tests.make.people import make_member

EMAIL = "benoit.martin@univ.example"


@pytest.fixture
async def elsewhere(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Another browser."""
    async with client_of(app) as browser:
        yield browser


async def test_a_link_opens_a_session_in_the_browser_that_asked(
    parvis: Parvis, client: httpx.AsyncClient, doors: Doors
) -> None:
    await make_member(parvis)
    token = await doors.link_for(client, EMAIL)
    answer = await client.post("/api/v1/sign-in-links/confirmation", json={"token": token})
    assert answer.status_code == 200
    assert answer.json()["status"] == "signed_in"
    me = (await client.get("/api/v1/session")).json()
    assert me["member"]["name"] == "Benoît Martin"
    assert me["csrf_token"] == answer.json()["csrf_token"]


async def test_reading_the_link_spends_nothing(parvis: Parvis, client: httpx.AsyncClient, doors: Doors) -> None:
    await make_member(parvis)
    token = await doors.link_for(client, EMAIL)
    assert (await client.get("/api/v1/sign-in-links/confirmation", params={"token": token})).status_code == 405
    answer = await client.post("/api/v1/sign-in-links/confirmation", json={"token": token})
    assert answer.json()["status"] == "signed_in"


async def test_a_link_opens_once(parvis: Parvis, client: httpx.AsyncClient, doors: Doors) -> None:
    await make_member(parvis)
    token = await doors.link_for(client, EMAIL)
    statuses = [
        (await client.post("/api/v1/sign-in-links/confirmation", json={"token": token})).status_code for _ in range(2)
    ]
    assert statuses == [200, 410]


async def test_a_link_expires_after_fifteen_minutes(
    parvis: Parvis, client: httpx.AsyncClient, doors: Doors, moved_clock: clock.MovableClock
) -> None:
    await make_member(parvis)
    first, second = await doors.link_for(client, EMAIL), await doors.link_for(client, EMAIL)
    moved_clock.advance(timedelta(minutes=14, seconds=59))
    assert (await client.post("/api/v1/sign-in-links/confirmation", json={"token": first})).status_code == 200
    moved_clock.advance(timedelta(seconds=2))
    assert (await client.post("/api/v1/sign-in-links/confirmation", json={"token": second})).status_code == 410


async def test_in_another_browser_the_link_gives_a_code_for_the_first(
    parvis: Parvis, client: httpx.AsyncClient, elsewhere: httpx.AsyncClient, doors: Doors
) -> None:
    await make_member(parvis)
    token = await doors.link_for(client, EMAIL)
    answer = await elsewhere.post("/api/v1/sign-in-links/confirmation", json={"token": token})
    assert answer.json()["status"] == "other_browser"
    assert COOKIE not in elsewhere.cookies
    code = answer.json()["code"]
    assert (await elsewhere.post("/api/v1/sign-in-links/code", json={"code": code})).status_code == 410
    answer = await client.post("/api/v1/sign-in-links/code", json={"code": f" {code.lower().replace('-', ' ')} "})
    assert answer.json()["status"] == "signed_in"
    assert (await client.get("/api/v1/session")).json()["member"]["name"] == "Benoît Martin"
    again = await client.post("/api/v1/sign-in-links/code", json={"code": code})
    assert again.status_code == 410


async def test_the_code_is_given_once(
    parvis: Parvis, client: httpx.AsyncClient, elsewhere: httpx.AsyncClient, doors: Doors
) -> None:
    await make_member(parvis)
    token = await doors.link_for(client, EMAIL)
    statuses = [
        (await elsewhere.post("/api/v1/sign-in-links/confirmation", json={"token": token})).status_code
        for _ in range(2)
    ]
    assert statuses == [200, 410]


async def test_a_code_may_be_tried_five_times(
    parvis: Parvis, client: httpx.AsyncClient, elsewhere: httpx.AsyncClient, doors: Doors
) -> None:
    await make_member(parvis)
    token = await doors.link_for(client, EMAIL)
    answer = await elsewhere.post("/api/v1/sign-in-links/confirmation", json={"token": token})
    code = answer.json()["code"]
    wrong = ("B" if code[0] != "B" else "C") + code[1:]
    for _ in range(5):
        tried = await client.post("/api/v1/sign-in-links/code", json={"code": wrong})
        assert tried.status_code == 422
        assert tried.json()["fields"][0]["code"] == "wrong_code"
    assert (await client.post("/api/v1/sign-in-links/code", json={"code": code})).status_code == 410


async def test_codes_are_eight_letters_that_nobody_mistakes(
    parvis: Parvis, client: httpx.AsyncClient, elsewhere: httpx.AsyncClient, doors: Doors
) -> None:
    await make_member(parvis)
    token = await doors.link_for(client, EMAIL)
    answer = await elsewhere.post("/api/v1/sign-in-links/confirmation", json={"token": token})
    code = answer.json()["code"].replace("-", "")
    assert len(code) == 8
    assert set(code) <= set(CODE_LETTERS)
    assert not set(CODE_LETTERS) & set("AEIOU01L5S")


async def test_a_code_needs_the_mark_of_the_browser_that_asked(client: httpx.AsyncClient) -> None:
    assert (await client.post("/api/v1/sign-in-links/code", json={"code": "BCDF-GHJK"})).status_code == 410
    client.cookies.set(DOOR, "x" * 43, domain="testserver.local")
    assert (await client.post("/api/v1/sign-in-links/code", json={"code": "BCDF-GHJK"})).status_code == 410


async def test_the_browser_is_marked_by_a_cookie_that_scripts_cannot_read(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/v1/sign-in-links", json={"email": EMAIL})
    mark = answer.headers["set-cookie"]
    assert mark.startswith(f"{DOOR}=")
    assert "HttpOnly" in mark
    assert "Secure" in mark
    assert "Path=/" in mark
    assert "SameSite=lax" in mark
    assert "Domain" not in mark


async def test_a_browser_that_asks_twice_can_open_either_link(
    parvis: Parvis, client: httpx.AsyncClient, doors: Doors
) -> None:
    await make_member(parvis)
    first = await doors.link_for(client, EMAIL)
    await doors.link_for(client, EMAIL)
    answer = await client.post("/api/v1/sign-in-links/confirmation", json={"token": first})
    assert answer.json()["status"] == "signed_in"


async def test_a_suspended_member_gets_no_link(parvis: Parvis, client: httpx.AsyncClient, doors: Doors) -> None:
    member = await make_member(parvis)
    await doors.suspend(member)
    await doors.ask(client, "sign-in-links", EMAIL)
    assert doors.mails_to(EMAIL) == []


async def test_a_member_suspended_since_is_told_so(parvis: Parvis, client: httpx.AsyncClient, doors: Doors) -> None:
    member = await make_member(parvis)
    token = await doors.link_for(client, EMAIL)
    await doors.suspend(member)
    answer = await client.post("/api/v1/sign-in-links/confirmation", json={"token": token})
    assert (answer.status_code, answer.json()["code"]) == (403, "account_closed")


async def test_an_address_lost_with_the_institution_opens_nothing(
    parvis: Parvis, client: httpx.AsyncClient, doors: Doors
) -> None:
    member = await make_member(parvis)
    token = await doors.link_for(client, EMAIL)
    await doors.end_affiliations(member)
    answer = await client.post("/api/v1/sign-in-links/confirmation", json={"token": token})
    assert answer.status_code == 410
    before = len(doors.mails_to(EMAIL))
    for path in ("sign-in-links", "password-resets"):
        await doors.ask(client, path, EMAIL)
    assert len(doors.mails_to(EMAIL)) == before


async def test_a_personal_address_outlives_the_institution_s(
    parvis: Parvis, client: httpx.AsyncClient, doors: Doors
) -> None:
    member = await make_member(parvis, email="benoit@mail.example")
    await doors.end_affiliations(member)
    token = await doors.link_for(client, "benoit@mail.example")
    answer = await client.post("/api/v1/sign-in-links/confirmation", json={"token": token})
    assert answer.json()["status"] == "signed_in"


@pytest.mark.parametrize("token", ["x" * 43, "é" * 43, "short", "../../etc/passwd-aaaaaaaaaaaaaaaa"])
async def test_a_made_up_token_opens_nothing(client: httpx.AsyncClient, token: str) -> None:
    answer = await client.post("/api/v1/sign-in-links/confirmation", json={"token": token})
    assert answer.status_code in {410, 422}


async def test_a_token_for_one_thing_is_good_for_no_other(
    parvis: Parvis, client: httpx.AsyncClient, doors: Doors
) -> None:
    await make_member(parvis)
    token = await doors.link_for(client, EMAIL)
    for path in ("registrations", "activations", "password-resets"):
        body = {"token": token, **({"password": "bicyclette au grenier"} if path == "password-resets" else {})}
        assert (await client.post(f"/api/v1/{path}/confirmation", json=body)).status_code == 410
    assert (await client.post("/api/v1/invitations/preview", json={"token": token})).status_code == 410
