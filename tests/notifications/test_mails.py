"""Being mailed what one was told: at once or in a digest, as one may read it when it is written, and never twice."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import httpx
import pytest

from parvis.kernel.clock import MovableClock, clock_set_to
from parvis.kernel.mail import Lists, Subscription
from parvis.kernel.runtime import Parvis
from tests.conftest import database_of_today, listen, run_jobs
from tests.make.chat import talk
from tests.make.communities import Place, Someone, make_closed
from tests.make.mailbox import Mailbox, html_of, text_of
from tests.make.notifications import CHOICES, choose, told
from tests.make.posts import ask, comment, say

from .test_choices import set_level
from .test_told import name

CLAIRE = "claire.vasseur@univ.example"
MONDAY = datetime(2026, 11, 30, 5, 50, tzinfo=UTC)
"""Ten minutes before seven o'clock in Paris."""


@pytest.fixture
async def on_sunday(parvis: Parvis) -> MovableClock:
    """Everybody came before; what is said from now on is said on the eve of a Monday."""
    return MovableClock(MONDAY - timedelta(hours=14))


async def later(parvis: Parvis, clock: MovableClock, by: timedelta) -> None:
    """Lets time pass, and all that is due be done."""
    await listen(parvis)
    await run_jobs(parvis)
    clock.advance(by)
    await run_jobs(parvis)


def to_claire(mailbox: Mailbox) -> list[EmailMessage]:
    return mailbox.messages_to(CLAIRE)


async def test_who_is_named_is_mailed_what_was_said_a_little_later_and_leaves_by_one_click(
    parvis: Parvis,
    mailbox: Mailbox,
    moved_clock: MovableClock,
    place: Place,
    ines: Someone,
    claire: Someone,
    client: httpx.AsyncClient,
) -> None:
    said = await say(ines, place, f"Voyez {name(claire)}, **demain** :\n\n- la carte\n- les bottes")
    await later(parvis, moved_clock, timedelta(seconds=30))
    assert to_claire(mailbox) == []
    await later(parvis, moved_clock, timedelta(minutes=5))
    (mail,) = to_claire(mailbox)
    assert mail["subject"].startswith("Inès Benali names you: Voyez @Claire Vasseur")
    text = text_of(mail).replace("\r\n", "\n")
    assert "Voyez @Claire Vasseur, demain :\n• la carte\n• les bottes" in text
    assert f"https://testserver/posts/{said['id']}" in text
    assert mail["list-id"] == "<named.localhost>"
    assert mail["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"

    address = mail["list-unsubscribe"].strip(" <>")
    page = await client.get(address)  # As robots that look for harm do.
    assert page.status_code in {200, 503}
    assert (await kinds_of(claire))["named"] == "at_once"
    form = {"content-type": "application/x-www-form-urlencoded", "origin": "null"}
    for _ in range(2):
        left = await client.post(address, content="List-Unsubscribe=One-Click", headers=form)
        assert left.status_code == 204
    assert (await kinds_of(claire))["named"] == "never"
    token = address.rpartition("/")[2]
    shown = await client.get(f"/api/v1/unsubscriptions/{token}")
    assert shown.json() == {"list": "named", "left": True, "kinds": []}
    await say(ines, place, f"Encore {name(claire)}.")
    await later(parvis, moved_clock, timedelta(minutes=5))
    assert len(to_claire(mailbox)) == 1


async def kinds_of(someone: Someone) -> dict[str, str]:
    return {one["kind"]: one["mail"] for one in (await someone.browser.get(CHOICES)).json()["kinds"]}


async def test_an_address_to_leave_by_is_of_one_member_and_list_and_cannot_be_made(
    parvis: Parvis, client: httpx.AsyncClient, ines: Someone, claire: Someone
) -> None:
    lists = Lists(parvis.settings.secret)
    token = lists.address(Subscription(claire.member.id, "weekly")).rpartition("/")[2]
    swapped = lists.address(Subscription(ines.member.id, "weekly")).rpartition("/")[2]
    for forged in (token[:32] + swapped[32:], token[:-1] + ("A" if token[-1] != "A" else "B"), "x", "A" * 60):
        for reply in (
            await client.put(f"/api/v1/unsubscriptions/{forged}"),
            await client.post(f"/unsubscribe/{forged}"),
        ):
            assert reply.status_code == 404, forged
    page = f"/api/v1/unsubscriptions/{token}"
    holds = {"list": "weekly", "left": False, "kinds": ["followed", "documents"]}
    assert (await client.get(page)).json() == holds
    assert (await client.put(page)).json() == {"list": "weekly", "left": True, "kinds": []}
    after = await kinds_of(claire)
    assert (after["followed"], after["documents"], after["named"]) == ("never", "never", "at_once")
    assert (await kinds_of(ines))["followed"] == "weekly"


async def test_what_was_read_or_may_be_read_no_longer_is_not_mailed(
    parvis: Parvis, mailbox: Mailbox, moved_clock: MovableClock, nadia: Someone, ines: Someone, claire: Someone
) -> None:
    secret = await make_closed(nadia, ines, claire, name="Jury secret")
    await say(ines, secret, f"Le sujet, {name(claire)}.")
    found = await told(parvis, claire)
    await claire.browser.put("/api/v1/notifications/read", json={"up_to": found["position"]})
    await later(parvis, moved_clock, timedelta(minutes=5))
    assert to_claire(mailbox) == []

    await say(ines, secret, f"Le second sujet, {name(claire)}.")
    await listen(parvis)
    assert (await nadia.browser.delete(f"{secret.url}/members/{claire.id}")).is_success
    await later(parvis, moved_clock, timedelta(minutes=5))
    assert [mail["subject"] for mail in to_claire(mailbox) if "sujet" in text_of(mail)] == []


@pytest.mark.parametrize("dialect", database_of_today(), scope="session")
async def test_the_digest_of_monday_tells_by_thread_what_was_not_mailed_and_the_next_none_of_it(
    parvis: Parvis,
    mailbox: Mailbox,
    on_sunday: MovableClock,
    place: Place,
    ines: Someone,
    claire: Someone,
    nadia: Someone,
    omar: Someone,
) -> None:
    await choose(claire.browser, answered={"mail": "weekly"})
    assert (await place.join(omar)).status_code == 200
    asked = await ask(claire, place)
    with clock_set_to(on_sunday):
        for someone in (ines, nadia, omar):
            await comment(someone, asked, f"Celle de {someone.name}.")
        await say(ines, place, "La **crue** de mai.")
        hidden = await make_closed(nadia, ines, name="Jury")
        await say(ines, hidden, "Rien pour Claire.")
        await say(ines, place, f"Merci {name(claire)}.")
        await later(parvis, on_sunday, timedelta(minutes=5))
        (at_once,) = to_claire(mailbox)
        assert "names you" in at_once["subject"]
        for _ in range(15):
            await later(parvis, on_sunday, timedelta(hours=1))
        _, digest = to_claire(mailbox)
        text, html = text_of(digest), html_of(digest)
        assert digest["subject"].startswith("Your week on ")
        assert digest["list-id"] == "<weekly.localhost>"
        assert "Omar Diallo and 2 others answered your question" in text
        assert "Celle de Nadia Cherkaoui." in text
        assert "La crue de mai." in text
        assert "Merci" not in text, "it was mailed already"
        assert "Rien pour Claire" not in text + html
        assert "prefers-color-scheme: dark" in html
        for _ in range(8 * 24):
            await later(parvis, on_sunday, timedelta(hours=1))
        assert len(to_claire(mailbox)) == 2, "there was nothing new"


async def test_a_community_that_tells_only_what_concerns_one_is_not_in_the_digest(
    parvis: Parvis, mailbox: Mailbox, on_sunday: MovableClock, place: Place, ines: Someone, claire: Someone
) -> None:
    await set_level(claire, place, "mine")
    with clock_set_to(on_sunday):
        await say(ines, place, "Pour tous.")
        for _ in range(16):
            await later(parvis, on_sunday, timedelta(hours=1))
    assert to_claire(mailbox) == []


async def test_quiet_hours_and_a_pause_hold_a_mail_back(
    parvis: Parvis, mailbox: Mailbox, moved_clock: MovableClock, place: Place, ines: Someone, claire: Someone
) -> None:
    here = moved_clock.instant.hour * 60 + moved_clock.instant.minute
    hours = {"quiet_from": (here - 60) % 1440, "quiet_until": (here + 60) % 1440, "time_zone": "UTC"}
    assert (await claire.browser.put("/api/v1/me/chat-preferences", json=hours)).status_code == 200
    await say(ines, place, f"Tard, {name(claire)}.")
    await later(parvis, moved_clock, timedelta(minutes=10))
    assert to_claire(mailbox) == []
    await later(parvis, moved_clock, timedelta(hours=1))
    assert len(to_claire(mailbox)) == 1
    await choose(claire.browser, paused_until=moved_clock.instant + timedelta(days=2))
    await say(ines, place, f"En vacances, {name(claire)} ?")
    await later(parvis, moved_clock, timedelta(days=1))
    assert len(to_claire(mailbox)) == 1
    await later(parvis, moved_clock, timedelta(days=1, minutes=2))
    assert len(to_claire(mailbox)) == 2


async def test_what_is_written_to_one_is_in_the_digest_of_the_day_until_it_is_read(
    parvis: Parvis, mailbox: Mailbox, on_sunday: MovableClock, ines: Someone, claire: Someone
) -> None:
    room = await talk(ines, claire)
    with clock_set_to(on_sunday):
        for words in ("Bonjour", "Tu viens ?"):
            await room.say(ines, words)
        for _ in range(15):
            await later(parvis, on_sunday, timedelta(hours=1))
    (mail,) = to_claire(mailbox)
    text = text_of(mail)
    assert "2 messages that you have not read" in text
    assert "Tu viens ?" in text
    assert mail["list-id"] == "<daily.localhost>"
