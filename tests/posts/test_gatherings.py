"""Events: who comes, who waits for a seat, what is refused, and what arrives together."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from parvis.kernel import clock
from parvis.kernel.runtime import Parvis
from parvis.posts.models import Attendance
from parvis.posts.service import gathering
from tests.conftest import CountedQueries, SignIn, listen, run_jobs
from tests.make.communities import Place, Someone, arrive, make_closed, make_community
from tests.make.gatherings import attend, change_event, coming, counted, gather, takes_place
from tests.make.posts import say_in, seen, told, url_of

HOUR = timedelta(hours=1)


async def test_who_answers_is_counted_changes_his_mind_and_takes_it_back(
    place: Place, ines: Someone, claire: Someone, nadia: Someone, parvis: Parvis
) -> None:
    said = await gather(nadia, place)
    assert (said["kind"], said["event"]["place"], said["event"]["mine"]) == ("event", "Hall est", None)
    assert {"attend", "cancel", "edit"} <= set(said["abilities"])
    for someone, answer in ((claire, "yes"), (ines, "maybe"), (nadia, "no")):
        assert await attend(someone, said, answer) == 200
    assert await counted(ines, said) == (1, 1, 1, 0)
    mine = (await seen(claire, said))["event"]["mine"]
    assert mine == {"answer": "yes", "waiting": False, "minutes_before": 1440, "by_mail": False}
    assert [await coming(ines, said, answer) for answer in ("yes", "maybe", "no", "waiting")] == [
        ["Claire Vasseur"],
        ["Inès Benali"],
        ["Nadia Cherkaoui"],
        [],
    ]
    assert await attend(claire, said, "no") == 200
    assert (await nadia.browser.delete(url_of(said, "attendance"))).status_code == 200
    assert (await nadia.browser.delete(url_of(said, "attendance"))).status_code == 200
    assert await counted(ines, said) == (0, 1, 1, 0)
    assert {fact.topic for fact in await told(parvis, "post.event_answered")} == {f"community:{place.id}"}
    assert f"member:{claire.id}" in {fact.topic for fact in await told(parvis, "post.mine_changed")}


async def test_seats_are_given_in_the_order_of_answers(
    place: Place, ines: Someone, claire: Someone, nadia: Someone, parvis: Parvis
) -> None:
    said = await gather(nadia, place, seats=1)
    for someone in (claire, ines, nadia):
        assert await attend(someone, said) == 200
    event = (await seen(ines, said))["event"]
    assert (event["seats_left"], event["mine"]["waiting"], await counted(ines, said)) == (0, True, (1, 0, 0, 2))
    assert await attend(claire, said, "maybe") == 200
    assert (await coming(claire, said), await coming(claire, said, "waiting")) == (
        ["Inès Benali"],
        ["Nadia Cherkaoui"],
    )
    assert await attend(claire, said) == 200  # At the end of the line.
    assert (await ines.browser.delete(url_of(said, "attendance"))).status_code == 200
    assert (await coming(claire, said), await coming(claire, said, "waiting")) == (
        ["Nadia Cherkaoui"],
        ["Claire Vasseur"],
    )
    seats = await told(parvis, "post.seat_given")
    assert [fact.topic for fact in seats] == [f"member:{ines.id}", f"member:{nadia.id}"]
    assert (await change_event(nadia, said, seats=2)).json()["event"]["waiting"] == 0
    assert (await change_event(nadia, said, seats=1)).status_code == 422
    assert await counted(claire, said) == (2, 0, 0, 0)


async def test_more_are_seated_than_one_unit_gives(
    place: Place, ines: Someone, claire: Someone, nadia: Someone, parvis: Parvis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "AT_ONCE", 1)
    said = await gather(nadia, place, seats=1)
    for someone in (claire, ines, nadia):
        await attend(someone, said)
    assert (await change_event(nadia, said)).json()["event"]["going"] == 2
    await run_jobs(parvis)
    assert await counted(claire, said) == (3, 0, 0, 0)


async def test_who_leaves_gives_his_seat_to_the_next_while_others_ask_for_it(
    place: Place, ines: Someone, claire: Someone, nadia: Someone, parvis: Parvis, sign_in: SignIn
) -> None:
    others = [await arrive(parvis, sign_in, f"Membre {number}") for number in range(3)]
    for someone in others:
        assert (await place.join(someone)).status_code == 200
    elsewhere = await make_community(nadia, "Chœur universitaire")
    assert (await elsewhere.join(claire)).status_code == 200
    said = await gather(nadia, place, seats=1)
    draft = {"kind": "event", "title": "Concert", "body": "Venez.", "event": takes_place()}
    reply = await nadia.browser.post("/api/v1/posts", json={**draft, "places": [place.id, elsewhere.id]})
    assert reply.status_code == 201, reply.text
    shared = reply.json()
    for someone in (claire, ines):
        assert await attend(someone, said) == 200
        assert await attend(someone, shared) == 200
    asked = asyncio.gather(*(attend(someone, said) for someone in others))
    left, answers = await asyncio.gather(place.leave(claire), asked)
    assert (left.status_code, set(answers)) == (204, {200})
    await listen(parvis)
    assert await coming(nadia, said) == ["Inès Benali"], "who waited first"
    assert await counted(nadia, said) == (1, 0, 0, 3)
    assert await counted(claire, shared) == (2, 0, 0, 0), "she is where else it takes place"
    assert (await place.join(claire)).status_code == 200
    assert (await seen(claire, said))["event"]["mine"] is None
    assert (await nadia.browser.delete(f"{place.url}/members/{ines.id}")).status_code == 204
    await listen(parvis)
    assert await counted(nadia, said) == (1, 0, 0, 2)
    assert await counted(nadia, shared) == (1, 0, 0, 0), "she is nowhere any more"
    seats = [fact.topic for fact in await told(parvis, "post.seat_given")]
    assert len(seats) == 2
    assert seats[0] == f"member:{ines.id}"


async def test_fifty_answers_at_once_never_take_more_than_the_seats(
    place: Place, nadia: Someone, parvis: Parvis, sign_in: SignIn
) -> None:
    people = [await arrive(parvis, sign_in, f"Membre {number}") for number in range(5)]
    for someone in people:
        assert (await place.join(someone)).status_code == 200
    said = await gather(nadia, place, seats=2)

    async def act(someone: Someone, turn: int) -> None:
        answer = ("yes", "no", "yes", "maybe")[turn % 4]
        reply = await someone.browser.put(url_of(said, "attendance"), json={"answer": answer})
        assert reply.status_code == 200, reply.text
        event = reply.json()["event"]
        assert event["going"] <= 2
        assert not event["waiting"] or event["going"] == 2

    await asyncio.gather(*(act(someone, turn) for turn in range(10) for someone in people))
    await asyncio.gather(*(act(someone, 0) for someone in people))
    assert await counted(nadia, said) == (2, 0, 0, 3)
    async with parvis.database.reading() as session:
        rows = (await session.scalars(select(Attendance).order_by(Attendance.number))).all()
    assert sorted(one.waits for one in rows) == [False, False, True, True, True]
    assert len({one.number for one in rows}) == 5


@pytest.mark.parametrize(
    "draft",
    [
        {"kind": "event", "title": "Fête"},
        {"kind": "message", "event": takes_place()},
        {"kind": "event", "event": takes_place()},
        {"kind": "event", "title": "Fête", "event": takes_place(lasts=timedelta())},
        {"kind": "event", "title": "Fête", "event": takes_place(lasts=timedelta(days=40))},
        {"kind": "event", "title": "Fête", "event": takes_place(after=-timedelta(days=2))},
        {"kind": "event", "title": "Fête", "event": takes_place(time_zone="Paris")},
        {"kind": "event", "title": "Fête", "event": takes_place(seats=0)},
        {"kind": "event", "title": "Fête", "event": takes_place(link="javascript:alert(1)")},
        {"kind": "event", "title": "Fête", "event": takes_place() | {"starts_at": "0001-01-01T00:00:00+14:00"}},
        {"kind": "event", "title": "Fête", "event": takes_place() | {"starts_at": "2090-01-01T00:00:00"}},
    ],
)
async def test_what_takes_place_at_no_time_is_refused(draft: dict[str, Any], place: Place, ines: Someone) -> None:
    assert (await ines.browser.post(f"{place.url}/posts", json={"body": "!", **draft})).status_code == 422


async def test_whole_days_are_those_of_the_place(place: Place, ines: Someone) -> None:
    when = {"starts_at": "2090-03-25T12:00:00Z", "ends_at": "2090-03-26T12:00:00Z", "time_zone": "America/Toronto"}
    event = (await gather(ines, place, **when, whole_day=True))["event"]
    assert (event["starts_at"], event["ends_at"]) == ("2090-03-25T04:00:00.000Z", "2090-03-27T04:00:00.000Z")
    assert (event["first_day"], event["last_day"]) == ("2090-03-25", "2090-03-26")


async def test_nobody_answers_once_it_is_cancelled_or_over(
    place: Place, ines: Someone, claire: Someone, moved_clock: clock.MovableClock
) -> None:
    cancelled, over = await gather(ines, place), await gather(ines, place)
    assert (await claire.browser.put(url_of(cancelled, "cancellation"))).status_code == 403
    stale = await ines.browser.put(url_of(cancelled, "cancellation"), headers={"if-match": '"9"'})
    assert stale.status_code == 412
    for _ in range(2):
        done = await ines.browser.put(url_of(cancelled, "cancellation"))
        assert (done.json()["event"]["cancelled"], done.headers["etag"]) == (True, '"2"')
    assert await attend(claire, cancelled) == 409
    assert (await change_event(ines, cancelled, after=2 * HOUR)).json()["code"] == "event_cancelled"
    assert (await ines.browser.patch(url_of(cancelled), json={"body": "Reporté."})).status_code == 200
    moved_clock.advance(timedelta(days=8))
    assert (await claire.browser.put(url_of(over, "attendance"), json={"answer": "yes"})).json()["code"] == "event_over"
    assert (await seen(claire, over))["event"]["over"] is True
    assert (await ines.browser.put(url_of(over, "cancellation"))).status_code == 409


async def test_an_event_moves_against_its_version(place: Place, ines: Someone, parvis: Parvis) -> None:
    said = await gather(ines, place)
    changed = {"event": takes_place(after=timedelta(days=9), place="Hall ouest"), "body": "Autre jour."}
    stale = await ines.browser.patch(url_of(said), json=changed, headers={"if-match": '"2"'})
    assert stale.status_code == 412
    moved = await ines.browser.patch(url_of(said), json=changed, headers={"if-match": '"1"'})
    assert (moved.json()["event"]["place"], moved.headers["etag"]) == ("Hall ouest", '"2"')
    again = await ines.browser.patch(url_of(said), json=changed)
    assert again.headers["etag"] == '"2"'
    assert [fact.data["turned"] for fact in await told(parvis, "post.changed")] == ["moved"]
    assert (await ines.browser.patch(url_of(said), json={"event": None})).status_code == 422


async def test_who_may_not_take_part_does_not_answer(
    place: Place, nadia: Someone, ines: Someone, omar: Someone, guest: Someone
) -> None:
    said = await gather(ines, place)
    assert await attend(omar, said) == 403
    assert await attend(guest, said) == 404
    assert await attend(ines, {"id": str(uuid4())}) == 404
    assert (await guest.browser.get(url_of(said, "attendees"))).status_code == 404
    message = await ines.browser.post(f"{place.url}/posts", json={"body": "Bonjour."})
    assert await attend(ines, message.json()) == 404
    assert (await ines.browser.get(url_of(message.json(), "attendees"))).status_code == 404
    assert (await ines.browser.patch(url_of(message.json()), json={"event": takes_place()})).status_code == 422
    assert (await nadia.browser.put(f"{place.url}/archiving")).status_code == 200
    assert await attend(ines, said) == 403


async def test_who_comes_tells_nothing_of_a_place_that_is_secret(
    place: Place, ines: Someone, nadia: Someone, omar: Someone, counted_queries: CountedQueries
) -> None:
    jury = await make_closed(nadia, omar, name="Jury d’agrégation")
    said = (await say_in(nadia, place, jury, kind="event", title="Soutenance", event=takes_place())).json()
    for someone in (omar, ines):
        assert await attend(someone, said) == 200
    assert await coming(ines, said) == ["Inès Benali"]
    assert await coming(nadia, said) == ["Omar Diallo", "Inès Benali"]


async def test_a_deleted_event_leaves_neither_its_place_nor_its_time(
    place: Place, ines: Someone, claire: Someone
) -> None:
    said = await gather(ines, place, link="https://visio.example/salle")
    await attend(claire, said)
    await ines.browser.delete(url_of(said))
    left = await claire.browser.get(url_of(said))
    assert (left.json()["event"], "visio" in left.text) == (None, False)
    assert await attend(claire, said, "no") == 404
