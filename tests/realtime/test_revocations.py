"""REV: however access ends, it ends on every surface, within a second; and nothing of it is told later.

A grid of two tables: `REVOCATIONS` by which somebody loses something, and `SURFACES` on which he had it. A surface is a
generator: before it yields it shows that there is access, and keeps open what can be kept open; after, it raises unless
that has ended. What comes new adds itself by a line to one of the tables.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from io import BytesIO
from time import monotonic
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import httpx
import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from websockets.exceptions import ConnectionClosed

from parvis.accounts.models import Session
from parvis.choices.models import Rhythm
from parvis.kernel import clock
from parvis.kernel.config import Settings
from parvis.kernel.jobs import Job
from parvis.kernel.runtime import Parvis
from parvis.notifications.models import DueMail
from parvis.notifications.service.digests import send_digest
from parvis.notifications.service.mailing import MAIL
from parvis.profiles.events import ProfileChanged
from tests.conftest import database_of_today, listen, run_jobs
from tests.files.uploads import upload
from tests.make.announcements import announce
from tests.make.chat import make_channel, make_group
from tests.make.communities import Place, Someone, make_community
from tests.make.directory import list_everybody
from tests.make.gatherings import gather
from tests.make.hands import in_page
from tests.make.mailbox import Mailbox, html_of, text_of
from tests.make.people import PASSWORD, make_organisation
from tests.make.postbox import address_of
from tests.make.posts import comment, say, url_of
from tests.make.push import Device, PushService, push_service
from tests.make.served import Served, served
from tests.make.spaces import changed, document_url, folder_url, make_folder, make_page, put_document, space_of

from .conftest import tell
from .wire import API, PATIENCE, Caller, Ear, arriving, knock, signed_in

PROMISED = 1.0
"""Seconds, where everybody who works has a core; where they share one it takes as much longer."""


@dataclass(frozen=True)
class Outside:
    """Where what is told leaves to."""

    mailbox: Mailbox
    pushes: PushService


@dataclass
class Loss:
    """What somebody is about to lose. `names`: ids that nothing told later may hold; `url`: what he reads now."""

    parvis: Parvis
    server: Served
    outside: Outside
    reader: Caller
    urls: list[str]
    names: list[str]
    happens: Callable[[], Awaitable[object]]
    """Something he must not hear of."""
    calls: Callable[[], Awaitable[object]] | None = None
    """Something there that he is told of wherever he is."""
    file: str | None = None
    calendar: str | None = None
    page: dict[str, Any] | None = None
    document: dict[str, Any] | None = None
    digest: Rhythm = "weekly"
    """By which he is told of it."""
    ends_session: bool = False
    tells: frozenset[str] = frozenset()
    """Types of events by which he is told of the loss itself."""
    began: float = 0.0
    took: dict[str, float] = field(default_factory=dict)

    async def ends(self, what: str, is_over: Callable[[], Awaitable[bool]]) -> None:
        """Waits until it is over, and keeps how long that took."""
        while not await is_over():
            assert monotonic() - self.began < 20, f"{what}: access goes on"
        self.took[what] = monotonic() - self.began

    def says(self, words: str) -> bool:
        """Whether anything of it is in what was pushed or mailed."""
        return any(word in words for word in ("Canari", *self.names))

    def leaked(self, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
        named = [event for event in events if any(name in str(event) for name in self.names)]
        return [event for event in named if event["type"] not in self.tells and not _says_gone(event)]


def _says_gone(event: dict[str, Any]) -> bool:
    """That a document is there no more for who hears it: its id, and nothing of it."""
    return event["type"] == "document.changed" and bool(event["data"]["gone"])


Surface = Callable[[Loss], AsyncIterator[None]]
GONE = {401, 403, 404}


# --- surfaces ---------------------------------------------------------------------------------------------------------


async def rest(loss: Loss) -> AsyncIterator[None]:
    for url in loss.urls:
        assert (await loss.reader.browser.get(url)).status_code == 200, url
    yield
    for url in loss.urls:
        await loss.ends("REST", lambda url=url: _is_gone(loss.reader.browser, url))  # type: ignore[misc]


async def _is_gone(browser: httpx.AsyncClient, url: str) -> bool:
    """A post that was deleted leaves a place without words where it was answered."""
    reply = await browser.get(url)
    return reply.status_code in GONE or (reply.json().get("gone", False) and b"Canari" not in reply.content)


async def socket_live(loss: Loss) -> AsyncIterator[None]:
    async with loss.reader.listening() as ear:
        yield
        if loss.ends_session:
            assert await ear.closed() == 4003
            loss.took["socket, live"] = monotonic() - loss.began
        else:
            await loss.happens()
            await _marked(loss, ear)
        assert loss.leaked(ear.events) == []


async def _marked(loss: Loss, ear: Ear) -> None:
    """Hears all that there is to hear by now."""
    await tell(loss.parvis, ProfileChanged(id=loss.reader.member.id, version=9))
    while not _is_marked(ear.events):
        await ear.hear()


def _is_marked(events: list[dict[str, Any]]) -> bool:
    """It need not be the last: what is pushed and mailed beside is told of too."""
    return any(event["type"] == "profile.changed" for event in events)


async def socket_resumed(loss: Loss) -> AsyncIterator[None]:
    """Comes back with the cursor of before, and a ticket of before where it still has one."""
    since, ticket = await loss.reader.cursor(), await loss.reader.ticket()
    yield
    await loss.happens()
    async with knock(loss.server, origin=loss.server.url) as ear:
        await ear.say(type="hello", ticket=ticket, since=since)
        if loss.ends_session:
            assert await ear.closed() == 4001
        else:
            await _marked(loss, ear)
        assert loss.leaked(ear.events) == []


async def long_poll(loss: Loss) -> AsyncIterator[None]:
    """One that waits, and one with the cursor of before."""
    since = await loss.reader.cursor()
    heard: list[dict[str, Any]] = []
    waiting = asyncio.create_task(_follow(loss.reader, since, heard))
    await asyncio.sleep(0)
    yield
    if loss.ends_session:
        assert await asyncio.wait_for(waiting, 20) == 401
        loss.took["long poll"] = monotonic() - loss.began
    else:
        await loss.happens()
        await tell(loss.parvis, ProfileChanged(id=loss.reader.member.id, version=9))
        assert await asyncio.wait_for(waiting, 20) == 200
        again: list[dict[str, Any]] = []
        await _follow(loss.reader, since, again)
        assert loss.leaked(again) == []
    assert loss.leaked(heard) == []


async def _follow(reader: Caller, since: str, heard: list[dict[str, Any]]) -> int:
    """Until the mark, or a refusal."""
    while not _is_marked(heard):
        reply = await reader.browser.get(f"{API}/events", params={"since": since, "wait": 5})
        if reply.status_code != 200:
            return reply.status_code
        heard += reply.json()["items"]
        since = reply.json()["cursor"]
    return 200


async def file_url(loss: Loss) -> AsyncIterator[None]:
    assert loss.file is not None
    file = loss.file
    assert (await loss.reader.browser.get(file)).status_code == 200
    yield
    await loss.ends("file URL", lambda: _is_gone(loss.reader.browser, file))


async def documents(loss: Loss) -> AsyncIterator[None]:
    """The bytes of one that stands in a folder. Zips that run, and links: `tests/documents`."""
    assert loss.document is not None
    url, browser = f"{document_url(loss.document)}/content", loss.reader.browser
    assert (await browser.get(url)).content == b"Canari."
    yield
    await loss.ends("documents", lambda: _is_refused(browser, url))


async def _is_refused(browser: httpx.AsyncClient, url: str) -> bool:
    return (await browser.get(url)).status_code in GONE


async def calendar_feed(loss: Loss) -> AsyncIterator[None]:
    assert loss.calendar is not None
    address = loss.calendar
    async with httpx.AsyncClient(base_url=loss.server.url, timeout=PATIENCE) as calendar:
        assert "SUMMARY:Sortie" in (await calendar.get(address)).text
        yield

        async def is_over() -> bool:
            return "SUMMARY:Sortie" not in (await calendar.get(address)).text

        await loss.ends("calendar feed", is_over)


async def co_editing(loss: Loss) -> AsyncIterator[None]:
    """Of a page, by who has it open."""
    assert loss.page is not None
    async with in_page(loss.reader, loss.page) as hand:
        await hand.reads("Canari")
        yield
        assert await hand.closed() == 4003
        loss.took["co-editing"] = monotonic() - loss.began
    assert "Plus tard" not in hand.words


async def running_export(loss: Loss) -> AsyncIterator[None]:
    """Asked for while there was access, made after: nothing that others said there is in it, and no stranger has it."""
    asked = await loss.reader.browser.post(f"{API}/me/exports")
    assert asked.status_code in {200, 201, 202}, asked.text
    url = f"{API}/me/exports/{asked.json()['id']}/file"
    yield
    await run_jobs(loss.parvis)
    reply = await loss.reader.browser.get(url)
    if loss.ends_session:
        assert reply.status_code in GONE
    else:
        assert reply.status_code == 200
        assert b"Canari" not in await _unpacked(reply)


async def _unpacked(reply: httpx.Response) -> bytes:
    with ZipFile(BytesIO(reply.content)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


async def push(loss: Loss) -> AsyncIterator[None]:
    """What waits for its ten seconds while access ends: it is judged when it is sent."""
    assert loss.calls is not None
    device = Device(loss.outside.pushes, loss.reader.id)
    assert (await device.registers(_of(loss.reader), "everything")).status_code == 201
    await loss.calls()
    await leaves(loss.parvis)
    assert loss.says(str(device.received()))
    await loss.calls()
    await listen(loss.parvis)
    yield
    before = len(device.hits)
    await leaves(loss.parvis)
    assert not loss.says(str(device.received()[before:]))


async def push_and_mail(loss: Loss) -> AsyncIterator[None]:
    """The same, with what waits to be mailed at once or in a digest."""
    pushing = push(loss)
    await anext(pushing)
    assert loss.says(await mails(loss))
    yield
    before = len(await mails(loss))
    await digest(loss)
    assert not [step async for step in pushing]
    assert not loss.says((await mails(loss))[before:])


async def mails(loss: Loss) -> str:
    """All that he was mailed."""
    address = (await address_of(loss.parvis, _of(loss.reader))).email
    return _texts(loss.outside.mailbox.messages_to(address))


def _texts(mails: list[EmailMessage]) -> str:
    return "\n".join(f"{one['subject']}\n{text_of(one)}\n{html_of(one)}" for one in mails)


async def leaves(parvis: Parvis) -> None:
    """Whatever waits for its time is pushed and mailed now."""
    for _ in range(2):  # What is said, then what is told of it.
        await listen(parvis)
    await parvis.database.write(_due_now)
    await run_jobs(parvis)


async def digest(loss: Loss) -> None:
    """As if he had been away since yesterday."""
    await listen(loss.parvis)
    await loss.parvis.database.write(_away, loss.reader.member.id)
    await send_digest(loss.parvis.database, loss.reader.member.id, loss.digest)
    await run_jobs(loss.parvis)


async def _due_now(session: AsyncSession) -> None:
    await session.execute(update(DueMail).values(due_at=clock.now()))
    waiting = update(Job).where(Job.name.in_(("push.send", "push.spread", MAIL)), Job.ended_at.is_(None))
    await session.execute(waiting.values(run_at=clock.now()))


async def _away(session: AsyncSession, member_id: UUID) -> None:
    mine = update(Session).where(Session.member_id == member_id)
    await session.execute(mine.values(seen_at=clock.now() - timedelta(days=1)))


SURFACES: Mapping[str, Surface] = {
    "push": push,
    "push and mail": push_and_mail,
    "REST": rest,
    "socket, live": socket_live,
    "socket, resumed": socket_resumed,
    "long poll": long_poll,
    "file URL": file_url,
    "documents": documents,
    "calendar feed": calendar_feed,
    "co-editing": co_editing,
    "running export": running_export,
}
"""In the order in which they are opened: what is said for the first two is heard by nothing that is open."""


# --- revocations ------------------------------------------------------------------------------------------------------


@dataclass
class House:
    """Nadia runs communities, Paul the organisation."""

    parvis: Parvis
    server: Served
    outside: Outside
    nadia: Caller
    paul: Caller
    stack: AsyncExitStack
    count: int = 0

    async def somebody(self) -> Caller:
        """Somebody new, who has a password."""
        self.count += 1
        return await self.stack.enter_async_context(
            arriving(self.server, f"Membre {self.count}", password=PASSWORD, email=f"m{self.count}@univ.example")
        )

    async def place(self, *members: Caller, **draft: Any) -> Place:
        place = await make_community(_of(self.nadia), f"Lieu {self.count}", **draft)
        for member in members:
            assert (await place.join(_of(member))).status_code == 200
        return place

    async def loss(self, reader: Caller, place: Place, **said: Any) -> Loss:
        """What is in a community: a post with a file, an event in his calendar, and what is said there later."""
        file = await upload(self.nadia.browser, b"Canari.", "canari.txt")
        post = await say(_of(self.nadia), place, "Canari.", files=[file["id"]])
        event = await gather(_of(self.nadia), place, "Sortie")
        await reader.browser.put(url_of(event, "attendance"), json={"answer": "yes"})
        feed = (await reader.browser.post(f"{API}/me/calendar-feed", json={"holds": "answered"})).json()["url"]
        await _done(self.nadia, "PATCH", place.url, {"summary": "Un lieu."})
        page = await make_page(self.nadia, await space_of(_of(self.nadia), place))
        async with in_page(self.nadia, page) as hand:
            await hand.kept(await hand.write("Canari."))

        document = await self.document(place)

        async def happens() -> None:
            await say(_of(self.nadia), place, "Plus tard.")

        async def calls() -> None:
            await say(_of(self.nadia), place, f"Canari, {_name(reader)}.")

        found: dict[str, Any] = {
            "urls": [url_of(post), f"{url_of(post)}/comments", f"{place.url}/posts"],
            "names": [place.id, post["id"], event["id"]],
            "happens": happens,
            "calls": calls,
            "file": post["files"][0]["url"],
            "calendar": feed[feed.index("/api/") :],
            "page": page,
            "document": document,
            "tells": frozenset({"access.lost", "post.mine_changed"}),
        }
        return Loss(self.parvis, self.server, self.outside, reader, **{**found, **said})

    async def document(self, place: Place) -> dict[str, Any]:
        """In a folder of the community's."""
        folder = await make_folder(_of(self.nadia), await space_of(_of(self.nadia), place), "Relevés")
        made = await put_document(_of(self.nadia), folder, "Canari.txt", b"Canari.")
        return {**made, "folder": folder}


def _name(caller: Caller) -> str:
    return f"@[x](person:{caller.id})"


def _of(caller: Caller) -> Someone:
    return Someone(caller.member, caller.browser)


async def _done(caller: Caller, method: str, url: str, body: object = None) -> Any:
    reply = await caller.browser.request(method, url, json=body)
    assert reply.is_success, f"{method} {url}: {reply.text}"
    return reply.json() if reply.content else None


Revocation = Callable[[House], AsyncIterator[Loss]]
LATER = {"push", "push and mail", "running export"}
"""What is made after a while, and not read at once: asked when the others have ended, whom the making would keep
waiting."""
IN_PLACE = tuple(name for name in SURFACES if name != "push")
LIVE = ("REST", "socket, live", "socket, resumed", "long poll")
OF_PLACE = (*LIVE, "file URL", "documents", "co-editing")
OF_READERS = (*OF_PLACE, "push and mail")
OF_SESSION = (*OF_PLACE, "running export", "push")
OF_TOKEN = OF_PLACE
OF_ROOM = (*LIVE, "push and mail")
OF_POST = (*LIVE, "file URL", "push and mail")
OF_DOCUMENT = (*LIVE, "documents")


async def removed(house: House) -> AsyncIterator[Loss]:
    reader = await house.somebody()
    place = await house.place(reader)
    await _done(house.nadia, "PATCH", place.url, {"access": "secret"})
    yield await house.loss(reader, place)
    await _done(house.nadia, "DELETE", f"{place.url}/members/{reader.id}")


async def banned(house: House) -> AsyncIterator[Loss]:
    reader = await house.somebody()
    place = await house.place(reader)
    yield await house.loss(reader, place)
    await _done(house.nadia, "PUT", f"{place.url}/bans/{reader.id}", {})


async def demoted(house: House) -> AsyncIterator[Loss]:
    """No longer hears who asks to come in, nor reads it."""
    reader = await house.somebody()
    place = await house.place(reader)
    await _done(house.nadia, "PATCH", place.url, {"access": "on_request"})
    await _done(house.nadia, "PUT", f"{place.url}/members/{reader.id}/role", {"role": "moderator"})

    async def happens() -> None:
        await _done(await house.somebody(), "PUT", f"{place.url}/request", {"message": "Bonjour."})

    urls = [f"{place.url}/requests", f"{place.url}/bans", f"{place.url}/cases"]
    loss = await house.loss(reader, place, urls=urls, names=[f"door:{place.id}"], happens=happens)
    yield loss
    await _done(house.nadia, "PUT", f"{place.url}/members/{reader.id}/role", {"role": "member"})


async def taken_out_of_a_conversation(house: House) -> AsyncIterator[Loss]:
    reader, other = await house.somebody(), await house.somebody()
    room = await make_group(_of(house.nadia), _of(reader), _of(other))
    said = await room.say(_of(house.nadia), "Canari.")

    async def happens() -> None:
        await room.say(_of(house.nadia), "Plus tard.")

    async def calls() -> None:
        await room.say(_of(house.nadia), f"Canari, {_name(reader)}.")

    urls = [room.url, f"{room.url}/messages", f"{API}/messages/{said['id']}"]
    tells, names = frozenset({"access.lost"}), [room.id, said["id"]]
    yield Loss(
        house.parvis, house.server, house.outside, reader, urls, names, happens, calls, digest="daily", tells=tells
    )
    assert (await room.remove(_of(house.nadia), _of(reader))).is_success


async def taken_out_of_a_channel(house: House) -> AsyncIterator[Loss]:
    """With its community."""
    reader = await house.somebody()
    place = await house.place(reader)
    room = await make_channel(_of(house.nadia), place)
    said = await room.say(_of(house.nadia), "Canari.")

    async def happens() -> None:
        await room.say(_of(house.nadia), "Plus tard.")

    async def calls() -> None:
        await room.say(_of(house.nadia), f"Canari, {_name(reader)}.")

    urls = [room.url, f"{room.url}/messages", f"{API}/messages/{said['id']}"]
    tells = frozenset({"access.lost"})
    names = [room.id, said["id"]]
    yield Loss(house.parvis, house.server, house.outside, reader, urls, names, happens, calls, tells=tells)
    await _done(house.nadia, "DELETE", f"{place.url}/members/{reader.id}")


async def made_secret(house: House) -> AsyncIterator[Loss]:
    """Who is not in read it while it was open."""
    reader, place = await house.somebody(), await house.place()
    yield await house.loss(reader, place)
    await _done(house.nadia, "PATCH", place.url, {"access": "secret"})


async def made_on_request(house: House) -> AsyncIterator[Loss]:
    reader, place = await house.somebody(), await house.place()
    yield await house.loss(reader, place)
    await _done(house.nadia, "PATCH", place.url, {"access": "on_request"})


async def deactivated(house: House) -> AsyncIterator[Loss]:
    reader = await house.somebody()
    yield await house.loss(reader, await house.place(reader), ends_session=True)
    await _done(house.paul, "PUT", f"{API}/people/{reader.id}/suspension")


async def password_changed(house: House) -> AsyncIterator[Loss]:
    """In another browser: this one is signed out."""
    reader = await house.somebody()
    yield await house.loss(reader, await house.place(reader), ends_session=True)
    async with signed_in(house.server, reader.member) as elsewhere:
        await _done(elsewhere, "PUT", f"{API}/me/password", {"password": "cheval-agrafe-batterie-bleue"})


async def all_sessions_revoked(house: House) -> AsyncIterator[Loss]:
    reader = await house.somebody()
    yield await house.loss(reader, await house.place(reader), ends_session=True)
    async with signed_in(house.server, reader.member) as elsewhere:
        await _done(elsewhere, "DELETE", f"{API}/me/sessions")


async def token_revoked(house: House) -> AsyncIterator[Loss]:
    member = await house.somebody()
    loss = await house.loss(member, await house.place(member), ends_session=True)
    areas = ("account", "profiles", "communities", "posts", "files", "documents")
    scopes = ["events:write", *(f"{area}:read" for area in ("events", *areas))]
    draft = {"name": "Script", "scopes": scopes, "days": 1}
    made = await _done(member, "POST", f"{API}/me/tokens", draft)
    headers = {"authorization": f"Bearer {made['token']}"}
    script = await house.stack.enter_async_context(
        httpx.AsyncClient(base_url=house.server.url, headers=headers, timeout=20)
    )
    loss.reader = Caller(house.server, member.member, script)
    yield loss
    await _done(member, "DELETE", f"{API}/me/tokens/{made['id']}")


async def post_deleted(house: House) -> AsyncIterator[Loss]:
    reader = await house.somebody()
    place = await house.place(reader)
    file = await upload(house.nadia.browser, b"Canari.", "canari.txt")
    post = await say(_of(house.nadia), place, "Canari.", files=[file["id"]])
    yield await _of_post(house, reader, post)
    await _done(house.nadia, "DELETE", url_of(post))


async def post_taken_off_a_wall(house: House) -> AsyncIterator[Loss]:
    reader = await house.somebody()
    place = await house.place(reader)
    file = await upload(house.nadia.browser, b"Canari.", "canari.txt")
    post = await say(_of(house.nadia), place, "Canari.", files=[file["id"]])
    yield await _of_post(house, reader, post)
    await _done(house.nadia, "DELETE", url_of(post, "places", place.id))


async def announcement_deleted(house: House) -> AsyncIterator[Loss]:
    reader = await house.somebody()
    await list_everybody(house.parvis)
    file = await upload(house.paul.browser, b"Canari.", "canari.txt")
    rule = {"all": [{"kind": "public", "publics": ["student"]}]}
    said = await announce(house.parvis, _of(house.paul), to="audience", rule=rule, files=[file["id"]])
    post = (await reader.browser.get(url_of(said))).json()
    yield await _of_post(house, reader, post)
    await _done(house.paul, "DELETE", url_of(post))
    await run_jobs(house.parvis)


async def document_narrowed(house: House) -> AsyncIterator[Loss]:
    """To who runs the community, by rights of its own: who stays in it is told that it changed, and no more."""
    reader = await house.somebody()
    document = await house.document(await house.place(reader))
    yield await _of_document(house, reader, document)
    await _narrow(house, document_url(document))


async def folder_narrowed(house: House) -> AsyncIterator[Loss]:
    reader = await house.somebody()
    document = await house.document(await house.place(reader))
    yield await _of_document(house, reader, document)
    await _narrow(house, folder_url(document["folder"]))


async def _narrow(house: House, url: str) -> None:
    await changed(_of(house.nadia), f"{url}/rights", {"inherits": False, "grants": []}, "PUT")


async def _of_document(house: House, reader: Caller, document: dict[str, Any]) -> Loss:
    one_by_one = asyncio.Lock()

    async def happens() -> None:
        async with one_by_one:
            await changed(_of(house.nadia), document_url(document), {"name": f"Autre {monotonic()}.txt"})

    told = frozenset({"access.lost"})
    urls = [document_url(document), f"{document_url(document)}/versions"]
    named = [document["id"]]
    at = (house.parvis, house.server, house.outside)
    return Loss(*at, reader, urls, named, happens, document=document, tells=told)


async def _of_post(house: House, reader: Caller, post: dict[str, Any]) -> Loss:
    """Of what is gone for all one is told that it went, and nothing more."""

    async def happens() -> None:
        reply = await house.nadia.browser.post(url_of(post, "comments"), json={"body": "Encore."})
        assert reply.status_code in {403, 404, 409}, reply.text

    async def calls() -> None:
        await comment(_of(house.nadia), post, f"Canari, {_name(reader)}.")

    tells = frozenset({"post.deleted", "announcement.told", "post.changed"})
    file, named = post["files"][0]["url"], [post["id"]]
    at = (house.parvis, house.server, house.outside)
    return Loss(*at, reader, [url_of(post)], named, happens, calls, file=file, tells=tells)


REVOCATIONS: Mapping[str, tuple[Revocation, tuple[str, ...]]] = {
    "removed": (removed, IN_PLACE),
    "banned": (banned, IN_PLACE),
    "demoted": (demoted, LIVE),
    "community made secret": (made_secret, OF_READERS),
    "made on request": (made_on_request, OF_READERS),
    "out of a conversation": (taken_out_of_a_conversation, OF_ROOM),
    "out of a channel": (taken_out_of_a_channel, OF_ROOM),
    "deactivated": (deactivated, IN_PLACE),
    "password changed": (password_changed, OF_SESSION),
    "all sessions revoked": (all_sessions_revoked, OF_SESSION),
    "token revoked": (token_revoked, OF_TOKEN),
    "document narrowed": (document_narrowed, OF_DOCUMENT),
    "folder narrowed": (folder_narrowed, OF_DOCUMENT[:-1]),
    "post deleted": (post_deleted, OF_POST),
    "post taken off": (post_taken_off_a_wall, OF_POST),
    "announcement deleted": (announcement_deleted, (*LIVE, "file URL")),
}
"""By name: how it is done, and on which surfaces it takes something away. A calendar's address is a secret of its own,
which outlives a session; who may not read a community's events has none of them in his calendar."""


@pytest.fixture(autouse=True)
def organisation() -> None:
    """The server's own."""


@asynccontextmanager
async def opened(settings: Settings, mailbox: Mailbox) -> AsyncIterator[House]:
    async with AsyncExitStack() as stack:
        pushes = await stack.enter_async_context(push_service())
        own = settings.model_copy(update={"push_trusted": [pushes.origin]})
        server = await stack.enter_async_context(served(own, timeout_keep_alive=120))
        await make_organisation(server.parvis)
        nadia = await stack.enter_async_context(arriving(server, "Nadia Cherkaoui", "staff"))
        paul = await stack.enter_async_context(
            arriving(server, "Paul Roux", "staff", roles=["administrator", "communicator"])
        )
        yield House(server.parvis, server, Outside(mailbox, pushes), nadia, paul, stack)


@pytest.mark.parametrize("dialect", database_of_today(), scope="session")
async def test_access_ends_at_once_on_every_surface(settings: Settings, mailbox: Mailbox) -> None:
    cells: dict[str, dict[str, str]] = {}
    slowest = 0.0
    async with opened(settings, mailbox) as house:
        for name, (revocation, surfaces) in REVOCATIONS.items():
            cells[name], took = await revoked(house, revocation, surfaces)
            slowest = max(slowest, took)
        await still_told(house)
    sys.stdout.write(grid(cells, slowest))
    faults = {(name, at): found for name, row in cells.items() for at, found in row.items() if found != "ends"}
    assert faults == {}
    assert slowest <= PROMISED


async def revoked(house: House, revocation: Revocation, surfaces: tuple[str, ...]) -> tuple[dict[str, str], float]:
    """What became of each surface, and how long the slowest took."""
    doing = revocation(house)
    loss = await anext(doing)
    await listen(house.parvis)
    held = {name: surface(loss) for name, surface in SURFACES.items() if name in surfaces}
    for surface in held.values():
        await anext(surface)
    assert await anext(doing, None) is None
    loss.began = monotonic()
    at_once = [name for name in held if name not in LATER]
    found = dict(zip(at_once, await asyncio.gather(*(ended(held[name]) for name in at_once)), strict=True))
    for name in held.keys() & LATER:
        found[name] = await ended(held[name])
    return found, max(loss.took.values())


async def still_told(house: House) -> None:
    """Who lost nothing has in his digest what the others must not have."""
    reader = await house.somebody()
    loss = await house.loss(reader, await house.place(reader))
    await digest(loss)
    assert loss.says(await mails(loss))


async def ended(surface: AsyncIterator[None]) -> str:
    try:
        await anext(surface, None)
    except (AssertionError, TimeoutError, ConnectionClosed) as error:
        return repr(error)[:300]
    return "ends"


def grid(cells: Mapping[str, Mapping[str, str]], slowest: float) -> str:
    """As it is printed."""
    names = [*SURFACES]
    lines = [" " * 22 + "  ".join(names)]
    for revocation, row in cells.items():
        shown = [("ends" if row[name] == "ends" else "FAILS") if name in row else "-" for name in SURFACES]
        padded = [one.ljust(len(name)) for one, name in zip(shown, names, strict=True)]
        lines.append(revocation.ljust(22) + "  ".join(padded))
    asked = sum(map(len, cells.values()))
    ended = sum(found == "ends" for row in cells.values() for found in row.values())
    lines.append(f"REV: {ended}/{asked} cells end, the slowest after {slowest * 1000:.0f} ms, 0 events later\n")
    return "\n".join(lines)
