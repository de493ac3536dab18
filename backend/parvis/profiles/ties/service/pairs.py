"""Two members, held together until the commit: what ties them is judged by one change at a time."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Address, Member
from parvis.accounts.queries.identities import identifying
from parvis.accounts.service import notices
from parvis.kernel.errors import NotFound, ParvisError
from parvis.kernel.mail import Template
from parvis.profiles.policy import visible_member


class Oneself(ParvisError):
    status, code = 422, "oneself"
    title = {"fr": "C’est vous.", "en": "That is you."}


async def held_pair(session: AsyncSession, actor: Actor, other_id: UUID) -> Member:
    """The other, whom the actor may find. Both rows are held, in one order for all. Raises `Oneself`, `NotFound`."""
    if other_id == actor.id:
        raise Oneself
    await hold(session, actor.id, other_id)
    query = select(Member).where(Member.id == other_id, visible_member(actor))
    other = (await session.execute(query)).scalar_one_or_none()
    if other is None:
        raise NotFound
    return other


async def hold(session: AsyncSession, *ids: UUID) -> None:
    await session.execute(select(Member.id).where(Member.id.in_(ids)).order_by(Member.id).with_for_update())


async def write_to(session: AsyncSession, member: Member, template: Template, data: dict[str, str]) -> None:
    """Mails a member at the main address, while it is his."""
    mine = (Address.member_id == member.id, Address.is_primary.is_(True), identifying())
    email = await session.scalar(select(Address.email).where(*mine))
    if email is not None:
        await notices.send(session, member, template, email, data)
