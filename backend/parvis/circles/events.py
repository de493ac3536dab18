"""Facts about what a member may follow. They stand on the member's own topic."""

from typing import ClassVar

from parvis.accounts.events import MemberEvent
from parvis.kernel.events import Told


class AccessGained(MemberEvent):
    """The member may follow a topic from now on: fetch what it is about."""

    type: ClassVar[str] = "access.gained"
    told = Told("events:read", ("about",))
    about: str
    """The topic, such as `community:018f…`."""


class AccessLost(MemberEvent):
    """The member may follow a topic no more: drop what was kept of it."""

    type: ClassVar[str] = "access.lost"
    told = Told("events:read", ("about",))
    about: str


class AccessChanged(MemberEvent):
    """The member's role where a topic stands changed: fetch `abilities` anew."""

    type: ClassVar[str] = "access.changed"
    told = Told("events:read", ("about",))
    about: str
