"""Who hears what: rights are judged when the answer is made, each topic from where somebody joined it."""

import httpx
import pytest

from parvis.accounts.events import MemberUpdated
from parvis.kernel.runtime import Parvis
from parvis.profiles.ties.events import ContactsChanged
from tests.conftest import CountedQueries

from .conftest import EVENTS, SYNC, Places, Someone, said, tell, types


def versions(items: list[dict[str, object]]) -> list[object]:
    return [item["data"]["version"] for item in items if item["topic"] == "place:1"]  # type: ignore[index]


async def told(parvis: Parvis, someone: Someone, since: str) -> list[dict[str, object]]:
    """All that he may be told since then, once a later fact shows that nothing is held back."""
    someone.cursor = since
    heard: list[dict[str, object]] = []
    await tell(parvis, MemberUpdated(member_id=someone.member.id))
    while "member.updated" not in types(heard):
        heard += await someone.news(wait=5)
    return heard


async def test_strangers_are_told_nothing(client: httpx.AsyncClient) -> None:
    for path in (EVENTS, SYNC):
        assert (await client.get(path)).status_code == 401


async def test_a_place_is_heard_by_those_who_read_it(
    ines: Someone, claire: Someone, guest: Someone, parvis: Parvis, places: Places
) -> None:
    begin = ines.cursor
    await places.join(parvis, ines, "place:1")
    await places.join(parvis, guest, "place:1")
    await tell(parvis, said("place:1", 1), said("place:2", 2))
    assert versions(await told(parvis, ines, begin)) == [1]
    assert versions(await told(parvis, guest, begin)) == [1]
    assert types(await told(parvis, claire, claire.cursor)) == ["member.updated"]


async def test_who_left_hears_nothing_more_nor_what_was_not_yet_heard(
    ines: Someone, parvis: Parvis, places: Places
) -> None:
    begin = ines.cursor
    await places.join(parvis, ines, "place:1")
    await tell(parvis, said("place:1", 1))
    await places.leave(parvis, ines, "place:1")
    await tell(parvis, said("place:1", 2))
    assert types(await told(parvis, ines, begin)) == ["access.gained", "access.lost", "member.updated"]


async def test_an_open_history_is_heard_from_before_and_a_closed_one_from_joining(
    ines: Someone, claire: Someone, parvis: Parvis, places: Places
) -> None:
    begin = ines.cursor
    await tell(parvis, said("place:1", 1))
    await places.join(parvis, ines, "place:1", is_history_open=True)
    await places.join(parvis, claire, "place:1", is_history_open=False)
    await tell(parvis, said("place:1", 2))
    assert versions(await told(parvis, ines, begin)) == [1, 2]
    assert versions(await told(parvis, claire, begin)) == [2]


async def test_who_comes_back_begins_where_he_came_back(ines: Someone, parvis: Parvis, places: Places) -> None:
    begin = ines.cursor
    await places.join(parvis, ines, "place:1", is_history_open=False)
    await tell(parvis, said("place:1", 1))
    await places.leave(parvis, ines, "place:1")
    await tell(parvis, said("place:1", 2))
    await places.join(parvis, ines, "place:1", is_history_open=False)
    await tell(parvis, said("place:1", 3))
    assert versions(await told(parvis, ines, begin)) == [3]


async def test_a_token_hears_what_its_scopes_let_it_read(
    ines: Someone, parvis: Parvis, client: httpx.AsyncClient
) -> None:
    draft = {"name": "Script", "scopes": ["events:read", "account:read"], "days": 7}
    made = (await ines.browser.post("/api/v1/me/tokens", json=draft)).json()
    client.headers["authorization"] = f"Bearer {made['token']}"
    script = Someone(ines.member, client)
    await tell(parvis, ContactsChanged(member_id=ines.member.id))
    assert types(await told(parvis, script, ines.cursor)) == ["token.created", "member.updated"]
    snapshot = (await client.get(SYNC)).json()
    assert snapshot["contact_requests"] is None
    assert snapshot["viewer"]["id"] == ines.id


@pytest.mark.parametrize("path", [EVENTS, SYNC])
async def test_a_token_without_the_scope_is_refused(ines: Someone, client: httpx.AsyncClient, path: str) -> None:
    draft = {"name": "Script", "scopes": ["account:read"], "days": 7}
    made = (await ines.browser.post("/api/v1/me/tokens", json=draft)).json()
    refused = await client.get(path, headers={"authorization": f"Bearer {made['token']}"})
    assert (refused.status_code, refused.json()["code"]) == (403, "insufficient_scope")


async def test_three_hundred_topics_cost_as_many_queries_as_one(
    ines: Someone, parvis: Parvis, places: Places, counted_queries: CountedQueries
) -> None:
    begin = ines.cursor
    await places.join(parvis, ines, "place:1")
    for number in range(2, 301):
        places._keep(ines, places.joined[ines.member.id][0]._replace(topic=f"place:{number}"))
    await tell(parvis, *(said(f"place:{number}", number) for number in range(1, 301)))
    await told(parvis, ines, begin)
    ines.cursor = begin
    with counted_queries() as queries:
        heard = await ines.news(limit=200)
    assert [item["data"]["version"] for item in heard[1:]] == list(range(1, 200))
    assert len(queries) == 4
