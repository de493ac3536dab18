"""Links of mails of a test and who opens them, and answers by mail."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from email import policy
from email.message import EmailMessage
from typing import Any
from uuid import UUID, uuid4

import aiosmtplib
import httpx
from sqlalchemy import select

from parvis.accounts.models import Address
from parvis.kernel.mail import About, Answerable
from parvis.kernel.runtime import Parvis
from parvis.postbox.inbound import InboundAddresses
from parvis.postbox.links import Deed, Links
from parvis.postbox.listener import Listener
from parvis.postbox.service.replying import address_for
from tests.make.communities import Someone
from tests.make.mailbox import text_of

PREVIEW = "/api/v1/mail-links/preview"
ANSWER = "/api/v1/mail-links/answer"
LINK = re.compile(r"- (.+?)\s?:\r?\n\s+(https?://\S+)")


async def address_of(parvis: Parvis, someone: Someone) -> Address:
    async with parvis.database.reading() as session:
        return (await session.scalars(select(Address).where(Address.member_id == someone.member.id))).one()


async def link_for(parvis: Parvis, someone: Someone, deed: Deed, subject: dict[str, Any]) -> str:
    """The secret of a link that was mailed to him."""
    address = await address_of(parvis, someone)
    path = parvis.part(Links).path(deed, UUID(subject["id"]), someone.member.id, address.id)
    return token_of(path)


def token_of(link: str) -> str:
    return link.partition("#")[2].partition(".")[0]


def acts_in(message: EmailMessage) -> dict[str, str]:
    """What its reader may do without signing in, and by which links."""
    return dict(LINK.findall(text_of(message)))


async def look(client: httpx.AsyncClient, token: str) -> httpx.Response:
    return await client.post(PREVIEW, json={"token": token})


async def act(client: httpx.AsyncClient, token: str, choices: Sequence[str] = ("yes",)) -> httpx.Response:
    return await client.post(ANSWER, json={"token": token, "choices": list(choices)})


async def acted(client: httpx.AsyncClient, token: str, choices: Sequence[str] = ("yes",)) -> list[str]:
    """What stands chosen after it."""
    reply = await act(client, token, choices)
    assert reply.status_code == 200, reply.text
    assert "set-cookie" not in reply.headers
    return [one["value"] for one in reply.json()["choices"] if one["chosen"]]


INBOUND = "reply@in.univ.example"
RELAY = "mx.univ.example"
TAKES_MAIL = {"mail_inbound": INBOUND, "mail_listen": "127.0.0.1:0"}
"""Settings of a deployment whose mails are answered; with `VOUCHED`, its relay says who sends what."""
VOUCHED = {**TAKES_MAIL, "mail_authserv": RELAY}


@asynccontextmanager
async def listening(parvis: Parvis) -> AsyncIterator[int]:
    """Where it takes mail in, as a port of the loopback."""
    listener = Listener(parvis)
    await listener.start()
    try:
        yield listener.port
    finally:
        await listener.stop()


async def reply_address(parvis: Parvis, someone: Someone, kind: Answerable, subject: dict[str, Any]) -> str:
    """That of a mail which he was sent about this."""
    made = await parvis.database.write(address_for, someone.member.id, About(kind, UUID(subject["id"])))
    return InboundAddresses(parvis.settings.secret, parvis.settings.mail_inbound).reply(made.id)


def written(sender: str, to: str, text: str = "Je serai là.", *, vouched: bool = True, **fields: str) -> EmailMessage:
    """A mail as his program writes it, and as the relay hands it over."""
    mail = EmailMessage()
    if vouched:
        mail["Authentication-Results"] = f"{RELAY}; dmarc=pass header.from={sender.partition('@')[2]}"
    mail["From"], mail["To"], mail["Subject"] = f"Quelqu’un <{sender}>", to, "Re: Parvis"
    mail["Message-ID"] = f"<{uuid4()}@example.org>"
    for name, value in fields.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


async def hand_over(port: int, mail: EmailMessage, *, to: str = "", sender: str = "someone@example.org") -> int:
    """What the relay is answered, as a code."""
    code, _ = await answer_to(port, mail, to=to, sender=sender)
    return code


async def answer_to(
    port: int, mail: EmailMessage, *, to: str = "", sender: str = "someone@example.org"
) -> tuple[int, str]:
    """The same, with its words."""
    try:
        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False) as smtp:
            _, words = await smtp.sendmail(sender, [to or str(mail["To"])], mail.as_bytes(policy=policy.SMTP))
    except aiosmtplib.SMTPRecipientsRefused as error:
        refused = error.recipients[0]
        return refused.code, refused.message
    except aiosmtplib.SMTPResponseException as error:
        return error.code, error.message
    return 250, words
