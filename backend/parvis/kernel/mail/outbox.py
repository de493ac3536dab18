"""What features ask for: a mail, in the same unit of work as the change it tells of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel.i18n import Language

Template = Literal[
    "verify_address",  # link
    "sign_in_link",  # link, minutes
    "password_reset",  # link, minutes
    "invitation",  # link, inviter?
    "activation",  # link
    "proof_code",  # link, code, minutes
    "security_notice",  # link, what, when, where
    "address_change",  # link, address
    "address_changed",  # link, address, days
    "personal_address",  # link, day
    "recovery",  # link
    "contact_request",  # link, name
    "community_invitation",  # link, name, community
    "guest_invitation",  # link, name, community
    "event_reminder",  # link, title, when, where?
    "moderated",  # link, decision, reason
    "mentorship_asked",  # link, name
    "mentorship_answered",  # link, name
    "announcement",  # link, title, words, facts?, again?
    "told",  # link, news, about
    "daily_digest",  # link, count
    "weekly_digest",  # link, count
    "export_ready",  # link, days
    "deletion_requested",  # link, day
    "reply_to_confirm",  # link, words, files?
    "files_left_out",  # link, files
]
"""Each template with the data it needs. A `link` that begins with `/` is put on our public address. Each also takes
`organisation`, the name that signs (default "Parvis"). `facts`: lines of a label, a tab and a value."""


Action = Literal["vote", "attend", "acknowledge", "thank", "follow"]
"""What a link of a mail lets its reader do, without signing in."""
Answerable = Literal["post", "comment", "message"]


@dataclass(frozen=True)
class Act:
    """Something that its reader may do by a link. `choice`: what the link proposes; `label`: in place of the texts'."""

    action: Action
    subject_id: UUID
    choice: str = ""
    label: str = ""


@dataclass(frozen=True)
class About:
    """What was said that a mail tells of, and that an answer by mail answers."""

    kind: Answerable
    subject_id: UUID


@dataclass(frozen=True)
class Said:
    """What somebody said, in paragraphs of plain text."""

    who: str
    when: str
    words: Sequence[str]


@dataclass(frozen=True)
class Piece:
    """One thing that a mail tells of: what happened, of what, where, and what was said. `more`: what is left out;
    `acts`: what its reader may do about it."""

    link: str
    sentence: str = ""
    title: str = ""
    place: str = ""
    said: Sequence[Said] = ()
    more: str = ""
    acts: Sequence[Act] = ()


@dataclass(frozen=True)
class Mail:
    """A mail to one address, in its reader's language. `data` fills the template; everything is escaped."""

    template: Template
    to: str
    language: Language
    data: Mapping[str, str | int] = field(repr=False)  # Links are secrets: they stay out of logs.
    choices: str = ""
    """Where its reader chooses not to get such mails (RFC 2369), if he may."""
    of_list: str = ""
    """Which mails it is one of, and who gets it: he leaves that list by one click (RFC 8058)."""
    member_id: str = ""
    pieces: Sequence[Piece] = field(default=(), repr=False)
    acts: Sequence[Act] = ()
    about: About | None = None

    @property
    def all_acts(self) -> Sequence[Act]:
        """Of the whole, and of each thing that it tells of."""
        return [*self.acts, *(act for piece in self.pieces for act in piece.acts)]


def send_mail(session: AsyncSession, mail: Mail, *, key: str | None = None, not_before: datetime | None = None) -> None:
    """Sends the mail once this unit of work is durable, or later. Of those with the same `key`, one waits at a time."""
    session.info.setdefault("mails", []).append((mail, key, not_before))
