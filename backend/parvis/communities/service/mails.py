"""Mails about communities."""

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Member
from parvis.communities.models import Community
from parvis.profiles.ties.service.mails import write_to

PAGE = "/communities"


async def write_invitation(session: AsyncSession, actor: Actor, member: Member, community: Community) -> None:
    """Mails a member that the actor invites him, if he wants such mails."""
    link = f"{PAGE}/{community.id}"
    words = {"community": community.name}
    await write_to(session, actor, member, "communities", "community_invitation", link, words)
