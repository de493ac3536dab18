"""Handing a message to an SMTP server."""

import ssl
from email.message import Message
from functools import cached_property
from urllib.parse import parse_qs, unquote, urlsplit

import aiosmtplib

SECONDS = 20.0


class Refused(Exception):
    """The server will never take this message for this address."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(code)
        self.code, self.said = code, said


class SmtpServer:
    """`smtp://[user:password@]host[:587]` or `smtps://…[:465]`.

    `smtps` is TLS from the first byte. `smtp` turns to TLS by STARTTLS whenever the server offers it, and must when
    there is a password; `?starttls=never` is for a relay on the same machine.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            raise ValueError("PARVIS_SMTP_URL must be smtp://host or smtps://host")
        self._host = parts.hostname
        self._tls = parts.scheme == "smtps"
        self._port = parts.port or (465 if self._tls else 587)
        self._user = unquote(parts.username) if parts.username else None
        self._password = unquote(parts.password) if parts.password else None
        never = parse_qs(parts.query).get("starttls") == ["never"]
        self._start_tls = False if self._tls or never else (True if self._user else None)

    @cached_property
    def _trusted(self) -> ssl.SSLContext:
        """Read once: reading the machine's certificates takes longer than all the rest of a mail."""
        return ssl.create_default_context()

    async def send(self, message: Message, *, sender: str | None = None) -> None:
        """`sender`: where reports of what became of it go, if not to whom it is from.

        Raises `Refused` for good, else `aiosmtplib.SMTPException` or OSError: try again later.
        """
        try:
            await aiosmtplib.send(
                message,
                sender=sender,
                hostname=self._host,
                port=self._port,
                username=self._user,
                password=self._password,
                use_tls=self._tls,
                start_tls=self._start_tls,
                tls_context=self._trusted,
                timeout=SECONDS,
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            first = error.recipients[0]
            if all(refused.code >= 500 for refused in error.recipients):
                raise Refused(first.code, first.message) from error
            raise
        except aiosmtplib.SMTPDataError as error:
            if error.code >= 500:
                raise Refused(error.code, error.message) from error
            raise
