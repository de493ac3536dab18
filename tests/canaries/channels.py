"""What reaches somebody without being asked for, and what is read elsewhere than in the API."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta
from email.utils import getaddresses

import httpx
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Session
from parvis.kernel import clock
from parvis.kernel.clock import MovableClock, clock_set_to
from parvis.kernel.runtime import Parvis
from parvis.kernel.text import fold
from parvis.notifications.service.digests import send_digest
from parvis.profiles.events import ProfileChanged
from tests.conftest import listen, run_jobs
from tests.make.mailbox import Mailbox
from tests.make.postbox import answer_to, listening, written
from tests.make.push import Device, PushService
from tests.realtime.conftest import tell
from tests.realtime.wire import API, Caller, Ear

from .crawling import Ids, Operation, Told
from .garden import words_in
from .people import Cast
from .planting import Plot

LIVE, REPLAY, POLL = "socket, live", "socket, replayed", "long poll"
MAIL, EXPORT, CALENDAR, PAGES, LOGS = "mail", "export", "calendar feed", "pages for robots", "logs"
SEARCH, TYPING, COUNTS, NOTIFIED = "search", "as one types", "counts", "notifications"
SYNC, FILES, ERRORS, LISTS = "snapshot", "files and previews", "errors", "lists and objects"
DIGEST, ANSWERED, PUSHED = "digests", "replies by mail", "push"
CHANNELS = (
    *(LISTS, SEARCH, TYPING, COUNTS, NOTIFIED, MAIL, DIGEST, ANSWERED, PUSHED, LIVE, REPLAY, POLL, SYNC, CALENDAR),
    *(EXPORT, FILES, PAGES, ERRORS, LOGS),
)
NOT_BUILT = ("webhooks",)
"""Channels of the promise that are still to come."""
PUBLIC_PAGES = ("/", "/metrics", "/health/ready", "/robots.txt", "/sitemap.xml", "/manifest.webmanifest")
PAGES_OF: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("community_id",): ("/communities/{}", "/communities/{}/about", "/communities/{}/events"),
    ("post_id",): ("/posts/{}",),
    ("document_id",): ("/documents/{}",),
    ("folder_id",): ("/documents/folders/{}",),
    ("conversation_id",): ("/messages/{}",),
    ("member_id",): ("/people/{}",),
}
ROBOT = {"user-agent": "facebookexternalhit/1.1", "accept": "text/html"}


def channel_of(operation: Operation, reply: httpx.Response) -> str:
    """On which channel an answer counts."""
    if not reply.is_success:
        return ERRORS
    if operation.name.startswith("count"):
        return COUNTS
    if operation.name.startswith("suggest") or (operation.looks_for and operation.tag != "search"):
        return TYPING
    by_tag = {"search": SEARCH, "notifications": NOTIFIED, "files": FILES}
    by_name = {"getSync": SYNC, "followCalendar": CALENDAR, "downloadEvent": CALENDAR}
    is_file = operation.name.startswith("download")
    return by_name.get(operation.name) or by_tag.get(operation.tag) or (FILES if is_file else LISTS)


@asynccontextmanager
async def hearing(cast: Cast, told: Mapping[str, Told]) -> AsyncIterator[None]:
    """Everybody who can has a socket open during the block, and hears all that is told in it."""
    async with AsyncExitStack() as sockets:
        ears = {
            part: await sockets.enter_async_context(caller.listening())
            for part, caller in cast.callers.items()
            if (await caller.browser.get(f"{API}/me")).is_success
        }
        yield
        for part, ear in ears.items():
            await _mark(cast, cast.callers[part])
            while not ear.events or ear.events[-1]["type"] != "profile.changed":
                await ear.hear()
            told[part](LIVE, _heard(ear))


async def replayed(cast: Cast, part: str, told: Told) -> None:
    """From where he stood before anything was said."""
    caller, since = cast.callers[part], cast.cursors[part]
    if not (await caller.browser.get(f"{API}/me")).is_success:
        refused = await caller.browser.get(f"{API}/events", params={"since": since})
        assert refused.status_code == 401
        return
    async with caller.listening(since) as ear:
        assert ear.events, f"{part} is told nothing again"
        told(REPLAY, _heard(ear))
    reply = await caller.browser.get(f"{API}/events", params={"since": since})
    while reply.json()["items"]:
        told(POLL, words_in(reply.content))
        reply = await caller.browser.get(f"{API}/events", params={"since": reply.json()["cursor"]})


def _heard(ear: Ear) -> set[str]:
    return words_in(str(ear.frames).encode())


async def _mark(cast: Cast, caller: Caller) -> None:
    await tell(cast.server.parvis, ProfileChanged(id=caller.member.id, version=9))


async def carry(cast: Cast, service: PushService) -> None:
    """Everybody has a device in his pocket, which says who and what."""
    for part in cast.callers:
        cast.devices[part] = Device(service, part)
        assert (await cast.devices[part].registers(cast[part], "everything")).status_code == 201, part


def mailed(mailbox: Mailbox, plot: Plot, told: Mapping[str, Told], channel: str = MAIL) -> None:
    """What stands in the mails to each since the last time, and in what these are about."""
    for part, caller in plot.cast.callers.items():
        for mail in mailbox.messages_to(address_of(caller)):
            parts = [one.get_payload(decode=True) for one in mail.walk() if not one.is_multipart()]
            said = b"\n".join(one for one in parts if isinstance(one, bytes))
            told[part](channel, words_in(str(mail.items()).encode() + b"\n" + said))
            plot.reply_addresses.update(address for _, address in getaddresses(mail.get_all("reply-to", [])))
    mailbox.clear()


async def digested(cast: Cast) -> None:
    """Everybody is sent the digest of the day and that of the week, as if he had not been here for long."""
    database = cast.server.parvis.database
    await database.write(_last_here, clock.now() - timedelta(days=20))
    for caller in cast.callers.values():
        for rhythm in ("daily", "weekly"):
            await send_digest(database, caller.member.id, rhythm)
    await database.write(_last_here, clock.now())
    await run_jobs(cast.server.parvis)


async def _last_here(session: AsyncSession, at: datetime) -> None:
    await session.execute(update(Session).values(seen_at=at))


async def answered_by_mail(plot: Plot, told: Mapping[str, Told]) -> None:
    """Everybody answers at each address that anybody was given to answer at, his own and those of others. No relay
    vouches for them: what may be said waits for its author."""
    cast, waits = plot.cast, plot.word("an answer by mail that waits for its author", {"member"})
    async with listening(cast.server.parvis) as port:
        for part, caller in cast.callers.items():
            for to in sorted(plot.reply_addresses):
                words = f"Oui, {waits}." if part == "member" else "Oui."
                _, said = await answer_to(port, written(address_of(caller), to, words, vouched=False))
                told[part](ANSWERED, words_in(said.encode()))
    await settle(cast.server.parvis)


async def pushed(cast: Cast, told: Mapping[str, Told]) -> None:
    """What reaches devices once others had the time to show it. What is mailed at once leaves too."""
    with clock_set_to(MovableClock(clock.now() + timedelta(minutes=5))):
        await run_jobs(cast.server.parvis)
    for part, device in cast.devices.items():
        told[part](PUSHED, words_in(str(device.received()).encode()))


def address_of(caller: Caller) -> str:
    return f"{fold(caller.member.name).replace(' ', '.')}@univ.example"


async def exported(cast: Cast, part: str, told: Told) -> None:
    """The copy of one's data, as one may take it away."""
    browser = cast.callers[part].browser
    asked = await browser.post(f"{API}/me/exports")
    if not asked.is_success:
        assert asked.status_code in {401, 403}, asked.text
        return
    await run_jobs(cast.server.parvis)
    copy = await browser.get(f"{API}/me/exports/{asked.json()['id']}/file")
    assert copy.is_success, copy.text
    told(EXPORT, words_in(copy.content))


async def calendar(plot: Plot, part: str, told: Told) -> None:
    """By the address that one gave one's calendar before."""
    address = plot.calendars.get(part)
    if address is not None:
        reply = await plot.cast.anonymous.get(address)
        told(CALENDAR if reply.is_success else ERRORS, words_in(reply.content))


async def robots(plot: Plot, ids: Ids, told: Told) -> int:
    """What a page says to who makes a preview of its address. Returns how many were read."""
    pages = [*PUBLIC_PAGES]
    for names, forms in PAGES_OF.items():
        pages += [form.format(*row) for row in ids.of(names) for form in forms]
    for page in pages:
        reply = await plot.cast.anonymous.get(page, headers=ROBOT)
        told(PAGES, words_in(reply.content))
    return len(pages)


async def settle(parvis: Parvis) -> None:
    """All that comes of what happened."""
    await listen(parvis)
    await run_jobs(parvis)
