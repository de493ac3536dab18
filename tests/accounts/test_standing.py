"""Suspending people, and giving and taking roles."""

import asyncio
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI

from parvis.accounts.models import Member
from parvis.kernel.clock import MovableClock
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn, client_of
from tests.make.audit import audited_during
from tests.make.mailbox import Mailbox, text_of
from tests.make.people import PASSWORD, make_member, make_organisation

PEOPLE = "/api/v1/people"
SESSION = "/api/v1/session"


@pytest.fixture(autouse=True)
async def organisation(parvis: Parvis) -> None:
    await make_organisation(parvis)


@pytest.fixture
async def administrator(parvis: Parvis) -> Member:
    return await make_member(parvis, "Paul Aubry", roles=["administrator"], affiliation="staff")


@pytest.fixture
async def admin(administrator: Member, sign_in: SignIn) -> httpx.AsyncClient:
    return await sign_in(administrator)


async def test_a_suspension_ends_every_session_at_once_and_lets_nobody_in(
    admin: httpx.AsyncClient, parvis: Parvis, app: FastAPI, sign_in: SignIn
) -> None:
    member = await make_member(parvis, "Hugo Ferreira", password=PASSWORD)
    desk, phone = await sign_in(member), await sign_in(member)
    credentials = {"email": "hugo.ferreira@univ.example", "password": PASSWORD}

    async with audited_during(parvis) as entries:
        reply = await admin.put(f"{PEOPLE}/{member.id}/suspension")

    assert (reply.status_code, reply.json()["state"]) == (200, "suspended")
    assert reply.json()["abilities"] == ["change", "restore", "grant_roles"]
    assert [(entry.action, entry.subject_id) for entry in entries] == [("member.suspended", str(member.id))]
    for browser in (desk, phone):
        assert (await browser.get("/api/v1/me")).status_code == 401
    async with client_of(app) as stranger:
        assert (await stranger.post("/api/v1/sessions", json=credentials)).status_code in {401, 403, 422}
        assert (await stranger.get(SESSION)).json()["member"] is None

    async with audited_during(parvis) as entries:
        restored = await admin.delete(f"{PEOPLE}/{member.id}/suspension")

    assert (restored.status_code, restored.json()["state"]) == (200, "active")
    assert [entry.action for entry in entries] == ["member.restored"]
    assert (await desk.get("/api/v1/me")).status_code == 401
    async with client_of(app) as again:
        assert (await again.post("/api/v1/sessions", json=credentials)).status_code == 200


async def test_suspending_or_restoring_twice_says_it_once(admin: httpx.AsyncClient, parvis: Parvis) -> None:
    member = await make_member(parvis, "Hugo Ferreira")
    url = f"{PEOPLE}/{member.id}/suspension"

    async with audited_during(parvis) as entries:
        replies = [await admin.put(url), await admin.put(url), await admin.delete(url), await admin.delete(url)]

    assert [reply.status_code for reply in replies] == [200] * 4
    assert [entry.action for entry in entries] == ["member.suspended", "member.restored"]


async def test_nobody_suspends_himself(admin: httpx.AsyncClient, administrator: Member, parvis: Parvis) -> None:
    await make_member(parvis, "Paule Aubry", roles=["administrator"])

    reply = await admin.put(f"{PEOPLE}/{administrator.id}/suspension")

    assert (reply.status_code, reply.json()["code"]) == (403, "forbidden")
    assert (await admin.get(SESSION)).json()["member"] is not None


async def test_a_role_holds_at_once_is_told_by_mail_and_audited(
    admin: httpx.AsyncClient, parvis: Parvis, sign_in: SignIn, mailbox: Mailbox
) -> None:
    member = await make_member(parvis, "Sophie Marchetti", affiliation="staff", language="fr")
    browser = await sign_in(member)
    assert (await browser.get(PEOPLE)).status_code == 403

    async with audited_during(parvis) as entries:
        granted = await admin.put(f"{PEOPLE}/{member.id}/roles/people_administrator")
        assert (await browser.get(PEOPLE)).status_code == 200
        revoked = await admin.delete(f"{PEOPLE}/{member.id}/roles/people_administrator")
        assert (await browser.get(PEOPLE)).status_code == 403
    await parvis.jobs.run_once()

    assert granted.json()["roles"] == ["people_administrator"]
    assert revoked.json()["roles"] == []
    assert [(entry.action, entry.detail) for entry in entries] == [
        ("role.granted", {"role": "people_administrator"}),
        ("role.revoked", {"role": "people_administrator"}),
    ]
    mails = mailbox.messages_to("sophie.marchetti@univ.example")
    assert len(mails) == 2
    assert "rôles" in text_of(mails[0])


async def test_giving_a_role_twice_or_taking_one_not_held_changes_nothing(
    admin: httpx.AsyncClient, parvis: Parvis
) -> None:
    member = await make_member(parvis, "Sophie Marchetti", roles=["communicator"])

    async with audited_during(parvis) as entries:
        twice = await admin.put(f"{PEOPLE}/{member.id}/roles/communicator")
        never = await admin.delete(f"{PEOPLE}/{member.id}/roles/moderator")

    assert (twice.json()["roles"], never.json()["roles"], entries) == (["communicator"], ["communicator"], [])


async def test_people_administrators_give_no_roles_not_even_to_themselves(parvis: Parvis, sign_in: SignIn) -> None:
    manager = await make_member(parvis, "Zoé Gestion", roles=["people_administrator"])
    browser = await sign_in(manager)

    for role in ("administrator", "moderator"):
        reply = await browser.put(f"{PEOPLE}/{manager.id}/roles/{role}")
        assert (reply.status_code, reply.json()["code"]) == (403, "forbidden")


async def test_a_role_that_does_not_exist_is_refused(admin: httpx.AsyncClient, administrator: Member) -> None:
    assert (await admin.put(f"{PEOPLE}/{administrator.id}/roles/emperor")).status_code == 422


async def test_these_acts_need_a_credential_proved_in_the_last_ten_minutes(
    moved_clock: MovableClock, parvis: Parvis, sign_in: SignIn
) -> None:
    member = await make_member(parvis, "Hugo Ferreira")
    browser = await sign_in(await make_member(parvis, "Paul Aubry", roles=["administrator"]))
    moved_clock.advance(timedelta(minutes=11))

    for method, url in (
        ("PUT", f"{PEOPLE}/{member.id}/suspension"),
        ("DELETE", f"{PEOPLE}/{member.id}/suspension"),
        ("PUT", f"{PEOPLE}/{member.id}/roles/moderator"),
        ("DELETE", f"{PEOPLE}/{member.id}/roles/moderator"),
    ):
        reply = await browser.request(method, url)
        assert (reply.status_code, reply.json()["code"]) == (403, "proof_required")
    assert (await browser.get(f"{PEOPLE}/{member.id}")).json()["state"] == "active"


async def test_the_last_administrator_stays(admin: httpx.AsyncClient, administrator: Member, parvis: Parvis) -> None:
    """Somebody who cannot sign in administrates nothing, so he does not count."""
    await make_member(parvis, "Pas Encore", roles=["administrator"], activated=False)
    gone = await make_member(parvis, "Plus Maintenant", roles=["administrator"])
    assert (await admin.put(f"{PEOPLE}/{gone.id}/suspension")).status_code == 200

    reply = await admin.delete(f"{PEOPLE}/{administrator.id}/roles/administrator")

    assert (reply.status_code, reply.json()["code"]) == (409, "last_administrator")
    assert "administrator" in (await admin.get(f"{PEOPLE}/{administrator.id}")).json()["roles"]


@pytest.mark.parametrize("round_number", range(5))
async def test_of_administrators_who_remove_each_other_at_once_one_stays(
    round_number: int, parvis: Parvis, sign_in: SignIn
) -> None:
    """Each takes the next one's role away, or suspends him, all at the same time."""
    people = [await make_member(parvis, f"Admin {place}", roles=["administrator"]) for place in range(10)]
    browsers = [await sign_in(person) for person in people]

    def strike(place: int) -> tuple[str, str]:
        target = people[(place + 1) % len(people)].id
        if (place + round_number) % 2:
            return "PUT", f"{PEOPLE}/{target}/suspension"
        return "DELETE", f"{PEOPLE}/{target}/roles/administrator"

    replies = await asyncio.gather(
        *[browser.request(*strike(place)) for _ in range(5) for place, browser in enumerate(browsers)]
    )

    assert {reply.status_code for reply in replies} <= {200, 401, 403, 409}
    last = [browser for browser in browsers if "administer" in await abilities(browser)]
    assert last, "nobody administrates any more"


async def abilities(browser: httpx.AsyncClient) -> list[str]:
    found: list[str] = ((await browser.get(SESSION)).json()["member"] or {}).get("abilities", [])
    return found


@pytest.mark.parametrize("round_number", range(5))
async def test_of_two_last_administrators_who_step_down_together_one_stays(
    round_number: int, parvis: Parvis, sign_in: SignIn
) -> None:
    pair = [await make_member(parvis, f"Admin {place}", roles=["administrator"]) for place in range(2)]
    browsers = [await sign_in(person) for person in pair]

    replies = await asyncio.gather(
        *[
            browser.delete(f"{PEOPLE}/{person.id}/roles/administrator")
            for browser, person in zip(browsers, pair, strict=True)
        ]
    )

    assert sorted(reply.status_code for reply in replies) == [200, 409]
