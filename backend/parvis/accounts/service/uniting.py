"""One person, one account: the institution's record of somebody is joined to the account that he has already.

Only its holder does that, in his own session: by signing in at the university, or by opening the activation link that
was mailed to the address on the record. Nothing is matched by e-mail: the link is what proves.
"""

from typing import Literal
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.events import CredentialsChanged, MemberUpdated, RecordJoined, RolesChanged
from parvis.accounts.models import Address, Affiliation, Member, MemberRole, Ticket
from parvis.kernel.audit import audit
from parvis.kernel.errors import Conflict, Gone, NotFound
from parvis.kernel.events import record

from . import activations, claims, notices, tickets

By = Literal["university", "activation"]


class IdentityTaken(Conflict):
    code = "identity_taken"
    title = {
        "fr": "Cette identité universitaire ouvre déjà un autre compte.",
        "en": "This university identity already opens another account.",
    }


class AlreadyIdentified(Conflict):
    """Two identifiers are two people."""

    code = "already_identified"
    title = {
        "fr": "Votre compte porte déjà un autre identifiant. Adressez-vous à votre établissement.",
        "en": "Your account already has another identifier. Please contact your institution.",
    }


async def link(session: AsyncSession, actor: Actor, identifier: str, where: str) -> Member:
    """Makes the university's identifier the account's own, and joins the record that waits under it, if there is one.

    Raises `AlreadyIdentified`, `IdentityTaken`.
    """
    holder_id = await session.scalar(select(Member.id).where(Member.identifier == identifier))
    account, holder = await _both(session, actor.member_id, holder_id)
    if account.identifier not in {None, identifier}:
        raise AlreadyIdentified
    if account.identifier == identifier:
        return account
    if holder is not None:
        _require_waiting(holder, identifier)
        await _absorb(session, actor, account, holder, by="university")
    else:
        await _identify(session, account, identifier)
    record(session, CredentialsChanged(member_id=account.id), actor_id=actor.id)
    audit(session, actor.id, "identity.linked", "member", account.id)
    await notices.tell(session, account.id, "identity_linked", {"name": identifier, "where": where})
    return account


async def join_record(session: AsyncSession, actor: Actor, token: str, where: str) -> Member:
    """Joins the record that an activation link is for. It came by mail, so its address is the account's too.

    Raises `Gone`, `AlreadyIdentified`, `AddressTaken`.
    """
    ticket = await tickets.spend(session, activations.PURPOSE, token)
    account, waiting = await _both(session, actor.member_id, ticket.member_id)
    if waiting is None or waiting is account:
        raise Gone
    _require_waiting(waiting, waiting.identifier)
    if account.identifier is not None and waiting.identifier is not None:
        raise AlreadyIdentified
    email = await _proved_by(session, ticket)
    name = waiting.name
    await _absorb(session, actor, account, waiting, by="activation")
    await claims.verify(session, await _address_of(session, account.id, email))
    await notices.tell(session, account.id, "record_joined", {"name": name, "where": where})
    return account


async def _both(session: AsyncSession, account_id: UUID, other_id: UUID | None) -> tuple[Member, Member | None]:
    """Both rows, held until the commit: always in the same order, so that none waits for the other.

    The other is None too when it is gone: somebody joined it meanwhile.
    """
    ids = {account_id, *([other_id] if other_id else [])}
    held = {
        member_id: await session.get(Member, member_id, with_for_update=True, populate_existing=True)
        for member_id in sorted(ids)
    }
    account = held[account_id]
    if account is None:
        raise NotFound
    return account, held[other_id] if other_id else None


def _require_waiting(holder: Member, identifier: str | None) -> None:
    """Only a record that nobody has opened, closed or shut is joined; it may have changed hands since it was found."""
    closed = holder.activated_at or holder.suspended_at or holder.deleted_at
    if closed is not None or holder.identifier != identifier:
        raise IdentityTaken


async def _proved_by(session: AsyncSession, ticket: Ticket) -> str:
    address = await session.get(Address, ticket.address_id)
    if address is None:
        raise Gone
    return address.email


async def _address_of(session: AsyncSession, member_id: UUID, email: str) -> Address:
    mine = select(Address).where(Address.member_id == member_id, Address.email == email)
    return (await session.execute(mine.execution_options(populate_existing=True))).scalar_one()


async def _absorb(session: AsyncSession, actor: Actor, account: Member, waiting: Member, *, by: By) -> None:
    """Moves what the institution said of the record to the account, and lets the record go."""
    record_id, identifier = waiting.id, waiting.identifier
    waiting.identifier = None
    await session.flush()
    if identifier is not None:
        await _identify(session, account, identifier)
    await _move_affiliations(session, waiting.id, account.id)
    await _move_addresses(session, waiting.id, account.id)
    await _move_roles(session, actor, waiting.id, account.id)
    await session.delete(waiting)
    account.version += 1
    await session.flush()
    record(session, RecordJoined(member_id=account.id, record_id=record_id), actor_id=actor.id)
    record(session, MemberUpdated(member_id=account.id), actor_id=actor.id)
    audit(session, actor.id, "record.joined", "member", account.id, {"record": str(record_id), "by": by})


async def _identify(session: AsyncSession, account: Member, identifier: str) -> None:
    """Two may link the same identifier at once: the index decides. Raises `IdentityTaken`."""
    try:
        async with session.begin_nested():
            account.identifier = identifier
            await session.flush()
    except IntegrityError:
        raise IdentityTaken from None


async def _move_affiliations(session: AsyncSession, from_id: UUID, to_id: UUID) -> None:
    """What the institution says takes the place of what was only concluded from the domain of an address."""
    said = select(Affiliation.kind).where(Affiliation.member_id == from_id)
    concluded = Affiliation.source == "registration"
    await session.execute(
        delete(Affiliation)
        .where(Affiliation.member_id == to_id, concluded, Affiliation.kind.in_(said))
        .execution_options(synchronize_session=False)
    )
    await _hand_over(session, Affiliation, from_id, to_id)


async def _move_addresses(session: AsyncSession, from_id: UUID, to_id: UUID) -> None:
    """As they are: unverified, they stand for nobody."""
    had = select(Address.email).where(Address.member_id == to_id)
    known = delete(Address).where(Address.member_id == from_id, Address.email.in_(had))
    await session.execute(known.execution_options(synchronize_session=False))
    await _hand_over(session, Address, from_id, to_id, is_primary=False)


async def _move_roles(session: AsyncSession, actor: Actor, from_id: UUID, to_id: UUID) -> None:
    """Somebody may have been appointed before coming."""
    held = select(MemberRole.role).where(MemberRole.member_id == to_id)
    moved = (
        update(MemberRole)
        .where(MemberRole.member_id == from_id, MemberRole.role.not_in(held))
        .values(member_id=to_id)
        .returning(MemberRole.role)
        .execution_options(synchronize_session=False)
    )
    if list(await session.scalars(moved)):
        roles = await session.scalars(select(MemberRole.role).where(MemberRole.member_id == to_id))
        record(session, RolesChanged(member_id=to_id, roles=sorted(roles)), actor_id=actor.id)


async def _hand_over(
    session: AsyncSession, table: type[Affiliation | Address], from_id: UUID, to_id: UUID, **values: object
) -> None:
    moving = update(table).where(table.member_id == from_id).values(member_id=to_id, **values)
    await session.execute(moving.execution_options(synchronize_session=False))
