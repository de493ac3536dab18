"""Parvis for somebody who sends it anything: a server in a thread, an administrator who cannot be locked out, and a
new network for each request, so that what is answered is never "too many"."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from itertools import count
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actors
from parvis.accounts.jwt import AccessTokens
from parvis.accounts.models import Address, Member, MemberRole, Session
from parvis.accounts.scopes import SCOPES
from parvis.kernel import clock
from parvis.kernel.config import Settings

from .people import PASSWORD, make_member, make_organisation
from .served import Served, served

T = TypeVar("T")
ROLES = ("administrator", "people_administrator")


class Target:
    """A served Parvis, from another thread than its own."""

    def __init__(self, server: Served, loop: asyncio.AbstractEventLoop) -> None:
        self.url = server.url
        self._parvis = server.parvis
        self._loop = loop
        self._networks = count(1)
        self._administrator = self._run(self._people())
        self._token = ""

    def token(self) -> str:
        """An access token of the administrator, with every scope and a recent proof. Whatever the requests before did
        to him is undone."""
        self._token = self._run(self._present_token())
        return self._token

    def network(self) -> str:
        """A network that has asked for nothing yet."""
        number = next(self._networks)
        return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    async def _people(self) -> UUID:
        await make_organisation(self._parvis)
        await make_member(self._parvis, "Chloé Petit", password=PASSWORD)
        await make_member(self._parvis, "Driss Alaoui", activated=False)
        administrator = await make_member(self._parvis, "Ada Lovelace", password=PASSWORD, roles=ROLES)
        return administrator.id

    async def _present_token(self) -> str:
        if self._token and await self._parvis.part(Actors).by_bearer(self._token):
            return self._token
        opened = await self._parvis.database.write(_restored, self._administrator)
        self._parvis.part(Actors).forget(self._administrator)
        return self._parvis.part(AccessTokens).write(self._administrator, opened, list(SCOPES), "parvis-mobile")


async def _restored(session: AsyncSession, member_id: UUID) -> UUID:
    """A new mobile session of the administrator, who is active, verified and an administrator again."""
    now = clock.now()
    whole = {"suspended_at": None, "deleted_at": None, "activated_at": now}
    await session.execute(update(Member).where(Member.id == member_id).values(whole))
    await session.execute(update(Address).where(Address.member_id == member_id).values(verified_at=now))
    await session.execute(delete(MemberRole).where(MemberRole.member_id == member_id))
    session.add_all([MemberRole(member_id=member_id, role=role) for role in ROLES])
    opened = Session(
        member_id=member_id,
        kind="mobile",
        client_id="parvis-mobile",
        scopes=list(SCOPES),
        methods=["pwd"],
        proved_at=now,
        user_agent="Fuzz/1.0",
        network="10.0.0.1",
        expires_at=now.replace(year=now.year + 1),
    )
    session.add(opened)
    await session.flush()
    return opened.id


@contextmanager
def target(settings: Settings) -> Iterator[Target]:
    """The target for the length of the block; its server runs in a thread of its own."""
    ready: Future[tuple[Served, asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def serve() -> None:
        try:
            async with served(settings.model_copy(update={"trusted_proxies": 1})) as server:
                over = asyncio.Event()
                ready.set_result((server, asyncio.get_running_loop(), over))
                await over.wait()
        except BaseException as error:
            if not ready.done():
                ready.set_exception(error)
            raise

    thread = threading.Thread(target=lambda: asyncio.run(serve()), name="target")
    thread.start()
    server, loop, over = ready.result(30)
    try:
        yield Target(server, loop)
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(30)
