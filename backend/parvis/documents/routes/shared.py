"""What is shared, and what was changed last, over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from parvis.accounts.auth import SignedIn
from parvis.documents.queries import shared as queries
from parvis.documents.schemas.documents import DocumentCardOut
from parvis.documents.schemas.shared import SharedThingOut
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.web import Reader

router = APIRouter(prefix="/documents", tags=["documents"])

With = Annotated[UUID | None, Query(description="What you share with this member himself.")]


@router.get("/recent")
async def list_recent_documents(actor: SignedIn, read: Reader, page: PageQuery) -> Page[DocumentCardOut]:
    """Documents of your spaces, and those you changed, of the last sixty days: the last changed first."""
    found, following = await read(queries.recent, actor, page)
    return Page[DocumentCardOut](items=[DocumentCardOut.card(one, actor) for one in found], next=following)


@router.get("/shared-with-me")
async def list_shared_with_me(actor: SignedIn, read: Reader, page: PageQuery) -> Page[SharedThingOut]:
    """What others share with you, elsewhere than in your communities' spaces: the last first."""
    found, following = await read(queries.shared_with, actor, page)
    return Page[SharedThingOut](items=[SharedThingOut.of(one, actor) for one in found], next=following)


@router.get("/shared-by-me")
async def list_shared_by_me(
    actor: SignedIn, read: Reader, page: PageQuery, member_id: With = None
) -> Page[SharedThingOut]:
    """What you share with others: the last first."""
    found, following = await read(queries.shared_by, actor, member_id, page)
    return Page[SharedThingOut](items=[SharedThingOut.of(one, actor) for one in found], next=following)
