"""What a member is told about what he is told."""

from typing import ClassVar

from parvis.accounts.events import MemberEvent
from parvis.kernel.events import Told


class NotificationsChanged(MemberEvent):
    """The member is told something new, or has read something: fetch `GET /notifications/count` and the list."""

    type: ClassVar[str] = "notifications.changed"
    told = Told("notifications:read")
