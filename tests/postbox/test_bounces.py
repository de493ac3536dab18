"""Mail that comes back: the address is paused, and nobody pauses another's."""

from email import message_from_string, policy
from email.message import EmailMessage
from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Member
from parvis.accounts.service import notices
from parvis.kernel.config import Settings
from parvis.kernel.mail import Template
from parvis.kernel.runtime import Parvis
from tests.conftest import run_jobs
from tests.make.chat import answered
from tests.make.communities import Someone
from tests.make.mailbox import Mailbox
from tests.make.postbox import TAKES_MAIL, address_of, hand_over, listening

PAUSED = "/api/v1/me/paused-addresses"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update=TAKES_MAIL)


REPORT = """From: MAILER-DAEMON@mx.univ.example
To: {to}
Subject: Undelivered Mail Returned to Sender
Message-ID: <{number}@mx.univ.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I am sorry to have to inform you that it could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.univ.example

Final-Recipient: rfc822; somebody@example.org
Action: {action}
Status: {status}

--b--
"""
"""As Postfix writes it."""


def report(to: str, status: str = "5.1.1", action: str = "failed") -> EmailMessage:
    written = REPORT.format(to=to, number=uuid4(), action=action, status=status)
    return message_from_string(written, _class=EmailMessage, policy=policy.default)


async def write_to(parvis: Parvis, someone: Someone, template: Template = "moderated") -> None:
    email = (await address_of(parvis, someone)).email
    data: dict[str, str | int] = {"link": "/settings", "decision": "D", "reason": "R", "minutes": 15}

    async def send(session: AsyncSession) -> None:
        member = await session.get_one(Member, someone.member.id)
        await notices.send(session, member, template, email, data)

    await parvis.database.write(send)
    await run_jobs(parvis)


async def paused(someone: Someone) -> list[tuple[str, int]]:
    found = (await answered(someone.browser.get(PAUSED)))["items"]
    return [(one["status"], one["failures"]) for one in found]


async def test_a_mailbox_that_is_gone_is_written_to_no_more_until_its_member_says_so(
    parvis: Parvis, mailbox: Mailbox, ines: Someone, claire: Someone
) -> None:
    await write_to(parvis, ines)
    to = mailbox.envelopes[-1].mail_from
    assert to is not None
    mail = report(to)
    async with listening(parvis) as port:
        assert await hand_over(port, mail, sender="mallory@example.org") == 550  # Reports come from nobody.
        assert await hand_over(port, report(to[:-20] + "a" * 4 + to[-16:]), sender="") == 550
        assert await hand_over(port, report(to, action="delayed"), sender="") == 250
        assert await paused(ines) == []
        assert await hand_over(port, mail, sender="") == 250
        assert await hand_over(port, mail, sender="") == 250
    assert (await paused(ines), await paused(claire)) == ([("5.1.1", 1)], [])
    before = len(mailbox.envelopes)
    await write_to(parvis, ines)
    assert len(mailbox.envelopes) == before
    await write_to(parvis, ines, "sign_in_link")  # Who asks for it now must be able to come in.
    assert len(mailbox.envelopes) == before + 1
    his = (await answered(ines.browser.get(PAUSED)))["items"][0]["id"]
    assert (await claire.browser.delete(f"{PAUSED}/{his}")).status_code == 404
    assert (await ines.browser.delete(f"{PAUSED}/{his}")).status_code == 204
    assert (await ines.browser.delete(f"{PAUSED}/{his}")).status_code == 404
    await write_to(parvis, ines)
    assert len(mailbox.envelopes) == before + 2


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_a_full_mailbox_is_paused_after_five_and_a_refusal_at_once(
    parvis: Parvis, mailbox: Mailbox, ines: Someone, claire: Someone
) -> None:
    await write_to(parvis, ines)
    to = mailbox.envelopes[-1].mail_from
    assert to is not None
    async with listening(parvis) as port:
        for number in range(5):
            assert await paused(ines) == []
            assert await hand_over(port, report(to, "4.2.2"), sender="") == 250, number
    assert await paused(ines) == [("4.2.2", 5)]
    mailbox.recipient_answer = "550 5.1.1 No such user"
    await write_to(parvis, claire)
    assert await paused(claire) == [("5.1.1", 1)]
