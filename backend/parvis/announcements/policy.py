"""Who reads which announcement's figures. Pure answers."""

from datetime import datetime, timedelta

from parvis.kernel import clock
from parvis.kernel.errors import Text
from parvis.posts.models import Announcement

ANNOUNCERS_ONLY: Text = {
    "fr": "Cette page est réservée aux personnes chargées de la communication.",
    "en": "This page is for those in charge of communication.",
}
BETWEEN_REMINDERS = timedelta(days=7)
"""So that of each announcement a member is told twice at most in the week that `told_enough` looks at."""


def may_be_reminded_from(announcement: Announcement) -> datetime:
    """When those who have not read it may be reminded again."""
    if announcement.reminded_at is None:
        return announcement.sent_at
    return announcement.reminded_at + BETWEEN_REMINDERS


def is_open(announcement: Announcement) -> bool:
    """Whether who enters its audience now is told it."""
    return announcement.closes_at is not None and announcement.closes_at > clock.now()
