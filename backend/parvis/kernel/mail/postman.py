"""What a mail needs to know of its reader when it leaves: a port that `wiring.py` fills."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from .outbox import Act, Mail


@dataclass(frozen=True)
class Prepared:
    """How a mail leaves. `links`: where its reader does what it proposes; `reply_to`: where his answer goes; `sender`:
    where reports of what became of it go. Each empty where there is none."""

    links: Mapping[Act, str] = field(default_factory=dict, repr=False)
    reply_to: str = field(default="", repr=False)
    sender: str = ""


class Postman(Protocol):
    """Knows whose addresses are whose."""

    async def prepared(self, mail: Mail) -> Prepared | None:
        """None: nothing is sent there for now."""

    async def refused(self, mail: Mail, code: int, said: str) -> None:
        """A server will never take this mail for this address."""
