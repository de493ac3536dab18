"""What tests of the door do over and over: ask, wait for the mail, take the secret out of its link."""

from datetime import timedelta
from email.message import EmailMessage

import httpx
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor, Actors
from parvis.accounts.models import Affiliation, Member
from parvis.accounts.schemas.invitations import InvitationDraft
from parvis.accounts.service import invitations, registration, sessions, tickets
from parvis.kernel import clock
from parvis.kernel.runtime import Parvis
from tests.conftest import ORIGIN
from tests.make.mailbox import Mailbox, link_in


class Doors:
    """The door as people meet it, with the mailbox beside it."""

    def __init__(self, parvis: Parvis, mailbox: Mailbox) -> None:
        self._parvis = parvis
        self._mailbox = mailbox

    async def ask(self, browser: httpx.AsyncClient, path: str, email: str, **said: object) -> httpx.Response:
        """Asks for a mail, and lets it be delivered."""
        answer = await browser.post(f"/api/v1/{path}", json={"email": email, **said})
        await self.deliver()
        return answer

    async def deliver(self) -> None:
        while await self._parvis.jobs.run_once():
            pass

    def mails_to(self, email: str) -> list[EmailMessage]:
        return self._mailbox.messages_to(email)

    def token_to(self, email: str, page: str) -> str:
        """The secret of the last mail's link, which leads to that page."""
        link = link_in(self.mails_to(email)[-1])
        before, _, token = link.partition("#")
        assert before == f"{ORIGIN}/door/{page}"
        return token

    async def link_for(self, browser: httpx.AsyncClient, email: str) -> str:
        answer = await self.ask(browser, "sign-in-links", email)
        assert answer.status_code == 202
        return self.token_to(email, "sign-in")

    async def invitation_link(self, host: Member, **draft: object) -> str:
        """The secret of a new invitation, which `host` has the right to make."""
        said = InvitationDraft.model_validate({"affiliation": "affiliate"} | draft)
        actor = await self._actor_of(host)
        made = await self._parvis.database.write(invitations.invite, actor, said)
        return made.link.partition("#")[2]

    async def registration_of(self, email: str, invitation: str) -> str:
        """The secret that somebody who takes up an invitation by link is sent, without the way over the mailbox."""
        async with self._parvis.database.reading() as session:
            invitation_id = (await invitations.invitation_of(session, invitation)).id
        data = {"name": "Guest", "email": email, "language": "en", "invitation_id": str(invitation_id)}
        return await self._parvis.database.write(tickets.issue, registration.PURPOSE, data=data)

    async def _actor_of(self, member: Member) -> Actor:
        device = sessions.Device("Tests/1.0", "203.0.113.7")
        _, cookie = await self._parvis.database.write(sessions.open_session, member, methods=["pwd"], device=device)
        actor = await self._parvis.part(Actors).by_cookie(cookie)
        assert actor is not None
        return actor

    async def suspend(self, member: Member) -> None:
        await self._parvis.database.write(_set, member, {"suspended_at": clock.now()})

    async def restore(self, member: Member) -> None:
        await self._parvis.database.write(_set, member, {"suspended_at": None})

    async def end_affiliations(self, member: Member) -> None:
        """The last day was yesterday."""
        await self._parvis.database.write(_end_affiliations, member)


async def _set(session: AsyncSession, member: Member, values: dict[str, object]) -> None:
    await session.execute(update(Member).where(Member.id == member.id).values(values))


async def _end_affiliations(session: AsyncSession, member: Member) -> None:
    ended = update(Affiliation).where(Affiliation.member_id == member.id)
    await session.execute(ended.values(ends_on=clock.now().date() - timedelta(days=1)))
