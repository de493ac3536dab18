"""What one had before one's eyes, on whatever device, is not mailed; whatever else one read there silences nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from sqlalchemy import func, select

from parvis.kernel.clock import MovableClock, clock_set_to
from parvis.kernel.runtime import Parvis
from parvis.notifications.service.digests import send_digest
from parvis.posts.models import PostView
from parvis.posts.service.viewing import KEPT
from tests.conftest import SignIn, run_jobs
from tests.make.communities import Place, Someone, make_closed
from tests.make.mailbox import Mailbox, text_of
from tests.make.notifications import choose
from tests.make.posts import POSTS, say, url_of

from .test_mails import later, to_claire
from .test_told import name

MONDAY = datetime(2026, 11, 30, 0, 50, tzinfo=UTC)


async def see(by: httpx.AsyncClient, *posts: dict[str, Any]) -> None:
    reply = await by.put(f"{POSTS}/seen", json={"post_ids": [post["id"] for post in posts]})
    assert reply.status_code == 204, reply.text


async def views(parvis: Parvis) -> int:
    async with parvis.database.reading() as session:
        return await session.scalar(select(func.count()).select_from(PostView)) or 0


async def test_what_was_seen_while_its_mail_waited_is_not_mailed_and_the_rest_is(
    parvis: Parvis,
    mailbox: Mailbox,
    moved_clock: MovableClock,
    sign_in: SignIn,
    place: Place,
    ines: Someone,
    claire: Someone,
) -> None:
    await choose(claire.browser, followed={"mail": "at_once"})
    phone = await sign_in(claire.member)
    seen, unseen = await say(ines, place, "La crue de mai."), await say(ines, place, "La sortie de juin.")
    named, changed = [await say(ines, place, f"{words} {name(claire)} ?") for words in ("Tu viens,", "Le car,")]
    moved_clock.advance(timedelta(seconds=20))
    for _ in range(2):  # It is told again when it is shown again.
        await see(phone, seen, named, changed)
    await see(ines.browser, unseen)
    moved_clock.advance(timedelta(seconds=20))
    assert (await claire.browser.get("/api/v1/conversations")).is_success  # She reads something else.
    now = {"body": f"Le train, {name(claire)} ?"}
    match = {"if-match": (await ines.browser.get(url_of(changed))).headers["etag"]}
    assert (await ines.browser.patch(url_of(changed), json=now, headers=match)).is_success
    await later(parvis, moved_clock, timedelta(minutes=5))
    mailed = sorted(text_of(mail) for mail in to_claire(mailbox))
    assert len(mailed) == 2
    assert any("La sortie de juin." in text for text in mailed)
    assert any("Le train," in text for text in mailed)


async def test_a_digest_has_what_was_not_seen_though_its_reader_was_here_since(
    parvis: Parvis, mailbox: Mailbox, place: Place, ines: Someone, claire: Someone
) -> None:
    clock = MovableClock(MONDAY)
    with clock_set_to(clock):
        seen, _ = await say(ines, place, "La crue de mai."), await say(ines, place, "La sortie de juin.")
        clock.advance(timedelta(minutes=1))
        await see(claire.browser, seen)
        clock.advance(timedelta(hours=1))
        assert (await claire.browser.get("/api/v1/conversations")).is_success
        clock.advance(timedelta(hours=5))
        assert await send_digest(parvis.database, claire.member.id, "weekly")
        await run_jobs(parvis)
    (digest,) = to_claire(mailbox)
    assert "La sortie de juin." in text_of(digest)
    assert "La crue" not in text_of(digest)


async def test_what_one_may_not_read_or_said_oneself_is_not_remembered_nor_anything_for_long(
    parvis: Parvis, moved_clock: MovableClock, nadia: Someone, place: Place, ines: Someone, claire: Someone
) -> None:
    secret = await make_closed(nadia, ines, name="Jury secret")
    hidden, mine, read = await say(ines, secret), await say(claire, place), await say(ines, place)
    await see(claire.browser, hidden, mine)
    assert await views(parvis) == 0
    await see(claire.browser, hidden, mine, read, {"id": "00000000-0000-7000-8000-000000000000"})
    assert await views(parvis) == 1
    moved_clock.advance(KEPT - timedelta(hours=1))
    await run_jobs(parvis)
    assert await views(parvis) == 1
    moved_clock.advance(timedelta(days=2))
    await run_jobs(parvis)
    assert await views(parvis) == 0
