"""Blocks over HTTP."""

from uuid import UUID

from fastapi import APIRouter

from parvis.accounts.auth import SignedIn
from parvis.kernel.errors import NotFound
from parvis.kernel.pagination import Page, PageQuery, paginate
from parvis.kernel.web import Reading, Writer, documented
from parvis.profiles.ties import queries
from parvis.profiles.ties.schemas.contacts import BlockedOut
from parvis.profiles.ties.service import blocks as service
from parvis.profiles.ties.service.pairs import Oneself

router = APIRouter(prefix="/me/blocks", tags=["contacts"])


@router.get("")
async def list_my_blocks(actor: SignedIn, session: Reading, page: PageQuery) -> Page[BlockedOut]:
    """Whom you block, by name."""
    return await paginate(
        session,
        queries.blocks(actor),
        queries.BLOCKS_ORDER,
        page,
        lambda id_, name, since: BlockedOut(id=id_, name=name, since=since),
    )


@router.put("/{member_id:uuid}", status_code=204, responses=documented([NotFound, Oneself]))
async def block_member(member_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Block somebody: from now on neither sees the other, anywhere. Nobody is told."""
    await write(service.block, actor, member_id)


@router.delete("/{member_id:uuid}", status_code=204, responses=documented([NotFound]))
async def unblock_member(member_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Block somebody no more. What tied you does not come back."""
    await write(service.unblock, actor, member_id)
