"""`GET /events`: what happened on one's topics since a cursor, in order, and nothing else."""

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.events import (
    MemberUpdated,
    OrganisationChanged,
    RolesChanged,
    SessionProved,
    StructureChanged,
)
from parvis.circles.events import AccessGained
from parvis.kernel.events import LogEntry, scrub
from parvis.kernel.ids import new_id
from parvis.kernel.runtime import Parvis
from parvis.kernel.stream import FARTHEST_BEHIND, renew_epoch
from parvis.profiles.events import ProfileChanged
from parvis.profiles.ties.events import ContactsChanged
from tests.conftest import CountedQueries

from .conftest import EVENTS, Someone, tell, types


async def test_what_happens_to_a_member_is_told_in_order_each_thing_once(ines: Someone, parvis: Parvis) -> None:
    assert await ines.news() == []
    await tell(parvis, MemberUpdated(member_id=ines.member.id))
    await tell(parvis, ProfileChanged(id=ines.member.id, version=3), ContactsChanged(member_id=ines.member.id))

    heard = await ines.hears(3)

    assert types(heard) == ["member.updated", "profile.changed", "contacts.changed"]
    assert [item["topic"] for item in heard] == [ines.topic] * 3
    assert [item["data"] for item in heard] == [{}, {"kind": "profile", "id": ines.id, "version": 3}, {}]
    assert heard[0].keys() == {"id", "type", "topic", "at", "data"}
    assert await ines.news() == []


async def test_the_id_of_an_event_is_the_cursor_after_it(ines: Someone, parvis: Parvis) -> None:
    for version in (1, 2, 3):
        await tell(parvis, ProfileChanged(id=ines.member.id, version=version))
    first, *_ = await ines.hears(3)
    ines.cursor = first["id"]
    assert [item["data"]["version"] for item in await ines.news()] == [2, 3]


async def test_pages_follow_one_another_without_gap(ines: Someone, parvis: Parvis) -> None:
    begin = ines.cursor
    for version in range(7):
        await tell(parvis, ProfileChanged(id=ines.member.id, version=version))
    await ines.hears(7)
    ines.cursor = begin
    pages = [await ines.news(limit=3) for _ in range(4)]
    assert [[item["data"]["version"] for item in page] for page in pages] == [[0, 1, 2], [3, 4, 5], [6], []]


async def test_what_happens_to_others_is_not_told(ines: Someone, claire: Someone, parvis: Parvis) -> None:
    await tell(
        parvis, ContactsChanged(member_id=claire.member.id), AccessGained(member_id=claire.member.id, about="x:1")
    )
    await tell(parvis, MemberUpdated(member_id=ines.member.id))
    assert types(await ines.hears(1)) == ["member.updated"]
    assert types(await claire.hears(2)) == ["contacts.changed", "access.gained"]


async def test_somebody_else_s_cursor_tells_only_one_s_own(ines: Someone, claire: Someone, parvis: Parvis) -> None:
    """A cursor is a place in the log, and gives no right."""
    await tell(parvis, ContactsChanged(member_id=claire.member.id), MemberUpdated(member_id=ines.member.id))
    ines.cursor = claire.cursor
    assert types(await ines.hears(1)) == ["member.updated"]


async def test_the_square_is_told_to_members_and_to_no_guest(ines: Someone, guest: Someone, parvis: Parvis) -> None:
    await tell(parvis, OrganisationChanged(version=2), StructureChanged(kind="unit", id=new_id(), version=1))
    await tell(parvis, MemberUpdated(member_id=guest.member.id))
    assert types(await ines.hears(2)) == ["organisation.changed", "structure.changed"]
    assert types(await guest.hears(1)) == ["member.updated"]


async def test_facts_for_parvis_alone_are_not_told_nor_fields_that_are_not(ines: Someone, parvis: Parvis) -> None:
    await tell(parvis, SessionProved(member_id=ines.member.id, session_id=new_id()))
    await tell(parvis, RolesChanged(member_id=ines.member.id, roles=["administrator"]))
    [heard] = await ines.hears(1)
    assert (heard["type"], heard["data"]) == ("member.roles_changed", {})


async def test_what_was_scrubbed_is_passed_over(ines: Someone, parvis: Parvis) -> None:
    begin = ines.cursor
    await tell(parvis, ProfileChanged(id=ines.member.id, version=1))
    await ines.hears(1)
    await parvis.database.write(scrub, ines.topic, {"member_id": ines.id})
    await tell(parvis, ProfileChanged(id=ines.member.id, version=2))
    ines.cursor = begin
    assert [item["data"]["version"] for item in await ines.hears(1)] == [2]


async def test_a_restored_database_makes_everybody_begin_anew(ines: Someone, parvis: Parvis) -> None:
    await parvis.database.write(renew_epoch)
    await tell(parvis, MemberUpdated(member_id=ines.member.id))
    reply = (await ines.poll()).json()
    assert (reply["resync"], reply["items"]) == (True, [])
    assert reply["cursor"].split(".")[0] != ines.cursor.split(".")[0]


async def test_who_is_too_far_behind_begins_anew(ines: Someone, parvis: Parvis) -> None:
    behind = [ProfileChanged(id=ines.member.id, version=version) for version in range(FARTHEST_BEHIND)]
    await tell(parvis, MemberUpdated(member_id=ines.member.id))
    [first] = await ines.hears(1)
    for start in range(0, FARTHEST_BEHIND, 500):
        await tell(parvis, *behind[start : start + 500])
    ines.cursor = first["id"]
    assert len((await ines.hears(200))[:200]) == 200
    ines.cursor = first["id"]
    await tell(parvis, MemberUpdated(member_id=ines.member.id))
    reply = (await ines.poll(wait=25)).json()
    assert (reply["resync"], reply["items"]) == (True, [])


async def test_an_event_of_another_shape_than_today_s_makes_one_begin_anew(ines: Someone, parvis: Parvis) -> None:
    async def spoil(session: AsyncSession) -> None:
        await session.execute(update(LogEntry).where(LogEntry.topic == ines.topic).values(data={"id": "no uuid"}))

    await tell(parvis, ProfileChanged(id=ines.member.id, version=1))
    begin = ines.cursor
    await ines.hears(1)
    await parvis.database.write(spoil)
    ines.cursor = begin
    reply = (await ines.poll()).json()
    assert (reply["resync"], reply["items"]) == (True, [])


@pytest.mark.parametrize(
    "since", ["", "x", "1.2", "abc.1", "abc.1.2.3", "abc.-1.2", "abc.01.2", "abc.1.99999999999999999999", "abc.١.٢"]
)
async def test_what_is_no_cursor_is_refused(ines: Someone, since: str) -> None:
    reply = await ines.browser.get(EVENTS, params={"since": since})
    assert reply.status_code == 422
    assert reply.json()["fields"][0]["path"] == "since"


async def test_a_place_that_the_log_has_not_reached_is_another_history(ines: Someone) -> None:
    epoch, xid, number = ines.cursor.split(".")
    ines.cursor = f"{epoch}.{int(xid) + 1_000_000}.{int(number)}"
    assert (await ines.poll()).json()["resync"] is True


async def test_a_poll_asks_the_database_as_often_whatever_there_is(
    ines: Someone, parvis: Parvis, counted_queries: CountedQueries
) -> None:
    """Where the log ends, one's communities, and the events. A page that is full also counts how many wait."""
    await ines.news()
    with counted_queries() as none:
        await ines.news()
    begin = ines.cursor
    for version in range(60):
        await tell(parvis, ProfileChanged(id=ines.member.id, version=version))
    await ines.hears(60)
    ines.cursor = begin
    with counted_queries() as many:
        assert len(await ines.news(limit=200)) == 60
    ines.cursor = begin
    with counted_queries() as full:
        assert len(await ines.news(limit=50)) == 50
    assert (len(none), len(many), len(full)) == (3, 3, 4)
