"""Being told as one chose: of a kind, and of a community."""

from parvis.kernel.runtime import Parvis
from tests.make.communities import Place, Someone, make_closed
from tests.make.notifications import NOTIFICATIONS, choose, lines, unread
from tests.make.posts import comment, say, say_in

from .test_told import name


async def set_level(someone: Someone, place: Place, level: str) -> None:
    reply = await someone.browser.put(f"{place.url}/notification-level", json={"level": level})
    assert (reply.status_code, reply.json()["level"]) == (200, level), reply.text


async def test_a_kind_that_one_does_without_here_is_read_where_it_was_said_alone(
    place: Place, ines: Someone, claire: Someone, parvis: Parvis
) -> None:
    await choose(claire.browser, named={"here": False})
    said = await say(ines, place, f"Voyez {name(claire)}.")
    assert (await lines(parvis, claire), await unread(parvis, claire)) == ([], 0)
    await comment(claire, said, "Oui.")
    await comment(ines, said, f"Merci {name(claire)}.")
    assert (await lines(parvis, claire), await unread(parvis, claire)) == ([], 0)
    about = (await claire.browser.get(NOTIFICATIONS, params={"about_id": said["id"]})).json()["items"]
    assert [item["about_id"] for item in about] == [said["id"]], "its page finds it, to say that it was read"


async def test_who_wants_a_kind_in_no_way_is_not_told(
    place: Place, ines: Someone, claire: Someone, parvis: Parvis
) -> None:
    await choose(claire.browser, named={"here": False, "mail": "never", "push": False})
    said = await say(ines, place, f"Voyez {name(claire)}.")
    assert await lines(parvis, claire, about_id=said["id"]) == []


async def test_a_community_is_silenced_but_not_what_is_said_elsewhere_too(
    place: Place, ines: Someone, claire: Someone, nadia: Someone, omar: Someone, parvis: Parvis
) -> None:
    await set_level(claire, place, "nothing")
    await say(ines, place, f"Voyez {name(claire)}.")
    assert await lines(parvis, claire) == []
    other = await make_closed(nadia, claire, omar, name="Jury")
    assert (await say_in(nadia, place, other, body="@communauté, à 8 h.")).status_code == 201
    assert await lines(parvis, claire) == [[("call", ["Nadia Cherkaoui"], 1)]]
    await set_level(claire, place, "mine")
    await say(ines, place, f"Et là, {name(claire)} ?")
    assert await unread(parvis, claire) == 2
    await set_level(claire, place, "all")
    assert (await claire.browser.get(f"{place.url}/notification-level")).json()["level"] == "all"


async def test_a_secret_community_has_no_level_for_who_does_not_know_it(nadia: Someone, omar: Someone) -> None:
    secret = await make_closed(nadia, name="Secret")
    level = f"{secret.url}/notification-level"
    assert (await omar.browser.get(level)).status_code == 404
    assert (await omar.browser.put(level, json={"level": "nothing"})).status_code == 404
