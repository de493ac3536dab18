"""The addresses of the member who asks."""

from uuid import UUID

from fastapi import APIRouter

from parvis.accounts.auth import InPerson, Proved, SignedIn
from parvis.accounts.models import Address
from parvis.accounts.queries.addresses import addresses_of
from parvis.accounts.schemas.addresses import AddressDraft, AddressOut, AddressToken
from parvis.accounts.service import addresses, reversals
from parvis.accounts.service.addresses import AddressKnown, AddressUnconfirmed, PrimaryAddress, TooManyAddresses
from parvis.accounts.service.claims import AddressTaken
from parvis.kernel.errors import Gone, NotFound, ProofRequired
from parvis.kernel.idempotency import Once
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery, paginate
from parvis.kernel.web import Reading, Writer, documented

from .parts import Place, changing, whose

router = APIRouter(prefix="/me/addresses", tags=["account"])


@router.get("")
async def list_my_addresses(session: Reading, actor: SignedIn, page: PageQuery) -> Page[AddressOut]:
    """Your addresses, confirmed or not, oldest first."""
    return await paginate(session, addresses_of(actor.member_id), (Address.id,), page, AddressOut.of)


@router.post(
    "",
    status_code=201,
    responses=documented([ProofRequired, AddressKnown, TooManyAddresses]),
    dependencies=[limited("add_address", "10/hour", network="120/hour", who=whose)],
)
async def add_address(draft: AddressDraft, actor: Proved, once: Once) -> AddressOut:
    """Add an address. A link is sent to it; asked again, it is sent again. Whose it may be already is not said."""
    return await once(AddressOut.of, addresses.add, actor, draft.email)


@router.post("/confirmation", responses=documented([Gone, AddressTaken]), dependencies=[changing])
async def confirm_address(form: AddressToken, actor: InPerson, write: Writer, place: Place) -> AddressOut:
    """Confirm an address by the link that it received, signed in as the member who added it."""
    return AddressOut.of(await write(addresses.confirm, actor, form.token, place))


@router.post(
    "/reversal",
    status_code=204,
    responses=documented([Gone, AddressTaken]),
    dependencies=[limited("reverse_address", "30/minute", network="300/minute")],
)
async def reverse_address_change(form: AddressToken, write: Writer, place: Place) -> None:
    """Take back an address that was changed or removed, by the link that it received; nobody need be signed in.

    Every session ends. Passkeys, password, tokens and the address that took its place go too if they were new then.
    """
    await write(reversals.reverse, form.token, place)


@router.put(
    "/{address_id:uuid}/primary",
    responses=documented([ProofRequired, NotFound, AddressUnconfirmed]),
    dependencies=[changing],
)
async def make_address_primary(address_id: UUID, actor: Proved, write: Writer, place: Place) -> AddressOut:
    """Make this your main address. The one before gets a link that goes back, for seven days."""
    return AddressOut.of(await write(addresses.make_primary, actor, address_id, place))


@router.delete(
    "/{address_id:uuid}",
    status_code=204,
    responses=documented([ProofRequired, NotFound, PrimaryAddress]),
    dependencies=[changing],
)
async def remove_address(address_id: UUID, actor: Proved, write: Writer, place: Place) -> None:
    """Remove an address. If it was confirmed, it gets a link that goes back, for seven days."""
    await write(addresses.remove, actor, address_id, place)
