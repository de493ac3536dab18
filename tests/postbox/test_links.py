"""Answering by links of mails: robots do nothing by them, and who may not see a thing learns nothing."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Address, Member
from parvis.kernel import clock
from parvis.kernel.clock import MovableClock
from parvis.kernel.runtime import Parvis
from tests.conftest import run_jobs
from tests.make.announcements import announce
from tests.make.communities import Place, Someone
from tests.make.gatherings import coming, gather
from tests.make.mailbox import Mailbox
from tests.make.people import affiliate
from tests.make.postbox import ANSWER, PREVIEW, act, acted, acts_in, address_of, link_for, look, token_of
from tests.make.posts import say, seen, url_of
from tests.make.spaces import make_folder, space_of
from tests.make.spaces import seen as seen_at

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], scope="session")


async def ask(author: Someone, place: Place, **poll: Any) -> dict[str, Any]:
    draft = {"options": ["Lundi", "Mardi", "Jeudi"], **poll}
    return await say(author, place, "Quel jour pour la répétition ?", kind="poll", poll=draft)


def told(reply: httpx.Response) -> tuple[int, str, str]:
    """What is told of a problem, but for the number of the request."""
    return reply.status_code, reply.json()["code"], reply.json()["title"]


async def test_a_reminder_offers_three_answers_and_no_robot_gives_one(
    parvis: Parvis,
    moved_clock: MovableClock,
    mailbox: Mailbox,
    client: httpx.AsyncClient,
    sophie: Someone,
    ines: Someone,
    place: Place,
) -> None:
    said = await gather(sophie, place)
    await ines.browser.put(url_of(said, "attendance"), json={"answer": "maybe"})
    wanted = {"minutes_before": 60, "by_mail": True}
    assert (await ines.browser.put(url_of(said, "reminder"), json=wanted)).status_code == 200
    moved_clock.advance(timedelta(days=7, minutes=-50))
    await run_jobs(parvis)
    mailbox_of_ines = (await address_of(parvis, ines)).email
    acts = acts_in(mailbox.messages_to(mailbox_of_ines)[0])
    assert set(acts) == {"I am coming", "Maybe", "I am not coming"}

    for link in acts.values():
        path, token = link.partition("#")[0], token_of(link)
        for method in ("GET", "HEAD", "OPTIONS"):
            for address in (path, f"{path}?{token}", PREVIEW, ANSWER, f"{ANSWER}?token={token}"):
                await client.request(method, address)
        assert (await look(client, token)).json()["name"] == ines.name
        assert (await client.post(ANSWER, data={"token": token})).status_code == 422
        assert (await client.post(ANSWER, json={"token": token})).status_code == 422
    assert await coming(sophie, said, "maybe") == [ines.name]

    token = token_of(acts["I am coming"])
    assert acts["I am coming"].endswith(".yes")
    assert await acted(client, token, ["no"]) == ["no"]
    assert await acted(client, token, ["yes"]) == ["yes"]
    assert await acted(client, token, ["yes"]) == ["yes"]
    assert await coming(sophie, said) == [ines.name]
    assert await acted(client, token, []) == []
    assert (await client.get("/api/v1/session")).json()["member"] is None


async def test_a_poll_takes_another_answer_until_it_closes(
    parvis: Parvis, moved_clock: MovableClock, client: httpx.AsyncClient, sophie: Someone, ines: Someone, place: Place
) -> None:
    said = await ask(sophie, place, closes_at=(clock.now() + timedelta(days=2)).isoformat())
    token = await link_for(parvis, ines, "vote", said)
    first, second, third = [one["value"] for one in (await look(client, token)).json()["choices"]]
    assert await acted(client, token, [second]) == [second]
    assert await acted(client, token, [third]) == [third]
    assert (await act(client, token, [first, second])).status_code == 422
    assert (await act(client, token, ["yes"])).status_code == 422
    assert [one["votes"] for one in (await seen(ines, said))["poll"]["options"]] == [0, 0, 1]
    moved_clock.advance(timedelta(days=3))
    assert told(await act(client, token, [first]))[:2] == (409, "poll_closed")
    closed = (await look(client, token)).json()
    assert (closed["open"], [one["chosen"] for one in closed["choices"]]) == (False, [False, False, True])


async def test_an_announcement_is_acknowledged_and_thanked_for(
    parvis: Parvis, mailbox: Mailbox, client: httpx.AsyncClient, sophie: Someone, ines: Someone
) -> None:
    said = await announce(parvis, sophie, asks=True, by_mail=True)
    acts = acts_in(mailbox.messages_to((await address_of(parvis, ines)).email)[0])
    assert set(acts) == {"I have read it", "Say thanks"}
    read, thanks = (token_of(acts[name]) for name in ("I have read it", "Say thanks"))
    assert await acted(client, read) == ["yes"]
    assert await acted(client, read, []) == ["yes"]  # What was read was read.
    assert await acted(client, thanks) == ["yes"]
    post = await seen(ines, said)
    assert post["announcement"]["acknowledged_at"] is not None
    assert [(one["kind"], one["mine"]) for one in post["reactions"]] == [("thanks", True)]
    assert await acted(client, thanks, []) == []
    assert told(await act(client, await link_for(parvis, ines, "vote", said))) == told(await act(client, "0" * 43))


async def test_a_folder_is_followed(
    parvis: Parvis, client: httpx.AsyncClient, sophie: Someone, ines: Someone, place: Place
) -> None:
    folder = await make_folder(sophie, await space_of(sophie, place), "Cours")
    token = await link_for(parvis, ines, "follow", folder)
    assert (await look(client, token)).json()["title"] == "Cours"
    assert await acted(client, token) == ["yes"]
    assert (await seen_at(ines, f"/api/v1/folders/{folder['id']}"))["is_followed"]
    assert await acted(client, token, []) == []


async def test_a_link_that_was_changed_or_is_old_leads_nowhere(
    parvis: Parvis, moved_clock: MovableClock, client: httpx.AsyncClient, sophie: Someone, ines: Someone, place: Place
) -> None:
    said = await ask(sophie, place)
    token = await link_for(parvis, ines, "vote", said)
    whole = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    for place_of_byte in range(0, len(whole), 3):  # Its version, its nonce, what it seals, its proof.
        other = bytearray(whole)
        other[place_of_byte] ^= 1
        forged = urlsafe_b64encode(bytes(other)).decode().rstrip("=")
        assert told(await look(client, forged))[0] == 410
    moved_clock.advance(timedelta(days=29))
    assert (await look(client, token)).status_code == 200
    moved_clock.advance(timedelta(days=2))
    assert told(await look(client, token)) == told(await look(client, "0" * 43))


async def test_who_was_taken_out_meets_the_page_of_a_link_that_never_was(
    parvis: Parvis, client: httpx.AsyncClient, sophie: Someone, ines: Someone, claire: Someone, place: Place
) -> None:
    said = await ask(sophie, place)
    hers, theirs = await link_for(parvis, ines, "vote", said), await link_for(parvis, claire, "vote", said)
    choice = (await look(client, hers)).json()["choices"][0]["value"]
    nothing = told(await act(client, "0" * 43, [choice]))
    assert (await sophie.browser.delete(f"{place.url}/members/{ines.id}")).status_code == 204
    assert told(await look(client, hers)) == told(await act(client, hers, [choice])) == nothing
    assert await acted(client, theirs, [choice]) == [choice]

    async def suspend(session: AsyncSession) -> None:
        gone = update(Member).where(Member.id == claire.member.id)
        await session.execute(gone.values(suspended_at=clock.now()))

    await parvis.database.write(suspend)
    assert told(await look(client, theirs)) == told(await act(client, theirs, [choice])) == nothing


async def test_an_address_that_its_member_lost_acts_for_him_no_more(
    parvis: Parvis, client: httpx.AsyncClient, sophie: Someone, ines: Someone, place: Place
) -> None:
    """An institution gives an address to somebody else when its holder has left."""
    said = await ask(sophie, place)
    token = await link_for(parvis, ines, "vote", said)
    await affiliate(parvis, ines.member, "alum")

    async def leave(session: AsyncSession) -> None:
        await session.execute(
            update(Address).where(Address.member_id == ines.member.id).values(kind="institutional", verified_at=None)
        )

    assert (await look(client, token)).status_code == 200
    await parvis.database.write(leave)
    assert told(await look(client, token)) == told(await look(client, "0" * 43))
