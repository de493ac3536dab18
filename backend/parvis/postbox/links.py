"""Links of mails: what they let whom do, sealed so that nobody makes or changes one.

Nothing is kept of them: an announcement to a whole university writes none of them down. Each is bound to its member, to
the address that it was sent to, to one act and to what that is about, and lasts thirty days.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Malformed
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from struct import Struct
from typing import Literal, get_args
from uuid import UUID

from parvis.kernel import clock
from parvis.kernel.mail import Action
from parvis.kernel.secrets import Vault, VaultSealed

LASTING = timedelta(days=30)
PAGE = "/by-mail"
Deed = Literal[Action, "reply"]
"""What a link does. `reply`: says what came by mail and waits for a click."""
DEEDS: tuple[Deed, ...] = (*get_args(Action), "reply")
"""By the number that stands for each in a link: they are never put in another order."""
FORM = Struct(">B16s16s16sI")


@dataclass(frozen=True, slots=True)
class Link:
    deed: Deed
    subject_id: UUID
    member_id: UUID
    address_id: UUID
    expires_at: datetime


class Links:
    """Seals and opens them. One per process."""

    def __init__(self, root: bytes) -> None:
        self._vault = Vault(root, "links in mails")

    def path(self, deed: Deed, subject_id: UUID, member_id: UUID, address_id: UUID, choice: str = "") -> str:
        """The page that the link opens. What stands after `#` reaches no server and no log until it is acted on."""
        until = int((clock.now() + LASTING).timestamp())
        whole = FORM.pack(DEEDS.index(deed), subject_id.bytes, member_id.bytes, address_id.bytes, until)
        token = urlsafe_b64encode(self._vault.encrypt(whole)).decode().rstrip("=")
        return f"{PAGE}#{token}.{choice}" if choice else f"{PAGE}#{token}"

    def opened(self, token: str) -> Link | None:
        """None for what was not sealed here, was changed, or has expired."""
        try:
            whole = self._vault.decrypt(urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        except (VaultSealed, Malformed):
            return None
        number, subject, member, address, until = FORM.unpack(whole)
        expires_at = datetime.fromtimestamp(until, UTC)
        if expires_at <= clock.now():
            return None
        return Link(DEEDS[number], UUID(bytes=subject), UUID(bytes=member), UUID(bytes=address), expires_at)
