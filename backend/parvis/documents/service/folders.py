"""Folders made, renamed and moved."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.documents import policy
from parvis.documents.models import MANAGE, Document, DocumentVersion, Folder, Guard
from parvis.documents.names import MOST_TRIES, fitting, numbered, sort_key
from parvis.documents.policy import DEEPEST, MANAGERS_ONLY, MOST_FOLDERS, NOT_A_SPACE, WRITERS_ONLY, visible_folder
from parvis.documents.queries.folders import WholeFolder, below, whole
from parvis.documents.queries.spaces import Quotas
from parvis.documents.queries.standing import behind
from parvis.documents.schemas.folders import FolderChange, FolderDraft
from parvis.documents.written import PAGE_PICTURE
from parvis.files.models import File, KeptElsewhere
from parvis.kernel import clock
from parvis.kernel.errors import Conflict, require

from .guarding import guards_in, rehang, stand_under
from .holding import HeldFolder, hold_folder, hold_folders
from .keeping import take_over
from .noting import note
from .placing import place_later
from .problems import IntoItself, NameTaken, NotAlone, TooDeep, TooMany
from .telling import scrub_told, tell_folder

Unchanged = Callable[[int], None]


async def make(session: AsyncSession, actor: Actor, parent_id: UUID, draft: FolderDraft) -> WholeFolder:
    """A folder in another. Raises `NotFound`, `Forbidden`, `NameTaken`, `TooDeep` and `TooMany`."""
    held = await hold_folder(session, actor, parent_id)
    require(policy.may_write(held.level), WRITERS_ONLY)
    made = await put(session, actor, held, draft.name)
    await note(session, actor, "made", made)
    await tell_folder(session, actor, made)
    return await whole(session, actor, made.id)


async def put(session: AsyncSession, actor: Actor, held: HeldFolder, name: str) -> Folder:
    """A folder of this name in one that is held and written in."""
    parent = held.folder
    await refuse_taken(session, actor, parent.id, fitting(name))
    if parent.depth >= DEEPEST:
        raise TooDeep
    await _refuse_too_many(session, held.space.id, 1)
    made = Folder(
        parent_id=parent.id,
        space_id=parent.space_id,
        guard_id=parent.guard_id,
        depth=parent.depth + 1,
        created_by=actor.id,
        version=1,
    )
    _call(made, name)
    session.add(made)
    parent.changed_at = clock.now()
    await session.flush()
    return made


async def change(
    session: AsyncSession, actor: Actor, quotas: Quotas, folder_id: UUID, draft: FolderChange, unchanged: Unchanged
) -> WholeFolder:
    """Another name, or another place. Raises `NotFound`, `Forbidden`, `PreconditionFailed`, `NameTaken`, `IntoItself`,
    `TooDeep`, `TooMany`, `NotAlone` and `SpaceFull`."""
    wanted = [folder_id] if draft.parent_id is None else [folder_id, draft.parent_id]
    held, *targets = await hold_folders(session, actor, wanted)
    unchanged(held.folder.version)
    require(held.folder.parent_id is not None, NOT_A_SPACE)
    target = targets[0] if targets and targets[0].folder.id != held.folder.parent_id else None
    name = fitting(draft.name) if draft.name is not None else held.folder.name
    if draft.name is not None:
        require(policy.may_write(held.level), WRITERS_ONLY)
    parent_id = target.folder.id if target else held.folder.parent_id
    assert parent_id is not None
    if target is not None:
        require(policy.may_take_away(held.level, held.above) and policy.may_write(target.level), WRITERS_ONLY)
        await _refuse_unfit(session, actor, held, target)
    await refuse_taken(session, actor, parent_id, name, but=held.folder.id)
    if target is not None:
        await tell_folder(session, actor, held.folder, gone=True)
        await _move(session, quotas, held, target)
    _call(held.folder, name)
    held.folder.version += 1
    held.folder.changed_at = clock.now()
    await session.flush()
    if target is not None or draft.name is not None:
        await note(session, actor, "moved" if target else "renamed", held.folder)
    await tell_folder(session, actor, held.folder)
    return await whole(session, actor, folder_id)


async def _refuse_unfit(session: AsyncSession, actor: Actor, held: HeldFolder, target: HeldFolder) -> None:
    """Raises unless the folder can stand in its new place. Only who manages it takes it to another space, with all that
    has rights of its own in it: there it is others who manage it."""
    inside = below(Folder.id == held.folder.id, gone=True)
    counted = select(func.count(), func.max(Folder.depth)).join(inside, inside.c.id == Folder.id)
    number, deepest = (await session.execute(counted)).one()
    is_inside = select(inside.c.id).where(inside.c.id == target.folder.id)
    if (await session.execute(is_inside)).first() is not None:
        raise IntoItself
    if target.folder.depth + 1 + deepest - held.folder.depth > DEEPEST:
        raise TooDeep
    await refuse_others(session, actor, held.folder.id)
    if target.space.id != held.space.id:
        require(policy.may_share(held.level), MANAGERS_ONLY)
        await _refuse_too_many(session, target.space.id, number)
        guards = await behind(session, actor, await guards_in(session, held.folder.id))
        if any(one.level < MANAGE for one in guards.values()):
            raise NotAlone


async def refuse_others(session: AsyncSession, actor: Actor, folder_id: UUID) -> None:
    """Raises `NotAlone` when something in a folder has rights of its own by which the actor may not write there, or is
    held by another."""
    guards = await behind(session, actor, await guards_in(session, folder_id))
    if any(not policy.may_write(one.level) for one in guards.values()):
        raise NotAlone
    inside = below(Folder.id == folder_id)
    held = select(Document.id).where(
        Document.folder_id.in_(select(inside.c.id)),
        Document.trashed_at.is_(None),
        Document.locked_until > clock.now(),
        Document.locked_by != actor.id,
    )
    if (await session.execute(held.limit(1))).first() is not None:
        raise NotAlone


async def _move(session: AsyncSession, quotas: Quotas, held: HeldFolder, target: HeldFolder) -> None:
    folder, before = held.folder, held.folder.guard_id
    after, steps = target.folder.guard_id, target.folder.depth + 1 - folder.depth
    is_own = before == folder.id
    if before != after and not is_own:
        await scrub_told(session, before, folder.id)
    if target.space.id != held.space.id:
        await _change_space(session, quotas, held, target)
    inside = select(below(Folder.id == folder.id, gone=True).c.id)
    deeper = update(Folder).where(Folder.id.in_(inside)).values(depth=Folder.depth + steps)
    await session.execute(deeper.execution_options(synchronize_session=False))
    await session.refresh(folder)
    folder.parent_id = target.folder.id
    target.folder.changed_at = clock.now()
    await session.flush()
    if is_own:
        await stand_under(session, folder.id, after)
    elif before != after:
        await rehang(session, folder, before, after)
    await session.refresh(folder)


async def _change_space(session: AsyncSession, quotas: Quotas, held: HeldFolder, target: HeldFolder) -> None:
    """All in the folder belongs to another space from now on, and its bytes count there: folders and guards say so,
    and no document."""
    inside = below(Folder.id == held.folder.id, gone=True)
    root = await session.get_one(Guard, target.space.id)
    await take_over(session, quotas, held.space, target.space, await size_in(session, held.folder.id))
    guards = await guards_in(session, held.folder.id)
    of_space = {"community_id": root.community_id, "circle_id": root.circle_id, "member_id": root.member_id}
    theirs = update(Guard).where(Guard.id.in_(guards)).values(space_id=root.id, **of_space)
    await session.execute(theirs.execution_options(synchronize_session=False))
    folders = update(Folder).where(Folder.id.in_(select(inside.c.id))).values(space_id=root.id)
    await session.execute(folders.execution_options(synchronize_session=False))
    await place_later(session, held.folder)


async def size_in(session: AsyncSession, folder_id: UUID) -> int:
    """Bytes of all versions in a folder, and of what its pages say and show, also of what is in the trash."""
    inside = below(Folder.id == folder_id, gone=True)
    query = select(func.coalesce(func.sum(DocumentVersion.size), 0))
    query = query.join(Document, Document.id == DocumentVersion.document_id)
    is_inside = Document.folder_id.in_(select(inside.c.id))
    shown = select(func.coalesce(func.sum(File.size), 0)).join(Document, Document.id == File.claimed_id)
    is_page = and_(is_inside, Document.kind == "page")
    shown = shown.where(File.claimed_kind == PAGE_PICTURE, is_page)
    said = select(func.coalesce(func.sum(KeptElsewhere.size), 0)).join(Document, Document.id == KeptElsewhere.id)
    parts = (query.where(is_inside), shown, said.where(is_page))
    return sum([int(await session.scalar(part) or 0) for part in parts])


async def refuse_taken(
    session: AsyncSession, actor: Actor, folder_id: UUID, name: str, *, but: UUID | None = None
) -> None:
    """Raises `NameTaken` when something else in the folder is called so."""
    taken = await named_so(session, folder_id, name)
    if taken is None or taken.id == but:
        return
    raise await name_taken(session, actor, taken)


async def named_so(session: AsyncSession, folder_id: UUID, name: str) -> Folder | Document | None:
    """What in a folder is called so, whatever its case and accents."""
    key = sort_key(name)
    folders = select(Folder).where(Folder.parent_id == folder_id, Folder.sort_key == key, Folder.gone_id.is_(None))
    documents = select(Document).where(
        Document.folder_id == folder_id, Document.sort_key == key, Document.trashed_at.is_(None)
    )
    found: Folder | Document | None = (await session.execute(folders)).scalar_one_or_none()
    return found or (await session.execute(documents)).scalar_one_or_none()


async def free_name(session: AsyncSession, folder_id: UUID, name: str) -> str:
    """This name, or the first with a number that nothing in the folder has. Raises `NameTaken`."""
    if await named_so(session, folder_id, name) is None:
        return name
    for number in range(2, MOST_TRIES):
        if await named_so(session, folder_id, numbered(name, number)) is None:
            return numbered(name, number)
    raise NameTaken


async def name_taken(session: AsyncSession, actor: Actor, taken: Folder | Document) -> Conflict:
    """Says what has the name, to who may read it."""
    if isinstance(taken, Folder):
        query = select(Folder.id).where(Folder.id == taken.id, visible_folder(actor))
        is_seen = (await session.execute(query)).first() is not None
        return NameTaken(extra={"folder_id": str(taken.id)} if is_seen else {})
    folder = await session.get_one(Folder, taken.folder_id)
    guards = await behind(session, actor, [taken.guard_id or folder.guard_id])
    is_seen = any(one.level for one in guards.values())
    return NameTaken(extra={"document_id": str(taken.id)} if is_seen else {})


def _call(folder: Folder, name: str) -> None:
    folder.name = fitting(name)
    folder.sort_key = sort_key(folder.name)


async def _refuse_too_many(session: AsyncSession, space_id: UUID, more: int) -> None:
    query = select(func.count()).where(Folder.space_id == space_id).select_from(Folder)
    if (await session.scalar(query) or 0) + more > MOST_FOLDERS:
        raise TooMany
