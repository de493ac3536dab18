"""Addresses of the member who asks from which mail came back."""

from uuid import UUID

from fastapi import APIRouter

from parvis.accounts.auth import SignedIn
from parvis.kernel.errors import NotFound
from parvis.kernel.web import Reading, Writer, documented
from parvis.postbox.queries import paused_of
from parvis.postbox.schemas.bounces import PausedAddressesOut, PausedAddressOut
from parvis.postbox.service import bouncing

router = APIRouter(prefix="/me/paused-addresses", tags=["account"])


@router.get("")
async def list_paused_addresses(session: Reading, actor: SignedIn) -> PausedAddressesOut:
    """Your addresses to which nothing is sent any more, since mail came back from there."""
    return PausedAddressesOut(items=[PausedAddressOut.of(*one) for one in await paused_of(session, actor)])


@router.delete("/{address_id:uuid}", status_code=204, responses=documented([NotFound]))
async def resume_address(address_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Have mail sent there again, and what came back forgotten."""
    await write(bouncing.resume, actor, address_id)
