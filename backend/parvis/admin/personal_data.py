"""What the administration holds of members."""

from collections.abc import Sequence

from parvis.kernel.personal_data import Holding, Part, Untied

from .models import LegalPage

PARTS: Sequence[Part] = (
    Part(
        "pages",
        {
            "fr": "Votre nom au bas des pages légales que vous avez écrites",
            "en": "Your name on the legal pages that you wrote",
        },
        [Holding(LegalPage.updated_by, [LegalPage.slug, LegalPage.language, LegalPage.updated_at], Untied())],
    ),
)
