"""A real SMTP server that keeps what it is given, so that tests read mail as people do."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

LINK = re.compile(r"https?://\S+")


class Mailbox:
    """Every mail that was delivered, oldest first.

    `answers` are given instead of 250, one to each next message; `recipient_answer` to every recipient.
    """

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []
        self.answers: list[str] = []
        self.recipient_answer = ""
        self.port = 0
        self.url = ""

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.recipient_answer:
            return self.recipient_answer
        envelope.rcpt_tos.append(address)
        return "250 Known"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answers:
            return self.answers.pop(0)
        self.envelopes.append(envelope)
        return "250 Kept"

    def clear(self) -> None:
        self.envelopes.clear()
        self.answers.clear()
        self.recipient_answer = ""

    def messages_to(self, address: str) -> list[EmailMessage]:
        """What this address received, parsed by the standard library."""
        return [_parsed(envelope) for envelope in self.envelopes if address in envelope.rcpt_tos]


def link_in(message: EmailMessage) -> str:
    """The address that the mail asks to open, from its plain text."""
    found = LINK.search(text_of(message))
    assert found, f"no link in: {text_of(message)}"
    return found[0]


def text_of(message: EmailMessage) -> str:
    """The plain-text part."""
    return _part(message, "plain")


def html_of(message: EmailMessage) -> str:
    """The HTML part."""
    return _part(message, "html")


@contextmanager
def smtp_server(**options: Any) -> Iterator[Mailbox]:
    """A mailbox that listens on the loopback; `options` are those of aiosmtpd's controller."""
    mailbox = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, **options)
    controller.start()
    mailbox.port = port
    mailbox.url = f"smtp://127.0.0.1:{port}"
    try:
        yield mailbox
    finally:
        controller.stop()


def _part(message: EmailMessage, subtype: str) -> str:
    part = message.get_body((subtype,))
    assert part is not None
    content: Any = part.get_content()
    assert isinstance(content, str)
    return content


def _parsed(envelope: Envelope) -> EmailMessage:
    assert isinstance(envelope.content, bytes)
    message = message_from_bytes(envelope.content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message
