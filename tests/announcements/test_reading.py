"""How far announcements were read: what readers do, and what is told of it to those who announced."""

from datetime import timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models.people import Public
from parvis.announcements.grouping import FEW, GROUP, Figures, grouped, part_of, total
from parvis.kernel import clock
from parvis.kernel.runtime import Parvis
from parvis.posts.models import Announcement, Recipient
from tests.conftest import CountedQueries
from tests.make.announcements import ANNOUNCEMENTS, TO_STUDENTS, announce, crowd, preview, report, told, work
from tests.make.communities import Someone
from tests.make.posts import seen

PUBLICS = st.sampled_from(["student", "alum", "staff", "partner", None])


async def test_readers_say_that_they_saw_and_read_it_once(
    parvis: Parvis, sophie: Someone, ines: Someone, claire: Someone, nadia: Someone
) -> None:
    said = await announce(parvis, sophie, **TO_STUDENTS)
    asking = await announce(parvis, sophie, asks=True)
    ids = [said["id"], asking["id"], ines.id]
    for _ in range(2):
        assert (await ines.browser.put(f"{ANNOUNCEMENTS}/seen", json={"post_ids": ids})).status_code == 204
        assert (await claire.browser.put(f"{ANNOUNCEMENTS}/seen", json={"post_ids": ids})).status_code == 204
        read = await ines.browser.put(f"{ANNOUNCEMENTS}/{said['id']}/reading")
        assert read.json()["announcement"]["abilities"] == []
        assert (await ines.browser.put(f"{ANNOUNCEMENTS}/{said['id']}/acknowledgement")).status_code == 404
        ackn = await ines.browser.put(f"{ANNOUNCEMENTS}/{asking['id']}/acknowledgement")
        assert ackn.json()["announcement"]["acknowledged_at"] is not None
    async with parvis.database.reading() as session:
        one, other = [await session.get_one(Announcement, _id(item)) for item in (said, asking)]
        assert (one.seen, one.read, one.acknowledged) == (1, 1, 0)
        assert (other.told, other.seen, other.read, other.acknowledged) == (3, 2, 1, 1)

    names = await sophie.browser.get(f"{ANNOUNCEMENTS}/{asking['id']}/acknowledgements")
    assert [item["person"]["name"] for item in names.json()["items"]] == ["Inès Benali"]
    assert (await sophie.browser.get(f"{ANNOUNCEMENTS}/{said['id']}/acknowledgements")).status_code == 404
    for path in ("report", "acknowledgements"):
        assert (await nadia.browser.get(f"{ANNOUNCEMENTS}/{asking['id']}/{path}")).status_code == 403
    assert (await nadia.browser.get(ANNOUNCEMENTS)).status_code == 403
    assert (await nadia.browser.post(f"{ANNOUNCEMENTS}/{asking['id']}/reminders")).status_code == 403


async def test_a_report_tells_of_publics_over_time_and_of_no_small_group(
    parvis: Parvis, sophie: Someone, ines: Someone, counted_queries: CountedQueries, moved_clock: clock.MovableClock
) -> None:
    small = await announce(parvis, sophie, **TO_STUDENTS)
    assert (await report(sophie, small))["whole"] is None, "one reader is nobody’s figure"
    students, staff = await crowd(parvis, 29), await crowd(parvis, 3, "staff", "Agent")
    await crowd(parvis, 25, "alum", "Ancienne")
    said = await announce(parvis, sophie)
    readers = [one.id for one in [*students[:10], *staff]]

    async def read(session: AsyncSession) -> None:
        mine = update(Recipient).where(Recipient.post_id == _id(said), Recipient.member_id.in_(readers))
        at = clock.now() + timedelta(hours=2)
        await session.execute(mine.values(seen_at=at, read_at=at))

    await parvis.database.write(read)
    moved_clock.advance(timedelta(hours=5))
    found = await report(sophie, said)
    with counted_queries() as asked:
        await report(sophie, said)

    assert len(asked) <= 6
    assert (found["whole"]["told"], found["whole"]["read"], found["hours"]) == (58, 13, [1, 3, 6])
    groups = {group["public"]: group for group in found["groups"]}
    assert groups.keys() == {"student", None}, "three of the staff are told with the alumni"
    assert (groups["student"]["told"], groups["student"]["read"], groups["student"]["steps"]) == (30, 10, [0, 10, 10])
    assert (groups[None]["told"], groups[None]["read"]) == (28, 3)
    assert (await seen(ines, said))["announcement"]["publics"] == ["student", "alum"]
    assert (await seen(ines, said))["announcement"]["told"] == 58
    listed = (await sophie.browser.get(ANNOUNCEMENTS)).json()["items"]
    assert [(item["told"], item["written"]) for item in listed] == [(58, True), (None, True)]


async def test_those_who_have_not_read_it_are_reminded_seldom(
    parvis: Parvis, sophie: Someone, ines: Someone, claire: Someone, moved_clock: clock.MovableClock
) -> None:
    said = await announce(parvis, sophie)
    reminders = f"{ANNOUNCEMENTS}/{said['id']}/reminders"
    assert (await claire.browser.put(f"{ANNOUNCEMENTS}/{said['id']}/reading")).status_code == 200
    await ines.browser.put("/api/v1/notifications/read", json={"up_to": 10})
    moved_clock.advance(timedelta(hours=1))
    assert (await sophie.browser.post(reminders)).status_code == 202
    again = await sophie.browser.post(reminders)
    assert (again.status_code, again.json()["code"]) == (409, "reminded_lately")
    await work(parvis)

    unread = (await ines.browser.get("/api/v1/notifications", params={"unread": True})).json()["items"]
    assert [line["reason"] for line in unread[0]["lines"]] == ["not_read"]
    assert [
        item["lines"][0]["reason"] for item in (await claire.browser.get("/api/v1/notifications")).json()["items"]
    ] == ["announcement"]
    moved_clock.advance(timedelta(days=7, hours=1))
    assert (await sophie.browser.post(reminders)).status_code == 202
    await work(parvis)
    assert (await preview(sophie, to="square"))["most"] == 5
    for _ in range(4):
        await announce(parvis, sophie)
    left_out = await announce(parvis, sophie)
    assert await told(parvis, left_out) == {claire.id}, "a reminder and four announcements are five"


def _id(item: dict[str, str]) -> UUID:
    return UUID(item["id"])


@given(st.dictionaries(PUBLICS, st.integers(0, 60)))
@settings(max_examples=50, deadline=None)
def test_no_group_is_small_nor_found_by_subtraction(told_of: dict[Public | None, int]) -> None:
    of_publics = {public: Figures(told, told // 2, told // 3, 0, [0, told // 3]) for public, told in told_of.items()}
    groups = grouped(of_publics)
    whole = sum(told_of.values())
    assert all(group.figures.told >= GROUP for group in groups)
    hidden = whole - sum(group.figures.told for group in groups)
    assert hidden == 0 or not groups or whole < GROUP
    if groups:
        assert total(group.figures for group in groups) == total(of_publics.values())


@given(st.integers(0, 200), st.integers(0, 200))
@settings(max_examples=50, deadline=None)
def test_a_part_that_is_told_leaves_no_handful(part: int, rest: int) -> None:
    shown = part_of(part, part + rest)
    assert shown in {0, part, part + rest}
    assert shown == 0 or shown >= FEW
    assert shown == part + rest or part + rest - shown >= FEW or shown == 0
