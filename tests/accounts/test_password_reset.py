"""A new password for who has lost the old one."""

import httpx
import pytest
from fastapi import FastAPI

from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn, client_of
from tests.make.audit import audited_during
from tests.make.doors import Doors
from tests.make.mailbox import text_of
from tests.make.people import PASSWORD, make_member
from tests.make.security import NEW_PASSWORD, code_of, turn_totp_on

EMAIL = "benoit.martin@univ.example"


async def asked(browser: httpx.AsyncClient, doors: Doors) -> str:
    answer = await doors.ask(browser, "password-resets", EMAIL)
    assert answer.status_code == 202
    return doors.token_to(EMAIL, "reset")


async def reset(browser: httpx.AsyncClient, token: str, password: str = NEW_PASSWORD) -> httpx.Response:
    return await browser.post("/api/v1/password-resets/confirmation", json={"token": token, "password": password})


async def enter(browser: httpx.AsyncClient, password: str) -> int:
    answer = await browser.post("/api/v1/sessions", json={"email": EMAIL, "password": password})
    return answer.status_code


async def test_the_new_password_takes_the_place_of_the_old_one(
    parvis: Parvis, client: httpx.AsyncClient, app: FastAPI, doors: Doors
) -> None:
    await make_member(parvis, password=PASSWORD)
    answer = await reset(client, await asked(client, doors))
    assert answer.json()["status"] == "signed_in"
    assert (await client.get("/api/v1/session")).json()["member"]["name"] == "Benoît Martin"
    async with client_of(app) as later:
        assert await enter(later, PASSWORD) == 401
        assert await enter(later, NEW_PASSWORD) == 200


async def test_who_never_had_a_password_gets_one(parvis: Parvis, client: httpx.AsyncClient, doors: Doors) -> None:
    await make_member(parvis)
    assert (await reset(client, await asked(client, doors))).status_code == 200
    assert await enter(client, NEW_PASSWORD) == 200


async def test_every_other_session_ends_at_once(
    parvis: Parvis, client: httpx.AsyncClient, sign_in: SignIn, doors: Doors
) -> None:
    member = await make_member(parvis, password=PASSWORD)
    others = [await sign_in(member), await sign_in(member)]
    await reset(client, await asked(client, doors))
    for other in others:
        assert (await other.get("/api/v1/session")).json()["member"] is None


async def test_links_and_tickets_given_before_are_void(parvis: Parvis, client: httpx.AsyncClient, doors: Doors) -> None:
    await make_member(parvis, password=PASSWORD)
    link, other_reset, token = (
        await doors.link_for(client, EMAIL),
        await asked(client, doors),
        await asked(client, doors),
    )
    await reset(client, token)
    assert (await client.post("/api/v1/sign-in-links/confirmation", json={"token": link})).status_code == 410
    assert (await reset(client, other_reset)).status_code == 410
    assert (await reset(client, token)).status_code == 410


async def test_the_member_is_told_at_every_address_and_it_is_audited(
    parvis: Parvis, client: httpx.AsyncClient, doors: Doors
) -> None:
    member = await make_member(parvis, password=PASSWORD)
    token = await asked(client, doors)
    async with audited_during(parvis) as entries:
        await reset(client, token)
    assert [(entry.action, entry.actor_id) for entry in entries] == [("password.reset", member.id)]
    await doors.deliver()
    notice = text_of(doors.mails_to(EMAIL)[-1])
    assert "password changed" in notice
    assert "203.0.113.7" in notice


async def test_with_a_second_factor_the_mailbox_alone_lets_nobody_in(
    parvis: Parvis, client: httpx.AsyncClient, sign_in: SignIn, doors: Doors
) -> None:
    secret, _ = await turn_totp_on(await sign_in(await make_member(parvis)))
    answer = await reset(client, await asked(client, doors))
    assert answer.json()["status"] == "second_factor_required"
    assert (await client.get("/api/v1/session")).json()["member"] is None
    step = {"ticket": answer.json()["ticket"], "code": code_of(secret, 1)}
    assert (await client.post("/api/v1/sessions/second-factor", json=step)).json()["status"] == "signed_in"


@pytest.mark.parametrize(
    "password, code",
    [
        ("court", "too_short"),
        ("motdepasse1234", "too_common"),
        ("BenoitMartin2026!", "too_personal"),
        ("benoit.martin.univ", "too_personal"),
    ],
)
async def test_a_refused_password_leaves_the_link_open(
    parvis: Parvis, client: httpx.AsyncClient, doors: Doors, password: str, code: str
) -> None:
    await make_member(parvis)
    token = await asked(client, doors)
    answer = await reset(client, token, password)
    assert answer.status_code == 422
    assert [(field["path"], field["code"]) for field in answer.json()["fields"]] == [("password", code)]
    assert (await reset(client, token)).status_code == 200


async def test_an_address_lost_with_the_institution_resets_nothing(
    parvis: Parvis, client: httpx.AsyncClient, doors: Doors
) -> None:
    member = await make_member(parvis, password=PASSWORD)
    token = await asked(client, doors)
    await doors.end_affiliations(member)
    assert (await reset(client, token)).status_code == 410


async def test_a_closed_account_keeps_its_password(parvis: Parvis, client: httpx.AsyncClient, doors: Doors) -> None:
    member = await make_member(parvis, password=PASSWORD)
    token = await asked(client, doors)
    await doors.suspend(member)
    assert (await reset(client, token)).json()["code"] == "account_closed"
    await doors.restore(member)
    assert await enter(client, NEW_PASSWORD) == 401
    assert await enter(client, PASSWORD) == 200
