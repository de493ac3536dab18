"""The agenda: events by time, of whom one may read, of one community, of one public, over or to come."""

from datetime import timedelta
from typing import Any

from parvis.kernel import clock
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, SignIn
from tests.make.communities import Place, Someone, arrive, make_closed, make_community
from tests.make.gatherings import attend, gather, takes_place

DAY = timedelta(days=1)
SQUARE = "/api/v1/square/posts"


async def listed(reader: Someone, **query: Any) -> list[str]:
    reply = await reader.browser.get("/api/v1/agenda", params=query)
    assert reply.status_code == 200, reply.text
    return [item["title"] for item in reply.json()["items"]]


def on(days: float) -> str:
    return (clock.now() + days * DAY).isoformat()


async def test_events_come_in_the_order_of_their_beginnings_between_two_instants(
    place: Place, ines: Someone, claire: Someone, nadia: Someone, moved_clock: clock.MovableClock
) -> None:
    await gather(nadia, place, "Voyage", after=20 * DAY, lasts=5 * DAY)
    await gather(ines, place, "Concert", after=3 * DAY)
    soon = await gather(claire, place, "Débat", after=1 * DAY)
    await attend(ines, soon, "maybe")
    assert await listed(ines) == ["Débat", "Concert", "Voyage"]
    assert await listed(ines, answered="true") == ["Débat"]
    assert await listed(ines, public="staff") == ["Voyage"]
    assert await listed(ines, public="alum", community_id=place.id) == ["Débat"]
    assert await listed(ines, **{"from": on(22), "to": on(23)}) == ["Voyage"]
    assert await listed(ines, **{"from": on(2), "to": on(19)}) == ["Concert"]
    moved_clock.advance(4 * DAY)
    assert await listed(ines) == ["Voyage"]
    assert await listed(ines, over="true") == ["Concert", "Débat"]
    first = (await ines.browser.get("/api/v1/agenda", params={"over": "true", "limit": 1})).json()
    assert await listed(ines, over="true", cursor=first["next"]) == ["Débat"]
    for query in ({"from": "0001-01-01T00:00:00Z"}, {"to": "9999-12-31T23:59:59-12:00"}, {"from": "2026-01-01"}):
        assert (await ines.browser.get("/api/v1/agenda", params=query)).status_code == 422


async def test_what_one_may_not_read_is_not_there_whatever_is_asked(
    place: Place, ines: Someone, nadia: Someone, omar: Someone, guest: Someone
) -> None:
    jury = await make_closed(nadia, ines, name="Jury d’agrégation")
    secret = await gather(nadia, jury, "Soutenance")
    await gather(nadia, place, "Sortie")
    assert await listed(ines) == ["Soutenance", "Sortie"]
    (item, _) = (await ines.browser.get("/api/v1/agenda")).json()["items"]
    assert ([one["name"] for one in item["communities"]], item["on_square"]) == (["Jury d’agrégation"], False)
    assert (await listed(omar), await listed(omar, everywhere="true")) == ([], ["Sortie"])
    assert (await listed(omar, community_id=jury.id), await listed(omar, community_id=place.id)) == ([], ["Sortie"])
    assert await listed(guest, everywhere="true") == []
    assert (await ines.browser.get(f"/api/v1/posts/{secret['id']}/event.ics")).status_code == 200
    assert (await omar.browser.get(f"/api/v1/posts/{secret['id']}/event.ics")).status_code == 404
    await attend(ines, secret)
    await jury.leave(ines)
    assert (await listed(ines, answered="true"), await listed(ines)) == ([], ["Sortie"])


async def test_what_takes_place_on_the_square_concerns_all_who_belong(
    parvis: Parvis, sign_in: SignIn, omar: Someone, guest: Someone
) -> None:
    speaker = await arrive(parvis, sign_in, "Sophie Marchetti", "staff", roles=("communicator",))
    draft = {"kind": "event", "title": "Portes ouvertes", "body": "Entrez.", "event": takes_place(seats=2)}
    said = await speaker.browser.post(SQUARE, json=draft)
    assert said.status_code == 201, said.text
    assert await listed(omar) == ["Portes ouvertes"]
    assert (await omar.browser.get("/api/v1/agenda")).json()["items"][0]["on_square"] is True
    assert await listed(guest) == []
    assert (await attend(omar, said.json()), await attend(guest, said.json())) == (200, 404)


async def test_the_agenda_asks_as_often_for_many(
    place: Place, nadia: Someone, ines: Someone, counted_queries: CountedQueries
) -> None:
    other = await make_community(nadia, "Chœur")
    await gather(nadia, place)
    await listed(ines)
    with counted_queries() as few:
        assert len(await listed(ines)) == 1
    for number in range(6):
        await gather(nadia, other if number % 2 else place, after=(number + 1) * DAY)
    with counted_queries() as many:
        assert len(await listed(ines, everywhere="true", public="staff")) == 7
    assert (len(few), len(many)) == (3, 3)
