"""What is done in folders, noted for those who read there, and told to those who follow."""

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.documents.models import Document, Folder, FolderAct, What
from parvis.documents.queries.following import is_followed_by_others
from parvis.kernel.jobs import enqueue

TELL_FOLLOWERS = "documents.tell_followers"
"""The job by which those are told who follow a folder: `notifications` does it."""
TOLD: frozenset[What] = frozenset({"added", "version_added", "restored"})


async def note(
    session: AsyncSession, actor: Actor, what: What, thing: Folder | Document, *, number: int | None = None
) -> None:
    """Notes what the actor did, where the thing stands now. Of a space, in itself."""
    act = FolderAct(what=what, number=number, by=actor.id)
    if isinstance(thing, Document):
        act.folder_id, act.document_id = thing.folder_id, thing.id
    else:
        act.folder_id, act.inner_id = thing.parent_id or thing.id, thing.id
    session.add(act)
    await session.flush()
    if what in TOLD and await is_followed_by_others(session, actor, act.folder_id):
        await enqueue(session, TELL_FOLLOWERS, {"act_id": str(act.id)})
