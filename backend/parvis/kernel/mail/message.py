"""A letter as a message on the wire (RFC 5322, MIME)."""

from email.charset import QP, Charset
from email.header import Header
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.utils import format_datetime, formataddr, parseaddr
from uuid import UUID

from parvis.kernel import clock

from .letter import Letter
from .outbox import Mail

UTF8 = Charset("utf-8")
UTF8.body_encoding = QP


def message(letter: Letter, mail: Mail, sender: str, mail_id: UUID, leave: str = "", reply_to: str = "") -> Message:
    """Plain text and HTML as alternatives. `leave`: where its reader leaves its list by one click; `reply_to`: where
    his answer goes. Raises ValueError for an address that would write headers of its own.

    The older classes of the standard library are meant: the newer ones lose spaces where they fold a long subject.
    """
    if any(ord(sign) <= 32 for sign in mail.to):
        raise ValueError("an address has no spaces or control characters")
    name, address = parseaddr(sender)
    written = MIMEMultipart("alternative", _subparts=[_part("plain", letter.text), _part("html", letter.html)])
    written["From"] = formataddr((name, address))
    written["To"] = mail.to
    if reply_to:
        written["Reply-To"] = formataddr((name, reply_to))
    written["Subject"] = Header(letter.subject, "utf-8", header_name="Subject").encode()
    written["Date"] = format_datetime(clock.now())
    written["Message-ID"] = f"<{mail_id}@{address.rpartition('@')[2] or 'localhost'}>"
    written["Content-Language"] = mail.language
    written["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday reply, please.
    if leave:
        written["List-Id"] = f"<{mail.of_list}.{address.rpartition('@')[2] or 'localhost'}>"
        written["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058: POST it, and it is done.
    if leave or mail.choices:
        written["List-Unsubscribe"] = f"<{leave or mail.choices}>"
    return written


def _part(subtype: str, content: str) -> Message:
    part = MIMENonMultipart("text", subtype)
    part.set_payload(content, UTF8)
    return part
