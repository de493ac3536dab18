"""What members are interested in."""

import httpx
import pytest

from parvis.accounts.models import Member
from parvis.kernel.events import Position
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, SignIn
from tests.make.people import make_member
from tests.make.security import code_in

OFFERED = "/api/v1/interests"
MINE = "/api/v1/me/interests"


@pytest.fixture
async def member(parvis: Parvis) -> Member:
    return await make_member(parvis, "Inès Benali")


@pytest.fixture
async def browser(sign_in: SignIn, member: Member) -> httpx.AsyncClient:
    return await sign_in(member)


async def test_what_is_offered_is_said_in_the_member_s_language(browser: httpx.AsyncClient) -> None:
    items = (await browser.get(OFFERED)).json()["items"]
    assert len(items) == 12
    assert items[0] == {"key": "fieldwork", "name": "Fieldwork and rivers"}
    await browser.patch("/api/v1/me", json={"language": "fr"})
    assert (await browser.get(OFFERED)).json()["items"][0]["name"] == "Terrain et rivières"


async def test_a_choice_replaces_the_one_before(browser: httpx.AsyncClient) -> None:
    assert (await browser.get(MINE)).json() == {"interests": [], "abilities": ["change"]}
    answer = await browser.put(MINE, json={"interests": ["research", "music", "music"]})
    assert answer.json()["interests"] == ["music", "research"]
    await browser.put(MINE, json={"interests": ["research", "sport"]})
    assert (await browser.get(MINE)).json()["interests"] == ["sport", "research"]


async def test_a_choice_is_told_once_and_only_when_it_changes_something(
    parvis: Parvis, browser: httpx.AsyncClient, member: Member
) -> None:
    for _ in range(2):
        await browser.put(MINE, json={"interests": ["music"]})
    facts = [fact for fact in await parvis.log.after(Position()) if fact.type == "interests.chosen"]
    assert [(fact.topic, fact.data) for fact in facts] == [(f"member:{member.id}", {"member_id": str(member.id)})]


async def test_to_have_chosen_even_none_is_a_step_done(browser: httpx.AsyncClient) -> None:
    async def left() -> list[str]:
        steps: list[str] = (await browser.get("/api/v1/session")).json()["member"]["next_steps"]
        return steps

    assert "interests" in await left()
    await browser.put(MINE, json={"interests": []})
    assert "interests" not in await left()


async def test_what_is_not_offered_is_refused_where_it_stands(browser: httpx.AsyncClient) -> None:
    answer = await browser.put(MINE, json={"interests": ["music", "gold"]})
    assert answer.status_code == 422
    assert [field["path"] for field in answer.json()["fields"]] == ["interests/1"]
    assert (await browser.get(MINE)).json()["interests"] == []


async def test_a_choice_made_from_an_older_one_is_refused(browser: httpx.AsyncClient) -> None:
    etag = (await browser.get(MINE)).headers["etag"]
    assert (await browser.put(MINE, json={"interests": ["music"]}, headers={"if-match": etag})).status_code == 200
    late = await browser.put(MINE, json={"interests": ["sport"]}, headers={"if-match": etag})
    assert code_in(late) == (412, "precondition_failed")


async def test_one_member_s_choice_is_not_another_s(
    parvis: Parvis, browser: httpx.AsyncClient, sign_in: SignIn
) -> None:
    await browser.put(MINE, json={"interests": ["music"]})
    other = await sign_in(await make_member(parvis, "Hugo Ferreira"))
    assert (await other.get(MINE)).json()["interests"] == []


async def test_nobody_is_asked_without_signing_in(client: httpx.AsyncClient) -> None:
    for answer in (await client.get(OFFERED), await client.get(MINE), await client.put(MINE, json={"interests": []})):
        assert code_in(answer) == (401, "unauthenticated")


async def test_reading_costs_one_query(browser: httpx.AsyncClient, counted_queries: CountedQueries) -> None:
    await browser.get(MINE)
    with counted_queries() as queries:
        await browser.get(MINE)
    assert len(queries) == 1
