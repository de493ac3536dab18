"""Communities are suggested for a reason that is true, and that tells of nobody what he hides."""

from datetime import date

import httpx
import pytest

from parvis.accounts.models import Member
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, SignIn
from tests.make.communities import COMMUNITIES, Place, Someone, arrive, make_closed, make_community
from tests.make.directory import befriend, block, say
from tests.make.people import affiliate, make_programme, make_unit

SUGGESTED = f"{COMMUNITIES}/suggestions"


async def suggested(browser: httpx.AsyncClient) -> dict[str, dict[str, object]]:
    """By name: why, how many, who and what."""
    reply = await browser.get(SUGGESTED)
    assert reply.status_code == 200, reply.text
    return {
        item["community"]["name"]: {
            "why": item["why"],
            "people": item["people"],
            "known": [person["name"] for person in item["known"]],
            "subjects": item["subjects"],
        }
        for item in reply.json()["items"]
    }


@pytest.fixture
async def fellows(parvis: Parvis, sign_in: SignIn, ines: Someone) -> list[Someone]:
    """Three of Inès's programme."""
    programme = await make_programme(parvis, "M1 Hydrologie", await make_unit(parvis, "Faculté"))
    people = [await arrive(parvis, sign_in, name) for name in ("Ada Un", "Bob Deux", "Cid Trois")]
    for someone in (ines, *people):
        await affiliate(parvis, someone.member, "student", programme_id=programme.id, starts_on=date(2025, 9, 1))
    return people


async def fill(place: Place, *people: Someone) -> Place:
    for someone in people:
        assert (await place.join(someone)).status_code == 200
    return place


async def test_each_has_its_reason(
    parvis: Parvis, nadia: Someone, ines: Someone, claire: Someone, fellows: list[Someone]
) -> None:
    await befriend(parvis, ines.member, claire.member)
    await say(parvis, ines.member, "skills", ["Hydrologie"])
    await fill(await make_community(nadia, "Chorale"), claire)
    await fill(await make_community(nadia, "Vélo"), *fellows)
    await make_community(nadia, "Rivières", access="on_request", tags=["hydrologie", "Crues"])
    await make_community(nadia, "Échecs")
    assert await suggested(ines.browser) == {
        "Chorale": {"why": "contacts", "people": 1, "known": ["Claire Vasseur"], "subjects": []},
        "Vélo": {"why": "programme", "people": 3, "known": [], "subjects": []},
        "Rivières": {"why": "subjects", "people": 0, "known": [], "subjects": ["hydrologie"]},
        "Échecs": {"why": "lively", "people": 0, "known": [], "subjects": []},
    }


async def test_what_one_may_not_know_is_no_reason(
    parvis: Parvis, nadia: Someone, ines: Someone, claire: Someone, guest: Someone, fellows: list[Someone]
) -> None:
    await befriend(parvis, ines.member, claire.member)
    await make_closed(nadia, claire, *fellows, name="Jury", tags=["hydrologie"])
    await make_closed(nadia, claire, *fellows, name="Sur demande", access="on_request")
    await fill(await make_community(nadia, "Déjà mienne"), ines, claire)
    banned = await make_community(nadia, "Sans Inès")
    await nadia.browser.put(f"{banned.url}/bans/{ines.id}", json={"reason": ""})
    archived = await make_community(nadia, "Passée")
    await nadia.browser.put(f"{archived.url}/archiving")
    await fill(await make_community(nadia, "Vélo"), *fellows)
    await say(parvis, fellows[0].member, "affiliations", None, "me")
    await block(parvis, fellows[1].member, ines.member)
    assert await suggested(ines.browser) == {"Vélo": {"why": "lively", "people": 0, "known": [], "subjects": []}}
    assert await suggested(guest.browser) == {}


async def test_it_takes_as_many_queries_for_many(
    parvis: Parvis, sign_in: SignIn, nadia: Someone, ines: Someone, claire: Someone, counted_queries: CountedQueries
) -> None:
    await befriend(parvis, ines.member, claire.member)
    await say(parvis, ines.member, "skills", ["Hydrologie"])
    friends: list[Member] = []
    for number in range(3):
        friend = await arrive(parvis, sign_in, f"Ami {number}")
        await befriend(parvis, ines.member, friend.member)
        friends.append(friend.member)
        await fill(await make_community(nadia, f"Lieu {number}", tags=["Hydrologie"]), friend, claire)
    with counted_queries() as queries:
        assert len(await suggested(ines.browser)) == 3
    assert len(queries) == 10
