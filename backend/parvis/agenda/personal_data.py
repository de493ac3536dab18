"""What the agenda holds of members."""

from collections.abc import Sequence

from parvis.kernel.personal_data import Holding, Part

from .models import CalendarFeed

PARTS: Sequence[Part] = (
    Part(
        "calendar_feed",
        {"fr": "L’adresse de votre agenda", "en": "The address of your calendar"},
        [Holding(CalendarFeed.member_id, [CalendarFeed.holds, CalendarFeed.created_at, CalendarFeed.used_at])],
    ),
)
