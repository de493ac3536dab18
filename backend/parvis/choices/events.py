"""What a member is told of what he chose."""

from typing import ClassVar

from parvis.accounts.events import MemberEvent
from parvis.kernel.events import Told


class ChoicesChanged(MemberEvent):
    """The member chose what to be told of, and how: fetch `GET /me/notification-choices`."""

    type: ClassVar[str] = "notification_choices.changed"
    told = Told("notifications:read")
