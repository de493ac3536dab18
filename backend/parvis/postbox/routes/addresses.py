"""The addresses by which the member who asks answers by mail."""

from uuid import UUID

from fastapi import APIRouter

from parvis.accounts.auth import SignedIn
from parvis.kernel.errors import NotFound
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.web import Reading, Writer, documented
from parvis.postbox import listing
from parvis.postbox.schemas.addresses import ReplyAddressOut
from parvis.postbox.service import revoking

router = APIRouter(prefix="/me/reply-addresses", tags=["account"])


@router.get("")
async def list_reply_addresses(session: Reading, actor: SignedIn, page: PageQuery) -> Page[ReplyAddressOut]:
    """The addresses by which you answer by mail, the last first. Each was made when a mail was sent to you."""
    found, after = await listing.addresses(session, actor, page)
    return Page[ReplyAddressOut](items=[ReplyAddressOut.of(one) for one in found], next=after)


@router.delete("", status_code=204)
async def revoke_reply_addresses(actor: SignedIn, write: Writer) -> None:
    """Take all of them back: what comes by one is refused. Mails that come later bring others."""
    await write(revoking.revoke_all, actor)


@router.delete("/{address_id:uuid}", status_code=204, responses=documented([NotFound]))
async def revoke_reply_address(address_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Take one back."""
    await write(revoking.revoke, actor, address_id)
