"""The mail tray over HTTP."""

import re
from typing import Self
from uuid import UUID

from pydantic import Field

from parvis.kernel.mail import TrayMail
from parvis.kernel.schemas import Instant, Out

LINK = re.compile(r"https?://\S+")


class TrayLine(Out):
    """A mail, unopened."""

    id: UUID
    to: str
    subject: str
    at: Instant

    @classmethod
    def of(cls, mail: TrayMail) -> Self:
        return cls(id=mail.id, to=mail.to, subject=mail.subject, at=mail.at)


class TrayMailOut(TrayLine):
    """A mail, opened."""

    text: str
    html: str = Field(description="A whole document: show it in a sandboxed frame.")
    links: list[str] = Field(description="Addresses that its text asks to open.")

    @classmethod
    def of(cls, mail: TrayMail) -> Self:
        return cls(
            id=mail.id,
            to=mail.to,
            subject=mail.subject,
            at=mail.at,
            text=mail.text,
            html=mail.html,
            links=LINK.findall(mail.text),
        )


def opened_beside(mail: TrayMail) -> str:
    """Its HTML, whose links open in a tab of their own."""
    return re.sub(r"<head[^>]*>", lambda head: f'{head[0]}<base target="_blank">', mail.html, count=1)
