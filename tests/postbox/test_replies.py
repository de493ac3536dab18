"""Answering by mail: whose it is, that it is said once, and that nobody says anything in somebody else's name."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from parvis.kernel.clock import MovableClock
from parvis.kernel.config import Settings
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, run_jobs
from tests.make.chat import CONVERSATIONS, Room, answered
from tests.make.communities import Place, Someone
from tests.make.gatherings import attend, gather
from tests.make.mailbox import Mailbox, link_in, text_of
from tests.make.postbox import (
    INBOUND,
    VOUCHED,
    act,
    address_of,
    hand_over,
    listening,
    look,
    reply_address,
    token_of,
    written,
)
from tests.make.posts import comment, discussed, say, told, url_of

ADDRESSES = "/api/v1/me/reply-addresses"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update=VOUCHED)


@pytest.fixture
async def port(parvis: Parvis) -> AsyncIterator[int]:
    async with listening(parvis) as number:
        yield number


async def said_under(reader: Someone, post: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["author"]["name"], one["body"]) for one in await discussed(reader, post)]


async def test_who_sends_files_where_none_are_taken_is_told_so(
    parvis: Parvis, port: int, mailbox: Mailbox, sophie: Someone, claire: Someone, place: Place
) -> None:
    post = await say(sophie, place)
    to, hers = await reply_address(parvis, claire, "post", post), (await address_of(parvis, claire)).email
    mail = written(hers, to, "Voici le plan.")
    mail.add_attachment(b"%PDF-1.4 plan", maintype="application", subtype="pdf", filename="plan.pdf")
    for _ in range(2):
        assert await hand_over(port, mail) == 250
    await run_jobs(parvis)
    assert await said_under(sophie, post) == [("Claire Vasseur", "Voici le plan.")]
    (notice,) = mailbox.messages_to(hers)
    assert "(plan.pdf)" in text_of(notice)
    assert f"/posts/{post['id']}" in text_of(notice)


async def test_an_answer_stands_in_the_thread_with_her_name_once(
    parvis: Parvis, port: int, sophie: Someone, claire: Someone, place: Place
) -> None:
    post = await say(sophie, place)
    to, hers = await reply_address(parvis, claire, "post", post), (await address_of(parvis, claire)).email
    mail = written(hers, to, "Je serai là.\n\nOn 24/11/2026 18:02, Parvis wrote:\n> Bonjour à tous.\n")
    assert await hand_over(port, mail) == 250
    assert await said_under(sophie, post) == [("Claire Vasseur", "Je serai là.")]
    assert [fact.data["post_id"] for fact in await told(parvis, "comment.added")] == [post["id"]]
    codes = await asyncio.gather(*(hand_over(port, mail) for _ in range(3)))  # The relay had heard no answer.
    assert codes == [250, 250, 250]
    assert await said_under(sophie, post) == [("Claire Vasseur", "Je serai là.")]
    assert await hand_over(port, written(hers, to.upper(), "Et j’apporte les cartes.")) == 250
    assert len(await said_under(sophie, post)) == 2


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_nobody_speaks_in_her_name(
    parvis: Parvis, port: int, sophie: Someone, claire: Someone, ines: Someone, place: Place
) -> None:
    post = await say(sophie, place)
    to, hers = await reply_address(parvis, claire, "post", post), (await address_of(parvis, claire)).email
    theirs = (await address_of(parvis, ines)).email
    assert await hand_over(port, written(theirs, to)) == 550
    assert await hand_over(port, written(hers, to, vouched=False)) == 550
    forged = written(hers, to, vouched=False, Authentication_Results="mx.evil.example; dmarc=pass header.from=x")
    assert await hand_over(port, forged) == 550
    twice = written(hers, to)
    twice["Authentication-Results"] = str(twice["Authentication-Results"])
    assert await hand_over(port, twice) == 550
    two = written(hers, to)
    del two["From"]
    two["From"] = f"{hers}, {theirs}"
    assert await hand_over(port, two) == 554
    for guessed in (f"{to[:-20]}{'a' * 8}@in.univ.example", INBOUND, "reply+rabc@in.univ.example", "x@in.univ.example"):
        assert await hand_over(port, written(hers, guessed)) in {550, 553}
    assert await said_under(sophie, post) == []


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_what_no_person_wrote_is_passed_over(
    parvis: Parvis, port: int, sophie: Someone, claire: Someone, place: Place
) -> None:
    post = await say(sophie, place)
    to, hers = await reply_address(parvis, claire, "post", post), (await address_of(parvis, claire)).email
    fields = [("Auto-Submitted", "auto-replied"), ("Precedence", "bulk"), ("List-Id", "<x.example>"), ("X-Loop", "y")]
    for name, value in fields:
        mail = written(hers, to)
        mail[name] = value
        assert await hand_over(port, mail) == 250
    assert await hand_over(port, written(hers, to, "> Bonjour.\n")) == 550
    assert await said_under(sophie, post) == []


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_an_address_of_who_was_taken_out_is_as_one_that_never_was(
    parvis: Parvis, port: int, sophie: Someone, claire: Someone, place: Place
) -> None:
    post = await say(sophie, place)
    to, hers = await reply_address(parvis, claire, "post", post), (await address_of(parvis, claire)).email
    assert [one["title"] for one in await listed(claire)] == ["Bonjour à tous."]
    assert (await sophie.browser.delete(f"{place.url}/members/{claire.id}")).status_code == 204
    assert await hand_over(port, written(hers, to)) == 550
    assert [one["title"] for one in await listed(claire)] == [None]
    assert await said_under(sophie, post) == []


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_addresses_are_taken_back_by_their_member_alone(
    parvis: Parvis,
    counted_queries: CountedQueries,
    port: int,
    sophie: Someone,
    claire: Someone,
    ines: Someone,
    place: Place,
) -> None:
    post, other = await say(sophie, place), await say(sophie, place, "Autre chose.")
    under = await comment(sophie, other, "Qui vient ?")
    to, hers = await reply_address(parvis, claire, "post", post), (await address_of(parvis, claire)).email
    other_to = await reply_address(parvis, claire, "comment", under)
    room = await channel(claire, ines)
    message = await room.say(ines, "À demain ?")
    await reply_address(parvis, claire, "message", message)
    with counted_queries() as queries:
        found = await listed(claire)
    assert len(queries) <= 6
    assert [(one["kind"], one["title"]) for one in found] == [
        ("message", "À demain ?"),
        ("comment", "Autre chose."),
        ("post", "Bonjour à tous."),
    ]
    assert (await ines.browser.delete(f"{ADDRESSES}/{found[2]['id']}")).status_code == 404
    assert (await claire.browser.delete(f"{ADDRESSES}/{found[2]['id']}")).status_code == 204
    assert await hand_over(port, written(hers, to)) == 550
    assert await hand_over(port, written(hers, other_to, "Moi.")) == 250
    assert [(one["body"], one["reply_count"]) for one in await discussed(sophie, other)] == [("Qui vient ?", 1)]
    assert (await claire.browser.delete(ADDRESSES)).status_code == 204
    assert await hand_over(port, written(hers, other_to, "Encore.")) == 550
    assert await listed(claire) == []


async def test_a_message_is_answered_with_a_file(
    parvis: Parvis, port: int, claire: Someone, ines: Someone, place: Place
) -> None:
    room = await channel(claire, ines)
    message = await room.say(ines, "Tu as le plan ?")
    to, hers = await reply_address(parvis, claire, "message", message), (await address_of(parvis, claire)).email
    mail = written(hers, to, "Le voici.")
    mail.add_attachment(b"%PDF-1.4 plan", maintype="application", subtype="pdf", filename="../Plan d’accès.pdf")
    logo = b"\x89PNG\r\n\x1a\n"
    mail.add_attachment(logo, maintype="image", subtype="png", disposition="inline", cid="<logo>", filename="logo.png")
    assert await hand_over(port, mail) == 250
    assert await hand_over(port, mail) == 250
    last = (await room.messages(ines))["items"][-1]
    assert (last["author"]["name"], last["text"], last["quote"]["text_start"]) == (
        "Claire Vasseur",
        "Le voici.",
        "Tu as le plan ?",
    )
    assert [(one["name"], one["size"]) for one in last["files"]] == [("Plan d’accès.pdf", 13)]
    assert (await ines.browser.get(last["files"][0]["url"])).content == b"%PDF-1.4 plan"


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_the_door_is_narrow(parvis: Parvis, port: int, sophie: Someone, claire: Someone, place: Place) -> None:
    post = await say(sophie, place)
    to, hers = await reply_address(parvis, claire, "post", post), (await address_of(parvis, claire)).email
    assert await hand_over(port, written(hers, to, "x" * 10_001)) == 552
    huge = written(hers, to)
    huge.add_attachment(b"0" * parvis.settings.mail_limit, maintype="application", subtype="zip", filename="x.zip")
    assert await hand_over(port, huge) == 552
    strange = parvis.settings.model_copy(update={"mail_relays": ["192.0.2.0/24"]})
    parvis.settings, mine = strange, parvis.settings
    async with listening(parvis) as other:
        assert await hand_over(other, written(hers, to)) == 554
    parvis.settings = mine
    assert await said_under(sophie, post) == []


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_without_a_relay_an_answer_waits_for_its_author(
    parvis: Parvis,
    client: httpx.AsyncClient,
    mailbox: Mailbox,
    sophie: Someone,
    claire: Someone,
    ines: Someone,
    place: Place,
) -> None:
    parvis.settings = parvis.settings.model_copy(update={"mail_authserv": ""})
    room = await channel(claire, ines)
    message = await room.say(ines, "Tu as le plan ?")
    to, hers = await reply_address(parvis, claire, "message", message), (await address_of(parvis, claire)).email
    mail = written(hers, to, "Le voici.\n--\nClaire", vouched=False)
    mail.add_attachment(b"%PDF-1.4 plan", maintype="application", subtype="pdf", filename="plan.pdf")
    async with listening(parvis) as port:
        assert await hand_over(port, mail) == 250
        assert await hand_over(port, mail) == 250
        assert await hand_over(port, written((await address_of(parvis, ines)).email, to)) == 550
    assert await room.texts(ines) == ["Tu as le plan ?"]
    await run_jobs(parvis)
    [asked] = mailbox.messages_to(hers)
    token = token_of(link_in(asked))
    assert (await look(client, token)).json()["words"] == "Le voici."
    assert await room.texts(ines) == ["Tu as le plan ?"]
    for _ in range(2):
        reply = await act(client, token)
        assert (reply.status_code, reply.json()["choices"][0]["chosen"]) == (200, True)
    assert await room.texts(ines) == ["Tu as le plan ?", "Le voici."]
    last = (await room.messages(ines))["items"][-1]
    assert [one["name"] for one in last["files"]] == ["plan.pdf"]
    assert (await claire.browser.delete(ADDRESSES)).status_code == 204
    assert (await look(client, token)).status_code == 410


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_a_mail_says_where_it_is_answered(
    parvis: Parvis, moved_clock: MovableClock, mailbox: Mailbox, sophie: Someone, ines: Someone, place: Place
) -> None:
    post = await gather(sophie, place)
    assert await attend(ines, post) == 200
    wanted = {"minutes_before": 60, "by_mail": True}
    assert (await ines.browser.put(url_of(post, "reminder"), json=wanted)).status_code == 200
    moved_clock.advance(timedelta(days=7, minutes=-50))
    await run_jobs(parvis)
    [mail] = mailbox.messages_to((await address_of(parvis, ines)).email)
    answering = await reply_address(parvis, ines, "post", post)
    assert mail["Reply-To"].addresses[0].addr_spec == answering
    assert len(answering.partition("@")[0]) <= 64


async def listed(someone: Someone) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await answered(someone.browser.get(ADDRESSES)))["items"]
    return items


async def channel(someone: Someone, other: Someone) -> Room:
    """What two say to each other."""
    made = await answered(someone.browser.post(CONVERSATIONS, json={"kind": "direct", "member_id": other.id}))
    return Room(made["id"])
