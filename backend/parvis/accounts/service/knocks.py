"""Somebody knocks: asks for a link by writing an e-mail address.

The request does the same whoever lives there: it leaves a job, and answers. The job looks who it is and what to send,
so that neither the answer nor the time it takes tells whether an address is known.
"""

from functools import partial
from typing import Any, Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts import emails
from parvis.accounts.models import Address, Member
from parvis.accounts.queries.identities import awaited_at, holder_of
from parvis.accounts.queries.organisation import organisation
from parvis.kernel.db import Database
from parvis.kernel.i18n import DEFAULT_LANGUAGE, is_language
from parvis.kernel.jobs import Handler, LeasedJob, enqueue
from parvis.kernel.mail import Mail, Template, send_mail

from . import tickets
from .activations import send_activation
from .invitations import open_invitation
from .registration import PURPOSE as REGISTRATION
from .reset import PURPOSE as RESET
from .sign_in import LINK

KNOCK = "door.knock"
MINUTES = int(tickets.LIFETIME.total_seconds() // 60)

Wish = Literal["sign_in", "reset", "activate", "register"]


async def knock(
    session: AsyncSession,
    wish: Wish,
    email: str,
    language: str,
    browser: bytes,
    *,
    name: str = "",
    invitation_id: UUID | None = None,
) -> None:
    """Leaves the job. `browser` is what the asking browser was marked with."""
    said = {
        "wish": wish,
        "email": email,
        "language": language,
        "browser": browser.hex(),
        "name": name,
        "invitation_id": str(invitation_id) if invitation_id else None,
    }
    await enqueue(session, KNOCK, said)


def answer_knocks(database: Database) -> Handler:
    """The handler of `door.knock`. Run twice, it sends a second mail like the first."""

    async def answer(job: LeasedJob) -> None:
        await database.write(_answer, job.payload)

    return answer


async def _answer(session: AsyncSession, said: dict[str, Any]) -> None:
    """Whoever has an account gets a way into it, whatever was asked for; so does who is awaited. A stranger gets a mail
    when strangers may join."""
    if holder := await holder_of(session, said["email"]):
        await _let_in(session, said, *holder)
    elif awaited := await awaited_at(session, said["email"]):
        await send_activation(session, *awaited, lifetime=tickets.LIFETIME)
    elif said["wish"] == "register" and await _may_join(session, said):
        await _welcome(session, said)


async def _let_in(session: AsyncSession, said: dict[str, Any], member: Member, address: Address) -> None:
    issue = partial(tickets.issue, session, member_id=member.id, address_id=address.id)
    if said["wish"] == "reset":
        token = await issue(RESET)
        await _send(session, "password_reset", said["email"], member.language, f"/door/reset#{token}")
    else:
        token = await issue(LINK, browser=bytes.fromhex(said["browser"]))
        await _send(session, "sign_in_link", said["email"], member.language, f"/door/sign-in#{token}")


async def _may_join(session: AsyncSession, said: dict[str, Any]) -> bool:
    if said["invitation_id"] is not None:
        return await open_invitation(session, UUID(said["invitation_id"])) is not None
    ours = await organisation(session)
    return ours.registration == "domains" and emails.affiliation_of(said["email"], ours.domains) is not None


async def _welcome(session: AsyncSession, said: dict[str, Any]) -> None:
    kept = {key: said[key] for key in ("email", "name", "language", "invitation_id")}
    token = await tickets.issue(session, REGISTRATION, data=kept)
    await _send(session, "verify_address", said["email"], said["language"], f"/door/verify#{token}")


async def _send(session: AsyncSession, template: Template, email: str, language: str, link: str) -> None:
    data: dict[str, str | int] = {"organisation": (await organisation(session)).name, "link": link, "minutes": MINUTES}
    send_mail(session, Mail(template, email, language if is_language(language) else DEFAULT_LANGUAGE, data))
