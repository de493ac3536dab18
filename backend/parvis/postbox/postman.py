"""Prepares each mail for its reader as it leaves."""

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel.mail import Mail, Prepared, Template
from parvis.kernel.runtime import Parvis

from .inbound import InboundAddresses
from .links import Links
from .queries import is_paused, reached_at
from .reading.report import Failure, failure_of
from .service import bouncing, replying

ASKED_FOR: frozenset[Template] = frozenset(
    {"sign_in_link", "password_reset", "recovery", "activation", "proof_code", "verify_address", "address_change"}
)
"""What somebody waits for now, who could else not come in to say that his mailbox takes mail again."""


class Postman:
    """Fills the kernel's port. One per process."""

    def __init__(self, parvis: Parvis) -> None:
        settings = parvis.settings
        self._database = parvis.database
        self._origin = settings.public_url
        self._links = Links(settings.secret)
        self._addresses = InboundAddresses(settings.secret, settings.mail_inbound)

    async def prepared(self, mail: Mail) -> Prepared | None:
        async with self._database.reading() as session:
            address = await reached_at(session, mail.to)
            if address is None:  # Not a member's, or not confirmed by him: nothing is done by it.
                return Prepared()
            if mail.template not in ASKED_FOR and await is_paused(session, address.id):
                return None
        links = {
            act: self._origin + self._links.path(act.action, act.subject_id, address.member_id, address.id, act.choice)
            for act in mail.all_acts
        }
        if not self._addresses.are_there:
            return Prepared(links)
        reply_to = ""
        if mail.about is not None:
            made = await self._database.write(replying.address_for, address.member_id, mail.about)
            reply_to = self._addresses.reply(made.id)
        return Prepared(links, reply_to, self._addresses.report(address.id))

    async def refused(self, mail: Mail, code: int, said: str) -> None:
        await self._database.write(_refused, mail.to, failure_of(code, said))


async def _refused(session: AsyncSession, to: str, failure: Failure) -> None:
    address = await reached_at(session, to)
    if address is not None:
        await bouncing.note(session, address.id, failure)
