"""Calendars: what others read of ours, at an address that is a secret and follows its member's rights."""

from datetime import UTC, date, datetime
from typing import Any

import httpx
import ics
import pytest
from fastapi import FastAPI
from sqlalchemy import update

from parvis.accounts.models import Member
from parvis.kernel import clock
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, client_of
from tests.make.communities import Place, Someone, make_closed
from tests.make.gatherings import attend, change_event, gather
from tests.make.posts import url_of

FEED = "/api/v1/me/calendar-feed"
pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning:ics", "ignore::DeprecationWarning:tatsu")


async def renewed(someone: Someone, holds: str = "answered") -> str:
    """The address of a new feed, on our own server."""
    reply = await someone.browser.post(FEED, json={"holds": holds})
    assert reply.status_code == 201, reply.text
    url: str = reply.json()["url"]
    return url[url.index("/api/") :]


async def followed(app: FastAPI, address: str, **headers: str) -> httpx.Response:
    """As a calendar asks: it is signed in nowhere."""
    async with client_of(app, **headers) as calendar:
        return await calendar.get(address)


async def titles(app: FastAPI, address: str) -> set[str]:
    reply = await followed(app, address)
    assert reply.status_code == 200, reply.text
    return {event.name for event in ics.Calendar(reply.text).events}


def event_in(text: str) -> Any:
    (event,) = ics.Calendar(text).events
    return event


def line(text: str, name: str) -> list[str]:
    """The contents of these lines, unfolded by hand."""
    unfolded = text.replace("\r\n ", "")
    return [one.partition(":")[2] for one in unfolded.split("\r\n") if one.partition(":")[0].partition(";")[0] == name]


async def test_a_calendar_that_another_program_reads_says_what_the_event_says(
    place: Place, ines: Someone, nadia: Someone
) -> None:
    title = "Métiers de l’eau ; rencontre, « trois parcours » \\ débat, une ligne bien plus longue que 75 octets 🌊"
    said = await gather(nadia, place, title, place="Salle B 204, hall est", link="https://visio.example/a;b,c")
    reply = await ines.browser.get(url_of(said, "event.ics"))
    assert reply.headers["content-type"] == "text/calendar; charset=utf-8"
    assert reply.headers["content-disposition"] == f'attachment; filename="{said["id"]}.ics"'
    assert all(len(one.encode()) <= 75 for one in reply.text.split("\r\n"))
    event = event_in(reply.text)
    assert (event.name, event.location, event.uid) == (title, "Salle B 204, hall est", f"{said['id']}@parvis")
    assert event.description.startswith(
        "Bottes obligatoires.\n\nhttps://visio.example/a;b,c\n\nhttps://testserver/posts/"
    )
    assert event.begin.datetime == datetime.fromisoformat(said["event"]["starts_at"])
    assert event.end.datetime == datetime.fromisoformat(said["event"]["ends_at"])
    assert (line(reply.text, "SEQUENCE"), line(reply.text, "STATUS")) == (["0"], ["CONFIRMED"])
    assert line(reply.text, "VERSION") == ["2.0"]
    assert line(reply.text, "DTSTART")[0].endswith("Z")


async def test_whole_days_are_dates_and_changes_are_counted(place: Place, ines: Someone, nadia: Someone) -> None:
    days: dict[str, Any] = {"starts_at": "2090-03-25T12:00:00Z", "ends_at": "2090-03-26T12:00:00Z", "whole_day": True}
    said = await gather(nadia, place, **days)
    text = (await ines.browser.get(url_of(said, "event.ics"))).text
    event = event_in(text)
    assert (event.all_day, event.begin.date()) == (True, date(2090, 3, 25))
    assert (line(text, "DTSTART"), line(text, "DTEND")) == (["20900325"], ["20900327"])
    await attend(ines, said, "maybe")
    await change_event(nadia, said, **(days | {"ends_at": "2090-03-27T12:00:00Z"}))
    moved = (await ines.browser.get(url_of(said, "event.ics"))).text
    assert (line(moved, "SEQUENCE"), line(moved, "DTEND"), line(moved, "STATUS")) == (
        ["1"],
        ["20900328"],
        ["TENTATIVE"],
    )
    assert line(moved, "UID") == line(text, "UID")
    await nadia.browser.put(url_of(said, "cancellation"))
    off = (await ines.browser.get(url_of(said, "event.ics"))).text
    assert (line(off, "SEQUENCE"), event_in(off).status) == (["2"], "CANCELLED")
    message = await ines.browser.post(f"{place.url}/posts", json={"body": "Bonjour."})
    assert (await ines.browser.get(url_of(message.json(), "event.ics"))).status_code == 404


async def test_a_feed_holds_what_its_member_chose_and_may_read_now(
    app: FastAPI, place: Place, ines: Someone, nadia: Someone, counted_queries: CountedQueries
) -> None:
    jury = await make_closed(nadia, ines, name="Jury d’agrégation")
    secret, known, other = await gather(nadia, jury, "Jury"), await gather(nadia, place, "Oui"), None
    other = await gather(nadia, place, "Autre")
    for said in (secret, known):
        await attend(ines, said)
    await attend(ines, other, "no")
    address = await renewed(ines)
    assert await titles(app, address) == {"Jury", "Oui"}
    with counted_queries() as queries:
        await titles(app, address)
    assert len(queries) == 7
    changed = await ines.browser.patch(FEED, json={"holds": "communities"}, headers={"if-match": '"1"'})
    assert (changed.json()["holds"], changed.headers["etag"]) == ("communities", '"2"')
    assert (await ines.browser.patch(FEED, json={"holds": "answered"}, headers={"if-match": '"1"'})).status_code == 412
    assert await titles(app, address) == {"Jury", "Oui", "Autre"}
    await jury.leave(ines)
    await nadia.browser.delete(url_of(known))
    assert await titles(app, address) == {"Autre"}


async def test_a_feed_is_asked_again_for_nothing_until_something_changes(
    app: FastAPI, place: Place, ines: Someone, nadia: Someone
) -> None:
    said = await gather(nadia, place)
    await attend(ines, said)
    address = await renewed(ines)
    first = await followed(app, address)
    assert first.headers["cache-control"] == "private, no-cache"
    again = await followed(app, address, **{"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    await change_event(nadia, said, place="Hall ouest")
    changed = await followed(app, address, **{"if-none-match": first.headers["etag"]})
    assert (changed.status_code, event_in(changed.text).location) == (200, "Hall ouest")


async def test_an_address_is_told_once_renewed_and_revoked(
    app: FastAPI, ines: Someone, claire: Someone, moved_clock: clock.MovableClock
) -> None:
    assert (await ines.browser.get(FEED)).status_code == 404
    assert (await ines.browser.delete(FEED)).status_code == 404
    address = await renewed(ines)
    assert await titles(app, address) == set()
    known = (await ines.browser.get(FEED)).json()
    assert set(known) == {"holds", "created_at", "used_at", "version"}
    assert known["used_at"] is not None
    assert (await claire.browser.get(FEED)).status_code == 404
    other = await renewed(ines, "communities")
    assert (await followed(app, address)).status_code == 404
    assert (await followed(app, other)).status_code == 200
    assert (await ines.browser.delete(FEED)).status_code == 204
    gone, never = await followed(app, other), await followed(app, other[:-5] + "0.ics")
    assert (gone.status_code, never.status_code) == (404, 404)
    assert gone.json() | {"request_id": ""} == never.json() | {"request_id": ""}
    assert (await followed(app, "/api/v1/calendars/short.ics")).status_code == 422


async def test_who_may_not_sign_in_has_no_feed(app: FastAPI, parvis: Parvis, ines: Someone) -> None:
    address = await renewed(ines)

    async def suspend(session: Any) -> None:
        await session.execute(update(Member).where(Member.id == ines.member.id).values(suspended_at=datetime.now(UTC)))

    await parvis.database.write(suspend)
    assert (await followed(app, address)).status_code == 404


async def test_an_address_is_not_asked_without_end(app: FastAPI, ines: Someone) -> None:
    address = await renewed(ines)
    async with client_of(app) as calendar:
        statuses = [(await calendar.get(address)).status_code for _ in range(121)]
    assert (set(statuses[:120]), statuses[120]) == ({200}, 429)
