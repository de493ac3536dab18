"""`GET /sync`: where things stand, and from where to go on."""

from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries

from .conftest import SYNC, Someone, types


async def test_the_snapshot_has_every_part_and_a_cursor_to_go_on_from(
    ines: Someone, claire: Someone, parvis: Parvis
) -> None:
    before = (await ines.browser.get(SYNC)).json()
    assert before.keys() == {"cursor", "viewer", "contact_requests", "chat", "notifications"}
    assert before["viewer"] == (await ines.browser.get("/api/v1/session")).json()["member"]
    assert before["contact_requests"] == {"received": 0}
    assert before["chat"] == {"messages": 0, "mentions": 0, "quiet_until": None}
    assert before["notifications"] == {"unread": 0, "position": 0, "is_pushed": False}

    await claire.browser.put(f"/api/v1/me/contact-requests/{ines.id}", json={"message": ""})

    ines.cursor = before["cursor"]
    assert types(await ines.hears(1)) == ["contacts.changed"]
    after = (await ines.browser.get(SYNC)).json()
    assert after["contact_requests"] == {"received": 1}


async def test_nothing_between_the_snapshot_and_its_cursor_is_lost(ines: Someone, parvis: Parvis) -> None:
    """The cursor is not after what this process has told those who keep something in memory."""
    parvis.tail.position = type(parvis.tail.position)()
    cursor = (await ines.browser.get(SYNC)).json()["cursor"]
    assert cursor.split(".")[1:] == ["0", "0"]


async def test_the_snapshot_costs_a_fixed_number_of_queries(ines: Someone, counted_queries: CountedQueries) -> None:
    """The end of the log, three for the viewer, one for his requests, four for what is
    unread in his conversations and one for what he is told."""
    await ines.browser.get(SYNC)
    with counted_queries() as queries:
        await ines.browser.get(SYNC)
    assert len(queries) == 10
