"""Tasks of pages, over HTTP."""

from fastapi import APIRouter

from parvis.accounts.auth import SignedIn
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.web import Reading

from . import queries
from .schemas import PageTaskOut

router = APIRouter(tags=["documents"])


@router.get("/me/page-tasks")
async def list_my_page_tasks(actor: SignedIn, session: Reading, page: PageQuery) -> Page[PageTaskOut]:
    """Open tasks that are yours in pages that you may read, those that are due first. They are as they were when their
    page was last brought together: some twenty seconds after somebody wrote."""
    found, following = await queries.page_of_tasks(session, actor, page)
    return Page[PageTaskOut](items=[PageTaskOut.of(one) for one in found], next=following)
