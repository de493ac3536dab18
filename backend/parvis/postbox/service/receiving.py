"""Taking an answer in: whose it is, that it is his, and once.

All is judged twice: before its files are stored, which may take a while, and again in the unit of work that says it.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from uuid import UUID

import structlog
from limits import parse
from pydantic import ValidationError
from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts import emails
from parvis.accounts.actor import Actor, acting_later
from parvis.accounts.models import Address, Member
from parvis.accounts.queries.identities import identifying
from parvis.accounts.service import notices
from parvis.files import queries as files_queries
from parvis.files import service as files
from parvis.files.destinations import Account
from parvis.files.models import File
from parvis.files.receiving import receive
from parvis.files.service import Received
from parvis.files.shown import MOST as MOST_FILES
from parvis.kernel import clock
from parvis.kernel.errors import NotFound, ParvisError
from parvis.kernel.limits import Bucket
from parvis.kernel.runtime import Parvis
from parvis.postbox.answering import answered, held_of
from parvis.postbox.links import Links
from parvis.postbox.models import HeldReply, ReceivedMail, ReplyAddress
from parvis.postbox.reading.mail import Incoming, Piece
from parvis.postbox.reading.vouching import is_vouched_for

from . import replying
from .upkeep import HELD, tidy_later

log = structlog.get_logger()

OFTEN = Bucket("reply_by_mail", parse("60/hour"))
"""By one member."""
WORDS = 200
"""Letters that a mail quotes of an answer."""


class Refusal(Exception):
    """Told to the server that hands the mail over, which tells who sent it (RFC 5321, RFC 3463)."""

    def __init__(self, answer: str) -> None:
        super().__init__(answer)
        self.answer = answer


NOBODY = "550 5.1.1 No such address"
"""Also of one that was revoked, and of what its member may not see any more: nobody learns which."""
NOT_HIS = "550 5.7.1 Write from an address that you confirmed in your account"
NO_WORDS = "550 5.6.0 There is nothing of your own in this mail"
TOO_LONG = "552 5.3.4 An answer has 10,000 letters at most, and ten files"
NOT_ALLOWED = "550 5.7.1 Nothing can be said there any more"
TOO_OFTEN = "451 4.7.1 Too many answers at once: try later"
NO_ROOM = "552 5.2.2 There is no room left for these files"
ACCEPTED = "250 2.0.0 Taken in"


@dataclass(frozen=True, slots=True)
class Coming:
    """An answer on its way: by which address, and whether somebody vouches for its author."""

    address_id: UUID
    mail: Incoming
    vouched: bool


async def is_there(session: AsyncSession, address_id: UUID) -> bool:
    """Whether anything may come by this address now."""
    try:
        actor, address = await _holder(session, address_id)
        await answered(session, actor, address)
    except (Refusal, NotFound):
        return False
    return True


async def take(parvis: Parvis, links: Links, address_id: UUID, mail: Incoming) -> str:
    """What the server that hands it over is answered, once it is kept. Raises `Refusal`."""
    if mail.is_automatic:
        return ACCEPTED
    settings = parvis.settings
    vouched = bool(settings.mail_authserv) and is_vouched_for(
        mail.evaluations, settings.mail_authserv, emails.domain_of(mail.sender)
    )
    if settings.mail_authserv and not vouched:
        raise Refusal(NOT_HIS)
    coming = Coming(address_id, mail, vouched)
    async with parvis.database.reading() as session:
        actor, address, _ = await _judged(session, coming)
        if await session.get(ReceivedMail, (address_id, mail.fingerprint)) is not None:
            return ACCEPTED
        room = settings.member_quota - await files_queries.bytes_of(session, actor.id)
    wanted = mail.pieces if address.kind in replying.TAKES_FILES else ()
    if not mail.text and not wanted:
        raise Refusal(NO_WORDS)
    if len(mail.text) > replying.LONGEST or len(wanted) > MOST_FILES:
        raise Refusal(TOO_LONG)
    if not (await parvis.limiter.hit(OFTEN, str(actor.id))).allowed:
        raise Refusal(TOO_OFTEN)
    try:
        received = await _stored(parvis, wanted, room)
        await parvis.database.write(_keep, parvis, links, coming, received)
    except files.QuotaExceeded:
        raise Refusal(NO_ROOM) from None
    except NotFound:
        raise Refusal(NOBODY) from None
    except (ParvisError, ValidationError) as error:
        log.info("mail.not_said", address=str(address_id), error=repr(error))
        raise Refusal(NOT_ALLOWED) from None
    return ACCEPTED


async def _keep(
    session: AsyncSession, parvis: Parvis, links: Links, coming: Coming, received: Sequence[Received]
) -> None:
    actor, address, sender = await _judged(session, coming)
    if not await _is_first(session, coming):
        return
    account = Account(actor.id, parvis.settings.member_quota)
    ids = [(await files.keep(session, actor, one, account)).id for one in received]
    left_out = "" if address.kind in replying.TAKES_FILES else _names(coming.mail.pieces)
    if coming.vouched:
        once = replying.name_of(address.id, coming.mail.fingerprint)
        await replying.say(session, actor, address, coming.mail.text, ids, once)
        if left_out:
            await _tell_left_out(session, actor, address, sender, left_out)
    else:
        await _hold(session, links, actor, address, sender, coming.mail.text, ids, left_out)
    await tidy_later(session)


async def _hold(
    session: AsyncSession,
    links: Links,
    actor: Actor,
    address: ReplyAddress,
    sender: Address,
    text: str,
    file_ids: Sequence[UUID],
    left_out: str,
) -> None:
    """Has its author say that it is his, by a link that goes to his own mailbox."""
    await answered(session, actor, address)
    held = HeldReply(address_id=address.id, text=text)
    session.add(held)
    await session.flush()
    await files.claim_all(session, actor, file_ids, HELD, held.id)
    path = links.path("reply", held.id, actor.id, sender.id)
    member = await session.get_one(Member, actor.id)
    words = " ".join(text.split())[:WORDS]
    data = {"link": path, "words": words} | ({"files": left_out} if left_out else {})
    await notices.send(session, member, "reply_to_confirm", sender.email, data)


async def _tell_left_out(
    session: AsyncSession, actor: Actor, address: ReplyAddress, sender: Address, left_out: str
) -> None:
    """Tells its author which files were not said with it."""
    under = await answered(session, actor, address)
    member = await session.get_one(Member, actor.id)
    await notices.send(session, member, "files_left_out", sender.email, {"link": under.path, "files": left_out})


def _names(pieces: Sequence[Piece]) -> str:
    names = ", ".join(piece.name for piece in pieces)
    return names if len(names) <= WORDS else f"{names[: WORDS - 1]}…"


async def _judged(session: AsyncSession, coming: Coming) -> tuple[Actor, ReplyAddress, Address]:
    """Whose it is. Raises `Refusal`, and `NotFound` for what he may not see any more."""
    actor, address = await _holder(session, coming.address_id)
    his = select(Address).where(Address.member_id == actor.id, Address.email == coming.mail.sender, identifying())
    sender: Address | None = (await session.scalars(his)).one_or_none()
    if sender is None:
        raise Refusal(NOT_HIS)
    return actor, address, sender


async def _holder(session: AsyncSession, address_id: UUID) -> tuple[Actor, ReplyAddress]:
    address = await session.get(ReplyAddress, address_id, populate_existing=True)
    actor = await acting_later(session, address.member_id) if address and address.revoked_at is None else None
    if address is None or actor is None:
        raise Refusal(NOBODY)
    return actor, address


async def _is_first(session: AsyncSession, coming: Coming) -> bool:
    """Notes that it came. On PostgreSQL, who comes second waits to see what becomes of the first."""
    known = exists().where(
        ReceivedMail.address_id == coming.address_id, ReceivedMail.fingerprint == coming.mail.fingerprint
    )
    if await session.scalar(select(known)):
        return False
    try:
        async with session.begin_nested():
            session.add(ReceivedMail(address_id=coming.address_id, fingerprint=coming.mail.fingerprint))
            await session.flush()
    except IntegrityError:
        return False
    return True


async def _stored(parvis: Parvis, pieces: Sequence[Piece], room: int) -> list[Received]:
    """The bytes of its files, looked at as those of any upload."""
    stored: list[Received] = []
    for piece in pieces:
        limit, left = parvis.settings.upload_limit, room - sum(one.size for one in stored)
        pieces_of = _once(piece.content)
        stored.append(await receive(parvis.storage, pieces_of, name=piece.name, limit=limit, room=left, digest=None))
    return stored


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def confirm(session: AsyncSession, actor: Actor, held_id: UUID) -> None:
    """Says what waited for its author. Again changes nothing. Raises `NotFound`."""
    held, address = await held_of(session, actor, held_id)
    if held.said_at is not None:
        return
    found = select(File.id).where(File.claimed_kind == HELD, File.claimed_id == held_id).order_by(File.id)
    ids = list(await session.scalars(found))
    await files.let_go(session, HELD, held.id)
    await replying.say(session, actor, address, held.text, ids, held.id)
    held.said_at, held.text = clock.now(), ""
    await session.flush()
