"""What verbs of this feature tell, and to whom: whoever may read behind a guard hears of it on one of its topics."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.events import member_topic
from parvis.communities.events import community_topic
from parvis.documents.events import DocumentChanged, FolderChanged, guard_topic
from parvis.documents.models import Document, Folder, Grant, Guard, GuardSource
from parvis.kernel.events import record, scrub_about


async def topics_of(session: AsyncSession, guard_id: UUID) -> list[str]:
    """Where those hear who may read behind a guard. One query."""
    is_all = and_(Guard.parent_id.is_(None), Grant.circle_id.is_not(None), Grant.circle_id == Guard.circle_id)
    of_all, of_some = (exists().where(Grant.guard_id == Guard.id, which) for which in (is_all, ~is_all))
    query = (
        select(Guard, of_all.label("is_for_all"), of_some.label("is_for_some"))
        .join(GuardSource, GuardSource.source_id == Guard.id)
        .where(GuardSource.guard_id == guard_id)
        .execution_options(populate_existing=True)
    )
    found: dict[str, None] = {}
    for guard, is_for_all, is_for_some in (await session.execute(query)).all():
        if guard.member_id is not None:
            found[member_topic(guard.member_id)] = None
        if is_for_all and guard.community_id is not None:
            found[community_topic(guard.community_id)] = None
        is_apart = guard.parent_id is None or not guard.inherits
        if is_for_some or (is_apart and not is_for_all and guard.community_id is not None):
            found[guard_topic(guard.id, guard.generation)] = None
    return list(found)


async def tell_folder(session: AsyncSession, actor: Actor | None, folder: Folder, *, gone: bool = False) -> None:
    """That a folder changed, on the topics of its guard."""
    for place in await topics_of(session, folder.guard_id):
        fact = FolderChanged(place=place, id=folder.id, folder_id=folder.parent_id, version=folder.version, gone=gone)
        record(session, fact, actor_id=actor.id if actor else None)


async def tell_document(
    session: AsyncSession, actor: Actor | None, document: Document, guard_id: UUID, *, gone: bool = False
) -> None:
    """That a document changed, on the topics of its guard, or of its folder's."""
    for place in await topics_of(session, document.guard_id or guard_id):
        fact = DocumentChanged(
            place=place, id=document.id, folder_id=document.folder_id, version=document.version, gone=gone
        )
        record(session, fact, actor_id=actor.id if actor else None)


def tell_on(
    session: AsyncSession, actor: Actor, places: Sequence[str], thing: Folder | Document, *, gone: bool = False
) -> None:
    """That a folder or a document changed, on these topics."""
    for place in places:
        said = {"place": place, "id": thing.id, "version": thing.version, "gone": gone}
        fact: FolderChanged | DocumentChanged
        if isinstance(thing, Folder):
            fact = FolderChanged(folder_id=thing.parent_id, **said)
        else:
            fact = DocumentChanged(folder_id=thing.folder_id, **said)
        record(session, fact, actor_id=actor.id)


async def scrub_told(session: AsyncSession, guard_id: UUID, id_: UUID) -> None:
    """Leaves nothing of what was told about one thing to those who read behind a guard: it is there no more, or they
    may not read it."""
    for topic in await topics_of(session, guard_id):
        await scrub_about(session, topic, id_)
