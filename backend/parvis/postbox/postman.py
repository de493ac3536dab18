"""Prepares each mail for its reader as it leaves."""

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Address
from parvis.kernel.mail import Mail, Prepared
from parvis.kernel.runtime import Parvis

from .inbound import InboundAddresses
from .links import Links
from .queries import reached_at
from .service import replying


class Postman:
    """Fills the kernel's port. One per process."""

    def __init__(self, parvis: Parvis) -> None:
        settings = parvis.settings
        self._database = parvis.database
        self._origin = settings.public_url
        self._links = Links(settings.secret)
        self._addresses = InboundAddresses(settings.secret, settings.mail_inbound)

    async def prepared(self, mail: Mail) -> Prepared | None:
        if not mail.acts and not (mail.about and self._addresses.are_there):
            return Prepared()
        return await self._database.write(self._prepare, mail)

    async def refused(self, mail: Mail, code: int, said: str) -> None:
        """What is refused for good is given up."""

    async def _prepare(self, session: AsyncSession, mail: Mail) -> Prepared | None:
        address = await reached_at(session, mail.to)
        if address is None:  # Not a member's, or not confirmed by him: nothing is done by it.
            return Prepared()
        links = {
            act: self._origin + self._links.path(act.action, act.subject_id, address.member_id, address.id, act.choice)
            for act in mail.acts
        }
        return Prepared(links, await self._reply_to(session, address, mail))

    async def _reply_to(self, session: AsyncSession, address: Address, mail: Mail) -> str:
        if mail.about is None or not self._addresses.are_there:
            return ""
        made = await replying.address_for(session, address.member_id, mail.about)
        return self._addresses.reply(made.id)
