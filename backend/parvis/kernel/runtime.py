"""A running Parvis: what one process holds open, started and stopped together."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Annotated, Any, TypeVar, cast

from fastapi import Depends, Request

from . import stream
from .audit import Auditor
from .broker import open_broker
from .config import Settings
from .db import Database
from .events import Log, Tail, write_recorded
from .jobs import Handler, Jobs
from .limits import Limiter
from .listeners import Listener, Listeners
from .mail import MAIL_ATTEMPTS, MAIL_JOB, Mailer
from .secrets import Vault
from .storage import Storage
from .web import running

T = TypeVar("T")
Handlers = Callable[["Parvis"], Mapping[str, Handler]]


class Parvis:
    """The parts of the kernel, wired. Which listeners and job handlers exist is told by `parvis/wiring.py`."""

    def __init__(
        self, settings: Settings, *, listeners: Sequence[Listener] = (), handlers: Handlers = lambda _: {}
    ) -> None:
        self.settings = settings
        self.database = Database(settings.database)
        self.broker = open_broker(settings.redis_url.get_secret_value() if settings.redis_url else None)
        self.log = Log(self.database)
        self.tail = Tail(self.log)
        self.stream = stream.Stream(self.database)
        self.storage = Storage.open(settings)
        self.limiter = Limiter(settings)
        self.mailer = Mailer(settings, self.database)
        self.auditor = Auditor(settings.secret)
        self.answers_vault = Vault(settings.secret, "idempotent answers")
        self.listeners = Listeners(self.database, self.log, listeners)
        self.jobs = Jobs(self.database, handlers(self), {MAIL_JOB: MAIL_ATTEMPTS})
        self.on_wake: list[Callable[[], None]] = [self.tail.wake]
        self.on_facts: list[Callable[[Sequence[Mapping[str, Any]]], None]] = []
        self.on_passing: list[Callable[[bytes], None]] = []
        self.on_drain: list[Callable[[], None]] = []
        self.on_stop: list[Callable[[], Awaitable[None]]] = []
        self._parts: dict[type[Any], Any] = {}

    async def start(self) -> None:
        self.database.before_commit += [write_recorded, self.mailer.enqueue_written, self.auditor.write_audited]
        self.database.on_commit = self._committed
        await self.database.start()
        await stream.begin(self.database)
        await self.tail.start()
        await self.broker.start(self._woken, self._passed)

    def drain(self) -> None:
        """Ends what only waits, so that what works can end: this process was told to stop."""
        for end in self.on_drain:
            end()

    async def stop(self) -> None:
        self.drain()
        for end in self.on_stop:
            await end()
        await self.broker.stop()
        await self.tail.stop()
        await self.limiter.stop()
        await self.database.stop()

    def add_part(self, part: object) -> None:
        """Adds what a feature keeps per process; `wiring.py` does."""
        self._parts[type(part)] = part

    def part(self, kind: type[T]) -> T:
        """The part of that type. Raises KeyError when nobody added it."""
        return cast(T, self._parts[kind])

    def _committed(self, units: list[dict[Any, Any]]) -> None:
        """Tells this process of the facts before their callers are answered; then one wake-up per durable commit, and
        only when it left something to be told or done."""
        facts = [fact for info in units for fact in info.get("facts", ())]
        for tell in self.on_facts if facts else ():
            tell(facts)
        if any(info.get("facts") or info.get("jobs") for info in units):
            self.broker.wake()

    def _woken(self) -> None:
        for wake in self.on_wake:
            wake()

    def _passed(self, said: bytes) -> None:
        for hear in self.on_passing:
            hear(said)


async def _running(request: Request) -> Parvis:
    return running(request)


Running = Annotated[Parvis, Depends(_running)]
"""For routes: the running Parvis that serves this request."""
