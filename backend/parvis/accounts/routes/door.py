"""Asking for a way in, and coming in.

Each of the five requests for a mail does and answers the same, whoever the address belongs to. Links are spent by a
`POST` with what stands after `#`, which no server log and no proxy sees.
"""

from typing import Annotated

from fastapi import APIRouter

from parvis.accounts.doorway import AtTheDoor, Doorway
from parvis.accounts.passwords import Passwords, accepted
from parvis.accounts.schemas.registration import Registration
from parvis.accounts.schemas.sign_in import (
    AskedOut,
    CodeConfirmation,
    Credentials,
    LinkConfirmation,
    LinkRequest,
    NewPassword,
    SecondFactor,
    SignInOut,
    Stay,
)
from parvis.accounts.schemas.university import AwaitedOut
from parvis.accounts.service import (
    activations,
    knocks,
    leaving,
    password_sign_in,
    recovery,
    registration,
    reset,
    sign_in,
    tickets,
)
from parvis.accounts.service.claims import AddressTaken
from parvis.accounts.service.password_sign_in import WrongCredentials
from parvis.accounts.service.sign_in import AccountClosed
from parvis.accounts.service.totp import TotpVault
from parvis.kernel.errors import Gone
from parvis.kernel.limits import Meter, limited
from parvis.kernel.runtime import Running
from parvis.kernel.web import Language, Reading, Writer, documented

router = APIRouter(tags=["door"])

Asking = Annotated[Meter, limited("ask_link", "5/minute", network="300/minute", account="20/hour")]
SigningIn = Annotated[Meter, limited("sign_in", "10/minute", network="300/minute", account="100/hour")]
"""By account of all networks too: a crowd of machines guesses no faster than one. Links and passkeys stay open."""
SecondStep = Annotated[Meter, limited("second_factor", "10/minute", network="300/minute", account="30/hour")]
confirming = limited("confirm_link", "1200/minute")


@router.post("/sign-in-links", status_code=202)
async def request_sign_in_link(
    form: LinkRequest, door: AtTheDoor, meter: Asking, write: Writer, language: Language
) -> AskedOut:
    """Ask for a link by mail. It opens a session in this browser alone."""
    return await _knock("sign_in", form, door, meter, write, language)


@router.post("/password-resets", status_code=202)
async def request_password_reset(
    form: LinkRequest, door: AtTheDoor, meter: Asking, write: Writer, language: Language
) -> AskedOut:
    """Ask for a link that lets you choose a new password."""
    return await _knock("reset", form, door, meter, write, language)


@router.post("/activations", status_code=202)
async def request_activation(
    form: LinkRequest, door: AtTheDoor, meter: Asking, write: Writer, language: Language
) -> AskedOut:
    """Ask for the link that opens the account which your institution prepared."""
    return await _knock("activate", form, door, meter, write, language)


@router.post("/registrations", status_code=202)
async def register(form: Registration, door: AtTheDoor, meter: Asking, write: Writer, language: Language) -> AskedOut:
    """Join, with an address in a domain of the organisation."""
    return await _knock("register", form, door, meter, write, language, name=form.name)


@router.post("/sign-in-links/confirmation", responses=documented([Gone, AccountClosed]), dependencies=[confirming])
async def confirm_sign_in_link(form: LinkConfirmation, door: AtTheDoor, write: Writer) -> SignInOut:
    """Spend the link. In another browser than the one that asked, it gives a code to type there."""
    return door.answer(await write(sign_in.with_link, form.token, door.cookies.browser, door.device))


@router.post("/sign-in-links/code", responses=documented([Gone, AccountClosed]), dependencies=[confirming])
async def enter_sign_in_code(form: CodeConfirmation, door: AtTheDoor, write: Writer) -> SignInOut:
    """Type the code that another browser shows. Five tries."""
    waiting = await write(tickets.attempt_code, sign_in.LINK, door.cookies.browser)
    return door.answer(await write(sign_in.with_code, waiting, form.code, door.device))


@router.post("/sessions", responses=documented([WrongCredentials, AccountClosed]))
async def sign_in_with_password(form: Credentials, door: AtTheDoor, meter: SigningIn, parvis: Running) -> SignInOut:
    """Sign in by password."""
    await meter.charge(form.email)
    outcome = await password_sign_in.with_password(
        parvis.database, parvis.part(Passwords), form.email, form.password, door.device
    )
    return door.answer(outcome)


@router.post("/sessions/second-factor", responses=documented([Gone, AccountClosed]))
async def pass_second_factor(
    form: SecondFactor, door: AtTheDoor, meter: SecondStep, write: Writer, parvis: Running
) -> SignInOut:
    """Finish signing in by a one-time code or a recovery code. Five tries per ticket."""
    ticket = await write(tickets.attempt, sign_in.SECOND_FACTOR, form.ticket)
    await meter.charge(str(ticket.member_id))
    vault = parvis.part(TotpVault)
    return door.answer(await write(sign_in.with_second_factor, vault, form.ticket, form.code, door.device))


@router.post("/deletions/cancellation", responses=documented([Gone, AccountClosed]), dependencies=[confirming])
async def cancel_deletion(form: Stay, door: AtTheDoor, write: Writer) -> SignInOut:
    """Take back that your account be erased, having just signed in; the session opens."""
    return door.answer(await write(leaving.stay, form.ticket, door.device))


@router.post("/password-resets/confirmation", responses=documented([Gone, AccountClosed]), dependencies=[confirming])
async def confirm_password_reset(form: NewPassword, door: AtTheDoor, write: Writer, parvis: Running) -> SignInOut:
    """Choose a new password. Every session ends, and this browser is signed in."""
    async with parvis.database.reading() as session:  # Given back before hashing, which may wait its turn.
        known = await reset.known_to_all(session, form.token)
    hashed = await parvis.part(Passwords).hash(accepted(form.password, known))
    return door.answer(await write(reset.finish, form.token, hashed, door.device))


@router.post("/registrations/confirmation", responses=documented([Gone, AddressTaken]), dependencies=[confirming])
async def confirm_registration(form: LinkConfirmation, door: AtTheDoor, write: Writer) -> SignInOut:
    """Confirm the address, which makes you a member and signs you in."""
    return door.answer(await write(registration.confirm, form.token, door.device))


@router.post(
    "/activations/preview",
    responses=documented([Gone]),
    dependencies=[limited("preview_activation", "60/minute", network="600/minute")],
)
async def preview_activation(form: LinkConfirmation, session: Reading) -> AwaitedOut:
    """Whom an activation link is for. Nothing is spent. Who has an account joins it: `POST /me/records`."""
    return AwaitedOut.of(await activations.preview(session, form.token))


@router.post(
    "/activations/confirmation", responses=documented([Gone, AddressTaken, AccountClosed]), dependencies=[confirming]
)
async def confirm_activation(form: LinkConfirmation, door: AtTheDoor, write: Writer) -> SignInOut:
    """Open the account that your institution prepared, and sign in."""
    return door.answer(await write(registration.activate, form.token, door.device))


@router.post(
    "/recoveries/confirmation", responses=documented([Gone, AddressTaken, AccountClosed]), dependencies=[confirming]
)
async def confirm_recovery(form: LinkConfirmation, door: AtTheDoor, write: Writer) -> SignInOut:
    """Take back your account by the address that you gave to its administration, and sign in."""
    return door.answer(await write(recovery.accept, form.token, door.device))


async def _knock(
    wish: knocks.Wish,
    form: LinkRequest | Registration,
    door: Doorway,
    meter: Meter,
    write: Writer,
    language: Language,
    *,
    name: str = "",
) -> AskedOut:
    await meter.charge(form.email)
    await write(knocks.knock, wish, form.email, language, door.cookies.mark_browser(), name=name)
    return AskedOut()
