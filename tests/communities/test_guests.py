"""Guests: invited from outside to one community, for a time; they see nothing else."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Member
from parvis.circles.models import Membership
from parvis.communities.models import GuestInvitation
from parvis.communities.service.upkeep import hand_over_orphans
from parvis.kernel import clock
from parvis.kernel.clock import MovableClock
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn, client_of, listen, run_jobs
from tests.make.communities import COMMUNITIES, Place, Someone, arrive, make_community
from tests.make.mailbox import Mailbox, link_in, text_of
from tests.make.people import make_organisation

ADDRESS = "gaelle@ailleurs.example"


@pytest.fixture(autouse=True)
async def welcoming(organisation: None, parvis: Parvis) -> None:
    await make_organisation(parvis, guests=True)


async def invite(place: Place, host: Someone, email: str = ADDRESS, days: int = 30) -> httpx.Response:
    return await host.browser.post(f"{place.url}/guest-invitations", json={"email": email, "days": days})


async def come(app: FastAPI, parvis: Parvis, mailbox: Mailbox, sign_in: SignIn) -> Someone:
    """The guest opens the mail, gives a name, and is let in."""
    await run_jobs(parvis)
    token = link_in(mailbox.messages_to(ADDRESS)[-1]).partition("#")[2]
    async with client_of(app) as browser:
        preview = (await browser.post("/api/v1/invitations/preview", json={"token": token})).json()
        assert (preview["affiliation"], preview["place"]) == (None, "Géographie et aménagement")
        answer = await browser.post("/api/v1/invitations/acceptance", json={"token": token, "name": "Gaëlle Dehors"})
        assert answer.status_code == 200, answer.text
    await listen(parvis)
    async with parvis.database.reading() as session:
        member = (await session.execute(select(Member).where(Member.name == "Gaëlle Dehors"))).scalar_one()
    return Someone(member, await sign_in(member))


async def test_a_guest_sees_the_community_and_its_people_and_nothing_else(
    app: FastAPI, parvis: Parvis, mailbox: Mailbox, sign_in: SignIn, nadia: Someone, ines: Someone, claire: Someone
) -> None:
    place = await make_community(nadia, access="secret")
    other = await make_community(claire, "Chœur universitaire")
    token = (await nadia.browser.post(f"{place.url}/links", json={})).json()["link"].partition("#")[2]
    await ines.browser.post("/api/v1/community-links/use", json={"token": token})
    made = await invite(place, nadia)
    assert (made.status_code, made.json()["email"]) == (201, ADDRESS)
    guest = await come(app, parvis, mailbox, sign_in)

    assert [item["name"] for item in (await guest.browser.get(COMMUNITIES)).json()["items"]] == [
        "Géographie et aménagement"
    ]
    assert await place.people(guest) == ["Nadia Cherkaoui", "Inès Benali", "Gaëlle Dehors"]
    assert (await place.seen_by(nadia))["mix"] == {"student": 1, "alum": 0, "staff": 1, "partner": 0}
    assert (await guest.browser.get(f"/api/v1/profiles/{ines.id}")).status_code == 200
    for hidden in (f"/api/v1/profiles/{claire.id}", other.url):
        assert (await guest.browser.get(hidden)).status_code == 404
    for refused in ("/api/v1/directory", "/api/v1/directory/facets"):
        assert (await guest.browser.get(refused)).status_code == 403
    assert (await other.join(guest)).status_code == 404
    assert (await ines.browser.get(f"/api/v1/profiles/{guest.id}")).status_code == 200
    assert (await claire.browser.get(f"/api/v1/profiles/{guest.id}")).status_code == 404
    assert (await nadia.browser.get(f"{place.url}/guest-invitations")).json()["items"] == []


async def test_a_guest_is_in_until_a_day(
    app: FastAPI, parvis: Parvis, mailbox: Mailbox, sign_in: SignIn, nadia: Someone, moved_clock: MovableClock
) -> None:
    place = await make_community(nadia)
    await invite(place, nadia, days=20)
    guest = await come(app, parvis, mailbox, sign_in)
    [entry] = [
        item
        for item in (await nadia.browser.get(f"{place.url}/members")).json()["items"]
        if item["person"]["name"] == "Gaëlle Dehors"
    ]
    assert entry["until"] is not None
    moved_clock.advance(timedelta(days=20, seconds=1))
    assert (await guest.browser.get(place.url)).status_code == 404
    await run_jobs(parvis)
    assert (await place.seen_by(nadia))["people"] == 1


async def test_an_address_of_a_member_is_invited_and_not_told(
    parvis: Parvis, mailbox: Mailbox, nadia: Someone, ines: Someone
) -> None:
    place = await make_community(nadia, access="secret")
    known = await invite(place, nadia, "ines.benali@univ.example")
    unknown = await invite(place, nadia)
    assert known.json().keys() == unknown.json().keys()
    assert (await nadia.browser.get(f"{place.url}/invitations")).json()["items"] == []
    await run_jobs(parvis)
    assert "Géographie" in text_of(mailbox.messages_to("ines.benali@univ.example")[-1])
    assert (await place.join(ines)).json()["role"] == "member"
    [member] = [
        item
        for item in (await nadia.browser.get(f"{place.url}/members")).json()["items"]
        if item["person"]["name"] == "Inès Benali"
    ]
    assert member["until"] is None


async def test_a_withdrawn_invitation_leads_nowhere(
    app: FastAPI, parvis: Parvis, mailbox: Mailbox, nadia: Someone, ines: Someone
) -> None:
    place = await make_community(nadia, access="secret")
    made = (await invite(place, nadia)).json()
    assert (await nadia.browser.delete(f"{place.url}/guest-invitations/{made['id']}")).status_code == 204
    assert (await nadia.browser.delete(f"{place.url}/guest-invitations/{made['id']}")).status_code == 404
    await run_jobs(parvis)
    token = link_in(mailbox.messages_to(ADDRESS)[-1]).partition("#")[2]
    async with client_of(app) as browser:
        assert (await browser.post("/api/v1/invitations/preview", json={"token": token})).status_code == 410

    made = (await invite(place, nadia, "ines.benali@univ.example")).json()
    await nadia.browser.delete(f"{place.url}/guest-invitations/{made['id']}")
    assert (await ines.browser.get(place.url)).status_code == 404


async def test_inviting_twice_sends_one_mail_and_moves_the_day(
    parvis: Parvis, mailbox: Mailbox, nadia: Someone
) -> None:
    place = await make_community(nadia)
    first, second = await invite(place, nadia, days=10), await invite(place, nadia, days=20)
    assert first.json()["id"] == second.json()["id"]
    assert first.json()["until"] < second.json()["until"]
    await run_jobs(parvis)
    assert len(mailbox.messages_to(ADDRESS)) == 1


async def test_owners_alone_invite_guests_and_only_where_allowed(parvis: Parvis, nadia: Someone, ines: Someone) -> None:
    place = await make_community(nadia)
    await place.join(ines)
    await place.give_role(nadia, ines, "moderator")
    assert (await invite(place, ines)).status_code == 403
    assert (await ines.browser.get(f"{place.url}/guest-invitations")).status_code == 403
    await make_organisation(parvis, guests=False)
    assert (await invite(place, nadia)).status_code == 403
    async with parvis.database.reading() as session:
        assert (await session.scalars(select(GuestInvitation))).all() == []


async def test_what_an_owner_who_is_gone_leaves_goes_to_who_was_there_longest(
    parvis: Parvis, sign_in: SignIn, nadia: Someone, ines: Someone, claire: Someone
) -> None:
    left, alone = await make_community(nadia), await make_community(nadia, "Place vide")
    await left.join(claire)
    await left.join(ines)
    await left.give_role(nadia, ines, "moderator")

    async def gone(session: AsyncSession) -> int:
        await session.execute(
            update(Membership).where(Membership.member_id == nadia.member.id).values(role="member", until=nadia_left)
        )
        return await hand_over_orphans(session)

    nadia_left = clock.now() - timedelta(seconds=1)
    assert await parvis.database.write(gone) == 2
    assert (await left.seen_by(ines))["role"] == "owner"
    archived = (await ines.browser.get(COMMUNITIES, params={"archived": "true"})).json()["items"]
    assert [item["id"] for item in archived] == [alone.id]


async def test_an_administrator_decides_whether_guests_come(parvis: Parvis, sign_in: SignIn) -> None:
    administrator = await arrive(parvis, sign_in, "Ada Byron", "staff", roles=["administrator"])
    changed: dict[str, Any] = (await administrator.browser.patch("/api/v1/organisation", json={"guests": False})).json()
    assert changed["guests"] is False
