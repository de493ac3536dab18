"""Offering mentoring, asking for it, answering and ending it."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx
import pytest

from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, SignIn, run_jobs
from tests.make.mailbox import Mailbox, text_of
from tests.make.people import make_member

from .conftest import Someone

MENTORSHIPS = "/api/v1/mentorships"
OFFER = {
    "text": "Relire un mémoire, parler du métier.",
    "capacity": 1,
    "minutes": 30,
    "formats": ["video"],
    "languages": ["fr", "en"],
}


async def offer(mentor: Someone, level: str = "organisation", **more: object) -> None:
    draft = {"mentoring": {**OFFER, **more}, "levels": {"mentoring": level}}
    reply = await mentor.browser.patch("/api/v1/me/profile", json=draft)
    assert reply.status_code == 200, reply.text


async def ask(mentee: Someone, mentor: Someone) -> httpx.Response:
    return await mentee.browser.post(f"/api/v1/profiles/{mentor.id}/mentorships", json={"message": "Mon mémoire…"})


async def answer(mentor: Someone, mentorship_id: str, verb: str = "acceptance", **headers: str) -> httpx.Response:
    return await mentor.browser.put(
        f"{MENTORSHIPS}/{mentorship_id}/{verb}", json={"answer": "Volontiers."}, headers=headers
    )


async def listed(one: Someone, side: str, **query: str) -> list[dict[str, Any]]:
    reply = await one.browser.get(MENTORSHIPS, params={"side": side, **query})
    assert reply.status_code == 200, reply.text
    items: list[dict[str, Any]] = reply.json()["items"]
    return items


async def test_an_exchange_is_asked_for_accepted_and_ended(
    ines: Someone, claire: Someone, parvis: Parvis, mailbox: Mailbox
) -> None:
    await offer(claire)
    ties = await ines.ties_to(claire)
    assert ties["mentoring"] == {**{k: v for k, v in OFFER.items() if k != "capacity"}, "free_places": 1}
    assert "ask_mentoring" in ties["abilities"]  # type: ignore[operator]

    asked = await ask(ines, claire)
    assert (asked.status_code, asked.json()["side"], asked.json()["abilities"]) == (201, "mentee", ["withdraw"])
    [request] = await listed(claire, "mentor")
    assert (request["person"]["name"], request["message"]) == ("Inès Benali", "Mon mémoire…")
    assert request["abilities"] == ["accept", "decline"]
    accepted = await answer(claire, request["id"])
    await run_jobs(parvis)
    assert (accepted.json()["state"], accepted.headers["etag"]) == ("accepted", '"2"')
    assert (await ines.ties_to(claire))["mentoring"]["free_places"] == 0  # type: ignore[index]
    [mine] = await listed(ines, "mentee", state="accepted")
    assert (mine["answer"], mine["abilities"]) == ("Volontiers.", ["end"])
    assert "Inès Benali" in text_of(mailbox.messages_to("claire.vasseur@univ.example")[-1])
    assert "Claire Vasseur" in text_of(mailbox.messages_to("ines.benali@univ.example")[-1])

    ended = await ines.browser.put(f"{MENTORSHIPS}/{request['id']}/end")
    assert (ended.json()["state"], ended.json()["abilities"]) == ("ended", [])
    assert (await ines.ties_to(claire))["mentoring"]["free_places"] == 1  # type: ignore[index]


async def test_one_asks_once_and_again_after_an_end(ines: Someone, claire: Someone) -> None:
    await offer(claire)
    first = (await ask(ines, claire)).json()["id"]
    assert (await ask(ines, claire)).json()["code"] == "already_asked"
    assert (await ines.browser.put(f"{MENTORSHIPS}/{first}/end")).json()["state"] == "withdrawn"
    assert (await ask(ines, claire)).status_code == 201


async def test_a_mentor_declines_with_a_word(ines: Someone, claire: Someone) -> None:
    await offer(claire)
    asked = (await ask(ines, claire)).json()["id"]
    assert (await answer(claire, asked, "refusal")).json()["state"] == "declined"
    assert (await answer(claire, asked)).json()["code"] == "already_answered"
    [mine] = await listed(ines, "mentee")
    assert (mine["state"], mine["answer"]) == ("declined", "Volontiers.")


async def test_places_are_never_exceeded(claire: Someone, parvis: Parvis, sign_in: SignIn) -> None:
    await offer(claire, capacity=2)
    asked = []
    for number in range(20):
        member = await make_member(parvis, f"Élève {number}")
        asked.append((await ask(Someone(member, await sign_in(member)), claire)).json()["id"])
    replies = await asyncio.gather(*(answer(claire, one) for one in asked))
    assert sorted(reply.status_code for reply in replies) == [200, 200] + [409] * 18
    assert {reply.json()["code"] for reply in replies if reply.status_code == 409} == {"no_place_left"}
    assert len(await listed(claire, "mentor", state="accepted")) == 2


async def test_who_offers_no_more_accepts_nobody_more(ines: Someone, claire: Someone) -> None:
    await offer(claire)
    asked = (await ask(ines, claire)).json()["id"]
    await claire.browser.patch("/api/v1/me/profile", json={"mentoring": None})
    assert (await answer(claire, asked)).json()["code"] == "no_place_left"


async def test_an_offer_that_is_not_shown_is_not_there(ines: Someone, hugo: Someone, claire: Someone) -> None:
    await offer(hugo, level="publics")
    await offer(claire, level="publics")
    assert (await ines.ties_to(hugo))["mentoring"] is not None
    assert (await ines.ties_to(claire))["mentoring"] is None
    assert (await ask(ines, claire)).status_code == 404
    await claire.browser.patch("/api/v1/me/profile", json={"mentoring": None, "levels": {"mentoring": "organisation"}})
    assert (await ask(ines, claire)).status_code == 404


async def test_strangers_neither_read_nor_answer(ines: Someone, claire: Someone, hugo: Someone) -> None:
    await offer(claire)
    asked = (await ask(ines, claire)).json()["id"]
    unknown = await hugo.browser.get(f"{MENTORSHIPS}/{uuid4()}")
    for refused in (
        await hugo.browser.get(f"{MENTORSHIPS}/{asked}"),
        await answer(hugo, asked),
        await answer(hugo, asked, "refusal"),
        await hugo.browser.put(f"{MENTORSHIPS}/{asked}/end"),
    ):
        assert refused.status_code == 404
        assert {**refused.json(), "request_id": ""} == {**unknown.json(), "request_id": ""}
    assert (await answer(ines, asked)).status_code == 403
    assert (await claire.browser.put(f"{MENTORSHIPS}/{asked}/end")).status_code == 403


async def test_an_answer_to_what_has_changed_is_refused(ines: Someone, claire: Someone) -> None:
    await offer(claire)
    asked = (await ask(ines, claire)).json()["id"]
    read = await claire.browser.get(f"{MENTORSHIPS}/{asked}")
    assert read.headers["etag"] == '"1"'
    await ines.browser.put(f"{MENTORSHIPS}/{asked}/end")
    assert (await answer(claire, asked, **{"if-match": read.headers["etag"]})).status_code == 412


async def test_a_block_ends_what_is_open(ines: Someone, claire: Someone) -> None:
    await offer(claire)
    asked = (await ask(ines, claire)).json()["id"]
    await answer(claire, asked)
    await claire.browser.put(f"/api/v1/me/blocks/{ines.id}")
    assert (await listed(claire, "mentor"), await listed(ines, "mentee")) == ([], [])
    await claire.browser.delete(f"/api/v1/me/blocks/{ines.id}")
    [ended] = await listed(ines, "mentee")
    assert ended["state"] == "ended"


async def test_a_list_takes_three_queries(ines: Someone, claire: Someone, counted_queries: CountedQueries) -> None:
    await offer(claire)
    await ask(ines, claire)
    with counted_queries() as queries:
        assert len(await listed(ines, "mentee")) == 1
    assert len(queries) == 3


@pytest.mark.parametrize(
    "wrong",
    [{"capacity": 0}, {"capacity": 21}, {"minutes": 5}, {"formats": []}, {"formats": ["fax"]}, {"text": ""}],
)
async def test_an_offer_says_what_may_be_offered(wrong: dict[str, object], claire: Someone) -> None:
    reply = await claire.browser.patch("/api/v1/me/profile", json={"mentoring": {**OFFER, **wrong}})
    assert reply.status_code == 422
    [field] = wrong
    assert reply.json()["fields"][0]["path"].startswith(f"mentoring/{field}")


async def test_who_offers_is_found_in_the_directory(ines: Someone, claire: Someone) -> None:
    await offer(claire)
    found = await ines.browser.get("/api/v1/directory", params={"mentoring": "true"})
    assert [card["name"] for card in found.json()["items"]] == ["Claire Vasseur"]
    await claire.browser.patch("/api/v1/me/profile", json={"mentoring": None})
    assert (await ines.browser.get("/api/v1/directory", params={"mentoring": "true"})).json()["items"] == []


async def test_a_mentor_reads_how_many_wait_for_an_answer(
    ines: Someone, claire: Someone, counted_queries: CountedQueries
) -> None:
    async def waiting(one: Someone) -> object:
        return (await one.browser.get(f"{MENTORSHIPS}/count")).json()

    await offer(claire)
    assert await waiting(claire) == {"asked": 0}
    asked = (await ask(ines, claire)).json()
    with counted_queries() as queries:
        assert await waiting(claire) == {"asked": 1}
    assert len(queries) == 1
    assert await waiting(ines) == {"asked": 0}
    await answer(claire, asked["id"])
    assert await waiting(claire) == {"asked": 0}
