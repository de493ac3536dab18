"""Invitations: a mail to one address, or a link for a number of people."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts import policy
from parvis.accounts.actor import Actor
from parvis.accounts.models import Invitation
from parvis.accounts.queries.organisation import organisation
from parvis.accounts.schemas.invitations import InvitationDraft
from parvis.kernel import clock
from parvis.kernel.audit import audit
from parvis.kernel.errors import Gone, NotFound, Text, require
from parvis.kernel.i18n import DEFAULT_LANGUAGE, is_language
from parvis.kernel.mail import Mail, send_mail
from parvis.kernel.secrets import hash_token, new_token

PAGE = "/door/invitation"
NOT_YOURS: Text = {
    "fr": "Les invitations sont réservées aux gestionnaires.",
    "en": "Invitations are for people administrators.",
}


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """`link` is a path with the secret after `#`; it is shown this once."""

    invitation: Invitation
    link: str


async def invite(session: AsyncSession, actor: Actor, draft: InvitationDraft) -> NewInvitation:
    """Makes an invitation, and mails it when it is for one address. Raises `Forbidden`."""
    require(policy.may_manage_people(actor), NOT_YOURS)
    token = new_token()
    invitation = Invitation(
        token_hash=hash_token(token),
        email=draft.email,
        affiliation=draft.affiliation,
        note=draft.note,
        max_uses=1 if draft.email else draft.max_uses,
        invited_by=actor.id,
        expires_at=clock.now() + timedelta(days=draft.days),
    )
    session.add(invitation)
    await session.flush()
    link = f"{PAGE}#{token}"
    if draft.email:
        await _send(session, actor, draft, link)
    said = {"affiliation": draft.affiliation, "max_uses": invitation.max_uses, "by_mail": draft.email is not None}
    audit(session, actor.id, "invitation.created", "invitation", invitation.id, said)
    return NewInvitation(invitation, link)


async def invite_guest(session: AsyncSession, actor: Actor, email: str, place: str, days: int) -> Invitation:
    """Invites somebody from outside to one place, which has judged whether the actor may, and mails him."""
    token = new_token()
    invitation = Invitation(
        token_hash=hash_token(token),
        email=email,
        affiliation=None,
        place=place,
        max_uses=1,
        invited_by=actor.id,
        expires_at=clock.now() + timedelta(days=days),
    )
    session.add(invitation)
    await session.flush()
    ours = await organisation(session)
    language = ours.default_language if is_language(ours.default_language) else DEFAULT_LANGUAGE
    words = {"organisation": ours.name, "name": actor.name, "community": place, "link": f"{PAGE}#{token}"}
    send_mail(session, Mail("guest_invitation", email, language, words))
    audit(session, actor.id, "invitation.created", "invitation", invitation.id, {"guest": True, "by_mail": True})
    return invitation


async def revoke(session: AsyncSession, actor: Actor, invitation_id: UUID) -> None:
    """Nobody comes in by it any more. Raises `Forbidden`, `NotFound`."""
    require(policy.may_manage_people(actor), NOT_YOURS)
    await end(session, actor, invitation_id)


async def end(session: AsyncSession, actor: Actor, invitation_id: UUID) -> None:
    """The same for one that the actor has the right to end. Raises `NotFound`."""
    ended = update(Invitation).where(Invitation.id == invitation_id, Invitation.revoked_at.is_(None))
    row = await session.execute(ended.values(revoked_at=clock.now()).returning(Invitation.id))
    if row.one_or_none() is None:
        raise NotFound
    audit(session, actor.id, "invitation.revoked", "invitation", invitation_id)


async def invitation_of(session: AsyncSession, token: str) -> Invitation:
    """The open invitation of this link. Raises `Gone`."""
    query = select(Invitation).where(Invitation.token_hash == hash_token(token), _is_open())
    invitation = (await session.execute(query)).scalar_one_or_none()
    if invitation is None:
        raise Gone
    return invitation


async def open_invitation(session: AsyncSession, invitation_id: UUID) -> Invitation | None:
    query = select(Invitation).where(Invitation.id == invitation_id, _is_open())
    return (await session.execute(query)).scalar_one_or_none()


async def use(session: AsyncSession, invitation_id: UUID) -> Invitation:
    """Counts one use, of as many as there are. Raises `Gone`."""
    counted = (
        update(Invitation)
        .where(Invitation.id == invitation_id, _is_open())
        .values(uses=Invitation.uses + 1)
        .returning(Invitation)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    invitation = (await session.execute(counted)).scalar_one_or_none()
    if invitation is None:
        raise Gone
    return invitation


def _is_open() -> ColumnElement[bool]:
    return and_(
        Invitation.uses < Invitation.max_uses,
        Invitation.revoked_at.is_(None),
        Invitation.expires_at > clock.now(),
    )


async def _send(session: AsyncSession, actor: Actor, draft: InvitationDraft, link: str) -> None:
    ours = await organisation(session)
    language = draft.language or ours.default_language
    data = {"organisation": ours.name, "inviter": actor.name, "link": link}
    assert draft.email is not None
    send_mail(session, Mail("invitation", draft.email, language if is_language(language) else DEFAULT_LANGUAGE, data))
