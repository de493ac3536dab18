"""What announcements that are being written hold of members."""

from collections.abc import Sequence

from parvis.kernel.personal_data import Holding, Part

from .models import AnnouncementDraft

PARTS: Sequence[Part] = (
    Part(
        "announcement_drafts",
        {"fr": "Les annonces que vous préparez", "en": "Announcements that you are writing"},
        [
            Holding(
                AnnouncementDraft.author_id, [AnnouncementDraft.id, AnnouncementDraft.draft, AnnouncementDraft.send_at]
            )
        ],
    ),
)
