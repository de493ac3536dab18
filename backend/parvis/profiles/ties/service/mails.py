"""Mails about what others do: to who wants them; about what they ask, once a day for one asker."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Address, Member
from parvis.accounts.queries.identities import identifying
from parvis.accounts.service import notices
from parvis.accounts.service.members import locked_member
from parvis.kernel import clock
from parvis.kernel.events import record
from parvis.kernel.mail import Template
from parvis.profiles.ties.events import MailsChosen
from parvis.profiles.ties.models import AskedByMail, MailKind, UnwantedMail
from parvis.profiles.ties.queries import MailChoices, mail_choices

AGAIN_AFTER = timedelta(days=1)


async def choose(
    session: AsyncSession, actor: Actor, wanted: Mapping[MailKind, bool], unchanged: Callable[[MailChoices], None]
) -> MailChoices:
    """Which mails the member gets; kinds that are not named stay. Raises `PreconditionFailed`."""
    await locked_member(session, actor.id)
    before = await mail_choices(session, actor.id)
    unchanged(before)
    after = {**before, **wanted}
    if after == before:
        return before
    await session.execute(delete(UnwantedMail).where(UnwantedMail.member_id == actor.id))
    session.add_all(UnwantedMail(member_id=actor.id, kind=kind) for kind, is_wanted in after.items() if not is_wanted)
    record(session, MailsChosen(member_id=actor.id), actor_id=actor.id)
    return after


async def write_to(
    session: AsyncSession,
    actor: Actor,
    member: Member,
    kind: MailKind,
    template: Template,
    link: str,
    words: Mapping[str, str] = {},
) -> None:
    """Mails a member at the main address, while it is his, what the actor did; unless he does without such mails.
    `words`: more of what the template says."""
    unwanted = exists().where(UnwantedMail.member_id == member.id, UnwantedMail.kind == kind)
    mine = (Address.member_id == member.id, Address.is_primary.is_(True), identifying())
    email = await session.scalar(select(Address.email).where(*mine, ~unwanted))
    if email is not None:
        await notices.send(session, member, template, email, {"name": actor.name, "link": link, **words})


async def write_that_asked(
    session: AsyncSession, actor: Actor, member: Member, kind: MailKind, template: Template, link: str
) -> None:
    """Does, unless he was told within a day that the actor asks: to withdraw and ask again is no new mail."""
    mine, since = AskedByMail.from_id == actor.id, clock.now() - AGAIN_AFTER
    await session.execute(delete(AskedByMail).where(mine, AskedByMail.sent_at <= since))
    if await session.get(AskedByMail, (actor.id, member.id, kind)) is None:
        session.add(AskedByMail(from_id=actor.id, to_id=member.id, kind=kind))
        await write_to(session, actor, member, kind, template, link)
