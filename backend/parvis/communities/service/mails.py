"""Mails about communities."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Address, Member
from parvis.accounts.queries.identities import identifying
from parvis.accounts.service import notices
from parvis.communities.models import Community

PAGE = "/communities"


async def write_invitation(session: AsyncSession, actor: Actor, member: Member, community: Community) -> None:
    """Mails a member at the main address, while it is his, that the actor invites him."""
    mine = (Address.member_id == member.id, Address.is_primary.is_(True), identifying())
    email = await session.scalar(select(Address.email).where(*mine))
    if email is not None:
        words = {"name": actor.name, "community": community.name, "link": f"{PAGE}/{community.id}"}
        await notices.send(session, member, "community_invitation", email, words)
