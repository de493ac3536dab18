"""Entering people whom the institution knows, and mending what is known of them."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts import policy
from parvis.accounts.actor import Actor
from parvis.accounts.events import MemberUpdated
from parvis.accounts.models import Address, Member
from parvis.accounts.names import sort_name
from parvis.accounts.queries.identities import lasting
from parvis.accounts.queries.organisation import organisation
from parvis.accounts.queries.people import NOT_YOURS, Person, person_of
from parvis.accounts.schemas.people import PersonChange, PersonDraft
from parvis.kernel.audit import audit
from parvis.kernel.errors import Conflict, FieldError, Text, require
from parvis.kernel.events import record

from . import activations, affiliations
from .managing import managed_member

ADDRESS_KNOWN = {"fr": "Quelqu’un a déjà cette adresse.", "en": "Somebody already has this address."}
IDENTIFIER_KNOWN = {"fr": "Quelqu’un a déjà cet identifiant.", "en": "Somebody already has this identifier."}


async def create(session: AsyncSession, actor: Actor, draft: PersonDraft) -> Person:
    """Enters somebody who has not come yet, and sends the activation mail.

    Raises `Forbidden`, and `Conflict` when the identifier or the address is somebody's.
    """
    require(policy.may_manage_people(actor), NOT_YOURS)
    member, address = await enter(session, draft, source="administrator")
    await activations.send_activation(session, member, address)
    audit(session, actor.id, "member.created", "member", member.id, {"kind": draft.affiliation.kind})
    return await person_of(session, member.id)


async def enter(session: AsyncSession, draft: PersonDraft, *, source: str) -> tuple[Member, Address]:
    """Adds a member who has not been activated. Raises `Conflict`."""
    await refuse_known_address(session, draft.email)
    language = draft.language or (await organisation(session)).default_language
    member = Member(name=draft.name, sort_name=sort_name(draft.name), language=language, identifier=draft.identifier)
    await _flush_identified(session, member)
    address = Address(member_id=member.id, email=draft.email, kind=draft.address_kind, is_primary=True)
    session.add(address)
    await affiliations.add_to(session, member.id, draft.affiliation, source=source)
    await session.flush()
    return member, address


async def change(
    session: AsyncSession, actor: Actor, member_id: UUID, draft: PersonChange, unchanged: Callable[[int], None]
) -> Person:
    """Raises `Forbidden`, `NotFound`, `PreconditionFailed`, and `Conflict` when the identifier is somebody else's."""
    member = await managed_member(session, actor, member_id)
    unchanged(member.version)
    given = draft.model_dump(exclude_unset=True)
    changed = {field: value for field, value in given.items() if getattr(member, field) != value}
    if changed:
        for field, value in changed.items():
            setattr(member, field, value)
        member.sort_name = sort_name(member.name)
        member.version += 1
        await _flush_identified(session, member)
        record(session, MemberUpdated(member_id=member.id), actor_id=actor.id)
        audit(session, actor.id, "member.changed", "member", member.id, {"fields": sorted(changed)})
    return await person_of(session, member.id)


async def refuse_known_address(session: AsyncSession, email: str, *, but: UUID | None = None) -> None:
    """Raises `Conflict` for an address that is somebody's, or that waits for somebody's activation, other than `but`.

    One that a member merely claims does not count: claiming must not keep its owner out. Nor does one that the
    institution has taken back from who left, and gives to another.
    """
    known = (
        select(Address.id)
        .join(Member, Member.id == Address.member_id)
        .where(
            Address.email == email,
            Member.deleted_at.is_(None),
            or_(Address.verified_at.is_not(None), Member.activated_at.is_(None)),
            lasting(),
        )
    )
    if but is not None:
        known = known.where(Address.member_id != but)
    if await session.scalar(known.limit(1)) is not None:
        raise _known("email", ADDRESS_KNOWN)


async def _flush_identified(session: AsyncSession, member: Member) -> None:
    """Two administrators may enter the same person at once: the index decides."""
    try:
        async with session.begin_nested():
            session.add(member)
            await session.flush()
    except IntegrityError:
        raise _known("identifier", IDENTIFIER_KNOWN) from None


def _known(field: str, message: Text) -> Conflict:
    return Conflict(message, fields=[FieldError(field, "known", message)])
