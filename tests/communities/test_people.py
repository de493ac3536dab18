"""Who is in a community: joining, leaving, roles."""

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import func, select

from parvis.circles.models import Circle, Membership
from parvis.circles.service import recount
from parvis.communities.models import Community
from parvis.kernel import clock
from parvis.kernel.events import LogEntry
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, SignIn
from tests.make.communities import COMMUNITIES, Someone, arrive, make_community
from tests.make.people import affiliate


async def told(parvis: Parvis, member: Someone) -> list[str]:
    async with parvis.database.reading() as session:
        query = select(LogEntry.type).where(LogEntry.topic == f"member:{member.id}", LogEntry.type.like("access.%"))
        return list(await session.scalars(query.order_by(LogEntry.id)))


async def test_whoever_joins_is_in_and_is_counted_once(nadia: Someone, ines: Someone, parvis: Parvis) -> None:
    place = await make_community(nadia)
    assert (await place.seen_by(ines))["abilities"] == ["read", "join", "see_people"]
    joined = await place.join(ines)
    again = await place.join(ines)
    assert (joined.status_code, again.status_code) == (200, 200)
    assert (again.json()["people"], again.json()["role"]) == (2, "member")
    assert again.json()["mix"] == {"student": 1, "alum": 0, "staff": 1, "partner": 0}
    assert await place.people(ines) == ["Nadia Cherkaoui", "Inès Benali"]
    assert await told(parvis, ines) == ["access.gained"]
    mine = (await ines.browser.get(COMMUNITIES, params={"mine": "true"})).json()["items"]
    assert [item["id"] for item in mine] == [place.id]


async def test_many_who_join_at_an_instant_are_counted_right(nadia: Someone, parvis: Parvis, sign_in: SignIn) -> None:
    place = await make_community(nadia)
    crowd = [await arrive(parvis, sign_in, f"Étudiant {number}") for number in range(10)]
    await asyncio.gather(*(place.join(someone) for someone in crowd for _ in range(3)))
    seen = await place.seen_by(nadia)
    assert (seen["people"], seen["mix"]["student"]) == (11, 10)


async def test_on_request_one_does_not_walk_in_nor_sees_who_is_there(nadia: Someone, ines: Someone) -> None:
    place = await make_community(nadia, access="on_request")
    seen = await place.seen_by(ines)
    assert (seen["people"], seen["abilities"]) == (1, ["request"])
    refused = await place.join(ines)
    assert (refused.status_code, refused.json()["code"]) == (403, "ask_first")
    assert (await ines.browser.get(f"{place.url}/members")).status_code == 403
    assert (await ines.browser.delete(f"{place.url}/members/{nadia.id}")).status_code == 403


async def test_whoever_leaves_is_out_and_told_so(nadia: Someone, ines: Someone, parvis: Parvis) -> None:
    place = await make_community(nadia)
    await place.join(ines)
    assert (await place.leave(ines)).status_code == 204
    assert (await place.leave(ines)).status_code == 404
    assert await place.people(nadia) == ["Nadia Cherkaoui"]
    assert (await place.seen_by(nadia))["mix"]["student"] == 0
    assert await told(parvis, ines) == ["access.gained", "access.lost"]


async def test_the_last_owner_hands_over_before_leaving(nadia: Someone, ines: Someone) -> None:
    place = await make_community(nadia)
    await place.join(ines)
    for attempt in (place.leave(nadia), place.give_role(nadia, nadia, "member")):
        refused = await attempt
        assert (refused.status_code, refused.json()["code"]) == (409, "last_owner")
    assert (await place.give_role(nadia, ines, "owner")).status_code == 204
    assert (await place.leave(nadia)).status_code == 204
    assert (await place.seen_by(ines))["role"] == "owner"


async def test_the_last_owner_of_an_archive_may_leave(nadia: Someone) -> None:
    place = await make_community(nadia)
    await nadia.browser.put(f"{place.url}/archiving")
    assert (await place.leave(nadia)).status_code == 204


async def test_two_owners_who_leave_at_an_instant_leave_one_owner(
    nadia: Someone, ines: Someone, parvis: Parvis
) -> None:
    for _ in range(3):
        place = await make_community(nadia)
        await place.join(ines)
        await place.give_role(nadia, ines, "owner")
        answers = await asyncio.gather(*(place.leave(one) for one in (nadia, ines) for _ in range(25)))
        assert sorted({answer.status_code for answer in answers} - {404}) == [204, 409]
        async with parvis.database.reading() as session:
            owners = select(func.count()).select_from(Membership).join(Circle, Circle.id == Membership.circle_id)
            circle = await _circle_of(parvis, place.id)
            assert await session.scalar(owners.where(Membership.circle_id == circle, Membership.role == "owner")) == 1


async def _circle_of(parvis: Parvis, community_id: str) -> UUID:
    async with parvis.database.reading() as session:
        found = await session.scalar(select(Community.circle_id).where(Community.id == UUID(community_id)))
    assert found is not None
    return found


async def test_roles_rank(nadia: Someone, ines: Someone, claire: Someone) -> None:
    place = await make_community(nadia)
    await place.join(ines)
    await place.join(claire)
    assert (await place.give_role(ines, ines, "owner")).status_code == 403
    assert (await ines.browser.delete(f"{place.url}/members/{claire.id}")).status_code == 403
    assert (await place.give_role(nadia, ines, "moderator")).status_code == 204
    assert (await ines.browser.delete(f"{place.url}/members/{nadia.id}")).status_code == 403
    listed = (await ines.browser.get(f"{place.url}/members")).json()["items"]
    assert {item["person"]["name"]: item["abilities"] for item in listed} == {
        "Nadia Cherkaoui": [],
        "Inès Benali": [],
        "Claire Vasseur": ["take_out", "ban"],
    }
    assert (await ines.browser.delete(f"{place.url}/members/{claire.id}")).status_code == 204
    assert (await nadia.browser.delete(f"{place.url}/members/{uuid4()}")).status_code == 404


async def test_a_charter_is_accepted_on_joining_and_again_when_it_changes(nadia: Someone, ines: Someone) -> None:
    place = await make_community(nadia, charter="On se respecte.")
    refused = await place.join(ines)
    assert (refused.status_code, refused.json()["code"]) == (409, "charter_not_accepted")
    assert (await place.join(ines, charter_version=1)).status_code == 200
    assert "post" in (await place.seen_by(ines))["abilities"]

    await nadia.browser.patch(place.url, json={"charter": "On se respecte, et on cite."})
    seen = await place.seen_by(ines)
    assert "post" not in seen["abilities"]
    assert "accept_charter" in seen["abilities"]
    stale = await ines.browser.put(f"{place.url}/charter-acceptance", json={"charter_version": 1})
    assert stale.status_code == 409
    accepted = await ines.browser.put(f"{place.url}/charter-acceptance", json={"charter_version": 2})
    assert "post" in accepted.json()["abilities"]


async def test_only_moderators_post_where_so_decided(nadia: Someone, ines: Someone) -> None:
    place = await make_community(nadia, posting="moderators", commenting="members")
    await place.join(ines)
    abilities = (await place.seen_by(ines))["abilities"]
    assert ("post" in abilities, "comment" in abilities) == (False, True)


async def test_who_blocks_is_not_listed_to_whom_he_blocks(nadia: Someone, ines: Someone, claire: Someone) -> None:
    place = await make_community(nadia)
    await place.join(ines)
    await place.join(claire)
    await claire.browser.put(f"/api/v1/me/blocks/{ines.id}")
    assert await place.people(ines) == ["Nadia Cherkaoui", "Inès Benali"]
    assert await place.people(nadia, q="claire") == ["Claire Vasseur"]


async def test_the_mix_follows_the_publics_of_its_people(nadia: Someone, ines: Someone, parvis: Parvis) -> None:
    place = await make_community(nadia)
    await place.join(ines)
    today = clock.now().date()
    await affiliate(parvis, ines.member, "staff", starts_on=today - timedelta(days=1))
    await parvis.database.write(recount, [ines.member.id, nadia.member.id])
    assert (await place.seen_by(nadia))["mix"] == {"student": 0, "alum": 0, "staff": 2, "partner": 0}


async def test_a_page_of_people_costs_the_same_queries(
    nadia: Someone, parvis: Parvis, sign_in: SignIn, counted_queries: CountedQueries
) -> None:
    place = await make_community(nadia)
    counts = []
    for number in (2, 12):
        for each in range(number):
            await place.join(await arrive(parvis, sign_in, f"Membre {number} {each}"))
        with counted_queries() as queries:
            await place.people(nadia)
        counts.append(len(queries))
    assert counts == [4, 4]
