"""Where people of a conversation meet by sound and picture: a room of the organisation's own Jitsi or BigBlueButton."""

import hmac
from base64 import b32encode
from uuid import UUID

from parvis.kernel.config import Settings
from parvis.kernel.secrets import derive_key

LETTERS = 26
"""Of a room's name: 130 bits, which nobody guesses who is not told."""


class Meetings:
    """One per process."""

    def __init__(self, settings: Settings) -> None:
        self._base = settings.meeting_url
        self._key = derive_key(settings.secret, "meeting rooms")

    def room(self, conversation_id: UUID) -> str | None:
        """The address of a conversation's room: the same for all who are in it. None without such a place."""
        if not self._base:
            return None
        name = b32encode(hmac.digest(self._key, conversation_id.bytes, "sha256")).decode().lower()
        return f"{self._base}/{name[:LETTERS]}"
