"""Where the member who asks is signed in."""

from uuid import UUID

from fastapi import APIRouter

from parvis.accounts.auth import Proved, SignedIn
from parvis.accounts.models import Session
from parvis.accounts.queries.sessions import sessions_of
from parvis.accounts.schemas.security import OwnSessionOut
from parvis.accounts.service import own_sessions
from parvis.kernel.errors import NotFound
from parvis.kernel.pagination import Page, PageQuery, paginate
from parvis.kernel.web import Reading, Writer, documented

from .parts import changing

router = APIRouter(prefix="/me/sessions", tags=["account"])


@router.get("")
async def list_my_sessions(session: Reading, actor: SignedIn, page: PageQuery) -> Page[OwnSessionOut]:
    """Where you are signed in, in browsers and mobile applications, newest first."""
    return await paginate(
        session, sessions_of(actor), (Session.id.desc(),), page, lambda one: OwnSessionOut.of(one, actor)
    )


@router.delete("", status_code=204, dependencies=[changing])
async def end_other_sessions(actor: Proved, write: Writer) -> None:
    """End every session but this one. They are refused from their next request on."""
    await write(own_sessions.end_others, actor)


@router.delete("/{session_id:uuid}", status_code=204, responses=documented([NotFound]), dependencies=[changing])
async def end_session(session_id: UUID, actor: Proved, write: Writer) -> None:
    """End one of your sessions. It is refused from its next request on."""
    await write(own_sessions.end, actor, session_id)
