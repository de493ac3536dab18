"""What happens in a community is told to those who are in it, while they are."""

from collections.abc import Sequence
from typing import Any

from parvis.accounts.events import MemberUpdated
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make.communities import Place, Someone, arrive, make_closed, make_community
from tests.realtime.conftest import Someone as Follower
from tests.realtime.conftest import tell, types


async def follow(*people: Someone) -> Sequence[Follower]:
    followers = [Follower(one.member, one.browser) for one in people]
    for follower in followers:
        await follower.begin()
    return followers


async def change(place: Place, owner: Someone, description: str) -> None:
    version = (await place.seen_by(owner))["version"]
    reply = await owner.browser.patch(
        place.url, json={"description": description}, headers={"if-match": f'"{version}"'}
    )
    assert reply.status_code == 200, reply.text


async def heard_in(place: Place, follower: Follower, parvis: Parvis) -> list[dict[str, Any]]:
    """What he hears of the community until a later fact shows that nothing is held back."""
    heard: list[dict[str, Any]] = []
    await tell(parvis, MemberUpdated(member_id=follower.member.id))
    while "member.updated" not in types(heard):
        heard += await follower.news(wait=5)
    return [item for item in heard if place.id in str(item)]


async def test_who_joins_hears_of_it_and_who_left_hears_nothing_more(
    nadia: Someone, ines: Someone, parvis: Parvis
) -> None:
    place = await make_community(nadia)
    [follower] = await follow(ines)
    await place.join(ines)
    joined = await heard_in(place, follower, parvis)
    assert [(item["type"], item["data"].get("about")) for item in joined if item["topic"] == follower.topic] == [
        ("access.gained", f"community:{place.id}")
    ]
    assert "community.people_changed" in types(joined)

    await place.leave(ines)
    await change(place, nadia, "Les rivières et leurs villes.")
    assert types(await heard_in(place, follower, parvis)) == ["access.lost"]


async def test_a_secret_community_is_heard_by_nobody_outside(
    nadia: Someone, ines: Someone, guest: Someone, parvis: Parvis
) -> None:
    followers = await follow(ines, guest)
    place = await make_community(nadia, access="secret")
    await change(place, nadia, "Ce que nous préparons.")
    for follower in followers:
        assert await heard_in(place, follower, parvis) == []


async def test_that_somebody_asks_is_heard_by_those_who_may_let_in(
    nadia: Someone, ines: Someone, claire: Someone, parvis: Parvis, sign_in: SignIn
) -> None:
    place = await make_closed(nadia, ines, claire, access="on_request")
    assert (await place.give_role(nadia, claire, "moderator")).status_code == 204
    asker = await arrive(parvis, sign_in, "Omar Diallo")
    followers = await follow(nadia, claire, ines, asker)
    assert (await asker.browser.put(f"{place.url}/request", json={})).status_code == 200
    heard = [types(await heard_in(place, follower, parvis)) for follower in followers]
    assert heard == [["community.door_changed"], ["community.door_changed"], [], []]

    assert (await place.give_role(nadia, claire, "member")).status_code == 204
    assert (await asker.browser.delete(f"{place.url}/request")).status_code == 204
    assert "community.door_changed" not in types(await heard_in(place, followers[1], parvis))
