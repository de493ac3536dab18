"""University sign-in: a configured OpenID provider says who somebody is.

Whoever it is, is matched by the identifier that the institution gave him, never by e-mail. The request is a ticket,
whose secret is the `state`: it is spent by its own unit of work before the answer is judged, so that no answer is tried
twice.
"""

from datetime import datetime, timedelta
from typing import Literal

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.events import MemberActivated
from parvis.accounts.models import Affiliation, Member, Ticket
from parvis.accounts.names import LONGEST, sort_name
from parvis.accounts.oidc import Answer, Identity, IdentityRefused, Provider
from parvis.accounts.schemas.fields import PersonName
from parvis.kernel import clock
from parvis.kernel.db import Write
from parvis.kernel.errors import Forbidden, Gone
from parvis.kernel.events import record
from parvis.kernel.i18n import Language
from parvis.kernel.identity_providers import IdentityProvider

from . import activations, proof, tickets, uniting
from .passkeys import session_mark
from .sessions import Device
from .sign_in import Outcome, enter

Wish = Literal["sign_in", "prove", "link"]

LIFETIME = timedelta(minutes=10)
METHOD = "oidc"
CLOCKS_APART = timedelta(seconds=60)
NAMED = TypeAdapter(PersonName)


class UniversityDeclined(Forbidden):
    """The person, or the provider, would not."""

    code = "university_declined"
    title = {
        "fr": "La connexion n’a pas été confirmée par votre université.",
        "en": "Your university did not confirm the sign-in.",
    }


class IdentityUnknown(Forbidden):
    """Told only to who has just proved to be that person."""

    code = "identity_unknown"
    title = {
        "fr": "Votre université vous connaît, mais aucun compte n’est encore à votre nom ici.",
        "en": "Your university knows you, but no account here is in your name yet.",
    }


async def ask(
    write: Write, provider: Provider, wish: Wish, language: Language, *, browser: bytes, actor: Actor | None = None
) -> str:
    """Where to send the browser, which alone may bring back the answer. Raises `ProviderUnavailable`."""
    await provider.published()  # Nothing is kept for one that does not answer.
    state = await write(
        tickets.issue,
        _purpose(wish),
        member_id=actor.member_id if actor else None,
        browser=browser,
        data={"provider": provider.settings.key},
        lifetime=LIFETIME,
    )
    return await provider.authorization_url(state, language, anew=wish != "sign_in")


async def sign_in(
    write: Write, provider: Provider, state: str, answer: Answer | None, *, browser: bytes | None, device: Device
) -> Outcome:
    """Raises `Gone` for a request that was not this browser's, or was answered; `UniversityDeclined`,
    `IdentityRefused`, `ProviderUnavailable`, `IdentityUnknown`, `AccountClosed`."""
    await write(_spend, provider, "sign_in", state, browser, None)
    identity = await _identity(provider, answer)
    return await write(_enter, provider.settings, identity, device)


async def prove(write: Write, provider: Provider, state: str, answer: Answer | None, actor: Actor) -> datetime:
    """Proves again who is there; gives until when that counts.

    Raises as `sign_in`, and `SomebodyElse`, `ProofNotOffered`.
    """
    identity = await _fresh_identity(write, provider, "prove", state, answer, actor)
    return await write(proof.by_university, actor, identity.identifier)


async def link(write: Write, provider: Provider, state: str, answer: Answer | None, actor: Actor, where: str) -> Member:
    """Makes the identity the account's own. Raises as `prove`, and `AlreadyIdentified`, `IdentityTaken`."""
    identity = await _fresh_identity(write, provider, "link", state, answer, actor)
    return await write(uniting.link, actor, identity.identifier, where)


async def _fresh_identity(
    write: Write, provider: Provider, wish: Wish, state: str, answer: Answer | None, actor: Actor
) -> Identity:
    """Whose password, or what the provider has for one, was given since we asked: an open session there is no proof."""
    asked = await write(_spend, provider, wish, state, session_mark(actor), actor)
    identity = await _identity(provider, answer)
    if identity.authenticated_at is None or identity.authenticated_at < asked.created_at - CLOCKS_APART:
        raise IdentityRefused
    return identity


async def _spend(
    session: AsyncSession, provider: Provider, wish: Wish, state: str, browser: bytes | None, actor: Actor | None
) -> Ticket:
    ticket = await tickets.spend(session, _purpose(wish), state)
    is_whole = ticket.browser_hash == browser and ticket.data == {"provider": provider.settings.key}
    if not is_whole or ticket.member_id != (actor.member_id if actor else None):
        raise Gone
    return ticket


async def _identity(provider: Provider, answer: Answer | None) -> Identity:
    if answer is None:
        raise UniversityDeclined
    return await provider.identity(answer)


async def _enter(session: AsyncSession, provider: IdentityProvider, identity: Identity, device: Device) -> Outcome:
    """Who comes for the first time is awake from then on: he is whom the institution says."""
    member = await _identified(session, identity) or await _newcomer(session, provider, identity)
    if member.activated_at is None and member.suspended_at is None and member.deleted_at is None:
        member.activated_at = clock.now()
        await tickets.cancel(session, member.id, [activations.PURPOSE])
        record(session, MemberActivated(member_id=member.id), actor_id=member.id)
        await session.flush()
    methods = [METHOD, *(["mfa"] if identity.two_factors else [])]
    return await enter(session, member.id, methods, device, strong=identity.two_factors)


async def _identified(session: AsyncSession, identity: Identity) -> Member | None:
    held = select(Member).where(Member.identifier == identity.identifier).with_for_update()
    return (await session.execute(held.execution_options(populate_existing=True))).scalar_one_or_none()


async def _newcomer(session: AsyncSession, provider: IdentityProvider, identity: Identity) -> Member:
    """Somebody nobody entered, where the administrator lets such people in; without any address of his."""
    if provider.on_unknown == "refuse":
        raise IdentityUnknown
    name = _name(identity)
    member = Member(name=name, sort_name=sort_name(name), identifier=identity.identifier)
    try:
        async with session.begin_nested():
            session.add(member)
            await session.flush()
    except IntegrityError:  # He came by another door at the same moment.
        found = await _identified(session, identity)
        if found is None:
            raise IdentityUnknown from None
        return found
    since = clock.now().date()
    session.add(Affiliation(member_id=member.id, kind=provider.affiliation, source="registration", starts_on=since))
    return member


def _name(identity: Identity) -> str:
    try:
        return NAMED.validate_python((identity.name or "").strip())
    except ValidationError:
        return identity.identifier.partition("@")[0][:LONGEST]


def _purpose(wish: Wish) -> str:
    return f"university_{wish}"
