"""What was done in folders, and following them, over HTTP."""

from uuid import UUID

from fastapi import APIRouter

from parvis.accounts.auth import SignedIn
from parvis.documents.queries.activity import page_of_acts
from parvis.documents.schemas.activity import FolderActOut
from parvis.documents.service import following
from parvis.documents.service.problems import TooMany
from parvis.kernel.errors import NotFound
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.web import Reader, Writer, documented

router = APIRouter(prefix="/folders/{folder_id:uuid}", tags=["documents"])


@router.get("/activity", responses=documented([NotFound]))
async def list_folder_acts(folder_id: UUID, actor: SignedIn, read: Reader, page: PageQuery) -> Page[FolderActOut]:
    """What was done in a folder or space and in all below it, the last first, with what you may read now."""
    found, after = await read(page_of_acts, actor, folder_id, page)
    return Page[FolderActOut](items=[FolderActOut.of(one) for one in found], next=after)


@router.put("/following", status_code=204, responses=documented([NotFound, TooMany]))
async def follow_folder(folder_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Be told of documents and versions that others add in a folder or space, and in all below it."""
    await write(following.follow, actor, folder_id)


@router.delete("/following", status_code=204, responses=documented([NotFound]))
async def unfollow_folder(folder_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Be told no longer."""
    await write(following.unfollow, actor, folder_id)
