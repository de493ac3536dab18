"""Where the relay in front hands mail over: SMTP, for addresses that were made here alone.

A mail is answered 250 once it is kept. What fails here is answered 451, and comes again; what may never be said is
refused, and the relay tells who sent it.
"""

import asyncio
from ipaddress import ip_address, ip_network
from uuid import UUID

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session

from parvis.kernel.runtime import Parvis

from .inbound import Inbound, InboundAddresses
from .links import Links
from .reading.mail import Unreadable, read
from .reading.report import read_report
from .service import bouncing, receiving
from .service.receiving import NOBODY, Refusal

log = structlog.get_logger()

MOST_AT_ONCE = 4
"""Mails that are read."""
SECONDS = 60
"""A connection that is silent for so long is closed."""
NULL = "<>"
"""Who sends reports, as aiosmtpd writes it."""
LATER = "451 4.3.0 Not now: try later"


class Inbox:
    """What aiosmtpd asks of each mail."""

    def __init__(self, parvis: Parvis, addresses: InboundAddresses) -> None:
        self._parvis = parvis
        self._addresses = addresses
        self._links = Links(parvis.settings.secret)
        self._relays = [ip_network(one) for one in parvis.settings.mail_relays]
        self._room = asyncio.Semaphore(MOST_AT_ONCE)

    async def handle_MAIL(  # noqa: N802 — the library's names
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not self._is_relay(session):
            return "554 5.7.1 Mail is taken from its relay alone"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if envelope.rcpt_tos:  # Each is answered by itself: the relay sends it again to the others.
            return "452 4.5.3 One recipient at a time"
        wanted = self._addresses.opened(address)
        try:
            if wanted is None or not await self._is_there(wanted, envelope):
                return NOBODY
        except Exception:
            log.exception("mail.not_looked_up")
            return LATER
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        content, wanted = envelope.content, self._addresses.opened(envelope.rcpt_tos[0])
        assert isinstance(content, bytes)
        assert wanted is not None
        try:
            async with self._room:
                if wanted.purpose == "report":
                    return await self._noted(wanted.id, content)
                mail = await asyncio.to_thread(read, content)
                if envelope.mail_from == NULL:  # No person wrote it.
                    return receiving.ACCEPTED
                return await receiving.take(self._parvis, self._links, wanted.id, mail)
        except Refusal as refusal:
            log.info("mail.not_taken", answer=refusal.answer)
            return refusal.answer
        except Unreadable as error:
            log.info("mail.unreadable", error=str(error))
            return "554 5.6.0 This mail cannot be read"
        except Exception:
            log.exception("mail.failed")
            return LATER

    async def _noted(self, address_id: UUID, content: bytes) -> str:
        failure = await asyncio.to_thread(read_report, content)
        if failure is not None:
            await self._parvis.database.write(bouncing.note, address_id, failure)
            log.info("mail.came_back", address=str(address_id), status=failure.status)
        return receiving.ACCEPTED

    async def _is_there(self, wanted: Inbound, envelope: Envelope) -> bool:
        """Reports come from nobody (RFC 3464, section 2)."""
        if wanted.purpose == "report":
            return envelope.mail_from == NULL
        async with self._parvis.database.reading() as session:
            return await receiving.is_there(session, wanted.id)

    def _is_relay(self, session: Session) -> bool:
        assert session.peer is not None
        peer = ip_address(str(session.peer[0]).partition("%")[0])
        return any(peer in network for network in self._relays if network.version == peer.version)


class Listener:
    """Listens while its worker works, where `PARVIS_MAIL_LISTEN` says."""

    def __init__(self, parvis: Parvis) -> None:
        self._parvis = parvis
        self._server: asyncio.Server | None = None

    @property
    def port(self) -> int:
        """Where it listens in fact."""
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    async def start(self) -> None:
        settings = self._parvis.settings
        addresses = InboundAddresses(settings.secret, settings.mail_inbound)
        if not settings.mail_listen or not addresses.are_there:
            return
        host, _, port = settings.mail_listen.rpartition(":")
        inbox, loop = Inbox(self._parvis, addresses), asyncio.get_running_loop()

        def spoken() -> SMTP:
            return SMTP(
                inbox,
                data_size_limit=settings.mail_limit,
                enable_SMTPUTF8=True,
                hostname=settings.hostname,
                ident="Parvis",
                timeout=SECONDS,
                loop=loop,
            )

        self._server = await loop.create_server(spoken, host.strip("[]"), int(port), reuse_port=True)
        log.info("mail.listening", address=settings.mail_listen)

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
