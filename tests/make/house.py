"""Parvis served to browsers from a thread of this process: a test can prepare who lives there, and move time."""

import asyncio
import shutil
import threading
import time
from collections.abc import Collection, Coroutine, Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Member
from parvis.kernel import clock
from parvis.kernel.config import Settings
from parvis.kernel.identity_providers import IdentityProvider
from parvis.kernel.runtime import Parvis

from . import hosts, template
from .mailbox import Mailbox, link_in, smtp_server
from .people import PASSWORD, make_member, make_organisation
from .served import served

T = TypeVar("T")

SECRET = "a secret for tests, and for nothing else"
PATIENCE = 20.0
"""Seconds until a mail that must come counts as lost."""


@dataclass
class House:
    """Where it listens, its mails, and the clock that its server reads."""

    url: str
    parvis: Parvis
    mailbox: Mailbox
    loop: asyncio.AbstractEventLoop
    ahead: timedelta = timedelta()
    other_door: str | None = None
    """By which every other browser comes in, where there is a second host."""

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Does something in the server's own loop, and waits for it."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout=60)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def move_time(self, by: timedelta) -> None:
        self.ahead += by

    def member(
        self, name: str, *, language: str = "fr", appearance: str = "system", roles: Collection[str] = ()
    ) -> Member:
        """Somebody who can sign in by `PASSWORD`."""
        member = self.run(make_member(self.parvis, name, password=PASSWORD, language=language, roles=roles))
        self.run(self.parvis.database.write(_change, member, {"appearance": appearance}))
        return member

    def link_in_mail(self, to: str, page: str) -> str:
        """The newest link to this page that was mailed to the address, once it has come."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for message in reversed(self.mailbox.messages_to(to)):
                link = link_in(message)
                if link.startswith(f"{self.url}{page}#"):
                    return link
            time.sleep(0.05)
        raise AssertionError(f"no mail to {to} leads to {page}")


async def _change(session: AsyncSession, member: Member, values: dict[str, str]) -> None:
    await session.execute(update(Member).where(Member.id == member.id).values(values))


@contextmanager
def house(folder: Path, *, oidc: Sequence[IdentityProvider] = (), **settled: Any) -> Iterator[House]:
    """A served Parvis for the length of the block, with a real mail server. `database_url`, if settled, is migrated.
    Where nothing is settled of where things are kept, it may stand on several hosts (see `hosts`)."""
    own = folder / "parvis.db"
    shutil.copyfile(template.migrated(), own)
    with smtp_server() as mailbox, ExitStack() as stack:
        is_on_two = hosts.HOSTS > 1 and "database_url" not in settled
        kept = stack.enter_context(hosts.shared()).settings if is_on_two else {"database_url": f"sqlite:///{own}"}
        settings = Settings(
            **{
                "data_dir": folder,
                "public_url": "http://localhost",
                "secret_key": SECRET,
                "smtp_url": mailbox.url,
                "oidc": list(oidc),
                **kept,
                **settled,
            }
        )
        opened: Future[House] = Future()
        stopping = threading.Event()
        thread = threading.Thread(target=lambda: asyncio.run(_serve(settings, mailbox, opened, stopping)))
        thread.start()
        try:
            at = opened.result(timeout=60)
            at.run(make_organisation(at.parvis))
            if is_on_two:
                told = {**hosts.environment_of(settings), "PARVIS_PUBLIC_URL": at.url}
                at.other_door = stack.enter_context(hosts.another_host(told, folder / "other-host.log"))
            with clock.clock_set_to(at.now):
                yield at
        finally:
            stopping.set()
            thread.join(timeout=60)


async def _serve(settings: Settings, mailbox: Mailbox, opened: Future[House], stopping: threading.Event) -> None:
    try:
        async with served(settings) as running:
            opened.set_result(House(running.url, running.parvis, mailbox, asyncio.get_running_loop()))
            await asyncio.to_thread(stopping.wait)
    except BaseException as error:
        if not opened.done():
            opened.set_exception(error)
        raise
