"""Which tasks are somebody's, in pages that he may read now."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from parvis.accounts.actor import Actor
from parvis.communities.models import Community
from parvis.documents.models import Document, Folder
from parvis.documents.policy import visible_document
from parvis.kernel.pagination import Page, PageRequest, paginate
from parvis.pages.models import PageTask


@dataclass(frozen=True, slots=True)
class SeenTask:
    """A task, the page that it stands in, and whose space that is."""

    task: PageTask
    page: Document
    community: Community | None


async def page_of_tasks(session: AsyncSession, actor: Actor, page: PageRequest) -> tuple[list[SeenTask], str | None]:
    """Open tasks of the actor, those that are due first. One query."""
    space = aliased(Folder)
    statement: Select[*tuple[Any, ...]] = (
        select(PageTask, Document, Community)
        .join(Document, Document.id == PageTask.document_id)
        .join(Folder, Folder.id == Document.folder_id)
        .join(space, space.id == Folder.space_id)
        .outerjoin(Community, Community.id == space.community_id)
        .where(PageTask.assignee_id == actor.id, PageTask.is_done.is_(False), visible_document(actor))
    )
    order = (PageTask.by_day, PageTask.document_id, PageTask.key)
    found: Page[SeenTask] = await paginate(session, statement, order, page, SeenTask)
    return found.items, found.next
