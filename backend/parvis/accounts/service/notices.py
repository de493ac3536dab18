"""Telling a member, at every verified address, that something about the account's security has changed."""

from collections.abc import Mapping, Sequence
from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Address, Member
from parvis.accounts.queries.identities import identifying
from parvis.accounts.queries.organisation import organisation
from parvis.kernel import clock
from parvis.kernel.errors import Text
from parvis.kernel.i18n import DEFAULT_LANGUAGE, Language, is_language, pick, write_moment
from parvis.kernel.mail import About, Act, Mail, Template, send_mail

SECURITY_PAGE = "/settings/security"

Notice = Literal[
    "address_added",
    "address_removed",
    "address_restored",
    "primary_address_changed",
    "password_set",
    "password_changed",
    "password_removed",
    "passkey_added",
    "passkey_removed",
    "passkey_copied",
    "totp_turned_on",
    "totp_turned_off",
    "second_factor_forgotten",
    "recovery_codes_made",
    "recovery_code_used",
    "token_created",
    "mobile_connected",
    "mobile_reuse_stopped",
    "sessions_ended",
    "roles_changed",
    "identity_linked",
    "record_joined",
    "data_exported",
    "recovery_offered",
    "deletion_cancelled",
]

WHAT: Mapping[Notice, Text] = {
    "address_added": {"fr": "adresse ajoutée, {address}", "en": "address added, {address}"},
    "address_removed": {"fr": "adresse retirée, {address}", "en": "address removed, {address}"},
    "address_restored": {"fr": "adresse rétablie, {address}", "en": "address restored, {address}"},
    "primary_address_changed": {"fr": "adresse principale, {address}", "en": "main address, {address}"},
    "password_set": {"fr": "mot de passe créé", "en": "password created"},
    "password_changed": {"fr": "mot de passe changé", "en": "password changed"},
    "password_removed": {"fr": "mot de passe supprimé", "en": "password removed"},
    "passkey_added": {"fr": "clé d’accès ajoutée, {name}", "en": "passkey added, {name}"},
    "passkey_removed": {"fr": "clé d’accès supprimée, {name}", "en": "passkey removed, {name}"},
    "passkey_copied": {"fr": "clé d’accès peut-être copiée, {name}", "en": "passkey possibly copied, {name}"},
    "totp_turned_on": {"fr": "codes à usage unique activés", "en": "one-time codes turned on"},
    "totp_turned_off": {"fr": "codes à usage unique désactivés", "en": "one-time codes turned off"},
    "second_factor_forgotten": {
        "fr": "second facteur oublié par l’exploitation du service",
        "en": "second factor forgotten by who runs the service",
    },
    "recovery_codes_made": {"fr": "nouveaux codes de secours", "en": "new recovery codes"},
    "recovery_code_used": {"fr": "code de secours utilisé", "en": "recovery code used"},
    "token_created": {"fr": "jeton d’accès créé, {name}", "en": "access token created, {name}"},
    "mobile_connected": {"fr": "application mobile connectée", "en": "mobile application connected"},
    "mobile_reuse_stopped": {
        "fr": "session mobile fermée, son jeton ayant servi deux fois",
        "en": "mobile session ended, as its token was used twice",
    },
    "sessions_ended": {"fr": "autres sessions fermées", "en": "other sessions ended"},
    "roles_changed": {"fr": "rôles modifiés", "en": "roles changed"},
    "identity_linked": {"fr": "identité universitaire reliée, {name}", "en": "university identity linked, {name}"},
    "record_joined": {
        "fr": "fiche de votre établissement jointe à votre compte, {name}",
        "en": "your institution’s record joined to your account, {name}",
    },
    "data_exported": {"fr": "export de vos données demandé", "en": "export of your data requested"},
    "recovery_offered": {
        "fr": "accès rendu par l’administration à une nouvelle adresse, {address}",
        "en": "access given by the administration to a new address, {address}",
    },
    "deletion_cancelled": {"fr": "suppression du compte annulée", "en": "deletion of the account cancelled"},
}


async def tell(
    session: AsyncSession,
    member_id: UUID,
    notice: Notice,
    data: Mapping[str, str] | None = None,
    *,
    but: str | None = None,
) -> None:
    """Sends a mail to every verified address of the member, once this unit is durable.

    `data` fills the notice's text (`address`, `name`); its `where`, if given, says from which device or network.
    `but`: an address that gets a mail of its own about this.
    """
    member = await session.get_one(Member, member_id)
    reached = select(Address.email).where(Address.member_id == member_id, identifying())
    language = _language_of(member)
    facts = {
        "link": SECURITY_PAGE,
        "what": pick(WHAT[notice], language).format_map(data or {}),
        "when": write_moment(clock.now(), language),
        **({"where": data["where"]} if data and data.get("where") else {}),
    }
    for email in await session.scalars(reached.order_by(Address.id)):
        if email != but:
            await send(session, member, "security_notice", email, facts)


async def send(
    session: AsyncSession,
    member: Member,
    template: Template,
    email: str,
    data: Mapping[str, str | int],
    acts: Sequence[Act] = (),
    about: About | None = None,
) -> None:
    """Sends a mail in the member's language, signed by the organisation. `acts`: what he may do by it; `about`: what
    his answer would answer."""
    signed = {"organisation": await organisation_name(session), **data}
    send_mail(session, Mail(template, email, _language_of(member), signed, acts=acts, about=about))


async def organisation_name(session: AsyncSession) -> str:
    """The name that signs mails."""
    return (await organisation(session)).name


def _language_of(member: Member) -> Language:
    return member.language if is_language(member.language) else DEFAULT_LANGUAGE
