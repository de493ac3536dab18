"""Asking somebody to be in contact, and what comes of it."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx
import pytest

from parvis.kernel.events import Position
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, run_jobs
from tests.make.mailbox import Mailbox, text_of

from .conftest import Someone

CONTACTS, REQUESTS = "/api/v1/me/contacts", "/api/v1/me/contact-requests"


async def ask(one: Someone, other: Someone, message: str = "") -> httpx.Response:
    return await one.browser.put(f"{REQUESTS}/{other.id}", json={"message": message})


async def known(one: Someone, **query: str) -> list[str]:
    reply = await one.browser.get(CONTACTS, params=query)
    return [item["person"]["name"] for item in reply.json()["items"]]


async def waiting(one: Someone, direction: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await one.browser.get(REQUESTS, params={"direction": direction})).json()["items"]
    return found


async def test_who_is_asked_and_accepts_is_in_contact_both_ways(
    ines: Someone, claire: Someone, parvis: Parvis, mailbox: Mailbox
) -> None:
    asked = await ask(ines, claire, "Nous étions au colloque des rivières.")
    await run_jobs(parvis)

    assert asked.json()["contact"] == "sent"
    assert asked.json()["abilities"] == ["cancel_contact", "block"]
    [request] = await waiting(claire, "received")
    assert (request["person"]["name"], request["message"]) == ("Inès Benali", "Nous étions au colloque des rivières.")
    assert [item["person"]["name"] for item in await waiting(ines, "sent")] == ["Claire Vasseur"]
    assert (await claire.browser.get(f"{REQUESTS}/count")).json() == {"received": 1}
    assert (await claire.ties_to(ines))["abilities"] == ["accept_contact", "cancel_contact", "block"]
    [mail] = mailbox.messages_to("claire.vasseur@univ.example")
    assert "Inès Benali" in text_of(mail)
    assert "colloque" not in text_of(mail)

    accepted = await claire.browser.put(f"{CONTACTS}/{ines.id}")

    assert accepted.json()["contact"] == "contact"
    assert (await known(ines), await known(claire)) == (["Claire Vasseur"], ["Inès Benali"])
    assert (await waiting(claire, "received"), await waiting(ines, "sent")) == ([], [])
    assert (await ines.ties_to(claire))["abilities"] == ["remove_contact", "block"]


async def test_asking_twice_is_asking_once(ines: Someone, claire: Someone, parvis: Parvis, mailbox: Mailbox) -> None:
    for message in ("Bonjour", "Re-bonjour"):
        assert (await ask(ines, claire, message)).status_code == 200
    await run_jobs(parvis)
    assert [item["message"] for item in await waiting(claire, "received")] == ["Bonjour"]
    assert len(mailbox.messages_to("claire.vasseur@univ.example")) == 1


async def test_two_who_ask_each_other_are_in_contact(ines: Someone, claire: Someone) -> None:
    await ask(ines, claire)
    crossed = await ask(claire, ines)
    assert crossed.json()["contact"] == "contact"
    assert (await known(ines), await known(claire)) == (["Claire Vasseur"], ["Inès Benali"])
    assert await waiting(ines, "received") == []


async def test_many_requests_at_an_instant_leave_one_contact(ines: Someone, claire: Someone) -> None:
    await asyncio.gather(*(ask(*pair) for _ in range(25) for pair in ((ines, claire), (claire, ines))))
    assert (await known(ines), await known(claire)) == (["Claire Vasseur"], ["Inès Benali"])
    assert (await waiting(ines, "received"), await waiting(claire, "received")) == ([], [])


async def test_a_request_is_declined_in_silence_and_may_be_taken_back(ines: Someone, claire: Someone) -> None:
    await ask(ines, claire)
    assert (await claire.browser.delete(f"{REQUESTS}/{ines.id}")).status_code == 204
    assert (await claire.browser.delete(f"{REQUESTS}/{ines.id}")).status_code == 404
    assert (await ines.ties_to(claire))["contact"] == "sent"
    assert len(await waiting(ines, "sent")) == 1
    assert (await claire.ties_to(ines))["contact"] == "none"
    await ask(ines, claire)
    assert await waiting(claire, "received") == []
    assert (await claire.browser.get(f"{REQUESTS}/count")).json() == {"received": 0}
    assert (await ines.browser.delete(f"{REQUESTS}/{claire.id}")).status_code == 204
    assert await waiting(claire, "received") == []
    assert (await ines.browser.delete(f"{REQUESTS}/{claire.id}")).status_code == 404


async def test_who_declined_may_change_his_mind(ines: Someone, claire: Someone) -> None:
    await ask(ines, claire)
    await claire.browser.delete(f"{REQUESTS}/{ines.id}")
    assert (await ask(claire, ines)).json()["contact"] == "contact"


async def test_nobody_accepts_what_was_not_asked_of_him(ines: Someone, claire: Someone, hugo: Someone) -> None:
    await ask(ines, claire)
    for wrong in (await ines.browser.put(f"{CONTACTS}/{claire.id}"), await hugo.browser.put(f"{CONTACTS}/{ines.id}")):
        assert wrong.status_code == 404
    assert await known(claire) == []


async def test_a_contact_is_removed_both_ways(ines: Someone, claire: Someone) -> None:
    await ask(ines, claire)
    await ask(claire, ines)
    assert (await claire.browser.delete(f"{CONTACTS}/{ines.id}")).status_code == 204
    assert (await known(ines), await known(claire)) == ([], [])
    assert (await claire.browser.delete(f"{CONTACTS}/{ines.id}")).status_code == 404


async def test_contacts_are_found_by_words_and_read_in_four_queries(
    ines: Someone, claire: Someone, hugo: Someone, counted_queries: CountedQueries
) -> None:
    for other in (claire, hugo):
        await ask(ines, other)
        await ask(other, ines)
    assert await known(ines, q="vasseur") == ["Claire Vasseur"]
    assert await known(ines, limit="1") == ["Claire Vasseur"]
    with counted_queries() as queries:
        assert await known(ines) == ["Claire Vasseur", "Hugo Ferreira"]
    assert len(queries) == 2
    with counted_queries() as queries:
        await ines.ties_to(claire)
    assert len(queries) == 3


@pytest.mark.parametrize("path", ["ties", "request", "acceptance"])
async def test_who_may_not_be_found_is_not_there(path: str, ines: Someone, guest: Someone) -> None:
    async def answer(browser: httpx.AsyncClient, member_id: str) -> httpx.Response:
        if path == "ties":
            return await browser.get(f"/api/v1/profiles/{member_id}/ties")
        if path == "request":
            return await browser.put(f"{REQUESTS}/{member_id}", json={})
        return await browser.put(f"{CONTACTS}/{member_id}")

    unknown = await answer(ines.browser, str(uuid4()))
    invisible = await answer(ines.browser, guest.id)
    as_guest = await answer(guest.browser, ines.id)
    for refused in (unknown, invisible, as_guest):
        assert refused.status_code == 404
        assert {**refused.json(), "request_id": ""} == {**unknown.json(), "request_id": ""}


async def test_one_is_not_in_contact_with_oneself(ines: Someone) -> None:
    assert (await ask(ines, ines)).json()["code"] == "oneself"
    assert (await ines.ties_to(ines))["abilities"] == []


async def test_facts_say_to_each_what_to_fetch_and_not_with_whom(
    ines: Someone, claire: Someone, parvis: Parvis
) -> None:
    await ask(ines, claire)
    await claire.browser.delete(f"{REQUESTS}/{ines.id}")
    async with asyncio.timeout(20):
        while True:
            facts = [fact for fact in await parvis.log.after(Position()) if fact.type == "contacts.changed"]
            if len(facts) >= 3:
                break
            await asyncio.sleep(0.01)
    assert [fact.topic for fact in facts] == [f"member:{ines.id}", f"member:{claire.id}", f"member:{claire.id}"]
    assert all(set(fact.data) == {"member_id"} for fact in facts)
    assert [fact.actor_id for fact in facts] == [ines.member.id, None, claire.member.id]
