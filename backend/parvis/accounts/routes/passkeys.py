"""Passkeys: those of the member who asks, and signing in by one."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request

from parvis.accounts.auth import InPerson, Proved
from parvis.accounts.devices import name_of
from parvis.accounts.doorway import AtTheDoor
from parvis.accounts.queries.credentials import credentials, passkeys_of
from parvis.accounts.schemas.passkeys import (
    CreationOptionsOut,
    PasskeyChange,
    PasskeyDraft,
    PasskeyOut,
    PasskeySignIn,
    RequestOptionsOut,
)
from parvis.accounts.schemas.sign_in import SignInOut
from parvis.accounts.service import passkeys
from parvis.accounts.service.passkeys import LastCredential, PasskeyKnown, PasskeyUnknown, TooManyPasskeys
from parvis.accounts.service.sign_in import AccountClosed
from parvis.accounts.webauthn import PasskeyRefused
from parvis.kernel.errors import Gone, NotFound, ProofRequired
from parvis.kernel.limits import Meter, limited
from parvis.kernel.pagination import Page
from parvis.kernel.web import Reading, Writer, documented

from .parts import Party, Place, changing

router = APIRouter(prefix="/me/passkeys", tags=["account"])
door = APIRouter(tags=["door"])

SigningIn = Annotated[Meter, limited("passkey_sign_in", "10/minute", network="600/minute")]
"""By passkey and network."""


@router.get("")
async def list_my_passkeys(session: Reading, actor: InPerson) -> Page[PasskeyOut]:
    """Your passkeys, oldest first; all on one page."""
    removable = (await credentials(session, actor.member_id)).can_lose_passkey
    mine = await passkeys_of(session, actor.member_id)
    return Page(items=[PasskeyOut.of(passkey, removable=removable) for passkey in mine], next=None)


@router.post("/options", responses=documented([ProofRequired, TooManyPasskeys]), dependencies=[changing])
async def prepare_passkey(actor: Proved, write: Writer, party: Party) -> CreationOptionsOut:
    """What to give to `navigator.credentials.create`. Its challenge holds for fifteen minutes, once."""
    return CreationOptionsOut(public_key=await write(passkeys.creation_options, actor, party))


@router.post(
    "",
    status_code=201,
    responses=documented([ProofRequired, Gone, PasskeyRefused, PasskeyKnown, TooManyPasskeys]),
    dependencies=[changing],
)
async def add_passkey(
    draft: PasskeyDraft, actor: Proved, write: Writer, party: Party, place: Place, request: Request
) -> PasskeyOut:
    """Add the passkey that the browser made. A notice goes to your addresses."""
    name = name_of(request.headers.get("user-agent", "")) or DEFAULT_NAME
    passkey, removable = await passkeys.add(write, actor, party, draft, name, place)
    return PasskeyOut.of(passkey, removable=removable)


@router.patch("/{passkey_id:uuid}", responses=documented([NotFound]), dependencies=[changing])
async def rename_passkey(passkey_id: UUID, draft: PasskeyChange, actor: InPerson, write: Writer) -> PasskeyOut:
    """Give a passkey another name."""
    passkey, removable = await write(passkeys.rename, actor, passkey_id, draft.name)
    return PasskeyOut.of(passkey, removable=removable)


@router.delete(
    "/{passkey_id:uuid}",
    status_code=204,
    responses=documented([ProofRequired, NotFound, LastCredential]),
    dependencies=[changing],
)
async def remove_passkey(passkey_id: UUID, actor: Proved, write: Writer, place: Place) -> None:
    """Remove a passkey. A notice goes to your addresses."""
    await write(passkeys.remove, actor, passkey_id, place)


@door.post("/passkeys/options", dependencies=[limited("passkey_options", "600/minute")])
async def prepare_passkey_sign_in(at: AtTheDoor, write: Writer, party: Party) -> RequestOptionsOut:
    """What to give to `navigator.credentials.get`, also with `mediation: "conditional"`.

    Its challenge holds for fifteen minutes, once, in this browser alone.
    """
    options = await write(passkeys.request_options, party, browser=at.cookies.mark_browser())
    return RequestOptionsOut(public_key=options)


@door.post(
    "/sessions/passkey",
    responses=documented([Gone, PasskeyRefused, PasskeyUnknown, AccountClosed]),
)
async def sign_in_with_passkey(
    form: PasskeySignIn, at: AtTheDoor, meter: SigningIn, write: Writer, party: Party, place: Place
) -> SignInOut:
    """Sign in by passkey. One that knew its user (PIN, finger, face) is two factors."""
    await meter.charge(form.credential.id)
    outcome = await passkeys.sign_in(
        write, party, form.credential, browser=at.cookies.browser, where=place, device=at.device
    )
    return at.answer(outcome)


DEFAULT_NAME = "Passkey"
