"""What members chose to be told of."""

from collections.abc import Sequence

from parvis.kernel.personal_data import Holding, Part

from .models import Choice, Pause

PARTS: Sequence[Part] = (
    Part(
        "notification_choices",
        {"fr": "Ce dont vous êtes prévenu, et comment", "en": "What you are told of, and how"},
        [
            Holding(Choice.member_id, [Choice.kind, Choice.channel, Choice.rhythm]),
            Holding(Pause.member_id, [Pause.until]),
        ],
    ),
)
