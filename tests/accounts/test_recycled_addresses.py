"""An address that the institution gives again leads to the new account alone; the old one has other ways in."""

from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI

from parvis.accounts.models import Member
from parvis.kernel import clock
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn, client_of, run_jobs
from tests.make.audit import audited_during
from tests.make.doors import Doors
from tests.make.mailbox import Mailbox, link_in
from tests.make.people import PASSWORD, affiliate, make_member, make_organisation

PEOPLE = "/api/v1/people"
SHARED = "j.martin@univ.example"


@pytest.fixture(autouse=True)
async def organisation(parvis: Parvis) -> None:
    await make_organisation(parvis)


@pytest.fixture
async def manager(parvis: Parvis, sign_in: SignIn) -> httpx.AsyncClient:
    return await sign_in(await make_member(parvis, "Zoé Gestion", roles=["people_administrator"], affiliation="staff"))


async def graduate(parvis: Parvis, *, activated: bool = True) -> Member:
    """Jeanne studied with the address until a month ago."""
    today = clock.now().date()
    jeanne = await make_member(
        parvis, "Jeanne Martin", SHARED, affiliation=None, password=PASSWORD, activated=activated, identifier="jmartin1"
    )
    month = timedelta(days=30)
    await affiliate(parvis, jeanne, "student", starts_on=today - 36 * month, ends_on=today - month)
    await affiliate(parvis, jeanne, "alum", starts_on=today - month)
    return jeanne


def draft(email: str = SHARED) -> dict[str, object]:
    return {"name": "Julien Martin", "email": email, "identifier": "jmartin2", "affiliation": {"kind": "student"}}


async def who(browser: httpx.AsyncClient) -> str | None:
    member = (await browser.get("/api/v1/session")).json()["member"]
    return member["name"] if member else None


@pytest.mark.parametrize("activated", [True, False])
async def test_the_next_holder_reaches_his_own_account_alone(
    activated: bool, parvis: Parvis, manager: httpx.AsyncClient, app: FastAPI, doors: Doors
) -> None:
    jeanne = await graduate(parvis, activated=activated)
    reply = await manager.post(PEOPLE, json=draft())
    assert reply.status_code == 201, reply.text
    await run_jobs(parvis)
    async with client_of(app) as julien:
        token = doors.token_to(SHARED, "activate")
        assert (await julien.post("/api/v1/activations/confirmation", json={"token": token})).status_code == 200
        assert await who(julien) == "Julien Martin"
    for path, wish in (("sign-in-links", "sign-in"), ("password-resets", "reset")):
        async with client_of(app) as julien:
            await doors.ask(julien, path, SHARED)
            token = doors.token_to(SHARED, wish)
            said = {"token": token} | ({"password": "parapluie-orange-du-mardi"} if wish == "reset" else {})
            assert (await julien.post(f"/api/v1/{path}/confirmation", json=said)).status_code == 200
            assert await who(julien) == "Julien Martin"
    async with client_of(app) as stranger:
        wrong = await stranger.post("/api/v1/sessions", json={"email": SHARED, "password": PASSWORD})
        assert wrong.status_code == 401
    old = (await manager.get(f"{PEOPLE}/{jeanne.id}")).json()
    assert old["name"] == "Jeanne Martin"
    assert not any(address["verified"] for address in old["addresses"])


@pytest.mark.parametrize("path", ["sign-in-links", "password-resets", "activations"])
@pytest.mark.parametrize("activated", [True, False])
async def test_until_it_is_given_again_it_leads_nowhere(
    path: str, activated: bool, parvis: Parvis, client: httpx.AsyncClient, doors: Doors
) -> None:
    await graduate(parvis, activated=activated)
    await doors.ask(client, path, SHARED)
    assert doors.mails_to(SHARED) == []


async def test_an_activation_link_sent_before_is_worth_nothing_after(
    parvis: Parvis, manager: httpx.AsyncClient, client: httpx.AsyncClient, doors: Doors
) -> None:
    person = (await manager.post(PEOPLE, json=draft())).json()
    await run_jobs(parvis)
    token = doors.token_to(SHARED, "activate")
    await doors.end_affiliations(await _member(parvis, person["id"]))
    assert (await client.post("/api/v1/activations/confirmation", json={"token": token})).status_code == 410


async def _member(parvis: Parvis, member_id: str) -> Member:
    async with parvis.database.reading() as session:
        return await session.get_one(Member, UUID(member_id))


async def test_an_administrator_lets_somebody_back_in_by_a_new_address(
    parvis: Parvis, manager: httpx.AsyncClient, app: FastAPI, mailbox: Mailbox
) -> None:
    jeanne = await graduate(parvis)
    url = f"{PEOPLE}/{jeanne.id}/recovery"
    async with audited_during(parvis) as entries:
        reply = await manager.post(url, json={"email": "jeanne@perso.example"})
    await run_jobs(parvis)

    assert reply.status_code == 202, reply.text
    assert [(entry.action, entry.subject_id) for entry in entries] == [("recovery.offered", str(jeanne.id))]
    assert mailbox.messages_to(SHARED) == []  # It may be somebody else's by now.
    link = link_in(mailbox.messages_to("jeanne@perso.example")[-1])
    assert link.startswith("https://testserver/door/recovery#")
    token = {"token": link.partition("#")[2]}
    async with client_of(app) as browser:
        assert (await browser.post("/api/v1/recoveries/confirmation", json=token)).status_code == 200
        assert await who(browser) == "Jeanne Martin"
        assert (await browser.post("/api/v1/recoveries/confirmation", json=token)).status_code == 410
    person = (await manager.get(f"{PEOPLE}/{jeanne.id}")).json()
    assert person["addresses"][0] == {
        "email": "jeanne@perso.example",
        "kind": "personal",
        "is_primary": True,
        "verified": True,
    }


async def test_addresses_that_still_hold_are_told_and_the_last_link_counts(
    parvis: Parvis, manager: httpx.AsyncClient, client: httpx.AsyncClient, mailbox: Mailbox
) -> None:
    student = await make_member(parvis, "Inès Benali")
    url = f"{PEOPLE}/{student.id}/recovery"
    for email in ("first@perso.example", "second@perso.example"):
        assert (await manager.post(url, json={"email": email})).status_code == 202
    await run_jobs(parvis)

    assert len(mailbox.messages_to("ines.benali@univ.example")) == 2
    tokens = [link_in(mailbox.messages_to(f"{n}@perso.example")[-1]).partition("#")[2] for n in ("first", "second")]
    statuses = [
        (await client.post("/api/v1/recoveries/confirmation", json={"token": token})).status_code for token in tokens
    ]
    assert statuses == [410, 200]


async def test_recovery_is_refused_to_others_and_for_addresses_that_will_not_do(
    parvis: Parvis, manager: httpx.AsyncClient, sign_in: SignIn
) -> None:
    student = await make_member(parvis, "Inès Benali")
    await make_member(parvis, "Paul Autre", "paul@perso.example")
    administrator = await make_member(parvis, "Ada Admin", roles=["administrator"], affiliation="staff")
    url = f"{PEOPLE}/{student.id}/recovery"
    fine = {"email": "ines@perso.example"}
    assert (await (await sign_in(student)).post(url, json=fine)).status_code == 403
    assert (await manager.post(f"{PEOPLE}/{administrator.id}/recovery", json=fine)).status_code == 403
    institutional = await manager.post(url, json={"email": "ines2@univ.example"})
    known = await manager.post(url, json={"email": "paul@perso.example"})
    assert (institutional.status_code, known.status_code) == (422, 409)
    assert [reply.json()["fields"][0]["path"] for reply in (institutional, known)] == ["email", "email"]
