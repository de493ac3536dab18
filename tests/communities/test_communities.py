"""Communities: making them, finding them, changing them."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from parvis.kernel.events import LogEntry
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, SignIn
from tests.make.communities import COMMUNITIES, Someone, arrive, make_community

DRAFT: dict[str, Any] = {
    "name": "Géographie et aménagement",
    "access": "open",
    "summary": "Cartes, terrains et mémoires.",
    "description": "Les **questions** de première année sont bienvenues.",
    "tags": ["Cartographie", "cartographie", "Crue"],
}


async def names(reader: Someone, **query: Any) -> list[str]:
    reply = await reader.browser.get(COMMUNITIES, params=query)
    assert reply.status_code == 200, reply.text
    return [item["name"] for item in reply.json()["items"]]


async def test_who_makes_a_community_owns_it_and_it_is_told(nadia: Someone, parvis: Parvis) -> None:
    place = await make_community(nadia, **DRAFT)
    seen = await place.seen_by(nadia)
    assert (seen["role"], seen["people"], seen["tags"]) == ("owner", 1, ["Cartographie", "Crue"])
    assert seen["mix"] == {"student": 0, "alum": 0, "staff": 1, "partner": 0}
    assert {"read", "post", "change", "archive", "give_roles"} <= set(seen["abilities"])
    assert [person["name"] for person in seen["run_by"]] == ["Nadia Cherkaoui"]
    async with parvis.database.reading() as session:
        told = {(fact.topic, fact.type) for fact in await session.scalars(select(LogEntry))}
    assert (f"community:{place.id}", "community.created") in told
    assert (f"member:{nadia.id}", "access.gained") in told


async def test_others_find_it_by_words_tags_and_rules(nadia: Someone, ines: Someone) -> None:
    await make_community(nadia, **DRAFT)
    await make_community(nadia, "Chœur universitaire", access="on_request", tags=["Chant"])

    assert await names(ines, sort="name") == ["Chœur universitaire", "Géographie et aménagement"]
    assert await names(ines, q="geographie") == ["Géographie et aménagement"]
    assert await names(ines, q="crues") == ["Géographie et aménagement"]
    assert await names(ines, tag="CARTOGRAPHIE") == ["Géographie et aménagement"]
    assert await names(ines, access="on_request") == ["Chœur universitaire"]
    assert await names(ines, mine="true") == []
    tags = (await ines.browser.get(f"{COMMUNITIES}/tags")).json()["items"]
    assert {(tag["label"], tag["communities"]) for tag in tags} == {("Cartographie", 1), ("Crue", 1), ("Chant", 1)}


@pytest.mark.parametrize(
    "query, found", [({}, 2), ({"tag": "chant"}, 1), ({"q": "geographie"}, 1), ({"mine": "true"}, 0)]
)
async def test_it_is_said_how_many_are_found(query: dict[str, str], found: int, nadia: Someone, ines: Someone) -> None:
    await make_community(nadia, **DRAFT)
    await make_community(nadia, "Chœur universitaire", access="on_request", tags=["Chant"])
    await make_community(nadia, "Jury d’agrégation", access="secret", tags=["Chant"])
    counted = (await ines.browser.get(f"{COMMUNITIES}/tags", params=query)).json()
    assert counted["communities"] == found


async def test_texts_are_shown_as_they_are_read_and_raw_html_as_text(nadia: Someone) -> None:
    place = await make_community(nadia, **DRAFT, charter="Soyez *cordiaux*. <script>alert(1)</script>")
    seen = await place.seen_by(nadia)
    assert seen["description_html"] == "<p>Les <strong>questions</strong> de première année sont bienvenues.</p>\n"
    preview = await nadia.browser.post(f"{COMMUNITIES}/previews", json={"text": seen["charter"]})
    assert preview.json() == {"html": seen["charter_html"]}
    assert "<em>cordiaux</em>" in seen["charter_html"]
    assert "<script" not in seen["charter_html"]


async def test_a_secret_community_is_not_there_for_who_is_not_in_it(nadia: Someone, ines: Someone) -> None:
    place = await make_community(nadia, "Jury d’agrégation", access="secret", tags=["Concours"])
    unknown = (await ines.browser.get(f"{COMMUNITIES}/{uuid4()}")).json()

    for method, path, body in (
        ("GET", "", None),
        ("PATCH", "", {"name": "Autre"}),
        ("PUT", "/membership", {}),
        ("DELETE", "/membership", None),
        ("PUT", "/charter-acceptance", {}),
        ("GET", "/members", None),
        ("PUT", f"/members/{ines.id}/role", {"role": "owner"}),
        ("DELETE", f"/members/{nadia.id}", None),
        ("PUT", "/archiving", None),
        ("DELETE", "/archiving", None),
    ):
        refused = await ines.browser.request(method, place.url + path, json=body)
        assert refused.status_code == 404, (method, path, refused.text)
        assert refused.json() | {"request_id": "", "instance": ""} == unknown | {"request_id": "", "instance": ""}
    assert await names(ines) == []
    assert await names(ines, q="agregation") == []
    assert (await ines.browser.get(f"{COMMUNITIES}/tags")).json()["items"] == []
    assert await names(nadia) == ["Jury d’agrégation"]


async def test_a_guest_sees_no_community_and_makes_none(nadia: Someone, guest: Someone) -> None:
    place = await make_community(nadia)
    assert await names(guest) == []
    assert (await guest.browser.get(place.url)).status_code == 404
    assert (await place.join(guest)).status_code == 404
    refused = await guest.browser.post(COMMUNITIES, json={"name": "Une place", "access": "open"})
    assert refused.status_code == 403


async def test_its_owner_changes_it_and_nobody_else(nadia: Someone, ines: Someone) -> None:
    place = await make_community(nadia, **DRAFT)
    assert (await place.join(ines)).status_code == 200
    refused = await ines.browser.patch(place.url, json={"name": "La mienne"})
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")

    before = await nadia.browser.get(place.url)
    changed = await nadia.browser.patch(
        place.url, json={"name": "Géo", "tags": ["Terrain"]}, headers={"if-match": before.headers["etag"]}
    )
    assert (changed.json()["name"], changed.json()["tags"]) == ("Géo", ["Terrain"])
    stale = await nadia.browser.patch(place.url, json={"name": "Autre"}, headers={"if-match": before.headers["etag"]})
    assert stale.status_code == 412
    assert await names(ines, q="terrain") == ["Géo"]
    assert await names(ines, q="cartographie") == []


@pytest.mark.parametrize(
    "draft",
    [
        {"name": "", "access": "open"},
        {"name": "Une place", "access": "hidden"},
        {"name": "Une place", "access": "open", "tags": ["x"] * 13},
        {"name": "Une\nplace", "access": "open"},
        {"name": "Une place", "access": "open", "owner": "me"},
    ],
)
async def test_a_draft_that_cannot_be_is_refused_by_field(draft: dict[str, Any], nadia: Someone) -> None:
    refused = await nadia.browser.post(COMMUNITIES, json=draft)
    assert (refused.status_code, bool(refused.json()["fields"])) == (422, True)


async def test_an_archived_community_is_read_and_not_joined(nadia: Someone, ines: Someone) -> None:
    place = await make_community(nadia)
    assert (await nadia.browser.put(f"{place.url}/archiving")).json()["archived"] is True
    assert await names(ines) == []
    assert await names(ines, archived="true") == ["Géographie et aménagement"]
    seen = await place.seen_by(ines)
    assert "read" in seen["abilities"]
    assert "join" not in seen["abilities"]
    assert (await place.join(ines)).status_code == 403
    assert (await nadia.browser.delete(f"{place.url}/archiving")).json()["archived"] is False
    assert (await place.join(ines)).status_code == 200


@pytest.mark.parametrize("sort", ["name", "people", "active", "recent"])
async def test_pages_follow_each_other_whatever_the_order(sort: str, nadia: Someone) -> None:
    made = {(await make_community(nadia, f"Place {number}")).id for number in range(5)}
    found: list[str] = []
    cursor = None
    for _ in range(4):
        query = {"limit": "2", "sort": sort} | ({"cursor": cursor} if cursor else {})
        page = (await nadia.browser.get(COMMUNITIES, params=query)).json()
        found += [item["id"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert (len(found), set(found)) == (5, made)


async def test_a_page_costs_the_same_queries_however_long_the_list(
    nadia: Someone, counted_queries: CountedQueries
) -> None:
    counts = []
    for number in (2, 18):
        for each in range(number):
            await make_community(nadia, f"Place {each}", tags=[f"t{each}"])
        with counted_queries() as queries:
            await names(nadia, sort="active")
        counts.append(len(queries))
    assert counts == [3, 3]


async def test_reading_one_costs_four_queries(
    nadia: Someone, ines: Someone, parvis: Parvis, sign_in: SignIn, counted_queries: CountedQueries
) -> None:
    place = await make_community(nadia)
    for number in range(3):
        someone = await arrive(parvis, sign_in, f"Membre {number}")
        await place.join(someone)
        await place.give_role(nadia, someone, "moderator")
    with counted_queries() as queries:
        await place.seen_by(ines)
    assert len(queries) == 4
