"""The stream and its snapshot over HTTP."""

from collections.abc import Sequence
from typing import Annotated

import structlog
from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse
from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from parvis import __version__
from parvis.accounts.auth import AskingAgain, SignedIn
from parvis.kernel.errors import invalid
from parvis.kernel.limits import limited
from parvis.kernel.pagination import LIMIT_DEFAULT, LIMIT_MAX
from parvis.kernel.runtime import Parvis, Running
from parvis.kernel.stream import Cursor
from parvis.kernel.web import Reading, Writer

from .asyncapi import description
from .polling import Poll, poll
from .schemas import NewsOut, Shapes, SyncBase, TicketOut, snapshot_schema
from .service import LIFETIME, issue_ticket
from .snapshot import SyncPart

log = structlog.get_logger()

LONGEST_WAIT = 25
"""Seconds: less than what proxies let an answer take."""


Since = Annotated[
    str | None,
    Query(max_length=100, description="The cursor to go on from: of an answer before, of `GET /sync`, or an event’s."),
]
Wait = Annotated[int, Query(ge=0, le=LONGEST_WAIT, description="Seconds to wait when nothing has happened.")]
Limit = Annotated[int, Query(ge=1, le=LIMIT_MAX, description="How many events at most.")]


async def whose(actor: SignedIn) -> str:
    """Whose requests are counted together."""
    return str(actor.id)


LIMIT = limited("events", "240/minute", network="60000/minute", who=whose)
TICKETS_LIMIT = limited("realtime-tickets", "60/minute", network="30000/minute", who=whose)


def router(shapes: Shapes, parts: Sequence[SyncPart]) -> APIRouter:
    """The routes, whose schemas are made of the events that clients are told of, and of the parts of the snapshot."""
    routes, snapshot = APIRouter(tags=["events"]), snapshot_schema(parts)

    @routes.get("/events", response_model=shapes.reply, dependencies=[LIMIT])
    async def list_events(
        request: Request,
        actor: SignedIn,
        again: AskingAgain,
        parvis: Running,
        since: Since = None,
        wait: Wait = 0,
        limit: Limit = LIMIT_DEFAULT,
    ) -> NewsOut:
        """What happened since, in order, as far as you may see it now.

        With `wait` the answer comes as soon as something happens, or without items when the time is over. Without
        `since` it comes at once, and only gives the present cursor.
        """
        asked = Poll(_cursor(since), wait, limit, shapes.types_for)
        found = await poll(parvis, request, actor, again, asked)
        try:
            return shapes.show(found.facts, found.cursor, resync=found.resync)
        except ValidationError as error:  # Recorded by a version whose events had another shape.
            log.warning("events.unreadable", error=repr(error))
            return shapes.show([], found.cursor, resync=True)

    @routes.get("/sync", response_model=snapshot)
    async def get_sync(actor: SignedIn, again: AskingAgain, session: Reading, parvis: Running) -> SyncBase:
        """Where things stand, and the cursor from which to follow what happens next."""
        cursor = await _present(parvis, session)
        asking = await again()  # What is remembered of him may be older than the cursor.
        read = {part.name: await part.read(session, asking) for part in parts if asking.may_use(part.scope)}
        return snapshot.model_validate({**dict.fromkeys(names), **read, "cursor": str(cursor)})

    @routes.post("/realtime/tickets", status_code=201, dependencies=[TICKETS_LIMIT])
    async def create_realtime_ticket(actor: SignedIn, write: Writer) -> TicketOut:
        """A ticket for one socket, on which what happens is told as it happens.

        The socket ends with the session or token that asked. A token also needs `events:read`, and hears of what its
        other scopes let it read.
        """
        return TicketOut(ticket=await write(issue_ticket, actor), seconds=round(LIFETIME.total_seconds()))

    @routes.get("/asyncapi.json", include_in_schema=False)
    async def read_asyncapi() -> JSONResponse:
        """The description of the socket, beside that of everything else."""
        return JSONResponse(asyncapi, headers={"cache-control": "public, max-age=300"})

    names, asyncapi = [part.name for part in parts], description(__version__)
    return routes


def _cursor(written: str | None) -> Cursor | None:
    """Raises `Invalid` when it is none."""
    try:
        return Cursor.parse(written) if written is not None else None
    except ValueError as error:
        raise invalid("since", "malformed", "Ce repère n’est pas valable.", "This cursor is not valid.") from error


async def _present(parvis: Parvis, session: AsyncSession) -> Cursor:
    """The end of the log, as far as this process has taken it in: what it keeps in memory is not older."""
    extent = await parvis.stream.extent(session)
    return Cursor(extent.epoch, min(extent.end, parvis.tail.position))
