"""From the outbox of a unit of work to the post: seal, enqueue, render, deliver."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

import structlog
from aiosmtplib import SMTPException
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel import clock
from parvis.kernel.config import Settings
from parvis.kernel.db import Database
from parvis.kernel.ids import new_id
from parvis.kernel.jobs import LeasedJob, NotNow, enqueue
from parvis.kernel.metrics import MAILS
from parvis.kernel.secrets import Vault

from .letter import Letter, render
from .lists import Lists, Subscription
from .message import message
from .outbox import About, Act, Mail, Piece, Said
from .postman import Postman, Prepared
from .smtp import Refused, SmtpServer
from .tray import TrayMail

log = structlog.get_logger()

MAIL_JOB = "mail.send"
MAIL_ATTEMPTS = 100
"""For three days at least, whatever chance leaves out of each wait: the first ten tries within an hour and a half, then
one each hour."""


class Mailer:
    """Delivers mails: by SMTP, or into the tray in the demonstration."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._vault = Vault(settings.secret, "mail")
        self._lists = Lists(settings.secret)
        self._smtp = SmtpServer(settings.smtp_url.get_secret_value()) if settings.smtp_url else None
        self.postman: Postman | None = None

    async def enqueue_written(self, session: AsyncSession) -> None:
        """The hook of `Database.before_commit` that makes a job of each mail this unit wrote."""
        for mail, key, not_before in session.info.get("mails", ()):
            await enqueue(session, MAIL_JOB, self._sealed(mail), unique=key, run_at=not_before)

    async def deliver(self, job: LeasedJob) -> None:
        """The handler of `mail.send`. Run twice, it sends the same `Message-ID`, or fills the same row of the tray.

        An address that the server refuses for good is logged and given up. Raises `NotNow` or OSError when the server
        does not take it now.
        """
        mail_id, mail = self._opened(job.payload)
        prepared = await self.postman.prepared(mail) if self.postman else Prepared()
        if prepared is None:
            MAILS.labels("held_back").inc()
            log.info("mail.held_back", mail=str(mail_id), template=mail.template)
            return
        leave = self._whole(self._leave(mail))
        letter = render(mail, leave, prepared.links, answered=bool(prepared.reply_to))
        if self._settings.demo:
            await self._database.write(_keep, mail_id, mail.to, letter)
            return
        if self._smtp is None:
            raise NotNow("no SMTP server is configured (PARVIS_SMTP_URL)")
        try:
            written = message(letter, mail, self._settings.mail_from, mail_id, leave, prepared.reply_to)
            await self._smtp.send(written, sender=prepared.sender or None)
        except Refused as error:
            MAILS.labels("refused").inc()
            log.warning("mail.refused", mail=str(mail_id), template=mail.template, code=error.code)
            if self.postman:
                await self.postman.refused(mail, error.code, error.said)
        except SMTPException as error:
            MAILS.labels("later").inc()
            raise NotNow(repr(error)) from error
        except OSError:
            MAILS.labels("later").inc()
            raise
        else:
            MAILS.labels("sent").inc()
            log.info("mail.sent", mail=str(mail_id), template=mail.template)

    def _sealed(self, mail: Mail) -> dict[str, Any]:
        mail_id = new_id()
        pieces = [{**asdict(piece), "link": self._whole(piece.link)} for piece in mail.pieces]
        whole = {"data": self._with_whole_link(mail.data), "choices": self._whole(mail.choices), "pieces": pieces}
        plain = json.dumps({**asdict(mail), **whole}, default=str).encode()
        return {"mail": str(mail_id), "sealed": b64encode(self._vault.encrypt(plain, mail_id.bytes)).decode()}

    def _with_whole_link(self, data: Mapping[str, str | int]) -> dict[str, str | int]:
        """Features write a path of the browser application; readers of mail need its origin too."""
        return {**data, "link": self._whole(str(data["link"]))}

    def _whole(self, link: str) -> str:
        return self._settings.public_url + link if link.startswith("/") else link

    def _leave(self, mail: Mail) -> str:
        """Where its reader leaves its list by one click, if it has one."""
        return self._lists.address(Subscription(UUID(mail.member_id), mail.of_list)) if mail.of_list else ""

    def _opened(self, payload: dict[str, Any]) -> tuple[UUID, Mail]:
        mail_id = UUID(payload["mail"])
        kept = json.loads(self._vault.decrypt(b64decode(payload["sealed"]), mail_id.bytes))
        about, acts, pieces = kept.pop("about", None), kept.pop("acts", ()), kept.pop("pieces", ())
        return mail_id, Mail(
            **kept,
            pieces=[_piece(piece) for piece in pieces],
            acts=_acts(acts),
            about=About(about["kind"], UUID(about["subject_id"])) if about else None,
        )


def _piece(kept: dict[str, Any]) -> Piece:
    said = [Said(**one) for one in kept.pop("said", ())]
    return Piece(**{**kept, "said": said, "acts": _acts(kept.get("acts", ()))})


def _acts(kept: Sequence[dict[str, Any]]) -> list[Act]:
    return [Act(**{**act, "subject_id": UUID(act["subject_id"])}) for act in kept]


async def _keep(session: AsyncSession, mail_id: UUID, to: str, letter: Letter) -> None:
    row = TrayMail(id=mail_id, to=to, subject=letter.subject, html=letter.html, text=letter.text, at=clock.now())
    await session.merge(row)
