"""What files hold of members."""

from collections.abc import Sequence

from parvis.kernel.personal_data import ErasedBy, Holding, Part

from .models import File
from .service import remove_owned

PARTS: Sequence[Part] = (
    Part(
        "files",
        {"fr": "Vos fichiers", "en": "Your files"},
        [
            Holding(
                File.owner_id,
                [File.id, File.name, File.media_type, File.size, File.sha256, File.created_at],
                ErasedBy(remove_owned),
            )
        ],
    ),
)
