"""Inviting people, as their administrators do."""

from datetime import timedelta

import httpx
import pytest

from parvis.kernel.clock import MovableClock
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make.audit import audited_during
from tests.make.mailbox import Mailbox, link_in
from tests.make.people import make_member, make_organisation

INVITATIONS = "/api/v1/people/invitations"
PREVIEW = "/api/v1/invitations/preview"


@pytest.fixture(autouse=True)
async def organisation(parvis: Parvis) -> None:
    await make_organisation(parvis)


@pytest.fixture
async def manager(parvis: Parvis, sign_in: SignIn) -> httpx.AsyncClient:
    return await sign_in(await make_member(parvis, "Zoé Gestion", roles=["people_administrator"]))


def token_in(link: str) -> str:
    return link.partition("#")[2]


async def test_a_link_for_several_is_shown_once_and_opens(
    manager: httpx.AsyncClient, client: httpx.AsyncClient, parvis: Parvis
) -> None:
    async with audited_during(parvis) as entries:
        reply = await manager.post(INVITATIONS, json={"affiliation": "alum", "max_uses": 30, "note": "Promo 2014"})

    assert reply.status_code == 201, reply.text
    made = reply.json()
    assert (made["email"], made["max_uses"], made["uses"], made["note"]) == (None, 30, 0, "Promo 2014")
    preview = await client.post(PREVIEW, json={"token": token_in(made["link"])})
    assert (preview.status_code, preview.json()["affiliation"]) == (200, "alum")
    [listed] = (await manager.get(INVITATIONS)).json()["items"]
    assert listed == {key: value for key, value in made.items() if key != "link"}
    assert [(entry.action, entry.subject_id) for entry in entries] == [("invitation.created", made["id"])]


async def test_an_invitation_by_mail_shows_its_link_to_its_reader_alone(
    manager: httpx.AsyncClient, client: httpx.AsyncClient, parvis: Parvis, mailbox: Mailbox
) -> None:
    reply = await manager.post(INVITATIONS, json={"affiliation": "affiliate", "email": "Anne@Delta.example"})
    await parvis.jobs.run_once()

    assert (reply.json()["email"], reply.json()["link"], reply.json()["max_uses"]) == ("anne@delta.example", None, 1)
    link = link_in(mailbox.messages_to("anne@delta.example")[-1])
    assert (await client.post(PREVIEW, json={"token": token_in(link)})).json()["email"] == "anne@delta.example"


async def test_a_revoked_invitation_lets_nobody_in(
    manager: httpx.AsyncClient, client: httpx.AsyncClient, parvis: Parvis
) -> None:
    made = (await manager.post(INVITATIONS, json={"affiliation": "alum", "max_uses": 2})).json()
    url = f"{INVITATIONS}/{made['id']}"

    async with audited_during(parvis) as entries:
        assert (await manager.delete(url)).status_code == 204
        assert (await manager.delete(url)).status_code == 404

    assert (await client.post(PREVIEW, json={"token": token_in(made["link"])})).status_code == 410
    assert [entry.action for entry in entries] == ["invitation.revoked"]


async def test_open_invitations_are_told_from_those_that_are_over(
    moved_clock: MovableClock, parvis: Parvis, sign_in: SignIn
) -> None:
    manager = await sign_in(await make_member(parvis, "Zoé Gestion", roles=["people_administrator"]))
    made = {}
    for note, days in (("brève", 1), ("longue", 10), ("retirée", 10)):
        draft = {"affiliation": "alum", "note": note, "days": days}
        made[note] = (await manager.post(INVITATIONS, json=draft)).json()["id"]
    await manager.delete(f"{INVITATIONS}/{made['retirée']}")
    moved_clock.advance(timedelta(days=2))

    async def notes(**query: str) -> list[str]:
        return sorted(item["note"] for item in (await manager.get(INVITATIONS, params=query)).json()["items"])

    assert await notes(open="true") == ["longue"]
    assert await notes(open="false") == ["brève", "retirée"]
    assert await notes() == ["brève", "longue", "retirée"]


async def test_pages_of_invitations_neither_repeat_nor_skip(manager: httpx.AsyncClient) -> None:
    made = [
        (await manager.post(INVITATIONS, json={"affiliation": "alum", "note": str(number)})).json()["note"]
        for number in range(5)
    ]
    seen: list[str] = []
    query: dict[str, str] = {"limit": "2"}
    while True:
        page = (await manager.get(INVITATIONS, params=query)).json()
        seen += [item["note"] for item in page["items"]]
        if page["next"] is None:
            break
        query["cursor"] = page["next"]

    assert seen == made[::-1]


async def test_a_retried_invitation_is_made_once_and_shows_the_same_link(manager: httpx.AsyncClient) -> None:
    draft, key = {"affiliation": "alum"}, {"idempotency-key": "promo-2014"}

    first = await manager.post(INVITATIONS, json=draft, headers=key)
    second = await manager.post(INVITATIONS, json=draft, headers=key)

    assert first.json() == second.json()
    assert len((await manager.get(INVITATIONS)).json()["items"]) == 1


async def test_invitations_are_limited_in_number_each_minute(manager: httpx.AsyncClient) -> None:
    codes = [(await manager.post(INVITATIONS, json={"affiliation": "alum"})).status_code for _ in range(61)]

    assert codes == [201] * 60 + [429]
