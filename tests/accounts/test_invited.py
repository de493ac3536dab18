"""Being invited: by mail, or by a link for several."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from parvis.accounts.actor import Actor, Actors
from parvis.accounts.auth import COOKIE
from parvis.accounts.models import Affiliation, Invitation, Member
from parvis.accounts.schemas.invitations import InvitationDraft
from parvis.accounts.service import invitations
from parvis.kernel import clock
from parvis.kernel.errors import Forbidden, NotFound
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make.audit import audited_during
from tests.make.doors import Doors
from tests.make.mailbox import text_of
from tests.make.people import make_member, make_organisation

EMAIL = "ada@mail.example"


@pytest.fixture
async def host(parvis: Parvis, sign_in: SignIn) -> Actor:
    """A people administrator."""
    await make_organisation(parvis, registration="invitation")
    browser = await sign_in(await make_member(parvis, "Nadia Cherkaoui", roles=["people_administrator"]))
    actor = await parvis.part(Actors).by_cookie(browser.cookies[COOKIE])
    assert actor is not None
    return actor


async def invited(parvis: Parvis, host: Actor, **draft: Any) -> str:
    """The token of a new invitation."""
    said = InvitationDraft.model_validate({"affiliation": "affiliate"} | draft)
    made = await parvis.database.write(invitations.invite, host, said)
    page, _, token = made.link.partition("#")
    assert page == "/door/invitation"
    return token


async def accept(browser: httpx.AsyncClient, token: str, **said: str) -> httpx.Response:
    return await browser.post("/api/v1/invitations/acceptance", json={"token": token, "name": "Ada Byron"} | said)


async def uses(parvis: Parvis) -> int:
    async with parvis.database.reading() as session:
        return (await session.scalars(select(Invitation.uses))).one()


async def test_an_invitation_by_mail_lets_its_reader_in(
    parvis: Parvis, host: Actor, client: httpx.AsyncClient, doors: Doors
) -> None:
    await invited(parvis, host, email="Ada@Mail.example", language="en")
    await doors.deliver()
    assert "Nadia Cherkaoui" in text_of(doors.mails_to(EMAIL)[-1])
    token = doors.token_to(EMAIL, "invitation")
    assert (await accept(client, token)).json()["status"] == "signed_in"
    me = (await client.get("/api/v1/session")).json()["member"]
    assert (me["name"], me["public"], me["roles"]) == ("Ada Byron", "partner", [])
    async with parvis.database.reading() as session:
        source = await session.scalar(select(Affiliation.source).where(Affiliation.kind == "affiliate"))
        assert source == "invitation"
    assert (await accept(client, token)).status_code == 410
    assert await uses(parvis) == 1


async def test_a_preview_says_what_it_is_and_spends_nothing(
    parvis: Parvis, host: Actor, client: httpx.AsyncClient
) -> None:
    token = await invited(parvis, host, email=EMAIL, affiliation="alum")
    answers = [await client.post("/api/v1/invitations/preview", json={"token": token}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    said = answers[1].json()
    assert said.pop("expires_at")
    assert said == {"organisation": "Université d’Exemple", "affiliation": "alum", "place": "", "email": EMAIL}
    assert await uses(parvis) == 0


async def test_an_invitation_by_link_verifies_the_address_first(
    parvis: Parvis, host: Actor, client: httpx.AsyncClient, doors: Doors
) -> None:
    token = await invited(parvis, host, max_uses=2)
    answer = await accept(client, token, email=EMAIL)
    assert answer.json() == {"status": "asked"}
    assert await uses(parvis) == 0
    await doors.deliver()
    confirmation = {"token": doors.token_to(EMAIL, "verify")}
    answer = await client.post("/api/v1/registrations/confirmation", json=confirmation)
    assert answer.json()["status"] == "signed_in"
    assert (await client.get("/api/v1/session")).json()["member"]["public"] == "partner"
    assert await uses(parvis) == 1


async def test_a_link_without_address_asks_for_one(parvis: Parvis, host: Actor, client: httpx.AsyncClient) -> None:
    answer = await accept(client, await invited(parvis, host))
    assert answer.status_code == 422
    assert answer.json()["fields"][0]["path"] == "email"


async def test_the_mail_of_an_invitation_cannot_be_taken_to_another_address(
    parvis: Parvis, host: Actor, client: httpx.AsyncClient
) -> None:
    token = await invited(parvis, host, email=EMAIL)
    assert (await accept(client, token, email="mallory@mail.example")).json()["status"] == "signed_in"
    addresses = (await client.get("/api/v1/me/addresses")).json()
    assert "mallory" not in str(addresses)
    assert EMAIL in str(addresses)


async def test_who_is_a_member_already_is_told_by_the_mailbox_alone(
    parvis: Parvis, host: Actor, client: httpx.AsyncClient, doors: Doors
) -> None:
    await make_member(parvis, "Ada Byron", EMAIL)
    answer = await accept(client, await invited(parvis, host, email=EMAIL))
    assert (answer.status_code, answer.json()["code"]) == (409, "address_taken")
    answer = await accept(client, await invited(parvis, host), email=EMAIL)
    assert answer.json() == {"status": "asked"}
    await doors.deliver()
    assert doors.token_to(EMAIL, "sign-in")


async def test_an_invitation_of_an_awaited_member_opens_that_account(
    parvis: Parvis, host: Actor, client: httpx.AsyncClient
) -> None:
    awaited = await make_member(parvis, "Ada Byron", EMAIL, activated=False)
    assert (await accept(client, await invited(parvis, host, email=EMAIL), name="A. B.")).status_code == 200
    me = (await client.get("/api/v1/session")).json()["member"]
    assert (me["id"], me["name"], me["publics"]) == (str(awaited.id), "Ada Byron", ["student", "partner"])


async def test_a_link_lets_in_as_many_as_it_was_made_for(
    parvis: Parvis, host: Actor, client: httpx.AsyncClient, doors: Doors
) -> None:
    token = await invited(parvis, host, max_uses=2)
    confirmations = []
    for at in range(3):
        email = f"guest{at}@mail.example"
        assert (await accept(client, token, email=email)).status_code == 200
        await doors.deliver()
        confirmations.append(doors.token_to(email, "verify"))
    statuses = [
        (await client.post("/api/v1/registrations/confirmation", json={"token": one})).status_code
        for one in confirmations
    ]
    assert statuses == [200, 200, 410]
    assert (await accept(client, token, email="late@mail.example")).status_code == 410
    async with parvis.database.reading() as session:
        assert len((await session.scalars(select(Member.id))).all()) == 3


async def test_an_expired_or_revoked_invitation_lets_nobody_in(
    parvis: Parvis, host: Actor, client: httpx.AsyncClient, moved_clock: clock.MovableClock
) -> None:
    expired = await invited(parvis, host, email=EMAIL, days=1)
    moved_clock.advance(timedelta(days=1))
    assert (await accept(client, expired)).status_code == 410
    revoked = await invited(parvis, host, email=EMAIL)
    async with parvis.database.reading() as session:
        last = (await session.scalars(select(Invitation.id).order_by(Invitation.id.desc()))).first()
    assert last is not None
    async with audited_during(parvis) as entries:
        await parvis.database.write(invitations.revoke, host, last)
    assert [(entry.action, entry.subject_id) for entry in entries] == [("invitation.revoked", str(last))]
    for path in ("acceptance", "preview"):
        body = {"token": revoked} | ({"name": "Ada"} if path == "acceptance" else {})
        assert (await client.post(f"/api/v1/invitations/{path}", json=body)).status_code == 410
    with pytest.raises(NotFound):
        await parvis.database.write(invitations.revoke, host, last)


async def test_only_people_administrators_invite(parvis: Parvis, host: Actor, sign_in: SignIn) -> None:
    for role in ("moderator", "communicator"):
        browser = await sign_in(await make_member(parvis, f"Mo {role}", roles=[role]))
        actor = await parvis.part(Actors).by_cookie(browser.cookies[COOKIE])
        assert actor is not None
        with pytest.raises(Forbidden):
            await invited(parvis, actor)


async def test_an_invitation_is_audited_without_its_address(parvis: Parvis, host: Actor) -> None:
    async with audited_during(parvis) as entries:
        await invited(parvis, host, email=EMAIL)
    assert [(entry.action, entry.actor_id) for entry in entries] == [("invitation.created", host.id)]
    assert EMAIL not in str(entries[0].detail)
