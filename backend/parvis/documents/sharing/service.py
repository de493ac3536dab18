"""Links made, taken back and opened."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.queries.organisation import organisation
from parvis.documents.queries.documents import SeenDocument
from parvis.documents.queries.folders import SeenFolder
from parvis.documents.service.noting import note
from parvis.documents.service.problems import TooMany
from parvis.documents.service.telling import tell_document, tell_folder
from parvis.kernel import clock
from parvis.kernel.audit import Detail, audit
from parvis.kernel.errors import NotFound, invalid
from parvis.kernel.secrets import hash_token, new_token
from parvis.profiles.queries.people import named

from . import queries
from .models import ShareLink
from .problems import LinksOff
from .queries import SeenLink, Shared, Thing
from .schemas import ShareLinkDraft

LONGEST = timedelta(days=366)
MOST = 100
"""To one thing."""


@dataclass(frozen=True, slots=True)
class NewLink:
    """`token`: its secret, shown this once."""

    seen: SeenLink
    token: str


async def make(
    session: AsyncSession, actor: Actor, thing: Thing, draft: ShareLinkDraft, password_hash: str | None
) -> NewLink:
    """A link to what the actor manages. Raises `NotFound`, `Forbidden`, `LinksOff`, `Invalid` and `TooMany`."""
    seen = await queries.managed(session, actor, thing)
    if not (await organisation(session)).share_links:
        raise LinksOff
    _refuse_unfit(draft.expires_at)
    await session.execute(delete(ShareLink).where(thing.is_of(), ShareLink.expires_at <= clock.now()))
    if (await session.scalar(select(func.count()).where(thing.is_of())) or 0) >= MOST:
        raise TooMany
    token = new_token()
    link = ShareLink(
        folder_id=thing.id if thing.kind == "folder" else None,
        document_id=thing.id if thing.kind == "document" else None,
        token_hash=hash_token(token),
        password_hash=password_hash,
        allows_download=draft.allows_download,
        max_uses=draft.max_uses,
        uses=0,
        created_by=actor.id,
        expires_at=draft.expires_at,
    )
    session.add(link)
    await session.flush()
    detail: Detail = {
        "link_id": str(link.id),
        "download": link.allows_download,
        "protected": password_hash is not None,
    }
    audit(session, actor.id, f"{thing.kind}.shared", thing.kind, thing.id, detail)
    await note(session, actor, "shared", seen.document if isinstance(seen, SeenDocument) else seen.folder)
    await _tell(session, actor, seen)
    return NewLink(SeenLink(link, await named(session, actor, [actor.id])), token)


async def take_back(session: AsyncSession, actor: Actor, thing: Thing, link_id: UUID) -> None:
    """Whoever manages the thing may, whose ever the link is. Raises `NotFound` and `Forbidden`."""
    seen = await queries.managed(session, actor, thing)
    gone = delete(ShareLink).where(ShareLink.id == link_id, thing.is_of()).returning(ShareLink.id)
    if (await session.execute(gone)).one_or_none() is None:
        raise NotFound
    audit(session, actor.id, f"{thing.kind}.unshared", thing.kind, thing.id, {"link_id": str(link_id)})
    await _tell(session, actor, seen)


async def open_link(session: AsyncSession, token: str) -> Shared:
    """Counts one use of a link that works. Raises `NotFound`, also when it is used up."""
    shared = await queries.follow(session, token)
    is_left = or_(ShareLink.max_uses.is_(None), ShareLink.uses < ShareLink.max_uses)
    counted = update(ShareLink).where(ShareLink.id == shared.link.id, is_left).values(uses=ShareLink.uses + 1)
    counted = counted.returning(ShareLink.id).execution_options(synchronize_session=False)
    if (await session.execute(counted)).one_or_none() is None:
        raise NotFound
    return shared


def _refuse_unfit(expires_at: datetime) -> None:
    now = clock.now()
    if not now < expires_at <= now + LONGEST:
        raise invalid(
            *("expires_at", "out_of_range"),
            "Choisissez une date à venir, dans un an au plus.",
            "Choose a date to come, within a year.",
        )


async def _tell(session: AsyncSession, actor: Actor, seen: SeenDocument | SeenFolder) -> None:
    if isinstance(seen, SeenDocument):
        await tell_document(session, actor, seen.document, seen.folder_guard_id)
    else:
        await tell_folder(session, actor, seen.folder)
