"""What search holds of members."""

from collections.abc import Sequence

from parvis.kernel.personal_data import Holding, Part

from .models import RecentSearch

PARTS: Sequence[Part] = (
    Part(
        "searches",
        {"fr": "Vos recherches récentes", "en": "Your recent searches"},
        [Holding(RecentSearch.member_id, [RecentSearch.q, RecentSearch.kinds, RecentSearch.at])],
    ),
)
