"""A mail as it came, taken apart."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from hashlib import sha256

from parvis.accounts import emails
from parvis.files.names import harmless

from .cutting import own_words
from .html import words_of_html

UNREAL = frozenset({"bulk", "list", "junk", "auto_reply"})
LISTS = ("list-id", "list-post", "list-unsubscribe", "mailing-list", "x-autoreply", "x-autorespond", "x-loop")
MOST_PARTS = 200
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ue000-\uf8ff\ufffd]")
"""What no text of ours may have."""


class Unreadable(Exception):
    """It is no mail that a person's program writes."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A file that came with it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Incoming:
    """`sender`: the one address that it says to be from, as ours are written; `evaluations`: what relays say that they
    found out. `text`: its author's own words. `is_automatic`: no person wrote it just now."""

    sender: str
    fingerprint: bytes
    evaluations: Sequence[str]
    text: str
    pieces: Sequence[Piece]
    is_automatic: bool


def read(raw: bytes) -> Incoming:
    """Raises `Unreadable`."""
    try:
        message = message_from_bytes(raw, policy=policy.default)
        assert isinstance(message, EmailMessage)
        return _read(message)
    except (MessageError, ValueError, LookupError, RecursionError, AttributeError, TypeError, IndexError) as error:
        raise Unreadable(repr(error)) from error  # The library fails in all these ways on what is made to break it.


def _read(message: EmailMessage) -> Incoming:
    parts = list(_leaves(message))
    body = _body(parts)
    text = CONTROLS.sub("", own_words(_words(body))).strip() if body else ""
    return Incoming(
        sender=_sender(message),
        fingerprint=sha256(_name_of(message) or f"{message.get('date', '')}\n{text}".encode()).digest(),
        evaluations=[str(value) for value in message.get_all("authentication-results", [])],
        text=text,
        pieces=[Piece(_file_name(part), _bytes(part)) for part in parts if part is not body and _is_file(part)],
        is_automatic=_is_automatic(message),
    )


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            raise ValueError("too many parts")
        if not part.is_multipart() and isinstance(part, EmailMessage):
            yield part


def _sender(message: EmailMessage) -> str:
    """Raises ValueError unless it is from one address, said once."""
    (field,) = message.get_all("from", [])
    (address,) = field.addresses
    return emails.normalised(address.addr_spec)


def _name_of(message: EmailMessage) -> bytes:
    return str(message.get("message-id", "")).strip().encode("utf-8", "surrogateescape")


def _body(parts: Sequence[EmailMessage]) -> EmailMessage | None:
    """The first text, plain rather than HTML."""
    shown = [part for part in parts if part.get_content_disposition() != "attachment"]
    for subtype in ("plain", "html"):
        for part in shown:
            if part.get_content_type() == f"text/{subtype}" and part.get_filename() is None:
                return part
    return None


def _words(part: EmailMessage) -> str:
    text: str = part.get_content()
    return words_of_html(text) if part.get_content_subtype() == "html" else text


def _is_file(part: EmailMessage) -> bool:
    """What was attached; a picture that the text shows is a logo more often than not."""
    if part.get_content_disposition() == "attachment":
        return True
    is_shown = part.get_content_maintype() == "image" and part.get("content-id") is not None
    return part.get_filename() is not None and not is_shown


def _file_name(part: EmailMessage) -> str:
    return harmless(part.get_filename() or "")


def _bytes(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _is_automatic(message: EmailMessage) -> bool:
    """Holiday replies (RFC 3834), lists (RFC 2919) and reports of delivery: nobody answers those."""
    submitted = str(message.get("auto-submitted", "no")).partition(";")[0].strip().lower()
    precedence = str(message.get("precedence", "")).strip().lower()
    is_report = message.get_content_type() == "multipart/report"
    return submitted != "no" or precedence in UNREAL or is_report or any(name in message for name in LISTS)
