"""What accounts hold of their members, and the kernel on behalf of them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel import events
from parvis.kernel.audit import AuditEntry
from parvis.kernel.entries import Entry
from parvis.kernel.errors import Text
from parvis.kernel.events import LogEntry
from parvis.kernel.idempotency import IdempotentAnswer
from parvis.kernel.mail import TrayMail
from parvis.kernel.personal_data import COPY, SECRET, ErasedBy, Holding, Kept, Part, Untied

from .events import member_topic
from .models import (
    AccessToken,
    Address,
    Affiliation,
    AuthorizationCode,
    Cohort,
    Graduate,
    GraduationReminder,
    Invitation,
    Member,
    MemberRole,
    Passkey,
    Password,
    Programme,
    RecoveryCode,
    RefreshToken,
    Session,
    Ticket,
    Totp,
    Unit,
)
from .service.erasure import blot_out

NUMBER: Text = {
    "fr": "un numéro de compte, auquel plus aucun nom ne correspond",
    "en": "an account number that no name corresponds to any more",
}
PROOF = Kept(
    NUMBER,
    {
        "fr": "Le journal d’audit prouve qui a fait quoi ; un trou y serait une falsification.",
        "en": "The audit log proves who did what; a hole in it would be a forgery.",
    },
)
ORDER = Kept(
    NUMBER,
    {
        "fr": "Le déroulé technique des changements ne retient que leur ordre.",
        "en": "The technical sequence of changes retains nothing but their order.",
    },
)


def _emails(member_id: UUID) -> Select[str]:
    return select(Address.email).where(Address.member_id == member_id)


def _tickets(member_id: UUID) -> ColumnElement[bool]:
    """Those that were given out for an account, and those of who registers at an address, known by that alone."""
    return or_(Ticket.member_id == member_id, Ticket.data["email"].as_string().in_(_emails(member_id)))


def _tray(member_id: UUID) -> ColumnElement[bool]:
    """Mails to the member, and those to others that name him."""
    name = select(Member.name).where(Member.id == member_id).scalar_subquery()
    return or_(TrayMail.to.in_(_emails(member_id)), TrayMail.text.contains(name))


def _refresh_tokens(member_id: UUID) -> ColumnElement[bool]:
    return RefreshToken.session_id.in_(select(Session.id).where(Session.member_id == member_id))


def _graduates(member_id: UUID) -> ColumnElement[bool]:
    return Graduate.studies_id.in_(select(Affiliation.id).where(Affiliation.member_id == member_id))


async def _scrub(session: AsyncSession, member_id: UUID) -> int:
    return await events.scrub(session, member_topic(member_id), {"member_id": str(member_id)})


def _name_of(place: Any, place_id: Any, key: str) -> Any:
    """What a place is called, as a column of what refers to it."""
    return select(place.name).where(place.id == place_id).scalar_subquery().label(key)


PARTS: Sequence[Part] = (
    Part(
        "account",
        {"fr": "Votre nom et vos réglages", "en": "Your name and settings"},
        [
            Holding(
                Member.id,
                [
                    Member.id,
                    Member.name,
                    Member.identifier,
                    Member.language,
                    Member.appearance,
                    Member.shows_presence,
                    Member.shown_public,
                    Member.created_at,
                    Member.activated_at,
                    Member.onboarded_at,
                    Member.suspended_at,
                    Member.leaves_at,
                ],
                ErasedBy(blot_out),
                name="account",
            )
        ],
    ),
    Part(
        "addresses",
        {"fr": "Vos adresses e-mail", "en": "Your e-mail addresses"},
        [
            Holding(
                Address.member_id,
                [Address.email, Address.kind, Address.is_primary, Address.verified_at, Address.created_at],
            )
        ],
    ),
    Part(
        "affiliations",
        {"fr": "Vos affiliations et vos rôles", "en": "Your affiliations and roles"},
        [
            Holding(
                Affiliation.member_id,
                [
                    Affiliation.kind,
                    Affiliation.title,
                    _name_of(Unit, Affiliation.unit_id, "unit"),
                    _name_of(Programme, Affiliation.programme_id, "programme"),
                    select(Cohort.year).where(Cohort.id == Affiliation.cohort_id).scalar_subquery().label("cohort"),
                    Affiliation.source,
                    Affiliation.starts_on,
                    Affiliation.ends_on,
                ],
            ),
            Holding(MemberRole.member_id, [MemberRole.role, MemberRole.since], name="roles"),
            Holding(
                Graduate.studies_id,
                [Graduate.studies_id, Graduate.alum_id, Graduate.ended_before],
                where=_graduates,
                name="graduations",
            ),
            Holding(GraduationReminder.member_id, [GraduationReminder.sent_at]),
        ],
    ),
    Part(
        "sessions",
        {"fr": "Vos sessions", "en": "Your sessions"},
        [
            Holding(
                Session.member_id,
                [
                    Session.kind,
                    Session.client_id,
                    Session.methods,
                    Session.user_agent,
                    Session.network,
                    Session.created_at,
                    Session.seen_at,
                    Session.expires_at,
                    Session.revoked_at,
                ],
            ),
            Holding(RefreshToken.session_id, SECRET, where=_refresh_tokens),
            Holding(AuthorizationCode.member_id, SECRET),
        ],
    ),
    Part(
        "sign_in",
        {"fr": "Vos moyens de connexion", "en": "Your ways to sign in"},
        [
            Holding(Password.member_id, [Password.changed_at]),
            Holding(
                Passkey.member_id,
                [Passkey.name, Passkey.transports, Passkey.backed_up, Passkey.created_at, Passkey.last_used_at],
            ),
            Holding(Totp.member_id, [Totp.confirmed_at], name="one_time_codes"),
            Holding(RecoveryCode.member_id, SECRET),
            Holding(
                AccessToken.member_id,
                [
                    AccessToken.name,
                    AccessToken.scopes,
                    AccessToken.created_at,
                    AccessToken.expires_at,
                    AccessToken.used_at,
                    AccessToken.revoked_at,
                ],
            ),
            Holding(Ticket.member_id, SECRET, where=_tickets),
        ],
    ),
    Part(
        "invitations",
        {"fr": "Les invitations que vous avez envoyées ou reçues", "en": "Invitations that you sent or received"},
        [
            Holding(
                Invitation.invited_by,
                [
                    Invitation.affiliation,
                    Invitation.note,
                    Invitation.max_uses,
                    Invitation.uses,
                    Invitation.created_at,
                    Invitation.expires_at,
                    Invitation.revoked_at,
                ],
                name="invitations_sent",
            ),
            Holding(
                Invitation.email,
                [Invitation.affiliation, Invitation.created_at],
                where=lambda member_id: Invitation.email.in_(_emails(member_id)),
                name="invitations_received",
            ),
        ],
    ),
    Part(
        "audit",
        {"fr": "Vos actes dans le journal d’audit", "en": "Your acts in the audit log"},
        [
            Holding(
                AuditEntry.actor_id,
                [AuditEntry.at, AuditEntry.action, AuditEntry.subject_kind],
                PROOF,
                name="acts",
            ),
            Holding(
                AuditEntry.subject_id,
                [AuditEntry.at, AuditEntry.action],
                PROOF,
                where=lambda member_id: AuditEntry.subject_id == str(member_id),
                name="acts_on_your_account",
            ),
        ],
    ),
    Part(
        "sequence",
        {"fr": "L’ordre technique de vos changements", "en": "The technical order of your changes"},
        [Holding(LogEntry.actor_id, COPY, ORDER)],
    ),
    Part(
        "copies",
        {"fr": "Les copies de passage", "en": "Passing copies"},
        [
            Holding(
                LogEntry.topic,
                COPY,
                ErasedBy(_scrub),
                where=lambda member_id: LogEntry.topic == member_topic(member_id),
            ),
            Holding(IdempotentAnswer.actor_id, COPY),
            Holding(Entry.subject_id, COPY),
            Holding(Entry.author_id, COPY, Untied(), name="entries_said"),
            Holding(TrayMail.to, COPY, where=_tray),
        ],
    ),
)
