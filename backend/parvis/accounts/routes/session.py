"""The session that this browser or client is in."""

from fastapi import APIRouter

from parvis.accounts.actor import Actors
from parvis.accounts.auth import Asking
from parvis.accounts.doorway import AtTheDoor
from parvis.accounts.presentation import Presentations
from parvis.accounts.queries.viewer import viewer
from parvis.accounts.schemas.session import SessionOut, ViewerOut
from parvis.accounts.service import sessions
from parvis.kernel.errors import Forbidden
from parvis.kernel.runtime import Running
from parvis.kernel.web import Reading, Writer, documented

router = APIRouter(prefix="/session", tags=["session"])


@router.get("")
async def read_session(actor: Asking, session: Reading, parvis: Running) -> SessionOut:
    """Who is asking: a member, or nobody."""
    if actor is None:
        return SessionOut(csrf_token=None, member=None)
    csrf_token = parvis.part(Actors).csrf_token(actor) if actor.scopes is None else None
    me = await viewer(session, actor, parvis.part(Presentations))
    return SessionOut(csrf_token=csrf_token, member=ViewerOut.of(actor, me))


@router.delete("", status_code=204, responses=documented([Forbidden]))
async def sign_out(actor: Asking, door: AtTheDoor, write: Writer) -> None:
    """End this session, in this browser or client. It is no error to be in none."""
    door.cookies.clear_session()
    if actor is not None:
        await write(sessions.sign_out, actor)
