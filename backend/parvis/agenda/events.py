"""Facts about a member's calendar feed, on his own topic."""

from typing import ClassVar

from parvis.accounts.events import MemberEvent
from parvis.kernel.events import Told


class CalendarFeedChanged(MemberEvent):
    """It was made, renewed, revoked, or holds other events: fetch `GET /me/calendar-feed`."""

    type: ClassVar[str] = "calendar.feed_changed"
    told = Told("agenda:read")
