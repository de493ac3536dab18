"""What this feature holds of members itself."""

from collections.abc import Sequence

from parvis.kernel.personal_data import ErasedBy, Holding, Part

from .models import Export
from .service.exports import remove_exports

PARTS: Sequence[Part] = (
    Part(
        "exports",
        {"fr": "Les copies de vos données", "en": "Copies of your data"},
        [
            Holding(
                Export.member_id,
                [Export.asked_at, Export.ready_at, Export.expires_at, Export.size],
                ErasedBy(remove_exports),
            )
        ],
    ),
)
