"""What becomes something to be pushed: ten seconds later, unless a device of the member has shown it by then."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.events import SessionRevoked
from parvis.chat.events import MessagePosted
from parvis.kernel import clock
from parvis.kernel.events import SCRUBBED, Event, Fact
from parvis.kernel.jobs import enqueue
from parvis.kernel.listeners import Listener
from parvis.notifications.events import NotificationsChanged

from . import queries, service

PUSH = "push.send"
SPREAD = "push.spread"
GRACE = timedelta(seconds=10)


async def _told(session: AsyncSession, fact: Fact) -> None:
    up_to, devices = await queries.behind(session, UUID(fact.data["member_id"]))
    for device_id in devices:
        payload = {"device_id": str(device_id), "up_to": up_to}
        await enqueue(session, PUSH, payload, run_at=clock.now() + GRACE, unique=f"{device_id} {up_to}")


async def _said(session: AsyncSession, fact: Fact) -> None:
    if SCRUBBED in fact.data or fact.data["root_id"] is not None:
        return
    if await queries.hears_of_messages(session, UUID(fact.data["conversation_id"])):
        payload = {"message_id": fact.data["id"]}
        await enqueue(session, SPREAD, payload, run_at=clock.now() + GRACE, unique=fact.data["id"])


async def _ended(session: AsyncSession, fact: Fact) -> None:
    await service.forget_session(session, UUID(fact.data["session_id"]))


REACTIONS: Mapping[type[Event], Callable[[AsyncSession, Fact], Awaitable[None]]] = {
    NotificationsChanged: _told,
    MessagePosted: _said,
    SessionRevoked: _ended,
}
_BY_TYPE = {event.type: reaction for event, reaction in REACTIONS.items()}


async def react(session: AsyncSession, fact: Fact) -> None:
    await _BY_TYPE[fact.type](session, fact)


listener = Listener.to("push", list(REACTIONS), react)
