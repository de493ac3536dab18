"""Reports of what could not be delivered (RFC 3464, with the codes of RFC 3463)."""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from hashlib import sha256

from .mail import Unreadable

STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
NO_MAILBOX = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
"""There is nobody there, or no more. Other codes speak of the mail, of its way, or of now."""
REPORT, STATUSES = "multipart/report", "message/delivery-status"
MOST_PARTS = 20


@dataclass(frozen=True, slots=True)
class Failure:
    """A mail did not arrive. `fingerprint`: of the report, which may come again."""

    status: str
    fingerprint: bytes

    @property
    def is_final(self) -> bool:
        return self.status in NO_MAILBOX


def read_report(raw: bytes) -> Failure | None:
    """None for what reports no failure: a delay, a success, or anything else. Raises `Unreadable`."""
    try:
        message = message_from_bytes(raw)
        if message.get_content_type() != REPORT:
            return None
        for block in _statuses(message):
            status = STATUS.match(str(block.get("status", "")).strip())
            if str(block.get("action", "")).strip().lower() == "failed" and status:
                name = str(message.get("message-id") or "").encode("utf-8", "surrogateescape")
                return Failure(status[0], sha256(name or raw).digest())
    except (ValueError, LookupError, RecursionError, AttributeError, TypeError) as error:
        raise Unreadable(repr(error)) from error
    return None


def failure_of(code: int, said: str) -> Failure:
    """What a server answers that will never take a mail: with a code of RFC 3463 at the head of its words, or none."""
    status = STATUS.match(said.strip())
    return Failure(status[0] if status else f"{code // 100}.0.0", sha256(f"{code} {said}".encode()).digest())


def _statuses(message: Message) -> list[Message]:
    found: list[Message] = []
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            break
        payload = part.get_payload()
        if part.get_content_type() == STATUSES and isinstance(payload, list):
            found += [block for block in payload if isinstance(block, Message)]
    return found
