"""Mails about what others do: to who wants them at once; about what they ask, once a day for one asker."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Address, Member
from parvis.accounts.queries.identities import identifying
from parvis.accounts.service import notices
from parvis.choices.models import Kind
from parvis.choices.policy import wants_mail
from parvis.kernel import clock
from parvis.kernel.mail import Template
from parvis.profiles.ties.models import AskedByMail

AGAIN_AFTER = timedelta(days=1)


async def write_to(
    session: AsyncSession,
    actor: Actor,
    member: Member,
    kind: Kind,
    template: Template,
    link: str,
    words: Mapping[str, str] = {},
) -> None:
    """Mails a member at the main address, while it is his, what the actor did; if he wants mails of this kind at once.
    `words`: more of what the template says."""
    mine = (Address.member_id == member.id, Address.is_primary.is_(True), identifying())
    wanted = wants_mail(kind, Address.member_id)
    email = await session.scalar(select(Address.email).where(*mine, wanted))
    if email is not None:
        await notices.send(session, member, template, email, {"name": actor.name, "link": link, **words})


async def write_that_asked(
    session: AsyncSession, actor: Actor, member: Member, kind: Kind, template: Template, link: str
) -> None:
    """Does, unless he was told within a day that the actor asks: to withdraw and ask again is no new mail."""
    mine, since = AskedByMail.from_id == actor.id, clock.now() - AGAIN_AFTER
    await session.execute(delete(AskedByMail).where(mine, AskedByMail.sent_at <= since))
    if await session.get(AskedByMail, (actor.id, member.id, kind)) is None:
        session.add(AskedByMail(from_id=actor.id, to_id=member.id, kind=kind))
        await write_to(session, actor, member, kind, template, link)
