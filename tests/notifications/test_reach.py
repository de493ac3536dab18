"""How many people are told, known before it is said."""

from collections.abc import Sequence

import pytest

from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, SignIn
from tests.make.communities import Place, Someone, arrive, make_closed
from tests.make.notifications import choose, unread
from tests.make.posts import say

from .test_choices import set_level

FIRST = ("Ada", "Bo", "Cyd", "Dee", "Eve", "Fay", "Gil", "Hal")


async def called(someone: Someone, place: Place) -> dict[str, object]:
    reply = await someone.browser.get(f"{place.url}/called/count")
    assert reply.status_code == 200, reply.text
    counted: dict[str, object] = reply.json()
    return counted


@pytest.fixture
async def crowd(place: Place, parvis: Parvis, sign_in: SignIn) -> Sequence[Someone]:
    """Eight more."""
    people = [await arrive(parvis, sign_in, f"{name} Martin", "student") for name in FIRST]
    for someone in people:
        assert (await place.join(someone)).status_code == 200
    return people


async def test_as_many_are_told_as_was_said_before(
    place: Place,
    nadia: Someone,
    ines: Someone,
    claire: Someone,
    crowd: Sequence[Someone],
    parvis: Parvis,
    counted_queries: CountedQueries,
) -> None:
    assert await called(nadia, place) == {"calls": True, "people": 10, "told": None}, "how many silenced it is nobody's"
    for someone in crowd[:3]:
        await set_level(someone, place, "nothing")
    await choose(crowd[3].browser, named={"here": False})
    assert (await called(nadia, place))["told"] is None, "four are few"
    assert (await crowd[4].browser.put(f"/api/v1/me/blocks/{nadia.id}")).is_success
    with counted_queries() as queries:
        assert await called(nadia, place) == {"calls": True, "people": 10, "told": 5}
    assert len(queries) <= 3
    await say(nadia, place, "@communauté, à 8 h.")
    told = [await unread(parvis, someone) for someone in (ines, claire, *crowd)]
    assert told == [1, 1, *[0] * 5, *[1] * 3]


async def test_who_may_not_call_learns_nothing(place: Place, nadia: Someone, ines: Someone, omar: Someone) -> None:
    nobody = {"calls": False, "people": 0, "told": 0}
    assert (await called(ines, place), await called(omar, place)) == (nobody, nobody)
    secret = await make_closed(nadia, name="Secret")
    unknown = f"{secret.url[:-12]}{'0' * 12}"
    replies = [await omar.browser.get(f"{url}/called/count") for url in (secret.url, unknown)]
    assert [(reply.status_code, reply.json()["code"]) for reply in replies] == [(404, "not_found")] * 2
